"""How fast exports are and how much memory they take: ``python -m benchmarks.export sqlite:///big.db``.

``python -m benchmarks.synthetic sqlite:///big.db 100000`` makes the database. Each export is a process of its
own, on all articles and on those of the first year; memory that does not grow with the number of articles is
constant. On a machine that does other work besides, seconds of processor say more than those of the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from crawler.export.formats import FORMATS

FORMS: Final = (
    "jsonl",
    "parquet",
    "csv",
    "tei",
    "iramuteq",
    "gargantext",
    "ris",
    "bibtex",
    "csl-json",
    "sqlite",
)
PART: Final = "until:2012"


def run(url: str, form: str, query: str) -> tuple[int, float, float, float]:
    """Articles, seconds, seconds of a processor, and megabytes of one export."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder, f"out{FORMATS[form].suffix}")
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "crawler.cli", "export", form, *query.split(), "--output", str(target)],
            env=os.environ | {"HEMERO_DATABASE_URL": url},
            stderr=subprocess.DEVNULL,
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - begun
        if process.returncode:
            raise SystemExit(f"{form}: exit code {process.returncode}")
        told = json.loads(Path(f"{target}.manifest.json").read_text("utf-8"))
    return told["articles"], seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a line a format."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("url")
    options.add_argument("forms", nargs="*", default=FORMS, metavar="FORMAT")
    given = options.parse_args()
    print(
        "| format | articles | articles/s | a second of processor | MB at most | MB for a year's articles |"
    )
    print("|---|---|---|---|---|---|")
    for form in given.forms:
        count, seconds, busy, most = run(given.url, form, "")
        *_, part = run(given.url, form, PART)
        speeds = f"{count / seconds:,.0f} | {count / busy:,.0f}"
        print(f"| {form} | {count:,} | {speeds} | {most:.0f} | {part:.0f} |", flush=True)


if __name__ == "__main__":
    main()
