"""What the headlines-first choice of articles costs and saves: ``python -m benchmarks.preselection``.

Titles and addresses of labelled pages stand for what lists say: how many of those that are on the subject
would be asked for, and how many headlines of ordinary press would be. Ends with 1 when a figure is
worse than preselection_floors.toml.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from crawler.text import headlines
from crawler.text.relevance import judge

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent / ".." / "shared" / "relevance"
THRESHOLDS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def share(wanted: list[bool]) -> float:
    return sum(wanted) / len(wanted)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=SHARED / "labelled.jsonl")
    parser.add_argument("--negatives", type=Path, default=SHARED / "press_negatives.jsonl")
    given = parser.parse_args()
    pages, press = lines(given.labelled), lines(given.negatives)
    print("threshold  recall label 2  recall label 1+  of ordinary headlines asked for")
    for threshold in THRESHOLDS:
        figures = [
            share(
                [
                    judge(page["title"] or page["slug"] or "").score > threshold
                    for page in pages
                    if page["label"] >= least
                ]
            )
            for least in (2, 1)
        ]
        ordinary = share([judge(page["title"]).score > threshold for page in press])
        print(f"{threshold:9} {figures[0]:15.3f} {figures[1]:16.3f} {ordinary:15.3f}")
    chosen = {
        "recall_squarely": share([wanted(page) for page in pages if page["label"] == 2]),
        "recall_partly": share([wanted(page) for page in pages if page["label"] >= 1]),
        "ordinary": share([headlines.doubt(page["title"], "") is None for page in press]),
    }
    for page in pages:
        if page["label"] >= 1 and not wanted(page):
            print(f"    missed, label {page['label']}: {page['title'] or page['slug']}")
    floors = tomllib.loads((HERE / "preselection_floors.toml").read_text("utf-8"))
    missed = 0
    for name, value in chosen.items():
        holds = value <= floors[name] if name == "ordinary" else value >= floors[name]
        missed += not holds
        print(f"{name:16} {value:6.3f}  {floors[name]}{'' if holds else '  MISSED'}")
    return int(bool(missed))


def wanted(page: dict[str, Any]) -> bool:
    """Whether the page would be asked for, by what a list says of it."""
    return headlines.doubt(page["title"] or "", page["url"]) is None


if __name__ == "__main__":
    sys.exit(main())
