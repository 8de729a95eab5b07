"""Which box of a page holds the text, and which headline is its own: lists, bars, endless pages."""

from __future__ import annotations

import json

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_templates import BYLINE, HEADLINE, LEAD, PARAGRAPHS, TITLE, URL, html

OTHER = "La première ligne de tram ne roulera pas avant 2028, selon la métropole, faute de rames."


def paragraphs(body: str) -> list[str]:
    return read(html(body), URL).body.split("\n\n")


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_a_list_that_is_most_of_the_text_is_read_with_what_stands_around_it(tag: str) -> None:
    items = [f"{text} {LEAD}" for text in PARAGRAPHS]
    listed = "".join(f"<li><b>Un essai.</b> {text}</li>" for text in items)
    around = "<p>{}</p>".format
    body = f"<div>{around(PARAGRAPHS[0])}<{tag}>{listed}</{tag}>{around(OTHER)}</div>"
    read_of_all = [PARAGRAPHS[0], *(f"Un essai. {text}" for text in items), OTHER]
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{body}</main>") == read_of_all
    assert paragraphs(f"<p>Le Sorguais</p><div>{body}</div>") == read_of_all


@pytest.mark.parametrize("tag", ["h1", "h2"])
def test_a_bar_of_links_above_the_page_may_have_the_headline_too(tag: str) -> None:
    titles = ("Le quai sera fermé lundi", TITLE, "Le tram attendra")
    slides = "".join(f"<div class='slide'><h2><a href='/{len(one)}'>{one}</a></h2></div>" for one in titles)
    own = f"<main><{tag}>{TITLE}</{tag}>{BYLINE}<div>{PROSE}</div></main>"
    article = read(html(f"<div class='top'>{slides}</div>{own}"), URL)
    assert (article.authors, article.body.split("\n\n")) == (["Ada Vernoux"], PARAGRAPHS)


@pytest.mark.parametrize("name", ["<h2><a href='/'>Le Sorguais</a></h2>", "<h1>Le Sorguais</h1>"])
def test_the_name_of_the_paper_is_not_the_headline_that_is_kept(name: str) -> None:
    top = f"<header role='banner'>{HEADLINE}<p class='chapo'>{LEAD}</p>{BYLINE}</header>"
    article = read(html(f"{name}<article>{top}<div>{PROSE}</div></article>"), URL)
    assert (article.title, article.lead, article.authors) == (TITLE, LEAD, ["Ada Vernoux"])


@pytest.mark.parametrize(
    ("one", "other"),
    [("div", "div"), ("section", "section"), ("le-part", "le-part"), ("div class='p1'", "div class='p2'")],
)
@pytest.mark.parametrize("amid", ["", "<div class='ad'></div>", "<figure><img src='a.jpg'></figure>"])
def test_a_text_may_be_parted_into_two_boxes_of_which_the_second_is_the_smaller(
    one: str, other: str, amid: str
) -> None:
    texts = [f"{text} {OTHER} {number}." for number, text in enumerate([*PARAGRAPHS, LEAD, OTHER])]
    first, last = ("".join(f"<p>{text}</p>" for text in some) for some in (texts[:3], texts[3:]))
    ends = [tag.split(maxsplit=1)[0] for tag in (one, other)]
    body = f"<{one}>{first}</{ends[0]}>{amid}<{other}>{last}</{ends[1]}>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{body}</main>") == texts


def test_of_a_text_in_three_boxes_the_last_may_be_the_smallest() -> None:
    texts = [f"{n}. {text}" for n, text in enumerate((*PARAGRAPHS, LEAD * 2, OTHER, OTHER))]
    boxes = [f"<div><p>{one}</p><p>{two}</p></div>" for one, two in zip(texts[::2], texts[1::2], strict=True)]
    body = "<div>Publicité</div>".join([*boxes, "<p>Le port.</p>"])
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")[:6] == texts


def test_a_long_paragraph_in_a_box_right_below_the_text_is_its_last() -> None:
    last = f"{OTHER} {LEAD} {OTHER} {LEAD}"
    body = f"<div>{PROSE}</div><div><p>{last}</p></div><div><p>{OTHER}</p></div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{body}</main>") == [*PARAGRAPHS, last]


