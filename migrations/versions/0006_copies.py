"""Copies across outlets: fingerprints of texts, what articles share, the view ``clusters``; matches."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

CLUSTERS = """
CREATE VIEW clusters AS
SELECT
    cluster.id, cluster.first_seen_at,
    count(*) AS articles, count(DISTINCT article.source) AS sources,
    coalesce((
        SELECT revision.agency FROM article AS signed
        JOIN revision ON revision.article_id = signed.id AND revision.number = signed.revision
        WHERE signed.cluster_id = cluster.id AND revision.agency != ''
        GROUP BY revision.agency ORDER BY count(*) DESC, revision.agency LIMIT 1
    ), '') AS agency,
    min(revision.published_at) AS published_at,
    (
        SELECT first.id FROM article AS first
        JOIN revision ON revision.article_id = first.id AND revision.number = first.revision
        WHERE first.cluster_id = cluster.id
        ORDER BY coalesce(revision.published_at, first.first_seen_at), first.id LIMIT 1
    ) AS first_article_id
FROM cluster
JOIN article ON article.cluster_id = cluster.id
JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
GROUP BY cluster.id, cluster.first_seen_at
HAVING count(*) > 1
"""


def upgrade() -> None:
    op.create_table(
        "fingerprint",
        sa.Column("number", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_fingerprint_article_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("number", "article_id", name="pk_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fingerprint_article_id", "fingerprint", ["article_id"])
    op.add_column("article", sa.Column("shared", sa.Double(), nullable=True))
    op.add_column("judgement", sa.Column("matches", JSON, server_default="[]", nullable=False))
    op.execute(CLUSTERS)


def downgrade() -> None:
    op.execute("DROP VIEW clusters")
    op.drop_column("judgement", "matches")
    op.drop_column("article", "shared")
    op.drop_table("fingerprint")
