"""An opt-out goes on the list as the list is: its bytes, columns, encoding and line ends stay; it is found again, or that is said."""

from datetime import date
from pathlib import Path

import pytest

from outreach.domain.people import Company, Prospect
from outreach.errors import FileError
from outreach.intake.suppressing import OptOut, list_to_write, suppress
from outreach.intake.suppression import Suppression

DAY = date(2026, 11, 25)
ANA = OptOut("Ana García", "Cargolia", ("ana@cargolia.example",), ("https://www.linkedin.com/in/ana-test-1",))


def put_on(path: Path, before: str | bytes, who: OptOut = ANA) -> bytes:
    path.write_bytes(before if isinstance(before, bytes) else before.encode())
    suppress(path, who, DAY, "opted out by reply", path.with_name("do-not-contact.csv"))
    return path.read_bytes()


@pytest.mark.parametrize(
    ("before", "added"),
    [
        ("type,value,reason\n", "email,ana@cargolia.example,\"opted out by reply, 2026-11-25\"\n"),
        ("type,value,reason", "\nemail,ana@cargolia.example,\"opted out by reply, 2026-11-25\"\n"),
        ("reason;date;value;type\r\n", "opted out by reply;2026-11-25;ana@cargolia.example;email\r\n"),
        ("Email,First Name,Notes\nx@y.example,X,asked\n", "ana@cargolia.example,Ana,\"opted out by reply, 2026-11-25\"\n"),
        ("# ours\nx@y.example\n", "email,ana@cargolia.example,\"opted out by reply, 2026-11-25\"\n"),
    ],
)  # fmt: skip
def test_columns_and_line_ends_stay(tmp_path: Path, before: str, added: str) -> None:
    after = put_on(tmp_path / "stop.csv", before).decode()
    assert after.startswith(before + added)
    assert ("\r\n" in after) is ("\r\n" in before)
    assert Suppression.read([tmp_path / "stop.csv"]).match(email="ANA@cargolia.example")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_encoding_stays(tmp_path: Path, encoding: str) -> None:
    before = "type,value,reason\r\nemail,x@y.example,pidió más\r\n"
    after = put_on(tmp_path / "stop.csv", before.encode(encoding))
    assert after.startswith(before.encode(encoding))
    assert "person,Ana García (Cargolia)" in after.decode(encoding)


def test_what_a_list_has_no_column_for_goes_to_the_usual_one(tmp_path: Path) -> None:
    put_on(tmp_path / "stop.csv", "Email,First Name\nx@y.example,X\n")
    usual = Suppression.read([tmp_path / "do-not-contact.csv"])
    assert usual.match(linkedin_url="https://www.linkedin.com/in/ana-test-1")
    with pytest.raises(FileError, match="not found again"):
        suppress(tmp_path / "stop.csv", ANA, DAY, "x")


def test_the_second_time_nothing_is_written(tmp_path: Path) -> None:
    once = put_on(tmp_path / "stop.csv", "type,value,reason\n")
    assert suppress(tmp_path / "stop.csv", ANA, DAY, "again") == []
    assert (tmp_path / "stop.csv").read_bytes() == once


def test_a_list_that_is_not_there_is_made(tmp_path: Path) -> None:
    suppress(tmp_path / "new.csv", ANA, DAY, "opted out by reply")
    assert (tmp_path / "new.csv").read_text(encoding="utf-8").startswith("type,value,reason,date\nemail,ana@")


def test_a_person_is_known_by_name_and_firm_at_any_address(tmp_path: Path) -> None:
    put_on(tmp_path / "stop.csv", "type,value,reason\n")
    stop = Suppression.read([tmp_path / "stop.csv"])
    ana = Prospect(
        id="p",
        first_name="ANA",
        last_name="Garcia",
        email="a@b.example",
        company=Company(name="Cargolia S.A."),
    )
    assert stop.matches(ana)
    assert not stop.matches(ana.model_copy(update={"last_name": "Gómez"}))
    assert not stop.matches(ana.model_copy(update={"company": Company(name="Andina")}))
    assert stop.match(name="Ana García", company="Cargolia")
    assert not stop.match(company="Cargolia")


def test_whom_nothing_reaches_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="nothing reaches"):
        suppress(tmp_path / "stop.csv", OptOut("", ""), DAY, "x")


def test_a_damaged_list_stops_before_anything_is_written(tmp_path: Path) -> None:
    path = tmp_path / "stop.csv"
    path.write_text("type,value,reason\nemail,not an address,\n", encoding="utf-8")
    with pytest.raises(FileError, match="is no email"):
        suppress(path, ANA, DAY, "x")
    assert "ana@" not in path.read_text(encoding="utf-8")


def test_a_workbook_is_not_written_to(tmp_path: Path) -> None:
    assert list_to_write(tmp_path, "stop.xlsx") == tmp_path / "do-not-contact.csv"
    assert list_to_write(tmp_path, "stop.csv") == tmp_path / "stop.csv"
    assert list_to_write(tmp_path, None) == tmp_path / "do-not-contact.csv"
