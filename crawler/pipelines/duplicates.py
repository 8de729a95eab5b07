"""The fifth step: what makes a text the same as one that is already held."""

from __future__ import annotations

from typing import TypeVar

from crawler.items import Article
from crawler.text import fingerprint

T = TypeVar("T")


class DuplicatesPipeline:
    """Fingerprints the text, by which the store knows a copy under another address of the same source.

    The store itself decides, in the transaction that writes: two copies may stand in one batch.
    """

    def process_item(self, item: T) -> T:
        """The article with its fingerprint; anything else as it is."""
        if isinstance(item, Article):
            item.digest = fingerprint.digest(f"{item.title}\n\n{item.lead}\n\n{item.body}")
        return item
