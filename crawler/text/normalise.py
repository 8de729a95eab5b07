"""Text as it may be stored, and text as it is compared."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_REMOVED: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls: terminals, logs and databases act on them
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"  # invisible, words hide there
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"  # not characters; tags that nobody sees
)
_LINE_END: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")  # no database takes one that stands alone

_SINGLE_QUOTES: Final = "'‘’‚‛ʼ′`´‹›"
_DOUBLE_QUOTES: Final = '"“”„‟«»″'
_DASHES: Final = "-‐‑‒–—―−"


class _Folds(dict[int, str]):
    """What each character is compared as: worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = next(
            (part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part)), char
        )
        if char.isspace():
            folded = "\n" if char == "\n" else " "
        elif char in _SINGLE_QUOTES or char in _DOUBLE_QUOTES:
            folded = "'" if char in _SINGLE_QUOTES else '"'
        elif char in _DASHES:
            folded = "-"
        else:
            lower = base.lower() if base.isalpha() else char
            folded = lower if len(lower) == 1 else char
        self[code] = folded
        return folded


_FOLDS: Final = _Folds()


class _Levels(dict[int, str]):
    """What each character is where typography does not count: worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in _SINGLE_QUOTES or char in _DOUBLE_QUOTES:
            level = '"'
        elif char in _DASHES:
            level = "-"
        else:
            level = "".join(unicodedata.normalize("NFKC", clean(char)).split())
        self[code] = level
        return level


_LEVELS: Final = _Levels()


def clean(text: str) -> str:
    """What may be stored: NFC, lines ended by U+000A, no control, bidirectional or invisible character.

    A surrogate that stands alone becomes U+FFFD. Spaces are left as they are: see :func:`squeeze`.
    """
    text = _REMOVED.sub("", _LINE_END.sub("\n", text))
    return unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", text))


def squeeze(text: str) -> str:
    """One line: each run of spaces, no-break ones and line ends included, becomes one plain space."""
    text = text.strip()
    is_one_line = text.isprintable() and "  " not in text  # what is printable has no space but the plain one
    return text if is_one_line else " ".join(text.split())


def fold_each(text: str) -> str:
    """Case, accents, kinds of spaces, quotes and dashes folded, character by character: positions stay.

    "œ", "æ" and line ends stay what they are. Text should be NFC, or accents stay too.
    """
    return text.translate(_FOLDS)


def fold(text: str) -> str:
    """Text for comparison: as :func:`fold_each`, "œ" and "æ" written out, spaces squeezed."""
    folded = fold_each(unicodedata.normalize("NFC", text)).replace("œ", "oe").replace("æ", "ae")
    return squeeze(folded)


def typography(text: str) -> str:
    """Text without what editors and content systems change by themselves; case and accents stay.

    Kinds of quotes and of dashes, ligatures, the sign "…", invisible characters and all spaces are levelled:
    « Paris : oui » and "Paris: oui" are one.
    """
    level = unicodedata.normalize("NFC", text).translate(_LEVELS)
    for mark in ('"', "-"):
        while 2 * mark in level:
            level = level.replace(2 * mark, mark)
    return level
