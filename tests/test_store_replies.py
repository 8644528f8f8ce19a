"""The log of answers: the newest counts, undone ones do not, a person's other drafts stop too; older stores gain what they lack."""

from pathlib import Path

import pytest

from outreach.domain.replies import ReplyReading
from outreach.store.replies import ReplyLog
from outreach.store.store import Store
from tests.lines import drafted_line

NOW = "2026-11-25T10:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "store.db", None, NOW)
    for number, person in (("o1_a", "p_1"), ("o1_b", "p_1"), ("o1_c", "p_2")):
        line = drafted_line().model_copy(update={"outreach_id": number})
        found.save_draft(
            line, input_key=number, version="v", binding="b", prospect_id=person, now=NOW, plan=None
        )
    yield found
    found.close()


def reading(kind: str) -> ReplyReading:
    return ReplyReading(kind=kind, text="said so")


def test_an_answer_stops_all_drafts_of_its_person_and_no_other(store: Store) -> None:
    log = ReplyLog(store)
    log.add("o1_a", log.prospect_id("o1_a"), reading("no"), who="me", now=NOW)
    assert set(log.stopped()) == {"o1_a", "o1_b"}
    assert set(log.newest()) == {"o1_a"}
    assert log.same_person("o1_b") == ["o1_a", "o1_b"]


def test_the_newest_answer_counts_and_an_undone_one_does_not(store: Store) -> None:
    log = ReplyLog(store)
    log.add("o1_c", "p_2", reading("later"), who="me", now=NOW)
    log.add("o1_c", "p_2", reading("interested"), who="me", now=NOW)
    assert log.newest()["o1_c"].kind == "interested"
    assert log.undo("o1_c", NOW) is not None
    assert log.newest()["o1_c"].kind == "later"
    log.undo("o1_c", NOW)
    assert log.undo("o1_c", NOW) is None
    assert log.stopped() == {}


def test_an_absence_notice_after_a_no_starts_nothing_again(store: Store) -> None:
    log = ReplyLog(store)
    log.add("o1_c", "p_2", reading("no"), who="me", now=NOW)
    log.add("o1_c", "p_2", reading("out_of_office"), who="me", now=NOW)
    assert log.stopped()["o1_c"].kind == "no"


def test_a_store_from_before_gains_answers(tmp_path: Path, store: Store) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("DROP TABLE replies")
        connection.exec_driver_sql("DELETE FROM schema_version WHERE version > 2")
    store.close()
    again = Store(tmp_path / "store.db", None, NOW)
    assert ReplyLog(again).newest() == {}
    again.close()
