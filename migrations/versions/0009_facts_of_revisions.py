"""Searches filter by an index on PostgreSQL too, as they do on SQLite since 0008.

With the date, the access and the key of a revision in it, a filter reads no row that holds a whole text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE INDEX fulltext_facts ON revision (article_id, number) "
            "INCLUDE (id, text_kept, published_at, access)"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX fulltext_facts")
