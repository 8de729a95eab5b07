"""The items of one transaction, and what becomes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.db import articles, details, erasing, extractions, pages, revisions
from crawler.db.articles import Draft, draft
from crawler.db.pages import Visit
from crawler.items import Article

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection

    from crawler.db.settling import Plan
    from crawler.items import Fetch


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of one item that was saved.

    ``what`` is "new", "revision", "unchanged" or "duplicate" of an Article, "fetch" of a Fetch, "reading" of
    a capture that was read anew; ``outcome`` now stands in the view ``outcomes``; ``found`` is how many
    addresses of a list were not known before.
    """

    url: str
    what: str
    outcome: str
    article: int | None = None
    revision: int | None = None
    found: int = 0


def write(
    connection: Connection, crawl: int | None, items: Sequence[Article | Fetch], plans: Mapping[str, Plan]
) -> list[Saved]:
    """Write items, and say what became of each, in their order; ``plans`` are those of the sources."""
    drafts = [draft(item) if isinstance(item, Article) else Visit.of(item) for item in items]
    things = _admitted(connection, drafts)
    read_anew = [thing for thing in things if _visit(thing).fetch.replays is not None]
    new = [thing for thing in things if _visit(thing).fetch.replays is None]
    asked = [Visit.of(via) for thing in things if (via := _visit(thing).fetch.via)]
    extractions.write(connection, crawl, read_anew)
    for wave in _waves([*new, *asked]):
        _write(connection, crawl, wave, plans)
    return [_saved(thing) for thing in things]


def _write(
    connection: Connection, crawl: int | None, wave: Sequence[Draft | Visit], plans: Mapping[str, Plan]
) -> None:
    """Write a group of items: pages, what the articles are, fetches, texts, what became of the pages."""
    visits = [_visit(thing) for thing in wave]
    drafts = [thing for thing in wave if isinstance(thing, Draft)]
    pages.resolve(connection, visits)
    articles.judge(connection, drafts)
    details.compare(connection, drafts)
    pages.record(connection, crawl, visits)
    revisions.write(connection, drafts)
    for visit in visits:
        if visit.fetch.found:
            visit.found = pages.add(connection, visit.fetch)
    pages.settle(connection, visits, plans)


def _waves(things: Sequence[Draft | Visit]) -> list[list[Draft | Visit]]:
    """The items in groups in which no two can be the same page, article or text, each in its order.

    What a list names comes in a later group than the list: it was first seen there.
    """
    waves: list[list[Draft | Visit]] = []
    last: dict[str, int] = {}
    for thing in things:
        keys = articles.keys(thing)
        place = max((last[key] + 1 for key in keys if key in last), default=0)
        if place == len(waves):
            waves.append([])
        waves[place].append(thing)
        named = (key for found in _visit(thing).fetch.found for key in (found.url, found.identity) if key)
        last |= dict.fromkeys(keys, place) | {key: max(place, last.get(key, 0)) for key in named}
    return waves


def _admitted(connection: Connection, things: Sequence[Draft | Visit]) -> list[Draft | Visit]:
    """The items, each that is of something erased as a bare visit that says so."""
    keys = {id(thing): articles.keys(thing) | {_visit(thing).fetch.location} for thing in things}
    named = {
        key for thing in things for found in _visit(thing).fetch.found for key in (found.url, found.identity)
    }
    sources = {_visit(thing).fetch.source for thing in things}
    erased = erasing.refused(connection, sources, {*named, *(key for one in keys.values() for key in one)})
    if not erased:
        return list(things)
    admitted: list[Draft | Visit] = []
    for thing in things:
        fetch = _visit(thing).fetch
        fetch.found = [one for one in fetch.found if not {one.url, one.identity} & set(erased)]
        why = next((erased[key] for key in (fetch.source, *sorted(keys[id(thing)])) if key in erased), "")
        if why and fetch.record and "/" not in fetch.record.file:  # a file of our own archive
            erasing.again(connection, fetch.url, fetch.source, why)
        if why:
            fetch.record, fetch.found, fetch.replays, fetch.via = None, [], None, None
            fetch.location, fetch.digest, fetch.etag, fetch.last_modified = "", "", "", ""
            thing = Visit(fetch, "address_refused", [], why)  # noqa: PLW2901 -- it is no article any more
        admitted.append(thing)
    return admitted


def _visit(thing: Draft | Visit) -> Visit:
    return thing.visit if isinstance(thing, Draft) else thing


def _saved(thing: Draft | Visit) -> Saved:
    """What became of an item."""
    if _visit(thing).fetch.replays is not None:
        return Saved(_visit(thing).fetch.url, "reading", _visit(thing).outcome)
    if isinstance(thing, Draft):
        revision = thing.revision or None
        return Saved(
            thing.item.url, thing.what, thing.visit.outcome, thing.article, revision, thing.visit.found
        )
    return Saved(thing.fetch.url, "fetch", thing.outcome, found=thing.found)
