"""Judging the store again: what another version of the relevance query says of every article that is held."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from crawler.db.models import Article, Judgement, Revision
from crawler.db.session import writing
from crawler.db.sql import among
from crawler.errors import ConfigurationError
from crawler.text import relevance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection, Engine

    from crawler.text.query import Query

BATCH: Final = 200
SAID: Final = ("query", "score", "terms", "matches")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a query says of one article, and what was said before.

    Where ``is_whole`` is false the text is not kept: the title alone was judged, and nothing was stored.
    """

    article: int
    url: str
    source: str
    title: str
    was: int | None  # the label before
    was_score: float | None
    was_query: str
    label: int
    score: float
    terms: tuple[str, ...]
    is_whole: bool


def judge(engine: Engine, query: Query, *, store: bool = True) -> Iterator[Verdict]:
    """Judge the current text of every article, in the order of their ids, in batches that are committed.

    What the query says becomes the article's judgement in the view ``articles``; earlier ones stay in the
    table. Judging twice changes nothing.

    :raises ConfigurationError: a query of this version has judged an article otherwise
    """
    last = 0
    while True:
        with writing(engine).begin() if store else engine.connect() as connection:
            rows = connection.execute(_held(last)).all()
            verdicts = [(row, _verdict(row, query)) for row in rows]
            if store:
                _store(connection, query, verdicts)
        if not rows:
            return
        yield from (verdict for _, (verdict, _) in verdicts)
        last = rows[-1].id


def _held(last: int) -> sa.Select[Any]:
    """The next articles, their current text and their latest judgement."""
    other = aliased(Judgement)
    latest = sa.select(sa.func.max(other.id)).where(other.revision_id == Revision.id).scalar_subquery()
    text = (Revision.text_kept, Revision.title, Revision.lead, Revision.body)
    said = (Judgement.label, Judgement.score, Judgement.query, Judgement.terms, Judgement.matches)
    return (
        sa.select(Article.id, Article.url, Article.source, Revision.id.label("revision"), *text, *said)
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision))
        .outerjoin(Judgement, Judgement.id == latest)
        .where(Article.id > last)
        .order_by(Article.id)
        .limit(BATCH)
    )


def _verdict(row: Any, query: Query) -> tuple[Verdict, dict[str, Any]]:  # noqa: ANN401 -- a row
    """What the query says of a row, and the judgement's own row."""
    text = f"{row.lead}\n\n{row.body}" if row.text_kept else ""
    said = relevance.judge(row.title, text, query)
    verdict = Verdict(
        row.id, row.url, row.source, row.title, row.label, row.score, row.query or "",
        said.label, said.score, tuple(said.words), row.text_kept,
    )  # fmt: skip
    stored = {
        "revision_id": row.revision,
        "query": query.version,
        "score": said.score,
        "label": said.label,
        "terms": "; ".join(said.words),
        "matches": [list(astuple(term)) for term in said.terms],
    }
    return verdict, stored


def _store(
    connection: Connection, query: Query, judged: Sequence[tuple[Any, tuple[Verdict, dict[str, Any]]]]
) -> None:
    """Make the judgements the latest ones of their texts; those that are already are left alone."""
    new = {}
    for row, (verdict, stored) in judged:
        latest = (row.query, row.score, row.terms, row.matches)
        if verdict.is_whole and latest != tuple(stored[name] for name in SAID):
            new[row.revision] = stored
    if not new:
        return
    same = (among(Judgement.revision_id, new), Judgement.query == query.version)
    for held in connection.execute(sa.select(Judgement.revision_id, Judgement.score).where(*same)):
        if held.score != new[held.revision_id]["score"]:
            raise ConfigurationError(
                f"a query of version {query.version!r} has judged a text as {held.score}, and now as "
                f"{new[held.revision_id]['score']}: give the changed query a version of its own"
            )
    connection.execute(sa.delete(Judgement).where(*same))
    connection.execute(sa.insert(Judgement), list(new.values()))
