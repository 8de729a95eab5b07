"""Texts in several parts, links set between them, bars and bylines of the systems that French papers run."""

from __future__ import annotations

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_templates import BYLINE, HEADLINE, LEAD, PARAGRAPHS, TITLE, URL, html

FIRST, SECOND, THIRD = (f"<p>{text}</p>" for text in PARAGRAPHS)
ONE_LINK = (
    "<div class='{}'><span>À lire aussi</span><div><a href='/a'>Le quai sera fermé lundi</a></div></div>"
)
SAYS = "« Non. »"


def paragraphs(body: str) -> list[str]:
    return read(html(f"<main>{HEADLINE}{BYLINE}{body}</main>"), URL).body.split("\n\n")


def test_a_caption_may_stand_between_the_headline_and_the_lead() -> None:
    picture = (
        "<div><img src='a.jpg'><p>Le quai de la Sorgue, vu de la rive gauche, un matin de mars.</p></div>"
    )
    page = html(f"<main>{HEADLINE}{BYLINE}<div>{picture}<p><b>{LEAD}</b></p>{PROSE}</div></main>")
    assert read(page, URL).lead == LEAD


def test_each_part_of_a_text_may_be_wrapped_in_boxes_of_its_own() -> None:
    wrap = "<div class='item'><div class='paragraph'><div class='field-text'>{}</div></div></div>".format
    link = f"<div class='item'>{ONE_LINK.format('paragraph')}</div>"
    body = (
        f"<div>{wrap(FIRST + SECOND)}{wrap('<h2>Un essai</h2>' + THIRD)}{link}{wrap(f'<p>{LEAD}</p>')}</div>"
    )
    assert paragraphs(body) == [*PARAGRAPHS[:2], "Un essai", PARAGRAPHS[2], LEAD]


def test_boxes_around_single_boxes_are_one_wrapper() -> None:
    wrap = "<div class='item'><div class='part'><div>{}</div></div></div>".format
    last = f"<h2>Et après ?</h2><p>{LEAD}</p>"
    boxes = "".join(map(wrap, (FIRST + SECOND, SECOND.replace("a", "à") + THIRD, "<h3>Le bac</h3>", last)))
    assert paragraphs(f"<div>{boxes}</div>")[-3:] == ["Le bac", "Et après ?", LEAD]


def test_boxes_that_a_page_builder_numbers_are_made_alike() -> None:
    made = "<div class='el el-{}'><div class='el-in'><div class='el-text'>{}</div></div></div>".format
    label, last = "<p><strong>Et après ?</strong></p>", SECOND + THIRD + f"<p>{LEAD}</p>"
    parts = {"62e4bf7f": FIRST, "3f9a01c": label + FIRST.replace("e", "é"), "7b6c04c0": last}
    body = "".join(made(number, text) for number, text in parts.items())
    assert paragraphs(f"<div>{body}</div>")[1] == "Et après ?"


@pytest.mark.parametrize("name", ["article-keypoints", "key-points", "c-points-cles", "css-1x2y3z"])
def test_the_points_of_a_lead_stay_together(name: str) -> None:
    points = (
        LEAD,
        "Les associations le jugent trop vague et sans recours.",
        "Un bilan sera rendu tous les six mois.",
    )
    listed = "".join(f"<li>{point}</li>" for point in points)
    above = f"<ul class='{name}'>{listed}</ul>{BYLINE}"
    for text in (f"{above}<div>{PROSE}</div>", f"<div>{above}{PROSE}</div>"):
        article = read(html(f"<main>{HEADLINE}{text}</main>"), URL)
        assert (article.lead.split(), article.body.split("\n\n")) == (" ".join(points).split(), PARAGRAPHS)


