"""The spider of single pages: ``scrapy crawl page -a url=…`` reads any host, declared or not."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlsplit

from crawler import sources
from crawler.errors import ConfigurationError
from crawler.sources import Source
from crawler.spiders.news import NewsSpider


class PageSpider(NewsSpider):
    """Reads the addresses it is given, by the declared source that owns each, else without rules."""

    name = "page"
    source: ClassVar[Source] = Source(key="page", name="", home="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        self.known: dict[str, Source] = {}
        super().__init__(*args, **kwargs)
        if not self.addresses:
            raise ConfigurationError("page: give an address: scrapy crawl page -a url=https://…")

    @property
    def sources(self) -> list[Source]:
        """The sources of all addresses given."""
        return list(dict.fromkeys(self.source_of(address) for address in self.addresses + self.too_long))

    def source_of(self, url: str) -> Source:
        """The declared source that owns the address, or a bare one that is named after its host."""
        host = urlsplit(url).hostname or ""
        if host not in self.known:
            declared = (source for source in sources.load_all().values() if source.owns(url))
            bare = host.removeprefix("www.")
            self.known[host] = next(
                declared, Source(key=bare, name=bare, home=f"{urlsplit(url).scheme}://{host}/")
            )
        if refused := self.known[host].refused:
            raise ConfigurationError(f"{url}: {self.known[host].key} is not crawled: {refused}")
        return self.known[host]
