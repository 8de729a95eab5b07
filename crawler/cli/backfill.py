"""``hemero backfill``: articles of the past, from archives that others keep."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click

from crawler import __version__, config, sources
from crawler.archive.download import download
from crawler.archive.importing import copy
from crawler.archive.writer import Writer
from crawler.cli.crawl import result
from crawler.cli.fetching import settings
from crawler.cli.shown import counted, line
from crawler.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.config import Config

EXAMPLES: Final = """
\b
Examples:
  hemero backfill wayback latribune --since 2010-01-01 --max-pages 500
  hemero backfill ccnews CC-NEWS-20230101000000-00001.warc.gz
  hemero backfill files crawl.warc.gz week.wacz
  hemero backfill urls addresses.txt
"""


@click.group(epilog=EXAMPLES)
def backfill() -> None:
    """Bring in articles of the past: from web archives, Common Crawl, WARC files, or a list of addresses.

    They go through the steps of a crawl, are read by the layout rules of their day, and keep where they come
    from. An older text of an article that is held becomes one of its revisions, not the current one.
    """


@backfill.command(
    epilog="\b\nExamples:\n  hemero backfill wayback latribune --since 2010-01-01 --max-pages 500"
)
@click.argument("source", metavar="SOURCE")
@click.option("--since", metavar="DAY", default="", help="Captures of this day or later.")
@click.option("--until", metavar="DAY", default="", help="Captures of this day or earlier.")
@click.option("--max-pages", metavar="N", default="", help="At most N captures; the next run goes on.")
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
def wayback(*, verbose: bool, **given: str) -> int:
    """Read what the Wayback Machine holds of a source.

    Each text of an article is asked for once, at a pace of three seconds. HEMERO_WAYBACK and
    HEMERO_WAYBACK_INDEX name another web archive, such as one of pywb's.
    """
    return _run("wayback", {name: value for name, value in given.items() if value}, verbose=verbose)


@backfill.command(epilog="\b\nExamples:\n  hemero backfill ccnews CC-NEWS-20230101000000-00001.warc.gz")
@click.argument("places", metavar="FILE|URL...", nargs=-1, required=True)
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
def ccnews(places: tuple[str, ...], *, verbose: bool) -> int:
    """Take the pages of declared sources out of Common Crawl's news files.

    A file is about a gigabyte, of which a few hundred pages may be wanted: those are copied into the archive
    with their origin. What is fetched from a URL is deleted once that is done; a fetch that breaks off is
    taken up by the next run.
    """
    configuration = config.load()
    declared = [source for source in sources.load_all().values() if not source.refused]
    files: list[Path] = []
    for place in places:
        file = _fetched(place, configuration) if urlsplit(place).scheme in {"http", "https"} else Path(place)
        if not file.is_file():
            raise ConfigurationError(f"{place}: no such file")
        files += _copied(file, configuration, lambda url: any(source.is_article(url) for source in declared))
        if str(file) != place:
            file.unlink()
    return _run("replay", {"files": "\n".join(map(str, files))}, verbose=verbose) if files else 0


def _fetched(url: str, configuration: Config) -> Path:
    folder = Path(configuration.data, "downloads")
    folder.mkdir(exist_ok=True)
    file = folder / Path(urlsplit(url).path).name
    click.echo(f"{line(url)}: fetching", err=True)
    download(url, file, user_agent=configuration.user_agent, proxy=configuration.proxy)
    return file


def _copied(file: Path, configuration: Config, wanted: Callable[[str], bool]) -> list[Path]:
    """The files of our archive with the wanted pages of another one; none if it has none."""
    info = {"software": f"Hemero/{__version__}", "description": "pages of Common Crawl's news, copied"}
    writer = Writer(configuration.archive, info=info, name="ccnews")
    try:
        counts = copy(file, writer, origin="ccnews", wanted=wanted)
    finally:
        writer.close()
    click.echo(f"{line(file.name)}: {counted(sum(counts.values()), 'page')} of declared sources", err=True)
    return [configuration.archive / name for name in counts]


@backfill.command(epilog="\b\nExamples:\n  hemero backfill files crawl.warc.gz week.wacz")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False)
)
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
def files(files: tuple[str, ...], *, verbose: bool) -> int:
    """Read WARC and WACZ files that others have made; they stay where they are, and rows name them."""
    return _run("replay", {"files": "\n".join(files)}, verbose=verbose)


@backfill.command(epilog="\b\nExamples:\n  hemero backfill urls addresses.txt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
def urls(file: str, *, verbose: bool) -> int:
    """Ask for the addresses of a file, one a line, as a crawl does: robots.txt and pace hold."""
    return _run("page", {"urls": file}, verbose=verbose)


def _run(spider: str, arguments: dict[str, str], *, verbose: bool) -> int:
    """Run a spider; its exit code."""
    from crawler.running import Run  # noqa: PLC0415 -- Twisted is only loaded to crawl

    run = Run(settings(LOG_LEVEL="INFO" if verbose else "ERROR"), [spider], arguments)
    run.start()
    for crawler in run.results.values():
        click.echo(line(result(crawler)))
    return run.exit_code
