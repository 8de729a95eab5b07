"""What the words of a block alone say against it: a byline, a credit, a form, a link, a call."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from crawler.extract import bylines, phrases, readers
from crawler.extract.vocabulary import Says

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block

END: Final = re.compile(r"[.!?…:;»\"”)\]]\W*$")
"""How a sentence ends: a line that does not is a label, a heading, or half a sentence."""

LONG: Final = 300
"""Characters of a paragraph: it is none of what TESTS look for, unless it is made of links."""

VOTE: Final = 30
"""Characters of what a poll lets its readers say."""

VOTES: Final = "ONSons"
"""What it begins with."""

_ANSWER = re.compile(r"(?:Oui|Non|Sans opinion|Ne se prononce(?:nt)? pas|NSP)\b[^.!?…»]*$", re.IGNORECASE)

HEADLINE: Final = 15
"""Characters of a headline."""

ASKED: Final = 80  # characters of a line that asks for comments

LABELLED: Final = 20  # characters of a label before links

LONGEST_LINK: Final = 200
"""Characters of a link that is a paragraph of its own, not the headline of another article."""

LABEL: Final = 40
"""Characters of a line that heads others."""

DASHES: Final = "—–-"
"""What stands between who or where and the text."""

QUOTES: Final = "«\"“”'‘’…–—-"
"""What a sentence may begin with."""

LINKED: Final = 0.3
"""A block that is a line of links has more than this share of its characters in them."""


FIELDS: Final = ("input", "select", "textarea")

_CODED = re.compile(
    r"\[/?\w+(?::\w|[^\]=_]*[=_])|\[(\w+)\][^\[\]]*\[/\1\]$|"
    r"\[(?:embed|youtube|dailymotion|vimeo|video|audio|gallery|soundcloud|tweet|twitter)\b[^\]]*\]$|"
    r"\{[^{}]*\}(?:[^{}]*\{[^{}]*\})?$|\{\{[^{}]*\}\}$|<[^<>]*>(?:[^<>]*<[^<>]*>)?$|"
    r"[^«»]*(?:[\w)]\.\w+\(|\(\) ?[{)]|\{ ?[\w.$-]+ ?[:(])[^«»]*[;}]$",
    re.IGNORECASE,
)
"""What a system did not read: « [galerie:12] », « {loadposition 4} », « googletag.cmd.push(…); »."""

_CHANNEL = re.compile(r"whatsapp\.com/channel|chat\.whatsapp\.|//news\.google\.\w+/(?:publications|s)/")
_BIDS = re.compile(r"(?!assez|chez|rendez)\w{3,}ez\b")


def _is_byline(block: Block, folded: str) -> bool:
    told = block.size < 200 and (block.says & Says.BYLINE or bylines.is_byline(block.text, folded))
    told = told or (block.size < LABEL and block.text[-1] in DASHES)  # « Brest, le 3 mai — »
    return bool(told or bylines.POSTED.match(folded))


def _is_credit(block: Block, folded: str) -> bool:
    return block.size < LONG and bool(bylines.CREDIT.match(folded))


def _is_form(block: Block, folded: str) -> bool:
    asks = block.size < ASKED and block.tag != "li" and not block.is_heading and readers.ASKS.match(folded)
    return bool(asks) or (block.size < LONG and bool(readers.FORM.match(folded)))


def _is_related(block: Block, folded: str) -> bool:
    invites = phrases.INVITATION.match(folded) and not folded.endswith(".")
    if block.size < 250 and (invites or block.text.startswith(">>")):
        return True
    return (block.linked > LINKED or block.size < LABEL) and block.relates


def _is_promotion(block: Block, folded: str) -> bool:
    if block.size < LONG and block.links and phrases.CALL.search(folded):
        return True
    if block.links and _BIDS.match(folded) and any(map(_is_channel, block.element.iter("a"))):
        return True  # « Suivez chaque jour nos informations … », with a link to the paper's channel
    if block.size >= LONG or not block.sells:
        return False
    if block.linked > LINKED or " nous " in folded:
        return True
    return not block.text.endswith("?")  # an interviewer may ask: « Soutenez … ? »


def bids(block: Block, outlet: str) -> bool:
    """Whether a line in bold or with a link asks to read or follow the paper it names."""
    told = block.size < LONG and outlet in block.text and (block.links or block.strong)
    return bool(told) and block.text[-1] != "?" and _BIDS.match(block.folded) is not None


def _is_channel(link: HtmlElement) -> bool:
    """Whether a link leads to a channel of messages, or to a paper's page in a list of news."""
    return _CHANNEL.search(link.get("href") or "") is not None


def _is_tool(block: Block, folded: str) -> bool:
    if block.text[-1] in "]};>" and _CODED.match(block.text):
        return True
    alone = block.size < LABEL and block.tag != "li" and not block.is_heading
    if alone and block.text[-1] == ":" and next(block.element.iter(*FIELDS), None) is not None:
        return True  # « Lien court : », before a field with the address
    return alone and folded.rstrip(" .:!?…»>›→]") in phrases.TOOLS


def _is_link(block: Block, _: str) -> bool:
    if block.linked <= 0.5:
        return False
    if block.size >= LONGEST_LINK:
        return block.linked > 0.95 and _has_links(block)
    text = block.text.rstrip(" .")
    if HEADLINE < len(text.partition(":")[2].strip()) <= block.links:  # a label, and what it leads to
        return True
    if block.linked <= 0.7:  # « Sur ce sujet », and the links glued to it
        labels = block.size - block.links <= LABELLED and not END.search(block.text)
        return labels and _has_links(block)
    pointed = not text[:1].isalnum() and text[:1] not in QUOTES  # « → », « > », « [ »
    return block.linked > 0.95 or pointed or not END.search(block.text)


def _has_links(block: Block) -> bool:
    return next(islice(block.element.iter("a"), 1, None), None) is not None


TESTS: Final[tuple[tuple[Callable[[Block, str], bool], str], ...]] = (
    (_is_byline, "byline"),
    (_is_credit, "credit"),
    (_is_form, "comment form"),
    (_is_related, "link to another text"),
    (_is_promotion, "promotion"),
    (_is_link, "links only"),
    (_is_tool, "tool"),
)


def is_of_poll(items: list[Block], index: int) -> bool:
    """Whether a block is the question of a poll or one of its answers: « Oui 62 % », « Non 38 % »."""
    block = items[index]
    if _answers(block):
        return any(map(_answers, (*items[max(0, index - 1) : index], *items[index + 1 : index + 2])))
    answers = items[index + 1 : index + 3] if block.text[-1] == "?" else ()
    return len(answers) > 1 and all(map(_answers, answers))


def _answers(block: Block) -> bool:
    return block.size < VOTE and _ANSWER.match(block.text) is not None
