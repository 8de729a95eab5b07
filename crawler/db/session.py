"""Engines: how a database is opened, and what its failures are called."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy import event, exc

from crawler.db.schema import check, prepare, upgrade
from crawler.db.types import json_text
from crawler.errors import ConfigurationError, DatabaseError, LockedError, RecordError, StorageError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine, ExceptionContext
    from sqlalchemy.pool import ConnectionPoolEntry

__all__ = ["Interrupted", "check", "engine", "prepare", "reading", "upgrade", "writing"]

PRAGMAS: Final = (
    "PRAGMA busy_timeout = 15000",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # what a crawl acknowledged survives a power cut
    "PRAGMA cache_size = -4096",  # KiB a connection: a larger one looks like a leak over a long crawl
    "PRAGMA trusted_schema = OFF",
)
"""Said to every SQLite connection."""

FULL: Final = ("disk is full", "no space left", "could not extend file")
READ_ONLY: Final = ("readonly database", "read-only", "unable to open database file", "disk i/o error")
LOCKED: Final = ("database is locked", "database table is locked", "lock timeout")
PASSING: Final = ("deadlock detected", "could not serialize")


class Interrupted(DatabaseError):
    """The connection was lost, or two writers met: the transaction can be tried again."""


KINDS: Final = (
    (FULL, StorageError),
    (READ_ONLY, StorageError),
    (LOCKED, LockedError),
    (PASSING, Interrupted),
)
"""What drivers say, and what it is."""


def engine(url: str | sa.URL, *, foreign_keys: bool = True, read_only: bool = False) -> Engine:
    """An engine for an address such as ``sqlite:///hemero.db`` or ``postgresql://user@host/name``.

    Its failures are Hemero's errors, and no message holds a password. ``foreign_keys=False`` is for
    migrations, which rebuild tables on SQLite: dropping the old one would delete the rows that refer to it.
    ``read_only`` takes a SQLite file that may not be written, too, and then writes nothing beside it.

    :raises ConfigurationError: the address is not understood, or its driver is not installed
    :raises StorageError: the folder of a SQLite file is missing or cannot be written
    """
    parsed = _parse(url)
    if parsed.drivername == "sqlite":
        writable = _check_folder(parsed, read_only=read_only)
        made = sa.create_engine(parsed, json_serializer=json_text)
        if not writable:
            event.listen(made, "do_connect", _open_read_only)
        event.listen(made, "connect", _open_with_keys if foreign_keys else _open)
        event.listen(made, "begin", _begin)
    else:
        made = _postgresql(parsed)
    event.listen(made, "handle_error", _explain)
    return made


@contextmanager
def reading(url: str | sa.URL) -> Iterator[Engine]:
    """An engine, closed at the end, for a database that is there and of this program's schema.

    :raises DatabaseError: there is no such file, or no such server
    :raises SchemaError: its schema is older or newer than this program
    """
    parsed = _parse(url)
    if parsed.drivername == "sqlite" and parsed.database and not Path(parsed.database).exists():
        raise DatabaseError(
            f"{parsed.database}: there is no database yet: 'hemero crawl' makes one, "
            "HEMERO_DATABASE_URL names another"
        )
    made = engine(parsed, read_only=True)
    try:
        check(made)
        yield made
    finally:
        made.dispose()


def writing(made: Engine) -> Engine:
    """The engine for transactions that write: on SQLite they take the lock at once (BEGIN IMMEDIATE).

    One that reads first and writes later fails once another has written in between, whatever the timeout.
    """
    return made.execution_options(immediate=True)


def _parse(url: str | sa.URL) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except exc.ArgumentError as error:
        raise ConfigurationError("HEMERO_DATABASE_URL is not an address like sqlite:///hemero.db") from error
    if parsed.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in {"sqlite", "sqlite+pysqlite"}:
        raise ConfigurationError(
            f"HEMERO_DATABASE_URL: {parsed.drivername!r} is neither sqlite nor postgresql"
        )
    if parsed.query:
        raise ConfigurationError("HEMERO_DATABASE_URL: nothing can stand behind a '?'; one in a name is %3F")
    return parsed.set(drivername="sqlite")


def _check_folder(url: sa.URL, *, read_only: bool) -> bool:
    """Whether the file may be written; SQLite's own message names neither it nor what is wrong with it."""
    if not url.database or url.database.startswith(("file:", ":memory:")):
        raise ConfigurationError("HEMERO_DATABASE_URL: a SQLite address needs a file: sqlite:///hemero.db")
    file = Path(url.database)
    if not file.parent.is_dir():
        raise StorageError(f"{file}: there is no folder {file.parent}")
    if file.is_dir():
        raise StorageError(f"{file}: this is a folder, not a database")
    writable = os.access(file.parent, os.W_OK) and (not file.exists() or os.access(file, os.W_OK))
    if not (writable or read_only):
        raise StorageError(f"{file}: cannot be written")
    return writable


