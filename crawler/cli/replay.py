"""``hemero replay``: stored captures through today's reader."""

from __future__ import annotations

import csv
import json
from collections import Counter
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import config
from crawler.cli.fetching import settings
from crawler.cli.queries import hint, joined
from crawler.cli.shown import counted, line
from crawler.db import session, switching
from crawler.errors import ConfigurationError, StorageError
from crawler.export import partial
from crawler.export.cells import cell, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Engine

    from crawler.db.switching import Change

EXAMPLES: Final = """
\b
Examples:
  hemero replay --compare                        what today's reader would change
  hemero replay --source latribune --since 2026-01-01 --compare --export changes.csv
  hemero replay --extractor "hemero 0.1.0" --switch
  hemero replay crawl.warc.gz week.wacz          captures that others have made
  hemero replay archive/*.warc.gz                a database out of its archive
"""

SHOWN: Final = 60  # characters of a value in a line


@click.command(epilog=EXAMPLES)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("--source", metavar="KEY", default="", help="Only captures of this source.")
@click.option("--since", metavar="DAY", default="", help="Only what was fetched on this day or later.")
@click.option("--until", metavar="DAY", default="", help="Only what was fetched on this day or earlier.")
@click.option(
    "--extractor", metavar="NAME", default="", help='Only what this reader has read: "hemero 0.1.0".'
)
@click.option("--limit", metavar="N", default="", help="At most N captures.")
@click.option("--compare", is_flag=True, help="Print, field by field, what would change.")
@click.option(
    "--export", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write it as .csv or .json."
)
@click.option("--switch", is_flag=True, help="Make the new readings current, all or none.")
@click.option("--verbose", is_flag=True, help="Write Scrapy's log to the standard error.")
def replay(
    files: tuple[str, ...], *, file: Path | None, compare: bool, switch: bool, verbose: bool, **given: str
) -> int:
    """Read stored captures anew, offline, with the same steps as a crawl.

    Each page is read by the layout rules of the capture's day. The new reading is written beside the one in
    force, with the reader's version; nothing that you search or export changes before --switch. The reading
    that a switch replaces is kept. Without FILE the captures are those that the database names. A capture of
    a FILE, WARC or WACZ, that the database does not know is stored as a crawl would have on its day.
    """
    if file and file.suffix not in {".csv", ".json"}:
        raise ConfigurationError(f"{file}: --export writes .csv and .json")
    if file:
        partial.check(file, force=True)
    if not files:
        with session.reading(config.load().database):  # there must be one: a crawl would make it
            pass
    code = _read(files, {name: value for name, value in given.items() if value}, verbose=verbose)
    with session.reading(config.load().database) as engine:
        number = switching.last(engine)
        if code not in {0, 7} or number is None:
            return code
        found = list(switching.compare(engine, number))
        if not _report(engine, number, found, one_by_one=compare) and given["source"]:
            hint(engine, joined((), (given["source"],), None, None))
        if file:
            _export(file, found)
        if switch:
            count = switching.switch(session.writing(engine), number)
            click.echo(f"made current: {counted(count, 'reading')}")
        switching.tidy(session.writing(engine), number)
    return code


def _read(files: Sequence[str], arguments: dict[str, str], *, verbose: bool) -> int:
    """Run the spider; its exit code."""
    from crawler.extensions.report import of_crawler  # noqa: PLC0415 -- Twisted is only loaded to crawl
    from crawler.running import Run  # noqa: PLC0415

    if files:
        arguments["files"] = "\n".join(files)
    run = Run(settings(LOG_LEVEL="INFO" if verbose else "ERROR"), ["replay"], arguments)
    run.start()
    if stored := sum(of_crawler(crawler)["counts"]["new"] for crawler in run.results.values()):
        click.echo(f"{counted(stored, 'article')} stored that {'was' if stored == 1 else 'were'} not held")
    return run.exit_code


def _report(engine: Engine, number: int, found: Sequence[Change], *, one_by_one: bool) -> int:
    """What would change, in one line for each field, or in all; the number of texts that were read."""
    if one_by_one:
        for change in found:
            click.echo(_line(change))
    fields = Counter(f"{change.field} {change.kind}" for change in found)
    told = ", ".join(f"{count} {what}" for what, count in fields.most_common())
    with closing(engine.connect()) as connection:
        readings = switching.readings(connection, number)
    click.echo(f"replay {number}: {counted(readings, 'text')} read anew: " + (told or "nothing would change"))
    return readings


def _line(change: Change) -> str:
    old, new = (text if len(text) <= SHOWN else f"{text[:SHOWN]}…" for text in (change.old, change.new))
    of = f"article {change.article}, revision {change.revision}" if change.article else "no article"
    return line(
        f"{change.url} ({of}): {change.field} {change.kind}, {change.length:+} characters: {old!r} → {new!r}"
    )


def _export(file: Path, found: Sequence[Change]) -> None:
    rows: list[dict[str, Any]] = [asdict(change) | {"length": change.length} for change in found]
    try:
        with file.open("w", encoding="utf-8", newline="") as out:
            if file.suffix == ".json":
                json.dump(rows, out, ensure_ascii=False, indent=1, default=plain)
                return
            names = [*switching.Change.__dataclass_fields__, "length"]
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(names)
            for row in rows:
                writer.writerow(
                    [cell(row[name]) if isinstance(row[name], str) else plain(row[name]) for name in names]
                )
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error
