"""What a replay costs beside the crawl that made its captures: ``python benchmarks/replay.py``.

Pages of 60 to 150 kB are crawled from a loopback server with the archive on, as ``hemero crawl`` does but for
the pace, and then replayed: first beside the readings in force, then, from the WARC file alone, into an empty
database. Each in a process of its own. The figures are pages per second of CPU (user and system, all threads
of the client), which is what one core gives, and replay over crawl in one round: the median and the range.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.crawl import environment, python, server
from benchmarks.crawl_stacks import METERS, Meter
from crawler.cli.fetching import settings
from crawler.running import Run

USER: Final = {
    "HEMERO_CATALOGUE": "catalogue",
    "HEMERO_KEEP": "all",
    "HEMERO_DATABASE_URL": "sqlite:///hemero.db",
}
KINDS: Final = ("beside", "files")


def run(command: list[str], folder: str, **env: str) -> dict[str, Any]:
    """What a process that crawls or replays has measured."""
    done = subprocess.run(
        command, cwd=folder, env=environment() | env, stdout=subprocess.PIPE, check=True, text=True
    )
    measured: dict[str, Any] = json.loads(done.stdout)
    return measured


def one_round(pages: int, base: str) -> dict[str, float]:
    """Pages per second of CPU: of the crawl, and of a replay of each kind."""
    with tempfile.TemporaryDirectory() as folder:
        crawled = run(python("crawl_stacks", "ours", pages, base), folder)
        speeds = {"crawl": crawled["pages"] / crawled["cpu"]}
        for kind in KINDS:
            measured = run(python("replay", "--child", kind), folder, **USER)
            if measured["pages"] < pages:
                raise SystemExit(f"{kind}: not all of {pages} pages came through: {measured}")
            speeds[kind] = pages / measured["cpu"]
    return speeds


def child(kind: str) -> dict[str, Any]:
    """Replay in the current folder, and measure it."""
    files = ""
    if kind == "files":
        os.environ["HEMERO_DATABASE_URL"] = "sqlite:///again.db"
        files = "\n".join(str(file) for file in Path("archive").glob("*.warc.gz"))
    made = settings(LOG_LEVEL="ERROR", BENCH_PAGES="4")
    made.set("EXTENSIONS", made.getdict("EXTENSIONS") | {Meter: 0}, priority="cmdline")
    process = Run(made, ["replay"], {"files": files} if files else {})
    process.start()
    [crawler] = process.results.values()
    [meter] = METERS
    return {"pages": crawler.stats.get_value("read/articles", 0), "cpu": meter.cpu}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--child", choices=KINDS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(child(options.child)))
        return 0
    with server(options.pages, "gzip") as base:
        done = [one_round(options.pages, base) for _ in range(options.rounds)]
    for kind in ("crawl", *KINDS):
        ratios = sorted(speeds[kind] / speeds["crawl"] for speeds in done)
        speed = median(speeds[kind] for speeds in done)
        print(
            f"{kind:7}{speed:7.0f} pages per second of CPU, over the crawl's "
            f"{median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
