"""What a crawl writes: kept once, kept whole, kept in step, the same on both databases."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.db.invariants import broken
from crawler.errors import RecordError
from crawler.items import Article, Candidate, Fetch, Found
from tests.db.storing import BODY, NOW, article, declare, fetch, rows, save, value

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from crawler.db.store import Store


def test_an_article_stands_in_the_view_as_it_was_given(engine: Engine, store: Store) -> None:
    crawl = store.begin(spider="courrier", arguments={"since": "2020-01-01"}, version="1")
    [saved] = store.save(crawl, [article(candidates=[Candidate(field="title", signal="h1", value="x")])])
    assert (saved.what, saved.outcome) == ("new", "stored")
    columns = (
        "url, source, title, lead, authors, tags, access, words, relevance, label, terms, copies, revisions"
    )
    assert rows(engine, f"SELECT {columns} FROM articles") == [
        (
            "https://courrier.example/1",
            "courrier",
            "Une réunion à la préfecture",
            "Trois heures d'échanges.",
            "Zoé Martin; Alix Petit",
            "préfecture; haine en ligne",
            "unknown",
            70,
            0.75,
            1,
            "contenus haineux",
            1,
            1,
        )
    ]


def test_times_are_utc_to_the_second_and_naive_ones_are_refused(engine: Engine, store: Store) -> None:
    paris = dt.timezone(dt.timedelta(hours=2))
    save(store, article(published_at=dt.datetime(2026, 7, 1, 1, 30, 0, 999, tzinfo=paris)))
    found = value(engine, "SELECT published_at FROM articles")
    found = dt.datetime.fromisoformat(found) if isinstance(found, str) else found
    assert found == dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)
    with pytest.raises(RecordError, match="without its zone"):
        save(store, article("https://courrier.example/2", published_at=dt.datetime(2026, 7, 1)))  # noqa: DTZ001


def dump(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table but what a fetch is expected to move."""
    moved = {
        "page": {"last_fetched_at", "outcome", "next_due_at"}
    }  # a list that brings nothing is asked later
    with engine.connect() as connection:
        names = [name for name in sa.inspect(connection).get_table_names() if name != "fetch"]
        found = {}
        for name in names:
            columns = [c["name"] for c in sa.inspect(connection).get_columns(name)]
            kept = ", ".join(f'"{c}"' for c in columns if c not in moved.get(name, set()))
            found[name] = sorted(map(repr, connection.exec_driver_sql(f'SELECT {kept} FROM "{name}"').all()))
    return found


def test_a_second_run_changes_nothing(engine: Engine, store: Store) -> None:
    items: list[Article | Fetch] = [
        fetch(
            "https://courrier.example/rss",
            kind="feed",
            found=[Found(url=f"https://courrier.example/{n}") for n in range(9)],
        ),
        *(article(f"https://courrier.example/{n}") for n in range(5)),
        article("https://courrier.example/print/1", body=BODY + "https://courrier.example/1"),
        article("https://courrier.example/8", keep_text=False, label=0),
    ]
    save(store, *items)
    before = dump(engine)
    declare(store, "courrier")
    assert {saved.what for saved in save(store, *items)} == {"fetch", "unchanged", "duplicate"}
    assert dump(engine) == before


@pytest.mark.parametrize(
    ("change", "typed"),
    [
        ({"title": "Une longue réunion"}, "title"),
        ({"lead": "Quatre heures d'échanges."}, "lead"),
        ({"body": BODY + "Une phrase de plus."}, "body"),
        ({"access": "metered"}, "access"),
        ({"title": "Autre", "body": BODY}, "title; body"),
    ],
)
def test_a_changed_text_is_a_revision_of_its_type(
    engine: Engine, store: Store, change: dict[str, Any], typed: str
) -> None:
    save(store, article())
    [saved] = save(store, article(at=NOW + dt.timedelta(hours=1), **change))
    assert saved.what == "revision"
    assert rows(engine, "SELECT number, changed FROM revision ORDER BY number") == [(1, ""), (2, typed)]
    assert value(engine, "SELECT revisions FROM articles") == 2
    name, new = next(iter(change.items()))
    assert value(engine, f"SELECT {name} FROM articles") == new


