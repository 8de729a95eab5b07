"""Every declared source is a spider, whether it has a module in crawler/spiders or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from scrapy.spiderloader import SpiderLoader

from crawler import sources
from crawler.sources import files
from crawler.spiders.news import NewsSpider

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.settings import BaseSettings


Names: TypeAlias = list[str]  # in the class, ``list`` is Scrapy's method


class SourceLoader(SpiderLoader):
    """Scrapy's loader, which finds the modules, and a class made of each declaration that has none.

    The declarations' names make the list; a declaration itself is only read when its spider is asked for.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._modules = {
            spider.source.key: spider for spider in self._spiders.values() if hasattr(spider, "source")
        }
        self._keys = frozenset(files.files())

    def list(self) -> Names:
        """The names of all spiders, sorted."""
        return sorted(self._keys | set(self._spiders))

    def load(self, spider_name: str) -> type[Spider]:
        """The spider of a name.

        :raises KeyError: there is none
        """
        if spider_name in self._keys and spider_name not in self._spiders:
            self._spiders[spider_name] = self._made(spider_name)
        return super().load(spider_name)

    def find_by_request(self, request: object) -> Names:
        """The spiders whose source owns the address, for ``scrapy shell`` and ``scrapy fetch``."""
        url = getattr(request, "url", "")
        return [key for key, source in sources.load_all().items() if source.owns(url)]

    def _made(self, key: str) -> type[Spider]:
        base = self._modules.get(key, NewsSpider)
        return type(base.__name__, (base,), {"name": key, "source": sources.load(key)})
