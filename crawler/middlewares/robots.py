"""robots.txt by RFC 9309: asked before anything else of an authority, decided by the answer's status."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from crawler.db.origins import RobotsAnswer
from crawler.extensions.database import Database
from crawler.middlewares.redirect import RedirectRefused
from crawler.middlewares.rules import Robots, answer, lost

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

MAX_AGE: Final = timedelta(hours=24)  # §2.4: an older copy is no longer used
GIVEN_UP: Final = timedelta(days=30)  # §2.3.1.4: after this long, unreachable counts as unavailable


class RobotsRefused(IgnoreRequest):
    """A request that robots.txt forbids, or that nobody could ask robots.txt about."""

    def __init__(self, outcome: str, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


def _told(robots: Robots) -> RobotsRefused:
    """What becomes of a robots.txt that is asked for as if it were a page: it has just been read."""
    if not robots.allows(f"{robots.authority}/"):
        return RobotsRefused("robots_denied", f"{robots.authority}/robots.txt forbids the whole site")
    return RobotsRefused("stored", "it stands in the table robots")


class RobotsMiddleware:
    """Asks each authority (scheme, host and port) once a day and run, and lets nothing through before.

    Articles, feeds, sitemaps and listings obey alike. ``robots_rule`` of a request's meta says what decided:
    the decision, the status of the answer and the rule.
    """

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
        robots = await self.of(request.url)
        rule = robots.rule(request.url)
        request.meta["robots_rule"] = (
            f"{robots.decision} ({robots.status or 'no answer'}){rule and f': {rule}'}"
        )
        if robots.decision == "refuse":
            raise RobotsRefused(
                "robots_unreachable", f"{robots.authority}/robots.txt: no usable answer; tried again later"
            )
        if not robots.allows(request.url):
            raise RobotsRefused("robots_denied", f"{robots.authority}/robots.txt forbids it: {rule}")
        if urlsplit(request.url).path == "/robots.txt":
            raise _told(robots)
        self._slow_down(request, robots)

    async def of(self, url: str) -> Robots:
        """What the robots.txt of an address's authority says; asked for where the run does not know it yet.

        An authority that was no use may be asked again a day later, in a run that lasts so long.
        """
        parts = urlsplit(url)
        authority = f"{parts.scheme}://{parts.netloc}".lower()
        task = self.answers.get(authority)
        if task is None or (task.done() and datetime.now(UTC) - task.result().asked_at > MAX_AGE):
            self.answers[authority] = task = asyncio.ensure_future(self._ask(authority))
        return await task

    async def _ask(self, authority: str) -> Robots:
        """The authority's answer, written down; a copy of the last day serves where there is none."""
        kept = await self.database.call(self.database.store.origin, RobotsAnswer, authority)
        now = datetime.now(UTC)
        found = await self._fetched(authority, kept, now)
        if kept and kept.decision == "rules" and found.status == 304:
            found = replace(kept, fetched_at=now)
        elif kept and found.decision == "refuse" and now - kept.fetched_at < MAX_AGE:
            found = kept
        elif kept and found.decision == kept.decision == "refuse":
            since = kept.fetched_at  # of the first of a row of failures
            decision = "allow" if now - since > GIVEN_UP else "refuse"
            found = replace(found, fetched_at=since, decision=decision)
        await self.database.call(self.database.store.save_origin, found)
        return Robots.of(found, now)

    async def _fetched(self, authority: str, kept: RobotsAnswer | None, now: datetime) -> RobotsAnswer:
        """What the authority answers now."""
        request = Request(
            f"{authority}/robots.txt", callback=NO_CALLBACK, dont_filter=True, meta={"robots_txt": True}
        )
        if kept and kept.decision == "rules" and kept.etag:
            request.headers["If-None-Match"] = kept.etag
        if kept and kept.decision == "rules" and kept.last_modified:
            request.headers["If-Modified-Since"] = kept.last_modified
        try:
            response: Response = await self.crawler.engine.download_async(request)
        except RedirectRefused as error:  # §2.3.1.2: too many redirects are the same as none to be had
            logger.info("%s/robots.txt: %s", authority, error)
            return lost(authority, now, "allow")
        except Exception as error:  # noqa: BLE001 -- whatever went wrong, the rules are unknown (§2.3.1.4)
            logger.warning("%s/robots.txt: %s: %s", authority, type(error).__name__, error)
            return lost(authority, now, "refuse")
        return answer(authority, response, now)

    def _slow_down(self, request: Request, robots: Robots) -> None:
        """Keep the Crawl-delay, if it is longer than the source's pace, up to CRAWL_DELAY_MAX."""
        settings = self.crawler.settings
        delay = min(robots.delay, settings.getfloat("CRAWL_DELAY_MAX")) + settings.getfloat("PACE_MARGIN")
        downloader = self.crawler.engine.downloader
        host = urlsplit(request.url).hostname or ""
        held = downloader.per_slot_settings.get(host, {}).get("delay", settings.getfloat("DOWNLOAD_DELAY"))
        if robots.delay and delay > held:
            downloader.per_slot_settings[host] = {"delay": delay}
            if host in downloader.slots:
                downloader.slots[host].delay = max(delay, downloader.slots[host].delay)