@pytest.mark.parametrize(
    "box",
    [
        "<p>Le Sorguais</p><p>{0}</p><p>{0}</p>",
        "<p>{0}</p><p><a href='/a'>Le quai sera fermé lundi</a></p><p>{0}</p>",
        "<p>Abonnez-vous pour lire la suite</p><p>{0}</p><p>{0}</p>",
        "<p>{0}</p>",
        "<p>Le Sorguais</p><p>{0} {0} {0}</p>",
    ],
    ids=["label", "link", "call", "one paragraph", "label over one"],
)
def test_a_nameless_box_below_the_text_is_no_part_of_it(box: str) -> None:
    body = f"<div>{PROSE}</div><div>{box.format(OTHER)}</div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{body}</main>") == PARAGRAPHS


@pytest.mark.parametrize(
    ("heading", "kept"), [("Conclusion", 1), ("Notre verdict :", 1), ("En résumé", 1), ("Le Sorguais", 0)]
)
@pytest.mark.parametrize(
    "box", ["<section class='wrapup'>{}{}</section>", "<div><div>{}</div><div>{}</div></div>"]
)
def test_a_conclusion_may_stand_in_a_box_of_its_own(box: str, heading: str, kept: int) -> None:
    said = f"{LEAD} Il reste à savoir qui paiera les travaux de la rive gauche, et quand ils commenceront."
    last = box.format(f"<h4>{heading}</h4>", f"<p>{said}</p>")
    body = f"<section class='test'><div class='t'>{PROSE}</div></section>{last}"
    told = [heading, said] if kept else []
    assert paragraphs(f"<article>{HEADLINE}{BYLINE}{body}</article>") == [*PARAGRAPHS, *told]


@pytest.mark.parametrize("stop", ["", "."])
def test_a_lead_beside_the_headline_may_have_no_full_stop(stop: str) -> None:
    lead = LEAD.removesuffix(".") + " que la ville a signée en mars"
    picture = "<figure><img src='a.jpg'><figcaption>Le quai de la Sorgue.</figcaption></figure>"
    top = f"<header>{HEADLINE}<p class='t'>{lead}{stop}</p></header>"
    article = read(html(f"<main>{top}{picture}<div>{PROSE}</div></main>"), URL)
    assert (article.lead, article.body.split("\n\n")) == (lead + stop, PARAGRAPHS)


def test_who_and_when_is_no_lead_for_having_no_full_stop() -> None:
    when = (
        "Le Sorguais | 11.03.2024 à 08h15 • Mis à jour le 12.03.2024 à 09h30 | Par Ada Vernoux et Lise Aubry"
    )
    top = f"<div>{HEADLINE}<p>{when}</p></div>"
    assert read(html(f"<main>{top}<div>{PROSE}</div></main>"), URL).lead == ""


def test_the_next_article_of_an_endless_page_may_have_its_byline_above() -> None:
    wrap = (
        "<div class='wrap'><p>{}, publié le 11 mars 2024</p><h1 class='t'>{}</h1><div>{}</div></div>".format
    )
    after = wrap("Par Lise Aubry", "Le tram attendra", f"<p>{OTHER}</p>" * 6)
    body = f"<main>{wrap('Par Ada Vernoux', TITLE, PROSE)}{after}</main>"
    assert paragraphs(body) == PARAGRAPHS


ALT = "Le quai de la Sorgue, vu de la rive gauche, un matin de mars."


@pytest.mark.parametrize("credit", ["", " / Ada Vernoux"])
@pytest.mark.parametrize(
    "box",
    [
        "<div class='foto'><img alt='{}'><p>{}{}</p></div>",
        "<div><div class='image620'><img alt='{}'></div><p class='t'>{}{}</p></div>",
        "<table><tr><td><img alt='{}'></td></tr><tr><td>{}{}</td></tr></table>",
        "<ul><li><img alt='{}'><p>Le Sorguais - {}{}</p></li></ul>",
    ],
    ids=["beside", "below its box", "table", "after its source"],
)
def test_what_stands_beside_a_picture_and_says_what_it_shows_is_a_caption(box: str, credit: str) -> None:
    picture = box.format(ALT, ALT, credit)
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{picture}{PROSE}</div></main>") == PARAGRAPHS


