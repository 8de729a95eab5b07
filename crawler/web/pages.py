"""The pages in French: an article, a search, pictures. Each takes a request and renders a template."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Any, Final

from datasette.database import QueryInterrupted
from datasette.utils.asgi import NotFound, Response

from crawler.corpus import search as corpus
from crawler.errors import QueryError

PAGE: Final = 20
MOST: Final = 100
"""Words of a query that are looked at."""

FOUND: Final = """
SELECT articles.id, articles.title, articles.source, articles.published_at, articles.agency,
    snippet(articles_fts, -1, char(2), char(3), ' … ', 40) AS passage
FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
WHERE articles_fts MATCH :q
ORDER BY bm25(articles_fts, 10.0, 3.0, 1.0) LIMIT 20 OFFSET :offset
"""
COUNT: Final = "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH :q"
HISTORY: Final = """
SELECT number, changed, fetched_at, title, words FROM revisions WHERE article_id = :id ORDER BY number
"""
BY_MONTH: Final = """
SELECT substr(published_at, 1, 7) AS bar, count(*) AS articles FROM articles
WHERE published_at IS NOT NULL GROUP BY bar ORDER BY bar
"""
BY_SOURCE: Final = """
SELECT source AS bar, count(*) AS articles FROM articles GROUP BY source ORDER BY articles DESC LIMIT 25
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a picture: places and sizes in the units of its drawing."""

    label: str
    count: int
    place: float
    size: float


async def article(request: Any, datasette: Any) -> Any:  # noqa: ANN401
    """One article, as one reads it, with where it comes from."""
    key = {"id": int(request.url_vars["id"])}
    database = datasette.get_database(datasette.database)
    rows = (await database.execute("SELECT * FROM articles WHERE id = :id", key)).rows
    if not rows:
        raise NotFound(f"Aucun article n'a le numéro {key['id']}.")
    found = dict(rows[0])
    history = (await database.execute(HISTORY, key)).rows
    paragraphs = [part for part in (found["body"] or "").split("\n\n") if part.strip()]
    # Addresses come from strangers too: only one that a browser fetches becomes a link.
    link = found["url"] if found["url"].startswith(("http://", "https://")) else ""
    return await _render(
        datasette,
        request,
        "article.html",
        {"article": found, "paragraphs": paragraphs, "history": history, "link": link},
    )


async def search(request: Any, datasette: Any) -> Any:  # noqa: ANN401
    """Articles that a query finds, best first."""
    query = (request.args.get("q") or "").strip()
    given = request.args.get("page") or "1"
    page = min(int(given), 10_000) if given.isascii() and given.isdecimal() and given != "0" else 1
    told: dict[str, Any] = {"q": query, "page": page, "total": 0, "hits": [], "problem": ""}
    if query:
        ask = _ask_engine if datasette.engine else _ask_snapshot
        told |= await ask(datasette, query, (page - 1) * PAGE)
    told["more"] = told["total"] > page * PAGE
    return await _render(datasette, request, "recherche.html", told)


async def plots(request: Any, datasette: Any) -> Any:  # noqa: ANN401
    """How many articles there are, by month and by source."""
    database = datasette.get_database(datasette.database)
    try:
        months, sources = every_month(await _counts(database, BY_MONTH)), await _counts(database, BY_SOURCE)
    except QueryInterrupted:
        return Response.html("La base est trop grande pour être comptée en direct : --snapshot.", status=503)
    drawn: dict[str, Any] = {
        "months": bars(months, 800, 200),
        "sources": sources,
    }
    drawn["most"] = max((count for _, count in months), default=0)
    return await _render(datasette, request, "graphiques.html", drawn)


async def _counts(database: Any, sql: str) -> list[tuple[str, int]]:  # noqa: ANN401
    return [(row["bar"], row["articles"]) for row in (await database.execute(sql)).rows]


def every_month(counts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The months from the first to the last one, those without an article too."""
    if not counts:
        return []
    known = dict(counts)
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (counts[0][0], counts[-1][0]))
    names = (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(first, last + 1))
    return [(name, known.get(name, 0)) for name in names]


def bars(counts: list[tuple[str, int]], length: float, height: float) -> list[Bar]:
    """Bars side by side over a length, the highest as high as the height."""
    most = max((count for _, count in counts), default=1)
    width = length / max(len(counts), 1)
    return [
        Bar(label, count, round(number * width, 2), round(count / most * height, 2))
        for number, (label, count) in enumerate(counts)
    ]


async def _ask_engine(datasette: Any, query: str, offset: int) -> dict[str, Any]:  # noqa: ANN401
    """In the database, with the query language of ``hemero search``."""
    try:
        found = await asyncio.to_thread(corpus.search, datasette.engine, query, limit=PAGE, offset=offset)
    except QueryError as error:
        return {"problem": str(error)}
    hits = [
        {
            "id": hit.id,
            "source": hit.source,
            "agency": hit.agency,
            "day": f"{hit.published_at:%Y-%m-%d}" if hit.published_at else "",
            "title": hit.marked_title,
            "passage": hit.snippet,
        }
        for hit in found.hits
    ]
    return {"total": found.total, "hits": hits}


async def _ask_snapshot(datasette: Any, query: str, offset: int) -> dict[str, Any]:  # noqa: ANN401
    """In a snapshot, with its own full text: words, accents or none."""
    database = datasette.get_database(datasette.database)
    words = " ".join(f'"{word}"' for word in re.findall(r"\w+", query)[:MOST])  # quoted, none is an operator
    if not words:
        return {}
    total = (await database.execute(COUNT, {"q": words})).single_value()
    rows = (await database.execute(FOUND, {"q": words, "offset": offset})).rows
    hits = [
        {
            "id": row["id"],
            "source": row["source"],
            "agency": row["agency"],
            "day": (row["published_at"] or "")[:10],
            "title": ((row["title"], False),),
            "passage": _marked(row["passage"]),
        }
        for row in rows
    ]
    return {"total": total, "hits": hits}


def _marked(passage: str) -> list[tuple[str, bool]]:
    """A passage cut at the signs that FTS5 set around the words it found."""
    pieces = [piece.partition("\3") for piece in passage.split("\2")]
    found = [(pieces[0][0], False)]
    for word, _, after in pieces[1:]:
        found += [(word, True), (after, False)]
    return found


async def _render(datasette: Any, request: Any, template: str, told: dict[str, Any]) -> Any:  # noqa: ANN401
    return Response.html(await datasette.render_template(template, told, request=request))
