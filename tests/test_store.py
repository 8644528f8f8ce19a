"""The store: drafts, decisions bound to what was read, migrations, damage, two writers at once."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from outreach.domain.versions import Candidate, Candidates, Origin
from outreach.errors import FileError
from outreach.store import version_1
from outreach.store.store import RowOutcome, Store
from outreach.store.tables import metadata
from tests.lines import drafted_line
from tests.plans import make_plan

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


def old_store(path: Path) -> None:
    """Make a store as version 1 left it: one draft that replaced two others, and one that replaced none."""
    engine = sa.create_engine(f"sqlite:///{path}")
    names = version_1.metadata.tables
    draft = {
        "input_key": "k", "binding": "b", "prospect_id": "p_1", "account": "acme.example", "persona": "vp-sales",
        "verdict": "pass", "score": 95, "saved_at": NOW,
    }  # fmt: skip
    with engine.begin() as connection:
        version_1.metadata.create_all(connection)
        connection.execute(
            sa.text(
                "CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at VARCHAR(32) NOT NULL)"
            )
        )
        connection.execute(sa.text("INSERT INTO schema_version VALUES (1, 'then')"))
        for number, body in enumerate(("first", "second")):
            line = drafted_line("o1_a", body=body)
            connection.execute(names["old_drafts"].insert().values(
                outreach_id="o1_a", version=f"d1_{number}", record=line.model_dump_json(), saved_at=NOW))  # fmt: skip
        for outreach_id in ("o1_a", "o1_b"):
            record = drafted_line(outreach_id, body="third").model_dump_json()
            connection.execute(names["drafts"].insert().values(
                draft | {"outreach_id": outreach_id, "version": "d1_x", "record": record}))  # fmt: skip
        connection.execute(names["reviews"].insert().values(
            outreach_id="o1_a", decision="approved", reason="", who="me", at=NOW, binding="b"))  # fmt: skip
    engine.dispose()


def test_a_store_of_version_1_is_brought_up_with_its_drafts_numbered(tmp_path: Path) -> None:
    old_store(tmp_path / "store.db")
    store = Store(tmp_path / "store.db", None, NOW)
    assert [(v.serial, v.line.messages[0].body, v.current) for v in store.versions("o1_a")] == [
        (1, "first", False), (2, "second", False), (3, "third", True),
    ]  # fmt: skip
    assert [v.serial for v in store.versions("o1_b")] == [1]
    assert all(v.origin is None and v.candidates is None for v in store.versions("o1_a"))
    assert {draft.outreach_id: draft.state for draft in store.drafts()} == {
        "o1_a": "approved",
        "o1_b": "open",
    }
    with pytest.raises(FileError, match="without a plan") as missing:
        store.plan_of("o1_a")
    assert "run generate again" in missing.value.hint
    save(store, "o1_a", body="fourth", key="k2")
    assert [v.serial for v in store.versions("o1_a")] == [1, 2, 3, 4]
    store.close()
    again = Store(tmp_path / "store.db", None, NOW)
    assert len(again.versions("o1_a")) == 4
    again.close()


def test_a_plan_is_kept_beside_a_draft_that_lacks_one_and_comes_back_equal(store: Store) -> None:
    plan = make_plan(language="es")
    save(store, plan.outreach_id)
    assert store.draft_with_key(plan.outreach_id, "other", plan) is None
    with pytest.raises(FileError, match="without a plan"):
        store.plan_of(plan.outreach_id)
    assert store.draft_with_key(plan.outreach_id, "k", plan) is not None
    kept = store.plan_of(plan.outreach_id)
    assert kept.steps == plan.steps
    assert kept.facts == plan.facts
    assert kept.prospect == plan.prospect
    assert kept.offer.claims[0].text == {"es": plan.offer.claims[0].text["es"]}, (
        "other languages are left out"
    )


def test_a_plan_of_another_program_is_refused_with_what_to_do(store: Store) -> None:
    save(store, "o1_1")
    with store.engine.begin() as connection:
        connection.execute(sa.text("UPDATE drafts SET plan = '{\"later\": 1}'"))
    with pytest.raises(FileError, match="without a plan that this program can read"):
        store.plan_of("o1_1")


def test_versions_count_on_and_know_where_they_come_from(store: Store) -> None:
    common = {"input_key": "k", "binding": "b", "prospect_id": "p_1", "now": NOW}
    one = Candidate(number=1, picked=True, reason="the best of 1", verdict="pass", score=95)
    store.save_draft(drafted_line(body="a"), version="va", origin=Origin(how="generated", by="offline"),
                     candidates=Candidates(candidates=(one,)), **common)  # fmt: skip
    refused = Origin(how="refused", instruction="louder", steps=(1,), reason="T3: it shouts")
    assert store.save_refused(drafted_line(body="A!"), version="vx", origin=refused, now=NOW) == 2
    assert store.kept_by_hand("o1_1") is None
    redrafted = Origin(how="redrafted", instruction="shorter", steps=(1,))
    assert store.save_draft(drafted_line(body="b"), version="vb", origin=redrafted, replaces="va", **common)
    found = store.versions("o1_1")
    assert [(v.serial, v.origin.how, v.current) for v in found] == [
        (1, "generated", False), (2, "refused", False), (3, "redrafted", True),
    ]  # fmt: skip
    assert found[0].candidates == Candidates(candidates=(one,))
    assert found[2].candidates is None
    kept = store.kept_by_hand("o1_1")
    assert kept is not None
    assert kept.version == "vb"


def test_a_draft_that_changed_meanwhile_is_not_replaced(store: Store) -> None:
    save(store, body="a")
    line = drafted_line(body="b")
    done = store.save_draft(
        line, input_key="k", version="vb", binding="b", prospect_id="p_1", now=NOW, replaces="v0"
    )
    assert not done
    assert store.drafts()[0].line.messages[0].body == "a"


def test_drafts_of_one_account(store: Store) -> None:
    save(store, "o1_a")
    save(store, "o1_b")
    assert [d.outreach_id for d in store.drafts_of_account("acme.example")] == ["o1_a", "o1_b"]
    assert store.drafts_of_account("other.example") == []
