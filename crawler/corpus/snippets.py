"""Passages of a text with the words of a query marked, made from the stored text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.corpus.query import Exact, Phrase, Prefix, leaves
from crawler.text import stems
from crawler.text.stems import fold
from crawler.text.stopwords import is_function_word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.corpus.query import Node

WIDTH: Final = 240
"""Characters of a passage."""

SEARCHED: Final = 100_000
"""Characters of a text in which a passage is looked for."""

_SPELLINGS: Final = {
    "a": "aàâäáãåæ",
    "e": "eéèêë",
    "i": "iîïíì",
    "o": "oôöóòõœø",
    "u": "uùûüú",
    "c": "cç",
    "n": "nñ",
}

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is a word of the query."""


class Snippets:
    """Marks the words of one query in texts."""

    def __init__(self, node: Node | None) -> None:
        asked = list(leaves(node))
        phrases = [leaf for leaf in asked if isinstance(leaf, Phrase)]
        words = {stem for phrase in phrases for stem in phrase.stems[: -1 if phrase.prefix else None]}
        beginnings = [phrase.stems[-1] for phrase in phrases if phrase.prefix]
        beginnings += [leaf.letters for leaf in asked if isinstance(leaf, Prefix)]
        self._prefixes = tuple(beginnings)
        self._forms = {leaf.form for leaf in asked if isinstance(leaf, Exact)}
        telling = {word for word in words if not is_function_word(word)}
        self._stems = telling if telling or beginnings or self._forms else words
        self._like = _words_like({*self._stems, *self._prefixes, *self._forms})

    def mark(self, text: str) -> Marked:
        """The whole text in pieces."""
        return _cut(text, 0, len(text), [(start, end) for start, end, _ in self.spans(text)])

    def best(self, text: str) -> Marked:
        """The passage with the most different words of the query, else the beginning; on one line."""
        text = " ".join(text[:SEARCHED].split())
        spans = list(self.spans(text))
        start = max((_around(spans, number) for number in range(len(spans))), default=(0, 0))
        begin = _word_start(text, max(-start[1] - WIDTH // 4, 0))
        end = _word_end(text, begin + WIDTH)
        inside = [(first, last) for first, last, _ in spans if begin <= first and last <= end]
        before, after = ("… " if begin else "", " …" if end < len(text) else "")
        pieces = ((before, False), *_cut(text, begin, end, inside), (after, False))
        return tuple(piece for piece in pieces if piece[0])

    def spans(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Where words of the query stand: begin, end, stem."""
        for word in self._like.finditer(text) if self._like else ():
            for stem in stems.of_word(word[0]):
                if self._is_asked(word[0], stem):
                    yield _without_article(word), word.end(), stem
                    break

    def _is_asked(self, word: str, stem: str) -> bool:
        if stem in self._stems:
            return True
        if self._prefixes and any(part.startswith(self._prefixes) for part in (stem, *stems.parts(word))):
            return True
        return bool(self._forms) and not self._forms.isdisjoint(stems.written(word))


def _words_like(wanted: set[str]) -> re.Pattern[str] | None:
    """Words that begin with a letter with which a stem begins: to stem every word of a text would be slow."""
    letters = "".join(
        sorted({spelling for word in wanted for spelling in _SPELLINGS.get(fold(word)[0], word[0])})
    )
    if not letters:
        return None
    return re.compile(rf"(?<!\w)(?:\w+[’'ʼ]+)*?[{letters}]{stems.WORD.pattern[:-1]}*", re.IGNORECASE)


def _without_article(word: re.Match[str]) -> int:
    """Where a word begins once the elided article is off."""
    first, *others = stems.APOSTROPHE.split(word[0])
    return word.start() + len(first) + 1 if others and stems.fold(first) in stems.ELIDED else word.start()


def _around(spans: Sequence[tuple[int, int, str]], number: int) -> tuple[int, int]:
    """How many different words stand in the passage that begins with this one; the earlier one wins a tie."""
    begin = spans[number][0]
    found = set()
    for first, _, stem in spans[number:]:
        if first > begin + WIDTH * 3 // 4:
            break
        found.add(stem)
    return len(found), -begin


def _word_start(text: str, place: int) -> int:
    return text.find(" ", place) + 1 if place else 0


def _word_end(text: str, place: int) -> int:
    return len(text) if place >= len(text) else max(text.rfind(" ", 0, place), 0) or place


def _cut(text: str, begin: int, end: int, spans: Sequence[tuple[int, int]]) -> Marked:
    """A part of a text, cut at the borders of spans."""
    pieces: list[tuple[str, bool]] = []
    for first, last in spans:
        pieces += [(text[begin:first], False), (text[first:last], True)]
        begin = last
    pieces.append((text[begin:end], False))
    return tuple(piece for piece in pieces if piece[0])
