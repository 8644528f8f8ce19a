"""Tables in any dialect are read as they are meant, or refused with two lines that say why."""

import csv
import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outreach.errors import FileError
from outreach.intake.read import IntakeOptions, read_prospects
from outreach.intake.reader import read_table

HEAD = ["First Name", "Last Name", "Email", "Company", "Title", "LinkedIn URL", "About"]
ROWS = [
    ["José", "García", "jose.garcia@acme.example", "Acme, S.A.", "CTO", "https://www.linkedin.com/in/jose-garcia-test-1", "Line one.\nLine, two."],
    ["Anna", "Müller", "anna.mueller@beta.example", "Beta GmbH", "Leiterin Einkauf", "https://www.linkedin.com/in/anna-mueller-test-2", "Sagt \"hallo\"; immer."],
    ["Léa", "Noël", "lea.noel@gamma.example", "Gamma SAS", "DSI", "https://www.linkedin.com/in/lea-noel-test-3", ""],
]  # fmt: skip


def text(rows: list[list[str]] = ROWS, head: list[str] | None = HEAD, **dialect: str) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=dialect.pop("eol", "\n"), **dialect)  # type: ignore[arg-type]
    writer.writerows([*([head] if head else []), *rows])
    return buffer.getvalue()


def written(folder: Path, data: str | bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


@pytest.mark.parametrize(
    ("data", "delimiter", "encoding"),
    [
        (text().encode(), ",", "utf-8"),
        (b"\xef\xbb\xbf" + text(eol="\r\n").encode(), ",", "utf-8-sig"),
        (text(delimiter=";").encode("cp1252"), ";", "cp1252"),
        (text(delimiter="\t").encode(), "\t", "utf-8"),
        (text(delimiter="|").encode(), "|", "utf-8"),
        (text(eol="\r").encode(), ",", "utf-8"),
        (b"\xff\xfe" + text().encode("utf-16-le"), ",", "utf-16"),
        (b"\xfe\xff" + text().encode("utf-16-be"), ",", "utf-16"),
        (text().encode("utf-16-le"), ",", "utf-16-le"),
        (text().encode("utf-16-be"), ",", "utf-16-be"),
        (("sep=;\n" + text(delimiter=";")).encode(), ";", "utf-8"),
        (("Exported from CRM\nDate: 2026-03-01\n\n" + text()).encode(), ",", "utf-8"),
        (text().replace("\nAnna", "\n\n\nAnna").encode(), ",", "utf-8"),
        ((text() + "\nTotal: 3 rows\nExported by the CRM\n").encode(), ",", "utf-8"),
        ((text() + "Total,3,,,,,\n").encode(), ",", "utf-8"),
        (text(quoting=csv.QUOTE_ALL).encode(), ",", "utf-8"),  # type: ignore[arg-type]
        (text().replace("@", "@\0").encode(), ",", "utf-8"),
        (text().encode("mac_roman"), ",", "mac_roman"),
    ],
)
def test_dialects_are_read_without_being_told(
    tmp_path: Path, data: bytes, delimiter: str, encoding: str
) -> None:
    table = read_table(written(tmp_path, data))
    assert list(table.headers) == HEAD
    assert [row.cells for row in table.rows] == ROWS
    assert (table.delimiter, table.encoding) == (delimiter, encoding)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "list.csv", "empty"),
        (b"  \n \n\t\n", "list.csv", "empty"),
        (text([]).encode(), "list.csv", "no rows"),
        (text(head=None).encode(), "list.csv", "no header row"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "list.csv", "HTML"),
        (b"PK\x03\x04" + b"\0" * 30 + b"xl/workbook.xml", "list.csv", "Excel"),
        (b"PK\x03\x04" + b"\0" * 30, "list.csv", "zip"),
        (gzip.compress(text().encode()), "list.csv", "gzip"),
        (b"%PDF-1.7", "list.csv", "PDF"),
        ("ид;имя\n".encode("cp1251") + "один;Михаил Иванович\nдва;Екатерина\n".encode("cp1251"), "list.csv", "encoding"),
        (b"{broken\n", "list.jsonl", "JSON"),
        (b"not a zip", "list.xlsx", "no workbook"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_two_lines(tmp_path: Path, data: bytes, name: str, says: str) -> None:
    path = written(tmp_path, data, name)
    with pytest.raises(FileError) as caught:
        read_table(path)
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(str(path))
    assert says in lines[0]
    assert lines[1].startswith("hint: ")


def test_a_missing_file_and_a_file_above_the_limit_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(FileError, match="no such file"):
        read_table(tmp_path / "none.csv")
    monkeypatch.setattr("outreach.intake.decoding.MAX_BYTES", 10)
    with pytest.raises(FileError, match="limit"):
        read_table(written(tmp_path, text()))


def test_an_unclosed_quote_costs_its_line_and_no_other(tmp_path: Path) -> None:
    rows = [[*row[:6], ""] for row in ROWS] + [
        [f"P{n}", "Lee", f"p{n}@x.example", "X, Inc.", "CEO", "", ""] for n in range(30)
    ]
    broken = text(rows).replace("Anna,Müller", 'Anna,"Müller')
    table = read_table(written(tmp_path, broken))
    assert [(row.line, row.problem) for row in table.rows if row.problem] == [
        (3, "a quote is opened and never closed")
    ]
    assert [row.cells for row in table.rows if not row.problem] == [rows[0], *rows[2:]]


def test_rows_of_another_width_keep_their_line_and_are_told(tmp_path: Path) -> None:
    head = HEAD[:6]
    lines = text([row[:6] for row in ROWS], head).splitlines()
    lines[2] = ",".join(ROWS[1][:3])
    lines[3] += ",extra"
    table = read_table(written(tmp_path, "\n".join(lines)))
    assert [row.flags for row in table.rows] == [(), ("short_row",), ("extra_cells",)]
    assert [row.line for row in table.rows] == [2, 3, 4]


def test_a_stray_quote_is_read_as_it_is_meant(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, text().replace("Gamma SAS", '"Gamma" SAS')))
    assert table.rows[2].cells[3] == "Gamma SAS"
    assert table.rows[2].flags == ("stray_quote",)


