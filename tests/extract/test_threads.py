"""The headings under which readers write, in the box of the text, without a name on any element."""

from __future__ import annotations

import pytest

from crawler.extract import read
from tests.extract.test_layouts import FIRST, NAMES, SAID, SECOND, THIRD, paragraphs
from tests.extract.test_templates import LONG, PARAGRAPHS, TITLE


@pytest.mark.parametrize(
    "heading",
    [
        "L’avis des lecteurs",
        "Ils ont réagi",
        "2 personnes ont réagi",
        "Fil de discussion",
        "Messages",
        "Ils ont commenté",
        "Meilleurs commentaires",
        "Les commentaires sont fermés",
        "Courrier des lecteurs",
        "Exprimez-vous !",
        "Un avis ?",
        "À vous la parole",
        "Fil de commentaires",
        "2 réactions sélectionnées",
        "Discussion sur ce message",
        "Avis (2)",
        f"2 réflexions au sujet de « {TITLE} »",
        f"2 réponses à « {TITLE * 3} »",
    ],
)
def test_a_thread_in_the_box_of_the_text_has_many_headings(heading: str) -> None:
    entry = "<div><div><b>{}</b> <i>12 mars 2024 à 10:20</i></div><p>{}</p></div>".format
    thread = f"<h3>{heading}</h3>{''.join(map(entry, NAMES, SAID))}"
    assert paragraphs(f"<div>{FIRST}{SECOND}{THIRD}{thread}</div>") == PARAGRAPHS


def test_below_a_heading_beyond_doubt_names_and_texts_are_a_thread() -> None:
    thread = "<h3>Vos réponses</h3>" + "".join(
        f"<div><b>{name}</b><p>{text}</p></div>" for name, text in zip(NAMES * 2, SAID * 2, strict=True)
    )
    assert paragraphs(f"<div>{FIRST}{SECOND}{THIRD}{thread}</div>") == PARAGRAPHS


def test_a_thread_that_repeats_the_headline_is_one_under_a_short_name_of_the_paper_too() -> None:
    entry = "<li><div><p>{1}</p></div><div><p>Posté par <i>{0}</i>, 12/03/2024 à 10:20</p></div></li>".format
    thread = f"<h3>Commentaires sur {TITLE}</h3><ul>{''.join(map(entry, NAMES, SAID))}</ul>"
    name = f"<title>{TITLE} - Le Sorguais</title><h1><a href='/'>Le Sorguais</a></h1>"
    page = f"{name}<div><h3>{TITLE}</h3><div>{FIRST}{SECOND}{THIRD}</div>{thread}</div>"
    article = read(page.encode(), "https://lesorguais.example/2024/03/11/le-bac.html")
    assert (article.body.split("\n\n"), article.authors) == (PARAGRAPHS, [])


@pytest.mark.parametrize("counter", ["24 réactions", "24 commentaires", "<a href='#reagir'>Réagir</a>"])
def test_the_dates_of_a_header_that_counts_comments_are_no_thread(counter: str) -> None:
    dates = "".join(
        f"<li>{label}</li><li>le {day}/02/2016 à 08:45</li>"
        for day, label in enumerate(("Créé", "Publié", "Mis à jour"), 21)
    )
    header = f"<p>{LONG * 3}</p><p>{counter}</p><p>1228</p><p>Partages</p><ul>{dates}</ul>"
    text = [f"{text} {number}." for number in range(12) for text in PARAGRAPHS]
    assert paragraphs(f"<div>{header}{''.join(f'<p>{one}</p>' for one in text)}</div>")[-len(text) :] == text


@pytest.mark.parametrize("counter", ["<b>24</b> <i>commentaires</i>", "<p>24</p><p>Commentaires</p>"])
def test_a_thread_far_below_a_line_of_the_header_that_counts_it_begins_where_it_is(counter: str) -> None:
    text = [f"{' '.join(PARAGRAPHS)} {number}." for number in range(8)]
    entry = (
        "<div><div>{} | le 12/03/2024 à 10:20</div><p>{}</p><p>Répondre | Signaler un abus</p></div>".format
    )
    header = f"<p>{LONG * 3}</p><div>{counter}</div>"
    body = f"<div>{header}{''.join(f'<p>{one}</p>' for one in text)}{''.join(map(entry, NAMES, SAID))}</div>"
    assert paragraphs(body)[-len(text) :] == text


