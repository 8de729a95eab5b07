"""How well the corpus's layouts are read with other texts in them: ``python benchmarks/swaps.py``.

Each layout was only seen with one text. Here the paragraphs of a page make room for those of another one, as
many as they are, or few, or cut into sentences, or under subheads or questions; or the text stays, and a box
that stands beside the text of another page is set into it, or the comments of another page below three of its
paragraphs, once without the names of their elements. All else is as the site has made it.

``found`` is the share of the paragraphs' characters that is read, ``clean`` the share of readings in which
no line is read that neither the new text has nor the unchanged page gives; below comments, the share in which
none of them is read. ``--check`` measures this reader
alone and ends with 1 when a figure is below floors.toml, which only goes up.
"""

from __future__ import annotations

import random
import re
import sys
from copy import deepcopy
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any, Final, cast

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from lxml import etree, html  # noqa: E402

from benchmarks import extraction  # noqa: E402
from benchmarks.extraction import squash  # noqa: E402
from crawler.extract.decode import decode  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.extraction import Reader

    Texts = dict[str, list[str]]
    Draw = random.Random
    Part = tuple[str, str]  # the tag of a paragraph ("" for that of the page's own), and its text

DRAWS: Final = 2  # of each layout and swap
PROSE: Final = 80  # characters of a paragraph; what is shorter is a subhead or part of a list
ALIGNED: Final = 0.97  # the share of the gold text of which the elements are known, at least
BOXES: Final = frozenset({"div", "section", "aside", "ul", "nav"})
NAMES: Final = frozenset({"class", "id", "itemprop", "itemtype", "role"})
BOX: Final = range(40, 7000)  # characters of a box beside a text
SAID: Final = 12  # characters of a comment that no article has too
QUESTIONS: Final = (
    "Que faire ?",
    "Pourquoi maintenant ?",
    "Comment travaillez-vous avec les plateformes ?",
    "Avez-vous des chiffres ?",
    "Peut-on parler d’échec ?",
    "Et ailleurs en Europe ?",
)
_SENTENCES: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÉ«])")
_BODY: Final = re.compile(r'("articleBody"\s*:\s*)"(?:[^"\\]|\\.)*"')


def whole(texts: Texts, draw: Draw) -> list[Part]:
    """Another text."""
    return [("", text) for text in draw.choice(list(texts.values()))]


def one(texts: Texts, draw: Draw) -> list[Part]:
    """A paragraph."""
    return draw.sample(whole(texts, draw), 1)


def three(texts: Texts, draw: Draw) -> list[Part]:
    """Three paragraphs."""
    return draw.sample(whole(texts, draw), 3)


def sentences(texts: Texts, draw: Draw) -> list[Part]:
    """A paragraph for each sentence."""
    every = (part for _, text in whole(texts, draw) for part in _SENTENCES.split(text))
    return [("", text) for text in every if len(text) > 30]


def eight(texts: Texts, draw: Draw) -> list[Part]:
    """Eight texts, one after the other."""
    return [("", text) for key in draw.sample(list(texts), 8) for text in texts[key]]


def subheads(texts: Texts, draw: Draw) -> list[Part]:
    """A subhead above each second paragraph: its first words."""
    parts = whole(texts, draw)
    heads = [("h2", " ".join(text.split()[:4]).strip(" ,.«»")) for _, text in parts]
    return [part for i, pair in enumerate(zip(heads, parts, strict=True)) for part in pair[i % 2 == 0 :]]


def questions(texts: Texts, draw: Draw) -> list[Part]:
    """A question in bold above each paragraph, as in an interview."""
    asked = [("strong", text) for text in draw.sample(QUESTIONS, len(QUESTIONS))]
    return [part for pair in zip(asked, whole(texts, draw), strict=False) for part in pair]


SWAPS: Final[dict[str, Callable[[Texts, Draw], list[Part]]]] = {
    swap.__name__: swap for swap in (whole, one, three, sentences, eight, subheads, questions)
}


