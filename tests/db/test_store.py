"""What a crawl writes: kept once, kept whole, kept in step, the same on both databases."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.db import settling
from crawler.db.invariants import broken
from crawler.db.origins import Pause, RobotsAnswer, TdmAnswer
from crawler.db.settling import Validators
from crawler.db.store import Store
from crawler.errors import RecordError
from crawler.items import Article, Candidate, Fetch, Found
from crawler.text import durations

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from crawler.db.batch import Saved

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
BODY = "Le préfet a réuni les associations de quartier pour parler des contenus haineux.\n\n" * 5


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine)
    for key in ("courrier", "depeche"):
        declare(made, key)
    return made


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


def test_lists_take_addresses_on_once(engine: Engine, store: Store) -> None:
    save(store, article("https://courrier.example/3"))
    found = [Found(url=f"https://courrier.example/{n}", title=f"t{n}") for n in range(1200)]
    too_long = Found(url="https://courrier.example/" + "x" * 3000)
    feed = fetch("https://courrier.example/rss", kind="feed", found=[*found, found[7], too_long])
    assert save(store, feed)[0].found == 1199
    assert save(store, feed)[0].found == 0
    assert rows(engine, "SELECT title, found_in FROM page WHERE url LIKE '%/17'") == [("t17", feed.url)]
    due = store.due("courrier", NOW, 5000)
    assert len(due) == 1199
    assert due[0].found_in == feed.url
    assert store.known([(one.url, "") for one in found], NOW) == {"https://courrier.example/3"}


def test_articles_are_asked_for_again_by_their_age(store: Store) -> None:
    at, times = NOW, []
    save(store, article())
    while due := settling.next_due(fetch(fetched_at=at), "stored", NOW, 0):
        times.append(due - NOW)
        at = due
    late = [time / age for time, age in zip(times, settling.PLAN, strict=True)]
    assert max(late) - min(late) < 0.001
    assert 1 <= min(late) <= 1 + 1 / settling.JITTER
    assert store.due("courrier", NOW + dt.timedelta(minutes=59), 10) == []
    assert [one.url for one in store.due("courrier", NOW + dt.timedelta(minutes=68), 10)] == [
        "https://courrier.example/1"
    ]


def test_passing_failures_wait_longer_each_time_and_never_less_than_asked(
    engine: Engine, store: Store
) -> None:
    waits = []
    for _ in range(3):
        save(store, fetch(outcome="retry_later", status=503))
        waits.append(value(engine, "SELECT next_attempt_at FROM outcomes"))
    assert waits == sorted(set(waits))
    later = NOW + dt.timedelta(days=2)
    assert settling.next_due(fetch(next_attempt_at=later), "retry_later", NOW, 1) == later
    century = NOW + dt.timedelta(days=36500)
    assert (
        settling.next_due(fetch(next_attempt_at=century), "retry_later", NOW, 1)
        == NOW + settling.LONGEST_WAIT
    )


def test_gone_pages_are_dated_and_their_article_stays(engine: Engine, store: Store) -> None:
    save(store, article())
    save(store, fetch(outcome="http_error", status=410, fetched_at=NOW + dt.timedelta(days=1)))
    assert value(engine, "SELECT gone_at FROM page") is not None
    assert value(engine, "SELECT count(*) FROM articles") == 1
    save(store, article(at=NOW + dt.timedelta(days=2)))
    assert value(engine, "SELECT gone_at FROM page") is None


def test_validators_are_only_kept_of_answers_that_gave_something(store: Store) -> None:
    url = "https://courrier.example/1"
    save(store, fetch(outcome="archived_only", etag='"wall"'))
    assert store.validators([url]) == {}
    good = article()
    assert good.fetch
    good.fetch.etag, good.fetch.digest = '"a"', "sha256:1"
    save(store, good)
    assert store.validators([url]) == {url: Validators('"a"', "", "sha256:1")}
    save(store, fetch(outcome="unchanged", status=304))
    assert store.validators([url]) == {url: Validators('"a"', "", "sha256:1")}


def test_a_server_that_lies_is_asked_for_the_whole_page(store: Store) -> None:
    """One ETag for ever: after three answers 304 the whole page is asked for, and the lie is remembered."""
    url, first = "https://courrier.example/1", article()
    assert first.fetch
    first.fetch.etag, first.fetch.digest = '"a"', "sha256:1"
    save(store, first)
    for _ in range(settling.TRUSTED):
        assert store.validators([url])[url].etag == '"a"'
        save(store, fetch(outcome="unchanged", status=304))
    assert store.validators([url])[url] == Validators(digest="sha256:1")
    second = article(body="Un autre texte, sous le même ETag.")
    assert second.fetch
    second.fetch.etag, second.fetch.digest = '"a"', "sha256:2"
    assert save(store, second)[0].what == "revision"
    assert store.validators([url])[url] == Validators(digest="sha256:2")
    save(store, fetch(outcome="unchanged", status=200, etag='"a"', digest="sha256:2"))
    assert store.validators([url])[url] == Validators(digest="sha256:2")


def test_what_moves_beside_the_text_is_brought_up_to_date_and_told(engine: Engine, store: Store) -> None:
    save(store, article(comment_count=3))
    moved = NOW + dt.timedelta(days=2)
    later: dict[str, Any] = {
        "published_precision": "second",
        "comment_count": 8,
        "tags": ["autre"],
        "authors": [],
    }
    save(store, article(at=NOW + dt.timedelta(hours=1), published_at=moved, **later))
    assert rows(engine, "SELECT comment_count, tags, authors, revisions FROM articles") == [
        (8, "autre", "Zoé Martin; Alix Petit", 1)
    ]
    told = f"comment_count: 3 → 8; published_at: {NOW.isoformat()} → {moved.isoformat()}; tags: "
    told += "préfecture; haine en ligne → autre"
    assert rows(engine, 'SELECT outcome, reason FROM "fetch" ORDER BY id')[1] == (
        "unchanged",
        told,
    )
    save(store, article(published_at=moved.replace(hour=11), **later | {"published_precision": "day"}))
    assert value(engine, "SELECT count(*) FROM \"fetch\" WHERE reason <> ''") == 1


def test_lists_that_say_changed_bring_an_early_visit_each_rarer_than_the_last(store: Store) -> None:
    url, at, visits = "https://courrier.example/1", NOW, []
    save(store, article())
    for hour in range(1, 200):
        at = NOW + dt.timedelta(hours=hour)
        if store.early([(url, "", (at - dt.timedelta(minutes=1)).isoformat())], at):
            visits.append(hour)
            save(store, fetch(outcome="unchanged", status=200, fetched_at=at, hinted=True))
    assert visits == [1, 5, 21, 85]
    assert store.early([(url, "", "hier"), (url, "", (NOW - dt.timedelta(days=1)).isoformat())], at) == set()
    moved = article(at=at, body="Un autre texte.")
    assert moved.fetch
    moved.fetch.hinted = True
    save(store, moved)
    soon = at + dt.timedelta(hours=1)
    assert store.early([(url, "", format_datetime(soon))], soon) == {url}


def test_redirects_and_deletions_are_dated(engine: Engine, store: Store) -> None:
    dates = "SELECT gone_at, redirected_at FROM page"
    moved = {"location": "https://courrier.example/nouveau"}
    save(store, article())
    for days, given in ((1, moved), (2, moved), (3, {"status": None, "outcome": "network_error"})):
        save(store, fetch(fetched_at=NOW + dt.timedelta(days=days), **({"outcome": "unchanged"} | given)))
    [(gone, redirected)] = rows(engine, dates)
    assert gone is None
    assert str(redirected).startswith("2026-03-05")
    soft: dict[str, Any] = {
        "outcome": "archived_only",
        "reason": "soft_404: la page n'existe plus",
        "flags": [],
    }
    save(store, fetch(fetched_at=NOW + dt.timedelta(days=4), **soft))
    [(gone, redirected)] = rows(engine, dates)
    assert str(gone).startswith("2026-03-08")
    assert redirected is None


def test_a_source_has_its_own_plan(store: Store) -> None:
    store.plans["courrier"] = durations.plan("2d")
    save(store, article())
    assert store.due("courrier", NOW + dt.timedelta(days=1), 10) == []
    assert store.due("courrier", NOW + dt.timedelta(days=2.5), 10)
    assert store.due("courrier", NOW + dt.timedelta(days=2.5), 10, again=0) == []


def test_runs_sources_and_robots_are_kept(engine: Engine, store: Store) -> None:
    crawl = store.begin(spider="courrier", arguments={}, version="1")
    store.end(crawl, outcome="finished", exit_code=7, stats={"items": 3, "start_time": NOW})
    assert rows(engine, "SELECT outcome, exit_code FROM crawl") == [("finished", 7)]
    declare(store, "courrier", name="Le Nouveau Courrier")
    assert value(engine, "SELECT name FROM source WHERE key = 'courrier'") == "Le Nouveau Courrier"
    assert store.origin(RobotsAnswer, "https://courrier.example") is None
    answer = RobotsAnswer(
        authority="https://courrier.example",
        status=200,
        decision="obey",
        body="User-agent: *\0",
        digest="",
        fetched_at=NOW,
    )
    store.save_origin(answer)
    store.save_origin(answer)
    kept = store.origin(RobotsAnswer, "https://courrier.example")
    assert kept
    assert (kept.body, kept.fetched_at) == ("User-agent: *\ufffd", NOW)


def test_what_an_authority_answers_is_kept_in_place_of_the_last(store: Store) -> None:
    authority = "https://courrier.example"
    for failures in (1, 2):
        store.save_origin(
            Pause(authority=authority, failures=failures, paused_until=NOW, reason="status 503")
        )
        store.save_origin(TdmAnswer(authority=authority, status=200, body="[]" * failures, fetched_at=NOW))
    pause, tdm = store.origin(Pause, authority), store.origin(TdmAnswer, authority)
    assert pause == Pause(authority=authority, failures=2, paused_until=NOW, reason="status 503")
    assert tdm == TdmAnswer(authority=authority, status=200, body="[][]", fetched_at=NOW)
