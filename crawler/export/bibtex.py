"""BibTeX for biblatex: ``@article`` with ``entrysubtype = newspaper``, which classic styles take too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.export.cells import one_line
from crawler.export.job import meanings
from crawler.export.names import split

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS = {
    "author": "authors, then agencies",
    "title": "title; braced, so that no style changes its capitals",
    "journaltitle": "the newspaper; also as `journal`, for classic BibTeX",
    "date": "the day of publication, where the newspaper is; its year also as `year`",
    "url": "the canonical address",
    "urldate": "the day on which the text was read",
    "langid": "language, as biblatex calls it",
    "abstract": "the lead",
    "keywords": "the tags",
    "note": "the section",
    "annotation": "the article's id in this database, its revision, and the record of the capture",
}

ESCAPED: Final = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "{": "\\textbraceleft{}",  # as macros: not every reader knows that \{ opens nothing
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
        "\\": "\\textbackslash{}",
    }
)
LANGUAGES: Final = {"fr": "french", "en": "english", "de": "german", "es": "spanish", "it": "italian"}


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write an entry an article."""
    job.codebook = meanings(FIELDS)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            file.write(entry(record) + "\n")


def entry(record: Record) -> str:
    """An article as an entry, with its line ends."""
    day = record.published_on
    people = [_name(author) for author in record.authors] + [f"{{{_text(one)}}}" for one in record.agency]
    fields = {
        "author": " and ".join(people),
        "title": f"{{{_text(record.title)}}}",
        "journaltitle": _text(record.source_name),
        "journal": _text(record.source_name),
        "date": day.isoformat() if day else "",
        "year": f"{day:%Y}" if day else "",
        "url": _address(record.url),
        "urldate": record.fetched_on.isoformat(),
        "langid": LANGUAGES.get(record.language, ""),
        "abstract": _text(record.lead),
        "keywords": ", ".join(_text(tag.replace(",", " ")) for tag in record.tags),
        "note": _text(record.section),
        "annotation": _text(f"hemero:{record.id}, revision {record.revision} {record.warc_record or ''}"),
        "entrysubtype": "newspaper",
    }
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{key(record)},\n{body}}}\n"


def key(record: Record) -> str:
    """What a text cites: source, year and id, such as ``latribune2024-42``; it never changes."""
    year = record.published_on.year if record.published_on else ""
    return f"{re.sub(r'[^a-z0-9]', '', record.source.lower())}{year}-{record.id}"


def _text(text: str) -> str:
    return one_line(text).translate(ESCAPED)


def _address(url: str) -> str:
    """An address is taken as it stands; only braces would be counted."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _name(author: str) -> str:
    family, given = (_text(part) for part in split(author))
    return f"{family}, {given}" if given else f"{{{family}}}"
