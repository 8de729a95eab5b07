"""What an app knows of its article: Next.js and its like leave in the page, as JSON, what they made it of.

Such a page often shows a day without an hour. Of all the objects there, the article's is the one that has the
headline for its title; the others are teasers, menus and readers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.extract import jsonld, lines
from crawler.text.normalise import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

NODES: Final = 20_000  # objects and lists that are looked at on one page
_TITLES: Final = ("title", "headline", "titre", "name")
_PUBLISHED: Final = (
    "datePublished", "publishedAt", "published_at", "publishDate", "publish_date", "publicationDate",
    "publication_date", "firstPublishedAt", "first_published_at", "publishedDate", "published",
)  # fmt: skip
_MODIFIED: Final = (
    "dateModified", "updatedAt", "updated_at", "modifiedAt", "modified_at", "updateDate", "lastModified",
)  # fmt: skip
_AUTHORS: Final = ("authors", "author", "auteurs")


def read(page: HtmlElement, scripts: Iterable[HtmlElement]) -> jsonld.Node:
    """The article of a page's state under the names of schema.org, or {}: headline, dates, authors."""
    for script in scripts:
        text = script.text or ""
        if script.get("type") != "application/json" or not any(name in text for name in _PUBLISHED):
            continue
        wanted = {_plain(title) for title in _headlines(page) if title.count(" ") > 1}
        if wanted and (found := _find(jsonld.parse(text), wanted)):
            return found
    return {}


def _headlines(page: HtmlElement) -> Iterator[str]:
    """What a page may call its article."""
    yield from (lines.line(element) for element in page.iter("h1"))
    yield from (one.get("content", "") for one in page.iter("meta") if one.get("property") == "og:title")


def _find(value: object, wanted: set[str]) -> jsonld.Node:
    """The first object that is titled so and dated, in the order of the page."""
    left = [value]
    for _ in range(NODES):
        if not left:
            break
        one = left.pop()
        if isinstance(one, dict) and (found := _article(one, wanted)):
            return found
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        left += [part for part in reversed(list(inner)) if isinstance(part, (dict, list))]
    return {}


def _article(node: jsonld.Node, wanted: set[str]) -> jsonld.Node:
    """An object that has one of the titles and a date, under the names of schema.org."""
    titles = (title for name in _TITLES if isinstance(title := node.get(name), str))
    title = next((title for title in titles if _plain(title) in wanted), "")
    published = _first(node, _PUBLISHED)
    if not title or not isinstance(published, str):
        return {}
    changed, authors = _first(node, _MODIFIED), _first(node, _AUTHORS)
    said = {"headline": title, "datePublished": published, "dateModified": changed, "author": authors}
    return {name: value for name, value in said.items() if value}


def _first(node: jsonld.Node, names: tuple[str, ...]) -> object:
    return next((node[name] for name in names if node.get(name)), None)


def _plain(title: str) -> str:
    """A title as it is compared."""
    return squeeze(jsonld.clean(title)).casefold()
