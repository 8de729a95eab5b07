"""A source is a TOML file: this module says what may stand in it; :mod:`crawler.sources.files` reads it."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- annotations are read at run time
import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

_FILE: Final = re.compile(r"\.(?!html?$|php$|aspx?$)\w{2,5}$", re.IGNORECASE)
_SERVICE: Final = re.compile(
    r"[/_-](?:abonn|cgu|cgv|charte|connexion|contact|cookies|inscription|legale?s|login|newsletter|privacy"
    r"|publicite|recherche|rss|search|signin|subscribe)"
    r"|/(?:annonce|boutique|compte|donnees|jeux|membre|mentions|meteo|notice|plan-du-site|podcast|qui-sommes"
    r"|user|video)",
    re.IGNORECASE,
)
"""Pages of a site that list no articles: service pages, by how French sites call them."""

KINDS: Final = ("press", "agency", "broadcaster", "institution", "association", "research", "platform")
PAYWALLS: Final = ("unknown", "none", "freemium", "metered", "hard")
CONFIDENCES: Final = ("", "high", "medium", "low")
RESERVED: Final = ("respect", "research")
KEEPS: Final = ("", "relevant", "all")

EVIDENCE: Final = {
    "R26": "a list of feeds with the status of each answer, March 2026",
    "S26": "a survey of robots.txt and news sitemaps of 32 French media, July 2026",
    "L26": "lists of feeds kept by their users, 2026",
    "N26": "notes of people who asked French public sites by program, 2026",
    "T25": "the adopters that the TDM reservation protocol's group lists, December 2025",
    "Q23": "a list of news sitemaps of French media, about 2023",
    "M21": "a corpus of 478 French media with paywall marks, 2019 to 2021",
    "P": "public lists and programs of several years; whether it still answers is unknown",
    "H": "archived pages of the site",
    "K": "general knowledge, not checked",
    "A": "asked by 'hemero sources add'",
}
"""What a fact of a declaration rests on, from the strongest to the weakest; no live site was seen for the
catalogue, so a crawl may find that a fact no longer holds."""

TERMS: Final = (
    "radicalisation",
    "haine en ligne",
    "terrorisme",
    "djihadisme",
    "propagande",
    "pharos",
    "contenus haineux",
    "complotisme",
)
"""What tag and search pages are asked for; a source or its platform may name others."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How one layout of a source is read: XPath expressions, all optional; the generic reader needs none.

    ``until`` is the last day of the layout; the layout of today comes last and has none.
    """

    until: dt.date | None = None
    title: str = ""
    lead: str = ""
    body: str = ""
    authors: str = ""
    published: str = ""
    section: str = ""
    tags: str = ""
    comments: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """Pages that list articles: ``{page}`` counts pages, ``{year}`` and ``{month}`` walk back in time.

    ``first`` and ``step`` say how ``{page}`` counts (an offset has a step of 12, say). A listing with a
    ``{month}`` or ``{year}`` is an archive: it is only walked when a crawl asks for articles ``since`` a day.
    ``months`` are the names of the months where ``{month}`` is a word; without them it is a number of two
    digits. ``{topic}`` and ``{words}`` make a tag or search page, asked for each of the source's ``terms``
    (``haine-en-ligne``, ``haine+en+ligne``), likewise ``since`` a day only.
    """

    url: str
    first: int = 1
    step: int = 1
    until: dt.date | None = None  # the last day that an archive covers
    months: tuple[str, ...] = ()

    @property
    def is_archive(self) -> bool:
        """Whether the address walks back in time."""
        return "{month}" in self.url or "{year}" in self.url

    @property
    def is_topic(self) -> bool:
        """Whether the address is that of a tag or a search."""
        return is_topic(self.url)


def is_topic(url: str) -> bool:
    """Whether the address of a list asks for a term."""
    return "{topic}" in url or "{words}" in url


@dataclass(frozen=True, kw_only=True, slots=True)
class Expect:
    """What a source is known to bring, beside what its own history says: see docs/health.md."""

    articles_a_day: float = 0.0  # on an ordinary weekday; weekends and holidays may have a third of it
    silence: float = 0.0  # days without a new article that are nothing to worry about
    canaries: tuple[str, ...] = ()  # addresses of articles that are read again every week


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Anybody who publishes: where it is, how to find its articles, how to read them.

    ``article`` is searched in an address (path and query) and tells articles from everything else;
    ``not_article`` excludes; ``identity`` names, by its groups, what makes two addresses the same article.
    ``hosts`` are the names beside that of ``home`` under which it publishes; ``.example.fr`` stands for every
    name below that one. ``platform`` names the file whose keys are this source's where it does not say them.
    """

    key: str
    name: str
    home: str
    article: str = ""
    not_article: str = ""
    identity: str = ""
    hosts: tuple[str, ...] = ()
    kind: str = "press"
    country: str = "FR"
    language: str = "fr"
    timezone: str = "Europe/Paris"
    pace: float = 2.0  # seconds between two requests to one host
    revisit: str = ""  # when an article is asked for again, as HEMERO_REVISIT says it; "": as it is set there
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()  # sitemaps that reach back; read for ``since`` only
    listings: tuple[Listing, ...] = ()
    rules: tuple[Rules, ...] = ()
    expect: Expect = field(default_factory=Expect)
    examples: tuple[str, ...] = ()
    not_articles: tuple[str, ...] = ()
    platform: str = ""  # a file of crawler/sources/platforms/
    terms: tuple[str, ...] = TERMS  # of its tag and search pages
    keep: str = ""  # whose text is kept, "relevant" or "all"; "": as HEMERO_KEEP says
    preselect: bool = False  # only articles whose headline may be on the subject are asked for
    paywall: str = "unknown"  # one of PAYWALLS
    tdm: str = ""  # what is known of a reservation of text and data mining
    reserved: str = "respect"  # what becomes of a reserved text: "respect" lets it go, "research" keeps it
    legal_basis: str = ""  # on which "research" keeps it; goes into the report of compliance
    refused: str = ""  # why it is not crawled: how its operator refuses robots
    confidence: str = ""  # "high", "medium" or "low": how sure the declaration is
    evidence: dict[str, str] = field(default_factory=dict, hash=False)  # key of this file → codes of EVIDENCE
    notes: str = ""

    @property
    def host(self) -> str:
        """The host name of the home page."""
        return urlsplit(self.home).hostname or ""

    @property
    def all_hosts(self) -> frozenset[str]:
        """The host names of the source, each with and without ``www.``."""
        bare = {host.removeprefix("www.") for host in (self.host, *self.hosts) if not host.startswith(".")}
        return frozenset(bare | {f"www.{host}" for host in bare})

    def owns(self, url: str) -> bool:
        """Whether the address lies on a host of this source."""
        host = (urlsplit(url).hostname or "").lower()
        return host in self.all_hosts or any(host.endswith(tail) for tail in self.hosts if tail[:1] == ".")

    def is_article(self, url: str) -> bool:
        """Whether the address is that of an article of this source."""
        if not self.owns(url):
            return False
        parts = urlsplit(url)
        tail = parts.path + (f"?{parts.query}" if parts.query else "")
        if self.not_article and re.search(self.not_article, tail):
            return False
        return bool(self.article and re.search(self.article, tail))

    def is_list(self, url: str) -> bool:
        """Whether the address may be that of a section, tag or archive page of this source."""
        parts = urlsplit(url)
        segments = [part for part in parts.path.split("/") if part]
        if not self.owns(url) or self.is_article(url) or not segments or len(segments) > 3:
            return False
        if self.not_article and re.search(self.not_article, parts.path):
            return False
        return not (_FILE.search(parts.path) or _SERVICE.search(parts.path))

    def article_key(self, url: str) -> str:
        """What makes this address the same article as another one; "" where nothing is declared."""
        found = re.search(self.identity, urlsplit(url).path) if self.identity else None
        said = "/".join(part for part in found.groups() if part) if found else ""
        return f"{self.key}:{said}" if said else ""

    def rules_for(self, day: dt.date) -> Rules | None:
        """The layout in force on a day; None where none is declared."""
        for rules in self.rules:
            if rules.until is None or day <= rules.until:
                return rules
        return None
