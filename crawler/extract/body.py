"""Lead and body of an article: the blocks of its box, each kept or left out for a reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from crawler.extract import (
    bylines,
    calls,
    embeds,
    endings,
    generic,
    heading,
    lead,
    parts,
    pictures,
    repeated,
    summaries,
)
from crawler.extract.rules import select
from crawler.extract.shape import shape_of
from crawler.extract.sift import Sieve
from crawler.extract.summaries import PROSE
from crawler.extract.texts import squash
from crawler.extract.walk import blocks_of
from crawler.extract.wording import END, LABEL
from crawler.items import Cut

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from crawler.extract.blocks import Block, Blocks
    from crawler.extract.metadata import Metadata
    from crawler.extract.shape import Shape
    from crawler.items import Page

AGREED: Final = 0.8
"""The share of the text on which a declared rule and the generic reader must agree."""

LABELS: Final = frozenset({"promotion", "link to another text", "title or author again"})
"""Why a line may be left out together with the box that it begins, unless it is a count: « 2/7 »."""

LINKS: Final = frozenset({"links only", "link to another text"})

ELSEWHERE: Final = LINKS | {"another article"}

UNDER: Final = "under a line left out"

AROUND: Final = 0.3
"""A box that holds this share of the prose is the article's own, whatever it begins with."""

FEW: Final = 2
"""Parts of a text under headings of one kind."""


@dataclass(slots=True)
class Text:
    """What was read: lead, paragraphs, the line under them, why other blocks of the box were left out."""

    lead: str = ""
    paragraphs: list[str] = field(default_factory=list)
    signature: str = ""  # the short line under the last paragraph, which may name who wrote it
    cuts: list[Cut] = field(default_factory=list)
    summaries: float = 0.0  # the share of the paragraphs that stand under a link, as those of a list do
    signal: str = "generic"
    lead_signal: str = "generic"


def read(page: Page, metadata: Metadata) -> Text:
    """Read lead and body of a page whose comments and boilerplate were cut.

    What the source declares is believed where it agrees with what the generic reader sees; where it does
    not, the generic reading is taken and ``page.flags`` names the rule: ``rules-body`` or ``rules-lead``.
    """
    shape = shape_of(page)
    headline = shape.title if not metadata.title else metadata.title_element
    blocks = _blocks(shape, headline)
    if blocks.cut:
        page.flags.append("blocks-cut")
    title = heading.find(blocks.items, headline, metadata)
    embeds.name(blocks.items)
    pictures.name(shape.body, blocks.items[title + 1 :], [metadata.title, metadata.description])
    witness = squash(metadata.article_body)
    generic.weigh(blocks, title, witness if len(witness) > 200 else "")
    kept, text = _keep(blocks, generic.main_box(blocks), title, metadata)
    kept = _declared_body(page, blocks.items, kept, text, metadata)
    _join(blocks.items, kept)
    found = _declared_lead(page, blocks.items, text) or lead.find(blocks.items, title, kept, metadata)
    text.summaries = summaries.share(blocks.items, title, kept)
    text.lead = lead.unlabelled(" ".join(blocks.items[i].text for i in found), metadata.description)
    begin = found[0] if found and found[0] in kept else -1  # a line above the lead is no text
    above = _points(blocks.items, [i for i in kept if i < begin])
    below = [i for i in kept if i not in found and i > begin]
    rest = repeated.once(blocks.items, above + below, text.lead)
    text.paragraphs = [blocks.items[index].text for index in endings.trimmed(blocks.items, rest)]
    return text


def _points(items: list[Block], above: list[int]) -> list[int]:
    """Those of some blocks above the lead that are the points of one list: what was decided, in short."""
    points = [i for i in above if items[i].tag == "li" and items[i].size > LABEL and not items[i].links]
    lists = {next(items[i].element.iterancestors("ul", "ol"), None) for i in points}
    return points if len(points) > 1 and len(lists) == 1 else []


def _blocks(shape: Shape, headline: HtmlElement | None) -> Blocks:
    """The blocks of a page; where the walk ends before the headline is reached, those of what holds it."""
    blocks = blocks_of(shape.body, headline, shape.said)
    if not blocks.cut or headline is None:
        return blocks
    holder = next(headline.iterancestors("article", "main"), None)
    if headline in blocks.elements or holder is None:
        return blocks
    return blocks_of(holder, headline, shape.said)


