"""From HTML to values: ``from crawler.extract import read`` reads any French news page, without Scrapy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crawler.extract import boilerplate, comments
from crawler.extract.article import read_page
from crawler.extract.tree import parse
from crawler.items import Article, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.sources.declaration import Rules

__all__ = ["read", "read_page"]


def read(
    html: bytes,
    url: str,
    *,
    fetched_at: datetime | None = None,
    headers: Mapping[str, str] | None = None,
    rules: Rules | None = None,
    timezone: str = "Europe/Paris",
    outlet: str = "",
) -> Article:
    """Read an article page.

    :param html: the bytes of the response, decompressed, not decoded
    :param url: the address that answered
    :param fetched_at: when, aware; relative dates (« il y a 3 heures ») need it; now if not given
    :param headers: of the response, names in lower case
    :param rules: the declared layout of the source, if any; the generic reader needs none
    :param timezone: of dates that name none
    :param outlet: the newspaper's name, to be kept out of titles and authors
    :raises NotAnArticle: the page is something else; its ``kind`` and ``reason`` say what
    """
    tree, flags = parse(html, headers)
    page = Page(
        url=url,
        fetched_at=fetched_at or datetime.now(UTC),
        tree=tree,
        headers=headers or {},
        rules=rules,
        timezone=timezone,
        outlet=outlet,
        flags=flags,
    )
    comments.cut(page)
    boilerplate.cut(page)
    return read_page(page)
