"""A source is a TOML file: this module says what may stand in it, and reads it."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 -- annotations are read at run time
import os
import re
import tomllib
import types
import typing
from dataclasses import MISSING, dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.errors import SourceError

CATALOGUE: Final = Path(__file__).with_name("catalogue")

_FILE: Final = re.compile(r"\.(?!html?$|php$|aspx?$)\w{2,5}$", re.IGNORECASE)
_SERVICE: Final = re.compile(
    r"[/_-](?:abonn|cgu|cgv|charte|connexion|contact|cookies|inscription|legale?s|login|newsletter|privacy"
    r"|publicite|recherche|rss|search|signin|subscribe)"
    r"|/(?:annonce|boutique|compte|donnees|jeux|membre|mentions|meteo|notice|plan-du-site|podcast|qui-sommes"
    r"|user|video)",
    re.IGNORECASE,
)
"""Pages of a site that list no articles: service pages, by how French sites call them."""

KINDS: Final = ("press", "agency", "broadcaster", "institution", "association", "research", "platform")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """How one layout of a source is read: XPath expressions, all optional; the generic reader needs none.

    ``until`` is the last day of the layout; the layout of today comes last and has none.
    """

    until: dt.date | None = None
    title: str = ""
    lead: str = ""
    body: str = ""
    authors: str = ""
    published: str = ""
    section: str = ""
    tags: str = ""
    comments: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """Pages that list articles: ``{page}`` counts pages, ``{year}`` and ``{month}`` walk back in time.

    ``first`` and ``step`` say how ``{page}`` counts (an offset has a step of 12, say). A listing with a
    ``{month}`` or ``{year}`` is an archive: it is only walked when a crawl asks for articles ``since`` a day.
    ``months`` are the names of the months where ``{month}`` is a word; without them it is a number of two
    digits.
    """

    url: str
    first: int = 1
    step: int = 1
    until: dt.date | None = None  # the last day that an archive covers
    months: tuple[str, ...] = ()

    @property
    def is_archive(self) -> bool:
        """Whether the address walks back in time."""
        return "{month}" in self.url or "{year}" in self.url


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """Anybody who publishes: where it is, how to find its articles, how to read them.

    ``article`` is searched in an address (path and query) and tells articles from everything else;
    ``not_article`` excludes; ``identity`` names, by its groups, what makes two addresses the same article.
    ``hosts`` are the names beside that of ``home`` under which it publishes; ``.example.fr`` stands for every
    name below that one.
    """

    key: str
    name: str
    home: str
    article: str = ""
    not_article: str = ""
    identity: str = ""
    hosts: tuple[str, ...] = ()
    kind: str = "press"
    country: str = "FR"
    language: str = "fr"
    timezone: str = "Europe/Paris"
    pace: float = 2.0  # seconds between two requests to one host
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()  # sitemaps that reach back; read for ``since`` only
    listings: tuple[Listing, ...] = ()
    rules: tuple[Rules, ...] = ()
    examples: tuple[str, ...] = ()
    not_articles: tuple[str, ...] = ()
    notes: str = ""

    @property
    def host(self) -> str:
        """The host name of the home page."""
        return urlsplit(self.home).hostname or ""

    @property
    def all_hosts(self) -> frozenset[str]:
        """The host names of the source, each with and without ``www.``."""
        bare = {host.removeprefix("www.") for host in (self.host, *self.hosts) if not host.startswith(".")}
        return frozenset(bare | {f"www.{host}" for host in bare})

    def owns(self, url: str) -> bool:
        """Whether the address lies on a host of this source."""
        host = (urlsplit(url).hostname or "").lower()
        return host in self.all_hosts or any(host.endswith(tail) for tail in self.hosts if tail[:1] == ".")

    def is_article(self, url: str) -> bool:
        """Whether the address is that of an article of this source."""
        if not self.owns(url):
            return False
        parts = urlsplit(url)
        tail = parts.path + (f"?{parts.query}" if parts.query else "")
        if self.not_article and re.search(self.not_article, tail):
            return False
        return bool(self.article and re.search(self.article, tail))

    def is_list(self, url: str) -> bool:
        """Whether the address may be that of a section, tag or archive page of this source."""
        parts = urlsplit(url)
        segments = [part for part in parts.path.split("/") if part]
        if not self.owns(url) or self.is_article(url) or not segments or len(segments) > 3:
            return False
        if self.not_article and re.search(self.not_article, parts.path):
            return False
        return not (_FILE.search(parts.path) or _SERVICE.search(parts.path))

    def article_key(self, url: str) -> str:
        """What makes this address the same article as another one; "" where nothing is declared."""
        found = re.search(self.identity, urlsplit(url).path) if self.identity else None
        return f"{self.key}:{'/'.join(part for part in found.groups() if part)}" if found else ""

    def rules_for(self, day: dt.date) -> Rules | None:
        """The layout in force on a day; None where none is declared."""
        for rules in self.rules:
            if rules.until is None or day <= rules.until:
                return rules
        return None


def folders() -> list[Path]:
    """The folders that hold declarations: the catalogue, then that of HEMERO_CATALOGUE."""
    extra = os.environ.get("HEMERO_CATALOGUE", "")
    return [CATALOGUE, *(Path(part) for part in extra.split(os.pathsep) if part)]


def load_all() -> dict[str, Source]:
    """Every declared source by its key, sorted; a private declaration wins over the catalogue's.

    :raises SourceError: a folder is missing, or a declaration is wrong
    """
    found: dict[str, Path] = {}
    for folder in folders():
        if not folder.is_dir():
            raise SourceError(f"HEMERO_CATALOGUE: no such folder: {folder}")
        found |= {file.stem: file for file in folder.glob("*.toml")}
    return {key: read(found[key]) for key in sorted(found)}


def load(key: str) -> Source:
    """One source.

    :raises SourceError: there is none of that key, or its declaration is wrong
    """
    for folder in reversed(folders()):
        if (file := folder / f"{key}.toml").is_file():
            return read(file)
    raise SourceError(f"unknown source {key!r}: 'hemero sources list' shows all")


@cache
def read(file: Path) -> Source:
    """One declaration.

    :raises SourceError: the file is not TOML, or says what no source can say
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{file}: {error}") from error
    source: Source = _record(Source, data | {"key": file.stem}, str(file))
    _check(source, str(file))
    return source


