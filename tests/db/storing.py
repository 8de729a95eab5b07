"""What the tests of storing write: an article of an invented newspaper, and how it is looked up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from crawler.db.batch import Saved
    from crawler.db.store import Store

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
BODY = "Le préfet a réuni les associations de quartier pour parler des contenus haineux.\n\n" * 5


def declare(store: Store, key: str, name: str = "Le Courrier") -> None:
    store.declare(
        key=key,
        name=name,
        home=f"https://{key}.example/",
        kind="press",
        country="FR",
        timezone="Europe/Paris",
    )


def fetch(url: str = "https://courrier.example/1", **given: Any) -> Fetch:  # noqa: ANN401 -- any field
    values: dict[str, Any] = {"source": "courrier", "kind": "article", "fetched_at": NOW, "status": 200}
    return Fetch(url=url, **values | given)


def article(
    url: str = "https://courrier.example/1",
    *,
    asked: str = "",
    at: dt.datetime = NOW,
    **given: Any,  # noqa: ANN401 -- any field
) -> Article:
    values: dict[str, Any] = {
        "title": "Une réunion à la préfecture",
        "lead": "Trois heures d'échanges.",
        "body": BODY + url,
        "authors": ["Zoé Martin", "Alix Petit"],
        "tags": ["préfecture", "haine en ligne"],
        "published_at": NOW,
        "words": 70,
        "source": "courrier",
        "fetch": fetch(asked or url, fetched_at=at, source=given.get("source", "courrier")),
        "relevance": 0.75,
        "label": 1,
        "terms": ["contenus haineux"],
        "query": "v1",
    }
    return Article(url=url, **values | given)


def save(store: Store, *items: Article | Fetch) -> list[Saved]:
    return store.save(None, items)


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def value(engine: Engine, query: str) -> Any:  # noqa: ANN401 -- any column
    [[found]] = rows(engine, query)
    return found
