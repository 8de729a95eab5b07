"""Feeds and sitemaps as they come: cut, mislabelled, hostile; what can be read is, the fault is named."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Request, XmlResponse

from crawler.errors import ListError
from crawler.extract import feeds, sitemaps
from crawler.extract.listed import mend
from crawler.items import Fetch
from crawler.sources import Source
from crawler.spiders import lists

if TYPE_CHECKING:
    from crawler.extract.listed import Listed

NOW = dt.datetime(2026, 3, 4, tzinfo=dt.UTC)
SOURCE = Source(key="a", name="A", home="https://a.example/", article="^/[0-9]+")
FEED = "<?xml version='1.0' encoding='{1}'?><rss version='2.0'><channel>{0}</channel></rss>"
ITEM = "<item><title>{1}</title><link>https://a.example/{0}</link></item>"
TITLE = "L’été à Besançon"


def rss(*titles: str, charset: str = "UTF-8") -> str:
    return FEED.format("".join(ITEM.format(n, title) for n, title in enumerate(titles)), charset)


def titles(body: bytes) -> tuple[list[str], list[str]]:
    read = feeds.read(body)
    return [found.title for found in read.pages], read.faults


@pytest.mark.parametrize(
    ("body", "is_whole"),
    [
        (rss(TITLE).encode(), True),
        (b"\n  " + rss(TITLE).encode(), True),
        (b"\xef\xbb\xbf\xef\xbb\xbf" + rss(TITLE).encode(), True),
        (rss(TITLE, charset="UTF-16").encode("utf-16"), True),
        (rss(TITLE, charset="windows-1252").encode("cp1252"), True),
        (rss(TITLE, charset="ISO-8859-1").encode("cp1252"), True),
        (rss(TITLE).encode("cp1252"), False),
        (gzip.compress(rss(TITLE).encode()), True),
        (gzip.compress(gzip.compress(rss(TITLE).encode())), True),
        (rss("<![CDATA[" + TITLE + "]]>").encode(), True),
        (rss("L&amp;#8217;&amp;eacute;t&amp;eacute; &lt;b&gt;à&lt;/b&gt; Besançon").encode(), True),
        (rss("L’&eacute;t&eacute; à Besan&ccedil;on").encode(), False),
        (rss("L’été\x0b &#0;à Besançon").encode(), False),
    ],
)
def test_a_title_reads_right_whatever_it_came_in(body: bytes, *, is_whole: bool) -> None:
    read, faults = titles(body)
    assert read == [TITLE]
    assert bool(faults) != is_whole


def test_a_bare_ampersand_costs_no_entry() -> None:
    assert titles(rss("Un", "Dupont & fils", "Trois").encode())[0] == ["Un", "Dupont & fils", "Trois"]


@given(st.integers(60, 400))
def test_half_an_address_is_never_taken(length: int) -> None:
    whole = rss(*"abcdef").encode()
    try:
        read = feeds.read(whole[: min(length, len(whole) - 20)])
    except ListError:
        return
    assert [found.url for found in read.pages] == [f"https://a.example/{n}" for n in range(len(read.pages))]
    assert read.faults


@given(st.text())
def test_mended_text_is_xml(text: str) -> None:
    from lxml import etree  # noqa: PLC0415

    mended = mend(text.replace("<", "").replace("]]>", ""))
    etree.fromstring(f"<a>{mended}</a>".encode("utf-8", "replace"))


def test_links_guids_and_dates_of_every_dialect() -> None:
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="https://a.example/1"><title>Un</title>
    <dc:date>2024-05-07</dc:date></item></rdf:RDF>"""
    atom = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Un</title><id>x</id>
    <link rel="self" href="no"/><link href="https://a.example/1"/><published>2024-05-07</published><updated>2024-05-09</updated></entry></feed>"""
    guid = """<rss><channel><item><title>Un</title><guid>https://a.example/1</guid>
    <pubDate>2024-05-07</pubDate></item></channel></rss>"""
    burner = guid.replace("<guid>https://a.example/1</guid>", """<link>https://f.example/~r/1</link>
    <f:origLink xmlns:f="http://rssnamespace.org/fb/">https://a.example/1</f:origLink>""")  # fmt: skip
    entry = {"id": "1", "url": "https://a.example/1", "title": "Un", "date_published": "2024-05-07"}
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [entry]})
    for body in (rdf, atom, guid, burner, feed):
        [found] = feeds.read(body.encode()).pages
        assert (found.url, found.title, found.published) == ("https://a.example/1", "Un", "2024-05-07")


def test_a_prefix_that_nobody_declared_costs_nothing() -> None:
    body = rss(TITLE).replace("</item>", "<media:content url='/p.jpg'/><dc:date>2026-03-04</dc:date></item>")
    found = feeds.read(body.encode()).pages
    assert [(one.title, one.published) for one in found] == [(TITLE, "2026-03-04")]


def test_pictures_and_films_of_a_sitemap_are_no_pages() -> None:
    image = "<image:loc>https://a.example/p.jpg</image:loc><image:title>Quai</image:title>"
    news = f"<news:news><news:title>{TITLE}</news:title></news:news>"
    url = f"<url><image:image>{image}</image:image><loc>https://a.example/1</loc>{news}</url>"
    for declared in ("", " xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' xmlns:news='n'"):
        found = sitemaps.read(f"<urlset{declared}>{url}</urlset>".encode()).pages
        assert [(one.url, one.title) for one in found] == [("https://a.example/1", TITLE)]


