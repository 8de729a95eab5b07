"""The pattern of a site's articles, learned from addresses; where the site is; its declaration as text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from crawler.discovery import pattern, place, shapes
from crawler.extract import head
from crawler.sources import Listing, Source, load_all, writing
from crawler.sources.files import read

SITES = {
    "a number behind the slug": (
        ["/eco/le-titre-592345.html", "/monde/europe/un-autre-titre-881203.html"],
        ["/eco/", "/eco/page-2", "/tag/greve", "/imprimer/592345.html"],
        ["/sport/un-titre-neuf-1000012.html", "/une/deux/trois/un-titre-99001.html"],
        ["/sport/", "/tag/sport-2024", "/monde/europe/"],
    ),
    "a date in the path": (
        ["/2024/05/07/un-titre/", "/2019/11/30/encore-un-titre/"],
        ["/category/ville/", "/2024/05/", "/2024/05/07/"],
        ["/2026/01/02/mot/"],
        ["/2026/01/", "/2026/01/02/", "/auteur/jean/"],
    ),
    "a number before the slug": (
        ["/article/tech/73157688099661/un-titre", "/article/monde/73157688123456/deux"],
        ["/tech", "/monde"],
        ["/article/une/deux/91157688123456/trois"],
        ["/article/tech", "/tech"],
    ),
    "a digest": (
        [
            "/actualites/un-titre-aff34549b570fd76a8bad88c06e94bc8",
            "/actualites/b-0aa34549b570fd76a8bad88c06e94bc8",
        ],
        ["/actualites/", "/actualites/page-2"],
        ["/bourse/c-e5f2803bb8a7461c8d90a1472fcd6b39"],
        ["/membres/classement"],
    ),
    "a tag that looks like an article": (
        ["/un-titre,76930.html", "/un-autre-titre,104311.html"],
        ["/rabat,333.html", "/maroc.html"],
        ["/encore-un,89455.html"],
        ["/visa,315.html", "/economie.html"],
    ),
    "words below one folder": (
        ["/actualites/un-titre-en-six-mots-courts", "/actualites/une-autre-affaire-de-mots"],
        ["/actualites", "/contact", "/actualites/archives"],
        ["/actualites/encore-une-histoire-de-ponts"],
        ["/contact", "/actualites", "/actualites/archives"],
    ),
    "words below many folders": (
        [
            "/ville/un-titre-de-cinq-mots",
            "/port/une-autre-affaire-de-quai",
            "/culture/la-saison-du-theatre-ouvre",
        ],
        ["/ville", "/auteur/jeanne-dupont-de-la-rive", "/mentions-legales"],
        ["/sport/le-club-monte-en-ligue", "/ville/nous-sommes-les-pompiers-du-quai-de-la-soute"],
        ["/sport", "/auteur/paul-martin-de-la-cote", "/ville/mentions-legales-et-credits-photo"],
    ),
    "a program": (
        ["/article.php?id=12", "/article.php?id=1300", "/breve.php?id=9"],
        ["/rubrique.php?id=3", "/"],
        ["/article.php?id=7&lang=fr", "/breve.php?id=12"],
        ["/rubrique.php?id=12", "/article.php?page=2"],
    ),
}


@pytest.mark.parametrize(("articles", "others", "new", "not_new"), SITES.values(), ids=SITES)
def test_what_was_not_seen_is_told_too(
    articles: list[str], others: list[str], new: list[str], not_new: list[str]
) -> None:
    host = "https://rive.example"
    article, not_article = pattern.learn([host + path for path in articles], [host + path for path in others])
    source = Source(key="rive", name="", home=host, article=article, not_article=not_article)
    assert [path for path in articles + new if not source.is_article(host + path)] == []
    assert [path for path in others + not_new if source.is_article(host + path)] == []


@settings(max_examples=60)
@given(
    st.lists(
        st.from_regex(r"/(?:[a-z0-9,._-]{1,20}/){0,3}[a-zA-Z0-9,._-]{1,30}(?:\.html)?", fullmatch=True),
        min_size=1,
    )
)
def test_a_pattern_matches_what_it_was_learned_from(paths: list[str]) -> None:
    urls = [f"https://rive.example{path}" for path in paths]
    article, _ = pattern.learn(urls, [])
    assert all(re.search(article, shapes.tail(url)) for url in urls)


SUMMER, WINTER = datetime(2026, 7, 1, 6, tzinfo=UTC), datetime(2026, 1, 5, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("host", "tags", "dates", "zone"),
    [
        ("www.rive.example", [], [(SUMMER, "2026-07-01T08:00:00+02:00")], "Europe/Paris"),
        ("www.rive.example", [], [(SUMMER, "Tue, 30 Jun 2026 20:00:00 -1000")], "Pacific/Tahiti"),
        ("www.rive.ma", [], [(WINTER, "2026-01-05T07:00:00+01:00")], "Africa/Casablanca"),
        ("www.rive.example", ["fr-CA"], [], "America/Toronto"),
        ("www.rive.be", [], [(SUMMER, "2026-07-01T06:00:00Z")], "Europe/Brussels"),
        ("www.rive.re", [], [(SUMMER, "2026-07-01T10:00:00+04:00")], "Indian/Reunion"),
    ],
)
def test_the_time_zone(host: str, tags: list[str], dates: list[tuple[datetime, str]], zone: str) -> None:
    assert place.timezone(place.country(host, tags), dates) == zone


def test_every_declaration_survives_being_written(tmp_path: Path) -> None:
    for key, source in load_all().items():
        file = tmp_path / f"{key}.toml"
        file.write_text(writing.toml(source), "utf-8")
        assert read(file).__dataclass_fields__ == source.__dataclass_fields__
        assert writing.toml(read(file)) == writing.toml(source)


@given(name=st.text(), pattern_=st.text(min_size=1, max_size=20), notes=st.text())
def test_any_text_survives_being_written(name: str, pattern_: str, notes: str) -> None:
    try:
        re.compile(pattern_)
    except re.error:
        return
    listing = Listing(url="https://rive.example/{page}", first=0, step=12)
    source = Source(
        key="rive",
        name=name,
        home="https://rive.example/",
        article=pattern_,
        notes=notes,
        listings=(listing,),
    )
    with TemporaryDirectory() as folder:
        file = Path(folder, "rive.toml")
        file.write_text(writing.toml(source), "utf-8", newline="")
        assert read(file) == source


@pytest.mark.parametrize("title", ["Accueil • Le Fleuve", "Le Fleuve » Toute l'actualité", "Le Fleuve"])
def test_the_name_of_a_site(title: str) -> None:
    home = html.fromstring(f"<html><head><title>{title}</title></head><body></body></html>")
    assert head.site_name(home, "lefleuve.example") == "Le Fleuve"
