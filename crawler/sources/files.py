"""The files of the catalogue: a declaration a source, found by key, read when asked for."""

from __future__ import annotations

import os
import re
import tomllib
import types
import typing
from dataclasses import MISSING, fields
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawler.errors import SourceError
from crawler.sources.declaration import (
    CONFIDENCES,
    EVIDENCE,
    KEEPS,
    KINDS,
    PAYWALLS,
    RESERVED,
    Expect,
    Listing,
    Rules,
    Source,
)
from crawler.text import durations

CATALOGUE: Final = Path(__file__).with_name("catalogue")
PLATFORMS: Final = Path(__file__).with_name("platforms")

LONGEST_PACE: Final = 3600.0  # seconds: who asks for more is not crawled at all

HINTS: Final = {kind: typing.get_type_hints(kind) for kind in (Source, Rules, Listing, Expect)}
CHOICES: Final = {
    "kind": KINDS,
    "paywall": PAYWALLS,
    "confidence": CONFIDENCES,
    "keep": KEEPS,
    "reserved": RESERVED,
}


def folders() -> list[Path]:
    """The folders that hold declarations: the catalogue, then the user's; a later one wins.

    :raises SourceError: a folder that HEMERO_CATALOGUE names is missing
    """
    named = [Path(part) for part in os.environ.get("HEMERO_CATALOGUE", "").split(os.pathsep) if part]
    for folder in named:
        if not folder.is_dir():
            raise SourceError(f"HEMERO_CATALOGUE: no such folder: {folder}")
    own = _own()
    return [CATALOGUE, *([own] if own.is_dir() else []), *named]


def private() -> Path:
    """The folder for the user's own declarations; it need not exist yet."""
    named = [part for part in os.environ.get("HEMERO_CATALOGUE", "").split(os.pathsep) if part]
    return Path(named[-1]) if named else _own()


def _own() -> Path:
    return Path(os.environ.get("HEMERO_DATA") or ".", "catalogue")


def files() -> dict[str, Path]:
    """The file of every declared source by its key, sorted; nothing is read."""
    found = {file.stem: file for folder in folders() for file in folder.glob("*.toml")}
    return {key: found[key] for key in sorted(found)}


def load_all() -> dict[str, Source]:
    """Every declared source by its key, sorted; a private declaration wins over the catalogue's.

    :raises SourceError: a folder is missing, or a declaration is wrong
    """
    return {key: read(file) for key, file in files().items()}


def load(key: str) -> Source:
    """One source; no other declaration is read.

    :raises SourceError: there is none of that key, or its declaration is wrong
    """
    for folder in reversed(folders()):
        if (file := folder / f"{key}.toml").is_file():
            return read(file)
    alike = " or ".join(get_close_matches(key, files()))
    meant = f"did you mean {alike}?" if alike else "'hemero sources list' shows all"
    raise SourceError(f"unknown source {key!r}: {meant}")


@cache
def read(file: Path) -> Source:
    """One declaration, with what its platform says where it says nothing itself.

    :raises SourceError: the file is not TOML, or says what no source can say
    """
    said = _toml(file)
    if platform := said.get("platform"):
        inherited = _inherited(str(platform), said, str(file))
        evidence = {name: codes for name, codes in inherited["evidence"].items() if name not in said}
        said = inherited | said | {"evidence": evidence | said.get("evidence", {})}
    source: Source = _record(Source, said | {"key": file.stem}, str(file))
    check(source, str(file))
    return source


def _toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{file}: {error}") from error


def _inherited(platform: str, said: dict[str, Any], where: str) -> dict[str, Any]:
    """The keys of a platform; ``{home}`` in its addresses is the source's home page.

    :raises SourceError: there is no such platform
    """
    file = PLATFORMS / f"{platform}.toml"
    if not file.is_file():
        names = ", ".join(sorted(other.stem for other in PLATFORMS.glob("*.toml")))
        raise SourceError(f"{where}: platform: {platform!r} is none of {names}")
    home = str(said.get("home", ""))
    home += "" if home.endswith("/") else "/"

    def filled(value: object) -> object:
        if isinstance(value, list):
            return [filled(part) for part in value]
        if isinstance(value, dict):
            return {name: filled(part) for name, part in value.items()}
        return value.replace("{home}", home) if isinstance(value, str) else value

    return {name: filled(value) for name, value in _toml(file).items()}


