"""What may be mistaken in a query that finds nothing."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import sqlalchemy as sa

from crawler.corpus.parser import FIELDS, parse

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_NAMED: Final = re.compile(r"(?<![\w\"])([a-z]+):(?!//)(\S?)", re.IGNORECASE)


def hints(engine: Engine, query: str) -> list[str]:
    """Sentences: sources of which nothing is known, words that are written like filters and are none.

    :raises QueryError: as ``search``
    """
    wanted = parse(query).filters.wanted.get("source", [])
    with engine.connect() as connection:
        known = list(connection.scalars(sa.text("SELECT key FROM source"))) if wanted else []
    told = [f"source:{key}: nothing is held of it{_alike(key, known)}" for key in wanted if key not in known]
    for name, value in _NAMED.findall(query):
        if name.lower() not in FIELDS:
            told.append(f"{name}: is no filter, and is looked for as a word{_alike(name, FIELDS)}")
        elif not value:
            told.append(f"{name}: has no value; write {name}:VALUE without a space")
    return told


def _alike(word: str, known: list[str] | tuple[str, ...]) -> str:
    near = " or ".join(get_close_matches(word.lower(), known))
    return f"; did you mean {near}?" if near else ""
