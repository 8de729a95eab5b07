"""More synthetic articles than there is patience to invent: those of a database, several times over.

``benchmarks.search`` uses it above 100,000 articles. What is copied has ids and addresses of its own and the
same texts, so that every word is found as many times more often; the database does it by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.synthetic import TABLES
from crawler.db import session

if TYPE_CHECKING:
    import sqlalchemy as sa
    from sqlalchemy.engine import Connection, Engine

SHIFTED: Final = frozenset(["id", "page_id", "fetch_id", "article_id", "revision_id", "cluster_id"])
"""Columns that number what is copied; people, keywords and the run are the same for all."""

FULLTEXT: Final = {
    "sqlite": [
        """INSERT INTO fulltext (rowid, title, lead, body, marks)
            SELECT rowid + {shift}, title, lead, body, marks FROM fulltext WHERE rowid <= {last}"""
    ],
    "postgresql": [
        """INSERT INTO fulltext (article_id, revision_id, source, document)
            SELECT article_id + {shift}, revision_id + {shift}, source, document
            FROM fulltext WHERE article_id <= {last}""",
        """INSERT INTO fulltext_words (article_id, words)
            SELECT article_id + {shift}, words FROM fulltext_words WHERE article_id <= {last}""",
    ],
}


def repeat(engine: Engine, times: int) -> None:
    """Make the articles of a database so many times as many."""
    with engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT max(id) FROM revision").scalar_one()
    for time in range(1, times):
        with session.writing(engine).begin() as connection:
            for name, model in TABLES.items():
                _copy(connection, model.__table__, name, time * last, last)
            for statement in FULLTEXT[engine.dialect.name]:
                connection.exec_driver_sql(statement.format(shift=time * last, last=last))
    vacuum = "ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.exec_driver_sql(vacuum)


def _copy(connection: Connection, table: sa.FromClause, name: str, shift: int, last: int) -> None:
    columns = [column.name for column in table.columns]
    values = ", ".join(_value(name, column, shift) for column in columns)
    key = next(column for column in columns if column in SHIFTED)
    connection.exec_driver_sql(
        f'INSERT INTO "{name}" ({", ".join(columns)}) SELECT {values} FROM "{name}" WHERE {key} <= {last}'
    )


def _value(table: str, column: str, shift: int) -> str:
    if column in SHIFTED:
        return f"{column} + {shift}"
    unique = table in {"page", "article"} and column in {"url", "identity"}
    return f"{column} || '?{shift}'" if unique else column
