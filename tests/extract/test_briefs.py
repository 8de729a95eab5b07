"""Briefs: what stands around a short text may be longer than it."""

from __future__ import annotations

import pytest

from crawler.extract import read

TITLE = "Le bac de la rive droite repart lundi matin"
TEXT = "Les horaires d’été, promet la mairie, seront tenus malgré trois semaines passées à quai."
LEAD = (
    "Une réparation que personne n’avait prévue retenait le bateau depuis trois semaines. Le capitaine du "
    "port, qui espère ne plus avoir à couper la ligne, a fait mercredi un premier essai, sans passagers, "
    "devant une trentaine de maraîchers venus en voisins."
)
TOLD = (
    "Le Fleuve est un journal indépendant. Découvrez chaque jour toute la vie des deux rives, de la "
    "politique à la culture en passant par le sport, sur le premier site de la vallée."
)
DATE = "<p>Publié le 11 mars 2024 à 08h15</p>"


def paragraphs(body: str) -> tuple[str, list[str]]:
    """Lead and paragraphs of a page."""
    head = f"<head><title>{TITLE} - Le Fleuve</title><meta property='og:type' content='article'></head>"
    page = f"<html lang='fr'>{head}<body>{body}</body></html>"
    article = read(page.encode(), "https://lefleuve.example/vie/le-bac-repart-20411.html")
    return article.lead or "", article.body.split("\n\n")


@pytest.mark.parametrize("made", ["chapo", "article-page_summary", "standfirst"])
@pytest.mark.parametrize("text", ["texte", "article_content"])
def test_a_lead_may_be_longer_than_the_text_in_another_box(made: str, text: str) -> None:
    above = f"<header><h1>{TITLE}</h1><div class='{made}'><p>{LEAD}</p></div>{DATE}</header>"
    body = f"<article>{above}<div><div class='{text}'><p>{TEXT}</p></div></div></article>"
    assert paragraphs(body) == (LEAD, [TEXT])


def test_a_lead_may_be_twice_as_long_as_the_text_below_it() -> None:
    above = (
        f"<div class='cartouche'><h1>{TITLE}</h1><div class='chapo'><p>{LEAD} {TOLD}</p></div>{DATE}</div>"
    )
    body = f"<div class='contenu'>{above}<div class='texte'><p>{TEXT} {TEXT}</p></div></div>"
    assert paragraphs(body) == (f"{LEAD} {TOLD}", [f"{TEXT} {TEXT}"])


def test_a_lead_may_be_five_times_as_long_as_the_text_below_it() -> None:
    lead = f"{LEAD} {TOLD} {LEAD} {TOLD}"
    above = f"<div class='cartouche'><h1>{TITLE}</h1><div class='chapo'><p>{lead}</p></div>{DATE}</div>"
    below = f"<div class='texte'><p>{TEXT} {TEXT}</p></div>"
    assert paragraphs(f"<div class='contenu'>{above}{below}</div>") == (lead, [f"{TEXT} {TEXT}"])


def test_what_is_named_a_lead_and_has_many_paragraphs_is_the_text() -> None:
    above = f"<header><h1>{TITLE}</h1>{DATE}</header>"
    text = [LEAD, TEXT, *(LEAD.replace("mercredi", day) for day in ("jeudi", "vendredi", "samedi"))]
    body = f"<div class='summary'>{''.join(f'<p>{one}</p>' for one in text)}</div>"
    about = f"<div class='equipe'><p>{LEAD} {TEXT} {TEXT}</p></div>"
    assert paragraphs(f"<div>{above}{body}</div>{about}")[1][-1] == text[-1]


@pytest.mark.parametrize("tag", ["h2", "h5"])
def test_the_only_paragraph_may_be_set_as_a_heading(tag: str) -> None:
    body = f"<h1>{TITLE}</h1><p class='chapo'>{TOLD}</p>{DATE}<div class='texte'><{tag}>{LEAD}</{tag}></div>"
    assert paragraphs(f"<div>{body}</div>") == (TOLD, [LEAD])


