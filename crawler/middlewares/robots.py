"""robots.txt by RFC 9309: asked before anything else of a host, decided by the answer's status."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.db.store import RobotsAnswer
from crawler.extensions.database import Database

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

AGENT: Final = "hemero"  # the product token that robots.txt may name
MAX_BYTES: Final = 512_000  # §2.5: at least 500 KiB are read
MAX_AGE: Final = timedelta(hours=24)  # §2.4: an older copy is no longer used


class RobotsRefused(IgnoreRequest):
    """A request that robots.txt forbids, or that nobody could ask robots.txt about."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Robots:
    """What one authority's robots.txt says to us; ``rules`` are None where there are none to obey."""

    authority: str
    status: int | None
    decision: str  # "rules", "allow" (none to obey), "refuse" (unreachable)
    rules: Protego | None = None

    def allows(self, url: str) -> bool:
        """Whether a page may be asked for."""
        return self.rules.can_fetch(url, AGENT) if self.rules else self.decision != "refuse"

    @property
    def delay(self) -> float:
        """The Crawl-delay in seconds, 0 where none is given."""
        return float((self.rules and self.rules.crawl_delay(AGENT)) or 0.0)


class RobotsMiddleware:
    """Asks each authority (scheme, host and port) once a run, and lets nothing through before the answer."""

    def __init__(self, crawler: Crawler, database: Database) -> None:
        self.crawler = crawler
        self.database = database
        self.answers: dict[str, asyncio.Task[Robots]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        return cls(crawler, Database.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or refuse it with the reason."""
        if request.meta.get("robots_txt"):
            return
        parts = urlsplit(request.url)
        authority = f"{parts.scheme}://{parts.netloc}"
        if authority not in self.answers:
            self.answers[authority] = asyncio.ensure_future(self._ask(authority))
        robots = await self.answers[authority]
        request.meta["robots_rule"] = f"{robots.decision} ({robots.status or 'no answer'})"
        if robots.decision == "refuse":
            raise RobotsRefused(
                "robots_unreachable", f"{authority}/robots.txt: no usable answer; tried again later"
            )
        if not robots.allows(request.url):
            raise RobotsRefused("robots_denied", f"{authority}/robots.txt forbids it")
        self._slow_down(request, robots)

    async def _ask(self, authority: str) -> Robots:
        """The authority's answer, written down; a copy of the last day serves where there is none."""
        kept = await self.database.call(self.database.store.robots, authority)
        request = Request(
            f"{authority}/robots.txt", callback=NO_CALLBACK, dont_filter=True, meta={"robots_txt": True}
        )
        if kept and kept.etag:
            request.headers["If-None-Match"] = kept.etag
        if kept and kept.last_modified:
            request.headers["If-Modified-Since"] = kept.last_modified
        now = datetime.now(UTC)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 -- whatever went wrong, the rules are unknown (§2.3.1.4)
            logger.warning("%s/robots.txt: %s: %s", authority, type(error).__name__, error)
            response = None
        answer = _answer(authority, response, now)
        if kept and kept.decision == "rules":
            if answer.status == 304:
                answer = replace(kept, fetched_at=now)
            elif answer.decision == "refuse" and now - kept.fetched_at < MAX_AGE:
                answer = kept
        await self.database.call(self.database.store.save_robots, answer)
        rules = Protego.parse(answer.body) if answer.decision == "rules" else None
        return Robots(authority, answer.status, answer.decision, rules)

    def _slow_down(self, request: Request, robots: Robots) -> None:
        """Keep the Crawl-delay, if it is longer than the source's pace, up to CRAWL_DELAY_MAX."""
        settings = self.crawler.settings
        delay = min(robots.delay, settings.getfloat("CRAWL_DELAY_MAX")) + settings.getfloat("PACE_MARGIN")
        downloader = self.crawler.engine.downloader
        host = urlsplit(request.url).hostname or ""
        if robots.delay and delay > settings.getfloat("DOWNLOAD_DELAY"):
            downloader.per_slot_settings[host] = {"delay": delay}
            if host in downloader.slots:
                downloader.slots[host].delay = delay


def _answer(authority: str, response: Response | None, now: datetime) -> RobotsAnswer:
    """The record of an answer, or of none.

    What it means depends on its status (§2.3.1). 429 says nothing of rules but asks us to go away, so it
    counts as unreachable.
    """
    status = response.status if response is not None else None
    said = {} if response is None else response.headers.to_unicode_dict()
    body = ""
    if status is None or status == 429 or status >= 500:
        decision = "refuse"
    elif response is not None and 200 <= status < 300:
        decision, body = "rules", response.body[:MAX_BYTES].decode("utf-8-sig", "replace")
    else:
        decision = "allow"
    return RobotsAnswer(
        authority=authority,
        status=status,
        decision=decision,
        body=body,
        digest=f"sha256:{sha256(body.encode()).hexdigest()}",
        fetched_at=now,
        etag=str(said.get("ETag", "")),
        last_modified=str(said.get("Last-Modified", "")),
    )
