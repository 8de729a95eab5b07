"""``hemero sources add``: sites that nobody declared are found out, declared, and crawled whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.demo.server import serve
from crawler.sources.files import read
from tests.crawl.conftest import Crawl
from tests.discovery import sites

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    "make",
    [sites.wordpress, sites.drupal, sites.program, sites.studio, sites.tabloid],
    ids=lambda make: make.__name__,
)
def test_an_unknown_site_is_added_and_crawled_whole(
    make: Callable[[Path], tuple[str, list[str]]], tmp_path: Path
) -> None:
    host, articles = make(tmp_path / "sites")
    with serve(tmp_path / "sites") as server:
        user = Crawl(tmp_path, server, {"HEMERO_CATALOGUE": "", "HEMERO_DATA": str(tmp_path)})
        said = user.hemero("sources", "add", f"http://{host}/", "--yes", "--pace", "0").stdout
        [file] = (tmp_path / "catalogue").glob("*.toml")
        assert said.count("2026-06-") >= 10, "ten articles are shown as read"
        before = len(server.log)
        user.hemero("crawl", file.stem, HEMERO_KEEP="relevant")
        asked = [record["path"].partition("?from=")[0] for record in server.log[before:]]
        assert {path: asked.count(path) for path in articles} == dict.fromkeys(articles, 1)
        stored = {row["url"] for row in user.rows("select url from articles")}
        assert stored == {f"http://{host}{path}" for path in articles}
        source = read(file)
        assert source.timezone == ("Pacific/Tahiti" if "delta" in host else "Europe/Paris")
        assert source.language == "fr"
        lists = [
            f"http://{host}{path}"
            for path in ("/", "/page/2/", "/category/ville/", "/tag/port/", "/actualites?page=1")
        ]
        assert not [url for url in lists if source.is_article(url)]


def test_a_site_that_is_declared_is_not_added_again(tmp_path: Path) -> None:
    with serve() as server:
        user = Crawl(tmp_path, server, {"HEMERO_DATA": str(tmp_path)})
        said = user.hemero("sources", "add", "www.tribune.example", "--yes", code=2).stderr
        assert "tribune is a source already" in said
        said = user.hemero("sources", "add", "www.tribune.example", "--key", "mine", "--yes", code=2).stderr
        assert "belongs to the source 'tribune'" in said
        assert not server.log


def test_a_site_that_forbids_robots_is_not_added(tmp_path: Path) -> None:
    site = sites.Site(tmp_path / "sites", "ferme.example", [])
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n", "text/plain")
    site.plain("/", "Fermé")
    with serve(tmp_path / "sites") as server:
        user = Crawl(tmp_path, server, {"HEMERO_CATALOGUE": "", "HEMERO_DATA": str(tmp_path)})
        said = user.hemero("sources", "add", "http://ferme.example/", "--yes", "--pace", "0", code=1).stderr
        assert "robots.txt forbids it" in said
        assert {record["path"] for record in server.log} == {"/robots.txt"}
        assert not list((tmp_path / "catalogue").glob("*"))


def test_pages_whose_rights_are_reserved_are_told(tmp_path: Path) -> None:
    host, articles = sites.drupal(tmp_path / "sites")
    rule = f'[{{"location": "{articles[0]}", "tdm-reservation": 1}}]'
    site = sites.Site(tmp_path / "sites", host, [])
    site.files = 1_000
    site.entries = [(tmp_path / "sites" / host / "site.toml").read_text("utf-8")]
    site.put("/.well-known/tdmrep.json", rule, "application/json")
    with serve(tmp_path / "sites") as server:
        user = Crawl(tmp_path, server, {"HEMERO_CATALOGUE": "", "HEMERO_DATA": str(tmp_path)})
        said = user.hemero("sources", "add", f"http://{host}/", "--yes", "--pace", "0").stdout
        assert "1 of the pages read reserve text and data mining" in said


def test_days_parts_of_lists_and_films_are_neither_articles_nor_listings(tmp_path: Path) -> None:
    menu = [("/ville", "Ville"), ("/2026/06/03", "3"), ("/films/le-journal-du-soir-en-images", "Film")]
    site = sites.Site(tmp_path / "sites", "jours.example", menu)
    articles = [(f"/2026/06/{n + 1:02}/{sites.slug(sites.TITLES[n])}", n) for n in range(8)]
    for path, number in articles:
        site.article(path, number)
    site.listing("/", "Les Jours", articles[:4], "<a href='http://jours.example/page/2'>Plus anciens</a>")
    site.listing("/page/2", "Les Jours", articles[4:])
    asked = ("?type=video", "?theme=port&tri=ancien", "?theme=eau&tri=ancien")
    parts = "".join(f"<a href='/ville{part}'>{part}</a>" for part in asked)
    for part in ("", *asked):
        site.listing(f"/ville{part}", "Ville", articles[2:6], parts)
    site.listing("/category/port/", "Port", articles[:3])
    for path in ("/plan.xml", "/plan-categories.xml"):
        further = "<sitemap><loc>http://jours.example/plan-categories.xml</loc></sitemap>"
        named = "<url><loc>http://jours.example/category/port/</loc></url>"
        kind = ("sitemapindex", further) if path == "/plan.xml" else ("urlset", named)
        site.put(path, f"<{kind[0]}>{kind[1]}</{kind[0]}>", "application/xml")
    site.put("/robots.txt", "User-agent: *\nSitemap: http://jours.example/plan.xml\n", "text/plain")
    teaser = f"<h2><a href='{articles[2][0]}'>{sites.TITLES[2]}</a></h2>{sites.prose(2)}"
    site.put("/2026/06/03", site.page("Jour : 3 juin 2026", teaser))
    film = "<video src='/f.mp4'></video>" + "".join(
        f"<a href='{path}'>À voir</a>" for path, _ in articles[:2]
    )
    site.put("/films/le-journal-du-soir-en-images", site.page("Le journal du soir en images", film))
    with serve(tmp_path / "sites") as server:
        user = Crawl(tmp_path, server, {"HEMERO_CATALOGUE": "", "HEMERO_DATA": str(tmp_path)})
        user.hemero("sources", "add", "http://jours.example/", "--yes", "--pace", "0")
        [file] = (tmp_path / "catalogue").glob("*.toml")
        source = read(file)
        assert all(source.is_article(f"http://jours.example{path}") for path, _ in articles)
        assert not source.is_article("http://jours.example/2026/06/04")
        listings = {listing.url for listing in source.listings}
        assert listings == {"http://jours.example/ville", "http://jours.example/category/port/"}
        assert sum("/ville?" in record["path"] for record in server.log) < 3


def test_check_shows_what_lists_and_rules_give(tmp_path: Path) -> None:
    with serve() as server:
        user = Crawl(tmp_path, server)
        said = user.hemero("sources", "check", "bledi").stdout
        assert "feed     stored (200)  3" in said
        assert "rule title  1 found, « Le permis de conduire" in said
        assert "rule comments  1 found  //div[@id = 'comments']" in said
        assert "NON" not in said
        gone = "http://www.bledi.example/un-article-retire,118220.html"
        assert (
            "http_error: status 410" in user.hemero("sources", "check", "bledi", "--url", gone, code=7).stdout
        )
        foreign = user.hemero("sources", "check", "bledi", "--url", "http://www.fenua.example/x", code=2)
        assert "is on no host of bledi" in foreign.stderr
    assert not user.file.exists()
