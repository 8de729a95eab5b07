"""News pages of real weight for the crawl benchmark: our own prose in the markup of a newspaper's site.

The sentences are those of the bundled newspapers, drawn anew for every page and mixed with sentences that no
other page has, so that no two texts are alike. What surrounds them has the shape of real pages of 60 to
150 kB (medians of 44 French ones: 100 kB, 750 elements, 131 links, 27 scripts, 26 metas, 10,000 characters of
text; of these pages: 107 kB, 930, 150, 25, 20 and 12,000).
Page n is the same on every machine and in every run.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, Final

from benchmarks import crawl_blocks as blocks
from benchmarks.crawl_layouts import LAYOUTS
from benchmarks.crawl_markup import CONSENT, FOOTER, LOADER, MENU
from crawler.demo.server import NEWSPAPERS

SIZES: Final = (60_000, 150_000)
WORD: Final = re.compile(r"\b[a-zà-ÿ]{4,}\b")
FIRST_DAY: Final = datetime(2026, 1, 5, 5, 0, tzinfo=UTC)
STARTS: Final = (
    "Mont",
    "Val",
    "Roche",
    "Saint-",
    "Bourg",
    "Ville",
    "Pont",
    "Fonte",
    "Haute",
    "Clair",
    "Aigue",
)
ENDS: Final = (
    "ravel",
    "orne",
    "mire",
    "aubry",
    "cendre",
    "vert",
    "lune",
    "brac",
    "noit",
    "ganne",
    "fort",
    "sauve",
)
GIVEN: Final = (
    "Solène",
    "Malik",
    "Agathe",
    "Corentin",
    "Inès",
    "Basile",
    "Yasmine",
    "Octave",
    "Lison",
    "Idriss",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """One page: where it is, what its article says, and its bytes."""

    path: str
    title: str
    lead: str
    body: list[str] = field(repr=False)
    html: bytes = field(repr=False)


@cache
def articles() -> list[dict[str, Any]]:
    """The articles of the bundled newspapers."""
    return list(json.loads((NEWSPAPERS / "expected.json").read_text("utf-8")))


@cache
def sentences() -> list[str]:
    """Their sentences: whole ones, without quotation marks that another sentence would have to close."""
    text = " ".join(paragraph for article in articles() for paragraph in article["body"])
    found = re.split(r"(?<=[a-zà-ÿ0-9][.!?]) (?=[A-ZÀ-Ý])", text)
    return [part for part in found if 60 <= len(part) <= 320 and not re.search('[«»"“”]', part)]


@cache
def words() -> list[str]:
    """The words of those sentences, each as often as it stands there."""
    return [word for sentence in sentences() for word in WORD.findall(sentence)]


def path(number: int) -> str:
    """Where page n is."""
    about = articles()[number % len(articles())]
    return f"/{_when(number):%Y/%m/%d}/{blocks.slug(about['title'])}-{number:06}.html"


def page(number: int) -> News:
    """Page n."""
    chance = random.Random(number)
    about = articles()[number % len(articles())]
    title = f"{about['title']} : le cas de {_place(chance)}, dossier {number}"
    lead = f"{chance.choice(sentences())} {_own(chance, number)}"
    body = [_paragraph(chance, number) for _ in range(chance.randint(6, 16))]
    author = f"{chance.choice(GIVEN)} {_place(chance).removeprefix('Saint-').title()}"
    said = {"path": path(number), "title": title, "lead": lead, "author": author, "when": _when(number)}
    said |= {"section": about["section"] or "Société", "tags": about["tags"]}
    html = _weigh(chance, said, body)
    return News(path=path(number), title=title, lead=lead, body=body, html=html)


def _when(number: int) -> datetime:
    return FIRST_DAY + timedelta(minutes=97 * number)


def _place(chance: random.Random) -> str:
    return chance.choice(STARTS) + chance.choice(ENDS)


def _own(chance: random.Random, number: int) -> str:
    """A sentence that no other page has."""
    return (
        f"À {_place(chance)}, {chance.randint(2, 9_000)} signalements ont été étudiés par l'équipe de "
        f"{_place(chance)} sous le numéro {number}-{chance.randint(10, 99)}."
    )


def _paragraph(chance: random.Random, number: int) -> str:
    drawn = chance.sample(sentences(), chance.randint(1, 3))
    return " ".join(_reworded(chance, sentence) for sentence in (*drawn, _own(chance, number)))


def _reworded(chance: random.Random, sentence: str) -> str:
    """A sentence with other words: articles that copy nothing have next to no four words in common."""
    return WORD.sub(lambda _: chance.choice(words()), sentence)


def _weigh(chance: random.Random, said: dict[str, Any], body: list[str]) -> bytes:
    """The whole page, with as many lists, comments and scripts around its article as its weight asks for."""
    target = chance.randint(*SIZES)
    layout = chance.choice(LAYOUTS)
    before = (layout.head(chance, said), CONSENT, LOADER, MENU)
    article = layout.article(chance, said, body)
    size = sum(len(part.encode()) for part in (*before, article, FOOTER)) + 1_000
    cards: list[str] = []
    comments: list[str] = []
    scripts: list[str] = []
    while size < target:
        entries, draw = chance.choices(
            ((cards, blocks.card), (comments, layout.comment), (scripts, blocks.state)), (5, 3, 3)
        )[0]
        entries.append(draw(chance, articles()))
        size += len(entries[-1].encode())
    thread = layout.thread(comments)
    below, beside = "".join(cards[::2]), "".join(cards[1::2])
    related = f'<section class="related"><h2>À lire aussi</h2><ul class="cards">{below}</ul></section>'
    column = f'<aside class="sidebar"><h2>Les plus lus</h2><ul class="cards">{beside}</ul></aside>'
    main = (
        '<div class="site"><div class="site__inner"><main class="layout"><div class="layout__main">'
        f'<div class="block">{article}{related}{thread}</div></div>{column}</main></div></div>'
    )
    return "\n".join((*before, main, *scripts, FOOTER)).encode()
