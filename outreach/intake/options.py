"""A workspace's intake settings as plain values: what a list is read with, and what comes out of reading it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outreach.domain.people import Row


@dataclass(frozen=True)
class IntakeOptions:
    """How a lead list is read and what joins it.

    Attributes:
        language: the workspace's language: of texts in mapped fact columns, and where nothing tells a person's.
        default_country: alpha-2, where the list names no country.
        facts_columns: column → kind: the cells of these columns are facts.
        columns: header → field, where the alias table reads a header wrongly; `ignore` leaves the column out.
        facts_file: dated facts by person or company.
        accounts_file: company attributes by domain or name.
        suppression_files: people and firms that must not be written to.
        customers_file: customers, who are not prospects.
        sheet: the sheet of a workbook; None is the first that is not empty.
    """

    language: str = "en"
    default_country: str | None = None
    facts_columns: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    facts_file: Path | None = None
    accounts_file: Path | None = None
    suppression_files: tuple[Path, ...] = ()
    customers_file: Path | None = None
    sheet: str | None = None


@dataclass(frozen=True)
class Intake:
    """A list as it was read. Every data row is in `rows` exactly once, in file order, numbered from 1."""

    rows: list[Row]
    mapping: Mapping[str, str | None]
    suggestions: Mapping[str, str]
    source_style: str | None
    encoding: str
    delimiter: str
    notes: list[str]
