"""What commands that take a query have in common."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import click

from crawler.cli.shown import line
from crawler.corpus.hints import hints
from crawler.corpus.matches import COPIES

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

QUERY: Final[dict[str, Any]] = {"ignore_unknown_options": True, "help_option_names": ["--help"]}
"""``-sport`` is a word that must not be there, and no option; nor is the h of ``-haine`` a call for help."""


def typed(context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """What was typed; an option that there is not would else be a word that must not be there."""
    for word in given:
        if re.match("--[a-z]", word):
            options = [name for one in context.command.params for name in one.opts]
            raise click.NoSuchOption(word, possibilities=options, ctx=context)
    return given


COPIES_OPTION: Final = click.option(
    "--copies",
    type=click.Choice(COPIES),
    default="all",
    show_default=True,
    help="Of near-identical texts of several outlets all, or only the one met first.",
)


def hint(engine: Engine, *asked: str) -> None:
    """Say what may be mistaken in queries that find nothing."""
    for query in asked:
        for told in hints(engine, query):
            click.echo(f"hemero: {line(told)}", err=True)


def joined(words: tuple[str, ...], keys: tuple[str, ...], since: str | None, until: str | None) -> str:
    """One query of its words and of the options that are filters."""
    filters = [f'source:"{key}"' for key in keys]
    filters += [f'{name}:"{day}"' for name, day in (("since", since), ("until", until)) if day is not None]
    return " ".join((*words, *filters))
