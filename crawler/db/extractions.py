"""Readings of stored captures beside those in force: what a replay selects, and what it writes.

A replay reads the captures behind each revision in the order in which they came. The first gives the text;
later ones of the same text bring it up to date by the rules of ``details``, as they did in the crawl. So the
same reader gives the same rows.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db import details
from crawler.db.articles import Draft, body_digest
from crawler.db.changes import parts
from crawler.db.models import Article, Extraction, Fetch, Judgement, Page, Revision
from crawler.db.types import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from crawler import items
    from crawler.db.pages import Visit

TIMES: Final = ("published_at", "modified_at")
COLUMNS: Final = (
    *("title", "lead", "body", "section", "agency"),
    *("published_at", "published_raw", "published_signal", "published_precision"),
    *("modified_at", "modified_raw", "modified_signal"),
    *("language", "access", "truncated", "comment_count", "words", "flags", "signals"),
)
"""Of a reading, what stands in a column of the same name in the table ``revision``."""
JUDGED: Final = ("score", "label", "terms")
COMPARED: Final = (*COLUMNS, *details.LISTS, *JUDGED)
"""What two readings are compared by."""

AT_ONCE: Final = 500  # captures looked up together
READ: Final = ("stored", "stored_flagged", "unchanged", "not_relevant", "archived_only", "source_error")
"""Outcomes of captures that a replay reads: those of pages that are an article, or may turn out to be one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which captures are read anew: all, unless something is said."""

    source: str = ""
    since: dt.date | None = None  # fetched on this day or later, UTC
    until: dt.date | None = None
    extractor: str = ""  # whose reading is in force: "hemero 0.1.0"
    limit: int | None = None  # captures


@dataclass(frozen=True, slots=True)
class Stored:
    """One capture to be read anew: its fetch, and where its bytes are."""

    fetch: int
    page: int
    source: str
    url: str
    identity: str
    location: str
    found_in: str
    robots_rule: str
    tdm_reservation: str
    warc_file: str
    warc_offset: int
    warc_record: str


def select(connection: Connection, wanted: Selection, after: tuple[int, int]) -> list[Stored]:
    """The next captures of a selection: page by page, each page's in the order in which they were fetched.

    :param after: page and fetch of the last one given
    """
    columns = (
        *(Fetch.id, Page.id, Page.source, Fetch.url, Page.identity, Fetch.location, Fetch.found_in),
        *(Fetch.robots_rule, Fetch.tdm_reservation, Fetch.warc_file, Fetch.warc_offset, Fetch.warc_record),
    )
    query = sa.select(*columns).join(Page, Page.id == Fetch.page_id).where(*_wanted(wanted))
    query = query.where(sa.tuple_(Page.id, Fetch.id) > after).order_by(Page.id, Fetch.id)
    rows = connection.execute(query.limit(AT_ONCE if wanted.limit is None else min(AT_ONCE, wanted.limit)))
    return [Stored(*tuple(row)) for row in rows]


def _wanted(wanted: Selection) -> list[sa.ColumnElement[bool]]:
    """A selection as conditions."""
    found = [
        Page.kind == "article",
        Fetch.warc_file.is_not(None),
        Fetch.status == 200,
        Fetch.outcome.in_(READ),
        Fetch.reason != "the same bytes",
    ]
    if wanted.source:
        found.append(Page.source == wanted.source)
    if wanted.since:
        found.append(Fetch.fetched_at >= dt.datetime.combine(wanted.since, dt.time.min, dt.UTC))
    if wanted.until:
        found.append(Fetch.fetched_at <= dt.datetime.combine(wanted.until, dt.time.max, dt.UTC))
    if wanted.extractor:
        read = sa.select(Article.page_id).join(Revision, Revision.article_id == Article.id)
        found.append(Page.id.in_(read.where(Revision.extractor == wanted.extractor)))
    return found


def write(connection: Connection, crawl: int | None, things: Sequence[Draft | Visit]) -> None:
    """Write readings of stored captures beside those in force; ``what`` of a draft says how they compare."""
    for thing in things:
        item = thing.item if isinstance(thing, Draft) else None
        visit = thing.visit if isinstance(thing, Draft) else thing
        key = visit.fetch.replays
        assert key is not None  # noqa: S101 -- the store asks for it
        held = _held(connection, key)
        if item is None and held is None:
            continue  # it was no article, and is none
        former = _candidate(connection, crawl, held.id) if held is not None else None
        is_first = held is None or held.fetch_id == key
        if not is_first and (item is None or former is None):
            continue  # a later capture of a text; the first one says what the text is
        new = None if item is None else record(item, visit.flags)
        if new is not None and item is not None:
            new = (
                _carried(connection, crawl, held, new)
                if is_first
                else _moved(former.record if former else {}, item)
            )
        place = {"fetch_id": key, "revision_id": held.id if held else None, "crawl_id": crawl}
        place |= {"outcome": visit.outcome, "reason": visit.reason}
        _put(connection, place, former, new)


def record(item: items.Article, flags: Sequence[str]) -> dict[str, Any]:
    """An article as it stands in an extraction: times as ISO 8601, everything as JSON can hold it."""
    found = {name: getattr(item, name) for name in COLUMNS}
    found |= {name: list(dict.fromkeys(clean(one) for one in getattr(item, name))) for name in details.LISTS}
    found |= {name: time(found[name]) for name in TIMES}
    found |= {
        "title": clean(item.title),
        "lead": clean(item.lead),
        "body": clean(item.body),
        "flags": "; ".join(flags),
        "score": item.relevance,
        "label": item.label,
        "terms": "; ".join(item.terms),
        "matches": item.matches,
        "query": item.query,
        "keep_text": item.keep_text,
        "digest": item.digest,
        "extractor": item.extractor,
        "url": item.url,
        "identity": item.identity,
        "alternates": item.alternates,
        "candidates": [[each.field, each.signal, each.value] for each in item.candidates],
    }
    if not (item.fetch and item.fetch.is_reserved):
        return found
    whole = body_digest(item.title, item.body, item.words, item.access, item.truncated)
    # what is compared by is kept, the text is not: its rights are reserved
    return found | {"lead": "", "body": "", "keep_text": False, "reserved": whole, "parts": parts(item)}


def in_force(connection: Connection, key: int) -> dict[str, Any]:
    """The reading of a revision that is in force, in the shape of ``record``."""
    row = connection.execute(sa.select(Revision.__table__).where(Revision.id == key)).mappings().one()
    latest = sa.select(Judgement.__table__).where(Judgement.revision_id == key)
    judgement = connection.execute(latest.order_by(Judgement.id.desc()).limit(1)).mappings().first()
    judged = dict(judgement or {})
    found = {name: row[name] for name in (*COLUMNS, "digest", "extractor", "candidates")}
    found |= {name: time(row[name]) for name in TIMES} | details.listed(connection, [key])[key]
    found |= {name: judged.get(name) for name in (*JUDGED, "matches", "query")}
    return found | {"terms": found["terms"] or "", "keep_text": row["text_kept"]}


def differing(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The names of what two readings differ in; a text that neither keeps is compared by its digest."""
    names = [name for name in COMPARED if old.get(name) != new.get(name)]
    if not old["keep_text"] and not new["keep_text"]:
        names = [name for name in names if name not in {"lead", "body"}]
        names += ["body"] if old["digest"] != new["digest"] and "title" not in names else []
    return names