def test_the_words_in_the_figure_of_a_picture_are_a_caption() -> None:
    words = "<div class='d'><span>Les barrières, à la tombée de la nuit.</span><span>ADA VERNOUX</span></div>"
    figure = f"<figure><div><button><div><img></div></button></div>{words}</figure>"
    parts = PROSE.split("</p>", 1)
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{figure.join(parts)}</div></main>") == PARAGRAPHS
    quoted = f"<figure><img><blockquote>{OTHER}</blockquote></figure>"
    assert OTHER in paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{PROSE}{quoted}{PROSE}</div></main>")
    left_open = f"<div><figure><img>{PROSE * 2}</figure></div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{left_open}</main>")[:3] == PARAGRAPHS


@pytest.mark.parametrize(
    "box",
    [
        "<div><picture><img></picture><div><div>{}</div><div>(Ada Vernoux / Le Sorguais)</div></div></div>",
        "<div><a href='/p.jpg'><img></a><p>{}</p><p>© Ada Vernoux</p></div>",
        "<div><img><p>{}</p><span>(Crédit : <b>Ada Vernoux</b>/Le Sorguais)</span></div>",
    ],
    ids=["name in brackets", "credit", "loose credit"],
)
@pytest.mark.parametrize("place", ["above", "amid"])
def test_what_stands_between_a_picture_and_its_credit_is_a_caption(box: str, place: str) -> None:
    picture = box.format(ALT)
    amid = PROSE.replace("</p>", f"</p>{picture}", 1)
    body = f"{picture}{BYLINE}<div>{PROSE}</div>" if place == "above" else f"{BYLINE}<div>{amid}</div>"
    read_so = read(html(f"<main>{HEADLINE}{body}</main>"), URL)
    assert (read_so.lead, read_so.body.split("\n\n")) == ("", PARAGRAPHS)


def test_a_line_alone_below_a_picture_is_a_caption_and_a_sentence_or_heading_is_text() -> None:
    box = "<div><div><a href='/p.jpg'><img></a></div><div><div>{}</div></div></div>".format
    label, sentence = "Le quai de la Sorgue, vu de la rive gauche", "Le quai ne rouvrira pas cette année."
    for said, kept in ((label, 0), (sentence, 1), (f"<h3>{label}</h3>", 1), (f"<b>{label}</b>", 1)):
        body = PROSE.replace("</p>", f"</p>{box(said)}", 1)
        told = paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")
        assert len(told) == len(PARAGRAPHS) + kept, said


def test_a_sentence_set_apart_from_its_paragraph_is_read_once() -> None:
    said = "Les maraîchers, eux, demandent un départ de plus avant six heures"
    assert said in PROSE
    for box, kept in (
        ("<div><div><p>{}</p><p>Ada Vernoux, batelière</p></div></div>", 0),
        ("<blockquote><p>« {} »</p><footer>Ada Vernoux</footer></blockquote>", 0),
        ("<h3>« {} »</h3>", 1),
        ("<p><b>{}</b></p>", 1),
        ("<ul><li>{}</li></ul>", 1),
    ):
        body = PROSE.replace("</p>", f"</p>{box.format(said)}", 1)
        told = paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")
        assert len(told) == len(PARAGRAPHS) + kept, box


