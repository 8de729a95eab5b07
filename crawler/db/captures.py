"""What the table ``fetch`` says of the archive: which file, at which offset, which record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased

from crawler.db.models import Fetch, Page, Revision
from crawler.db.sql import among, chunks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.engine import Connection, Engine

    from crawler import items


def columns(fetch: items.Fetch) -> dict[str, Any]:
    """The columns that say where the answer stands in the archive, if it does."""
    record = fetch.record if fetch.record and fetch.record.file else None
    return {
        "warc_file": record.file if record else None,
        "warc_offset": record.offset if record else None,
        "warc_record": record.id if record else None,
    }


def archived(connection: Connection, urls: Iterable[str]) -> dict[str, tuple[str, int]]:
    """File and offset of the last capture of each address."""
    other = aliased(Fetch)
    last = sa.select(sa.func.max(other.id)).where(other.page_id == Page.id, other.warc_file.is_not(None))
    query = sa.select(Page.url, Fetch.warc_file, Fetch.warc_offset).join(
        Fetch, Fetch.id == last.scalar_subquery()
    )
    found: dict[str, tuple[str, int]] = {}
    for chunk in chunks(urls):
        rows = connection.execute(query.where(among(Page.url, chunk)))
        found |= {row.url: (row.warc_file, row.warc_offset) for row in rows}
    return found


def rows(engine: Engine, file: str) -> list[tuple[int, str, int, str, str]]:
    """What the table ``fetch`` says of one file: id, file, offset, record, digest of the decoded body."""
    names = (Fetch.id, Fetch.warc_file, Fetch.warc_offset, Fetch.warc_record, Fetch.digest)
    with engine.connect() as connection:
        found = connection.execute(sa.select(*names).where(Fetch.warc_file == file))
        return [(row[0], row[1] or "", row[2] or 0, row[3] or "", row[4]) for row in found]


def files(engine: Engine) -> list[str]:
    """The files of the archive that rows name."""
    with engine.connect() as connection:
        return list(
            connection.scalars(sa.select(Fetch.warc_file).where(Fetch.warc_file.is_not(None)).distinct())
        )


def unarchived(engine: Engine) -> int:
    """How many revisions were read from pages that no archive holds: their runs kept none."""
    query = sa.select(sa.func.count()).select_from(Revision).outerjoin(Fetch, Fetch.id == Revision.fetch_id)
    with engine.connect() as connection:
        return connection.scalar(query.where(Fetch.warc_record.is_(None))) or 0
