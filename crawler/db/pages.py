"""The frontier: pages and their visits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db import captures, polling
from crawler.db.models import Alternate, Article, Fetch, Page
from crawler.db.settling import PLAN, settled
from crawler.db.sql import among, chunks, insert
from crawler.text.urls import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from crawler import items
    from crawler.db.settling import Plan

LONG_AGO: Final = dt.datetime.min.replace(tzinfo=dt.UTC)

HELD: Final = (
    Page.id,
    Page.url,
    Page.identity,
    Page.first_seen_at,
    Page.last_fetched_at,
    Page.next_due_at,
    Page.attempts,
    Page.etag,
    Page.last_modified,
    Page.digest,
    Page.gone_at,
    Page.outcome,
    Page.redirected_to,
    Page.redirected_at,
    Page.validators_lied_at,
    Page.unmodified,
    Page.hints_failed,
)


@dataclass(slots=True)
class Visit:
    """One fetch on its way to the tables: its page, its row, and the outcome once the article is judged."""

    fetch: items.Fetch
    outcome: str
    flags: list[str]
    reason: str = ""
    page: Any = None  # a row of HELD
    id: int = 0  # of the row in ``fetch``
    found: int = 0  # addresses that a list named and nobody held

    @classmethod
    def of(cls, fetch: items.Fetch) -> Visit:
        """A fetch as it came."""
        return cls(fetch, fetch.outcome, list(fetch.flags), fetch.reason)


def identity(thing: items.Fetch | items.Found | items.Article) -> str:
    """What makes two addresses one page."""
    return thing.identity or thing.url


def resolve(connection: Connection, visits: Sequence[Visit]) -> None:
    """Give each visit its page; pages that are not there yet are made."""
    _find(connection, visits)
    missing = [visit for visit in visits if visit.page is None]
    if missing:
        rows = [
            _row(visit.fetch, visit.fetch, visit.fetch.kind, visit.fetch.found_in, title="", published="")
            for visit in missing
        ]
        connection.execute(insert(connection, Page).on_conflict_do_nothing(), rows)
        _find(connection, missing)


def record(connection: Connection, crawl: int | None, visits: Sequence[Visit]) -> None:
    """Write the rows of the table ``fetch``."""
    rows = [
        {
            "page_id": visit.page.id,
            "crawl_id": crawl,
            "outcome": visit.outcome,
            "reason": visit.reason,
            "flags": "; ".join(visit.flags),
            **captures.columns(visit.fetch),
            "redirects": "; ".join(visit.fetch.redirects),
            **{name: getattr(visit.fetch, name) for name in _COPIED},
        }
        for visit in visits
    ]
    made = connection.execute(sa.insert(Fetch).returning(Fetch.page_id, Fetch.url, Fetch.id), rows)
    ids = {(row.page_id, row.url): row.id for row in made}
    for visit in visits:
        visit.id = ids[visit.page.id, visit.fetch.url]


_COPIED: Final = (
    "url",
    "location",
    "found_in",
    "fetched_at",
    "status",
    "etag",
    "last_modified",
    "digest",
    "robots_rule",
    "tdm_reservation",
    "x_robots_tag",
)


def settle(connection: Connection, visits: Iterable[Visit], plans: Mapping[str, Plan] = {}) -> None:
    """Write on each page what became of it and when to ask again; ``plans`` are those of the sources.

    What an older capture says of a page does not hold for it any more.
    """
    latest = [visit for visit in visits if (visit.page.last_fetched_at or LONG_AGO) <= visit.fetch.fetched_at]
    rows = sorted(
        (settled(visit, plans.get(visit.fetch.source, PLAN)) for visit in latest), key=lambda row: row["key"]
    )
    if rows:
        columns: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if name != "key"}
        connection.execute(sa.update(Page).where(Page.id == sa.bindparam("key")).values(columns), rows)


def retire(connection: Connection, ids: Sequence[int]) -> None:
    """Leave pages alone whose article is read from another page from now on."""
    if ids:
        gone = {"outcome": "duplicate", "next_due_at": None}
        connection.execute(sa.update(Page).where(among(Page.id, ids)).values(gone))


def add(connection: Connection, fetch: items.Fetch) -> int:
    """Take on the addresses that a list names and nobody holds yet; how many those are."""
    count = 0
    for chunk in chunks(one for one in fetch.found if len(one.url) <= LONGEST >= len(one.identity)):
        pairs = {identity(one): one for one in reversed(chunk)}
        held = _held(connection, ((one.url, one.identity) for one in pairs.values()))
        rows = [_named(fetch, one) for one in reversed(pairs.values()) if one.url not in held]
        if rows:
            made = insert(connection, Page).on_conflict_do_nothing().returning(Page.id)
            count += len(connection.execute(made, rows).all())
    return count


def known(connection: Connection, addresses: Iterable[tuple[str, str]], now: dt.datetime) -> set[str]:
    """Of (url, identity) pairs, the urls that are held and not due."""
    found: set[str] = set()
    for chunk in chunks(addresses):
        held = _held(connection, chunk)
        found |= {
            url
            for url, page in held.items()
            if page is None
            or (page.outcome != "pending" and (page.next_due_at is None or page.next_due_at > now))
        }
    return found


def resting(connection: Connection, urls: Iterable[str], now: dt.datetime) -> set[str]:
    """Of feeds and sitemaps, those that are not to be asked for yet.

    No list rests longer than ``polling.DEAD``: a later date was written while the clock was wrong.
    """
    later = sa.select(Page.url).where(
        Page.kind.in_(polling.LISTS), Page.next_due_at > now, Page.next_due_at <= now + polling.DEAD
    )
    return {url for chunk in chunks(urls) for url in connection.scalars(later.where(among(Page.url, chunk)))}


def below(
    connection: Connection, indexes: Iterable[str], now: dt.datetime, most: int
) -> list[tuple[str, str, str]]:
    """Of the sitemaps that some indexes have named, those due the longest: (url, identity, index)."""
    due = (
        sa.select(Page.url, Page.identity, Page.found_in)
        .where(Page.kind == "sitemap", Page.next_due_at <= now, Page.last_fetched_at.is_not(None))
        .order_by(Page.next_due_at)
        .limit(most)
    )
    rows = [
        row for chunk in chunks(indexes) for row in connection.execute(due.where(among(Page.found_in, chunk)))
    ]
    return [(row.url, row.identity, row.found_in) for row in rows[:most]]


def _find(connection: Connection, visits: Sequence[Visit]) -> None:
    """Look the pages of visits up, by address and else by identity."""
    for chunk in chunks(visits):
        urls = [visit.fetch.url for visit in chunk]
        identities = [identity(visit.fetch) for visit in chunk]
        query = sa.select(*HELD).where(among(Page.url, urls) | among(Page.identity, identities))
        rows = connection.execute(query).all()
        by_url = {row.url: row for row in rows}
        by_identity = {row.identity: row for row in rows}
        for visit in chunk:
            visit.page = by_url.get(visit.fetch.url) or by_identity.get(identity(visit.fetch))


def _held(connection: Connection, addresses: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Of (url, identity) pairs, those held: url → its page, or None where only an article has it."""
    pairs = {url: key or url for url, key in addresses}
    urls, keys = list(pairs), list(pairs.values())
    columns = (Page.url, Page.identity, Page.outcome, Page.next_due_at)
    rows = connection.execute(
        sa.select(*columns).where(among(Page.url, urls) | among(Page.identity, keys))
    ).all()
    pages = {row.url: row for row in rows} | {row.identity: row for row in rows}
    left = [url for url, key in pairs.items() if url not in pages and key not in pages]
    articles: set[str] = set()
    if left:
        keys = [pairs[url] for url in left]
        named = sa.select(Article.url, Article.identity)
        named = named.where(among(Article.url, left) | among(Article.identity, keys))
        others = sa.select(Alternate.url, Alternate.url).where(among(Alternate.url, left))
        articles = {key for row in connection.execute(sa.union_all(named, others)) for key in row}
    found = {url: pages.get(url) or pages[key] for url, key in pairs.items() if url in pages or key in pages}
    return found | {url: None for url in left if url in articles or pairs[url] in articles}


def _row(
    fetch: items.Fetch,
    thing: items.Fetch | items.Found,
    kind: str,
    found_in: str,
    *,
    title: str,
    published: str,
) -> dict[str, Any]:
    """A new page, still to be asked for."""
    return {
        "url": thing.url,
        "identity": identity(thing),
        "source": fetch.source,
        "kind": kind,
        "found_in": found_in,
        "title": title,
        "published": published,
        "first_seen_at": fetch.fetched_at,
        "next_due_at": fetch.fetched_at,
        "attempts": 0,
        "outcome": "pending",
        **dict.fromkeys(("etag", "last_modified", "digest", "reason", "flags", "redirected_to"), ""),
    }


def _named(fetch: items.Fetch, found: items.Found) -> dict[str, Any]:
    """A page that a list names; one that is passed over is never asked for."""
    row = _row(fetch, found, found.kind, fetch.url, title=found.title, published=found.published)
    due = None if found.outcome != "pending" else row["next_due_at"]
    return row | {"outcome": found.outcome, "reason": found.reason, "next_due_at": due}
