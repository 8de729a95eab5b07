"""Keyword in context: every place where the words of a query stand, and what stands around them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from crawler.corpus.association import attracted
from crawler.corpus.matches import match
from crawler.corpus.occurrences import Occurrences, read, tokens
from crawler.db.types import UTCDateTime
from crawler.errors import QueryError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection, Engine, Row

    from crawler.corpus.association import Associated
    from crawler.corpus.matches import Matches
    from crawler.corpus.occurrences import Token

SORTS: Final = ("date", "left", "right")
ARTICLES: Final = 2_000
"""Articles that are read unless told otherwise, the ones met last: a few seconds."""

WINDOW: Final = 5
"""Words on each side in which a collocate counts: the usual span of lexicography."""

_TEXTS: Final = """
    SELECT article.id, article.url, article.source, revision.published_at, revision.title, revision.lead,
        revision.body
    FROM article JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
    WHERE article.id IN :ids ORDER BY revision.published_at, article.id
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One place: the words asked for, with ``width`` characters on each side at most."""

    article: int
    url: str
    source: str
    published_at: dt.datetime | None
    field: str  # "title", "lead" or "body"
    left: str
    keyword: str
    right: str


@dataclass(frozen=True, slots=True)
class Concordance:
    """The lines of a query; ``articles`` were read of the ``total`` that it finds."""

    total: int
    articles: int
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Collocates:
    """The words around those of a query, the most attracted first; the rest as in Concordance."""

    total: int
    articles: int
    words: list[Associated]


def concordance(
    engine: Engine,
    query: str,
    *,
    sort: str = "date",
    width: int = 60,
    articles: int = ARTICLES,
    copies: str = "all",
) -> Concordance:
    """The places where the words of a query stand: by date, or by the words to the left or to the right.

    :param articles: how many are read at most; 0: all that the query finds
    :raises QueryError: the query has no words, or asks for what cannot be
    """
    if sort not in SORTS:
        raise QueryError(f"sort by {', '.join(SORTS[:-1])} or {SORTS[-1]}, not {sort!r}")
    with engine.connect() as connection:
        found, ids, wanted = _read(connection, query, articles, copies)
        lines = [line for row in _texts(connection, ids) for line in _lines(row, wanted, width)]
    if sort == "left":
        lines.sort(key=lambda line: _words(line.left)[::-1])
    elif sort == "right":
        lines.sort(key=lambda line: _words(line.right))
    return Concordance(found, len(ids), lines)


def collocates(
    engine: Engine, query: str, *, window: int = WINDOW, articles: int = ARTICLES, copies: str = "all"
) -> Collocates:
    """The words that stand near those of a query more often than elsewhere in the same articles.

    :param window: words on each side, within a paragraph
    :raises QueryError: as ``concordance``
    """
    near: Counter[str] = Counter()
    every: Counter[str] = Counter()
    with engine.connect() as connection:
        total, ids, wanted = _read(connection, query, articles, copies)
        for row in _texts(connection, ids):
            for _, text in _passages(row):
                words = tokens(text)
                forms = [read(word.word)[2] for word in words]
                every.update(forms)
                near.update(forms[place] for place in _around(words, wanted, window))
    return Collocates(total, len(ids), attracted(near, every - near))


def _around(words: Sequence[Token], wanted: Occurrences, window: int) -> set[int]:
    """The places of the words around those asked for, each once."""
    found: set[int] = set()
    asked: set[int] = set()
    for first, after in wanted.find(words):
        asked.update(range(first, after))
        found.update(range(max(first - window, 0), min(after + window, len(words))))
    return found - asked


def _read(
    connection: Connection, query: str, articles: int, copies: str
) -> tuple[int, list[int], Occurrences]:
    """How many articles there are, the ids of those to be read, and what to look for in them."""
    found: Matches = match(connection, query, copies)
    wanted = Occurrences(found.node)
    if not wanted and not found.asked.nothing:
        raise QueryError(f"{query!r}: a concordance needs a word")
    total = found.total(connection)
    return total, found.newest(connection, min(articles or total, total)), wanted


def _texts(connection: Connection, ids: Sequence[int]) -> Iterator[Row[tuple[object, ...]]]:
    """The texts of articles, the oldest first, a few at a time."""
    query = sa.text(_TEXTS).bindparams(sa.bindparam("ids", list(ids), expanding=True))
    typed = query.columns(published_at=UTCDateTime)
    yield from connection.execute(typed, execution_options={"yield_per": 200})


def _passages(row: Row[tuple[object, ...]]) -> Iterator[tuple[str, str]]:
    """Title, lead and paragraphs: no word is near one of another."""
    yield "title", row.title
    yield "lead", row.lead
    for paragraph in row.body.split("\n\n"):
        yield "body", paragraph


def _lines(row: Row[tuple[object, ...]], wanted: Occurrences, width: int) -> Iterator[Line]:
    for field, passage in _passages(row):
        text = " ".join(passage.split())
        words = tokens(text)
        for first, after in wanted.find(words):
            start, end = words[first].start, words[after - 1].end
            left, right = _cut(text[:start], -width), _cut(text[end:], width)
            yield Line(row.id, row.url, row.source, row.published_at, field, left, text[start:end], right)


def _cut(text: str, width: int) -> str:
    """The end, or the beginning, of a text in whole words; a width below 0 means the end."""
    if len(text) <= abs(width):
        return text
    cut = text[width:] if width < 0 else text[:width]
    place = cut.find(" ") if width < 0 else cut.rfind(" ")
    return (cut[place:] if width < 0 else cut[: place + 1]) if place >= 0 else cut


def _words(text: str) -> list[str]:
    return [read(word.word)[1] for word in tokens(text)]
