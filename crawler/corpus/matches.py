"""The articles of a query as SQL: what search, statistics, concordances and exports start from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.corpus import filters
from crawler.corpus.parser import parse
from crawler.corpus.query import Query
from crawler.corpus.rendering import CONDITION, has_places
from crawler.errors import QueryError

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from crawler.corpus.query import Node

COPIES: Final = ("all", "one")
"""Whether every article counts, or of near-identical texts (those of one cluster) the one met first."""

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

    def first(self, connection: Connection, limit: int) -> tuple[int, list[int]]:
        """How many articles there are, and the ids of those met last, looked for once."""
        if connection.dialect.name == "sqlite":  # which is quick to count, and to stop
            ids = self.newest(connection, limit)
            return (self.total(connection) if len(ids) == limit else len(ids)), ids
        sql = "SELECT count(*), (array_agg(id ORDER BY id DESC))[1:CAST(:most AS int)] FROM {found} AS found"
        total, ids = connection.execute(self.statement(sql, most=limit)).one()
        return total, ids or []

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
    if connection.dialect.name == "postgresql":
        _plan(connection, asked.node)
    return _build(connection, asked, copies)


def _plan(connection: Connection, node: Node | None) -> None:
    """Tell PostgreSQL's planner, for this transaction, what it cannot know of the words of a query."""
    told = {"jit": "off"}  # to compile such statements takes longer than to run them
    if node:
        told["enable_seqscan"] = "off"  # each vector stands apart from its row: sixty times as slow
    if node and has_places(node):  # so does each text that is looked into: two look faster than one
        told |= {"parallel_setup_cost": "200", "min_parallel_table_scan_size": "0"}
    settings = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in told.items())
    connection.execute(sa.text(f"SELECT {settings}"))


def _build(connection: Connection, asked: Query, copies: str, *, kept: bool = True) -> Matches:
    conditions, values = filters.conditions(connection, asked.filters)
    dialect = connection.dialect.name
    key, tables = "article.id", "article"
    if asked.node:
        words, bound = CONDITION[dialect](asked.node)
        values += [sa.bindparam(name, value, sa.Text) for name, value in bound.items()]
        key, tables = _words(dialect, words, joined=bool(conditions) or copies == "one")
        conditions = [words, *conditions] if dialect == "sqlite" else conditions
    else:
        conditions.append("revision.text_kept" if kept else "NOT revision.text_kept")  # as the full text says
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    tables += _REVISION if "revision." in where else ""  # what no condition needs is not joined
    one = f" GROUP BY {_ONE}" if copies == "one" else ""
    chosen = f"min({key})" if one else key
    sql = f"SELECT {chosen} AS id FROM {tables}{where}{one}"  # noqa: S608 -- values are bound
    return Matches(asked, copies, sql, tuple(values))


def _words(dialect: str, condition: str, *, joined: bool) -> tuple[str, str]:
    """The key of the full text, and the tables to select from: with the articles if a filter needs them."""
    if dialect == "sqlite":
        # CROSS JOIN: it would start from the index of a filter and ask the full text row by row.
        key, table, article = (
            "fulltext.rowid",
            "fulltext",
            " CROSS JOIN article ON article.id = fulltext.rowid",
        )
    else:
        # OFFSET 0: so would PostgreSQL, which does not see that each vector stands apart from its row.
        key, article = "fulltext.article_id", " JOIN article ON article.id = fulltext.article_id"
        table = f"(SELECT article_id FROM fulltext WHERE {condition} OFFSET 0) AS fulltext"  # noqa: S608
    return key, table + (article if joined else "")
