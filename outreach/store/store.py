"""Drafts, rows, runs and decisions in; the same back, in one place that survives being killed at any moment."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from outreach.domain.ids import make_id
from outreach.domain.lines import GenerateLine
from outreach.domain.plans import Plan
from outreach.domain.versions import Candidates, Origin
from outreach.errors import FileError
from outreach.store import tables
from outreach.store.engine import open_engine
from outreach.store.migrations import migrate
from outreach.store.versions import (
    StoredVersion,
    move_to_old,
    next_serial,
    plan_text,
    read_plan,
    versions_of,
)


@dataclass(frozen=True)
class StoredDraft:
    """A draft as it lies in the store, with the decision that holds for it."""

    outreach_id: str
    input_key: str
    version: str
    binding: str
    record: str
    saved_at: str
    decision: str | None = None
    reason: str = ""
    who: str = ""
    decided_at: str = ""
    voided: bool = False
    account: str = ""
    plan: str | None = None

    @property
    def state(self) -> str:
        """`open`, `approved`, `rejected`, or `changed` where the draft is not what was decided on any more."""
        if self.decision is None:
            return "open"
        return "changed" if self.voided else self.decision

    @property
    def line(self) -> GenerateLine:
        """The draft as a `generate` line."""
        return GenerateLine.model_validate_json(self.record)


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row of a list."""

    row: int
    line: int
    outcome: str
    reason: str
    prospect_id: str | None
    name: str
    outreach_id: str | None = None