@pytest.mark.parametrize("text", ["<div>{0}{1}</div><div>{2}</div>", "<div>{0}{1}{2}</div>"])
def test_the_points_of_a_lead_may_have_no_full_stop(text: str) -> None:
    points = ("Les quais seront fermés la nuit", "Les associations le jugent trop vague et sans recours")
    listed = "".join(f"<li>{point}</li>" for point in points)
    body = text.format(f"<ul>{listed}</ul>", BYLINE, PROSE)
    article = read(html(f"<main>{HEADLINE}{body}</main>"), URL)
    assert (article.lead.split(), article.body.split("\n\n")) == (" ".join(points).split(), PARAGRAPHS)


def test_the_points_of_a_lead_below_the_byline_stay_with_the_one_that_is_the_description() -> None:
    points = (LEAD, "Les associations le jugent trop vague et sans recours.")
    listed = "".join(f"<li>{point}</li>" for point in points)
    body = f"{HEADLINE}{BYLINE}<div><ul>{listed}</ul></div><div>{PROSE}</div>"
    page = html(f"<main>{body}</main>").replace(
        b"</head>", f"<meta name='description' content='{LEAD}'></head>".encode()
    )
    article = read(page, URL)
    assert (article.lead.split(), article.body.split("\n\n")) == (" ".join(points).split(), PARAGRAPHS)


def test_a_list_below_the_byline_is_no_lead() -> None:
    listed = "".join(f"<li>{LEAD} {number}.</li>" for number in range(3))
    article = read(html(f"<main>{HEADLINE}<div>{BYLINE}<ul>{listed}</ul>{PROSE}</div></main>"), URL)
    assert (article.lead, article.body.split("\n\n")[0]) == ("", f"{LEAD} 0.")


def test_a_subtitle_above_the_lead_is_no_part_of_it() -> None:
    head = f"<div>{HEADLINE}<p class='soustitre'>Entretien avec le capitaine du port</p></div>"
    text = f"{BYLINE}<div class='chapo'><p>{LEAD}</p></div><div>{PROSE}</div>"
    assert read(html(f"<main>{head}<div>{text}</div></main>"), URL).lead == LEAD


def test_a_sentence_over_the_byline_made_as_no_paragraph_is_the_lead() -> None:
    lines = "".join(f"<div class='b7'>{text}</div>" for text in PARAGRAPHS)
    page = html(f"<main>{HEADLINE}<div class='a3'>{LEAD}</div>{BYLINE}{lines}</main>")
    article = read(page, URL)
    assert (article.lead, article.body.split("\n\n")) == (LEAD, PARAGRAPHS)
    assert read(page.replace(b"'a3'", b"'b7'"), URL).lead == ""
    tweet = b"<blockquote class='twitter-tweet'><p>On verra.</p>Port (@port) March 3, 2021</blockquote>"
    assert read(page.replace(BYLINE.encode(), tweet), URL).lead == ""


@pytest.mark.parametrize("box", ["<div>", "<div class='block'>", "<section data-id='{}'>"])
def test_a_first_paragraph_in_a_box_of_its_own_as_all_are_is_no_lead(box: str) -> None:
    end = f"</{box[1:].partition(' ')[0].rstrip('>')}>"
    text = "".join(f"{box.format(number)}<p>{one}</p>{end}" for number, one in enumerate(PARAGRAPHS))
    page = html(f"<main>{HEADLINE}{BYLINE}{text}</main>")
    said = f"<meta name='description' content='{PARAGRAPHS[0]}'></head>".encode()
    article = read(page.replace(b"</head>", said), URL)
    assert (article.lead, article.body.split("\n\n")) == ("", PARAGRAPHS)


def test_a_box_with_one_sentence_above_the_box_of_the_text_is_the_lead() -> None:
    page = f"<main>{HEADLINE}{BYLINE}<div><p>{LEAD}</p></div><div>{PROSE}</div></main>"
    assert read(html(page), URL).lead == LEAD


