"""Writing the full-text index: FTS5 on SQLite, ``tsvector`` on PostgreSQL, the same words at the same places.

``corpus/search.py`` reads it. Both are given words that ``text/stems.py`` has cut, folded and stemmed, so
that neither database's own French can make a difference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.models import Article, Revision
from crawler.text.stems import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

LONGEST: Final = 16_000
"""Words of an article that are searched: ``tsvector`` knows no place beyond 16,383."""

GAP: Final = 10
"""Places between title, lead and body on PostgreSQL, so that no phrase reaches from one into the next."""

EVERY: Final = "¤"
"""The word that every article has on SQLite: FTS5 can only take away from something. No text can hold it."""

_SQLITE: Final = "INSERT OR REPLACE INTO fulltext (rowid, title, lead, body) VALUES (?, ?, ?, ?)"
_POSTGRESQL: Final = (
    "INSERT INTO fulltext (article_id, document) VALUES (%s, %s::text::tsvector) "
    "ON CONFLICT (article_id) DO UPDATE SET document = excluded.document"
)


def write(connection: Connection, texts: Iterable[tuple[int, str, str, str]]) -> None:
    """Index articles anew: each is its id, title, lead and body."""
    rows: Sequence[tuple[Any, ...]]
    if connection.dialect.name == "sqlite":
        rows = [(key, *_columns(_words(fields))) for key, *fields in texts]
        statement = _SQLITE
    else:
        rows = [(key, _vector(_words(fields))) for key, *fields in texts]
        statement = _POSTGRESQL
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def fill(connection: Connection, batch: int = 500) -> int:
    """Index every article whose text is kept and that is not indexed yet; how many those were."""
    key = "rowid" if connection.dialect.name == "sqlite" else "article_id"
    missing = (
        sa.select(Article.id, Revision.title, Revision.lead, Revision.body)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision))
        .where(Revision.text_kept, sa.text(f"article.id NOT IN (SELECT {key} FROM fulltext)"))  # noqa: S608
        .order_by(Article.id)
        .limit(batch)
    )
    count = 0
    while rows := connection.execute(missing).all():
        write(connection, [(row.id, row.title, row.lead, row.body) for row in rows])
        count += len(rows)
    return count


def _words(fields: Sequence[str]) -> list[list[str]]:
    """The words of title, lead and body, no more than ``LONGEST`` together."""
    left, found = LONGEST, []
    for field in fields:
        words = stems(field)[:left]
        left -= len(words)
        found.append(words)
    return found


def _columns(fields: Sequence[Sequence[str]]) -> tuple[str, str, str]:
    title, lead, body = (" ".join(words) for words in fields)
    return title, lead, f"{body} {EVERY}"


def _vector(fields: Sequence[Sequence[str]]) -> str:
    """A ``tsvector`` as text: title weighs A, lead B, body D. The words hold letters and digits only."""
    places: dict[str, list[str]] = {}
    place = 1
    for words, weight in zip(fields, "ABD", strict=True):
        for word in words:
            places.setdefault(word, []).append(f"{place}{weight}")
            place += 1
        place += GAP
    return " ".join(f"'{word}':{','.join(where)}" for word, where in places.items())
