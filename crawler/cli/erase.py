"""``hemero erase``: what must not be held any more."""

from __future__ import annotations

from typing import Final

import click

from crawler import config, erasure, sources
from crawler.cli.shown import counted, line
from crawler.db import erasing, session
from crawler.db.lock import RunLock
from crawler.errors import ConfigurationError, LockedError
from crawler.text import urls

EXAMPLES: Final = """
\b
Examples:
  hemero erase https://www.example.fr/2024/05/un-article.html --why "request of the person concerned, 12 May"
  hemero erase --source example --why "the publisher objects" --yes
"""


@click.command(epilog=EXAMPLES)
@click.argument("url", required=False, default="")
@click.option("--source", metavar="KEY", default="", help="Everything of a source.")
@click.option("--why", required=True, help="Kept with the erasure: who asked, and when.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(url: str, source: str, why: str, *, yes: bool) -> None:
    """Erase a page, or a whole source, from database and archive; it does not come back.

    The article goes with all its revisions, readings, judgements and addresses, its words go out of the
    full-text index, and its records in the WARC files become tombstones that say when and why. A later
    crawl, replay or backfill asks for nothing of it and stores nothing of it. This cannot be undone.
    """
    if bool(url) == bool(source) or not why.strip():
        raise click.UsageError("give an address, or --source with its key, and say --why")
    settings = config.load()
    with session.reading(settings.database) as engine, RunLock(settings.database) as lock:
        found = erasing.held(engine, url=url, source=source)
        click.echo(
            f"{line(url or source)}: {counted(len(found.articles), 'article')}, "
            f"{counted(len(found.pages), 'page')}, {counted(len(found.records), 'capture')} in "
            f"{counted(len(found.files), 'file')}"
        )
        if not found.pages and not found.articles:
            _check(url, source)
        if not yes and not click.confirm("Erase all of it, for ever?"):
            click.echo("nothing was erased")
            return
        busy = {*found.sources, *({source} if source else ()), "replay"}
        if set(lock.take(sorted(busy))) != busy:
            raise LockedError(
                f"{', '.join(sorted(busy))}: a run is at work on it: try again when it has ended"
            )
        erasing.declare(engine, found, " ".join(why.split()), url=url, source=source)
        buried = erasure.finish(engine, settings.archive)
    click.echo(f"erased; made tombstones in the archive: {counted(buried, 'record')}")
    for file in sorted(name for name in found.files if not name.endswith(".warc.gz") or "/" in name):
        click.echo(f"not rewritten, since others made it: {line(file)}", err=True)


def _check(url: str, source: str) -> None:
    """Of what is not held, a slip is likelier than an erasure in advance.

    :raises ConfigurationError: a source is neither declared nor a host, or an address is none
    """
    if source and "." not in source:
        sources.load(source)
    try:
        urls.normalise(url or "https://localhost/")
    except ValueError as error:
        raise ConfigurationError(str(error)) from error
    click.echo(f"nothing is held of {line(url or source)}: it is only refused from now on", err=True)
