"""A reading of an answer in; the log of answers out: which conversations have stopped, and what was drafted in reply."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from outreach.domain.replies import STOPPING, DraftedAnswer, ReplyReading
from outreach.store import tables
from outreach.store.store import Store

_COLUMNS = ("number", "outreach_id", "prospect_id", "kind", "reading", "answer", "who", "at")


@dataclass(frozen=True)
class StoredReply:
    """An answer as it lies in the store."""

    number: int
    outreach_id: str
    prospect_id: str
    kind: str
    reading_json: str
    answer_json: str | None
    who: str
    at: str

    @property
    def reading(self) -> ReplyReading:
        """What the answer says."""
        return ReplyReading.model_validate_json(self.reading_json)

    @property
    def answer(self) -> DraftedAnswer | None:
        """The answer drafted to it, if any."""
        return None if self.answer_json is None else DraftedAnswer.model_validate_json(self.answer_json)

    @property
    def stops(self) -> bool:
        """Whether no further message of the sequence may leave."""
        return self.kind in STOPPING

    @property
    def says(self) -> str:
        """Return the state in a few words: `answered: later, resume on 2027-01-11`."""
        reading = self.reading
        told = f"answered: {self.kind.replace('_', ' ')}"
        if reading.resume_on:
            told += f", resume on {reading.resume_on}"
        elif self.kind == "later":
            told += ", no date named"
        if reading.returns_on:
            told += f", back on {reading.returns_on}"
        if reading.named:
            told += f", names {' '.join(filter(None, (reading.named.name, reading.named.email)))}"
        return told


class ReplyLog:
    """The answers kept in a store."""

    def __init__(self, store: Store) -> None:
        """Stand beside an open store."""
        self._store = store

    def add(
        self, outreach_id: str, prospect_id: str, reading: ReplyReading, *, who: str, now: str
    ) -> int:  # fmt: skip
        """Keep an answer; return its number. It counts from now on for this draft."""
        values = {
            "outreach_id": outreach_id, "prospect_id": prospect_id, "kind": reading.kind, "reading": reading.model_dump_json(),
            "who": who, "at": now,
        }  # fmt: skip
        with self._store.transaction() as connection:
            number = connection.execute(
                tables.replies.insert().values(**values).returning(tables.replies.c.number)
            ).scalar_one()
        return int(number)

    def set_answer(self, number: int, answer: DraftedAnswer) -> None:
        """Keep the answer drafted to a reply."""
        with self._store.transaction() as connection:
            connection.execute(
                tables.replies.update().where(tables.replies.c.number == number).values(answer=answer.model_dump_json())
            )  # fmt: skip

    def undo(self, outreach_id: str, now: str) -> StoredReply | None:
        """Take back the newest answer of a draft, and return it; None where there is none. It stays in the log as undone."""
        found = self.newest([outreach_id]).get(outreach_id)
        if found is not None:
            with self._store.transaction() as connection:
                connection.execute(
                    tables.replies.update()
                    .where(tables.replies.c.number == found.number)
                    .values(undone_at=now)
                )
        return found

    def newest(self, ids: Sequence[str] | None = None) -> dict[str, StoredReply]:
        """Return the newest answer of each draft, or of those named."""
        return {reply.outreach_id: reply for reply in self._kept(ids)}

    def _kept(self, ids: Sequence[str] | None = None) -> list[StoredReply]:
        """Return the answers that are not undone, oldest first."""
        query = (
            sa.select(*(tables.replies.c[name] for name in _COLUMNS))
            .where(tables.replies.c.undone_at.is_(None))
            .order_by(tables.replies.c.number)
        )
        if ids is not None:
            query = query.where(tables.replies.c.outreach_id.in_(ids))
        with self._store.transaction() as connection:
            return [_stored(found) for found in connection.execute(query)]

    def stopped(self) -> dict[str, StoredReply]:
        """Return by draft the answer that stops it: its own, or one that its person gave to another draft.

        Who has answered is in a conversation: no other sequence may go on as if nothing had been said.
        An absence notice that comes later starts nothing again.
        """
        by_person = {reply.prospect_id: reply for reply in self._kept() if reply.stops}
        if not by_person:
            return {}
        query = sa.select(tables.drafts.c.outreach_id, tables.drafts.c.prospect_id)
        with self._store.transaction() as connection:
            return {
                found.outreach_id: by_person[found.prospect_id]
                for found in connection.execute(query)
                if found.prospect_id in by_person
            }

    def prospect_id(self, outreach_id: str) -> str:
        """Return whose draft it is."""
        query = sa.select(tables.drafts.c.prospect_id).where(tables.drafts.c.outreach_id == outreach_id)
        with self._store.transaction() as connection:
            return str(connection.execute(query).scalar_one())

    def same_person(self, outreach_id: str) -> list[str]:
        """Return the ids of all drafts of the person whose draft this is."""
        person = self.prospect_id(outreach_id)
        query = sa.select(tables.drafts.c.outreach_id).where(tables.drafts.c.prospect_id == person)
        with self._store.transaction() as connection:
            return sorted(connection.execute(query).scalars())


def _stored(found: Any) -> StoredReply:
    return StoredReply(
        found.number, found.outreach_id, found.prospect_id, found.kind, found.reading, found.answer, found.who, found.at
    )  # fmt: skip
