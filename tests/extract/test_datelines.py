"""When an article appeared, as lines and attributes around its headline tell it that no data confirm."""

import pytest

from crawler.extract import metadata
from tests.extract.pages import PROSE, page

LEAD = "Après trois semaines à quai, le bac reprend ses traversées, au grand soulagement des maraîchers."
H1 = "<h1>Le bac de la rive droite repart lundi</h1>"


def dated(header: str, head: str = "", url: str = "https://lefleuve.example/vie/le-bac") -> tuple[str, str]:
    """When an article under this header was published and changed, in UTC."""
    found = metadata.read(page(head, f"<article>{H1}{header}{PROSE}</article>", url=url))
    moments = (found.published_at, found.modified_at)
    published, modified = (f"{moment:%m-%d %H:%M}" if moment else "" for moment in moments)
    return published[:5] if found.published_precision == "day" else published, modified


@pytest.mark.parametrize(
    ("header", "published", "modified"),
    [
        ("<div><b>Société</b> <b>4min</b> <b>Publié le 3 février 2026</b></div>", "02-03", ""),
        ("<p>Ada de Longue-Rive 3 février 2026 3 minutes de lecture 58 commentaires</p>", "02-03", ""),
        ("<p>Ada Roux-Vial &gt; Noé Le Goff &gt; 3 février 2026</p>", "02-03", ""),
        ("<p>03 février 2026 \\ 18h05</p>", "02-03 17:05", ""),
        ("<p>Publié hier à 18h05, mis à jour à 19h12</p>", "05-31 16:05", "05-31 17:12"),
        ("<p>par <a href='/a'>Ada Roux</a>, le 3 février</p>", "02-03", ""),
        ("<p>Communiqué de presse - Soute-les-Trois-Rives, le 3 février 2026</p>", "02-03", ""),
        ("<p>03/02 18:05</p>", "02-03 17:05", ""),
        ("<p>Jean-Marc de La Soute • Le 3 février 2026 à 18:05</p>", "02-03 17:05", ""),
        ("<p>Jean-Marc de La Soute • Mar 3 Février 2026 à 18h05</p>", "02-03 17:05", ""),
        (
            "<div><i>Ada Roux, de la rive</i><i>Le 3/2/2026 à 18:05</i><i>12 vues et 3 abonnés</i></div>",
            "02-03 17:05",
            "",
        ),
        (f"<h2>{LEAD}</h2><p><a href='#c'>12 commentaires</a></p><p>3/2/2026</p>", "02-03", ""),
        ("<p>mardi 30 décembre</p>", "12-30", ""),
        ("<p>Publié le 03/02 à 18h05 - Par Ada Roux</p>", "02-03 17:05", ""),
        ("<p>mis en ligne le 3 février à 18h05, modifié à 20h00</p>", "02-03 17:05", "02-03 19:00"),
        ("<p><i data-timestamp='1770138300000'></i></p>", "02-03 17:05", ""),
        ("<p><time data-timestamp='1770138300'>03/02</time></p>", "02-03 17:05", ""),
        (
            "<p><time datetime='2026-02-09 10:00'>Modifié le 9/2/2026 à 11h</time></p><p>3/2/2026 18h05</p>",
            "02-03 17:05",
            "02-09 10:00",
        ),
        ("<p>RLN / Par Ada ROUX-VIAL et Noé VIAL, le 3 février 2026 à 18h05</p>", "02-03 17:05", ""),
        ("<div><i>Ada Roux</i> <i>03fleuve.</i> <i>le 03/02/26 à 18h05</i></div>", "02-03 17:05", ""),
        ("<p>03-02-26, 18:05</p>", "02-03 17:05", ""),
        ("<p>Dépêche n°581112 • Par Ada Roux • Publiée le 3/2/2026 à 18h05</p>", "02-03 17:05", ""),
        ("<p>Publié 3. février 2026, 18:05</p>", "02-03 17:05", ""),
        ("<p>le 3 Fév 26 à 18:05 mis à jour le 4 Fév 26 à 09:00</p>", "02-03 17:05", "02-04 08:00"),
        ("<p>Par Ada Roux | 03/02 | 18:05 | mis à jour à 19:40</p>", "02-03 17:05", "02-03 18:40"),
        ("<p>Ada Roux-Vial — Traduit par Noé Le Goff — 3 février 2026</p>", "02-03", ""),
        ("<p>Par Ada Roux | <i>2026-02-09T10:00:00+01:00</i> 3 février 2026 | Vie</p>", "02-03", ""),
        ("<p>Ada Roux · Publié hier à 18:05</p>", "05-31 16:05", ""),
        ("<p>Information fournie par La Rive avec Le Bac•mardi 3 février 2026</p>", "02-03", ""),
        ("<p><small>Sainte-Orne, 03.02.2026 - Le bac de la rive droite repart.</small></p>", "02-03", ""),
        (
            "<p>taille du texte : <a>A</a> point de vue <i class='pub_date'>3 février 2026, 18h05</i></p>",
            "02-03 17:05",
            "",
        ),
        ("<p>24/7</p><p>Le 3 mai, fête du bac, il pleuvait.</p>", "", ""),
    ],
)
def test_lines_that_date(header: str, published: str, modified: str) -> None:
    assert dated(header) == (published, modified)


