"""Summaries of other articles are no text of this one, though nothing names them."""

from __future__ import annotations

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_layouts import FIRST, SECOND, paragraphs
from tests.extract.test_templates import BYLINE, HEADLINE, LEAD, PARAGRAPHS, URL, html

LINK = "<a href='/{0}'>Le bac de la Sorgue repart, fois {0}</a>"
TEXT = "".join(f"<p>{number}. {text}</p>" for number in range(3) for text in PARAGRAPHS)


def test_cards_of_other_articles_are_no_text_though_nothing_names_them() -> None:
    card = (
        "<div><a href='/{0}'><img></a><h2><a href='/{0}'>Le pont {0} rouvre</a></h2><p>{1}</p></div>".format
    )
    cards = "".join(card(number, LEAD) for number in range(3))
    text = f"{HEADLINE}{BYLINE}<div>{PROSE * 3}</div>"
    for page in (f"{text}{cards}", f"<div>{text}</div><section>{cards}</section>", f"<p>{text}{cards}</p>"):
        assert LEAD not in read(html(page), URL).body
    entries = "".join(card(number, PARAGRAPHS[0]) for number in range(9))
    dated = "<meta property='article:published_time' content='2024-03-11T10:00:00Z'>"
    assert PARAGRAPHS[0] in read(html(f"{dated}{HEADLINE}{BYLINE}<p>{LEAD}</p>{entries}"), URL).body


def test_a_card_may_end_with_who_wrote_it_and_when() -> None:
    card = "<div><h5><a href='/{0}'>Le bac de la Sorgue repart lundi</a></h5><p>{1}</p><span>{2}</span></div>"
    cards = "".join(card.format(day, LEAD, f"Noé Vial 2024-05-1{day} 14:35") for day in range(2))
    assert paragraphs(f"<div>{PROSE}{cards}</div>") == list(PARAGRAPHS)


@pytest.mark.parametrize("heading", ["<h3>Focus</h3>", "<p><b>Zoom</b></p>", ""])
@pytest.mark.parametrize(
    "card",
    [
        f"<div><img src='a.jpg'><h4>{LINK}</h4><p>{LEAD}</p></div>",
        f"<div><p>{LINK}</p><p>{LEAD}</p></div>",
        f"<p>{LINK}<br>{LEAD}</p>",
    ],
)
def test_cards_amid_a_text_leave_with_their_heading(heading: str, card: str) -> None:
    cards = f"<div>{heading}{''.join(map(card.format, range(3)))}</div>"
    read_so = paragraphs(f"<div>{TEXT}{cards}{PROSE}</div>")
    assert read_so == paragraphs(f"<div>{TEXT}{PROSE}</div>")
    assert len(read_so) == 4 * len(PARAGRAPHS)


def test_a_text_made_of_links_and_what_is_said_of_them_stays() -> None:
    item = f"<div><h3>{LINK}</h3><p>{{0}}. {LEAD}</p></div>".format
    items = "".join(map(item, range(9)))
    read_so = paragraphs(f"<div>{FIRST}{items}{SECOND}</div>")
    assert sum(LEAD in text for text in read_so) == 9


def test_paragraphs_below_links_amid_a_text_stay() -> None:
    parts = "".join(f"<p>{LINK.format(n)}<br>{n}. {LEAD}</p><p>{n}. {PARAGRAPHS[0]}</p>" for n in range(3))
    read_so = paragraphs(f"<div>{TEXT}{parts}{PROSE}</div>")
    assert sum(LEAD in text for text in read_so) == 3


@pytest.mark.parametrize(
    "heading", ["<h3>Focus</h3>", "<div><span>Plus</span> de ce port</div>", "<p>Port</p>"]
)
@pytest.mark.parametrize(
    "item",
    [
        f"<li>{LINK}</li>",
        f"<div><div><div>Vie du port</div>{LINK}</div></div>",
        f"<article><h2>{LINK}</h2></article>",
    ],
)
def test_a_heading_over_links_alone_leaves_with_them(heading: str, item: str) -> None:
    links = f"<div>{''.join(map(item.format, range(3)))}</div>"
    read_so = paragraphs(f"<div>{FIRST}<div>{heading}{links}</div>{SECOND}</div>")
    assert read_so == PARAGRAPHS[:2]


def test_names_and_prices_below_what_is_sold_are_no_text_however_many() -> None:
    sold = "<div>Annonce</div><div><a href='/s{0}'>Le livre du bac {0}</a></div><p>Port</p><p>{0},90 €</p>"
    shop = f"<div>{''.join(f'<div>{sold.format(number)}</div>' for number in range(5))}</div>"
    assert paragraphs(f"<div>{FIRST}{shop}{SECOND}</div>") == PARAGRAPHS[:2]


def test_a_list_of_which_some_items_are_links_stays_whole() -> None:
    link = "<li><a href='/p/{0}'>{0}</a></li>".format
    names = f"<li>Ada Roux</li>{link('Noé Vial')}<li>Luc Rey</li>{link('Zoé Ama')}"
    read_so = paragraphs(f"<div>{FIRST}<p>Les signataires :</p><ul>{names}</ul>{SECOND}</div>")
    assert read_so[2:-1] == ["Ada Roux", "Noé Vial", "Luc Rey", "Zoé Ama"]


def test_headings_in_links_among_the_paragraphs_head_parts_of_the_text() -> None:
    parts = "".join(f"<h3>{LINK.format(n)}</h3><p>{n}. {PARAGRAPHS[0]}</p>" for n in range(3))
    read_so = paragraphs(f"<div>{FIRST}{parts}{SECOND}</div>")
    assert [text[-6:] for text in read_so if "repart, fois" in text] == ["fois 0", "fois 1", "fois 2"]


@pytest.mark.parametrize("heading", ["<h3>Zoom</h3>", "<p><b>Zoom sur la coque</b></p>"])
def test_a_box_of_the_text_may_look_closer_at_one_thing(heading: str) -> None:
    said = f"<p>{LEAD}</p><p>{PARAGRAPHS[0]} Voilà.</p>"
    assert LEAD in paragraphs(f"<div>{TEXT}<div>{heading}{said}</div>{PROSE}</div>")


@pytest.mark.parametrize("heading", ["<strong>Recommandé pour vous</strong>", "<h3>Articles liés</h3>"])
def test_below_links_the_text_goes_on_with_a_list_of_terms(heading: str) -> None:
    first = "<dl><dt>La coque</dt><dd>Elle a été refaite, et la peinture sèche encore.</dd></dl>"
    cards = "".join(
        f"<section><h4><a href='/{n}'>Une barque vide, épisode {n}</a></h4></section>" for n in "123"
    )
    text = f"<h1>Le bac repart lundi</h1><div>{PROSE}{heading}<div>{cards}</div>{first}{PROSE}</div>"
    body = read(text.encode(), URL).body
    assert "peinture" in body
    assert "épisode" not in body


def test_the_caption_of_a_video_heads_no_links() -> None:
    video = "<figure><video src='v'></video><figcaption>Vidéo : le bac vu du ciel</figcaption></figure>"
    text = f"<h1>Le bac repart lundi</h1><div>{PROSE}{video}<p>Silence sur le quai.</p>{PROSE}</div>"
    assert "Silence sur le quai." in read(text.encode(), URL).body
