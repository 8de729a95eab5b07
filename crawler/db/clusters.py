"""Copies across outlets: which articles carry one text, found when the second of them is stored.

An article is looked up by a sample of its shingles (:mod:`crawler.text.shingles`) in the table
``fingerprint``; it is then compared with the few articles that share most of them, by all their shingles.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from crawler.db.models import Article, Cluster, Fingerprint, Revision
from crawler.db.sql import among, chunks, insert, unseen
from crawler.text.shingles import COPY, FEWEST, LAST_STEP, common, is_copy, sample, shingles

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from crawler.db.sql import Progress

CROWD: Final = 64
"""Articles that one fingerprint leads to: what more have is a stock phrase, or found by the first ones."""

COMPARED: Final = 4
"""Articles that a new one is compared with: those that share the rarest fingerprints."""


SHARED: Final = 0.1
"""The share of an article's fingerprints that another must have to be compared: a copy has 0.15."""


@dataclass(slots=True)
class Text:
    """One article's text on its way into the clusters."""

    article: int
    shingles: frozenset[int] = field(repr=False)
    cluster: int | None = None
    shared: float | None = None  # of this text, with another one of the cluster

    def is_copy_of(self, other: Text) -> bool:
        """Whether this text belongs where the other does.

        One that holds much of its own besides, such as a round-up, does not bring its parts together.
        """
        if other.shared is not None and other.shared < COPY:
            return min(common(self.shingles, other.shingles)) >= COPY
        return is_copy(self.shingles, other.shingles)


