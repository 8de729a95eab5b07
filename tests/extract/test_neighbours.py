"""Other articles on a page neither sign nor date this one."""

from __future__ import annotations

from crawler.extract import metadata, read
from tests.extract.pages import PROSE, page
from tests.extract.test_bylines import H1, names

CARD = (
    "<article><a href='/b'><h3>Le quai de la Soute ferme demain</h3></a>"
    "<p class='byline'>Par {}</p><time datetime='2024-04-{}T10:00:00Z'>{} avril 2024</time></article>"
)
CARDS = f"<section>{CARD.format('Noé Vial', 12, 12)}{CARD.format('Zoé Lin', 14, 14)}</section>"
ROWS = "".join(
    f"<div><p><a href='/b{n}'>{title}</a></p><p><b>{name}</b> - {n} mai 2024</p></div>"
    for n, (title, name) in enumerate(
        [("Le bac ferme", "Noé Vial"), ("Qui sont-ils ?", "Lou Petit"), ("Le quai rouvre", "Ian Le Dru")], 1
    )
)


def test_who_signs_another_article_below_signs_nothing() -> None:
    card = "<div><a href='/b'>Le quai de la Soute ferme demain</a><p>Par Noé Vial</p></div>"
    assert metadata.read(page("", H1 + PROSE + f"<section>{card * 2}</section>")).authors == []


def test_cards_of_other_articles_neither_sign_nor_date() -> None:
    short = "<p>Le bac repart lundi, après trois semaines passées à quai.</p>"
    for text in (PROSE, short):
        found = metadata.read(page("", f"<main><article>{H1}{text}</article>{CARDS}</main>"))
        assert (found.authors, found.published_at) == ([], None)
        signed = metadata.read(
            page("", f"<main><article>{H1}<p>Par Ada Roux</p>{text}</article>{CARDS}</main>")
        )
        assert signed.authors == ["Ada Roux"]


def test_a_line_with_a_headline_that_leads_elsewhere_neither_signs_nor_dates() -> None:
    other = (
        "<div>{}/04/2024 <a href='/b'>Le quai de la Soute ferme demain matin</a> <i>par Noé Vial</i></div>"
    )
    line = "<p>Par Ada Roux le 03.05.2024 à 10h44</p>"
    text = f"<div>{line}{H1}<p>Le bac repart.</p></div><div>{other.format(11)}{other.format(12)}</div>"
    found = metadata.read(page("", text))
    assert (found.authors, found.published_at and found.published_at.month) == (["Ada Roux"], 5)


def test_a_card_that_is_a_link_neither_signs_nor_dates() -> None:
    card = "<a href='/b'><div><h3>Le quai de la Soute ferme demain</h3><p>Il rouvrira.</p>{}</div></a>"
    lines = ("<p>Par Noé Vial</p>", "<footer><i>Par Noé Vial</i> <time>9 mars 2024</time></footer>")
    for line in lines:
        html = f"<html><body><main>{H1}{PROSE}</main><div>{card.format(line) * 2}</div></body></html>"
        article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
        assert (article.authors, article.published_at) == ([], None), line


def test_the_agencies_of_other_articles_in_a_list_are_not_that_of_a_brief() -> None:
    source = "<div><strong>AFP</strong> <i>12.03.2024</i> <i>14:1{}</i></div>"
    other = f"<li><p><a href='/b'>Le quai de la Soute ferme demain</a></p>{source}<p>Il rouvrira.</p></li>"
    text = "<p>Le bac repart lundi, après trois semaines passées à quai.</p>"
    own = "<div>information fournie par <b>Reuters</b> <i>3/5/2024 à 14:21</i></div>"
    html = f"<body>{H1}{own}{text}<ul>{''.join(map(other.format, range(4)))}</ul></body>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").agency == "Reuters"


def test_names_beside_dates_in_boxes_made_alike_are_those_of_cards() -> None:
    short = "<p>Le bac repart lundi, après trois semaines passées à quai.</p>"
    for own, persons in (("", []), ("<p>Ada Roux - 3 mai 2024</p>", ["Ada Roux"])):
        found = metadata.read(page("", f"<div>{H1}{own}{short}</div><section>{ROWS}</section>"))
        assert (found.authors, found.published_at is None) == (persons, not own)


def test_a_card_above_the_article_neither_signs_nor_dates() -> None:
    card = (
        "<div><h2><a href='/b'>Le quai de la Soute ferme demain</a></h2><p>Noé Vial - 9 mars 2024</p></div>"
    )
    found = metadata.read(page("", f"{card}<div>{H1}<p>Ada Roux, le 3 mai 2024</p>{PROSE}</div>"))
    assert found.authors == ["Ada Roux"]


def test_the_headline_above_a_line_of_its_box_makes_a_card() -> None:
    cell = "<td><a href='/b'>Le quai de la Soute ferme demain</a><br>Noé Vial, 09.03.2024</td>"
    short = "<p>Le bac repart lundi, après trois semaines passées à quai.</p>"
    found = metadata.read(page("", f"<div>{H1}{short}</div><table><tr>{cell}</tr></table>"))
    assert (found.authors, found.published_at) == ([], None)


def test_headings_of_the_article_itself_are_no_cards() -> None:
    asked = "<h3>Que dites-vous de <a href='/b'>ce bac</a> qui ne repart pas ?</h3>"
    linked = "<div><h2><a href='/c'>Le bac de la rive droite repart</a></h2>{}</div>"
    signed = f"<p>Auteur</p><p>Ada Roux</p><p>3 mai 2024</p>{PROSE}"
    for body in (f"{H1}<div>{asked}{signed}</div>", linked.format(f"<h2>Le bac repart</h2>{signed}")):
        assert metadata.read(page("<title>Le bac repart</title>", body)).authors == ["Ada Roux"]


def test_a_box_whose_heading_is_its_authors_name_signs() -> None:
    box = "<div><a href='/auteur/79/ada-roux'><h5>Ada Roux</h5></a><span>Auteur</span></div>"
    assert metadata.read(page("", H1 + PROSE + box)).authors == ["Ada Roux"]


def test_microdata_of_other_articles_sign_nothing() -> None:
    signed = "<div><p>Publié par <span itemprop='author'>{}</span></p></div>".format
    card = "<div><a href='/b'><h3>Le quai de la Soute ferme demain</h3></a><div>{}</div></div>".format
    both = "<div><p><i itemprop='author'>Ada Roux</i></p><p><i itemprop='author'>Noé Vial</i></p></div>"
    cards = card(signed("Léa Morel")) + card(signed("Tom Kerbrat"))
    assert names(f"<header><div>{both}</div></header><section>{cards}</section>") == ["Ada Roux", "Noé Vial"]
