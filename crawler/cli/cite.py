"""``hemero cite``: articles as references."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
import orjson

from crawler import config
from crawler.cli.shown import line, printable
from crawler.corpus import provenance, stream
from crawler.db import session
from crawler.export import bibtex, csl_json, ris
from crawler.export.styles import STYLES, capture

if TYPE_CHECKING:
    from crawler.corpus.stream import Record

EXAMPLES: Final = """
\b
Examples:
  hemero cite 42
  hemero cite https://www.latribune.fr/opinions/20150115trib1234/un-titre.html --style apa
  hemero cite 42 57 --format bibtex >> memoire.bib
  hemero cite 42 --capture
"""
FORMATS: Final = ("text", "bibtex", "ris", "csl-json")


@click.command(epilog=EXAMPLES)
@click.argument("articles", metavar="ID|URL...", nargs=-1, required=True)
@click.option("--style", type=click.Choice(tuple(STYLES)), default="iso690", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--capture", "with_capture", is_flag=True, help="Name the archive's record after a text.")
def cite(articles: tuple[str, ...], *, style: str, form: str, with_capture: bool) -> None:
    """Cite articles: a sentence in French, or a record for Zotero, LaTeX or pandoc.

    The day of publication is that of the newspaper's own zone; the day of consultation is the one on which
    the text was fetched.
    """
    with session.reading(config.load().database) as engine, engine.connect() as connection:
        records = [stream.one(connection, provenance.find(connection, what)) for what in articles]
    if form == "csl-json":
        entries = [csl_json.entry(record) for record in records]
        click.echo(orjson.dumps(entries, option=orjson.OPT_INDENT_2).decode())
    elif form == "text":
        for record in records:
            click.echo(_text(record, style, with_capture=with_capture))
    else:
        write = bibtex.entry if form == "bibtex" else ris.entry
        click.echo("\n".join(printable(write(record)) for record in records), nl=False)


def _text(record: Record, style: str, *, with_capture: bool) -> str:
    return line(STYLES[style](record)) + (f" {line(capture(record))}" if with_capture else "")
