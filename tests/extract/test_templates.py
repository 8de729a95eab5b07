"""Markup of the systems that French papers run: themes of WordPress, Blogger, Typo3, apps, old tables."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE

TITLE = "La ville rouvre son observatoire des contenus haineux"
LEAD = "Fermé depuis dix-huit mois, le service reprend lundi avec trois agents et une convention."
MORE = " Les associations y voient un premier pas."
LONG = LEAD + MORE
URL = "https://www.lesorguais.example/societe/la-ville-rouvre-son-observatoire-412.html"
HEADLINE = f"<h1>{TITLE}</h1>"
PERSON = '{"@type": "Article", "author": {"givenName": "Ada", "familyName": "Vernoux"}}'
BYLINE = "<p class='meta'>Par Ada Vernoux, publié le 11 mars 2024 à 08h15</p>"
LINES = "<br><br>" + PROSE.replace("<p>", "").replace("</p>", "<br><br>")
PARAGRAPHS = [text.removesuffix("</p>") for text in PROSE.split("<p>") if text]


def html(body: str) -> bytes:
    meta = f"<title>{TITLE} | Le Sorguais</title><meta property='og:site_name' content='Le Sorguais'>"
    return f"<html lang='fr'><head>{meta}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        f"<header>{HEADLINE}<p class='td-post-sub-title'>{LEAD}</p>{BYLINE}</header><div>{PROSE}</div>",
        f"<div>{HEADLINE}<p class='text-xl mt-4'>{LEAD}</p>{BYLINE}</div><div class='prose'>{PROSE}</div>",
        f"<div>{HEADLINE}<aside class='lead'><p>{LEAD}</p></aside></div>{BYLINE}<div>{PROSE}</div>",
        f"<div>{HEADLINE}<h2>{LEAD}</h2>{BYLINE}{PROSE}</div>",
        f"<header>{HEADLINE}<p class='teaser'>{LEAD}</p></header>{BYLINE}<div>{PROSE}</div>",
        f"<header>{HEADLINE}{BYLINE}</header><p class='StoryHeader-deck'>{LEAD}</p><div>{PROSE}</div>",
        f"{HEADLINE}{BYLINE}<div class='a__essential'><b>l’essentiel</b> {LEAD}</div><div>{PROSE}</div>",
        f"{HEADLINE}<p class='chapo'><time>16:45</time> {LEAD}</p><div>{PROSE}</div>",
        f"{HEADLINE}<div><p class='chapo'>03.05.24 - <b>{LEAD}</b></p>{PROSE}</div>",
        f"{HEADLINE}<p>{LEAD}</p><div><i>Ada Vernoux</i> · <i>11 mars 2024</i></div><div>{PROSE}</div>",
        f"<table><tr><td>Une<br>Vie<br><td><b>{TITLE}</b><br><b>{LEAD}</b>{LINES}</table>",
        f"<div>{HEADLINE}{BYLINE}<p>{LEAD}</p></div><section>{PROSE}</section>",
        f"<div>{HEADLINE}{BYLINE}<p>{LEAD}</p><div>{LINES}</div></div>",
        f"<ul><li>{HEADLINE}<div><p class='chapeau'>{LEAD}</p>{PROSE}</div></li></ul>",
        f"<div>{HEADLINE}<p>Par Ada Vernoux</p><p>11 mars 2024</p><p>4 min</p><h2>{LONG}</h2>{PROSE}</div>",
        f"<div>{HEADLINE}<p>Par Ada Vernoux</p><p>11 mars 2024</p><p>4 min</p><h2>{LEAD}</h2>{PROSE}</div>",
        f"{HEADLINE}{BYLINE}<section><ul class='chapo'><li>{LEAD}</li></ul>{PROSE}</section>",
    ],
    ids=[
        "sub-title",
        "before the byline",
        "aside",
        "heading",
        "teaser",
        "deck",
        "label",
        "hour before it",
        "day before it",
        "name and date below",
        "table",
        "beside the headline",
        "above the box of the text",
        "in an item of a list",
        "heading below the byline",
        "short heading below the byline",
        "a list of one point",
    ],
)
def test_leads(body: str) -> None:
    article = read(html(f"<main>{body}</main>"), URL)
    assert (article.lead.removesuffix(MORE), article.body.split("\n\n")) == (LEAD, PARAGRAPHS)


def test_a_list_below_a_short_line_may_be_the_lead() -> None:
    points = "Le service reprend lundi, dix-huit mois après.", "Trois agents y travailleront d’abord."
    items = "".join(f"<li><strong>{point}</strong></li>" for point in points)
    body = f"{HEADLINE}<div>Source : JT du soir</div><div class='Chapo-x'><ul>{items}</ul></div>{PROSE}"
    article = read(html(f"<main>{body}</main>"), URL)
    assert (article.lead, article.body.split("\n\n")) == (" ".join(points), PARAGRAPHS)


def described(body: str) -> bytes:
    return html(f"<main>{body}</main>").replace(
        b"<head>", f"<head><meta name=description content='{LEAD}'>".encode()
    )


@pytest.mark.parametrize(
    "label", ["ANALYSE - ", "<b>SÛRETÉ</b> <b>ANALYSE</b> ", "<i>RÉCIT.</i> ", "<i>Vie</i> : "]
)
def test_a_label_before_the_lead_is_none_of_it(label: str) -> None:
    page = described(f"{HEADLINE}<p class='chapo'>{label}{LEAD}</p>{BYLINE}{PROSE}")
    assert read(page, URL).lead == LEAD


def test_a_lead_that_is_the_description_may_be_one_of_the_paragraphs_above_the_byline() -> None:
    article = read(described(f"{HEADLINE}<div><p>{LEAD}</p>{BYLINE}{PROSE}</div>"), URL)
    assert (article.lead, article.body.split("\n\n")) == (LEAD, PARAGRAPHS)
    article = read(described(f"{HEADLINE}<div>{BYLINE}<p>{LEAD}</p>{PROSE}</div>"), URL)
    assert (article.lead, article.body.split("\n\n")) == ("", [LEAD, *PARAGRAPHS])


def test_a_first_paragraph_beside_the_others_is_no_lead() -> None:
    first, *others = PARAGRAPHS
    page = html(
        f"<main>{HEADLINE}{BYLINE}<p>{first}</p>{''.join(f'<p>{text}</p>' for text in others)}</main>"
    )
    assert read(page, URL).lead == ""


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>lundi 11 mars 2024</h2><div><h3 class='post-title'>{TITLE}</h3><div>{PROSE}</div></div>",
        f"<table><tr><td>Lundi 11 mars 2024<tr><td><b>{TITLE}</b><tr><td>{PROSE}</table>",
        f"{HEADLINE}<p class='footer'><time itemprop='datePublished' datetime='2024-03-11'></p>{PROSE}",
        f"{HEADLINE}<p>Propos recueillis par Ada Vernoux le 11 mars 2024</p>{PROSE}",
        f"{HEADLINE}<p>Publié le 11.03.24 à 09h30</p>{PROSE}",
        f"{HEADLINE}<p>Rédaction : 3 mars 2024 ; publication : 11 mars 2024</p>{PROSE}",
        f"<div>{HEADLINE}Le lundi 11 mars 2024.</div>{PROSE}",
        f"{HEADLINE}<p>De notre correspondante à Morvelle, Ada Vernoux, lundi 11 mars 2024 - 8:45</p>{PROSE}",
    ],
    ids=["h3", "no heading", "microdata in a foot", "interview", "year", "two", "naked", "correspondent"],
)
def test_dates(body: str) -> None:
    published = read(html(f"<div>{body}</div>"), URL).published_at
    assert published
    assert published.date().isoformat() == "2024-03-11"


@pytest.mark.parametrize(
    "byline",
    [
        "<div class='authorModule'><span>Ada Vernoux</span> <span>Le Sorguais</span></div>",
        "<div class='byline-wrapper'><a>Ada Vernoux</a> <span>mars 11, 2024</span></div>",
        "<p class='author'>Ada Vernoux avec AFP</p>",
        "<div class='author'><a href='/a'>Ada Vernoux</a> <b>Suivre</b> <a>Voir tous ses articles</a></div>",
        "<p>De notre correspondante à Morvelle, Ada Vernoux</p>",
        "<p>Par notre envoyée spéciale Ada Vernoux</p>",
        f"<script type='application/ld+json'>{PERSON}</script>",
        "<footer><p>Soumis par <i>Ada Vernoux</i> le lun 11/03/2024 - 17:40</p></footer>",
        "<div>Soumis par <span>Ada Vernoux</span> le lun, 11/03/2024 - 17:40</div>",
        (
            "<div class='author-info'><span class='contributor-name'>Ada Vernoux</span> "
            "<span class='author-location'>Morvelle</span></div>"
        ),
        "<meta name='author' content='avernoux'><p class='author'>Ada Vernoux</p>",
        "<meta name='author' content='SORG'><div class='toolbar'><i class='auteur'>Ada Vernoux</i></div>",
    ],
    ids=[
        "camel case and paper",
        "month first",
        "with an agency",
        "links",
        "correspondent",
        "envoy",
        "two names",
        "in a foot",
        "a comma after the day",
        "a place beside the name",
        "an account in the data",
        "a publisher in the data",
    ],
)
def test_authors(byline: str) -> None:
    assert read(html(f"<main>{HEADLINE}{byline}{PROSE}</main>"), URL).authors == ["Ada Vernoux"]


@pytest.mark.parametrize(
    "byline",
    [
        "<ul class='authors'><li><a href='/a'>Ada Vernoux</a><li><a href='/b'>Basile Nortier</a></ul>",
        "<div class='authors'><a>Ada Vernoux</a><p>Maîtresse, Morvelle</p><a>Basile Nortier</a></div>",
    ],
    ids=["items", "functions"],
)
def test_several_authors(byline: str) -> None:
    authors = read(html(f"<main>{HEADLINE}{byline}{PROSE}</main>"), URL).authors
    assert authors == ["Ada Vernoux", "Basile Nortier"]


def test_a_date_may_count_from_the_day_it_was_fetched() -> None:
    page = html(f"<div>{HEADLINE}<p>Publié il y a 3 jours</p>{PROSE}</div>")
    published = read(page, URL, fetched_at=datetime(2024, 3, 14, 12, tzinfo=UTC)).published_at
    assert published
    assert published.date().isoformat() == "2024-03-11"


def test_each_entry_of_a_live_page_keeps_its_heading() -> None:
    first, second, third = (f"<p>{text}</p>" for text in PARAGRAPHS)
    last = "<p>Le quai sera fermé aux voitures jusqu'au soir, et la navette passera toutes les heures.</p>"
    entries = "".join(
        f"<div class='post'><time>10:{i}2</time><h2>Point {i}</h2><div class='text'>{text}</div></div>"
        for i, text in enumerate((first, second + third, last))
    )
    article = read(html(f"<article>{HEADLINE}{BYLINE}{entries}</article>"), URL)
    assert [text for text in article.body.split("\n\n") if len(text) < 20] == [
        "Point 0",
        "Point 1",
        "Point 2",
    ]


def test_the_hour_of_a_first_entry_makes_no_lead_of_what_stands_above_it() -> None:
    first, *others = (f"<div data-key='{text[:3]}'><p>{text}</p></div>" for text in PARAGRAPHS)
    entries = "".join(f"<p><b>{9 + i} h 26</b></p><h3>Point {i}</h3>{text}" for i, text in enumerate(others))
    signed = "<div><dl><dt>Auteur</dt><dd>Ada Vernoux</dd></dl></div><p>Le 11.03.2024</p>"
    header = f"{HEADLINE}<h2>{LEAD}</h2>{signed}"
    article = read(html(f"<article>{header}<div>{first}{entries}</div></article>"), URL)
    assert (article.lead, article.body.split("\n\n")[0]) == (LEAD, PARAGRAPHS[0])


def test_a_reporters_comments_on_a_match_are_the_article() -> None:
    action = "Le gardien détourne en corner la frappe du capitaine, lancé par une passe de son arrière."
    entries = "".join(
        f"<div class='match-comment'><span>{90 - i}'</span><p>{i} : {action}</p></div>" for i in range(9)
    )
    page = html(f"<article>{HEADLINE}{BYLINE}<div class='match-comments'>{entries}</div></article>")
    article = read(page, URL)
    assert article.body.count(action) == 9
    assert article.comment_count is None


@pytest.mark.parametrize(
    "line",
    ["<em>(Re)lire : <a href='/a'>NON le récit</a></em>", "- Advertisement -"],
    ids=["relire", "advert"],
)
def test_lines_between_paragraphs(line: str) -> None:
    first, rest = PROSE.split("</p>", 1)
    page = html(f"<article>{HEADLINE}{BYLINE}{first}</p><p>{line}</p>{rest}</article>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


LINKS = "<h4>Sur le même sujet</h4><ul><li><a href='/a'>Le quai</a><li><a href='/b'>Le bac</a></ul>"


@pytest.mark.parametrize(
    "between",
    [
        f"<div>{LINKS}</div>",
        "<div class='pub'>Publicité</div>",
        "<iframe src='/film'></iframe>",
        f"<div><b>Recevez notre newsletter</b><p>{LEAD}</p></div>",
        "<p><b>Lire aussi :</b> <a href='/a'>Le quai</a></p>",
    ],
    ids=["list of links", "advertisement", "film", "newsletter", "link"],
)
@pytest.mark.parametrize("end", ["</p>", "<br>"], ids=["paragraphs", "lines"])
def test_the_text_goes_on_after_a_box(between: str, end: str) -> None:
    first, second, third = PARAGRAPHS
    start = "<p>" if end == "</p>" else ""
    close = end if start else ""
    last = "<p><a href='/c'>Le pont reste fermé aux camions jusqu'à l'été</a></p>"
    text = f"{start}{first}{close}{between}{start}{second}{close}{last}{start}{third}{close}"
    page = html(f"<article>{HEADLINE}{BYLINE}<div>{text}</div></article>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


def test_a_text_set_in_modules_is_read_whole() -> None:
    module = "<div class='mod {0}'><div class='{0}_inner'>{1}</div></div>"
    text = module.format("text_1", f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>")
    piste = module.format("blurb_1", f"<h4>Une piste</h4><div class='desc'><p>{PARAGRAPHS[2]}</p></div>")
    page = html(f"<article>{HEADLINE}{BYLINE}<div class='col'>{text}{piste}</div></article>")
    assert read(page, URL).body.split("\n\n") == [*PARAGRAPHS[:2], "Une piste", PARAGRAPHS[2]]


def test_a_short_sentence_in_the_first_box_of_a_text_in_two() -> None:
    first, *others = PARAGRAPHS
    more = "".join(f"<p>{text}</p>" for text in others)
    page = html(f"<main>{HEADLINE}{BYLINE}<div><p>{first}</p><p>Voilà.</p></div><div>{more}</div></main>")
    assert read(page, URL).body.split("\n\n") == [first, "Voilà.", *others]


def test_a_first_part_in_a_box_named_as_the_others_is_read() -> None:
    first = (
        "Les associations y voient un premier pas, et demandent la suite au préfet dès la rentrée d'avril."
    )
    parts = f"<div class='part'><p>{first}</p></div><div><i>*</i></div><div class='part'>{PROSE}</div>"
    page = html(f"<main>{HEADLINE}{BYLINE}<div>{parts}</div></main>")
    assert read(page, URL).body.split("\n\n") == [first, *PARAGRAPHS]


def test_names_of_components_ask_for_no_consent() -> None:
    text = "".join(f"<div class='cmp-text'><p>{text}</p></div>" for text in PARAGRAPHS)
    page = html(f"<div class='cmp-container'>{HEADLINE}{BYLINE}{text}</div>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("drawn", ["adMchc", "jkMdNL"])
def test_letters_drawn_by_lot_name_nothing(drawn: str) -> None:
    page = html(f"<article>{HEADLINE}<h2 class='sc-5612e6 {drawn}'>{LEAD}</h2>{BYLINE}{PROSE}</article>")
    assert read(page, URL).lead == LEAD
    assert read(page.replace(b"sc-5612e6 ", b""), URL).lead == ""


def test_letters_that_a_program_counts_up_name_nothing() -> None:
    first, second, third = PARAGRAPHS
    text = f"<p>{first}</p><blockquote class='oo ad oq'><p class='nk nl gr'>{second}</p></blockquote>"
    page = html(f"<article>{HEADLINE}{BYLINE}<div>{text}<p>{third}</p></div></article>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


def test_a_page_of_tables_and_line_breaks_that_names_no_paper() -> None:
    menu = "".join(f"<a href='/{name}'>{name}</a><br>" for name in ("Accueil", "Politique", "Quais"))
    text = "<br><br>".join(text.removeprefix("<p>") for text in PARAGRAPHS)
    page = (
        f"<html><head><title>Le Sorguais libre : {TITLE}</title></head><body><table><tr><td>{menu}</td><td>"
        f"<font size=5><b>{TITLE}</b></font><br><i>Par Ada Vernoux, le 11 mars 2024</i><br><br>{text}"
        "<br><br><b>A. V.</b></td></tr></table></body></html>"
    )
    article = read(page.encode(), URL)
    assert (article.title, article.authors) == (TITLE, ["Ada Vernoux"])
    assert article.body.split("\n\n")[: len(PARAGRAPHS)] == PARAGRAPHS


OTHER = "<p>La première ligne de tram ne roulera pas avant 2028, faute de rames, selon la métropole.</p>" * 2
TRAM = "<h2><a href='/t'>Le tram attendra</a></h2>"


@pytest.mark.parametrize(
    "body",
    [
        f"<article>{HEADLINE}{BYLINE}{PROSE}</article><article><h1>Le tram attendra</h1>{OTHER}</article>",
        f"<article>{HEADLINE}{BYLINE}{PROSE}</article><article><h2>Le tram</h2>{OTHER * 9}</article>",
        f"<article>{HEADLINE}{BYLINE}<div>{PROSE}<article>{TRAM}{OTHER}</article></div></article>",
        f"<article><header>{HEADLINE}{BYLINE}</header></article><article>{PROSE}</article>",
    ],
    ids=["next", "longer", "set in", "head apart"],
)
def test_other_articles_of_the_page_are_left_out(body: str) -> None:
    assert read(html(f"<main>{body}</main>"), URL).body.split("\n\n") == PARAGRAPHS


def test_entries_of_a_live_page_may_be_articles_with_a_link() -> None:
    entries = "".join(f"<article><h2><a href='/p{i}'>Point {i}</a></h2>{PROSE}</article>" for i in range(3))
    body = read(html(f"<article>{HEADLINE}{BYLINE}{entries}</article>"), URL).body.split("\n\n")
    assert [text for text in body if text in PARAGRAPHS] == PARAGRAPHS


def test_a_paragraph_may_be_named_after_the_advertisement_below_it() -> None:
    page = html(
        f"<article>{HEADLINE}{BYLINE}<div>{PROSE.replace('<p>', '<p class=js-ad>', 2)}</div></article>"
    )
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "made",
    [
        "<ul><li>{}</li><li>{}</li><li>{}</li></ul>",
        "<table><tr><td>{}</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table>",
        "<p>{}</p><p>{}</p><p>{}</p>",
        "<p>{}<br>{}<br>{}</p>",
    ],
    ids=["items", "rows", "paragraphs", "lines"],
)
def test_days_below_one_another_are_of_the_text_and_one_or_two_are_a_line_of_dates(made: str) -> None:
    days = ["12 mai 2024 : Morvelle, halle aux grains", "Mardi 14 mai 2024, 20h30, Isle", "3/6/2024 - Soute"]
    for lines, read_so in ((days, days), ([*days[:2], "Fin de la tournée."], [])):
        amid = PROSE.replace("</p>", f"</p>{made.format(*lines)}", 1)
        body = read(html(f"<main>{HEADLINE}{BYLINE}<div>{amid}</div></main>"), URL).body
        assert [text for text in body.split("\n\n") if text in days] == read_so


@pytest.mark.parametrize("end", ["", "<p>Fin.</p>"])
def test_a_list_below_paragraphs_in_boxes_of_their_own_is_of_the_text(end: str) -> None:
    boxes = "".join(
        f"<div class='textComponent'><p>{text}</p></div>" for text in [*PARAGRAPHS, "À retenir :"]
    )
    items = ["un numéro gratuit ;", "un bilan chaque année."]
    listed = f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>"
    page = html(f"<main>{HEADLINE}{BYLINE}<div>{boxes}{listed}{end}</div></main>")
    assert read(page, URL).body.split("\n\n")[-3:] == ["À retenir :", *items]


def test_labels_above_a_text_of_one_paragraph_are_no_text() -> None:
    dated = "<dl><dt>Publication</dt><dd>11 mars 2024 à 13:34</dd></dl>"
    signed = f"<div><address>par Ada Vernoux</address></div><div>{dated}</div>"
    text = "Le bac de la rive droite repart lundi, après trois semaines passées à quai, avec deux matelots."
    page = html(f"<article>{HEADLINE}<p class='intro'>{LEAD}</p>{signed}<div><p>{text}</p></div></article>")
    assert read(page, URL).body == text


def test_a_headline_that_leads_to_itself_is_not_looked_for_in_a_list_above() -> None:
    listed = f"<div><h4>Les plus lus</h4><ol><li><a href='{URL}'>{TITLE}</a></li></ol></div>"
    title = f"<h1><a href='{URL}'>{TITLE}</a></h1>"
    body = "".join(f"<div><p>{text}</p></div>" for text in PARAGRAPHS)
    page = html(f"{listed}<article><p>11 mars 2024</p>{title}<p>{LEAD}</p><div>{body}</div></article>")
    assert read(page, URL).lead == LEAD


def test_of_two_paragraphs_in_boxes_of_their_own_the_longer_is_not_all() -> None:
    texts = [" ".join(PARAGRAPHS[:2]), PARAGRAPHS[2]]
    boxes = "".join(f"<div data-key='{text[:3]}'><p>{text}</p></div>" for text in texts)
    page = html(f"<main>{HEADLINE}{BYLINE}<p class='chapo'>{LEAD}</p><div>{boxes}</div></main>")
    assert read(page, URL).body.split("\n\n") == texts


def test_the_author_with_the_papers_name_is_no_paragraph() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "author": "Ada Vernoux"}</script>'
    signed = "<div>Ada Vernoux - Le Sorguais</div><div>11 mars 2024, 11:05</div>"
    lead = f"<div><strong>{LEAD}</strong></div>"
    page = html(f"{data}<article><h2>{TITLE}</h2>{signed}{lead}<div><p>{PARAGRAPHS[0]}</p></div></article>")
    article = read(page, URL)
    assert (article.lead, article.body) == (LEAD, PARAGRAPHS[0])


def test_of_two_paragraphs_and_a_short_one_in_boxes_of_their_own_all_are_read() -> None:
    texts = [*PARAGRAPHS[:2], "La mairie rendra son avis au mois de mars."]
    first, *others = (f"<div data-key='{text[:3]}'><p>{text}</p></div>" for text in texts)
    between = "<aside><a href='/b'>Le bac de la rive droite repart lundi</a></aside>"
    page = html(
        f"<main>{HEADLINE}{BYLINE}<p><em>{LEAD}</em></p><div>{first}{between}{''.join(others)}</div></main>"
    )
    assert read(page, URL).body.split("\n\n")[-3:] == texts


@pytest.mark.parametrize("button", ["Je m'abonne", "En savoir plus"])
def test_a_box_that_asks_in_a_short_text_takes_none_of_it(button: str) -> None:
    asks = f"<div><p>Abonnez-vous à notre newsletter du matin.</p><a href='/a'>{button}</a></div>"
    card = f"<div><h4><a href='/b'>Le quai de la Soute ferme demain</a></h4><p>{LONG[:110]}…</p></div>"
    told = f"{PARAGRAPHS[0]} La page compte mille abonnés."
    text = f"<div><p>{told}</p>{asks}</div>"
    below = f"<div><h3>Dans la même rubrique</h3>{card * 3}</div>"
    page = html(f"<div><article>{HEADLINE}{BYLINE}<h2>{LEAD}</h2>{text}</article>{below}</div>")
    assert (read(page, URL).lead, read(page, URL).body) == (LEAD, told)


def test_answers_keep_their_questions() -> None:
    asked = [("Comment est né le service ?", PARAGRAPHS[0]), ("Et maintenant ?", PARAGRAPHS[1])]
    boxes = "".join(f"<details><summary>{one}</summary><p>{two}</p></details>" for one, two in asked)
    page = html(f"<article>{HEADLINE}<p class='chapo'>{LEAD}</p>{BYLINE}<div>{boxes}</div></article>")
    assert read(page, URL).body.split("\n\n") == [text for pair in asked for text in pair]


def test_a_subscribers_article_may_show_its_lead_only() -> None:
    lead = f"{LEAD} Les familles saluent la fin d’une longue attente"
    wall = "<p>Le contenu de cet article est réservé aux abonnés</p><p>À partir de 1 € par mois.</p>"
    article = read(html(f"<div>{HEADLINE}{BYLINE}<h2>{lead}</h2>{wall}</div>"), URL)
    assert (article.lead, article.body) == (lead, "")


@pytest.mark.parametrize(
    "wall",
    [
        "Il vous reste 62 % de cet article à lire.",
        "Cet article est exclusivement réservé aux abonnés",
        "Accédez à l’intégralité de cet article à partir de 1 €",
        "Lisez la suite de cet article en vous abonnant",
        "Envie de lire la suite ? Abonnez-vous dès 1 €",
        "Vous devez être abonné pour lire la suite",
        "Article réservé aux abonnés",
    ],
)
def test_a_wall_below_the_text_is_told_and_no_text(wall: str) -> None:
    offers = "<ul><li>Accès illimité au site</li><li>Le journal en version numérique</li></ul>"
    page = html(f"<article>{HEADLINE}{BYLINE}<div>{PROSE}<div><b>{wall}</b>{offers}</div></div></article>")
    article = read(page, URL)
    assert (article.access, article.body.split("\n\n")) == ("paywalled", PARAGRAPHS)


def test_a_label_far_below_the_headline_is_of_this_article_if_it_is_the_only_one() -> None:
    long = "".join(f"<p>{i}. {' '.join(PARAGRAPHS)}</p>" for i in range(4))
    label = "<p>Article réservé aux abonnés</p>"
    page = f"<article>{HEADLINE}{BYLINE}<div>{long}</div>{{}}</article>"
    assert read(html(page.format(label)), URL).access == "paywalled"
    assert read(html(page.format(label * 3)), URL).access == "unknown"


def test_walls_of_other_articles_are_theirs() -> None:
    teaser = "<article><h3><a href='/t'>Le tram attendra</a></h3><p>Article réservé aux abonnés</p></article>"
    page = html(f"<article>{HEADLINE}{BYLINE}{PROSE}</article><section>{teaser * 3}</section>")
    assert read(page, URL).access == "unknown"


def test_a_first_paragraph_in_italics_is_the_lead_if_the_page_says_so() -> None:
    page = html(f"<article>{HEADLINE}{BYLINE}<div><p><em>{LEAD}</em></p>{PROSE}</div></article>")
    told = page.replace(b"</head>", f'<meta name="description" content="{LEAD}"></head>'.encode())
    assert (read(page, URL).lead, read(told, URL).lead) == ("", LEAD)
