"""Dates as French newspapers, feeds and sitemaps write them: one exact reader, which does not guess.

Numeric dates are read day first. A time without a zone is local time of the zone given; a local time that
the clock change makes happen twice, or never, is refused. So are default values (year 1, 1 January 1970,
0000-00-00), days that do not exist, and days that lie ahead. The weekday is never
believed: papers get it wrong.
"""

from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.extract import dateshapes as shapes
from crawler.extract import moments
from crawler.text.normalise import fold_each

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

LONGEST: Final = 400  # characters of a line that are read
FIRST_YEAR: Final = 1750  # digitised newspapers go back that far; what is earlier is a default or a slip
FURTHEST: Final = timedelta(hours=14)  # from UTC
AHEAD: Final = timedelta(days=2)  # what clocks and zones explain; later than that is no date of publication

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u200b\ufeff\u00ad"))

Clock = tuple[int, int, int | None]
Day = tuple[int, int, int]


class When(NamedTuple):
    """One date that was read."""

    instant: datetime  # aware, UTC; of a bare day: its midnight in the zone given
    precision: str  # "second", "minute" or "day"
    raw: str  # the whole text it was found in
    label: str = ""  # "published" or "modified" where the text says which
    zoned: bool = False  # the text itself names a zone


class Refused(NamedTuple):
    """A date that was written and cannot be believed: ``why`` is one word."""

    why: str  # "impossible", "default", "ahead", "ambiguous" or "skipped" (the nights of the clock change)
    raw: str


def parse(text: str, *, zone: ZoneInfo, now: datetime | None = None, relative: bool = False) -> When | None:
    """The date a text gives: of several, the one of publication.

    :param zone: of a time that names none
    :param now: when the text was fetched (aware; the present without it); dates ahead of it are refused
    :param relative: read "hier à 18h" and "il y a 3 heures" too, against ``now``
    """
    now = now or datetime.now(UTC)
    if (quick := _iso(text, now)) is not None:
        return quick
    found = _readings(text, zone, now)
    if found and isinstance(found[0], Refused):
        return None
    dates = [item for item in found if isinstance(item, When)]
    if not dates:
        return _Line(text, zone, now).relative() if relative else None
    return next((when for when in dates if when.label != "modified"), dates[0])


def _iso(text: str, now: datetime) -> When | None:
    """The date of a text that is ISO 8601 to the letter and beyond doubt; None for the rest."""
    if not 16 <= len(text) <= 32 or text[4] != "-" or text[10] not in "T ":
        return None
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return None
    offset = local.utcoffset()
    if offset is None or abs(offset) > FURTHEST or not FIRST_YEAR <= local.year <= now.year:
        return None
    instant = local.astimezone(UTC)
    if instant.microsecond:
        instant = instant.replace(microsecond=0)
    if instant > now or (local.month, local.day, local.year) == (1, 1, 1970):
        return None
    return When(instant, "second" if text[16:17] == ":" else "minute", text, zoned=True)


def find(text: str, *, zone: ZoneInfo, now: datetime | None = None) -> list[When]:
    """Every date of a line in its order, each labelled as published or modified where the line says so."""
    found = _readings(text, zone, now or datetime.now(UTC))
    return [item for item in found if isinstance(item, When)]


def refusal(text: str, *, zone: ZoneInfo, now: datetime | None = None) -> str:
    """Why the first date of a text is refused ("ambiguous", …), or "" where it is not, or there is none."""
    first = next(iter(_readings(text, zone, now or datetime.now(UTC))), None)
    return first.why if isinstance(first, Refused) else ""


def spans(line: str) -> list[int]:
    """Where the dates of a line that went through :func:`plain` begin."""
    return [match.start() for match in _days(line)]


@lru_cache(256)
def _days(line: str) -> tuple[re.Match[str], ...]:
    """The days that a plain line names."""
    return tuple(shapes.DAY.finditer(line))


