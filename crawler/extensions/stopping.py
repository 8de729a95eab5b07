"""How a crawl ends before its time: gently at the first signal or limit, at once at the second signal."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any, Final

from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.crawler import Crawler

HARD: Final = 1.5  # seconds from the second signal to the end, whatever still hangs
TICK: Final = 0.1  # seconds between two looks at what has come to wait for its turn


class Stopped(IgnoreRequest):
    """A request that was never sent, since the run stops; its page stays on the frontier."""


def handle(handler: Callable[[int, Any], None] | signal.Handlers) -> None:
    """Let a handler have SIGINT, SIGTERM and, unless nohup has seen to it, SIGHUP."""
    for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
        signum = getattr(signal, name, None)
        if signum is not None and not (name == "SIGHUP" and signal.getsignal(signum) is signal.SIG_IGN):
            signal.signal(signum, handler)


class _Forgotten(set[Any]):
    """What a crawl still has in flight when it has been closed all the same: its end closes nothing again."""

    def __bool__(self) -> bool:
        return True

    def remove(self, request: object) -> None:
        """Nothing: it is not there."""


async def close(crawler: Crawler, reason: str) -> None:
    """Close a crawl: requests that wait for their turn are dropped, those in flight are finished.

    A crawl that is still being opened is left alone: it is closed as soon as its engine has started.
    """
    engine = crawler._engine  # noqa: SLF001 -- its public name raises before there is one
    if engine is None or engine.spider is None or not engine.running:
        return
    closing = asyncio.ensure_future(engine.close_spider_async(reason=reason))
    while not closing.done():
        _drop_queues(crawler)
        await asyncio.wait([closing], timeout=TICK)


def abandon(crawler: Crawler) -> None:
    """Let a crawl that is closing wait for no server any longer."""
    slot = crawler._engine._slot if crawler._engine else None  # noqa: SLF001 -- Scrapy offers no other way
    if slot is not None and slot.closing is not None and slot.inprogress:
        slot.inprogress.clear()
        slot._maybe_fire_closing()  # noqa: SLF001 -- as above
        slot.inprogress = _Forgotten()


def _drop_queues(crawler: Crawler) -> None:
    """Drop what waits for its turn with a host; robots.txt is still asked for, since its answer is kept."""
    for slot in crawler.engine.downloader.slots.values():
        waiting = [entry for entry in slot.queue if entry[0].callback is not NO_CALLBACK]
        for entry in waiting:
            slot.queue.remove(entry)
            request, answer = entry
            request.errback = None  # it was not lost: it was never sent
            answer.errback(Stopped(f"{request.url}: the run stops"))
