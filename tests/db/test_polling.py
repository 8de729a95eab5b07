"""Lists are asked for as often as they bring news, dead ones ever more rarely, and none is given up."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crawler.db.origins import Pause, TdmAnswer
from crawler.db.store import Store
from crawler.items import Fetch, Found

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

NOW = dt.datetime(2026, 3, 4, 6, tzinfo=dt.UTC)
URL = "https://a.example/rss.xml"


class Poll:
    """A feed that is asked for again as soon as it is due."""

    def __init__(self, engine: Engine) -> None:
        self.store = Store(engine)
        self.now = NOW
        self.count = 0
        self.store.declare(key="a", name="A", home="", kind="press", country="FR", timezone="UTC")

    def __call__(self, known: int, new: int, outcome: str = "stored") -> dt.timedelta:
        """How long the feed rests after an answer with so many addresses known and new."""
        numbers = [*range(known), *range(1000 + self.count, 1000 + self.count + new)]
        self.count += new
        found = [Found(url=f"https://a.example/{number}", identity=f"a:{number}") for number in numbers]
        fetch = Fetch(source="a", url=URL, kind="feed", fetched_at=self.now, outcome=outcome, found=found)
        self.store.save(None, [fetch])
        pause = dt.timedelta(minutes=10)
        begin = self.now
        while self.store.resting([URL], self.now):
            self.now += pause
        return self.now - begin


def test_a_feed_that_repeats_itself_is_asked_for_later_and_one_that_brings_news_sooner(
    engine: Engine,
) -> None:
    poll = Poll(engine)
    assert poll(20, 0) == dt.timedelta(0)  # the first time they are new too
    pauses = [poll(20, 0) for _ in range(9)]
    assert pauses == sorted(pauses)
    assert pauses[0] == dt.timedelta(minutes=10)
    assert pauses[-1] == dt.timedelta(hours=20)
    assert poll(10, 10) == pauses[-1]
    assert poll(0, 20) == dt.timedelta(hours=10)
    assert [poll(0, 20) for _ in range(8)][-1] == dt.timedelta(0)


def test_a_dead_feed_is_asked_for_ever_more_rarely_but_never_dropped(engine: Engine) -> None:
    poll = Poll(engine)
    poll(0, 20)
    pauses = [poll(0, 0, outcome="source_error") for _ in range(13)]
    assert pauses[:3] == [dt.timedelta(hours=1), dt.timedelta(hours=2), dt.timedelta(hours=4)]
    assert pauses[-1] == dt.timedelta(days=30)
    assert poll(0, 20) == dt.timedelta(0)


def test_a_list_that_rests_is_not_taken_for_a_page_to_be_seen_again(engine: Engine) -> None:
    poll = Poll(engine)
    poll(0, 1)
    later = NOW + dt.timedelta(days=40)
    assert [due.kind for due in poll.store.due("a", later, 10)] == ["article"]


def test_what_was_written_while_the_clock_was_wrong_does_not_hold_until_then(engine: Engine) -> None:
    poll = Poll(engine)
    wrong = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    poll.now = wrong
    poll(known=0, new=0, outcome="network_error")
    assert poll.store.resting([URL], wrong)
    assert not poll.store.resting([URL], NOW)
    authority = "https://a.example"
    later = wrong + dt.timedelta(days=1)
    poll.store.save_origin(Pause(authority=authority, failures=9, failed_at=wrong, paused_until=later))
    poll.store.save_origin(TdmAnswer(authority=authority, status=404, body="", fetched_at=wrong))
    assert poll.store.origin(Pause, authority) is None
    assert poll.store.origin(TdmAnswer, authority) is None
