"""History: dated redirects, servers that lie about validators, other readings of a capture, erasures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

TIME = sa.DateTime(timezone=True).with_variant(sa.String(25), "sqlite")
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")

TIMES = ("redirected_at", "validators_lied_at")
COUNTS = ("unmodified", "hints_failed")


def upgrade() -> None:
    for name in TIMES:
        op.add_column("page", sa.Column(name, TIME, nullable=True))
    for name in COUNTS:
        op.add_column("page", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    op.add_column("revision", sa.Column("parts", JSON, nullable=False, server_default="{}"))
    op.create_table(
        "extraction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fetch_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("crawl_id", sa.Integer(), nullable=True),
        sa.Column("read_at", TIME, nullable=False),
        sa.Column("is_former", sa.Boolean(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("changed", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("record", JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["crawl_id"], ["crawl.id"], name=op.f("fk_extraction_crawl_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["fetch_id"], ["fetch.id"], name=op.f("fk_extraction_fetch_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_extraction_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extraction")),
    )
    for name in ("fetch_id", "revision_id", "crawl_id"):
        op.create_index(op.f(f"ix_extraction_{name}"), "extraction", [name])
    op.create_table(
        "erasure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("erased_at", TIME, nullable=False),
        sa.Column("buried_at", TIME, nullable=True),
        sa.CheckConstraint("kind IN ('address', 'source')", name=op.f("ck_erasure_kind")),
        sa.CheckConstraint("length(subject) <= 2048", name=op.f("ck_erasure_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.UniqueConstraint("kind", "subject", name=op.f("uq_erasure_kind_subject")),
    )


def downgrade() -> None:
    op.drop_table("erasure")
    op.drop_table("extraction")
    op.drop_column("revision", "parts")
    for name in (*COUNTS, *TIMES):
        op.drop_column("page", name)
