"""Sixty queries of analysts find the same articles, in the same order, on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import synthetic
from benchmarks.search import QUERIES
from crawler.corpus import ranking
from crawler.corpus.search import count, search
from crawler.corpus.statistics import BY, statistics
from crawler.text.stems import stems

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine


@pytest.fixture(scope="module")
def many(both: list[Engine]) -> list[Engine]:
    """A thousand invented articles on both."""
    for engine in both:
        synthetic.fill(engine, 1000)
    return both


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("copies", ["all", "one"])
def test_both_databases_give_the_same_list(many: list[Engine], query: str, copies: str) -> None:
    first, second = (search(engine, query, limit=1000, copies=copies) for engine in many)
    assert [hit.id for hit in first.hits] == [hit.id for hit in second.hits]
    assert first == second
    assert (
        len({hit.id for hit in first.hits}) == len(first.hits) == first.total == count(many[0], query, copies)
    )


def test_the_queries_are_sixty_and_most_find_something(many: list[Engine]) -> None:
    assert len(set(QUERIES)) == 60
    assert sum(count(many[0], query) > 0 for query in QUERIES) > 50


@pytest.mark.parametrize("query", ["haine", "ministre", "plateforme OR haine", "source:courrier"])
@pytest.mark.parametrize("sort", ["relevance", "date", "oldest"])
def test_pages_of_many_are_parts_of_one_list(many: list[Engine], query: str, sort: str) -> None:
    for engine in many:
        whole = [hit.id for hit in search(engine, query, limit=1000, sort=sort).hits]
        pages = [search(engine, query, limit=70, offset=at, sort=sort).hits for at in range(0, 1000, 70)]
        assert [hit.id for page in pages for hit in page] == whole


def test_of_common_words_those_of_the_title_come_first(many: list[Engine]) -> None:
    found = search(many[0], "ministre", limit=1000)
    assert found.total > 2 * ranking.CANDIDATES
    titles = ["ministr" in stems(hit.title) for hit in found.hits]
    assert all(titles[:20])
    assert not any(titles[2 * ranking.CANDIDATES :])


def test_one_copy_stands_for_all_of_a_text(many: list[Engine]) -> None:
    every, once = (search(many[0], "agency:AFP", limit=1000, copies=copies) for copies in ("all", "one"))
    clusters = {hit.cluster_id for hit in every.hits}
    assert once.total == len(clusters) < every.total
    assert {hit.cluster_id for hit in once.hits} == clusters


@pytest.mark.parametrize("by", BY)
def test_counts_are_the_same_and_add_up(many: list[Engine], by: str) -> None:
    first, second = (statistics(engine, ["haine", "agency:AFP"], by) for engine in many)
    assert first == second
    if by not in {"author", "tag", "term", "agency"}:  # of which an article can have several
        assert sum(one.articles for one in first if one.query == "haine") == count(many[0], "haine")
        assert all(one.texts <= one.articles <= one.of_articles for one in first)