def time(at: dt.datetime | str | None) -> str | None:
    """An instant as it stands in a record, to the second."""
    if at is None or isinstance(at, str):
        return at
    return at.astimezone(dt.UTC).replace(microsecond=0).isoformat()


def times(found: dict[str, Any]) -> dict[str, Any]:
    """A record whose times are instants again."""
    return found | {name: dt.datetime.fromisoformat(found[name]) if found[name] else None for name in TIMES}


def _held(connection: Connection, fetch: int) -> Any:  # noqa: ANN401 -- a row
    """The revision that a capture is behind: as its first, or as a later one of the same text."""
    columns = (Revision.id, Revision.fetch_id, Revision.article_id, Revision.number)
    first = connection.execute(sa.select(*columns).where(Revision.fetch_id == fetch)).first()
    if first is not None:
        return first
    page = sa.select(Fetch.page_id).where(Fetch.id == fetch, Fetch.outcome.in_(READ[:4])).scalar_subquery()
    earlier = sa.select(*columns).join(Article, Article.id == Revision.article_id)
    earlier = earlier.where(Article.page_id == page, Revision.fetch_id < fetch)
    return connection.execute(earlier.order_by(Revision.number.desc()).limit(1)).first()


def _candidate(connection: Connection, crawl: int | None, revision: int) -> Any:  # noqa: ANN401 -- a row
    """What this replay has written for a revision already."""
    query = sa.select(Extraction.id, Extraction.record).where(
        Extraction.revision_id == revision, Extraction.crawl_id == crawl, ~Extraction.is_former
    )
    return connection.execute(query).first()


def _carried(
    connection: Connection,
    crawl: int | None,
    held: Any,  # noqa: ANN401 -- a row
    new: dict[str, Any],
) -> dict[str, Any]:
    """The reading of a text's first capture: a date that is known from the text before is carried on."""
    if held is None or held.number == 1:
        return new
    query = sa.select(Revision.id).where(
        Revision.article_id == held.article_id, Revision.number == held.number - 1
    )
    before = connection.scalar(query)
    if before is None:
        return new
    candidate = _candidate(connection, crawl, before)
    old = candidate.record if candidate and candidate.record else in_force(connection, before)
    if details.is_moved(times(old), times(new)):
        return new
    return new | {name: old[name] for name in details.PUBLISHED}


def _moved(old: dict[str, Any], item: items.Article) -> dict[str, Any]:
    """The reading of a later capture of the same text: the first one's, brought up to date."""
    found = details.moved(times(old), item)
    return old | found | {name: time(found[name]) for name in TIMES if name in found}


def _put(connection: Connection, place: dict[str, Any], former: Any, new: dict[str, Any] | None) -> None:  # noqa: ANN401 -- a row
    """Write one reading at its place, or bring the one of this replay up to date."""
    key = place["revision_id"]
    if key is None or new is None:
        changed = ["article"]
    else:
        old = in_force(connection, key)
        new |= {"keep_text": new["keep_text"] or (old["keep_text"] and "reserved" not in new)}
        changed = differing(old, new)
    values = {
        "changed": "; ".join(changed),
        "record": new or {},
        "extractor": new["extractor"] if new else "",
        "read_at": dt.datetime.now(dt.UTC),
    }
    if former is not None:
        connection.execute(sa.update(Extraction).where(Extraction.id == former.id).values(values))
    else:
        connection.execute(sa.insert(Extraction), place | values | {"is_former": False})
