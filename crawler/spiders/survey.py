"""The spider that looks at a site nobody has declared: ``hemero sources add``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, ClassVar, Final
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from crawler.discovery import pattern
from crawler.discovery.findings import Findings
from crawler.errors import ConfigurationError, ListError, NotAnArticle
from crawler.extract import dates, feeds, head, links, sitemaps, tree
from crawler.extract import read as read_article
from crawler.sources import Source
from crawler.spiders import answers
from crawler.spiders.asking import AskingSpider
from crawler.text import urls

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.discovery.ledger import Verdict
    from crawler.items import Found

FEEDS: Final = (
    "/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/spip.php?page=backend", "/xml/syndication.rss"
)  # fmt: skip
"""Where feeds lie: WordPress, in general, Drupal, static sites, SPIP, WMaker."""

SITEMAPS: Final = (
    "/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap-news.xml", "/news-sitemap.xml",
    "/sitemap.xml.gz"
)  # fmt: skip
"""Where sitemaps lie: in general, Yoast, WordPress, news sitemaps."""

PAGE_MAPS: Final = re.compile(
    r"(?i)posts-page|[/_-]pages?[-_.]|categor|taxonom|tags?[-_.]|author|auteur|users?[-_.]|rubrique"
)
POST_MAPS: Final = re.compile(r"(?i)posts?-post|[/_-]posts?[-_.]|article|news|actu")
"""What sitemaps are called whose entries are pages, or articles (WordPress, Yoast, and newspapers' own)."""

FILES: Final = re.compile(r"(?i)\.(?:jpe?g|png|gif|svg|webp|pdf|docx?|xlsx?|zip|mp[34]|xml|rss|ics|css|js)$")
PAGING: Final = re.compile(r"[/?&_-]page[-/=_]?\d|[?&]\w*(?:start|debut|offset)\w*=\d", re.IGNORECASE)
PARIS: Final = ZoneInfo("Europe/Paris")  # of dates that name no zone: for their order only
PAGES: Final = 90  # asked for at most, lists included
SITEMAP_FILES: Final = 25  # of these
TRIES: Final = ("https://{0}/", "https://www.{0}/", "http://{0}/", "http://www.{0}/")


class SurveySpider(AskingSpider):
    """Finds out how a site lists its articles and what their addresses look like.

    :param url: the domain, or the address of the home page
    :param max_pages: at most so many pages are asked for
    """

    name = "survey"
    source: ClassVar[Source] = Source(key="survey", name="", home="")
    known_arguments: ClassVar[tuple[str, ...]] = ("url", "max_pages")

    def __init__(self, url: str = "", max_pages: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(max_pages=max_pages, **kwargs)
        self.arguments["url"] = url
        address = url if "://" in url else f"https://{url}/"
        try:
            self.given = urls.normalise(address)
        except ValueError as error:
            raise ConfigurationError(f"{url!r} is no domain: {error}") from error
        host = urlsplit(self.given).hostname or ""
        self.is_bare = "://" not in url and not re.fullmatch(r"[\d.]+|.*:.*", host)  # a number has no www.
        bare = host.removeprefix("www.")
        self.about = Source(key=bare, name=bare, home=self.given, hosts=(f".{bare}",))
        self.findings = Findings(home=self.given)
        self.sitemap_files: set[str] = set()
        self.budget = self.max_pages or PAGES

    @property
    def sources(self) -> list[Source]:
        """The site that is asked."""
        return [self.about]

    async def look(self) -> None:
        """Look at the home page, feeds, sitemaps, then at the pages that tell most about the others."""
        home = await self._home()
        if home is None:
            return
        self._take_home(home)
        await self._feeds()
        await self._sitemaps(await self._robots())
        while self.requests < self.budget and (url := self.findings.ledger.next()):
            await self._page(url)

    async def _home(self) -> Response | None:
        """The home page, by https where that works."""
        host = urlsplit(self.given).hostname or ""
        tries = [form.format(host) for form in TRIES if not host.startswith("www.") or "www." not in form]
        for url in tries if self.is_bare else [self.given]:
            fetch, response = await self.request(url)
            self.findings.failure = self.findings.failure or f"{url}: {fetch.outcome}: {fetch.reason}"
            if response is not None:
                self.findings.failure = ""
                return response
        return None

    def _take_home(self, response: Response) -> None:
        root, _ = tree.parse(response.body, answers.headers(response))
        findings = self.findings
        findings.home = urls.normalise(response.url)
        findings.name = head.site_name(root, self.about.key)
        findings.language_tags = head.languages(root)
        findings.offered = [
            url
            for link in head.feeds(root)
            if (url := urls.resolve(response.url, link)) and self.about.owns(url)
        ]
        findings.ledger.judge(findings.home, "list")
        self._links(links.read(root, response.url), response.url, "home")

    async def _robots(self) -> list[str]:
        """The sitemaps that robots.txt names."""
        place = urljoin(self.findings.home, "/robots.txt")
        _, response = await self.request(place, "sitemap", robots_txt=True)  # it is no page to be allowed
        text = "" if response is None else response.body.decode("utf-8", "replace")
        named = re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", text)
        return [
            url for link in named if (url := urls.resolve(self.findings.home, link)) and self.about.owns(url)
        ]

    async def _feeds(self) -> None:
        """The feeds that the home page offers, else those at the usual places."""
        places = [urljoin(self.findings.home, path) for path in FEEDS]
        for url in self.findings.offered or places:
            if "comment" in url:
                continue
            fetch, response = await self.request(url, "feed")
            try:
                found = (
                    feeds.read(response.body, answers.headers(response)).pages if response is not None else []
                )
            except ListError:
                continue
            if found:
                self.findings.feeds[fetch.url] = self._entries(found, fetch.url, "feed")
                if not self.findings.offered:
                    return  # the usual places of one site lead to one feed

    async def _sitemaps(self, named: list[str]) -> None:
        """The sitemaps that robots.txt names, else those at the usual places, with all that they lead to."""
        places = [urljoin(self.findings.home, path) for path in SITEMAPS]
        for url in named or places:
            below = [url]
            self.findings.sitemaps[url] = entries = []
            while below and len(self.sitemap_files) < SITEMAP_FILES:
                entries += await self._sitemap(below.pop(0), below)

    async def _sitemap(self, url: str, below: list[str]) -> list[str]:
        """What a sitemap names; those that it leads to are put below."""
        if url in self.sitemap_files:
            return []
        self.sitemap_files.add(url)
        _, response = await self.request(url, "sitemap")
        try:
            read = sitemaps.read(response.body, answers.headers(response)) if response is not None else None
        except ListError:
            read = None
        if read is None:
            return []
        further = (urls.resolve(url, found.url) for found in read.sitemaps)
        below += [address for address in further if address and self.about.owns(address)]
        by = "pages" if PAGE_MAPS.search(url) else "news" if POST_MAPS.search(url) else "sitemap"
        return self._entries(read.pages, url, by)

    def _entries(self, found: list[Found], base: str, by: str) -> list[str]:
        """Take on what a feed or a sitemap names; a headline beside an address says that it is news."""
        kept = []
        for entry in found:
            if not (url := urls.resolve(base, entry.url)) or not self.about.owns(url):
                continue
            kept.append(url)
            is_news = by in {"feed", "news"} or bool(entry.title)
            self.findings.ledger.add(url, "news" if is_news and by == "sitemap" else by)
            when = dates.parse(entry.published, zone=PARIS) if entry.published and is_news else None
            if when:
                self.findings.dates.append((when.instant, entry.published))
                self.findings.newest[when.instant.date().isoformat()] += 1
        return kept

    def _links(self, found: list[Found], base: str, by: str) -> None:
        """Take on what a page links to."""
        own = [
            link for link in found if self.about.owns(link.url) and not FILES.search(urlsplit(link.url).path)
        ]
        for link in own:
            self.findings.ledger.add(link.url, by)
        here = urls.normalise(base)
        self.findings.lists[here] = [link.url for link in own]
        if (first := links.first_page(here)) != here and first in self.findings.lists:
            self.findings.pages.add(here)
        if further := links.next_page(found, base):
            self.findings.pages.add(further)

    async def _page(self, url: str) -> None:
        """Read a page, and write down what it is."""
        fetch, response = await self.request(url, "article")
        ledger = self.findings.ledger
        if response is None or not answers.is_html(response, fetch):
            ledger.judge(url, "lost")
            return
        where = urls.normalise(response.url)
        root, _ = tree.parse(response.body, answers.headers(response))
        answers.heed(response, fetch, root, self.about)
        self.findings.reserved += fetch.is_reserved
        verdict = self._verdict(response, url)
        ledger.judge(url, verdict)
        if verdict in {"list", "other"}:
            self._links(links.read(root, response.url), where, "list")

    def _verdict(self, response: Response, asked: str) -> Verdict:
        ledger = self.findings.ledger
        try:
            article = read_article(response.body, response.url, headers=answers.headers(response))
        except NotAnArticle as error:
            others = {"empty", "paywall", "video"}
            return "list" if error.kind == "list" else "other" if error.kind in others else "lost"
        news = bool(ledger.named_by[asked] & {"feed", "news"})
        is_past = re.search(pattern.CALENDAR, urlsplit(asked).path)
        if not news and (is_past or PAGING.search(asked) or ledger.is_folder(asked)):
            return "list"  # a short list may read like an article
        if not news and (article.published_at is None or re.search(pattern.SERVICE, urlsplit(asked).path)):
            return "other"
        said: Verdict = "article"
        if urls.identity(article.url) != urls.identity(asked):  # another address of one article
            if not self.about.owns(article.url) or article.url == self.findings.home:
                return "lost"
            counts = urls.only_adds(asked, article.url)
            self.findings.counting |= counts
            said = "lost" if counts else "article"
            if ledger.verdicts.get(article.url) == "article":
                return said
            ledger.judge(article.url, "article")
        self.findings.articles.append(article)
        if article.published_at and article.published_raw:
            self.findings.dates.append((article.published_at, article.published_raw))
        return said
