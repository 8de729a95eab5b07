"""Feeds, sitemaps and listings: what they name, and how a listing goes on."""

from __future__ import annotations

import gzip
from datetime import date

import pytest
from lxml import html

from crawler.errors import ListError
from crawler.extract import feeds, links, sitemaps
from crawler.items import Found
from crawler.sources import Listing, Source
from crawler.spiders import lists

RSS = """<?xml version="1.0" encoding="{0}"?><rss version="2.0"><channel><title>Fil</title>
<item><title>Été : l&#x27;essai &amp; la suite</title><link>https://a.example/1?x=1&amp;y=2</link>
<pubDate>Tue, 07 May 2024 08:30:00 +0200</pubDate></item>
<item><title>Sans adresse</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fil</title><entry><title>Un</title>
<link rel="alternate" href="https://a.example/1"/><updated>2024-05-07T08:30:00Z</updated></entry></feed>"""
URLSET = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://a.example/1 </loc><lastmod>2024-05-08</lastmod></url>
<url><loc>https://a.example/2</loc><lastmod>2024-05-08</lastmod><news:news>
<news:publication_date>2024-05-07</news:publication_date><news:title>Deux</news:title></news:news></url>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_rss(encoding: str) -> None:
    [found, without] = feeds.read(RSS.format(encoding).encode(encoding)).pages
    assert (without.url, without.title) == ("", "Sans adresse")
    assert found.url == "https://a.example/1?x=1&y=2"
    assert found.title == "Été : l'essai & la suite"
    assert found.published == "Tue, 07 May 2024 08:30:00 +0200"


def test_atom() -> None:
    assert feeds.read(ATOM.encode()).pages == [
        Found(url="https://a.example/1", title="Un", published="2024-05-07T08:30:00Z")
    ]


@pytest.mark.parametrize(
    ("link", "url"),
    [("2024/un", "https://a.example/fr/2024/un"), ("/un", "https://a.example/un"), ("//[", "//["), ("", "")],
)
def test_a_relative_link_counts_from_the_base_that_a_feed_names(link: str, url: str) -> None:
    feed = ATOM.replace("<feed", "<feed xml:base='https://a.example/fr/'").replace(
        "https://a.example/1", link
    )
    assert [found.url for found in feeds.read(feed.encode()).pages] == [url]


@pytest.mark.parametrize("body", [b"", b"<html><body>En maintenance</body></html>", b"\x00\x01"])
def test_what_is_no_feed_is_an_error(body: bytes) -> None:
    with pytest.raises(ListError):
        feeds.read(body)


def test_a_news_sitemap_says_when_and_what() -> None:
    pages = sitemaps.read(URLSET + b"</urlset>").pages
    assert pages == [
        Found(url="https://a.example/1", published="2024-05-08"),
        Found(url="https://a.example/2", title="Deux", published="2024-05-07"),
    ]


def test_a_sitemap_that_is_cut_or_packed_is_read() -> None:
    assert len(sitemaps.read(URLSET).pages) == 2
    packed = gzip.compress(URLSET + b"</urlset>")
    assert len(sitemaps.read(packed).pages) == 2
    assert len(sitemaps.read(gzip.compress(URLSET * 50)[:-20]).pages) >= 2


def test_an_index_names_sitemaps() -> None:
    index = b"<sitemapindex><sitemap><loc>https://a.example/s1.xml</loc></sitemap></sitemapindex>"
    assert [found.url for found in sitemaps.read(index).sitemaps] == ["https://a.example/s1.xml"]


def test_a_sitemap_in_plain_text() -> None:
    assert [found.url for found in sitemaps.read(b"https://a.example/1\nhttps://a.example/2\n").pages] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


@pytest.mark.parametrize("body", [b"", b"<html></html>", b"rien", b"<?xml version='1.0'?><rss></rss>"])
def test_what_is_no_sitemap_is_an_error(body: bytes) -> None:
    with pytest.raises(ListError):
        sitemaps.read(body)


