"""The step that archives a page without its readers' comments, where the configuration says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from crawler.extract.cleaned import cleaned
from crawler.items import Page

if TYPE_CHECKING:
    from crawler.items import Fetch

T = TypeVar("T", bound="Page | Fetch")


class ArchivePipeline:
    """Hands a page to the archive once its comments are cut: ``archive.comments = "strip"``."""

    def process_item(self, item: T) -> T:
        """The item as it is."""
        if isinstance(item, Page) and item.fetch and item.fetch.record and item.fetch.record.write:
            item.fetch.record.write(cleaned(item.tree))
        return item
