"""What is known of a source's past: its runs, what each text of it lacked, and how its lists answer."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

DAY: Final = dt.timedelta(days=1)
SLACK: Final = dt.timedelta(hours=1)  # cron is late, and runs differ in length: a day's run may move so far
PAST: Final = 84 * DAY  # of texts
LATEST: Final = (8, 20)  # texts, over which a share is taken where one run brings few
LONGEST: Final = 14 * DAY  # that such texts may be old
FEW: Final = 3  # texts of one run that may be enough by themselves
BACK: Final = dt.timedelta(days=200)  # how far a history reaches


@dataclass(frozen=True, slots=True)
class Run:
    """One ordinary run: it walked the source's lists of today, and ended by itself.

    ``pages`` are the article pages that were asked for, ``walls`` those that were a wall instead, ``errors``
    those that did not come.
    """

    at: dt.datetime  # when it began, UTC
    new: int
    pages: int = 0
    walls: int = 0
    errors: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader found in one new article, in the run that began ``at``."""

    at: dt.datetime
    words: int
    dated: bool = True
    signed: bool = True
    led: bool = True
    language: str = "fr"
    comments: bool = False
    rules: frozenset[str] = frozenset()  # fields that a declared selector gave


@dataclass(frozen=True, slots=True)
class Answer:
    """How a declared feed or sitemap answered last."""

    url: str
    failed: int  # times in a row
    reason: str
    since: dt.datetime | None  # when it last answered
    is_definite: bool = True  # it is gone, or something else; not: it could not be reached


@dataclass(frozen=True, kw_only=True)
class History:
    """Everything that the checks look at; runs and readings are in the order of time, the newest last."""

    source: str
    country: str = "FR"
    language: str = "fr"
    runs: list[Run]
    readings: list[Reading] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    selectors: frozenset[str] = frozenset()  # fields with a declared selector
    articles_a_day: float = 0.0  # as [expect] says; 0: it says nothing
    silence: float = 0.0  # days, likewise

    @property
    def now(self) -> dt.datetime:
        """When the current run began."""
        return self.runs[-1].at

    @cached_property
    def begin(self) -> dt.datetime:
        """When the second run began: the first takes in what had piled up before."""
        return self.runs[min(1, len(self.runs) - 1)].at

    def new(self, end: dt.datetime, days: int = 1) -> int | None:
        """New articles of the ``days`` that end at a time; None where the runs do not cover them.

        A day holds the runs that began in it, give or take an hour, so that a daily run counts once.
        """
        begin = max(end - days * DAY + SLACK, self.begin)
        inside = self.runs[self._index(begin) : self._index(end + SLACK)]
        covered = {(end + SLACK - run.at) // DAY for run in inside}
        if not inside or len(covered) < 0.7 * days or end - days * DAY < self.begin - SLACK:
            return None
        return sum(run.new for run in inside)

    def _index(self, at: dt.datetime) -> int:
        """Where the runs of a time begin."""
        return bisect_left(self.runs, at, key=lambda run: run.at)

    def since(self, at: dt.datetime) -> list[Reading]:
        """The readings of a time and later."""
        return self.readings[bisect_left(self.readings, at, key=lambda reading: reading.at) :]

    @cached_property
    def past(self) -> list[Reading]:
        """The texts that new ones are compared with: of twelve weeks, without the last hours."""
        texts = self.since(max(self.now - PAST, self.begin))
        return texts[: bisect_left(texts, self.now - DAY / 2, key=lambda reading: reading.at)]

    @cached_property
    def latest(self) -> list[list[Reading]]:
        """The new texts: as the newest run brought them, and as the newest runs did that have enough."""
        longer = self.since(self.now - LONGEST)
        begins = [self.now, *(longer[-least].at for least in LATEST if len(longer) >= least)]
        windows = [self.since(begin) for begin in dict.fromkeys(begins)]
        return [texts for texts in windows if texts]
