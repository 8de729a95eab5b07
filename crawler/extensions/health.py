"""The health of a source, looked at when its crawl ends: findings are kept, counted, told."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from crawler import config
from crawler.db.health import Health as Records
from crawler.errors import AlertError
from crawler.extensions.database import Database
from crawler.health import alerts, checks
from crawler.health.canaries import compare
from crawler.health.finding import Finding
from crawler.health.history import BACK, Answer, History, Reading, Run
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

    from crawler.db.health import Gold
    from crawler.sources import Source
    from crawler.spiders.news import NewsSpider

logger = logging.getLogger(__name__)


class Health:
    """Wakes the canaries when an ordinary crawl begins, and checks its source when it ends."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.configuration = config.load(crawler.settings)
        self.golds: dict[str, Gold] = {}
        self.seen: dict[str, str] = {}  # canary → what differs
        self.records: Records | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the crawl's beginning and end, and to what it reads."""
        health = cls(crawler)
        crawler.signals.connect(health.opened, signals.engine_started)
        crawler.signals.connect(health.read, signals.item_scraped)
        return health

    @property
    def source(self) -> Source | None:
        """The source, where the run is an ordinary one: it walks the lists of today."""
        spider: NewsSpider = self.crawler.spider  # type: ignore[assignment]
        return spider.source if getattr(spider, "walks", False) and not spider.arguments else None

    async def opened(self) -> None:
        """Make the canaries due."""
        database = Database.of(self.crawler)
        if self.source is None or database.run is None:
            return
        self.records = Records(database.engine)
        self.golds = await database.call(self._wake, self.source)
        database.before_end.append(self.check)

    def _wake(self, source: Source) -> dict[str, Gold]:
        """All canaries of the source; a declared one that has no gold text yet gets what is held of it."""
        assert self.records is not None  # noqa: S101 -- opened made it
        now, held = datetime.now(UTC), {gold.url for gold in self.records.canaries(source.key)}
        for url in source.expect.canaries:
            if url not in held and (gold := self.records.text(url)):
                self.records.accept(gold, now)
        return {gold.url: gold for gold in self.records.wake(source.key, now)}

    def read(self, item: Any) -> None:  # noqa: ANN401 -- whatever a crawl yields
        """Hold a canary against its text."""
        if isinstance(item, Article):
            url = next((url for url in (item.url, *item.alternates) if url in self.golds), "")
            if gold := self.golds.get(url):
                now = (item.title, f"{item.lead}\n\n{item.body}".strip(), item.published_at)
                self.seen[url] = compare((gold.title, gold.body, gold.published_at), now)
        elif (
            isinstance(item, Fetch)
            and item.url in self.golds
            and item.outcome not in {"unchanged", "duplicate"}
        ):
            self.seen[item.url] = f"it is no article any more: {item.outcome}: {item.reason}"

    async def check(self, reason: str) -> None:
        """Look at the source, write down what is found, and tell what is new; half a run says nothing."""
        stats = self.crawler.stats
        if self.source is None or reason != "finished" or stats.get_value("run/error"):
            return
        found = await Database.of(self.crawler).call(self._findings, self.source)
        told = [{"kind": one.kind, "subject": one.subject, "message": one.message} for one in found]
        stats.set_value("health/findings", told)
        await Database.of(self.crawler).call(self._record, self.source.key, found)
        for finding in told:
            logger.warning("%s: %s: %s", self.source.key, finding["kind"], finding["message"])
        await self._tell(self.source.key)

    def _findings(self, source: Source) -> list[Finding]:
        assert self.records is not None  # noqa: S101 -- check looks
        now = datetime.now(UTC)
        for url in self.seen:
            self.records.read(url, now)
        canaries = [Finding("canary", url, f"{url}: {said}") for url, said in self.seen.items() if said]
        standing = [
            Finding(row.kind, row.subject, row.message)
            for row in self.records.open(source.key)
            if row.kind == "canary" and row.subject in self.golds and row.subject not in self.seen
        ]
        new = self.crawler.stats.get_value("store/new", 0)
        return checks.check(history(self.records, source, now, new)) + canaries + standing

    def _record(self, key: str, found: list[Finding]) -> None:
        assert self.records is not None  # noqa: S101 -- check looks
        rows = [(one.kind, one.subject, one.message) for one in found]
        self.records.record(key, rows, datetime.now(UTC))

    async def _tell(self, key: str) -> None:
        """Send what nobody was told of yet, each way by itself: what one does not take, a later run sends."""
        assert self.records is not None  # noqa: S101 -- check looks
        database = Database.of(self.crawler)
        for way, send in self._ways().items():
            rows = await database.call(self.records.untold, key, way)
            if not rows:
                continue
            findings = [{"kind": row.kind, "subject": row.subject, "message": row.message} for row in rows]
            try:
                await asyncio.to_thread(send, key, findings)
            except AlertError as error:
                logger.error("%s: the alert could not be sent, the next run tries again: %s", key, error)  # noqa: TRY400 -- one sentence is enough
                self.crawler.stats.inc_value("health/alerts_failed")
            else:
                await database.call(self.records.tell, rows, way)

    def _ways(self) -> dict[str, Callable[[str, list[dict[str, str]]], None]]:
        """How the configuration wants alerts to be sent."""
        said = self.configuration
        ways: dict[str, Callable[[str, list[dict[str, str]]], None]] = {}
        if said.alert_to:
            ways["mail"] = partial(alerts.mail, said.alert_smtp, said.alert_from, said.alert_to)
        if said.alert_webhook:
            ways["webhook"] = partial(alerts.post, said.alert_webhook)
        return ways


def history(records: Records, source: Source, now: datetime, new: int | None = None) -> History:
    """What the database knows of a source; ``new`` are the articles of a run that has not been closed yet."""
    rows = records.runs(source.key, now - BACK)
    runs = [Run(row.at, row.new or 0, row.pages or 0, row.walls or 0, row.errors or 0) for row in rows]
    if runs and new is not None:
        last = runs[-1]
        runs[-1] = Run(last.at, new, last.pages, last.walls, last.errors)
    rules = source.rules[-1] if source.rules else None
    fields = {"title", "lead", "body", "authors", "published", "section", "tags"}
    return History(
        source=source.key,
        country=source.country,
        language=source.language,
        runs=runs,
        readings=[_reading(row) for row in records.readings(source.key, now - BACK)],
        answers=[
            Answer(row.url, row.attempts, row.reason, row.since, is_definite=row.outcome == "source_error")
            for row in records.answers((*source.feeds, *source.sitemaps))
        ],
        selectors=frozenset(name for name in fields if rules and getattr(rules, name)),
        articles_a_day=source.expect.articles_a_day,
        silence=source.expect.silence,
    )


def _reading(row: Any) -> Reading:  # noqa: ANN401 -- a row
    names = {"published_at": "published"}
    return Reading(
        at=row.at,
        words=row.words,
        dated=row.published_at is not None,
        signed=bool(row.signals.get("authors") or row.agency),
        led=bool(row.signals.get("lead")),
        language=row.language,
        comments=bool(row.comment_count),
        rules=frozenset(names.get(name, name) for name, said in row.signals.items() if said == "rules"),
    )
