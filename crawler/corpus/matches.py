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

    _Asked = tuple[str, str, list[str], bool]  # dialect, condition of the words, filters, whether kept

COPIES: Final = ("all", "one")
"""Whether every article counts, or of near-identical texts (those of one cluster) the one met first."""

_REVISION: Final = " JOIN revision ON revision.article_id = article.id AND revision.number = article.revision"
_ONE: Final = "coalesce(article.cluster_id, -article.id)"

_HELD: Final = {"revision.id": "fulltext.revision_id", "article.source": "fulltext.source"}
"""What PostgreSQL's full text knows of an article: of SQLite's, only the key can be asked for."""


@dataclass(frozen=True, slots=True)
class Matches:
    """What a query finds: ``sql`` is a SELECT of one column, ``id``, with its ``values``.

    ``dated`` is the same with ``published_at``.
    """

    asked: Query
    copies: str
    sql: str
    dated: str
    values: tuple[sa.BindParameter[Any], ...]

    @property
    def node(self) -> Node | None:
        """The words of the query."""
        return self.asked.node

    def statement(self, sql: str, **values: Any) -> sa.TextClause:  # noqa: ANN401 -- of any column
        """A statement in which ``{found}`` or ``{dated}`` stands for the SELECT; the rest is the caller's."""
        more: list[sa.BindParameter[Any]] = [sa.bindparam(key, value) for key, value in values.items()]
        whole = sql.format(found=f"({self.sql})", dated=f"({self.dated})")
        return sa.text(whole).bindparams(*self.values, *more)

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
        none = "SELECT id, NULL AS published_at FROM article WHERE 1 = 0"
        return Matches(asked, copies, none, none, ())
    if connection.dialect.name == "postgresql":
        _plan(connection, asked)
    return _build(connection, asked, copies)


def _plan(connection: Connection, asked: Query) -> None:
    """Tell PostgreSQL's planner, for this transaction, what it cannot know of a query."""
    told = {"jit": "off"}  # to compile such statements takes longer than to run them
    if asked.node:
        told["enable_seqscan"] = "off"  # each vector stands apart from its row: sixty times as slow
    if asked.node or asked.filters:  # what is found comes first, however many tables are joined to it
        told |= {"join_collapse_limit": "16", "from_collapse_limit": "16"}
        told["random_page_cost"] = "1.5"  # 4 is that of a disk that turns, of which nothing is in memory
    settings = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in told.items())
    connection.execute(sa.text(f"SELECT {settings}"))


def _build(connection: Connection, asked: Query, copies: str, *, kept: bool = True) -> Matches:
    conditions, values = filters.conditions(connection, asked.filters)
    dialect = connection.dialect.name
    words, bound = CONDITION[dialect](asked.node) if asked.node else ("", {})
    values += [sa.bindparam(name, value, sa.Text) for name, value in bound.items()]
    parts = (dialect, words, conditions, kept)
    if copies == "one":
        sql = _select(parts, "min({key}) AS id", f" GROUP BY {_ONE}")
        found = f"({sql}) AS found JOIN article ON article.id = found.id{_REVISION}"
        dated = f"SELECT found.id, revision.published_at FROM {found}"  # noqa: S608 -- our own tables
    else:
        sql, dated = (_select(parts, f"{{key}} AS id{more}") for more in ("", ", revision.published_at"))
    return Matches(asked, copies, sql, dated, tuple(values))


def _select(asked: _Asked, columns: str, end: str = "") -> str:
    """A SELECT; what nothing in it names is not joined."""
    dialect, words, conditions, kept = asked
    if dialect == "postgresql" and kept:
        for there, here in _HELD.items():
            conditions = [one.replace(there, here) for one in conditions]
        key, tables = "fulltext.article_id", _from_postgresql(words, " ".join([*conditions, columns, end]))
    elif words:
        key, tables = "fulltext.rowid", _from_sqlite(" ".join([*conditions, columns, end]))
        conditions = [words, *conditions]
    else:
        key, tables = "article.id", f"article{_REVISION}"
        conditions = [*conditions, "revision.text_kept" if kept else "NOT revision.text_kept"]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {columns.format(key=key)} FROM {tables}{where}{end}"  # noqa: S608 -- values are bound


def _from_sqlite(named: str) -> str:
    # CROSS JOIN: it would start from the index of a filter and ask the full text row by row.
    article = " CROSS JOIN article ON article.id = fulltext.rowid"
    tables = f"fulltext{article if 'article.' in named or 'revision.' in named else ''}"
    return tables + (_REVISION if "revision." in named else "")


def _from_postgresql(words: str, named: str) -> str:
    # OFFSET 0: so would PostgreSQL, which does not see that each vector stands apart from its row.
    columns = "article_id, revision_id, source"
    found = f"(SELECT {columns} FROM fulltext WHERE {words} OFFSET 0) AS " if words else ""  # noqa: S608
    article = " JOIN article ON article.id = fulltext.article_id" if "article." in named else ""
    revision = " JOIN revision ON revision.id = fulltext.revision_id" if "revision." in named else ""
    return f"{found}fulltext{article}{revision}"
