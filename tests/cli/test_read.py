"""``hemero read``: a saved page as an article, and why."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PAGE = (
    "<html lang='fr'><head><title>Une charte à Morvelle</title></head><body><nav><a "
    "href='/'>Accueil</a></nav>"
    "<article><h1>Une charte à Morvelle</h1><p class='chapo'>Le conseil a présenté mardi un texte que les "
    "associations jugent trop vague.</p><div><p>La charte tient en douze pages. Elle demande aux "
    "hébergeurs de "
    "nommer un interlocuteur unique, joignable jour et nuit.</p><p>Les associations redoutent des "
    "retraits trop "
    "larges, et le font savoir depuis une semaine par tous les moyens.</p></div></article>"
    "<div id='comments'><p>Zut alors.</p></div></body></html>"
)


def hemero(*arguments: str, page: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "crawler.cli", "read", *arguments]
    return subprocess.run(command, input=page, capture_output=True, text=True, check=False)


def test_a_saved_page_is_printed(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(PAGE, "utf-8")
    done = hemero(str(file), "--url", "https://phare.example/2024/05/charte.html")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Une charte à Morvelle\n")
    assert "https://phare.example/2024/05/charte.html" in done.stdout
    assert "douze pages" in done.stdout
    assert "Zut" not in done.stdout


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0042)https://phare.example/2024/05/charte.html -->",
        "<!--\n Page saved with SingleFile \n url: https://phare.example/2024/05/charte.html \n -->",
    ],
)
def test_a_saved_page_may_say_where_it_is_from(note: str) -> None:
    saved = f"<!DOCTYPE html>\n{note}\n{PAGE}"
    assert json.loads(hemero("-", "--json", page=saved).stdout)["url"] == (
        "https://phare.example/2024/05/charte.html"
    )
    told = hemero("-", "--json", "--url", "https://phare.example/5", page=saved).stdout
    assert json.loads(told)["url"] == "https://phare.example/5"


def test_why_names_signals_and_what_was_cut() -> None:
    done = hemero("-", "--why", page=PAGE)
    assert "title  h1" in done.stdout
    assert "tag nav  « Accueil »" in done.stdout
    assert "2 words  markup comments\n" in done.stdout


def test_json_has_the_names_of_the_columns() -> None:
    record = json.loads(hemero("-", "--json", page=PAGE).stdout)
    assert record["lead"].startswith("Le conseil")
    assert {"title", "body", "authors", "published_at", "access", "comment_count", "cuts"} <= record.keys()
    assert "relevance" not in record


def test_what_is_no_article_ends_with_one_sentence() -> None:
    done = hemero("-", page="<html></html>")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("hemero: ")
    assert "Traceback" not in done.stderr


def test_why_shows_what_was_cut_of_what_is_no_article_too() -> None:
    done = hemero("-", "--why", page="<nav><a href='/'>Accueil</a></nav><p>Page introuvable</p>")
    assert "tag nav  « Accueil »" in done.stdout
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = hemero(str(tmp_path / "nichts.html"))
    assert done.returncode == 2
    assert "nichts.html" in done.stderr


@pytest.mark.parametrize(
    "body", [b"SQLite format 3\0\x10\0\x01", gzip.compress(PAGE.encode()), b"%PDF-1.7\n<<"]
)
def test_a_file_that_is_no_text_is_named(body: bytes, tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    file.write_bytes(body)
    done = hemero(str(file))
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "archive.db: not a page" in done.stderr


def test_utf_16_is_text(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(PAGE.encode("utf-16"))
    assert hemero(str(file)).stdout.startswith("Une charte à Morvelle\n")