class Layout:
    """A page, and which of its elements hold the paragraphs of its gold text.

    :ivar prose: indices of those elements among all, in reading order
    :ivar others: the same of subheads and parts of lists
    :ivar comments: the elements of its readers' comments, whose texts are in ``said``
    """

    def __init__(self, record: dict[str, Any], page: bytes) -> None:
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(page).text)
        self.url, self.tree = record["url"], html.document_fromstring(text)
        self.elements: list[Any] = list(self.tree.iter())
        self.gold = [text for text in record["body"].split("\n") if squash(text)]
        around = (record["title"], record["lead"] or "", *record["optional"])
        self.around = [said for text in around if (said := squash(text))]
        held = self._held({squash(text) for text in self.gold})
        self.prose = [held[squash(text)] for text in self.gold if squash(text) in held and len(text) >= PROSE]
        self.others = [held[squash(text)] for text in self.gold if squash(text) in held and len(text) < PROSE]
        path = record.get("comment_xpath")
        found = self.tree.xpath(path) if record["has_comments"] and path else []
        self.comments = cast("list[html.HtmlElement]", found)
        self.said: list[str] = record["comments"]
        known = sum(len(text) for text in self.gold if squash(text) in held)
        self.is_known = known >= ALIGNED * sum(map(len, self.gold)) and len(self.prose) > 1

    def _held(self, wanted: set[str]) -> dict[str, int]:
        """The first element that holds each of some texts and nothing else: the innermost block."""
        found: dict[str, int] = {}
        for index, element in enumerate(self.elements):
            if element.tag not in {"p", "h2", "h3", "h4", "h5", "li", "blockquote", "div", "dd", "dt"}:
                continue
            text = squash(element.text_content()) if len(element) < 40 else ""
            if text in wanted and (text not in found or element.getparent() is self.elements[found[text]]):
                found[text] = index
        return found

    def filled(self, parts: list[Part], below: html.HtmlElement | None = None) -> bytes:
        """The page with another text, and a box below it."""
        tree = deepcopy(self.tree)
        elements = list(tree.iter())
        prose = [elements[index] for index in self.prose]
        made, last = deepcopy(prose[1]), prose[0]
        made.tail = None
        for index in self.others:
            _drop(elements[index])
        for number, (tag, text) in enumerate(parts):
            if number < len(prose):
                element = prose[number]
            else:
                element = deepcopy(made)
                last.addnext(element)
            _fill(element, tag, text)
            last = element
        for element in prose[len(parts) :]:
            _drop(element)
        if below is not None:
            last.tail, below.tail = None, last.tail
            last.addnext(below)
        said = _quoted("\n".join(text for _, text in parts))
        for script in tree.iter("script"):
            script.text = _BODY.sub(lambda found: found[1] + said, script.text or "")
            if any(text[5:45] in script.text for text in self.gold[1:3]):
                script.text = ""  # the state of an app, with the old text
        return bytes(etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>"))

    def beside(self, box: html.HtmlElement, *, amid: bool) -> bytes:
        """The page with a box after its text, or amid it."""
        tree = deepcopy(self.tree)
        at = self.prose[len(self.prose) // 2] if amid else self.prose[-1]
        element, other = list(tree.iter())[at], deepcopy(box)
        element.tail, other.tail = None, element.tail
        element.addnext(other)
        return bytes(etree.tostring(tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>"))

    def thread(self, *, named: bool) -> html.HtmlElement:
        """The largest box around the comments that holds nothing of the text."""
        inside = {one for index in self.prose for one in _path(self.elements[index])}
        thread = deepcopy(next(one for one in _path(self.comments[0]) if one.getparent() in inside))
        for element in () if named else thread.iter(etree.Element):
            for name in NAMES.intersection(element.attrib):
                del element.attrib[name]
        return thread

    def boxes(self) -> Iterator[html.HtmlElement]:
        """The largest boxes that hold nothing of the text or what belongs to it."""
        inside = {one for index in (*self.prose, *self.others) for one in _path(self.elements[index])}
        for element in self.elements:
            if element.tag in BOXES and element not in inside and element.getparent() in inside:
                said = squash(element.text_content())
                if len(said) in BOX and not any(text in said for text in self.around):
                    yield element


def _quoted(text: str) -> str:
    """A string of JSON that may stand in a script."""
    return '"' + re.sub(r'["\\]', r"\\\g<0>", text).replace("</", r"<\/").replace("\n", r"\n") + '"'


def _path(element: html.HtmlElement) -> tuple[html.HtmlElement, ...]:
    return (element, *element.iterancestors())


def _fill(element: html.HtmlElement, tag: str, text: str) -> None:
    """Give an element another text."""
    element[:] = []
    element.text = text
    if tag == "strong":
        element.text, etree.SubElement(element, "strong").text = None, text
    elif tag:
        element.tag = tag
        element.attrib.clear()


def _drop(element: html.HtmlElement) -> None:
    """Take an element away, with the list or quotation that it leaves empty."""
    around = element.getparent()
    if around is None:
        return
    element.drop_tree()
    if around.tag in {"ul", "ol", "li", "blockquote"} and not around.text_content().strip():
        _drop(around)


def lines(text: str) -> list[str]:
    """The lines of what was read, as they are compared."""
    return [line for line in map(squash, text.split("\n")) if line]


def score(wanted: list[str], known: str, got: str) -> tuple[float, float]:
    """The share of some paragraphs that was read, and whether nothing else was but what is known."""
    read = squash(got)
    sizes = [(len(text), squash(text) in read) for text in wanted]
    allowed = known + squash(" ".join(wanted))
    clean = all(line in allowed for line in lines(got))
    return sum(size for size, found in sizes if found) / sum(size for size, _ in sizes), float(clean)


def measure(layouts: dict[str, Layout], read: Reader) -> dict[str, dict[str, float]]:
    """The figures of one reader, by swap."""
    texts = {key: [one for one in layout.gold if len(one) >= PROSE] for key, layout in layouts.items()}
    texts = {key: found for key, found in texts.items() if len(found) > 3}
    boxes = [(key, box) for key, layout in layouts.items() for box in layout.boxes()]
    threads = [(key, layout) for key, layout in layouts.items() if layout.comments]
    scores: dict[str, list[tuple[float, float]]] = {}
    for key, layout in layouts.items():
        plain = etree.tostring(layout.tree, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")
        known = read(plain, layout.url)
        draw, lot = random.Random(key), random.Random(f"thread {key}")
        others = {name: found for name, found in texts.items() if name != key}
        for _ in range(DRAWS):
            for name, swap in SWAPS.items():
                parts = swap(others, draw)
                got = read(layout.filled(parts), layout.url)
                scores.setdefault(name, []).append(score([text for _, text in parts], squash(known), got))
            for name in ("box_after", "box_amid"):
                owner, box = draw.choice(boxes)
                if owner != key:
                    got = read(layout.beside(box, amid=name == "box_amid"), layout.url)
                    held = [text for text in layout.gold if squash(text) in squash(known)]
                    scores.setdefault(name, []).append(score(held, squash(known), got))
            for name in ("thread_below", "thread_nameless"):
                owner, other = lot.choice(threads)
                if owner != key:
                    parts = three(others, lot)
                    got = read(layout.filled(parts, other.thread(named=name == "thread_below")), layout.url)
                    found, _ = score([text for _, text in parts], "", got)
                    said = any(squash(text)[:40] in squash(got) for text in other.said if len(text) > SAID)
                    scores.setdefault(name, []).append((found, float(not said)))
    return {
        name: {"found": fmean(one for one, _ in found), "clean": fmean(two for _, two in found)}
        for name, found in scores.items()
    }


def main() -> int:
    readers = extraction.compared(__doc__)
    if not readers:
        return 0
    records, pages = extraction.corpus()
    full = [record for record in records if record["gold_kind"] == "full"]
    every = {record["id"]: Layout(record, pages[record["id"]][0]) for record in full}
    layouts = {key: layout for key, layout in every.items() if layout.is_known}
    figures = {name: measure(layouts, read) for name, read in readers.items()}
    print(f"{len(layouts)} layouts\n| swap | reader | found | clean |\n|---|---|---|---|")
    for swap in figures["hemero"]:
        for name, found in figures.items():
            print(f"| {swap} | {name} | {found[swap]['found']:.3f} | {found[swap]['clean']:.3f} |")
    failed = extraction.below({f"swap_{swap}": found for swap, found in figures["hemero"].items()})
    print("\n".join(["below the floor:", *failed]) if failed else "no figure is below its floor")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
