"""A whole database copied into another, of the same kind or the other one: resumable, and verified.

The copy goes table by table, those that others refer to first, in batches that are committed with the place
they reached; a copy that was cut short goes on there. Full text is indexed anew: it differs by database. At
the end rows are counted and digested on both sides, and only then the destination is one that other
commands take.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import orjson
import sqlalchemy as sa

from crawler.db import fulltext
from crawler.db.models import Base
from crawler.db.schema import COPYING, check, prepare
from crawler.db.session import writing
from crawler.db.sql import unseen
from crawler.errors import ConfigurationError, DatabaseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Engine

    from crawler.db.sql import Progress

    Row = dict[str, Any]

BATCH: Final = 1_000
TABLES: Final[Sequence[sa.Table]] = Base.metadata.sorted_tables
MARK: Final = sa.Table(
    COPYING, sa.MetaData(), sa.Column("name", sa.Text, primary_key=True), sa.Column("value", sa.Text)
)
"""Where a copy has got to; it is in the destination as long as the copy is not finished."""

FROM: Final = "from"


@dataclass(frozen=True, slots=True)
class Copied:
    """One table of a finished copy: its rows, and their digest, which is the same on both sides."""

    table: str
    rows: int
    digest: str


def copy(source: Engine, target: Engine, progress: Progress = unseen) -> list[Copied]:
    """Copy everything from one database to another, or go on with it; what is there already is verified.

    :param progress: called with a table and the number of rows that were written now
    :raises ConfigurationError: the target holds something else, or the two are one
    :raises SchemaError: the source is of another schema
    :raises DatabaseError: the copy is not what the source is
    """
    check(source)
    if source.url == target.url:
        raise ConfigurationError(f"{_name(target)}: a database is not copied onto itself")
    with _reading(source) as held:
        if _begin(source, target):
            for table in TABLES:
                _fill(held, target, table, progress)
            with writing(target).begin() as connection:
                fulltext.fill(connection, progress)
                _advance_keys(connection)
        found = _verify(held, target)
    with writing(target).begin() as connection:
        MARK.drop(connection, checkfirst=True)
    return found


def _reading(engine: Engine) -> Connection:
    """A connection whose every statement sees the same moment."""
    level = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    return engine.connect().execution_options(**level)


def _begin(source: Engine, target: Engine) -> bool:
    """Make the target ready; whether there is anything to copy.

    :raises ConfigurationError: it holds what does not come from this source
    """
    inspector = sa.inspect(target)
    if inspector.has_table(COPYING):
        with target.connect() as connection:
            begun = connection.scalar(sa.select(MARK.c.value).where(MARK.c.name == FROM))
        if begun != _name(source):
            raise ConfigurationError(f"{_name(target)}: a copy of {begun} into it was begun: finish that one")
        return True
    names = set(inspector.get_table_names())
    if names and "alembic_version" not in names:
        raise ConfigurationError(f"{_name(target)}: holds tables that are not Hemero's")
    prepare(target)
    with writing(target).begin() as connection:
        if any(connection.scalar(sa.select(sa.literal(1)).select_from(table).limit(1)) for table in TABLES):
            return False
        MARK.create(connection)
        connection.execute(MARK.insert().values(name=FROM, value=_name(source)))
    return True


def _fill(held: Connection, target: Engine, table: sa.Table, progress: Progress) -> None:
    """Copy the rows of a table that follow the last one copied."""
    with target.connect() as connection:
        begun = connection.scalar(sa.select(MARK.c.value).where(MARK.c.name == table.name))
    last = orjson.loads(begun) if begun else None
    while rows := _after(held, table, last):
        last = [rows[-1][column.name] for column in table.primary_key]
        with writing(target).begin() as connection:
            for names, alike in groupby(map(_known, rows), key=tuple):
                connection.execute(
                    sa.insert(table).values({name: sa.bindparam(name) for name in names}), list(alike)
                )
            connection.execute(MARK.delete().where(MARK.c.name == table.name))
            connection.execute(MARK.insert().values(name=table.name, value=orjson.dumps(last).decode()))
        progress(table.name, len(rows))


def _after(held: Connection, table: sa.Table, last: list[Any] | None) -> list[Row]:
    """The next rows of a table, by its primary key."""
    key = list(table.primary_key)
    query = sa.select(table).order_by(*key).limit(BATCH)
    if last is not None:
        query = query.where(sa.tuple_(*key) > sa.tuple_(*last, types=[column.type for column in key]))
    return [dict(row) for row in held.execute(query).mappings()]


def _known(row: Row) -> Row:
    """A row without what is null: JSON would write a null of its own."""
    return {name: value for name, value in row.items() if value is not None}


def _advance_keys(connection: Connection) -> None:
    """Let PostgreSQL's keys go on after the highest one that was copied; SQLite's do by themselves."""
    if connection.dialect.name != "postgresql":
        return
    for table in TABLES:
        for column in table.primary_key:
            sequence = connection.scalar(sa.func.pg_get_serial_sequence(table.name, column.name))
            highest = connection.scalar(sa.select(sa.func.max(column))) if sequence else None
            if highest is not None:
                connection.execute(sa.select(sa.func.setval(sequence, highest)))


def _verify(held: Connection, target: Engine) -> list[Copied]:
    """Count and digest every table on both sides.

    :raises ConfigurationError: the target was no copy to begin with
    :raises DatabaseError: it was, and differs
    """
    with _reading(target) as made:
        begun = sa.inspect(made).has_table(COPYING)
        found = []
        for table in TABLES:
            wanted, got = _digest(held, table), _digest(made, table)
            if wanted != got and not begun:
                raise ConfigurationError(
                    f"{_name(target)}: is not empty, and no copy of {_name(held.engine)}"
                )
            if wanted != got:
                raise DatabaseError(
                    f"{_name(target)}: {table.name} is not what it is in {_name(held.engine)}, which changed "
                    "meanwhile: empty the destination and copy again while nothing writes"
                )
            found.append(Copied(table.name, *got))
        indexed = [connection.scalar(sa.text("SELECT count(*) FROM fulltext")) for connection in (held, made)]
    if indexed[0] != indexed[1]:
        raise DatabaseError(f"{_name(target)}: {indexed[1]} texts are indexed of {indexed[0]}")
    return found


def _digest(connection: Connection, table: sa.Table) -> tuple[int, str]:
    """How many rows there are, and a digest of all that does not depend on their order."""
    count, total = 0, 0
    for row in connection.execute(sa.select(table), execution_options={"yield_per": BATCH}):
        line = orjson.dumps(list(map(_plain, row)), option=orjson.OPT_SORT_KEYS)
        total += int.from_bytes(hashlib.sha256(line).digest())
        count += 1
    return count, f"{total % 2**256:064x}"


def _plain(value: Any) -> Any:  # noqa: ANN401 -- of any column
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _name(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)
