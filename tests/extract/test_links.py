"""Links to other texts, set into an article or below it: they leave, and the text goes on."""

from __future__ import annotations

import pytest

from tests.extract.test_layouts import FIRST, ONE_LINK, SECOND, THIRD, paragraphs
from tests.extract.test_templates import LEAD, PARAGRAPHS

SAYS = "« Non. »"


@pytest.mark.parametrize("name", ["rel", ""])
@pytest.mark.parametrize(
    ("after", "texts"),
    [(f"<p>{SAYS}</p>", [SAYS]), ("<ul><li>un pont ;<li>une digue.</ul>", ["un pont ;", "une digue."])],
    ids=["short sentence", "list"],
)
def test_what_follows_one_link_is_text(name: str, after: str, texts: list[str]) -> None:
    body = f"<div>{FIRST}{SECOND}{ONE_LINK.format(name)}{after}{THIRD}</div>"
    assert paragraphs(body) == [*PARAGRAPHS[:2], *texts, PARAGRAPHS[2]]


@pytest.mark.parametrize(
    "links",
    [
        "<h3>À lire aussi</h3><ul><li><a href='/a'>Le quai</a><li><a href='/b'>Le bac de nuit</a></ul>",
        "<p><b>Lire aussi :</b><br>- <a href='/a'>Le quai</a><br>- <a href='/b'>Le bac de nuit</a></p>",
        "<h3>À lire aussi</h3><p><a href='/a'>Le quai</a></p><p><a href='/b'>Le bac de nuit</a></p>",
        f"<h3>À lire aussi</h3><div><a href='/a'><h4>Le quai</h4></a><p>{LEAD}</p></div>",
        "<div><p>Sommaire</p><ol><li><a href='#a'>Le quai</a><li><a href='#b'>Le bac de nuit</a></ol></div>",
    ],
    ids=["list", "lines", "paragraphs", "card", "contents"],
)
@pytest.mark.parametrize("after", [f"<p>{SAYS}</p>", f"<blockquote><p>{SAYS}</p></blockquote>"])
def test_what_follows_a_list_of_links_is_text(links: str, after: str) -> None:
    body = f"<div>{FIRST}{SECOND}{links}{after}{THIRD}</div>"
    assert paragraphs(body) == [*PARAGRAPHS[:2], SAYS, PARAGRAPHS[2]]


@pytest.mark.parametrize("heading", ["", "<h3>Autres articles</h3>", "<h3>Les derniers articles</h3>"])
@pytest.mark.parametrize(
    "entry",
    [
        "<div><h4><a href='/{0}'>Le pont de la rive {0}</a></h4><p>{1}</p></div>",
        "<div><div><a href='/{0}'>Le pont de la rive {0}</a><p>{1}</p><a href='/{0}'>Lire</a></div></div>",
    ],
    ids=["heading", "line"],
)
def test_summaries_of_other_texts_at_the_end_are_no_text(heading: str, entry: str) -> None:
    entries = "".join(entry.format(rank, LEAD) for rank in (1, 2, 3))
    assert paragraphs(f"<div>{FIRST}{SECOND}{THIRD}<div>{heading}{entries}</div></div>") == PARAGRAPHS


def test_two_long_headlines_that_are_links_side_by_side_are_no_paragraph() -> None:
    told = "Trois ans après la crue, ceux de la rive gauche attendent encore la digue que la ville a promise"
    links = f"<a href='/a'>{told}</a> <a href='/b'>{told.replace('Trois', 'Quatre')}</a>"
    assert paragraphs(f"<div>{FIRST}{links}{SECOND}{THIRD}</div>") == PARAGRAPHS


def test_the_article_goes_on_after_a_link_set_under_its_first_lines() -> None:
    first = f"<div><b>{LEAD}</b></div><p>{SAYS}</p>"
    links = "<div><b>Lire aussi</b><br><a href='/a'>Le quai sera fermé lundi</a></div>"
    more = f"<ul><li>un pont ;</li><li>une digue ;</li><li>un quai.</li></ul>{FIRST}{SECOND}{THIRD}"
    assert paragraphs(f"<div>{first}{links}{more}</div>")[-3:] == PARAGRAPHS


def test_a_short_last_paragraph_follows_one_link() -> None:
    link, last = ONE_LINK.format(""), "Le conseil municipal n’a pas donné suite."
    assert paragraphs(f"<div>{FIRST}{SECOND}{THIRD}{link}<p>{last}</p></div>") == [*PARAGRAPHS, last]
