"""Full-text search: the same articles on SQLite and PostgreSQL; only this module knows how they differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.corpus import filters
from crawler.corpus.filters import Not, Phrase
from crawler.corpus.snippets import Marked, Snippets
from crawler.db.fulltext import EVERY
from crawler.db.types import UTCDateTime
from crawler.errors import QueryError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy.engine import Connection, Engine

    from crawler.corpus.filters import Filters, Node

SORTS: Final = ("relevance", "date")

# CROSS JOIN: SQLite would start from the index of a filter and ask the full text row by row.
FROM: Final = {
    "sqlite": "FROM fulltext CROSS JOIN article ON article.id = fulltext.rowid",
    "postgresql": "FROM fulltext JOIN article ON article.id = fulltext.article_id",
}
REVISION: Final = "JOIN revision ON revision.article_id = article.id AND revision.number = article.revision"
MATCH: Final = {
    "sqlite": "fulltext MATCH :match",
    "postgresql": "fulltext.document @@ CAST(:match AS text)::tsquery",
}
# A word of the title counts ten times, one of the lead three times one of the body.
RANK: Final = {
    "sqlite": "bm25(fulltext, 10.0, 3.0, 1.0)",
    "postgresql": "-ts_rank('{0.1, 0.1, 0.3, 1.0}', fulltext.document, CAST(:match AS text)::tsquery, 1)",
}
BY_DATE: Final = "revision.published_at DESC NULLS LAST, article.id DESC"
LABEL: Final = "(SELECT label FROM judgement WHERE revision_id = revision.id ORDER BY id DESC LIMIT 1)"


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that a query found: columns of the view ``articles``, and where the words stand."""

    id: int
    url: str
    source: str
    title: str
    published_at: dt.datetime | None
    agency: str
    access: str
    words: int
    relevance: float | None
    label: int | None
    marked_title: Marked
    snippet: Marked


@dataclass(frozen=True, slots=True)
class Results:
    """How many articles a query finds, and one page of them."""

    total: int
    hits: list[Hit]


def search(
    engine: Engine, query: str, *, limit: int = 20, offset: int = 0, sort: str = "relevance"
) -> Results:
    """Articles whose text is kept and that a query finds: see ``filters`` for its language.

    ``sort`` is "relevance" (ties: the newest row first) or "date" (newest first, unknown dates last); a query
    without words is sorted by date. Pages do not overlap as long as nothing is written.

    :raises QueryError: the query asks for what cannot be, such as ``since:yesterday``
    """
    if sort not in SORTS:
        raise QueryError(f"sort by {' or '.join(SORTS)}, not {sort!r}")
    asked = filters.parse(query)
    if asked.nothing:
        return Results(0, [])
    with engine.connect() as connection:
        total, ids = _find(connection, asked, limit, offset, sort)
        return Results(total, _hits(connection, ids, Snippets(asked.node)))


def _find(
    connection: Connection, asked: filters.Query, limit: int, offset: int, sort: str
) -> tuple[int, list[int]]:
    """How many articles there are, and the ids of one page of them."""
    dialect = connection.dialect.name
    wanted, values = conditions(dialect, asked)
    order = f"{RANK[dialect]}, article.id DESC" if asked.node and sort == "relevance" else BY_DATE
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    # Only texts that are kept are indexed. What no condition needs is not joined: rows are long.
    counted, paged = (
        f"{FROM[dialect]} {REVISION if 'revision.' in used else ''} {where}"
        for used in (where, where + order)
    )
    total = connection.scalar(sa.text(f"SELECT count(*) {counted}").bindparams(*values))
    page = sa.text(f"SELECT article.id {paged} ORDER BY {order} LIMIT :limit OFFSET :offset")
    values += [sa.bindparam("limit", max(limit, 0)), sa.bindparam("offset", max(offset, 0))]
    return total or 0, list(connection.scalars(page.bindparams(*values)))


