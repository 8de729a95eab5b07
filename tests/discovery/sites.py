"""Sites that nobody has declared, each of another make; their prose is drawn from a few words."""

from __future__ import annotations

import gzip
import random
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

WORDS = re.findall(
    r"\w+",
    "la ville le port une école un marché les habitants du quartier des élèves ouvre ferme "
    "propose attend après avant avec pour dans sur plusieurs mois années projet conseil rivière "
    "pont jardin théâtre bibliothèque travaux semaine prochaine samedi public gratuit commune "
    "association bénévoles histoire mémoire saison ",
)
TITLES = (
    "Le vieux pont rouvre aux piétons",
    "Une bibliothèque flottante accoste samedi",
    "Les jardiniers du canal cherchent des bras",
    "Entretien",
    "Au théâtre municipal la saison commence par une farce",
    "Trois écoles se partagent un potager",
    "Marché couvert : les étals changent de place",
    "La crue de mars a laissé des traces",
    "Un inventaire des arbres remarquables",
    "Les bateliers racontent leur métier",
    "Nuit blanche dans les ateliers du port",
    "Ce que disent les archives de la halle",
)


def slug(title: str) -> str:
    plain = title.lower().translate(str.maketrans("éèêàâôûîç", "eeeaaouic"))
    return "-".join("".join(char if char.isalnum() else " " for char in plain).split())


def prose(number: int) -> str:
    draw = random.Random(number)
    texts = (" ".join(draw.choices(WORDS, k=45)).capitalize() + "." for _ in range(5))
    return "".join(f"<p>{text}</p>" for text in texts)


@dataclass
class Site:
    """A folder for the demo's server."""

    folder: Path
    host: str
    menu: list[tuple[str, str]]
    offset: str = "+02:00"
    head: str = ""
    entries: list[str] = field(default_factory=list)
    files: int = 0

    def put(self, path: str, body: str | bytes, kind: str = "text/html; charset=utf-8") -> None:
        """Answer for a path, with its query."""
        self.files += 1
        name = f"{self.files}.bin"
        (self.folder / self.host).mkdir(parents=True, exist_ok=True)
        (self.folder / self.host / name).write_bytes(body if isinstance(body, bytes) else body.encode())
        self.entries.append(f'["{path}"]\nfile = "{name}"\nheaders = {{ Content-Type = "{kind}" }}\n')
        (self.folder / self.host / "site.toml").write_text("\n".join(self.entries), "utf-8")
        (self.folder / self.host / "404.html").write_text(self.page("Page introuvable", ""), "utf-8")

    def page(self, title: str, main: str, head: str = "") -> str:
        menu = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in self.menu)
        return (
            f'<!DOCTYPE html><html lang="fr"><head><title>{title} | {self.host}</title>{self.head}{head}'
            f"</head><body><nav><ul>{menu}</ul></nav><main><h1>{title}</h1>{main}</main></body></html>"
        )

    def article(self, path: str, number: int, *, meta: bool = True, links: tuple[str, ...] = ()) -> None:
        """An article; ``links`` are the addresses that lead to it, of which its own is ``path``."""
        day = f"{number % 28 + 1:02}"
        head = (
            f'<meta property="article:published_time" content="2026-06-{day}T08:30:00{self.offset}">'
            if meta
            else ""
        )
        line = "" if meta else f"<p>Publié le {day} juin 2026 à 8h30</p>"
        head += f'<link rel="canonical" href="{path}">' if links else ""
        for link in links or (path,):
            self.put(link, self.page(TITLES[number], f"<article>{line}{prose(number)}</article>", head))

    def listing(self, path: str, title: str, articles: list[tuple[str, int]], further: str = "") -> None:
        cards = "".join(
            f'<article><h2><a href="{link}">{TITLES[number]}</a></h2><p>{WORDS[number]} …</p></article>'
            for link, number in articles
        )
        self.put(path, self.page(title, cards + further))

    def plain(self, path: str, title: str) -> None:
        """A page about the site."""
        self.put(path, self.page(title, prose(99)))


def wordpress(folder: Path) -> tuple[str, list[str]]:
    """Slugs at the root, beside pages about the site; older articles on the home page's third page only."""
    feed = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
    menu = [
        ("/category/ville/", "Ville"),
        ("/qui-sommes-nous/", "Qui sommes-nous"),
        ("/mentions-legales/", "Mentions"),
    ]
    site = Site(folder, "www.rive.example", menu, head=feed)
    articles = [(f"/{slug(title)}/", number) for number, title in enumerate(TITLES)]
    for path, number in articles:
        site.article(path, number)
    for page in range(3):
        further = f'<a href="/page/{page + 2}/">Articles plus anciens</a>' if page < 2 else ""
        path = f"/page/{page + 1}/" if page else "/"
        site.listing(path, "La Rive", articles[page * 4 : page * 4 + 4], further)
    site.listing("/category/ville/", "Ville", articles[:5])
    site.plain("/qui-sommes-nous/", "Qui sommes-nous")
    site.plain("/mentions-legales/", "Mentions légales")
    items = "".join(
        f"<item><title>{TITLES[number]}</title><link>http://{site.host}{path}</link>"
        f"<pubDate>Mon, 0{number + 1} Jun 2026 08:30:00 +0200</pubDate></item>"
        for path, number in articles[:4]
    )
    site.put(
        "/feed/",
        f'<rss version="2.0"><channel><title>La Rive</title>{items}</channel></rss>',
        "application/rss+xml",
    )
    site.put("/robots.txt", "User-agent: *\nDisallow: /wp-admin/\n", "text/plain")
    return site.host, [path for path, _ in articles]