@pytest.mark.parametrize(
    "credit",
    ["(Photo Ada Vernoux)", "[AFP/Getty]", "(© Le Sorguais)", "(<a href='/a'>Ada Vernoux</a>/Flickr)"],
)
def test_a_sentence_alone_below_a_picture_is_a_caption_if_a_credit_ends_it(credit: str) -> None:
    box = "<section><p><img><span>Le quai ne rouvrira pas cette année, dit le port. {}</span></p></section>"
    for end, kept in ((credit, 0), ("", 1), ("(lire ci-dessous)", 1)):
        body = PROSE.replace("</p>", f"</p>{box.format(end)}", 1)
        told = paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")
        assert len(told) == len(PARAGRAPHS) + kept, end


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<p style='text-align: center'>Le quai de la Sorgue</p>", 0),
        ("<p><em>Le quai de la Sorgue</em></p>", 0),
        ("<div>Le quai, au matin du 3 mai. AFP PHOTO / ADA VERNOUX</div>", 0),
        ("<p>Le quai de la Sorgue</p>", 1),
        ("<p><em>Le quai</em> de la Sorgue</p>", 1),
        ("<p><em>Le quai ne rouvrira pas cette année.</em></p>", 1),
        ("<p>Le quai ne rouvrira pas. Le port/la ville, dit-on, en débat.</p>", 1),
        ("<p>Le port est fermé. « Ces images nous suffisent »</p>", 1),
    ],
)
@pytest.mark.parametrize("picture", ["<p><a href='/p.jpg'><img></a></p>", "<div><img></div>"])
def test_a_line_below_a_picture_that_is_set_apart_or_ends_with_a_credit(
    picture: str, line: str, kept: int
) -> None:
    body = PROSE.replace("</p>", f"</p>{picture}{line}", 1)
    told = paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")
    assert len(told) == len(PARAGRAPHS) + kept
    far = PROSE.replace("</p>", f"</p>{line}", 1)
    assert len(paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{far}</div></main>")) == len(PARAGRAPHS) + 1


def test_a_label_in_a_box_for_an_advertisement_leaves() -> None:
    box = "<div class='pp-inline-adv'><strong>La suite du récit</strong><div id='x'></div></div>"
    body = PROSE.replace("</p>", f"</p>{box}")
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>") == PARAGRAPHS


def test_a_line_in_the_element_of_a_picture_or_named_after_it_is_a_caption() -> None:
    label = "Le quai de la Sorgue. Photo Le Sorguais"
    for box in (
        f"<div><img><span>{label}</span></div>",
        f"<p><img><br>{label}</p>",
        f"<div><div><iframe src='/film'></iframe></div><p>{label}</p></div>",
        f"<div><div><img></div><p class='photo_desc'>{label}.</p></div>",
    ):
        body = PROSE.replace("</p>", f"</p>{box}", 1)
        assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>") == PARAGRAPHS, box
    first, *others = PARAGRAPHS
    amid = f"<span><img><em class='img_desc'>{label}</em></span>{'<br><br>'.join((first, *others))}"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{amid}</div></main>") == PARAGRAPHS


def test_a_line_below_the_first_picture_hides_no_lead() -> None:
    box = "<div><div><a href='/v'><img></a></div><div><div>Les bateliers votent</div></div></div>"
    page = html(f"<main>{HEADLINE}{BYLINE}<div>{box}<h2>{LEAD}</h2>{PROSE}</div></main>")
    assert (read(page, URL).lead, read(page, URL).body.split("\n\n")) == (LEAD, PARAGRAPHS)


def test_all_the_text_of_a_page_is_no_caption() -> None:
    text = PARAGRAPHS[0]
    told = f"<div><div><img></div><p>{text}</p><p>Crédit photo : Le Sorguais/Ada Vernoux</p></div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{told}</main>")[:1] == [text]


def test_a_paragraph_above_a_picture_and_its_credit_is_text() -> None:
    for picture in ("<div><img><p>© Ada Vernoux</p><p>{}</p></div>", "<img><p>© Ada Vernoux</p>"):
        body = PROSE.replace("</p>", f"</p>{picture.format(ALT)}", 1)
        told = paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")
        assert [text for text in told if text != ALT] == PARAGRAPHS
    section = f"<div><p>{ALT}</p><img><p>© Ada Vernoux</p></div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{section}{PROSE}</div></main>") == [ALT, *PARAGRAPHS]


