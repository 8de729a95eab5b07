"""How well and how fast pages are read, beside the installed peers: ``python benchmarks/extraction.py``.

Quality: 4-gram F1 (multisets of runs of four words; the mean over pages), with lead and captions neither
required nor forbidden, then with the lead required; strings that must be found and that must be absent;
readers' comments. Speed: CPU time from bytes to result, page by page, all readers one after another in
turn, so that noise hits all alike. ``--check`` measures this reader alone and ends with 1 when a figure
is below floors.toml, which only goes up.

Data: ../shared/corpus (its README says what the gold is) where it is, and the project's own pages.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import statistics
import sys
import time
import tomllib
import unicodedata
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lxml import html as lxml_html  # noqa: E402

from crawler.errors import NotAnArticle  # noqa: E402
from crawler.extract import read  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    Reader = Callable[[bytes, str], str]

CORPUS = ROOT / ".." / "shared" / "corpus"
QUOTES = str.maketrans(
    {**dict.fromkeys("’‘ʼ´`", "'"), **dict.fromkeys("“”„«»", '"'), **dict.fromkeys("–—‑", "-")}
)
ODD = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def normal(text: str) -> str:
    """One form of blanks, quotation marks and dashes."""
    return re.sub(r"\s+", " ", ODD.sub("", unicodedata.normalize("NFKC", text.translate(QUOTES)))).strip()


def squash(text: str) -> str:
    return re.sub(r'[\s"]', "", normal(text))


def words(text: str) -> list[str]:
    return re.findall(r"\w+", normal(text))


def shingles(tokens: list[str]) -> Counter[tuple[str, ...]]:
    """Its runs of four words, each as often as it occurs; a shorter text is one run."""
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3))) if tokens else Counter()


def without(tokens: list[str], wanted: list[str], neutral: list[list[str]]) -> list[str]:
    """The output without text that is neither required nor forbidden, as far as the gold has less of it."""
    for run in filter(None, neutral):
        size = len(run)
        surplus = occurrences(tokens, run)[
            : max(0, len(occurrences(tokens, run)) - len(occurrences(wanted, run)))
        ]
        for start in reversed(surplus):
            tokens = tokens[:start] + tokens[start + size :]
    return tokens


def occurrences(tokens: list[str], run: list[str]) -> list[int]:
    found, i = [], 0
    while i <= len(tokens) - len(run):
        if tokens[i] == run[0] and tokens[i : i + len(run)] == run:
            found.append(i)
            i += len(run)
        else:
            i += 1
    return found


def f1(wanted: list[str], got: list[str], neutral: list[list[str]]) -> float:
    gold, found = shingles(wanted), shingles(without(got, wanted, neutral))
    spare = sum((shingles(run) for run in neutral if len(run) >= 4), Counter())
    hits, extra = sum((gold & found).values()), sum((found - gold - spare).values())
    total = sum(gold.values()) + hits + extra
    return 2 * hits / total if total else 1.0


def quality(records: list[dict[str, Any]], texts: dict[str, str]) -> dict[str, float]:
    """The figures of one reader on pages with gold text."""
    plain, led, leads = [], [], []
    found: Counter[str] = Counter()
    for record in records:
        got, flat = words(texts[record["id"]]), squash(texts[record["id"]])
        for kind in ("with", "without", "comments"):
            segments = [squash(text) for text in record.get(kind) or []]
            own = squash("".join([record["title"] or "", record["lead"] or "", record["body"] or ""]))
            if kind == "comments":
                segments = [text for text in segments if len(text) >= 20 and text not in own]
            found[kind] += sum(text in flat for text in segments)
            found[kind + " all"] += len(segments)
        if record["gold_kind"] != "full":
            continue
        gold, lead = words(record["body"]), words(record["lead"] or "")
        optional = [words(text) for text in record["optional"] or []]
        plain.append(f1(gold, got, [lead, *optional]))
        led.append(f1(lead + gold, got, optional))
        if lead:
            leads.append(squash(record["lead"]) in flat)
    return {
        "f1": statistics.fmean(plain),
        "f1_lead_required": statistics.fmean(led),
        "worst_page": min(plain),
        "lead_found": statistics.fmean(leads),
        "with_found": found["with"] / found["with all"],
        "without_absent": 1 - found["without"] / found["without all"],
        "comments_absent": 1 - found["comments"] / found["comments all"],
    }


def hemero(page: bytes, url: str) -> str:
    try:
        article = read(page, url)
    except NotAnArticle:
        return ""
    return f"{article.lead}\n\n{article.body}"


def parse(page: bytes, _: str) -> str:
    return str(lxml_html.document_fromstring(page).tag)


def trafilatura(page: bytes, url: str) -> str:
    """Its default, with metadata as this reader gives them."""
    extract = importlib.import_module("trafilatura").bare_extraction
    found = extract(page, url=url, include_comments=False, with_metadata=True)
    return (found.text if found else "") or ""


def readability(page: bytes, _: str) -> str:
    document = importlib.import_module("readability").Document(page.decode("utf-8", "replace"))
    return "\n".join(map(str, lxml_html.fromstring(document.summary()).itertext()))


READERS: dict[str, Reader] = {
    "hemero": hemero,
    "trafilatura": trafilatura,
    "readability": readability,
    "lxml parse": parse,
}


def installed() -> dict[str, Reader]:
    """The readers that can be measured here."""
    missing = {name for name in ("trafilatura", "readability") if find_spec(name) is None}
    return {name: reader for name, reader in READERS.items() if name not in missing}


def compared(about: str) -> dict[str, Reader]:
    """The readers that a command line asks to compare on the corpus; none where there is no corpus.

    :param about: what the command measures
    """
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only this reader, against the floors")
    options = parser.parse_args()
    if not (CORPUS / "manifest.jsonl").is_file():
        print(f"no corpus at {CORPUS}: nothing to measure")
        return {}
    others = {} if options.check else installed()
    return {"hemero": hemero} | {name: read for name, read in others.items() if name != "lxml parse"}


def forget() -> None:
    """Empty the caches of every reader, which remember what pages say: a crawler meets no page twice."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"crawler", "trafilatura", "htmldate", "courlan", "readability"}:
            for value in list(vars(module).values()):
                if callable(getattr(value, "cache_clear", None)):
                    value.cache_clear()


