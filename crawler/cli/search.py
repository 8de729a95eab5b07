"""``hemero search``: find articles."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler import config
from crawler.cli.queries import COPIES_OPTION, QUERY, hint, joined, typed
from crawler.cli.rows import FORMAT, as_csv, as_json
from crawler.cli.shown import line
from crawler.corpus.search import SORTS, count
from crawler.corpus.search import search as find
from crawler.db import session

if TYPE_CHECKING:
    from crawler.corpus.search import Hit, Results
    from crawler.corpus.snippets import Marked

EXAMPLES: Final = """
\b
Examples:
  hemero search radicalisation en ligne
  hemero search '"retrait de contenus" OR signalement' --since 2024-06 --sort date
  hemero search 'radicalis* -prison agency:AFP source:latribune' --copies one --limit 50
  hemero search 'haine NEAR/5 ligne' --count
  hemero search source:bladi --format csv > bladi.csv

\b
Query language:
  haine ligne          both words; accents, case, elisions (l'), hyphens, inflections do not matter
  "haine en ligne"     these words in this order
  haine OR injure      either; AND binds closer; parentheses group
  haine -sport         not; NOT is the same
  haine NEAR ligne     10 words between them at most, in either order; NEAR/3: 3 words
  radicalis*           words that begin so
  =radicalisés         this form only, accents included
  source: country: agency: author: tag: section: access: label: since: until:
                       filters for the whole query; -source:bladi excludes
"""

COLUMNS: Final = (
    "id",
    "published_at",
    "source",
    "title",
    "authors",
    "agency",
    "section",
    "access",
    "words",
    "relevance",
    "label",
    "cluster_id",
    "copies",
    "url",
    "snippet",
)


@click.command(epilog=EXAMPLES, context_settings=QUERY)
@click.argument("words", metavar="QUERY...", nargs=-1, required=True, callback=typed)
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=20, show_default=True, help="At most N articles."
)
@click.option("--offset", metavar="N", type=click.IntRange(0), default=0, help="Leave the first N out.")
@click.option("--source", "keys", metavar="KEY", multiple=True, help="Only of this source; may be repeated.")
@click.option(
    "--since", metavar="DAY", help="Published on this day or later: 2024-06-30, 2024-06 or 2024 (UTC)."
)
@click.option("--until", metavar="DAY", help="Published on this day or earlier.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="relevance",
    show_default=True,
    help="Best, newest or oldest first.",
)
@COPIES_OPTION
@click.option("--count", "only_count", is_flag=True, help="Only how many there are.")
@FORMAT
def search(
    words: tuple[str, ...],
    *,
    limit: int,
    offset: int,
    keys: tuple[str, ...],
    since: str | None,
    until: str | None,
    sort: str,
    copies: str,
    only_count: bool,
    form: str,
) -> None:
    """Find articles by their words, the best first.

    On a terminal a table shows each with a passage; elsewhere there is one line an article, with tabs between
    id, day, source, title and address. A cell of CSV that begins like a formula gets an apostrophe before it.
    """
    query = joined(words, keys, since, until)
    with session.reading(config.load().database) as engine:
        if only_count:
            total = count(engine, query, copies)
            click.echo(total)
        else:
            found = find(engine, query, limit=limit, offset=offset, sort=sort, copies=copies)
            _print(query, found, form)
            total = found.total
        if not total:
            hint(engine, query)


def _print(query: str, found: Results, form: str) -> None:
    if form == "json":
        as_json({"query": query, "total": found.total, "articles": list(map(_row, found.hits))})
    elif form == "csv":
        as_csv(COLUMNS, map(_row, found.hits))
    elif sys.stdout.isatty():
        _table(found)
    else:
        _lines(found)


def _row(hit: Hit) -> dict[str, Any]:
    """A hit as plain values."""
    values = {name: getattr(hit, name) for name in COLUMNS if name != "snippet"}
    return values | {"snippet": "".join(text for text, _ in hit.snippet)}


def _lines(found: Results) -> None:
    for hit in found.hits:
        click.echo("\t".join(line(value) for value in (hit.id, _day(hit), hit.source, hit.title, hit.url)))
    click.echo(_count(found), err=True)


def _table(found: Results) -> None:
    table = Table("id", "published", "source", "article", box=None, padding=(0, 2, 1, 0))
    for hit in found.hits:
        where = line(hit.url) + (f"  ({hit.copies} copies)" if hit.copies > 1 else "")
        text = Text.assemble(
            _marked(hit.marked_title, "bold"), "\n", _marked(hit.snippet, ""), "\n", (where, "dim")
        )
        table.add_row(str(hit.id), _day(hit), Text(line(hit.source)), text)
    console = Console()
    console.print(table)
    console.print(_count(found), style="dim")


def _marked(marked: Marked, style: str) -> Text:
    """A passage with the words of the query in colour."""
    return Text.assemble(
        *((_kept(text), f"{style} bold yellow" if is_word else style) for text, is_word in marked)
    )


def _kept(text: str) -> str:
    """Printable, with the spaces at its ends, which part the pieces."""
    return line(f"|{text}|")[1:-1]


def _day(hit: Hit) -> str:
    return f"{hit.published_at:%Y-%m-%d}" if hit.published_at else "no date"


def _count(found: Results) -> str:
    shown = len(found.hits)
    return f"{found.total} article{'' if found.total == 1 else 's'} found" + (
        f", {shown} shown" if shown < found.total else ""
    )
