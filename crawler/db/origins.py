"""What is known of an authority (scheme, host and port): its robots.txt, its TDM reservations, its pauses."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import sqlalchemy as sa

from crawler.db.models import Origin, Robots, Tdmrep
from crawler.db.sql import insert

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotsAnswer:
    """The last answer for /robots.txt of an authority: ``https://www.example.org`` or with a port."""

    authority: str
    status: int | None
    decision: str
    body: str
    digest: str
    fetched_at: dt.datetime
    etag: str = ""
    last_modified: str = ""
    content_signal: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class TdmAnswer:
    """The last answer for /.well-known/tdmrep.json of an authority; ``body`` is "" where there is none."""

    authority: str
    status: int | None
    body: str
    fetched_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """How an authority fares: failures in a row, and until when it is left alone."""

    authority: str
    failures: int = 0
    failed_at: dt.datetime | None = None
    paused_until: dt.datetime | None = None
    reason: str = ""


Record = TypeVar("Record", RobotsAnswer, TdmAnswer, Pause)
SKEW: Final = dt.timedelta(hours=1)
"""What is dated further ahead was written while the clock was wrong, and would hold until that day."""
TABLES: Final = {RobotsAnswer: Robots, TdmAnswer: Tdmrep, Pause: Origin}


def read(connection: Connection, kind: type[Record], authority: str) -> Record | None:
    """The record of an authority, if there is one that a clock has dated that was right."""
    table = TABLES[kind].__table__
    row = connection.execute(sa.select(table).where(table.c.authority == authority)).first()
    if row is None:
        return None
    values = row._asdict()
    at = values["failed_at" if kind is Pause else "fetched_at"]
    return None if at and at > dt.datetime.now(dt.UTC) + SKEW else kind(**values)


def write(connection: Connection, record: RobotsAnswer | TdmAnswer | Pause) -> None:
    """Keep the record of an authority in place of the last one."""
    row = asdict(record)
    statement = insert(connection, TABLES[type(record)])
    connection.execute(statement.on_conflict_do_update(index_elements=["authority"], set_=row), row)
