"""What Scrapy writes of a crawl, without whole items and in lines that no page can forge."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure


class QuietLogFormatter(LogFormatter):
    """Names an item by its address, never by its text."""

    def scraped(self, item: Any, response: Response | Failure | None) -> LogFormatterResult:  # noqa: ANN401, ARG002
        """An item that is stored."""
        return _line(10, "Stored %(item)s", item)

    def dropped(
        self, item: Any, exception: BaseException, response: Any, spider: Any = None  # noqa: ANN401, ARG002
    ) -> LogFormatterResult:
        """An item that is not stored, and stays on the frontier."""
        return _line(30, f"Dropped %(item)s: {exception}".replace("%(item)s: ", "%(item)s: ", 1), item)

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Any = None  # noqa: ANN401, ARG002
    ) -> LogFormatterResult:
        """An item that could not be stored."""
        return _line(40, "Failed on %(item)s", item)


def _line(level: int, message: str, item: Any) -> LogFormatterResult:  # noqa: ANN401
    name = f"{type(item).__name__.lower()} {getattr(item, 'url', '')!a}"
    return {"level": level, "msg": message, "args": {"item": name}}
