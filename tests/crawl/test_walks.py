"""How far a run walks along a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.demo.server import serve
from tests.crawl.conftest import Crawl
from tests.crawl.test_wire import FAST, PAGE

if TYPE_CHECKING:
    from pathlib import Path

HOST = "www.fleuve.example"


def test_a_listing_is_walked_on_past_what_its_feed_has_named(tmp_path: Path) -> None:
    """What this run has fetched by the way of a feed is as new as what it has not asked for yet."""
    numbers = range(1, 9)
    folder = tmp_path / "papers" / HOST
    folder.mkdir(parents=True)
    (folder / "robots.txt").write_text("User-agent: *\n", "utf-8")
    for number in numbers:
        text = PAGE.format(f"Une plateforme de signalement {number}").replace("</p>", f" {number}</p>")
        (folder / f"article-{number}.html").write_text(text, "utf-8")
        further = f'<a href="/une-{number + 1}.html">Suivant</a>' * (number < 8)
        teaser = f'<ul><li><a href="/article-{number}">Une plateforme</a></li></ul>{further}'
        (folder / f"une-{number}.html").write_text(f"<body>{teaser}</body>", "utf-8")
    items = "".join(f"<item><link>http://{HOST}/article-{number}</link></item>" for number in range(7, 0, -1))
    (folder / "rss.xml").write_text(f'<rss version="2.0"><channel>{items}</channel></rss>', "utf-8")
    (tmp_path / "catalogue").mkdir()
    lists = f'feeds = ["http://{HOST}/rss.xml"]\nlistings = [{{ url = "http://{HOST}/une-1.html" }}]\n'
    source = f'name = "Le Fleuve"\nhome = "http://{HOST}/"\narticle = "/article-"\npace = 0\n{lists}'
    (tmp_path / "catalogue" / "fleuve.toml").write_text(source, "utf-8")
    with serve(tmp_path / "papers") as site:
        user = Crawl(tmp_path, site, {"HEMERO_CATALOGUE": str(tmp_path / "catalogue")})
        user.scrapy("fleuve", "-s", "DOWNLOAD_DELAY=0.2", "-s", "BACKOFF=0.05", code=None)
        stored = user.rows("select url from page where kind = 'article' and outcome like 'stored%'")
        assert len(stored) == len(numbers)
        site.log.clear()
        user.scrapy("fleuve", "-s", FAST, "-s", "BACKOFF=0.05", code=None)
        assert not {"/une-2.html", "/une-3.html"} & {record["path"] for record in site.log}


def test_a_section_that_nobody_declared_is_walked_a_little(tmp_path: Path) -> None:
    """Its first pages, once; what a list adds to an address that has a number leads to the article itself."""
    numbers = range(1, 5)
    folder = tmp_path / "papers" / HOST
    folder.mkdir(parents=True)
    (folder / "robots.txt").write_text("User-agent: *\n", "utf-8")
    (folder / "index.html").write_text('<body><a href="/ville">Ville</a></body>', "utf-8")
    entries = []
    for number in numbers:
        text = PAGE.format(f"Une plateforme de signalement {number}").replace("</p>", f" {number}</p>")
        (folder / f"{number}.html").write_text(text, "utf-8")
        further = f'<a href="/ville?page={number + 1}">Page suivante</a>'
        teaser = f'<ul><li><a href="/article-{number}?s={number}">Une plateforme</a></li></ul>{further}'
        (folder / f"ville-{number}.html").write_text(f"<body>{teaser}</body>", "utf-8")
        page = f"/ville?page={number}" if number > 1 else "/ville"
        entries += [
            f'["{page}"]\nfile = "ville-{number}.html"',
            f'["/article-{number}"]\nfile = "{number}.html"',
        ]
    (folder / "site.toml").write_text("\n".join(entries), "utf-8")
    (tmp_path / "catalogue").mkdir()
    source = f'name = "Le Fleuve"\nhome = "http://{HOST}/"\narticle = "/article-"\npace = 0\n'
    source += 'identity = "-([0-9])"\n'
    (tmp_path / "catalogue" / "fleuve.toml").write_text(source, "utf-8")
    with serve(tmp_path / "papers") as site:
        user = Crawl(tmp_path, site, {"HEMERO_CATALOGUE": str(tmp_path / "catalogue")})
        user.scrapy("fleuve", "-s", FAST, "-s", "BACKOFF=0.05", code=None)
        stored = user.rows("select url from page where kind = 'article' and outcome like 'stored%'")
        assert {row["url"] for row in stored} == {f"http://{HOST}/article-{number}" for number in (1, 2, 3)}
        site.log.clear()
        (folder / "index.html").write_text('<body><a href="/ville">La ville</a></body>', "utf-8")
        user.scrapy("fleuve", "-s", FAST, "-s", "BACKOFF=0.05", code=None)
        assert not [record["path"] for record in site.log if "ville" in record["path"]]


def test_a_sitemap_is_read_again_though_its_index_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "papers" / HOST
    folder.mkdir(parents=True)
    index = f"<sitemapindex><sitemap><loc>http://{HOST}/plan-1.xml</loc></sitemap></sitemapindex>"
    (folder / "robots.txt").write_text("User-agent: *\n", "utf-8")
    (folder / "plan.xml").write_text(index, "utf-8")
    (tmp_path / "catalogue").mkdir()
    lists = f'sitemaps = ["http://{HOST}/plan.xml"]\n'
    source = f'name = "Le Fleuve"\nhome = "http://{HOST}/"\narticle = "/article-"\npace = 0\n{lists}'
    (tmp_path / "catalogue" / "fleuve.toml").write_text(source, "utf-8")
    with serve(tmp_path / "papers") as site:
        user = Crawl(tmp_path, site, {"HEMERO_CATALOGUE": str(tmp_path / "catalogue")})
        for number in (1, 2):
            text = PAGE.format(f"Une plateforme de signalement {number}").replace("</p>", f" {number}</p>")
            (folder / f"article-{number}.html").write_text(text, "utf-8")
            named = "".join(f"<url><loc>http://{HOST}/article-{n}</loc></url>" for n in range(1, number + 1))
            (folder / "plan-1.xml").write_text(f"<urlset>{named}</urlset>", "utf-8")
            user.scrapy("fleuve", "-s", FAST, "-s", "BACKOFF=0.05", code=None)
            stored = user.rows("select url from page where kind = 'article' and outcome like 'stored%'")
            assert len(stored) == number
