"""The statements of docs/sql.md and the notebooks run as they stand, and give the same on both databases."""

from __future__ import annotations

import datetime as dt
import decimal
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.db.session import writing
from crawler.db.store import Store
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Engine

DOCS = Path(__file__).resolve().parents[1] / "docs"
TEXT = (DOCS / "sql.md").read_text("utf-8")
EXAMPLES = dict(re.findall(r"^## (\d+)\. .*?```sql\n(.*?)```", TEXT, re.MULTILINE | re.DOTALL))


@pytest.fixture(scope="module")
def filled(both: list[Engine], fill: Callable[[Engine], None]) -> list[Engine]:
    for engine in both:
        fill(engine)
        _more(engine)
    return both


def _more(engine: Engine) -> None:
    """What the examples look for besides: a changed title, a signature, a refusal, a copy."""
    at = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    url = "https://courrier.example/change"
    fetches = [
        Fetch(source="courrier", url=url, kind="article", fetched_at=at + dt.timedelta(days=day), status=200)
        for day in (0, 1)
    ]
    texts = [
        Article(
            url=url,
            title=title,
            body="Un texte.",
            authors=["Inès Calvet"],
            tags=["haine"],
            source="courrier",
            fetch=fetch,
            label=2,
            words=2,
        )
        for title, fetch in zip(("Un titre", "Un autre titre"), fetches, strict=True)
    ]
    refused = Fetch(
        source="courrier",
        url="https://courrier.example/mur",
        kind="article",
        fetched_at=at,
        outcome="robots_denied",
        reason="Disallow: /mur",
    )
    for text in texts:
        Store(engine).save(None, [text])
    Store(engine).save(None, [refused])
    with writing(engine).begin() as connection:
        connection.execute(
            sa.text("INSERT INTO cluster (id, first_seen_at) VALUES (900, '2025-01-01T00:00:00+00:00')")
        )
        connection.execute(sa.text("UPDATE article SET cluster_id = 900 WHERE id IN (1, 2)"))


def test_there_are_twenty() -> None:
    assert list(EXAMPLES) == [str(number) for number in range(1, 21)]


@pytest.mark.parametrize("number", EXAMPLES)
def test_an_example_gives_the_same_on_both_databases(filled: list[Engine], number: str) -> None:
    first, second = (_rows(engine, EXAMPLES[number]) for engine in filled)
    assert first == second
    assert first, "an example that finds nothing shows nothing"


def _rows(engine: Engine, statement: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TIME ZONE 'UTC'")
        return [tuple(map(_same, row)) for row in connection.exec_driver_sql(statement)]


def _same(value: object) -> object:
    return float(value) if isinstance(value, decimal.Decimal) else value


def test_the_pandas_notebook_runs(filled: list[Engine], tmp_path: Path) -> None:
    text = (DOCS / "notebooks" / "pandas.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    code = tmp_path / "notebook.py"
    code.write_text("".join(blocks), "utf-8")
    shown = []
    for engine in filled:
        url = engine.url.render_as_string(hide_password=False)
        done = subprocess.run(
            [sys.executable, str(code)],
            env={"HEMERO_DATABASE_URL": url},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        shown.append(done.stdout)
    assert shown[0] == shown[1]
    assert "2024-02" in shown[0]
    assert "Inès Calvet" in shown[0]


def test_the_notebook_in_r_runs(filled: list[Engine], tmp_path: Path) -> None:
    if (
        not shutil.which("Rscript")
        or subprocess.run(
            ["Rscript", "-e", "library(DBI); library(RSQLite)"], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no R with RSQLite: apt install r-cran-rsqlite")
    text = (DOCS / "notebooks" / "r.md").read_text("utf-8")
    blocks = re.findall(r"```r\n(.*?)```", text, re.DOTALL)
    (tmp_path / "notebook.R").write_text(
        "".join(block for block in blocks if "rainette" not in block), "utf-8"
    )
    (tmp_path / "hemero.db").symlink_to(str(filled[0].url.database))
    done = subprocess.run(
        ["Rscript", "notebook.R"],
        cwd=tmp_path,
        env=os.environ | {"LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "2024-02" in done.stdout
    assert "Inès Calvet" in done.stdout