@pytest.mark.parametrize(("tag", "made"), [("footer", "univers"), ("div", "sidebar col-5")])
def test_a_bar_that_says_less_than_the_brief_above_it_leaves(tag: str, made: str) -> None:
    links = "".join(f"<li><a href='/r/{n}'>La rubrique numéro {n}</a></li>" for n in range(40))
    below = f"<{tag} class='{made}'><ul>{links}</ul><p>{TOLD}</p></{tag}>"
    above = f"<article><h1>{TITLE}</h1><h2>{LEAD}</h2>{DATE}</article>"
    body = f"<div>{above}<div class='texte'><p>{TEXT}</p></div>{below}</div>"
    assert paragraphs(body) == (LEAD, [TEXT])


def test_the_beginning_that_all_may_read_calls_no_one_to_subscribe() -> None:
    shown = "<p>La commission européenne a payé la moitié du bateau, que les maraîchers abonnés prennent.</p>"
    links = "".join(f"<li><a href='/r/{n}'>La rubrique numéro {n}</a></li>" for n in range(40))
    preview = f"<div class='story-piano-content is-preview'>{shown}</div>"
    body = f"<article><h1>{TITLE}</h1>{DATE}{preview}</article><ul>{links}</ul>"
    assert paragraphs(body)[1] == [shown[3:-4]]


@pytest.mark.parametrize("heading", ["Vos réactions (2)", "Commentaires (2)"])
def test_a_thread_that_counts_itself_may_be_longer_than_the_text_above_it(heading: str) -> None:
    said = ("Il fallait s’y attendre, cela fait dix ans que tout le monde voit cette coque rouiller.", TOLD)
    rows = "".join(
        f"<tr><td><font size=1><b>{name}</b> - 12/11/2003 1{n}:40</font></td></tr><tr><td>{text}</td></tr>"
        for n, (name, text) in enumerate(zip(("mimi61", "Le Grincheux"), said, strict=True))
    )
    below = f"<table><tr><td bgcolor='#003366'><b>{heading}</b></td></tr>{rows}</table>"
    body = (
        f"<table><tr><td><font size=4><b>{TITLE}</b></font></td></tr><tr><td>{TEXT}<br><br></td></tr></table>"
    )
    assert paragraphs(body + below) == ("", [TEXT])


def test_the_dates_of_what_readers_say_below_a_short_text_are_not_its_own() -> None:
    links = "".join(
        f"<li><a href='/avis/{n}'><h4>1{n}.04.2011, 13:02 | {name}:</h4><p>Il fallait...</p></a></li>"
        for n, name in enumerate(("mimi61", "vic", "Grincheux"))
    )
    below = f"<div><h2><a name='avis'>Commentaires des lecteurs (10)</a></h2><ul>{links}</ul></div>"
    body = f"<div><h1>{TITLE}</h1><p>{LEAD}</p></div>{below}"
    article = read(
        f"<html lang='fr'><body>{body}</body></html>".encode(), "https://lefleuve.example/bac.html"
    )
    assert (article.published_at, article.published_raw, article.authors) == (None, "", [])


@pytest.mark.parametrize(
    "card",
    [
        "<section><h3><a href='/a-{0}'>Le quai numéro {0} ferme demain</a></h3><p>{1}</p></section>",
        "<li><a href='/a-{0}'>Le quai numéro {0} ferme demain</a><i>{0} mai 2024</i><p>{1}</p></li>",
    ],
)
@pytest.mark.parametrize("number", [1, 2])
def test_summaries_of_others_may_be_many_times_as_long_as_the_text(card: str, number: int) -> None:
    own = [TEXT, "Les maraîchers, eux, demandent un départ de plus avant six heures du matin."][:number]
    text = "".join(f"<p>{one}</p>" for one in own)
    cards = "".join(card.format(n, f"{TOLD} C'est le quai numéro {n} de la rive.") for n in range(1, 20))
    body = f"<article><h1>{TITLE}</h1>{DATE}{text}</article><h2>Vie locale</h2><div>{cards}</div>"
    assert paragraphs(f"<main>{body}</main>") == ("", own)
