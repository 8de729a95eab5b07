"""The tables. Their names are part of the product: a change is a migration and an entry of the changelog.

::

    source ──< page ──< fetch >── crawl          page: one address, its latest outcome and when to ask again
                │                                fetch: one request that was answered, refused or lost
                └──< article ──< alternate       article: a page that is one; alternate: its other addresses
                        │  ├─── cluster
                        │  └──< fingerprint      by which copies are found
                        └──< revision ──< judgement, extraction
                               ├──< revision_author >── author
                               └──< revision_tag >── tag

``finding`` and ``canary`` belong to a source: what its health checks found, the articles they re-read.
``erasure`` stands alone: it outlives what it names.

The table ``fulltext`` and the views ``articles``, ``clusters`` and ``outcomes`` differ by database: see the
migrations.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, ClassVar, Final

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from crawler.db.types import CleanJSON, CleanText, UTCDateTime, one_of, short
from crawler.items import KINDS, OUTCOMES

ACCESS: Final = ("free", "metered", "paywalled", "unknown")
PRECISIONS: Final = ("", "second", "minute", "day")

NAMES: Final = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}

TYPES: Final = {str: CleanText, dt.datetime: UTCDateTime, dict[str, Any]: CleanJSON, list[Any]: CleanJSON}

Key = Annotated[int, mapped_column(primary_key=True)]
SourceKey = Annotated[str, mapped_column(CleanText, sa.ForeignKey("source.key"))]


class Base(DeclarativeBase):
    """The registry of every table."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = TYPES


class Source(Base):
    """Who publishes."""

    __tablename__ = "source"

    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    home: Mapped[str]
    kind: Mapped[str]
    country: Mapped[str]
    timezone: Mapped[str]


class Crawl(Base):
    """One run of one spider; one that is still running, or was killed, has no ``finished_at``."""

    __tablename__ = "crawl"

    id: Mapped[Key]
    spider: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    version: Mapped[str]
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    outcome: Mapped[str]
    exit_code: Mapped[int | None]
    stats: Mapped[dict[str, Any]]
    report: Mapped[dict[str, Any] | None]  # as hemero crawl --report writes it; see docs/operations.md


class Page(Base):
    """One address: the frontier. ``identity`` is what makes two addresses one article, else the address."""

    __tablename__ = "page"
    __table_args__ = (
        one_of("kind", KINDS),
        one_of("outcome", OUTCOMES),
        short("url", "identity"),
        sa.Index(None, "source", "next_due_at"),
    )

    id: Mapped[Key]
    url: Mapped[str] = mapped_column(unique=True)
    identity: Mapped[str] = mapped_column(unique=True)
    source: Mapped[SourceKey]
    kind: Mapped[str]
    found_in: Mapped[str]
    title: Mapped[str]  # as the list that named it says
    published: Mapped[str]  # as the list writes it
    first_seen_at: Mapped[dt.datetime]
    last_fetched_at: Mapped[dt.datetime | None]
    next_due_at: Mapped[dt.datetime | None]
    attempts: Mapped[int]  # failed ones since the last success
    etag: Mapped[str]
    last_modified: Mapped[str]
    digest: Mapped[str]
    outcome: Mapped[str]
    reason: Mapped[str]
    flags: Mapped[str]  # joined by "; "
    status: Mapped[int | None]
    gone_at: Mapped[dt.datetime | None]  # since when it answers 404 or 410, or says that it is gone
    redirected_to: Mapped[str]
    redirected_at: Mapped[dt.datetime | None]  # since when it leads there
    validators_lied_at: Mapped[dt.datetime | None]  # when its ETag or date was the same and its text was not
    unmodified: Mapped[int] = mapped_column(default=0)  # answers 304 in a row
    hints_failed: Mapped[int] = mapped_column(default=0)  # lists in a row that said "changed" when it had not


