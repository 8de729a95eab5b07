"""What a run says of itself, for machines: a source's report in the table ``crawl``, all in a file."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crawler import __version__
from crawler.errors import StorageError
from crawler.extensions.exit_code import LOST, exit_code
from crawler.extensions.stopping import Stopped
from crawler.items import KINDS, OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy.crawler import Crawler

    from crawler.running import Run

NEVER_SENT: Final = f"downloader/exception_type_count/{Stopped.__module__}.{Stopped.__qualname__}"
"""What Scrapy has counted as a request, but was dropped before its turn came, since the run stopped."""

COLUMNS: Final = {
    "new": ("store/new",),
    "changed": ("store/revision",),
    "unchanged": ("store/unchanged", "article/unchanged"),
    "copies": ("store/duplicate",),
    "relevant": ("relevance/label_1", "relevance/label_2"),
    "refused": ("article/robots_denied", "article/redirect_refused"),
    "http_error": ("article/http_error",),
    "lost": tuple(f"article/{outcome}" for outcome in LOST),
    "resting": ("frontier/resting",),
}
"""What is counted of each source beside the requests, and the stats that make the number."""


def counts(stats: Mapping[str, Any]) -> dict[str, int]:
    """The numbers of one crawl."""
    asked = {"asked": stats.get("downloader/request_count", 0) - stats.get(NEVER_SENT, 0)}
    return asked | {name: sum(stats.get(key, 0) for key in keys) for name, keys in COLUMNS.items()}


def left(stats: Mapping[str, Any]) -> int:
    """How many addresses a run knew and did not ask for: beyond its limit, or not before it was stopped."""
    queued = stats.get("scheduler/enqueued", 0) - stats.get("scheduler/dequeued", 0)
    return int(stats.get("frontier/left", 0) + stats.get(NEVER_SENT, 0) + queued)


def of(spider: str, stats: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    """The report of one source's crawl.

    ``outcomes`` counts by what was asked for ("article", "feed", …) and what became of it; ``health`` holds
    the findings; ``error`` is there where the database has failed.
    """
    outcomes = {
        kind: {name: stats[key] for name in OUTCOMES if (key := f"{kind}/{name}") in stats} for kind in KINDS
    }
    seconds = stats.get("elapsed_time_seconds")
    if seconds is None and (start := stats.get("start_time")):
        seconds = (datetime.now(UTC) - start).total_seconds()
    return {
        "source": spider,
        "outcome": reason or "not started",
        "exit_code": exit_code(stats, reason),
        "seconds": round(seconds or 0.0, 1),
        "bytes": stats.get("downloader/response_bytes", 0),
        "left": left(stats),
        "counts": counts(stats),
        "outcomes": {kind: found for kind, found in outcomes.items() if found},
        "health": stats.get("health/findings", []),
    } | ({"error": str(stats["run/error"])} if stats.get("run/error") else {})


def stats_of(crawler: Crawler) -> dict[str, Any]:
    """The counters of a crawl; nothing before it begins, when Scrapy's public name for them raises."""
    return crawler._stats.get_stats() if crawler._stats else {}  # noqa: SLF001 -- as Scrapy says to do


def of_crawler(crawler: Crawler) -> dict[str, Any]:
    """The report of one source's crawl, finished or not, or not begun."""
    stats = stats_of(crawler)
    return of(crawler.spidercls.name, stats, stats.get("finish_reason"))


def write(run: Run, file: str) -> None:
    """Write the report of a whole run, in one piece: a reader finds the last one or this one.

    :raises StorageError: the file cannot be written
    """
    report = {
        "hemero": __version__,
        "started_at": run.started_at.isoformat(timespec="seconds"),
        "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "exit_code": run.exit_code,
        "locked": run.locked_out,
        "sources": [of_crawler(crawler) for crawler in run.results.values()],
    }
    part = Path(f"{file}.{os.getpid()}.part")
    try:
        part.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf-8")
        part.replace(file)
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error
