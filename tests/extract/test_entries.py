"""Threads that neither names nor lines of their own give away, and texts that only look like them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.extract import read

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

    Make = Callable[..., str]
    Reading = Callable[[str], Article]

SAID = (
    ("Lulu_07", "Zut alors, on en parle depuis dix ans et rien ne bouge jamais par ici."),
    ("Marthe K.", "Bravo zut pour cet article, enfin une voix qui explique les choses calmement."),
    ("anonyme", "Et qui paiera zut ? Encore nous."),
)
LONG = "Le port compte ses bacs et ses heures : " * 3 + "il en manque toujours un le lundi matin."
BEFORE = "La halle aux grains ferme ses portes, et personne ne sait pour combien de mois. " * 2
THREADS = {
    "lines in turn, names below": ("<h3>Commentaires</h3>{}", "<p>{text}</p><p><i>{name}, Soute</i></p>"),
    "lines in turn, names above": ("<h3>Commentaires</h3>{}", "<p>{name}</p><p>{text}</p>"),
    "posted by, no heading": ("{}", "<p>Posté par {name}, mardi 12 mars 2019 à 1{i}:12</p><p>{text}</p>"),
    "posted by, below what is said": (
        "<p>Commentaires des visiteurs <a href='#f'>Ajoutez votre commentaire</a></p>{}",
        "<h3>Titre {i}</h3><p>{text}</p><p>Posté par : {name}, {i} mars 2019 | 15:22</p>",
    ),
    "numbered, no heading": (
        "<dl>{}</dl>",
        "<dt>{i}. Le 12 mars 2019 à 10:12, par {name}</dt><dd>{text}</dd>",
    ),
    "names in headings, a word below the first": (
        "<h2>Commentaires :</h2><div><h4>0. Ada</h4><p>zut !</p></div>{}",
        "<div><h4>{i}. {name}</h4><p>{text}</p></div>",
    ),
    "heading cut for its name": (
        "<div class='reagissez'>Réagissez à cet article</div><ul>{}</ul>",
        "<li><span>{name}</span><span>Hier à 14:2{i}</span><span>{text}</span></li>",
    ),
    "one line each": (
        "<h3>Vos réactions</h3><ul>{}</ul>",
        "<li><span>{name}</span> <span>1{i}/03/2024 à 14:20</span> <span>{text}</span></li>",
    ),
    "yesterday": (
        "<h3>3 commentaires</h3>{}",
        "<div><div>{name}</div><div>Hier à 14:2{i}</div><div>{text}</div></div>",
    ),
    "a number in letters": (
        "<p>trois commentaires</p>{}",
        "<div><div>{name}</div><div>Hier à 14:2{i}</div><div>{text}</div></div>",
    ),
    "buttons to answer and to cite, and a heading that says more": (
        "<h3>15 » Commentaires Vous voulez commenter ? Entrez ou inscrivez-vous</h3><ol>{}</ol>",
        (
            "<li><div><b>{name}</b> <span>1{i} mars 2024 | 11:2{i}</span><h4>#{i}</h4></div><p>{text}</p>"
            "<div><a href='#c'>Répondre</a> <a href='#c'>Citer le message</a><p>Noter</p></div></li>"
        ),
    ),
    "day": (
        "<h3>Discussion</h3>{}",
        "<div><b>{name}</b> <small>{i} mars</small><p>{text}</p></div>",
    ),
    "numbered": ("<h3>Réagir</h3>{}", "<div>#{i} <b>{name}</b> - le {i} mars à 10h20</div><div>{text}</div>"),
    "day below name": (
        "<h3>Le débat</h3>{}",
        "<div><div>{name}</div><div>1{i}/03/2024</div><p>{text}</p></div>",
    ),
    "age": ("<h3>Vos opinions (3)</h3>{}", "<div><b>{name}</b> <i>{i} h</i><p>{text}</p></div>"),
    "English": (
        "<h3>3 comments</h3>{}",
        "<div><b>{name}</b> <small>{i} days ago</small><p>{text}</p><a href='#r'>Reply</a></div>",
    ),
    "names in a list": ("<h3>Commentaires (3)</h3><ul>{}</ul>", "<li><b>{name} :</b> {text}</li>"),
    "names in a list below a form": (
        "<section><h3>Commentaires</h3><form><button>Envoyer</button></form><ul>{}</ul></section>",
        "<li><b>{name} :</b> {text}</li>",
    ),
    "names in a list, long texts": (
        "<h3>Commentaires</h3><ul>{}</ul>",
        "<li><b>{name} :</b> {text} {text} {text} {text} {text} {text} {text}</li>",
    ),
    "names with a colon, two lines each": (
        "<h2>Commentaires</h2>{}",
        "<p><b>{name}</b> :</p><p>{text} {text} {text} {text} {text} {text} {text}</p><p>Zut !</p>",
    ),
    "glued number": (
        "<h2>Commentaires<span>3</span></h2>{}",
        "<div><p>{name}</p><p>il y a {i} ans</p><h3><a href='#c'>Trop tard</a></h3><p>{text}</p></div>",
    ),
    "space for discussion": (
        "<h3>Espace discussion (3)</h3>{}",
        "<div><div>L</div><div>{name}</div><div>il y a {i} ans</div><button>2</button><p>{text}</p></div>",
    ),
    "about this article": (
        "<div>Commentaire de l’article Les hébergeurs de Morvelle auront une heure pour agir</div>{}",
        "<h5>{name} dit :</h5><p>{text}</p><button>Signaler ce commentaire</button>",
    ),
    "a long name and its day in a heading": (
        "<h3>Commentaires</h3>{}",
        "<div><h4>{name} de la rue du Vieux-Port, le lundi {i} mars 2024:</h4><div>{text}</div></div>",
    ),
    "below the headline again": (
        "<div>Commentaires du Les hébergeurs de Morvelle auront une heure pour agir</div>{}",
        "<span>1{i}/03/2024 - {name} dit:</span><div>{text}</div><button>Signaler</button><hr>",
    ),
    "lines that name who says what": (
        "<h2>Commentaires</h2>{}",
        "<b>{name}</b> à dit : {text}<br>",
    ),
    "a table below a notice": (
        (
            "<p>Les commentaires appartiennent à leurs auteurs. Nous ne sommes pas responsables de leur "
            "contenu.</p><table><tr><th>Auteur</th><th>Conversation</th></tr>{}</table>"
        ),
        (
            "<tr><td>{name}</td><td><div><i>Posté le :</i> {i}/3/2024 10:19</div></td></tr>"
            "<tr><td><div>Bavard</div></td><td><div>Trop tard</div><div>{text}</div></td></tr>"
        ),
    ),
    "names in boxes": (
        "<div class='a1'><h3>Commentaires</h3>{}</div>",
        "<div class='a2'><div class='a3'>{name}</div><div class='a4'>{text}</div></div>",
    ),
    "terms": ("<h4>Vos commentaires :</h4><dl>{}</dl>", "<dt>{name}</dt><dd>{text}</dd>"),
    "names in headings": ("<h3>Discussion (3)</h3>{}", "<div><h5>{name}</h5><p>{text}</p></div>"),
    "names below": ("<div><h3>Commentaires</h3>{}</div>", "<div><p>{text}</p><p>{name}</p></div>"),
    "names below, by lines": ("<p><b>3 commentaires</b></p>{}", "<p>{text}<br><i>{name}</i></p>"),
    "buttons with an age": (
        "<div>Réagissez à cet article</div>{}",
        (
            "<div><a href='/u'>{name}</a><div>{text} {text} {text} {text}</div>"
            "<div>J’aime · Répondre · {i} j</div></div>"
        ),
    ),
    "stars": ("<h3>Avis des lecteurs</h3>{}", "<div><i>★★★★☆</i> <b>{name}</b><p>{text}</p></div>"),
    "opinions": (
        "<div><h2>Les avis (3)</h2><p>Restez courtois.</p>{}</div>",
        "<section><i>par {name}</i> <i>le {i}/4/2024</i><p>{text}</p><p><a href='#'>utile</a></p></section>",
    ),
    "names in lines": ("<h3>Vos commentaires</h3>{}", "<p><b>{name}</b> - {text}</p>"),
    "avatars": (
        "<div><div><span>3</span><span>commentaires</span></div>{}</div>",
        "<div><div><div>L</div><div><span>{name}</span><span>{i} j</span></div></div><p>{text}</p></div>",
    ),
    "heading with its button": (
        "<p>Vos réactions (3) <a href='#r'>Réagir</a></p>{}",
        "<div><div>{name} {i} mars 2024 - 21h17</div><p>{text}</p></div>",
    ),
    "a number after whose": (
        "<h3>Avis des lecteurs (3)</h3>{}",
        "<div><p>Par <b>{name}</b>, le 1{i} mars 2024</p><p>{text}</p></div>",
    ),
    "the debate goes on": (
        "<h3>Le débat continue</h3>{}",
        "<div><div>{name}</div><div>1{i}/03/2024</div><p>{text}</p></div>",
    ),
    "about the article": (
        "<h3>3 commentaires sur « Les hébergeurs de Morvelle auront une heure pour agir, ou fermer »</h3>{}",
        "<div><cite>{name}</cite><p>{text}</p></div>",
    ),
    "below a form": (
        "<h3>Réagir à l’article</h3><p>Identifiez-vous pour réagir</p>{}",
        "<div><b>{name}</b><p>{text}</p></div>",
    ),
    "no heading": (
        "{}",
        "<div><b>{name}</b> <i>1{i}/03/2024 à 10:20</i><p>{text}</p><a href='#r'>Répondre</a></div>",
    ),
    "date below the text": (
        "<h3>Donnez votre avis</h3><ul>{}</ul>",
        "<li><b>{name}</b><p>{text}</p><i>1{i} mars 2024 à 10h20</i><a href='#r'>Signaler un abus</a></li>",
    ),
    "date above the name": (
        "<h3>Espace commentaires</h3>{}",
        "<div><time>1{i}/03/2024</time><h5>{name}</h5><p>{text}</p></div>",
    ),
    "date glued to the text": (
        "<h3>Les avis des lecteurs</h3>{}",
        "<div><b>{name}</b> <small>1{i}/03/2024 à 10:20</small><span>{text}</span></div>",
    ),
    "text glued to the date": (
        "<h3>Rejoindre la discussion</h3>{}",
        "<div><b>{name}</b><span>{text}</span><i>2024-03-1{i} 10:20:31</i><a href='#r'>Répondre</a></div>",
    ),
    "day glued to the name": (
        "<h3>Réagir à cet article</h3>{}",
        "<div><time>1{i}-03-2024</time><em>{name}</em><p>{text}</p></div>",
    ),
    "heading that is a button": (
        "<button>Voir les 3 commentaires</button>{}",
        "<div><b>{name}</b> <i>il y a {i} jours</i><p>{text}</p></div>",
    ),
    "buttons alone": (
        "<h3>Qu’en pensez-vous ?</h3>{}",
        "<div><p>{name}</p><div>{text}</div><button>Répondre</button><button>Signaler</button></div>",
    ),
    "this year": (
        "<h3>Commentaires les plus récents</h3>{}",
        "<div><b>{name}</b> - <i>{i} mars, 10:20</i><p>{text}</p></div>",
    ),
    "heading of its own": (
        "<h3>La parole aux lecteurs</h3>{}",
        "<div><b>{name}</b> <i>1{i}/03/2024 à 10:20</i><p>{text}</p></div>",
    ),
}


@pytest.mark.parametrize("inside", [True, False], ids=["inside", "below"])
@pytest.mark.parametrize("markup", THREADS.values(), ids=THREADS)
def test_comments_made_alike_go(
    markup: tuple[str, str], inside: bool, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    around, one = markup
    thread = around.format(
        "".join(one.format(i=i, name=name, text=text) for i, (name, text) in enumerate(SAID, 1))
    )
    end = "</div></article>"
    article = reading(make().replace(end, thread + end) if inside else make(after=thread))
    assert article.body.split("\n\n") == list(prose)
    assert "zut" not in str([article.cuts, article.candidates, article.tags])


@pytest.mark.parametrize(
    "text",
    [
        "<h2>Réactions</h2>{}".format(
            "".join(f"<p><b>Le maire de {town}</b> demande un délai, et un bilan.</p>" for town in "ABC")
        ),
        "<h2>Le débat</h2>{}".format(
            "".join(
                f"<h3>{day} mars 2024</h3><p>Le texte revient devant les élus, qui le votent.</p>"
                for day in (3, 4, 9)
            )
        ),
        (
            "<h2>Discussion</h2><p>Il y a deux ans, la mairie avait promis un bilan que personne n’a vu.</p>"
            "<p>Il y a un an, elle a promis un essai dans deux écoles du port.</p>"
        ),
        "<h2>Réactions</h2>{}".format(
            "".join(
                f"<h3>{day} mars 2024 à 10h30</h3><p>Le texte revient devant les élus, qui le votent.</p>"
                for day in (3, 4, 9)
            )
        ),
        "<h2>Le débat</h2>{}".format(
            "".join(
                f"<p><b>Hier à 1{i}h32</b></p><p>Le maire prend la parole, et la garde longtemps.</p>"
                for i in range(3)
            )
        ),
        "<h2>Discussion</h2>{}".format(
            "".join(
                f"<blockquote>La salle est comble.</blockquote><p>Léa Roux, députée, le {i} mai 2024</p>"
                for i in range(1, 4)
            )
        ),
        "<h2>Commentaires</h2><h3>L’article 2</h3><p>Il suffit.</p><h3>L’article 3</h3><p>Il est flou.</p>",
        (
            "<h2>Commentaires de l’article 16 de la Constitution</h2><h3>Un usage rare</h3><p>Une fois.</p>"
            "<h3>Une procédure lourde</h3><p>Trois avis.</p>"
        ),
        "<p><a href='#c'>3 commentaires</a></p><p>Le soir même, la salle était pleine.</p>",
        "<p>Commenter</p><p>Recommander</p><p>Partager</p><p>Le 3 mai 2024, la salle était comble.</p>",
        f"<p>Vos réactions</p><p>{LONG}</p><p>{LONG}</p><p>{LONG}</p><p>Créé : 12.12.2019, 07h36</p>",
        "<h2>Le débat</h2><p>{0}</p><p>{0}</p><p>{0}</p>{1}".format(
            LONG, "<div><h4>Sur le quai</h4><p>25/10/2022</p><p>La ville y tient une fête.</p></div>" * 2
        ),
        "<h2>Discussion</h2>{}".format(
            "".join(f"<p><b>{day} mars 2024</b></p><p>Le texte passe.</p>" for day in (3, 4, 9))
        ),
        (
            "<button>3 commentaires</button><button>J’aime</button><button>Partager</button>"
            "<p>Le soir même, la salle était pleine.</p><p>On y parlait fort.</p>"
        ),
        *(
            f"<p>{said} le 12 mars 1921{what}</p><p>{LONG}</p><p>{said} le 19 mai 1921{what}</p>"
            for said, what in (
                ("Elle lui a écrit", " : « Le bac passe la nuit. » Il sourit."),
                ("Réponse de la préfecture", " : le bac passera la nuit, quoi qu’il en coûte."),
            )
        ),
        f"<p>Les commentaires sont unanimes : les internautes saluent le passeur.</p><p>{LONG}</p>",
    ],
    ids=[
        "quoted",
        "chronology",
        "sentences",
        "hours",
        "live",
        "signed",
        "subheads",
        "law",
        "counter",
        "bar",
        "late",
        "list",
        "bold",
        "tools",
        "letters",
        "answers",
        "opinion",
    ],
)
def test_what_only_looks_like_a_thread_is_text(text: str, make: Make, reading: Reading) -> None:
    got = reading(make(f"<p>{BEFORE}</p>{text}")).body
    said = (part.split("<")[0].strip() for part in text.replace("</b>", "<b>").split(">"))
    assert all(part in got for part in said if part.endswith("."))


def test_a_button_amid_the_text_opens_no_thread(make: Make, reading: Reading, prose: tuple[str, ...]) -> None:
    around, one = THREADS["no heading"]
    thread = around.format("".join(one.format(i=i, name=n, text=t) for i, (n, t) in enumerate(SAID, 1)))
    page = make("<p><span>Commenter</span></p>").replace("</div></article>", thread + "</div></article>")
    assert reading(page.replace(prose[0], " ".join(prose))).body.split("\n\n")[-1] == prose[-1]


@pytest.mark.parametrize("head", ["1 commentaire", "Commentaires (1)"])
@pytest.mark.parametrize("day", ["", " <i>12 mars 2024</i>"])
def test_a_single_comment_goes_where_the_heading_counts_it(
    head: str, day: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    thread = f"<h3>{head}</h3><div><b>Lulu_07</b>{day}<p>Zut alors, on en parle depuis dix ans.</p></div>"
    end = "</div></article>"
    assert reading(make().replace(end, thread + end)).body.split("\n\n") == list(prose)


def test_a_comment_right_below_links_to_other_texts_counts(make: Make, reading: Reading) -> None:
    links = "<h3>À lire aussi</h3><p><a href='/a'>Trois questions pour comprendre la réforme du port</a></p>"
    entries = "".join(
        f"<p><b>{name}</b> 1{i}/03/2024 à 10:20</p><p>{said}</p>" for i, (name, said) in enumerate(SAID)
    )
    assert reading(make(after=f"{links}<h3>Vos réactions</h3>{entries}")).comment_count == len(SAID)


def test_dates_of_other_texts_count_no_comments(make: Make, reading: Reading) -> None:
    around, one = THREADS["no heading"]
    thread = around.format("".join(one.format(i=i, name=n, text=t) for i, (n, t) in enumerate(SAID, 1)))
    link = "<h4><a href='/{0}'>Le pont du port rouvre ce lundi {0}</a></h4>"
    others = "".join(
        f"<div>{link.format(i)}<i>Il y a {i} jours</i><p>Il était fermé.</p></div>" for i in "234"
    )
    days = "".join(
        f"<ul><li>Le quai</li><li>1{i}/02/2024</li><li>Il rouvre, dit-on.</li></ul>" for i in "234"
    )
    assert reading(make(after=f"<h3>Commentaires</h3>{others}")).comment_count is None
    assert reading(make(after=f"<h3>Commentaires</h3>{thread}{days}")).comment_count == len(SAID)


def test_one_comment_that_only_its_button_tells_goes(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    name, said = SAID[0]
    thread = f"<h3>Votre avis</h3><div><p>{name}</p><p>{said}</p><a href='#r'>Répondre</a></div>"
    assert reading(make(after=thread)).body.split("\n\n") == list(prose)
    end = "</div></article>"
    assert reading(make().replace(end, thread + end)).body.split("\n\n") == list(prose)


def test_a_short_comment_among_others_that_only_buttons_tell_is_counted(make: Make, reading: Reading) -> None:
    entry = "<div><b>{}</b><p>{}</p><button>Répondre</button><button>Signaler</button></div>".format
    thread = "".join(
        map(entry, ("Lulu_07", "Marthe K.", "anonyme"), (SAID[0][1], "Tous pourris.", SAID[1][1]))
    )
    assert reading(make(after=f"<h3>Réactions</h3>{thread}")).comment_count == len(SAID)


def test_one_long_comment_whose_date_has_its_buttons_goes(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    said = f"<p>{SAID[0][1]} {SAID[1][1]}</p>"
    foot = "<div>Lulu_07 le 06/10/2016 à 15h44 - Réagir au message - Signaler - 0 Soutenir +1</div>"
    end = "</div></article>"
    page = make().replace(end, f"<h3>Tous les commentaires</h3>{said}{foot}{end}")
    assert reading(page).body.split("\n\n") == list(prose)


def test_a_comment_above_a_form_is_counted(make: Make, reading: Reading) -> None:
    entry = f"<div><b>Lulu_07</b><p>{SAID[0][1]}</p><a href='#r'>Répondre</a></div>"
    form = "<p>Votre adresse e-mail ne sera pas publiée.</p><form><textarea></textarea></form>"
    assert reading(make(after=f"<div><h2>Commentaires</h2>{entry}{form}</div>")).comment_count == 1


@pytest.mark.parametrize("heading", ["Vos réactions", "Vos réactions (2)"])
def test_a_comment_with_its_name_and_date_on_two_lines_is_counted_once(
    make: Make, reading: Reading, heading: str
) -> None:
    entry = "<div><p>{0} a écrit :</p><p>4 mai 2024 à 9h10</p><p>{1}</p></div>"
    thread = "".join(entry.format(*said) for said in SAID[:2])
    assert reading(make(after=f"<div><h2>{heading}</h2>{thread}</div>")).comment_count == 2


@pytest.mark.parametrize(
    "entry",
    [
        "<li><img src='a'><span>{name}</span><time>{when}</time><blockquote>{text}</blockquote></li>",
        "<li><small>{when}</small><b>{name} :</b><p>{text}</p></li>",
        "<li><b>{name}</b><small>{when}</small><span>{text}</span></li>",
    ],
)
@pytest.mark.parametrize("when", ["3 mai 2026", "il y a 2h", "4 j"])
@pytest.mark.parametrize("heading", ["<h2>Les réactions des lecteurs</h2>", "<span>Réactions</span>"])
def test_a_style_sheet_may_part_name_date_and_words(
    make: Make, reading: Reading, entry: str, when: str, heading: str
) -> None:
    thread = "".join(entry.format(name=name, when=when, text=text) for name, text in SAID)
    found = reading(make(after=f"<div>{heading}<ul>{thread}</ul></div>"))
    assert found.comment_count == len(SAID)


@pytest.mark.parametrize("heading", ["", "<h2>Discussion</h2>"])
def test_names_below_a_form_to_write_in_are_readers_under_a_brief_too(heading: str) -> None:
    entry = "<div><img src='a'><div><div>{}</div>{}{}</div></div>"
    thread = entry.format("Lulu_07", LONG, entry.format(*SAID[1], ""))
    form = "<form><textarea placeholder='Prenez part à la discussion'></textarea><b>Publier</b></form>"
    page = "<body><h1>Le bac de la rive droite repart lundi</h1>{}<section><div>{}</div></section></body>"
    brief = f"<article><p>{BEFORE}</p></article>"
    article = read(
        page.format(brief, heading + form + thread).encode(), "https://lefleuve.example/vie/le-bac"
    )
    assert article.body == BEFORE.strip()
    own = f"<p>Sainte-Orne</p><p>{BEFORE}</p>"
    article = read(page.format("", form + own).encode(), "https://lefleuve.example/vie/le-bac")
    assert BEFORE.strip() in article.body


def test_buttons_glued_to_each_other_tell_a_thread(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    buttons = "<div><a>Aimer (3)</a><a>Répondre</a><a>Partager</a></div>"
    entry = "<div><b>{}</b><i>20 sept. 2024</i></div><p>{}</p>"
    thread = "".join(entry.format(*said) + buttons for said in SAID)
    article = reading(make(after=f"<div><h4>Le billet</h4><button>Commentaires</button>{thread}</div>"))
    assert (article.body.split("\n\n"), article.comment_count) == (list(prose), len(SAID))