def test_physical_lines_are_counted_over_cells_with_line_ends(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, text()))
    assert [row.line for row in table.rows] == [2, 4, 5]


def test_a_huge_cell_is_read_and_a_huger_one_costs_its_row(tmp_path: Path) -> None:
    rows = [[*ROWS[0][:6], "x" * 150_000], [*ROWS[1][:6], "x" * 1_100_000], ROWS[2]]
    table = read_table(written(tmp_path, text(rows)))
    assert len(table.rows[0].cells[6]) == 150_000
    assert "1,000,000" in table.rows[1].problem
    assert table.rows[2].cells[0] == "Léa"


def test_a_few_bad_bytes_do_not_spoil_the_file(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, text().encode().replace(b"Anna", b"An\xffna")))
    assert table.rows[0].cells[0] == "José"
    assert table.rows[1].cells[0] == "An\ufffdna"
    assert "no UTF-8" in table.notes[0]


def test_the_filled_one_of_two_equal_headers_wins(tmp_path: Path) -> None:
    path = written(tmp_path, text([[*row, ""] for row in ROWS], [*HEAD, "Email"]))
    rows = read_prospects(path, IntakeOptions()).rows
    assert [row.prospect.email for row in rows if row.prospect] == [row[2] for row in ROWS]


def test_json_lines(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {
                "first_name": "Ana",
                "last_name": "Ruiz",
                "company": {"name": "Acme", "size": 12},
                "tags": ["a", "b"],
                "title": "CEO",
            }
        ),
        "{broken",
        "[1]",
    ]
    path = written(tmp_path, "\n".join(lines), "list.jsonl")
    rows = read_prospects(path, IntakeOptions()).rows
    assert [(row.line, row.disposition) for row in rows] == [
        (1, "ready"),
        (2, "unreadable"),
        (3, "unreadable"),
    ]
    assert rows[0].prospect is not None
    assert rows[0].prospect.company.name == "Acme"


def test_workbooks(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("python_calamine")
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Leads")
    sheet.append([*HEAD[:5], "# Employees"])
    sheet.append(["José", "García", "jose@acme.example", "Acme", "CTO", 120])
    path = tmp_path / "list.xlsx"
    book.save(path)
    rows = read_prospects(path, IntakeOptions()).rows
    assert [row.disposition for row in rows] == ["ready"]
    assert rows[0].line == 2
    assert rows[0].prospect is not None
    assert rows[0].prospect.company.employees is not None
    assert rows[0].prospect.company.employees.low == 120
    with pytest.raises(FileError, match="there is no sheet «Nope»"):
        read_prospects(path, IntakeOptions(sheet="Nope"))


def test_without_the_extra_a_workbook_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    with pytest.raises(FileError, match="extra") as caught:
        read_table(written(tmp_path, b"PK", "list.xlsx"))
    assert "outreach[xlsx]" in caught.value.hint


_cells = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n,;\"'"), max_size=12
).map(str.strip)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_cells, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_a_csv_writer_writes_comes_back(tmp_path: Path, cells: list[list[str]]) -> None:
    rows = [["Ann", "Lee", *row] for row in cells]
    table = read_table(written(tmp_path, text(rows, [*HEAD[:2], "Company", "Title", "About"])))
    assert [row.cells for row in table.rows] == rows


def test_shared_polluted_files(shared: Path) -> None:
    folder = shared / "data" / "polluted"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for name, entry in manifest["files"].items():
        if entry["expect"] == "reject":
            with pytest.raises(FileError):
                read_prospects(folder / name, IntakeOptions())
            continue
        truth = manifest["truth_latin" if entry.get("text") == "latin" else "truth"]
        intake = read_prospects(folder / name, IntakeOptions())
        assert len(intake.rows) == entry["rows"], name
        emails = {row.prospect.email for row in intake.rows if row.prospect}
        assert len(emails & {line[2] for line in truth}) >= entry.get("min_match", entry["rows"]), name
        bad = [row.line for row in intake.rows if row.disposition == "unreadable" or "short_row" in row.flags]
        assert bad == entry.get("bad_lines", []), name


def test_shared_tables_encoding_and_delimiter(shared: Path) -> None:
    files = json.loads((shared / "data" / "csv" / "expected.json").read_text(encoding="utf-8"))["files"]
    same = {"utf-8-sig": {"utf-8", "utf-8-sig"}, "latin-1": {"cp1252"}, "utf-8": {"utf-8"}}
    for name, entry in files.items():
        try:
            table = read_table(shared / "data" / "csv" / name)
        except FileError:
            continue  # being unsure is allowed, being wrong is not
        assert table.delimiter == entry["delimiter"], name
        assert table.encoding in same.get(entry["encoding"], {entry["encoding"]}), name
