"""``hemero sources compliance``: what sites ask of robots, and how it was obeyed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import config
from crawler.cli.shown import line
from crawler.corpus import compliance as reports
from crawler.db import session
from crawler.sources import load, load_all

if TYPE_CHECKING:
    from crawler.sources import Source

EXAMPLES: Final = """
\b
Examples:
  hemero sources compliance latribune
  hemero sources compliance --json > compliance.json
"""

MEANINGS: Final = {
    "respect": "reserved texts are let go (Directive (EU) 2019/790, art. 4)",
    "research": "reserved texts are kept",
}


@click.command(epilog=EXAMPLES)
@click.argument("keys", metavar="[SOURCE]…", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for other programs.")
def compliance(keys: tuple[str, ...], *, as_json: bool) -> None:
    """Report what the sites of sources ask of robots, and what became of it.

    Of each source: its policy for reserved texts and the legal basis, what robots.txt decided, what
    Content-Signal, X-Robots-Tag and TDM reservations say, and how many addresses were left alone for it.
    Without a SOURCE, every declared one that the database knows.
    """
    chosen = [load(key) for key in keys] or list(load_all().values())
    with session.reading(config.load().database) as engine:
        found = [(source, reports.of(engine, source.key)) for source in chosen]
    told = [(source, report) for source, report in found if keys or report["addresses"]]
    if as_json:
        said = [report | _policy(source) for source, report in told]
        click.echo(json.dumps(said, ensure_ascii=False, indent=1, default=str))
        return
    for source, report in told:
        _tell(source, report)


def _policy(source: Source) -> dict[str, str]:
    return {"policy": source.reserved, "legal_basis": source.legal_basis}


def _tell(source: Source, report: dict[str, Any]) -> None:
    """One source in lines."""
    click.secho(f"{source.key}: {line(source.name)}", bold=True)
    basis = f", on the basis of {line(source.legal_basis)}" if source.legal_basis else ""
    _pair("policy", f"{source.reserved}: {MEANINGS[source.reserved]}{basis}")
    _pair("addresses", _listed(report["addresses"]) or "none yet")
    _pair("obeyed", _listed(report["obeyed"]) or "nothing was refused to us")
    _pair("reserved", _listed(report["reserved"]))
    _pair("notices", _listed(report["notices"]) or "none")
    for origin in report["origins"]:
        _pair("origin", origin["authority"])
        _pair("", f"robots.txt: {origin['robots'] or 'not asked yet'}")
        if origin["content_signal"]:
            _pair("", f"Content-Signal: {line(origin['content_signal'])}")
        _pair("", f"tdmrep.json: {origin['tdmrep'] or 'no answer'}")
        if origin["paused_until"]:
            _pair(
                "",
                f"left alone until {origin['paused_until']:%Y-%m-%d %H:%M} UTC: {line(origin['paused_for'])}",
            )


def _pair(name: str, value: str) -> None:
    click.echo(f"  {name:<10} {value}")


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{line(name)} {count}" for name, count in counts.items())
