"""``hemero crontab``: lines for cron, or timers for systemd, ready to be installed."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from hashlib import sha256
from pathlib import Path
from typing import Final

import click

from crawler import config, sources
from crawler.errors import SourceError

EXAMPLES = """
\b
Examples:
  hemero crontab                            a line for every source, every hour
  hemero crontab latribune bladi --every 6  two sources, every six hours
  hemero crontab | crontab -                install them, in place of what was there
  hemero crontab --systemd latribune        a service and a timer
"""

HEADER: Final = """\
# Hemero. Exit codes and mail: docs/operations.md. Configuration: {data}/hemero.toml
SHELL=/bin/sh
"""
SERVICE: Final = """\
# /etc/systemd/system/hemero@.service
[Unit]
Description=Hemero crawls %i
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
WorkingDirectory={data}
{environment}ExecStart={command} crawl %i --max-time {limit}m --report {data}/report-%i.json
KillSignal=SIGTERM
TimeoutStopSec=60
# found something (7, 9), was ended by its limit (8), or found another run at work (5): not a failed unit
SuccessExitStatus=5 7 8 9
"""
TIMER: Final = """\
# /etc/systemd/system/hemero-{key}.timer
[Unit]
Description=Hemero crawls {key} every {every} h

[Timer]
OnCalendar=*-*-* {hours}:{minute:02}:00
Persistent=true
Unit=hemero@{key}.service

[Install]
WantedBy=timers.target
"""

PATHS: Final = ("HEMERO_CATALOGUE", "HEMERO_QUERY", "HEMERO_ARCHIVE_FOLDER", "SSL_CERT_FILE")
"""Variables that name files: cron starts in the data folder, whatever folder this is."""


@click.command(epilog=EXAMPLES)
@click.argument("keys", metavar="[SOURCE]...", nargs=-1)
@click.option(
    "--every", metavar="HOURS", type=click.Choice(("1", "2", "3", "4", "6", "8", "12", "24")), default="1",
    show_default=True, help="How often each source is crawled.",
)  # fmt: skip
@click.option(
    "--systemd", is_flag=True, help="A service and a timer for each source, instead of cron's lines."
)
def crontab(keys: tuple[str, ...], every: str, *, systemd: bool) -> None:
    """Print crontab lines for the declared sources, each at a minute of its own.

    They name the program, the data folder and the catalogue in full, since cron knows neither PATH nor
    folder. What is set in the environment is written into them, except the addresses of the database and of
    the mail server, which may hold a password: put those into hemero.toml.
    """
    wanted = [sources.load(key) for key in keys] or [
        one for one in sources.load_all().values() if not one.refused
    ]
    if refusing := next((one for one in wanted if one.refused), None):
        raise SourceError(f"{refusing.key}: not crawled: {refusing.refused}")
    data = str(Path(config.load().data).resolve())
    environment = _environment(data)
    if "HEMERO_DATABASE_URL" in os.environ:
        click.echo(
            f"hemero: HEMERO_DATABASE_URL is left out: write database_url into {data}/hemero.toml", err=True
        )
    hours = int(every)
    if systemd:
        settings = "".join(f'Environment="{name}={value}"\n' for name, value in environment.items()).replace(
            "%", "%%"
        )
        click.echo(SERVICE.format(data=data, command=_command(), environment=settings, limit=hours * 50))
    else:
        click.echo(
            HEADER.format(data=data) + "".join(f"{name}={value}\n" for name, value in environment.items())
        )
    for source in wanted:
        minute, first = _slot(source.key, hours)
        if systemd:
            when = "*" if hours == 1 else f"{first:02}/{hours}" if hours < 24 else f"{first:02}"
            click.echo(TIMER.format(key=source.key, every=hours, hours=when, minute=minute))
        else:
            when = "*" if hours == 1 else f"{first}-23/{hours}" if hours < 24 else str(first)
            click.echo(f"{minute} {when} * * *  {_line(source.key, data, hours)}")


def _line(key: str, data: str, hours: int) -> str:
    """The command of a line; a percent sign means a line end to cron."""
    log, report = f"{data}/crawl.log", f"{data}/report-{key}.json"
    crawl = f"{_command()} crawl {key} --max-time {hours * 50}m --report {shlex.quote(report)}"
    return f"cd {shlex.quote(data)} && {crawl} >> {shlex.quote(log)} 2>&1".replace("%", r"\%")


def _command() -> str:
    """The program in full; ``python -m`` where it is not installed as a script."""
    script = shutil.which("hemero", path=str(Path(sys.executable).parent)) or shutil.which("hemero")
    return shlex.quote(script) if script else f"{shlex.quote(sys.executable)} -m crawler.cli"


def _environment(data: str) -> dict[str, str]:
    """What the environment says of Hemero; the data folder always."""
    found = {name: value for name, value in sorted(os.environ.items()) if name.startswith("HEMERO_")}
    kept = {
        name: value
        for name, value in found.items()
        if name not in {"HEMERO_DATABASE_URL", "HEMERO_ALERT_SMTP"}
    }
    if trusted := os.environ.get("SSL_CERT_FILE"):
        kept["SSL_CERT_FILE"] = trusted
    for name in PATHS:
        if given := kept.get(name):
            kept[name] = os.pathsep.join(str(Path(part).resolve()) for part in given.split(os.pathsep))
    return kept | {"HEMERO_DATA": data}


def _slot(key: str, hours: int) -> tuple[int, int]:
    """A minute and a first hour, always the same for a source, that spread sources over the clock."""
    number = int.from_bytes(sha256(key.encode()).digest()[:4])
    return number % 60, number // 60 % hours