BRIEF = "Un sanglier est entré mardi dans la mairie, sans faire de blessé, puis a regagné la forêt."


@pytest.mark.parametrize("heading", ["2 commentaires", "Commentaires", "Vos réactions", "Discussion (2)"])
@pytest.mark.parametrize("tag", ["div", "h3"])
@pytest.mark.parametrize(
    "entry",
    [
        "<div><div><span>{}</span><span>il y a 2 h</span></div><div>{}</div></div>",
        "<div><div>{}</div><div>12/03/2024 à 10h20</div><div>{}</div></div>",
        "<div><span>{}</span><p>{}</p><button>Répondre</button></div>",
    ],
)
def test_a_thread_stands_below_a_brief_too(heading: str, tag: str, entry: str) -> None:
    thread = f"<{tag}>{heading}</{tag}>{''.join(map(entry.format, NAMES, SAID))}"
    body = f"<div><h1>{TITLE}</h1><div><p>{BRIEF}</p></div><div>{thread}</div></div>"
    article = read(f"<html lang='fr'><body>{body}</body></html>".encode(), "https://lefleuve.example/vie/1-a")
    assert [part for part in (article.lead, article.body, *article.authors) if part] == [BRIEF]


@pytest.mark.parametrize("counter", ["2 commentaires", "<b>2 réactions</b>", "<span>Commentaires (2)</span>"])
def test_a_bar_that_counts_comments_between_a_lead_and_its_text_heads_none(counter: str) -> None:
    dates = "<p>Publié le 3 mai 2024 à 10h20</p><p>Mis à jour le 3 mai 2024 à 11h20</p>"
    body = (
        f"<h1>{TITLE}</h1><p class='chapo'>{BRIEF}</p><div>{counter}</div>{dates}<div>{FIRST}{SECOND}{THIRD}"
    )
    article = read(
        f"<html lang='fr'><body>{body}</div></body></html>".encode(), "https://lefleuve.example/a/1-a"
    )
    assert (article.lead, article.body.split("\n\n")) == (BRIEF, PARAGRAPHS)


LONG_SAID = (
    "Le bac, on l’a connu zut quand il passait la nuit, et personne n’a demandé un sou pour cela. " * 4
)


@pytest.mark.parametrize(
    ("number", "thread"),
    [
        (1, "<h2>Le forum</h2>" + "<div>{} | 12 mars 2021</div><div>{}</div>" * 2),
        (1, "<h2>Commentaires</h2>" + "<div><div>{}</div><div>{}</div><div>12.03 à 14h05</div></div>" * 2),
        (
            1,
            "<div>2 COMMENTAIRES</div>"
            + f"<div><b>{{}}</b><i>il y a 5 ans</i><p>{LONG_SAID}{{}}</p><p>3 réponses</p></div>" * 2,
        ),
        (
            1,
            "<div>2 commentaires</div>"
            + f"<div><b>{{}}</b><p>{LONG_SAID}{{}}</p><i>12/03/2021</i><i>3</i><i>Signaler un abus</i></div>"
            * 2,
        ),
        (2, "<p><b>Vos réactions :</b></p>" + f"<p><b>{{}}</b>: {LONG_SAID}{{}}</p>" * 2),
        (
            2,
            "<div><a href='/u'>{}</a><p>Posté à 14h03 le 12/3/21</p><p>{}</p>répondre à ce commentaire</div>"
            * 2,
        ),
        (2, "<div>{}<p>{}</p><p><a>J’aime</a> · <a>Répondre</a> · 3 · 5 a</p></div>" * 2),
        (1, "<div class='commento'>" + "<div>{}</div><p>{}</p>" * 2 + "</div>"),
        (1, "<div id='discourse-comments'>" + "<div>{}</div><p>{}</p>" * 2 + "</div>"),
    ],
    ids=["forum", "no year", "answers", "button", "bold", "hour first", "years", "system", "its comments"],
)
def test_a_thread_of_any_make_goes_below_a_short_text(number: int, thread: str) -> None:
    said = thread.format(*(text for pair in zip(NAMES, SAID, strict=True) for text in pair))
    text = "".join((FIRST, SECOND)[:number])
    assert paragraphs(f"<div>{text}{said}</div>") == PARAGRAPHS[:number]