def test_a_row_of_who_when_and_how_long_is_no_lead() -> None:
    row = (
        "<b>Rédigé par Ada Roux</b><b>Modifié le 4 mai 2024 à 9h10 - Publié le 3 mai</b><b>Lecture 2 min.</b>"
    )
    page = f"<main>{HEADLINE}<div>{row}</div><p><strong>{LEAD}</strong></p><div>{PROSE}</div></main>"
    assert read(html(page), URL).lead == LEAD


def test_a_post_that_is_shown_below_the_headline_is_no_lead_and_tells_no_date() -> None:
    said = "<div lang='fr'>Nous lançons aujourd’hui une consultation sur le port. Dites-nous tout.</div>"
    post = f"<div class='twitter-tweet'><article>{said}<a href='/1'>9:12 · 3 mars 2021</a></article></div>"
    article = read(html(f"<main>{HEADLINE}{post}<p>Publié le 4 mai 2024</p><div>{PROSE}</div></main>"), URL)
    assert (article.lead, article.body.split("\n\n")) == ("", PARAGRAPHS)
    assert str(article.published_at).startswith("2024-05-04")


@pytest.mark.parametrize(
    ("said", "lead"), [("« Nous n'avons rien vu venir. »", True), ("Nos experts :", False)]
)
def test_a_short_sentence_between_headline_and_byline_is_the_lead(said: str, lead: bool) -> None:
    page = html(f"<main><header>{HEADLINE}<p>{said}</p>{BYLINE}</header><div>{PROSE}</div></main>")
    article = read(page, URL)
    assert (article.lead, article.body.split("\n\n")) == (said if lead else "", PARAGRAPHS)


def test_a_first_question_is_read_as_the_others() -> None:
    asked = [f"Que dit la {thing} ?" for thing in ("mairie", "région", "loi")]
    entries = [text for pair in zip(asked, PARAGRAPHS, strict=True) for text in pair]
    ask, answer = "<div class='q'><p>{}</p></div>".format, "<div class='a'><p>{}</p></div>".format
    body = "".join(ask(one) + answer(text) for one, text in zip(asked, PARAGRAPHS, strict=True))
    assert paragraphs(f"<div class='t'>{body}</div>") == entries


def test_headings_over_two_parts_of_a_text_are_read_where_one_part_is_most_of_it() -> None:
    parts = f"<h3>La question</h3><div>{FIRST}</div><h3>La réponse</h3><div>{SECOND + THIRD}</div>"
    assert paragraphs(parts) == ["La question", PARAGRAPHS[0], "La réponse", *PARAGRAPHS[1:]]


def test_a_letter_before_a_name_changes_nothing_of_what_it_says() -> None:
    page = html(f"<main>{HEADLINE}{BYLINE}<div class='c-intro'><p>{LEAD}</p></div>{PROSE}</main>")
    assert (read(page, URL).lead, read(page.replace(b"c-intro", b"css-intro"), URL).lead) == (LEAD, "")


def test_boxes_of_one_name_beside_each_other_hold_one_text() -> None:
    parts = f"<div class='part rich'>{FIRST}{SECOND}</div><div class='part plain'><div>{THIRD}</div></div>"
    assert paragraphs(f"<div>{parts}</div>") == PARAGRAPHS


@pytest.mark.parametrize("day", ["<h3>{}</h3>", "<p class='date'>{}</p>", "<p><b>{}</b></p>"])
def test_the_days_of_a_chronology_are_text(day: str) -> None:
    days = [f"{number} janvier 2015" for number in (7, 9, 11)]
    entries = [text for one, paragraph in zip(days, PARAGRAPHS, strict=True) for text in (one, paragraph)]
    body = "".join(f"{day.format(one)}<p>{text}</p>" for one, text in zip(days, PARAGRAPHS, strict=True))
    assert paragraphs(f"<div>{body}</div>") == entries


