"""Articles, their revisions, who signs them, what they are about, and who else has them."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crawler.db.models.base import Base, Key, SourceKey
from crawler.db.types import one_of, short

ACCESS: Final = ("free", "metered", "paywalled", "unknown")
PRECISIONS: Final = ("", "second", "minute", "day")


class Cluster(Base):
    """Texts that are copies of one another, across outlets: see the view ``clusters``."""

    __tablename__ = "cluster"

    id: Mapped[Key]
    first_seen_at: Mapped[dt.datetime]


class Article(Base):
    """A page that is an article; ``revision`` is the number of its current text."""

    __tablename__ = "article"
    __table_args__ = (short("url", "identity"),)

    id: Mapped[Key]
    url: Mapped[str] = mapped_column(unique=True)
    identity: Mapped[str] = mapped_column(unique=True)
    source: Mapped[SourceKey] = mapped_column(index=True)
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id", ondelete="CASCADE"), index=True)
    revision: Mapped[int]
    cluster_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("cluster.id", ondelete="SET NULL"), index=True
    )
    first_seen_at: Mapped[dt.datetime]
    shared: Mapped[float | None]  # of a copy: the share of the shorter text that stands in the other


class Fingerprint(Base):
    """The index by which copies are found: sampled shingles (four words) of current texts, as numbers."""

    __tablename__ = "fingerprint"
    __table_args__ = ({"sqlite_with_rowid": False},)

    number: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        sa.ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Alternate(Base):
    """Another address of an article."""

    __tablename__ = "alternate"
    __table_args__ = (short("url"),)

    url: Mapped[str] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id", ondelete="CASCADE"), index=True)
    first_seen_at: Mapped[dt.datetime]


class Revision(Base):
    """One text of an article.

    ``digest`` is that of title, lead and body, ``body_digest`` of what a copy has in common with it. Where
    ``text_kept`` is false the article was judged not relevant, or its rights are reserved: lead and body are
    empty, the digests are not.
    """

    __tablename__ = "revision"
    __table_args__ = (
        sa.UniqueConstraint("article_id", "number"),
        one_of("access", ACCESS),
        one_of("published_precision", PRECISIONS),
    )

    id: Mapped[Key]
    article_id: Mapped[int] = mapped_column(sa.ForeignKey("article.id", ondelete="CASCADE"))
    number: Mapped[int]
    fetch_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fetch.id", ondelete="SET NULL"), index=True)
    digest: Mapped[str]
    body_digest: Mapped[str] = mapped_column(index=True)
    text_kept: Mapped[bool]
    section: Mapped[str]
    agency: Mapped[str]
    published_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    published_raw: Mapped[str]
    published_signal: Mapped[str]
    published_precision: Mapped[str]
    modified_at: Mapped[dt.datetime | None]
    modified_raw: Mapped[str]
    modified_signal: Mapped[str]
    language: Mapped[str]
    access: Mapped[str]
    truncated: Mapped[bool]
    comment_count: Mapped[int | None]
    words: Mapped[int]
    flags: Mapped[str]
    changed: Mapped[
        str
    ]  # what differs from the revision before: "title", "lead", "body", "access", joined by "; "
    extractor: Mapped[str]
    # Last, since SQLite reads through a long text to get at what stands behind it.
    title: Mapped[str]
    lead: Mapped[str]
    body: Mapped[str]
    signals: Mapped[dict[str, Any]]  # field → the signal that gave it
    candidates: Mapped[list[Any]]  # [field, signal, value as found]
    parts: Mapped[dict[str, Any]] = mapped_column(default=dict)  # "title", "lead", "body" → its digest


class Extraction(Base):
    """Another reading of a capture, beside the one in force: a replay's, or the one that a switch replaced.

    ``changed`` names what differs from the reading in force, joined by "; "; nothing: the two are one, and
    ``record`` is empty. Without ``revision_id`` the capture gave no article before.
    """

    __tablename__ = "extraction"

    id: Mapped[Key]
    fetch_id: Mapped[int] = mapped_column(sa.ForeignKey("fetch.id", ondelete="CASCADE"), index=True)
    revision_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("revision.id", ondelete="CASCADE"), index=True
    )
    crawl_id: Mapped[int | None] = mapped_column(sa.ForeignKey("crawl.id", ondelete="SET NULL"), index=True)
    read_at: Mapped[dt.datetime]
    is_former: Mapped[bool]  # it was in force until a switch at read_at
    extractor: Mapped[str]
    changed: Mapped[str]
    outcome: Mapped[str]  # as of a fetch
    reason: Mapped[str]
    record: Mapped[dict[str, Any]]  # the reading, whole


class Author(Base):
    """A person who signs."""

    __tablename__ = "author"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)


class RevisionAuthor(Base):
    """Who signs a revision, in order."""

    __tablename__ = "revision_author"

    revision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(sa.ForeignKey("author.id"), index=True)


class Tag(Base):
    """A keyword that a newspaper gives."""

    __tablename__ = "tag"

    id: Mapped[Key]
    name: Mapped[str] = mapped_column(unique=True)


class RevisionTag(Base):
    """The keywords of a revision, in order."""

    __tablename__ = "revision_tag"

    revision_id: Mapped[int] = mapped_column(
        sa.ForeignKey("revision.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)
    tag_id: Mapped[int] = mapped_column(sa.ForeignKey("tag.id"), index=True)


class Judgement(Base):
    """What one version of the relevance query says of a revision."""

    __tablename__ = "judgement"
    __table_args__ = (sa.UniqueConstraint("revision_id", "query"),)

    id: Mapped[Key]
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("revision.id", ondelete="CASCADE"))
    query: Mapped[str]
    score: Mapped[float | None]
    label: Mapped[int | None]
    terms: Mapped[str]  # joined by "; "
    matches: Mapped[list[Any]] = mapped_column(server_default="[]")  # [term, group, where, start, end]
