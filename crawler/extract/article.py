"""A page becomes an article: metadata, lead and body, or the reason why it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import crawler
from crawler.errors import NotAnArticle
from crawler.extract import body, kind, metadata, namelines
from crawler.items import Article
from crawler.text.language import detect

if TYPE_CHECKING:
    from crawler.extract.body import Text
    from crawler.extract.metadata import Metadata
    from crawler.items import Page


def read_page(page: Page) -> Article:
    """Read a page whose comments and boilerplate were cut.

    :raises NotAnArticle: it is a wall, a list, a page that says the article is gone, …
    """
    about = metadata.read(page)
    text = body.read(page, about)
    signature = text.signature
    if not (about.authors and about.published_at) and text.paragraphs and page.shape is not None:
        below = namelines.under(page.shape.body, text.paragraphs[-1])
        signature = signature or namelines.signature(below, page.shape.body)
        metadata.date_under(page, about, below)
    page.shape = None  # it holds what was cut, and the page may wait long for its batch
    bylines = (cut.begins for cut in text.cuts if cut.why == "byline")
    metadata.complete(about, text.paragraphs, signature, bylines, lead=text.lead)
    article = _article(page, about, text)
    try:
        kind.check(page, about, text.lead, text.paragraphs, text.summaries)
    except NotAnArticle as error:
        error.article = article
        raise
    return article


def _article(page: Page, about: Metadata, text: Text) -> Article:
    """The record of what was read."""
    full = "\n\n".join(text.paragraphs)
    counts = [count for count in (page.comment_count, about.comment_count) if count is not None]
    return Article(
        url=about.canonical or page.url,
        title=about.title,
        lead=text.lead,
        body=full,
        authors=about.authors,
        agency=about.agency,
        section=about.section,
        tags=about.tags,
        published_at=about.published_at,
        published_raw=about.published_raw,
        published_signal=about.published_signal,
        published_precision=about.published_precision,
        modified_at=about.modified_at,
        modified_raw=about.modified_raw,
        modified_signal=about.modified_signal,
        language=about.language or detect(full),
        access=about.access,
        truncated=about.truncated,
        comment_count=max(counts) if counts else None,
        words=sum(part.count(" ") + 1 for part in (text.lead, *text.paragraphs) if part),
        alternates=about.alternates,
        candidates=about.candidates,
        signals=about.signals | {"body": text.signal} | ({"lead": text.lead_signal} if text.lead else {}),
        flags=page.flags,
        cuts=page.cuts + text.cuts,
        extractor=f"hemero {crawler.__version__}",
        fetch=page.fetch,
    )
