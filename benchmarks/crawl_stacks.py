"""The stacks that the crawl benchmark compares; one of them is run here, in a process of its own.

Each prints one JSON object: pages, seconds of CPU (user and system, all threads) and of wall between Scrapy's
``spider_opened`` and ``spider_closed``, and resident memory after each quarter of the pages.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import sqlalchemy as sa
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from benchmarks import crawl_pages, crawl_spiders
from benchmarks.crawl_spiders import BareSpider, NaiveSpider, OrmPipeline
from crawler.db import session
from crawler.running import Run

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

LOOPBACK: Final = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
}
"""Said to every stack, and all that is said to ours: no politeness towards a server of our own."""

SPARED: Final = {"COOKIES_ENABLED": False, "RETRY_ENABLED": False, "TELNETCONSOLE_ENABLED": False}
"""Said to Scrapy as it comes: what it would do beside fetching."""

METERS: Final[list[Meter]] = []
"""The meters of this process: one, of the crawl that it runs."""


class Meter:
    """Measures a crawl from its first signal to its last."""

    def __init__(self, crawler: Crawler) -> None:
        self.total = crawler.settings.getint("BENCH_PAGES")
        self.seen = 0
        self.memory: dict[int, float] = {}
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.received, signals.response_received)
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Meter:
        """Listen, and be found after the crawl."""
        METERS.append(cls(crawler))
        return METERS[-1]

    def opened(self) -> None:
        """The clocks start."""
        self.cpu, self.wall = time.process_time(), time.perf_counter()

    def received(self, response: Response) -> None:
        """Take the memory at each quarter of the pages."""
        if response.url.endswith(".html"):
            self.seen += 1
            if self.seen % (self.total // 4) == 0:
                self.memory[self.seen] = resident()

    def closed(self) -> None:
        """The clocks stop."""
        self.cpu, self.wall = time.process_time() - self.cpu, time.perf_counter() - self.wall


def resident() -> float:
    """The resident memory of this process in MB: now where the system tells, else its highest."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def stock(pages: int, base: str) -> AsyncCrawlerProcess:
    """Scrapy as it comes, with a spider that parses nothing."""
    return _scrapy(Settings(SPARED), BareSpider, pages, base)


def tuned(pages: int, base: str) -> AsyncCrawlerProcess:
    """The same spider under Hemero's own settings, without its components."""
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    for name in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "ITEM_PIPELINES", "EXTENSIONS"):
        kept = {path: at for path, at in settings.getdict(name).items() if not path.startswith("crawler.")}
        settings.set(name, kept, priority="cmdline")
    for name in ("SPIDER_LOADER_CLASS", "LOG_FORMATTER", "DOWNLOAD_HANDLERS", "TWISTED_DNS_RESOLVER"):
        settings.set(name, Settings().get(name), priority="cmdline")
    settings.set("SPIDER_MODULES", [], priority="cmdline")
    return _scrapy(settings, BareSpider, pages, base)


def naive(pages: int, base: str) -> AsyncCrawlerProcess:
    """Trafilatura on the reactor's thread, and a commit an item."""
    for number in range(3):  # what trafilatura loads at first use is loaded outside the clocks
        crawl_spiders.read(crawl_pages.page(number).html.decode(), base)
    settings = Settings(SPARED | {"ITEM_PIPELINES": {OrmPipeline: 100}})
    return _scrapy(settings, NaiveSpider, pages, base)


def ours(pages: int, base: str) -> AsyncCrawlerProcess:
    """A declared source as ``hemero crawl`` crawls it, every text kept; only the pace is another."""
    Path("catalogue").mkdir()
    Path("catalogue/banc.toml").write_text(
        f'name = "Le Banc d\'essai"\nhome = "{base}/"\nsitemaps = ["{base}/sitemap.xml"]\n'
        "article = '/[0-9]{4}/[0-9]{2}/[0-9]{2}/[a-z-]+-0[0-9]{5}\\.html$'\npace = 0.0\n",
        "utf-8",
    )
    os.environ |= {
        "HEMERO_ALLOW_ADDRESSES": "127.0.0.1/32",
        "HEMERO_ALLOW_PORTS": base.rpartition(":")[2],
        "HEMERO_CATALOGUE": "catalogue",
        "HEMERO_KEEP": "all",
        "HEMERO_DATABASE_URL": "sqlite:///hemero.db",
    }
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    return Run(_with_meter(settings, pages), ["banc"], {})


def _scrapy(settings: Settings, spider: type[BareSpider], pages: int, base: str) -> AsyncCrawlerProcess:
    process = AsyncCrawlerProcess(_with_meter(settings, pages))
    process.crawl(spider, base=base, pages=pages)
    return process


def _with_meter(settings: Settings, pages: int) -> Settings:
    extensions = settings.getdict("EXTENSIONS") | {Meter: 0}
    for name, value in (LOOPBACK | {"BENCH_PAGES": pages, "EXTENSIONS": extensions}).items():
        settings.set(name, value, priority="cmdline")
    return settings


STACKS: Final = {"stock": stock, "tuned": tuned, "naive": naive, "ours": ours}


def main(name: str, pages: int, base: str) -> dict[str, Any]:
    """Run one stack in the current folder; what was measured, and what it has stored."""
    STACKS[name](pages, base).start()
    [meter] = METERS
    measured = {"pages": meter.seen, "cpu": meter.cpu, "wall": meter.wall, "memory": meter.memory}
    return measured | (check(pages) if name == "ours" else {})


def check(pages: int) -> dict[str, int]:
    """How many articles are stored, read exactly as they were written, and found by the full-text index."""
    with session.reading("sqlite:///hemero.db") as engine, engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT url, title, lead, body FROM articles")).all()
        held = {urlsplit(url).path: tuple(texts) for url, *texts in rows}
        wanted = [crawl_pages.page(number) for number in range(pages)]
        exact = sum(held.get(news.path) == (news.title, news.lead, "\n\n".join(news.body)) for news in wanted)
    return {"stored": len(rows), "exact": exact}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), sys.argv[3])))
