"""What Scrapy writes of a crawl: no item's text, and lines that no page can forge."""

from __future__ import annotations

import logging
from typing import Any

from scrapy.logformatter import LogFormatter, LogFormatterResult


class QuietLogFormatter(LogFormatter):
    """Names an item by its address, never by its text."""

    def scraped(self, item: Any, *_: Any, **__: Any) -> LogFormatterResult:  # noqa: ANN401
        """An item that is stored."""
        return _line(logging.DEBUG, "Stored", item)

    def dropped(self, item: Any, exception: BaseException, *_: Any, **__: Any) -> LogFormatterResult:  # noqa: ANN401
        """An item that is not stored, and stays on the frontier."""
        return _line(logging.WARNING, f"Dropped ({exception})", item)

    def item_error(self, item: Any, *_: Any, **__: Any) -> LogFormatterResult:  # noqa: ANN401
        """An item on which a step has failed."""
        return _line(logging.ERROR, "Failed on", item)


def _line(level: int, what: str, item: Any) -> LogFormatterResult:  # noqa: ANN401
    name = f"{type(item).__name__.lower()} {getattr(item, 'url', '')!a}"
    return {"level": level, "msg": "%(what)s %(item)s", "args": {"what": what, "item": name}}
