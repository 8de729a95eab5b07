"""The frontier: pages, what became of them, when to ask for them again."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.models import Alternate, Article, Fetch, Page
from crawler.db.sql import among, chunks, insert
from crawler.text.urls import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from crawler import items

PLAN: Final = tuple(dt.timedelta(hours=hours) for hours in (1, 6, 24, 3 * 24, 7 * 24, 30 * 24))
"""How long after it was first seen an article is asked for again, to notice corrections and deletions."""

SUCCESSES: Final = frozenset({"stored", "stored_flagged", "duplicate", "unchanged", "not_relevant"})
PASSING: Final = frozenset({"retry_later", "network_error", "robots_unreachable"})
"""Failures of the moment: asked for again after one hour, two, four, … at most a day."""
SETTLED: Final = frozenset({"duplicate", "not_relevant", "address_refused", "trap_stopped", "tdm_reserved"})
"""Outcomes after which an address is left alone."""

HELD: Final = (
    Page.id,
    Page.url,
    Page.identity,
    Page.first_seen_at,
    Page.attempts,
    Page.etag,
    Page.last_modified,
    Page.digest,
    Page.gone_at,
)


@dataclass(slots=True)
class Visit:
    """One fetch on its way to the tables: its page, its row, and the outcome once the article is judged."""

    fetch: items.Fetch
    outcome: str
    flags: list[str]
    page: Any = None  # a row of HELD
    id: int = 0  # of the row in ``fetch``
    found: int = 0  # addresses that a list named and nobody held

    @classmethod
    def of(cls, fetch: items.Fetch) -> Visit:
        """A fetch as it came."""
        return cls(fetch, fetch.outcome, list(fetch.flags))


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
            "flags": "; ".join(visit.flags),
            "tdm_reservation": "",
            "x_robots_tag": "",
            **_archived(visit.fetch),
            **{name: getattr(visit.fetch, name) for name in _COPIED},
        }
        for visit in visits
    ]
    made = connection.execute(sa.insert(Fetch).returning(Fetch.page_id, Fetch.url, Fetch.id), rows)
    ids = {(row.page_id, row.url): row.id for row in made}
    for visit in visits:
        visit.id = ids[visit.page.id, visit.fetch.url]


def _archived(fetch: items.Fetch) -> dict[str, Any]:
    """The columns that say where the answer stands in the archive, if it does."""
    record = fetch.record if fetch.record and fetch.record.file else None
    return {
        "warc_file": record.file if record else None,
        "warc_offset": record.offset if record else None,
        "warc_record": record.id if record else None,
    }


_COPIED: Final = (
    "url",
    "location",
    "found_in",
    "fetched_at",
    "reason",
    "status",
    "etag",
    "last_modified",
    "digest",
    "robots_rule",
)


def settle(connection: Connection, visits: Iterable[Visit]) -> None:
    """Write on each page what became of it and when to ask again."""
    rows = sorted((_settled(visit) for visit in visits), key=lambda row: row["key"])
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
        rows = [
            _row(fetch, one, one.kind, fetch.url, title=one.title, published=one.published)
            for one in reversed(pairs.values())
            if one.url not in held
        ]
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


def next_due(fetch: items.Fetch, outcome: str, first_seen: dt.datetime, attempts: int) -> dt.datetime | None:
    """When to ask for an article again after this fetch; None: never.

    The plan counts from the day the address was first seen. What a server said with Retry-After is kept, up
    to the length of the plan.
    """
    if fetch.kind != "article" or outcome in SETTLED:
        return None
    if outcome not in PASSING:
        return next((first_seen + age for age in PLAN if first_seen + age > fetch.fetched_at), None)
    if fetch.fetched_at - first_seen > PLAN[-1]:
        return None
    pause: dt.timedelta = min(PLAN[0] * 2 ** min(attempts - 1, 5), dt.timedelta(days=1))
    asked = fetch.next_attempt_at or fetch.fetched_at
    return min(max(fetch.fetched_at + pause, asked), fetch.fetched_at + PLAN[-1])


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


def _settled(visit: Visit) -> dict[str, Any]:
    """The columns of a page after a visit."""
    fetch, page, good = visit.fetch, visit.page, visit.outcome in SUCCESSES
    attempts = page.attempts + 1 if visit.outcome in PASSING else 0
    gone = (
        (page.gone_at or fetch.fetched_at) if fetch.status in {404, 410} else None if good else page.gone_at
    )
    return {
        "key": page.id,
        "last_fetched_at": fetch.fetched_at,
        "next_due_at": next_due(fetch, visit.outcome, page.first_seen_at, attempts),
        "attempts": attempts,
        "outcome": visit.outcome,
        "reason": fetch.reason,
        "flags": "; ".join(visit.flags),
        "status": fetch.status,
        "gone_at": gone,
        "redirected_to": fetch.location if fetch.location != fetch.url else "",
        # Validators of an answer that gave nothing would make the next one "unchanged" with nothing held.
        "etag": (fetch.etag or (page.etag if fetch.status == 304 else "")) if good else page.etag,
        "last_modified": (fetch.last_modified or (page.last_modified if fetch.status == 304 else ""))
        if good
        else page.last_modified,
        "digest": (fetch.digest or page.digest) if good else page.digest,
    }
