"""What a whole crawl costs, against bare Scrapy and the naive stack: ``python benchmarks/crawl.py``.

Fetch, clean, read, judge and store with the full-text index, pages of 60 to 150 kB, from a loopback server
that is faster than any client here. Compared are, in an order drawn anew for each round, each in a process of
its own:

* ours: the spider of a declared source as ``hemero crawl`` runs it, every text kept, into a SQLite file; only
  the pace is another (16 requests at once, no delay);
* stock: Scrapy as it comes with a spider that parses nothing (16 at once, no cookies, retries or telnet);
* tuned: the same spider under our own settings of Scrapy;
* naive: Scrapy, trafilatura with metadata on the reactor's thread, an ORM commit an item, no full-text index.

Figures are ratios of pages per second of CPU (user and system, all threads of the client) within a round: the
median of the rounds and their range. With ``--check`` it ends with 1 where a floor is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parent.parent
STACKS: Final = ("ours", "stock", "tuned", "naive")
FLOORS: Final = {"stock": 0.30, "naive": 8.0}
"""Our pages per second of CPU over theirs, at least."""

GROWTH: Final = 1.10
"""Resident memory at the end over that at a quarter of the pages, at most."""

NAIVE_SHARE: Final = (
    10  # of so many pages the naive stack reads one: it is slow, and its cost a page is steady
)


def python(module: str, *arguments: object) -> list[str]:
    """The command that runs another file of this benchmark."""
    return [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)]


def environment() -> dict[str, str]:
    """The environment without proxies and without the user's own settings of Hemero."""
    ours = {"PYTHONPATH": str(ROOT)}
    return {
        key: value
        for key, value in os.environ.items()
        if not key.lower().endswith("_proxy") and not key.startswith("HEMERO_")
    } | ours


@contextmanager
def server(pages: int, encoding: str) -> Iterator[str]:
    """The address of a server of so many pages, in a process of its own."""
    command = python("crawl_server", pages, encoding)
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout
        assert process.stdin
        try:
            yield process.stdout.readline().strip()
        finally:
            process.stdin.close()


def crawl(stack: str, pages: int, base: str) -> dict[str, Any]:
    """What one run of a stack has measured, with the CPU that the server used meanwhile."""
    command = python("crawl_stacks", stack, pages, base)
    before = float(urlopen(f"{base}/cpu").read())
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            command, cwd=folder, env=environment(), stdout=subprocess.PIPE, check=True, text=True
        )
    measured: dict[str, Any] = json.loads(run.stdout)
    measured["server"] = float(urlopen(f"{base}/cpu").read()) - before
    if measured["pages"] != pages or measured.get("stored", pages) != pages:
        raise SystemExit(f"{stack}: not all of {pages} pages came through: {measured}")
    return measured


def rounds(count: int, pages: int, base: str) -> list[dict[str, dict[str, Any]]]:
    """All stacks, so many times, each time in another order."""
    done = []
    for number in range(count):
        order = random.sample(STACKS, len(STACKS))
        results = {}
        for stack in order:
            results[stack] = crawl(stack, max(pages // NAIVE_SHARE, 20) if stack == "naive" else pages, base)
        done.append(results)
        costs = ", ".join(f"{stack} {_cost(results[stack]):.2f}" for stack in order)
        print(f"round {number + 1} of {count}, CPU ms a page: {costs}", flush=True)
    return done


def _cost(run: dict[str, Any]) -> float:
    return 1000 * float(run["cpu"]) / int(run["pages"])


def report(done: list[dict[str, dict[str, Any]]]) -> bool:
    """Print the table; whether every floor is held."""
    print(
        f"\n{'':8}{'CPU ms/page':>12}{'pages/s':>9}{'MB at the end':>15}{'server ms/page':>16}  ours over it"
    )
    good = True
    for stack in STACKS:
        runs = [results[stack] for results in done]
        ratios = sorted(_cost(results[stack]) / _cost(results["ours"]) for results in done)
        speed = median(run["pages"] / run["wall"] for run in runs)
        print(
            f"{stack:8}{median(map(_cost, runs)):12.2f}{speed:9.0f}"
            f"{median(max(run['memory'].values()) for run in runs):15.0f}"
            f"{median(1000 * run['server'] / run['pages'] for run in runs):16.2f}"
            f"  {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
        if stack in FLOORS and median(ratios) < FLOORS[stack]:
            good = False
            print(f"{'':8}below its floor of {FLOORS[stack]}")
    is_flat = _report_memory(done)
    return is_flat and good


def _report_memory(done: list[dict[str, dict[str, Any]]]) -> bool:
    """Print our resident memory by the pages received, and how many were read rightly; whether it is flat."""
    ours = [results["ours"] for results in done]
    memory = {at: median(run["memory"][at] for run in ours) for at in ours[0]["memory"]}
    print("\nours, resident MB: " + ", ".join(f"{size:.0f} at {at} pages" for at, size in memory.items()))
    print(f"stored {ours[0]['stored']}, of which read word for word as written {ours[0]['exact']}")
    first, *_, last = memory.values()
    is_flat = bool(last <= GROWTH * first)
    if not is_flat:
        print(f"memory grows by more than {GROWTH - 1:.0%}: flat is asked for from 500 pages on")
    return is_flat


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--encoding", choices=("gzip", "identity"), default="gzip", help="of the pages on the wire"
    )
    parser.add_argument("--quick", action="store_true", help="200 pages, one round: does it run?")
    parser.add_argument("--check", action="store_true", help="end with 1 where a floor is missed")
    options = parser.parse_args()
    pages, count = (200, 1) if options.quick else (options.pages, options.rounds)
    started = time.perf_counter()
    print(f"{pages} pages, {options.encoding}, {count} rounds, Python {sys.version.split()[0]}", flush=True)
    with server(pages, options.encoding) as base:
        done = rounds(count, pages, base)
    good = report(done)
    sys.stdout.flush()
    subprocess.run(python("crawl_parts", min(pages, 300)), env=environment(), check=True)
    print(f"\n{time.perf_counter() - started:.0f} s")
    return 1 if options.check and not good else 0


if __name__ == "__main__":
    sys.exit(main())
