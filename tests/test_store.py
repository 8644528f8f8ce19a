"""The store: drafts, decisions bound to what was read, migrations, damage, two writers at once."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from outreach.errors import FileError
from outreach.store.store import RowOutcome, Store
from outreach.store.tables import metadata
from tests.lines import drafted_line

NOW = "2026-11-20T10:00:00+00:00"


POSTGRES = os.environ.get("OUTREACH_TEST_DATABASE_URL", "")


@pytest.fixture(params=["sqlite", "postgres"])
def store(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    if request.param == "sqlite":
        opened = Store(tmp_path / "store.db", None, NOW)
    elif POSTGRES:
        opened = Store(tmp_path / "unused.db", POSTGRES, NOW)
    else:
        pytest.skip("no PostgreSQL here: make test-postgres starts one")
    yield opened
    if request.param == "postgres":
        metadata.drop_all(opened.engine)
    opened.close()


def save(
    store: Store, outreach_id: str = "o1_1", *, body: str = "Hi Ana.", key: str = "k", binding: str = "b"
) -> None:
    line = drafted_line(outreach_id, body=body)
    store.save_draft(line, input_key=key, version="v" + body, binding=binding, prospect_id="p_1", now=NOW)


def test_a_draft_is_found_by_exactly_its_inputs(store: Store) -> None:
    save(store, key="k1")
    assert store.draft_with_key("o1_1", "k1") == drafted_line("o1_1", body="Hi Ana.").model_dump_json()
    assert store.draft_with_key("o1_1", "k2") is None


def test_an_approval_holds_until_the_text_changes_and_the_old_draft_is_kept(store: Store) -> None:
    save(store)
    assert store.review(store.drafts(), "approved", reason="", who="me", now=NOW) == []
    assert store.drafts()[0].state == "approved"
    save(store, key="k2")
    assert store.drafts()[0].state == "approved"
    save(store, body="Hello Ana.", key="k3", binding="b3")
    assert store.drafts()[0].state == "changed"
    with store.engine.connect() as connection:
        assert "Hi Ana." in str(connection.exec_driver_sql("SELECT record FROM old_drafts").scalars().all())


def test_a_decision_on_what_has_changed_meanwhile_is_refused(store: Store) -> None:
    save(store)
    read = store.drafts()
    save(store, body="New", key="k2", binding="b2")
    assert store.review(read, "approved", reason="", who="me", now=NOW) == ["o1_1"]
    assert store.drafts()[0].state == "open"


def test_the_newest_decision_counts(store: Store) -> None:
    save(store)
    store.review(store.drafts(), "approved", reason="", who="me", now=NOW)
    store.review(store.drafts(), "rejected", reason="too long", who="you", now=NOW)
    found = store.drafts()[0]
    assert (found.state, found.reason, found.who) == ("rejected", "too long", "you")


def test_ids_may_be_shortened_and_wildcards_are_text(store: Store) -> None:
    save(store, "o1_abc")
    save(store, "o1_abd")
    assert [d.outreach_id for d in store.find_drafts("o1_abc")] == ["o1_abc"]
    assert len(store.find_drafts("o1_ab")) == 2
    assert store.find_drafts("o1%") == []
    assert store.find_drafts("'; DROP TABLE drafts; --") == []


def test_rows_of_a_list_are_replaced_by_the_next_run(store: Store) -> None:
    run = store.start_run("a.csv", "2026-11-20", NOW)
    store.save_rows(
        run,
        "a.csv",
        [RowOutcome(1, 2, "passed", "", "p_1", "Ana", "o1_1"), RowOutcome(2, 3, "unfit", "x", None, "")],
    )
    store.save_rows(run, "a.csv", [RowOutcome(1, 2, "unfit", "y", "p_1", "Ana")])
    assert [(name, o.row, o.outcome) for name, o in store.row_outcomes()] == [("a.csv", 1, "unfit")]
    store.finish_run(run, "{}", NOW)
    assert store.last_run() == ("a.csv", NOW, NOW, "{}")


def test_accepting_twice_is_once(store: Store) -> None:
    store.accept(["p_1", "p_2"], "me", NOW)
    store.accept(["p_1"], "me", NOW)
    assert store.accepted_ids() == {"p_1", "p_2"}


def test_texts_of_all_kinds_come_back_equal(store: Store) -> None:
    for number, text in enumerate(
        ["Zoë 👩‍💻", "'; DROP TABLE drafts;--", 'a "quoted" \\ text', "\u2028 می‌خواهم"]
    ):
        save(store, f"o1_{number}", body=text)
        assert store.find_drafts(f"o1_{number}")[0].line.messages[0].body == text


def test_the_file_is_private_and_a_newer_store_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path, None, NOW).close()
    assert path.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO schema_version VALUES (999, 'later')")
    connection.close()
    with pytest.raises(FileError, match="version 999"):
        Store(path, None, NOW)


def test_a_damaged_store_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(FileError, match="cannot be opened"):
        Store(path, None, NOW)
    assert path.read_bytes() == b"this is no database" * 100


def test_eight_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    Store(path, None, NOW).close()

    def write(number: int) -> None:
        mine = Store(path, None, NOW)
        for count in range(10):
            save(mine, f"o1_{number}_{count}")
        mine.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = Store(path, None, NOW)
    assert len(store.drafts()) == 80
    store.close()


def test_a_wrong_url_is_two_lines() -> None:
    with pytest.raises(FileError, match="not a database URL"):
        Store(Path("x"), "nonsense", NOW)
