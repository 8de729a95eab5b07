"""What is kept to look after the rest: findings of the health checks, canaries, erasures."""

from __future__ import annotations

import datetime as dt

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from crawler.db.models.base import Base, Key, SourceKey
from crawler.db.types import one_of, short


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
