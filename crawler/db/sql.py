"""What SQLAlchemy spells differently for SQLite and PostgreSQL, and lists too long for one statement."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy.engine import Connection
    from sqlalchemy.orm import InstrumentedAttribute

    from crawler.db.models import Base

    Progress = Callable[[str, int], None]

Item = TypeVar("Item")

MOST: Final = 500
"""Values of one IN (…): SQLite and PostgreSQL take many more, but plan and cache worse."""


def unseen(_what: str, _rows: int) -> None:
    """The progress that nobody looks at; else it is told what is written, and how many rows were just now."""


def insert(connection: Connection, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can say ON CONFLICT."""
    return (sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert)(table)


def among(column: InstrumentedAttribute[Any], values: Iterable[Any]) -> sa.ColumnElement[bool]:
    """Whether a column is one of the values. ``in_`` itself would look at each of them in Python.

    Numbers have the column's type: taken from the first of them it would be too small for a larger one.
    """
    kind = column.type if isinstance(column.type, sa.Integer) else None
    return column.in_(sa.bindparam(None, list(values), kind, expanding=True))


def chunks(items: Iterable[Item], size: int = MOST) -> Iterator[list[Item]]:
    """The items in lists of ``size`` at most."""
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
