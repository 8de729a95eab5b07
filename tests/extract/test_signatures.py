"""Who signs below a text, where nothing beside its headline says so."""

from __future__ import annotations

import pytest

from crawler.extract import metadata, read
from tests.extract.pages import PROSE, page
from tests.extract.test_bylines import DATE, H1


def test_who_signs_below_the_box_of_the_text() -> None:
    below = "<p><b>{}</b></p><p>{}</p>"
    text = f"<html><body><article>{H1}{DATE}<div class='body'>{PROSE}</div>%s</article></body></html>"
    for line, names in (
        ("Ada Roux", ["Ada Roux"]),
        ("Ada Roux, avec agences", ["Ada Roux"]),
        ("Ada Roux (à Brest)", ["Ada Roux"]),
        ("— Ada Roux", ["Ada Roux"]),
        ("— Ada Roux, batelière à Brest", ["Ada Roux"]),
        ("Ada Roux, à Brest", ["Ada Roux"]),
        ("Ada Roux et l'AFP", ["Ada Roux"]),
        ("L'AFP et Reuters", []),
        ("Ada ROUX.", ["Ada ROUX"]),
        ("Ada Roux et Noé Vial", ["Ada Roux", "Noé Vial"]),
        ("Ada Roux, maire", []),
        ("Le Fleuve", []),
        ("Partager sur Facebook", []),
        ("<a href='/a'>PLUS D'ANALYSES »</a>", []),
    ):
        html = text % below.format(line, "© Le Fleuve")
        assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == names, line
    html = text % below.format("Ada Roux", "Source : La Soute")
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == ["Ada Roux"]
    html = text % below.format("Ada Roux", "Ada Roux est maire.")
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == []


@pytest.mark.parametrize("label", ["Publié par :", "Auteur(s)"])
@pytest.mark.parametrize(
    ("name", "persons"), [("Ada Roux", ["Ada Roux"]), ("Groupe des rives", []), ("Ada Roux est maire.", [])]
)
def test_a_name_in_a_card_below_a_label_signs(name: str, persons: list[str], label: str) -> None:
    card = f"<div><h2>{label}</h2><div><h3>{name}</h3><p>Chargée de mission, Le Fleuve</p></div></div>"
    text = "<p>Le bac a traversé le fleuve sans bruit, et les passagers ont attendu le soir pour rentrer.</p>"
    html = f"<html><body><main>{H1}{DATE}<div>{PROSE}{text * 40}</div>{card}</main></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == persons


@pytest.mark.parametrize(
    ("last", "persons"),
    [
        ("<p>J.D.</p>", ["J.D."]),
        ("<p>A.R.-L.</p><p>a.rl@lefleuve.example</p>", ["A.R.-L."]),
        ("<p>Ada ROUX-V.</p><p>Le Fleuve</p>", ["Ada ROUX-V."]),
        ("<div><p>Textes : Ada Roux</p><p>Photos : Noé Vial</p></div>", ["Ada Roux"]),
        ("<p>Ada Roux (avec AFP)</p>", ["Ada Roux"]),
    ],
)
def test_initials_and_labels_under_a_text(last: str, persons: list[str]) -> None:
    html = f"<html><body><article>{H1}{DATE}{PROSE}{last}</article></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == persons


def test_a_name_that_stands_alone_above_a_text_and_below_it_signs() -> None:
    html = "<html><body><div>{0}</div><article>{1}{2}<div>{3}</div>{0}</article><p>{4}</p></body></html>"
    name = "<p>Ada Roux</p>"
    for other, persons in (("Contact", ["Ada Roux"]), ("La batelière Ada Roux", [])):
        whole = html.format(name, H1, DATE, PROSE, other)
        assert read(whole.encode(), "https://lefleuve.example/vie/le-bac").authors == persons


def test_who_signs_by_a_label_of_twitter_and_by_a_box_below() -> None:
    head = '<meta name="twitter:label1" content="Écrit par"><meta name="twitter:data1" content="Ada Roux">'
    assert metadata.read(page(head, H1 + PROSE)).authors == ["Ada Roux"]
    link = "<a href='/author/a-roux'>Ada Roux</a>"
    box = f"<aside><h4>À propos de l'auteur</h4>{link}<p>Elle suit le bac.</p></aside>"
    html = f"<html><body><article>{H1}{DATE}{PROSE}</article>{box}</body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == ["Ada Roux"]


