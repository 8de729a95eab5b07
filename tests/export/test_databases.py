"""Parquet and SQLite, read by DuckDB, pandas, sqlite-utils and Datasette."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
import sqlite_utils
from datasette.app import Datasette
from hypothesis import given

from crawler.corpus.codebook import COLUMNS
from crawler.errors import StorageError
from tests.export.articles import AT, record, records, written

if TYPE_CHECKING:
    from crawler.corpus.stream import Record
    from tests.export.conftest import Hemero


def test_duckdb_and_pandas_read_parquet(tmp_path: Path) -> None:
    target, _ = written(
        "parquet", [record(id=1), record(id=2, published_at=None, comment_count=None)], tmp_path
    )
    found = duckdb.execute(
        f"SELECT id, authors[1], len(tags), epoch(published_at), comment_count FROM '{target}'"
    ).fetchall()
    assert [row[:3] for row in found] == [(1, "Inès de La Ville", 2), (2, "Inès de La Ville", 2)]
    assert (found[0][3], found[1][3], found[1][4]) == (AT.timestamp(), None, None)
    table = pd.read_parquet(target)
    assert list(table) == list(COLUMNS)
    assert str(table["published_at"].dtype) == "datetime64[ms, UTC]"
    described = pq.read_schema(target).field("lead").metadata
    assert described == {b"description": COLUMNS["lead"].encode()}


@given(records)
def test_parquet_gives_every_value_back(articles: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = pq.read_table(written("parquet", articles, Path(folder))[0]).to_pylist()
    assert rows == [{name: getattr(one, name) for name in COLUMNS} for one in articles]


def test_sqlite_utils_reads_a_snapshot(hemero: Hemero, tmp_path: Path) -> None:
    hemero("export", "sqlite")
    made = sqlite_utils.Database(tmp_path / "corpus.db")
    articles = made.table("articles")
    assert articles.detect_fts() == "articles_fts"
    assert [row["url"] for row in articles.search("elysee")] == ["https://courrier.example/plan"]
    assert {table.name for table in made.tables if "_fts" not in table.name} == {
        *("articles", "authors", "codebook", "revisions", "sources", "tags", "sqlite_stat1", "sqlite_stat4"),
    } & set(made.table_names())
    assert list(articles.columns_dict) == list(COLUMNS)
    assert made.table("revisions").count == articles.count == 6
    with closing(sqlite3.connect(tmp_path / "corpus.db")) as plain:
        assert plain.execute("PRAGMA foreign_key_check").fetchall() == []
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_datasette_reads_a_snapshot(hemero: Hemero, tmp_path: Path) -> None:
    hemero("export", "sqlite")

    async def ask() -> Any:  # noqa: ANN401 -- JSON
        shown = Datasette([], immutables=[str(tmp_path / "corpus.db")])
        answer = await shown.client.get("/corpus/articles.json?_search=élysée&_shape=array")
        return answer.json()

    assert [row["url"] for row in asyncio.run(ask())] == ["https://courrier.example/plan"]


def test_a_snapshot_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"corpus\.db: unable to open"):
        written("sqlite", [record()], tmp_path / "nowhere")
