"""When an address is asked for again, and what is remembered of the answer, the same on both databases."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from crawler.db import settling
from crawler.db.origins import Pause, RobotsAnswer, TdmAnswer
from crawler.db.settling import Validators
from crawler.items import Found
from crawler.text import durations
from tests.db.storing import NOW, article, declare, fetch, rows, save, value

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from crawler.db.store import Store


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
