"""Where an article comes from: all that the database knows of one, for a reader who must be able to check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crawler.db.models import Alternate, Article, Crawl, Erasure, Fetch, Judgement, Page, Revision
from crawler.db.views import ARTICLES
from crawler.errors import QueryError
from crawler.text import urls

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.engine import Connection, Engine

Record = dict[str, Any]


def show(engine: Engine, what: str) -> Record:
    """All about one article, found by its id or by any of its addresses, in any spelling that means the same.

    The keys are ``article`` (the row of the view), ``fetch`` (what brought its text), ``page`` (what became
    of its address), ``crawl``, ``signals`` (field → the signal that gave it), ``candidates``, ``extractor``,
    ``judgements``, ``alternates``, ``revisions``, ``capture`` (see there). Of an address that is no article
    there is only ``page``, and ``fetch`` if it was ever asked for.

    :raises QueryError: nothing is known of it
    """
    with engine.connect() as connection:
        key = _key(connection, what)
        article = _first(connection, sa.select(ARTICLES).where(ARTICLES.c.id == key)) if key else {}
        if article:
            return {"article": article, **_history(connection, article["id"])}
        page = _page(connection, what)
        if not page:
            _tell_erased(connection, what)
            raise QueryError(
                f"{what}: no article has this id or address, and no address like it was ever taken on"
            )
        latest = sa.select(Fetch.__table__).where(Fetch.page_id == page["id"]).order_by(Fetch.id.desc())
        return {"page": page, "fetch": _first(connection, latest)}


def _tell_erased(connection: Connection, what: str) -> None:
    """:raises QueryError: it was an address, and was erased"""
    is_it = (Erasure.kind == "address") & Erasure.subject.in_(_spellings(what))
    if erased := _first(connection, sa.select(Erasure.__table__).where(is_it)):
        raise QueryError(f"{what}: erased on {erased['erased_at']:%Y-%m-%d}: {erased['why']}")


def find(connection: Connection, what: str) -> int:
    """The id of an article, found by its id or by any of its addresses.

    :raises QueryError: there is none
    """
    key = _key(connection, what)
    if key is None or connection.scalar(sa.select(Article.id).where(Article.id == key)) is None:
        raise QueryError(f"{what}: no article has this id or address")
    return key


def _key(connection: Connection, what: str) -> int | None:
    is_id = what.isascii() and what.isdecimal() and len(what) < 10
    return int(what) if is_id else _article(connection, what)


def _history(connection: Connection, key: int) -> Record:
    """What stands behind an article."""
    article = sa.select(Article.__table__).where(Article.id == key).subquery()
    current = sa.select(Revision.__table__).join(
        article, (Revision.article_id == article.c.id) & (Revision.number == article.c.revision)
    )
    revision = _first(connection, current)
    fetch = _first(connection, sa.select(Fetch.__table__).where(Fetch.id == revision["fetch_id"]))
    told = (
        "extractor",
        "signals",
        "candidates",
        "published_raw",
        "published_precision",
        "modified_raw",
        "digest",
    )
    return {
        "fetch": fetch,
        "capture": capture(fetch),
        "page": _first(connection, sa.select(Page.__table__).join(article, Page.id == article.c.page_id)),
        "crawl": _first(connection, sa.select(Crawl.__table__).where(Crawl.id == fetch.get("crawl_id"))),
        **{name: revision[name] for name in told},
        "flags": revision["flags"],
        "judgements": _all(connection, _judgements(revision["id"])),
        "alternates": [row["url"] for row in _all(connection, _alternates(key))],
        "revisions": _all(connection, _revisions(key)),
    }


def capture(fetch: Mapping[str, Any]) -> Record:
    """Where what a fetch brought can be seen again: the keys are empty where nothing is archived.

    ``record``, ``file`` and ``offset`` name the bytes; ``replay`` is the address to put behind that of a
    replay of the archive, as pywb has it; ``wayback`` leads to the Internet Archive's capture nearest in
    time, if it has one.
    """
    if not fetch:
        return {}
    moment = f"{fetch['fetched_at']:%Y%m%d%H%M%S}/{fetch['location'] or fetch['url']}"
    held = {"record": fetch["warc_record"], "file": fetch["warc_file"], "offset": fetch["warc_offset"]}
    replay = {"replay": moment} if fetch["warc_record"] else {}
    return held | replay | {"wayback": f"https://web.archive.org/web/{moment}"}


def _judgements(revision: int) -> sa.Select[Any]:
    columns: tuple[Any, ...] = (Judgement.query, Judgement.score, Judgement.label, Judgement.terms)
    return sa.select(*columns).where(Judgement.revision_id == revision).order_by(Judgement.id)


def _alternates(article: int) -> sa.Select[Any]:
    return sa.select(Alternate.url).where(Alternate.article_id == article).order_by(Alternate.url)


def _revisions(article: int) -> sa.Select[Any]:
    told: tuple[Any, ...] = (
        Revision.number,
        Revision.changed,
        Revision.title,
        Revision.words,
        Revision.access,
    )
    return (
        sa.select(*told, Fetch.fetched_at)
        .outerjoin(Fetch, Fetch.id == Revision.fetch_id)
        .where(Revision.article_id == article)
        .order_by(Revision.number)
    )


def _article(connection: Connection, address: str) -> int | None:
    """The article of an address: its main one, another one, that of its page, or one that means the same."""
    spellings = _spellings(address)
    for query in (
        sa.select(Article.id).where(Article.url.in_(spellings)),
        sa.select(Alternate.article_id).where(Alternate.url.in_(spellings)),
        sa.select(Article.id).join(Page, Page.id == Article.page_id).where(Page.url.in_(spellings)),
        sa.select(Article.id).where(Article.identity.in_(spellings)),
    ):
        if (key := connection.scalar(query.limit(1))) is not None:
            return int(key)
    return None


def _page(connection: Connection, address: str) -> Record:
    spellings = _spellings(address)
    return _first(
        connection, sa.select(Page.__table__).where(Page.url.in_(spellings) | Page.identity.in_(spellings))
    )


def _spellings(address: str) -> list[str]:
    """The address as typed, as it is asked for, and as it is compared."""
    found = [address]
    for spell in (urls.normalise, urls.identity):
        try:
            found.append(spell(address))
        except ValueError:  # it is no address at all; then only the words themselves can match
            break
    return found


def _first(connection: Connection, query: sa.Select[Any]) -> Record:
    row = connection.execute(query.limit(1)).mappings().first()
    return dict(row) if row else {}


def _all(connection: Connection, query: sa.Select[Any]) -> Sequence[Mapping[str, Any]]:
    return [dict(row) for row in connection.execute(query).mappings()]
