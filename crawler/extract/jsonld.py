"""schema.org data in the JSON-LD scripts of a page, found however they are wrapped.

A witness and not an oracle: papers publish templates that nobody filled, outlets as persons, and broken JSON.
Everything is bounded: scripts in number and size, nesting, nodes looked at.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import orjson

from crawler.text.normalise import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

Node = dict[str, Any]

SCRIPTS: Final = 40  # a page; the most seen on a real one is 6
LARGEST: Final = 2_000_000  # characters of one script
NODES: Final = 2_000  # looked at on one page
MOMENT: Final = 1_000_000_000  # seconds or thousandths: a smaller number is no date of the web

ARTICLES: Final = frozenset({
    "Article", "NewsArticle", "AnalysisNewsArticle", "AskPublicNewsArticle",
    "BackgroundNewsArticle", "Report", "OpinionNewsArticle", "ReportageNewsArticle",
    "ReviewNewsArticle", "SatiricalArticle", "ScholarlyArticle", "BlogPosting", "LiveBlogPosting",
    "SocialMediaPosting", "TechArticle", "AdvertiserContentArticle", "Interview", "Review",
})  # fmt: skip
"""Types of https://schema.org/Article and its children, as a newspaper uses them."""
VIDEOS: Final = frozenset({"VideoObject", "Clip", "TVEpisode"})
AUDIO: Final = frozenset({"PodcastEpisode", "PodcastSeries", "RadioEpisode", "RadioSeries"})
OFFERS: Final = frozenset(
    {"Event", "Product", "Book", "JobPosting", "ContactPage", "AboutPage", "FAQPage", "Quiz"}
)
"""What a site sells, announces or says of itself."""
LISTS: Final = frozenset({"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage"})

