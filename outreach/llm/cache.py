"""A prompt and how it is asked in; the answer it got before out, if there is one, from a folder that is only ours."""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import diskcache
from pydantic import ValidationError

from outreach.domain.completions import Completion, Prompt
from outreach.domain.ids import content_hash
from outreach.llm.locked_disk import SETTINGS, LockedDisk, check_database
from outreach.llm.provider import CallOptions

Result = TypeVar("Result")

#: What an unreadable or unwritable database shows itself as, below and inside diskcache.
_DAMAGE = (sqlite3.Error, OSError, diskcache.Timeout, ValueError, TypeError, AttributeError, KeyError)
#: A whole sequence takes some 10 KB; more is no answer of ours.
_MOST_CHARS = 4_000_000


def cache_key(prompt: Prompt, options: CallOptions, provider: str, base_url: str) -> str:
    """Return the hash of everything that changes an answer: messages, schema, model, parameters, address, sample number."""
    return content_hash({
        "version": 1, "messages": prompt.messages, "schema": prompt.answer_schema, "schema_name": prompt.schema_name,
        "provider": provider, "base_url": base_url, **options.model_dump(exclude={"timeout_s"}),
    })  # fmt: skip


@dataclass(frozen=True)
class CacheInfo:
    """What a cache holds, and what was wrong with it."""

    folder: Path
    entries: int
    size_bytes: int
    refused: int
    warnings: tuple[str, ...]


class CompletionCache:
    """Answers by key, on disk. No fault of the disk ends a run: a damaged cache is set aside, an unwritable one is off.

    Used from one thread. Calls take well under a millisecond, so they may be made from the event loop.
    """

    def __init__(self, folder: Path) -> None:
        """Open nothing yet."""
        self.folder = folder
        #: What a user should be told once the run is over.
        self.warnings: list[str] = []
        self._refused = 0
        self._cache: diskcache.Cache | None = None
        self._off = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def get(self, key: str) -> Completion | None:
        """Return the answer kept under a key, marked as cached, or None. A row that is not ours is none."""
        text = self._with_cache(lambda cache: cache.get(key))
        if not isinstance(text, str) or len(text) > _MOST_CHARS:
            return None
        try:
            return Completion.model_validate_json(text).model_copy(update={"cached": True})
        except ValidationError:
            self._refused += 1
            return None

    def put(self, key: str, completion: Completion) -> None:
        """Keep an answer. Only good ones: a failure is never cached."""
        text = completion.model_copy(update={"cached": False}).model_dump_json()
        self._with_cache(lambda cache: cache.set(key, text))

    def info(self) -> CacheInfo:
        """Count the answers and the room they take, in bytes; nothing is made where there is no cache yet."""
        there = (self.folder / diskcache.core.DBNAME).exists()
        entries = (self._with_cache(len) or 0) if there else 0
        size = sum(path.stat().st_size for path in self._database_files()) if there else 0
        return CacheInfo(self.folder, entries, size, self.refused, tuple(self.warnings))

    def clear(self) -> int:
        """Forget every answer, leave none of their text on the disk, and return how many there were."""
        if not (self.folder / diskcache.core.DBNAME).exists():
            return 0
        entries = self._with_cache(len) or 0
        self.close()
        for path in self._database_files():
            path.unlink(missing_ok=True)
        return int(entries)

    @property
    def refused(self) -> int:
        """How many rows were not ours and were ignored."""
        return self._refused + (self._cache.disk.refused if self._cache is not None else 0)

    def close(self) -> None:
        """Close the database. Safe to call twice; the next call opens it again."""
        if self._cache is not None:
            self._refused += self._cache.disk.refused
            self._cache.close()
            self._cache = None

    def _with_cache(self, use: Callable[[diskcache.Cache], Result]) -> Result | None:
        """Run an operation; on damage set the database aside and run it on a new one; then give up for this run."""
        for last in (False, True):
            if self._off:
                return None
            try:
                return use(self._open())
            except _DAMAGE as error:
                self._close_quietly()
                if last or _is_busy_or_unwritable(error):
                    self._switch_off(error)
                else:
                    self._set_aside()
        return None

    def _open(self) -> diskcache.Cache:
        if self._cache is None:
            path = self.folder / diskcache.core.DBNAME
            if os.path.expandvars(str(self.folder)) != str(self.folder):
                raise PermissionError("the folder's name holds a $, which diskcache would expand")
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            # SQLite gives its side files the mode of the database, so it must be right before the first write.
            path.touch(mode=0o600)
            path.chmod(0o600)
            check_database(str(path))
            self._cache = diskcache.Cache(str(self.folder), timeout=2, disk=LockedDisk, **SETTINGS)
        return self._cache

    def _database_files(self) -> list[Path]:
        return sorted(self.folder.glob(diskcache.core.DBNAME + "*"))

    def _close_quietly(self) -> None:
        try:
            self.close()
        except _DAMAGE:
            self._cache = None

    def _set_aside(self) -> None:
        """Move a damaged database out of the way, so that it can be looked at, and say so."""
        number = 1
        while (aside := self.folder.with_name(f"{self.folder.name}.damaged-{number}")).exists():
            number += 1
        try:
            aside.mkdir(mode=0o700)
            for path in self._database_files():
                path.rename(aside / path.name)
        except OSError as error:
            self._switch_off(error)
            return
        self.warnings.append(
            f"{self.folder}: the cache was damaged; it was set aside as {aside.name}, and a new one begun"
        )

    def _switch_off(self, error: BaseException) -> None:
        self._off = True
        self.warnings.append(
            f"{self.folder}: the cache cannot be used ({error}); answers are not kept in this run"
        )


def _is_busy_or_unwritable(error: BaseException) -> bool:
    """Return whether the database may be sound and the trouble lies elsewhere: then it must stay where it is."""
    if isinstance(error, sqlite3.OperationalError):
        return any(
            word in str(error) for word in ("locked", "readonly", "full", "unable to open", "disk I/O")
        )
    return isinstance(error, (OSError, diskcache.Timeout))