ATTACKS = [
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>{0}',
    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{0}',
    '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://b.example/"> %a;]>{0}',
    '<!DOCTYPE x SYSTEM "http://b.example/dtd">{0}',
    '<?xml-stylesheet href="http://127.0.0.1/xsl"?>{0}',
    '<?xml-stylesheet href="file:///etc/passwd"?>{0}',
    '{0}<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>',
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_document_that_wants_more_than_to_be_read_is_refused(attack: str) -> None:
    with pytest.raises(ListError):
        feeds.read(attack.format("<rss><channel></channel></rss>").encode())
    with pytest.raises(ListError):
        sitemaps.read(attack.format("<urlset></urlset>").encode())


def test_a_stylesheet_and_netscapes_dtd_do_no_harm() -> None:
    prolog = """<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="//a.example/main.xsl"?>
    <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">"""
    assert (
        len(
            feeds.read((prolog + "<rss><channel>" + ITEM.format(1, "Un") + "</channel></rss>").encode()).pages
        )
        == 1
    )


def big(kind: str) -> Listed:
    if kind == "feed":
        return feeds.read(rss(*["x"] * 10_005).encode())
    return sitemaps.read(b"<urlset>" + b"<url><loc>https://a.example/1</loc></url>" * 50_005 + b"</urlset>")


@pytest.mark.parametrize(("kind", "most"), [("feed", 10_000), ("sitemap", 50_000)])
def test_a_list_without_end_is_cut_and_says_so(kind: str, most: int) -> None:
    read = big(kind)
    assert len(read.pages) == most
    assert str(most) in read.faults[0]


def test_bombs_and_towers() -> None:
    with pytest.raises(ListError, match="unpacks"):
        feeds.read(gzip.compress(b"\0" * 60_000_000))
    with pytest.raises(ListError, match="elements within"):
        feeds.read(rss("<b>" * 3000).encode())


def outcome(body: str, kind: str, walk: lists.Walk | None = None) -> tuple[Fetch, lists.Named]:
    fetch = Fetch(source="a", url="https://a.example/list.xml", kind=kind, fetched_at=NOW)
    response = XmlResponse(fetch.url, body=body.encode(), request=Request(fetch.url))
    return fetch, lists.read(response, fetch, SOURCE, walk, None)


def test_what_cannot_be_asked_for_is_counted_and_the_rest_taken() -> None:
    items = ["/1", "", "javascript:alert(1)", "file:///etc/passwd", "http://u:SECRET@a.example/2", " /3\n "]
    body = "".join(f"<item><title>x</title><link>{link}</link></item>" for link in items)
    fetch, named = outcome(f"<rss><channel>{body}</channel></rss>", "feed")
    assert [found.url for _, found, _ in named] == ["https://a.example/1", "https://a.example/3"]
    assert (fetch.outcome, fetch.reason) == ("source_partial", "4 entries without a usable address")


def test_dates_nobody_can_believe_are_counted_and_kept() -> None:
    body = "".join(
        f"<url><loc>/{n}</loc><lastmod>{day}</lastmod></url>"
        for n, day in enumerate(["2099-01-01", "hier", ""])
    )
    fetch, named = outcome(f"<urlset>{body}</urlset>", "sitemap")
    assert [found.published for _, found, _ in named] == ["2099-01-01", "hier", ""]
    assert fetch.outcome == "source_partial"
    assert "2 dates" in fetch.reason


def index(*names: str) -> str:
    return (
        "<sitemapindex>"
        + "".join(f"<sitemap><loc>/{name}.xml</loc></sitemap>" for name in names)
        + "</sitemapindex>"
    )


def test_an_index_that_leads_back_is_a_trap_and_its_others_are_read() -> None:
    fetch, named = outcome(index("list", "b"), "sitemap")
    assert fetch.outcome == "trap_stopped"
    [(_, found, walk)] = named
    assert found.url == "https://a.example/b.xml"
    assert walk is not None
    assert walk.above == ("https://a.example/list.xml",)
    back, named = outcome(index("a", "c"), "sitemap", lists.Walk(above=("https://a.example/a.xml",)))
    assert (back.outcome, [found.url for _, found, _ in named]) == (
        "trap_stopped",
        ["https://a.example/c.xml"],
    )


def test_indexes_that_name_each_other_lead_back() -> None:
    indexes = {"a": {"b"}, "b": {"c", "x"}, "c": {"a"}, "x": set[str]()}
    assert [name for name in indexes if lists.leads_back(name, indexes)] == ["a", "b", "c"]


def test_indexes_do_not_lead_deeper_and_deeper() -> None:
    above = tuple(f"https://a.example/{n}.xml" for n in range(4))
    fetch, named = outcome(index("x", "y"), "sitemap", lists.Walk(above=above))
    assert (fetch.outcome, named) == ("trap_stopped", [])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (rss("x"), "feed"),
        (index("x"), "sitemap"),
        ("https://a.example/1\nhttps://a.example/2\n", "sitemap"),
        ("\n", ""),
        ("<html></html>", ""),
    ],
)
def test_a_list_is_known_by_its_looks(body: str, kind: str) -> None:
    assert lists.kind_of(body.encode()) == lists.kind_of(gzip.compress(body.encode())) or kind != "sitemap"
    assert lists.kind_of(body.encode()) == kind
