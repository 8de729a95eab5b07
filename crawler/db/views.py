"""The views as SQLAlchemy sees them: names and types of their columns, in their order."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from crawler.db.types import UTCDateTime

ARTICLES: Final = sa.table(
    "articles",
    sa.column("id", sa.Integer),
    sa.column("url", sa.Text),
    sa.column("source", sa.Text),
    sa.column("title", sa.Text),
    sa.column("lead", sa.Text),
    sa.column("body", sa.Text),
    sa.column("authors", sa.Text),
    sa.column("agency", sa.Text),
    sa.column("section", sa.Text),
    sa.column("tags", sa.Text),
    sa.column("published_at", UTCDateTime),
    sa.column("published_signal", sa.Text),
    sa.column("modified_at", UTCDateTime),
    sa.column("language", sa.Text),
    sa.column("access", sa.Text),
    sa.column("truncated", sa.Boolean),
    sa.column("comment_count", sa.Integer),
    sa.column("words", sa.Integer),
    sa.column("relevance", sa.Double),
    sa.column("label", sa.Integer),
    sa.column("terms", sa.Text),
    sa.column("cluster_id", sa.Integer),
    sa.column("copies", sa.Integer),
    sa.column("revisions", sa.Integer),
    sa.column("first_seen_at", UTCDateTime),
    sa.column("fetched_at", UTCDateTime),
    sa.column("warc_file", sa.Text),
    sa.column("warc_offset", sa.BigInteger),
)
"""One row an article, its current text."""

OUTCOMES: Final = sa.table(
    "outcomes",
    sa.column("url", sa.Text),
    sa.column("outcome", sa.Text),
    sa.column("reason", sa.Text),
    sa.column("flags", sa.Text),
    sa.column("status", sa.Integer),
    sa.column("fetched_at", UTCDateTime),
    sa.column("next_attempt_at", UTCDateTime),
)
"""One row an address, what became of it last."""

CLUSTERS: Final = sa.table(
    "clusters",
    sa.column("id", sa.Integer),
    sa.column("first_seen_at", UTCDateTime),
    sa.column("articles", sa.Integer),
    sa.column("sources", sa.Integer),
    sa.column("agency", sa.Text),
    sa.column("published_at", UTCDateTime),
    sa.column("first_article_id", sa.Integer),
)
"""One row a text that several articles carry: who signs it, since when, which article was the first."""
