"""Writing articles: their texts, who signs them, what judges them, where else they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crawler.db import changes, clusters, details, fulltext, pages
from crawler.db.models import (
    Alternate,
    Article,
    Author,
    Base,
    Judgement,
    Revision,
    RevisionAuthor,
    RevisionTag,
    Tag,
)
from crawler.db.sql import among, chunks, insert
from crawler.db.types import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from crawler.db.articles import Draft

LONGEST_NAME = 500
"""Characters of an author or a tag: a longer one is no name, and PostgreSQL could not index it."""

COPIED = (
    "title",
    "section",
    "agency",
    "published_at",
    "published_raw",
    "published_signal",
    "published_precision",
    "modified_at",
    "modified_raw",
    "modified_signal",
    "language",
    "access",
    "truncated",
    "comment_count",
    "words",
    "extractor",
    "signals",
)


def write(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Write what was decided of each draft; ``article`` and ``revision`` of each are set."""
    new = [one for one in drafts if one.what == "new"]
    changed = [one for one in drafts if one.what == "revision"]
    unchanged = [one for one in drafts if one.what == "unchanged"]
    _add_articles(connection, new)
    _add_revisions(connection, [*new, *changed])
    _complete(connection, unchanged)
    _move(connection, [*changed, *unchanged])
    _judge(connection, [*new, *changed, *unchanged])
    _alternates(connection, drafts)
    indexed = [one for one in (*new, *changed) if is_kept(one) and is_current(one)]
    indexed += [one for one in unchanged if is_kept(one) and not one.held.text_kept]
    fulltext.write(
        connection, [(one.article, one.item.title, one.item.lead, one.item.body) for one in indexed]
    )
    clusters.assign(connection, [(one.article, f"{one.item.lead}\n{one.item.body}") for one in indexed])
    if hidden := [one.article for one in changed if is_current(one) and is_hidden(one)]:
        fulltext.forget(connection, hidden)
        clusters.assign(connection, [(article, "") for article in hidden])


def is_kept(one: Draft) -> bool:
    """Whether the text is stored: it is relevant, or an earlier one was; never one that is reserved."""
    if one.visit.fetch.is_reserved:
        return False
    return one.item.keep_text or bool(one.held and one.held.current_text_kept)


def is_hidden(one: Draft) -> bool:
    """Whether a text that was kept is followed by one that is not: its rights are reserved by now."""
    return bool(one.held and one.held.current_text_kept) and not is_kept(one)


def is_current(one: Draft) -> bool:
    """Whether a new revision becomes the current one.

    A paywall's stub does not replace a whole text, nor an older capture a newer one.
    """
    if one.held is None:
        return True
    if one.held.current_read_at and one.held.current_read_at > one.visit.fetch.fetched_at:
        return False
    stub = one.item.access == "paywalled" or one.item.truncated
    whole = one.held.current_access != "paywalled" and not one.held.current_truncated
    return not (stub and whole and one.item.words * 2 < one.held.current_words)


