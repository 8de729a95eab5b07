"""Full text anew: exact forms and beginnings of words can be asked for, texts are searched to their end.

On SQLite ``marks`` holds what is not a word of the text, and ``fulltext_facts`` what searches filter by, so
that they need not read rows with whole texts. On PostgreSQL the vector keeps no places, and stands apart
from its row uncompressed, so that it is quick to look into. The program fills the index afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

# "ascii" takes every character beyond ASCII for a part of a word: the words come cut and folded already.
NEW = {
    "sqlite": [
        """CREATE VIRTUAL TABLE fulltext USING
            fts5(title, lead, body, marks, tokenize = 'ascii', columnsize = 0)""",
        """CREATE INDEX fulltext_facts ON revision
            (article_id, number, text_kept, published_at, access, agency, section)""",
        "CREATE INDEX fulltext_agency ON revision (agency)",
        "CREATE INDEX fulltext_section ON revision (section)",
    ],
    "postgresql": [
        """CREATE TABLE fulltext (
            article_id integer CONSTRAINT pk_fulltext PRIMARY KEY
                CONSTRAINT fk_fulltext_article_id REFERENCES article (id) ON DELETE CASCADE,
            words text NOT NULL,
            document tsvector NOT NULL
        ) WITH (toast_tuple_target = 128)""",
        "ALTER TABLE fulltext ALTER COLUMN words SET STORAGE EXTERNAL",
        "ALTER TABLE fulltext ALTER COLUMN document SET STORAGE EXTERNAL",
        "CREATE INDEX ix_fulltext_document ON fulltext USING gin (document)",
        "CREATE INDEX fulltext_agency ON revision (substr(agency, 1, 100))",
        "CREATE INDEX fulltext_section ON revision (substr(section, 1, 100))",
    ],
}
OLD = {
    "sqlite": [
        "DROP INDEX fulltext_facts",
        "DROP INDEX fulltext_agency",
        "DROP INDEX fulltext_section",
        "CREATE VIRTUAL TABLE fulltext USING fts5(title, lead, body, tokenize = 'ascii')",
    ],
    "postgresql": [
        "DROP INDEX fulltext_agency",
        "DROP INDEX fulltext_section",
        """CREATE TABLE fulltext (
            article_id integer CONSTRAINT pk_fulltext PRIMARY KEY
                CONSTRAINT fk_fulltext_article_id REFERENCES article (id) ON DELETE CASCADE,
            document tsvector NOT NULL
        )""",
        "CREATE INDEX ix_fulltext_document ON fulltext USING gin (document)",
    ],
}


def upgrade() -> None:
    _replace(NEW)


def downgrade() -> None:
    _replace(OLD)


def _replace(statements: dict[str, list[str]]) -> None:
    op.execute("DROP TABLE fulltext")
    for statement in statements[op.get_bind().dialect.name]:
        op.execute(statement)
