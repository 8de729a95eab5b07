"""Where a site is written: its country and time zone, from its name, its language tag and its dates."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

ZONES: Final = {
    "FR": "Europe/Paris",
    "BE": "Europe/Brussels",
    "CH": "Europe/Zurich",
    "LU": "Europe/Luxembourg",
    "MC": "Europe/Monaco",
    "CA": "America/Toronto",
    "MA": "Africa/Casablanca",
    "DZ": "Africa/Algiers",
    "TN": "Africa/Tunis",
    "SN": "Africa/Dakar",
    "CI": "Africa/Abidjan",
    "ML": "Africa/Bamako",
    "BF": "Africa/Ouagadougou",
    "NE": "Africa/Niamey",
    "TG": "Africa/Lome",
    "BJ": "Africa/Porto-Novo",
    "CM": "Africa/Douala",
    "GA": "Africa/Libreville",
    "CG": "Africa/Brazzaville",
    "CD": "Africa/Kinshasa",
    "MG": "Indian/Antananarivo",
    "MU": "Indian/Mauritius",
    "DJ": "Africa/Djibouti",
    "HT": "America/Port-au-Prince",
    "RE": "Indian/Reunion",
    "YT": "Indian/Mayotte",
    "MQ": "America/Martinique",
    "GP": "America/Guadeloupe",
    "GF": "America/Cayenne",
    "PM": "America/Miquelon",
    "NC": "Pacific/Noumea",
    "PF": "Pacific/Tahiti",
    "WF": "Pacific/Wallis",
    "LB": "Asia/Beirut",
}
"""French-speaking countries and territories, with the clock of their press."""

_OFFSET: Final = re.compile(r"(?<=[\d\s])(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)\s*$")


def offset(written: str) -> timedelta | None:
    """The offset from UTC that a date ends in; None where it has none, or Z or +0000, which say nothing."""
    if not (found := _OFFSET.search(written)):
        return None
    size = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"]))
    return (size if found["sign"] == "+" else -size) or None


def country(host: str, tags: Iterable[str]) -> str:
    """The country of a site: of its domain, else of a language tag such as ``fr-CA``; "" if neither says."""
    domain = host.rpartition(".")[2].upper()
    regions = (tag.replace("_", "-").partition("-")[2].upper() for tag in tags)
    return next((code for code in (domain, *regions) if code in ZONES), "")


def timezone(code: str, dates: Iterable[tuple[datetime, str]]) -> str:
    """The time zone of a site.

    :param code: its country, "" if unknown
    :param dates: instants with the text that gave each
    """
    seen = [(instant, size) for instant, written in dates if (size := offset(written)) is not None]
    order = [ZONES[code]] if code in ZONES else []
    order += [zone for zone in ZONES.values() if zone not in order]
    fits: Counter[str] = Counter()
    for instant, size in seen:
        fits.update(zone for zone in order if instant.astimezone(ZoneInfo(zone)).utcoffset() == size)
    best = max(fits.values(), default=0)
    return next((zone for zone in order if fits[zone] == best), "Europe/Paris")
