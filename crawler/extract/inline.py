"""Elements within a paragraph: which they are, and when a sentence goes on around one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.extract.vocabulary import words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

INLINE: Final = words(
    "a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q rp rt ruby s samp small "
    "span strike strong sub sup time tt u var wbr picture img nobr td th"
)
"""Elements that do not end a paragraph; every other one does, and so does one that no standard knows, unless
a sentence goes on around it."""

REMARK: Final = 30
"""Characters of a sentence that stand around a name or date in it, or after its first words."""

_LETTER = re.compile(r"[^\W\d_]")


def text_before(element: HtmlElement) -> str:
    """The text right before an element, behind the one above it or at the beginning of their parent."""
    above, parent = element.getprevious(), element.getparent()
    return (above.tail if above is not None else parent.text if parent is not None else "") or ""


def is_amid(element: HtmlElement, least: int = 0) -> bool:
    """Whether a sentence goes on around an element.

    :param least: characters that it has before and after the element
    """
    after = (element.tail or "").strip()
    if not after:
        return False
    before, above = text_before(element).strip(), element.getprevious()
    if not before and above is not None and above.tag in INLINE:
        before = (above.text or "").strip()
    if len(before) + len(after) <= least:
        return False
    if not _LETTER.search(before):
        begins = after[0].islower() or (after[0] in "-–—" and (element.text or "").isupper())  # "PARIS — …"
        return begins and len(after) > REMARK
    if not _LETTER.search(after) and after[0] not in ".,;:!?)»…":
        return False
    return before[-1] not in ".!?…»" or not after[0].isupper()
