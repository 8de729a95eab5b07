"""``hemero diff``: two revisions of an article, word by word."""

from __future__ import annotations

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from crawler import config
from crawler.cli.shown import line, printable
from crawler.corpus import revisions
from crawler.db import session
from crawler.errors import ConfigurationError, StorageError

if TYPE_CHECKING:
    import datetime as dt

    from crawler.corpus.revisions import Difference, Event, Piece

EXAMPLES: Final = """
\b
Examples:
  hemero diff 42                          the last change of its text
  hemero diff 42 --from 1 --to 3
  hemero diff 42 --html change.html       the same as a page that stands alone
  hemero diff 42 --log                    all that happened to it
"""

STYLES: Final[dict[str, dict[str, Any]]] = {
    "same": {},
    "gone": {"fg": "red", "strikethrough": True},
    "new": {"fg": "green", "bold": True},
}
MARKS: Final = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
"""Around words that differ, so that they can be told without colours (as git and wdiff write them)."""
TAGS: Final = {"same": "span", "gone": "del", "new": "ins"}

PAGE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ max-width: 46em; margin: 2em auto; padding: 0 1em; font: 1.05em/1.6 serif; color: #111 }}
h1 {{ font-size: 1.3em }}
h2 {{ font-size: 1em; text-transform: uppercase; letter-spacing: .05em; color: #555 }}
ins {{ background: #d4f4d4; color: #063; text-decoration: underline }}
del {{ background: #fbdcdc; color: #811 }}
section {{ white-space: pre-wrap }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{where}</p>
<p><del>{old}</del><br><ins>{new}</ins></p>
{sections}
</body>
</html>
"""


@click.command(epilog=EXAMPLES)
@click.argument("what", metavar="ID|URL")
@click.option(
    "--from", "old", metavar="N", type=click.IntRange(1), help="The older revision; else the one before."
)
@click.option("--to", "new", metavar="N", type=click.IntRange(1), help="The newer revision; else the last.")
@click.option("--html", "file", metavar="FILE", type=click.Path(path_type=Path), help="Write a page instead.")
@click.option("--log", "as_log", is_flag=True, help="List what happened to the article, with dates.")
def diff(what: str, old: int | None, new: int | None, file: Path | None, *, as_log: bool) -> None:
    """Show what changed between two revisions of an article, word by word.

    Words that are gone are red and stand in [-…-], new ones are green and stand in {+…+}. The page that
    --html writes holds everything it needs, and no script.
    """
    if file and file.suffix.lower() not in {".html", ".htm"}:
        raise ConfigurationError(f"{file}: a page's name ends in .html")
    with session.reading(config.load().database) as engine:
        if as_log:
            for event in revisions.chronicle(engine, what):
                click.echo(_event(event))
            return
        found = revisions.difference(engine, what, old, new)
    if file is None:
        _show(found)
        return
    try:
        file.write_text(page(found), "utf-8")
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error


def page(found: Difference) -> str:
    """A difference as HTML that stands alone: every text is escaped, nothing is loaded, nothing runs."""
    sections = "\n".join(
        f"<h2>{name}</h2>\n<section>{''.join(map(_marked, pieces))}</section>"
        for name, pieces in found.fields.items()
    )
    old, new = (_heading(text.number, text.fetched_at) for text in (found.old, found.new))
    return PAGE.format(
        title=html.escape(line(found.new.values["title"])),
        where=html.escape(line(found.url)),
        old=old,
        new=new,
        sections=sections or "<p>Nothing differs.</p>",
    )


def _marked(piece: Piece) -> str:
    kind, text = piece
    return f"<{TAGS[kind]}>{html.escape(printable(text))}</{TAGS[kind]}>"


def _show(found: Difference) -> None:
    click.echo(f"{line(found.url)}\n")
    click.secho(f"- {_heading(found.old.number, found.old.fetched_at)}", fg="red")
    click.secho(f"+ {_heading(found.new.number, found.new.fetched_at)}", fg="green")
    for name, pieces in found.fields.items():
        click.secho(f"\n{name}", bold=True)
        click.echo("".join(_coloured(piece) for piece in pieces))
    if not found.fields:
        click.echo("\nnothing differs")


def _coloured(piece: Piece) -> str:
    kind, text = piece
    before, after = MARKS[kind]
    return click.style(f"{before}{printable(text)}{after}", **STYLES[kind])


def _heading(number: int, at: dt.datetime | None) -> str:
    return f"revision {number}" + (f", fetched {at:%Y-%m-%d %H:%M} UTC" if at else "")


def _event(event: Event) -> str:
    at = f"{event.at:%Y-%m-%d %H:%M} UTC" if event.at else "unknown"
    return line(f"{at}  {event.what}" + (f": {event.detail}" if event.detail else ""))
