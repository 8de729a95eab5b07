"""A declaration as the text of its file: what differs from the defaults, in their order."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING

from crawler.sources.declaration import Listing, Rules, Source

if TYPE_CHECKING:
    from collections.abc import Iterator


def toml(source: Source) -> str:
    """The file of a source; reading it gives the same source."""
    plain = [field.name for field in fields(Source) if field.name not in {"key", "rules"}]
    lines = [f"{name} = {_value(getattr(source, name))}" for name in plain if _is_said(source, name)]
    return "\n".join([*lines, *_rules(source)]) + "\n"


def _is_said(record: Source | Listing | Rules, name: str) -> bool:
    """Whether a value differs from what holds without it."""
    kind = type(record)
    default = kind.__dataclass_fields__[name].default
    value = getattr(record, name)
    return value != default and value not in ({}, ())


def _rules(source: Source) -> Iterator[str]:
    for rules in source.rules:
        yield "\n[[rules]]"
        yield from (
            f"{field.name} = {_value(getattr(rules, field.name))}"
            for field in fields(Rules)
            if _is_said(rules, field.name)
        )


def _value(value: object) -> str:
    """A value as TOML writes it."""
    if isinstance(value, Listing):
        said = (field.name for field in fields(Listing) if _is_said(value, field.name))
        return "{ " + ", ".join(f"{name} = {_value(getattr(value, name))}" for name in said) + " }"
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
