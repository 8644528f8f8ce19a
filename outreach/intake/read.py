"""A lead list and how to read it in; every row as a prospect with its disposition out."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from outreach.domain.people import Row
from outreach.errors import FileError
from outreach.intake.accounts import Accounts, read_accounts_file
from outreach.intake.duplicates import mark_duplicates
from outreach.intake.facts import Facts, read_facts_file
from outreach.intake.headers import ColumnMap, map_headers, squash
from outreach.intake.options import Intake, IntakeOptions
from outreach.intake.reader import read_table
from outreach.intake.row_fields import plan_reading
from outreach.intake.rows import Beside, RowReader
from outreach.intake.suppression import Suppression
from outreach.intake.table import Table

__all__ = ["Intake", "IntakeOptions", "read_prospects"]

#: Without one of these, a table is no list of people.
_PEOPLE = frozenset({"first_name", "last_name", "full_name", "email", "linkedin_url"})


def read_prospects(path: Path, options: IntakeOptions) -> Intake:
    """Read a lead list.

    Args:
        path: CSV, TSV, XLSX or JSONL of any export; nobody needs to say which.
        options: the workspace's settings and the files beside the list.

    Raises:
        FileError: the list is none, or a file beside it (facts, accounts, suppression, customers) is missing or faulty.
    """
    beside = Beside(
        read_facts_file(options.facts_file, options.language) if options.facts_file else Facts(),
        read_accounts_file(options.accounts_file) if options.accounts_file else Accounts(),
        Suppression.read(options.suppression_files, options.customers_file),
    )
    table = read_table(path, sheet=options.sheet)
    columns = map_headers(table.headers, [row.cells for row in table.rows[:200]], options.columns, path)
    _refuse_other_tables(table, columns)
    reader = RowReader(path.name, table.headers, columns, plan_reading(columns), options, beside)
    rows = mark_duplicates(reader.read(number, raw) for number, raw in enumerate(table.rows, 1))
    _check_sum(rows, len(table.rows))
    fact_columns = {squash(column): kind for column, kind in options.facts_columns.items()}
    return Intake(
        rows=rows,
        mapping={h: f or _fact(fact_columns, h) for h, f in columns.by_header.items()},
        suggestions={h: f for h, f in columns.suggestions.items() if squash(h) not in fact_columns},
        source_style=columns.source,
        encoding=table.encoding,
        delimiter=table.delimiter,
        notes=[*table.notes, *columns.notes, *_notes(table, columns, options)],
    )


def _fact(fact_columns: dict[str, str], header: str) -> str | None:
    kind = fact_columns.get(squash(header))
    return None if kind is None else f"fact: {kind}"


def _refuse_other_tables(table: Table, columns: ColumnMap) -> None:
    """Raise where no column names a person: a list of companies, or a table whose header nobody knows."""
    if _PEOPLE & columns.columns.keys():
        return
    shown = ", ".join(header for header in table.headers[:8] if header)
    if columns.columns.keys() & {"company", "company_domain", "website"}:
        what, hint = (
            "this is a list of companies: no column names a person",
            "use it as accounts_file, or add the people's names",
        )
    else:
        what = f"no column is known: {shown}"
        hint = "add a first line that names the columns (First Name, Last Name, Email, …), or map them in [intake.columns]"
    raise FileError(what, where=table.path, line=table.header_line, hint=hint)


def _notes(table: Table, columns: ColumnMap, options: IntakeOptions) -> list[str]:
    """Return what a reader of the list should know before using it."""
    notes = []
    present = {squash(header) for header in table.headers}
    notes += [
        f"[intake.facts] names «{column}», which the list does not have"
        for column in options.facts_columns
        if squash(column) not in present
    ]
    if "company" not in columns.columns:
        notes.append("no column holds the company: every row waits for review")
    if "title" not in columns.columns:
        notes.append("no column holds the job title: every row waits for review")
    short = [row.line for row in table.rows if "short_row" in row.flags]
    if short:
        notes.append(
            f"{len(short)} rows have fewer cells than the header (lines {', '.join(map(str, short[:5]))}{' …' if len(short) > 5 else ''})"
        )
    return notes


def _check_sum(rows: Sequence[Row], read: int) -> None:
    """Hold the promise that every row is somewhere: ready, review, suppressed, duplicate or unreadable."""
    counted = Counter(row.disposition for row in rows)
    numbers = [row.row for row in rows]
    if sum(counted.values()) != read or numbers != list(range(1, read + 1)):
        msg = f"{read} rows were read, {sum(counted.values())} are accounted for"
        raise AssertionError(msg)
