"""A SQLite file to share: the articles as one flat table with full text, their history, people and tags.

Any tool that opens SQLite reads it; Datasette and sqlite-utils find the full text by themselves. It holds
nothing else: no addresses that were refused, no robots.txt, no log of a crawl.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from crawler.corpus.codebook import COLUMNS
from crawler.corpus.stream import JOINED, LISTS, TEXTS
from crawler.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

BATCH: Final = 500
WHOLE: Final = frozenset(
    {"id", "truncated", "comment_count", "words", "label", "cluster_id", "copies", "revision", "revisions"}
    | {"warc_offset"}
)
HISTORY: Final = (*TEXTS, "fetched_at")
SOURCES: Final = ("key", "name", "home", "kind", "country", "timezone")


def _kind(name: str) -> str:
    return "INTEGER" if name in WHOLE else "REAL" if name == "relevance" else "TEXT"


_ARTICLES: Final = ", ".join(
    f"{name} {_kind(name)}{' PRIMARY KEY' if name == 'id' else ''}" for name in COLUMNS
)
_HISTORY: Final = ", ".join(
    f"{name} {'INTEGER' if name in {'article_id', 'number', 'words'} else 'TEXT'}" for name in HISTORY
)
SCHEMA: Final = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE sources (key TEXT PRIMARY KEY, {", ".join(f"{name} TEXT" for name in SOURCES[1:])});
CREATE TABLE articles ({_ARTICLES}, FOREIGN KEY (source) REFERENCES sources (key));
CREATE TABLE revisions ({_HISTORY}, PRIMARY KEY (article_id, number),
    FOREIGN KEY (article_id) REFERENCES articles (id));
CREATE TABLE authors (article_id INTEGER REFERENCES articles (id), position INTEGER, name TEXT,
    PRIMARY KEY (article_id, position));
CREATE TABLE tags (article_id INTEGER REFERENCES articles (id), position INTEGER, name TEXT,
    PRIMARY KEY (article_id, position));
CREATE TABLE codebook ("column" TEXT PRIMARY KEY, holds TEXT);
CREATE VIRTUAL TABLE articles_fts USING fts5(title, lead, body, content="articles", content_rowid="id",
    tokenize="unicode61 remove_diacritics 2");
"""
FINISHED: Final = """
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
CREATE INDEX ix_articles_source ON articles (source, published_at);
CREATE INDEX ix_articles_published_at ON articles (published_at);
CREATE INDEX ix_authors_name ON authors (name);
CREATE INDEX ix_tags_name ON tags (name);
ANALYZE;
"""


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write the database.

    :raises StorageError: it cannot be written, or the disk is full
    """
    try:
        _write(records, target, job)
    except sqlite3.Error as error:
        raise StorageError(f"{target.name}: {error}") from error


def _write(records: Iterator[Record], target: Path, job: Job) -> None:
    with closing(sqlite3.connect(target, isolation_level=None)) as made:
        made.executescript(SCHEMA)
        made.execute("BEGIN")
        _insert(made, "sources", SOURCES, job.selection.sources())
        made.executemany("INSERT INTO codebook VALUES (?, ?)", COLUMNS.items())
        while batch := list(islice(records, BATCH)):
            _insert(
                made,
                "articles",
                tuple(COLUMNS),
                ({name: getattr(one, name) for name in COLUMNS} for one in batch),
            )
            _insert(made, "revisions", HISTORY, job.selection.texts([one.id for one in batch]))
            for table in ("authors", "tags"):
                made.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", _listed(batch, table))  # noqa: S608
        made.execute("COMMIT")
        made.executescript(FINISHED)


def _insert(made: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Any) -> None:  # noqa: ANN401
    marks = ", ".join("?" * len(columns))
    values = ([_value(row[name]) for name in columns] for row in rows)
    made.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)  # noqa: S608


def _listed(batch: list[Record], table: str) -> Iterator[tuple[int, int, str]]:
    assert table in LISTS  # noqa: S101 -- a table is a column whose values are lists
    for record in batch:
        for position, name in enumerate(getattr(record, table)):
            yield record.id, position, name


def _value(value: object) -> object:
    if isinstance(value, list):
        return JOINED.join(value)
    return value.isoformat() if isinstance(value, dt.datetime) else value
