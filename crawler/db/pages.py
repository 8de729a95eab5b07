"""The frontier: pages, what became of them, when to ask for them again."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import sqlalchemy as sa

from crawler.db import captures, polling
from crawler.db.models import Alternate, Article, Fetch, Page
from crawler.db.sql import among, chunks, insert
from crawler.text import durations
from crawler.text.urls import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.engine import Connection

    from crawler import items

Plan = tuple[dt.timedelta, ...]

PLAN: Final[Plan] = durations.plan("1h 6h 1d 3d 7d 30d")
"""How long after it was first seen an article is asked for again, to notice corrections and deletions."""

JITTER: Final = 8
"""A page is asked for up to an eighth later than the plan says, always the same share of it, so that what
was found in one minute does not fall due in one minute."""

LONG_AGO: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
PAUSE: Final = dt.timedelta(hours=1)
LONGEST_PAUSE: Final = dt.timedelta(days=1)
LONGEST_WAIT: Final = dt.timedelta(days=30)
"""Of what a server asks for with Retry-After; and how long a page that never answered is asked for."""

TRUSTED: Final = 3
"""Answers 304 in a row that are believed: the next request is for the whole page."""

SUCCESSES: Final = frozenset({"stored", "stored_flagged", "duplicate", "unchanged", "not_relevant"})
PASSING: Final = frozenset({"retry_later", "network_error", "robots_unreachable"})
"""Failures of the moment: asked for again after one hour, two, four, … at most a day."""
LEFT: Final = frozenset({"duplicate", "not_relevant"})
"""Outcomes that "nothing has changed" does not change."""
GONE: Final = frozenset({404, 410, 451})
SETTLED: Final = frozenset({"duplicate", "not_relevant", "address_refused", "trap_stopped", "tdm_reserved"})
"""Outcomes after which an address is left alone."""

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

VALIDATORS: Final = (
    Page.etag,
    Page.last_modified,
    Page.digest,
    Page.unmodified,
    Page.validators_lied_at,
)


class Validators(NamedTuple):
    """What a conditional request sends, and the digest by which an answer is known all the same."""

    etag: str = ""
    last_modified: str = ""
    digest: str = ""


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


def validators(row: Any) -> Validators:  # noqa: ANN401 -- a row of VALIDATORS
    """What is sent with the next request: nothing to a server that lied or was believed often enough."""
    if row.validators_lied_at or row.unmodified >= TRUSTED:
        return Validators(digest=row.digest)
    return Validators(row.etag, row.last_modified, row.digest)


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
        (_settled(visit, plans.get(visit.fetch.source, PLAN)) for visit in latest), key=lambda row: row["key"]
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
    """Of feeds and sitemaps, those that are not to be asked for yet."""
    later = sa.select(Page.url).where(Page.kind.in_(polling.LISTS), Page.next_due_at > now)
    return {url for chunk in chunks(urls) for url in connection.scalars(later.where(among(Page.url, chunk)))}


def next_due(
    fetch: items.Fetch, outcome: str, first_seen: dt.datetime, attempts: int, plan: Plan = PLAN
) -> dt.datetime | None:
    """When to ask for an article again after this fetch; None: never.

    The plan counts from the day the address was first seen. What a server said with Retry-After is kept, up
    to ``LONGEST_WAIT``.
    """
    if fetch.kind != "article" or outcome in SETTLED or fetch.captured:
        return None
    if outcome not in PASSING:
        share = 1 + jitter(identity(fetch)) / JITTER
        return next(
            (first_seen + age * share for age in plan if first_seen + age * share > fetch.fetched_at), None
        )
    if fetch.fetched_at - first_seen > LONGEST_WAIT:
        return None
    pause: dt.timedelta = min(PAUSE * 2 ** min(attempts - 1, 5), LONGEST_PAUSE)
    asked = fetch.next_attempt_at or fetch.fetched_at
    return min(max(fetch.fetched_at + pause, asked), fetch.fetched_at + LONGEST_WAIT)


def jitter(page: str) -> float:
    """A number from 0 to 1 that is always the same for a page and has nothing to do with another's."""
    return int.from_bytes(hashlib.sha256(page.encode(errors="replace")).digest()[:4]) / 2**32


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


def _settled(visit: Visit, plan: Plan) -> dict[str, Any]:
    """The columns of a page after a visit."""
    fetch, page = visit.fetch, visit.page
    attempts = page.attempts + 1 if visit.outcome in PASSING else 0
    if fetch.kind in polling.LISTS:
        attempts = polling.attempts(visit.outcome, page.attempts)
    kept = page.outcome if visit.outcome == "unchanged" and page.outcome in LEFT else visit.outcome
    return {
        "key": page.id,
        "last_fetched_at": fetch.fetched_at,
        "next_due_at": polling.next_poll(fetch, attempts, page, visit.found)
        if fetch.kind in polling.LISTS
        else next_due(fetch, kept, page.first_seen_at, attempts, plan),
        "attempts": attempts,
        "outcome": kept,
        "reason": visit.reason,
        "flags": "; ".join(visit.flags),
        "status": fetch.status,
        **_whereabouts(visit),
        **_validated(visit),
    }


def _whereabouts(visit: Visit) -> dict[str, Any]:
    """Since when a page is gone, or leads elsewhere; what did not answer has not moved."""
    fetch, page = visit.fetch, visit.page
    is_gone = fetch.status in GONE or visit.reason.startswith("soft_404")
    gone = (
        page.gone_at or fetch.fetched_at if is_gone else None if visit.outcome in SUCCESSES else page.gone_at
    )
    to = fetch.location if fetch.location != fetch.url else ""
    if fetch.status is None and not to:
        return {"gone_at": gone, "redirected_to": page.redirected_to, "redirected_at": page.redirected_at}
    since = page.redirected_at if to == page.redirected_to else fetch.fetched_at
    return {"gone_at": gone, "redirected_to": to, "redirected_at": since if to else None}


def _validated(visit: Visit) -> dict[str, Any]:
    """What the next request is made conditional with, and how far the server is believed.

    Validators of an answer that gave nothing would make the next one "unchanged" with nothing held.
    """
    fetch, page = visit.fetch, visit.page
    names = ("etag", "last_modified", "digest")
    if visit.outcome not in SUCCESSES:
        return {
            name: getattr(page, name) for name in (*names, "unmodified", "validators_lied_at", "hints_failed")
        }
    held = fetch.status == 304
    is_news = visit.outcome in {"stored", "stored_flagged"} if fetch.kind == "article" else not held
    same = (fetch.etag, fetch.last_modified) == (page.etag, page.last_modified) != ("", "")
    lied = same and is_news and fetch.digest != page.digest
    return {
        **{name: getattr(fetch, name) or (getattr(page, name) if held else "") for name in names[:2]},
        "digest": fetch.digest or page.digest,
        "unmodified": page.unmodified + 1 if held else 0,
        "validators_lied_at": page.validators_lied_at or (fetch.fetched_at if lied else None),
        "hints_failed": 0 if is_news else page.hints_failed + fetch.hinted,
    }
