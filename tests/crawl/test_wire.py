"""What servers do, and the outcome each address gets for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.demo.server import serve
from tests.crawl.conftest import Crawl

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGE = """<!DOCTYPE html><html lang="fr"><head><title>{0}</title></head><body><article><h1>{0}</h1>
<p>Les enquêteurs ont reçu deux cents signalements depuis lundi, dont la moitié visait un seul compte.</p>
<p>« Nous demandons aux hébergeurs de répondre dans l'heure », rappelle la cheffe du service.</p>
<p>Les associations réclament un accès aux décisions, afin de savoir ce qui disparaît et pourquoi.</p>
</article></body></html>"""
SITE = """
["/parti"]
status = 302
redirect = "http://autre.example/parti"
["/boucle"]
status = 301
redirect = "http://www.fleuve.example/boucle"
["/ferme"]
status = 410
file = "une-plateforme-de-signalement.html"
["/panne"]
fail_first = 99
["/dossier"]
file = "dossier.pdf"
headers = { Content-Type = "application/pdf" }
["/plus-tard"]
fail_first = 1
file = "une-plateforme-de-signalement.html"
"""
FAST = "DOWNLOAD_DELAY=0.001"
SOON = "BACKOFF=0.1"
OUTCOMES = {
    "une-plateforme-de-signalement": ("stored", 200),
    "plus-tard": ("duplicate", 200),
    "parti": ("redirect_refused", None),
    "boucle": ("redirect_refused", None),
    "ferme": ("http_error", 410),
    "nulle-part": ("http_error", 404),
    "panne": ("retry_later", 503),
    "dossier": ("archived_only", 200),
    "interdit": ("robots_denied", None),
}


@pytest.fixture
def river(tmp_path: Path) -> Iterator[Crawl]:
    """One newspaper that does everything wrong, and another site that nobody may be sent to."""
    papers = tmp_path / "papers"
    for host in ("www.fleuve.example", "autre.example", "ferme.example"):
        (papers / host).mkdir(parents=True)
        (papers / host / "404.html").write_text(PAGE.format("Page introuvable"), "utf-8")
        (papers / host / "une-plateforme-de-signalement.html").write_text(
            PAGE.format("Une plateforme de signalement"), "utf-8"
        )
    (papers / "www.fleuve.example" / "site.toml").write_text(SITE, "utf-8")
    (papers / "www.fleuve.example" / "robots.txt").write_text("User-agent: Hemero\nDisallow: /interdit\n")
    (papers / "www.fleuve.example" / "dossier.pdf").write_bytes(b"%PDF-1.7\n")
    (papers / "ferme.example" / "site.toml").write_text('["/robots.txt"]\nfail_first = 99\n')
    with serve(papers) as site:
        yield Crawl(tmp_path, site)


def test_every_answer_has_its_outcome(river: Crawl) -> None:
    addresses = [f"http://www.fleuve.example/{path}" for path in OUTCOMES]
    river.scrapy("page", "-a", f"url={' '.join(addresses)}", "-s", FAST, "-s", SOON, code=7)
    rows = river.rows("select url, outcome, status from outcomes")
    got = {row["url"].rpartition("/")[2]: (row["outcome"], row["status"]) for row in rows}
    assert got == OUTCOMES
    assert "autre.example" not in {record["host"] for record in river.site.log}
    assert "/interdit" not in {record["path"] for record in river.site.log}
    [article] = river.rows("select url from articles")
    assert article["url"] == "http://www.fleuve.example/une-plateforme-de-signalement"


def test_a_host_whose_robots_txt_fails_is_left_alone(river: Crawl) -> None:
    river.scrapy("page", "-a", "url=http://ferme.example/x-y-z", "-s", FAST, "-s", SOON, code=7)
    [row] = river.rows("select outcome from outcomes")
    assert row["outcome"] == "robots_unreachable"
    assert {record["path"] for record in river.site.log} == {"/robots.txt"}


def test_rules_are_kept_a_day_for_a_host_that_fails(river: Crawl) -> None:
    url = "url=http://www.fleuve.example/une-plateforme-de-signalement"
    river.scrapy("page", "-a", url, "-s", FAST, "-s", SOON)
    (river.folder / "papers/www.fleuve.example/site.toml").write_text('["/robots.txt"]\nfail_first = 99\n')
    with serve(river.folder / "papers") as site:
        river.site = site
        river.scrapy("page", "-a", url, "-s", FAST, "-s", SOON)
        river.change("update robots set fetched_at = '2020-01-01T00:00:00+00:00'")
        river.scrapy("page", "-a", url, "-s", FAST, "-s", SOON, code=7)
