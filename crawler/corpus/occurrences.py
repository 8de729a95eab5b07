"""Where the words of a query stand in a text, word by word: what concordances and collocates are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from crawler.corpus.query import Exact, Phrase, leaves
from crawler.text import stems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.corpus.query import Leaf, Node

_APOSTROPHES: Final = frozenset("’'ʼ")
_PART: Final = re.compile("[^’'ʼ]+")


class Token(NamedTuple):
    """One word of a text and where it stands; an elided article is a part of none."""

    start: int
    end: int
    word: str


def tokens(text: str) -> list[Token]:
    """The words of a text, as the index has them."""
    found = []
    for match in stems.WORD.finditer(text):
        if _APOSTROPHES.isdisjoint(word := match[0]):  # most words, at a third of the cost
            if read(word)[1]:
                found.append(Token(match.start(), match.end(), word))
            continue
        parts = [part for part in _PART.finditer(word) if read(part[0])[1]]
        found += [
            Token(match.start() + part.start(), match.start() + part.end(), part[0])
            for part in parts
            if part is parts[-1] or read(part[0])[1] not in stems.ELIDED
        ]
    return found


@lru_cache(maxsize=16_384)
def read(word: str) -> tuple[str, str, str]:
    """Stem, folded form and written form of a word without apostrophes."""
    folded = stems.fold(word)
    return (stems.stem(folded), folded, "".join(stems.written(word))) if folded else ("", "", "")


class Occurrences:
    """Finds the words of one query."""

    def __init__(self, node: Node | None) -> None:
        self._leaves = tuple(dict.fromkeys(leaves(node)))
        self._anywhere = tuple(leaf for leaf in self._leaves if not _first(leaf))
        self._beginning = {
            stem: tuple(leaf for leaf in self._leaves if _first(leaf) in {"", stem})
            for stem in map(_first, self._leaves)
        }

    def __bool__(self) -> bool:
        """Whether the query has words."""
        return bool(self._leaves)

    def find(self, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Where they stand: the first word, and the one after the last; the longest at each place."""
        place = 0
        while place < len(words):
            asked = self._beginning.get(read(words[place].word)[0], self._anywhere)
            length = max((_length(leaf, words, place) for leaf in asked), default=0) if asked else 0
            if length:
                yield place, place + length
            place += length or 1


def _first(leaf: Leaf) -> str:
    """The stem with which a leaf begins wherever it stands; nothing: it may be any."""
    if isinstance(leaf, Phrase) and (len(leaf.stems) > 1 or not leaf.prefix):
        return leaf.stems[0]
    return ""


def _length(leaf: Leaf, words: Sequence[Token], place: int) -> int:
    """How many words a leaf covers from this place on; 0: it does not stand here."""
    stem, folded, written = read(words[place].word)
    if isinstance(leaf, Exact):
        return int(written == leaf.form)
    if not isinstance(leaf, Phrase):
        return int(folded.startswith(leaf.letters))
    *before, last = leaf.stems
    if before and stem != before[0]:
        return 0
    stand = [read(token.word)[0] for token in words[place : place + len(leaf.stems)]]
    if len(stand) < len(leaf.stems) or stand[:-1] != before:
        return 0
    return len(stand) if stand[-1] == last or (leaf.prefix and stand[-1].startswith(last)) else 0
