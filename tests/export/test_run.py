"""``hemero export``: files that appear when they are whole, with a codebook and a manifest that are true."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.db.session import writing
from crawler.export.formats import FORMATS

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.engine import Engine

    from tests.export.conftest import Hemero


def manifest(folder: Path, name: str) -> Any:  # noqa: ANN401 -- JSON
    return json.loads((folder / f"{name}.manifest.json").read_text("utf-8"))


@pytest.mark.parametrize(
    "form", [form for form in FORMATS if form != "wacz"]
)  # it needs captures: tests/archive
def test_every_format_is_written_with_its_codebook_and_manifest(
    hemero: Hemero, tmp_path: Path, form: str
) -> None:
    name = FORMATS[form].default
    done = hemero("export", form, "fin", "--until", "2024-05")
    assert done == f"{name}: 4 articles\n"
    told = manifest(tmp_path, name)
    assert told["query"] == 'fin until:"2024-05"'
    assert told["articles"] == 4
    assert (told["first_published"], told["last_published"]) == ("2024-01-31", "2024-05-03")
    assert told["schema"]
    assert told["files"]
    for file in told["files"]:
        found = (tmp_path / file["name"]).read_bytes()
        assert (len(found), hashlib.sha256(found).hexdigest()) == (file["bytes"], file["sha256"])
    with (tmp_path / f"{name}.codebook.csv").open(encoding="utf-8", newline="") as opened:
        assert len(list(csv.reader(opened))) > 3
    assert not list(tmp_path.glob(".*.partial"))


def test_nothing_is_replaced_unless_it_is_asked_for(hemero: Hemero, tmp_path: Path) -> None:
    (tmp_path / "corpus.csv").write_text("mine")
    assert "--force" in hemero("export", "csv", code=2)
    assert (tmp_path / "corpus.csv").read_text() == "mine"
    hemero("export", "csv", "--force")
    assert (tmp_path / "corpus.csv").read_text("utf-8").startswith("id,url,source")


def test_force_replaces_no_database_and_no_folder_that_is_no_export(hemero: Hemero, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("mine")
    (tmp_path / "news.db").write_bytes(b"SQLite format 3\0mine")
    (tmp_path / "link").symlink_to("news.db")
    for form, name in (
        ("text", "notes"),
        ("text", "."),
        ("sqlite", "news.db"),
        ("csv", "link"),
        ("csv", "-"),
    ):
        hemero("export", form, "--output", name, "--force", code=2)
    assert (tmp_path / "notes" / "mine.txt").read_text() == "mine"
    assert (tmp_path / "news.db").read_bytes().endswith(b"mine")
    for form in ("text", "sqlite"):
        hemero("export", form)
        hemero("export", form, "--force")


def test_what_cannot_be_is_said_in_a_sentence(hemero: Hemero, tmp_path: Path) -> None:
    assert "since:hier" in hemero("export", "csv", "--since", "hier", code=2)
    assert "nowhere" in hemero("export", "csv", "--output", "nowhere/a.csv", code=3)
    assert "nofmt" in hemero("export", "nofmt", code=2)
    assert not list(tmp_path.glob("corpus*"))


def test_what_is_not_kept_is_counted(hemero: Hemero, tmp_path: Path) -> None:
    hemero("export", "jsonl", "-source:depeche")
    told = manifest(tmp_path, "corpus.jsonl")
    left = sum(one["count"] for one in told["left_out"].values())
    lines = (tmp_path / "corpus.jsonl").read_text("utf-8").splitlines()
    assert (told["articles"], left) == (len(lines), 1)
    assert {json.loads(line)["source"] for line in lines} == {"courrier"}


def test_an_export_that_finds_nothing_is_whole(hemero: Hemero, tmp_path: Path) -> None:
    hemero("export", "csl-json", "soleil")
    assert json.loads((tmp_path / "corpus.json").read_text("utf-8")) == []
    assert manifest(tmp_path, "corpus.json")["articles"] == 0


KILLED = """
import os, sys
from crawler.corpus.stream import Selection
read = Selection.articles

def articles(selection):
    for number, record in enumerate(read(selection)):
        if number == 3:
            os.kill(os.getpid(), 9)
        yield record

Selection.articles = articles
from crawler.cli import main
main(["export", sys.argv[1]])
"""


@pytest.mark.parametrize("form", ["csv", "txm", "sqlite"])
def test_a_killed_export_leaves_nothing_under_its_name(hemero: Hemero, tmp_path: Path, form: str) -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", KILLED, form], env=env, cwd=tmp_path, check=False)
    assert done.returncode == -9
    [left] = [
        file for file in tmp_path.iterdir() if file.name != "hemero.db" and "hemero.db-" not in file.name
    ]
    assert left.name.endswith(".partial")
    hemero("export", form)
    assert (tmp_path / FORMATS[form].default).exists()
    assert not left.exists()


def test_of_copies_one_is_enough(hemero: Hemero, engine: Engine, tmp_path: Path) -> None:
    with writing(engine).begin() as connection:
        connection.execute(
            sa.text("INSERT INTO cluster (id, first_seen_at) VALUES (900, '2025-01-01T00:00:00+00:00')")
        )
        connection.execute(sa.text("UPDATE article SET cluster_id = 900 WHERE id IN (1, 2)"))
    assert "left out: 1: a copy" in hemero("export", "jsonl", "--copies", "one")
    lines = (tmp_path / "corpus.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == [1, 3, 4, 5, 6]
    assert manifest(tmp_path, "corpus.jsonl")["copies"] == "one"


def test_what_a_kill_left_beside_no_target_is_written_anew(hemero: Hemero, tmp_path: Path) -> None:
    (tmp_path / "corpus.csv.codebook.csv").write_text("of a killed export")
    hemero("export", "csv")
    assert (tmp_path / "corpus.csv.codebook.csv").read_text("utf-8").startswith("column,holds")
