"""The headline as readers see it."""

import json

import pytest

from crawler.extract import metadata, read
from tests.extract.pages import PROSE, page

TITLE = "Port : le bac repart - mais sans les vélos"


def title(head: str, body: str) -> str:
    return metadata.read(page(head, body + PROSE)).title


def test_the_name_of_the_paper_goes_and_the_rest_stays_whole() -> None:
    for name in (" - Le Fleuve", " | Le Fleuve", " – lefleuve.example", " : Le Fleuve", ""):
        assert title(f"<title>{TITLE}{name}</title>", "") == TITLE
    assert title(f"<title>Le Fleuve | {TITLE}</title>", "") == TITLE


@pytest.mark.parametrize("name", ["name='application-name'", "property='og:site_name'"])
def test_a_page_may_give_its_headline_for_the_name_of_the_site(name: str) -> None:
    told = "Le bac repart lundi, mais sans les vélos"
    head = f"<title>{told}</title><meta {name} content='{told}'>"
    assert title(head, f"<h1>{told}</h1><h2>Plus de Transports</h2>") == told


def test_a_kind_of_article_stays_in_a_paper_that_is_named_after_it() -> None:
    told = "Tribune : « Sauvons le bac »"
    found = page(f"<title>{told} - La Tribune</title>", f"<h1>{told}</h1>{PROSE}", outlet="La Tribune")
    assert metadata.read(found).title == told


def test_a_label_leaves_a_short_headline_alone() -> None:
    head = "<meta property='og:title' content='VIDÉO. Bac à quai'>"
    assert (
        title(head, "<h1><span class='title__kicker-label label'>Vidéo</span> Bac à quai</h1>")
        == "Bac à quai"
    )
    assert title("", "<h1><span class='label'>Vidéo</span> Neige</h1>") == "Neige"
    assert title("", "<h1><span>Port</span> Mario</h1>") == "Port Mario"


def test_a_headline_in_no_heading_may_have_a_separator_of_its_own() -> None:
    told = "Que reste-t-il du bac de la rive droite ? - Épisode 3"
    head = f"<title>{told} - Le Fleuve</title>"
    links = "".join(
        f"<li><a href='/{n}'>Les horaires du bac numéro {n} sont en ligne</a></li>" for n in range(60)
    )
    body = f"<div class='sidebar'><div>{told}</div>{PROSE}</div><ul>{links}</ul>"
    assert "capitaine du port" in read(f"<head>{head}</head>{body}".encode(), "https://a.example/b").body


@pytest.mark.parametrize("name", [" • Le Fleuve", " - Le Fleuve", "- Le Fleuve"])
def test_the_name_of_the_paper_goes_behind_a_quotation_too(name: str) -> None:
    assert title(f"<title>« Le bac »{name}</title>", "") == "« Le bac »"


def test_a_headline_that_the_data_cut_short_is_taken_from_where_it_is_whole() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": f"{TITLE[:25]}…"})
    script = f'<script type="application/ld+json">{data}</script>'
    assert title(f"<title>{TITLE}</title>{script}", "") == TITLE


def test_of_several_titles_the_one_that_the_page_shows_is_the_headline() -> None:
    head = f"<title>{TITLE} - Le Fleuve</title><meta property='og:title' content='Horaires : tout savoir'>"
    assert title(head, f"<div>{TITLE}</div>") == TITLE


def test_a_link_home_shows_no_headline() -> None:
    logo = "<a href='/'>Institut des Rives (IDR)</a>"
    assert title(f"<title>Institut des Rives (IDR) » {TITLE}</title>", logo).endswith(TITLE)


