"""From one reading to another: what a replay would change, and the switch that makes it current."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler import items
from crawler.db import articles, changes, clusters, details, extractions, fulltext, pages, revisions
from crawler.db.articles import Draft, draft
from crawler.db.models import Article, Crawl, Extraction, Fetch, Judgement, Page, Revision
from crawler.db.sql import insert
from crawler.text.fingerprint import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

WRITTEN: Final = (*extractions.COLUMNS, "extractor", "candidates")
"""Columns of a revision that a switch writes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a replay reads otherwise."""

    article: int | None  # None: the capture was no article until now
    url: str
    source: str
    revision: int | None
    fetched_at: dt.datetime
    field: str  # one of extractions.COMPARED, or "article" where there was none, or is none any more
    kind: str  # "gained", "lost", "changed", or "flipped" for a label that crosses 0
    old: str
    new: str
    old_extractor: str
    new_extractor: str

    @property
    def length(self) -> int:
        """How many characters the field gains, or loses."""
        return len(self.new) - len(self.old)


def last(engine: Engine) -> int | None:
    """The latest replay that came to its end."""
    query = sa.select(sa.func.max(Crawl.id)).where(Crawl.spider == "replay", Crawl.outcome == "finished")
    with engine.connect() as connection:
        return connection.scalar(query)


def compare(engine: Engine, replay: int) -> Iterator[Change]:
    """Field by field, what the readings of a replay would change if they were made current."""
    with engine.connect() as connection:
        for row in connection.execute(_pending(replay).where(Extraction.changed != "")):
            where = (row.article_id, row.url, row.source, row.number, row.fetched_at)
            if row.changed == "article":
                title, reason = str(row.record.get("title", "")), row.reason
                kind = "gained" if row.record else "lost"
                old_text, new_text = ("", title) if row.record else (row.title or "", reason)
                versions = (row.old_extractor or "", row.extractor)
                yield Change(*where, "article", kind, old_text, new_text, *versions)
                continue
            old = extractions.in_force(connection, row.revision_id)
            for name in row.changed.split("; "):
                before, after = _shown(old.get(name)), _shown(row.record.get(name))
                kind = _kind(name, old, row.record)
                yield Change(*where, name, kind, before, after, old["extractor"], row.extractor)


def switch(engine: Engine, replay: int) -> int:
    """Make the readings of a replay current, all or none; how many differed from those in force.

    The reading that was in force takes the other's place in the table ``extraction``. An article that today's
    reader takes for none is left as it is.
    """
    count = 0
    with engine.begin() as connection:
        rows = connection.execute(_pending(replay).where(Extraction.record != sa.JSON.NULL)).all()
        for row in rows:
            if not row.record:
                continue
            if not row.changed:  # the same words: only the reader's name is another
                same = sa.update(Revision).where(Revision.id == row.revision_id)
                connection.execute(same.values(extractor=row.extractor))
                continue
            if row.revision_id is None:
                _gain(connection, row)
            else:
                _swap(connection, row)
            count += 1
    return count


def tidy(engine: Engine, replay: int) -> None:
    """Keep of readings that are not in force those of one replay, and of those only what differs."""
    waiting = ~Extraction.is_former
    older = sa.or_(Extraction.crawl_id != replay, Extraction.crawl_id.is_(None))
    with engine.begin() as connection:
        connection.execute(sa.delete(Extraction).where(waiting, older))
        same = sa.update(Extraction).where(waiting, Extraction.changed == "")
        connection.execute(same.values(record={}))


def _pending(replay: int) -> sa.Select[Any]:
    """The readings of a replay that are not in force, with what they would take the place of."""
    columns: tuple[Any, ...] = (
        *(Extraction.id, Extraction.revision_id, Extraction.fetch_id, Extraction.changed, Extraction.record),
        *(Extraction.extractor, Extraction.reason, Revision.article_id, Revision.number, Revision.title),
        *(Revision.extractor.label("old_extractor"), Fetch.fetched_at, Fetch.url, Page.source),
    )
    return (
        sa.select(*columns)
        .join(Fetch, Fetch.id == Extraction.fetch_id)
        .join(Page, Page.id == Fetch.page_id)
        .outerjoin(Revision, Revision.id == Extraction.revision_id)
        .where(Extraction.crawl_id == replay, ~Extraction.is_former)
        .order_by(Extraction.fetch_id)
    )


def _swap(connection: Connection, row: Any) -> None:  # noqa: ANN401 -- a row
    """The new reading into the revision, the one that was in force into its place."""
    key, new = row.revision_id, extractions.times(row.record)
    old = extractions.in_force(connection, key)
    kept = new["keep_text"]
    text = {name: new[name] if kept else "" for name in ("lead", "body")}
    item = items.Article(url=new["url"], title=new["title"], lead=new["lead"], body=new["body"])
    whole = new["digest"] or digest(f"{new['title']}\n\n{new['lead']}\n\n{new['body']}")
    body = new.get("reserved") or articles.body_digest(
        new["title"], new["body"], new["words"], new["access"], new["truncated"]
    )
    values = {name: new[name] for name in WRITTEN} | text
    values |= {"digest": whole, "body_digest": body, "text_kept": kept}
    values |= {"parts": {} if kept else new.get("parts") or changes.parts(item)}
    connection.execute(sa.update(Revision).where(Revision.id == key).values(values))
    revisions.relink(connection, {name: [(key, new[name])] for name in details.LISTS})
    _judge(connection, key, new)
    _retype(connection, row.article_id, row.number)
    _index(connection, row.article_id, row.number, new if kept else None)
    if "reserved" in new:
        old |= {"lead": "", "body": "", "keep_text": False}
    former = {"record": old, "extractor": old["extractor"], "is_former": True}
    former |= {"read_at": dt.datetime.now(dt.UTC), "changed": row.changed}
    connection.execute(sa.update(Extraction).where(Extraction.id == row.id).values(former))


def _judge(connection: Connection, revision: int, new: dict[str, Any]) -> None:
    """The judgement of the new reading: it is the latest, even of a version that has judged before."""
    if new["score"] is None and new["label"] is None:
        return
    row = {name: new[name] for name in ("query", "score", "label", "terms", "matches")}
    old = (Judgement.revision_id == revision) & (Judgement.query == new["query"])
    connection.execute(sa.delete(Judgement).where(old))
    connection.execute(insert(connection, Judgement), {"revision_id": revision} | row)


def _retype(connection: Connection, article: int, number: int) -> None:
    """Say anew what a revision changes of the one before it, and the next of it."""
    query = sa.select(Revision.__table__).where(Revision.article_id == article)
    rows = {row["number"]: dict(row) for row in connection.execute(query).mappings()}
    for later in (number, number + 1):
        if later in rows and later - 1 in rows and rows[later]["text_kept"] and rows[later - 1]["text_kept"]:
            changed = "; ".join(changes.between(rows[later - 1], rows[later]))
            where = Revision.id == rows[later]["id"]
            connection.execute(sa.update(Revision).where(where).values(changed=changed))


def _index(connection: Connection, article: int, number: int, new: dict[str, Any] | None) -> None:
    """The words of a current text into the full-text index, and its place among copies."""
    if connection.scalar(sa.select(Article.revision).where(Article.id == article)) != number:
        return
    if new:
        fulltext.write(connection, [(article, new["title"], new["lead"], new["body"])])
    else:
        fulltext.forget(connection, [article])
    clusters.assign(connection, [(article, f"{new['lead']}\n{new['body']}" if new else "")])


def _gain(connection: Connection, row: Any) -> None:  # noqa: ANN401 -- a row
    """An article out of a capture that was none."""
    one = _draft(connection, row)
    one.visit.id = row.fetch_id
    pages.resolve(connection, [one.visit])
    articles.judge(connection, [one])
    details.compare(connection, [one])
    revisions.write(connection, [one])
    values = {"outcome": one.visit.outcome, "reason": one.visit.reason}
    connection.execute(sa.update(Page).where(Page.id == one.visit.page.id).values(values))
    connection.execute(sa.update(Fetch).where(Fetch.id == row.fetch_id).values(values))
    former = {"is_former": True, "record": {}, "extractor": "", "revision_id": one.revision or None}
    connection.execute(sa.update(Extraction).where(Extraction.id == row.id).values(former))


def _draft(connection: Connection, row: Any) -> Draft:  # noqa: ANN401 -- a row
    """A reading that is stored, as an article on its way to the tables."""
    new = extractions.times(row.record)
    held = connection.execute(sa.select(Fetch.__table__).where(Fetch.id == row.fetch_id)).mappings().one()
    taken = ("url", "location", "found_in", "fetched_at", "status", "etag", "last_modified", "digest")
    fetch = items.Fetch(
        **{name: held[name] for name in taken}, source=row.source, kind="article", identity=new["identity"]
    )
    unkept = "tdm_reserved" if "reserved" in new else "not_relevant"
    fetch.outcome = "stored" if new["keep_text"] else unkept
    names: tuple[str, ...] = (*details.PUBLISHED, *details.MODIFIED, *details.PLAIN, *details.LISTS)
    names += ("title", "lead", "body", "access", "truncated", "words", "signals", "alternates", "identity")
    article = items.Article(
        **{
            name: new[name]
            for name in (*names, "url", "query", "keep_text", "extractor", "digest", "matches")
        },
        candidates=[items.Candidate(field=f, signal=s, value=v) for f, s, v in new["candidates"]],
        relevance=new["score"],
        label=new["label"],
        terms=new["terms"].split("; ") if new["terms"] else [],
        source=row.source,
        fetch=fetch,
    )
    fetch.is_reserved = "reserved" in new
    made = draft(article)
    made.body_digest = new.get("reserved") or made.body_digest
    return made


def _kind(name: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """What happened to a field."""
    before, after = old.get(name), new.get(name)
    if name == "label" and bool(before) != bool(after):
        return "flipped"
    if before in (None, "", [], {}):
        return "gained"
    return "lost" if after in (None, "", [], {}) else "changed"


def _shown(value: object) -> str:
    """A value as text."""
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def readings(connection: Connection, replay: int) -> int:
    """How many texts a replay has read."""
    query = sa.select(sa.func.count()).where(Extraction.crawl_id == replay)
    return connection.scalar(query) or 0