def says_modified(label: str) -> bool:
    """Whether the words before a date, or the class of its element, speak of a change."""
    return _label(plain(label)) == "modified"


@lru_cache(1024)  # a line is asked several things
def plain(text: str) -> str:
    """A text in small letters without accents, superscripts and odd spaces: what the patterns read."""
    flat = fold_each(unicodedata.normalize("NFC", text[:LONGEST]))
    return " ".join(flat.translate(_INVISIBLE).split())


@lru_cache(256)  # data, attributes and lines of a page repeat each other
def _readings(text: str, zone: ZoneInfo, now: datetime) -> tuple[When | Refused, ...]:
    """What every date of a text turns out to be."""
    return tuple(_Line(text, zone, now).readings())


class _Line:
    """A text whose dates are read, in a zone, at a time."""

    def __init__(self, raw: str, zone: ZoneInfo, now: datetime) -> None:
        self.raw = raw
        self.line = plain(raw)
        self.zone = zone
        self.now = now

    def readings(self) -> Iterator[When | Refused]:
        """What every date of the text turns out to be."""
        if self.line.isdecimal() and len(self.line) in {10, 13}:
            yield self._epoch()
            return
        if ":" in self.line and self.line[-4:].isdigit() and (match := shapes.JAVA.search(self.line)):
            day = _numbers(match["y"], match["m"], match["d"])
            yield self._resolve(day, _clock(match), _named(match["name"]), "")
            return
        end = 0
        for match in _days(self.line):
            reading = self._reading(match, end)
            yield reading
            end = match.end()
            if isinstance(reading, When) and (again := shapes.SAME_DAY.match(self._rest(end))):
                local = reading.instant.astimezone(self.zone)
                yield self._resolve((local.year, local.month, local.day), _clock(again), None, "modified")

    def _rest(self, start: int) -> str:
        """What follows a date, up to the next one, its own time of day left out."""
        later = next((match.start() for match in _days(self.line) if match.start() >= start), None)
        rest = self.line[start:later]
        clock = shapes.AFTER.match(rest)
        return rest[clock.end() :] if clock else rest

    def _reading(self, match: re.Match[str], start: int) -> When | Refused:
        """What one date turns out to be, with the time and the zone beside it."""
        shape = (match.lastgroup or "")[-1]
        day = _numbers(match[f"y{shape}"], match[f"m{shape}"], match[f"d{shape}"])
        clock = (shapes.COMPACT if shape == "6" else shapes.AFTER).match(self.line, match.end())
        end = clock.end() if clock else match.end()
        before = self.line[start : match.start()]
        clock = clock or shapes.BEFORE.search(before)
        where = _zone(shapes.ZONE.match(self.line, end)) if clock else None
        return self._resolve(day, _clock(clock), where, _label(before))

    def _resolve(
        self, day: Day, clock: Clock | None, where: tzinfo | str | None, label: str
    ) -> When | Refused:
        """The instant that day, time and zone make, or why they make none."""
        if day == (1970, 1, 1) or day[0] < FIRST_YEAR:
            return Refused("default", self.raw)
        hour, minute, second = clock or (0, 0, None)
        late = hour > 24 or (hour == 24 and bool(minute or second))
        if isinstance(where, str) or late or minute > 59 or (second or 0) > 60:
            return Refused("impossible", self.raw)
        try:
            local = datetime.combine(date(*day), time())
            local += timedelta(hours=hour, minutes=minute, seconds=second or 0)
            aware = local.replace(tzinfo=where or self.zone)
            instant = aware.astimezone(UTC)
        except (ValueError, OverflowError):
            return Refused("impossible", self.raw)
        if clock and isinstance(aware.tzinfo, ZoneInfo) and (why := moments.doubt(aware)):
            return Refused(why, self.raw)
        if instant - AHEAD > self.now:
            return Refused("ahead", self.raw)
        precision = "day" if clock is None else "minute" if second is None else "second"
        return When(instant, precision, self.raw, label, where is not None)

    def _epoch(self) -> When | Refused:
        """Seconds or milliseconds since 1970."""
        instant = datetime.fromtimestamp(int(self.line[:10]), UTC)
        ahead = instant - AHEAD > self.now
        return Refused("ahead", self.raw) if ahead else When(instant, "second", self.raw, "", zoned=True)

    def relative(self) -> When | None:
        """The date of "il y a 3 heures" and "hier à 18h12"."""
        if match := shapes.AGO.search(self.line):
            return self._ago(match)
        if match := shapes.NEAR.search(self.line) or shapes.YEARLESS.search(self.line):
            clock = (int(match["h"]), int(match["n"] or 0), None) if match["h"] else None
            found = (self._resolve(day, clock, None, "") for day in self._near(match))
            return next((when for when in found if isinstance(when, When)), None)
        return None

    def _near(self, match: re.Match[str]) -> list[Day]:
        """The day of "hier"; the last two of "le 3 mai"."""
        today = self.now.astimezone(self.zone).date()
        if match.re is shapes.YEARLESS:
            month = shapes.MONTHS[match["m"]] if match["m"] else int(match["mm"])
            return [(year, month, int(match["d"])) for year in (today.year, today.year - 1)]
        day = today - timedelta(days={"hier": 1, "avant-hier": 2}.get(match["day"], 0))
        return [(day.year, day.month, day.day)]

    def _ago(self, match: re.Match[str]) -> When:
        """The date of "il y a 3 heures"; of days and weeks ago, a day."""
        unit = "w" if match["unit"].startswith("sem") else match["unit"][0]
        count = int(match["n"]) if match["n"].isdigit() else 1
        instant = self.now - count * _UNITS[unit]
        if unit in "jw":
            midnight = datetime.combine(instant.astimezone(self.zone).date(), time(), self.zone)
            return When(midnight.astimezone(UTC), "day", self.raw)
        return When(instant.astimezone(UTC).replace(second=0, microsecond=0), "minute", self.raw)


