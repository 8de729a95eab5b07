"""What a page's row says after a visit: what became of it, when to ask again, and with what."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from crawler.db import polling
from crawler.db.models import Page
from crawler.text import durations

if TYPE_CHECKING:
    from crawler import items
    from crawler.db.pages import Visit

Plan = tuple[dt.timedelta, ...]

PLAN: Final[Plan] = durations.plan("1h 6h 1d 3d 7d 30d")
"""How long after it was first seen an article is asked for again, to notice corrections and deletions."""

JITTER: Final = 8
"""A page is asked for up to an eighth later than the plan says, always the same share of it, so that what
was found in one minute does not fall due in one minute."""

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


def validators(row: Any) -> Validators:  # noqa: ANN401 -- a row of VALIDATORS
    """What is sent with the next request: nothing to a server that lied or was believed often enough."""
    if row.validators_lied_at or row.unmodified >= TRUSTED:
        return Validators(digest=row.digest)
    return Validators(row.etag, row.last_modified, row.digest)


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
        share = 1 + jitter(fetch.identity or fetch.url) / JITTER
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


def settled(visit: Visit, plan: Plan) -> dict[str, Any]:
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