def test_links_are_absolute_and_named_by_their_longest_text() -> None:
    page = html.document_fromstring(
        """<base href="https://a.example/rubrique/"><a href="un.html"><img></a><a href="un.html">Un  titre</a>
        <a href="mailto:x@a.example">Écrire</a><a href="javascript:void(0)">Rien</a>
        <a href="/deux?utm_source=x">Deux</a>"""
    )
    assert links.read(page, "https://a.example/") == [
        Found(url="https://a.example/rubrique/un.html", title="Un titre"),
        Found(url="https://a.example/deux", title="Deux"),
    ]


@pytest.mark.parametrize(
    ("here", "there", "further"),
    [
        ("https://a.example/eco/page-1", ["/eco/page-2", "/eco/page-9"], "https://a.example/eco/page-2"),
        ("https://a.example/eco/page-9", ["/eco/page-1", "/eco/page-8"], ""),
        ("https://a.example/eco", ["/eco?page=1", "/eco?page=2"], "https://a.example/eco?page=2"),
        ("https://a.example/eco/", ["/sport/page/2/", "/eco/page/2/"], "https://a.example/eco/page/2/"),
        ("https://a.example/r1.html", ["/r1.html?start=12&order="], "https://a.example/r1.html?start=12&order="),
        ("https://a.example/m.html?debut_suite_rubrique=0", ["/m.html?debut_suite_rubrique=12"],
         "https://a.example/m.html?debut_suite_rubrique=12"),
        ("https://a.example/eco/", ["/p1/", "/eco/p2/", "/eco/p10403/"], "https://a.example/eco/p2/"),
        ("https://a.example/eco", ["/2024/05/07/un-article", "/eco/2024"], ""),
    ],
)  # fmt: skip
def test_the_next_page(here: str, there: list[str], further: str) -> None:
    named = [Found(url=f"https://a.example{path}") for path in there]
    assert links.next_page(named, here) == further
    assert links.next_page(named, here.replace("https:", "http:")) == further


@pytest.mark.parametrize(
    ("link", "further"),
    [
        ("<a href='?page=1'>2</a>", "?page=1"),
        ("<a href='?page=1'>»</a>", "?page=1"),
        ("<a href='?page=1'>Suivant ›</a>", "?page=1"),
        ("<a href='?page=1' aria-label='Page suivante'><svg></svg></a>", "?page=1"),
        ("<a href='?page=1' title='Aller à la page suivante'><span>›</span></a>", "?page=1"),
        ("<a href='/eco/suite' title='Page suivante'><i></i></a>", "/suite"),
        ("<a href='?page=1'>Afficher plus</a>", "?page=1"),
        ("<a href='?page=1'>Plus d’articles</a>", "?page=1"),
        ("<a href='/eco/dossier'>Voir plus</a>", ""),
        ("<a href='?page=1'>1</a>", ""),
        ("<a href='/sport?page=1'>»</a>", ""),
        ("<a href='/eco/dossier'>»</a>", ""),
        ("<a href='/eco/un-sujet' title='Page suivante'>Un sujet</a>", ""),
    ],
)
def test_the_way_on_from_a_first_page_where_pages_count_from_nought(link: str, further: str) -> None:
    found = links.read(html.document_fromstring(f"<p>{link}</p>"), "https://a.example/eco")
    assert links.next_page(found, "https://a.example/eco") == (further and f"https://a.example/eco{further}")


def test_a_source_names_its_lists() -> None:
    archive = Listing(
        url="https://a.example/{month}-{year}/p{page}", until=date(2024, 2, 9), months=("janvier", "fevrier")
    )
    source = Source(
        key="a",
        name="A",
        home="https://a.example/",
        feeds=("https://a.example/rss",),
        archives=("https://a.example/s.xml",),
        listings=(Listing(url="https://a.example/l?o={page}", first=0, step=12), archive),
    )
    today = date(2024, 5, 7)
    now = [(kind, url) for kind, url, _ in lists.of(source, since=None, today=today)]
    assert now == [
        ("feed", "https://a.example/rss"),
        ("listing", "https://a.example/"),
        ("listing", "https://a.example/l?o=0"),
    ]
    then = [url for _, url, _ in lists.of(source, since=date(2024, 1, 20), today=today)]
    assert then[-2:] == ["https://a.example/fevrier-2024/p1", "https://a.example/janvier-2024/p1"]
    assert "https://a.example/s.xml" in then
    assert lists.Walk(source.listings[0], depth=2).url == "https://a.example/l?o=24"
