"""``hemero crawl``: read some sources, or all."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Console
from rich.live import Live
from rich.table import Table

from crawler import config, sources
from crawler.cli.fetching import settings
from crawler.cli.shown import counted, line
from crawler.db.lock import RunLock
from crawler.export import partial

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.running import Run

EXAMPLES = """
\b
Examples:
  hemero crawl latribune bladi              what is new in two newspapers
  hemero crawl --all                        what is new everywhere, for cron
  hemero crawl latribune --since 2015-01-01 --max-pages 500 --max-lists 100
  hemero crawl --all --max-time 50m --report last-run.json

\b
Exit codes:
  0  all well                               7  finished, with pages lost to errors
  1  a bug                                  8  stopped by its own limit
  2  wrong usage or configuration           9  a source below its expectation
  3  disk full, or a folder not writable    129, 130, 143  stopped by a signal (SIGHUP, SIGINT,
  4  the schema is too old or too new         SIGTERM); what was fetched is stored
  5  another run is at work on the source
  6  the database cannot be reached

\b
Signals:
  The first SIGINT (Ctrl-C) or SIGTERM lets requests that are under way finish, for 20 seconds at
  most; the second ends the run within two seconds. Whatever has come is stored either way.
"""

SECONDS: Final = {"s": 1, "m": 60, "h": 3600}
BYTES: Final = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}


class Amount(click.ParamType[int]):
    """A number with a unit, such as 50m or 500M."""

    def __init__(self, name: str, units: dict[str, int]) -> None:
        self.name = name
        self.units = units

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number in seconds or bytes."""
        found = re.fullmatch(r"(\d+)([a-zA-Z]?)", str(value))
        if not found or found[2] not in self.units or not int(found[1]):
            units = ", ".join(f"1{unit}" for unit in self.units)
            self.fail(f"{value!r}: expected a number with its unit, as in {units}", param, ctx)
        return int(found[1]) * self.units[found[2]]


@click.command(epilog=EXAMPLES)
@click.argument("keys", metavar="[SOURCE]...", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every declared source that does not refuse robots.")
@click.option("--since", metavar="DAY", default="", help="Walk the archives too, back to a day: 2015-01-01.")
@click.option(
    "--max-pages", metavar="N", default="", help="At most N article pages of each source in this run."
)
@click.option(
    "--max-lists",
    metavar="N",
    default="",
    help="At most N pages of lists; a run for the past goes on from there.",
)
@click.option("--max-time", type=Amount("time", SECONDS), help="End after 90s, 50m or 2h; the rest waits.")
@click.option("--max-bytes", type=Amount("bytes", BYTES), help="End once answers have brought 500M or 2G.")
@click.option(
    "--report", metavar="FILE", type=click.Path(dir_okay=False), help="Write the run's report: JSON."
)
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
@click.option("--json-log", is_flag=True, help="Write the log as JSON, an object a line.")
def crawl(keys: tuple[str, ...], *, everything: bool, **options: Any) -> int:  # noqa: ANN401
    """Find, fetch, read, judge and store what is new in one or several sources.

    An empty database is made ready first. On a terminal the run shows its progress; elsewhere, as in cron, it
    writes a line for each source when that is done, and one for the run. A source that another run is at work
    on is left out; the run then ends with code 5.
    """
    if everything == bool(keys):
        raise click.UsageError("name the sources to read, or say --all; 'hemero sources list' shows them")
    if options["report"]:
        partial.check(Path(options["report"]), force=True)
    wanted = willing() if everything else list(keys)
    arguments = {name: options.pop(name) for name in ("since", "max_pages", "max_lists")}
    run = _prepare(wanted, {name: value for name, value in arguments.items() if value}, options)
    console = Console()
    if console.is_terminal and not config.load().contact:
        click.echo("hemero: HEMERO_CONTACT is not set: sites that you crawl cannot reach you", err=True)
    for key in run.locked_out:
        click.echo(f"{key}: left out: another run is at work on it")
    if console.is_terminal and not options["verbose"]:
        with Live(get_renderable=lambda: _table(run), console=console, refresh_per_second=4):
            run.start()
    else:
        run.finished.append(lambda crawler: _tell(result(crawler)))
        run.start()
    _tell(_summary(run))
    return run.exit_code


def willing() -> list[str]:
    """Every source but those that refuse robots, which are named."""
    every = sources.load_all()
    refusing = [key for key, source in every.items() if source.refused]
    if refusing:
        click.echo(f"hemero: not crawled, since they refuse robots: {', '.join(refusing)}", err=True)
    return [key for key in every if key not in refusing]


def _prepare(keys: list[str], arguments: dict[str, str], options: dict[str, Any]) -> Run:
    """The run, with its locks taken first: a second run is turned away before Twisted is loaded."""
    for key in keys:
        sources.load(key)
    lock = RunLock(config.load().database)
    try:
        lock.take(keys)
        from crawler.running import Run  # noqa: PLC0415 -- Twisted is only loaded to crawl

        made = settings(
            LOG_LEVEL="INFO" if options["verbose"] else "ERROR",
            LOG_JSON=str(options["json_log"]),
            RUN_MAX_SECONDS=str(options["max_time"] or 0),
            RUN_MAX_BYTES=str(options["max_bytes"] or 0),
            RUN_REPORT=options["report"] or "",
        )
        return Run(made, keys, arguments, lock)
    except BaseException:
        lock.close()
        raise


def _tell(text: str) -> None:
    """A line on the standard output, if anybody still reads it: a closed pipe must not end a crawl."""
    try:
        click.echo(line(text))
    except BrokenPipeError:
        return


def _report(crawler: Crawler) -> dict[str, Any]:
    from crawler.extensions.report import of_crawler  # noqa: PLC0415 -- as above

    return of_crawler(crawler)


def result(crawler: Crawler) -> str:
    """One source's result, for a log."""
    told = _report(crawler)
    numbers = ", ".join(f"{count} {name}" for name, count in told["counts"].items())
    silent = ", no list answered" if told["exit_code"] == 7 and not told["counts"]["lost"] else ""
    return f"{told['source']}: {told.get('error') or told['outcome']}: {numbers}{silent}"


def _summary(run: Run) -> str:
    """The run in one line."""
    told = [_report(crawler) for crawler in run.results.values()]
    total = {name: sum(one["counts"][name] for one in told) for name in (told[0]["counts"] if told else ())}
    numbers = ", ".join(f"{count} {name}" for name, count in total.items())
    findings = sum(len(one["health"]) for one in told)
    said = f"run: exit {run.exit_code}: {counted(len(told), 'source')}, {numbers}"
    return said + (f", {counted(findings, 'health finding')}: see 'hemero health'" if findings else "")


def _table(run: Run) -> Table:
    """All sources' numbers, for a terminal."""
    told = [_report(crawler) for crawler in list(run.results.values())]
    table = Table("source", *(told[0]["counts"] if told else ()), "state", box=None)
    for one in told:
        state = line(one.get("error") or one["outcome"]).replace("not started", "running")
        table.add_row(one["source"], *map(str, one["counts"].values()), state)
    return table
