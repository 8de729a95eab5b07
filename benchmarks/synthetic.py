"""Invented French articles in any number: ``python -m benchmarks.synthetic sqlite:///big.db 100000``.

What searches and exports are measured on. The prose is put together from phrases of our own; names and rare
words are made of syllables and drawn as rarely as a real vocabulary's tail is (the k-th as often as 1/k).
One article in eight is a wire copy that other outlets took too, one in twenty has an older revision. The same
number and seed give the same rows, on every database.
"""

from __future__ import annotations

import argparse
import datetime as dt
import hashlib
import random
import sys
import time
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from benchmarks.synthetic_words import ACTORS, COMPLEMENTS, OUTLETS, SYLLABLES, TOPICS, VERBS
from crawler.db import fulltext, session
from crawler.db.models import (
    Article,
    Author,
    Cluster,
    Crawl,
    Fetch,
    Judgement,
    Page,
    Revision,
    RevisionAuthor,
    RevisionTag,
    Source,
    Tag,
)

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

    Row = dict[str, Any]

BATCH: Final = 1000
FIRST_DAY: Final = dt.datetime(2012, 1, 1, 6, tzinfo=dt.UTC)
DAYS: Final = 5400
RARE: Final = 60_000
AUTHORS: Final = 2_000
AGENCIES: Final = ("AFP", "Reuters", "Belga", "AFP; Reuters")


class Writer:
    """Makes the rows of articles, one after the other; ``number`` is the id of all of an article's rows."""

    def __init__(self, count: int, seed: int) -> None:
        self._random = random.Random(seed)
        self._count = count
        self._rare = _invented(RARE, random.Random(7))
        self._wire: tuple[Row, int] | None = None
        self._clusters = 0

    def rows(self, number: int) -> dict[str, list[Row]]:
        """The rows of one article, by table."""
        draw = self._random
        outlet = draw.choices(OUTLETS, weights=range(len(OUTLETS), 0, -1))[0]
        text, cluster, rows = self._text(number)
        at = FIRST_DAY + dt.timedelta(days=DAYS * number / self._count, minutes=draw.randrange(-720, 720))
        url = f"https://{outlet[0]}.example/{at:%Y/%m/%d}/article-{number}.html"
        digest = hashlib.sha256(f"{number} {text['body']}".encode()).hexdigest()
        moment = at + dt.timedelta(hours=1)
        names = {"authors": self._names(text), "tags": text["tags"]}
        older = draw.random() < 0.05
        rows["page"] = [_page(number, url, outlet[0], at, moment)]
        rows["fetch"] = [_fetch(number, url, outlet[0], moment, digest)]
        rows["article"] = [
            {
                "id": number, "url": url, "identity": url, "source": outlet[0], "page_id": number,
                "revision": 1 + older, "cluster_id": cluster, "first_seen_at": moment,
            }
        ]  # fmt: skip
        current = _revision(number, text, at, digest, 1 + older)
        earlier = current | {"id": number + self._count, "number": 1, "changed": "", "title": text["was"]}
        rows["revision"] = [current, earlier | {"digest": f"sha256:was {digest}"}] if older else [current]
        rows["judgement"] = [_judgement(number, text, draw)]
        for table, key in (("author", "authors"), ("tag", "tags")):
            rows[f"revision_{table}"] = [
                {"revision_id": number, "position": place, f"{table}_id": name}
                for place, name in enumerate(names[key])
            ]
        return rows

    def _text(self, number: int) -> tuple[Row, int | None, dict[str, list[Row]]]:
        """A text, its own or the wire's, with its cluster and the cluster's row where it is new."""
        draw = self._random
        if self._wire and draw.random() < 0.6:
            return *self._wire, {}
        self._wire = None
        text = self._written()
        if draw.random() >= 0.05:
            return text, None, {}
        self._clusters += 1
        self._wire = (text | {"agency": draw.choice(AGENCIES)}, self._clusters)
        moment = FIRST_DAY + dt.timedelta(days=DAYS * number / self._count)
        return *self._wire, {"cluster": [{"id": self._clusters, "first_seen_at": moment}]}

    def _written(self) -> Row:
        """A text of 150 to 700 words about one topic."""
        draw = self._random
        topic = draw.choices(range(len(TOPICS)), weights=[2, 2, 2, 3, 3, 3, 3, 3])[0]
        name, label, objects, terms = TOPICS[topic]
        paragraphs = [
            " ".join(self._sentence(objects) for _ in range(draw.randrange(2, 6)))
            for _ in range(draw.randrange(4, 10))
        ]
        title = f"{draw.choice(ACTORS)} {draw.choice(VERBS)} {draw.choice(objects)}"
        return {
            "title": title[0].upper() + title[1:],
            "was": f"{draw.choice(objects).capitalize()} : {self._rarely()}",
            "lead": self._sentence(objects) if draw.random() < 0.7 else "",
            "body": "\n\n".join(paragraphs),
            "section": name,
            "label": label,
            "terms": draw.sample(terms, min(len(terms), 2)),
            "tags": sorted({topic + 1, draw.randrange(1, 9), min(int(300 ** draw.random()) + 8, 300)}),
            "agency": "",
        }

    def _sentence(self, objects: tuple[str, ...]) -> str:
        draw = self._random
        end = draw.choice(COMPLEMENTS).format(
            name=self._rarely().capitalize(), word=self._rarely(), number=draw.randrange(2, 400)
        )
        start = draw.choice(ACTORS)
        return f"{start[0].upper()}{start[1:]} {draw.choice(VERBS)} {draw.choice(objects)} {end}."

    def _rarely(self) -> str:
        return self._rare[int(RARE ** self._random.random()) - 1]

    def _names(self, text: Row) -> list[int]:
        if text["agency"]:
            return []
        return sorted({int(AUTHORS ** self._random.random()) for _ in range(self._random.randrange(1, 3))})


