"""``hemero archive``: what was fetched, as WARC files."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from crawler import config
from crawler.archive.verify import Report, Row, verify
from crawler.cli.shown import line
from crawler.db import captures, invariants, session
from crawler.text import addresses

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

    from crawler.config import Config

SHOWN = 20
"""Orphans that are shown one by one."""


@click.group()
def archive() -> None:
    """The WARC files in which every answer is kept as it was sent."""


@archive.command(
    "verify",
    epilog="""
\b
Examples:
  hemero archive verify
  hemero archive verify --all --json > report.json
  hemero archive verify --all --absent names.txt

\b
Exit codes:
  0  everything is as it must be          7  something is damaged, missing or broken
""",
)
@click.option("--all", "everything", is_flag=True, help="Check the invariants of the database too.")
@click.option(
    "--absent",
    type=click.File(encoding="utf-8"),
    help="With --all: a file of words, one a line, that must stand in no column.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of lines.")
def verify_command(*, everything: bool, absent: Any, as_json: bool) -> int:  # noqa: ANN401 -- an open file
    """Unpack every record, compute every digest, follow every row of the database to its bytes.

    Found are files that are missing, truncated, filled with zeros or changed in a single bit, rows that lead
    nowhere or to another page, and records that no row names (orphans, which are listed and no fault: a run
    was killed between its archive and its database).
    """
    settings = config.load()
    words = [word.strip() for word in absent if word.strip()] if absent else []
    with session.reading(settings.database) as engine:
        report = _verified(settings, engine)
        broken = list(invariants.broken(engine, words)) if everything else []
        broken += _private(settings, report) if everything else []
        unarchived = captures.unarchived(engine)
    said = _as_data(report, broken, unarchived)
    click.echo(json.dumps(said, ensure_ascii=False, indent=2) if as_json else _as_text(said))
    return 7 if report.findings or broken else 0


def _verified(settings: Config, engine: Engine) -> Report:
    """The files, held against the rows that name them."""
    return verify(
        settings.archive,
        captures.files(engine),
        lambda file: [Row(*values) for values in captures.rows(engine, file)],
    )


def _private(settings: Config, report: Report) -> list[invariants.Broken]:
    """I8: answers of servers that no crawl may connect to."""
    wall = addresses.allowed(settings.allow_addresses, settings.allow_ports)
    return [
        invariants.Broken("I8", address, "an answer came from an address that is not of the public internet")
        for address in sorted(report.addresses)
        if not wall.admits(address)
    ]


def _as_data(report: Report, broken: list[invariants.Broken], unarchived: int) -> dict[str, Any]:
    return {
        "sound": not (report.findings or broken),
        "files": report.files,
        "being_written": report.being_written,
        "records": dict(sorted(report.records.items())),
        "rows": report.rows,
        "unarchived": unarchived,
        "findings": [asdict(finding) for finding in report.findings],
        "broken": [asdict(one) for one in broken],
        "orphans": [asdict(orphan) for orphan in report.orphans],
    }


def _as_text(said: dict[str, Any]) -> str:
    lines = [
        f"{one['file']}" + (f", offset {one['offset']}" if one["offset"] is not None else "")
        + (f", fetch {one['fetch']}" if one["fetch"] else "") + f": {one['what']}"
        for one in said["findings"]
    ]  # fmt: skip
    lines += [f"{one['invariant']}: {one['subject']}: {one['what']}" for one in said["broken"]]
    lines += [
        f"orphan: {one['file']}, offset {one['offset']}: {one['url']}" for one in said["orphans"][:SHOWN]
    ]
    lines += [f"and {left} more orphans"] if (left := len(said["orphans"]) - SHOWN) > 0 else []
    lines += [f"{name}: a run is writing it" for name in said["being_written"]]
    if said["unarchived"]:
        lines.append(f"{said['unarchived']} revisions come from runs that kept no archive")
    counts = ", ".join(f"{count} {kind}" for kind, count in said["records"].items()) or "no records"
    lines.append(f"{said['files']} files: {counts}; {said['rows']} rows of the database lead to them")
    lines.append("sound" if said["sound"] else f"{len(said['findings']) + len(said['broken'])} faults")
    return "\n".join(line(text) for text in lines)