def test_a_section_that_the_data_do_not_repeat_goes_too() -> None:
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE})
    script = f'<script type="application/ld+json">{data}</script>'
    assert title(f"<title>{TITLE} - Vie locale - Le Fleuve</title>{script}", "") == TITLE


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Le Fleuve</h1><h1>{TITLE}</h1><h2>Les plus lus</h2>",
        f"<h1><a href='/'>Vie locale</a></h1><h2>{TITLE}</h2>",
        f"<h1><span class='kicker'>Vidéo</span> <span>{TITLE}</span></h1>",
        f"<h1><span>Kerlouan</span> {TITLE}</h1>",
        f"<h1><span>Kerlouan</span><span class='sep'>.</span> <span>{TITLE}</span></h1>",
        f"<h1><a href='/a'><span>Kerlouan</span> {TITLE}</a></h1>",
        f"<h1>{TITLE}<div>Par Ada Roux le 30/04/2024</div></h1>",
        f"<h1><a href='/a'>{TITLE}<div>Par Ada Roux le 30/04/2024</div></a></h1>",
        "<h1>Port : le bac repart<br>- mais sans les vélos</h1>",
        f"<header><h1>\n\t{TITLE}\xa0</h1></header>",
        f"<h1>{TITLE} <small>Les marins ont voté la reprise</small></h1>",
        f"<h1><i class='icon'></i><span class='badge'>Abonné</span> {TITLE}</h1>",
    ],
)
def test_the_heading_that_the_head_confirms(body: str) -> None:
    assert title(f'<meta property="og:title" content="{TITLE}">', body) == TITLE


def test_a_heading_that_only_leads_home_is_the_name_of_the_site() -> None:
    body = f"<h1><a href='/'>Rives et débats</a></h1><h2>3 mai</h2><h3><a href='#'>{TITLE}</a></h3>"
    assert title(f"<title>Rives et débats: {TITLE}</title>", body) == TITLE


def test_the_second_line_of_a_headline_may_be_the_only_heading() -> None:
    below = "<h1>La compagnie du bac promet un service réduit jusqu'à mercredi</h1>"
    head = f"<title>{TITLE} | Rives et débats</title>"
    assert title(head, f"<div>{TITLE}</div>{below}") == TITLE
    assert title(head, f"<nav><a href='/a'>{TITLE}</a></nav><div>{below}</div>") != TITLE


def test_a_count_in_the_heading_is_none_of_the_headline() -> None:
    body = f"<h1>{TITLE} <span><a href='#c'>3</a></span></h1>"
    assert title(f"<title>{TITLE} | Rives et débats</title>", body) == TITLE


def test_the_visible_headline_wins_over_one_made_for_search_engines() -> None:
    head = "<title>Bac : les horaires du port - Le Fleuve</title>"
    assert title(head, "<h1>Le bac du port repart lundi matin</h1>") == "Le bac du port repart lundi matin"
    assert title(head, "<h1>Menu</h1>") == "Bac : les horaires du port"


def test_a_heading_that_leads_to_the_first_page_is_the_papers_name() -> None:
    name, headline = "<h1><a href='%s'>Le carnet du port</a></h1>", f"<h3>{TITLE}</h3>"
    for home in ("/", "https://lefleuve.example/"):
        head = f"<title>Le carnet du port: {TITLE}</title>"
        assert title(head, name % home + headline) == TITLE
    assert title(f"<title>{TITLE}</title>", f"<h1><a href='/'>{TITLE}</a></h1>") == TITLE


def test_without_a_head_the_only_heading_is_the_title() -> None:
    assert title("", "<h1>Le bac repart lundi matin</h1>") == "Le bac repart lundi matin"
    assert title("", "") == ""


@pytest.mark.parametrize(
    "shown",
    [
        '<h2><font color="#003399">%s</font></h2><i>par <a href="mailto:a@b.example">Ada Roux</a></i>',
        '<p class="petit">Vie locale</p><span class="Surtitre">Port</span><br><span class="Titre">%s</span>',
        '<font size=2>Le Fleuve, mardi 4 mai 2005, p. 12</font><br><br><font size="5"><b>%s</b></font><br>',
        "<p><a href='/'>Accueil</a> &gt; Port</p><p><b>%s</b><br><small>21/05/08 - 18h42</small></p>",
    ],
)
@pytest.mark.parametrize("head", ["Version imprimable", "Le carnet du port, n° 1204", "Le Fleuve", ""])
def test_the_large_line_above_the_text_is_the_headline_where_the_head_names_a_site(
    shown: str, head: str
) -> None:
    assert title(f"<title>{head}</title>" if head else "", shown % TITLE) == TITLE


def test_no_line_above_the_text_is_a_headline_where_the_head_says_one() -> None:
    headline = "Les horaires du bac pendant les fêtes de fin d'année"  # in a picture
    assert title(f"<title>{headline}</title>", "<p><b>La rubrique du samedi</b></p>") == headline
    entries = "".join(f"<h2>Un autre départ du port {n}</h2>{PROSE}" for n in range(6))
    assert title("<title>Le port en direct</title>", entries) == "Le port en direct"
