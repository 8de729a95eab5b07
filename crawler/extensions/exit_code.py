"""How a crawl went, as the exit code of its process says it: see docs/operations.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

LOST: Final = ("network_error", "retry_later", "corrupt", "source_error", "too_large", "robots_unreachable")
"""Outcomes of an article page that leave it unread through no decision of anybody's."""

SEVERITY: Final = (3, 6, 5, 4, 2, 1, 130, 143, 129, 9, 7, 8, 0)
"""Of the exit codes of several sources, the first of these is the run's."""


def exit_code(stats: Mapping[str, Any], reason: str | None) -> int:
    """The code of one source's crawl.

    :param stats: its counters; ``run/exit_code`` is that of a database that failed, ``run/signal`` the number
        of the signal that stopped it
    :param reason: why it ended, in Scrapy's words; None where it never began
    """
    if code := stats.get("run/exit_code"):
        return int(code)
    if signal := stats.get("run/signal"):
        return 128 + int(signal)
    if reason in {None, "start_error"} or stats.get("run/bugs"):
        return 1
    if stats.get("health/findings"):
        return 9
    if any(stats.get(f"article/{outcome}") for outcome in LOST) or _all_lists_failed(stats):
        return 7
    return 8 if reason != "finished" or stats.get("frontier/left") else 0


def worst(codes: set[int]) -> int:
    """The code of a run of several sources."""
    return next((code for code in SEVERITY if code in codes), 0)


def _all_lists_failed(stats: Mapping[str, Any]) -> bool:
    """Whether lists were asked for and none has answered: it has moved, or it or the network is down."""
    lists = [name for name in stats if name.startswith(("feed/", "sitemap/", "listing/"))]
    good = ("stored", "stored_flagged", "unchanged", "source_partial", "trap_stopped")
    if stats.get("frontier/resting") and stats.get("downloader/response_count"):
        return False  # others answer so well that they are not asked every time
    return bool(lists) and not any(name.endswith(good) for name in lists)
