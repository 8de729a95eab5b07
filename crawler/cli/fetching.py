"""One page fetched as a crawl fetches it, and read; nothing is kept."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from crawler.errors import HemeroError
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from scrapy.settings import Settings


def settings(**changes: str) -> Settings:
    """Scrapy's settings as crawler/settings has them, whatever the current folder, with changes that win."""
    from scrapy.settings import Settings  # noqa: PLC0415 -- Twisted is only loaded to crawl

    made = Settings()
    made.setmodule("crawler.settings", priority="project")
    made.setdict(changes, priority="cmdline")
    return made


def fetch(url: str) -> Article:
    """Ask for a page with everything a crawl does: robots.txt, certificates, one honest name.

    :raises HemeroError: no article came; the sentence says what became of the address
    """
    from pydispatch import dispatcher  # noqa: PLC0415 -- as above
    from scrapy import signals  # noqa: PLC0415

    from crawler.running import Run  # noqa: PLC0415

    items: list[Article | Fetch] = []

    def collect(item: Article | Fetch) -> None:
        items.append(item)

    with TemporaryDirectory(prefix="hemero-") as folder:
        made = settings(
            HEMERO_DATABASE_URL=f"sqlite:///{folder}/read.db",
            HEMERO_KEEP="all",
            HEMERO_ARCHIVE_WRITE="off",
            LOG_LEVEL="ERROR",
        )
        run = Run(made, ["page"], {"url": url})
        dispatcher.connect(collect, signal=signals.item_scraped)
        run.start()
    for item in items:
        if isinstance(item, Article):
            return item
    said = [f"{item.outcome}: {item.reason}" for item in items if isinstance(item, Fetch)]
    raise HemeroError(f"{url}: {said[0] if said else 'no answer'}")
