"""Invented newspapers: years of ordinary days, and the ways in which a source breaks.

What ordinary means: a volume that differs by weekday, falls on holidays and in August, moves from day to day
by more than chance (a gamma-mixed Poisson) and drifts over the year; texts of log-normal length; fields that
are missing more on some days than on others; runs that are late, or do not take place; lists that fail once.
"""

from __future__ import annotations

import datetime as dt
import random
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from crawler.health.checks import is_holiday
from crawler.health.history import DAY, Answer, History, Reading, Run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

START = dt.datetime(2025, 1, 6, 5, tzinfo=dt.UTC)
WEEK = (1.0, 1.05, 1.1, 1.05, 1.0, 0.6, 0.5)
SELECTORS = frozenset({"title", "body", "published"})


@dataclass(frozen=True)
class Paper:
    """What is usual of a newspaper."""

    name: str
    daily: float  # articles on an ordinary weekday
    weekend: tuple[float, ...] = WEEK
    runs: int = 1  # a day
    unsigned: float = 0.3
    undated: float = 0.01
    leads: float = 0.8
    words: float = 450.0
    commented: float = 0.4


PAPERS = (
    Paper("national", 120, runs=4),
    Paper("regional", 40),
    Paper("hourly", 60, runs=24),
    Paper("small", 4),
    Paper("institution", 6, weekend=(1, 1, 1, 1, 1, 0, 0), unsigned=1.0, commented=0.0),
    Paper("weekly", 1.2, weekend=(0, 0, 0, 6, 0, 0, 0)),
)


@dataclass(frozen=True)
class Day:
    """One day of a newspaper: what it publishes, and how it is read."""

    number: int
    volume: float
    paper: Paper
    answers: tuple[bool, ...] = (True, True)  # whether its feed and its sitemap answer
    readable: bool = True  # declared selectors match
    walls: float = 0.01
    errors: float = 0.01
    unsigned: float = field(default=0.0)


def volume(paper: Paper, date: dt.date, rng: random.Random) -> float:
    """How many articles a day is good for."""
    weekday = 6 if is_holiday("FR", date) else date.weekday()
    season = 0.65 if date.month == 8 else 1.0
    drift = 1 + 0.15 * ((date.timetuple().tm_yday / 365) - 0.5)
    return paper.daily * paper.weekend[weekday] * season * drift * rng.gammavariate(25, 1 / 25)


def poisson(mean: float, rng: random.Random) -> int:
    count, total = 0, rng.expovariate(1)
    while total < mean:
        count, total = count + 1, total + rng.expovariate(1)
    return count


def live(
    paper: Paper, days: int, seed: int, spoil: Callable[[Day], Day] = lambda day: day
) -> Iterator[tuple[int, History]]:
    """The histories after each run of a newspaper's days, as (day, history)."""
    rng = random.Random(f"{paper.name} {seed}")
    runs: list[Run] = []
    readings: list[Reading] = []
    failed = [0, 0]
    backlog = 0.0
    for number in range(days):
        start = START + number * DAY
        unsigned = min(1.0, max(0.0, rng.gauss(paper.unsigned, 0.1 if paper.unsigned < 1 else 0)))
        day = spoil(Day(number, volume(paper, start.date(), rng), paper, unsigned=unsigned))
        for slot in range(paper.runs):
            backlog += day.volume / paper.runs
            if rng.random() < 0.02:  # the machine was off
                continue
            at = start + slot * DAY / paper.runs + dt.timedelta(minutes=rng.expovariate(1 / 5))
            new = poisson(backlog, rng) * any(day.answers)
            backlog = 0.0
            failed = [
                0 if ok and rng.random() > 0.003 else before + 1
                for ok, before in zip(day.answers, failed, strict=True)
            ]
            if all(failed) and any(day.answers):
                failed[0] = 0
            runs.append(_run(day, at, new + (200 if not runs else 0), rng))
            readings += [_read(day, at, rng) for _ in range(new)]
            yield number, _history(paper, runs, readings, failed)


def _history(paper: Paper, runs: list[Run], readings: list[Reading], failed: list[int]) -> History:
    now = runs[-1].at
    answers = [
        Answer(f"https://a.example/{n}.xml", count, "status 404", None) for n, count in enumerate(failed)
    ]
    fresh = readings[bisect_left(readings, now - 100 * DAY, key=lambda reading: reading.at) :]
    past = runs[bisect_left(runs, now - 200 * DAY, key=lambda run: run.at) :]
    return History(source=paper.name, runs=past, readings=fresh,
                   answers=answers, selectors=SELECTORS)  # fmt: skip


def _run(day: Day, at: dt.datetime, new: int, rng: random.Random) -> Run:
    pages = new + poisson(3, rng)
    walls = sum(rng.random() < day.walls for _ in range(pages))
    errors = sum(rng.random() < day.errors for _ in range(pages))
    return Run(at, new, pages, walls, errors)


def _read(day: Day, at: dt.datetime, rng: random.Random) -> Reading:
    paper = day.paper
    whole = Reading(
        at=at,
        words=int(paper.words * rng.lognormvariate(0, 0.6)),
        dated=rng.random() > paper.undated,
        signed=rng.random() > day.unsigned,
        led=rng.random() < paper.leads,
        language="fr" if rng.random() > 0.01 else "en",
        comments=rng.random() < paper.commented,
        rules=SELECTORS if rng.random() > 0.02 else frozenset(),
    )
    if day.readable:
        return whole
    return replace(
        whole, words=int(40 * rng.lognormvariate(0, 0.3)), signed=False, led=False, rules=frozenset()
    )


BREAKAGES: Final[dict[str, Callable[[Day, int], Day]]] = {
    "redesign": lambda day, _: replace(day, readable=False),
    "dead feeds": lambda day, _: replace(day, answers=(False, False)),
    "one dead feed": lambda day, _: replace(day, answers=(False, True)),
    "feeds that stand still": lambda day, _: replace(day, volume=0.0),
    "walls": lambda day, _: replace(day, walls=0.9),
    "slow decline": lambda day, since: replace(day, volume=day.volume * 0.98**since),
}
"""What goes wrong, from a day on; the number is of the days since."""