@pytest.mark.parametrize("hour", ["<h3>{}</h3>", "<dt>{}.</dt>", "<p class='time'>{}</p>"])
def test_the_hours_of_a_chronology_are_text_and_those_of_a_live_page_are_not(hour: str) -> None:
    hours = [hour.format(one) for one in ("10 h 13", "11 h 05", "14 h 28")]
    texts = [f"<p>{text.replace('La', '<a href=/x>La</a>')}</p>" for text in PARAGRAPHS]
    told, live = ("".join(map("{}{}".format, one, texts)) for one in (hours, hours[::-1]))
    assert len(paragraphs(f"<div>{told}</div>")) == 2 * len(PARAGRAPHS)
    assert paragraphs(f"<div>{live}</div>") == list(PARAGRAPHS)


@pytest.mark.parametrize("between", ["<div><b>Newsletter</b></div>", ONE_LINK.format("link")])
def test_the_second_part_of_a_text_is_read_whole(between: str) -> None:
    more = f"<h2>Un essai</h2><p>{SAYS}</p><p>{LEAD}</p><ul><li>un pont ;<li>une digue.</ul>"
    body = f"<div class='rich'>{PROSE * 2}</div>{between}<div class='rich'>{more}</div>"
    assert paragraphs(body)[-5:] == ["Un essai", SAYS, LEAD, "un pont ;", "une digue."]


def test_a_teaser_made_as_the_text_is_no_part_of_it() -> None:
    teaser = f"<div class='rich'><a href='/t'><b>Le tram attendra</b></a><p>{LEAD}</p></div>"
    body = f"<div class='rich'>{PROSE * 2}</div><h3>Plus d’actualités</h3>{teaser}"
    assert LEAD not in paragraphs(body)


@pytest.mark.parametrize(
    "line",
    [
        "Lire (édition abonnés) : <a href='/a'>Le quai sera fermé lundi</a>",
        "Newsletter du Sorguais",
        "Le Sorguais",
        "De notre correspondante à Morvelle,",
        "Avec la collaboration de Basile Nortier",
        "durée de la vidéo : 00h02mn10s",
        "Les quais vus du ciel, un matin d’hiver (photo Basile Nortier)",
        "<a href='#c'>12 commentaires</a>",
        "<amp-iframe><span>Chargement de la carte</span></amp-iframe>",
        "<span class='sharedaddy'>J’aime ça</span>",
    ],
)
def test_lines_that_are_no_text(line: str) -> None:
    assert paragraphs(f"<div>{FIRST}<div>{line}</div>{SECOND}{THIRD}</div>") == PARAGRAPHS


def test_a_section_of_quotations_below_a_dispatch_is_left_out() -> None:
    below = "<div><h3>Valeurs associées</h3><table><tr><td><a href='/v'>Sorgue</a><td>-0,35 %</table></div>"
    below += f"<div><h3>Mes listes</h3><p>{LEAD}</p></div>"
    assert paragraphs(f"<div>{PARAGRAPHS[0]}</div>{below}") == PARAGRAPHS[:1]


@pytest.mark.parametrize(
    "when",
    [
        "<div class='share'><p>Le 11 mars 2024 à 15h03<b>, modifié le 12 mars 2024 à 16h30</b></p></div>",
        "<div class='outils'><span>le 11.03.24 | 10h00</span> <a href='#r'>Réagissez</a></div>",
        "<p>Par: Ada Vernoux - Sorguais.com | 11 mars, 2024 à 11:01:12 | Lu 1452 fois | 13 commentaires</p>",
        "<footer>Mis à jour : <time class='dt-published' datetime='2024-03-11'>11/03/2024</time></footer>",
    ],
    ids=["bar", "tools", "colon", "microformat"],
)
def test_dates_in_bars(when: str) -> None:
    published = read(html(f"<main>{HEADLINE}{when}{PROSE}</main>"), URL).published_at
    assert published
    assert published.date().isoformat() == "2024-03-11"