@pytest.mark.parametrize(
    "line",
    [
        "Cette entrée a été publiée dans <a href='/v'>Vie</a> le <a href='/j'>3 mai 2024</a> par Ada Roux.",
        "Cette entrée a été publiée par Ada Roux le 3 mai 2024 à 9:12, et placée dans Vie. Suivez le flux.",
        "Ce contenu a été publié dans Vie, et marqué avec <a href='/t'>bac</a>, le 3 mai 2024 par Ada Roux.",
    ],
)
def test_what_a_blog_says_of_an_article_below_it(line: str) -> None:
    found = metadata.read(page("", f"{H1}{PROSE}<p>{line} Ajoutez ce permalien à vos favoris.</p>"))
    assert found.authors == ["Ada Roux"]
    assert found.published_at is not None
    assert found.published_at.day == 3


@pytest.mark.parametrize(
    "foot",
    [
        "Directrice de la publication : Lou Petit | Rédaction : Noé Vial",
        "Rédaction : Noé Vial, Lou Petit",
    ],
)
def test_who_makes_the_paper_signs_nothing(foot: str) -> None:
    html = f"<html><body><article>{H1}{DATE}{PROSE}</article><div><p>{foot}</p></div></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == []


@pytest.mark.parametrize(
    "line",
    [
        "<p>Auteur : <b>Ada Roux</b>",
        "<p><b>Auteur:</b> Ada Roux",
        "<p class='author'>Texte et photos : Ada Roux",
        "<p>Texte : Ada Roux",
        "<p><span>Auteur/autrice :</span> Ada Roux",
        "<p>Rédacteur : Ada Roux",
    ],
)
def test_a_label_far_below_signs(line: str) -> None:
    text = f"{H1}{DATE}{PROSE.replace('</p><p>', ' ') * 2}{line}</p>"
    assert metadata.read(page("", text)).authors == ["Ada Roux"]


@pytest.mark.parametrize(
    "last",
    [
        "<p><b>ADA ROUX EST CHEFFE DU SERVICE DES RIVES DU FLEUVE.</b></p>",
        "<p>Avec Noé Vial, Léa Morel et l'Agence France-Presse.</p>",
        "<p>(Avec Noé Vial et l'AFP)</p>",
        (
            "<p>Par <a href='/r'><span class='author-name'>Ada Roux</span></a>, professeure à Sorgues</p>"
            "<p>La version originale de cet article a été publiée sur The Fleuve.</p>"
        ),
    ],
)
def test_who_the_author_is_and_who_helped_are_no_paragraphs(last: str) -> None:
    html = f"<html><body><article>{H1}{DATE}<p>Par Ada Roux</p>{PROSE}{last}</article></body></html>"
    article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
    assert (article.authors, len(article.body.split("\n\n"))) == (["Ada Roux"], 3)
    cast = html.replace(last, "<p>Avec Noé Vial, Léa Morel et Ada Le Goff.</p>")
    assert len(read(cast.encode(), "https://lefleuve.example/vie/le-bac").body.split("\n\n")) == 4


@pytest.mark.parametrize(
    ("last", "agency"),
    [
        ("(Avec Reuters et AFP)", "Reuters; AFP"),
        ("APS", "APS"),
        ("ATS/Ada Roux", "ATS"),
        ("ar/lb/APA", "APA"),
        ("Ada Roux/aa", ""),
        ("Ada Roux/nv avec ats", "ATS"),
        ("<b class='author'>Ada ROUX / AFP</b>", "AFP"),
        ("Agence QMI", "Agence QMI"),
    ],
)
def test_the_agency_under_a_text(last: str, agency: str) -> None:
    html = f"<html><body><article>{H1}{DATE}{PROSE}<p>{last}</p></article></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").agency == agency


