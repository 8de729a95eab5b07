"""TEI P5: one ``teiCorpus`` with a ``TEI`` an article, where it comes from in its header.

Source: the TEI Guidelines, chapters 2 (The TEI Header), 3 and 4; a ``TEI`` needs ``fileDesc`` with
``titleStmt``, ``publicationStmt`` and ``sourceDesc`` in this order, and at least one block in its body.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from crawler.export.cells import one_line
from crawler.export.job import meanings

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

FIELDS = {
    "TEI/@xml:id": "`a` and the article's id in this database",
    "titleStmt/title": "title",
    "titleStmt/author": "authors, in order",
    "publicationStmt/idno": "the article's id, its digest, the record of its capture",
    "sourceDesc/bibl/title": "the newspaper",
    "sourceDesc/bibl/orgName": "agencies",
    "sourceDesc/bibl/date": "published and modified: UTC, or a day where no hour is known",
    "sourceDesc/bibl/ref": "the canonical address",
    "appInfo/application": "the reader that understood the page",
    "creation/date": "when the text was read",
    "langUsage/language": "language; `und` where unknown",
    "keywords/term": 'the section (`type="section"`) and the tags',
    "revisionDesc/change": "the number of this text among those held",
    "body/p[@rend='lead']": "the lead; the other `p` are the body",
}

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VERSION: Final = re.compile(r"\d+(?:\.\d+){0,3}")


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write the corpus."""
    job.codebook = meanings(FIELDS)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        title = "French-language news" + (f": {job.query}" if job.query else "")
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<teiCorpus xmlns="http://www.tei-c.org/ns/1.0">\n'
            f"<teiHeader><fileDesc><titleStmt>{_tag('title', title)}</titleStmt>"
            '<publicationStmt><publisher>Hemero</publisher><availability status="restricted">'
            "<p>The texts are their publishers' own.</p></availability></publicationStmt>"
            "<sourceDesc><p>Pages of newspapers, as each text's header says.</p></sourceDesc>"
            "</fileDesc></teiHeader>\n"
        )
        empty = True
        for record in records:
            file.write(entry(record))
            empty = False
        if empty:  # a corpus needs a text
            file.write(_text("", ["<p/>"]))
        file.write("</teiCorpus>\n")


def entry(record: Record) -> str:
    """An article as a ``TEI`` element."""
    header = f"<fileDesc>{_title(record)}{_publication(record)}{_source(record)}</fileDesc>"
    header += _encoding(record) + _profile(record)
    header += f'<revisionDesc><change n="{record.revision}"/></revisionDesc>'
    blocks = [_tag("head", record.title)] if record.title.strip() else []
    blocks += [_tag("p", record.lead, rend="lead")] if record.lead.strip() else []
    blocks += [_tag("p", part) for part in record.body.split("\n\n") if part.strip()]
    return _text(f' xml:id="a{record.id}"', blocks if blocks[1:] else [*blocks, "<p/>"], header)


def _text(identity: str, blocks: list[str], header: str = "") -> str:
    if not header:
        header = "<fileDesc><titleStmt><title/></titleStmt><publicationStmt><p/></publicationStmt>"
        header += "<sourceDesc><p/></sourceDesc></fileDesc>"
    body = "\n".join(blocks)
    return f"<TEI{identity}><teiHeader>{header}</teiHeader>\n<text><body>{body}</body></text></TEI>\n"


def _title(record: Record) -> str:
    authors = "".join(_tag("author", author) for author in record.authors)
    return f"<titleStmt>{_tag('title', record.title, type='main')}{authors}</titleStmt>"


def _publication(record: Record) -> str:
    numbers = {"hemero": str(record.id), "digest": record.digest, "record": record.warc_record or ""}
    listed = "".join(_tag("idno", value, type=name) for name, value in numbers.items() if value)
    return f"<publicationStmt><publisher>Hemero</publisher>{listed}</publicationStmt>"


def _source(record: Record) -> str:
    agencies = "".join(_tag("orgName", agency, type="agency") for agency in record.agency)
    dates = _date("published", record.published_at, record) + _date("modified", record.modified_at, record)
    link = f"<ref target={quoteattr(_legal(record.url))}/>"
    paper = _tag("title", record.source_name, level="j")
    return f"<sourceDesc><bibl>{paper}{agencies}{dates}{link}</bibl></sourceDesc>"


def _date(kind: str, at: dt.datetime | None, record: Record) -> str:
    if at is None:
        return ""
    day = kind == "published" and record.published_precision == "day"
    return f'<date type="{kind}" when="{record.published_on if day else at.isoformat()}"/>'


def _encoding(record: Record) -> str:
    found = _VERSION.search(record.extractor)
    label = _tag("label", record.extractor or "unknown")
    version = found[0] if found else "0"
    return (
        f'<encodingDesc><appInfo><application ident="extractor" version="{version}">{label}</application>'
        "</appInfo></encodingDesc>"
    )


def _profile(record: Record) -> str:
    read = record.fetched_at or record.first_seen_at
    terms = [_tag("term", record.section, type="section")] if record.section.strip() else []
    terms += [_tag("term", tag) for tag in record.tags]
    classes = f"<textClass><keywords>{''.join(terms)}</keywords></textClass>" if terms else ""
    return (
        f'<profileDesc><creation><date type="download" when="{read.isoformat()}"/></creation>'
        f"<langUsage><language ident={quoteattr(record.language or 'und')}/></langUsage>"
        f"{classes}</profileDesc>"
    )


def _tag(name: str, text: str, **attributes: str) -> str:
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{given}>{escape(_legal(one_line(text)))}</{name}>"


def _legal(text: str) -> str:
    """Text without the characters that XML 1.0 does not know."""
    return _ILLEGAL.sub("\ufffd", text)
