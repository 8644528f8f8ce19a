"""`facts.csv`, mapped columns and dated typed columns in; facts by person and company out."""

import datetime
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from outreach.domain.ids import make_id
from outreach.domain.people import Fact
from outreach.errors import FileError, FileErrors, OutreachError
from outreach.intake.cells import clean_cell, is_blank, one_line
from outreach.intake.companies import read_company
from outreach.intake.emails import mailbox_key
from outreach.intake.headers import squash
from outreach.intake.links import company_domain, profile_slug
from outreach.intake.side_tables import read_side_table
from outreach.intake.suspicion import suspicious
from outreach.intake.tables import load_table
from outreach.intake.titles import read_title

#: Columns of facts.csv that are no named part of a fact.
_OWN = frozenset({"who", "kind", "text", "date", "source", "language", "about"})
_FORMATS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%b %Y",
    "%B %Y",
    "%Y-%m",
)
_DATED = re.compile(r"^(\d{4}-\d{2}-\d{2})\s*[:–—-]\s*(.+)$|^(.+?)\s*\((\d{4}-\d{2}-\d{2})\)\.?$")


@dataclass
class Facts:
    """Facts by whom they are about: a mailbox, a profile's slug, a domain or a company's squashed name."""

    by_key: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    def about(self, keys: Sequence[str]) -> tuple[Fact, ...]:
        """Return the facts of these keys, each once, in the file's order."""
        found = {fact.id: fact for key in keys for fact in self.by_key.get(key, ())}
        return tuple(found.values())


def make_fact(
    kind: str, text: str, *, language: str, about: str | None = None, date: datetime.date | None = None,
    source: str = "", slots: dict[str, str] | None = None,
) -> Fact:  # fmt: skip
    """Return a fact with the id that its content gives it; whom a kind is about follows from the kind if not said."""
    kind, text = kind.strip().casefold(), one_line(text).rstrip(".")
    if about not in {"person", "company"}:
        about = "person" if kind in load_table("facts")["about"]["person"] else "company"
    identity = [kind, text, date.isoformat() if date else None, source]
    return Fact(
        id=make_id("f", identity), kind=kind, text=text, language=language,
        about="person" if about == "person" else "company", date=date, source=source, slots=slots or {},
    )  # fmt: skip


def read_facts_file(path: Path, language: str) -> Facts:
    """Read facts.csv.

    Raises:
        FileErrors: every row without who, kind or text, and every date that is none.
    """
    facts = Facts()
    faults: list[OutreachError] = []
    for line, row in read_side_table(path, ("who", "kind", "text"), "facts file"):
        date = read_date(row.get("date", ""))
        if not (row["who"] and row["kind"] and row["text"]):
            hint = "fill them in, or remove the line"
            faults.append(FileError("a fact needs who, kind and text", where=path, line=line, hint=hint))
        elif row.get("date") and date is None:
            what = f"{row['date']!r} is no date"
            faults.append(FileError(what, where=path, line=line, hint="write YYYY-MM-DD"))
        else:
            key, about = whose(row["who"])
            slots = _with_function(
                row["kind"], {name: text for name, text in row.items() if name not in _OWN and name and text}
            )
            fact = make_fact(
                row["kind"], row["text"], language=row.get("language") or language, about=row.get("about") or about,
                date=date, source=row.get("source", ""), slots=slots,
            )  # fmt: skip
            facts.by_key[key].append(fact)
    if faults:
        raise FileErrors(faults)
    return facts


def _with_function(kind: str, slots: dict[str, str]) -> dict[str, str]:
    """Return the named parts of a hiring with the function of the job: it says whom in the firm the news concerns."""
    title = next((slots[name] for name in ("what", "role", "title") if name in slots), "")
    if kind.strip().casefold() != "hiring" or not title or "function" in slots:
        return slots
    functions = read_title(title).functions
    return slots | {"function": functions[0] if functions else "other"}


def whose(who: str) -> tuple[str, str]:
    """Return the key of whom a fact is about, and whether that is a person or a company."""
    slug = profile_slug(who)
    if slug is not None:
        return f"in:{slug}", "person"
    mailbox = mailbox_key(who) if "@" in who else None
    if mailbox is not None:
        return f"mail:{mailbox}", "person"
    domain = company_domain(who) if "." in who and " " not in who.strip() else None
    return (f"domain:{domain}", "company") if domain else (f"name:{read_company(who).key}", "company")


def facts_in_row(
    cells: Sequence[str], headers: Sequence[str], values: Mapping[str, str], columns: Mapping[str, str], company: str, language: str
) -> list[Fact]:  # fmt: skip
    """Return the facts that a row states: cells of mapped columns, and a funding round with its date.

    Args:
        cells: the row.
        headers: the list's column names.
        values: the row's fields.
        columns: `[intake.facts]`, column → kind.
        company: display name of the company.
        language: the workspace's language, in which mapped columns are written.
    """
    found: list[Fact] = []
    for column, kind in columns.items():
        at = next((i for i, header in enumerate(headers) if squash(header) == squash(column)), None)
        text = one_line(clean_cell(cells[at]).text) if at is not None and at < len(cells) else ""
        if is_blank(text) or suspicious(text):
            # What looks like an order to a machine is no fact, whoever mapped the column.
            continue
        text, date = _dated(text)
        found.append(
            make_fact(
                kind,
                text,
                language=language,
                date=date or _date_beside(column, cells, headers),
                source=f"list:{column}",
            )
        )
    funding = _funding(values, company, language)
    return [*found, *([funding] if funding is not None else [])]


def _dated(text: str) -> tuple[str, datetime.date | None]:
    """Take a date off the beginning or end of a cell: `2026-10-01: Acme opened…`, `… (2026-10-01)`."""
    match = _DATED.match(text)
    if match is None:
        return text, None
    return (
        (match.group(2), read_date(match.group(1)))
        if match.group(1)
        else (match.group(3), read_date(match.group(4)))
    )


def _date_beside(column: str, cells: Sequence[str], headers: Sequence[str]) -> datetime.date | None:
    wanted = {squash(f"{column} {word}") for word in load_table("facts")["dates"]["words"]}
    for header, cell in zip(headers, cells, strict=False):
        if squash(header) in wanted and (date := read_date(cell)) is not None:
            return date
    return None


def _funding(values: Mapping[str, str], company: str, language: str) -> Fact | None:
    round_, date = values.get("funding_round", ""), read_date(values.get("funding_date", ""))
    template = load_table("facts")["funding"].get(language)
    if not round_ or date is None or not company or template is None or len(round_) > 30:
        return None
    slots = {"round": round_} | ({"amount": values["funding_amount"]} if values.get("funding_amount") else {})
    text = template.format(company=company, round=round_)
    return make_fact(
        "funding", text, language=language, about="company", date=date, source="list:funding", slots=slots
    )


@lru_cache(maxsize=2048)
def read_date(text: str) -> datetime.date | None:
    """Return the day of a date as our files and the known exports write it, or None; a month alone is its first day."""
    text = one_line(text)
    if len(text) < 6:
        return None
    for pattern in _FORMATS:
        try:
            return datetime.datetime.strptime(text, pattern).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
    return None