@pytest.mark.parametrize("last", ["(A.R. avec Belga)", "(Le Quotidien du Quai et Belga)"])
def test_initials_or_a_paper_with_an_agency_end_no_text(last: str) -> None:
    text = f"{H1}<p>Par Ada Roux</p>{DATE}<div>{PROSE}<p>{last}</p></div>"
    article = read(f"<html><body>{text}</body></html>".encode(), "https://lefleuve.example/vie/le-bac")
    assert (article.agency, last in article.body) == ("Belga", False)


@pytest.mark.parametrize(
    "last", ["(arx)", "(<a href='mailto:a@b.example'>arx</a>)", "[ar nv lmo 12/03/2019 10:30]"]
)
def test_initials_in_brackets_end_no_text(last: str) -> None:
    html = f"<html><body><article>{H1}{DATE}<div>{PROSE}<p>{last}</p></div></article></body></html>"
    whole = f"<html><body><article>{H1}{DATE}<div>{PROSE}</div></article></body></html>"
    url = "https://lefleuve.example/vie/le-bac"
    assert read(html.encode(), url).body == read(whole.encode(), url).body


def test_a_star_behind_the_author_leads_to_who_they_are_below_the_text() -> None:
    note = "* Batelière à la retraite, à Sainte-Orne."
    for star, text, is_text in (
        (" *", PROSE, False),
        ("", PROSE, True),
        (" *", PROSE + "<p>Un mot*.</p>", True),
    ):
        html = f"<html><body>{H1}{DATE}<div><p>Par Ada Roux{star}</p>{text}<p>{note}</p></div></body></html>"
        article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
        assert (article.authors, note in article.body) == (["Ada Roux"], is_text)


def test_an_author_with_a_desk_or_place_begins_no_text() -> None:
    lines = [
        "Ada Roux – Initiative de la presse des rives, médias",
        "AA / Sainte-Orne / Ada Roux",
        "Ada Roux rit",
    ]
    for line, is_text in zip(lines, (False, False, True), strict=True):
        text = f"{H1}<p>Par <b>Ada Roux</b></p>{DATE}<div><p>{line}</p>{PROSE}</div>"
        article = read(f"<html><body>{text}</body></html>".encode(), "https://lefleuve.example/vie/le-bac")
        assert (article.authors, line in article.body) == (["Ada Roux"], is_text)


def test_the_heading_of_a_box_with_the_author_is_no_author() -> None:
    items = "<li><i>Author, </i><span>Ada Roux</span></li><li><i>Role, </i><span>Le Fleuve</span></li>"
    box = f"<section><strong id='article-byline'>Article Information</strong><ul>{items}</ul></section>"
    html = f"<html><body><main>{H1}{box}{DATE}<div>{PROSE}</div></main></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == ["Ada Roux"]


@pytest.mark.parametrize("lead", ["Sainte-Orne (AFP) - {}", "{} (AFP)"])
def test_the_agency_in_the_lead(lead: str) -> None:
    said = "Le bac de la rive droite reprendra ses traversées, après trois semaines à quai pour une avarie"
    chapo = lead.format(f"{said} que personne n'avait prévue et que tout le monde attendait pourtant.")
    text = f"{H1}<p class='chapo'>{chapo}</p>{DATE}<div>{PROSE}</div>"
    for head in ("", f"<head><meta name='description' content='{said}'></head>"):
        html = f"<html>{head}<body><article>{text}</article></body></html>"
        article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
        assert (article.lead, article.agency) == (chapo, "AFP")


@pytest.mark.parametrize(
    "last",
    [
        "Ada Roux-Lemaire, Le Quotidien du Quai",
        "Ada Roux-Lemaire (Gazette d'Isle)",
        "(Ada Roux-Lemaire)",
        "[Ada Roux-Lemaire]",
    ],
)
def test_a_name_and_a_paper_in_the_last_line_of_a_text_sign_it(last: str) -> None:
    html = f"<html><body><article>{H1}{DATE}<div>{PROSE}<p><b>{last}</b></p></div></article></body></html>"
    article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
    assert (article.authors, article.body.endswith(last)) == (["Ada Roux-Lemaire"], False)


