"""``hemero health``: whether every source is still read as it used to be."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from crawler import config, sources
from crawler.cli.shown import line
from crawler.db import session
from crawler.db.health import Health
from crawler.errors import SourceError
from crawler.health import checks
from crawler.health.finding import Finding
from crawler.text import urls

if TYPE_CHECKING:
    from crawler.sources import Source

EXAMPLES = """
\b
Examples:
  hemero health                       every source that has been crawled
  hemero health latribune --json      one source, for a program
  hemero health --canary https://www.latribune.fr/economie/un-article-12345.html
                                      read this article again every week, and hold it against
                                      the text that is kept of it now
  hemero health --release https://www.latribune.fr/economie/un-article-12345.html
                                      no longer

\b
Exit codes:
  0  nothing found           9  something found: a line each says what
"""


@click.command(epilog=EXAMPLES)
@click.argument("keys", metavar="[SOURCE]...", nargs=-1)
@click.option("--canary", metavar="URL", default="", help="Make an article of the archive a canary.")
@click.option("--release", metavar="URL", default="", help="Let a canary go.")
@click.option("--json", "as_json", is_flag=True, help="Print an object: source → its findings.")
def health(keys: tuple[str, ...], canary: str, release: str, *, as_json: bool) -> int:
    """Hold each source against its own history, and against what its declaration expects.

    New articles a day, silence, lists that do not answer, texts without date, author or lead, their length
    and language, walls and errors, selectors that do not match, comments no longer seen, changed canaries.
    The same is looked at, kept and told at the end of every crawl.
    """
    with session.reading(config.load().database) as engine:
        records = Health(engine)
        if canary:
            return _accept(records, canary)
        if release:
            return _release(records, release)
        crawled = records.crawled()
        declared = {key: sources.load(key) for key in keys} or _declared(crawled)
        for key in declared.keys() - crawled:
            click.echo(f"{key}: has never been crawled", err=True)
        found = {key: _findings(records, source) for key, source in declared.items() if key in crawled}
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found)
    return 9 if any(found.values()) else 0


def _declared(keys: list[str]) -> dict[str, Source]:
    """Those of the sources that are declared."""
    declared = sources.load_all()
    return {key: declared[key] for key in keys if key in declared}


def _findings(records: Health, source: Source) -> list[dict[str, Any]]:
    """What is wrong with a source after its newest run; since when, where a crawl has seen it too."""
    from crawler.extensions.health import history  # noqa: PLC0415 -- Scrapy is only loaded where it is needed

    standing = {(row.kind, row.subject): row for row in records.open(source.key)}
    found = checks.check(history(records, source, datetime.now(UTC)))
    found += [
        Finding(row.kind, row.subject, row.message) for row in standing.values() if row.kind == "canary"
    ]
    told = []
    for one in found:
        row = standing.get((one.kind, one.subject))
        since = row.first_seen_at.isoformat() if row else None
        told.append({"kind": one.kind, "subject": one.subject, "message": one.message, "since": since})
    return told


def _print(found: dict[str, list[dict[str, Any]]]) -> None:
    for key, findings in found.items():
        for one in findings:
            since = f" (since {one['since'][:10]})" if one["since"] else ""
            click.echo(line(f"{key}: {one['kind']}: {one['message']}{since}"))
    wrong = sum(map(bool, found.values()))
    click.echo(
        f"{len(found)} source{'' if len(found) == 1 else 's'} looked at, {wrong} with findings", err=True
    )


def _accept(records: Health, url: str) -> int:
    address = _address(url)
    gold = records.text(address)
    if gold is None:
        raise SourceError(f"{address}: no article of the archive has this address and its text")
    records.accept(gold, datetime.now(UTC))
    click.echo(
        line(f"{address}: from now on it is read every week, and must give {len(gold.body.split())} words")
    )
    return 0


def _release(records: Health, url: str) -> int:
    if not records.release(address := _address(url)):
        raise SourceError(f"{address}: is no canary")
    click.echo(line(f"{address}: is no canary any more"))
    return 0


def _address(url: str) -> str:
    try:
        return urls.normalise(url)
    except ValueError as error:
        raise SourceError(str(error)) from error
