"""Who publishes, what was asked for and what came of it: sources, runs, addresses, requests, their hosts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crawler.db.models.base import Base, Key, SourceKey
from crawler.db.types import one_of, short
from crawler.items import KINDS, OUTCOMES


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


class Origin(Base):
    """An authority (scheme, host and port) that failed or asked for quiet: until when it is left alone."""

    __tablename__ = "origin"

    authority: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]  # in a row
    failed_at: Mapped[dt.datetime | None]
    paused_until: Mapped[dt.datetime | None]
    reason: Mapped[str]


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


class Tdmrep(Base):
    """The last /.well-known/tdmrep.json of an authority: what it reserves (TDM Reservation Protocol)."""

    __tablename__ = "tdmrep"

    authority: Mapped[str] = mapped_column(primary_key=True)
    status: Mapped[int | None]
    body: Mapped[str]
    fetched_at: Mapped[dt.datetime]
