"""Small boxes amid a text that end with a button are no part of it, though nothing names them."""

from __future__ import annotations

import pytest

from tests.extract.pages import PROSE
from tests.extract.test_layouts import FIRST, SECOND, paragraphs
from tests.extract.test_templates import PARAGRAPHS

BOXES = [
    ("La matinale", "Chaque jour à sept heures, le fleuve en cinq minutes.", "S’inscrire"),
    ("Sondage", "Faut-il fermer le quai aux voitures le dimanche ?", "Voter"),
    ("Le Phare vit de ses lecteurs", "Sans actionnaire, il dépend de vous.", "Je donne"),
    ("Boutique", "Le hors-série sur les bacs de la Sorgue est paru.", "Commander"),
    ("Léa Morel", "Elle suit la rivière pour Le Phare depuis vingt ans.", "Suivre"),
    ("Rencontre", "Débat le 12 juin à la médiathèque, entrée libre.", "En savoir plus"),
]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize(
    "made",
    [
        "<div><h4>{}</h4><p>{}</p><a href='/x'>{}</a></div>",
        "<div><div>{}</div><div>{}</div><button>{}</button></div>",
        "<div><img><div><h3>{}</h3><p>{}</p><button>{}</button><span>24 min</span></div></div>",
        "<section><div><h3>{}</h3><p>{}</p></div><div><a href='/x'>{}</a></div></section>",
    ],
)
def test_a_box_that_ends_with_a_button_leaves(made: str, box: tuple[str, str, str]) -> None:
    assert paragraphs(f"<div>{FIRST}{made.format(*box)}{PROSE}</div>") == PARAGRAPHS
    assert paragraphs(f"<div>{PROSE}{made.format(*box)}</div>") == PARAGRAPHS


def test_a_box_that_sells_leaves_though_it_says_much() -> None:
    said = f"{PARAGRAPHS[0]} C’est la promesse de nos offres."
    box = f"<div><h3>Le monde d’en face</h3><div>{said}</div><a href='/o'>Je découvre les offres</a></div>"
    assert paragraphs(f"<div>{FIRST}{box}{SECOND}</div>") == PARAGRAPHS[:2]


def test_a_box_that_ends_with_a_mailbox_leaves() -> None:
    box = "<div><h2>Bonjour !</h2><p>Un tuyau à me donner ?</p><a href='mailto:a@phare.example'>{}</a></div>"
    assert paragraphs(f"<div>{PROSE}{box.format('Écrire à Ada')}</div>") == PARAGRAPHS


@pytest.mark.parametrize(
    "made",
    [
        "<div><p>1{0}h32</p><p>Le bac {0} a quitté le quai de la Sorgue.</p><button>Suivre</button></div>",
        "<div><h3>Le bac {0}</h3><p>Il part du quai {0}.</p><a href='/b{0}'>Réserver</a></div>",
    ],
)
def test_many_boxes_made_alike_are_entries_of_the_text(made: str) -> None:
    text = paragraphs(f"<div>{FIRST}{''.join(made.format(number) for number in range(4))}{SECOND}</div>")
    assert sum("quai" in one for one in text) >= 4


SUMMARY = "Le deuxième bateau, commandé en Bretagne, sera livré avant la fin de l’été."


@pytest.mark.parametrize(
    "card",
    [
        "<div><a href='/b'><img src='b.jpg'></a><div><i>Vie</i><a href='/b'>{0}</a><p>{1}</p></div></div>",
        "<div><a href='/b'><img src='b.jpg'></a><h4><a href='/b'>{0}</a></h4><p>{1}</p></div>",
        "<section><div><a href='/b'><img src='b.jpg'><span>{0}</span></a></div><p>{1}</p></section>",
        "<div><div><img src='b.jpg'></div><div><h4><a href='/b'>{0}</a></h4><p>{1}</p></div></div>",
    ],
    ids=["label", "heading", "in one link", "no link"],
)
def test_a_card_whose_picture_leads_where_its_headline_does_leaves(card: str) -> None:
    box = card.format("Un second bac pour la rive gauche l’été prochain", SUMMARY)
    assert paragraphs(f"<div>{FIRST}{box}{PROSE}</div>") == PARAGRAPHS
    assert paragraphs(f"<div>{PROSE}{box}</div>") == PARAGRAPHS


def test_linked_pictures_and_names_of_what_a_text_lists_are_of_it() -> None:
    link = "<a href='/b{0}'><img src='{0}.jpg'></a><h3><a href='/b{0}'>Le bac numéro {0}</a></h3>"
    made = f"<div>{link}<p>{{1}}</p></div>"
    text = paragraphs(
        f"<div>{FIRST}{''.join(made.format(n, f'{SUMMARY} {n}.') for n in range(4))}{SECOND}</div>"
    )
    assert sum(SUMMARY in one for one in text) == 4


def test_a_question_that_unfolds_its_answer_stays() -> None:
    asked = "<div><button>Lire la réponse</button><div>Le quai rouvrira lundi.</div></div>"
    assert "Le quai rouvrira lundi." in paragraphs(f"<div>{FIRST}{asked}{PROSE}</div>")
