"""The articles of a query as SQL: what search, statistics, concordances and exports start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.corpus import filters
from crawler.corpus.parser import parse
from crawler.corpus.query import Query
from crawler.corpus.rendering import CONDITION
from crawler.errors import QueryError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crawler.corpus.query import Node

COPIES: Final = ("all", "one")
"""Whether every article counts, or of near-identical texts (those of one cluster) the one met first."""

# CROSS JOIN: SQLite would start from the index of a filter and ask the full text row by row.
_FULLTEXT: Final = {
    "sqlite": "fulltext CROSS JOIN article ON article.id = fulltext.rowid",
    "postgresql": "fulltext JOIN article ON article.id = fulltext.article_id",
}
_REVISION: Final = " JOIN revision ON revision.article_id = article.id AND revision.number = article.revision"
_ONE: Final = "coalesce(article.cluster_id, -article.id)"


@dataclass(frozen=True, slots=True)
class Matches:
    """What a query finds: ``sql`` is a SELECT of one column, ``id``, with its ``values``."""

    asked: Query
    copies: str
    sql: str
    values: tuple[sa.BindParameter[Any], ...]

    @property
    def node(self) -> Node | None:
        """The words of the query."""
        return self.asked.node

    def statement(self, sql: str, **values: Any) -> sa.TextClause:  # noqa: ANN401 -- of any column
        """A statement in which ``{found}`` stands for the SELECT; the tables are the caller's own words."""
        more: list[sa.BindParameter[Any]] = [sa.bindparam(key, value) for key, value in values.items()]
        return sa.text(sql.format(found=f"({self.sql})")).bindparams(*self.values, *more)

    def of_all_copies(self, connection: Connection, node: Node) -> Matches:
        """What other words find under the same filters."""
        return _build(connection, Query(node, self.asked.filters), "all")

    def without_text(self, connection: Connection) -> int:
        """How many articles the filters allow whose text is not kept: no words can find them."""
        if self.asked.nothing:
            return 0
        return _build(connection, Query(None, self.asked.filters), self.copies, kept=False).total(connection)

    def total(self, connection: Connection) -> int:
        """How many articles there are."""
        return connection.scalar(self.statement("SELECT count(*) FROM {found} AS found")) or 0

    def newest(self, connection: Connection, limit: int) -> list[int]:
        """The ids of those met last, the last first."""
        sql = "SELECT id FROM {found} AS found ORDER BY id DESC LIMIT :limit"
        return list(connection.scalars(self.statement(sql, limit=limit)))


def match(connection: Connection, query: str, copies: str = "all") -> Matches:
    """The articles whose text is kept and that a query finds: see ``parser`` for its language.

    :raises QueryError: the query asks for what cannot be, such as ``since:yesterday``
    """
    if copies not in COPIES:
        raise QueryError(f"copies are {' or '.join(COPIES)}, not {copies!r}")
    asked = parse(query)
    if asked.nothing:
        return Matches(asked, copies, "SELECT article.id FROM article WHERE 1 = 0", ())
    return _build(connection, asked, copies)


def _build(connection: Connection, asked: Query, copies: str, *, kept: bool = True) -> Matches:
    conditions, values = filters.conditions(connection, asked.filters)
    dialect = connection.dialect.name
    if asked.node:
        condition, words = CONDITION[dialect](asked.node)
        conditions.append(condition)
        values += [sa.bindparam(key, value, sa.Text) for key, value in words.items()]
    else:
        conditions.append("revision.text_kept" if kept else "NOT revision.text_kept")  # as the full text says
    where = " AND ".join(conditions)
    tables = _FULLTEXT[dialect] if asked.node else "article"
    tables += _REVISION if "revision." in where else ""  # what no condition needs is not joined
    one = f" GROUP BY {_ONE}" if copies == "one" else ""
    chosen = "min(article.id) AS id" if one else "article.id"
    return Matches(asked, copies, f"SELECT {chosen} FROM {tables} WHERE {where}{one}", tuple(values))  # noqa: S608