def fill(engine: Engine, count: int, seed: int = 1) -> None:
    """Write ``count`` articles into a migrated database that has none, and index them."""
    writer = Writer(count, seed)
    with session.writing(engine).begin() as connection:
        _frame(connection)
    numbers = iter(range(1, count + 1))
    while batch := list(islice(numbers, BATCH)):
        with session.writing(engine).begin() as connection:
            _write(connection, [writer.rows(number) for number in batch])
    with session.writing(engine).begin() as connection:
        if connection.dialect.name == "postgresql":
            for name in (*NUMBERED, "author", "tag", "crawl"):
                last = f'(SELECT max(id) FROM "{name}")'
                connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})")
        connection.exec_driver_sql("ANALYZE")


def _frame(connection: Connection) -> None:
    """What articles refer to: outlets, people, keywords, one run."""
    people = _invented(2 * AUTHORS, random.Random(3))
    words = _invented(300, random.Random(5))
    topics = [topic[0] for topic in TOPICS]
    outlets = [
        {"key": key, "name": name, "home": f"https://{key}.example/", "kind": "press", "country": country}
        for key, name, country in OUTLETS
    ]
    run = {"id": 1, "spider": OUTLETS[0][0], "arguments": {}, "version": "synthetic", "stats": {}}
    times = {"started_at": FIRST_DAY, "finished_at": FIRST_DAY + dt.timedelta(days=DAYS)}
    names = [" ".join(map(str.capitalize, people[place : place + 2])) for place in range(0, 2 * AUTHORS, 2)]
    connection.execute(sa.insert(Source), [outlet | {"timezone": "Europe/Paris"} for outlet in outlets])
    connection.execute(sa.insert(Crawl), run | times | {"outcome": "finished", "exit_code": 0})
    for table, rows in ((Author, names), (Tag, [*topics, *words[len(topics) :]])):
        connection.execute(sa.insert(table), [{"id": key, "name": name} for key, name in enumerate(rows, 1)])


