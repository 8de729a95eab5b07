"""Writing the full-text index: FTS5 on SQLite, ``tsvector`` on PostgreSQL, the same words on both.

``corpus/rendering.py`` asks it. Both are given words that ``text/stems.py`` has cut, folded and stemmed, so
that neither database's own French can make a difference. PostgreSQL's vector keeps no places, of which it
knows only 16,383, and 256 a word: it has runs of neighbours, and longer phrases are looked for in the table
``fulltext_words``. Its rows are next to each other there, where they are quicker to get at than apart.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.models import Article, Revision
from crawler.db.sql import unseen
from crawler.text import stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from crawler.db.sql import Progress

LONGEST: Final = 100_000
"""Words of an article that are searched: ten times the longest feature of a newspaper."""

LARGEST: Final = 900_000
"""Bytes of the different words of an article: a ``tsvector`` takes no more than 1,048,575."""

BORDER: Final = "¦"
"""Stands between title, lead and body: no phrase reaches over it."""

EVERY: Final = "¤"
"""The word that every article has: FTS5 can only take away from something. No text can hold it."""

TITLE: Final = "¶"
"""Begins the mark of a word of the title."""

SHORT: Final = 3
"""Letters of a word that says little of what follows it: PostgreSQL's index goes on to the next one."""

RUN: Final = 5
"""Words that it takes together at most."""

_SQLITE: Final = "INSERT OR REPLACE INTO fulltext (rowid, title, lead, body, marks) VALUES (?, ?, ?, ?, ?)"
_POSTGRESQL: Final = (
    """INSERT INTO fulltext (article_id, revision_id, source, document)
        SELECT article.id, revision.id, article.source, %(document)s::text::tsvector FROM article
        JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
        WHERE article.id = %(key)s ON CONFLICT (article_id)
        DO UPDATE SET revision_id = excluded.revision_id, document = excluded.document""",
    """INSERT INTO fulltext_words (article_id, words) VALUES (%(key)s, %(words)s)
        ON CONFLICT (article_id) DO UPDATE SET words = excluded.words""",
)


def write(connection: Connection, texts: Iterable[tuple[int, str, str, str]]) -> None:
    """Index articles anew: each is its id and its current title, lead and body."""
    rows: list[Any] = []
    sqlite = connection.dialect.name == "sqlite"
    for key, *fields in texts:
        words, marks = _indexed(fields, LONGEST)
        if sqlite:
            # Sorted, plain words would stand side by side and could be taken for a phrase.
            rows.append((key, *map(" ".join, words), f" {EVERY} ".join(sorted(marks))))
        else:
            lexemes = marks.union(*words, *map(runs, words))
            joined = f" {BORDER} ".join(map(" ".join, words))
            rows.append({"key": key, "words": f" {joined} ", "document": "'" + "' '".join(lexemes) + "'"})
    for statement in ([_SQLITE] if sqlite else _POSTGRESQL) if rows else ():
        connection.exec_driver_sql(statement, rows)


def forget(connection: Connection, articles: Sequence[int]) -> None:
    """Take articles out of the index."""
    key = "rowid" if connection.dialect.name == "sqlite" else "article_id"
    statement = sa.text(f"DELETE FROM fulltext WHERE {key} IN :ids")  # noqa: S608 -- our own column
    connection.execute(statement.bindparams(sa.bindparam("ids", list(articles), expanding=True)))


def fill(connection: Connection, progress: Progress = unseen, batch: int = 500) -> None:
    """Index every article whose text is kept and that is not indexed yet.

    The index of an older schema is left to the program that knows it.
    """
    if not _is_ours(connection):
        return
    key = "rowid" if connection.dialect.name == "sqlite" else "article_id"
    new = sa.text(f"NOT EXISTS (SELECT 1 FROM fulltext WHERE fulltext.{key} = article.id)")  # noqa: S608
    missing = (
        sa.select(Article.id, Revision.title, Revision.lead, Revision.body)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision))
        .where(Revision.text_kept, new)
        .order_by(Article.id)
        .limit(batch)
    )
    last = 0
    while rows := connection.execute(missing.where(Article.id > last)).all():
        write(connection, [(row.id, row.title, row.lead, row.body) for row in rows])
        progress("fulltext", len(rows))
        last = rows[-1].id


def _is_ours(connection: Connection) -> bool:
    columns = {column["name"] for column in sa.inspect(connection).get_columns("fulltext")}
    return bool(columns & {"marks", "revision_id"})


def _indexed(fields: Sequence[str], longest: int) -> tuple[list[list[str]], set[str]]:
    """The words of title, lead and body, ``longest`` together at most, and the marks of all three."""
    left, words, marks = longest, [], {EVERY}
    for field in fields:
        text = _first(field, left)
        words.append(stems.stems(text)[:left])
        marks |= stems.marks(text)
        left -= len(words[-1])
    marks.update(TITLE + word for word in words[0])
    if (
        longest > 1
        and _may_be_large(words, marks)
        and _size(marks.union(*words, *map(runs, words))) > LARGEST
    ):
        return _indexed(fields, longest // 2)
    return words, marks


def runs(words: Sequence[str]) -> list[str]:
    """Words side by side, as lexemes of PostgreSQL: each with the next, and on over short ones.

    So "haine en ligne" is one. From a short word it does not go on: too many follow "de la".
    """
    found = []
    for place, word in enumerate(words[:-1]):
        end = place + 2
        if len(word) > SHORT:
            while end < len(words) and end - place < RUN and len(words[end - 1]) <= SHORT:
                end += 1
        found.append(" ".join(words[place:end]))
    return found


def _first(text: str, words: int) -> str:
    """The beginning of a text: no more words, and no longer ones, than are looked at."""
    if len(text) <= words:
        return text
    chunks = text.split()
    if any(len(chunk) > 1000 for chunk in chunks):
        chunks = [word[: stems.LONGEST] for word in stems.WORD.findall(text)]
    return " ".join(chunks[:words])


def _may_be_large(words: Sequence[Sequence[str]], marks: set[str]) -> bool:
    """Whether the size must be counted: a stem stands in four lexemes, a letter is four bytes."""
    letters = 4 * sum(len(" ".join(some)) for some in words) + len(" ".join(marks))
    return 8 * letters > LARGEST


def _size(words: set[str]) -> int:
    """Bytes of words, as PostgreSQL counts them: each with what it takes to find it."""
    return sum(len(word.encode()) + 4 for word in words)
