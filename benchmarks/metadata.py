"""How well titles, dates, authors and walls are read, beside trafilatura: ``python benchmarks/metadata.py``.

Titles are compared without case, quotation marks and closing punctuation; dates by day, one day of tolerance
(the gold's dates without a zone are local); authors as persons, F1 over all pages whose gold names one
(agencies and outlets that sign are none). Walls are the anti-robot pages that are
refused; a page of the corpus that is refused counts against its title.

Needs ../shared/corpus; ends with 1 when a figure is below its floor in floors.toml.
"""

from __future__ import annotations

import gzip
import importlib
import json
import re
import statistics
import sys
import tomllib
from dataclasses import dataclass, field
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from crawler.errors import NotAnArticle
from crawler.extract import read
from crawler.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).resolve().parents[1] / ".." / "shared" / "corpus"
PARIS = ZoneInfo("Europe/Paris")
CREDIT = re.compile(r"\b(?:afp|reuters|belga|ats|ap|avec|agences?|redaction|service)\b")


@dataclass
class Facts:
    """What a reader says of a page; nothing of one that it refuses."""

    title: str = ""
    day: date | None = None
    authors: list[str] = field(default_factory=list)
    is_article: bool = True


def hemero(page: bytes, url: str) -> Facts:
    try:
        article = read(page, url)
    except NotAnArticle:
        return Facts(is_article=False)
    published = article.published_at
    return Facts(article.title, published.astimezone(PARIS).date() if published else None, article.authors)


def trafilatura(page: bytes, url: str) -> Facts:
    found = importlib.import_module("trafilatura").bare_extraction(page, url=url, with_metadata=True)
    if not found or not (found.text or "").strip():
        return Facts(is_article=False)
    day = date.fromisoformat(found.date[:10]) if found.date else None
    return Facts(found.title or "", day, (found.author or "").split("; ") if found.author else [])


def plain(text: str) -> str:
    """A title or a name as it is compared."""
    return re.sub(r"[\s\"'«»]+", " ", fold(text)).strip(" .!?-|")


def persons(record: dict[str, Any]) -> set[str]:
    """The people whom the gold names."""
    outlet = record["domain"].split(".")[-2]
    named = {plain(name) for name in record["authors"] or []}
    return {name for name in named if not CREDIT.search(name) and outlet not in name.replace(" ", "")}


def figures(reader: Callable[[bytes, str], Facts], records: list[dict[str, Any]]) -> dict[str, float]:
    """The figures of one reader."""
    titles, days = [], []
    same = named = 0
    for record in records:
        page = gzip.decompress((CORPUS / "pages" / f"{record['id']}.html.gz").read_bytes())
        facts = reader(page, record["url"])
        titles.append(plain(facts.title) == plain(record["title"]))
        if record["published"]:
            wanted = date.fromisoformat(record["published"][:10])
            days.append(facts.day is not None and abs((facts.day - wanted).days) <= 1)
        if wanted_names := persons(record):
            got = {plain(name) for name in facts.authors}
            same, named = same + 2 * len(wanted_names & got), named + len(wanted_names) + len(got)
    walls = [
        reader(file.read_bytes(), "https://journal.example/article")
        for file in sorted((CORPUS / "blocked").iterdir())
    ]
    return {
        "title": statistics.fmean(titles),
        "date": statistics.fmean(days),
        "authors_f1": same / named,
        "walls_refused": statistics.fmean(not facts.is_article for facts in walls),
    }


def main() -> int:
    if not (CORPUS / "manifest.jsonl").is_file():
        print(f"no corpus at {CORPUS}: nothing to measure")
        return 0
    records = [json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines()]
    readers = {"hemero": hemero} | ({"trafilatura": trafilatura} if find_spec("trafilatura") else {})
    found = {name: figures(reader, records) for name, reader in readers.items()}
    print("| reader | " + " | ".join(found["hemero"]) + " |")
    print("|---" * (len(found["hemero"]) + 1) + "|")
    for name, values in found.items():
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in values.values()) + " |")
    floors = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))["metadata"]
    low = [f"{name} {found['hemero'][name]:.3f} is below {floor}" for name, floor in floors.items()
           if found["hemero"][name] < floor]  # fmt: skip
    print("\n".join(low) or "no figure is below its floor")
    return bool(low)


if __name__ == "__main__":
    sys.exit(main())
