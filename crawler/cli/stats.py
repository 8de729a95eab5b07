"""``hemero stats``: how many articles there are, by month, source, author and more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.bar import Bar
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler import config
from crawler.cli.queries import COPIES_OPTION, QUERY, hint, typed
from crawler.cli.rows import FORMAT, as_csv, as_json
from crawler.cli.shown import line
from crawler.corpus.pictures import draw
from crawler.corpus.search import count
from crawler.corpus.statistics import BY, statistics
from crawler.db import session

if TYPE_CHECKING:
    from crawler.corpus.statistics import Count

EXAMPLES: Final = """
\b
Examples:
  hemero stats radicalisation                             by month
  hemero stats 'haine en ligne' propagande --by year      two queries compared
  hemero stats 'agency:AFP' --by source --copies one      each wire copy once
  hemero stats radicalis* --shares --output volumes.svg   a picture: SVG or PNG
  hemero stats --by tag --format csv > tags.csv           of all that is kept
"""

COLUMNS: Final = ("bucket", "query", "articles", "texts", "of_articles", "of_texts", "share")
WIDTH: Final = 30  # of the longest bar, in characters: fewer where the terminal has no room


@click.command(epilog=EXAMPLES, context_settings=QUERY)
@click.argument("asked", metavar="[QUERY]...", nargs=-1, callback=typed)
@click.option("--by", type=click.Choice(BY), default="month", show_default=True, help="What is counted by.")
@COPIES_OPTION
@click.option("--shares", is_flag=True, help="Draw the share of all articles instead of their number.")
@click.option("--limit", metavar="N", type=click.IntRange(0), help="The first N rows only.")
@click.option(
    "--output", metavar="FILE", type=click.Path(path_type=Path), help="Draw into FILE.svg or FILE.png."
)
@FORMAT
def stats(
    asked: tuple[str, ...],
    *,
    by: str,
    copies: str,
    shares: bool,
    limit: int | None,
    output: Path | None,
    form: str,
) -> None:
    """Count the articles that queries find, or all.

    Each QUERY is one argument in the language of 'hemero search', quoted where it has spaces. Days, months
    and years are those of the newspaper. Beside the articles stands the number of texts, which counts
    near-identical ones of several outlets once, and the share of all articles that are kept. An article
    with two authors, tags or terms counts for each.
    """
    wanted = tuple(dict.fromkeys(asked or ("",)))
    with session.reading(config.load().database) as engine:
        counts = statistics(engine, wanted, by)
        totals = {query: count(engine, query, copies) for query in wanted}
        hint(engine, *(query for query, total in totals.items() if not total))
    if output:
        draw(counts, by, output, shares=shares, copies=copies)
        click.echo(f"{output} is written", err=True)
        return
    rows = counts if limit is None else counts[: limit * len(wanted)]
    if form == "json":
        as_json([_row(one, copies) for one in rows])
    elif form == "csv":
        as_csv(COLUMNS, [_row(one, copies) for one in rows])
    else:
        _table(rows, by, shares=shares, copies=copies)
        for query, total in totals.items():
            click.echo(
                f"{total} article{'' if total == 1 else 's'} in all" + (f": {line(query)}" if query else ""),
                err=True,
            )


def _row(one: Count, copies: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in COLUMNS[:-1]} | {"share": round(one.share(copies), 6)}


def _table(counts: list[Count], by: str, *, shares: bool, copies: str) -> None:
    several = len({one.query for one in counts}) > 1
    table = Table(
        by, *(["query"] * several), "articles", "texts", "share", "", box=None, padding=(0, 2, 0, 0)
    )
    for column in table.columns[1 + several : 4 + several]:
        column.justify, column.no_wrap = "right", True
    table.columns[-1].max_width = WIDTH
    values = [
        one.share(copies) if shares else one.articles if copies == "all" else one.texts for one in counts
    ]
    most = max(values, default=0) or 1
    for one, value in zip(counts, values, strict=True):
        named = [Text(line(one.query))] * several
        figures = (str(one.articles), str(one.texts), f"{one.share(copies):.1%}")
        table.add_row(Text(line(one.bucket)), *named, *figures, Bar(most, 0, value, color="cyan"))
    Console().print(table)
