"""A connection in; the store at this program's version out. Numbered steps, each in one transaction with the note that it ran."""

from collections.abc import Callable

import sqlalchemy as sa

from outreach.errors import FileError
from outreach.store import tables, version_1


def _first(connection: sa.Connection) -> None:
    """Version 1: all tables as they were when the store began."""
    version_1.metadata.create_all(connection)


def _versions(connection: sa.Connection) -> None:
    """Version 2: drafts know their number, where they come from, what they were picked from, and their plan."""
    for table, column, kind in (
        ("drafts", "serial", "INTEGER"),
        ("drafts", "origin", "TEXT"),
        ("drafts", "candidates", "TEXT"),
        ("drafts", "plan", "TEXT"),
        ("old_drafts", "serial", "INTEGER"),
        ("old_drafts", "origin", "TEXT"),
        ("old_drafts", "candidates", "TEXT"),
    ):
        connection.exec_driver_sql(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")
    connection.exec_driver_sql(
        "UPDATE old_drafts SET serial = (SELECT COUNT(*) FROM old_drafts AS o "
        "WHERE o.outreach_id = old_drafts.outreach_id AND o.number <= old_drafts.number)"
    )
    connection.exec_driver_sql(
        "UPDATE drafts SET serial = 1 + (SELECT COUNT(*) FROM old_drafts AS o WHERE o.outreach_id = drafts.outreach_id)"
    )


def _replies(connection: sa.Connection) -> None:
    """Version 3: what prospects answered."""
    tables.metadata.create_all(connection, tables=[tables.replies])


#: Step n brings a store from version n - 1 to n. Released steps are never edited; a change is a new step.
MIGRATIONS: tuple[Callable[[sa.Connection], None], ...] = (_first, _versions, _replies)


def migrate(engine: sa.Engine, where: str, now: str) -> None:
    """Bring the store to this program's version. Raises FileError where the store is newer than the program."""
    with engine.begin() as connection:
        tables.metadata.create_all(connection, tables=[tables.schema_version])
    for number, step in enumerate(MIGRATIONS, 1):
        with engine.begin() as connection:
            _lock(connection)
            version = (
                connection.execute(sa.select(sa.func.max(tables.schema_version.c.version))).scalar() or 0
            )
            if version > len(MIGRATIONS):
                raise FileError(f"the store has version {version}, this program knows {len(MIGRATIONS)}", where=where,
                                hint="upgrade outreach; the store is left as it is")  # fmt: skip
            if version < number:
                step(connection)
                connection.execute(tables.schema_version.insert().values(version=number, applied_at=now))


def _lock(connection: sa.Connection) -> None:
    """Let one process migrate at a time. SQLite's writers are already one (BEGIN IMMEDIATE)."""
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(7204311)"))
