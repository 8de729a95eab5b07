"""Messages of other people that a text shows, where no name says so: a quotation that an account signs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.extract.vocabulary import Says

if TYPE_CHECKING:
    from crawler.extract.blocks import Block

_DASHES: Final = frozenset("—–-")
_ACCOUNT = re.compile(r"[—–-] ?[^.!?@]{1,80} \(@\w{1,30}\)")
"""« — Ada Roux (@adaroux) March 12, 2024 »: how the services that give the markup of a message sign it."""


def name(blocks: list[Block]) -> None:
    """Mark the blocks of quotations that end with the name of an account."""
    for last, block in enumerate(blocks):
        if block.text[0] not in _DASHES or not _ACCOUNT.match(block.text):
            continue
        quote = next(block.element.iterancestors("blockquote"), block.element)
        for index in range(last, -1, -1):
            one = blocks[index]
            if one.says & Says.EMBED or not (quote is one.element or quote in one.element.iterancestors()):
                break
            one.says |= Says.EMBED
