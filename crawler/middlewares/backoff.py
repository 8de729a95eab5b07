"""Servers that fail or ask for quiet are left alone: retries, pauses, and a breaker for each origin."""

from __future__ import annotations

import asyncio
import logging
import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from crawler.db.origins import Pause
from crawler.extensions.database import Database
from crawler.items import LATER
from crawler.text import urls

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

logger = logging.getLogger(__name__)

EVER: Final = datetime.min.replace(tzinfo=UTC)

UNREACHED: Final = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    OSError,
)


MOMENT: Final = 2.0
"""Seconds after a refusal in which nothing leaves: on a busy machine what is made of it can take one."""


class LeftAlone(IgnoreRequest):
    """A request to an origin that is paused; it is asked again after ``next_attempt_at``."""

    outcome = "retry_later"

    def __init__(self, pause: Pause) -> None:
        super().__init__(f"{pause.authority} is left alone: {pause.reason}")
        self.next_attempt_at = pause.paused_until


class TakenBack(IgnoreRequest):
    """A request that was taken back before it left, since its origin has come to be paused or in doubt."""


class BackoffMiddleware:
    """Pauses a whole origin for what one address of it answers.

    An address is not asked before its Retry-After, up to RETRY_AFTER_MAX. Where that is no longer than
    BACKOFF_MAX, it is asked RETRY_TIMES more in the run; without one too, after BACKOFF seconds, twice as
    many, …; then its origin is paused likewise, by failures in a row.

    The origin pauses as long as Retry-After says. Where that is longer than ORIGIN_PATIENCE, and after
    BREAKER_FAILURES in a row, the origin is in doubt: after the patience it is asked for its robots.txt and
    nothing else; unless that comes, it is left alone until Retry-After, or for BREAKER_PAUSE (twice as long
    each time). Pauses stand in the table ``origin`` and hold for every run.
    """

    def __init__(self, crawler: Crawler, database: Database) -> None:
        self.crawler = crawler
        self.database = database
        self.settings: BaseSettings = crawler.settings
        self.patience = timedelta(seconds=self.settings.getfloat("ORIGIN_PATIENCE"))
        self.pauses: dict[str, Pause] = {}
        self.doubts: dict[str, Pause] = {}  # what becomes of an origin that is not well
        self.probes: dict[str, asyncio.Task[None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        made = cls(crawler, Database.of(crawler))
        crawler.signals.connect(made.hear, signals.response_downloaded)
        return made

    def hear(self, request: Request, response: Response) -> None:
        """Let nothing leave for the host until it is decided what a refusal means."""
        if response.status in LATER:
            self._hold(request, MOMENT)

    async def process_request(self, request: Request) -> None:
        """Hold the request back while its origin is paused, or refuse it."""
        if request.meta.get("probe"):
            return
        while True:
            pause = await self._of(request)
            left = (pause.paused_until or EVER) - datetime.now(UTC)
            if left > self.patience:
                raise LeftAlone(pause)
            if left > timedelta(0):
                await asyncio.sleep(left.total_seconds())
            elif pause.authority in self.doubts:
                await self._probed(pause.authority)
            else:
                return

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Take note of how the origin fares; ask again, or let the answer pass."""
        if request.meta.get("probe"):
            return response
        pause = await self._of(request)
        if response.status not in LATER:
            if pause.failures:
                await self._keep(Pause(authority=pause.authority))
            return response
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        reason = f"status {response.status}"
        times = self.settings.getint("RETRY_TIMES")
        if self._is_short(wait) and (again := self._again(request, reason, times, wait)):
            return again
        if wait is not None:
            wait = min(wait, timedelta(seconds=self.settings.getfloat("RETRY_AFTER_MAX")))
            request.meta["next_attempt_at"] = datetime.now(UTC) + wait
        await self._failed(request, reason, wait)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Take note of an origin that does not answer; a connection that broke is tried once more."""
        if isinstance(exception, TakenBack):
            return request.replace(dont_filter=True)
        if not isinstance(exception, UNREACHED) or request.meta.get("probe"):
            return None
        reason = type(exception).__name__
        once = 0 if isinstance(exception, DownloadTimeoutError) else 1
        if again := self._again(request, reason, min(once, self.settings.getint("RETRY_TIMES")), None):
            return again
        await self._failed(request, reason, None)
        return None

    def is_paused(self, request: Request) -> bool:
        """Whether the request's origin is paused or in doubt by now."""
        authority = _authority(request)
        pause = self.pauses.get(authority)
        waits = pause is not None and (pause.paused_until or EVER) > datetime.now(UTC)
        return (waits or authority in self.doubts) and not request.meta.get("probe")

    async def _of(self, request: Request) -> Pause:
        """How an origin fares, as the last run has left it."""
        authority = _authority(request)
        if authority not in self.pauses:
            kept = await self.database.call(self.database.store.origin, Pause, authority)
            self.pauses.setdefault(authority, kept or Pause(authority=authority))
        return self.pauses[authority]

    def _is_short(self, wait: timedelta | None) -> bool:
        """Whether a run waits for one address."""
        return wait is None or wait.total_seconds() <= self.settings.getfloat("BACKOFF_MAX")

    def _again(self, request: Request, reason: str, times: int, wait: timedelta | None) -> Request | None:
        """The request once more, after a pause that doubles; None where it was asked often enough."""
        tried = request.meta.get("retry_times", 0)
        if tried >= times:
            return None
        self._hold(request, wait.total_seconds() if wait else self._backoff(tried))
        redirects = [*request.meta.get("redirects", []), f"{reason} {urls.shown(request.url)}"]
        meta = request.meta | {"retry_times": tried + 1, "redirects": redirects}
        self.crawler.stats.inc_value("backoff/again")
        return request.replace(meta=meta, dont_filter=True, priority=request.priority + 1)

    async def _failed(self, request: Request, reason: str, wait: timedelta | None) -> None:
        """Pause an origin."""
        pause, now = await self._of(request), datetime.now(UTC)
        failures = pause.failures + 1
        over = failures - self.settings.getint("BREAKER_FAILURES")
        if wait is None:
            wait = timedelta(seconds=min(self._backoff(failures - 1), self.settings.getfloat("BACKOFF_MAX")))
            if over >= 0:
                closed = timedelta(seconds=self.settings.getfloat("BREAKER_PAUSE")) * 2 ** min(over, 10)
                wait = min(closed, timedelta(days=1))
                reason = f"{failures} failures in a row, the last: {reason}"
        full = replace(pause, failures=failures, failed_at=now, paused_until=now + wait, reason=reason)
        if wait > self.patience:
            self.doubts[pause.authority] = full
            wait = min(self.patience, timedelta(seconds=self._backoff(0))) if over >= 0 else self.patience
            self._take_back(request)
        self._hold(request, wait.total_seconds())
        await self._keep(replace(full, paused_until=now + wait))

    async def _probed(self, authority: str) -> None:
        """Wait until an origin in doubt has been asked for its robots.txt, once."""
        if authority not in self.probes:
            self.probes[authority] = asyncio.ensure_future(self._probe(authority))
        await self.probes[authority]

    async def _probe(self, authority: str) -> None:
        request = Request(
            f"{authority}/robots.txt",
            callback=NO_CALLBACK,
            dont_filter=True,
            meta={"robots_txt": True, "probe": True},
        )
        try:
            response = await self.crawler.engine.download_async(request)
            well = response.status not in LATER
        except Exception as error:  # noqa: BLE001 -- whatever it is, the origin is not well
            logger.info("%s: %s: %s", request.url, type(error).__name__, error)
            well = False
        full = self.doubts.pop(authority)
        del self.probes[authority]
        if not well:
            logger.warning("%s is left alone until %s: %s", authority, full.paused_until, full.reason)
        await self._keep(Pause(authority=authority) if well else full)

    async def _keep(self, pause: Pause) -> None:
        self.pauses[pause.authority] = pause
        await self.database.call(self.database.store.save_origin, pause)

    def _backoff(self, times: int) -> float:
        """Seconds: BACKOFF, twice, four times, … and up to a half more, so that no two crawlers keep step."""
        return float(self.settings.getfloat("BACKOFF") * 2 ** min(times, 10) * random.uniform(1, 1.5))  # noqa: S311

    def _hold(self, request: Request, seconds: float) -> None:
        """Let nothing leave for the request's host for so long, not even what already waits for its turn."""
        slots = self.crawler.engine.downloader.slots
        if slot := slots.get(request.meta.get("download_slot", "")):
            slot.lastseen = max(slot.lastseen, monotonic() + seconds - slot.delay)

    def _take_back(self, request: Request) -> None:
        """Have what already waits for its turn on the request's host come here again first."""
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        while slot and slot.queue:
            _, waiting = slot.queue.popleft()
            waiting.errback(Failure(TakenBack()))  # type: ignore[no-untyped-call]


class LastLookMiddleware:
    """Sends back a request whose origin was paused since BackoffMiddleware let it pass.

    In between it may have waited for robots.txt, for tdmrep.json and for the database, while another
    request was refused.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Find the pauses of this run."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let it go on to the wire, or have it come to BackoffMiddleware again."""
        backoff = self.crawler.get_downloader_middleware(BackoffMiddleware)
        if backoff and backoff.is_paused(request):
            raise TakenBack


def _authority(request: Request) -> str:
    parts = urlsplit(request.url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def retry_after(value: bytes | None, now: datetime) -> timedelta | None:
    """What Retry-After asks for (RFC 9110 §10.2.3: seconds or a date); None where it says nothing usable."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=min(int(text[:12]), 10**9)) or None
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    left = (when if when.tzinfo else when.replace(tzinfo=UTC)) - now
    return left if left > timedelta(0) else None
