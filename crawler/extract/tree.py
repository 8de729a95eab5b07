"""One bounded parse of a page: what would cost minutes is cut before, what libxml2 drops is flagged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, cast

from lxml import etree
from lxml.html import HtmlComment, HtmlElement

from crawler.extract.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_BYTES: Final = 5_000_000
"""A page is parsed up to here: 5 MB of small tags cost 330 MB of memory and 3 s."""

MAX_TAG: Final = 8_000
"""A tag longer than this many bytes is looked into."""

MAX_VALUES: Final = 12_000
"""A page with more ``=`` than this is looked into too: the values of a monster tag may hold ``>``."""

MAX_ATTRIBUTES: Final = 300
"""Attributes kept on one tag: libxml2 compares each with all before it (40,000 of them cost 81 s)."""

TEASER: Final = 2
"""Paragraphs in a link around a headline: what has more is no teaser."""

MAX_TAGS: Final = 250_000
"""Tags of one page, opening and closing: each element costs memory many times its bytes."""

_ATTRIBUTE = re.compile(rb"""[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
_TAG = re.compile(
    rb"<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
    rb"|<(?:script|style)\b(?:[^<]++|<(?!/(?:script|style)))*+(?:</(?:script|style)|\Z)"
    rb"""|<[a-z][^\s/>]*+(?:[^>=]++|=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))?+)*+(?:>|\Z)""",
    re.IGNORECASE,
)
"""A comment, a script with what is in it, or a tag; each alternative goes on to the end rather than fail."""

_NESTED = re.compile(rb"(<[a-z][a-z0-9]{0,20}(?: [^<>]{0,80})?>\s{0,9})\1{99,}", re.IGNORECASE)
"""The same tag opened a hundred times in a row."""

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_NEWLINE = re.compile(r"\n\s*")
_TYPED = re.compile(  # Tailwind's name, or the style; what a pattern begins with in letters is found fast
    rb"""white(?:space-|-space:(?<=["'; ]white-space:) ?)pre-"""
)
_AS_TYPED: Final = etree.XPath(
    "//*[contains(@class, 'whitespace-pre-') or contains(@style, 'white-space')][not(self::pre)]"
)
_SCRIPT = re.compile(rb"<(/?)(?:script|style)\b", re.IGNORECASE)
_CLASSES = etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)


def parse(body: bytes, headers: Mapping[str, str] | None = None) -> tuple[HtmlElement, list[str]]:
    """The tree of a page and the flags that say what was odd or cut.

    :param body: the page as it was sent, decompressed
    :param headers: of the response, names in lower case; their charset counts
    """
    decoded = decode(body, headers)
    source, flags = decoded.body, decoded.flags
    if len(source) > MAX_BYTES:
        source = _without_long_scripts(source)
    if len(source) > MAX_BYTES:
        source = source[:MAX_BYTES].decode("utf-8", "ignore").encode()
        flags.append("truncated")
    if len(source) > 3 * MAX_TAGS and source.count(b"<") > MAX_TAGS:
        source = b"<".join(source.split(b"<", MAX_TAGS)[:MAX_TAGS])
        flags.append("truncated")
    source, cut = _without_monsters(source)
    if cut:
        flags.append("attributes-cut")
    parser = _parser(huge_tree=False)
    root = _parsed(source, parser)
    if "parser-limit" in _limits(parser):  # 256 levels: an XPath climbs them all for each node that it finds
        parser = _parser(huge_tree=True)
        root = _parsed(source, parser)
        if _NESTED.search(source):
            root = _parsed(_NESTED.sub(rb"\1", source), _parser(huge_tree=True))
    flags += _limits(parser)
    _lighten(root)
    _unlink(root)
    _break(root, source)
    return root, flags


_HEAD: Final = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})


def _parser(*, huge_tree: bool) -> etree.HTMLParser:
    """What parses one page, down to 256 levels of nesting or, as huge tree, to 2,048."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=huge_tree, remove_comments=True, remove_pis=True, collect_ids=False
    )
    parser.set_element_class_lookup(_CLASSES)
    return parser


def _limits(parser: etree.HTMLParser) -> list[str]:
    """What libxml2 cut or refused without raising."""
    seen = {(entry.level, entry.type) for entry in parser.error_log}
    found = ["parser-limit"] if any(level == etree.ErrorLevels.FATAL for level, _ in seen) else []
    return found + (
        ["characters"] if any(kind == etree.ErrorTypes.ERR_INVALID_CHAR for _, kind in seen) else []
    )


def _lighten(root: HtmlElement) -> None:
    """Take out what no step reads, drawings and styles, and gather all scripts in the head.

    So what is cut from the body takes no data with it, and no text is code.
    """
    etree.strip_elements(root, "svg", "style", "template", with_tail=False)
    head = root.find("head")
    if head is None:
        head = root.makeelement("head")
        root.insert(0, head)
    scripts = list(root.iter("script"))
    # the text after them stays; they live on in the list
    etree.strip_elements(root, "script", with_tail=False)
    head.extend(scripts)


def _unlink(root: HtmlElement) -> None:
    """Undo a link around a whole article: nobody closed it, and its text is no link's."""
    for heading in list(root.iter("h1")):
        for link in list(heading.iterancestors("a")):
            if len(link.findall(".//p")) > TEASER:
                link.drop_tag()