@pytest.mark.parametrize(
    "change",
    [
        {"modified_at": NOW + dt.timedelta(days=1)},
        {"comment_count": 12},
        {"tags": ["autre"]},
        {"body": BODY.replace("\n\n", "\n\n\n") + "https://courrier.example/1"},
        {"published_at": NOW - dt.timedelta(days=1)},
    ],
)
def test_what_is_not_the_text_makes_no_revision(engine: Engine, store: Store, change: dict[str, Any]) -> None:
    save(store, article())
    texts = "SELECT number, changed, digest, title, lead, body FROM revision"
    before = rows(engine, texts)
    [saved] = save(store, article(**change))
    assert (saved.what, saved.outcome) == ("unchanged", "unchanged")
    assert rows(engine, texts) == before


def test_a_date_that_is_known_beats_one_that_is_not(engine: Engine, store: Store) -> None:
    save(store, article(published_at=None))
    save(store, article())
    known = value(engine, "SELECT published_at FROM articles")
    assert known is not None
    save(store, article(published_at=None, title="Autre titre"))
    assert value(engine, "SELECT published_at FROM articles") == known


def test_a_paywall_does_not_replace_the_whole_text(engine: Engine, store: Store) -> None:
    save(store, article(access="free"))
    stub = article(access="paywalled", truncated=True, body="Le début.", words=5)
    assert save(store, stub)[0].what == "revision"
    assert value(engine, "SELECT body FROM articles").startswith("Le préfet")
    assert rows(engine, "SELECT number, access FROM revision ORDER BY 1") == [(1, "free"), (2, "paywalled")]
    assert save(store, stub)[0].what == "unchanged"


def test_an_older_capture_does_not_replace_a_newer_text(engine: Engine, store: Store) -> None:
    save(store, article())
    older = article(at=NOW - dt.timedelta(days=400), title="Titre d'avant", body="Un texte d'avant. " * 20)
    assert save(store, older)[0].what == "revision"
    assert value(engine, "SELECT title FROM articles") == "Une réunion à la préfecture"
    assert value(engine, "SELECT count(*) FROM revision") == 2


def test_one_text_at_two_addresses_of_a_source_is_one_article(engine: Engine, store: Store) -> None:
    first = article()
    copy = article("https://courrier.example/print/1", body=first.body)
    other = article("https://depeche.example/1", body=first.body, source="depeche")
    saved = save(store, first, copy, other)
    assert [one.what for one in saved] == ["new", "duplicate", "new"]
    assert rows(engine, "SELECT url FROM alternate") == [("https://courrier.example/print/1",)]
    outcomes = dict(rows(engine, "SELECT url, outcome FROM outcomes"))
    assert outcomes["https://courrier.example/print/1"] == "duplicate"
    assert store.known([("https://courrier.example/print/1", "")], NOW + dt.timedelta(days=9)) != set()


def test_short_or_closed_texts_are_not_merged_by_their_body(engine: Engine, store: Store) -> None:
    stub: dict[str, Any] = {
        "body": "Cet article est réservé aux abonnés.",
        "access": "paywalled",
        "words": 80,
    }
    save(
        store,
        article("https://courrier.example/1", title="Un", **stub),
        article("https://courrier.example/2", title="Deux", **stub),
    )
    assert value(engine, "SELECT count(*) FROM articles") == 2


def test_the_canonical_address_wins(engine: Engine, store: Store) -> None:
    amp, main = "https://courrier.example/amp/1", "https://courrier.example/1"
    save(store, article(main, asked=amp))
    assert rows(engine, "SELECT url FROM articles") == [(main,)]
    assert rows(engine, "SELECT url FROM alternate") == [(amp,)]
    assert store.known([(main, ""), (amp, "")], NOW) == {main, amp}
    assert save(store, article(main))[0].what == "unchanged"
    assert dict(rows(engine, "SELECT url, outcome FROM outcomes"))[amp] == "duplicate"


