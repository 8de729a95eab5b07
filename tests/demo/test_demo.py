"""``hemero demo`` as its user runs it."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.demo import FILE, demo

ROOT = Path(__file__).resolve().parents[2]


def hemero(*arguments: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("HEMERO_", "http"))}
    command = [sys.executable, "-m", "crawler.cli", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=bare, capture_output=True, text=True, timeout=180, check=False
    )


def ask(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def shown(folder: Path) -> str:
    done = hemero("demo", "--folder", str(folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_prints_the_articles_and_the_result_of_a_query(shown: str) -> None:
    assert "39 articles" in shown
    assert re.search(r"2026-11-12 +bledi +Le permis de conduire", shown)
    assert "$ hemero search" in shown
    assert "http://www.tribune.example/article/tech/plateformes/48120973365512/" in shown


def test_it_leaves_a_database_to_be_queried(shown: str, folder: Path) -> None:
    assert shown
    sources = dict[str, int](
        ask(folder / FILE, "select source, count(*) from articles where words > 100 group by 1")
    )
    assert sources == {
        "bledi": 7, "boursier": 7, "courrier.example": 5, "fenua": 6, "gendactu": 6, "tribune": 8,
    }  # fmt: skip
    leaks = ask(
        folder / FILE, "select url from articles where instr(title || lead || body || authors || tags, 'NON')"
    )
    assert leaks == []


def test_an_earlier_demo_is_replaced_and_nothing_else(shown: str, folder: Path, tmp_path: Path) -> None:
    assert shown
    kept = tmp_path / FILE
    shutil.copy(folder / FILE, kept)
    with closing(sqlite3.connect(kept)) as database, database:
        database.execute("update page set url = 'https://www.latribune.fr/' where id = 1")
    before = kept.read_bytes()
    done = hemero("demo", "--folder", str(tmp_path))
    assert (done.returncode, kept.read_bytes()) == (2, before)
    assert str(kept) in done.stderr
    kept.write_text("my notes")
    assert hemero("demo", "--folder", str(tmp_path)).returncode == 2
    assert kept.read_text() == "my notes"


def test_the_exit_code_is_that_of_the_crawl(tmp_path: Path) -> None:
    (tmp_path / "hemero.toml").write_text("nonsense = 1\n")
    done = hemero("demo", "--folder", str(tmp_path))
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert not (tmp_path / FILE).exists()


def test_the_help_has_examples() -> None:
    assert demo.epilog
    assert "hemero demo" in demo.epilog