def _add_articles(connection: Connection, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    rows = [
        {
            "url": one.item.url,
            "identity": pages.identity(one.item),
            "source": one.item.source,
            "page_id": one.visit.page.id,
            "revision": 1,
            "first_seen_at": one.visit.page.first_seen_at,
        }
        for one in drafts
    ]
    made = connection.execute(sa.insert(Article).returning(Article.url, Article.id), rows)
    ids = {row.url: row.id for row in made}
    for one in drafts:
        one.article = ids[one.item.url]
    # What was another address of some article has turned out to be an article of its own.
    connection.execute(sa.delete(Alternate).where(among(Alternate.url, ids)))


def _add_revisions(connection: Connection, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    changed = changes.of(connection, [one for one in drafts if one.held])
    rows = [_revision(one, changed.get(one.article, ())) for one in drafts]
    made = connection.execute(sa.insert(Revision).returning(Revision.article_id, Revision.id), rows)
    ids = {row.article_id: row.id for row in made}
    for one in drafts:
        one.revision = ids[one.article]
    _link(
        connection, Author, RevisionAuthor, "author_id", [(one.revision, one.item.authors) for one in drafts]
    )
    _link(connection, Tag, RevisionTag, "tag_id", [(one.revision, one.item.tags) for one in drafts])


def _revision(one: Draft, changed: Sequence[str] = ()) -> dict[str, Any]:
    """The row of a new text."""
    item, held, kept = one.item, one.held, is_kept(one)
    row = {name: getattr(item, name) for name in COPIED}
    if held and not details.is_moved(
        held._asdict(), details.dated(item)
    ):  # a date that is known beats one that is not
        row |= {name: getattr(held, name) for name in details.PUBLISHED}
    return row | {
        "article_id": one.article,
        "number": held.number + 1 if held else 1,
        "fetch_id": one.visit.id,
        "digest": one.digest,
        "body_digest": one.body_digest,
        "text_kept": kept,
        "lead": item.lead if kept else "",
        "body": item.body if kept else "",
        "flags": "; ".join(one.visit.flags),
        "changed": "; ".join(changed),
        "parts": {} if kept else changes.parts(item),
        "candidates": [[each.field, each.signal, each.value] for each in item.candidates],
    }


def _complete(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Bring an unchanged text's row up to date, and keep the text where it was not kept before."""
    for one in drafts:
        one.revision = one.held.revision_id
        filled = details.columns(one.details)
        if is_kept(one) and not one.held.text_kept:
            filled |= {"text_kept": True, "lead": one.item.lead, "body": one.item.body}
        if filled:
            connection.execute(sa.update(Revision).where(Revision.id == one.revision).values(filled))
    relink(
        connection,
        {
            field: [(one.revision, one.details[field]) for one in drafts if field in one.details]
            for field in details.LISTS
        },
    )


def relink(connection: Connection, given: Mapping[str, Sequence[tuple[int, list[str]]]]) -> None:
    """Give revisions other authors or tags: "authors" or "tags" → (revision, names)."""
    for field, (names, links, column) in details.NAMES.items():
        if wanted := given[field]:
            connection.execute(sa.delete(links).where(among(links.revision_id, (key for key, _ in wanted))))
            _link(connection, names, links, column, wanted)


def _move(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Point articles to their new text, to the address that their page declares, to that address's page."""
    retired = []
    for one in drafts:
        held, page, moved = one.held, one.visit.page, {}
        if one.what == "revision" and is_current(one):
            moved["revision"] = held.number + 1
        if one.item.url != held.url and held.url in {one.visit.fetch.url, one.visit.fetch.location}:
            moved["url"] = one.item.url
        if page.id != held.page_id:
            moved["page_id"] = page.id
            retired.append(held.page_id)
        if moved:
            connection.execute(sa.update(Article).where(Article.id == one.article).values(moved))
    pages.retire(connection, retired)


def _judge(connection: Connection, drafts: Sequence[Draft]) -> None:
    rows = [
        {
            "revision_id": one.revision,
            "query": one.item.query,
            "score": one.item.relevance,
            "label": one.item.label,
            "terms": "; ".join(one.item.terms),
            "matches": one.item.matches,
        }
        for one in drafts
        if one.item.relevance is not None or one.item.label is not None
    ]
    if rows:
        connection.execute(insert(connection, Judgement).on_conflict_do_nothing(), rows)


def _alternates(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Keep every other address at which an article was met."""
    rows = {}
    for one in drafts:
        fetch = one.visit.fetch
        main = one.held.url if one.what == "duplicate" else one.item.url
        for url in (
            one.item.url,
            one.held.url if one.held else "",
            fetch.url,
            fetch.location,
            *one.item.alternates,
        ):
            if url and url != main:
                rows[url] = {"url": url, "article_id": one.article, "first_seen_at": fetch.fetched_at}
    if rows:
        connection.execute(insert(connection, Alternate).on_conflict_do_nothing(), list(rows.values()))


def _link(
    connection: Connection,
    names: type[Author | Tag],
    links: type[Base],
    column: str,
    wanted: Sequence[tuple[int, list[str]]],
) -> None:
    """Join revisions to the names they carry, in order."""
    lists = [(revision, [clean(name)[:LONGEST_NAME] for name in given]) for revision, given in wanted]
    ids = _ids(connection, names, {name for _, given in lists for name in given})
    rows = [
        {"revision_id": revision, "position": position, column: ids[name]}
        for revision, given in lists
        for position, name in enumerate(dict.fromkeys(given))
    ]
    if rows:
        connection.execute(sa.insert(links), rows)


def _ids(connection: Connection, table: type[Author | Tag], names: set[str]) -> dict[str, int]:
    """The ids of names; those not there yet are made."""
    found: dict[str, int] = {}
    for chunk in chunks(sorted(names)):
        query = sa.select(table.name, table.id).where(among(table.name, chunk))
        ids = {row.name: row.id for row in connection.execute(query)}
        if missing := [{"name": name} for name in chunk if name not in ids]:
            connection.execute(insert(connection, table).on_conflict_do_nothing(), missing)
            ids = {row.name: row.id for row in connection.execute(query)}
        found |= ids
    return found
