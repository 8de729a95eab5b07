"""JSON-LD in every wrapping, and JSON that is none: nothing raises, nothing runs long."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from crawler.extract import jsonld

ARTICLE = {"@type": "NewsArticle", "headline": "Le pont rouvre"}


def read(*scripts: str) -> jsonld.Graph:
    """The graph of a page with these scripts."""
    tree = html.document_fromstring("<html><body><p>Texte</p></body></html>")
    for script in scripts:
        node = html.Element("script", type="application/ld+json")
        node.text = script
        tree.append(node)
    return jsonld.read(tree.iter("script"))


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        json.dumps([{"@type": "Organization"}, ARTICLE]),
        json.dumps({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        json.dumps(ARTICLE | {"@type": ["Thing", "https://schema.org/NewsArticle"]}),
        '<!-- {"@type": "NewsArticle", "headline": "Le pont rouvre"} -->',
        '{"@type": "NewsArticle", "headline": "Le pont rouvre", }',
        '{"@type": "NewsArticle",\n "description": "deux\nlignes", "headline": "Le pont rouvre"};',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;Le pont rouvre&quot;}",
        '\ufeff{"@type": "NewsArticle", "headline": "Le pont rouvre"}',
        '{"@type": "NewsArticle", "description": "L\\\'eau", "headline": "Le pont rouvre"}',
        '{"@type": "NewsArticle", "wordCount": NaN, "headline": "Le pont rouvre"}',
        '{"@type": "NewsArticle", "wordCount": ' + "9" * 10_000 + ', "headline": "Le pont rouvre"}',
        '{"@type": "NewsArticle", "name": "\\ud800", "headline": "Le pont rouvre"}',
    ],
)
def test_the_article_is_found_however_it_is_wrapped(script: str) -> None:
    nodes = read('{"@type": "WebSite"}', script).of(jsonld.ARTICLES)
    assert [jsonld.text(node.get("headline")) for node in nodes] == ["Le pont rouvre"]


def test_articles_within_an_article_are_others() -> None:
    related = ARTICLE | {"isRelatedTo": [{"@type": "NewsArticle", "headline": "Autre"}]}
    listed = {"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Liste"}]}
    assert len(read(json.dumps(related), json.dumps(listed)).of(jsonld.ARTICLES)) == 1


def test_references_are_followed() -> None:
    graph = read(json.dumps({"@graph": [{"@id": "#a", "@type": "Person", "name": "Ada Roux"}]}))
    assert jsonld.text(graph.follow({"@id": "#a"})) == "Ada Roux"
    assert graph.follow({"@id": "#b"}) == {"@id": "#b"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"@list": [{"@type": "Person", "name": "Ada Roux"}]}, ["Ada Roux"]),
        ({"@type": "Role", "author": {"@type": "Person", "name": "Ada Roux"}}, ["Ada Roux"]),
        ({"@type": "Person", "name": ["Ada Roux", "Noé Vial"]}, ["Ada Roux", "Noé Vial"]),
        (1714737900, ["1714737900"]),
        ([12, True, None], []),
    ],
)
def test_what_a_value_says(value: object, said: list[str]) -> None:
    assert list(jsonld.texts(value)) == said


@pytest.mark.parametrize(
    "script", ["[" * 100_000, '{"a":' * 100_000, "{" * 50 + "}" * 50, "var x = 1", "]", "\x7f"]
)
def test_what_is_no_json_is_counted(script: str) -> None:
    graph = read(script)
    assert (graph.nodes, graph.broken) == ([], 1)


def test_deep_but_closed_json_ends() -> None:
    assert read("[" * 100_000 + "]" * 100_000).nodes == []


@pytest.mark.parametrize(
    ("said", "means"),
    [
        (True, True),
        ("True", True),
        ("http://schema.org/True", True),
        ("http://schema.org/False", False),
        ("FALSE", False),
        (False, False),
        ("peut-être", None),
        (None, None),
        ([], None),
    ],
)
def test_truth_in_all_its_spellings(said: object, means: bool | None) -> None:
    assert jsonld.truth(said) is means


@pytest.mark.parametrize("value", ["{{ page.author }}", "%AUTHOR%", "${x}", "null", "None", ""])
def test_placeholders_are_no_values(value: str) -> None:
    assert jsonld.text(value) == ""


wild = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "@id", "author", "name", "mainEntity", "x"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=30,
)


@given(wild)
def test_wild_json_never_raises(value: Any) -> None:  # noqa: ANN401 -- that is the point
    graph = read(json.dumps(value))
    for node in graph.nodes:
        jsonld.types(node)
        for inner in node.values():
            list(jsonld.texts(graph.follow(inner)))
            jsonld.truth(inner)


@given(st.text(max_size=200))
def test_wild_text_never_raises(text: str) -> None:
    jsonld.parse(text)


@pytest.mark.parametrize(
    ("said", "odd"),
    [
        ('"wordCount": NaN', True),
        ('"datePublished": 1e999', True),
        ('"wordCount": ' + "9" * 10_000, True),
        ('"headline": {"a": []}', True),
        ('"headline": ["Le bac repart"], "wordCount": 812, "commentCount": "3"', False),
    ],
)
def test_values_of_a_kind_that_cannot_be_are_noticed(said: str, *, odd: bool) -> None:
    assert jsonld.is_odd(jsonld.parse(f'{{"@type": "NewsArticle", {said}}}')) is odd