def _open_read_only(_dialect: object, _record: object, arguments: list[str], options: dict[str, Any]) -> None:
    """Connect to a file that cannot be written: one that nobody writes is read without the log beside it.

    Else SQLite would have to make that log: https://www.sqlite.org/wal.html#read_only_databases
    """
    file = Path(arguments[0]).absolute()
    arguments[0] = f"{file.as_uri()}?{'mode=ro' if Path(f'{file}-wal').exists() else 'immutable=1'}"
    options["uri"] = True


def _postgresql(url: sa.URL) -> Engine:
    try:
        return sa.create_engine(
            url, json_serializer=json_text, pool_pre_ping=True, connect_args={"connect_timeout": 10}
        )
    except ModuleNotFoundError as error:
        raise ConfigurationError('PostgreSQL needs its driver: pip install "hemero[postgresql]"') from error


def _open(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: see _begin
    for pragma in PRAGMAS:
        connection.execute(pragma)
    [(_, _, file)] = connection.execute("PRAGMA database_list")
    record.info["file"] = file, _inode(file)


def _open_with_keys(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    _open(connection, record)
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    """Begin a transaction; one that would write into a file without a name is refused: it would be lost."""
    file, inode = connection.info["file"]
    if _inode(file) != inode:
        raise DatabaseError(f"{file}: was deleted, moved or replaced while it was in use")
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _inode(file: str) -> int | None:
    try:
        return os.stat(file).st_ino  # noqa: PTH116 -- before each transaction, so the shortest way
    except OSError:
        return None


def _explain(context: ExceptionContext) -> None:
    """Give a failure of the database its name among Hemero's errors."""
    if context.engine is None or not isinstance(context.original_exception, Exception):
        return  # a signal that came meanwhile is no failure of the database
    where = context.engine.url.render_as_string(hide_password=True)
    said = _sentence(context.original_exception, context.engine.url)
    kind = Interrupted if context.is_disconnect else _kind(context.original_exception, said)
    raise kind(f"{where}: {said}") from context.original_exception


def _kind(error: BaseException, said: str) -> type[DatabaseError | LockedError | StorageError]:
    lowered = said.lower()
    for words, kind in KINDS:
        if any(word in lowered for word in words):
            return kind
    refused = ("IntegrityError", "DataError", "ProgramLimitExceeded", "ValueError", "OverflowError")
    names = {ancestor.__name__ for ancestor in type(error).__mro__}
    return RecordError if names.intersection(refused) else DatabaseError


def _sentence(error: BaseException, url: sa.URL) -> str:
    """What the driver says, on one line and without the password."""
    said = " ".join(str(error).split()) or type(error).__name__
    if said == "disk I/O error":  # SQLite's word for a log beside the file that cannot grow, too
        said += f" ({getattr(error, 'sqlite_errorname', '')}): is the disk full?"
    return said.replace(str(url.password), "***") if url.password else said
