"""``hemero judge``, ``recall`` and ``copies``, run as a user runs them."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine

    Run = Callable[..., subprocess.CompletedProcess[str]]

SPORT = """
version = "sport 1"
partly = 0.3
squarely = 0.6
[facets]
sport = 0.0
[[group]]
name = "sport"
adds = { sport = 0.7 }
terms = ["plan", "club", "educatrice", "match(s)"]
"""


@pytest.fixture
def query(tmp_path: Path) -> Path:
    file = tmp_path / "sport.toml"
    file.write_text(SPORT, "utf-8")
    return file


def labels(engine: Engine) -> list[tuple[int, int | None, str]]:
    with engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT id, label, terms FROM articles ORDER BY id"))
        return [tuple(row) for row in rows]


def test_a_query_of_ones_own_shows_what_enters_and_leaves(hemero: Run, engine: Engine, query: Path) -> None:
    before = labels(engine)
    done = hemero("judge", "--query", str(query), "--dry-run", "--format", "json")
    assert labels(engine) == before
    changed = [json.loads(one) for one in done.stdout.splitlines()]
    assert {one["change"] for one in changed} >= {"enters", "leaves"}
    assert "(nothing was stored)" in done.stderr

    lines = hemero("judge", "--query", str(query)).stdout.splitlines()
    assert len(lines) == len(changed)
    was, now = ({key: label for key, label, _ in rows} for rows in (before, labels(engine)))
    assert all(was[one["article"]] == one["was"] and now[one["article"]] == one["label"] for one in changed)
    with engine.connect() as connection:
        ours = connection.execute(
            sa.text("SELECT terms, matches FROM judgement WHERE query = 'sport 1'")
        ).all()
        whole = connection.execute(sa.text("SELECT count(*) FROM revision WHERE text_kept")).scalar_one()
    assert len(ours) == whole
    assert all(bool(terms) == ("sport" in str(matches)) for terms, matches in ours)


def test_judging_twice_changes_nothing(hemero: Run, engine: Engine, query: Path) -> None:
    hemero("judge", "--query", str(query))
    with engine.connect() as connection:
        before = connection.execute(sa.text("SELECT * FROM judgement ORDER BY id")).all()
    assert hemero("judge", "--query", str(query)).stdout == ""
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT * FROM judgement ORDER BY id")).all() == before


def test_a_changed_query_needs_a_version_of_its_own(hemero: Run, engine: Engine, query: Path) -> None:
    hemero("judge", "--query", str(query))
    before = labels(engine)
    query.write_text(SPORT.replace("0.7", "0.8"), "utf-8")
    done = hemero("judge", "--query", str(query), code=2)
    assert "'sport 1'" in done.stderr
    assert labels(engine) == before


def test_the_query_of_the_environment_judges(hemero: Run, query: Path) -> None:
    assert "query sport 1:" in hemero("judge", "--dry-run", HEMERO_QUERY=str(query)).stderr
    done = hemero("judge", HEMERO_QUERY="nowhere.toml", code=2)
    assert "nowhere.toml" in done.stderr


def test_a_sample_that_was_read_gives_recall_and_precision(
    hemero: Run, engine: Engine, tmp_path: Path
) -> None:
    drawn = hemero("recall", "sample", "60")
    assert hemero("recall", "sample", "60").stdout == drawn.stdout
    rows = list(csv.DictReader(io.StringIO(drawn.stdout)))
    assert {row["stratum"] for row in rows} == {"kept", "near", "rest"}
    assert {int(row["id"]): row["stratum"] == "kept" for row in rows} == {
        key: bool(label) for key, label, _ in labels(engine) if any(int(row["id"]) == key for row in rows)
    }
    file = tmp_path / "sample.csv"

    def answered(answers: dict[str, str]) -> str:
        with file.open("w", newline="", encoding="utf-8") as lines:
            writer = csv.DictWriter(lines, rows[0])
            writer.writeheader()
            writer.writerows(row | {"relevant": answers[row["stratum"]]} for row in rows)
        return str(file)

    done = hemero("recall", "estimate", answered({"kept": "1", "near": "0", "rest": "0"}))
    assert done.stdout.startswith("recall     1.000  (95 %: ")
    kept = sum(row["stratum"] == "kept" for row in rows)
    near = sum(row["stratum"] == "near" for row in rows)
    done = hemero("recall", "estimate", answered({"kept": "oui", "near": "1", "rest": "non"}))
    assert f"recall     {kept / (kept + near):.3f}" in done.stdout
    assert "precision  1.000" in done.stdout
    as_saved = (
        file.read_text("utf-8").replace(",", ";").encode("cp1252", "replace")
    )  # by a French spreadsheet
    file.write_bytes(as_saved)
    assert hemero("recall", "estimate", str(file)).stdout == done.stdout
    file.write_bytes(b"\x00\xff")
    assert "sample.csv" in hemero("recall", "estimate", str(file), code=2).stderr
    done = hemero("recall", "estimate", answered({"kept": "1", "near": "", "rest": "0"}), code=2)
    assert "'near'" in done.stderr
    done = hemero("recall", "estimate", answered({"kept": "perhaps", "near": "", "rest": "0"}), code=2)
    assert "'perhaps'" in done.stderr


def test_copies_of_an_article_nobody_else_has(hemero: Run) -> None:
    assert "nobody else carries" in hemero("copies", "1").stderr
    assert hemero("copies").stdout == ""
    assert "latribun: nothing is held" in hemero("copies", "--source", "latribun").stderr
    assert hemero("copies", "1", "--format", "json").stdout == "[]\n"
    assert "4711" in hemero("copies", "4711", code=2).stderr