def _record(kind: type[Any], data: object, where: str) -> Any:  # noqa: ANN401 -- the type asked for
    """A declaration class made of a TOML table; an unknown key is an error that names file and key."""
    if not isinstance(data, dict):
        raise SourceError(f"{where}: expected a table, found {data!r}")
    hints = typing.get_type_hints(kind)
    known = {item.name: item for item in fields(kind)}
    for name in data:
        if name not in known:
            raise SourceError(f"{where}: unknown key {name!r}; known are {', '.join(sorted(known))}")
    for name, item in known.items():
        if name not in data and item.default is MISSING and item.default_factory is MISSING:
            raise SourceError(f"{where}: key {name!r} is missing")
    return kind(**{name: _value(hints[name], value, f"{where}: {name}") for name, value in data.items()})


def _value(hint: Any, value: object, where: str) -> object:  # noqa: ANN401 -- a type annotation
    """One value of a declaration, checked against the annotation of its field."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        if not isinstance(value, list):
            raise SourceError(f"{where}: expected a list, found {value!r}")
        return tuple(_value(args[0], part, f"{where}[{number}]") for number, part in enumerate(value))
    if origin is types.UnionType:
        hint = args[0]
    if hasattr(hint, "__dataclass_fields__"):
        return _record(hint, value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise SourceError(f"{where}: expected {hint.__name__}, found {value!r}")
    return value


def _check(source: Source, where: str) -> None:
    """What a type cannot say."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", source.key):
        raise SourceError(f"{where}: the file name is the key: small letters, digits and _ only")
    if source.kind not in KINDS:
        raise SourceError(f"{where}: kind: {source.kind!r} is none of {', '.join(KINDS)}")
    if source.pace < 0:
        raise SourceError(f"{where}: pace: {source.pace} is negative")
    try:
        ZoneInfo(source.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SourceError(f"{where}: timezone: unknown zone {source.timezone!r}") from error
    for name in ("article", "not_article", "identity"):
        try:
            re.compile(getattr(source, name))
        except re.error as error:
            raise SourceError(f"{where}: {name}: bad pattern: {error}") from error
    lists = (source.home, *source.feeds, *source.sitemaps, *source.archives)
    for url in (*lists, *(listing.url for listing in source.listings)):
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise SourceError(f"{where}: {url!r} is not an http address")
    dated = [rules.until for rules in source.rules[:-1]]
    if any(until is None for until in dated) or dated != sorted(day for day in dated if day):
        raise SourceError(f"{where}: rules: every layout but the last needs 'until', oldest first")
