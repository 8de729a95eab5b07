"""A declaration as the text of its file: what differs from the defaults, in their order."""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any

from crawler.sources.declaration import Rules, Source

if TYPE_CHECKING:
    from collections.abc import Iterator
    from dataclasses import Field


def toml(source: Source) -> str:
    """The file of a source; reading it gives the same source."""
    plain = [item for item in fields(Source) if item.name not in {"key", "rules"} and _is_said(source, item)]
    lines = [f"{item.name} = {_value(getattr(source, item.name))}" for item in plain]
    return "\n".join([*lines, *_rules(source)]) + "\n"


def _is_said(record: object, said: Field[Any]) -> bool:
    """Whether a value differs from what holds without it."""
    default = said.default if said.default_factory is MISSING else said.default_factory()
    return bool(getattr(record, said.name) != default)


def _rules(source: Source) -> Iterator[str]:
    for rules in source.rules:
        yield "\n[[rules]]"
        said = (item.name for item in fields(Rules) if _is_said(rules, item))
        yield from (f"{name} = {_value(getattr(rules, name))}" for name in said)


def _value(value: object) -> str:
    """A value as TOML writes it."""
    if is_dataclass(value):
        value = {item.name: getattr(value, item.name) for item in fields(value) if _is_said(value, item)}
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_value(part)}" for name, part in value.items()) + " }"
    if isinstance(value, tuple):
        if len(value) == 1:
            return f"[{_value(value[0])}]"
        return "[\n" + "".join(f"    {_value(part)},\n" for part in value) + "]"
    return _text(value) if isinstance(value, str) else str(value).lower()


def _text(text: str) -> str:
    """A text: literal where it has backslashes, as patterns do; JSON's escapes are TOML's too."""
    if "\\" in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
