"""The demo's pages against their own truth: what is declared is on the page, all else is marked NON."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from crawler.demo.server import CATALOGUE, NEWSPAPERS
from crawler.demo.site import Site
from crawler.sources.files import read

if TYPE_CHECKING:
    from crawler.sources import Source

EXPECTED: list[dict[str, Any]] = json.loads((NEWSPAPERS / "expected.json").read_text("utf-8"))
SOURCES = {file.stem: read(file) for file in sorted(CATALOGUE.glob("*.toml"))}
SITES = {folder.name: Site(folder) for folder in NEWSPAPERS.iterdir() if folder.is_dir()}
SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"
CASES = Path(__file__).resolve().parents[1] / "sources"

FIXED = re.compile(
    r"Votre (adresse )?e.*mail ne sera pas|Tous les champs sont|Merci pour votre commentaire|Devenez membre|"
    r"Vous devez être membre|Aucun commentaire n'est|La suite de cet article|Me notifier l'arrivée|"
    r"réponses à «|Lire la suite de l'article|Ces articles devraient|Ces contenus peuvent|Sujets associés :|"
    r"Étiquettes :|^Par [A-Z]|\d\d/\d\d/\d{4}|\d{1,2} \w+ 20\d\d"
)
"""Set phrases of real sites, lines of dates and tags: the only long texts beside an article without NON."""


def page(url: str) -> bytes:
    """The file that answers for an address."""
    parts = urlsplit(url)
    site = SITES[parts.hostname or ""]
    answer = site.find(parts.path + (f"?{parts.query}" if parts.query else ""))
    answer = site.find(urlsplit(answer.redirect).path) if answer.redirect else answer
    return (site.folder / answer.file).read_bytes()


def tree(raw: bytes) -> html.HtmlElement:
    declared = "windows-1252" if b"charset=windows-1252" in raw else "utf-8"
    text = re.sub(r"^<\?xml[^>]*>", "", raw.decode(declared))
    return html.fromstring(re.sub(r"<br ?/?>|</(p|div|li|h\d)>", r"\n\g<0>", text))


def words(text: str) -> str:
    return " ".join(text.split())


def texts(article: dict[str, Any]) -> list[str]:
    return [words(text) for text in (article["title"], article["lead"], *article["body"]) if text]


@pytest.fixture(params=EXPECTED, ids=lambda article: f"{article['source']}-{article['key']}")
def article(request: pytest.FixtureRequest) -> dict[str, Any]:
    chosen: dict[str, Any] = request.param
    return chosen


def test_the_article_stands_on_its_page(article: dict[str, Any]) -> None:
    said = words(tree(page(article["url"])).text_content())
    assert [text for text in texts(article) if text not in said] == []
    assert "NON" not in json.dumps(article, ensure_ascii=False)


def test_what_is_not_the_article_is_marked(article: dict[str, Any]) -> None:
    body = tree(page(article["url"])).find("body")
    assert body is not None
    for element in body.xpath(".//script | .//style"):
        element.drop_tree()
    lines = [words(line) for line in body.text_content().splitlines()]
    own = " ".join(texts(article))
    others = [line for line in lines if len(line.split()) > 5 and line not in own and not FIXED.search(line)]
    assert [
        line for line in others if "NON" not in line and not any(text in line for text in texts(article))
    ] == []
    assert "NON" in body.text_content()


def test_pages_are_compact(article: dict[str, Any]) -> None:
    assert 1_500 < len(page(article["url"])) < 12_000


def test_no_article_repeats_another_but_the_wire() -> None:
    paragraphs = [text for article in EXPECTED for text in article["body"] if article["key"] != "wire"]
    assert len(paragraphs) == len(set(paragraphs))
    wire, copy = (article for article in EXPECTED if article["key"] == "wire")
    assert set(wire["body"]) < set(copy["body"])


def test_the_mix_of_subjects_and_years() -> None:
    years = {int(article["published_at"][:4]) for article in EXPECTED}
    assert 30 <= len(EXPECTED) <= 40
    assert (min(years), max(years)) == (2012, 2026)
    assert 0.55 < sum(article["on_topic"] for article in EXPECTED) / len(EXPECTED) < 0.75


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_a_declaration_fits_its_pages(source: Source) -> None:
    own = [article for article in EXPECTED if article["source"] == source.key]
    assert all(source.is_article(article["url"]) for article in own)
    assert all(source.is_article(url) for url in source.examples)
    assert not any(source.is_article(url) for url in source.not_articles)
    assert len({source.article_key(article["url"]) for article in own}) == len(own)
    days = [dt.date.fromisoformat(article["published_at"][:10]) for article in own]
    assert {source.rules_for(day) for day in days} == set(source.rules), "every layout has a page"
    for article, day in zip(own, days, strict=True):
        rules = source.rules_for(day)
        assert rules is not None
        here = tree(page(article["url"]))
        for path in filter(
            None, (rules.title, rules.lead if article["lead"] else "", rules.body, rules.published)
        ):
            assert here.xpath(path), f"{article['key']}: {path} finds nothing"


def lists(source: Source) -> list[str]:
    found = [*source.feeds, *source.sitemaps, *source.archives]
    for listing in source.listings:
        months = listing.months or [f"{month:02d}" for month in range(1, 13)]
        for year in range(2012, 2027) if listing.is_archive else [2026]:
            for month in months if "{month}" in listing.url else [""]:
                pages = range(listing.first, listing.first + 4 * listing.step, listing.step)
                found += [listing.url.format(page=number, year=year, month=month) for number in pages]
    return found


def linked(url: str) -> set[str]:
    """The addresses that a feed, a sitemap or a page names, without what they drag along."""
    raw = page(url).decode("utf-8")
    base = match[1] if (match := re.search(r'<base href="([^"]+)"', raw)) else url
    named = re.findall(r'(?:href="|<link>|<loc>)([^"<]+)', raw)
    return {
        re.sub(r"[?&](utm|xtor|mtm)_?.*|#.*", "", urljoin(base, name.replace("&amp;", "&"))) for name in named
    }


def test_every_article_can_be_found() -> None:
    found: set[str] = set()
    waiting = [url for source in SOURCES.values() for url in lists(source)]
    waiting += ["http://www.courrier.example/", "http://www.courrier.example/wp-sitemap.xml"]
    while waiting:
        links = linked(waiting.pop())
        waiting += [url for url in links - found if re.search(r"sitemap.*xml$|/sitemaps/", url)]
        found |= links
    missing = [
        article["url"] for article in EXPECTED if found.isdisjoint([article["url"], *article["alternates"]])
    ]
    assert missing == []


def test_feeds_and_sitemaps_are_well_formed() -> None:
    files = [file for file in NEWSPAPERS.rglob("*") if file.suffix in {".xml", ".rss", ".atom"}]
    assert {etree.fromstring(file.read_bytes()).tag.rpartition("}")[2] for file in files} == {
        "rss",
        "feed",
        "urlset",
        "sitemapindex",
    }


def test_no_sentence_is_taken_from_elsewhere() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no other texts to compare with: {SHARED} is absent")
    files = [file for file in SHARED.rglob("*") if file.suffix in {".txt", ".html", ".md", ".jsonl"}]
    theirs = " ".join(words(file.read_text("utf-8", errors="replace")) for file in files)
    for file in SHARED.rglob("*.html.gz"):
        theirs += words(gzip.decompress(file.read_bytes()).decode("utf-8", errors="replace"))
    cases = (json.loads(file.read_text("utf-8")) for file in CASES.glob("*/*/expected.json"))
    sentences = {
        sentence
        for article in (*EXPECTED, *cases)
        for text in texts(article)
        for sentence in re.split(r"(?<=[.!?]) ", text)
        if len(sentence.split()) > 6
    }
    assert {sentence for sentence in sentences if sentence in theirs} == set()


def test_no_address_leads_to_a_real_site() -> None:
    for file in NEWSPAPERS.rglob("*"):
        if file.is_file():
            hosts = re.findall(r"https?://([^/\"'<>\s]+)", unquote(file.read_bytes().decode("latin-1")))
            real = {host for host in hosts if not host.rstrip("/").endswith(".example")}
            assert real <= {"schema.org", "www.w3.org", "www.sitemaps.org", "www.google.com"}, file
