"""Column names and a few rows in; the field each column holds, the export it came from and suggestions out."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from outreach.errors import FileError
from outreach.intake.tables import load_table

#: Below this, two column names are not alike enough to suggest one for the other.
SUGGEST_FROM = 90
_SAMPLE_ROWS = 200
_URL = re.compile(
    r"(?:https?://)?(?:[a-z]{2,3}\.)?(?:www\.)?linkedin\.com/(in|pub|company|school|showcase|sales/lead|sales/people|sales/company)/",
    re.IGNORECASE,
)
#: Columns whose name leaves open what they hold: they are settled by their values.
_BY_VALUE = frozenset(
    {"linkedin_url", "summary", "website", "company_linkedin_url", "sales_nav_url", "notes"}
)
_KIND_OF_URL = {
    "in": "linkedin_url",
    "pub": "linkedin_url",
    "company": "company_linkedin_url",
    "school": "company_linkedin_url",
    "showcase": "company_linkedin_url",
    "sales/lead": "sales_nav_url",
    "sales/people": "sales_nav_url",
    "sales/company": "company_sales_nav_url",
}
#: First-name columns that hold the whole name where the list has no column for the surname.
_WHOLE_NAME_TOO = frozenset({"nombre", "nome", "nombres"})


@dataclass(frozen=True)
class ColumnMap:
    """What the columns of a list hold.

    `columns` has for each field its column numbers, the preferred one first; `by_header` each header's field or None.
    """

    columns: Mapping[str, tuple[int, ...]]
    by_header: Mapping[str, str | None]
    suggestions: Mapping[str, str]
    source: str | None = None
    notes: list[str] = field(default_factory=list)


@lru_cache(maxsize=4096)
def squash(name: str) -> str:
    """Return a column name as it is compared: without accents, case, blanks and punctuation; `#` is `number`."""
    text = unicodedata.normalize("NFKD", name.replace("#", "number ")).casefold()
    return "".join(char for char in text if char.isalnum())


@lru_cache(maxsize=1)
def _aliases() -> dict[str, tuple[str, int]]:
    """Return squashed name → field and its place in the order of preference."""
    found: dict[str, tuple[str, int]] = {}
    for name, spellings in load_table("headers")["aliases"].items():
        for place, spelling in enumerate([name.replace("_", " "), *spellings]):
            found.setdefault(squash(spelling), (name, place))
    return found


def field_names() -> list[str]:
    """Return the fields a column can be mapped to."""
    return list(load_table("headers")["aliases"])


def known_headers(cells: Sequence[str]) -> int:
    """Count the cells of a row that are known column names."""
    aliases = _aliases()
    return sum(1 for cell in cells if 0 < len(cell) < 60 and squash(cell) in aliases)


def detect_source(headers: Sequence[str]) -> str | None:
    """Return the export whose signature the headers show best, such as `apollo`, or None."""
    present = {squash(header) for header in headers}
    best, best_hits = None, 0
    for name, source in load_table("headers")["sources"].items():
        hits = len(present & {squash(header) for header in source["signature"]})
        if hits >= source.get("min", 2) and hits > best_hits:
            best, best_hits = name, hits
    return best


def map_headers(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    overrides: Mapping[str, str] | None = None,
    where: Path | None = None,
) -> ColumnMap:
    """Return what each column holds: a person's word first, then the export's own meaning, the alias table, the values.

    Args:
        headers: the header row.
        rows: data rows to look at where a name leaves open what the column holds.
        overrides: `[intake.columns]`, header → field; `ignore` leaves the column out.
        where: the file that the overrides stand in, for messages.

    Raises:
        FileError: an override names no field.
    """
    source = detect_source(headers)
    own = (
        {squash(k): v for k, v in load_table("headers")["sources"][source]["columns"].items()}
        if source
        else {}
    )
    asked = _checked(overrides or {}, where)
    notes = [
        f"[intake.columns] names «{name}», which the list does not have"
        for name in (overrides or {})
        if squash(name) not in {squash(h) for h in headers}
    ]
    fields: list[str | None] = []
    places: list[int] = []
    for index, header in enumerate(headers):
        key = squash(header)
        alias, place = _aliases().get(key, (None, 99))
        if key in asked:
            name: str | None = None if asked[key] in {"", "ignore"} else asked[key]
        else:
            name = own[key] or None if key in own else alias
            name = _settle_by_value(
                name, key, [row[index] for row in rows[:_SAMPLE_ROWS] if index < len(row)]
            )
        fields.append(name)
        places.append(-1 if key in asked else place)
    _settle_names(headers, fields, set(asked))
    columns: dict[str, list[int]] = {}
    for index in sorted(range(len(headers)), key=lambda i: (places[i], i)):
        if (name := fields[index]) is not None:
            columns.setdefault(name, []).append(index)
    by_header: dict[str, str | None] = {}
    for header, name in zip(headers, fields, strict=True):
        if header and by_header.get(header) is None:
            by_header[header] = name
    suggestions = _suggest(
        [header for header, name in by_header.items() if name is None and squash(header) not in own]
    )
    return ColumnMap(
        {name: tuple(found) for name, found in columns.items()}, by_header, suggestions, source, notes
    )


def _checked(overrides: Mapping[str, str], where: Path | None) -> dict[str, str]:
    for header, name in overrides.items():
        if name not in {"", "ignore"} and name not in field_names():
            near = process.extractOne(name, field_names(), scorer=fuzz.WRatio)
            hint = (
                f"did you mean «{near[0]}»?"
                if near and near[1] >= 70
                else f"fields: {', '.join(field_names())}"
            )
            raise FileError(
                f"[intake.columns] maps «{header}» to «{name}», which is no field", where=where, hint=hint
            )
    return {squash(header): name for header, name in overrides.items()}


def _settle_by_value(name: str | None, key: str, values: Sequence[str]) -> str | None:
    """Correct a field by what its cells hold: a LinkedIn profile is no website, and a profile's URL no profile text."""
    if name not in _BY_VALUE and key not in {"url", "link", "profile"}:
        return name
    filled = [value.strip() for value in values if value.strip()]
    found = [match.group(1).lower() for value in filled if (match := _URL.match(value))]
    if found and len(found) >= 0.6 * len(filled):
        kinds = [_KIND_OF_URL[kind] for kind in found]
        return max(set(kinds), key=kinds.count)
    if (
        name in {"linkedin_url", "company_linkedin_url"}
        and filled
        and not found
        and all("://" in value for value in filled)
    ):
        return "website"
    return name


