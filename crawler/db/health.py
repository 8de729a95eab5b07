"""What the health checks ask the database, and what they write down: findings and canaries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.models import Article, Canary, Crawl, Fetch, Finding, Page, Revision
from crawler.db.session import writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection, Engine

WALLS: Final = ("consent_wall%", "blocked%")
LOST: Final = (
    "network_error",
    "retry_later",
    "corrupt",
    "source_error",
    "too_large",
    "robots_unreachable",
    "http_error",
)
AGAIN: Final = dt.timedelta(days=7)  # between two looks at a canary
SOON: Final = dt.timedelta(
    hours=20
)  # of a source with FEW new articles in AGAIN: they hardly tell a redesign
FEW: Final = 40


@dataclass(frozen=True, slots=True)
class Gold:
    """A canary: an article and the text that it must give."""

    url: str
    source: str
    title: str
    body: str
    published_at: dt.datetime | None
    read_at: dt.datetime | None


class Health:
    """Reads histories and keeps findings; writing calls come from one thread."""

    def __init__(self, engine: Engine) -> None:
        self._reader = engine
        self._writer = writing(engine)

    def runs(self, source: str, since: dt.datetime) -> list[Any]:
        """The ordinary runs of a source: ``id, at, new, pages, walls, errors``, in the order of time.

        A run for single addresses or for the past is not one, nor is one that was stopped.
        """
        walls = sa.or_(*(Fetch.reason.like(word) for word in WALLS))
        asked = (
            sa.select(
                Fetch.crawl_id,
                sa.func.count().label("pages"),
                sa.func.sum(sa.case((walls, 1), else_=0)).label("walls"),
                sa.func.sum(sa.case((Fetch.outcome.in_(LOST), 1), else_=0)).label("errors"),
            )
            .join(Page, Page.id == Fetch.page_id)
            .where(Page.source == source, Page.kind == "article", Fetch.fetched_at >= since)
            .group_by(Fetch.crawl_id)
            .subquery()
        )
        query = (
            sa.select(
                Crawl.id,
                Crawl.started_at.label("at"),
                Crawl.arguments,
                Crawl.stats["store/new"].as_integer().label("new"),
                asked.c.pages,
                asked.c.walls,
                asked.c.errors,
            )
            .outerjoin(asked, asked.c.crawl_id == Crawl.id)
            .where(
                Crawl.spider == source, Crawl.started_at >= since, Crawl.outcome.in_(("finished", "running"))
            )
            .order_by(Crawl.started_at, Crawl.id)
        )
        with self._reader.connect() as connection:
            return [row for row in connection.execute(query) if not row.arguments]

    def readings(self, source: str, since: dt.datetime) -> list[Any]:
        """First texts of a source's articles with the time of their run, in the order of time."""
        query = (
            sa.select(
                Crawl.started_at.label("at"),
                Revision.words,
                Revision.published_at,
                Revision.agency,
                Revision.language,
                Revision.comment_count,
                Revision.signals,
            )
            .join(Article, Article.id == Revision.article_id)
            .join(Fetch, Fetch.id == Revision.fetch_id)
            .join(Crawl, Crawl.id == Fetch.crawl_id)
            .where(
                Article.source == source,
                Revision.number == 1,
                Crawl.started_at >= since,
                Crawl.spider == source,
            )
            .order_by(Crawl.started_at, Revision.id)
        )
        with self._reader.connect() as connection:
            return list(connection.execute(query))

    def crawled(self) -> list[str]:
        """The spiders that have run."""
        with self._reader.connect() as connection:
            return list(connection.scalars(sa.select(Crawl.spider).distinct().order_by(Crawl.spider)))

    def answers(self, urls: Iterable[str]) -> list[Any]:
        """How lists answered last: ``url, attempts, reason, outcome, since`` (the last good answer)."""
        good = ("stored", "stored_flagged", "unchanged", "source_partial", "trap_stopped")
        last = sa.select(sa.func.max(Fetch.fetched_at)).where(
            Fetch.page_id == Page.id, Fetch.outcome.in_(good)
        )
        columns = (Page.url, Page.attempts, Page.reason, Page.outcome)
        query = sa.select(*columns, last.scalar_subquery().label("since"))
        with self._reader.connect() as connection:
            return list(connection.execute(query.where(Page.url.in_(list(urls))).order_by(Page.id)))

    def open(self, source: str | None = None) -> list[Any]:
        """The findings that still stand, of one source or of all."""
        query = sa.select(Finding.__table__).where(Finding.ended_at.is_(None))
        query = query.where(Finding.source == source) if source else query
        with self._reader.connect() as connection:
            return list(connection.execute(query.order_by(Finding.source, Finding.first_seen_at, Finding.id)))

    def record(self, source: str, found: Sequence[tuple[str, str, str]], now: dt.datetime) -> None:
        """Write findings (kind, subject, message) down: new ones begin, others go on or end."""
        with self._writer.begin() as connection:
            standing = {
                (row.kind, row.subject): row.id
                for row in connection.execute(
                    sa.select(Finding.id, Finding.kind, Finding.subject).where(
                        Finding.source == source, Finding.ended_at.is_(None)
                    )
                )
            }
            now_found = {(kind, subject): message for kind, subject, message in found}
            for key, number in standing.items():
                values = (
                    {"last_seen_at": now, "message": now_found[key]}
                    if key in now_found
                    else {"ended_at": now}
                )
                connection.execute(sa.update(Finding).where(Finding.id == number).values(values))
            new = ((*key, message) for key, message in now_found.items() if key not in standing)
            for kind, subject, message in new:
                row = {"source": source, "kind": kind, "subject": subject, "message": message, "told": ""}
                connection.execute(sa.insert(Finding), row | {"first_seen_at": now, "last_seen_at": now})

    def untold(self, source: str, way: str) -> list[Any]:
        """The findings that still stand and that nobody was told of in a way: "mail" or "webhook"."""
        return [row for row in self.open(source) if way not in row.told.split("; ")]

    def tell(self, findings: Iterable[Any], way: str) -> None:
        """Write down that findings were told in a way."""
        with self._writer.begin() as connection:
            for row in findings:
                told = "; ".join(part for part in (*row.told.split("; "), way) if part)
                connection.execute(sa.update(Finding).where(Finding.id == row.id).values(told=told))

    def canaries(self, source: str | None = None) -> list[Gold]:
        """The canaries, of one source or of all."""
        columns = [getattr(Canary, name) for name in Gold.__dataclass_fields__]
        query = sa.select(*columns).order_by(Canary.source, Canary.url)
        with self._reader.connect() as connection:
            rows = connection.execute(query.where(Canary.source == source) if source else query)
            return [Gold(*row) for row in rows]

    def accept(self, gold: Gold, now: dt.datetime) -> None:
        """Keep what an article gives today as what it must give."""
        row = {name: getattr(gold, name) for name in Gold.__dataclass_fields__} | {"accepted_at": now}
        with self._writer.begin() as connection:
            connection.execute(sa.delete(Canary).where(Canary.url == gold.url))
            connection.execute(sa.insert(Canary), row)

    def release(self, url: str) -> bool:
        """Let a canary go; whether it was one."""
        with self._writer.begin() as connection:
            return bool(connection.execute(sa.delete(Canary).where(Canary.url == url)).rowcount)

    def read(self, url: str, now: dt.datetime) -> None:
        """Write down that a canary has been read."""
        with self._writer.begin() as connection:
            connection.execute(sa.update(Canary).where(Canary.url == url).values(read_at=now))

    def wake(self, source: str, now: dt.datetime) -> list[Gold]:
        """Make the canaries due that have not been looked at for a week; all canaries of the source.

        Of a source that publishes little it is for a day.
        """
        every = self.canaries(source)
        new = sa.select(sa.func.count()).where(Article.source == source, Article.first_seen_at > now - AGAIN)
        with self._reader.connect() as connection:
            again = AGAIN if (connection.scalar(new) or 0) > FEW else SOON
        due = [gold.url for gold in every if gold.read_at is None or gold.read_at < now - again]
        if due:
            with self._writer.begin() as connection:
                # without validators the page comes whole, and is read
                values = {"next_due_at": now, "etag": "", "last_modified": "", "digest": ""}
                connection.execute(sa.update(Page).where(Page.url.in_(due)).values(values))
        return every

    def text(self, url: str) -> Gold | None:
        """What an article that is held gives today; None where it is not held, or its text is not kept."""
        with self._reader.connect() as connection:
            return _text(connection, url)


def _text(connection: Connection, url: str) -> Gold | None:
    query = (
        sa.select(
            Article.url, Article.source, Revision.title, Revision.lead, Revision.body, Revision.published_at
        )
        .join(Revision, (Revision.article_id == Article.id) & (Revision.number == Article.revision))
        .where(Article.url == url, Revision.text_kept)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    return Gold(row.url, row.source, row.title, f"{row.lead}\n\n{row.body}".strip(), row.published_at, None)
