"""``hemero report``: what a query finds, as one web page."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from crawler import config
from crawler.cli.queries import COPIES_OPTION, QUERY, typed
from crawler.corpus.summary import summarise
from crawler.db import session
from crawler.errors import ConfigurationError, StorageError
from crawler.export import partial
from crawler.report.page import page

SUFFIXES: Final = (".html", ".htm")
EXAMPLES: Final = """
\b
Examples:
  hemero report radicalisation en ligne --output report.html
  hemero report '"retrait de contenus" since:2022' --copies one --title 'Retraits' --output retraits.html
"""


@click.command(epilog=EXAMPLES, context_settings=QUERY)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, callback=typed)
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), required=True, help="The page, FILE.html."
)
@click.option("--title", metavar="TEXT", help="What the page is called; else the query.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@COPIES_OPTION
def report(words: tuple[str, ...], *, output: Path, title: str | None, force: bool, copies: str) -> None:
    """Write one self-contained web page about the articles of a query.

    It shows when and where they were published, the words that set them apart, a sample, what every column
    means, and how the corpus was made: crawls, versions, what was left out. It asks for nothing from the
    network, runs no script, and prints well.
    """
    query = " ".join(words)
    if output.suffix.lower() not in SUFFIXES:
        raise ConfigurationError(f"{output}: a page's name ends in {' or '.join(SUFFIXES)}")
    partial.check(output, force=force)
    with session.reading(config.load().database) as engine:
        made = page(summarise(engine, query, copies), title or query)
    try:
        output.write_text(made, "utf-8")
    except OSError as error:
        raise StorageError(f"{output}: {error.strerror}") from error
    click.echo(f"{output} is written", err=True)
