"""Who carries one text: an agency's dispatch or a release, and what each outlet made of it."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.views import ARTICLES, CLUSTERS
from crawler.errors import QueryError
from crawler.text.normalise import typography
from crawler.text.shingles import COPY, common, shingles

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy.engine import Engine

SHOWN: Final = ("id", "url", "source", "title", "authors", "agency", "published_at", "first_seen_at", "words")


@dataclass(frozen=True, slots=True)
class Copy:
    """One article that carries the text, next to the one that had it first."""

    id: int
    url: str
    source: str
    title: str
    authors: str
    agency: str
    published_at: dt.datetime | None
    first_seen_at: dt.datetime
    words: int
    of_first: float  # the share of the first article's text that stands in this one, from 0 to 1
    of_own: float  # the share of this one's text that stands in the first
    changes: tuple[str, ...] = field(default=())  # "headline", "2 paragraphs added", "1 changed", "3 cut"


def clusters(engine: Engine, *, limit: int = 20, source: str = "") -> list[dict[str, Any]]:
    """The texts that most articles carry, with their first article; of one source if that is named."""
    query = sa.select(CLUSTERS, ARTICLES.c.title, ARTICLES.c.source, ARTICLES.c.url).join(
        ARTICLES, ARTICLES.c.id == CLUSTERS.c.first_article_id
    )
    if source:
        carried = sa.select(ARTICLES.c.cluster_id).where(ARTICLES.c.source == source)
        query = query.where(CLUSTERS.c.id.in_(carried))
    ordered = query.order_by(CLUSTERS.c.articles.desc(), CLUSTERS.c.id).limit(min(limit, sys.maxsize))
    with engine.connect() as connection:
        return [dict(row) for row in connection.execute(ordered).mappings()]


def copies(engine: Engine, article: int) -> list[Copy]:
    """All articles that carry the text of one, the first published first; none where nobody else does.

    :raises QueryError: there is no such article
    """
    with engine.connect() as connection:
        cluster = connection.execute(
            sa.select(ARTICLES.c.cluster_id).where(ARTICLES.c.id == article)
        ).one_or_none()
        if cluster is None:
            raise QueryError(f"{article}: no article has this id")
        if cluster.cluster_id is None:
            return []
        published = sa.func.coalesce(ARTICLES.c.published_at, ARTICLES.c.first_seen_at)
        rows = connection.execute(
            sa.select(ARTICLES)
            .where(ARTICLES.c.cluster_id == cluster.cluster_id)
            .order_by(published, ARTICLES.c.id)
        ).all()
    return [_copy(row, rows[0]) for row in rows]


def _copy(row: Any, first: Any) -> Copy:  # noqa: ANN401 -- rows of the view
    texts = [shingles(f"{one.lead}\n{one.body}") for one in (first, row)]
    shown = {name: getattr(row, name) for name in SHOWN}
    of_first, of_own = common(*texts)
    return Copy(**shown, of_first=of_first, of_own=of_own, changes=_changes(first, row))


def _changes(first: Any, row: Any) -> tuple[str, ...]:  # noqa: ANN401 -- rows of the view
    """What an outlet changed; spaces, quotes and dashes do not count."""
    if row.id == first.id:
        return ()
    ours, theirs = _paragraphs(first), _paragraphs(row)
    foreign = [_is_like(theirs[one], ours) for one in theirs.keys() - ours.keys()]
    missing = [_is_like(ours[one], theirs) for one in ours.keys() - theirs.keys()]
    counts = [
        (foreign.count(False), "added"),
        (foreign.count(True), "changed"),
        (missing.count(False), "cut"),
    ]
    headline = ["headline"] if typography(first.title) != typography(row.title) else []
    return (*headline, *(f"{count} paragraph{'s'[: count > 1]} {what}" for count, what in counts if count))


def _paragraphs(row: Any) -> dict[str, frozenset[int]]:  # noqa: ANN401 -- a row of the view
    """The paragraphs of lead and body, levelled, each with its shingles."""
    return {typography(one): shingles(one) for one in (row.lead, *row.body.split("\n\n")) if one}


def _is_like(own: frozenset[int], others: dict[str, frozenset[int]]) -> bool:
    """Whether a paragraph stands among others in another form."""
    return any(max(common(own, other)) >= COPY for other in others.values())
