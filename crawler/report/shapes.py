"""The pieces of a web page: everything that is given is escaped here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.corpus.snippets import Marked

WIDTH: Final = 720
HEIGHT: Final = 160
LABELS: Final = 8
"""Of a timeline, about as many dates as fit on a phone."""


def figures(values: Mapping[str, str]) -> str:
    """A few numbers, large."""
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in values.items()
    )
    return f'<dl class="figures">{pairs}</dl>'


def table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table: a column whose name begins with # holds numbers, one without a name bars, NUL and 0 to 1."""
    head = "".join(
        _cell("th", name.lstrip("#"), number=name.startswith("#"), bar=name == " ") for name in columns
    )
    body = "".join(
        "<tr>"
        + "".join(
            _cell("td", cell, number=name.startswith("#"), bar=name == " ")
            for name, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(tag: str, text: str, *, number: bool, bar: bool) -> str:
    if bar:
        meter = f'<meter min="0" max="1" value="{float(text[1:])}"></meter>' if text.startswith("\0") else ""
        return f'<{tag} class="wide">{meter}</{tag}>'
    kind = ' class="n"' if number else ""
    return f"<{tag}{kind}>{escape(text)}</{tag}>"


def items(words: Sequence[tuple[str, str]]) -> str:
    """Words in a cloud of equals, each with a note that shows when it is pointed at."""
    return (
        '<ul class="words">'
        + "".join(f'<li title="{escape(note)}">{escape(word)}</li>' for word, note in words)
        + "</ul>"
    )


def marked(pieces: Marked) -> str:
    """A passage with the words of the query marked."""
    return "".join(f"<mark>{escape(text)}</mark>" if is_word else escape(text) for text, is_word in pieces)


def linked(url: str, inner: str) -> str:
    """A link, if the address is one of the web: no other scheme becomes something to click."""
    if not url.lower().startswith(("http://", "https://")):
        return inner
    return f'<a href="{escape(url)}" rel="noopener noreferrer nofollow">{inner}</a>'


def timeline(values: Sequence[tuple[str, int]], caption: str) -> str:
    """Bars over time; each says its number when it is pointed at, and to those who listen."""
    most = max((value for _, value in values), default=0)
    if not most:
        return f'<p class="quiet">{escape(caption)}</p>'
    step = WIDTH / len(values)
    bars = "".join(
        f'<rect x="{place * step:.2f}" y="{HEIGHT - HEIGHT * value / most:.2f}" width="{step * 0.85:.2f}" '
        f'height="{HEIGHT * value / most:.2f}"><title>{escape(bucket)}: {value:,}</title></rect>'
        for place, (bucket, value) in enumerate(values)
    )
    every = max(len(values) // LABELS, 1)
    dates = "".join(
        f'<text x="{place * step:.2f}" y="{HEIGHT + 16}">{escape(bucket)}</text>'
        for place, (bucket, _) in enumerate(values)
        if place % every == 0 and place * step < WIDTH - 40
    )
    return (
        f'<figure><svg viewBox="0 -14 {WIDTH} {HEIGHT + 34}" role="img" aria-label="{escape(caption)}">'
        f'<text x="0" y="-3">{most:,}</text>{bars}{dates}</svg>'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )
