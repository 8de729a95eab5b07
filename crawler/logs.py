"""The log of a run: one record a line, which nothing that a page holds can forge, as text or as JSON."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TextIO

from crawler.errors import HemeroError

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_ACTING: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_SECRET: Final = re.compile(r"(?<=//)[^/\s@]+(?=@)")  # the user and password of an address


def install(settings: BaseSettings) -> None:
    """Make the root logger write as the settings say; Scrapy's own handler is not installed beside it.

    Scrapy's LOG_ENABLED, LOG_FILE, LOG_FILE_APPEND, LOG_ENCODING, LOG_FORMAT, LOG_DATEFORMAT and LOG_LEVEL
    count; LOG_JSON makes every record a JSON object.
    """
    handler: logging.Handler = logging.NullHandler()
    if settings.getbool("LOG_ENABLED"):
        mode = "a" if settings.getbool("LOG_FILE_APPEND") else "w"
        file, encoding = settings.get("LOG_FILE"), settings.get("LOG_ENCODING")
        handler = File(file, mode, encoding) if file else Stream(sys.stderr)
    as_json = settings.getbool("LOG_JSON")
    handler.setFormatter(
        Objects() if as_json else Lines(settings.get("LOG_FORMAT"), settings.get("LOG_DATEFORMAT"))
    )
    handler.setLevel(settings.get("LOG_LEVEL"))
    for old in [one for one in logging.root.handlers if isinstance(one.formatter, Lines | Objects)]:
        logging.root.removeHandler(old)
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.NOTSET)


def failure() -> str:
    """Why the log of this run cannot be written; "" while it can."""
    return next((one.failed for one in logging.root.handlers if isinstance(one, Stream) and one.failed), "")


class Stream(logging.StreamHandler[TextIO]):
    """A handler that says of a full disk that it is one, once, instead of a traceback a record."""

    failed = ""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 -- logging's name
        """Remember a disk that takes no more; the run looks at it, and ends."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError) or isinstance(error, BrokenPipeError):
            super().handleError(record)
        elif not self.failed:
            self.failed = f"{getattr(self, 'baseFilename', 'the log')}: {error.strerror}"


class File(Stream, logging.FileHandler):
    """The same, of a file."""


def plain(text: str) -> str:
    r"""A text on one line: control, invisible and text-turning characters as escapes, passwords as stars."""
    escaped = _ACTING.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return _SECRET.sub("***", escaped)


class Lines(logging.Formatter):
    """A line a record; those of a traceback are indented, so that none looks like a record."""

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, and its traceback."""
        before, told = (record.exc_info, record.exc_text, record.stack_info), _told(record)
        record.exc_info = record.exc_text = record.stack_info = None
        line = plain(super().format(record) + told)
        record.exc_info, record.exc_text, record.stack_info = before
        return "\n    ".join([line, *map(plain, _trace(self, record))])


class Objects(logging.Formatter):
    """A JSON object a record, in ASCII: time (UTC), level, logger, message, source, error, traceback."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line of JSON."""
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": plain(record.getMessage() + _told(record)),
            "source": getattr(getattr(record, "spider", None), "name", None),
            "error": record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None,
            "traceback": [plain(line) for line in _trace(self, record)] or None,
        }
        return json.dumps({name: value for name, value in said.items() if value is not None})


def _told(record: logging.LogRecord) -> str:
    """What an error of Hemero's says, which is one sentence that names what is concerned."""
    error = record.exc_info[1] if record.exc_info else None
    return f": {error}" if isinstance(error, HemeroError) else ""


def _trace(formatter: logging.Formatter, record: logging.LogRecord) -> list[str]:
    """The lines of a record's traceback; an error that has told all needs none."""
    if not record.exc_info or not record.exc_info[0] or _told(record):
        return []
    return formatter.formatException(record.exc_info).split("\n")
