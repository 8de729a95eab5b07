"""The filters of a query as conditions of SQL on ``article`` and ``revision``, its current one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.types import UTCDateTime
from crawler.text import stems

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Connection

    from crawler.corpus.query import Filters

    Bound = sa.BindParameter[Any]
    Find = Callable[[Connection, list[str]], tuple[str, list[Any]]]

NUMBERED: Final = frozenset(["label", "author", "tag"])
"""Fields whose values are numbers in the database."""

LABEL: Final = "(SELECT label FROM judgement WHERE revision_id = revision.id ORDER BY id DESC LIMIT 1)"
"""The label of the latest judgement."""


def conditions(connection: Connection, asked: Filters) -> tuple[list[str], list[Bound]]:
    """What must hold, to be joined by AND, and the values of it; a day leaves out what has no date."""
    found: list[str] = []
    values: list[Bound] = []
    for given, form in ((asked.wanted, "{}"), (asked.excluded, "NOT {}")):
        for name, wanted in given.items():
            key = f"filter{len(values)}"
            condition, listed = FIELDS[name](connection, wanted)
            found.append(form.format(condition.format(key)))
            kind = sa.Integer() if name in NUMBERED else sa.Text()
            values.append(sa.bindparam(key, listed, kind, expanding=True))
    for name, sign, instant in (("since", ">=", asked.since), ("until", "<", asked.until)):
        if instant:
            found.append(f"revision.published_at {sign} :{name}")
            values.append(sa.bindparam(name, instant, UTCDateTime))
    return found, values


def _plain(condition: str, read: Callable[[str], Any]) -> Find:
    """A column that is compared as it is."""
    return lambda _connection, wanted: (condition, [read(value) for value in wanted])


def _named(condition: str, query: str) -> Find:
    """A column, or a table, of names: those that have the words of a value side by side, accents or none."""

    def find(connection: Connection, wanted: list[str]) -> tuple[str, list[Any]]:
        patterns = [pattern for value in wanted if (pattern := _words(value))]
        rows = connection.execute(sa.text(query))
        return condition, [key for key, name in rows if any(_has(name, pattern) for pattern in patterns)]

    return find


_DISTINCT: Final = """
    WITH RECURSIVE names (name) AS (
        SELECT min({0}) FROM revision
        UNION ALL
        SELECT (SELECT min({0}) FROM revision WHERE {0} > names.name)
        FROM names WHERE names.name IS NOT NULL
    ) SELECT name, name FROM names WHERE name IS NOT NULL
"""
"""The different values of a column, each found in its index."""

_INDEXED: Final = {"sqlite": "{}", "postgresql": "substr({}, 1, 100)"}
"""A column as its index has it: PostgreSQL takes no keys of any length."""


def _written(column: str) -> Find:
    """A column of the revision in which names are written."""

    def find(connection: Connection, wanted: list[str]) -> tuple[str, list[Any]]:
        indexed = _INDEXED[connection.dialect.name]
        names = _named(
            f"{indexed.format(f'revision.{column}')} IN :{{}}", _DISTINCT.format(indexed.format(column))
        )
        return names(connection, wanted)

    return find


def _words(value: str) -> str:
    words = " ".join(part for word in stems.WORD.findall(value) for part in stems.parts(word))
    return f" {words}" + ("" if value.endswith("*") else " ") if words else ""


def _has(name: str, words: str) -> bool:
    return words in f"{_words(name.rstrip('*'))} "


FIELDS: Final[dict[str, Find]] = {
    "source": _plain("article.source IN :{}", str.lower),
    "country": _plain("article.source IN (SELECT key FROM source WHERE country IN :{})", str.upper),
    "access": _plain("revision.access IN :{}", str),
    "label": _plain(f"coalesce({LABEL}, -1) IN :{{}}", int),
    "agency": _written("agency"),
    "section": _written("section"),
    "author": _named(
        "EXISTS (SELECT 1 FROM revision_author WHERE revision_id = revision.id AND author_id IN :{})",
        "SELECT id, name FROM author",
    ),
    "tag": _named(
        "EXISTS (SELECT 1 FROM revision_tag WHERE revision_id = revision.id AND tag_id IN :{})",
        "SELECT id, name FROM tag",
    ),
}
"""By field: the condition, with the name of its parameter left open, and the values of that."""
