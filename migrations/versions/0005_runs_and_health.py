"""Runs report; what the health checks have found; canary articles with the text that they must give."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(25), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("crawl", sa.Column("report", JSON, nullable=True))
    op.create_table(
        "canary",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("published_at", TIME, nullable=True),
        sa.Column("accepted_at", TIME, nullable=False),
        sa.Column("read_at", TIME, nullable=True),
        sa.CheckConstraint("length(url) <= 2048", name=op.f("ck_canary_length")),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_canary_source"),
        sa.PrimaryKeyConstraint("url", name="pk_canary"),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("first_seen_at", TIME, nullable=False),
        sa.Column("last_seen_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["source"], ["source.key"], name="fk_finding_source"),
        sa.PrimaryKeyConstraint("id", name="pk_finding"),
    )
    op.create_index("ix_finding_source_ended_at", "finding", ["source", "ended_at"])


def downgrade() -> None:
    op.drop_table("finding")
    op.drop_table("canary")
    op.drop_column("crawl", "report")
