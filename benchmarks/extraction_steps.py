"""Where the reader's time goes: ``python -m benchmarks.extraction_steps``, with ../shared/corpus.

CPU milliseconds a page, of each page the best round, beside one parse by lxml of the same bytes. What a page
takes to be freed is in the first step of the next one, as it is in lxml's parse.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from benchmarks.extraction import CORPUS
from benchmarks.extraction import parse as lxml_parse
from crawler.extract import boilerplate, comments, read_page
from crawler.extract.tree import parse
from crawler.items import Page

ROUNDS: Final = 6
STEPS: Final = ("one lxml parse", "bytes to tree", "comments", "boilerplate", "metadata, lead and body")


def measure(source: bytes, url: str) -> list[float]:
    """The seconds of each step."""
    clock = [time.thread_time()]
    lxml_parse(source, url)
    clock.append(time.thread_time())
    tree, flags = parse(source)
    page = Page(url=url, fetched_at=datetime.now(UTC), tree=tree, flags=flags)
    clock.append(time.thread_time())
    for step in (comments.cut, boilerplate.cut, read_page):
        step(page)
        clock.append(time.thread_time())
    return [end - start for start, end in pairwise(clock)]


def main() -> int:
    if not (CORPUS / "manifest.jsonl").is_file():
        print(f"no corpus at {CORPUS}")
        return 1
    records = [json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines()]
    best: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for record in records:
            source = gzip.decompress((CORPUS / "pages" / f"{record['id']}.html.gz").read_bytes())
            took = measure(source, record["url"])
            best[record["id"]] = [min(pair) for pair in zip(took, best.get(record["id"], took), strict=True)]
    means = [1000 * statistics.fmean(column) for column in zip(*best.values(), strict=True)]
    for name, mean in zip(STEPS, means, strict=True):
        print(f"{name:24} {mean:6.2f} ms {mean / means[0]:6.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
