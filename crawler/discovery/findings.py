"""What a survey of a site has found."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.discovery import pattern, place, shapes
from crawler.discovery.ledger import Ledger
from crawler.sources import Listing, Source

if TYPE_CHECKING:
    from datetime import datetime

    from crawler.items import Article

DAILY: Final = 100  # articles a day, from which on headlines are looked at first
MANY: Final = 5_000  # addresses, from which on a sitemap is an archive
LISTINGS: Final = 40  # declared at most
HEADLINE: Final = 4  # words of an address, from which on it is that of a text
_PATH: Final = "^(.+?)/?$"  # the identity of articles whose path tells them apart


@dataclass(kw_only=True, slots=True)
class Findings:
    """Everything that was seen of a site, and the declaration that follows from it."""

    home: str
    failure: str = ""  # why nothing was seen
    name: str = ""
    language_tags: list[str] = field(default_factory=list)
    offered: list[str] = field(default_factory=list)  # feeds that the home page names
    feeds: dict[str, list[str]] = field(default_factory=dict)  # address → the addresses that it names
    sitemaps: dict[str, list[str]] = field(default_factory=dict)  # likewise, with all sitemaps below it
    lists: dict[str, list[str]] = field(default_factory=dict)  # likewise, of pages
    pages: set[str] = field(default_factory=set)  # the second and later pages of lists
    ledger: Ledger = field(default_factory=Ledger)
    articles: list[Article] = field(default_factory=list)  # as read
    reserved: int = 0  # pages that reserve text and data mining
    counting: bool = False  # an article says that what follows the path of its address only counts readers
    dates: list[tuple[datetime, str]] = field(default_factory=list)  # instants, with the texts that gave them
    newest: Counter[str] = field(
        default_factory=Counter
    )  # articles that feeds and news sitemaps date, by day

    def declaration(self, key: str) -> Source:
        """The source as it should be declared."""
        article, not_article = pattern.learn(self.ledger.articles, self.ledger.others)
        host = urlsplit(self.home).hostname or ""
        bare = host.removeprefix("www.")
        code = place.country(host, self.language_tags)
        source = Source(
            key=key,
            name=self.name or bare,
            home=self.home,
            hosts=self._hosts(bare),
            country=code or "FR",
            language=self._language(),
            timezone=place.timezone(code, self.dates),
            article=article,
            not_article=not_article,
            identity=_PATH if self.counting and r"\?(?=" not in article and not self._hosts(bare) else "",
            preselect=max(self.newest.values(), default=0) >= DAILY,
            confidence="medium",
        )
        return self._with_lists(source)

    def _with_lists(self, source: Source) -> Source:
        """The source with those lists that name its articles."""

        def useful(lists: dict[str, list[str]]) -> list[str]:
            return [url for url, named in lists.items() if any(source.is_article(link) for link in named)]

        maps = useful(self.sitemaps)
        listings = list(filter(self._is_listing, useful(self.lists)))
        shown = [article.url for article in self.articles if source.is_article(article.url)]
        wrong = [url for url in self.lists if not source.is_article(url)]
        return replace(
            source,
            feeds=tuple(useful(self.feeds)),
            sitemaps=tuple(url for url in maps if len(self.sitemaps[url]) <= MANY),
            archives=tuple(url for url in maps if len(self.sitemaps[url]) > MANY),
            listings=tuple(Listing(url=url) for url in listings[:LISTINGS]),
            examples=tuple(shown[:5]),
            not_articles=tuple(wrong[:5]),
        )

    def _is_listing(self, url: str) -> bool:
        """Whether a list will name what is new: it is a first page, whole, and of no past day.

        A page under a headline, as that of a film, names articles beside it.
        """
        if url in self.pages or url == self.home or self.ledger.is_part(url):
            return False
        is_headline = self.ledger.verdicts.get(url) != "list" and shapes.words(url) >= HEADLINE
        return not is_headline and not re.search(pattern.CALENDAR, urlsplit(url).path)

    def _hosts(self, bare: str) -> tuple[str, ...]:
        """The hosts beside that of the home page that have articles."""
        found = {(urlsplit(url).hostname or "").removeprefix("www.") for url in self.ledger.articles}
        return tuple(sorted(found - {bare}))

    def _language(self) -> str:
        """What most articles are written in, else what the home page says."""
        spoken = Counter(article.language for article in self.articles if article.language)
        said = [tag[:2].lower() for tag in self.language_tags]
        return next((language for language, _ in spoken.most_common(1)), said[0] if said else "fr")