def test_one_identity_is_one_article_whatever_its_slug(engine: Engine, store: Store) -> None:
    old, new = "https://courrier.example/ancien-1", "https://courrier.example/nouveau-1"
    save(store, article(old, identity="courrier:1"))
    again = article(new, identity="courrier:1", body=BODY + old)
    again.fetch = fetch(old, identity="courrier:1", location=new)
    assert save(store, again)[0].what == "unchanged"
    assert rows(engine, "SELECT url FROM articles") == [(new,)]
    assert rows(engine, "SELECT url FROM alternate") == [(old,)]
    assert store.known([("https://courrier.example/autre-1", "courrier:1")], NOW) != set()


def test_a_text_that_is_not_relevant_is_judged_and_not_kept(engine: Engine, store: Store) -> None:
    [saved] = save(store, article(keep_text=False, label=0))
    assert saved.outcome == "not_relevant"
    assert rows(engine, "SELECT title, lead, body, words, label FROM articles") == [
        ("Une réunion à la préfecture", "", "", 70, 0)
    ]
    assert value(engine, "SELECT count(*) FROM fulltext") == 0
    save(store, article(query="v2"))
    assert value(engine, "SELECT body FROM articles").startswith("Le préfet")
    assert value(engine, "SELECT label FROM articles") == 1
    assert value(engine, "SELECT count(*) FROM fulltext") == 1


def test_a_text_whose_rights_are_reserved_by_now_is_found_no_longer(engine: Engine, store: Store) -> None:
    save(store, article())
    assert value(engine, "SELECT count(*) FROM fulltext") == 1
    later = article(at=NOW + dt.timedelta(days=1), body=f"{BODY} Et encore.", keep_text=False)
    assert later.fetch
    later.fetch.is_reserved = True
    assert save(store, later)[0].what == "revision"
    assert value(engine, "SELECT body FROM articles") == ""
    assert value(engine, "SELECT count(*) FROM fulltext") == 0
    assert value(engine, "SELECT count(*) FROM fingerprint") == 0
    assert list(broken(engine)) == []


def test_an_index_that_names_another_revision_is_broken(engine: Engine, store: Store) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite's index names no revision")
    save(store, article())
    save(store, article(at=NOW + dt.timedelta(days=1), body=f"{BODY} Et encore."))
    assert list(broken(engine)) == []
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE fulltext SET revision_id = (SELECT min(id) FROM revision)"))
    assert {one.invariant for one in broken(engine)} == {"I5"}


def test_a_batch_is_stored_whole_or_not_at_all(engine: Engine, store: Store) -> None:
    bad = article("https://courrier.example/2", access="open sesame")
    with pytest.raises(RecordError):
        save(store, article(), bad)
    for table in ("page", "fetch", "article", "fulltext"):
        assert value(engine, f'SELECT count(*) FROM "{table}"') == 0
    assert save(store, article())[0].what == "new"
    with pytest.raises(RecordError, match=r"(?i)foreign key"):
        save(store, fetch("https://nobody.example/", source="nobody"))


def test_a_server_lost_in_a_transaction_costs_nothing(engine: Engine, store: Store) -> None:
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server to lose")
    killed: list[Any] = []

    def kill(connection: sa.Connection, _cursor: Any, statement: str, *_: Any) -> None:  # noqa: ANN401
        if statement.startswith("INSERT INTO revision ") and not killed:
            killed.append(connection.connection.dbapi_connection.info.backend_pid)  # type: ignore[union-attr]
            killer = sa.create_engine(engine.url, poolclass=sa.NullPool)
            with killer.connect() as other:
                other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": killed[0]})

    sa.event.listen(engine, "before_cursor_execute", kill)
    assert [one.what for one in save(store, article(), article("https://courrier.example/2"))] == [
        "new",
        "new",
    ]
    assert killed
    assert value(engine, "SELECT count(*) FROM articles") == 2
    assert value(engine, 'SELECT count(*) FROM "fetch"') == 2


def test_text_that_no_database_takes_is_stored_all_the_same(engine: Engine, store: Store) -> None:
    save(
        store,
        article(
            title="a\0b\ud800c",
            tags=["x\0"],
            signals={"title": "\0\udfff"},
            candidates=[Candidate(field="t", signal="s", value="\0")],
        ),
    )
    assert rows(engine, "SELECT title, tags FROM articles") == [("a\ufffdb\ufffdc", "x\ufffd")]
