"""A raw row and the column map in; the text of each field out, cleaned, with what was noticed on the way."""

from collections.abc import Sequence
from typing import NamedTuple

from outreach.intake.cells import clean_cell, is_blank
from outreach.intake.headers import ColumnMap
from outreach.intake.suspicion import suspicious

#: Fields that hold what the prospect or a stranger wrote, with the length from which it can be an order to a machine.
_UNTRUSTED = {
    "headline": 12, "summary": 12, "notes": 12, "description": 12,
    "title": 40, "company": 40, "first_name": 30, "last_name": 30, "full_name": 40,
}  # fmt: skip
#: Fields where `Na`, `X` or `None` may be somebody's name.
_NAMES = frozenset({"first_name", "last_name", "full_name", "middle_name"})
#: Fields that nobody reads: their cells are not even cleaned.
_UNREAD = frozenset(
    {"external_id", "connected_on", "connection_degree", "tenure_role", "tenure_company", "owner", "created", "lists",
     "seniority", "department", "associated_company", "middle_name", "company_sales_nav_url", "funding_total"}
)  # fmt: skip
#: Fields whose places in a row prove that its cells stand under their own headers.
_TELLING = {
    "email": "@",
    "linkedin_url": "linkedin.com/",
    "website": "://",
    "company_linkedin_url": "linkedin.com/",
}
_FREE = frozenset({"summary", "notes", "description", "headline", "keywords", "technologies"}) | _UNREAD


class Fields(NamedTuple):
    """The fields of a row that say something, and its flags."""

    values: dict[str, str]
    flags: tuple[str, ...]


class Reading(NamedTuple):
    """How one field is read: its columns, from which length it is looked at with suspicion, and whether it is a name."""

    field: str
    places: tuple[int, ...]
    suspect_from: int | None
    name: bool


def plan_reading(columns: ColumnMap) -> tuple[Reading, ...]:
    """Return how the fields of a list's rows are read, once for all rows."""
    return tuple(
        Reading(field, places, _UNTRUSTED.get(field), field in _NAMES)
        for field, places in columns.columns.items()
        if field not in _UNREAD
    )


def read_fields(cells: Sequence[str], plan: Sequence[Reading]) -> Fields:
    """Return the text of each field: the first of its columns that says anything.

    Flags: what cleaning did (`mojibake`, `zero_width`, `formula` …), and `injection` where text that others wrote looks
    like an instruction to a machine.
    """
    values: dict[str, str] = {}
    flags: dict[str, None] = {}
    for field, places, suspect_from, name in plan:
        for place in places:
            raw = cells[place]
            if not raw:
                continue
            text, found = clean_cell(raw)
            if found:
                flags.update(dict.fromkeys(found))
            if suspect_from is not None and len(raw) >= suspect_from and suspicious(raw):
                flags["injection"] = None
            if text and (name or not is_blank(text)):
                values[field] = text
                break
            if text and field == "email":
                # `n/a` where an address belongs is a bad address, not none.
                values.setdefault(field, text)
    return Fields(values, tuple(flags))


def is_shifted(cells: Sequence[str], extra: int, columns: ColumnMap) -> bool:
    """Tell whether the cells of a row with too many of them may stand under other columns' headers.

    They are taken as in place only where an address or link stands in its own column, and nothing but free text comes
    after the last of these: else a comma in a name would make a title of half a company.
    """
    if not extra:
        return False
    field_of = {place: field for field, places in columns.columns.items() for place in places}
    last_proof = -1
    for place, cell in enumerate(cells):
        sign = _TELLING.get(field_of.get(place, ""))
        if sign is not None and cell:
            if sign not in cell:
                return True
            last_proof = place
    return any(field_of.get(place, "notes") not in _FREE for place in range(last_proof + 1, len(cells)))
