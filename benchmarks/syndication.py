"""How well copies of dispatches are found: ``python -m benchmarks.syndication 100000`` from the root.

Invents articles of several outlets; three in ten carry one of the wires' dispatches, each edited as newsrooms
do. All go through the store into SQLite. Prints, over pairs of articles, how many of the planted pairs are in
one cluster (recall) and how many of the pairs in one cluster were planted (precision), by kind of edit; then
what looking up one more article costs at that size. Ends with 1 below recall 0.98 or precision 0.995.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter, defaultdict
from itertools import islice
from math import comb
from pathlib import Path
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from benchmarks.synthetic import _invented
from crawler.db import clusters, models, session
from crawler.db.store import Store
from crawler.items import Article, Fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.engine import Engine

NOW: Final = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
SOURCES: Final = [f"outlet{number:02d}" for number in range(40)]
VOCABULARY: Final = 40_000
SMALL: Final = (
    "le", "la", "les", "de", "des", "du", "un", "une", "et", "à", "en", "dans", "pour", "par", "sur", "que",
    "qui", "ce", "il", "elle", "est", "a", "ont", "avec", "au", "aux",
)  # fmt: skip
STOCK: Final = 400  # phrases that texts which know nothing of each other share
DISPATCHES_OPEN: Final = 60  # at a time: copies of one come within hours, among other articles


class Newsrooms:
    """Invents texts and edits them; a text is a list of paragraphs, each a list of words."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.words = _invented(VOCABULARY, random.Random(11))
        self.stock = [self._run(self.draw.randrange(4, 9)) for _ in range(STOCK)]

    def _run(self, length: int) -> list[str]:
        """Words as a language draws them: every other one small, the k-th of the rest as often as 1/k."""
        return [
            self.draw.choice(SMALL)
            if self.draw.random() < 0.4
            else self.words[int(VOCABULARY ** self.draw.random()) - 1]
            for _ in range(length)
        ]

    def paragraph(self) -> list[str]:
        """Thirty to ninety words, some of them stock phrases."""
        words: list[str] = []
        while len(words) < self.draw.randrange(30, 90):
            is_stock = self.draw.random() < 0.15
            words += self.draw.choice(self.stock) if is_stock else self._run(self.draw.randrange(5, 15))
        return words

    def text(self, least: int = 3, most: int = 12) -> list[list[str]]:
        """A whole article."""
        return [self.paragraph() for _ in range(self.draw.randrange(least, most))]

    def cut(self, text: list[list[str]]) -> list[list[str]]:
        """The end is gone: a newspaper has less room."""
        return text[: max(1, round(len(text) * self.draw.uniform(0.45, 0.8)))]

    def added(self, text: list[list[str]]) -> list[list[str]]:
        """A paragraph of its own at the end."""
        return [*text, self.paragraph()]

    def introduced(self, text: list[list[str]]) -> list[list[str]]:
        """A local beginning."""
        return [self.paragraph(), *text[self.draw.randrange(2) :]]

    def typography(self, text: list[list[str]]) -> list[list[str]]:
        """Other quotes, spaces, dashes and capitals."""
        return [[self._set(word) for word in paragraph] for paragraph in text]

    def _set(self, word: str) -> str:
        change = self.draw.random()
        return f"«\u00a0{word}\u202f»" if change < 0.03 else word.capitalize() if change < 0.06 else word

    def retouched(self, text: list[list[str]]) -> list[list[str]]:
        """Another lead, some words replaced, a paragraph less."""
        kept = text[1:] if len(text) < 4 else [*text[1:-2], text[-1]]
        share = self.draw.uniform(0.01, 0.08)
        return [self.paragraph()[:25]] + [
            [self._run(1)[0] if self.draw.random() < share else word for word in paragraph]
            for paragraph in kept
        ]

    def embedded(self, text: list[list[str]]) -> list[list[str]]:
        """Within a text of the newspaper's own of the same length."""
        own = [self.paragraph() for _ in text]
        place = self.draw.randrange(len(own))
        return [*own[:place], *text, *own[place:]]

    def same(self, text: list[list[str]]) -> list[list[str]]:
        """Another headline only."""
        return text

    @property
    def edits(self) -> list[Callable[[list[list[str]]], list[list[str]]]]:
        """What newsrooms do with a dispatch."""
        return [
            self.same, self.cut, self.added, self.introduced, self.typography, self.retouched, self.embedded,
        ]  # fmt: skip


