"""One run at a time for each source of a database: a lock that dies with its holder.

On PostgreSQL it is a session-level advisory lock on a connection of its own, so it holds between machines
and ends when the server loses the connection; a pooler in transaction mode would break it. On SQLite it is an
OS lock on a byte of a file beside the database, which the kernel gives back when the process ends, however it
ends. Neither leaves anything behind that could block a later run.
"""

from __future__ import annotations

import os
import sys
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Protocol, Self

import sqlalchemy as sa

from crawler.db import session
from crawler.errors import DatabaseError, LockedError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from sqlalchemy.engine import Connection

SCHEMA: Final = ""  # the name under which a database is migrated: by one program at a time
WAIT: Final = 60.0  # seconds that a run waits for another one's migration
KEEPALIVE: Final = """
    SELECT set_config(name, value, false)
    FROM (VALUES ('tcp_keepalives_idle', '30'), ('tcp_keepalives_interval', '10'),
        ('tcp_keepalives_count', '3'), ('idle_session_timeout', '0')) AS wanted (name, value)
    JOIN pg_settings USING (name)
"""
"""A machine that vanishes holds its locks for a minute, not for the two hours that TCP would wait."""


class _Kind(Protocol):
    """What both databases can do; ``where`` is how a message names the lock, ``lost`` how it can end."""

    where: str
    lost: str

    def take(self, number: int) -> bool: ...

    def give(self, number: int) -> None: ...

    def holds(self) -> bool: ...

    def close(self) -> None: ...


class RunLock:
    """The locks of one process on one database; leaving the ``with`` gives all of them back.

    :param url: the database's address
    :raises DatabaseError: the server cannot be reached
    :raises StorageError: the file beside a SQLite database cannot be written
    """

    def __init__(self, url: str) -> None:
        engine = session.engine(url)
        file = engine.url.database if engine.dialect.name == "sqlite" else None
        self.kind: _Kind = _File(f"{os.path.realpath(file)}.lock") if file else _Session(engine)
        self.keys: list[str] = []
        self.closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give every lock back; twice is once."""
        if not self.closed:
            self.closed = True
            self.kind.close()

    def take(self, keys: Iterable[str]) -> list[str]:
        """Take the locks of sources; those that could be had, in their order.

        :raises LockedError: other runs hold all of them
        """
        wanted = list(keys)
        taken = [key for key in wanted if key in self.keys or self.kind.take(_number(key))]
        self.keys += [key for key in taken if key not in self.keys]
        if wanted and not taken:
            raise LockedError(
                f"{', '.join(wanted)}: another run is at work on it: it holds {self.kind.where}"
            )
        return taken

    def wait_for_schema(self) -> None:
        """Take the lock under which a database is migrated, after whoever holds it.

        :raises LockedError: somebody holds it for more than a minute
        """
        until = time.monotonic() + WAIT
        while not self.kind.take(_number(SCHEMA)):
            if time.monotonic() > until:
                raise LockedError(f"another program is migrating the database: it holds {self.kind.where}")
            time.sleep(0.05)

    def release_schema(self) -> None:
        """Let others migrate."""
        self.kind.give(_number(SCHEMA))

    def check(self) -> None:
        """Make sure that the locks are still ours.

        :raises LockedError: the server has lost the connection, and another run may have taken them
        """
        if not self.kind.holds():
            raise LockedError(f"{self.kind.where}: {self.kind.lost}, and the run's locks with it")


class _Session:
    """Advisory locks of a PostgreSQL session."""

    lost = "the connection was lost"

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.where = f"an advisory lock of {engine.url.render_as_string(hide_password=True)}"
        self.connection: Connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        self.connection.exec_driver_sql(KEEPALIVE)

    def take(self, number: int) -> bool:
        return bool(self.connection.scalar(sa.select(sa.func.pg_try_advisory_lock(number))))

    def give(self, number: int) -> None:
        self.connection.execute(sa.select(sa.func.pg_advisory_unlock(number)))

    def holds(self) -> bool:
        try:
            self.connection.exec_driver_sql("SELECT 1")
        except DatabaseError:
            return False
        return True

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()


class _File:
    """Locks on bytes of a file beside a SQLite database."""

    lost = "the file was deleted"

    def __init__(self, file: str) -> None:
        self.where = file
        try:
            self.number = os.open(file, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise StorageError(f"{file}: {error.strerror}") from error

    def take(self, number: int) -> bool:
        try:
            _lock_byte(self.number, number)
        except OSError:
            return False
        return True

    def give(self, number: int) -> None:
        _free_byte(self.number, number)

    def holds(self) -> bool:
        return os.fstat(self.number).st_nlink > 0  # else another run makes the file anew, and locks that

    def close(self) -> None:
        os.close(self.number)


if sys.platform == "win32":
    import msvcrt

    def _lock_byte(file: int, number: int) -> None:
        os.lseek(file, number, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _free_byte(file: int, number: int) -> None:
        os.lseek(file, number, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock_byte(file: int, number: int) -> None:
        """Lock one byte; a child process never inherits such a lock."""
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, number)

    def _free_byte(file: int, number: int) -> None:
        fcntl.lockf(file, fcntl.LOCK_UN, 1, number)


def _number(key: str) -> int:
    """A lock's number: 62 bits of the key's digest, so that both databases can take it."""
    return int.from_bytes(sha256(f"hemero:{key}".encode()).digest()[:8]) >> 2
