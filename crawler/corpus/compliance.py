"""What the sites of a source ask of robots, and what became of it: for whoever must answer for a crawl."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import sqlalchemy as sa

from crawler.db.models import Fetch, Origin, Page, Robots, Tdmrep

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection, Engine

OBEYED: Final = ("robots_denied", "robots_unreachable", "tdm_reserved", "retry_later", "address_refused")
PLACES: Final = ("tdmrep.json", "header", "meta")


def of(engine: Engine, source: str) -> dict[str, Any]:
    """The report on one source, by its key.

    ``addresses`` counts its addresses by outcome, ``obeyed`` those of them that were refused to us or left
    alone. ``reserved`` counts articles whose latest answer reserves text and data mining, by the place that
    says so, and as ``tdm_reserved`` those whose text was let go for it. ``notices`` counts what X-Robots-Tag
    and ``<meta name="robots">`` say. ``origins`` has a record for each authority.
    """
    with engine.connect() as connection:
        outcomes = _counts(connection, sa.select(Page.outcome).where(Page.source == source))
        latest = _latest(source)
        tdm = _counts(connection, sa.select(Fetch.tdm_reservation).where(Fetch.id.in_(latest)))
        notices = _counts(connection, sa.select(Fetch.x_robots_tag).where(Fetch.id.in_(latest)))
        urls = connection.execute(sa.select(Page.url).where(Page.source == source)).scalars()
        authorities = sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, urls)})
        return {
            "source": source,
            "addresses": outcomes,
            "obeyed": {name: outcomes[name] for name in OBEYED if name in outcomes},
            "reserved": {"tdm_reserved": outcomes.get("tdm_reserved", 0)} | _places(tdm),
            "notices": {said: count for said, count in notices.items() if said},
            "origins": [_origin(connection, authority) for authority in authorities],
        }


def _latest(source: str) -> sa.Select[Any]:
    """The last fetch of every article page of a source."""
    pages = (Page.source == source, Page.kind == "article")
    return (
        sa.select(sa.func.max(Fetch.id)).join(Page, Page.id == Fetch.page_id).where(*pages).group_by(Page.id)
    )


def _counts(connection: Connection, values: sa.Select[Any]) -> dict[str, int]:
    """How often each value occurs, the most frequent first."""
    listed = values.subquery()
    column = listed.c[0]
    query = sa.select(column, sa.func.count()).group_by(column).order_by(sa.func.count().desc(), column)
    return {row[0]: row[1] for row in connection.execute(query)}


def _places(said: dict[str, int]) -> dict[str, int]:
    """Reservations by the place that makes them: ``1 (meta) https://…`` is one of meta."""
    found: Counter[str] = Counter()
    for value, count in said.items():
        if value.startswith("1 "):
            found[value[3:].partition(")")[0]] += count
    return {place: found[place] for place in PLACES if found[place]}


def _origin(connection: Connection, authority: str) -> dict[str, Any]:
    """What is known of one authority."""
    rows = {
        table: connection.execute(sa.select(table.__table__).where(table.authority == authority)).first()
        for table in (Robots, Tdmrep, Origin)
    }
    robots, tdmrep, pause = rows.values()
    return {
        "authority": authority,
        "robots": f"{robots.decision} ({robots.status or 'no answer'})" if robots else "",
        "robots_at": robots.fetched_at if robots else None,
        "content_signal": robots.content_signal if robots else "",
        "tdmrep": tdmrep.status if tdmrep else None,
        "paused_until": pause.paused_until if pause else None,
        "paused_for": pause.reason if pause else "",
    }
