"""A Datasette of one corpus, ready to be served: a snapshot, which nothing changes, or a live SQLite file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datasette.app import Datasette

from crawler.errors import DatabaseError
from crawler.web.metadata import SETTINGS, metadata

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

HERE: Final = Path(__file__).parent


class Site(Datasette):
    """A Datasette of one file, with what its pages must know.

    ``database`` is its name there, ``live`` whether it is a database that a crawl may be writing and no
    snapshot; ``engine`` is where searches are asked, None for a snapshot with a full text of its own.
    """

    def __init__(self, file: Path, *, live: bool, engine: Engine | None, sql: bool) -> None:
        """:raises DatabaseError: the file is no corpus"""
        self.database, self.live, self.engine = file.stem, live, engine  # hooks ask for them at once
        super().__init__(
            [str(file)] if live else [],
            immutables=[] if live else [str(file)],
            metadata=metadata("Hemero : revue de presse", file.stem, _tables(file)),
            settings={**SETTINGS, "default_allow_sql": sql, "sql_time_limit_ms": 1000 if sql else 3000},
            template_dir=str(HERE / "templates"),
            static_mounts=[("-/hemero", str(HERE / "static"))],  # "hemero" is what databases are called
        )


def make(file: Path, *, live: bool = False, engine: Engine | None = None, sql: bool = False) -> Site:
    """A site on one file, ready to be served.

    :param live: the file is a database that a crawl may be writing, and no snapshot
    :param engine: the database that searches are asked of, where there is one
    :param sql: whether readers may write SQL of their own (read-only, and limited in time all the same)
    :raises DatabaseError: the file is no corpus
    """
    from crawler.web import plugin  # noqa: PLC0415 -- it asks for Site

    plugin.register()
    return Site(file, live=live, engine=engine, sql=sql)


def _tables(file: Path) -> list[str]:
    """Every table and view of a file.

    :raises DatabaseError: it is no SQLite file, or has no articles
    """
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            found = [name for (name,) in opened.execute("SELECT name FROM sqlite_master")]
    except sqlite3.Error as error:
        raise DatabaseError(f"{file}: {error}") from error
    if "articles" not in found:
        raise DatabaseError(f"{file}: has no articles: 'hemero export sqlite' writes such a file")
    return found