_UNITS: Final = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "j": timedelta(days=1),
    "w": timedelta(days=7),
}


def _label(before: str) -> str:
    """Whether the words before a date say published or modified; the last one said counts."""
    if not before:
        return ""
    published = max((match.end() for match in shapes.PUBLISHED.finditer(before)), default=-1)
    modified = max((match.end() for match in shapes.MODIFIED.finditer(before)), default=-1)
    if published == modified:
        return ""
    return "published" if published > modified else "modified"


def _numbers(year: str, month: str, day: str) -> Day:
    """Year, month and day as numbers; a year of two digits lies in 1970 to 2069."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    return number, shapes.MONTHS[month] if month in shapes.MONTHS else int(month), int(day)


def _clock(match: re.Match[str] | None) -> Clock | None:
    """Hour, minute and second (None where none is written) of a time of day; "14h" is 14:00."""
    if match is None:
        return None
    parts = match.groupdict()
    if parts.get("mark") == ":" and not parts["n"]:
        return None
    hour = int(parts["h"])
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half == "p" else 0)
    return hour, int(parts["n"] or 0), int(parts["s"]) if parts["s"] else None


def _named(name: str | None) -> tzinfo | None:
    """The zone of an abbreviation."""
    return timezone(timedelta(hours=shapes.HOURS[name])) if name in shapes.HOURS else None


def _zone(match: re.Match[str] | None) -> tzinfo | str | None:
    """The zone that a text names; "impossible" where there is no such zone, None where none is named."""
    if match is None:
        return None
    if match["name"]:
        return _named(match["name"])
    if area := match["area"]:
        try:
            return ZoneInfo(
                "/".join("_".join(map(str.capitalize, part.split("_"))) for part in area.split("/"))
            )
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None
    sign = -1 if (match["sign"] or match["sign2"]) == "-" else 1
    hours, minutes = int(match["hours"] or match["hours2"]), int(match["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return "impossible"
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
