"""No pattern takes time that explodes with a line: one that tries all ways to part it would not end here."""

from __future__ import annotations

import importlib
import pkgutil
import re
from typing import TYPE_CHECKING

import pytest

import crawler

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = 88  # characters: where each may be read in two ways, no machine tries them all
PARTS = [*"1aAé -.</\"':|(&@,", "12 ", "a ", "12/", "1h", "le 1 ", "A. ", "a'", "12 mars 2024 ", "a=b ", "a@"]


def patterns() -> Iterator[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    """Every pattern that a module of the crawler holds, alone or in a collection."""
    for module in pkgutil.walk_packages(crawler.__path__, "crawler."):
        if not module.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(module.name)).items():
                yield from ((f"{module.name}.{name}", one) for one in within(value))


def within(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from within(tuple(value.values()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from within(one)
    elif type(value).__name__ == "Phrases":
        yield from within(tuple(vars(value).values()))


KNOWN = {pattern: name for name, pattern in patterns()}


@pytest.mark.parametrize("pattern", KNOWN, ids=KNOWN.get)
def test_a_line_of_one_thing_again_and_again_is_matched_or_not(
    pattern: re.Pattern[str] | re.Pattern[bytes],
) -> None:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    own = dict.fromkeys(re.findall(r"[^\W\d_]{1,14}", source))
    for part in (*PARTS, *own, *(f"{word} " for word in own)):
        for end in ("", "\x01"):
            line = (part * SHORT)[:SHORT] + end
            given = line if isinstance(pattern.pattern, str) else line.encode()
            assert [pattern.match(given), pattern.search(given), pattern.fullmatch(given)]


def test_all_patterns_are_known() -> None:
    assert len(KNOWN) > 300
