"""How strongly a word belongs to a set of texts or to a neighbourhood: Dunning's log-likelihood ratio.

T. Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19
(1993); 3.84 is exceeded by chance once in twenty words, 10.83 once in a thousand.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from crawler.corpus.occurrences import read
from crawler.text.stopwords import is_function_word

if TYPE_CHECKING:
    from collections import Counter


@dataclass(frozen=True, slots=True)
class Associated:
    """One word: how often it stands there, how often chance would have it, how sure the difference is."""

    word: str
    count: int
    expected: float
    log_likelihood: float


def log_likelihood(inside: int, all_inside: int, outside: int, all_outside: int) -> float:
    """The ratio G² of two frequencies: ``inside`` of ``all_inside`` words, ``outside`` of ``all_outside``."""
    share = (inside + outside) / (all_inside + all_outside)
    cells = (
        (inside, all_inside * share),
        (outside, all_outside * share),
        (all_inside - inside, all_inside * (1 - share)),
        (all_outside - outside, all_outside * (1 - share)),
    )
    return 2 * sum(seen * log(seen / wanted) for seen, wanted in cells if seen and wanted)


def attracted(inside: Counter[str], outside: Counter[str], least: int = 2) -> list[Associated]:
    """Words that stand inside more often than chance has it, the surest first.

    Function words, numbers and words seen less than ``least`` times are left out; forms of one stem count
    together, under the one seen most.
    """
    stems_inside, stems_outside = _by_stem(inside), _by_stem(outside)
    all_inside, all_outside = max(inside.total(), 1), max(outside.total(), 1)
    found = []
    for stem, forms in stems_inside.items():
        seen = sum(forms.values())
        other = sum(stems_outside.get(stem, {}).values())
        expected = (seen + other) * all_inside / (all_inside + all_outside)
        if seen >= least and seen > expected and not is_function_word(stem) and not stem.isdecimal():
            word = max(sorted(forms), key=lambda form: forms[form])
            ratio = log_likelihood(seen, all_inside, other, all_outside)
            found.append(Associated(word, seen, round(expected, 2), round(ratio, 2)))
    return sorted(found, key=lambda one: (-one.log_likelihood, one.word))


def _by_stem(words: Counter[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for word, count in words.items():
        found.setdefault(read(word)[0], {})[word] = count
    return found