class Fetch(Base):
    """One request that was answered, refused or lost."""

    __tablename__ = "fetch"
    __table_args__ = (one_of("outcome", OUTCOMES),)

    id: Mapped[Key]
    page_id: Mapped[int] = mapped_column(sa.ForeignKey("page.id", ondelete="CASCADE"), index=True)
    crawl_id: Mapped[int | None] = mapped_column(sa.ForeignKey("crawl.id", ondelete="SET NULL"), index=True)
    url: Mapped[str]  # as it was asked for
    location: Mapped[str]  # where the answer came from
    found_in: Mapped[str]
    fetched_at: Mapped[dt.datetime]
    outcome: Mapped[str]
    reason: Mapped[str]
    flags: Mapped[str]
    status: Mapped[int | None]
    etag: Mapped[str]
    last_modified: Mapped[str]
    digest: Mapped[str]
    robots_rule: Mapped[str]
    tdm_reservation: Mapped[str]
    x_robots_tag: Mapped[str]  # of the header and of meta robots, joined by "; "
    redirects: Mapped[str] = mapped_column(server_default="")  # on the way, joined by "; "
    warc_file: Mapped[str | None]  # name in the archive's folder
    warc_offset: Mapped[int | None] = mapped_column(sa.BigInteger)  # of the record's gzip member
    warc_record: Mapped[str | None]  # WARC-Record-ID, without angle brackets


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
    ``text_kept`` is false the article was judged not relevant: lead and body are empty, the digests are not.
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


class Erasure(Base):
    """What was erased, when and why: an address or a whole source. It is not asked for nor stored again."""

    __tablename__ = "erasure"
    __table_args__ = (
        one_of("kind", ("address", "source")),
        short("subject"),
        sa.UniqueConstraint("kind", "subject"),
    )

    id: Mapped[Key]
    kind: Mapped[str]
    subject: Mapped[str]  # the address, or what makes two addresses one page, or the key of the source
    source: Mapped[str]
    why: Mapped[str]
    erased_at: Mapped[dt.datetime]
    buried_at: Mapped[
        dt.datetime | None
    ]  # when the archive's records were tombstones; null: still to be done


class Origin(Base):
    """An authority (scheme, host and port) that failed or asked for quiet: until when it is left alone."""

    __tablename__ = "origin"

    authority: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]  # in a row
    failed_at: Mapped[dt.datetime | None]
    paused_until: Mapped[dt.datetime | None]
    reason: Mapped[str]


class Tdmrep(Base):
    """The last /.well-known/tdmrep.json of an authority: what it reserves (TDM Reservation Protocol)."""

    __tablename__ = "tdmrep"

    authority: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int | None]
    body: Mapped[str]
    fetched_at: Mapped[dt.datetime]


class Robots(Base):
    """The last robots.txt of an authority (scheme, host and port)."""

    __tablename__ = "robots"

    authority: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int | None]
    decision: Mapped[str]
    body: Mapped[str]
    digest: Mapped[str]
    fetched_at: Mapped[dt.datetime]
    etag: Mapped[str]
    last_modified: Mapped[str]
    content_signal: Mapped[str] = mapped_column(server_default="")  # as written: "ai-train=no, search=yes"


class Finding(Base):
    """What the health checks have found wrong with a source, and until when it lasted."""

    __tablename__ = "finding"
    __table_args__ = (sa.Index(None, "source", "ended_at"),)

    id: Mapped[Key]
    source: Mapped[SourceKey]
    kind: Mapped[str]  # which check: "yield", "silence", "list", … as docs/health.md names them
    subject: Mapped[str]  # the feed, field or address concerned; empty where it is the source as a whole
    message: Mapped[str]
    first_seen_at: Mapped[dt.datetime]
    last_seen_at: Mapped[dt.datetime]
    ended_at: Mapped[dt.datetime | None]
    told: Mapped[str]  # by which ways: "mail; webhook"


class Canary(Base):
    """An article that is read again and again, with the text that it must give: see docs/health.md."""

    __tablename__ = "canary"
    __table_args__ = (short("url"),)

    url: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[SourceKey]
    title: Mapped[str]
    body: Mapped[str]  # lead and body; the words, in order, of a text that need not be kept
    published_at: Mapped[dt.datetime | None]
    accepted_at: Mapped[dt.datetime]
    read_at: Mapped[dt.datetime | None]
