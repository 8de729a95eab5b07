"""French words as they are searched: case, accents, elided articles, hyphens and inflections do not matter.

The index and the queries go through the same functions, so that SQLite and PostgreSQL find the same articles.
``stems`` gives the words of a text in their order; ``marks`` what else can be asked of them: exact forms,
beginnings, compounds written as one word.
Words are stemmed by Snowball's French stemmer (https://snowballstem.org/algorithms/french/stemmer.html).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Final

import Stemmer

from crawler.text.normalise import Characters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORD: Final = re.compile("[\\w’'ʼ\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]+")
"""A word of a text with the articles elided before it; marks and invisible characters do not end it."""

LONGEST: Final = 64
"""Characters of a word that count; PostgreSQL takes no more than 2,046 bytes."""

APOSTROPHE: Final = re.compile("[’'ʼ]+")
ELIDED: Final = frozenset(
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"]
)
COMPOUND: Final = re.compile("(?:[^\\W_]+[-‐‑])+[^\\W_]+")
"""Words joined by hyphens."""

EDGES: Final = '.,;:!?…«»()[]"'
"""Signs that stand before and after words, and that no word holds."""

WRITTEN: Final = "≡"
"""Begins the mark of a form as it is written: ``≡élysée``."""

FOLDED: Final = "≈"
"""Begins the mark of a form that is written with accents, without them: ``≈elysee``."""

_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ı": "i", "ø": "o", "ł": "l", "đ": "d"})

# Without accents the stemmer would not know these endings: they get theirs back, whoever wrote the word.
_ENDINGS: Final = (
    (re.compile(r"(?<=[a-z]{2})ee(s?)$"), r"ée\1"),
    (re.compile(r"(?<=[a-z]{2})ye(s?)$"), r"yé\1"),
    (re.compile(r"(?<=[a-z]{3})ite(s?)$"), r"ité\1"),
    (re.compile(r"(?<=[a-z]{3})iere(s?)$"), r"ière\1"),
    (re.compile(r"(?<=[a-z]{3})erent$"), "èrent"),
)

_ENDING: Final = re.compile(r"(?:[ey]e|ite|iere)s?$|erent$")  # one of those, perhaps

# The stemmer keeps the plural of words in a, o, u and i, such as "contenus" or "vidéos".
_PLURAL: Final = re.compile(r"(?<=[a-z]{2}[aou])s$|(?<=[a-z]{3}i)s$")

_french: Final = Stemmer.Stemmer("french")


def stems(text: str) -> list[str]:
    """The words of a text, in order, as they are indexed and searched: small letters and digits, stemmed."""
    return " ".join(map(_seen.__getitem__, _chunks(text))).split()


@lru_cache(maxsize=16_384)
def of_word(word: str) -> tuple[str, ...]:
    """The stems of one match of ``WORD``: "l'Élysée" → ("elys",), "O'Brien" → ("o", "brien")."""
    return tuple(stem(part) for part in parts(word))


def marks(text: str) -> set[str]:
    """What is indexed beside the words of a text: no sign of it can be in a stem, but for compounds.

    Every form as it is written (but for capitals and ligatures), after ``WRITTEN``; one with accents also
    without them, after ``FOLDED``; the stem of a compound as if it were one word, so that "antiterroriste"
    finds "anti-terroriste".
    """
    return set(" ".join(map(_marked.__getitem__, set(_chunks(text)))).split())


def written(word: str) -> list[str]:
    """The forms of one match of ``WORD``, elided articles off: "l'Élysée" → ["élysée"]."""
    found = [form[:LONGEST] for form in map(_ACCENTED.replaced, APOSTROPHE.split(word)) if form]
    return [form for form in found[:-1] if form not in ELIDED] + found[-1:]


def _accented(word: str) -> str:
    """Letters and digits only, small, with their accents, ligatures written out."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFC", _small(word))))


def _bare(word: str) -> str:
    """The same without accents."""
    return "".join(filter(str.isalnum, _small(word)))


def _small(word: str) -> str:
    """Small letters, each apart from its accents."""
    lower = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return lower.translate(_LIGATURES)


def parts(word: str) -> tuple[str, ...]:
    """The folded words of one match of ``WORD``, elided articles off: "l'Élysée" → ("elysee",)."""
    found = [part for part in map(fold, APOSTROPHE.split(word)) if part]
    return tuple(part for part in found[:-1] if part not in ELIDED) + tuple(found[-1:])


def fold(word: str) -> str:
    """Letters and digits only, small, without accents, ligatures written out."""
    if word.isascii() and word.isalnum():
        return word[:LONGEST].lower()
    return _BARE.replaced(word)[:LONGEST]


def stem(folded: str) -> str:
    """The stem of a folded word."""
    if _ENDING.search(folded):
        for ending, accented in _ENDINGS:
            folded, changed = ending.subn(accented, folded)
            if changed:
                break
    found = fold(_french.stemWord(folded))
    return (_PLURAL.sub("", found) if found.endswith("s") else found) or folded


def shortest(letters: str) -> str:
    """What the stems of words begin with that begin with these folded letters."""
    found = stem(letters)
    return found if letters.startswith(found) else letters


def _chunks(text: str) -> Iterator[str]:
    """What stands between two spaces, without signs before and after it: few thousands make most texts."""
    return map(str.strip, text.split(), repeat(EDGES))


class _Seen(dict[str, str]):
    """What stands between two spaces, and what it is indexed as."""

    MOST = 32_768

    def __init__(self, read: Callable[[str], Iterator[str]]) -> None:
        self._read = read

    def __missing__(self, chunk: str) -> str:
        found = " ".join(self._read(chunk))
        if len(self) >= self.MOST:
            self.clear()
        if len(chunk) <= LONGEST:
            self[chunk] = found
        return found


def _stems_of(chunk: str) -> Iterator[str]:
    if chunk.isascii() and chunk.isalnum():  # most words, at half the cost
        yield stem(fold(chunk))
        return
    for word in WORD.findall(chunk):
        yield from of_word(word)


@lru_cache(maxsize=16_384)
def _forms(word: str) -> tuple[str, ...]:
    """The marks of one match of ``WORD``."""
    forms = written(word)
    bare = ((form, fold(form)) for form in forms)
    return (
        *(WRITTEN + form for form in forms),
        *(FOLDED + folded for form, folded in bare if folded != form),
    )


def _marks_of(chunk: str) -> Iterator[str]:
    if chunk.isascii() and chunk.isalnum():
        yield WRITTEN + fold(chunk)
        return
    for word in WORD.findall(chunk):
        yield from _forms(word)
    for compound in COMPOUND.findall(chunk):
        yield stem(fold(compound))


_ACCENTED: Final = Characters(_accented, _accented)
_BARE: Final = Characters(_bare)
_seen: Final = _Seen(_stems_of)
_marked: Final = _Seen(_marks_of)