def articles(count: int, seed: int) -> Iterator[tuple[Article, int, str]]:
    """Articles, each with the number of its dispatch (its own number where it has none) and its edit."""
    rooms = Newsrooms(seed)
    desk: list[tuple[int, list[list[str]]]] = []
    for number in range(count):
        if rooms.draw.random() < 0.3:
            if len(desk) < DISPATCHES_OPEN or rooms.draw.random() < 0.2:
                desk = [*desk[-DISPATCHES_OPEN:], (number, rooms.text())]
                origin, text, edit = number, desk[-1][1], "dispatch"
            else:
                origin, whole = rooms.draw.choice(desk)
                change = rooms.draw.choice(rooms.edits)
                text, edit = change(whole), change.__name__
        else:
            origin, text, edit = number, rooms.text(), "own"
        yield _article(number, rooms, text), origin, edit


def _article(number: int, rooms: Newsrooms, text: list[list[str]]) -> Article:
    source = rooms.draw.choice(SOURCES)
    url = f"https://{source}.example/{number}.html"
    fetch = Fetch(source=source, url=url, kind="article", fetched_at=NOW, status=200)
    body = "\n\n".join(f"{' '.join(paragraph)}." for paragraph in text)
    title = " ".join(rooms.draw.choices(rooms.words, k=8))
    return Article(url=url, title=title, body=body, source=source, fetch=fetch, words=len(body.split()))


def crawl(engine: Engine, count: int, seed: int) -> tuple[dict[int, int], dict[int, str]]:
    """Store the articles in batches; by article id, its dispatch and its edit."""
    store, origins, kinds = Store(engine), {}, {}
    for key in SOURCES:
        store.declare(key=key, name=key, home="", kind="press", country="FR", timezone="UTC")
    made = articles(count, seed)
    while batch := list(islice(made, 50)):
        for saved, (_, origin, edit) in zip(store.save(None, [one[0] for one in batch]), batch, strict=True):
            assert saved.article is not None
            if saved.what == "new":
                origins[saved.article], kinds[saved.article] = origin, edit
    return origins, kinds


def pairs(sizes: Counter[int]) -> int:
    return sum(comb(size, 2) for size in sizes.values())


def score(engine: Engine, origins: dict[int, int], kinds: dict[int, str]) -> tuple[float, float]:
    """Recall and precision over pairs; prints the share of each edit that stands with its dispatch."""
    with engine.connect() as connection:
        rows = connection.execute(sa.select(models.Article.id, models.Article.cluster_id)).all()
    place = {row.id: row.cluster_id or -row.id for row in rows}
    joint: Counter[tuple[int, int]] = Counter((origins[key], place[key]) for key in origins)
    right = sum(comb(size, 2) for size in joint.values())
    recall = right / max(1, pairs(Counter(origins.values())))
    precision = right / max(1, pairs(Counter(place[key] for key in origins)))
    main: dict[int, int] = {}
    for (origin, cluster), _ in joint.most_common():
        main.setdefault(origin, cluster)
    several = {origin for origin, size in Counter(origins.values()).items() if size > 1}
    found: dict[str, list[bool]] = defaultdict(list)
    for key, origin in origins.items():
        if origin in several:
            found[kinds[key]].append(place[key] == main[origin])
    for kind, flags in sorted(found.items()):
        print(f"  {kind:12} {len(flags):7,}  {statistics.mean(flags):.4f} with the others")
    return recall, precision


def lookups(engine: Engine, seed: int, count: int = 300) -> list[float]:
    """Milliseconds of CPU that finding the copies of one article takes, the articles being stored already."""
    with engine.connect() as connection:
        query = sa.select(models.Revision.article_id, models.Revision.body)
        rows = connection.execute(query).all()
    times = []
    for row in random.Random(seed).sample(rows, count):
        with session.writing(engine).begin() as connection:
            started = time.thread_time()
            clusters.assign(connection, [(row.article_id, row.body)])
            times.append(1000 * (time.thread_time() - started))
            connection.rollback()
    return sorted(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("count", type=int, nargs="?", default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "copies.db")
        engine = session.engine(f"sqlite:///{file}")
        session.prepare(engine)
        started = time.process_time()
        origins, kinds = crawl(engine, given.count, given.seed)
        spent = time.process_time() - started
        recall, precision = score(engine, origins, kinds)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{len(origins):,} articles, {file.stat().st_size / 1e6:,.0f} MB, {memory:,.0f} MB resident")
        print(f"recall {recall:.4f}  precision {precision:.4f}  (pairs)")
        print(f"invented, stored and compared in {1000 * spent / given.count:.2f} ms of CPU an article")
        times = lookups(engine, given.seed)
        middle, late = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"CPU of one more article: median {middle:.2f} ms, 95 % {late:.2f} ms")
        engine.dispose()
    return 0 if recall >= 0.98 and precision >= 0.995 else 1


if __name__ == "__main__":
    sys.exit(main())
