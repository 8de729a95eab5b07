"""By which ways a finding was told: an alert that could not be sent is sent by a later run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0010"
down_revision: str | None = "0009"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("told", sa.Text(), nullable=False, server_default=""))
    # what stands already was told when it began, as far as anybody knows
    op.execute("UPDATE finding SET told = 'mail; webhook'")


def downgrade() -> None:
    op.drop_column("finding", "told")