def drupal(folder: Path) -> tuple[str, list[str]]:
    """Folders with slugs, pages counted from 0, a packed sitemap below an index with what no list names."""
    menu = [("/actualites", "Actualités"), ("/portraits", "Portraits"), ("/contact", "Contact")]
    site = Site(folder, "www.delta.example", menu, offset="-10:00")
    articles = [
        (f"/{'actualites' if number % 3 else 'portraits'}/{slug(title)}", number)
        for number, title in enumerate(TITLES)
    ]
    for path, number in articles:
        site.article(path, number)
    site.listing("/", "Delta", articles[:2])
    news = [entry for entry in articles[:11] if entry[0].startswith("/actualites")]
    pager = '<ul class="pager"><li><a href="?page=0">1</a></li><li><a href="?page=1">2</a></li></ul>'
    site.listing("/actualites", "Actualités", news[:4], pager)
    site.listing("/actualites?page=1", "Actualités", news[4:], pager)
    site.listing(
        "/portraits", "Portraits", [entry for entry in articles if entry[0].startswith("/portraits")]
    )
    site.plain("/contact", "Contact")
    site.put("/robots.txt", f"User-agent: *\nSitemap: http://{site.host}/plans/index.xml\n", "text/plain")
    index = f"<sitemapindex><sitemap><loc>http://{site.host}/plans/1.xml.gz</loc></sitemap></sitemapindex>"
    site.put("/plans/index.xml", index, "application/xml")
    last = f"<urlset><url><loc>http://{site.host}{articles[11][0]}</loc></url></urlset>"
    site.put("/plans/1.xml.gz", gzip.compress(last.encode(), mtime=0), "application/gzip")
    return site.host, [path for path, _ in articles]


def program(folder: Path) -> tuple[str, list[str]]:
    """Addresses made by a program, no feed, no sitemap, dates in the text only."""
    menu = [("/liste.php?r=1", "Ville"), ("/liste.php?r=2", "Port"), ("/infos.php", "À propos")]
    site = Site(folder, "gazette.example", menu)
    articles = [(f"/article.php?id={40 + number}", number) for number in range(len(TITLES))]
    for path, number in articles:
        site.article(path, number, meta=False)
    site.listing("/", "La Gazette", articles[:3])
    site.listing("/liste.php?r=1", "Ville", articles[:5], '<a href="/liste.php?r=1&p=2">Page suivante »</a>')
    site.listing("/liste.php?r=1&p=2", "Ville", articles[5:8])
    site.listing("/liste.php?r=2", "Port", articles[8:])
    site.plain("/infos.php", "À propos")
    return site.host, [path for path, _ in articles]


def studio(folder: Path) -> tuple[str, list[str]]:
    """Sections beside pages about the site, more by a button, links that say where they stand."""
    menu = [("/port/", "Port"), ("/radio/", "Radio"), ("/jeux/", "Jeux"), ("/ville-haute/", "Ville haute")]
    site = Site(folder, "www.studio.example", menu)
    articles = [
        (f"/{'port' if number % 2 else 'ville-haute'}/2026/06/{slug(title)}", number)
        for number, title in enumerate(TITLES)
        if " " in title
    ]
    for path, number in articles:
        site.article(path, number, links=(path, f"{path}?from=une"))
    named = [(f"{path}?from=une", number) for path, number in articles]
    site.listing("/", "Studio", named[:3])
    for name in ("port", "ville-haute"):
        mine = [(path, number) for path, number in named if path.startswith(f"/{name}")]
        site.listing(f"/{name}/", name, mine[:2], f'<a href="/{name}/?page=1">Afficher plus</a>')
        site.listing(f"/{name}/?page=1", name, mine[2:4], f'<a href="/{name}/?page=2">Afficher plus</a>')
        site.listing(f"/{name}/?page=2", name, mine[4:])
    site.plain("/radio/", "Radio")
    site.plain("/jeux/", "Jeux")
    return site.host, [path for path, _ in articles]


def tabloid(folder: Path) -> tuple[str, list[str]]:
    """A sitemap with plain addresses; links of lists say where they stand, and the pages say that they do."""
    site = Site(folder, "www.tabloid.example", [("/ville", "Ville"), ("/port", "Port")])
    articles = [
        (f"/{'port' if number % 2 else 'ville'}/rives-{29100 + number % 2}/{slug(title)}", number)
        for number, title in enumerate(TITLES)
        if " " in title
    ]
    named = [(f"{path}?from=une", number) for path, number in articles]
    for path, number in articles:
        site.article(path, number, links=(path, f"{path}?from=une"))
    site.listing("/", "Tabloïd", named[:6])
    for section in ("ville", "port"):
        site.listing(f"/{section}", section, [one for one in named if one[0].startswith(f"/{section}")])
    urls = "".join(f"<url><loc>http://{site.host}{path}</loc></url>" for path, _ in articles)
    site.put("/sitemap.xml", f"<urlset>{urls}</urlset>", "text/xml")
    return site.host, [path for path, _ in articles]
