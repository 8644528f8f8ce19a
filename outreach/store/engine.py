"""A path or database URL in; an engine with our safety settings out: WAL, one writer at a time, a long busy timeout."""

import os
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from outreach.errors import FileError

#: Seconds a writer waits for another: longer than any transaction of ours takes.
BUSY_TIMEOUT_S = 30


def open_engine(path: Path, url: str | None) -> tuple[sa.Engine, str]:
    """Return the engine and its name for errors. `url` (OUTREACH_DATABASE_URL) wins over the SQLite file `path`."""
    if url:
        return _open_url(url)
    if not path.exists():
        # Made before SQLite does, so that it is never readable by others, not even for a moment.
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
        except OSError as error:
            raise FileError(
                f"cannot be made: {error.strerror}", where=path, hint="the workspace must be writable"
            ) from None
    engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_TIMEOUT_S})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine, str(path)


def _open_url(url: str) -> tuple[sa.Engine, str]:
    try:
        parsed = sa.make_url(url)
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(parsed, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise FileError(f"the driver {error.name!r} is not installed", where="OUTREACH_DATABASE_URL",
                        hint="pip install 'outreach[postgres]'") from None  # fmt: skip
    except sa.exc.ArgumentError:
        raise FileError("not a database URL", where="OUTREACH_DATABASE_URL",
                        hint="postgresql://user@host/database; unset it for SQLite") from None  # fmt: skip
    return engine, parsed.render_as_string(hide_password=True)


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # SQLAlchemy's `begin` event starts transactions, not the driver
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")