def test_a_day_without_its_year_counts_where_nothing_has_one() -> None:
    header = "<p>par Ada Roux, le 3 février</p>"
    assert dated(header, url="https://lefleuve.example/2024/03/09/le-bac")[0] == "03-09"
    assert dated(f"{header}<p>Mis en ligne le 9 mars 2024 à 10h</p>")[0] == "03-09 09:00"


def test_a_line_in_the_card_of_another_article_dates_nothing() -> None:
    long = PROSE.replace("</p><p>", " ") * 2
    card = "<div><h3><a href='/b'>Le quai de la Soute ferme</a></h3><p>Publié le 9 mars 2024 à 10h</p></div>"
    assert metadata.read(page("", f"{H1}{long}<div>{card * 2}</div>")).published_at is None


def test_the_day_of_a_message_that_is_shown_dates_nothing() -> None:
    message = "<blockquote><p>Le bac repart.</p>— Port (@port) <a href='/m'>9 mars 2024</a></blockquote>"
    assert dated(f"<p>3 février 2026</p>{message}") == ("02-03", "")
    assert dated(message) == ("", "")


def test_a_page_without_an_article_object_tells_its_change() -> None:
    script = '<script type="application/ld+json">{"@type": "WebPage", %s}</script>'
    days = '"datePublished": "2026-02-03T17:05:00Z", "dateModified": "2026-02-04T09:00:00Z"'
    assert dated("", script % days) == ("02-03 17:05", "02-04 09:00")


@pytest.mark.parametrize(
    "line", ["Ada Roux | 3 février 2026 | Faits divers", "Faits divers - 3 février 2026 - Par Ada Roux"]
)
def test_the_section_in_the_line_of_the_date(line: str) -> None:
    assert metadata.read(page("", f"{H1}<p>{line}</p>{PROSE}")).section == "Faits divers"


def test_the_section_beside_a_count_of_hours() -> None:
    line = "<p>par <a href='/a'>Ada Roux</a> il y a 18 heures dans <a href='/vie'>Vie locale</a></p>"
    found = metadata.read(page("", f"{H1}{line}{PROSE}"))
    assert (found.section, f"{found.published_at:%m-%d %H}") == ("Vie locale", "05-31 18")


def test_a_date_may_stand_in_the_heading_of_the_headline() -> None:
    heading = H1.replace("</h1>", "<div><b>Le Fleuve</b><i>•</i><span>03/02/2026 à 18:05</span></div></h1>")
    assert str(metadata.read(page("", heading + PROSE)).published_at) == "2026-02-03 17:05:00+00:00"


@pytest.mark.parametrize(
    "header",
    [
        "<p>Publié <abbr class='published' title='2026-02-03T18:05:00+0100'>mardi</abbr></p>",
        "<h5 class='timestamp updated' title='2026-02-03T17:05:00Z'>mardi</h5>",
        "<p>Le <abbr class='published' title='2026-02-03T18:05:00+0100'>3 février 2026</abbr></p>",
        "<meta itemprop='datePublished' value='2026-02-03T18:05:00+01:00'>",
        "<data itemprop='datePublished' value='2026-02-03T18:05:00+01:00'>mardi</data>",
    ],
)
def test_the_attributes_in_which_a_machine_is_told_the_date(header: str) -> None:
    itemscope = f"<div itemscope itemtype='http://schema.org/NewsArticle'>{header}</div>"
    assert dated(itemscope)[0] == "02-03 17:05"
