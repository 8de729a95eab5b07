"""Whether an article is new, changed, unchanged or a copy: decided here, written by ``revisions``."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from crawler.db.details import MODIFIED, PUBLISHED
from crawler.db.models import Article, Fetch, Revision
from crawler.db.pages import Visit, identity
from crawler.db.sql import among
from crawler.errors import RecordError
from crawler.items import NOTES
from crawler.text.fingerprint import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from crawler import items

ENOUGH: Final = 50
"""Words from which a body alone shows that two pages are one article; a shorter one needs its title."""


@dataclass(slots=True)
class Draft:
    """One article on its way to the tables: what it is next to what is held."""

    item: items.Article
    visit: Visit
    digest: str
    body_digest: str
    held: Any = None  # a row of the article, its latest and its current revision
    what: str = "new"  # "new", "revision", "unchanged" or "duplicate"
    article: int = 0
    revision: int = 0  # its id, once known
    details: dict[str, Any] = field(default_factory=dict)  # of an unchanged text: what else moved


def draft(item: items.Article) -> Draft:
    """An article with its digests.

    :raises RecordError: nobody says which request brought it
    """
    if item.fetch is None:
        raise RecordError(f"{item.url}: an article without its fetch cannot be stored")
    whole = item.digest or digest(f"{item.title}\n\n{item.lead}\n\n{item.body}")
    copied = body_digest(item.title, item.body, item.words, item.access, item.truncated)
    flags = [*item.fetch.flags, *(flag for flag in item.flags if flag not in item.fetch.flags)]
    visit = Visit(item.fetch, item.fetch.outcome, flags, item.fetch.reason)
    return Draft(item, visit, whole, copied)


def body_digest(title: str, body: str, words: int, access: str, truncated: bool) -> str:
    """A fingerprint of what a print or AMP page shares with the main one: all but spaces and hyphenation."""
    text = body if words >= ENOUGH and access != "paywalled" and not truncated else f"{title} {body}"
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "").replace("’", "'")
    return "sha256:" + hashlib.sha256("".join(plain.split()).encode(errors="replace")).hexdigest()


def keys(thing: Draft | Visit) -> set[str]:
    """What no other item of the same group may have: addresses, identities, text."""
    fetch = thing.visit.fetch if isinstance(thing, Draft) else thing.fetch
    found = {fetch.url, identity(fetch)}
    if isinstance(thing, Draft):
        found |= {thing.item.url, identity(thing.item), f"{thing.item.source} {thing.body_digest}"}
    return found


def judge(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Find what is held of each article, and decide what it is and which outcome its page gets."""
    _find(connection, drafts)
    for one in drafts:
        one.what = _what(one)
        one.article = one.held.id if one.held else 0
        one.visit.outcome = _outcome(one)


def _find(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Look up by identity, then by address, then by text among the articles of the same source."""
    if not drafts:
        return
    rows = connection.execute(_query(drafts)).all()
    by_identity = {row.identity: row for row in rows}
    by_url = {row.url: row for row in rows}
    by_text = {(row.source, row.body_digest): row for row in reversed(rows)}
    for one in drafts:
        item = one.item
        one.held = by_identity.get(identity(item)) or by_url.get(item.url)
        if one.held is None and (copied := by_text.get((item.source, one.body_digest))):
            one.held, one.what = copied, "duplicate"


def _query(drafts: Sequence[Draft]) -> sa.Select[Any]:
    """Articles that may be those of the drafts: each with its latest text, and its current one's size."""
    current, latest = aliased(Revision, name="current"), aliased(Revision, name="latest")
    newest = (
        sa.select(sa.func.max(Revision.number)).where(Revision.article_id == Article.id).scalar_subquery()
    )
    ids = sa.union(
        sa.select(Article.id).where(among(Article.identity, (identity(one.item) for one in drafts))),
        sa.select(Article.id).where(among(Article.url, (one.item.url for one in drafts))),
        sa.select(Revision.article_id).where(
            among(Revision.body_digest, (one.body_digest for one in drafts))
        ),
    )
    held = ("id", "url", "identity", "source", "page_id", "revision", "first_seen_at")
    kept = (
        "number",
        "digest",
        "body_digest",
        "text_kept",
        "title",
        "access",
        "section",
        "agency",
        "language",
        "comment_count",
    )
    weighed = ("words", "access", "truncated", "text_kept")
    read_at = sa.select(Fetch.fetched_at).where(Fetch.id == current.fetch_id).scalar_subquery()
    return (
        sa.select(
            *(getattr(Article, name) for name in held),
            *(getattr(latest, name) for name in (*kept, *PUBLISHED, *MODIFIED)),
            latest.id.label("revision_id"),
            *(getattr(current, name).label(f"current_{name}") for name in weighed),
            read_at.label("current_read_at"),
        )
        .select_from(Article)
        .join(latest, (latest.article_id == Article.id) & (latest.number == newest))
        .join(current, (current.article_id == Article.id) & (current.number == Article.revision))
        .where(Article.id.in_(ids))
        .order_by(Article.id)
    )


def _what(one: Draft) -> str:
    """New, changed, unchanged, or the same article met at another address."""
    held, page = one.held, one.visit.page
    if held is None or one.what == "duplicate":
        return one.what
    if page.id != held.page_id and page.url != held.url:
        return "duplicate"
    same = held.digest == one.digest and held.access == one.item.access
    return "unchanged" if same else "revision"


def _outcome(one: Draft) -> str:
    """The outcome of the page that brought the article."""
    if one.what == "duplicate" or one.visit.outcome != "stored":
        return "duplicate" if one.what == "duplicate" else one.visit.outcome
    if not one.item.keep_text:
        return "not_relevant"
    if one.what == "unchanged":
        return "unchanged"
    return "stored_flagged" if set(one.visit.flags) - NOTES else "stored"
