"""What two texts have in common, whatever was cut, added or set differently.

A text is the set of its shingles: every four words that stand side by side, whatever stands between them,
their capitals aside. An agency's dispatch that is cut, given another headline, a local beginning or a further
paragraph keeps nearly all of its shingles; two texts on one event, written apart, share few.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from xxhash import xxh3_64_intdigest

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

WORDS: Final = 4
"""Of a shingle: three are common phrases, with five each changed word takes more with it (Broder 1997)."""

COPY: Final = 0.5
"""The share of the shorter text from which it is a copy: docs/syndication.md has what it finds and misses."""

PART: Final = 0.15
"""The least share of the longer text: below, a round-up or live page quotes the shorter one, and is none."""

FEWEST: Final = 20
"""Shingles that a text must have to be compared at all: less than that is a caption."""

LAST_STEP: Final = 16
"""Of a long text's shingles, one in so many is its fingerprint; a short text's hold those too."""

_STEPS: Final = ((160, 4), (320, 8))
_BITS: Final = (1 << 47) - 1  # six bytes in SQLite; two of a billion shingles rarely meet

_words = re.compile(r"\w+").findall


def shingles(text: str) -> frozenset[int]:
    """The shingles of a text as numbers below 2⁶⁴; none of a text with less than four words."""
    words = " ".join(_words(text.lower())).encode(errors="replace").split()
    side_by_side = zip(*(words[place:] for place in range(WORDS)), strict=False)
    return frozenset(map(xxh3_64_intdigest, map(b" ".join, side_by_side)))


def sample(found: AbstractSet[int]) -> list[int]:
    """About thirty of the shingles, by which a text is looked up: those whose number a power of two divides.

    They are cut to numbers below 2⁴⁷.
    A copy's sample is a sample of what it shares; of short texts more shingles are taken, and those of a long
    text are always among them.
    """
    step = next((step for most, step in _STEPS if len(found) < most), LAST_STEP)
    return sorted({number & _BITS for number in found if number % step == 0})


def common(one: AbstractSet[int], other: AbstractSet[int]) -> tuple[float, float]:
    """The share of each text that stands in the other, from 0 to 1."""
    both = len(one & other)
    return both / max(1, len(one)), both / max(1, len(other))


def is_copy(one: AbstractSet[int], other: AbstractSet[int]) -> bool:
    """Whether one of two texts is the other, whole or in part."""
    shares = common(one, other)
    return max(shares) >= COPY and min(shares) >= PART
