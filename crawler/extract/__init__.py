"""From HTML to values: ``from crawler.extract import read`` reads any French news page, without Scrapy.

What a page passes, in this order; behind a step the modules that serve it most::

    tree              bytes → one bounded parse          decode (bytes → characters)
    shape             its text, headline, names          markup (what names say), vocabulary (their words)
    comments          readers' comments are cut          threads (a first look), unmarked (told by their
                                                         lines), entries, alike, readers (those lines),
                                                         spans
    boilerplate       bars, links, calls → page.aside
    article           page → Article, in three steps:
      metadata        all that is not text
        signals       what the page says, gathered once  jsonld, state (an app's data), hinted (lines below)
        title                                            large (a line above the text that nothing names)
        chronology    when                               datelines (which lines tell it), dates, dateshapes
                                                         (text → instant), moments (one beside another)
        authors       who                                introductions (« Par »), authormarks (class, rel),
                                                         namelines (names alone), people (who is one), agency
        topics, tags, counts (of comments), access
      body            lead and paragraphs                heading (where the headline stands), lead
        generic       the box of the article             parts (of the text outside it), places
        sift          block by block, in or out          wording (by words), pictures (captions), embeds
                                                         (messages), summaries and calls (by boxes)
        endings       where the text ends
        repeated      what it says twice
      kind            is it an article at all?           walls (robots, consent, errors)

Shared: ``blocks`` (a tree as runs of text) and ``walk`` (which makes them), ``inline``, ``lines`` (as
readers see them), ``texts`` (measured, compared), ``whitespace``, ``phrases`` and ``bylines`` (what pages
say of themselves), ``cards`` (boxes of other articles), ``rules`` (declared XPath), ``addresses``.

Other files than articles: ``feeds`` and ``sitemaps`` (both ``listed``), ``links``, ``head`` (of a home
page), ``notices`` (to robots), ``cleaned`` (for the archive). ``heavy`` says on which thread a step runs.
"""

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
    :raises TypeError: the page is no bytes
    """
    if not isinstance(html, bytes):  # its charset is found out here: « response.content », not « .text »
        raise TypeError(f"html: the bytes of the response are needed, not {type(html).__name__}")
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