class Store:
    """The one door to the database. Times come in as ISO text: the store has no clock of its own."""

    def __init__(self, path: Path, url: str | None, now: str) -> None:
        """Open the store, made or migrated if need be. Raises FileError when it is damaged, newer or out of reach."""
        self.engine, self.where = open_engine(path, url)
        try:
            migrate(self.engine, self.where, now)
        except sa.exc.DatabaseError as error:
            self.engine.dispose()
            cause = str(error.orig).splitlines()[0] if error.orig else "no answer"
            raise FileError(f"the store cannot be opened: {cause}", where=self.where,
                            hint="it is left as it is; restore a copy, or move it away to begin anew") from None  # fmt: skip

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _begin(self) -> Iterator[sa.Connection]:
        """Yield a transaction. Raises FileError where the disk or server fails; nothing of it is kept then."""
        try:
            with self.engine.begin() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            cause = str(error.orig).splitlines()[0] if error.orig else "no answer"
            raise FileError(f"the store failed: {cause}", where=self.where,
                            hint="check the disk or the server, then run the same command again: it resumes") from None  # fmt: skip

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """Return a transaction for a log that stands beside this store: see `outreach.store.replies`."""
        return self._begin()

    # Runs and rows -------------------------------------------------------------------------------------------------

    def start_run(self, source: str, as_of: str, now: str) -> str:
        """Note that a run over a list begins; return its id."""
        with self._begin() as connection:
            number = connection.execute(sa.select(sa.func.count()).select_from(tables.runs)).scalar_one()
            run_id = make_id("r1", [source, as_of, now, number])
            connection.execute(
                tables.runs.insert().values(run_id=run_id, source=source, as_of=as_of, started_at=now)
            )
        return run_id

    def finish_run(self, run_id: str, summary: str, now: str) -> None:
        """Note that a run ended, with its summary as JSON."""
        with self._begin() as connection:
            connection.execute(
                tables.runs.update()
                .where(tables.runs.c.run_id == run_id)
                .values(finished_at=now, summary=summary)
            )

    def last_run(self) -> tuple[str, str, str | None, str | None] | None:
        """Return source, start, end and summary of the newest run, or None."""
        query = sa.select(
            tables.runs.c.source, tables.runs.c.started_at, tables.runs.c.finished_at, tables.runs.c.summary
        ).order_by(tables.runs.c.started_at.desc(), tables.runs.c.run_id)
        with self._begin() as connection:
            found = connection.execute(query).first()
        return None if found is None else (found[0], found[1], found[2], found[3])

    def save_rows(self, run_id: str, source: str, outcomes: Sequence[RowOutcome]) -> None:
        """Replace what is known of a list's rows by what this run found."""
        with self._begin() as connection:
            connection.execute(tables.rows.delete().where(tables.rows.c.source == source))
            if outcomes:
                connection.execute(
                    tables.rows.insert(),
                    [{"run_id": run_id, "source": source, **vars(outcome)} for outcome in outcomes],
                )

    def row_outcomes(self, source: str | None = None) -> list[tuple[str, RowOutcome]]:
        """Return what became of the rows of one list or of all, in order."""
        columns = [
            tables.rows.c[name]
            for name in ("row", "line", "outcome", "reason", "prospect_id", "name", "outreach_id")
        ]
        query = sa.select(tables.rows.c.source, *columns).order_by(tables.rows.c.source, tables.rows.c.row)
        if source is not None:
            query = query.where(tables.rows.c.source == source)
        with self._begin() as connection:
            return [(found[0], RowOutcome(*found[1:])) for found in connection.execute(query)]

    # Drafts --------------------------------------------------------------------------------------------------------

    def draft_with_key(self, outreach_id: str, input_key: str, plan: Plan | None = None) -> str | None:
        """Return the record of a draft made from exactly these inputs, or None: then there is work to do.

        `plan` is kept beside a draft that an older program kept without one.
        """
        mine = tables.drafts.c.outreach_id == outreach_id
        query = sa.select(tables.drafts.c.record, tables.drafts.c.plan.is_(None).label("bare")).where(
            mine, tables.drafts.c.input_key == input_key
        )
        with self._begin() as connection:
            found = connection.execute(query).first()
            if found is None:
                return None
            if found.bare and plan is not None:
                connection.execute(tables.drafts.update().where(mine).values(plan=plan_text(plan)))
        return str(found.record)

    def save_draft(
        self,
        line: GenerateLine,
        *,
        input_key: str,
        version: str,
        binding: str,
        prospect_id: str,
        now: str,
        plan: Plan | None = None,
        origin: Origin | None = None,
        candidates: Candidates | None = None,
        replaces: str | None = None,
    ) -> bool:
        """Keep a draft as the current one of its plan; the one it replaces moves to the old drafts.

        Returns:
            False, with nothing kept, where the current draft is not of the version `replaces` any more.
        """
        record = line.model_dump_json()
        values = {
            "input_key": input_key, "version": version, "binding": binding, "prospect_id": prospect_id,
            "account": line.account or "", "persona": line.persona, "verdict": line.verdict, "score": line.score,
            "record": record, "saved_at": now, "plan": plan_text(plan) if plan else None,
            "origin": origin.model_dump_json() if origin else None,
            "candidates": candidates.model_dump_json() if candidates else None,
        }  # fmt: skip
        mine = tables.drafts.c.outreach_id == line.outreach_id
        with self._begin() as connection:
            old = connection.execute(
                sa.select(tables.drafts.c.version, tables.drafts.c.record).where(mine).with_for_update()
            ).first()
            if replaces is not None and (old is None or old.version != replaces):
                return False
            if old is None:
                serial = next_serial(connection, line.outreach_id)
                connection.execute(
                    tables.drafts.insert().values(outreach_id=line.outreach_id, serial=serial, **values)
                )
                return True
            if old.record != record:
                move_to_old(connection, line.outreach_id)
                values["serial"] = next_serial(connection, line.outreach_id)
            connection.execute(tables.drafts.update().where(mine).values(**values))
        return True

    def save_refused(self, line: GenerateLine, *, version: str, origin: Origin, now: str) -> int:
        """Keep a redraft that was refused among the old drafts, for a person to see; return its number."""
        with self._begin() as connection:
            serial = next_serial(connection, line.outreach_id)
            connection.execute(
                tables.old_drafts.insert().values(
                    outreach_id=line.outreach_id, version=version, record=line.model_dump_json(), saved_at=now,
                    serial=serial, origin=origin.model_dump_json(),
                )
            )  # fmt: skip
        return serial

    def versions(self, outreach_id: str) -> list[StoredVersion]:
        """Return every version of a draft by its number, the refused ones too."""
        with self._begin() as connection:
            return versions_of(connection, outreach_id)

    def plan_of(self, outreach_id: str) -> Plan:
        """Return the plan that a draft was made from. Raises FileError where a store from before has none."""
        query = sa.select(tables.drafts.c.plan).where(tables.drafts.c.outreach_id == outreach_id)
        with self._begin() as connection:
            return read_plan(connection.execute(query).scalar(), f"{self.where}: {outreach_id}")

    def kept_by_hand(self, outreach_id: str) -> StoredDraft | None:
        """Return the current draft where a person asked for its text: `generate` does not replace it."""
        query = sa.select(tables.drafts.c.origin).where(tables.drafts.c.outreach_id == outreach_id)
        with self._begin() as connection:
            origin = connection.execute(query).scalar()
        if not origin or not Origin.model_validate_json(origin).by_hand:
            return None
        return next(iter(self.drafts([outreach_id])), None)

    def refresh_draft(self, line: GenerateLine) -> None:
        """Replace the record of a draft whose text stays: its place among colleagues or what is found about it has changed."""
        with self._begin() as connection:
            connection.execute(
                tables.drafts.update()
                .where(tables.drafts.c.outreach_id == line.outreach_id)
                .values(record=line.model_dump_json(), verdict=line.verdict, score=line.score)
            )

    def drafts(self, ids: Sequence[str] | None = None) -> list[StoredDraft]:
        """Return the current drafts, all or those named, each with the decision that holds or was voided by a change."""
        newest = (
            sa.select(tables.reviews.c.outreach_id, sa.func.max(tables.reviews.c.number).label("number"))
            .group_by(tables.reviews.c.outreach_id)
            .subquery()
        )
        names = ("outreach_id", "input_key", "version", "binding", "record", "saved_at", "account", "plan")
        review = tables.reviews
        query = (
            sa.select(*(tables.drafts.c[name] for name in names),
                      review.c.decision, review.c.reason, review.c.who, review.c.at.label("decided_at"), review.c.binding.label("bound_to"))
            .select_from(
                tables.drafts.outerjoin(newest, newest.c.outreach_id == tables.drafts.c.outreach_id)
                .outerjoin(review, review.c.number == newest.c.number)
            )
            .order_by(tables.drafts.c.account, tables.drafts.c.outreach_id)
        )  # fmt: skip
        if ids is not None:
            query = query.where(tables.drafts.c.outreach_id.in_(ids))
        with self._begin() as connection:
            return [_stored(found) for found in connection.execute(query)]

    def drafts_of_account(self, account: str) -> list[StoredDraft]:
        """Return the current drafts to people of one account."""
        query = sa.select(tables.drafts.c.outreach_id).where(tables.drafts.c.account == account)
        with self._begin() as connection:
            ids = list(connection.execute(query).scalars())
        return self.drafts(ids) if ids else []

    def find_drafts(self, prefix: str) -> list[StoredDraft]:
        """Return the drafts whose id begins with `prefix`; an id may be shortened as far as it stays unique."""
        query = sa.select(tables.drafts.c.outreach_id).where(
            tables.drafts.c.outreach_id.startswith(prefix, autoescape=True)
        )
        with self._begin() as connection:
            ids = list(connection.execute(query).scalars())
        return self.drafts(ids) if ids else []

    # Decisions -----------------------------------------------------------------------------------------------------

    def review(
        self, drafts: Sequence[StoredDraft], decision: str, *, reason: str, who: str, now: str
    ) -> list[str]:
        """Record a person's decision on drafts as they were read; return the ids whose draft has changed meanwhile."""
        changed: list[str] = []
        with self._begin() as connection:
            for draft in drafts:
                binding = connection.execute(
                    sa.select(tables.drafts.c.binding).where(tables.drafts.c.outreach_id == draft.outreach_id)
                ).scalar_one_or_none()
                if binding != draft.binding:
                    changed.append(draft.outreach_id)
                    continue
                connection.execute(
                    tables.reviews.insert().values(
                        outreach_id=draft.outreach_id,
                        decision=decision,
                        reason=reason,
                        who=who,
                        at=now,
                        binding=binding,
                    )
                )
        return changed

    def accept(self, prospect_ids: Sequence[str], who: str, now: str) -> None:
        """Note that a person looked at rows held for review and accepted them."""
        with self._begin() as connection:
            connection.execute(
                tables.accepted.delete().where(tables.accepted.c.prospect_id.in_(prospect_ids))
            )
            connection.execute(
                tables.accepted.insert(), [{"prospect_id": p, "who": who, "at": now} for p in prospect_ids]
            )

    def accepted_ids(self) -> frozenset[str]:
        """Return the prospects whose rows a person accepted."""
        with self._begin() as connection:
            return frozenset(connection.execute(sa.select(tables.accepted.c.prospect_id)).scalars())


def _stored(found: Any) -> StoredDraft:
    named = found._asdict()
    bound_to = named.pop("bound_to")
    decided = {name: value for name, value in named.items() if value is not None}
    return StoredDraft(**decided, voided=bound_to is not None and bound_to != found.binding)
