"""How reading time grows with the page: ``python benchmarks/growth.py``.

Pages of one shape in sizes that double from 1,000 to 16,000 parts: paragraphs, lines parted by ``<br>``,
links in lists, tables, teasers, articles, threads of comments with and without names, bylines, attributes,
nesting. For each, the CPU time of the largest page a part over that of a page of an eighth of it: 1 is
linear, 8 is quadratic.
``--check`` ends with 1 where a shape grows faster than LIMIT.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from typing import TYPE_CHECKING, Final

from crawler.errors import NotAnArticle
from crawler.extract import read

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES: Final = (1_000, 2_000, 4_000, 8_000, 16_000)
LIMIT: Final = 2.5  # caches of the processor that no longer hold the page cost up to 1.7; quadratic is 8
URL: Final = "https://www.journal.example/2026/03/04/un-article-qui-grandit-12345.html"
TEXT: Final = "La commune a décidé mardi de rouvrir la ligne, après trois ans de travaux. "
HEAD: Final = (
    "<html><head><title>La ligne rouvre après trois ans de travaux</title></head><body><article>"
    "<h1>La ligne rouvre après trois ans de travaux</h1><p>Par Ada Roux, le 4 mars 2026 à 10h30</p>"
)
BODY: Final = HEAD + f"<p>{TEXT * 3}</p>" * 5

SHAPES: Final[dict[str, Callable[[int], str]]] = {
    "paragraphs": lambda n: HEAD + "".join(f"<p>{i} {TEXT}</p>" for i in range(n)),
    "the same paragraph": lambda n: HEAD + f"<p>{TEXT}</p>" * n,
    "lines": lambda n: HEAD + "<div>" + "".join(f"{TEXT}{i}<br>" for i in range(n)) + "</div>",
    "one text": lambda n: HEAD + "<p>" + TEXT * n + "</p>",
    "inline elements": lambda n: HEAD + "<p>" + "".join(f"le <b>mot {i}</b> et " for i in range(n)) + "</p>",
    "headings": lambda n: HEAD + "".join(f"<h2>Point {i}</h2><p>{TEXT}</p>" for i in range(n // 2)),
    "headline words": lambda n: (
        "<title>Le bac repart lundi matin</title><p>" + "<b>Le</b> " * n + f"<p>{TEXT}"
    ),
    "boxes": lambda n: HEAD + "".join(f"<div><div><p>{i} {TEXT}</p></div></div>" for i in range(n)),
    "nested boxes": lambda n: BODY + (("<div>" * 500 + "a" + "</div>" * 500) * (n // 500)),
    "table": lambda n: BODY + "<table>" + f"<tr><td>{TEXT}</td><td>12</td></tr>" * n + "</table>",
    "links": lambda n: BODY + "<ul>" + '<li><a href="/a/b-c">Un autre sujet</a></li>' * n + "</ul>",
    "tags": lambda n: BODY + '<div class="tags">' + '<a href="/tag/rail">rail</a> ' * n + "</div>",
    "tags in boxes": lambda n: BODY + "<div>Tags : " + "<div><a href=/tag/a>Rail</a></div>" * n + "</div>",
    "teasers": lambda n: BODY + ("<div><h3><a href='/x'>Un titre</a></h3>" + f"<p>{TEXT}</p></div>") * n,
    "articles": lambda n: BODY + f"<article><h2><a href='/x'>Un titre</a></h2><p>{TEXT}</p></article>" * n,
    "invitations": lambda n: BODY + f"<div><p>À lire aussi</p><p>{TEXT}</p></div>" * n,
    "cells": lambda n: BODY + "<table>" + f"<tr><td>{TEXT}<br>12<td>{TEXT}</tr>" * n + "</table>",
    "asides": lambda n: BODY + '<div class="related"><a href="/x">À lire aussi</a></div>' * n,
    "asides in asides": lambda n: BODY + ('<div class="pub">' * 200 + "x" + "</div>" * 200) * (n // 200),
    "boxes to unfold": lambda n: HEAD + '<div class="read-more">' * (n // 40) + f"<p>{TEXT}</p>" * n,
    "names around a text": lambda n: HEAD + '<div class="comment">' * (n // 80) + f"<p>{TEXT}</p>" * n,
    "named comments": lambda n: BODY + "".join(_comment(i, 'class="comment"') for i in range(n)),
    "nameless comments": lambda n: BODY + "<h3>Commentaires</h3>" + "".join(map(_comment, range(n))),
    "thread headings": lambda n: BODY + "<p>Commentaires</p><p>il y a 2 jours</p>" * n,
    "comment words": lambda n: BODY + "<p>Réactions au débat, un commentaire du forum</p>" * n,
    "bylines": lambda n: BODY + "<p>Par Ada Roux, publié le 4 mars 2026</p>" * n,
    "dates": lambda n: HEAD + '<time datetime="2026-03-04T10:30:00Z">4 mars 2026</time> ' * n,
    "dates in boxes": lambda n: (
        HEAD + "<div>" * (n // 16) + '<time datetime="2026-03-04T10:30:00Z">4 mars 2026</time> ' * n
    ),
    "captions": lambda n: HEAD + f"<figure><figcaption>Photo : AFP</figcaption></figure><p>{TEXT}</p>" * n,
    "credits": lambda n: BODY + "<div><img src=/a>" + "<p>Vue du quai</p><p>(AFP / Roux)</p>" * n + "</div>",
    "forms": lambda n: BODY + f"<form>Recevez notre lettre <input></form>{TEXT}" * n,
    "boxed forms": lambda n: BODY + "<div><h3>Notre lettre</h3><form>Recevez <input></form></div>" * n,
    "sentences by the headline": lambda n: (
        HEAD + f"<p>{TEXT}</p>" * n + f"<section>{f'<p>{TEXT} Fin.</p>' * n}</section>"
    ),
    "walls": lambda n: BODY + "<p>Il vous reste 80 % à découvrir, abonnez-vous pour la suite</p>" * n,
    "classes": lambda n: BODY + "".join(f'<p class="a{i} b{i} share-{i}">{TEXT}</p>' for i in range(n)),
    "attributes": lambda n: BODY + "<p " + " ".join(f'data-a{i}="x"' for i in range(n)) + f">{TEXT}</p>",
    "metas": lambda n: (
        f"<meta property='article:tag' content='x'>{'<meta name=author content=Y>' * n}" + BODY
    ),
    "JSON-LD": lambda n: _data('{"@type": "Person", "name": "x"},' * n) + BODY,
    "nested JSON-LD": lambda n: _data('{"@graph": [' * n) + BODY,
    "open brackets": lambda n: BODY + "<" * n,
    "unclosed comments": lambda n: BODY + "<!-- -" * n,
    "quotes": lambda n: BODY + "<p title='" + '"' * n,
}


def _comment(number: int, names: str = "") -> str:
    return (
        f"<div {names}><p>lecteur{number} a écrit le 05/03/2026 à 09:1{number % 10} :</p><p>{TEXT}</p></div>"
    )


def _data(objects: str) -> str:
    return f'<script type="application/ld+json">{{"@graph": [{objects}]}}</script>'


def seconds(page: bytes, rounds: int) -> float:
    """The least CPU time that reading a page has taken."""
    least = float("inf")
    for _ in range(rounds):
        start = time.thread_time()
        with contextlib.suppress(NotAnArticle):  # an answer too, and it has cost its time
            read(page, URL)
        least = min(least, time.thread_time() - start)
    return least


def measure(shape: Callable[[int], str], sizes: tuple[int, ...]) -> list[float]:
    """The seconds that the pages of one shape take, by size; small ones are read more often."""
    return [seconds(shape(size).encode(), 3 if size < sizes[-1] else 2) for size in sizes]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="two sizes only; end with 1 beyond the limit")
    sizes = (SIZES[0], SIZES[-2]) if parser.parse_args().check else SIZES
    base = sizes.index(sizes[-1] // 8)
    print("CPU ms by parts".ljust(22) + "".join(f"{size:>10,}" for size in sizes) + "    growth")
    worst = 0.0
    for name, shape in SHAPES.items():
        took = measure(shape, sizes)
        growth = took[-1] / took[base] / 8
        worst = max(worst, growth)
        print(f"{name:22}" + "".join(f"{1000 * one:10.1f}" for one in took) + f"{growth:10.2f}", flush=True)
    print(f"worst growth {worst:.2f}, limit {LIMIT}")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main())
