"""What a user may set: in the environment, or in hemero.toml beside the data."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler import __version__
from crawler.errors import ConfigurationError
from crawler.text import addresses, durations, relevance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, kw_only=True, slots=True)
class Config:
    """The settings of Hemero itself; the environment calls each ``HEMERO_`` and its name in capitals."""

    data: str = "."  # the folder of hemero.toml and of everything that is written
    database_url: str = ""  # default: the file hemero.db in the data folder
    keep: str = "relevant"  # whose text is kept: of "relevant" articles, or of "all"
    query: str = ""  # a TOML file that says what is relevant; default: the query of the corpus
    proxy: str = ""  # http://host:port; the environment's http_proxy is ignored
    allow_addresses: str = ""  # networks that are not public and may be asked all the same: 127.0.0.1/32,…
    allow_ports: str = ""  # ports beside 80 and 443: 8000,8080
    revisit: str = "1h 6h 1d 3d 7d 30d"  # how long after it was first seen an article is asked for again
    contact: str = ""  # a web or e-mail address for the people who run the sites; goes into the User-Agent
    alert_smtp: str = "smtp://localhost:25"  # smtp://user:password@host:587 (STARTTLS), smtps://…:465
    alert_from: str = "hemero@localhost"
    alert_to: str = ""  # e-mail addresses that are told when a source's health turns bad, joined by ", "
    alert_webhook: str = ""  # an http(s) address that gets the same as JSON
    wayback: str = "https://web.archive.org/web"  # of a web archive: what stands before the time of a capture
    wayback_index: str = "https://web.archive.org/cdx/search/cdx"  # its CDX server
    archive_write: str = "on"  # "off": nothing that is fetched is archived
    archive_folder: str = ""  # of the WARC files; default: archive in the data folder
    archive_size: str = "1000"  # megabytes from which a WARC file is closed and the next begun
    archive_comments: str = "keep"  # "strip": pages are archived without what readers wrote

    @property
    def archive(self) -> Path:
        """The folder of the WARC files, the default filled in."""
        return Path(self.archive_folder or Path(self.data, "archive"))

    @property
    def database(self) -> str:
        """The database's URL, the default filled in; what a URL would take for a sign is escaped."""
        file = str(Path(self.data, "hemero.db")).replace("%", "%25").replace("?", "%3F")
        return self.database_url or f"sqlite:///{file}"

    @property
    def relevance(self) -> relevance.Query:
        """The query that judges articles.

        :raises ConfigurationError: its file cannot be read, or something in it is wrong
        """
        return relevance.load(Path(self.query)) if self.query else relevance.load()

    @property
    def wall(self) -> addresses.Wall:
        """What may be connected to."""
        return addresses.allowed(self.allow_addresses, self.allow_ports)

    @property
    def user_agent(self) -> str:
        """The honest name that every request carries, with the contact where one is set."""
        return f"Hemero/{__version__}" + (f" (+{self.contact})" if self.contact else "")


def load(settings: Mapping[str, Any] | None = None) -> Config:
    """The configuration: of hemero.toml, then of the environment, then of Scrapy's settings.

    :param settings: Scrapy's settings, where ``-s HEMERO_KEEP=all`` arrives
    :raises ConfigurationError: a key is unknown, or a value is none that the key can have
    """
    names = [item.name for item in fields(Config)]
    _check_names(names)
    given = {
        name: os.environ[f"HEMERO_{name.upper()}"] for name in names if f"HEMERO_{name.upper()}" in os.environ
    }
    if settings is not None:
        given |= {name: str(settings[key]) for name in names if settings.get(key := f"HEMERO_{name.upper()}")}
    file = Path(given.get("data", "."), "hemero.toml")
    config = Config(**_read(file, names) | given)
    _check(config)
    return config


def _check_names(names: list[str]) -> None:
    """A variable that is nearly a setting's is taken for one: a slip would else crawl with the defaults."""
    known = [f"HEMERO_{name.upper()}" for name in names]
    for name in os.environ:
        if name.startswith("HEMERO_") and name not in {*known, "HEMERO_CATALOGUE"}:
            alike = get_close_matches(name, [*known, "HEMERO_CATALOGUE"], n=1, cutoff=0.85)
            if alike:
                raise ConfigurationError(f"{name}: no such setting; did you mean {alike[0]}?")


