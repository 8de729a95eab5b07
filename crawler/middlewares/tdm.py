"""Reservations of text and data mining: looked up before a page is asked for, and on its answer."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from crawler.db.origins import TdmAnswer
from crawler.extensions.database import Database
from crawler.text import reservation

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

MAX_AGE: Final = timedelta(hours=24)
MAX_BYTES: Final = 1_000_000


class TdmMiddleware:
    """Asks each authority for /.well-known/tdmrep.json once a day, and reads the header of every article.

    What counts is left in the request's meta as ``tdm``; the page's own ``<meta>`` is read with the page.
    """

    def __init__(self, crawler: Crawler, database: Database) -> None:
        self.crawler = crawler
        self.database = database
        self.files: dict[str, asyncio.Task[TdmAnswer]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Use the run's database."""
        return cls(crawler, Database.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Look up what the authority's file says of the address."""
        if "fetch" not in request.meta or request.meta["fetch"].kind != "article":
            return
        parts = urlsplit(request.url)
        authority = f"{parts.scheme}://{parts.netloc}".lower()
        task = self.files.get(authority)
        if task is None or (task.done() and datetime.now(UTC) - task.result().fetched_at > MAX_AGE):
            self.files[authority] = task = asyncio.ensure_future(self._file(authority))
        request.meta["tdm"] = reservation.of_file((await task).body, request.url)

    def process_response(self, request: Request, response: Response) -> Response:
        """Let the header have its say."""
        if "tdm" in request.meta:
            said = {
                name: (response.headers.get(name) or b"").decode("latin-1")
                for name in ("tdm-reservation", "tdm-policy")
            }
            request.meta["tdm"] = request.meta["tdm"].then(reservation.declared("header", said))
        return response

    async def _file(self, authority: str) -> TdmAnswer:
        """The file of an authority, not older than a day; where it cannot be had, the last one serves."""
        kept = await self.database.call(self.database.store.origin, TdmAnswer, authority)
        now = datetime.now(UTC)
        if kept and now - kept.fetched_at < MAX_AGE:
            return kept
        request = Request(f"{authority}/.well-known/tdmrep.json", callback=NO_CALLBACK, dont_filter=True)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 -- no file: the protocol is not implemented, or not reachable
            logger.info("%s: %s: %s", request.url, type(error).__name__, error)
            status, body = None, kept.body if kept else ""
        else:
            status = response.status
            found = response.body[:MAX_BYTES].decode("utf-8-sig", "replace") if status == 200 else ""
            body = kept.body if kept and status >= 500 else found
        answer = TdmAnswer(authority=authority, status=status, body=body, fetched_at=now)
        await self.database.call(self.database.store.save_origin, answer)
        return answer
