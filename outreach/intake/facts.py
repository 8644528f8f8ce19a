"""`facts.csv` and mapped columns in; dated facts by person and company out."""

import datetime
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from outreach.domain.ids import make_id
from outreach.domain.people import Fact
from outreach.errors import FileError
from outreach.intake.companies import read_company
from outreach.intake.emails import mailbox_key
from outreach.intake.links import company_domain, profile_slug
from outreach.intake.side_tables import read_side_table

#: Columns of facts.csv that are no named part of a fact.
_OWN = frozenset({"who", "kind", "text", "date", "source", "language", "about"})
_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%Y-%m-%dT%H:%M:%S")


@dataclass
class Facts:
    """Facts by whom they are about: a mailbox, a profile's slug, a domain or a company's squashed name."""

    by_key: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))

    def about(self, keys: list[str]) -> tuple[Fact, ...]:
        """Return the facts of these keys, each once, in the file's order."""
        found = {fact.id: fact for key in keys for fact in self.by_key.get(key, ())}
        return tuple(found.values())


def make_fact(
    kind: str, text: str, *, language: str, about: str = "company", date: datetime.date | None = None,
    source: str = "", slots: dict[str, str] | None = None,
) -> Fact:  # fmt: skip
    """Return a fact with the id that its content gives it."""
    identity = [kind, text, date.isoformat() if date else None, source]
    return Fact(
        id=make_id("f", identity), kind=kind, text=text.strip().rstrip("."), language=language,
        about="person" if about == "person" else "company", date=date, source=source, slots=slots or {},
    )  # fmt: skip


def read_facts_file(path: Path, language: str) -> Facts:
    """Read facts.csv. Raises FileError for a row without who, kind or text, and for a date that is none."""
    facts = Facts()
    for line, row in read_side_table(path, ("who", "kind", "text"), "facts file"):
        if not (row["who"] and row["kind"] and row["text"]):
            raise FileError("a fact needs who, kind and text", where=path, line=line, hint="fill them in, or remove the line")
        key, about = whose(row["who"])
        facts.by_key[key].append(
            make_fact(
                row["kind"].casefold(), row["text"], language=row.get("language") or language,
                about=row.get("about") or about, date=_date(row.get("date", ""), path, line), source=row.get("source", ""),
                slots={name: text for name, text in row.items() if name not in _OWN and name and text},
            )
        )  # fmt: skip
    return facts


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


def _date(text: str, path: Path, line: int) -> datetime.date | None:
    found = read_date(text)
    if text and found is None:
        raise FileError(f"{text!r} is no date", where=path, line=line, hint="write YYYY-MM-DD")
    return found


def read_date(text: str) -> datetime.date | None:
    """Return the day of a date as our files and the known exports write it, or None."""
    text = re.sub(r"\s+", " ", text.strip())
    for pattern in _FORMATS:
        try:
            return datetime.datetime.strptime(text, pattern).replace(tzinfo=datetime.UTC).date()
        except ValueError:
            continue
    return None
