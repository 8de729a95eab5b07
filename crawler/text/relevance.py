"""Whether a text is about the subject of the corpus, how squarely, and by which words.

A query (:mod:`crawler.text.query`) names facets, all of which a text must show (for the corpus: extremism or
hate × online × action or debate), and groups of terms that show them. A passage scores::

    product over the facets of  worth + (1 - worth) × strength
                                                  strength = 1 - product over the groups of (1 - weight)

where ``worth`` is what a facet is worth when nothing shows it, and each group counts once. A title is a
passage. A text is cut into passages of about two sentences, each read with what the title says: it counts
how many of them show all facets together, and what share of the text they make up. So a word in passing stays
one, and every judgement can be checked by hand from its terms.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.text.query import Query, load

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.text.query import Match

__all__ = ["Judgement", "Query", "Term", "judge", "load"]

_PASSAGE: Final = 300  # characters, after which the next end of a sentence or line ends a passage
_SENTENCE_END: Final = re.compile(r"[.!?…]['\")»”]?\s|\n")
_ADJACENT: Final = 0.2  # up to this a passage shows too few of the facets to count
_SHARE: Final = 0.25  # of a text: with so much on the subject, the whole is
_SAID: Final = 0.5  # how far what the title says holds for each passage
_DOUBT: Final = 0.5  # what a title loses that a text of _LONG characters does not bear out
_LONG: Final = 1500


@dataclass(frozen=True, slots=True)
class Term:
    """A term that was found: as it stands in the text, its group, and where (``title`` or ``text``)."""

    term: str
    group: str
    where: str
    start: int  # characters from the beginning of the title or text
    end: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one version of a query says of a text; scores, from 0 to 1, compare across texts of any length."""

    score: float
    label: int  # 2 squarely on the subject, 1 partly or adjacent, 0 off
    terms: tuple[Term, ...] = field(repr=False)  # in order: those of the title, then those of the text
    version: str  # of the query

    @property
    def words(self) -> list[str]:
        """The words that decided, each once whatever its capitals, in their order."""
        met: dict[str, str] = {}
        for term in self.terms:
            met.setdefault(term.term.casefold(), term.term)
        return list(met.values())


def judge(title: str, text: str = "", query: Query | None = None) -> Judgement:
    """How far a title (or the words of an address) and a text are about the subject of a query.

    Without a query, that of the corpus: online-radicalisation policy. Text should be NFC (see ``clean``).
    """
    query = query or load()
    in_title, in_text = query.find(title), query.find(text)
    score = _score(query, _strengths(query, in_title))
    if text.strip():
        body = _body(query, text, in_text, in_title)
        doubt = _DOUBT * min(1.0, len(text) / _LONG) * (1 - min(1.0, body / 0.3))
        score = 1 - (1 - score * (1 - doubt)) * (1 - body)
    score = round(score, 4)
    label = 2 if score >= query.squarely else 1 if score >= query.partly else 0
    terms = [*_terms(query, title, in_title, "title"), *_terms(query, text, in_text, "text")]
    return Judgement(score, label, tuple(terms), query.version)


def _terms(query: Query, text: str, found: list[Match], where: str) -> Iterable[Term]:
    """What was found, without the phrases that only hide their words."""
    for start, end, group in found:
        if query.by_name[group].adds:
            yield Term(text[start:end], group, where, start, end)


def _body(query: Query, text: str, found: list[Match], in_title: list[Match]) -> float:
    """How far a text is about the subject, from 0 to 1: how many passages are, and their share of it."""
    starts = _passages(text)
    held: dict[int, list[Match]] = defaultdict(list)
    for match in found:
        held[bisect_right(starts, match.start) - 1].append(match)
    said = _strengths(query, in_title)
    amount = share = 0.0
    for number, inside in held.items():
        own = _strengths(query, inside, in_title)
        if any(own.values()):
            score = _score(query, {facet: _noisy_or([own[facet], _SAID * said[facet]]) for facet in own})
            score = max(0.0, score - _ADJACENT) / (1 - _ADJACENT)
            end = starts[number + 1] if number + 1 < len(starts) else len(text)
            amount += score
            share += score * (end - starts[number]) / len(text)
    return (1 - math.exp(-amount)) * min(1.0, share / _SHARE)


def _passages(text: str) -> list[int]:
    """Where each passage of a text begins."""
    starts = [0]
    while end := _SENTENCE_END.search(text, starts[-1] + _PASSAGE):
        starts.append(end.end())
    return starts


def _strengths(query: Query, found: Iterable[Match], context: Iterable[Match] = ()) -> dict[str, float]:
    """How strongly these terms show each facet; ``context`` stands near them, but shows nothing itself."""
    present = dict.fromkeys(match.group for match in found)  # in order, so that sums are always the same
    around = [query.by_name[name] for name in present | dict.fromkeys(match.group for match in context)]
    groups = [group for group in around if group.name in present and group.counts(around)]
    return {facet: _noisy_or([group.adds.get(facet, 0.0) for group in groups]) for facet in query.facets}


def _score(query: Query, strengths: dict[str, float]) -> float:
    """What a passage scores: all facets together."""
    return math.prod(worth + (1 - worth) * strengths[facet] for facet, worth in query.facets.items())


def _noisy_or(weights: list[float]) -> float:
    """Several signs of one thing together; a negative weight takes its share away."""
    shown = 1 - math.prod(1 - weight for weight in weights if weight > 0)
    return shown * math.prod(1 + weight for weight in weights if weight < 0)