TABLES: Final = {
    model.__tablename__: model
    for model in (
        Cluster, Page, Fetch, Article, Revision, Judgement, RevisionAuthor, RevisionTag,
    )
}  # fmt: skip

NUMBERED: Final = ("cluster", "page", "fetch", "article", "revision", "judgement")


def _write(connection: Connection, articles: list[dict[str, list[Row]]]) -> None:
    for name, model in TABLES.items():
        if rows := [row for one in articles for row in one.get(name, [])]:
            connection.execute(sa.insert(model), rows)
    texts = [one["revision"][0] for one in articles]
    fulltext.write(connection, [(one["article_id"], one["title"], one["lead"], one["body"]) for one in texts])


def _page(number: int, url: str, source: str, at: dt.datetime, moment: dt.datetime) -> Row:
    empty = dict.fromkeys(("etag", "last_modified", "digest", "reason", "flags", "redirected_to"), "")
    return empty | {
        "id": number, "url": url, "identity": url, "source": source, "kind": "article", "title": "",
        "found_in": f"https://{source}.example/rss.xml", "published": at.isoformat(), "first_seen_at": moment,
        "last_fetched_at": moment, "next_due_at": None, "attempts": 0, "outcome": "stored", "status": 200,
        "gone_at": None,
    }  # fmt: skip


def _fetch(number: int, url: str, source: str, moment: dt.datetime, digest: str) -> Row:
    empty = dict.fromkeys(
        ("location", "reason", "flags", "etag", "last_modified", "tdm_reservation", "x_robots_tag"), ""
    )
    return empty | {
        "id": number, "page_id": number, "crawl_id": 1, "url": url, "fetched_at": moment, "status": 200,
        "found_in": f"https://{source}.example/rss.xml", "outcome": "stored", "digest": f"sha256:{digest}",
        "robots_rule": "200: allowed", "warc_file": f"{source}-{moment:%Y%m}.warc.gz",
        "warc_offset": number * 20_000,
        "warc_record": f"<urn:uuid:{digest[:8]}-0000-4000-8000-{digest[:12]}>",
    }  # fmt: skip


def _revision(number: int, text: Row, at: dt.datetime, digest: str, revision: int) -> Row:
    return {
        "id": number, "article_id": number, "number": revision, "fetch_id": number,
        "digest": f"sha256:{digest}", "body_digest": f"sha256:{digest}", "text_kept": True,
        "section": text["section"], "agency": text["agency"], "published_at": at,
        "published_raw": at.isoformat(), "published_signal": "json-ld", "published_precision": "second",
        "modified_at": None, "modified_raw": "", "modified_signal": "", "language": "fr",
        "access": ("free", "free", "metered", "paywalled")[number % 4], "truncated": False,
        "comment_count": None, "words": len(f"{text['lead']} {text['body']}".split()), "flags": "",
        "changed": "title" if revision > 1 else "", "extractor": "synthetic", "title": text["title"],
        "lead": text["lead"], "body": text["body"], "signals": {"title": "json-ld"}, "candidates": [],
    }  # fmt: skip


def _judgement(number: int, text: Row, draw: random.Random) -> Row:
    score = (text["label"] + draw.random()) / 3
    terms = "; ".join(text["terms"]) if text["label"] else ""
    return {
        "id": number, "revision_id": number, "query": "synthetic", "score": round(score, 3),
        "label": text["label"], "terms": terms,
    }  # fmt: skip


def _invented(count: int, draw: random.Random) -> list[str]:
    """Words that sound French, each once."""
    found: dict[str, None] = {}
    while len(found) < count:
        found["".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4))))] = None
    return list(found)


def main() -> int:
    """Write articles into a database, which must have none."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("url", help="sqlite:///big.db or postgresql://user@host/name")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    engine = session.engine(given.url)
    session.prepare(engine)
    started = time.perf_counter()
    fill(engine, given.count, given.seed)
    seconds = time.perf_counter() - started
    print(f"{given.count:,} articles in {seconds:,.0f} s, {given.count / seconds:,.0f} a second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
