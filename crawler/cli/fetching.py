"""A live site asked as a crawl asks it; nothing is kept."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

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


def ask(spider: str, arguments: dict[str, str], **changes: str) -> Any:  # noqa: ANN401 -- the spider, as it ended
    """Run a spider with everything a crawl does, in a database that is gone when it has ended."""
    from crawler.running import Run  # noqa: PLC0415 -- as above

    with TemporaryDirectory(prefix="hemero-") as folder:
        made = settings(
            HEMERO_DATABASE_URL=f"sqlite:///{folder}/read.db",
            HEMERO_KEEP="all",
            HEMERO_ARCHIVE_WRITE="off",
            LOG_LEVEL="ERROR",
            **changes,
        )
        run = Run(made, [spider], arguments)
        run.start()
    return run.results[spider].spider


def fetch(url: str) -> Article:
    """Ask for a page with everything a crawl does: robots.txt, certificates, one honest name.

    :raises HemeroError: no article came; the sentence says what became of the address
    """
    from pydispatch import dispatcher  # noqa: PLC0415 -- as above
    from scrapy import signals  # noqa: PLC0415

    items: list[Article | Fetch] = []

    def collect(item: Article | Fetch) -> None:
        items.append(item)

    dispatcher.connect(collect, signal=signals.item_scraped)
    ask("page", {"url": url})
    for item in items:
        if isinstance(item, Article):
            return item
    said = [f"{item.outcome}: {item.reason}" for item in items if isinstance(item, Fetch)]
    raise HemeroError(f"{url}: {said[0] if said else 'no answer'}")