def measure(
    readers: dict[str, Reader], pages: dict[str, tuple[bytes, str]], rounds: int
) -> tuple[dict[str, dict[str, str]], dict[str, float]]:
    """What each reader gave for each page, and its mean CPU milliseconds (of each page the best round)."""
    texts: dict[str, dict[str, str]] = {name: {} for name in readers}
    spent: dict[str, dict[str, float]] = {name: {} for name in readers}
    names = list(readers)
    for turn in range(rounds + 1):  # the first round warms up
        forget()
        for number, (key, (page, url)) in enumerate(pages.items()):
            shift = (turn + number) % len(names)
            for name in names[shift:] + names[:shift]:
                start = time.thread_time()
                texts[name][key] = readers[name](page, url)
                took = time.thread_time() - start
                if turn:
                    spent[name][key] = min(took, spent[name].get(key, took))
    return texts, {name: 1000 * statistics.fmean(took.values() or [0.0]) for name, took in spent.items()}


def corpus() -> tuple[list[dict[str, Any]], dict[str, tuple[bytes, str]]]:
    """The records of the corpus, and of each its page and address."""
    records = [json.loads(line) for line in (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines()]
    folder = CORPUS / "pages"
    pages = {r["id"]: gzip.decompress((folder / f"{r['id']}.html.gz").read_bytes()) for r in records}
    return records, {r["id"]: (pages[r["id"]], r["url"]) for r in records}


def own_pages() -> list[tuple[bytes, dict[str, Any]]]:
    """The project's own pages and what must be read from them."""
    files = sorted((ROOT / "tests").glob("**/page.html"))
    return [
        (file.read_bytes(), json.loads(file.with_name("expected.json").read_text("utf-8"))) for file in files
    ]


def own_quality() -> dict[str, float]:
    """Paragraphs and leads of the project's own pages, compared as they are."""
    hits = total = leads = 0
    pages = own_pages()
    for page, expected in pages:
        lead, _, body = hemero(page, expected["url"]).partition("\n\n")
        got, gold = Counter(map(normal, body.split("\n\n"))), Counter(map(normal, expected["body"]))
        hits, total = hits + 2 * sum((got & gold).values()), total + sum(got.values()) + sum(gold.values())
        leads += normal(lead) == normal(expected["lead"] or "")
    return {"paragraph_f1": hits / total, "lead_exact": leads / len(pages)}


def report(figures: dict[str, dict[str, float]], speed: dict[str, float]) -> None:
    """A table, a line a reader."""
    columns = list(figures["hemero"])
    print("| reader | " + " | ".join(columns) + " | CPU ms | × parse |")
    print("|---" * (len(columns) + 3) + "|")
    for name, cost in sorted(speed.items(), key=lambda item: -figures.get(item[0], {}).get("f1", 0)):
        cells = [f"{figures[name][column]:.3f}" if name in figures else "–" for column in columns]
        print(f"| {name} | " + " | ".join(cells) + f" | {cost:.1f} | {cost / speed['lxml parse']:.1f} |")


def below(figures: dict[str, dict[str, float]]) -> list[str]:
    """The figures that are under their floor."""
    floors = tomllib.loads(Path(__file__).with_name("floors.toml").read_text("utf-8"))
    return [
        f"{part}.{name} = {figures[part][name]:.4f}, floor {floor}"
        for part, names in floors.items()
        for name, floor in names.items()
        if part in figures and figures[part][name] < floor
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="only this reader, only quality, against the floors"
    )
    parser.add_argument("--rounds", type=int, default=3, help="rounds of the speed measurement")
    options = parser.parse_args()
    figures = {"own": own_quality()}
    if (CORPUS / "manifest.jsonl").is_file():
        records, pages = corpus()
        readers: dict[str, Reader] = {"hemero": hemero} if options.check else installed()
        texts, speed = measure(readers, pages, 0 if options.check else options.rounds)
        scores = {name: quality(records, found) for name, found in texts.items() if name != "lxml parse"}
        figures["corpus"] = scores["hemero"]
        if not options.check:
            report(scores, speed)
    else:
        print(f"no corpus at {CORPUS}: the project's own pages only")
    for part, names in figures.items():
        print(f"{part}: " + ", ".join(f"{name} {value:.4f}" for name, value in names.items()))
    failed = below(figures)
    print("\n".join(["below the floor:", *failed]) if failed else "no figure is below its floor")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
