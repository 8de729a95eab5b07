"""``hemero crawl``: read some sources, or all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table

from crawler import config, sources
from crawler.cli.fetching import settings

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.running import Run

EXAMPLES = """
\b
Examples:
  hemero crawl latribune bladi              what is new in two newspapers
  hemero crawl --all                        what is new everywhere, for cron
  hemero crawl latribune --since 2015-01-01 --max-pages 500

\b
Exit codes:
  0  all well                               6  the database cannot be reached
  1  a bug                                  7  finished, with pages lost to errors
  2  wrong usage or configuration           8  stopped by its own limit
  3  disk full, or a folder not writable    130, 143  stopped by a signal; what was fetched is stored
  4  the schema is too old or too new
  5  another program holds the database
"""

COLUMNS = {
    "asked": ("downloader/request_count",),
    "new": ("store/new",),
    "changed": ("store/revision",),
    "unchanged": ("store/unchanged", "article/unchanged"),
    "copies": ("store/duplicate",),
    "relevant": ("relevance/label_1", "relevance/label_2"),
    "refused": ("article/robots_denied", "article/redirect_refused", "article/http_error"),
    "lost": ("article/network_error", "article/retry_later", "article/corrupt", "article/source_error"),
}
"""What is counted of each source, and the stats that make the number."""


@click.command(epilog=EXAMPLES)
@click.argument("keys", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every declared source that does not refuse robots.")
@click.option("--since", metavar="DAY", default="", help="Walk the archives too, back to a day: 2015-01-01.")
@click.option(
    "--max-pages", metavar="N", default="", help="At most N article pages of each source in this run."
)
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
def crawl(keys: tuple[str, ...], since: str, max_pages: str, *, everything: bool, verbose: bool) -> int:
    """Find, fetch, read, judge and store what is new in one or several sources.

    An empty database is made ready first. On a terminal the run shows its progress; elsewhere, as in cron, it
    writes a line for each source when that is done.
    """
    if everything == bool(keys):
        raise click.UsageError("name the sources to read, or say --all; 'hemero sources list' shows them")
    wanted = _willing() if everything else list(keys)
    arguments = {"since": since, "max_pages": max_pages}
    run = _prepare(wanted, {name: value for name, value in arguments.items() if value}, verbose=verbose)
    console = Console()
    if console.is_terminal and not config.load().contact:
        click.echo("hemero: HEMERO_CONTACT is not set: sites that you crawl cannot reach you", err=True)
    if console.is_terminal and not verbose:
        with Live(get_renderable=lambda: _table(run), console=console, refresh_per_second=4):
            run.start()
    else:
        run.finished.append(lambda crawler: click.echo(_line(crawler)))
        run.start()
    return run.exit_code


def _willing() -> list[str]:
    """Every source but those that refuse robots, which are named."""
    every = sources.load_all()
    refusing = [key for key, source in every.items() if source.refused]
    if refusing:
        click.echo(f"hemero: not crawled, since they refuse robots: {', '.join(refusing)}", err=True)
    return [key for key in every if key not in refusing]


def _prepare(keys: list[str], arguments: dict[str, str], *, verbose: bool) -> Run:
    from crawler.running import Run  # noqa: PLC0415 -- Twisted is only loaded to crawl

    return Run(settings(LOG_LEVEL="INFO" if verbose else "ERROR"), keys, arguments)


def _counts(crawler: Crawler) -> dict[str, int]:
    stats: dict[str, Any] = crawler.stats.get_stats() if crawler.spider else {}
    return {name: sum(stats.get(key, 0) for key in keys) for name, keys in COLUMNS.items()}


def _state(crawler: Crawler) -> str:
    stats: dict[str, Any] = crawler.stats.get_stats() if crawler.spider else {}
    return str(stats.get("run/error") or stats.get("finish_reason") or "running")


def _line(crawler: Crawler) -> str:
    """One source's result, for a log."""
    counts = ", ".join(f"{count} {name}" for name, count in _counts(crawler).items())
    return f"{crawler.spidercls.name}: {_state(crawler)}: {counts}"


def _table(run: Run) -> Table:
    """All sources' numbers, for a terminal."""
    table = Table("source", *COLUMNS, "state", box=None)
    for key, crawler in list(run.results.items()):
        table.add_row(key, *(str(count) for count in _counts(crawler).values()), _state(crawler))
    return table