def _settle_names(headers: Sequence[str], fields: list[str | None], asked: set[str]) -> None:
    """Settle `Name`, `Nombre` and their like by the columns beside them."""
    present = set(fields)
    lonely = not present & {"first_name", "last_name", "company", "title", "email"}
    for index, header in enumerate(headers):
        key, name = squash(header), fields[index]
        if key in asked:
            continue
        whole = name == "first_name" and key in _WHOLE_NAME_TOO and not present & {"last_name", "full_name"}
        if whole or (key == "nom" and name == "last_name" and "first_name" not in present):
            fields[index] = "full_name"
        elif key != "name" or name != "full_name":
            continue
        elif "last_name" not in present and any(squash(other) == "vorname" for other in headers):
            fields[index] = "last_name"
        elif lonely and present & {"company_domain", "website", "industry", "employees"}:
            # A list of companies, where `Name` is the company's.
            fields[index] = "company"


def _suggest(headers: Sequence[str]) -> dict[str, str]:
    """Return fields for names that nearly match: for a person to confirm, never used by themselves."""
    aliases = _aliases()
    found: dict[str, str] = {}
    for header in headers:
        key = squash(header)
        if len(key) < 4:
            continue
        match = process.extractOne(key, aliases.keys(), scorer=fuzz.WRatio, score_cutoff=SUGGEST_FROM)
        if match:
            found[header] = aliases[match[0]][0]
    return found
