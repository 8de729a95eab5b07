"""French words as they are searched: case, accents, elided articles and inflections do not matter.

The index and the queries go through the same functions, so that SQLite and PostgreSQL find the same articles.
Words are stemmed by Snowball's French stemmer (https://snowballstem.org/algorithms/french/stemmer.html).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

import Stemmer

WORD: Final = re.compile("[\\w’'ʼ\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
"""A word of a text with the articles elided before it; marks and invisible characters do not end it."""

LONGEST: Final = 64
"""Characters of a word that count; PostgreSQL takes no more than 2,046 bytes."""

APOSTROPHE: Final = re.compile("[’'ʼ]+")
ELIDED: Final = frozenset(
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]
)
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ø": "o", "ł": "l", "đ": "d"})

# Without accents the stemmer would not know these endings: they get theirs back, whoever wrote the word.
_ENDINGS: Final = (
    (re.compile(r"(?<=[a-z]{2})ee(s?)$"), r"ée\1"),
    (re.compile(r"(?<=[a-z]{2})ye(s?)$"), r"yé\1"),
    (re.compile(r"(?<=[a-z]{3})ite(s?)$"), r"ité\1"),
    (re.compile(r"(?<=[a-z]{3})iere(s?)$"), r"ière\1"),
    (re.compile(r"(?<=[a-z]{3})erent$"), "èrent"),
)

# The stemmer keeps the plural of words in a, o, u and i, such as "contenus" or "vidéos".
_PLURAL: Final = re.compile(r"(?<=[a-z]{2}[aou])s$|(?<=[a-z]{3}i)s$")

_french: Final = Stemmer.Stemmer("french")


def stems(text: str) -> list[str]:
    """The words of a text, in order, as they are indexed and searched: small letters and digits, stemmed."""
    return " ".join(map(_seen.__getitem__, text.split())).split()


@lru_cache(maxsize=16_384)
def of_word(word: str) -> tuple[str, ...]:
    """The stems of one match of ``WORD``: "l'Élysée" → ("elys",), "O'Brien" → ("o", "brien")."""
    return tuple(stem(part) for part in parts(word))


def parts(word: str) -> tuple[str, ...]:
    """The folded words of one match of ``WORD``, elided articles off: "l'Élysée" → ("elysee",)."""
    found = [part for part in map(fold, APOSTROPHE.split(word)) if part]
    return tuple(part for part in found[:-1] if part not in ELIDED) + tuple(found[-1:])


def fold(word: str) -> str:
    """Letters and digits only, small, without accents, ligatures written out."""
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold()).translate(
        _LIGATURES
    )
    return "".join(char for char in lower if char.isalnum())[:LONGEST]


def stem(folded: str) -> str:
    """The stem of a folded word."""
    for ending, accented in _ENDINGS:
        folded, changed = ending.subn(accented, folded)
        if changed:
            break
    return _PLURAL.sub("", fold(_french.stemWord(folded))) or folded


class _Seen(dict[str, str]):
    """What stands between two spaces, and its stems: the same few thousand make most of every text."""

    MOST = 16_384

    def __missing__(self, chunk: str) -> str:
        found = " ".join(stem for word in WORD.findall(chunk) for stem in of_word(word))
        if len(self) >= self.MOST:
            self.clear()
        if len(chunk) <= LONGEST:
            self[chunk] = found
        return found


_seen: Final = _Seen()