def conditions(
    dialect: str, asked: filters.Query, *, words: bool = True
) -> tuple[list[str], list[sa.BindParameter[Any]]]:
    """SQL conditions of a query on ``FROM`` joined with ``REVISION``, and their values."""
    wanted, values = _conditions(asked.filters)
    if words and asked.node:
        wanted.append(MATCH[dialect])
        values.append(sa.bindparam("match", RENDER[dialect](asked.node)))
    return wanted, values


def _conditions(asked: Filters) -> tuple[list[str], list[sa.BindParameter[Any]]]:
    """SQL conditions of the filters, and their values."""
    conditions: list[str] = []
    values: list[sa.BindParameter[Any]] = []
    for given, form in ((asked.wanted, "({})"), (asked.excluded, "NOT ({})")):
        for name, wanted in given.items():
            parts = []
            for value in wanted:
                key = f"v{len(values)}"
                condition, bound = COLUMN[name](key, value)
                parts.append(condition)
                values.append(sa.bindparam(key, bound))
            conditions.append(form.format(" OR ".join(parts)))
    for name, sign, instant in (("since", ">=", asked.since), ("until", "<", asked.until)):
        if instant:
            conditions.append(f"revision.published_at {sign} :{name}")
            values.append(sa.bindparam(name, instant, UTCDateTime))
    return conditions, values


COLUMN: Final[dict[str, Callable[[str, str], tuple[str, str | int]]]] = {
    "source": lambda key, value: (f"article.source = :{key}", value.lower()),
    "access": lambda key, value: (f"revision.access = :{key}", value),
    "label": lambda key, value: (f"coalesce({LABEL}, -1) = :{key}", int(value)),
    "agency": lambda key, value: (
        f"'; ' || lower(revision.agency) || ';' LIKE :{key} ESCAPE '!'",
        f"%; {_escaped(value.lower())};%",
    ),
}


def _escaped(value: str) -> str:
    return value.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _hits(connection: Connection, ids: Sequence[int], snippets: Snippets) -> list[Hit]:
    """The articles of these ids, in their order."""
    columns = "id, url, source, title, lead, body, published_at, agency, access, words, relevance, label"
    query = sa.text(f"SELECT {columns} FROM articles WHERE id IN :ids")  # noqa: S608 -- our own columns
    query = query.bindparams(sa.bindparam("ids", list(ids), expanding=True))
    rows = {row.id: row for row in connection.execute(query.columns(published_at=UTCDateTime))}
    hits = []
    for key in ids:
        found = rows[key]._asdict()
        lead, body = found.pop("lead"), found.pop("body")
        title = snippets.mark(found["title"])
        hits.append(Hit(**found, marked_title=title, snippet=snippets.best(f"{lead}\n\n{body}".strip())))
    return hits


def _fts5(node: Node) -> str:
    """A query of FTS5. Its NOT needs something to take from: the word that every article has."""
    if isinstance(node, Phrase):
        return f'"{" ".join(node.stems)}"' + ("*" if node.prefix else "")
    if isinstance(node, Not):
        return f'("{EVERY}" NOT {_fts5(node.part)})'
    if isinstance(node, filters.Any):
        return f"({' OR '.join(map(_fts5, node.parts))})"
    wanted = [_fts5(part) for part in node.parts if not isinstance(part, Not)] or [f'"{EVERY}"']
    unwanted = [_fts5(part.part) for part in node.parts if isinstance(part, Not)]
    found = f"({' AND '.join(wanted)})"
    return f"({found} NOT ({' OR '.join(unwanted)}))" if unwanted else found


def _tsquery(node: Node) -> str:
    """A query of PostgreSQL. The stems hold letters and digits only, so that quotes are enough."""
    if isinstance(node, Phrase):
        *before, last = (f"'{stem}'" for stem in node.stems)
        return f"({' <-> '.join([*before, last + (':*' if node.prefix else '')])})"
    if isinstance(node, Not):
        return f"!({_tsquery(node.part)})"
    sign = " | " if isinstance(node, filters.Any) else " & "
    return f"({sign.join(map(_tsquery, node.parts))})"


RENDER: Final = {"sqlite": _fts5, "postgresql": _tsquery}
