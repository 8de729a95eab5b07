"""The checks of texts: what new ones lack, or have otherwise, that earlier ones did not."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from statistics import median, quantiles
from typing import TYPE_CHECKING, Final

from crawler.health.finding import Finding
from crawler.health.history import FEW, LATEST
from crawler.health.statistics import (
    ALPHA,
    GAP,
    chance_of_so_many_together,
    clustering,
    is_odd,
    shares_of,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from crawler.health.history import History, Reading

ENOUGH: Final = 30  # texts, before new ones are compared with them
TRAITS: Final = 0.6  # of the texts before have what is usual of them
TWO: Final = 2  # texts, of which that is enough to tell
MISSED: Final = 3  # of what is usual: a text that lacks so much was not read as those before


def check(history: History) -> Iterator[Finding]:
    """What is wrong with the newest texts."""
    for one in (_fields, _length, _selectors, _comments, _layout):
        yield from one(history)


def _fields(history: History) -> Iterator[Finding]:
    """Fields that new texts lack, or have otherwise, and earlier ones did not."""
    past = history.past
    usual = Counter(reading.language for reading in past).most_common(1)
    language = usual[0][0] if usual else history.language
    lacking: dict[str, tuple[str, Callable[[Reading], bool]]] = {
        "dates": ("have no date", lambda reading: not reading.dated),
        "authors": ("have no author", lambda reading: not reading.signed),
        "leads": ("have no lead", lambda reading: not reading.led),
        "language": (f"are not in {language!r}", lambda reading: reading.language != language),
    }
    for kind, (said, test) in lacking.items():
        if found := _more(history, test):
            count, of, before = found
            yield Finding(kind, "", f"{count} of {of} new articles {said}; it used to be {before:.0%}")


def _length(history: History) -> Iterator[Finding]:
    """Texts that are far shorter, as where a selector finds a stub, or far longer, as where comments leak."""
    past = history.past
    if len(past) < ENOUGH:
        return
    low, middle, high = quantiles((reading.words for reading in past), n=4)
    kinds: list[tuple[str, Callable[[Reading], bool], Callable[[float], bool]]] = [
        ("shorter", lambda reading: reading.words < low, lambda now: now < middle / 2),
        ("longer", lambda reading: reading.words > high, lambda now: now > middle * 2),
    ]
    for said, test, is_far in kinds:
        texts = history.latest[0] if history.latest else []
        if _more(history, test) and is_far(now := median(reading.words for reading in texts)):
            message = f"new articles are {said}: {now:.0f} words (median of {len(texts)}), not {middle:.0f}"
            yield Finding("length", "", message)


def _selectors(history: History) -> Iterator[Finding]:
    """Declared selectors that no longer match, or never have."""
    past = history.past
    for name in sorted(history.selectors):
        found = _more(history, partial(_unmatched, name))
        if found and found[0] == found[1]:
            said = f"the declared selector of {name} no longer matches: 0 of {found[1]} new articles"
            yield Finding("selector", name, f"{said}; it used to match {1 - found[2]:.0%}")
        elif len(past) >= ENOUGH and not any(name in reading.rules for reading in history.readings):
            said = f"the declared selector of {name} has matched none of {len(history.readings)} articles"
            yield Finding("selector", name, said)


def _layout(history: History) -> Iterator[Finding]:
    """Texts each of which lacks most of what is usual: two or three tell what no single field does."""
    past = history.past
    if len(past) < ENOUGH:
        return
    low = quantiles((reading.words for reading in past), n=10)[0]
    traits: dict[str, Callable[[Reading], bool]] = {
        "a date": lambda reading: reading.dated,
        "an author": lambda reading: reading.signed,
        "a lead": lambda reading: reading.led,
        "the usual length": lambda reading: reading.words >= low,
        "what declared selectors find": lambda reading: reading.rules >= history.selectors,
    }
    usual = {said: has for said, has in traits.items() if sum(map(has, past)) >= TRAITS * len(past)}
    for number in range(MISSED, len(usual) + 1):
        missed = partial(_lacks, number, list(usual.values()))
        if found := _more(history, missed, TWO):
            lost = [said for said, has in usual.items() if not any(map(has, history.latest[0]))]
            said = (
                f"{found[0]} of {found[1]} new articles lack {' and '.join(lost) or 'most of what is usual'}"
            )
            yield Finding("layout", "", f"{said}, which {found[2]:.0%} did before: has the layout changed?")
            return


def _lacks(number: int, usual: Sequence[Callable[[Reading], bool]], reading: Reading) -> bool:
    return sum(not has(reading) for has in usual) >= number


def _unmatched(name: str, reading: Reading) -> bool:
    return name not in reading.rules


def _comments(history: History) -> Iterator[Finding]:
    """Comments that are no longer seen, where articles used to have them: they may stand in the texts."""
    if found := _more(history, lambda reading: not reading.comments):
        count, of, before = found
        if count == of:
            said = f"comments were seen under none of {of} new articles, where {1 - before:.0%} had some"
            yield Finding("comments", "", f"{said}: do they stand in the texts?")


def _more(history: History, test: Callable[[Reading], bool], few: int = FEW) -> tuple[int, int, float] | None:
    """Whether a test holds of far more new texts than before: how many, of how many; the share before."""
    counts = [(sum(map(test, texts)), len(texts)) for texts in history.latest if len(texts) >= few]
    if len(history.past) < ENOUGH or not any(count >= GAP * of for count, of in counts):
        return None
    days: dict[dt.date, list[bool]] = defaultdict(list)
    for reading in history.past:
        days[reading.at.date()].append(test(reading))
    daily = [(sum(one), len(one)) for one in days.values()]
    shares, before = shares_of(daily), sum(count for count, _ in daily) / len(history.past)
    for count, of in counts:
        if is_odd(count, of, before, shares) or (of < LATEST[0] and _is_odd_of_few(count, of, daily)):
            return count, of, before
    return None


def _is_odd_of_few(count: int, of: int, daily: Sequence[tuple[int, int]]) -> bool:
    """The same of a few texts, all of which must have it: what all days before say of such a chance."""
    share = (sum(one for one, _ in daily) + 1) / (sum(among for _, among in daily) + 2)
    alike = clustering(daily, share)
    return count == of and chance_of_so_many_together(count, of, share, alike) < ALPHA