_SAID: Final = ("headline", "datePublished", "dateModified", "wordCount", "commentCount")
_WRAPS: Final = ("@graph", "mainEntity", "mainEntityOfPage")  # what may hold the article
_TRAILING = re.compile(r",(?=\s*[}\]])")
_SHELL = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\]\]>\*/|;)\s*$"
)
_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{%|<%|\$\{|\[\[|^%[\w.]+%$|^#[\w.]+#$")
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|div|em|font|h[1-6]|i|img|li|mark|ol|p|q|s|small|span|strong|sub|sup|u|ul)"
    r"(?:[ /][^<>]{0,500})?>",
    re.IGNORECASE,
)
"""Markup that a system leaves in its data; what a page shows as ``<script>`` is text."""
_NOTHING: Final = frozenset({"null", "none", "undefined", "n/a", "false"})
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u2060\ufeff\ud800-\udfff]")


@dataclass(slots=True)
class Graph:
    """Every object of a page that stands where its article could stand."""

    nodes: list[Node] = field(default_factory=list)
    ids: dict[str, Node] = field(default_factory=dict)
    broken: int = 0  # scripts that no reading could save

    def of(self, kinds: Iterable[str]) -> list[Node]:
        """The objects of some types."""
        wanted = frozenset(kinds)
        return [node for node in self.nodes if not wanted.isdisjoint(types(node))]

    def follow(self, value: object) -> Any:  # noqa: ANN401 -- whatever stands behind the reference
        """The object a reference ``{"@id": …}`` points to; any other value as it is."""
        if isinstance(value, dict) and isinstance(key := value.get("@id"), str) and "name" not in value:
            return self.ids.get(key, value)
        return value


def read(scripts: Iterable[HtmlElement]) -> Graph:
    """The objects of the scripts of a page."""
    graph = Graph()
    for number, script in enumerate(scripts):
        text = script.text or ""
        if number >= SCRIPTS or not text.strip():
            continue
        value = parse(text)
        if value is None:
            graph.broken += 1
        else:
            _collect(value, graph)
    return graph


def parse(text: str) -> Any:  # noqa: ANN401 -- any JSON value
    """The value of a script's text, mended where it is mendable; None where it is not JSON at all."""
    if len(text) > LARGEST:
        return None
    try:
        return orjson.loads(text)
    except ValueError:
        pass
    text = _SHELL.sub("", _SHELL.sub("", text.lstrip("\ufeff"))).strip()
    escaped = "&quot;" in text and '"' not in text.replace("&quot;", "", 1)[:200].replace('\\"', "")
    mended = _TRAILING.sub("", text).replace("\\'", "'")  # PHP's « l\'eau » is no JSON
    for candidate in (html.unescape(text) if escaped else text, mended):
        try:
            return _LENIENT.raw_decode(candidate)[0]
        except (ValueError, RecursionError):
            continue
    return None


def _integer(digits: str) -> float:
    """A number of any length: Python refuses to read integers of more than 4,300 digits."""
    return float(digits[:400])


_LENIENT: Final = json.JSONDecoder(strict=False, parse_int=_integer)


def is_odd(node: Node) -> bool:
    """Whether an article's headline, date or count is an object, a list of such, or no finite number."""
    said = [node.get(name) for name in _SAID]
    parts = [part for value in said for part in (value if isinstance(value, list) else [value])]
    return any(
        isinstance(part, (dict, list)) or (isinstance(part, float) and not math.isfinite(part))
        for part in parts
    )


def types(node: Node) -> list[str]:
    """The types of an object, by their last name ("https://schema.org/NewsArticle" is "NewsArticle")."""
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return [
        item.rstrip("/").rpartition("/")[2].rpartition(":")[2] for item in values if isinstance(item, str)
    ]


def _collect(value: object, graph: Graph) -> None:
    """Add the objects of a script: those on top, in lists and in wrappers, never those in articles."""
    todo: deque[object] = deque([value])
    while todo and len(graph.nodes) < NODES:
        item = todo.popleft()
        if isinstance(item, list):
            todo.extendleft(reversed(item[:NODES]))
        elif isinstance(item, dict):
            graph.nodes.append(item)
            if isinstance(key := item.get("@id"), str):
                graph.ids.setdefault(key, item)
            todo.extend(item[name] for name in _WRAPS if isinstance(item.get(name), (dict, list)))


def texts(value: object) -> Iterator[str]:
    """The strings of a value that is a string, a moment, an object with a name, or a list of them."""
    todo: deque[object] = deque([value])
    for _ in range(NODES):
        if not todo:
            return
        item = todo.popleft()
        if isinstance(item, list):
            todo.extendleft(reversed(item[:NODES]))
        elif isinstance(item, dict):
            both = [item.get(part) for part in ("givenName", "familyName")]
            named = " ".join(part for part in both if isinstance(part, str))
            said = item.get("name") or item.get("@value") or item.get("headline") or named
            todo.appendleft(said or item.get("@list") or item.get("author"))  # the last in a Role
        elif isinstance(item, str) and (text := _bare(item)):
            yield text
        elif isinstance(item, int) and item >= MOMENT:
            yield str(item)


def text(value: object) -> str:
    """The first string of a value, or ""."""
    if isinstance(value, str):
        return _bare(value)
    return next(texts(value), "") if value else ""


def _bare(value: str) -> str:
    """A value without the markup that a system has left in it."""
    said = clean(value)
    return squeeze(_TAG.sub(" ", said)) if "<" in said else said


def clean(value: str) -> str:
    """A value with its entities resolved and its spaces single; "" where it is a template's placeholder."""
    if "&" in value:
        value = html.unescape(html.unescape(value))
    value = squeeze(value if value.isprintable() else _BAD.sub("", value))
    if len(value) < 10 and value.lower() in _NOTHING:
        return ""
    templated = "{" in value or "}}" in value or "<%" in value or "[[" in value or value[:1] in {"%", "#"}
    return "" if templated and _PLACEHOLDER.search(value) else value


def truth(value: object) -> bool | None:
    """A boolean in any of its spellings: true, "True", "http://schema.org/False"; None where it is none."""
    if isinstance(value, bool):
        return value
    word = value.strip().rstrip("/").rpartition("/")[2].lower() if isinstance(value, str) else str(value)
    return {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}.get(word)
