"""How well pages of unknown make are read, the corpus with its markup changed: ``benchmarks/variants.py``.

Each variant takes something away that a reader may lean on, or sets something beside the text, as real sites
do; the gold stays the same. Figures are those of extraction.py, beside trafilatura where it is installed.
``--check`` measures this reader alone and ends with 1 when a figure is below floors.toml, which only goes up.
"""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import extraction  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    Variant = Callable[[bytes], bytes]

COLUMNS: Final = ("f1", "worst_page", "lead_found", "without_absent", "comments_absent")
UTILITIES: Final = (
    b"flex grid mt-4 mb-2 px-4 w-full md:w-1/2 text-lg leading-7 border-b prose relative".split()
)

_NAMED = re.compile(rb"""\s(?:class|id|itemprop|itemtype|role|data-[a-z-]+)\s*=\s*(?:"[^"<>]*"|'[^'<>]*')""")
_CLASSES = re.compile(rb'(?i)\b(class\s*=\s*)"([^"]*)"')
_DATA = re.compile(rb"(?is)<meta [^>]*(?:property|name)[^>]*>|<script[^>]*ld.json.*?</script>")
_SECTIONS = re.compile(
    rb"(?i)<(/?)(?:article|section|main|aside|nav|footer|header|figure|figcaption|time)(?=[\s>])"
)
_CARD = (
    '<div><a href="/n/{0}"><img src="/{0}.jpg"></a><h2><a href="/n/{0}">Le bac {0} repart lundi matin</a>'
    "</h2><p>La mairie a voté jeudi soir une enveloppe en baisse, et la salle a protesté {0} fois.</p></div>"
)
_CARDS: Final = ("<div>" + "".join(map(_CARD.format, range(9))) + "</div>").encode()


def no_names(page: bytes) -> bytes:
    """As if every class, id, role and itemprop of the page were unknown."""
    return _NAMED.sub(b"", page)


def module_names(page: bytes) -> bytes:
    """Classes as a build of CSS modules writes them: ``Mod_articlebody__x9Yb0``."""
    draw = random.Random(len(page))

    def made(name: bytes) -> bytes:
        letters = re.sub(rb"[^A-Za-z]", b"", name)[:24]
        return b"Mod_" + letters + b"__" + "".join(draw.choices("abcXYZ0189", k=5)).encode()

    return _CLASSES.sub(lambda found: found[1] + b'"' + b" ".join(map(made, found[2].split())) + b'"', page)


def utility_names(page: bytes) -> bytes:
    """Classes that say how things look and nothing else, and no id."""
    draw = random.Random(len(page))
    bare = re.sub(rb'(?i)\sid\s*=\s*"[^"]*"', b"", page)
    return _CLASSES.sub(lambda found: found[1] + b'"' + b" ".join(draw.sample(UTILITIES, 4)) + b'"', bare)


def no_data(page: bytes) -> bytes:
    """Without metadata and JSON-LD."""
    return _DATA.sub(b"", page)


def no_headline(page: bytes) -> bytes:
    """The headline in no heading."""
    return re.sub(rb"(?i)<(/?)h1(?=[\s>])", rb"<\1div", page)


def no_headings(page: bytes) -> bytes:
    """No heading at all."""
    return re.sub(rb"(?i)<(/?)h[1-6](?=[\s>])", rb"<\1div", page)


def only_boxes(page: bytes) -> bytes:
    """Paragraphs and parts of the page in nameless boxes, as a page of 2005 or of a framework."""
    return re.sub(rb"(?i)<(/?)p(?=[\s>])", rb"<\1div", _SECTIONS.sub(rb"<\1div", no_names(page)))


def broken_lines(page: bytes) -> bytes:
    """Paragraphs parted by ``<br>``."""
    return re.sub(rb"(?i)</p>\s*<p[^>]*>", b"<br><br>", page)


def in_a_table(page: bytes) -> bytes:
    """The whole page in the cell of a table."""
    cell = rb"\1<table><tr><td>\2</td></tr></table>\3"
    return re.sub(rb"(?is)(<body[^>]*>)(.*)(</body>)", cell, page)


def cards_below(page: bytes) -> bytes:
    """Nine other articles below the text, in boxes that nothing names."""
    return re.sub(rb"(?i)</body>", lambda _: _CARDS + b"</body>", page, count=1)


def nothing_but_text(page: bytes) -> bytes:
    """Without names, metadata and the heading of the headline."""
    return no_data(no_headline(no_names(page)))


VARIANTS: Final[dict[str, Variant]] = {
    variant.__name__: variant
    for variant in (
        no_names,
        module_names,
        utility_names,
        no_data,
        no_headline,
        no_headings,
        only_boxes,
        broken_lines,
        in_a_table,
        cards_below,
        nothing_but_text,
    )
}


def main() -> int:
    readers = extraction.compared(__doc__)
    if not readers:
        return 0
    records, pages = extraction.corpus()
    print("| variant | reader | " + " | ".join(COLUMNS) + " |\n" + "|---" * (len(COLUMNS) + 2) + "|")
    figures: dict[str, dict[str, float]] = {}
    for name, variant in VARIANTS.items():
        changed = {key: (variant(page), url) for key, (page, url) in pages.items()}
        for reader, read in readers.items():
            found = extraction.quality(records, {key: read(*page) for key, page in changed.items()})
            print(f"| {name} | {reader} | " + " | ".join(f"{found[column]:.3f}" for column in COLUMNS) + " |")
            if reader == "hemero":
                figures[name] = found
    failed = extraction.below(figures)
    print("\n".join(["below the floor:", *failed]) if failed else "no figure is below its floor")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