def test_a_date_far_below_may_stand_beside_the_name_only() -> None:
    page = html(f"<main>{HEADLINE}{PROSE * 20}<p>Par Ada Vernoux | 11 mars 2024 | Actualités</p></main>")
    assert str(read(page, URL).published_at)[:10] == "2024-03-11"


def test_a_change_above_the_publication_in_one_box_is_not_its_day() -> None:
    when = "<time datetime='2024-03-12T18:22:33+01:00'>12/03/2024 | 18:22</time><br>publié le "
    when += "<time pubdate datetime='2024-03-11T16:05:00+01:00'>11/03/2024 | 16:05</time>"
    found = read(html(f"<main>{HEADLINE}<div><p>Mis à jour le {when}</p></div>{PROSE}</main>"), URL)
    assert str(found.published_at)[:16] == "2024-03-11 15:05"
    assert str(found.modified_at)[:16] == "2024-03-12 17:22"


def test_the_years_that_a_bar_counts_are_no_date() -> None:
    bar = "<div class='toolbar'><span>12 copies</span> <span>21 Feb 2007 - 23 Mar 2021</span></div>"
    assert read(html(f"{bar}<main>{HEADLINE}{PROSE}</main>"), URL).published_at is None


@pytest.mark.parametrize(
    "byline",
    [
        "<span>mar, 12/03/2024 - 10:24 — Ada Vernoux</span>",
        "<div class='tribune__author'><p>Ada Vernoux</p><p>Hydrologue</p></div>",
    ],
    ids=["after the hour", "trade on a line of its own"],
)
def test_who_signs(byline: str) -> None:
    assert read(html(f"<main>{HEADLINE}{byline}{PROSE}</main>"), URL).authors == ["Ada Vernoux"]


@pytest.mark.parametrize(
    "wall",
    [
        "Cet article est réservé à nos abonnés",
        "Il reste 71 % de l’article à découvrir.",
        "La lecture des articles est réservée aux abonné·e·s",
    ],
)
def test_a_wall_may_stand_right_after_a_word(wall: str) -> None:
    page = html(f"<main>{HEADLINE}{BYLINE}<div>{PROSE * 20}<b>Ada Vernoux</b></div><div>{wall}</div></main>")
    assert read(page, URL).access == "paywalled"


def test_the_name_of_a_blog_is_no_headline() -> None:
    page = (
        f"<title>{TITLE} - Au fil de la Sorgue</title><h1><a href='/'>Au fil de la Sorgue</a></h1>"
        f"<div><h3>{TITLE}</h3>{PROSE}</div>"
    )
    assert read(page.encode(), URL).title == TITLE


def test_the_introduction_of_an_item_is_its_lead() -> None:
    body = f"<div class='itemIntroText'><p>{LEAD}</p></div><div class='itemFullText'>{PROSE}</div>"
    article = read(html(f"<div class='itemBody'>{HEADLINE}{body}</div>"), URL)
    assert (article.lead, article.body.split("\n\n")) == (LEAD, PARAGRAPHS)


def test_words_beside_a_picture_above_the_text_are_no_paragraph() -> None:
    caption = "Les quais de la Sorgue, un matin d'hiver, vus depuis la passerelle que la ville rouvre."
    picture = f"<div class='i'><img src='/p.jpg'><span>{caption} {caption}</span></div>"
    body = f"{picture}<div class='c'><strong>{LEAD}</strong></div><div class='b'>{PROSE}</div>"
    article = read(html(f"<div>{HEADLINE}{BYLINE}{body}</div>"), URL)
    assert (article.lead, article.body.split("\n\n")) == (LEAD, PARAGRAPHS)


