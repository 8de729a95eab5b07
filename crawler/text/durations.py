"""Spans of time as people write them: ``1h 6h 1d``."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
NEVER: Final = "never"


def plan(text: str) -> tuple[dt.timedelta, ...]:
    """The spans of a text such as ``1h 6h 1d 3d 7d 30d``, each longer than the one before; none of ``never``.

    :raises ValueError: a span is none, or does not grow; the message says which
    """
    if text.strip() == NEVER:
        return ()
    found = tuple(_span(word) for word in text.replace(",", " ").split())
    if not found or list(found) != sorted(set(found)):
        raise ValueError(f"{text!r}: expected growing spans such as '1h 6h 1d', or 'never'")
    return found


def _span(word: str) -> dt.timedelta:
    said = re.fullmatch(r"([1-9]\d{0,4})([mhdw])", word)
    if not said:
        raise ValueError(f"{word!r} is no span such as 90m, 6h, 3d or 2w")
    return dt.timedelta(**{UNITS[said[2]]: int(said[1])})
