"""The fifth step: what makes a text the same as one that is already held."""

from __future__ import annotations

from typing import TypeVar

from crawler.extract import heavy
from crawler.items import Article
from crawler.text import fingerprint

T = TypeVar("T")


class DuplicatesPipeline:
    """Fingerprints the text, by which the store knows a copy under another address of the same source.

    The store itself decides, in the transaction that writes: two copies may stand in one batch.
    """

    async def process_item(self, item: T) -> T:
        """The article with its fingerprint; anything else as it is."""
        if isinstance(item, Article):
            text = f"{item.title}\n\n{item.lead}\n\n{item.body}"
            item.digest = await heavy.run(len(text), fingerprint.digest, text)
        return item
