"""Column types that read and write the same on SQLite and PostgreSQL."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any, Final

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from crawler.text.urls import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


class UTCDateTime(sa.TypeDecorator[dt.datetime]):
    """An instant, to the second: aware in, aware UTC out; a naive one is refused: nobody knows what it means.

    PostgreSQL stores ``timestamptz``. SQLite stores the text ``2026-03-04T05:06:07+00:00``: always UTC and
    of that width, so that it sorts rightly; ``datetime.fromisoformat`` and SQLite's date functions read it.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type on this database."""
        return dialect.type_descriptor(
            sa.String(25) if dialect.name == "sqlite" else sa.DateTime(timezone=True)
        )

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:  # noqa: ANN401 -- two databases
        """The instant as this database keeps it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without its zone: {value!r}")
        instant = value.astimezone(dt.UTC).replace(microsecond=0)
        return instant.isoformat() if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:  # noqa: ANN401, ARG002
        """The instant as aware UTC."""
        if value is None:
            return None
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
        return found.astimezone(dt.UTC)


class CleanText(sa.TypeDecorator[str]):
    """Text without what a database cannot keep.

    PostgreSQL refuses U+0000, SQLite's ``length`` stops there, and both drivers refuse lone surrogates: each
    such character becomes U+FFFD, so that a strange page is stored and is the same on both.
    """

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it can be kept."""
        return None if value is None else clean(value)


class CleanJSON(sa.TypeDecorator[Any]):
    """JSON whose strings are cleaned as in CleanText: ``jsonb`` on PostgreSQL, text on SQLite."""

    impl = sa.JSON
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """The column's type on this database."""
        return dialect.type_descriptor(postgresql.JSONB() if dialect.name == "postgresql" else sa.JSON())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401, ARG002 -- JSON is anything
        """The value as it can be kept."""
        return _clean_json(value)


_ACTING: Final = re.compile(
    "[\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
"""What terminals act on or nobody sees, beyond what JSON escapes by itself."""


def json_text(value: Any) -> str:  # noqa: ANN401 -- JSON is anything
    """A value of :class:`CleanJSON` as it is written: letters as they are, for who searches it as text.

    What acts on a terminal is escaped: signals are kept as pages give them.
    """
    text = orjson.dumps(value).decode()
    return text if text.isprintable() else _ACTING.sub(lambda found: json.dumps(found[0])[1:-1], text)


def clean(text: str) -> str:
    """The text with U+FFFD for each character that a database cannot keep."""
    if text.isascii() and "\0" not in text:
        return text
    if "\0" in text:
        text = text.replace("\0", "\ufffd")
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _clean_json(value: Any) -> Any:  # noqa: ANN401 -- JSON is anything
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(name)): _clean_json(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_clean_json(part) for part in value]
    return value


def one_of(column: str, values: Iterable[str]) -> sa.CheckConstraint:
    """A closed list as a constraint of the table, named after its column."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)


def short(*columns: str) -> sa.CheckConstraint:
    """No address longer than ``LONGEST``; PostgreSQL indexes no key above 2,704 bytes."""
    return sa.CheckConstraint(" AND ".join(f"length({name}) <= {LONGEST}" for name in columns), name="length")
