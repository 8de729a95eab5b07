"""Canary articles: what a page must give, against what it gives now."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.text.normalise import fold

if TYPE_CHECKING:
    import datetime as dt

LOST: Final = 0.1  # of the words may be missing, or be new: corrections are shorter


def compare(gold: tuple[str, str, dt.datetime | None], now: tuple[str, str, dt.datetime | None]) -> str:
    """What differs between two readings (title, text, date) beyond a correction; "" where nothing does."""
    said = []
    if fold(gold[0]) != fold(now[0]):
        said.append("its title has changed")
    if gold[2] and gold[2] != now[2]:
        said.append(
            f"its date was {gold[2]:%Y-%m-%d %H:%M}" + (f", now {now[2]:%Y-%m-%d %H:%M}" if now[2] else "")
        )
    before, after = (Counter(re.findall(r"\w+", fold(text))) for text in (gold[1], now[1]))
    lost, gained = (before - after).total(), (after - before).total()
    total = max(before.total(), 1)
    if lost > LOST * total:
        said.append(f"{lost} of its {total} words are missing")
    if gained > LOST * total:
        said.append(f"it has {gained} words that were not there")
    return "; ".join(said)
