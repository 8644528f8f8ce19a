"""The rows of a list in file order in; the same rows out, with repeated people marked and their wishes heard."""

from collections import defaultdict
from collections.abc import Iterable

from outreach.domain.people import Prospect, Row
from outreach.intake.emails import mailbox_key
from outreach.intake.links import profile_slug
from outreach.intake.name_writing import fold_name


def mark_duplicates(rows: Iterable[Row]) -> list[Row]:
    """Return the rows; those that repeat a person of an earlier one are `duplicate`, with the number of that row.

    Two rows are one person by profile, by mailbox, or by name and account unless their profiles differ. Who asks in any
    of the rows to be left alone is left alone: then the first row is suppressed too.
    """
    done: list[Row] = []
    people = _People()
    for row in rows:
        if row.prospect is None:
            done.append(row)
            continue
        first = people.seen(row.row, row.prospect)
        if first is None:
            done.append(row)
            continue
        if row.disposition == "suppressed":
            done = [_suppressed(earlier, row) if earlier.row == first else earlier for earlier in done]
        reason = f"the person of row {first}"
        done.append(
            row.model_copy(update={"disposition": "duplicate", "duplicate_of": first, "reason": reason})
        )
    return done


def _suppressed(row: Row, later: Row) -> Row:
    if row.disposition == "suppressed":
        return row
    reason = f"{later.reason} (said in row {later.row})"
    return row.model_copy(update={"disposition": "suppressed", "reason": reason})


class _People:
    """Who was seen, by every identity, and in which row first."""

    def __init__(self) -> None:
        self._by_key: dict[str, int] = {}
        self._by_name: dict[str, list[tuple[int, str | None]]] = defaultdict(list)

    def seen(self, number: int, person: Prospect) -> int | None:
        """Return the row in which this person was seen first, or None, and remember the person."""
        slug = profile_slug(person.linkedin_url) if person.linkedin_url else None
        mailbox = mailbox_key(person.email) if person.email else None
        keys = [f"{kind}:{value}" for kind, value in (("in", slug), ("mail", mailbox)) if value]
        first = next((self._by_key[key] for key in keys if key in self._by_key), None)
        name = _name_key(person)
        if first is None and name is not None:
            first = next(
                (row for row, other in self._by_name[name] if slug is None or other is None or slug == other),
                None,
            )
        for key in keys:
            self._by_key.setdefault(key, number if first is None else first)
        if name is not None:
            self._by_name[name].append((number if first is None else first, slug))
        return first


def _name_key(person: Prospect) -> str | None:
    if not (person.first_name and person.last_name and person.company.key):
        return None
    return f"{fold_name(person.first_name)} {fold_name(person.last_name)} {person.company.key}"
