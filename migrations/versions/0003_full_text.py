"""Full text: one row an article, of stemmed and folded words; both databases find the same articles.

FTS5 on SQLite, ``tsvector`` with GIN on PostgreSQL. The program fills it once the migrations have run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# "ascii" takes every character beyond ASCII for a part of a word: the words come cut and folded already.
CREATE = {
    "sqlite": ["CREATE VIRTUAL TABLE fulltext USING fts5(title, lead, body, tokenize = 'ascii')"],
    "postgresql": [
        """CREATE TABLE fulltext (
            article_id integer CONSTRAINT pk_fulltext PRIMARY KEY
                CONSTRAINT fk_fulltext_article_id REFERENCES article (id) ON DELETE CASCADE,
            document tsvector NOT NULL
        )""",
        "CREATE INDEX ix_fulltext_document ON fulltext USING gin (document)",
    ],
}


def upgrade() -> None:
    for statement in CREATE[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE fulltext")
