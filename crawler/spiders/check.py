"""The spider that holds a declaration against the live site: ``hemero sources check``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from crawler import sources
from crawler.errors import NotAnArticle, SourceError
from crawler.extract import read as read_article
from crawler.extract import rules, tree
from crawler.sources import Source
from crawler.spiders import answers, arguments, lists
from crawler.spiders.asking import AskingSpider

if TYPE_CHECKING:
    from crawler.extract.rules import Given
    from crawler.items import Article, Fetch

ARTICLES = 3  # read, of those that the lists name


@dataclass(kw_only=True, slots=True)
class Looked:
    """One address that was asked for: of a list how many articles it names, of an article what it says."""

    fetch: Fetch
    articles: int = 0
    article: Article | None = None
    given: list[Given] = field(default_factory=list)


class CheckSpider(AskingSpider):
    """Asks every list of a source once, and reads some of its articles, or the one it is given.

    :param key: the source
    :param url: an article to be read instead of those that the lists name
    """

    name = "check"
    source: ClassVar[Source] = Source(key="check", name="", home="")
    known_arguments: ClassVar[tuple[str, ...]] = ("key", "url")

    def __init__(self, key: str = "", url: str = "", **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.about = sources.load(key)
        if self.about.refused:
            raise SourceError(f"{key}: not asked: {self.about.refused}")
        self.addresses = arguments.addresses(url, "")
        for address in self.addresses:
            arguments.owned(self.about, address)
        self.arguments = {"key": key, "url": url}
        self.lists: list[Looked] = []
        self.articles: list[Looked] = []

    @property
    def sources(self) -> list[Source]:
        """The source that is checked."""
        return [self.about]

    async def look(self) -> None:
        """Ask the lists, then read articles."""
        named: list[str] = []
        for kind, url, walk in lists.of(self.about, since=None, today=datetime.now(UTC).date()):
            fetch, response = await self.request(url, kind)
            looked = Looked(fetch=fetch)
            if response is not None:
                found = lists.read(response, fetch, self.about, walk, None)
                urls = [entry.url for what, entry, _ in found if what == "article"]
                looked.articles = len(urls)
                named += urls
            self.lists.append(looked)
        for url in self.addresses or list(dict.fromkeys(named))[:ARTICLES]:
            self.articles.append(await self._article(url))

    async def _article(self, url: str) -> Looked:
        """Read one article by the rules of its source."""
        fetch, response = await self.request(url, "article")
        looked = Looked(fetch=fetch)
        if response is None or not answers.is_html(response, fetch):
            return looked
        layout, headers = self.about.rules_for(fetch.fetched_at.date()), answers.headers(response)
        if layout:
            looked.given = list(rules.given(tree.parse(response.body, headers)[0], layout))
        try:
            looked.article = read_article(
                response.body,
                response.url,
                headers=headers,
                rules=layout,
                timezone=self.about.timezone,
                outlet=self.about.name,
            )
        except NotAnArticle as error:
            fetch.outcome, fetch.reason = "archived_only", f"{error.kind}: {error.reason}"
        return looked
