"""Readers' comments leave no word in an article, and an article loses no word to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import SourceError
from crawler.extract import read
from crawler.sources.declaration import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

    Make = Callable[..., str]
    Reading = Callable[[str], Article]

WORDPRESS = (
    (
        "<div id='comments' class='comments-area'><h2 class='title'>{n} réponses à « La charte »</h2>"
        "<ol class='comment-list'>{entries}</ol><div id='respond' class='comment-respond'><h3>Laisser un "
        "commentaire</h3>"
        "<form id='commentform'><p>Votre adresse e-mail ne sera pas publiée.</p></form></div></div>"
    ),
    (
        "<li class='comment even' id='comment-{i}'><div class='comment-body'><cite class='fn'>{name}</cite> "
        "dit :"
        "<div class='comment-metadata'><a href='#c'>{day} à {hour}</a></div><p>{text}</p><a "
        "class='comment-reply-link'>"
        "Répondre</a></div></li>"
    ),
)
SPIP = (
    (
        "<div id='comments' class='comments'><h2>Vos commentaires</h2><ul class='forum "
        "comments-list'>{entries}</ul></div>"
    ),
    (
        "<li class='forum-fil comment odd'><div class='comment-message '><div class='forum-chapo'>"
        "Le {day} à {hour}, par {name}</div><div class='comment-content "
        "forum-texte'><p>{text}</p></div>"
        "</div></li>"
    ),
)
OLD_SPIP = (
    "<h2>{n} Messages</h2><ul class='forum'>{entries}</ul>",
    (
        "<li><div class='forum-message'><div class='forum-chapo'><b>Sujet</b> le {day}, par {name}</div>"
        "<div class='forum-texte'><p>{text}</p></div></div></li>"
    ),
)
DRUPAL_10 = (
    "<section class='field--name-comment field--type-comment'><h2>Commentaires</h2>{entries}</section>",
    (
        "<a id='comment-{i}'></a><article class='js-comment'><p>Par {name} le {day} - {hour}</p>"
        "<div class='text-formatted'><p>{text}</p></div></article>"
    ),
)
DRUPAL = (
    "<section id='comments' class='comment-wrapper'><h2 class='title'>Commentaires</h2>{entries}</section>",
    (
        "<a id='comment-{i}'></a><div class='comment clearfix'><div class='submitted'>{name} - {day} "
        "{hour}</div>"
        "<div class='content'><p>{text}</p></div><ul class='links inline'><li>répondre</li></ul></div>"
    ),
)
WMAKER = (
    (
        "<div id='comm_box'><div>{n} commentaires</div>{entries}<div>Nouveau commentaire :</div>"
        "<label>Me notifier l'arrivée de nouveaux commentaires</label></div>"
    ),
    (
        "<div class='cel1'><b>{i}.Posté par</b> {name} le {day} {hour} (depuis "
        "mobile)<br>{text}<br><a>Alerter</a></div>"
    ),
)
FIGARO_LIKE = (
    (
        "<div class='fig-comments'><div class='fig-comments__title'>{n} commentaires</div><ul "
        "class='fig-comments__list'>"
        "{entries}</ul></div>"
    ),
    (
        "<li class='fig-comment'><p class='fig-comment__username'>{name}</p><p class='fig-comment__date'>le "
        "{day} à {hour}"
        "</p><p class='fig-comment__text'>{text}</p></li>"
    ),
)
MICRODATA = (
    "<div>{entries}</div>",
    (
        "<div itemprop='comment' itemscope><span itemprop='author'>{name}</span> "
        "<time>{day}</time><p>{text}</p></div>"
    ),
)
ROWS = (
    "<div class='zx'><h3>Commentaires</h3>{entries}</div>",
    "<div class='zy'><p><b>{name}</b> a écrit le {day} à {hour} :</p><p>{text}</p></div>",
)
NAMELESS = (
    "<div><h3>Commentaires ({n})</h3>{entries}</div>",
    (
        "<div><div><b>{name}</b> <span>le {day} à {hour}</span></div><div><p>{text}</p></div><div><a "
        "href='/r'>Répondre</a> "
        "<a href='/s'>Signaler</a></div></div>"
    ),
)
FLAT = (
    "<h3>Réagir</h3><p>Votre email ne sera pas affiché publiquement</p><h3>Commentaires</h3>{entries}",
    "<p><b></b> a écrit le {day} à {hour} :</p><p>{text}</p>",
)
GLUED = (  # as apps write it: no space in the source, buttons for links
    "<section><p>{n} réactions</p>{entries}<button>Voir plus</button></section>",
    (
        "<div><span>{name}</span><span>il y a {i} jours</span><div><p>{text}</p></div>"
        "<button>Répondre</button><button>J'aime (3)</button></div>"
    ),
)
UNDATED = (
    "<div><h3>Vos réactions</h3>{entries}</div>",
    "<div><a href='/u'>{name}</a><div>{text}</div><div>J’aime · Répondre · {i} j</div></div>",
)
LISTED = (
    "<div><h4>Réagissez à cet article</h4><dl>{entries}</dl></div>",
    "<dt>{name} <em>{day} à {hour}</em></dt><dd>{text}</dd>",
)
TABLED = (
    "<table><tr><td><b>Vos réactions</b></td></tr>{entries}</table>",
    "<tr><td><b>{name}</b> le {day} à {hour}</td></tr><tr><td>{text}</td></tr>",
)
DEBATE = (
    "<section><h2>Le débat ({n})</h2><ol>{entries}</ol><p><a>Poster une contribution</a></p></section>",
    "<li><p><b>{name}</b>, le {day}</p><blockquote>{text}</blockquote><a>Répondre</a></li>",
)
UNFOLDED = (
    "<section><h4>{n} avis de lecteurs</h4>{entries}</section>",
    "<details open><summary>{name} — 22 mars, {hour}</summary><p>{text}</p></details>",
)
NUMBERED = (
    "<div><div>Réagissez à cette information</div>{entries}<p>Vous devez être inscrit</p></div>",
    "<div><div>{i}. {name}</div><div>le {i:02}/07 à {hour}</div><div>{text}</div></div>",
)
MARKUPS = [
    WORDPRESS,
    SPIP,
    OLD_SPIP,
    DRUPAL,
    DRUPAL_10,
    WMAKER,
    FIGARO_LIKE,
    MICRODATA,
    ROWS,
    NAMELESS,
    FLAT,
    GLUED,
    UNDATED,
    LISTED,
    TABLED,
    DEBATE,
    UNFOLDED,
    NUMBERED,
]

WORDS = st.text("abcdefghilmnoprstuvéèàç", min_size=3, max_size=12)
SENTENCES = st.lists(WORDS, min_size=4, max_size=60).map(lambda words: "zut " + " ".join(words) + ".")
NAMES = st.text("abcdefgh0123456789_", min_size=1, max_size=14)
ENTRIES = st.lists(
    st.tuples(NAMES, SENTENCES, st.integers(1, 28), st.integers(0, 23)), min_size=1, max_size=12
)


def thread(markup: tuple[str, str], entries: list[tuple[str, str, int, int]]) -> str:
    """A thread of comments in one markup."""
    around, one = markup
    written = "".join(
        one.format(i=i, name=name, text=text, day=f"{day:02}/02/2024", hour=f"{hour:02}:19")
        for i, (name, text, day, hour) in enumerate(entries, 1)
    )
    return around.format(n=len(entries), entries=written)


@pytest.mark.parametrize("markup", MARKUPS)
@given(entries=ENTRIES)
@settings(max_examples=20, deadline=None)
def test_any_thread_in_any_markup_leaves_the_article_unchanged(
    markup: tuple[str, str], entries: list[tuple[str, str, int, int]], make: Make, reading: Reading
) -> None:
    without, article = reading(make()), reading(make(after=thread(markup, entries)))
    assert (article.title, article.lead, article.body) == (without.title, without.lead, without.body)
    said = str([article.cuts, article.candidates])
    assert not any(text in said or (len(name) > 6 and name in said) for name, text, _, _ in entries)


@pytest.mark.parametrize(
    "markup",
    [
        (
            (
                "<section class='comments'><h2>Commentaires</h2>{entries}<div class='add-comment'>"
                "<h2>Ajouter un commentaire</h2><label>Votre nom</label></div></section>"
            ),
            "<article class='comment'><p>{name}</p><p>il y a 2 ans</p><p>{text}</p></article>",
        ),
        (
            "<div class='commentaire'><h1>3 réactions à cet article <i>Réagir</i></h1>{entries}</div>",
            "<div class='news'><h2>Par {name} le {day} à 10:20:31</h2><p>{text}</p></div>",
        ),
    ],
    ids=["form", "heading"],
)
def test_names_of_comments_are_counted_as_entries_are(
    markup: tuple[str, str], make: Make, reading: Reading
) -> None:
    entries = [("lecteur7", "Je ne suis pas de cet avis, et de loin.", day, 9) for day in range(1, 4)]
    assert reading(make(after=thread(markup, entries))).comment_count == 3


def test_answers_in_a_comment_are_counted_with_it(make: Make, reading: Reading) -> None:
    said = "<b>lecteur7</b><p>Je ne suis pas de cet avis, et de loin.</p>"
    first = f"<div id='comment-7'>{said}<div class='answers'><div id='comment-9'>{said}</div></div></div>"
    assert reading(make(after=f"{first}<div id='comment-8'>{said}</div>")).comment_count == 3


@pytest.mark.parametrize("heading", ["", "<h2>Le coin des échanges</h2>"])
def test_days_with_a_button_to_reply_need_no_heading(heading: str, make: Make, reading: Reading) -> None:
    entries = [("lecteur", "Je ne suis pas de cet avis, et de loin.", day, 9) for day in range(1, 4)]
    markup = DEBATE[0].replace("<h2>Le débat ({n})</h2>", heading), DEBATE[1]
    article = reading(make(after=thread(markup, entries)))
    assert article.comment_count == 3
    assert "lecteur" not in article.body + str(article.cuts)


def test_a_thread_may_stand_above_its_form_under_any_heading(make: Make, reading: Reading) -> None:
    entries = [("lecteur7", "Je ne suis pas de cet avis, et de loin.", day, 9) for day in range(1, 4)]
    one = (
        "<div><b>{name}</b> <a href='#c'>{day} à 10:20</a><p>{text}</p><p><a href='#r'>Répondre</a></p></div>"
    )
    form = "<h3>Laisser un commentaire</h3><p>Votre adresse e-mail ne sera pas publiée.</p>"
    article = reading(make(after=thread(("<h3>Le livre d'or</h3>{entries}" + form, one), entries)))
    assert article.comment_count == 3
    assert "lecteur" not in article.body + str(article.cuts)


@pytest.mark.parametrize("heading", ["", "<h5>La section Commentaires est ouverte</h5>"])
def test_names_and_ages_with_buttons_to_reply_need_no_heading(
    heading: str, make: Make, reading: Reading
) -> None:
    entries = [("lecteur7", "Je ne suis pas de cet avis, et de loin.", day, 9) for day in range(1, 4)]
    one = (
        "<div><span>{name}</span><time>{i} h</time><div><p>{text}</p></div><button>Répondre</button>"
        "<button>Signaler</button></div>"
    )
    article = reading(make(after=thread((heading + "{entries}", one), entries)))
    assert article.comment_count == 3
    assert "lecteur" not in article.body + str(article.cuts)


@pytest.mark.parametrize(
    "around", ["<p>Imprimer</p>{entries}", "<hr><b>Le livre d'or de cet article</b><br>{entries}"]
)
def test_names_with_moments_need_no_heading(around: str, make: Make, reading: Reading) -> None:
    entries = [("lecteur.7", "Je ne suis pas de cet avis, et de loin.", day, 9) for day in range(1, 4)]
    one = "<table><tr><td><b>{name}</b> - {day} {hour}:33</td></tr><tr><td>{text}</td></tr></table>"
    article = reading(make(after=thread((around, one), entries)))
    assert article.comment_count == 3
    assert "lecteur" not in article.body + str(article.cuts)
    shows = "<p>Salle des fêtes - samedi {day} à {hour}</p><p>Les cuivres de la ville jouent Bizet.</p>"
    article = reading(make(after=thread((around, shows), entries)))
    assert not [cut for cut in article.cuts if cut.step == "comments"]


@pytest.mark.parametrize("markup", MARKUPS)
def test_comments_are_counted(markup: tuple[str, str], make: Make, reading: Reading) -> None:
    entries = [(f"lecteur{i}", "Je ne suis pas de cet avis, et de loin.", i, 9) for i in range(1, 8)]
    assert reading(make(after=thread(markup, entries))).comment_count == 7


def test_a_folded_thread_that_gives_no_number_counts_by_its_buttons(make: Make, reading: Reading) -> None:
    one = (
        "<div><b>Lecteur</b><div>il y a 2 jours</div><p>Je ne suis pas de cet avis.</p><a>Répondre</a></div>"
    )
    article = reading(
        make(after=f"<section class='comments' hidden><h3>Vos réactions</h3>{one * 3}</section>")
    )
    assert article.comment_count == 3


@pytest.mark.parametrize("name", ["class='comments'", ""])
def test_a_folded_thread_counts_by_its_moments(name: str, make: Make, reading: Reading) -> None:
    one = "<tr><td>Lecteur<br>0{}/05/2024 15:57</td><td>Je ne suis pas de cet avis, et de loin.</td></tr>"
    rows = "".join(one.format(day) for day in (3, 4, 5))
    login = "<p><a href='/c'>Connectez-vous pour participer à la discussion</a></p>"
    page = make(after=f"<section {name} hidden><h3>Vos réactions</h3><table>{rows}</table>{login}</section>")
    assert reading(page).comment_count == 3


def test_an_entry_within_its_own_item_counts_once(make: Make, reading: Reading) -> None:
    said = "<b>Lecteur{}</b> <p>Je ne suis pas de cet avis.</p>"
    one = f'<li class="comment-item"><div class="comment">{said}</div>{{}}'
    answered = one.format(1, f"<ul>{one.format(2, '</li>')}</ul></li>")
    threads = f'<div class="comments"><h2>Messages</h2><ul>{answered}{one.format(3, "</li>")}</ul></div>'
    assert reading(make(after=threads)).comment_count == 3


@pytest.mark.parametrize("markup", [LISTED, TABLED, NAMELESS])
def test_a_last_comment_of_one_word_counts_as_the_others(
    markup: tuple[str, str], make: Make, reading: Reading
) -> None:
    around, one = markup
    bare = (around.replace(" ({n})", ""), one.split("<div><a")[0] + "</div>" * ("<div><a" in one))
    entries = [
        (f"lecteur{i}", text, i, 9) for i, text in enumerate(["Je ne suis pas de cet avis."] * 3 + ["lol"])
    ]
    page = make(after=thread(bare, entries)).partition("<footer>")[0]  # nothing of any length comes after
    assert reading(page).comment_count == 4


def test_the_date_under_a_thread_is_the_articles(make: Make, reading: Reading) -> None:
    entries = "".join(
        f"<div><p>lecteur{i}, le 1{i}/05/2024 à 09:12</p><p>Je ne suis pas de cet avis.</p></div>"
        for i in range(3)
    )
    dated = "<div><p>Publié le 10/05/2024 Mis à jour le 10/05/2024 à 14h03</p></div>"
    article = reading(make(after=f"<div><h3>Commentaires</h3>{entries}</div>{dated}"))
    assert article.comment_count == 3
    assert article.published_at


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_thread_longer_than_its_article_that_quotes_it_goes(
    markup: tuple[str, str], make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    entries = [("moi", f"« {text} » Zut alors. " * 3, 3, 9) for text in prose for _ in range(3)]
    article = reading(make(after=thread(markup, entries)))
    assert article.body.split("\n\n") == list(prose)


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_single_comment_longer_than_its_article_goes(
    markup: tuple[str, str], make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    said = "</p><p>".join(f"Zut alors, monsieur, voici ma raison numéro {i}. " * 4 for i in range(15))
    article = reading(make(after=thread(markup, [("moi", said, 3, 9)])))
    assert article.body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    ("heading", "button"),
    [("", "<a href='#r'>Répondre à ce message</a>"), ("<h4>Espace commentaires</h4>", "")],
)
def test_a_thread_longer_than_a_brief_goes_for_its_heading_or_its_buttons(
    heading: str, button: str, reading: Reading
) -> None:
    said = "Zut alors, monsieur, on en parle depuis dix ans et rien ne bouge jamais par ici. " * 3
    entries = f"<dt><b>Lulu_07</b> <i>28 juin 2024</i></dt><dd><p>{said}</p>{button}</dd>" * 5
    brief = "Le conseil de Morvelle a voté mardi soir la charte des hébergeurs, par douze voix contre neuf."
    article = reading(
        f"<html lang='fr'><body><article><h1>Une charte à Morvelle</h1><p>{brief}</p></article>"
        f"<div class='comment-list'>{heading}<dl>{entries}</dl></div></body></html>"
    )
    assert article.body == brief


def test_a_thread_whose_first_comment_is_longer_than_the_brief_begins_at_its_heading(
    reading: Reading,
) -> None:
    said = f"<p>{'Zut alors, on en parle depuis dix ans et rien ne bouge jamais par ici. ' * 2}</p>" * 8
    entry = "<li><div>{}</div><div>Lulu 2{} mars 2024 - 15h17</div><p><a href='#r'>Répondre</a></p></li>"
    brief = (
        "Le conseil de Morvelle a voté mardi soir la charte des hébergeurs, par douze voix contre neuf. " * 3
    )
    article = reading(
        f"<html lang='fr'><body><article><h1>Une charte à Morvelle</h1><p>{brief}</p></article>"
        "<p><a href='/reagir'>Vos réactions (3)</a></p><h3>Vos réactions</h3>"
        f"<ul>{''.join(entry.format(said, i) for i in range(3))}</ul></body></html>"
    )
    assert article.body == brief.strip()


def test_dates_above_and_below_a_text_are_no_thread(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    above = (
        "<p>24 réactions |</p><p>Publié le :</p><p>23/03/2022 à 14:48</p><p><a href='/u'>Ada Vastel</a></p>"
    )
    below = "<div><div>Publié le 23 mars 2022 à 14:48</div><div>Modifié le 24 mars 2022 à 9:30</div></div>"
    article = reading(make(above).replace("</article>", below + "<p>La charte est en ligne.</p></article>"))
    assert article.body.split("\n\n")[: len(prose)] == list(prose)


def test_one_button_to_reply_far_below_a_number_of_comments_is_no_thread(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    above = "<p>24 réactions</p><p>23/03/2022 à 14:48</p><p><a href='/u'>Ada Vastel</a></p>"
    article = reading(
        make(above).replace("</article>", "<div><p>Zut alors.</p><a>Répondre</a></div></article>")
    )
    assert article.body.split("\n\n")[: len(prose)] == list(prose)


def test_two_dates_around_a_long_text_are_no_thread(make: Make, reading: Reading) -> None:
    above = "<p>24 réactions</p><p>Publié le 23 mars 2022 à 14:48 par Ada Vastel</p>"
    text = "".join(
        f"<p>Zut numéro {n} : {'la charte tient en douze pages, et personne ne la lit. ' * 5}</p>"
        for n in range(15)
    )
    article = reading(make(f"{above}{text}<p>Publié le 24 mars 2022 à 9h30 par Ada Vastel</p>"))
    assert "Zut numéro 14" in article.body


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (
            "<div>Commenter</div>",
            "<a>Répondre</a> <a>Signaler</a><div>Ada | le 06/04/2024 à 13:30</div><p>Zut.</p>",
        ),
        (
            "<div><a href='#f'>Vos réactions (3)</a></div><div>Ada Vastel</div><div>30 oct 2023, 10:14</div>",
            "",
        ),
        ("<p>24</p><p>Commentaires</p><p>1228</p><div>Ada Vastel</div><div>1 nov 2023, 13:13</div>", ""),
    ],
)
def test_a_bar_over_a_long_text_heads_no_thread(above: str, below: str, make: Make, reading: Reading) -> None:
    said = "la charte tient en douze pages, et personne ne la lit. " * 5
    text = "".join(f"<p>Zut numéro {n} : {said}</p>" for n in range(15))
    article = reading(make(f"{above}{text}<p>Zut, dernier point de la charte.</p>{below}"))
    assert "Zut numéro 14" in article.body


@pytest.mark.parametrize("bar", ["<div>Commentaires (24)</div>", "<p>3 réactions</p>"])
@pytest.mark.parametrize(
    "part",
    [
        "<p><b>Un zut fragile</b></p><p>{}</p>",
        "<p><b>Qui paiera zut ?</b><br>{}</p>",
        "<h2>Zut</h2><p>{}</p>",
        "<div><time>18h10</time><h3>Zut</h3><p>{}</p></div>",
        "<p>{}</p><figure><figcaption>Zut, à Morvelle. <span>Ada Roux</span></figcaption></figure>",
    ],
)
def test_subheads_and_questions_below_a_bar_that_counts_comments_are_no_thread(
    bar: str, part: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    page = make(lead=" ".join(prose[:2])).replace("<div class='article-body'>", f"{bar}<div>")
    for text in prose:
        page = page.replace(f"<p>{text}</p>", part.format(text))
    assert all(text in reading(page).body for text in prose[1:])


def test_who_comments_below_an_article_signs_nothing(make: Make, reading: Reading) -> None:
    entry = "<div><p><span class='post-author'>Jeannot</span> a commenté :</p><p>Zut.</p></div>"
    assert reading(make(after=entry)).authors == []


def test_two_terms_below_a_number_of_comments_are_no_thread(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    terms = f"<ul><li>Un interlocuteur</li><p>{prose[1]}</p><li>Un bilan public</li><p>{prose[2]}</p></ul>"
    article = reading(make(f"<div>32 commentaires</div>{terms}"))
    assert "Un interlocuteur" in article.body


@pytest.mark.parametrize(
    "heading", ["<h3>Vos réactions</h3>", "<div><b>Les avis des internautes</b></div><br>"]
)
@pytest.mark.parametrize("box", ["{}", "<div>{}</div>"])
def test_a_thread_amid_the_text_goes_with_the_heading_above_it(
    heading: str, box: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    entry = "<li class='comment'><cite>Jeannot</cite> le 3 mars 2024 à 10:12<p>Zut alors, et rezut.</p></li>"
    thread = heading + box.format(f"<ol class='comments'>{entry * 2}</ol>")
    article = reading(make(thread))
    assert article.body.split("\n\n") == list(prose)
    assert "heads a thread" in {cut.why for cut in article.cuts}


@pytest.mark.parametrize("markup", [ROWS, NAMELESS, FLAT, WORDPRESS])
def test_a_thread_inside_the_article_element_goes(
    markup: tuple[str, str], make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    entries = [("moi", "Zut alors, quelle charte.", 3, 9), ("toi", "Zut de zut, et rezut.", 4, 9)]
    page = make().replace("</article>", thread(markup, entries) + "</article>")
    assert reading(page).body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    "body",
    [
        (
            "<h2>Commentaires</h2><p>Les commentaires des élus n’ont pas tardé, et la mairie a dû les "
            "publier tous.</p>"
        ),
        (
            "<h2>Réagir</h2><p>Réagir vite, voilà ce que demandent les enquêteurs, qui n’ont que quelques "
            "minutes.</p>"
        ),
        (
            "<p>Réagissez, a-t-il lancé aux hébergeurs, avant que d’autres ne le fassent à votre place, et "
            "vite.</p>"
        ),
        "<p>Il a écrit le 3 mars 2023 une lettre que le conseil n’a jamais reçue, selon son avocat.</p>",
        (
            "<h2>Le débat</h2><p>Le débat sera long, prévient la présidente, et chacun pourra y répondre par "
            "écrit.</p>"
        ),
        (
            "<h2 id='comment-signaler'>Comment signaler un contenu</h2><p>Un formulaire suffit, assure le "
            "ministère, "
            "et chacun pourra suivre son dossier en ligne.</p>"
        ),
    ],
)
def test_an_article_keeps_the_words_of_threads(body: str, make: Make, reading: Reading) -> None:
    text = reading(make(body)).body
    for paragraph in body.replace("</p>", "<").replace("</h2>", "<").split("<"):
        words = paragraph.split(">")[-1]
        assert words in text


@pytest.mark.parametrize(
    "name", ["comments-open single", "has-comments", "comment-status-open", "post comments-closed"]
)
def test_a_name_that_only_sounds_like_comments_cuts_nothing(
    name: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    page = (
        make().replace("<article>", f"<article class='{name}'>").replace("<body>", f"<body class='{name}'>")
    )
    assert reading(page).body.split("\n\n") == list(prose)


def test_the_rules_right_above_a_thread_go_with_it(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    rules = (
        "<div><p>Nous aimons les échanges vifs. Vos commentaires peuvent être repris par le journal, selon "
        "<a href='/r'>les règles</a> du site.</p><p>Ce qui est écrit plus bas n’est pas de nous.</p></div>"
    )
    end = "</div></article>"
    for thread in ("<div class='fb-comments' data-width='620'></div>", "<div id='disqus_thread'></div>"):
        article = reading(make().replace(end, f"{rules}{thread}{end}"))
        assert article.body.split("\n\n") == list(prose)
    told = f"<p>{prose[0]} Vos commentaires y sont relus selon la charte.</p>"
    assert len(reading(make(told, "<div class='fb-comments'></div>")).body.split("\n\n")) == len(prose) + 1


@pytest.mark.parametrize(
    "empty",
    [
        "<b>Vos réactions :</b><br>Aucune réaction pour le moment.",
        "<h3>Commentaires</h3><div class='kmt-empty-comment'>Il n'y a aucun commentaire posté ici</div>",
        "<h4>Ajouter un message</h4><div>0 message</div><p>Aucun message. Soyez le premier à commenter.</p>",
        "<h2>Commentaires</h2>✘ Il n'y à encore aucun commentaire !<br>Sois le premier à donner ton avis !",
    ],
)
def test_a_thread_in_which_nobody_has_spoken_goes(
    empty: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    end = "</div></article>"
    article = reading(make().replace(end, f"<p>{empty}</p>{end}"))
    assert (article.body.split("\n\n"), article.comment_count or 0) == (list(prose), 0)


def test_a_hidden_template_is_no_comment(make: Make, reading: Reading) -> None:
    after = (
        "<div class='block-commentaires'><h3>Commentaires</h3><div style='display:none'><p>Merci pour "
        "votre commentaire."
        "</p><div class='commentaire'><b class='pseudo'></b> a le à :</div></div></div>"
    )
    assert not reading(make(after=after)).comment_count


def test_declared_comments_go_whatever_their_names(make: Make, prose: tuple[str, ...]) -> None:
    after = (
        "<section id='voix'><p>Zut alors, quelle charte que voilà, elle ne sert à rien du tout.</p></section>"
    )
    rules = Rules(comments=("//section[@id = 'voix']",))
    article = read(make(after=after).encode(), "https://phare.example/a", rules=rules)
    assert article.body.split("\n\n") == list(prose)
    assert [(cut.why, cut.begins) for cut in article.cuts if cut.step == "comments"] == [
        ("declared //section[@id = 'voix']", "")
    ]


def test_a_wrong_expression_is_named(make: Make) -> None:
    with pytest.raises(SourceError, match=r"//div\[@id = 'x'"):
        read(make().encode(), "https://phare.example/a", rules=Rules(comments=("//div[@id = 'x'",)))
