"""What the global options said in; the workspace, settings, store and clock of this call out, each opened when asked for, and the draft that an id names."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # heavy: imported inside the calls that need them
    from outreach.running.campaign import Campaign
    from outreach.store.store import Store, StoredDraft
    from outreach.workspace.settings import Settings

_FIRST_YEAR, _LAST_YEAR = 2000, 2100


class Session:
    """One call of the command line. Passed to every command in typer's context."""

    def __init__(self, workspace: Path | None, *, verbose: bool = False) -> None:
        """Note what was asked for; nothing is read yet."""
        self._workspace = workspace
        self.verbose = verbose
        self.environment: Mapping[str, str] = os.environ

    @property
    def root(self) -> Path:
        """The workspace's folder. Raises FileError where there is none."""
        from outreach.workspace.locate import require_workspace

        return require_workspace(self._workspace, Path.cwd())

    @property
    def root_if_any(self) -> Path | None:
        """The workspace's folder, or None where only the built-in library is looked at."""
        from outreach.workspace.locate import find_workspace

        return self.root if self._workspace else find_workspace(Path.cwd())

    def settings(self, flags: Mapping[tuple[str, str], Any] | None = None) -> "Settings":
        """The settings: flags over environment over outreach.toml over defaults."""
        from outreach.workspace.settings import load_settings

        return load_settings(self.root, self.environment, flags)

    def campaign(self, flags: Mapping[tuple[str, str], Any] | None = None) -> "Campaign":
        """The workspace as a run sees it."""
        from outreach.running.campaign import load_campaign

        return load_campaign(self.root, self.settings(flags))

    @contextmanager
    def store(self) -> Iterator["Store"]:
        """The workspace's store, closed afterwards."""
        from outreach.store.store import Store
        from outreach.workspace.writing import state_folder

        store = Store(
            state_folder(self.root) / "store.db", self.environment.get("OUTREACH_DATABASE_URL"), now()
        )
        try:
            yield store
        finally:
            store.close()

    def user(self) -> str:
        """Who decides: OUTREACH_USER, else the login name."""
        return self.environment.get("OUTREACH_USER") or self.environment.get("USER") or "unknown"


def session_of(context: Any) -> Session:
    """Return the session of a typer context."""
    found: Session = context.obj
    return found


def now() -> str:
    """Return the present time in UTC as ISO text, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def read_date(text: str | None, flag: str = "--as-of") -> date:
    """Return the day that a flag names, or today. Raises UsageError when it is no date."""
    from outreach.errors import UsageError

    if text is None:
        return datetime.now(UTC).date()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{flag}: {text!r} is no date", hint="write YYYY-MM-DD") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:  # a typing mistake; and the calendar ends in 9999
        raise UsageError(
            f"{flag}: the year {day.year} is too far away", hint=f"from {_FIRST_YEAR} to {_LAST_YEAR}"
        )
    return day


def one_draft(store: "Store", prefix: str) -> "StoredDraft":
    """Return the draft whose id begins so. Raises UsageError for none and for several."""
    from outreach.errors import UsageError

    found = store.find_drafts(prefix)
    if not found:
        raise UsageError(f"no draft {prefix!r}", hint="outreach drafts lists them")
    if len(found) > 1:
        raise UsageError(
            f"{len(found)} drafts begin with {prefix!r}", hint=", ".join(d.outreach_id for d in found[:3])
        )
    return found[0]
