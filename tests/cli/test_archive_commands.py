"""``hemero search``, ``show`` and ``db``, run as a user runs them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from crawler.cli.shown import printable
from crawler.db import schema, session
from crawler.db.store import Store
from crawler.export.cells import cell
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy.engine import Engine

    Run = Callable[..., subprocess.CompletedProcess[str]]


SLIPS: dict[str, tuple[tuple[str, ...], int, str]] = {
    "key": (("sources", "add", "x.example", "--key", "../x"), 2, "--key ../x"),
    "pace": (("sources", "add", "x.example", "--pace", "nan"), 2, "is not between 0 and"),
    "number": (("sources", "add", "127.0.0.1"), 1, "is no address of the public internet"),
    "erasure": (("erase", "not an address", "--why", "x", "--yes"), 2, "not an http address"),
    "addresses": (("backfill", "urls", "empty"), 2, "empty: holds no address"),
    "warc": (("backfill", "files", "empty"), 7, "empty: the file is empty"),
    "closed": (("backfill", "ccnews", "http://127.0.0.1:1/x.warc.gz"), 7, "Connection refused"),
    "export": (("replay", "--export", "nowhere/x.csv"), 3, "the folder nowhere is missing"),
    "limit": (("replay", "--limit", "0"), 2, "limit: expected a number above 0"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_before_anything_is_done(hemero: Run, tmp_path: Path, slip: str) -> None:
    (tmp_path / "empty").write_text("")
    command, code, said = SLIPS[slip]
    done = hemero(*command, code=code)
    assert said in done.stderr
    assert "replay 1" not in done.stdout


def test_search_gives_a_line_an_article_where_there_is_no_terminal(hemero: Run) -> None:
    done = hemero("search", "contenus", "haineux", "--source", "courrier", "--until", "2024-01")
    assert (
        done.stdout
        == "1\t2024-01-31\tcourrier\tUn plan contre la radicalisation en ligne\thttps://courrier.example/plan\n"
    )
    assert done.stderr == "1 article found\n"
    assert hemero("search", "haine", "-plateformes", "--limit", "1", "--sort", "date").stdout.startswith(
        "3\t"
    )


def test_a_word_that_must_not_be_there_is_no_option(hemero: Run) -> None:
    assert hemero("search", "contenus", "-haine", "-source:depeche").stdout.startswith("1\t")


def test_search_as_json_and_csv(hemero: Run) -> None:
    found = json.loads(hemero("search", "radicalis*", "--format", "json").stdout)
    assert (found["total"], {one["id"] for one in found["articles"]}) == (2, {1, 2})
    assert found["articles"][0]["published_at"].endswith("+00:00")
    rows = list(csv.DictReader(io.StringIO(hemero("search", "club OR vidéo", "--format", "csv").stdout)))
    assert {row["id"]: row["published_at"] for row in rows} == {"4": "2024-05-03T23:30:00+00:00", "6": ""}


def test_show_gives_text_and_provenance(hemero: Run) -> None:
    shown = hemero("show", "5").stdout
    for part in (
        "Propagande djihadiste",
        "AFP; Reuters",
        "2024-06-03",
        "200: allowed",
        "contenus haineux",
        "stored",
    ):
        assert part in shown
    same = hemero("show", "HTTPS://depeche.example:443/agence?utm_source=x#haut").stdout
    assert same == shown
    record = json.loads(hemero("show", "5", "--json").stdout)
    assert record["article"]["agency"] == "AFP; Reuters"
    assert record["fetch"]["status"] == 200
    assert record["revisions"][0]["number"] == 1


def test_show_says_what_became_of_an_address_that_is_no_article(hemero: Run, engine: Engine) -> None:
    now = dt.datetime.now(dt.UTC)
    url = "https://courrier.example/mur"
    fetch = Fetch(
        source="courrier",
        url=url,
        kind="article",
        fetched_at=now,
        outcome="robots_denied",
        reason="Disallow: /mur",
    )
    Store(engine).save(None, [fetch])
    shown = hemero("show", url).stdout
    assert "no article" in shown
    assert "robots_denied" in shown
    assert "Disallow: /mur" in shown
    assert "ever taken on" in hemero("show", "https://nowhere.example/", code=2).stderr


def test_what_strangers_wrote_does_not_act_on_the_terminal(hemero: Run, engine: Engine) -> None:
    now = dt.datetime.now(dt.UTC)
    fetch = Fetch(source="courrier", url="https://courrier.example/x", kind="article", fetched_at=now)
    title = "=HYPERLINK(1)\x1b]8;;http://x\x07 \u202egras"
    Store(engine).save(
        None, [Article(url=fetch.url, title=title, body="\x1b[31mrouge vif", source="courrier", fetch=fetch)]
    )
    for arguments in (["search", "vif"], ["search", "vif", "--format", "json"], ["show", fetch.url]):
        out = hemero(*arguments).stdout
        assert "\x1b" not in out
        assert arguments[-1] == "json" or "\u202e" not in out
    [row] = csv.DictReader(io.StringIO(hemero("search", "vif", "--format", "csv").stdout))
    assert row["title"] == "'" + title.replace("\n", " ")


def test_errors_are_one_sentence_with_their_code(hemero: Run, engine: Engine, tmp_path: Path) -> None:
    assert "since:hier" in hemero("search", "x", "--since", "hier", code=2).stderr
    missing = hemero("search", "x", code=6, HEMERO_DATABASE_URL=f"sqlite:///{tmp_path / 'none.db'}").stderr
    assert "there is no database yet" in missing
    assert "neither sqlite" in hemero("db", "check", code=2, HEMERO_DATABASE_URL="mysql://h/d").stderr
    schema.downgrade(engine, "0001")
    assert "hemero db upgrade" in hemero("search", "x", code=4).stderr
    assert "hemero db upgrade" in hemero("db", "check", code=4).stderr
    assert "up to date" in hemero("db", "upgrade").stdout
    assert "up to date" in hemero("db", "check").stdout
    assert hemero("search", "club").stdout.startswith("4\t")
    with session.writing(engine).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer" in hemero("db", "upgrade", code=4).stderr


@pytest.mark.parametrize("command", [("search",), ("show",), ("db",), ("db", "upgrade"), ("db", "check")])
def test_every_command_explains_itself(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crawler.cli", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "Usage: hemero" in done.stdout
    assert command == ("db",) or "Example" in done.stdout


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", "'=1", "＝1", "sûr", "", "'", "''="]
)
def test_cells_are_no_formulas_and_can_be_read_back(text: str) -> None:
    shown = cell(text)
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
    assert shown.removeprefix("'") == text


def test_printable_text_keeps_what_is_harmless() -> None:
    assert printable("é\t« ok »\n\x1b[0m\u202e\x9b") == "é\t« ok »\n\\x1b[0m\\u202e\\x9b"


def test_no_is_no_to_erase(hemero: Run) -> None:
    held = hemero("search", "contenus", "--count").stdout
    asked = hemero("erase", "--source", "courrier", "--why", "the publisher objects", answer="n\n").stdout
    assert asked.endswith("nothing was erased\n")
    assert hemero("search", "contenus", "--count").stdout == held != "0\n"
