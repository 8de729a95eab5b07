"""What may stand behind ``scrapy crawl … -a``: each argument is read, or refused in one sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.errors import ConfigurationError
from crawler.text import urls
from crawler.text.urls import LONGEST

if TYPE_CHECKING:
    from crawler.sources import Source


def addresses(given: str, file: str) -> list[str]:
    """The addresses given by hand and those of a file, normalised, each once; # begins a note."""
    lines = given.split() + [line for line in _lines(file) if len(line) <= LONGEST]
    return list(dict.fromkeys(_address(line) for line in lines))


def too_long(file: str) -> list[str]:
    """The addresses of a file that are longer than any may be: they are recorded, and not asked for."""
    return [line for line in _lines(file) if len(line) > LONGEST]


def _lines(file: str) -> list[str]:
    """What stands on the lines of a file, without notes."""
    if not file:
        return []
    try:
        text = Path(file).read_text("utf-8-sig")  # an editor may have begun it with a byte order mark
    except OSError as error:
        raise ConfigurationError(f"urls: {file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"urls: {file}: is not UTF-8: {error}") from error
    lines = [line.strip() for line in text.splitlines()]
    if not (found := [line for line in lines if line and not line.startswith("#")]):
        raise ConfigurationError(f"urls: {file}: holds no address")
    return found


def _address(line: str) -> str:
    try:
        return urls.normalise(line)
    except ValueError as error:
        raise ConfigurationError(f"url: {error}") from error


def day(given: str) -> date | None:
    """A day, such as 2015-01-01."""
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise ConfigurationError(f"since: expected a day such as 2015-01-01, found {given!r}") from error


def count(given: str, name: str = "max_pages") -> int | None:
    """A number above zero."""
    if given and not (given.isdecimal() and int(given)):
        raise ConfigurationError(f"{name}: expected a number above 0, found {given!r}")
    return int(given) if given else None


def owned(source: Source, url: str) -> Source:
    """The source, if the address lies on one of its hosts."""
    if not source.owns(url):
        raise ConfigurationError(
            f"url: {url} is on no host of {source.key}; try: scrapy crawl page -a url={url}"
        )
    return source
