"""``hemero sources add``: an unknown site is looked at, declared, shown and saved."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.cli.fetching import ask
from crawler.cli.shown import counted
from crawler.discovery import shapes
from crawler.errors import HemeroError, SourceError, StorageError
from crawler.sources import Source, files, load_all, writing

if TYPE_CHECKING:
    from crawler.discovery.findings import Findings

EXAMPLES: Final = """
\b
Examples:
  hemero sources add www.lecourrier.example
  hemero sources add https://lecourrier.example/fr/ --key courrier --yes
"""


@click.command("add", epilog=EXAMPLES)
@click.argument("domain")
@click.option("--key", default="", help="The name of the source; by default, that of the domain.")
@click.option("--pages", metavar="N", default="", help="Ask for at most N pages (90).")
@click.option("--pace", default=2.0, show_default=True, help="Seconds between two requests, now and later.")
@click.option("--yes", is_flag=True, help="Save the declaration without a question.")
def add(domain: str, key: str, pages: str, pace: float, *, yes: bool) -> int:
    """Look at a site, propose its declaration and save it.

    Its feeds and sitemaps are looked for, some of its pages are read, and from those that are articles the
    pattern of its addresses is learned. robots.txt and the pace of a crawl are kept, so this takes some
    minutes. The file goes into the folder of HEMERO_CATALOGUE, or else into the folder catalogue beside the
    data; 'hemero crawl KEY' reads the site from then on.
    """
    folder = files.private()
    _make(folder)
    key = key or _key(domain)
    wanted = Source(key=key, name=key, home="https://localhost/", article="/", pace=pace)
    files.check(wanted, f"--key {key} --pace {pace}")
    _must_be_new(domain, key)
    arguments = {"url": domain} | ({"max_pages": pages} if pages else {})
    found: Findings = ask("survey", arguments, DOWNLOAD_DELAY=str(max(pace, 0.001))).findings
    if found.failure:
        raise HemeroError(f"{domain}: the home page cannot be read: {found.failure}")
    source = replace(found.declaration(key), pace=pace)
    if not source.article:
        raise HemeroError(f"{domain}: no page that was read is an article, so nothing can be declared")
    _show(found, source)
    text = _text(source)
    click.echo(f"\n{text}")
    file = folder / f"{key}.toml"
    if not yes and not click.confirm(f"Save it as {file}?", default=True):
        return 0
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error
    click.echo(f"{file} is saved; now: hemero crawl {key}")
    return 0


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder}: {error.strerror}") from error


def _key(domain: str) -> str:
    """The name of a domain without its ending: ``lecourrier`` of ``www.lecourrier.example``."""
    host = (urlsplit(domain if "://" in domain else f"//{domain}").hostname or domain).lower()
    labels = host.removeprefix("www.").split(".")
    name = "_".join(labels[:-1] if len(labels) > 1 else labels)
    return re.sub(r"[^a-z0-9]+", "_", name).strip("_") or "source"


def _must_be_new(domain: str, key: str) -> None:
    """Refuse what is declared already.

    :raises SourceError: the key is taken, or a source owns the site
    """
    url = domain if "://" in domain else f"https://{domain}/"
    every = load_all()
    if key in every:
        raise SourceError(
            f"{key} is a source already: 'hemero sources show {key}' shows it; or give another --key"
        )
    for source in every.values():
        if source.owns(url):
            raise SourceError(f"{domain} belongs to the source {source.key!r} already")


def _text(source: Source) -> str:
    """The file, read back once before anybody relies on it."""
    text = writing.toml(source)
    with TemporaryDirectory(prefix="hemero-") as folder:
        file = Path(folder, f"{source.key}.toml")
        file.write_text(text, "utf-8")
        if files.read(file) != source:
            raise SourceError(f"{source.key}: the declaration cannot be written as TOML")
    return text


def _show(found: Findings, source: Source) -> None:
    """What was seen, and the articles as they were read."""
    counts = ", ".join(
        (
            counted(len(source.feeds), "feed"),
            counted(len(source.sitemaps) + len(source.archives), "sitemap"),
            counted(len(source.listings), "listing"),
        )
    )
    known = {source.article_key(url) or url for url in found.ledger.named_by if source.is_article(url)}
    click.echo(f"{source.name}: {counts}; {counted(len(known), 'article')} known by address")
    table = Table("published", "title", "authors", "words", "address", box=None)
    for article in found.articles[:10]:
        day = article.published_at.date().isoformat() if article.published_at else "none"
        mark = "" if source.is_article(article.url) else " (not by the pattern)"
        cells = (
            day,
            article.title,
            "; ".join(article.authors),
            str(article.words),
            shapes.tail(article.url) + mark,
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
    if found.reserved:
        click.echo(f"{found.reserved} of the pages read reserve text and data mining: their text is not kept")
