"""Simulated newspapers: every planted breakage is told, and an ordinary year hardly ever cries wolf."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from crawler.health.checks import check, is_holiday
from crawler.health.history import DAY, History, Reading, Run
from crawler.health.statistics import (
    CLUSTERING,
    TOGETHER,
    chance_of_so_few,
    chance_of_so_many,
    chance_of_so_many_together,
    clustering,
    shares_of,
)
from tests.health.simulation import BREAKAGES, PAPERS, START, live

if TYPE_CHECKING:
    from tests.health.simulation import Day, Paper

REGIONAL = next(paper for paper in PAPERS if paper.name == "regional")
SMALL = next(paper for paper in PAPERS if paper.name == "small")
YEARS = [paper for paper in PAPERS if paper.runs == 1 or os.environ.get("HEMERO_TEST_ALL")]
AT = 120
WITHIN = {
    ("regional", "slow decline"): 60,  # when half is gone, four weeks must show it
    ("small", "slow decline"): 60,
    ("small", "feeds that stand still"): 6,  # four articles a day: some days have none; a bridge lies between
    ("small", "redesign"): 1,  # a run of one or two articles tells nothing
    ("small", "walls"): 1,  # of four pages a day
    ("regional", "one dead feed"): 1,  # the other one answers: twice in a row
    ("small", "one dead feed"): 1,
}
"""Days until a breakage is told, where that is not the run in which it happens."""


@pytest.mark.parametrize("name", BREAKAGES)
@pytest.mark.parametrize("paper", [REGIONAL, SMALL], ids=lambda paper: paper.name)
def test_a_planted_breakage_is_told(paper: Paper, name: str) -> None:
    def spoil(day: Day) -> Day:
        return BREAKAGES[name](day, day.number - AT) if day.number >= AT else day

    within = WITHIN.get((paper.name, name), 0)
    told = next(
        (day - AT for day, history in live(paper, AT + within + 3, 3, spoil) if day >= AT and check(history)),
        None,
    )
    assert told is not None
    assert told <= within


@pytest.mark.parametrize("paper", YEARS, ids=lambda paper: paper.name)
def test_a_year_of_ordinary_days_has_one_false_alarm_at_most(paper: Paper) -> None:
    standing: set[tuple[str, str]] = set()
    alarms: list[str] = []
    for _, history in live(replace(paper, runs=min(paper.runs, 4)), 365, 1):
        found = {(one.kind, one.subject): one.message for one in check(history)}
        alarms += [found[key] for key in found if key not in standing]
        standing = set(found)
    assert len(alarms) <= 1, alarms


def test_a_public_holiday_is_no_breakage() -> None:
    """A ministry publishes thirty texts a day, and none on holidays and weekends; Easter Monday has none."""
    ministry = replace(PAPERS[4], daily=30)
    easter = (dt.date(2025, 4, 21) - START.date()).days
    assert is_holiday("FR", dt.date(2025, 4, 21))
    quiet = [history for day, history in live(ministry, easter + 1, 1) if day == easter]
    assert quiet[0].runs[-1].new == 0
    assert not check(quiet[0])
    tuesday = START + (easter + 1) * DAY
    silent = replace(quiet[0], runs=[*quiet[0].runs, Run(tuesday, 0)])
    assert {finding.kind for finding in check(silent)} >= {"yield"}


def test_what_a_declaration_expects() -> None:
    runs = [Run(START + n * DAY, 100 if not n else 2) for n in range(3)]
    assert not check(History(source="a", runs=runs))
    [finding] = check(History(source="a", runs=runs, articles_a_day=40))
    assert (finding.kind, "2 new articles" in finding.message, "40 a day" in finding.message) == (
        "expect",
        True,
        True,
    )
    still = [*runs, *(Run(START + n * DAY, 0) for n in range(3, 9))]
    assert [finding.kind for finding in check(History(source="a", runs=still, silence=5))] == ["silence"]
    assert not check(History(source="a", runs=still, silence=9))


def reading(day: int, **differs: object) -> Reading:
    whole = Reading(START + day * DAY, 400, comments=True, rules=frozenset({"body"}))
    return replace(whole, **differs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("differs", "kind", "said"),
    [
        ({"dated": False}, "dates", "10 of 10 new articles have no date; it used to be 0%"),
        ({"signed": False}, "authors", "have no author"),
        ({"led": False}, "leads", "have no lead"),
        ({"language": "en"}, "language", "are not in 'fr'"),
        ({"words": 60}, "length", "shorter: 60 words"),
        ({"words": 2000}, "length", "longer: 2000 words"),
        ({"comments": False}, "comments", "do they stand in the texts?"),
        ({"rules": frozenset()}, "selector", "selector of body no longer matches"),
    ],
)
def test_each_field_has_its_words(differs: dict[str, object], kind: str, said: str) -> None:
    readings = [reading(day, words=300 + 20 * n) for day in range(30) for n in range(10)]
    readings += [reading(30, **differs) for _ in range(10)]
    history = History(
        source="a",
        runs=[Run(START + n * DAY, 10, 12) for n in range(31)],
        readings=readings,
        selectors=frozenset({"body"}),
    )
    [finding] = check(history)
    assert finding.kind == kind
    assert said in finding.message


@pytest.mark.parametrize(
    ("number", "differs", "kinds"),
    [
        (3, {"led": False}, {"leads"}),
        (2, {"led": False}, set()),
        (2, {"led": False, "signed": False, "rules": frozenset(), "words": 60}, {"layout"}),
        (1, {"led": False, "signed": False, "rules": frozenset(), "words": 60}, set()),
    ],
)
def test_a_few_articles_of_one_run_are_enough(
    number: int, differs: dict[str, object], kinds: set[str]
) -> None:
    """Of a source with four articles a day, one in a hundred of which has no lead."""
    readings = [reading(day, words=300 + n * 40 + day) for day in range(80) for n in range(4)]
    readings[7::100] = [replace(one, led=False) for one in readings[7::100]]
    readings += [reading(80, **({"words": 400} | differs)) for _ in range(number)]
    runs = [Run(START + n * DAY, 4, 5) for n in range(80)] + [Run(START + 80 * DAY, number, 5)]
    history = History(source="a", runs=runs, readings=readings, selectors=frozenset({"body"}))
    assert {finding.kind for finding in check(history)} == kinds


def test_days_are_taken_together_until_they_say_what_a_bad_one_is() -> None:
    half = TOGETHER // 2
    assert shares_of([(1, half), (3, TOGETHER - half), (2, TOGETHER - 1)]) == [4 / TOGETHER]
    assert shares_of([(5, TOGETHER), (1, TOGETHER)]) == [5 / TOGETHER, 1 / TOGETHER]


def test_the_tails_are_those_of_the_distributions() -> None:
    assert chance_of_so_many(10, 10, 0.5) == pytest.approx(2**-10)
    assert chance_of_so_many(0, 10, 0.5) == 1
    assert chance_of_so_many_together(2, 2, 0.5, 0.2) == pytest.approx(0.5 * 0.6)  # alike: 0.5 + 0.2 · 0.5
    assert chance_of_so_many_together(3, 5, 0.4, 1e-6) == pytest.approx(
        chance_of_so_many(3, 5, 0.4), rel=1e-3
    )
    assert clustering([(4, 4), (0, 4)], 0.5) == pytest.approx(1)
    assert clustering([(2, 4), (2, 4)], 0.5) == CLUSTERING
    assert chance_of_so_few(0, 5, 1e-3) == pytest.approx(0.0067379, rel=1e-3)  # hardly any spread: Poisson
    assert chance_of_so_few(200, 5) == pytest.approx(1)
