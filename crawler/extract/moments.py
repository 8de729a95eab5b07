"""Two dates of one article set side by side: which says more, whether they are the same; doubtful nights."""

from __future__ import annotations

from datetime import UTC, time, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from crawler.extract.dates import When

MINUTE: Final = timedelta(minutes=1)


def finest(when: When, others: list[tuple[str, When]], zone: ZoneInfo) -> When:
    """A date without an hour, or with midnight for want of one, takes that of another signal for the day."""
    local = when.instant.astimezone(zone)
    midnight = next((moment for moment in (local, when.instant) if moment.time() == time()), None)
    if midnight is None:
        return _in_zone(when, others, zone)
    for _, other in others:
        shown = other.instant.astimezone(zone)
        if shown.date() == midnight.date() and shown.time() != time() and other.instant != when.instant:
            return other
    return when


def to_the_second(when: When, others: list[tuple[str, When]]) -> When:
    """A time without seconds takes those of another signal for the minute."""
    if when.precision != "minute":
        return when
    exact = (other for _, other in others if other.precision == "second")
    return next((other for other in exact if timedelta() <= other.instant - when.instant < MINUTE), when)


def _in_zone(when: When, others: list[tuple[str, When]], zone: ZoneInfo) -> When:
    """A time without a zone that is UTC by what another signal says: data are written so by some systems."""
    if when.zoned:
        return when
    shift = when.instant.astimezone(zone).utcoffset() or timedelta()
    meant = (other for _, other in others if abs(other.instant - when.instant - shift) < MINUTE)
    return next(meant, when) if shift else when


def slip(when: When, others: list[tuple[str, When]], zone: ZoneInfo) -> timedelta:
    """How far a date in "…Z" is off where the page shows the same figures as its local hour.

    Some systems write local time so; the page's own line is what readers see.
    """
    shown = [
        other.instant for signal, other in others
        if signal == "text" and not other.zoned and other.precision != "day"
    ]  # fmt: skip
    shift = when.instant.astimezone(zone).utcoffset() or timedelta()
    meant, said = (moment.replace(second=0) for moment in (when.instant - shift, when.instant))
    wrong = when.raw.rstrip().endswith("Z") and meant in shown and said not in shown
    return shift if wrong else timedelta()


def moved(when: When, slip: timedelta) -> When:
    """A date in "…Z" without its :func:`slip`."""
    return when._replace(instant=when.instant - slip) if when.raw.rstrip().endswith("Z") else when


def same(one: When, other: When, zone: ZoneInfo) -> bool:
    """Whether two dates are the same to the coarser of their precisions."""
    if "day" in {one.precision, other.precision}:
        return one.instant.astimezone(zone).date() == other.instant.astimezone(zone).date()
    return abs(one.instant - other.instant) < MINUTE


def doubt(local: datetime) -> str:
    """What is wrong with a local time in a night of the clock change, or ""."""
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return "ambiguous" if back.replace(tzinfo=None) == local.replace(tzinfo=None) else "skipped"
