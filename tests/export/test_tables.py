"""CSV and JSON Lines, read by pandas, LibreOffice and the standard library."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given

from crawler.corpus.codebook import COLUMNS
from crawler.corpus.stream import COLUMNS as FIELDS
from tests.export.articles import record, records, written

if TYPE_CHECKING:
    from crawler.corpus.stream import Record

FORMULAS = ["=HYPERLINK(1)", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "'"]


def test_the_codebook_has_every_column() -> None:
    assert set(COLUMNS) == set(FIELDS)


@given(records)
def test_csv_gives_every_text_back(articles: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        target, _ = written("csv", articles, Path(folder))
        with target.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    assert [row["title"].removeprefix("'") if row["title"][:1] == "'" else row["title"] for row in rows] == [
        one.title for one in articles
    ]
    for row in rows:
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r", "＝")) for cell in row.values() if cell)


def test_pandas_reads_csv_and_jsonl_alike(tmp_path: Path) -> None:
    articles = [record(id=1, relevance=-0.5), record(id=2, comment_count=None, body='a;"b",\n\nc')]
    table = pd.read_csv(
        written("csv", articles, tmp_path)[0], parse_dates=["published_at"], keep_default_na=False
    )
    lines = pd.read_json(written("jsonl", articles, tmp_path)[0], lines=True)
    assert list(table["body"]) == list(lines["body"]) == [one.body for one in articles]
    assert list(table["published_at"]) == list(pd.to_datetime(lines["published_at"]))
    assert list(table["relevance"]) == [-0.5, 0.5]
    assert list(lines["authors"]) == [one.authors for one in articles]
    assert list(table["authors"]) == ["; ".join(one.authors) for one in articles]


@given(records)
def test_jsonl_gives_every_value_back(articles: list[Record]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lines = written("jsonl", articles, Path(folder))[0].read_bytes().split(b"\n")[:-1]
    found = [json.loads(line) for line in lines]
    assert [one["title"] for one in found] == [one.title for one in articles]
    assert all(set(one) == set(COLUMNS) for one in found)


def test_libreoffice_takes_no_cell_for_a_formula(tmp_path: Path) -> None:
    if not (office := shutil.which("soffice")):
        absent = pytest.fail if os.environ.get("HEMERO_TEST_ALL") else pytest.skip
        absent("LibreOffice is not installed: apt install libreoffice-calc-nogui")
    articles = [record(id=number, title=title) for number, title in enumerate(FORMULAS, 1)]
    target, _ = written("csv", articles, tmp_path)
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--infilter=CSV:44,34,76,1",
            "--convert-to",
            "fods",
            "--outdir",
            str(tmp_path),
            str(target),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    sheet = target.with_suffix(".fods").read_text("utf-8")
    assert "table:formula" not in sheet
    assert sheet.count("<table:table-row") > len(FORMULAS)