def _break(root: HtmlElement, source: bytes) -> None:
    """Break lines where a text that is shown as it was typed does: so plain texts part their paragraphs.

    Lines of a ``<pre>`` are as long as a terminal's: there only a blank one parts two paragraphs.
    """
    for typed in list(root.iter("pre")):
        _break_at(typed, _BLANK)
    if _TYPED.search(source):
        for typed in cast("list[HtmlElement]", _AS_TYPED(root)):
            _break_at(typed, _NEWLINE)


def _break_at(typed: HtmlElement, newline: re.Pattern[str]) -> None:
    """Set a ``<br>`` for each newline in what an element says itself."""
    for child in list(typed):
        first, *others = newline.split(child.tail or "")
        child.tail = None
        for part in reversed(others):
            child.addnext(_line(typed, part))
        child.tail = first
    first, *others = newline.split(typed.text or "")
    for part in reversed(others):
        typed.insert(0, _line(typed, part))
    typed.text = first


def _line(element: HtmlElement, text: str) -> HtmlElement:
    """A line break of the tree that an element is in, with the text after it."""
    line: HtmlElement = element.makeelement("br")
    line.tail = text
    return line


def _parsed(source: bytes, parser: etree.HTMLParser) -> HtmlElement:
    """The root of the page, with a body; an empty page has an empty one."""
    try:
        root = etree.fromstring(source, parser) if source and not source.isspace() else None
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        root = None
    if root is None:
        root = etree.fromstring(b"<html><body></body></html>", parser)
    if root.find("body") is None:
        # where a page writes no <body>, libxml2 leaves the elements that came with HTML5 in the head
        strays = [child for child in root.iterfind("head/*") if child.tag not in _HEAD]
        etree.SubElement(root, "body").extend(strays)
    return root


def _without_long_scripts(source: bytes) -> bytes:
    """The source without the scripts and styles of more than 64 kB."""
    kept, start, begin = [], 0, -1
    for found in _SCRIPT.finditer(source):
        if not found[1]:
            begin = found.start() if begin < 0 else begin
        elif begin >= 0:
            if found.start() - begin > 65_536:
                kept.append(source[start:begin])
                start = found.start()
            begin = -1
    return b"".join([*kept, source[start:]])


def _without_monsters(source: bytes) -> tuple[bytes, bool]:
    """The source with at most MAX_ATTRIBUTES attributes on any tag, and whether some were cut."""
    cut = False

    def shorten(found: re.Match[bytes]) -> bytes:
        nonlocal cut
        tag = found[0]
        if len(tag) < MAX_TAG or tag.lower().startswith((b"<!", b"<script", b"<style")):
            return tag
        kept = [
            part[0] for _, part in zip(range(MAX_ATTRIBUTES + 2), _ATTRIBUTE.finditer(tag, 1), strict=False)
        ]
        if len(kept) <= MAX_ATTRIBUTES + 1:
            return tag
        cut = True
        return b"<" + b" ".join(kept[: MAX_ATTRIBUTES + 1]) + b">"

    if source.count(b"=") < MAX_VALUES and not _has_long_tag(source):
        return source, False
    return _TAG.sub(shorten, source), cut


def _has_long_tag(source: bytes) -> bool:
    """Whether a stretch without ``>``, or without another ``<``, is a tag longer than any honest one."""
    for begin, end in _stretches(source, b">"):
        at = source.find(b"<", begin, end)
        if at >= 0 and end - at >= MAX_TAG and _most_attributes(source[at:end]) > MAX_ATTRIBUTES:
            return True
    for begin, end in _stretches(source, b"<"):  # its values hold ">"
        is_code = source[begin : begin + 6].lower().startswith((b"script", b"style", b"!"))
        tag = _TAG.match(source, begin - 1, end) if begin and not is_code else None
        if tag and len(tag[0]) >= MAX_TAG and _most_attributes(tag[0]) > MAX_ATTRIBUTES:
            return True
    return False


def _stretches(source: bytes, mark: bytes) -> Iterator[tuple[int, int]]:
    """Where the long stretches of a source begin and end that have no mark in them."""
    half, start, last = MAX_TAG // 2, 0, len(source) - MAX_TAG // 2
    while start < last:
        if source.find(mark, start, start + half) >= 0:
            start += half
            continue
        begin, end = source.rfind(mark, 0, start) + 1, source.find(mark, start)
        end = len(source) if end < 0 else end
        yield begin, end
        start = end


def _most_attributes(tag: bytes) -> int:
    """An upper bound of the attributes in a stretch of source, whatever parts them."""
    return len(tag.replace(b"/", b" ").split()) + tag.count(b'"') // 2 + tag.count(b"'") // 2
