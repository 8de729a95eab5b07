"""What the archive costs a crawl: ``python benchmarks/archive.py``.

The same crawl with the archive and without it (``archive.write``), in turn and in an order drawn anew for
each round: pages of 60 to 150 kB from a loopback server, fetched, read, judged and stored with the full-text
index, each run a process of its own. The figure is pages per second of CPU (user and system, all threads of
the client) with the archive over those without it, in one round: the median of the rounds and their range.

``--libraries`` measures writers and readers alone, beside warcio and FastWARC, on the same answers. With
``--check`` it ends with 1 where the floor is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.crawl import environment, python, server

FLOOR: Final = 0.8
"""Pages per second of CPU with the archive over those without it, at least."""


def crawl(write: str, pages: int, base: str) -> dict[str, Any]:
    """What one run has measured, and the size of the archive that it has left."""
    with tempfile.TemporaryDirectory() as folder:
        run = subprocess.run(
            python("crawl_stacks", "ours", pages, base),
            cwd=folder,
            env=environment() | {"HEMERO_ARCHIVE_WRITE": write},
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        sizes = [file.stat().st_size for file in Path(folder, "archive").glob("*.warc.gz")]
    measured: dict[str, Any] = json.loads(run.stdout)
    if measured["stored"] != pages or bool(sizes) != (write == "on"):
        raise SystemExit(f"archive {write}: not all came through: {measured}, files of {sizes} bytes")
    return measured | {"bytes": sum(sizes)}


def rounds(count: int, pages: int, base: str) -> list[dict[str, dict[str, Any]]]:
    """Both kinds of run, so many times, each time in another order."""
    done = []
    for number in range(count):
        results = {write: crawl(write, pages, base) for write in random.sample(["on", "off"], 2)}
        done.append(results)
        costs = ", ".join(f"{write} {cost(results[write]):.2f}" for write in ("on", "off"))
        print(f"round {number + 1} of {count}, CPU ms a page: {costs}", flush=True)
    return done


def cost(run: dict[str, Any]) -> float:
    """Milliseconds of CPU a page."""
    return 1000 * float(run["cpu"]) / int(run["pages"])


def report(done: list[dict[str, dict[str, Any]]]) -> bool:
    """Print the figures; whether the floor is held."""
    for write in ("on", "off"):
        runs = [results[write] for results in done]
        speed = median(run["pages"] / run["wall"] for run in runs)
        print(f"archive {write:3}: {median(map(cost, runs)):.2f} CPU ms a page, {speed:.0f} pages/s")
    ratios = sorted(cost(results["off"]) / cost(results["on"]) for results in done)
    print(f"pages per second of CPU, on over off: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")
    first = done[0]["on"]
    print(f"{first['bytes'] / first['pages'] / 1000:.1f} kB of archive a page")
    return median(ratios) >= FLOOR


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--encoding", choices=("gzip", "identity"), default="gzip")
    parser.add_argument("--quick", action="store_true", help="200 pages, one round: does it run?")
    parser.add_argument("--libraries", action="store_true", help="the writers and readers alone")
    parser.add_argument("--check", action="store_true", help="end with 1 where the floor is missed")
    options = parser.parse_args()
    if options.libraries:
        return subprocess.run(python("archive_libraries"), env=environment(), check=True).returncode
    pages, count = (200, 1) if options.quick else (options.pages, options.rounds)
    print(f"{pages} pages, {options.encoding}, {count} rounds, Python {sys.version.split()[0]}", flush=True)
    with server(pages, options.encoding) as base:
        good = report(rounds(count, pages, base))
    return 1 if options.check and not good else 0


if __name__ == "__main__":
    sys.exit(main())
