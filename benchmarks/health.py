"""How often the health checks cry wolf, and how soon they see what breaks: years of invented newspapers.

    python benchmarks/health.py [YEARS]

prints, for each newspaper of tests/health/simulation.py, the false alarms of so many ordinary years, and of
each planted breakage after how many days it was reported.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from crawler.health.checks import check
from tests.health.simulation import BREAKAGES, PAPERS, live

if TYPE_CHECKING:
    from tests.health.simulation import Day, Paper

BEGIN = 150  # days of ordinary life before something breaks


def alarms(paper: Paper, year: int) -> list[str]:
    """What an ordinary year is blamed for, each once while it lasts."""
    standing: set[tuple[str, str]] = set()
    told: list[str] = []
    for day, history in live(paper, 365, year):
        found = {(one.kind, one.subject): one.message for one in check(history)}
        told += [f"day {day}: {found[key]}" for key in found if key not in standing]
        standing = set(found)
    return told


def delay(paper: Paper, name: str) -> tuple[int, str] | None:
    """Days until a breakage is reported, and how."""

    def spoil(day: Day) -> Day:
        return BREAKAGES[name](day, day.number - BEGIN) if day.number >= BEGIN else day

    for day, history in live(paper, BEGIN + 90, 1, spoil):
        if day >= BEGIN and (found := check(history)):
            return day - BEGIN, found[0].message
    return None


def main() -> None:
    """Print both."""
    years = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    for paper in (one if one.runs <= 4 else replace(one, runs=6) for one in PAPERS):
        told = [alarm for year in range(years) for alarm in alarms(paper, year)]
        print(f"{paper.name}: {len(told)} false alarms in {years} years", *told, sep="\n    ", flush=True)
        for name in BREAKAGES:
            found = delay(paper, name)
            print(f"    {name}: " + (f"after {found[0]} days: {found[1]}" if found else "never"), flush=True)


if __name__ == "__main__":
    main()
