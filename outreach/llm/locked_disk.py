"""diskcache's rows in; text and nothing else out: no pickle is read or written, no file beside the database is touched.

Why: diskcache 5.6.3 unpickles what it reads (CVE-2025-69872, `JSONDisk` as well), follows the `filename` of a row out of
its folder, and deletes that file when the row goes.
"""

import sqlite3
from pathlib import Path
from typing import Any, NoReturn

from diskcache import Disk
from diskcache.core import MODE_RAW, UNKNOWN


class RefusedRow(OSError):  # noqa: N818  (diskcache reads an OSError from `fetch` as "no such key", which is meant)
    """A row that we did not write."""


class LockedDisk(Disk):  # type: ignore[misc]
    """Stores str keys and str values in the row itself, and refuses every row of another kind."""

    def __init__(self, directory: str, min_file_size: int = 0, pickle_protocol: int = 0) -> None:
        """Take what diskcache passes; both numbers are without effect here."""
        super().__init__(directory, min_file_size, pickle_protocol)
        self.refused = 0

    def put(self, key: Any) -> tuple[str, bool]:
        """Return the key as it is stored. Raises TypeError for anything but str: diskcache would pickle it."""
        if type(key) is not str:
            raise TypeError("cache keys are str")
        return key, True

    def get(self, key: Any, raw: Any) -> str:
        """Return a stored key. Raises RefusedRow for one that is no text."""
        if not raw or type(key) is not str:
            self._refuse("key")
        return key

    def store(self, value: Any, read: bool, key: Any = UNKNOWN) -> tuple[int, int, None, str]:
        """Return the columns of a value: always in the row, never a file. Raises TypeError for anything but str."""
        del key
        if read or type(value) is not str:
            raise TypeError("cache values are str")
        return 0, MODE_RAW, None, value

    def fetch(self, mode: Any, filename: Any, value: Any, read: bool) -> str:
        """Return a stored value. Raises RefusedRow for a pickle, a file or bytes, whatever they hold."""
        if mode != MODE_RAW or filename is not None or read or type(value) is not str:
            self._refuse("value")
        return value

    def filename(self, key: Any = UNKNOWN, value: Any = UNKNOWN) -> NoReturn:
        """Refuse to name a file: there are none."""
        del key, value
        self._refuse("file")

    def remove(self, file_path: Any) -> None:
        """Delete nothing: a row that names a file is not ours, and the file is not either."""
        del file_path

    def _refuse(self, what: str) -> NoReturn:
        self.refused += 1
        raise RefusedRow(f"a {what} that is not ours")


#: The settings of the cache, all of them, so that a changed Settings table in the database decides nothing.
SETTINGS: dict[str, Any] = {
    "statistics": 0, "tag_index": 0, "eviction_policy": "none", "size_limit": 2**40, "cull_limit": 0,
    "sqlite_auto_vacuum": 1, "sqlite_cache_size": 2**10, "sqlite_journal_mode": "wal",
    # Memory-mapped, a file that is cut short by another program ends ours with SIGBUS.
    "sqlite_mmap_size": 0,
    "sqlite_synchronous": 1, "disk_min_file_size": 0, "disk_pickle_protocol": 0,
}  # fmt: skip
_CHECKED_BYTES = 50_000_000
_COUNTERS = {"count", "size", "hits", "misses"}


def check_database(path: str) -> None:
    """Raise sqlite3.DatabaseError when a database is damaged, or holds settings that diskcache would act upon."""
    connection = sqlite3.connect(path, timeout=2)
    try:
        # The check reads every page. In a large cache damage is met when it is used, and set aside then.
        small = Path(path).stat().st_size < _CHECKED_BYTES
        if small and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("quick_check failed")
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if "Settings" in tables:
            keys = {key for (key,) in connection.execute("SELECT key FROM Settings")}
            # diskcache turns unknown settings into attributes and PRAGMA statements.
            if not keys <= SETTINGS.keys() | _COUNTERS:
                raise sqlite3.DatabaseError("unknown settings")
    finally:
        connection.close()
