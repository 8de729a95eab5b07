"""How unlikely a number is, told by the numbers before it: medians and tails, which one odd day cannot move.

Newspapers are not Poisson: one day's articles have a common cause. So counts get a negative binomial tail and
shares a binomial one, both around what the worst ordinary days have shown, with a floor under the spread.
"""

from __future__ import annotations

from math import exp, lgamma, log
from statistics import median
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ALPHA: Final = 1e-4
"""The chance of an ordinary day to be called odd, by one check. Ten checks a day for a year at this rate are
0.37 false alarms; the figure of benchmarks/health.py, which simulates years, is what counts."""

SPREAD: Final = 0.35
"""The least coefficient of variation of a daily count: what bridges, strikes and slow Mondays do to the count
of one weekday, whatever the last twelve have shown. Seven of them in a sum have SPREAD / √7."""


def spread(sample: Sequence[float], least: float = SPREAD) -> float:
    """The coefficient of variation of a sample by its median absolute deviation (× 1.4826: a normal's)."""
    middle = median(sample)
    if not middle:
        return least
    return max(least, 1.4826 * median(abs(value - middle) for value in sample) / middle)


def chance_of_so_few(count: int, mean: float, variation: float = SPREAD) -> float:
    """How likely a count is so low or lower: the lower tail of a negative binomial.

    :param mean: of the count on such a day
    :param variation: the coefficient of variation that days add to chance (the variance is mean + (v·mean)²)
    """
    if mean <= 0:
        return 1.0
    size = 1 / variation**2
    share = size / (size + mean)
    terms = (
        exp(lgamma(k + size) - lgamma(size) - lgamma(k + 1) + size * log(share) + k * log(1 - share))
        for k in range(count + 1)
    )
    return min(1.0, sum(terms))


def chance_of_so_many(count: int, of: int, share: float) -> float:
    """How likely ``count`` or more ``of`` a number have something that a ``share`` of all has: binomial."""
    if count <= 0 or share >= 1:
        return 1.0
    if share <= 0:
        return 0.0
    terms = (
        exp(lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1) + k * log(share) + (of - k) * log(1 - share))
        for k in range(count, of + 1)
    )
    return min(1.0, sum(terms))


CLUSTERING: Final = 0.02
"""The least correlation between texts of one day: a page without an author seldom comes alone."""


GAP: Final = 0.3
"""A share that grows by less is not worth a message, however unlikely."""

TOGETHER: Final = 20
"""Texts or pages, of which a share is taken."""


def clustering(counts: Sequence[tuple[int, int]], share: float) -> float:
    """How much texts of one day are alike: the intraclass correlation of (count, of) pairs, by their moments.

    :param share: of all days together, above 0 and below 1
    """
    pairs = sum(of * (of - 1) for _, of in counts)
    apart = sum((count - of * share) ** 2 for count, of in counts) / (share * (1 - share))
    return max(CLUSTERING, (apart - sum(of for _, of in counts)) / pairs if pairs else 0.0)


def chance_of_so_many_together(count: int, of: int, share: float, alike: float) -> float:
    """As ``chance_of_so_many``, of texts that come together: beta-binomial with that correlation."""
    a, b = share * (1 / alike - 1), (1 - share) * (1 / alike - 1)
    beta = lgamma(a) + lgamma(b) - lgamma(a + b)
    terms = (
        exp(
            lgamma(of + 1) - lgamma(k + 1) - lgamma(of - k + 1)
            + lgamma(k + a) + lgamma(of - k + b) - lgamma(of + a + b) - beta
        )
        for k in range(count, of + 1)
    )  # fmt: skip
    return min(1.0, sum(terms))


def worst(shares: Sequence[float]) -> float:
    """What the worst ordinary days have shown: the 95th percentile of daily shares."""
    ordered = sorted(shares)
    return ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))] if ordered else 0.0


def shares_of(counts: Iterable[tuple[int, int]]) -> list[float]:
    """Shares of runs or days in their order, together until they are enough to say what a bad day is."""
    shares: list[float] = []
    count = of = 0
    for more, among in counts:
        count, of = count + more, of + among
        if of >= TOGETHER:
            shares.append(count / of)
            count = of = 0
    return shares


def is_odd(count: int, of: int, before: float, shares: Sequence[float]) -> bool:
    """Whether a share is both much larger than before and unlikely on the worst of ordinary days."""
    bad = min(0.97, max(before, worst(shares)) + 0.05)
    return count / of - before >= GAP and chance_of_so_many(count, of, bad) < ALPHA