def assign(connection: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Find the copies of articles that are new or have changed: each is its id and its text.

    A text that was compared before is forgotten first, so that an article can leave a cluster too.
    """
    found = [Text(article, shingles(text)) for article, text in texts]
    _forget(connection, [one.article for one in found])
    if long_enough := [one for one in found if len(one.shingles) >= FEWEST]:
        _match(connection, long_enough)


def fill(connection: Connection, progress: Progress = unseen, batch: int = 200) -> None:
    """Find the copies among articles whose text is kept and that were never compared."""
    last = 0
    compared = sa.exists().where(Fingerprint.article_id == Article.id)
    while rows := connection.execute(
        _texts().where(Article.id > last, ~compared).order_by(Article.id).limit(batch)
    ).all():
        last = rows[-1].id
        assign(connection, [(row.id, f"{row.lead}\n{row.body}") for row in rows])
        progress("fingerprint", len(rows))


def _texts() -> sa.Select[int, int | None, float | None, str, str]:
    """Every article's current text."""
    current = (Revision.article_id == Article.id) & (Revision.number == Article.revision)
    return (
        sa.select(Article.id, Article.cluster_id, Article.shared, Revision.lead, Revision.body)
        .join(Revision, current)
        .where(Revision.text_kept)
    )


def _forget(connection: Connection, articles: list[int]) -> None:
    """Take articles out of index and clusters; a cluster that is left with one article is none."""
    indexed = connection.execute(
        sa.select(Fingerprint.article_id).where(among(Fingerprint.article_id, articles)).distinct()
    )
    known = list(indexed.scalars())
    if not known:
        return
    left = connection.execute(
        sa.select(Article.cluster_id).where(among(Article.id, known), Article.cluster_id.is_not(None))
    )
    clusters = {cluster for cluster in left.scalars() if cluster is not None}
    connection.execute(sa.delete(Fingerprint).where(among(Fingerprint.article_id, known)))
    connection.execute(
        sa.update(Article).where(among(Article.id, known)).values(cluster_id=None, shared=None)
    )
    if clusters:
        _dissolve(connection, clusters)


def _dissolve(connection: Connection, clusters: set[int]) -> None:
    """Delete those clusters that have lost all their copies."""
    alone = (
        sa.select(Cluster.id)
        .outerjoin(Article, Article.cluster_id == Cluster.id)
        .where(among(Cluster.id, clusters))
        .group_by(Cluster.id)
        .having(sa.func.count(Article.id) < 2)
    )
    ids = list(connection.execute(alone).scalars())
    connection.execute(
        sa.update(Article).where(among(Article.cluster_id, ids)).values(cluster_id=None, shared=None)
    )
    connection.execute(sa.delete(Cluster).where(among(Cluster.id, ids)))


def _match(connection: Connection, found: Sequence[Text]) -> None:
    """Look up and compare texts in their order, so that copies within one batch find each other."""
    samples = {one.article: sample(one.shingles) for one in found}
    crowds = _crowds(connection, samples)
    nearest = {article: _nearest(article, numbers, crowds) for article, numbers in samples.items()}
    texts = {one.article: one for one in found}
    texts |= _load(connection, {key for keys in nearest.values() for key in keys} - texts.keys())
    for one in found:
        copies = [other for key in nearest[one.article] if one.is_copy_of(other := texts[key])]
        if copies:
            _join(connection, one, copies, texts.values())


def _crowds(connection: Connection, samples: dict[int, list[int]]) -> dict[int, list[int]]:
    """Fingerprint → the articles that have it, first come first; those of the new texts are written too."""
    crowds: dict[int, list[int]] = defaultdict(list)
    for chunk in chunks(sorted({number for numbers in samples.values() for number in numbers})):
        query = sa.select(Fingerprint.number, Fingerprint.article_id).where(among(Fingerprint.number, chunk))
        for number, article in connection.execute(query.order_by(Fingerprint.number, Fingerprint.article_id)):
            crowds[number].append(article)
    rows = []
    for article, numbers in samples.items():
        for number in numbers:
            if len(crowds[number]) < CROWD:
                crowds[number].append(article)
                rows.append({"number": number, "article_id": article})
    if rows:
        connection.execute(insert(connection, Fingerprint), rows)
    return crowds


def _nearest(article: int, numbers: list[int], crowds: dict[int, list[int]]) -> list[int]:
    """The articles that came before this one and share most with it, a rare fingerprint counting more."""
    weights: dict[int, float] = defaultdict(float)
    count: Counter[int] = Counter()
    for number in numbers:
        for other in crowds[number]:
            if other == article:
                break  # those behind came later, and will find it themselves
            weights[other] += 1 / len(crowds[number])
            count[other] += 1
    least = max(min(2, len(numbers)), math.ceil(SHARED * sum(number % LAST_STEP == 0 for number in numbers)))
    enough = [other for other in weights if count[other] >= least]
    return sorted(enough, key=lambda other: -weights[other])[:COMPARED]


def _load(connection: Connection, articles: set[int]) -> dict[int, Text]:
    """The current texts of articles, and where they belong."""
    rows = connection.execute(_texts().where(among(Article.id, sorted(articles)))) if articles else ()
    return {
        row.id: Text(row.id, shingles(f"{row.lead}\n{row.body}"), row.cluster_id, row.shared) for row in rows
    }


def _join(connection: Connection, one: Text, copies: Sequence[Text], texts: Iterable[Text]) -> None:
    """Put a text where that one belongs with which it shares most; what is one text becomes one cluster."""
    best = max(copies, key=lambda other: max(common(one.shingles, other.shingles)))
    if best.cluster is None:
        first_seen = sa.select(sa.func.min(Article.first_seen_at)).where(
            Article.id.in_((one.article, best.article))
        )
        made = sa.insert(Cluster).values(first_seen_at=first_seen.scalar_subquery()).returning(Cluster.id)
        best.cluster = connection.execute(made).scalar_one()
    one.cluster = best.cluster
    wholes = [other for other in copies if min(common(one.shingles, other.shingles)) >= COPY]
    for other in wholes:
        if other.cluster not in {None, best.cluster}:
            _merge(connection, other.cluster, best.cluster, texts)
        other.cluster = best.cluster
    for other in {other.article: other for other in (best, *wholes)}.values():
        _share(connection, one, other)


def _merge(connection: Connection, old: int | None, cluster: int, texts: Iterable[Text]) -> None:
    """Make two clusters one."""
    connection.execute(sa.update(Article).where(Article.cluster_id == old).values(cluster_id=cluster))
    connection.execute(sa.delete(Cluster).where(Cluster.id == old))
    for text in texts:
        if text.cluster == old:
            text.cluster = cluster


def _share(connection: Connection, *pair: Text) -> None:
    """Keep of both texts where they belong and what they share, the most there is."""
    for text, share in zip(pair, common(*(text.shingles for text in pair)), strict=True):
        text.shared = max(text.shared or 0.0, round(share, 4))
        connection.execute(
            sa.update(Article)
            .where(Article.id == text.article)
            .values(cluster_id=text.cluster, shared=text.shared)
        )
