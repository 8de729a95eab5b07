"""Dates as French newspapers, feeds and sitemaps write them: one exact reader, which refuses rather than guesses.

Numeric dates are read day first. A time without a zone is local time of the zone given; a local time that the clock
change makes happen twice, or never, is refused. So are default values (year 1, 1 January 1970, 0000-00-00), days that
do not exist, and days that lie ahead. The weekday is never believed: papers get it wrong.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST: Final = 400  # characters of a line that are read
FIRST_YEAR: Final = (
    1750  # digitised newspapers go back that far; earlier years are defaults and typing errors
)
AHEAD: Final = timedelta(days=2)  # what clocks and zones explain; later than that is no date of publication

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_HOURS: Final = {  # zones by abbreviation, in hours from UTC: RFC 822 and those met in the French-language press
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1, "cest": 2, "mest": 2,
    "eet": 2, "eest": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    "hne": -5, "hae": -4,
}  # fmt: skip

_MONTH = "(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY_SHAPES = (
    r"(?<![\d.,/-])(?P<y1>\d{4})(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d)",
    r"(?<![\d.,/-])(?P<d2>\d{1,2})(?:er|e|st|nd|rd|th)?[ -]*"
    + _MONTH.format("m2")
    + r",?[ -]*(?P<y2>\d{4})(?!\d)",
    r"\b" + _MONTH.format("m3") + r" +(?P<d3>\d{1,2})(?:st|nd|rd|th)?,? +(?P<y3>\d{4})(?!\d)",
    r"(?<![\d.,/-])(?P<d4>\d{1,2}) ?(?P<sep2>[-/.]) ?(?P<m4>\d{1,2}) ?(?P=sep2) ?(?P<y4>\d{4})(?![\d/])",
    r"(?<![\d.,/-])(?P<d5>\d{1,2})/(?P<m5>\d{1,2})/(?P<y5>\d{2})(?![\d/])",
    r"(?<![\d.,/-])(?P<y6>[12]\d{3})(?P<m6>\d{2})(?P<d6>\d{2})(?!\d{3,5}(?!\d)|\d(?!\d)|\d{7})",
)
_DAY = re.compile("|".join(_DAY_SHAPES))
_CLOCK = r"(?P<h>\d{{1,2}})(?: ?(?P<mark>[:h])(?: ?(?P<n>\d{{2}})(?![\d/])(?: ?(?:[:m]|min) ?(?P<s>\d{{2}})(?!\d))?)?(?:[.,]\d{{1,9}})?)"
_AFTER = re.compile(
    r"(?:t|,? *(?:a|at|@|[-|•·,])? *|\. *)" + _CLOCK.format() + r"(?: ?(?P<half>[ap])\.?m\b\.?)?"
)
_COMPACT = re.compile(r"t?(?P<h>\d{2})(?P<n>\d{2})(?P<s>\d{2})?(?:\.\d+)?(?!\d)")
_BEFORE = re.compile(_CLOCK.format() + r",?(?: *[-|•·,/])? *(?:le )?(?:[a-z]{5,8} )?$")
_ZONE = re.compile(
    r" ?\(?(?:(?:gmt|utc) ?(?=[+-]))?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?(?!\d)"
    r"| ?\(?(?:gmt|utc) ?(?P<sign2>[+-])(?P<hours2>\d{1,2})(?!\d)"
    r"| ?[\[(]?(?P<area>[a-z]+/[a-z_]+(?:/[a-z_]+)?)"
    r"| ?\(?(?P<name>" + "|".join(sorted(_HOURS, key=len, reverse=True)) + r")\b(?! ?/)"
)
_JAVA = re.compile(  # "Thu Dec 03 07:00:00 CET 2020"
    r"\b"
    + _MONTH.format("m")
    + r" (?P<d>\d{1,2}) (?P<h>\d{2}):(?P<n>\d{2}):(?P<s>\d{2}) (?:(?P<name>[a-z]{1,4}) )?(?P<y>\d{4})$"
)
_SAME_DAY = re.compile(
    r"^[^\d]{0,40}\b(?:mis(?:e)? a jour|modifie|actualise|maj|update)[a-z]*[^\d]{0,20}" + _CLOCK.format()
)
_MODIFIED = re.compile(
    r"\b(?:mis(?:e)?s? a jour|mise a jour|modif|actualis|updat|maj\b|dernier|last|corrig|edite|revis)"
)
_PUBLISHED = re.compile(
    r"\b(?:publi|post|mis(?:e)? en ligne|paru|parution|cree|redig|ecrit|diffus|issued|creat)"
)
_AGO = re.compile(
    r"\bil y a (?:environ )?(?P<n>\d{1,3}|une?|quelques) ?(?P<unit>secondes?|sec|minutes?|mins?|mn|heures?|h|jours?|j|semaines?)\b"
)
_NEAR = re.compile(
    r"\b(?P<day>aujourd.?hui|hier|avant-hier)\b(?:,? ?(?:a |- ?)?(?P<h>\d{1,2}) ?[:h] ?(?P<n>\d{2})?)?"
)
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "j": 86400, "w": 604800}


@dataclass(frozen=True, slots=True)
class When:
    """One date that was read."""

    instant: datetime  # aware, UTC; of a bare day: its midnight in the zone given
    precision: str  # "second", "minute" or "day"
    raw: str  # the whole text it was found in
    label: str = ""  # "published" or "modified" where the text says which
    zoned: bool = False  # the text itself names a zone


@dataclass(frozen=True, slots=True)
class Refused:
    """A date that was written and cannot be believed: ``why`` is one word."""

    why: str  # "impossible", "default", "ahead", "ambiguous" or "skipped" (the nights of the clock change)
    raw: str


def parse(text: str, *, zone: ZoneInfo, now: datetime | None = None, relative: bool = False) -> When | None:
    """The date a text gives: of several, the one of publication.

    :param zone: of a time that names none
    :param now: when the text was fetched (aware; the present without it); dates ahead of it are refused
    :param relative: read "hier à 18h" and "il y a 3 heures" too, against ``now``
    """
    found = list(_readings(text, zone, now))
    dates = [item for item in found if isinstance(item, When)]
    if found and isinstance(found[0], Refused):
        return None
    if not dates and relative:
        return _relative(text, zone, now or datetime.now(UTC))
    return next((when for when in dates if when.label != "modified"), dates[0] if dates else None)


def find(text: str, *, zone: ZoneInfo, now: datetime | None = None) -> list[When]:
    """Every date of a line in its order, each labelled as published or modified where the line says so."""
    return [item for item in _readings(text, zone, now) if isinstance(item, When)]


def refusal(text: str, *, zone: ZoneInfo, now: datetime | None = None) -> str:
    """Why the first date of a text is refused ("ambiguous", …), or "" where it is not, or there is none."""
    first = next(_readings(text, zone, now), None)
    return first.why if isinstance(first, Refused) else ""


def spans(line: str) -> list[int]:
    """Where the dates of a line that went through :func:`plain` begin."""
    return [match.start() for match in _DAY.finditer(line)]


def says_modified(label: str) -> bool:
    """Whether the words before a date, or the class of its element, speak of a change."""
    return _label(plain(label)) == "modified"


def plain(text: str) -> str:
    """A text in small letters without accents, superscripts and odd spaces: what the patterns read."""
    if text.isascii():
        return " ".join(text[:LONGEST].lower().split())
    flat = unicodedata.normalize("NFKD", text[:LONGEST].replace("’", "'")).lower()
    return " ".join(
        "".join(c for c in flat if not unicodedata.combining(c) and c not in "\u200b\ufeff\u00ad").split()
    )


def _readings(text: str, zone: ZoneInfo, now: datetime | None) -> Iterator[When | Refused]:
    """What every date of a text turns out to be."""
    line = plain(text)
    now = now or datetime.now(UTC)
    if re.fullmatch(r"\d{10}|\d{13}", line):
        yield _epoch(int(line), len(line) > 10, text, now)
        return
    if match := _JAVA.search(line):
        parts = match.groupdict()
        yield _resolve(
            _numbers(parts["y"], parts["m"], parts["d"]),
            _clock(match),
            _named(parts["name"]),
            text,
            "",
            zone,
            now,
        )
        return
    end = 0
    for match in _DAY.finditer(line):
        yield (reading := _reading(line, match, end, text, zone, now))
        end = match.end()
        if isinstance(reading, When) and (again := _SAME_DAY.search(_rest(line, end))):
            day = reading.instant.astimezone(zone).date()
            yield _resolve((day.year, day.month, day.day), _clock(again), None, text, "modified", zone, now)


def _rest(line: str, start: int) -> str:
    """What follows a date, up to the next one, its own time of day left out."""
    later = _DAY.search(line, start)
    rest = line[start : later.start() if later else None]
    clock = _AFTER.match(rest)
    return rest[clock.end() :] if clock else rest


def _reading(
    line: str, match: re.Match[str], start: int, text: str, zone: ZoneInfo, now: datetime
) -> When | Refused:
    """What one date of a line turns out to be, with the time and the zone beside it."""
    shape, group = next((number, match) for number in range(1, 7) if match[f"y{number}"])
    day = _numbers(group[f"y{shape}"], group[f"m{shape}"], group[f"d{shape}"])
    clock = (_COMPACT if shape == 6 else _AFTER).match(line, match.end())
    end = clock.end() if clock else match.end()
    clock = clock or _BEFORE.search(line[start : match.start()])
    where = _zone(_ZONE.match(line, end)) if clock else None
    return _resolve(day, _clock(clock), where, text, _label(line[start : match.start()]), zone, now)


def _label(before: str) -> str:
    """Whether the words before a date say published or modified; the last one said counts."""
    published, modified = (
        max((m.end() for m in p.finditer(before)), default=-1) for p in (_PUBLISHED, _MODIFIED)
    )
    if published == modified:
        return ""
    return "published" if published > modified else "modified"


def _numbers(year: str, month: str, day: str) -> tuple[int, int, int]:
    """Year, month and day as numbers; a year of two digits lies in 1970 to 2069."""
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    return number, _MONTHS[month] if month in _MONTHS else int(month), int(day)


def _clock(match: re.Match[str] | None) -> tuple[int, int, int | None] | None:
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
    return timezone(timedelta(hours=_HOURS[name])) if name in _HOURS else None


def _zone(match: re.Match[str] | None) -> tzinfo | str | None:
    """The zone that a text names; "impossible" where there is no such zone, None where none is named."""
    if match is None:
        return None
    if match["name"]:
        return _named(match["name"])
    if area := match["area"]:
        try:
            return ZoneInfo(
                "/".join("_".join(w.capitalize() for w in part.split("_")) for part in area.split("/"))
            )
        except (ZoneInfoNotFoundError, ValueError):
            return None
    sign = -1 if (match["sign"] or match["sign2"]) == "-" else 1
    hours, minutes = int(match["hours"] or match["hours2"]), int(match["minutes"] or 0)
    if hours > 14 or minutes > 59:
        return "impossible"
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _resolve(
    day: tuple[int, int, int],
    clock: tuple[int, int, int | None] | None,
    where: tzinfo | str | None,
    raw: str,
    label: str,
    zone: ZoneInfo,
    now: datetime,
) -> When | Refused:
    """The instant that day, time and zone make, or why they make none."""
    if day in {(1970, 1, 1), (0, 0, 0), (1, 1, 1)} or day[0] < FIRST_YEAR:
        return Refused("default", raw)
    hour, minute, second = clock or (0, 0, None)
    if (
        isinstance(where, str)
        or minute > 59
        or (second or 0) > 60
        or hour > 24
        or (hour == 24 and (minute or second))
    ):
        return Refused("impossible", raw)
    try:
        local = datetime.combine(date(*day), time()) + timedelta(
            hours=hour, minutes=minute, seconds=second or 0
        )
    except (ValueError, OverflowError):
        return Refused("impossible", raw)
    aware = local.replace(tzinfo=where or zone)
    if clock and isinstance(aware.tzinfo, ZoneInfo) and (why := _doubt(aware)):
        return Refused(why, raw)
    if aware - AHEAD > now:
        return Refused("ahead", raw)
    precision = "day" if clock is None else "minute" if second is None else "second"
    return When(aware.astimezone(UTC), precision, raw, label, where is not None)


def _doubt(local: datetime) -> str:
    """What is wrong with a local time in a night of the clock change, or ""."""
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return ""
    back = local.astimezone(UTC).astimezone(local.tzinfo)
    return "ambiguous" if back.replace(tzinfo=None) == local.replace(tzinfo=None) else "skipped"


def _epoch(number: int, milliseconds: bool, raw: str, now: datetime) -> When | Refused:  # noqa: FBT001
    """Seconds or milliseconds since 1970."""
    instant = datetime.fromtimestamp(number / (1000 if milliseconds else 1), UTC)
    return Refused("ahead", raw) if instant - AHEAD > now else When(instant, "second", raw, "", zoned=True)


def _relative(text: str, zone: ZoneInfo, now: datetime) -> When | None:
    """ "il y a 3 heures", "hier à 18h12", against the time of the fetch."""
    line = plain(text)
    if match := _AGO.search(line):
        unit = "w" if match["unit"].startswith("sem") else match["unit"][0]
        count = int(match["n"]) if match["n"].isdigit() else 1
        instant = now - timedelta(seconds=count * _UNITS[unit])
        if unit in "jw":
            midnight = datetime.combine(instant.astimezone(zone).date(), time(), zone)
            return When(midnight.astimezone(UTC), "day", text)
        return When(instant.astimezone(UTC).replace(second=0, microsecond=0), "minute", text)
    if match := _NEAR.search(line):
        back = {"a": 0, "h": 1}[match["day"][0]] if match["day"] != "avant-hier" else 2
        day = now.astimezone(zone).date() - timedelta(days=back)
        clock = (int(match["h"]), int(match["n"] or 0), None) if match["h"] else None
        found = _resolve((day.year, day.month, day.day), clock, None, text, "", zone, now)
        return found if isinstance(found, When) else None
    return None
