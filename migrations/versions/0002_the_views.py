"""The views: ``articles``, the front door of the corpus, and ``outcomes``, what became of every address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import op

if TYPE_CHECKING:
    from collections.abc import Sequence

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

NAMES = {
    "sqlite": """(
        SELECT group_concat(name, '; ') FROM (
            SELECT {0}.name FROM revision_{0} JOIN {0} ON {0}.id = revision_{0}.{0}_id
            WHERE revision_{0}.revision_id = revision.id ORDER BY revision_{0}.position
        ))""",
    "postgresql": """(
        SELECT string_agg({0}.name, '; ' ORDER BY revision_{0}.position)
        FROM revision_{0} JOIN {0} ON {0}.id = revision_{0}.{0}_id
        WHERE revision_{0}.revision_id = revision.id
        )""",
}

ARTICLES = """
CREATE VIEW articles AS
SELECT
    article.id, article.url, article.source, revision.title, revision.lead, revision.body,
    coalesce({authors}, '') AS authors,
    revision.agency, revision.section,
    coalesce({tags}, '') AS tags,
    revision.published_at, revision.published_signal, revision.modified_at, revision.language,
    revision.access, revision.truncated, revision.comment_count, revision.words,
    judgement.score AS relevance, judgement.label, coalesce(judgement.terms, '') AS terms,
    article.cluster_id,
    CASE WHEN article.cluster_id IS NULL THEN 1 ELSE
        (SELECT count(*) FROM article AS other WHERE other.cluster_id = article.cluster_id)
    END AS copies,
    (SELECT count(*) FROM revision AS other WHERE other.article_id = article.id) AS revisions,
    article.first_seen_at, "fetch".fetched_at, "fetch".warc_file, "fetch".warc_offset
FROM article
JOIN revision ON revision.article_id = article.id AND revision.number = article.revision
LEFT JOIN "fetch" ON "fetch".id = revision.fetch_id
LEFT JOIN judgement ON judgement.id = (
    SELECT max(latest.id) FROM judgement AS latest WHERE latest.revision_id = revision.id
)
"""

OUTCOMES = """
CREATE VIEW outcomes AS
SELECT url, outcome, reason, flags, status, last_fetched_at AS fetched_at, next_due_at AS next_attempt_at
FROM page
"""


def upgrade() -> None:
    names = NAMES[op.get_bind().dialect.name]
    op.execute(ARTICLES.format(authors=names.format("author"), tags=names.format("tag")))
    op.execute(OUTCOMES)


def downgrade() -> None:
    op.execute("DROP VIEW outcomes")
    op.execute("DROP VIEW articles")