def _under(page: Page, path: str, items: list[Block]) -> list[int]:
    """The blocks that a declared XPath expression finds."""
    inside = {one for element in select(page.tree, path) for one in element.iter()}
    return [index for index, block in enumerate(items) if block.element in inside]


def _declared_body(
    page: Page, items: list[Block], kept: list[int], text: Text, metadata: Metadata
) -> list[int]:
    """The body by the source's rules if they agree with the generic reading, else that one."""
    if not page.rules or not page.rules.body:
        return kept
    sieve = Sieve(items, metadata)
    declared = [index for index in _under(page, page.rules.body, items) if not sieve.unwanted(index)]
    size, common = (sum(items[i].size for i in found) for found in (kept, set(kept) & set(declared)))
    if not declared or common < AGREED * size or sum(items[i].size for i in declared) > size / AGREED + 200:
        page.flags.append("rules-body")
        return kept
    text.signal = "rules"
    return declared


def _declared_lead(page: Page, items: list[Block], text: Text) -> list[int]:
    """The lead by the source's rules, if they find one."""
    if not page.rules or not page.rules.lead:
        return []
    found = _under(page, page.rules.lead, items)
    if not found or sum(items[i].size for i in found) > lead.LONGEST:
        page.flags.append("rules-lead")
        return []
    text.lead_signal = "rules"
    return found


def _keep(blocks: Blocks, box: int, title: int, metadata: Metadata) -> tuple[list[int], Text]:
    """The indices of the blocks of the body, in reading order, and why the others were left out."""
    items, text = blocks.items, Text()
    sieve = Sieve(items, metadata)
    kept, reasons = _sifted(blocks, box, title, sieve)
    labels = {index for index, why in reasons.items() if why in LABELS or why == "links only"}
    kept = [i for i in kept if i + 1 not in labels or not generic.heads_only(blocks, i, reasons)]
    kept = [i for i in kept if not (reasons.get(i + 1) in LINKS and _announces(items[i]))]
    kept = _listed(items, kept, reasons)
    heads = generic.among_links(blocks, kept, [i for i, why in reasons.items() if why in ELSEWHERE])
    reasons |= dict.fromkeys(heads, "heads links")
    kept = [i for i in kept if i not in heads]
    standing = _headed(items, sieve.places.settled(_restored(items, kept, reasons)), reasons)
    standing = endings.begun(items, standing, metadata.authors)
    settled = endings.trimmed(items, standing.copy(), metadata.authors)
    below = sorted(set(standing) - set(settled))[:1]
    text.signature = next((items[index].text for index in below if not items[index].is_heading), "")
    reasons |= dict.fromkeys(set(kept) - set(settled), "beside the text")
    for index in sorted(set(reasons) - set(settled)):
        begins = items[index].text
        text.cuts.append(
            Cut(step="boilerplate", why=reasons[index], words=begins.count(" ") + 1, begins=begins[:60])
        )
    return settled, text


def _sifted(blocks: Blocks, box: int, title: int, sieve: Sieve) -> tuple[list[int], dict[int, str]]:
    """Of the blocks of a box, and of those beside it, what may be text, and why the others are none."""
    items, inside, more = blocks.items, blocks.inside(box), parts.beside(blocks, box, title)
    others = generic.others(blocks, title) | calls.asking(blocks, box) | calls.inviting(blocks, box)
    others |= calls.announcing(blocks, box)
    end = endings.over(items, title + 1, generic.following(blocks, title))
    closed = related = range(0)  # of boxes, of blocks
    reasons: dict[int, str] = {}
    kept: list[int] = []
    for index in (i for i in range(title + 1, end) if items[i].box in inside or i in more):
        block = items[index]
        if block.box in others:
            reasons[index] = "another article"
            continue
        why = sieve.unwanted(index)
        if sieve.heads_links(index):
            related, why = _section(blocks, index, sieve, kept), "heads links"
        elif not why and index in related:
            if sieve.resumes(index, kept):
                related = range(0)
                kept += sieve.heading_over(index)
            else:
                why = "after a heading of links"
        if why in LABELS and not block.text[0].isdigit() and not bylines.is_sentence(block.text):
            closed = _begun(blocks, index, box) or closed
        elif not why and block.box in closed:
            why = UNDER
        if why:
            reasons[index] = why
        else:
            kept.append(index)
    return kept, reasons


def _announces(block: Block) -> bool:
    """Whether a line is a label of what follows it: « Sur ce sujet : »."""
    return block.size < LABEL and block.text.endswith(":") and not block.is_heading