def _read(file: Path, names: list[str]) -> dict[str, str]:
    """What hemero.toml says; nothing where there is none."""
    if not file.is_file():
        return {}
    try:
        data = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{file}: {error}") from error
    flat: dict[str, str] = {}
    for name, value in _flattened(data):
        if name not in names or name == "data":
            raise ConfigurationError(f"{file}: unknown key {name!r}; known are {', '.join(names[1:])}")
        if not isinstance(value, str):
            raise ConfigurationError(f"{file}: {name}: expected a text, found {value!r}")
        flat[name] = value
    return flat


def _flattened(data: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Keys of tables by their full name: ``archive.comments`` is ``archive_comments``."""
    for name, value in data.items():
        if isinstance(value, dict):
            yield from ((f"{name}_{inner}", part) for inner, part in _flattened(value))
        else:
            yield name, value


def _check(config: Config) -> None:
    if config.keep not in {"relevant", "all"}:
        raise ConfigurationError(f"HEMERO_KEEP: {config.keep!r} is neither 'relevant' nor 'all'")
    try:
        durations.plan(config.revisit)
    except ValueError as error:
        raise ConfigurationError(f"HEMERO_REVISIT: {error}") from error
    _check_addresses(config)
    try:
        addresses.allowed(config.allow_addresses, config.allow_ports)
    except ValueError as error:
        raise ConfigurationError(f"HEMERO_ALLOW_ADDRESSES, HEMERO_ALLOW_PORTS: {error}") from error
    if config.archive_write not in {"on", "off"}:
        raise ConfigurationError(f"HEMERO_ARCHIVE_WRITE: {config.archive_write!r} is neither 'on' nor 'off'")
    if not re.fullmatch(r"\d+(\.\d+)?", config.archive_size):
        raise ConfigurationError(f"HEMERO_ARCHIVE_SIZE: {config.archive_size!r} is no number of megabytes")
    if config.archive_comments not in {"keep", "strip"}:
        raise ConfigurationError(
            f"HEMERO_ARCHIVE_COMMENTS: {config.archive_comments!r} is neither 'keep' nor 'strip'"
        )
    if not Path(config.data).is_dir():
        raise ConfigurationError(f"HEMERO_DATA: no such folder: {config.data}")


def _check_addresses(config: Config) -> None:
    if config.proxy and not (_is_address(config.proxy) and re.fullmatch(r"[^@]+:\d+/?", config.proxy)):
        raise ConfigurationError("HEMERO_PROXY: expected http://host:port, without a user or a password")
    for name in ("wayback", "wayback_index"):
        if not _is_address(getattr(config, name)):
            raise ConfigurationError(f"HEMERO_{name.upper()}: expected an http address")
    if config.contact and not re.fullmatch(r"[ -'*-~]*[@.][ -'*-~]*", config.contact):  # ASCII, no ( and )
        raise ConfigurationError("HEMERO_CONTACT: expected a web or e-mail address")
    if not _is_address(config.alert_smtp, "smtp", "smtps") or config.alert_smtp.count("/") > 2:
        raise ConfigurationError("HEMERO_ALERT_SMTP: expected smtp://host:25 or smtps://host:465")
    if config.alert_webhook and not _is_address(config.alert_webhook):
        raise ConfigurationError("HEMERO_ALERT_WEBHOOK: expected an http address")
    if re.search(r"[\x00-\x1f\x7f]", config.alert_to + config.alert_from):
        raise ConfigurationError("HEMERO_ALERT_TO, HEMERO_ALERT_FROM: expected e-mail addresses")


def _is_address(text: str, *schemes: str) -> bool:
    """Whether a text is a URL of a host and, where it names one, of a port that there can be."""
    if re.search(r"[\s\x00-\x1f\x7f]", text):
        return False
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and parts.port != 0  # raises for what is no number
    except ValueError:
        return False
    return has_host and parts.scheme in (schemes or {"http", "https"})
