"""A connection and a plan's id in; the versions of its draft out, the current one last, and what is kept beside them."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import ValidationError

from outreach.domain.lines import GenerateLine
from outreach.domain.plans import Plan
from outreach.domain.versions import Candidates, Origin
from outreach.domain.vocabulary import LANGUAGES
from outreach.errors import FileError
from outreach.store import tables


@dataclass(frozen=True)
class StoredVersion:
    """One version of a draft, as it was judged when it was kept."""

    outreach_id: str
    serial: int
    version: str
    record: str
    saved_at: str
    origin: Origin | None
    candidates: Candidates | None
    current: bool

    @property
    def line(self) -> GenerateLine:
        """The version as a `generate` line."""
        return GenerateLine.model_validate_json(self.record)


def versions_of(connection: sa.Connection, outreach_id: str) -> list[StoredVersion]:
    """Return every version of a draft, the refused ones too, by their number."""
    found = []
    for table, current in ((tables.old_drafts, False), (tables.drafts, True)):
        names = ("outreach_id", "serial", "version", "record", "saved_at", "origin", "candidates")
        query = sa.select(*(table.c[name] for name in names)).where(table.c.outreach_id == outreach_id)
        for row in connection.execute(query):
            origin = Origin.model_validate_json(row.origin) if row.origin else None
            candidates = Candidates.model_validate_json(row.candidates) if row.candidates else None
            found.append(
                StoredVersion(
                    row.outreach_id, row.serial, row.version, row.record, row.saved_at,
                    origin, candidates, current,
                )
            )  # fmt: skip
    return sorted(found, key=lambda version: version.serial)


def next_serial(connection: sa.Connection, outreach_id: str) -> int:
    """Return the number that the next version of a draft gets."""
    highest = [
        connection.execute(
            sa.select(sa.func.max(table.c.serial)).where(table.c.outreach_id == outreach_id)
        ).scalar()
        for table in (tables.drafts, tables.old_drafts)
    ]
    return 1 + max(number or 0 for number in highest)


def move_to_old(connection: sa.Connection, outreach_id: str) -> None:
    """Put the current version among the old ones. Its plan stays behind: an old text is judged by the plan of today."""
    names = ("outreach_id", "version", "record", "saved_at", "serial", "origin", "candidates")
    query = sa.select(*(tables.drafts.c[name] for name in names)).where(
        tables.drafts.c.outreach_id == outreach_id
    )
    connection.execute(tables.old_drafts.insert().from_select(names, query))


def read_plan(text: str | None, where: str) -> Plan:
    """Return the plan that lies beside a draft. Raises FileError where there is none, or none that this program reads."""
    if text is not None:
        try:
            return Plan.model_validate_json(text)
        except ValidationError:
            pass
    raise FileError("the draft was kept without a plan that this program can read", where=where,
                    hint="run generate again over its list: it keeps the plan beside the draft")  # fmt: skip


def plan_text(plan: Plan) -> str:
    """Return a plan as it is kept: without defaults, and without the texts of other languages where the draft's has one."""
    whole = plan.model_dump(mode="json", exclude_defaults=True)
    return json.dumps(_in_one_language(whole, plan.language), ensure_ascii=False, separators=(",", ":"))


def _in_one_language(value: Any, language: str) -> Any:
    if isinstance(value, list):
        return [_in_one_language(item, language) for item in value]
    if not isinstance(value, dict):
        return value
    if language in value and value.keys() <= {*LANGUAGES, language} and value[language]:
        return {language: value[language]}
    return {key: _in_one_language(item, language) for key, item in value.items()}
