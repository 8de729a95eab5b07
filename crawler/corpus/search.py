"""Full-text search: the same articles in the same order on SQLite and PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from crawler.corpus import ranking
from crawler.corpus.matches import match
from crawler.corpus.snippets import Marked, Snippets
from crawler.db.types import UTCDateTime
from crawler.errors import QueryError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection, Engine

    from crawler.corpus.matches import Matches

SORTS: Final = ("relevance", "date", "oldest")

_DATES: Final = {"date": "DESC NULLS LAST, found.id DESC", "oldest": "ASC NULLS LAST, found.id ASC"}
_BY_DATE: Final = (
    "SELECT found.id FROM {{dated}} AS found ORDER BY found.published_at {} LIMIT :limit OFFSET :offset"
)
_COLUMNS: Final = """
    id, url, source, title, lead, body, authors, published_at, agency, section, access, words, relevance,
    label, cluster_id, copies
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that a query found: columns of the view ``articles``, and where the words stand."""

    id: int
    url: str
    source: str
    title: str
    authors: str
    published_at: dt.datetime | None
    agency: str
    section: str
    access: str
    words: int
    relevance: float | None
    label: int | None
    cluster_id: int | None
    copies: int
    marked_title: Marked
    snippet: Marked


@dataclass(frozen=True, slots=True)
class Results:
    """How many articles a query finds, and one page of them."""

    total: int
    hits: list[Hit]


def search(
    engine: Engine,
    query: str,
    *,
    limit: int = 20,
    offset: int = 0,
    sort: str = "relevance",
    copies: str = "all",
) -> Results:
    """Articles whose text is kept and that a query finds: see ``parser`` for its language.

    ``sort`` is "relevance" (see ``ranking``), "date" (newest first, unknown dates last) or "oldest"; a query
    without words is sorted by date. ``copies="one"`` gives of near-identical texts the one met first. Pages
    are parts of one list as long as nothing is written.

    :raises QueryError: the query asks for what cannot be, such as ``since:yesterday``
    """
    if sort not in SORTS:
        raise QueryError(f"sort by {', '.join(SORTS[:-1])} or {SORTS[-1]}, not {sort!r}")
    limit, offset = max(limit, 0), max(offset, 0)
    with engine.connect() as connection:
        found = match(connection, query, copies)
        if sort == "relevance" and found.node:
            total, ids = _ranked(connection, found, limit, offset)
        else:
            order = _DATES.get(sort, _DATES["date"])
            dated = found.statement(_BY_DATE.format(order), limit=limit, offset=offset)
            total, ids = found.total(connection), list(connection.scalars(dated))
        return Results(total, _hits(connection, ids, Snippets(found.node)))


def count(engine: Engine, query: str, copies: str = "all") -> int:
    """How many articles a query finds.

    :raises QueryError: as ``search``
    """
    with engine.connect() as connection:
        return match(connection, query, copies).total(connection)


def _ranked(connection: Connection, found: Matches, limit: int, offset: int) -> tuple[int, list[int]]:
    """How many articles there are, and the ids of one page of them, the best first."""
    total, candidates = found.first(connection, ranking.CANDIDATES + 1)
    if total > ranking.CANDIDATES:
        candidates = candidates[: ranking.CANDIDATES]
        candidates += _titled(connection, found)
    ranked = ranking.rank(connection, found.node, dict.fromkeys(candidates))
    page = ranked[offset : offset + limit]
    if len(page) < limit and total > len(ranked):
        page += _others(connection, found, ranked, limit - len(page), max(offset - len(ranked), 0))
    return total, page


def _titled(connection: Connection, found: Matches) -> list[int]:
    """Those met last that have a word of the query in their title."""
    if not (node := ranking.titled(found.node)):
        return []
    ids = found.of_all_copies(connection, node).newest(connection, ranking.CANDIDATES)
    if found.copies == "all" or not ids:
        return ids
    sql = found.statement("SELECT id FROM {found} AS found WHERE id IN :ids ORDER BY id DESC")
    return list(connection.scalars(sql.bindparams(sa.bindparam("ids", ids, expanding=True))))


def _others(
    connection: Connection, found: Matches, ranked: Sequence[int], limit: int, offset: int
) -> list[int]:
    """Those that were not ranked, the ones met last first."""
    sql = (
        "SELECT id FROM {found} AS found WHERE id NOT IN :ranked ORDER BY id DESC LIMIT :limit OFFSET :offset"
    )
    query = found.statement(sql, limit=limit, offset=offset)
    return list(connection.scalars(query.bindparams(sa.bindparam("ranked", list(ranked), expanding=True))))


def _hits(connection: Connection, ids: Sequence[int], snippets: Snippets) -> list[Hit]:
    """The articles of these ids, in their order."""
    query = sa.text(f"SELECT {_COLUMNS} FROM articles WHERE id IN :ids")  # noqa: S608 -- our own columns
    query = query.bindparams(sa.bindparam("ids", list(ids), expanding=True))
    rows = {row.id: row for row in connection.execute(query.columns(published_at=UTCDateTime))}
    hits = []
    for key in filter(rows.__contains__, ids):  # an erasure may have come between
        found = rows[key]._asdict()
        lead, body = found.pop("lead"), found.pop("body")
        title = snippets.mark(found["title"])
        hits.append(Hit(**found, marked_title=title, snippet=snippets.best(f"{lead}\n\n{body}".strip())))
    return hits
