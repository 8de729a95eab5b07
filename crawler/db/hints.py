"""What lists say of articles that are held: a reason to look earlier, never believed.

Sitemaps date every address by the hour they were built, and feeds touch entries that nobody edited. So a
``lastmod`` brings one early visit; each that finds nothing new makes the next wait four times as long.
"""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from crawler.db.models import Page
from crawler.db.sql import among, chunks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection

FIRST: Final = dt.timedelta(hours=1)  # between two visits, however often a list says "changed"
SLOWER: Final = 4
MOST: Final = 6  # failures that count: then about half a year
RECENT: Final = dt.timedelta(days=30)  # an older change was seen by the plan
AHEAD: Final = dt.timedelta(days=1)  # clocks and zones; beyond, the list is wrong

HELD: Final = ("stored", "stored_flagged", "unchanged")


def early(connection: Connection, named: Iterable[tuple[str, str, str]], now: dt.datetime) -> set[str]:
    """Of (url, identity, when it changed), the urls of articles that changed since they were fetched."""
    said = {url: (key or url, at) for url, key, raw in named if (at := instant(raw)) and _is_recent(at, now)}
    found: set[str] = set()
    for chunk in chunks(said):
        columns = (Page.url, Page.identity, Page.last_fetched_at, Page.hints_failed)
        query = sa.select(*columns).where(
            among(Page.url, chunk) | among(Page.identity, [said[url][0] for url in chunk]),
            Page.kind == "article",
            Page.outcome.in_(HELD),
        )
        rows = connection.execute(query).all()
        pages = {row.url: row for row in rows} | {row.identity: row for row in rows}
        for url in chunk:
            key, at = said[url]
            page = pages.get(url) or pages.get(key)
            if page and page.last_fetched_at and at > page.last_fetched_at:
                wait = FIRST * SLOWER ** min(page.hints_failed, MOST)
                found |= {url} if now >= page.last_fetched_at + wait else set()
    return found


def instant(raw: str) -> dt.datetime | None:
    """A date of a feed or sitemap (ISO 8601, RFC 5322), in UTC where it names no zone; None for all else."""
    for read in (dt.datetime.fromisoformat, parsedate_to_datetime):
        try:
            at = read(raw.strip())
            return (at if at.tzinfo else at.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
        except (ValueError, TypeError, OverflowError):
            continue
    return None


def _is_recent(at: dt.datetime, now: dt.datetime) -> bool:
    return now - RECENT < at < now + AHEAD
