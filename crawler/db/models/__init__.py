"""The tables. Their names are part of the product: a change is a migration and an entry of the changelog.

::

    source ──< page ──< fetch >── crawl          page: one address, its latest outcome and when to ask again
                │                                fetch: one request that was answered, refused or lost
                └──< article ──< alternate       article: a page that is one; alternate: its other addresses
                        │  ├─── cluster
                        │  └──< fingerprint      by which copies are found
                        └──< revision ──< judgement, extraction
                               ├──< revision_author >── author
                               └──< revision_tag >── tag

``finding`` and ``canary`` belong to a source: what its health checks found, the articles they re-read.
``erasure`` stands alone: it outlives what it names.

The table ``fulltext`` and the views ``articles``, ``clusters`` and ``outcomes`` differ by database: see the
migrations.
"""

from __future__ import annotations

from crawler.db.models.articles import (
    Alternate,
    Article,
    Author,
    Cluster,
    Extraction,
    Fingerprint,
    Judgement,
    Revision,
    RevisionAuthor,
    RevisionTag,
    Tag,
)
from crawler.db.models.base import Base
from crawler.db.models.care import Canary, Erasure, Finding
from crawler.db.models.wire import Crawl, Fetch, Origin, Page, Robots, Source, Tdmrep

__all__ = [
    "Alternate",
    "Article",
    "Author",
    "Base",
    "Canary",
    "Cluster",
    "Crawl",
    "Erasure",
    "Extraction",
    "Fetch",
    "Finding",
    "Fingerprint",
    "Judgement",
    "Origin",
    "Page",
    "Revision",
    "RevisionAuthor",
    "RevisionTag",
    "Robots",
    "Source",
    "Tag",
    "Tdmrep",
]
