"""When to ask for a feed or a sitemap again: sooner while it brings news, later while it repeats itself.

The rule is that of Media Cloud's rss-fetcher, which polls 180,000 feeds: more than two thirds known, later;
less than one third, sooner. A feed that does not answer is asked ever more rarely and never given up, since
feeds come back. How long the last pause was, the row itself says: ``last_fetched_at`` to ``next_due_at``.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sqlalchemy.engine import Row

    from crawler import items

LISTS: Final = frozenset({"feed", "sitemap"})
NONE: Final = dt.timedelta(0)  # as often as a run comes by
SHORTEST: Final = dt.timedelta(minutes=10)
LONGEST: Final = dt.timedelta(hours=20)  # so that a daily run finds every list that lives due
DEAD: Final = dt.timedelta(days=30)
MANY, FEW = 0.67, 0.33
GOOD: Final = frozenset({"stored", "stored_flagged", "unchanged", "source_partial", "trap_stopped"})


def attempts(outcome: str, before: int) -> int:
    """How often a list has failed since it last answered."""
    return 0 if outcome in GOOD else before + 1


def next_poll(fetch: items.Fetch, failed: int, page: Row[Any], new: int) -> dt.datetime:
    """When to ask again for a list.

    :param failed: how often it has failed in a row
    :param page: its row, as it was before this answer
    :param new: how many addresses nobody held before
    """
    if failed:
        pause: dt.timedelta = min(dt.timedelta(hours=1) * 2 ** min(failed - 1, 10), DEAD)
        asked = fetch.next_attempt_at or fetch.fetched_at
        return min(max(fetch.fetched_at + pause, asked), fetch.fetched_at + DEAD)
    last: dt.timedelta = NONE
    if page.next_due_at and page.last_fetched_at and not page.attempts:
        last = (
            page.next_due_at - page.last_fetched_at
        )  # the pause of a list that was dead says nothing of one that lives
    known = 1 - new / len(fetch.found) if fetch.found else 1.0
    if known > MANY:
        pause = min(max(last * 2, SHORTEST), LONGEST)
    elif known < FEW:
        pause = last / 2 if last / 2 >= SHORTEST else NONE
    else:
        pause = last
    due: dt.datetime = fetch.fetched_at + pause
    return due
