"""What a site reserves: texts are let go, what is known of them stays, and the report says so."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest

from crawler.archive.reader import captures
from crawler.demo.server import serve
from tests.crawl.conftest import Crawl
from tests.crawl.test_wire import FAST, PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "www.fleuve.example"
SITE = """
["/par-l-en-tete"]
headers = { tdm-reservation = "1", X-Robots-Tag = "noarchive" }
file = "par-l-en-tete.html"
["/libre-par-l-en-tete"]
headers = { tdm-reservation = "0" }
file = "libre-par-l-en-tete.html"
"""
TITLES = {
    "libre": "Une plateforme de signalement ouvre ses portes au public",
    "par-l-en-tete": "Les hébergeurs devront répondre dans la journée",
    "par-la-page": "Un contre-discours écrit par des lycéens",
    "reserve-par-le-fichier": "La cellule de veille publie son bilan annuel",
    "libre-par-l-en-tete": "Des parents formés à la prévention en ligne",
}
META = '<meta content="1" name="tdm-reservation"><meta name="robots" content="NoAI, noindex">'
RULES = [
    {"location": "/*par-le-fichier", "tdm-reservation": 1},
    {"location": "/libre-", "tdm-reservation": 1},
]


@pytest.fixture
def river(tmp_path: Path) -> Iterator[Crawl]:
    """A newspaper that reserves its rights in three ways."""
    folder = tmp_path / "papers" / HOST
    (folder / ".well-known").mkdir(parents=True)
    (folder / "site.toml").write_text(SITE, "utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n")
    (folder / ".well-known" / "tdmrep.json").write_text(json.dumps(RULES), "utf-8")
    for name, title in TITLES.items():
        page = PAGE.format(title).replace("deux cents", title)
        page = page.replace("<title>", f"{META}<title>") if name == "par-la-page" else page
        (folder / f"{name}.html").write_text(page, "utf-8")
    catalogue = tmp_path / "catalogue"
    catalogue.mkdir()
    with serve(tmp_path / "papers") as site:
        yield Crawl(tmp_path, site, {"HEMERO_CATALOGUE": str(catalogue)})


def declare(river: Crawl, *lines: str) -> None:
    """The newspaper as a source."""
    said = ('name = "Le Fleuve"', f'home = "http://{HOST}/"', "article = '/[a-z]+-'", "pace = 0", *lines)
    (river.folder / "catalogue" / "fleuve.toml").write_text("\n".join(said), "utf-8")


def crawl(river: Crawl) -> dict[str, tuple[str, str, bool]]:
    """Crawl every page: its outcome, what reserves it, and whether its text is held."""
    river.scrapy("page", "-a", f"url={' '.join(f'http://{HOST}/{name}' for name in TITLES)}", "-s", FAST)
    rows = river.rows(
        "select page.url, page.outcome, fetch.tdm_reservation as tdm, articles.body from page"
        " join fetch on fetch.page_id = page.id join articles on articles.url = page.url"
    )
    return {row["url"].rpartition("/")[2]: (row["outcome"], row["tdm"], bool(row["body"])) for row in rows}


def test_a_reserved_text_is_let_go(river: Crawl) -> None:
    declare(river)
    assert crawl(river) == {
        "libre": ("stored", "", True),
        "par-l-en-tete": ("tdm_reserved", "1 (header)", False),
        "par-la-page": ("tdm_reserved", "1 (meta)", False),
        "reserve-par-le-fichier": ("tdm_reserved", "1 (tdmrep.json)", False),
        "libre-par-l-en-tete": ("stored", "0 (header)", True),
    }
    for row in river.rows("select title, published_at, relevance from articles"):
        assert row["title"] in TITLES.values()
        assert row["relevance"] is not None
    notices = {row["x_robots_tag"] for row in river.rows("select x_robots_tag from fetch")}
    assert notices == {"", "noarchive", "noai, noindex"}
    crawl(river)
    assert [record["path"] for record in river.site.log].count("/.well-known/tdmrep.json") == 1


def archived(river: Crawl) -> tuple[set[str], bytes]:
    """The pages of which the archive holds an answer, and all that it holds."""
    files = sorted((river.folder / "archive").glob("*.warc.gz"))
    held = [capture for file in files for capture in captures(file)]
    urls = {capture.url.rpartition("/")[2] for capture in held if capture.status == 200}
    return urls & set(TITLES), b"".join(gzip.decompress(file.read_bytes()) for file in files)


@pytest.mark.parametrize("comments", ["keep", "strip"])
def test_no_answer_that_is_reserved_is_archived(river: Crawl, comments: str) -> None:
    declare(river)
    river.env["HEMERO_ARCHIVE_COMMENTS"] = comments
    for _ in range(2):  # the second time the bytes are the same, and nobody reads them
        crawl(river)
        urls, everything = archived(river)
        assert urls == {"libre", "libre-par-l-en-tete"}
        assert everything.count(b"tdm: 1 (meta)") == everything.count(b"tdm: 1 (header)") > 0
        river.change("update page set next_due_at = '2020-01-01 00:00:00'")
    river.hemero("archive", "verify", "--all")


def test_a_replay_keeps_no_reserved_text(river: Crawl) -> None:
    declare(river, 'reserved = "research"', 'legal_basis = "Directive (EU) 2019/790, art. 3"')
    crawl(river)
    declare(river)
    river.hemero("replay", "--switch")
    rows = river.rows("select title, body from articles")
    free = {TITLES["libre"], TITLES["libre-par-l-en-tete"]}
    assert {row["title"] for row in rows if row["body"]} == free
    assert {row["title"] for row in rows if not row["body"]} == set(TITLES.values()) - free
    records = river.rows("select record from extraction where outcome = 'tdm_reserved'")
    assert not [row for row in records if json.loads(row["record"]).get("body")]
    river.hemero("db", "check")


def test_research_keeps_it_on_a_stated_basis(river: Crawl) -> None:
    declare(river, 'reserved = "research"')
    assert "legal_basis" in river.scrapy("fleuve", code=2).stderr
    declare(river, 'reserved = "research"', 'legal_basis = "Directive (EU) 2019/790, art. 3"')
    assert {outcome for outcome, _, _ in crawl(river).values()} == {"stored"}


def test_the_report_of_compliance(river: Crawl) -> None:
    declare(river)
    crawl(river)
    said = river.hemero("sources", "compliance", "fleuve", "--json").stdout
    [report] = json.loads(said)
    assert report["reserved"] == {"tdm_reserved": 3, "header": 1, "meta": 1, "tdmrep.json": 1}
    [origin] = report["origins"]
    assert origin["content_signal"] == "search=yes, ai-train=no"
    assert (origin["robots"], origin["tdmrep"]) == ("rules (200)", 200)
    assert report["notices"] == {"noarchive": 1, "noai, noindex": 1}
    assert "art. 4" in river.hemero("sources", "compliance", "fleuve").stdout
