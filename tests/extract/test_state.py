"""What an app leaves in its page dates and signs the article that it shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.extract import read
from crawler.extract.cleaned import cleaned
from crawler.extract.tree import parse
from tests.extract.pages import PROSE

TITLE = "Le bac de Morvelle reprend du service"
STORY: dict[str, object] = {
    "title": TITLE,
    "publishedAt": "2024-09-03T05:51:00.000Z",
    "updatedAt": "2024-09-03T14:51:00.000Z",
    "authors": [{"name": "Ada Roux", "slug": "ada-roux"}, {"name": "Noé Vial"}],
}
OTHER = STORY | {"title": "Une autre histoire de bac", "publishedAt": "2024-08-01T05:00:00.000Z"}
TALK = {
    "author": "zut_77",
    "text": "Encore un bac payé par nos impôts.",
    "publishedAt": "2024-09-04T09:00:00Z",
}


def page(*stories: dict[str, object]) -> bytes:
    """A page that shows a day, with what an app leaves in it."""
    data = json.dumps({"props": {"pageProps": {"talk": [TALK], "stories": stories}}})
    return (
        f"<html lang='fr'><body><h1>{TITLE}</h1><p>3 septembre 2024</p><div>{PROSE}</div>"
        f"<script id='__NEXT_DATA__' type='application/json'>{data}</script></body></html>"
    ).encode()


@pytest.mark.parametrize("archived", [False, True])
def test_the_object_with_the_headline_says_when_and_who(*, archived: bool) -> None:
    body = page(OTHER, STORY)
    if archived:  # as it is kept where readers' comments are not
        body = cleaned(parse(body, {})[0])
        assert b"zut_77" not in body
    article = read(body, "https://lefleuve.example/article/le-bac-de-morvelle")
    assert article.published_at == datetime(2024, 9, 3, 5, 51, tzinfo=UTC)
    assert article.modified_at == datetime(2024, 9, 3, 14, 51, tzinfo=UTC)
    assert article.authors == ["Ada Roux", "Noé Vial"]


@pytest.mark.parametrize("story", [OTHER, STORY | {"publishedAt": 17}, STORY | {"title": "Le bac"}])
def test_no_other_object_does(story: dict[str, object]) -> None:
    article = read(page(story), "https://lefleuve.example/article/le-bac-de-morvelle")
    assert (article.published_signal, article.authors) == ("text", [])
