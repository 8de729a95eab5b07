"""``hemero read``: one page as an article, and why it was read so."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from crawler.cli.fetching import fetch
from crawler.errors import ConfigurationError, NotAnArticle
from crawler.extract import read as read_article
from crawler.items import explained

if TYPE_CHECKING:
    from crawler.items import Article

EXAMPLES: Final = """
\b
Examples:
  hemero read page.html
  hemero read page.html --url https://www.example.fr/2024/05/un-article.html --why
  hemero read page.html --json | jq .authors
  hemero read https://www.example.fr/2024/05/un-article.html
"""

FIELDS: Final = (
    "url",
    "authors",
    "agency",
    "section",
    "tags",
    "published_at",
    "modified_at",
    "language",
    "access",
    "truncated",
    "comment_count",
    "words",
)
PACKED: Final = (b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd", b"%PDF")
"""How gzip, ZIP, Zstandard and PDF begin; UTF-16 has NULs, but begins with a tag."""

SAVED: Final = re.compile(
    rb"<!-- saved from url=\(\d+\)(https?://\S+) -->|Page saved with SingleFile\s+url: (https?://\S+)"
)
"""The address that a browser, or SingleFile, writes above the page that it saves."""

HIDDEN: Final = frozenset({"fetch", "relevance", "label", "terms", "query", "keep_text", "source"})


@click.command(epilog=EXAMPLES)
@click.argument("file", metavar="FILE|URL")
@click.option("--url", default="", help="Where the page comes from, if it does not say so itself.")
@click.option("--timezone", default="Europe/Paris", show_default=True, help="Of dates that name none.")
@click.option(
    "--why",
    is_flag=True,
    help="Which signal gave each field, what was cut and why; also of what is no article.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for other programs.")
def read(file: str, url: str, timezone: str, *, why: bool, as_json: bool) -> None:
    """Read one page and print the article; nothing is stored.

    FILE is a page as it was saved; - reads standard input. Its address, which resolves links and may date it,
    is the one that the browser has written into it, if any. A URL is fetched as a crawl fetches it:
    robots.txt is obeyed. A page that is no article (a wall, a list, a page that is gone) ends the command
    with exit code 1 and says what it is.
    """
    if file.startswith(("http://", "https://")):
        article = fetch(file)
    else:
        article = _read(file, url, timezone, why=why and not as_json)
    if as_json:
        click.echo(json.dumps(_record(article), ensure_ascii=False, indent=1, default=str))
        return
    _show(article)
    if why:
        _explain(article)


def _read(file: str, url: str, timezone: str, *, why: bool) -> Article:
    """The article of a saved page; where it is none, what was read and cut is shown before the error."""
    body = _bytes(file)
    try:
        return read_article(body, url or _address(file, body), timezone=timezone)
    except NotAnArticle as error:
        if why and error.article:
            _show(error.article)
            _explain(error.article)
        raise


def _bytes(file: str) -> bytes:
    """The page.

    :raises ConfigurationError: there is no such file, or it holds no text
    """
    try:
        body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{file}: {error.strerror}") from error
    if body.startswith(PACKED) or (b"\0" in body[:1024] and b"<" not in body[:4]):
        raise ConfigurationError(f"{file}: not a page: its bytes are no text (unpack what is packed)")
    return body


def _address(file: str, body: bytes) -> str:
    """The address that a saved page names, else that of the file."""
    if saved := SAVED.search(body, 0, 4096):
        return (saved[1] or saved[2]).decode("utf-8", "replace")
    return "about:blank" if file == "-" else Path(file).resolve().as_uri()


def _record(article: Article) -> dict[str, Any]:
    """The article without what only a crawl can know."""
    record = dataclasses.asdict(article)
    return {name: value for name, value in record.items() if name not in HIDDEN}


def _show(article: Article) -> None:
    """Print the article as a person reads it."""
    click.secho(article.title, bold=True)
    for name in FIELDS:
        value = getattr(article, name)
        if value not in ("", [], None, False):
            click.echo(f"{name:>14}  {'; '.join(value) if isinstance(value, list) else value}")
    for flag in article.flags:
        click.echo(f"{'flag':>14}  {explained(flag)}")
    for paragraph in (article.lead, *article.body.split("\n\n")):
        if paragraph:
            click.echo("\n" + textwrap.fill(paragraph, 100))


def _explain(article: Article) -> None:
    """Print the signal of each field, the values that lost, and what was cut."""
    click.secho("\nSignals", bold=True)
    for name, signal in sorted(article.signals.items()):
        click.echo(f"{name:>14}  {signal}")
    click.secho("\nCandidates", bold=True)
    for candidate in article.candidates:
        click.echo(f"{candidate.field:>14}  {candidate.value}  ({candidate.signal})")
    click.secho("\nCut", bold=True)
    for cut in article.cuts:
        click.echo(f"{cut.words:>8} words  {cut.why}" + (f"  « {cut.begins} »" if cut.begins else ""))
