"""Text as it may be stored, and text as it is compared."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

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


_GAPS: Final = iter("\u202f\u2009\u2010\u2011\u2212")
_FRENCH: Final = "".join(
    next(_GAPS) if char == "\ufffd" else char for char in bytes(range(256)).decode("cp1252", "replace")
)
"""Most French texts are made of these: windows-1252, its gaps filled with spaces and dashes."""


class Characters(dict[int, str]):
    """What each character of a text becomes: worked out when it is first met.

    A text of the usual French characters is replaced as bytes, which is twenty times as fast.
    """

    def __init__(self, each: Callable[[str], str], whole: Callable[[str], str] | None = None) -> None:
        """``whole`` is for other texts, where what a character becomes depends on those beside it."""
        super().__init__()
        self._each = each
        self._whole = whole
        become = {char: each(char) for char in _FRENCH}
        one = {char for char, new in become.items() if not new or new in become}
        self._codes = codecs.charmap_build("".join(char if char in one else "\ufffe" for char in _FRENCH))
        self._table = bytes(
            _FRENCH.index(become[char]) if char in one and become[char] else 0 for char in _FRENCH
        )
        self._gone = bytes(code for code, char in enumerate(_FRENCH) if not become[char])

    def __missing__(self, code: int) -> str:
        self[code] = found = self._each(chr(code))
        return found

    def replaced(self, text: str) -> str:
        """The text with each of its characters replaced."""
        try:
            known, _ = codecs.charmap_encode(text, "strict", self._codes)
        except UnicodeEncodeError:
            return self._whole(text) if self._whole else text.translate(self)
        return codecs.charmap_decode(known.translate(self._table, self._gone), "strict", _FRENCH)[0]


def _folded(char: str) -> str:
    """What a character is compared as."""
    if char.isspace():
        return "\n" if char == "\n" else " "
    if char in _SINGLE_QUOTES or char in _DOUBLE_QUOTES:
        return "'" if char in _SINGLE_QUOTES else '"'
    if char in _DASHES:
        return "-"
    parts = unicodedata.normalize("NFKD", char)
    base = next((part for part in parts if not unicodedata.combining(part)), char)
    lower = base.lower() if base.isalpha() else char
    return lower if len(lower) == 1 else char


def _level(char: str) -> str:
    """What a character is where typography does not count."""
    if char in _SINGLE_QUOTES or char in _DOUBLE_QUOTES:
        return '"'
    if char in _DASHES:
        return "-"
    return "".join(unicodedata.normalize("NFKC", clean(char)).split())


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
    return _FOLDED.replaced(text)


def fold(text: str) -> str:
    """Text for comparison: as :func:`fold_each`, "œ" and "æ" written out, spaces squeezed."""
    folded = fold_each(unicodedata.normalize("NFC", text)).replace("œ", "oe").replace("æ", "ae")
    return squeeze(folded)


def typography(text: str) -> str:
    """Text without what editors and content systems change by themselves; case and accents stay.

    Kinds of quotes and of dashes, ligatures, the sign "…", invisible characters and all spaces are levelled:
    « Paris : oui » and "Paris: oui" are one.
    """
    level = _LEVELLED.replaced(unicodedata.normalize("NFC", text).replace("…", "..."))
    for mark in ('"', "-"):
        while 2 * mark in level:
            level = level.replace(2 * mark, mark)
    return level


_FOLDED: Final = Characters(_folded)
_LEVELLED: Final = Characters(_level)
