"""``hemero search``, ``kwic``, ``stats``, ``report`` and ``cite``, run as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crawler.db.session import writing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine

    Run = Callable[..., subprocess.CompletedProcess[str]]


def test_search_counts_and_takes_every_filter(hemero: Run) -> None:
    assert hemero("search", "contenus", "--count").stdout == "2\n"
    found = json.loads(hemero("search", "country:fr label:2", "--sort", "oldest", "--format", "json").stdout)
    assert [one["id"] for one in found["articles"]] == [3, 6]
    assert hemero("search", "=contenu", "--count").stdout == "0\n"
    assert hemero("search", "contenus NEAR/1 haineux", "--copies", "one", "--count").stdout == "2\n"


def test_numbers_and_days_may_be_as_large_as_can_be_written(hemero: Run) -> None:
    most, last = str(10**20), "9999-12-31"
    assert hemero("search", "contenus", "--until", last, "--limit", most, "--count").stdout == "2\n"
    assert "2 of 2 places" in hemero("kwic", "contenus", "--articles", most, "--limit", most).stderr
    hemero("copies", "--limit", most)
    hemero("replay", "--until", last, "--limit", most)


def test_what_a_terminal_cannot_show_ends_no_command(hemero: Run) -> None:
    hemero("stats", "contenus", PYTHONIOENCODING="ascii")
    hemero("sources", "list", PYTHONIOENCODING="ascii")


def test_kwic_as_a_table_and_for_programs(hemero: Run) -> None:
    done = hemero("kwic", "contenus", "--sort", "right", "--width", "30")
    assert "contenus haineux en" in " ".join(done.stdout.split())
    assert "2 of 2 places shown; 2 articles read" in done.stderr
    rows = list(csv.DictReader(io.StringIO(hemero("kwic", '"haine en ligne"', "--format", "csv").stdout)))
    assert [(row["article"], row["keyword"]) for row in rows] == [("3", "haine en ligne")]
    near = json.loads(hemero("kwic", "contenus", "--collocates", "--format", "json").stdout)
    assert near["words"][0]["word"] == "haineux"
    assert "haineux" in hemero("kwic", "contenus", "--collocates").stdout
    assert "needs a word" in hemero("kwic", "source:courrier", code=2).stderr


@pytest.mark.parametrize("command", ["search", "kwic", "stats", "report", "export"])
def test_an_option_that_there_is_not_is_no_word_that_must_not_be_there(hemero: Run, command: str) -> None:
    words = ("csv", "fin") if command == "export" else ("fin",)
    assert "--copies" in hemero(command, *words, "--copeis", "one", code=2).stderr


def test_a_query_that_finds_nothing_says_what_may_be_mistaken(hemero: Run) -> None:
    assert "did you mean courrier?" in hemero("search", "fin", "--source", "courier").stderr
    assert "country: has no value" in hemero("search", "fin country: fr", "--count").stderr
    assert "did you mean source?" in hemero("stats", "soruce:courrier").stderr
    assert "sujet: is no filter" in hemero("kwic", "sujet: introuvable").stderr
    for query in ("source:courrier introuvable", "https://introuvable.example", "fin"):
        assert "hemero:" not in hemero("search", query).stderr


def test_stats_as_a_table_for_programs_and_as_a_picture(hemero: Run, tmp_path: Path) -> None:
    done = hemero("stats", "contenus", "club", "--by", "year")
    assert "█" in done.stdout
    assert "2 articles in all: contenus" in done.stderr
    assert "0 articles in all: zzz" in hemero("stats", "zzz").stderr
    assert "6 articles in all\n" in hemero("stats", "--by", "source").stderr
    rows = list(
        csv.DictReader(io.StringIO(hemero("stats", "fin", "--by", "source", "--format", "csv").stdout))
    )
    assert [(row["bucket"], row["articles"], row["share"]) for row in rows] == [
        ("courrier", "5", "1.0"),
        ("depeche", "1", "1.0"),
    ]
    for name in ("a.svg", "a.png"):
        hemero("stats", "fin", "--shares", "--output", name)
        assert (tmp_path / name).stat().st_size > 1000
    assert "a.gif" in hemero("stats", "fin", "--output", "a.gif", code=2).stderr


def test_stats_keep_names_and_numbers_where_a_terminal_is_narrow(hemero: Run) -> None:
    wide = hemero("stats", "--by", "label", COLUMNS="80").stdout.splitlines()
    narrow = hemero("stats", "--by", "label", COLUMNS="40").stdout.splitlines()
    assert all(len(line) <= 40 for line in narrow)
    assert [line.split()[:4] for line in narrow] == [line.split()[:4] for line in wide]


def test_a_report_is_one_file_and_replaces_none(hemero: Run, tmp_path: Path) -> None:
    hemero("report", "contenus", "haineux", "--output", "r.html", "--title", "Contenus")
    assert "<title>Contenus</title>" in (tmp_path / "r.html").read_text("utf-8")
    assert "--force" in hemero("report", "contenus", "--output", "r.html", code=2).stderr
    assert "none" in hemero("report", "contenus", "--output", "none/r.html", code=3).stderr
    assert "r.pdf: a page's name ends in" in hemero("report", "fin", "--output", "r.pdf", code=2).stderr
    (tmp_path / "news.db").write_bytes(b"SQLite format 3\0")
    assert "news.db" in hemero("report", "contenus", "--output", "news.db", "--force", code=2).stderr
    assert "news.db" in hemero("diff", "3", "--html", "news.db", code=2).stderr


def test_a_command_that_there_is_not_is_told_what_is_spelled_alike(hemero: Run) -> None:
    assert "search" in hemero("serch", "fin", code=2).stderr
    assert "did you mean latribune?" in hemero("sources", "show", "latribnue", code=2).stderr


@pytest.mark.parametrize("command", ["sources list --country LU", "--help"])
def test_an_output_that_takes_nothing(command: str) -> None:
    full = "hemero: standard output: No space left on device\n"
    for end, code, said in ((">&-", 0, ""), ("> /dev/full", 3, full)):
        done = subprocess.run(
            ["/bin/sh", "-c", f"{sys.executable} -m crawler.cli {command} {end}"],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, said)


def test_show_leads_to_the_capture(hemero: Run, engine: Engine) -> None:
    assert "wayback          https://web.archive.org/web/20240603" in hemero("show", "5").stdout
    with writing(engine).begin() as connection:
        held = "warc_file = 'a.warc.gz', warc_offset = 7, warc_record = '<urn:uuid:1>'"
        connection.exec_driver_sql(f'UPDATE "fetch" SET {held}')
    shown = hemero("show", "5").stdout
    for part in ("<urn:uuid:1>", "a.warc.gz at 7", "replay at        2024060"):
        assert part in shown
    assert json.loads(hemero("show", "5", "--json").stdout)["capture"]["file"] == "a.warc.gz"


def test_citations_in_every_form(hemero: Run) -> None:
    text = hemero("cite", "3", "HTTPS://courrier.example:443/plan").stdout.splitlines()
    assert text[0].startswith("La proposition d'Avia devant le Sénat. courrier [en ligne]. 2 avril 2024 [")
    assert text[1].endswith("https://courrier.example/plan")
    assert "(2024, 2 avril)" in hemero("cite", "3", "--style", "apa", "--capture").stdout
    assert hemero("cite", "3", "--format", "bibtex").stdout.startswith("@article{")
    assert hemero("cite", "3", "--format", "ris").stdout.startswith("TY  - NEWS\n")
    assert json.loads(hemero("cite", "3", "--format", "csl-json").stdout)[0]["type"] == "article-newspaper"
    assert "999" in hemero("cite", "999", code=2).stderr
