"""How much of the subject the corpus holds: a sample for people to read, and what their answers say.

Articles are drawn from three strata: those the query keeps (label 1 or 2), near misses (label 0, at least
half of the score that label 1 asks for) and the rest. Recall and precision follow from the readers' answers,
each stratum weighing as much as it has articles.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.views import ARTICLES
from crawler.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.engine import Engine

STRATA: Final = ("kept", "near", "rest")
COLUMNS: Final = ("id", "source", "published_at", "title", "url", "relevant", "score", "stratum", "of")
ANSWERS: Final = {"1": True, "yes": True, "oui": True, "0": False, "no": False, "non": False}
DRAWS: Final = 4000


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share from 0 to 1, and the interval in which it lies with 95 % probability."""

    value: float
    low: float
    high: float


def draw(engine: Engine, size: int, near: float, seed: int = 1) -> list[dict[str, Any]]:
    """A sample of about ``size`` articles in random order, a third of each stratum, ``relevant`` left empty.

    ``near`` is the score from which an article of label 0 is a near miss; ``of`` is its stratum's size.
    """
    chance = random.Random(seed)  # noqa: S311 -- a sample that can be drawn again
    label, score = ARTICLES.c.label, sa.func.coalesce(ARTICLES.c.relevance, 0)
    strata = (label > 0, (label == 0) & (score >= near), (label == 0) & (score < near))
    rows: list[dict[str, Any]] = []
    with engine.connect() as connection:
        for name, inside in zip(STRATA, strata, strict=True):
            ids = list(
                connection.execute(sa.select(ARTICLES.c.id).where(inside).order_by(ARTICLES.c.id)).scalars()
            )
            drawn = chance.sample(ids, min(len(ids), -(-size // len(STRATA))))
            told = sa.select(*(ARTICLES.c[one] for one in COLUMNS[:5]), score.label("score"))
            found = connection.execute(
                told.where(ARTICLES.c.id.in_(drawn)).order_by(ARTICLES.c.id)
            ).mappings()
            rows += [dict(row) | {"relevant": "", "stratum": name, "of": len(ids)} for row in found]
    chance.shuffle(rows)
    return rows


def estimate(rows: Iterable[Mapping[str, str]], seed: int = 1) -> dict[str, Estimate]:
    """``recall`` and ``precision`` of what is kept, from a sample whose column ``relevant`` is filled in.

    Rows without an answer are left out. The intervals are Bayesian, from Jeffreys' prior for each stratum
    (Brown, Cai and DasGupta 2001), since near zero a normal approximation is no use.

    :raises QueryError: an answer is none, or a stratum that has articles has no answer
    """
    yes, no, size = dict.fromkeys(STRATA, 0), dict.fromkeys(STRATA, 0), dict.fromkeys(STRATA, 0)
    for row in rows:
        name, number = _row(row)
        size[name] = number
        answer = _answer(row)
        yes[name] += answer is True
        no[name] += answer is False
    for name in STRATA:
        if size[name] and not yes[name] + no[name]:
            raise QueryError(f"stratum {name!r}: none of its rows has an answer in the column 'relevant'")
    if not size["kept"]:
        raise QueryError("the sample has no row of the stratum 'kept': there is nothing to estimate")
    shares = [{name: yes[name] / max(1, yes[name] + no[name]) for name in STRATA}]
    chance = random.Random(seed)  # noqa: S311 -- the same sample gives the same interval
    shares += [
        {name: chance.betavariate(yes[name] + 0.5, no[name] + 0.5) for name in STRATA} for _ in range(DRAWS)
    ]
    recalls = [_recall(share, size) for share in shares]
    return {"recall": _interval(recalls), "precision": _interval([share["kept"] for share in shares])}


def _row(row: Mapping[str, str]) -> tuple[str, int]:
    name, number = row.get("stratum", ""), row.get("of", "")
    if name not in STRATA or not number.isdecimal():
        where = f"article {row['id']}: " if row.get("id") else ""
        raise QueryError(
            f"{where}the columns 'stratum' and 'of' of 'hemero recall sample' must stay as they were"
        )
    return name, int(number)


def _answer(row: Mapping[str, str]) -> bool | None:
    given = row.get("relevant", "").strip().lower()
    if given and given not in ANSWERS:
        raise QueryError(f"article {row.get('id', '?')}: relevant: {given!r} is neither 1 nor 0")
    return ANSWERS[given] if given else None


def _recall(share: Mapping[str, float], size: Mapping[str, int]) -> float:
    """Of all relevant articles, the share that is kept."""
    relevant = sum(share[name] * size[name] for name in STRATA)
    return share["kept"] * size["kept"] / relevant if relevant else 1.0


def _interval(values: list[float]) -> Estimate:
    """The first value, and the middle 95 % of the others."""
    value, *drawn = values
    drawn.sort()
    return Estimate(value, drawn[len(drawn) // 40], drawn[-len(drawn) // 40])