def test_a_paragraph_that_a_picture_repeats_elsewhere_is_text() -> None:
    picture = f"<div><img alt='{PARAGRAPHS[0]}'></div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{picture}<div>{PROSE}</div></main>") == PARAGRAPHS
    told = f"<div><img alt='{LEAD}'><p class='chapo'>{LEAD}</p></div>"
    head = html(f"<main>{HEADLINE}{BYLINE}{told}<div>{PROSE}</div></main>")
    described = head.replace(b"</head>", f"<meta name='description' content='{LEAD}'></head>".encode())
    assert read(described, URL).lead == LEAD


def test_a_heading_over_a_picture_that_says_the_same_is_text() -> None:
    part = f"<div><h2>{ALT}</h2><img alt='{ALT}'></div>"
    body = PROSE.replace("</p>", f"</p>{part}", 1)
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")[1] == ALT


def test_the_letters_of_a_tool_that_sets_the_size_are_no_text() -> None:
    tool = "<div class='taille'><div>A</div><div>A</div></div>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{tool}{PROSE}</div></main>") == PARAGRAPHS


def test_sentences_over_pictures_are_text_though_they_are_set_as_headings() -> None:
    item = "<div class='item'><h2>{}</h2><div><img src='a.jpg'></div><p class='credit'>© Ville</p></div>"
    items = [f"{number}. {text}" for number, text in enumerate(PARAGRAPHS * 2, 1)]
    listed = "".join(map(item.format, items))
    after = "<h2>Les plus lus</h2><h3><a href='/t'>Le tram attendra</a></h3>"
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{listed}</div>{after}</main>") == items
    intro = f"<p>{OTHER} {LEAD}</p>"
    read_of_all = [f"{OTHER} {LEAD}", *items]
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{intro}<div>{listed}</div>{after}</main>") == read_of_all


def test_the_title_of_a_film_is_neither_lead_nor_paragraph() -> None:
    film = "<div class='video-resource'><p class='video-resource__headline'>{}</p></div>".format
    above = film("Le maire répond en direct aux questions des habitants du port")
    body = PROSE.replace("</p>", f"</p>{film('La visite du quai en deux minutes')}", 1)
    page = f"<main>{HEADLINE}{BYLINE}<div class='article__lede-wrapper'>{above}</div><div>{body}</div></main>"
    assert (read(html(page), URL).lead, paragraphs(page)) == ("", PARAGRAPHS)


@pytest.mark.parametrize("city", ["MARSEILLE", "LE PUY-EN-VELAY"])
def test_where_a_dispatch_was_written_is_of_its_first_sentence(city: str) -> None:
    body = PROSE.replace("<p>", f"<p><span class='dateline'>{city}</span> — ", 1)
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")[0] == f"{city} — {PARAGRAPHS[0]}"


@pytest.mark.parametrize("told", ["Ada Vernoux", "11/03/2024"])
def test_who_and_when_before_a_first_sentence_is_none_of_it(told: str) -> None:
    body = PROSE.replace("<p>", f"<p><span class='dateline'>{told}</span> — ", 1)
    assert not paragraphs(f"<main>{HEADLINE}{BYLINE}<div>{body}</div></main>")[0].startswith(told)


def test_the_heading_of_links_above_a_text_may_stand_below_them() -> None:
    cards = "".join(
        f"<article><h2><a href='/{n}'>Le bac {n} repart lundi matin</a></h2></article>" for n in range(5)
    )
    above = f"<div><div>{OTHER}</div>{cards}<div>Plus d’articles +</div></div>"
    text = [f"{text} {number}." for number in range(2) for text in PARAGRAPHS]
    first, *others = (f"<p>{one}</p>" for one in text)
    body = f"<div>{above}{first}<h2>Un premier essai</h2>{''.join(others)}</div>"
    read_of_all = [text[0], "Un premier essai", *text[1:]]
    assert paragraphs(f"<main>{HEADLINE}{BYLINE}{body}</main>")[-len(read_of_all) :] == read_of_all


