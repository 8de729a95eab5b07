"""Readers are nobody's business: no comment, name or address of theirs in any column or log of a crawl."""

from __future__ import annotations

import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.crawl import slow
from tests.crawl.test_running import HEMERO, Runs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PERSONAL = ("Zorglub_42", "zorglub42@lecteur.example", "JETON-COMMENTAIRE", "JETON-TEMOIN", "JETON-JSON")
COMMENTS = """<section id="comments" class="comments"><h2>2 commentaires</h2>
<article class="comment"><span class="author">Zorglub_42</span><time>le 3 mars 2026 à 10h</time>
<p>JETON-COMMENTAIRE écrivez-moi à zorglub42@lecteur.example pour en parler.</p></article>
<article class="comment"><span class="author">Zorglub_42</span><time>le 3 mars 2026 à 11h</time>
<p>Encore JETON-COMMENTAIRE du même lecteur, qui insiste beaucoup.</p></article></section>"""
DATA = {
    "@type": "NewsArticle",
    "headline": "Article {0}",
    "commentCount": 2,
    "comment": [{"@type": "Comment", "author": {"name": "Zorglub_42"}, "text": "JETON-JSON"}],
}
PAGE = slow.PAGE.replace("</body>", COMMENTS + "</body>").replace(
    "</head>", "<script type='application/ld+json'>" + json.dumps(DATA).replace("{", "{{").replace("}", "}}")
    .replace("{{0}}", "{0}") + "</script></head>")  # fmt: skip
ESCAPES = "\x1b[31mrouge\x9b1m\u202eesrevni\u200b"


@pytest.fixture
def crawled(tmp_path: Path) -> Iterator[tuple[Runs, str]]:
    with slow.serve(articles=3) as server:
        server.page = PAGE.replace("<h1>Article", "<h1>" + ESCAPES + "Article")
        server.headers = {"Set-Cookie": "lecteur=JETON-TEMOIN; Path=/"}
        runs = Runs(tmp_path, server)
        report = tmp_path / "report.json"
        said = runs.run(*HEMERO, "--verbose", "--json-log", "--report", str(report), code=0)
        yield runs, said + report.read_text("utf-8")


def columns(runs: Runs) -> Iterator[tuple[str, str]]:
    """Every text of every table and view."""
    connection = sqlite3.connect(runs.file)
    connection.row_factory = sqlite3.Row
    for (table,) in connection.execute(
        "select name from sqlite_master where type in ('table', 'view')"
    ).fetchall():
        for row in connection.execute(f'select * from "{table}"'):
            yield from ((f"{table}.{name}", str(row[name])) for name in row.keys())  # noqa: SIM118
    connection.close()


def test_what_readers_wrote_is_in_no_column_and_no_log(crawled: tuple[Runs, str]) -> None:
    runs, said = crawled
    texts = list(columns(runs))
    assert any(name == "articles.body" and "cellule de veille" in text for name, text in texts)
    assert runs.rows("select distinct comment_count from articles") == [(2,)]
    for word in PERSONAL:
        assert [name for name, text in texts if word in text] == []
        assert word not in said


def test_no_cookie_is_sent_back(crawled: tuple[Runs, str]) -> None:
    runs, _ = crawled
    assert len(runs.server.asked) > 3
    assert runs.server.cookies == []


def test_what_acts_on_a_terminal_is_stored_nowhere_and_shown_nowhere(crawled: tuple[Runs, str]) -> None:
    runs, said = crawled
    acting = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069]")
    stored = [name for name, text in columns(runs) if acting.search(text) and not name.startswith("fulltext")]
    assert stored == []
    for command in (
        ("search", "article"),
        ("show", "1"),
        ("search", "article", "--format", "csv"),
        ("health",),
    ):
        said += runs.run(*HEMERO[:3], *command, code=0)
    assert not acting.search(said)
