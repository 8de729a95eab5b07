"""What an article is written as: acts, chronologies, letters and other texts that are no plain story."""

from __future__ import annotations

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_templates import BYLINE, HEADLINE, LEAD, PARAGRAPHS, URL, html


def paragraphs(body: str) -> list[str]:
    return read(html(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>"), URL).body.split("\n\n")


@pytest.mark.parametrize(
    "days",
    [
        ("14 juillet 1974", "Novembre 1999", "2007"),
        ("2007", "12 juin 2015", "Septembre 2019"),
    ],
)
def test_a_chronology_may_name_a_month_or_a_year_alone(days: tuple[str, ...]) -> None:
    parts = [part for pair in zip(days, PARAGRAPHS, strict=True) for part in pair]
    body = "".join(f"<h3>{day}</h3><p>{text}</p>" for day, text in zip(days, PARAGRAPHS, strict=True))
    assert paragraphs(body) == parts


def test_the_dates_of_a_life_end_a_text() -> None:
    dates = ["3 mai 1932 : naissance à Rouvray", "1974 : passeur à Brest", "10 mars 2024 : mort à Caen"]
    listed = "".join(f"<li>{date}</li>" for date in dates)
    body = f"{PROSE}<h3>Un passeur en quelques dates</h3><ul>{listed}</ul>"
    assert paragraphs(body) == [*PARAGRAPHS, "Un passeur en quelques dates", *dates]


@pytest.mark.parametrize("end", ["Fait à Brest, le 9 mars 2024.", "Fait le 9 mars 2024."])
def test_the_reasons_and_the_end_of_an_act_are_its_text_and_date_nothing(end: str) -> None:
    act = ["Vu la loi n° 86-1067 du 30 septembre 1986 modifiée ;", *PARAGRAPHS, end]
    body = "".join(f"<p>{text}</p>" for text in act)
    article = read(html(f"<main>{HEADLINE}<p>Publié le 11 mars 2024</p><div>{body}</div></main>"), URL)
    assert article.body.split("\n\n") == act
    assert f"{article.published_at:%m-%d}" == "03-11"


def test_who_wrote_each_of_some_letters_signs_not_the_article() -> None:
    heads = ("Un détour de trop", "Merci aux agents", "Et le bac ?")
    names = ("Jeanne Morin, Rouvray", "Albert Cauchois, par courriel", "Hervé Lannic, Saint-Amé")
    letters = list(zip(heads, PARAGRAPHS, names, strict=True))
    body = "".join(f"<h3>{head}</h3><p>{text}</p><p><em>{name}</em></p>" for head, text, name in letters)
    article = read(html(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>"), URL)
    assert article.body.split("\n\n") == [part for letter in letters for part in letter]
    assert article.authors == ["Ada Vernoux"]


@pytest.mark.parametrize(
    "made", ["<p class='chapo'>{}</p>", "<meta name='description' content='{}'><p>{}</p>"]
)
def test_a_lead_may_be_a_very_short_sentence(made: str) -> None:
    lead = "Le bac tiendra bon."
    head, _, above = made.format(lead, lead).rpartition("<p")
    page = (
        f"<html lang='fr'><head>{head}</head><body><main>{HEADLINE}<p{above}{BYLINE}<div>{PROSE}</div></main>"
    )
    article = read(f"{page}</body></html>".encode(), URL)
    assert (article.lead, article.body.split("\n\n")) == (lead, PARAGRAPHS)


def test_a_box_named_after_the_summary_that_comes_with_it_is_no_lead() -> None:
    lead = "Le bac tiendra bon, assure le port."
    steps = "".join(f"<details><summary>Et ?</summary><p>{text}</p></details>" for text in PARAGRAPHS)
    body = (
        f"<div class='field--name-body field--type-text-with-summary'><p>{LEAD}</p><div>{steps}</div></div>"
    )
    article = read(html(f"<main>{HEADLINE}<div class='field-chapo'><p>{lead}</p></div>{body}</main>"), URL)
    assert (article.lead, article.body.split("\n\n")[0]) == (lead, LEAD)


def test_who_signs_below_a_paragraph_that_begins_in_bold() -> None:
    last = (
        "<p><b>En bref.</b> Le bac repart, les horaires d'été seront tenus, la ligne ne sera pas coupée.</p>"
    )
    body = f"<article>{HEADLINE}<div class='body'>{PROSE}{last}</div><p><b>Ada Roux</b></p></article>"
    assert read(html(body), URL).authors == ["Ada Roux"]
