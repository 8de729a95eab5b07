"""PostgreSQL's full text names source and current revision, knows runs of words, and has the texts apart.

A filter then asks for a revision by its key, without the article in between, or for none at all. A phrase
such as "haine en ligne" is one lexeme and needs no look into the text; where one is needed, short rows that
stand next to each other are quicker to get at than values that stand apart from theirs. Agencies and sections
are indexed with the date. On SQLite nothing changes. The program fills the index afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0011"
down_revision: str | None = "0010"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NEW = (
    "DROP TABLE fulltext",
    """CREATE TABLE fulltext (
        article_id integer CONSTRAINT pk_fulltext PRIMARY KEY
            CONSTRAINT fk_fulltext_article_id REFERENCES article (id) ON DELETE CASCADE,
        revision_id integer NOT NULL
            CONSTRAINT fk_fulltext_revision_id REFERENCES revision (id) ON DELETE CASCADE,
        source text NOT NULL,
        document tsvector NOT NULL
    ) WITH (toast_tuple_target = 128)""",
    "ALTER TABLE fulltext ALTER COLUMN document SET STORAGE EXTERNAL",
    "CREATE INDEX ix_fulltext_document ON fulltext USING gin (document)",
    "CREATE INDEX ix_fulltext_revision_id ON fulltext (revision_id)",
    "CREATE INDEX ix_fulltext_source ON fulltext (source) INCLUDE (article_id, revision_id)",
    """CREATE TABLE fulltext_words (
        article_id integer CONSTRAINT pk_fulltext_words PRIMARY KEY
            CONSTRAINT fk_fulltext_words_article_id REFERENCES fulltext (article_id) ON DELETE CASCADE,
        words text NOT NULL
    ) WITH (toast_tuple_target = 8160)""",
    "ALTER TABLE fulltext_words ALTER COLUMN words SET STORAGE EXTERNAL",
    "CREATE INDEX fulltext_revisions ON revision (id) INCLUDE (published_at, access)",
    "DROP INDEX fulltext_agency",
    "DROP INDEX fulltext_section",
    "CREATE INDEX fulltext_agency ON revision (substr(agency, 1, 100), published_at)",
    "CREATE INDEX fulltext_section ON revision (substr(section, 1, 100), published_at)",
)
OLD = (
    "DROP INDEX fulltext_agency",
    "DROP INDEX fulltext_section",
    "CREATE INDEX fulltext_agency ON revision (substr(agency, 1, 100))",
    "CREATE INDEX fulltext_section ON revision (substr(section, 1, 100))",
    "DROP INDEX fulltext_revisions",
    "DROP TABLE fulltext_words",
    "DROP TABLE fulltext",
    """CREATE TABLE fulltext (
        article_id integer CONSTRAINT pk_fulltext PRIMARY KEY
            CONSTRAINT fk_fulltext_article_id REFERENCES article (id) ON DELETE CASCADE,
        words text NOT NULL,
        document tsvector NOT NULL
    ) WITH (toast_tuple_target = 128)""",
    "ALTER TABLE fulltext ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE fulltext ALTER COLUMN document SET STORAGE EXTERNAL",
    "CREATE INDEX ix_fulltext_document ON fulltext USING gin (document)",
)


def upgrade() -> None:
    _run(NEW)


def downgrade() -> None:
    _run(OLD)


def _run(statements: Sequence[str]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.execute(statement)