def test_a_thread_begins_at_its_heading_though_only_a_later_entry_says_who_wrote() -> None:
    entry = "<div>Ada le 12/03/2021 à 14:0{0}</div><p>{1}</p><button>Signaler</button>".format
    quoted = "<div>Noé le 12/03/2021 à 15:10</div><blockquote>Ada a écrit le 12/03/2021 à 14h03</blockquote>"
    said = "".join(entry(number, SAID[0]) for number in range(6))
    thread = f"<div>8 commentaires</div>{said}" + f"{quoted}<p>{SAID[1]}</p>" * 2
    assert paragraphs(f"<div>{FIRST}{SECOND}{THIRD}{thread}</div>") == PARAGRAPHS


def test_a_few_comments_may_stand_above_all_of_them() -> None:
    few = "<li>{}</li><li>le 12/03/2021 à 14:05</li><li>{}</li>".format
    entry = "<p>Ada a écrit le 12/03/2021 à 14:05 :</p><p>{}</p>".format
    above = f"<div>2 commentaires</div><ul>{''.join(map(few, NAMES, SAID))}</ul>"
    cards = "".join(f"<p><a href='/{n}'>Le bac de la Sorgue repart, fois {n}</a></p>" for n in range(40))
    below = f"<h3>Tous les commentaires</h3>{''.join(map(entry, SAID))}"
    assert paragraphs(f"<div>{FIRST}{SECOND}{THIRD}{above}{cards}{below}</div>") == PARAGRAPHS


def test_the_heading_of_a_form_is_not_the_headline_of_the_page() -> None:
    entry = "<div><p><b>{}</b></p><p>Le 15 juillet 2021 à 11:30</p></div><div><p>{}</p></div>".format
    thread = f"<h2>Commentaires 2</h2>{''.join(map(entry, NAMES, SAID))}"
    form = "<h1>Laissez un commentaire</h1><p>Pour participer à ce forum, vous devez vous enregistrer.</p>"
    head = f"<title>{TITLE} - Le Sorguais</title>"
    body = f"<h3>{TITLE}</h3><div>{FIRST}{SECOND}{THIRD}{thread}{form}</div>"
    article = read(
        f"<html>{head}<body>{body}</body></html>".encode(), "https://lesorguais.example/le-bac.html"
    )
    assert (article.title, article.body.split("\n\n")) == (TITLE, PARAGRAPHS)


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("button", ["<button>Commenter</button>", "<a href='#reagir'>Réagir</a>"])
def test_a_button_to_comment_above_a_brief_heads_no_thread(button: str, number: int) -> None:
    entry = "<div>{}<br>le 12/03/2021 à 14:05</div><p>{}</p><button>Répondre</button>".format
    thread = f"<div><h3>Commentaires (2)</h3>{''.join(map(entry, NAMES, SAID))}</div>"
    bar = f"<p>{PARAGRAPHS[2]}</p><div>{button}<button>Partager</button></div><p>Publié le 11 mars 2021</p>"
    body = "".join((FIRST, SECOND)[:number])
    assert paragraphs(f"<div>{bar}<div>{body}</div>{thread}</div>")[-number:] == PARAGRAPHS[:number]


def test_a_numbered_thread_leaves_the_text_below_an_invitation_to_comment() -> None:
    text = [f"{text} {number}." for number in range(3) for text in PARAGRAPHS]
    entry = "<p>{1}.Posté par <b>{0}</b> le 12/03/2021 à 14:05 | Alerter</p><p>{2}</p>".format
    thread = "".join(entry(name, i, said) for i, (name, said) in enumerate(zip(NAMES, SAID, strict=True)))
    lines = [f"<p>{one}</p>" for one in text]
    body = "".join([*lines[:2], "<p><a href='#c'>Commentez cet article</a></p>", *lines[2:]])
    assert paragraphs(f"<div>{body}<h3>Commentaires</h3>{thread}</div>") == text


