"""Politeness: origins that are left alone, TDM reservations, signals of robots.txt, redirects."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0007"
down_revision: str | None = "0006"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(25), "sqlite")


def upgrade() -> None:
    op.create_table(
        "origin",
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failed_at", TIME, nullable=True),
        sa.Column("paused_until", TIME, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("authority", name="pk_origin"),
    )
    op.create_table(
        "tdmrep",
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("fetched_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("authority", name="pk_tdmrep"),
    )
    op.add_column("robots", sa.Column("content_signal", sa.Text(), nullable=False, server_default=""))
    op.add_column("fetch", sa.Column("redirects", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("fetch", "redirects")
    op.drop_column("robots", "content_signal")
    op.drop_table("tdmrep")
    op.drop_table("origin")
