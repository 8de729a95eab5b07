"""Every declared source is a spider, whether it has a module in crawler/spiders or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.spiderloader import SpiderLoader

from crawler import sources
from crawler.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.settings import BaseSettings


class SourceLoader(SpiderLoader):
    """Scrapy's loader, which finds the modules, and a class made of each declaration that has none."""

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        modules = {
            spider.source.key: spider for spider in self._spiders.values() if hasattr(spider, "source")
        }
        for key, source in sources.load_all().items():
            base = modules.get(key, NewsSpider)
            self._spiders[key] = type(base.__name__, (base,), {"name": key, "source": source})
        self._spiders = dict(sorted(self._spiders.items()))

    def find_by_request(self, request: object) -> list[str]:
        """The spiders whose source owns the address, for ``scrapy shell`` and ``scrapy fetch``."""
        url = getattr(request, "url", "")
        return [key for key, spider in self._spiders.items() if _owns(spider, url)]


def _owns(spider: type[Spider], url: str) -> bool:
    return bool((source := getattr(spider, "source", None)) and source.owns(url))
