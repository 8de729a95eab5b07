"""``hemero sources check``: a declaration held against the live site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.fetching import ask
from crawler.sources import load

if TYPE_CHECKING:
    from crawler.spiders.check import CheckSpider, Looked

EXAMPLES: Final = """
\b
Examples:
  hemero sources check latribune
  hemero sources check bladi --url https://www.bladi.net/un-titre,76930.html
"""
FIELDS: Final = (
    "title",
    "lead",
    "body",
    "authors",
    "agency",
    "section",
    "tags",
    "published_at",
    "modified_at",
)
SHOWN: Final = 70  # characters of a value


@click.command("check", epilog=EXAMPLES)
@click.argument("key", metavar="SOURCE")
@click.option("--url", default="", help="Read this article instead of the first that the lists name.")
def check(key: str, url: str) -> int:
    """Read the live site of a source and show what each list and each rule gives.

    robots.txt and the source's pace are kept, and nothing is stored. The exit code is 7 where a list
    does not answer, or names no article, or a page cannot be read as one.
    """
    arguments = {"key": key} | ({"url": url} if url else {})
    seen: CheckSpider = ask("check", arguments, DOWNLOAD_DELAY=str(max(load(key).pace, 0.001)))
    _show_lists(seen.lists)
    for looked in seen.articles:
        _show_article(looked)
    if not seen.articles:
        click.echo("no list names an article")
    is_well = all(looked.fetch.outcome == "stored" for looked in seen.lists)
    return 0 if is_well and seen.articles and all(looked.article for looked in seen.articles) else 7


def _show_lists(lists: list[Looked]) -> None:
    table = Table("list", "outcome", "articles", "address", "why", box=None)
    for looked in lists:
        fetch = looked.fetch
        status = f"{fetch.outcome} ({fetch.status or 'no answer'})"
        table.add_row(
            *(Text(cell) for cell in (fetch.kind, status, str(looked.articles), fetch.url, fetch.reason))
        )
    Console().print(table)


def _show_article(looked: Looked) -> None:
    """What was read of a page, by which signal, and what each rule found there."""
    click.secho(f"\n{looked.fetch.url}", bold=True)
    if looked.article is None:
        click.echo(f"  no article: {looked.fetch.outcome}: {looked.fetch.reason}")
    else:
        for name in FIELDS:
            value = getattr(looked.article, name)
            signal = looked.article.signals.get(name, "")
            click.echo(f"{name:>14}  {_short(value)}" + (f"  ({signal})" if signal else ""))
    for rule in looked.given:
        found = f"{rule.count} found" + (f", « {_short(rule.begins)} »" if rule.begins else "")
        click.echo(f"{'rule ' + rule.field:>14}  {found}  {rule.expression}")


def _short(value: object) -> str:
    """A value on one line."""
    text = "; ".join(value) if isinstance(value, list) else str(value if value is not None else "")
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN]}… ({len(line)} characters)"