def test_an_author_and_an_address_in_the_last_line_of_a_text_are_none_of_it() -> None:
    last = "<br><br>Correspondante à Brest Ada Roux ada@lefleuve.example"
    text = PROSE.replace("<p>", "").replace("</p>", "<br><br>")
    html = (
        f"<html><body><article>{H1}<p>Par Ada Roux</p>{DATE}<div>{text}{last}</div></article></body></html>"
    )
    assert "@" not in read(html.encode(), "https://lefleuve.example/vie/le-bac").body


def test_two_names_in_the_last_line_of_a_text_sign_it() -> None:
    last = "<p>Ada Roux-Lemaire et Noé Le Goff-Vial</p>"
    html = f"<html><body><article>{H1}{DATE}<div>{PROSE}{last}</div></article></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == [
        "Ada Roux-Lemaire",
        "Noé Le Goff-Vial",
    ]


def test_the_interviewer_in_brackets_under_a_text() -> None:
    last = "<p><em>(Propos recueillis par Ada Roux)</em></p>"
    html = f"<html><body><article>{H1}{DATE}{PROSE}{last}</article></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == ["Ada Roux"]


@pytest.mark.parametrize(
    ("above", "amid", "agency"),
    [
        ("<div><img src='a.jpg'><p class='source'><span>Reuters</span></p><p>Le quai.</p></div>", "", ""),
        ("<div><div><img src='a.jpg'></div><div>Le quai.</div><div>AFP</div></div>", "", ""),
        ("<div><img src='a.jpg'><span>AFP</span></div>", "", ""),
        ("", "<div><img src='a.jpg'><p>Reuters</p></div>", ""),
        ("<p>AFP</p>", "<div><img src='a.jpg'></div>", "AFP"),
        ("<div><img src='l.png' alt='AFP'><span>AFP</span></div>", "", "AFP"),
        (f"<header><img src='a.jpg'>{H1}<p>Source : AFP</p></header>", "", "AFP"),
    ],
)
def test_an_agency_beside_a_picture_made_the_picture(above: str, amid: str, agency: str) -> None:
    body = PROSE.replace("</p>", f"</p>{amid}", 1)
    text = f"<html><body><article>{H1}{DATE}{above}<div>{body}</div></article></body></html>"
    assert read(text.encode(), "https://lefleuve.example/vie/le-bac-repart").agency == agency


@pytest.mark.parametrize(
    "line",
    [
        "Ada Roux avec AFP",
        "Ada Roux (avec AFP)",
        "Ada Roux, Noé Vial",
        "Ada Roux et Noé Vial avec l'AFP",
        "Ada Roux, à Saint-Goustan-du-Fleuve",
        "Ada Roux / Le Fleuve",
        "Le Fleuve avec AFP",
        "A. R. (avec AFP)",
        "ar/afp",
    ],
)
@pytest.mark.parametrize(
    "note",
    [
        "",
        "Correction : le bac date de 1974, et non de 1975 comme il était dit d'abord.",
        "(1) Archives du port, carton 12, feuillets 3 à 9.",
        "Mise à jour, le 4 mai à 10h : ajout de la réponse du maire de Saint-Goustan.",
    ],
)
def test_who_signs_is_no_text_though_a_note_stands_below(line: str, note: str) -> None:
    below = f"<p>{line}</p>" + (f"<p><em>{note}</em></p>" if note else "")
    html = f"<html><body><article>{H1}{DATE}{PROSE}{below}</article></body></html>"
    article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
    assert article.body.split("\n\n")[3:] == ([note] if note else [])
    assert article.authors == [name for name in ("Ada Roux", "Noé Vial", "A. R.") if name in line]


def test_what_heads_notes_signs_nothing() -> None:
    notes = "<p><b>Notes</b></p><p>1. Archives du port.</p><p>2. Archives de la ville.</p>"
    html = f"<html><body><article>{H1}{DATE}{PROSE}{notes}</article></body></html>"
    article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
    assert article.body.split("\n\n")[3:] == ["Notes", "1. Archives du port.", "2. Archives de la ville."]
