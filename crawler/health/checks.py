"""The checks: each looks at a history and says in one sentence what is wrong, or nothing."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

import holidays

from crawler.health import texts
from crawler.health.finding import Finding
from crawler.health.history import DAY, PAST
from crawler.health.statistics import ALPHA, SPREAD, chance_of_so_few, is_odd, shares_of, spread

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from crawler.health.history import History, Run

WEEKS: Final = 12  # of the same weekday: a season; older weeks are another editorial plan
FEWEST_WEEKS: Final = 4  # of the same weekday, before a day is judged by them
PAGES: Final = 5  # asked for in the newest runs, before their walls and errors are judged
LONGEST_SPAN: Final = 7  # days that are looked at together where one alone has too few articles to tell
REFUSALS: Final = 2  # definite answers in a row of one list among others; all at once are told the first time
UNREACHED: Final = 3  # failures of the moment in a row: one night's maintenance is none


def check(history: History) -> list[Finding]:
    """Everything that is wrong with a source after its newest run."""
    if not history.runs:
        return []
    every = (_yield, _decline, _silence, _lists, texts.check, _pages)
    return [finding for one in every for finding in one(history)]


def _yield(history: History) -> Iterator[Finding]:
    """A day with far fewer new articles than its weekday has, or than [expect] says."""
    today = history.new(history.now)
    if today is None:
        return
    usual, variation = _usual(history)
    if usual and chance_of_so_few(today, usual, variation) < ALPHA:
        said = (
            f"{today} new articles in 24 hours, where this weekday has {usual:.0f} (median of {WEEKS} weeks)"
        )
        yield Finding("yield", "", said)
    elif (wanted := _expected(history)) and chance_of_so_few(today, wanted) < ALPHA:
        said = f"{today} new articles in 24 hours, where [expect] says {history.articles_a_day:g} a day"
        yield Finding("expect", "", said)
    else:
        yield from _days(history)


def _days(history: History) -> Iterator[Finding]:
    """The last ordinary days together, with far fewer new articles than their weekdays have."""
    days = count = 0
    usual = 0.0
    for end in (history.now - number * DAY for number in range(2 * LONGEST_SPAN)):
        today, sample = history.new(end), _sample(history, end)
        is_ordinary = not is_holiday(history.country, end.date())
        if today is None or len(sample) < FEWEST_WEEKS or not is_ordinary:
            continue
        days, count, usual = days + 1, count + today, usual + median(sample)
        if days > 1 and chance_of_so_few(count, usual, SPREAD / days**0.5) < ALPHA:
            said = f"{count} new articles in {days} days, where these weekdays have {usual:.0f}"
            yield Finding("yield", "", f"{said} (medians of {WEEKS} weeks)")
            return
        if days == LONGEST_SPAN:
            return


def _usual(history: History) -> tuple[float, float]:
    """How many new articles such a day has, and how they vary; 0 where the history is too short.

    A public holiday is compared with Sundays, if those are quieter.
    """
    sample = _sample(history, history.now)
    if len(sample) < FEWEST_WEEKS:
        return 0.0, SPREAD
    usual, variation = median(sample), spread(sample)
    if is_holiday(history.country, history.now.date()):
        sundays = _sample(history, history.now - ((history.now.weekday() + 1) % 7 or 7) * DAY + 7 * DAY)
        usual = min(usual, median(sundays)) if sundays else 0.0
    return float(usual), variation


def _sample(history: History, day: dt.datetime) -> list[int]:
    """The counts of the same weekday in the weeks before, at the same hour."""
    counts = (history.new(day - 7 * week * DAY) for week in range(1, WEEKS + 1))
    return [count for count in counts if count is not None]


def _expected(history: History) -> float:
    """What [expect] asks of today: a weekend or a holiday may have a third of it."""
    day = history.now.date()
    is_quiet = (
        day.weekday() >= 5 or is_holiday(history.country, day) or is_holiday(history.country, day - DAY)
    )
    return history.articles_a_day / (3 if is_quiet else 1)


@lru_cache(64)
def _holidays(country: str, year: int) -> frozenset[dt.date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:  # the library does not know the country
        return frozenset()


def is_holiday(country: str, day: dt.date) -> bool:
    """Whether a day is a public holiday, a bridge from one to a weekend, or of the days after Christmas."""
    if (day.month, day.day) >= (12, 24) or (day.month, day.day) <= (1, 2):
        return True
    off = _holidays(country, day.year)
    bridges = {0: DAY, 4: -DAY}  # a Monday before, a Friday after
    return day in off or (day.weekday() in bridges and day + bridges[day.weekday()] in off)


def _decline(history: History) -> Iterator[Finding]:
    """Four weeks with less than half of what four weeks had in the half-year before."""
    now = history.new(history.now, 28)
    earlier = [history.new(history.now - 7 * week * DAY, 28) for week in range(6, 25, 2)]
    sample = [count for count in earlier if count is not None]
    if now is None or len(sample) < 3:
        return
    usual = median(sample)
    if now < usual / 2 and chance_of_so_few(now, usual, spread(sample, SPREAD / 28**0.5)) < ALPHA:
        yield Finding(
            "decline", "", f"{now} new articles in four weeks, where four weeks used to have {usual:.0f}"
        )


def _silence(history: History) -> Iterator[Finding]:
    """No new article for longer than the source has ever been silent."""
    times = [run.at for run in history.runs if run.new and run.at >= history.begin]
    last = times[-1] if times else history.begin
    gap = history.now - last
    days = gap / DAY
    if history.silence and days > history.silence:
        said = f"no new article for {days:.1f} days, where [expect] allows {history.silence:g}"
        yield Finding("silence", "", said)
        return
    span = (last - history.begin) / DAY
    if len(times) < 5 or span < 14 or days < 1:
        return
    longest = max(later - sooner for sooner, later in pairwise(times))
    rate = sum(run.new for run in history.runs if history.begin <= run.at <= last) / span
    # three times: a weekly whose day is a holiday twice in May is still ordinary
    if gap > 3 * longest and chance_of_so_few(0, rate * days, max(SPREAD, 1 / days)) < ALPHA:
        said = f"no new article for {days:.1f} days; the longest pause so far was {longest / DAY:.1f} days"
        yield Finding("silence", "", said)


def _lists(history: History) -> Iterator[Finding]:
    """Feeds and sitemaps that no longer answer."""
    all_fail = bool(history.answers) and all(answer.failed for answer in history.answers)
    for answer in history.answers:
        most = UNREACHED if not answer.is_definite else 1 if all_fail else REFUSALS
        if answer.failed >= most:
            since = f"since {answer.since:%Y-%m-%d}" if answer.since else "and never has"
            yield Finding(
                "list", answer.url, f"{answer.url} does not answer as it should {since}: {answer.reason}"
            )


def _pages(history: History) -> Iterator[Finding]:
    """Pages that are walls, or do not come."""
    for kind, said in (("walls", "are walls (consent, captcha, login)"), ("errors", "did not come")):
        runs = [run for run in history.runs if run.pages and run.at > history.now - PAST]
        newest = _newest(runs)
        past = runs[: -len(newest)] if newest else []
        if len(past) < 7 or newest[-1].at != history.now:
            continue
        count, of = sum(getattr(run, kind) for run in newest), sum(run.pages for run in newest)
        total = sum(getattr(run, kind) for run in past) / sum(run.pages for run in past)
        shares = shares_of((getattr(run, kind), run.pages) for run in past)
        if is_odd(count, of, total, shares):
            yield Finding(kind, "", f"{count} of {of} pages {said}; it used to be {total:.0%}")


def _newest(runs: Sequence[Run]) -> Sequence[Run]:
    """The newest runs that together have asked for pages enough; none where there are not so many."""
    pages = 0
    for number in range(1, len(runs) + 1):
        pages += runs[-number].pages
        if pages >= PAGES:
            return runs[-number:]
    return []