def _record(kind: type[Any], data: object, where: str) -> Any:  # noqa: ANN401 -- the type asked for
    """A declaration class made of a TOML table; an unknown key is an error that names file and key."""
    if not isinstance(data, dict):
        raise SourceError(f"{where}: expected a table, found {data!r}")
    known = {item.name: item for item in fields(kind)}
    hints = HINTS[kind]
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
    if origin is dict:
        if not isinstance(value, dict):
            raise SourceError(f"{where}: expected a table, found {value!r}")
        return {name: _value(args[1], part, f"{where}.{name}") for name, part in value.items()}
    if origin is types.UnionType:
        hint = args[0]
    if hasattr(hint, "__dataclass_fields__"):
        return _record(hint, value, where)
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not hint:
        raise SourceError(f"{where}: expected {hint.__name__}, found {value!r}")
    return value


def check(source: Source, where: str) -> None:
    """What a type cannot say.

    :raises SourceError: something in the declaration is wrong; ``where`` begins the sentence
    """
    if not re.fullmatch(r"[a-z0-9][a-z0-9_]*", source.key):
        raise SourceError(f"{where}: the file name is the key: small letters, digits and _ only")
    if min(source.expect.articles_a_day, source.expect.silence) < 0:
        raise SourceError(f"{where}: expect: a number is negative")
    for url in source.expect.canaries:
        if not source.is_article(url):
            raise SourceError(f"{where}: expect: canaries: {url!r} is no article of this source")
    if not 0 <= source.pace <= LONGEST_PACE:
        raise SourceError(f"{where}: pace: {source.pace} is not between 0 and {LONGEST_PACE} seconds")
    if source.reserved == "research" and not source.legal_basis.strip():
        raise SourceError(
            f"{where}: reserved: 'research' keeps reserved texts: 'legal_basis' must say on what"
        )
    _check_addresses(source, where)
    dated = [rules.until for rules in source.rules[:-1]]
    if any(until is None for until in dated) or dated != sorted(day for day in dated if day):
        raise SourceError(f"{where}: rules: every layout but the last needs 'until', oldest first")
    _check_words(source, where)
    _check_patterns(source, where)


def _check_words(source: Source, where: str) -> None:
    """Words out of a closed list, and the name of a time zone."""
    for name, allowed in CHOICES.items():
        if (said := getattr(source, name)) not in allowed:
            raise SourceError(f"{where}: {name}: {said!r} is none of {', '.join(filter(None, allowed))}")
    for name, codes in source.evidence.items():
        if name not in HINTS[Source]:
            raise SourceError(f"{where}: evidence: {name!r} is no key of a declaration")
        if unknown := set(codes.split()) - set(EVIDENCE):
            raise SourceError(f"{where}: evidence: {name}: {min(unknown)!r} is none of {', '.join(EVIDENCE)}")
    try:
        durations.plan(source.revisit or durations.NEVER)
    except ValueError as error:
        raise SourceError(f"{where}: revisit: {error}") from error
    try:
        ZoneInfo(source.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SourceError(f"{where}: timezone: unknown zone {source.timezone!r}") from error


def _check_patterns(source: Source, where: str) -> None:
    """Patterns are patterns, and say what they are asked."""
    for name in ("article", "not_article", "identity"):
        try:
            re.compile(getattr(source, name))
        except re.error as error:
            raise SourceError(f"{where}: {name}: bad pattern: {error}") from error
    if not (source.article or source.refused):
        raise SourceError(f"{where}: key 'article' is missing: the pattern of the addresses of articles")
    if source.identity and not re.compile(source.identity).groups:
        raise SourceError(f"{where}: identity: no group says what makes two addresses the same article")


def _check_addresses(source: Source, where: str) -> None:
    """Lists have http addresses."""
    lists = (source.home, *source.feeds, *source.sitemaps, *source.archives)
    for url in (*lists, *(listing.url for listing in source.listings)):
        if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
            raise SourceError(f"{where}: {url!r} is not an http address")
