"""Copies across outlets: found whatever a newsroom did to a dispatch; what only looks like one is none."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from crawler.corpus.copies import clusters, copies
from crawler.db import schema, session
from crawler.db.models import Fingerprint
from crawler.db.sql import among
from crawler.db.store import Store
from crawler.items import Article, Fetch
from crawler.text.shingles import common, sample, shingles

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

NOW = dt.datetime(2026, 3, 4, 5, 6, 7, tzinfo=dt.UTC)
OUTLETS = ("courrier", "depeche", "echo", "gazette")


def paragraph(seed: object, words: int = 60) -> str:
    """Prose of invented words: another seed, other words."""
    draw = random.Random(str(seed))
    made = ["".join(draw.choices(("ba", "lo", "ri", "mé", "tu", "san", "vel"), k=3)) for _ in range(words)]
    return " ".join(made).capitalize() + "."


DISPATCH = [paragraph(number) for number in range(6)]


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine)
    for key in OUTLETS:
        made.declare(key=key, name=key, home="", kind="press", country="FR", timezone="UTC")
    return made


def article(outlet: str, text: list[str], name: str = "1", **given: Any) -> Article:  # noqa: ANN401 -- any field
    url = f"https://{outlet}.example/{name}"
    fetch = Fetch(source=outlet, url=url, kind="article", fetched_at=NOW, status=200)
    values: dict[str, Any] = {
        "title": f"Titre de {outlet}",
        "body": "\n\n".join(text),
        "source": outlet,
        "fetch": fetch,
    }
    return Article(url=url, words=200, **values | given)


def together(engine: Engine) -> list[tuple[str, ...]]:
    """The addresses of each cluster."""
    query = sa.text("SELECT url, cluster_id, copies FROM articles WHERE cluster_id IS NOT NULL ORDER BY url")
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    found: dict[int, list[str]] = {}
    for row in rows:
        found.setdefault(row.cluster_id, []).append(row.url.removeprefix("https://").replace(".example", ""))
    assert {row.copies for row in rows} == {len(urls) for urls in found.values()}
    return sorted(map(tuple, found.values()))


EDITS = {
    "same": DISPATCH,
    "cut": DISPATCH[:3],
    "added": [*DISPATCH, paragraph("own")],
    "introduced": [paragraph("own"), *DISPATCH[1:]],
    "typography": ["«\u00a0" + one.replace(" ", "\u202f", 3) + "\u00a0» —" for one in DISPATCH],
    "embedded": [paragraph("a"), *DISPATCH[:4], paragraph("b"), paragraph("c"), paragraph("d")],
    "retouched": [
        " ".join(w if n % 20 else "autre" for n, w in enumerate(p.split(), 1)) for p in DISPATCH[1:]
    ],
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("batch", [True, False], ids=["one batch", "one by one"])
def test_an_edited_dispatch_is_a_copy(store: Store, engine: Engine, edit: str, batch: bool) -> None:
    made = [
        article("courrier", DISPATCH),
        article("depeche", EDITS[edit]),
        article("echo", [paragraph(f"other {n}") for n in range(6)]),
    ]
    for items in [made] if batch else [[one] for one in made]:
        store.save(None, items)
    assert together(engine) == [("courrier/1", "depeche/1")]


def test_texts_that_share_a_quotation_are_no_copies(store: Store, engine: Engine) -> None:
    quoted = paragraph("quoted")
    for outlet in OUTLETS:
        store.save(None, [article(outlet, [paragraph(f"{outlet} {n}") for n in range(4)] + [quoted])])
    assert together(engine) == []


def test_a_round_up_does_not_join_the_dispatches_it_holds(store: Store, engine: Engine) -> None:
    one, two, three = ([paragraph(f"{name} {n}") for n in range(3)] for name in "xyz")
    for outlet, text in zip(OUTLETS, (one, [*one, *two, *three], two, three), strict=True):
        store.save(None, [article(outlet, text)])
    assert together(engine) == [("courrier/1", "depeche/1")]


def test_a_live_page_that_holds_a_short_dispatch_is_no_copy(store: Store, engine: Engine) -> None:
    live = [*DISPATCH[:3], *(paragraph(f"live {n}") for n in range(21))]
    store.save(None, [article("courrier", DISPATCH[:3]), article("depeche", live)])
    assert together(engine) == []


def test_two_halves_are_joined_by_the_whole(store: Store, engine: Engine) -> None:
    for outlet, text in zip(OUTLETS, (DISPATCH[:4], DISPATCH[2:], DISPATCH, DISPATCH[1:]), strict=True):
        store.save(None, [article(outlet, text)])
    assert together(engine) == [tuple(f"{outlet}/1" for outlet in OUTLETS)]


def test_an_article_leaves_when_its_text_is_another_one(store: Store, engine: Engine) -> None:
    store.save(None, [article("courrier", DISPATCH), article("depeche", DISPATCH)])
    assert together(engine) == [("courrier/1", "depeche/1")]
    store.save(None, [article("depeche", [paragraph(f"new {n}") for n in range(6)])])
    assert together(engine) == []
    with engine.connect() as connection:
        assert connection.execute(sa.text("SELECT count(*) FROM cluster")).scalar_one() == 0


def test_a_text_that_hundreds_carry_is_found_still(store: Store, engine: Engine) -> None:
    for number in range(100):
        store.save(None, [article("depeche", [*DISPATCH, paragraph(f"own {number}")], f"d{number}")])
    store.save(None, [article("echo", DISPATCH)])
    assert len(together(engine)) == 1
    with engine.connect() as connection:
        most = "SELECT max(n) FROM (SELECT count(*) AS n FROM fingerprint GROUP BY number) AS crowd"
        assert connection.execute(sa.text(most)).scalar_one() == 64


def test_an_older_database_finds_its_copies_when_it_is_migrated(store: Store, engine: Engine) -> None:
    store.save(None, [article("courrier", DISPATCH), article("depeche", EDITS["cut"])])
    schema.downgrade(engine, "0005")
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE article SET cluster_id = NULL"))
    schema.upgrade(engine)
    assert together(engine) == [("courrier/1", "depeche/1")]


def test_small_and_large_fingerprints_are_looked_up_together(engine: Engine) -> None:
    """All were taken for as small as the first, and PostgreSQL refused one text in two thousand."""
    with session.writing(engine).begin() as connection:
        connection.execute(sa.delete(Fingerprint).where(among(Fingerprint.number, [5, 1 << 46])))


def test_what_each_outlet_changed_is_told(store: Store, engine: Engine) -> None:
    changed = [DISPATCH[0].replace(" ", " presque ", 2), *DISPATCH[1:4], paragraph("own")]
    day = dt.timedelta(days=1)
    for outlet, text, at in (("depeche", changed, NOW), ("courrier", DISPATCH, NOW - day)):
        store.save(None, [article(outlet, text, agency="AFP" if at < NOW else "", published_at=at)])
    first, other = copies(engine, 1)
    assert (first.source, first.changes, first.of_own) == ("courrier", (), 1.0)
    assert other.changes == ("headline", "1 paragraph added", "1 paragraph changed", "2 paragraphs cut")
    assert 0.6 < other.of_first < 0.7
    assert 0.75 < other.of_own < 0.85
    (cluster,) = clusters(engine)
    assert (cluster["articles"], cluster["sources"], cluster["agency"]) == (2, 2, "AFP")
    assert (cluster["source"], cluster["published_at"]) == ("courrier", NOW - day)
    assert clusters(engine, source="echo") == []


def test_the_sample_of_a_part_is_in_the_sample_of_the_whole() -> None:
    """Short texts are sampled more densely, so that a brief is found from a long text and vice versa."""
    part, whole = shingles(" ".join(DISPATCH[:2])), shingles(" ".join([*DISPATCH, paragraph("z", 400)]))
    assert part <= whole
    assert common(part, whole)[0] == 1.0
    dense, sparse = set(sample(part)), set(sample(whole))
    assert len(sparse & dense) >= 3