@pytest.mark.parametrize(
    "line",
    [
        "<a href='#c'>Commentez cet article</a>",
        "Et vous, qu’en pensez-vous ? <a href='#c'>Donnez votre avis</a>",
        "<button>Participez à la conversation</button>",
        "Laissez un commentaire ci-dessous !",
    ],
)
def test_a_line_amid_the_text_that_asks_for_comments_is_none_of_it(line: str) -> None:
    assert paragraphs(f"<div>{FIRST}{SECOND}<p>{line}</p>{THIRD}</div>") == PARAGRAPHS


def test_a_paragraph_in_the_colour_of_corals_is_no_comment() -> None:
    assert paragraphs(f"<div>{FIRST}<p class='text-coral'>{PARAGRAPHS[1]}</p>{THIRD}</div>") == PARAGRAPHS


@pytest.mark.parametrize("number", [2, 3])
def test_a_bar_with_the_time_to_read_and_a_count_of_comments_heads_no_thread(number: int) -> None:
    bar = "<div><button>Partager</button><button>3 commentaires</button><span>4 min</span></div>"
    entry = "<div><div><b>{}</b><i>à écrit le 12/05/2025 à 10:01</i></div><div>{}</div></div>".format
    thread = "".join(map(entry, NAMES, SAID)) + entry("Lou_24", "Et le bac de nuit, on en parle ?")
    text = "".join(f"<div>{one}</div>" for one in PARAGRAPHS[:number])
    letter = "<div><div>LETTRE La Sorgue 12h</div><div>Du lundi au vendredi, toute l’actualité.</div></div>"
    body = f"<div>{LONG}</div>{bar}<div>Le bac.<span>DR</span></div><div>{text}{letter}</div>"
    got = paragraphs(f"<div><div>{body}</div><h2>Commentaires 3</h2><button>Écrire</button>{thread}</div>")
    assert [one for one in got if one in PARAGRAPHS] == PARAGRAPHS[:number]
    assert not {*SAID, *NAMES}.intersection(got)


@pytest.mark.parametrize(
    "button", ["<a href='#c'>Commenter</a>", "<b>Aucun</b> commentaire", "1 commentaire"]
)
@pytest.mark.parametrize("date", ["3 mai 2024 à 10h12", "il y a 2 jours"])
def test_a_bar_that_stands_above_and_below_the_text_in_its_own_box_takes_no_text_away(
    button: str, date: str
) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    bar = f"{button}<br>{date}<br>"
    assert paragraphs(f"<article>{bar}{text}{bar}<h3>À lire aussi</h3></article>") == [*PARAGRAPHS]


@pytest.mark.parametrize(
    "heading", ["3 commentaires", "<b>3</b> commentaires", "<i></i>\n<b>3 commentaires</b>"]
)
def test_a_thread_in_the_box_of_the_text_begins_at_the_last_line_that_counts_it(heading: str) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    entry = "Ivo Ler - 4 mai 2024 à 9h0{}<br>NON, dit le lecteur {}.<br>"
    thread = "".join(entry.format(number, number) for number in range(3))
    assert paragraphs(f"<article>{heading}<br>{text}{heading}<br>{thread}</article>") == [*PARAGRAPHS]


@pytest.mark.parametrize("heading", ["Forum : 3 messages", "<b>Commentaires</b> (3)"])
@pytest.mark.parametrize(
    "entry",
    [
        "<b>{0} a écrit :</b><br>{1}<br>",
        "{0} (4 mai 2024 - 9h10) : {1}<br>",
        "<small>04/05/24</small> <a href='/u'>{0}</a><br>{1}<br>",
        "<font size='1'>04/05/24 par <b>{0}</b></font><br>{1}<br>",
    ],
)
def test_lines_of_a_thread_in_the_box_of_the_text(heading: str, entry: str) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    thread = "".join(map(entry.format, NAMES, SAID))
    assert paragraphs(f"<div>{text}{heading}<br>{thread}</div>") == [*PARAGRAPHS]