def test_the_lead_as_the_text_of_json_ld_makes_no_other_paragraph_less_of_one() -> None:
    lead = f"{LEAD} {OTHER} {LEAD} {OTHER}"
    data = json.dumps({"@type": "NewsArticle", "headline": TITLE, "articleBody": lead})
    first = f"<div class='first'><p>{PARAGRAPHS[0]}</p></div>"
    rest = "".join(f"<p>{PARAGRAPHS[1]} {PARAGRAPHS[2]} {number}.</p>" for number in range(6))
    top = f"<script type='application/ld+json'>{data}</script>{HEADLINE}<p class='chapo'>{lead}</p>"
    article = read(html(f"<main>{top}{BYLINE}{first}<div class='entry-content'>{rest}</div></main>"), URL)
    assert (article.lead, article.body.split("\n\n")[0]) == (lead, PARAGRAPHS[0])


def test_the_first_paragraph_apart_may_have_links() -> None:
    first = f"<div class='first'><p><a href='/a'>{PARAGRAPHS[0][:60]}</a>{PARAGRAPHS[0][60:]}</p></div>"
    rest = "".join(f"<p>{text} {number}.</p>" for number in range(3) for text in PARAGRAPHS[1:])
    body = f"<main>{HEADLINE}{BYLINE}{first}<div class='content'>{rest}</div></main>"
    assert paragraphs(body)[0] == PARAGRAPHS[0]


def test_headings_over_one_link_leave_with_it() -> None:
    link = "<ul><li><a href='/r'>Règlement 4 du 3 mai</a></li></ul>"
    box = f"<div><h4>Texte</h4><h3>Ce que dit le règlement</h3>{link}</div>"
    first, *others = (f"<p>{text}</p>" for text in PARAGRAPHS)
    body = f"<main>{HEADLINE}{BYLINE}<div>{first}{box}{''.join(others)}</div></main>"
    assert paragraphs(body) == [*PARAGRAPHS]


def test_points_of_a_list_above_the_lead_are_text() -> None:
    points = [
        "Les rames attendront au dépôt la fin du chantier",
        "La ville paie un tiers de ce que coûte le pont",
    ]
    listed = "".join(f"<li><p>{point}</p></li>" for point in points)
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    lead = f"<p class='chapo'>{LEAD}</p>"
    article = read(html(f"<main>{HEADLINE}{BYLINE}<div><ul>{listed}</ul>{lead}{text}</div></main>"), URL)
    assert (article.lead, article.body.split("\n\n")) == (LEAD, [*points, *PARAGRAPHS])


def test_the_last_paragraph_may_stand_between_links() -> None:
    first, second, last = (f"<p>{text}</p>" for text in PARAGRAPHS)
    card = "<div><img src='a.jpg'><h3><a href='/{0}'>Le quai de la Soute ferme demain {0}</a></h3></div>"
    cards = f"<strong>À découvrir</strong><div>{card.format(1)}{card.format(2)}</div>"
    below = "<div><p><a href='/gens/ada-roux'>Ada Roux</a></p></div>"
    body = f"<article>{HEADLINE}{BYLINE}{first}{second}{cards}{last}{below}</article>"
    assert paragraphs(body) == [*PARAGRAPHS]


@pytest.mark.parametrize(
    "box",
    [
        "<h3>{}</h3><p>Pensez-vous que le bac repartira ?</p><form><input type='radio'>Oui</form>",
        "<div>Quiz</div><a href='/q'>Connaissez-vous bien la vallée de la Soute ?</a>",
        "<p>Le Fleuve utilise des cookies pour mesurer son audience. <a href='/c'>Gérer mes choix</a></p>",
        "<h4>Vous avez lu votre article gratuit</h4><p>Déjà abonné ? <a href='/l'>Se connecter</a></p>",
        "<span>Article précédent</span><a href='/a'>Le quai de la Soute ferme demain</a>",
    ],
    ids=["a vote", "a quiz", "cookies", "a counted article", "another article"],
)
def test_boxes_below_the_text_that_no_name_tells(box: str) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    body = f"<article>{HEADLINE}{BYLINE}{text}<div>{box.format('La question du jour')}</div></article>"
    assert paragraphs(body) == [*PARAGRAPHS]