NO_HEADING = f"<div class='titre'>{TITLE}</div>"


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"<p class='sticks'>{TITLE}</p>",
        f"<div><h2><a href='/t'>Le tram attendra</a></h2><h2><a href='{URL}'>{TITLE}</a></h2></div>",
        f"<h3>{TITLE}</h3>",
        "<h2>Le Sorguais</h2>",
    ],
    ids=["bar", "list", "heading", "name of the paper"],
)
def test_a_headline_need_be_no_heading(elsewhere: str) -> None:
    page = html(f"<div>{NO_HEADING}{BYLINE}<p class='chapo'>{LEAD}</p>{PROSE * 2}</div>{elsewhere}")
    article = read(page, URL)
    assert (article.title, article.lead, article.body.split("\n\n")[:3]) == (TITLE, LEAD, PARAGRAPHS)


def test_what_holds_a_headline_that_is_no_heading_is_kept() -> None:
    top = f"<div class='pub'>{NO_HEADING}{BYLINE}<p class='chapo'>{LEAD}</p></div>"
    assert read(html(f"{top}<div>{PROSE}</div>"), URL).lead == LEAD


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (TITLE.replace(" ", "\xa0", 1), TITLE),
        (TITLE, "".join(f"<span><b>{word}</b></span> " for word in TITLE.split())),
        (f"{TITLE[:30]}…", TITLE),
    ],
    ids=["typography", "word by word", "cut short"],
)
def test_a_headline_that_is_no_heading_is_read_as_the_page_writes_it(told: str, shown: str) -> None:
    path = f"<ul><li><a href='/'>Accueil</a></li><li>{TITLE}</li></ul>"
    links = "<p><a href='/q'>Le quai sera fermé lundi</a></p>" * 60
    page = html(f"{path}<div class='pub'><div>{shown}</div>{BYLINE}{PROSE}</div>{links}")
    article = read(page.replace(f"<title>{TITLE}".encode(), f"<title>{told}".encode()), URL)
    assert (article.title, article.body.split("\n\n")) == (TITLE, PARAGRAPHS)


def test_a_table_may_frame_the_page() -> None:
    ads = "".join(f"<td><p>{LEAD}</p></td>" for _ in range(2))
    below = f"<h2>D’où vient ce texte</h2><p>{LEAD} {LEAD}</p>"
    text = f"<main><div class='a'>{HEADLINE}{BYLINE}{PROSE * 2}</div><div class='b'>{below}</div></main>"
    assert LEAD not in read(html(f"<table><tr><td>{text}</td></tr></table>"), URL).body
    figures = f"<div><p>{PARAGRAPHS[0]}</p><table><tr>{ads}</tr></table>{SECOND}{THIRD}</div>"
    assert PARAGRAPHS[1] in paragraphs(figures)


def test_the_heading_of_a_thread_is_no_headline() -> None:
    page = html(f"<div>{NO_HEADING}{BYLINE}{PROSE}</div><h2>4 réponses sur « {TITLE} »</h2>")
    assert read(page, URL).title == TITLE


SAID = (
    "Toujours la même histoire sur ces quais, on paie et rien ne change.",
    "Bravo pour ce papier très clair !",
)
FORM = "<div><h4>Réagir</h4><p>Vous devez être connecté pour commenter</p></div>"
NAMES = ("Jojo75", "Marie-Claude")


@pytest.mark.parametrize(
    ("head", "entry", "foot"),
    [
        (
            "<b>Vos commentaires</b><br>",
            "<b>{}</b>, le 12/03/2024 à 10:20<br>{}<br><br>",
            FORM,
        ),
        (
            "<h3>Participez à la discussion</h3>",
            "<p>{}</p><p>Il y a 2 semaines</p><p>{}</p><p>0 Répondre</p>",
            "",
        ),
        ("<h3>Commentaires 5</h3>", "<div>{} · 2 j</div><div>{}</div><div>3 Répondre Partager</div>", ""),
        ("<h3>Avis des internautes</h3>", "<p>Par {}, le 12/03/2024</p><p>{}</p><p>Signaler un abus</p>", ""),
    ],
    ids=["lines", "discussion", "counted buttons", "opinions"],
)
def test_comments_beside_the_text_go_and_the_text_stays(head: str, entry: str, foot: str) -> None:
    thread = head + "".join(map(entry.format, NAMES, SAID))
    body = f"<main>{HEADLINE}{BYLINE}<div>{FIRST}{SECOND}{THIRD}{thread}</div>{foot}</main>"
    assert read(html(body), URL).body.split("\n\n") == PARAGRAPHS


