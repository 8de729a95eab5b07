"""Readings beside those in force, the switch between them, and erasure: the same on both databases."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.db import erasing, switching
from crawler.db.session import writing
from crawler.db.store import Store
from crawler.items import Article, Fetch, Record

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
URL = "https://courrier.example/1"
VIEW = "SELECT title, body, authors, tags, comment_count, relevance, label FROM articles ORDER BY id"


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine)
    made.declare(
        key="courrier", name="C", home="https://courrier.example/", kind="press", country="FR", timezone="UTC"
    )
    return made


def article(url: str = URL, *, hours: int = 0, replays: int | None = None, **given: Any) -> Article:  # noqa: ANN401
    at = NOW + dt.timedelta(hours=hours)
    fetch = Fetch(source="courrier", url=url, kind="article", fetched_at=at, status=200, replays=replays)
    fetch.record = Record(f"urn:uuid:{url}-{hours}", at, "hemero-1.warc.gz", hours)
    values: dict[str, Any] = {
        "title": "Une réunion à la préfecture",
        "body": "Le préfet a réuni les associations pour parler des contenus haineux. " * 9 + url,
        "authors": ["Zoé Martin"],
        "tags": ["haine en ligne"],
        "published_at": NOW,
        "words": 100,
        "source": "courrier",
        "extractor": "hemero 1",
        "relevance": 0.5,
        "label": 1,
        "query": "v1",
        "comment_count": 3,
    }
    return Article(url=url, fetch=fetch, **values | given)


def rows(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def replay(engine: Engine, store: Store, *items: Article | Fetch) -> list[switching.Change]:
    """Write readings as a replay does; what they would change."""
    run = store.begin(spider="replay", arguments={}, version="1")
    store.save(run, items)
    store.end(run, outcome="finished", exit_code=0, stats={})
    assert switching.last(engine) == run
    return list(switching.compare(engine, run))


def test_the_same_readings_change_nothing_even_where_later_captures_moved_something(
    engine: Engine, store: Store
) -> None:
    visits: list[dict[str, Any]] = [
        {},
        {"hours": 1, "comment_count": 9, "tags": ["préfecture"]},
        {"hours": 2, "title": "Une longue réunion", "published_at": None},
    ]
    for visit in visits:
        store.save(None, [article(**visit)])
    before = rows(engine, VIEW)
    assert replay(engine, store, *(article(replays=key, **one) for key, one in enumerate(visits, 1))) == []
    [(changed, latest)] = rows(engine, "SELECT max(changed), max(crawl_id) FROM extraction")
    assert changed == ""
    assert switching.switch(writing(engine), latest) == 0
    assert rows(engine, VIEW) == before
    switching.tidy(writing(engine), latest)
    assert rows(engine, "SELECT count(*) FROM extraction") == [(2,)]
    switching.tidy(writing(engine), latest + 1)
    assert rows(engine, "SELECT count(*) FROM extraction") == [(0,)]


def test_a_switch_writes_the_new_reading_and_keeps_the_old(engine: Engine, store: Store) -> None:
    store.save(None, [article()])
    before = rows(engine, VIEW)
    new: dict[str, Any] = {
        "title": "Autre titre",
        "authors": [],
        "label": 0,
        "relevance": 0.1,
        "keep_text": False,
    }
    found = replay(engine, store, article(replays=1, extractor="hemero 2", **new))
    kinds = {change.field: change.kind for change in found}
    assert kinds == {"title": "changed", "authors": "lost", "score": "changed", "label": "flipped"}
    assert {(change.old_extractor, change.new_extractor) for change in found} == {("hemero 1", "hemero 2")}
    assert rows(engine, VIEW) == before
    latest = switching.last(engine)
    assert latest
    switching.switch(writing(engine), latest)
    [(title, body, authors, _, _, relevance, label)] = rows(engine, VIEW)
    assert (title, authors, relevance, label) == ("Autre titre", "", 0.1, 0)
    assert body == before[0][1]  # a text that is held is not thrown away
    assert rows(engine, "SELECT extractor, is_former, changed FROM extraction") == [
        ("hemero 1", True, "title; authors; score; label")
    ]
    replay(engine, store, article(replays=1))
    switching.switch(writing(engine), latest + 1)
    assert rows(engine, VIEW) == before


def test_what_was_no_article_can_become_one_and_the_other_way_round(engine: Engine, store: Store) -> None:
    wall = Fetch(source="courrier", url=f"{URL}2", kind="article", fetched_at=NOW, status=200)
    wall.outcome, wall.reason = "archived_only", "list: too many links"
    store.save(None, [article(), wall])
    lost = article(replays=1).fetch
    assert lost
    lost.outcome, lost.reason = "archived_only", "soft_404: nothing here"
    found = replay(engine, store, lost, article(f"{URL}2", replays=2))
    assert [(change.kind, change.field) for change in found] == [("lost", "article"), ("gained", "article")]
    latest = switching.last(engine)
    assert latest
    assert switching.switch(writing(engine), latest) == 1
    assert [title for title, *_ in rows(engine, VIEW)] == ["Une réunion à la préfecture"] * 2
    assert rows(engine, f"SELECT outcome FROM outcomes WHERE url = '{URL}2'") == [("stored",)]


def test_an_erased_article_leaves_its_address_and_is_refused(engine: Engine, store: Store) -> None:
    other = f"{URL}0"
    store.save(None, [article(alternates=[f"{URL}/amp"]), article(other, authors=["Alix Petit"])])
    held = erasing.held(engine, url=f"{URL}/amp")
    assert (len(held.articles), len(held.pages), held.records) == (1, 1, {f"urn:uuid:{URL}-0"})
    erasing.declare(engine, held, "sur demande", url=f"{URL}/amp")
    assert URL in store.erased()
    erasing.erase(
        engine, held, [(kind, subject) for kind, subject, _ in erasing.pending(engine)], "sur demande"
    )
    assert erasing.pending(engine) == []
    assert rows(engine, "SELECT url FROM articles") == [(other,)]
    assert rows(engine, "SELECT name FROM author") == [("Alix Petit",)]
    for again in (article(hours=1), article(f"{URL}/print", hours=2, alternates=[URL])):
        again.url = URL
        [saved] = store.save(None, [again])
        assert saved.outcome == "address_refused"
    assert rows(engine, "SELECT url FROM articles") == [(other,)]
    assert rows(engine, f"SELECT warc_file, digest FROM \"fetch\" WHERE url LIKE '{URL}/%'") == [(None, "")]
    waiting = {(URL, "sur demande"), (f"{URL}/print", "sur demande")}  # their records are to be buried
    assert {(subject, why) for _, subject, why in erasing.pending(engine)} == waiting
