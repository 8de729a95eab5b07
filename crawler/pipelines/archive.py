"""The step that archives a page without its readers' comments, where the configuration says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from crawler.extract import heavy
from crawler.extract.cleaned import cleaned
from crawler.items import Page

if TYPE_CHECKING:
    from crawler.items import Fetch

T = TypeVar("T", bound="Page | Fetch")


class ArchivePipeline:
    """Hands a page to the archive once its comments are cut: ``archive.comments = "strip"``."""

    async def process_item(self, item: T) -> T:
        """The item as it is."""
        fetch = item.fetch if isinstance(item, Page) else None
        if isinstance(item, Page) and fetch and fetch.record and fetch.record.write and not fetch.is_reserved:
            fetch.record.write(await heavy.run(item.size, cleaned, item.tree))
        return item
