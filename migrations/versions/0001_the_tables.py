"""The tables: sources, crawls, pages, fetches, articles with their revisions, judgements, robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(25), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
OUTCOME = (
    "outcome IN ('pending', 'stored', 'stored_flagged', 'archived_only', 'duplicate', 'unchanged', "
    "'not_relevant', 'tdm_reserved', 'http_error', 'retry_later', 'network_error', 'too_large', 'corrupt', "
    "'redirect_refused', 'address_refused', 'robots_denied', 'robots_unreachable', 'trap_stopped', "
    "'source_error', 'source_partial')"
)


def upgrade() -> None:
    op.create_table(
        "author",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_author"),
        sa.UniqueConstraint("name", name="uq_author_name"),
    )
    op.create_table(
        "cluster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cluster"),
    )
    op.create_table(
        "crawl",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("spider", sa.Text(), nullable=False),
        sa.Column("arguments", JSON, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("finished_at", TIME, nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("exit_code", sa.Integer(), nullable=True),
        sa.Column("stats", JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crawl"),
    )
    op.create_table(
        "robots",
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("authority", name="pk_robots"),
    )
    op.create_table(
        "source",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("home", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_source"),
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("name", name="uq_tag_name"),
    )
    op.create_table(
        "page",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("found_in", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=False),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.Column("last_fetched_at", TIME, nullable=True),
        sa.Column("next_due_at", TIME, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("gone_at", TIME, nullable=True),
        sa.Column("redirected_to", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('article', 'feed', 'sitemap', 'listing')", name=op.f("ck_page_kind")),
        sa.CheckConstraint(OUTCOME, name=op.f("ck_page_outcome")),
        sa.CheckConstraint("length(url) <= 2048 AND length(identity) <= 2048", name=op.f("ck_page_length")),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_page_source"),
        sa.PrimaryKeyConstraint("id", name="pk_page"),
        sa.UniqueConstraint("identity", name="uq_page_identity"),
        sa.UniqueConstraint("url", name="uq_page_url"),
    )
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("cluster_id", sa.Integer(), nullable=True),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.CheckConstraint(
            "length(url) <= 2048 AND length(identity) <= 2048", name=op.f("ck_article_length")
        ),
        sa.ForeignKeyConstraint(
            ["cluster_id"], ["cluster.id"], name="fk_article_cluster_id", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_article_page_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_article_source"),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("identity", name="uq_article_identity"),
        sa.UniqueConstraint("url", name="uq_article_url"),
    )
    op.create_table(
        "fetch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("page_id", sa.Integer(), nullable=False),
        sa.Column("crawl_id", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("found_in", sa.Text(), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("last_modified", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("robots_rule", sa.Text(), nullable=False),
        sa.Column("tdm_reservation", sa.Text(), nullable=False),
        sa.Column("x_robots_tag", sa.Text(), nullable=False),
        sa.Column("warc_file", sa.Text(), nullable=True),
        sa.Column("warc_offset", sa.BigInteger(), nullable=True),
        sa.Column("warc_record", sa.Text(), nullable=True),
        sa.CheckConstraint(OUTCOME, name=op.f("ck_fetch_outcome")),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawl.id"], name="fk_fetch_crawl_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["page_id"], ["page.id"], name="fk_fetch_page_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_fetch"),
    )
    op.create_table(
        "alternate",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.CheckConstraint("length(url) <= 2048", name=op.f("ck_alternate_length")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_alternate_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("url", name="pk_alternate"),
    )
    op.create_table(
        "revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body_digest", sa.Text(), nullable=False),
        sa.Column("text_kept", sa.Boolean(), nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("agency", sa.Text(), nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("published_raw", sa.Text(), nullable=False),
        sa.Column("published_signal", sa.Text(), nullable=False),
        sa.Column("published_precision", sa.Text(), nullable=False),
        sa.Column("modified_at", TIME, nullable=True),
        sa.Column("modified_raw", sa.Text(), nullable=False),
        sa.Column("modified_signal", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=True),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("flags", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lead", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("signals", JSON, nullable=False),
        sa.Column("candidates", JSON, nullable=False),
        sa.CheckConstraint(
            "access IN ('free', 'metered', 'paywalled', 'unknown')", name=op.f("ck_revision_access")
        ),
        sa.CheckConstraint(
            "published_precision IN ('', 'second', 'minute', 'day')",
            name=op.f("ck_revision_published_precision"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_revision_article_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["fetch_id"], ["fetch.id"], name="fk_revision_fetch_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
        sa.UniqueConstraint("article_id", "number", name="uq_revision_article_id_number"),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("score", sa.Double(), nullable=True),
        sa.Column("label", sa.Integer(), nullable=True),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_judgement_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
        sa.UniqueConstraint("revision_id", "query", name="uq_judgement_revision_id_query"),
    )
    op.create_table(
        "revision_author",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["author.id"], name="fk_revision_author_author_id"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_revision_author_revision_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("revision_id", "position", name="pk_revision_author"),
    )
    op.create_table(
        "revision_tag",
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name="fk_revision_tag_revision_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name="fk_revision_tag_tag_id"),
        sa.PrimaryKeyConstraint("revision_id", "position", name="pk_revision_tag"),
    )
    for table, *columns in (
        ("page", "source", "next_due_at"),
        ("article", "source"),
        ("article", "page_id"),
        ("article", "cluster_id"),
        ("fetch", "page_id"),
        ("fetch", "crawl_id"),
        ("alternate", "article_id"),
        ("revision", "fetch_id"),
        ("revision", "body_digest"),
        ("revision", "published_at"),
        ("revision_author", "author_id"),
        ("revision_tag", "tag_id"),
    ):
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns)


def downgrade() -> None:
    for table in (
        "revision_tag",
        "revision_author",
        "judgement",
        "revision",
        "alternate",
        "fetch",
        "article",
        "page",
        "tag",
        "source",
        "robots",
        "crawl",
        "cluster",
        "author",
    ):
        op.drop_table(table)
