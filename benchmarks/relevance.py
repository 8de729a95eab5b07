"""How well the relevance query judges real pages: ``python -m benchmarks.relevance`` from the root.

Prints average precision on the titles (or else the words of the address) of labelled pages, false alarms on
press texts that are off topic, agreement on the mini-web and what each sub-topic gives; ends with 1 when a
figure is worse than relevance_floors.toml, which only ever gets stricter. Other data of the same form can be
given instead.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import Any

from crawler.text.relevance import judge, load

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent / ".." / "shared"


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def average_precision(scores: list[float], wanted: list[bool]) -> float:
    """The mean, over the pages wanted, of the precision among all pages that score as high or higher."""
    ranked = sorted(zip(scores, wanted, strict=True), reverse=True)
    total = sum(wanted)
    seen = hits = 0
    result = 0.0
    for _, group in groupby(ranked, key=lambda pair: pair[0]):
        flags = [is_wanted for _, is_wanted in group]
        seen, hits = seen + len(flags), hits + sum(flags)
        result += hits / seen * sum(flags) / total
    return result


def titles(pages: list[dict[str, Any]]) -> dict[str, float]:
    judged = [judge(page["title"] or page["slug"] or "") for page in pages]
    scores = [judgement.score for judgement in judged]
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for page, judgement in zip(pages, judged, strict=True):
        by_kind[page["kind"]].append((judgement.label >= 1) == (page["label"] >= 1))
    for kind, right in sorted(by_kind.items(), key=lambda item: sum(item[1]) / len(item[1])):
        print(f"    {sum(right):3} of {len(right):3} right  {kind}")
    return {
        "ap_partly": average_precision(scores, [page["label"] >= 1 for page in pages]),
        "ap_squarely": average_precision(scores, [page["label"] == 2 for page in pages]),
        "kinds_right": sum(sum(right) / len(right) for right in by_kind.values()) / len(by_kind),
    }


def negatives(texts: list[dict[str, Any]]) -> dict[str, float]:
    start = time.perf_counter()
    judged = [judge(text["title"], text["text"]) for text in texts]
    print(f"    {(time.perf_counter() - start) / len(texts) * 1e6:.0f} µs a text")
    alarms = [(text, judgement) for text, judgement in zip(texts, judged, strict=True) if judgement.label]
    for text, judgement in alarms:
        print(f"    {judgement.score:.2f}  {text['id']}  {', '.join(term.term for term in judgement.terms)}")
    return {
        "false_alarms": len(alarms),
        "false_alarms_titles": sum(judge(text["title"]).label >= 1 for text in texts),
    }


def miniweb(files: list[Path]) -> dict[str, float]:
    wrong = 0
    for file in files:
        page = json.loads(file.read_text("utf-8"))
        judgement = judge(page["title"], "\n\n".join([page["lead"] or "", *page["body"]]))
        if (judgement.label >= 1) != page["on_topic"]:
            wrong += 1
            print(f"    wrong: {file.stem}, score {judgement.score}")
    return {"miniweb_wrong": wrong}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--labelled", type=Path, default=SHARED / "relevance" / "labelled.jsonl")
    parser.add_argument("--negatives", type=Path, default=SHARED / "relevance" / "press_negatives.jsonl")
    parser.add_argument("--miniweb", type=Path, default=SHARED / "miniweb" / "visible" / "expected")
    given = parser.parse_args()
    print(f"query {load().version}")
    figures = titles(lines(given.labelled)) | negatives(lines(given.negatives))
    figures |= miniweb(sorted(given.miniweb.glob("*/*.json")))
    floors = tomllib.loads((HERE / "relevance_floors.toml").read_text("utf-8"))
    missed = [name for name, value in figures.items() if not report(name, value, floors)]
    return int(bool(missed))


def report(name: str, value: float, floors: dict[str, dict[str, float]]) -> bool:
    """Print one figure beside its floor or ceiling; whether it holds."""
    bound = "at_most" if name in floors["at_most"] else "at_least"
    limit = floors[bound][name]
    holds = value <= limit if bound == "at_most" else value >= limit
    print(f"{name:20} {value:6.3f}  {bound} {limit}{'' if holds else '  MISSED'}")
    return holds


if __name__ == "__main__":
    sys.exit(main())