def _restored(items: list[Block], kept: list[int], reasons: dict[int, str]) -> list[int]:
    """With what stands under lines left out, where it is most: each part of the article begins with one."""
    under = [index for index, why in reasons.items() if why == UNDER]
    told, more = (sum(items[index].size for index in some) for some in (kept, under))
    return sorted([*kept, *under]) if more > told else kept


def _headed(items: list[Block], kept: list[int], reasons: dict[int, str]) -> list[int]:
    """With the headings that are links, over parts of the text: the films, books or places that it is about.

    They stand among the paragraphs, and each has one below it.
    """
    links = {i for i, why in reasons.items() if why == "links only" and items[i].is_heading}
    if len(links) < FEW:
        return kept
    told = {i: items[i].element.getparent() for i in kept if items[i].weight > PROSE}
    around = {holder for i, holder in told.items() if i - 1 not in links}
    heads = {i for i in links if items[i].element.getparent() in around and i + 1 in told}
    heads = {i for i in heads if told[i + 1] is items[i].element.getparent()}
    return sorted([*kept, *heads]) if len(heads) >= FEW else kept


def _listed(items: list[Block], kept: list[int], reasons: dict[int, str]) -> list[int]:
    """With the links of lists that have as many items without one: some signatories have a page."""
    linked = {
        i: items[i].element.getparent() for i, why in reasons.items() if why in LINKS and items[i].tag == "li"
    }
    if not linked:
        return kept
    plain = Counter(items[i].element.getparent() for i in kept if items[i].tag == "li")
    links = Counter(linked.values())
    restored = {i for i, around in linked.items() if links[around] <= plain[around]}
    for index in restored:
        del reasons[index]
    return sorted([*kept, *restored])


def _section(blocks: Blocks, heading: int, sieve: Sieve, kept: list[int]) -> range:
    """The blocks among which a list of links to others may stand: a box with its heading, or all that follow.

    A box without links or with one, and links right below the heading, are it where the text goes on after.
    """
    items, after = blocks.items, range(heading + 1, len(blocks.items))
    own = blocks.begun_by(heading)
    section = blocks.inside(own or _next(blocks, heading))
    inside = list(takewhile(lambda index: items[index].box in section, after))
    if own and sum(items[index].linked > 0.5 for index in inside) > 1:
        return range(heading + 1, inside[-1] + 1)
    end = inside[-1] + 1 if inside else heading + 1
    if not own:
        end += len(list(takewhile(lambda one: one.linked > 0.5, items[end:])))
    if sieve.only_begins(end, kept) or (end > heading + 1 and sieve.goes_on(end, kept)):
        while end > heading + 1 and items[end - 1].is_heading and not items[end - 1].links:
            end -= 1  # a subhead of what goes on
        return range(heading + 1, end)
    return after


def _next(blocks: Blocks, index: int) -> int:
    """The box that follows a block in the box around it; that of the block itself where none does."""
    home = blocks.items[index].box
    box = blocks.items[index + 1].box if index + 1 < len(blocks.items) else home
    is_loose = box != home and box in blocks.inside(home)  # words in the box of all, in no paragraph
    around = home if is_loose else blocks.parents[home]
    while blocks.parents[box] > around:
        box = blocks.parents[box]
    return box if blocks.parents[box] == around else home


def _begun(blocks: Blocks, label: int, main: int) -> range:
    """The boxes that a line left out begins, if they do not hold the article too."""
    around = blocks.begun_by(label)
    small = blocks.masses[around] < AROUND * blocks.masses[main]
    return blocks.inside(around) if around and small else range(0)


def _join(items: list[Block], kept: list[int]) -> None:
    """Join what a ``<br>`` broke in the middle of a sentence."""
    if not any(items[index].broken for index in kept):
        return
    runs: list[list[int]] = []
    for index in kept:
        if runs and index == runs[-1][-1] + 1 and _goes_on(items[index - 1], items[index]):
            runs[-1].append(index)
        else:
            runs.append([index])
    for first, *others in runs:
        items[first].join([items[index] for index in others])
    kept[:] = [run[0] for run in runs]


def _goes_on(one: Block, two: Block) -> bool:
    """Whether a block ends in the middle of a sentence that the next one goes on with."""
    is_broken = one.broken and one.element is two.element
    return is_broken and not END.search(one.text) and two.text[:1].islower()
