"""``hemero kwic``: keyword in context."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler import config
from crawler.cli.queries import COPIES_OPTION, QUERY, hint, typed
from crawler.cli.rows import FORMAT, as_csv, as_json
from crawler.cli.shown import line
from crawler.corpus import concordance
from crawler.corpus.concordance import ARTICLES, SORTS, WINDOW, Collocates, Line
from crawler.db import session

if TYPE_CHECKING:
    from crawler.corpus.concordance import Concordance

EXAMPLES: Final = """
\b
Examples:
  hemero kwic radicalisation                         every place, the oldest first
  hemero kwic '"contre-discours"' --sort right       by what follows
  hemero kwic 'haine source:latribune' --collocates  the words around, the most attracted first
  hemero kwic 'radicalis* since:2024' --format csv > radicalis.csv
"""

COLUMNS: Final = tuple(Line.__dataclass_fields__)
WORDS: Final = ("word", "count", "expected", "log_likelihood")


@click.command(epilog=EXAMPLES, context_settings=QUERY)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, callback=typed)
@click.option("--sort", type=click.Choice(SORTS), default="date", show_default=True, help="Order of lines.")
@click.option("--collocates", is_flag=True, help="Count the words around instead.")
@click.option(
    "--window",
    metavar="N",
    type=click.IntRange(1, 50),
    default=WINDOW,
    show_default=True,
    help="Words on each side that are collocates.",
)
@click.option(
    "--width",
    metavar="N",
    type=click.IntRange(10, 500),
    default=60,
    show_default=True,
    help="Characters on each side.",
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=50, show_default=True, help="At most N lines."
)
@click.option(
    "--articles",
    metavar="N",
    type=click.IntRange(0),
    default=ARTICLES,
    show_default=True,
    help="Read N articles at most, those met last; 0: all.",
)
@COPIES_OPTION
@FORMAT
def kwic(
    words: tuple[str, ...],
    *,
    sort: str,
    collocates: bool,
    window: int,
    width: int,
    limit: int,
    articles: int,
    copies: str,
    form: str,
) -> None:
    """Show each place where words stand, with what stands around them.

    With --collocates: the words near them, with how often they stand there, how often chance would have it,
    and Dunning's log-likelihood, which chance exceeds 3.84 once in twenty, 10.83 once in a thousand times.
    """
    query = " ".join(words)
    with session.reading(config.load().database) as engine:
        if collocates:
            near = concordance.collocates(engine, query, window=window, articles=articles, copies=copies)
            _collocates(near, limit, form)
            return
        found = concordance.concordance(
            engine, query, sort=sort, width=width, articles=articles, copies=copies
        )
        if not found.lines:
            hint(engine, query)
    rows = [asdict(each) for each in found.lines[:limit]]
    if form == "json":
        as_json({"query": query, "total": found.total, "lines": rows})
    elif form == "csv":
        as_csv(COLUMNS, rows)
    else:
        _table(found, limit)


def _table(found: Concordance, limit: int) -> None:
    console = Console(width=None if sys.stdout.isatty() else 200)
    lines = found.lines[:limit]
    longest = max((len(line(each.keyword)) for each in lines), default=0)
    room = max((console.width - longest - 24) // 2, 10)
    table = Table(box=None, show_header=False, padding=(0, 1, 0, 0))
    table.add_column(style="dim", justify="right")
    table.add_column(style="dim")
    table.add_column(justify="right", no_wrap=True)
    table.add_column(style="bold yellow", no_wrap=True)
    table.add_column(no_wrap=True)
    for each in lines:
        day = f"{each.published_at:%Y-%m-%d}" if each.published_at else "no date"
        context = (line(each.left)[-room:], line(each.keyword), line(each.right)[:room])
        table.add_row(str(each.article), day, *map(Text, context))
    console.print(table)
    click.echo(f"{len(lines)} of {len(found.lines)} places shown; {_read(found)}", err=True)


def _collocates(found: Collocates, limit: int, form: str) -> None:
    rows = [asdict(each) for each in found.words[:limit]]
    if form == "json":
        as_json({"total": found.total, "articles": found.articles, "words": rows})
    elif form == "csv":
        as_csv(WORDS, rows)
    else:
        table = Table("word", "near", "by chance", "log-likelihood", box=None, padding=(0, 2, 0, 0))
        for column in table.columns[1:]:
            column.justify = "right"
        for each in found.words[:limit]:
            table.add_row(
                Text(line(each.word)), str(each.count), f"{each.expected:.1f}", f"{each.log_likelihood:.1f}"
            )
        Console().print(table)
        click.echo(_read(found), err=True)


def _read(found: Concordance | Collocates) -> str:
    if found.articles < found.total:
        return f"{found.articles} of {found.total} articles read: --articles 0 reads all"
    return f"{found.total} article{'' if found.total == 1 else 's'} read"