def test_a_form_may_stand_above_its_thread() -> None:
    form = "<h4>Écrire un commentaire</h4><p>Tous les champs sont obligatoires.</p>"
    more = "".join(f"<p><a href='/{n}'>Le pont de la Sorgue, côté rive {n}</a></p>" for n in range(40))
    entry = "<p><b>{}</b> <i>(12 mars 2024 @10h20)</i></p><p>{}</p>".format
    thread = f"<div>2 commentaires</div>{''.join(map(entry, NAMES, SAID))}"
    article = read(html(f"<main>{HEADLINE}{BYLINE}<div>{PROSE}{form}{more}{thread}</div></main>"), URL)
    assert not any(said in article.body for said in SAID)
    assert article.comment_count == len(SAID)


def test_a_line_that_counts_comments_amid_the_text_heads_no_thread() -> None:
    dates = "".join(
        f"<p>Publié le {day} mars 2024 à 10:15</p><p><a href='/{day}'>Le pont sera fermé lundi</a></p>"
        for day in (7, 8, 9)
    )
    counter = "<p><a href='#reactions'>12 commentaires</a></p>"
    text = f"<div>{FIRST}{SECOND}{counter}{THIRD * 3}</div><div>{dates}</div>"
    assert read(html(f"<main>{HEADLINE}{BYLINE}{text}</main>"), URL).body.split("\n\n")[:3] == PARAGRAPHS


@pytest.mark.parametrize("tag", ["p", "div"])
def test_a_thread_whose_names_stand_under_long_comments_goes_whole(tag: str) -> None:
    entry = f"<p>{' '.join(SAID * 4)}</p><p>{{}}, le 12/03/2024 à 10:20</p>".format
    thread = f"<{tag}>4 commentaires</{tag}>{''.join(map(entry, NAMES * 2))}"
    page = html(f"<main>{HEADLINE}{BYLINE}<div>{FIRST}{SECOND}{THIRD}{thread}</div></main>")
    assert SAID[0] not in read(page, URL).body


def test_parts_of_one_headline_are_not_those_of_the_next_article() -> None:
    title = f"<h1 class='t'><a href='/s'>Port</a> <span class='visuallyhidden'>:</span> {TITLE}</h1>"
    assert read(html(f"<main>{title}{BYLINE}<div>{PROSE}</div></main>"), URL).body.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_the_next_article_of_an_endless_page_is_left_out(tag: str) -> None:
    wrap = f"<div class='wrap'><{tag} class='t'>{{}}</{tag}>{BYLINE}<div class='text'>{{}}</div></div>".format
    other = (
        "<p>La première ligne de tram ne roulera pas avant 2028, selon la métropole, faute de rames.</p>" * 6
    )
    page = html(f"<main>{wrap(TITLE, PROSE)}{wrap('Le tram attendra', other)}</main>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


@pytest.mark.parametrize("above", [0, 1])
def test_a_box_of_signed_cards_under_a_heading_made_as_the_headline_ends_nothing(above: int) -> None:
    card = (
        "<div><i>18 mai 2024<br>Par Ada Roux</i><h2><a href='/{0}'>Le tram attendra l’an {0}</a></h2></div>"
    )
    cards = f"<div class='box'><h2>Les plus lus</h2>{card.format(2031)}{card.format(2032)}</div>"
    lines = [f"<p>{one}</p>" for one in PARAGRAPHS]
    text = "".join([*lines[:above], cards, *lines[above:]])
    page = html(f"<main><div class='box'><h2>{TITLE}</h2>{BYLINE}</div><div>{text}</div></main>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS
