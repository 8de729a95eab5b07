"""Where a source's articles are listed, and what one list names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import quote_plus
from zoneinfo import ZoneInfo

from crawler.errors import ListError
from crawler.extract import dates, feeds, links, listed, sitemaps, tree
from crawler.items import Found
from crawler.sources import Listing
from crawler.sources.declaration import is_topic
from crawler.spiders import answers
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from scrapy.http import Response

    from crawler.items import Fetch
    from crawler.sources import Source

TRAP: Final = "trap: "  # how the reason of an outcome begins where a limit has ended a walk
DEEPEST: Final = 3  # indexes within indexes; the protocol knows one, and large sites have two
UNUSABLE: Final = frozenset({"http_error", "too_large", "corrupt", "archived_only"})
SECTIONS: Final = 40  # of a home page; menus have fewer, footers and teasers make the rest
SECTION_PAGES: Final = 3  # of each, the first time: what is older, ``since`` asks for


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a run has walked along a list: where a next page has no link, it is counted from here.

    Without a listing it is the home page (depth 0), or a section that the home page leads to (depth 1).
    """

    listing: Listing | None = None
    depth: int = 0
    year: int = 0
    month: int = 0
    term: str = ""
    above: tuple[str, ...] = ()  # of a sitemap: the indexes that led to it
    in_section: bool = False  # of a section that nobody declared: it is not walked far

    @property
    def end(self) -> datetime | None:
        """When the month of an archive is over; None of what is no archive."""
        if not self.year:
            return None
        months = (
            self.year * 12 + self.month
            if self.listing and "{month}" in self.listing.url
            else self.year * 12 + 12
        )
        return datetime(months // 12, months % 12 + 1, 2, tzinfo=UTC)  # a day later, wherever the source is

    @property
    def is_standing(self) -> bool:
        """Whether it is a listing that always has articles, as months, tags and searches may not."""
        return bool(self.listing and not self.listing.is_archive and not self.listing.is_topic)

    @property
    def url(self) -> str:
        """The address of the page that the walk has reached."""
        assert self.listing  # noqa: S101 -- only listings are counted
        names = self.listing.months
        return self.listing.url.format(
            page=self.listing.first + self.depth * self.listing.step,
            year=self.year,
            month=names[self.month - 1] if names else f"{self.month:02}",
            **terms(self.term),
        )


def terms(term: str) -> dict[str, str]:
    """A term as tag pages and as search pages have it in their addresses."""
    plain = unicodedata.normalize("NFKD", term.lower()).encode("ascii", "ignore").decode("ascii")
    return {"topic": "-".join(re.findall(r"[a-z0-9]+", plain)), "words": quote_plus(term)}


_FEED_TYPE: Final = re.compile(r"(?i)^application/(?:rss|atom|rdf)\+xml|^application/feed\+json")
_SITEMAP_NAME: Final = re.compile(r"\.xml(?:\.gz)?$")

Named = list[tuple[str, Found, Walk | None]]
"""What a list names: the kind, the address, and for a list how far it has been walked."""


def of(source: Source, *, since: date | None, today: date) -> Iterator[tuple[str, str, Walk | None]]:
    """The lists of a source as (kind, address, walk); with ``since`` its archives, tags and searches too."""
    for url in source.feeds:
        if not is_topic(url):
            yield "feed", url, None
        elif since:
            yield from (("feed", url.format(**terms(term)), None) for term in source.terms)
    for url in (*source.sitemaps, *(source.archives if since else ())):
        yield "sitemap", url, None
    yield "listing", source.home, Walk()
    yield from (("listing", walk.url, walk) for walk in _walks(source, since, today))


def _walks(source: Source, since: date | None, today: date) -> Iterator[Walk]:
    """Where the walks through a source's listings begin."""
    for listing in source.listings:
        if listing.is_topic:
            yield from (Walk(listing, term=term) for term in (source.terms if since else ()))
        elif not listing.is_archive:
            yield Walk(listing)
        elif since:
            months = _months(since, min(today, listing.until or today))
            walks = (Walk(listing, 0, year, month) for year, month in months)
            yield from {walk.url: walk for walk in walks}.values()  # twelve months of a year may be one


def _months(since: date, until: date) -> Iterator[tuple[int, int]]:
    """The months between two days, the latest first."""
    for number in range(until.year * 12 + until.month - 1, since.year * 12 + since.month - 2, -1):
        yield number // 12, number % 12 + 1


def read(response: Response, fetch: Fetch, source: Source, walk: Walk | None, since: date | None) -> Named:
    """What a list names of its own source, each address once.

    A list that is none, or a listing whose first page names no article, is marked on its record; a month of
    an archive may be empty.
    """
    reader = {"feed": _feed, "sitemap": _sitemap}.get(fetch.kind, _listing)
    faults: list[str] = []
    try:
        entries = reader(response, source, walk, faults)
        named = {found.url: (kind, found, further) for kind, found, further in entries}
    except ListError as error:
        fetch.outcome, fetch.reason = "source_error", str(error)
        return []
    if faults:
        is_trap = any(fault.startswith(TRAP) for fault in faults)
        fetch.outcome, fetch.reason = "trap_stopped" if is_trap else "source_partial", "; ".join(faults)
    named.pop(fetch.url, None)
    if not named and walk and walk.is_standing and not walk.depth:
        fetch.outcome, fetch.reason = "stored_flagged", f"the listing names no article of {source.key}"
        fetch.flags.append("no-article")
    return [entry for entry in named.values() if not (since and _is_before(entry[1], since, source))]


def settle(fetch: Fetch) -> None:
    """Call a feed or sitemap that did not come, or came as something else, an error of its source."""
    if fetch.kind in {"feed", "sitemap"} and fetch.outcome in UNUSABLE:
        fetch.reason = f"{fetch.outcome}: {fetch.reason}"
        fetch.outcome = "source_error"


def _unpacked(body: bytes) -> bytes:
    """The beginning of a body that is a gzip file, as it was before; of any other, nothing."""
    try:
        return listed.text(body[:100_000])[0][:2048].encode() if body[:2] == b"\x1f\x8b" else b""
    except ListError:
        return b""


def leads_back(url: str, indexes: Mapping[str, set[str]]) -> bool:
    """Whether an index of sitemaps names, through others, itself; each is asked for once all the same."""
    met: set[str] = set()
    further = list(indexes.get(url, ()))
    while further:
        if (one := further.pop()) not in met:
            met.add(one)
            further += indexes.get(one, ())
    return url in met


def kind_of(body: bytes, kind: str = "", url: str = "") -> str:
    """Whether a body that was asked for as a page is a "feed" or a "sitemap"; else "".

    :param kind: its Content-Type; one that only feeds have makes a feed of a body that is none
    """
    if feeds.is_feed(body) or feeds.is_feed(_unpacked(body)) or _FEED_TYPE.search(kind):
        return "feed"
    if _SITEMAP_NAME.search(url):
        return "sitemap"
    return "sitemap" if sitemaps.is_sitemap(body) else ""


def _feed(
    response: Response, source: Source, _walk: Walk | None, faults: list[str]
) -> Iterator[tuple[str, Found, None]]:
    feed = feeds.read(response.body, answers.headers(response))
    faults += feed.faults + _doubts(feed.pages, response.url, source)
    for found in feed.pages:
        if entry := _article(found, response.url, source):
            yield "article", entry, None


def _sitemap(
    response: Response, source: Source, walk: Walk | None, faults: list[str]
) -> Iterator[tuple[str, Found, Walk | None]]:
    sitemap = sitemaps.read(response.body, answers.headers(response))
    faults += sitemap.faults + _doubts([*sitemap.sitemaps, *sitemap.pages], response.url, source)
    above = (*(walk.above if walk else ()), urls.resolve(response.url, "") or response.url)
    named = (urls.resolve(response.url, found.url) for found in sitemap.sitemaps)
    further = list(dict.fromkeys(url for url in named if url and source.owns(url)))
    if circles := [url for url in further if url in above]:
        faults.append(f"{TRAP}it leads back to {circles[0]}")
    if further and len(above) > DEEPEST:
        faults.append(f"{TRAP}indexes within indexes, more than {DEEPEST} deep")
        further = []
    for url in further:
        if url not in above:
            index = Found(url=url, kind="sitemap", identity=urls.identity(url))
            yield "sitemap", index, Walk(above=above)
    for found in sitemap.pages:
        if entry := _article(found, response.url, source):
            yield "article", entry, None


def _doubts(found: list[Found], base: str, source: Source) -> list[str]:
    """What is wrong with the entries of a list: addresses that are none, dates that cannot be believed."""
    zone = ZoneInfo(source.timezone)
    unusable = sum(1 for entry in found if not entry.url or urls.resolve(base, entry.url) is None)
    dated = {entry.published for entry in found if entry.published}
    unread = sorted(date for date in dated if dates.parse(date, zone=zone) is None)
    faults = [f"{unusable} entries without a usable address"] if unusable else []
    return faults + (
        [f"{len(unread)} dates that cannot be read, such as {unread[0][:40]!r}"] if unread else []
    )


def _listing(
    response: Response, source: Source, walk: Walk | None, _faults: list[str]
) -> Iterator[tuple[str, Found, Walk | None]]:
    root, _ = tree.parse(response.body, answers.headers(response))
    found = links.read(root, response.url)
    # the text of a link is looked at, never kept: beside headlines, lists show what readers wrote last
    articles = [
        entry
        for link in found
        if (entry := _article(Found(url=link.url, headline=link.title), response.url, source))
    ]
    yield from (("article", entry, None) for entry in articles)
    if walk and not walk.listing and not walk.depth:
        yield from (("listing", section, Walk(depth=1)) for section in _sections(found, source))
    if not articles or not walk or (walk.in_section and walk.depth >= SECTION_PAGES - 1):
        return
    if not walk.listing:  # what the home page or a section goes on with is walked as a listing is
        walk = Walk(Listing(url=response.url), in_section=bool(walk.depth))
    assert walk.listing  # noqa: S101 -- so it is now
    further = replace(walk, depth=walk.depth + 1)
    counted = further.url if "{page}" in walk.listing.url else ""
    if url := links.next_page(_leading_on(found, source), response.url) or urls.resolve(
        response.url, counted
    ):
        yield "listing", Found(url=url, kind="listing", identity=urls.identity(url)), further


def _leading_on(found: list[Found], source: Source) -> list[Found]:
    """The links that may lead to a further page: « suivant » may lead to an article as well."""
    return [link for link in found if not source.is_article(link.url)]


def _sections(found: list[Found], source: Source) -> list[Found]:
    """The sections that a home page leads to: each is looked at once ever, for what came before us."""
    walked = {_bare(url) for url in (source.home, *(listing.url for listing in source.listings))}
    named = [
        link.url
        for link in found
        if link.title and source.is_list(link.url) and _bare(link.url) not in walked
    ]
    return [Found(url=url, kind="listing", identity=urls.identity(url)) for url in named][:SECTIONS]


def _bare(url: str) -> str:
    """An address without its scheme and its closing slash: a list is the same with and without them."""
    return url.partition("://")[2].rstrip("/")


def _article(found: Found, base: str, source: Source) -> Found | None:
    """The entry with its address normalised, if it is an article of the source."""
    url = urls.resolve(base, found.url)
    if not url or not source.is_article(url):
        return None
    key, bare = source.article_key(url), url.partition("?")[0]
    if key and source.is_article(bare):
        url = bare  # the path says which article it is: what a list adds counts readers
    return replace(found, url=url, identity=key or urls.identity(url))


def _is_before(found: Found, since: date, source: Source) -> bool:
    """Whether the list dates the entry before a day; an entry without a date may be anything."""
    when = dates.parse(found.published, zone=ZoneInfo(source.timezone)) if found.published else None
    return bool(when and when.instant.date() < since)
