"""Every kind of text that a French newspaper prints, and the lead apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.errors import SourceError
from crawler.extract import read
from crawler.sources.declaration import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

    Make = Callable[..., str]
    Reading = Callable[[str], Article]

LEAD = "Le conseil des hébergeurs a présenté mardi une charte que les associations jugent trop vague."
CHARTER = "Selon la charte, rien ne change."
URL = "https://phare.example/a"


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<h2>Douze pages</h2>", ["Douze pages"]),
        ("<h2>Douze pages <a class='ancre' href='#douze'>#</a></h2>", ["Douze pages"]),
        ("<h2>Douze pages<a href='#douze'>¶</a></h2>", ["Douze pages"]),
        ("<h2>Douze pages<a href='#douze' hidden>#</a></h2>", ["Douze pages"]),
        ("<ul><li>un numéro unique</li><li>une astreinte</li></ul>", ["un numéro unique", "une astreinte"]),
        ("<ol><li><p>un numéro</p></li></ol>", ["un numéro"]),
        ("<blockquote><p>« Une heure, c’est court. »</p></blockquote>", ["« Une heure, c’est court. »"]),
        (
            "<blockquote><p>Une heure, c’est peu.</p><footer>Selon Lise Aubin, juriste</footer></blockquote>",
            ["Une heure, c’est peu.", "Selon Lise Aubin, juriste"],
        ),
        ("<div><b>Vidéos : en ce moment à Morvelle</b></div><h3>Douze pages</h3>", ["Douze pages"]),
        (
            "<p><b>Qui paiera ?</b></p><p>Les hébergeurs, bien sûr.</p>",
            ["Qui paiera ?", "Les hébergeurs, bien sûr."],
        ),
        (
            "<p>Une première phrase.<br><br>Une seconde phrase.</p>",
            ["Une première phrase.", "Une seconde phrase."],
        ),
        ("<p>Une première phrase.<br>Une seconde.</p>", ["Une première phrase.", "Une seconde."]),
        (
            "<p>Une phrase que coupe<br>un retour à la ligne.</p>",
            ["Une phrase que coupe un retour à la ligne."],
        ),
        (
            "<div>Un bloc collé.<div>Un autre bloc.</div>Une fin.</div>",
            ["Un bloc collé.", "Un autre bloc.", "Une fin."],
        ),
        ("<p><span class='dropcap'>L</span>a charte plaît.</p>", ["La charte plaît."]),
        ("<p><b class='dropcap'>L </b>a charte plaît.</p>", ["La charte plaît."]),
        (
            "<pre>La charte\nne dit rien.\n \n<b>Douze pages</b>\n\nAinsi, on attend.\n</pre>",
            ["La charte ne dit rien.", "Douze pages", "Ainsi, on attend."],
        ),
        (
            "<div class='whitespace-pre-line'>La charte n’a rien.\nAinsi, on attend.\n\nEncore ?</div>",
            ["La charte n’a rien.", "Ainsi, on attend.", "Encore ?"],
        ),
        (
            '<p style="white-space: pre-wrap">La <i>charte</i> n’a rien.\nAinsi, on attend.</p>',
            ["La charte n’a rien.", "Ainsi, on attend."],
        ),
        ("<p>La charte<sup><a href='#n1'>1</a></sup>, donc.</p>", ["La charte[1], donc."]),
        ("<p>La charte<a class='footnotecall' href='#ftn12'>12</a>.</p>", ["La charte[12]."]),
        ("<p>La charte<a><sup>3</sup></a> plaît.</p>", ["La charte[3] plaît."]),
        ("<p>La charte <span>[<a href='#nb1'>1</a>]</span> plaît.</p>", ["La charte [1] plaît."]),
        ("<p>Douze m<sup>2</sup>, à la page <a href='/p/2'>2</a>.</p>", ["Douze m2, à la page 2."]),
        (
            "<blockquote>« Une heure, c’est peu. »<cite>Lise Aubin, juriste</cite></blockquote>",
            ["« Une heure, c’est peu. » Lise Aubin, juriste"],
        ),
        ("<p>La cha<b>rt</b>e, <i>elle</i>, plaît<sup>1</sup>.</p>", ["La charte, elle, plaît1."]),
        (
            "<p>Un\u00a0espace  insé\u00adcable\u202f: «\u00a0oui\u00a0»\u200b.</p>",
            ["Un espace insécable : « oui »."],
        ),
        ("<p>Une fin d\u2019après\u0085</p>", ["Une fin d’après…"]),
        ("<p><span class='paranumber'>12</span>La charte plaît.</p>", ["La charte plaît."]),
        ("<p>Ecrire à <a href='mailto:a@b.fr'>a@b.fr</a></p>", ["Ecrire à a@b.fr"]),
        ("<p>Selon <a class='popup' href='/c'>la charte</a>, rien ne change.</p>", [CHARTER]),
        ("<p>Selon la <em class='tags'>charte</em>, rien ne change.</p>", [CHARTER]),
        ("<p>Selon la <st1:Word w:st='on'>charte</st1:Word>, rien<o:p></o:p> ne change.</p>", [CHARTER]),
        ("<p>Selon <a href='/c'>la charte<i class='sr-only'> (PDF)</i></a>, rien ne change.</p>", [CHARTER]),
        ("<p>Selon la charte, rien ne change. <i class='material-icons'>share</i></p>", [CHARTER]),
        (
            "<p>Selon la <b>charte</b> <a class='related' href='/c'>de mars</a>, rien.</p>",
            ["Selon la charte de mars, rien."],
        ),
        ("<p>Selon la <button class='mot'>charte</button>, rien ne change.</p>", [CHARTER]),
        ("<p>Selon la charte<span class='tooltip-text'>Un texte.</span>, rien ne change.</p>", [CHARTER]),
        (
            "<p>Rien ne change, selon la <a class='popup' href='/c'>charte</a>.</p>",
            ["Rien ne change, selon la charte."],
        ),
        (
            "<p>Rien ne change. <a class='related' href='/c'>Le quai fermera</a> Ni demain.</p>",
            ["Rien ne change. Ni demain."],
        ),
        (
            "<p><a class='popup' href='/c'>La charte</a> ne dit rien des recours, ni du calendrier.</p>",
            ["La charte ne dit rien des recours, ni du calendrier."],
        ),
        (
            "<p>Depuis le <span class='date'>3 mars 2021</span>, la charte ne dit rien des recours.</p>",
            ["Depuis le 3 mars 2021, la charte ne dit rien des recours."],
        ),
        (
            "<table><tr><th>Année</th><th>Cas</th></tr><tr><td>2023</td><td>12</td></tr></table>",
            ["Année Cas", "2023 12"],
        ),
        (
            "<table><tr><td>Un cadre.<br>Une ligne.<br>Une autre.</td><td>À côté.</td></tr></table>",
            ["Un cadre.", "Une ligne.", "Une autre.", "À côté."],
        ),
        (
            "<p>Une phrase que <button>Fermer <b>la boîte</b> d’un clic</button>rien ne coupe.</p>",
            ["Une phrase que rien ne coupe."],
        ),
        (
            "<p>Voir <a href='/loi'>la loi</a> de 2021, qui fixe la règle.</p>",
            ["Voir la loi de 2021, qui fixe la règle."],
        ),
        (
            "<h3><button>Qui signe ?</button></h3><div><p>Les hébergeurs, tous.</p></div>",
            ["Qui signe ?", "Les hébergeurs, tous."],
        ),
        (
            "<p>Le bac relie<br></p><div>deux rives, et rien de plus.</div>",
            ["Le bac relie", "deux rives, et rien de plus."],
        ),
        (
            "<dl><dt>Charte</dt><dd>Un texte sans force de loi.</dd></dl>",
            ["Charte", "Un texte sans force de loi."],
        ),
    ],
)
def test_a_block_becomes_its_paragraphs(
    body: str, paragraphs: list[str], make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    assert reading(make(body)).body.split("\n\n") == [prose[0], *paragraphs, *prose[1:]]


def test_a_text_may_end_in_no_element_of_its_own(reading: Reading, prose: tuple[str, ...]) -> None:
    first, *others = prose
    page = f"<html><body><h1>Une charte pour les hébergeurs</h1>{'<br><br>'.join(prose)}</body></html>"
    assert reading(page).body.split("\n\n") == [first, *others]


def test_a_long_paragraph_is_not_all_the_text(reading: Reading, prose: tuple[str, ...]) -> None:
    first, *others = prose
    inner = "".join(f"<div>{text}</div>" for text in (f"{first} {prose[1]} {prose[2]} {prose[3]}", others[0]))
    page = f"<html><body><h1>Une charte pour les hébergeurs</h1><section>{inner}</section></body></html>"
    assert reading(page).body.split("\n\n") == [" ".join(prose), others[0]]


def test_a_pull_quote_is_read_once(make: Make, reading: Reading) -> None:
    quote = "<p>Les associations redoutent des retraits trop larges, et le disent.</p>"
    text = reading(make(quote + f"<aside class='exergue'>{quote}</aside>" + quote)).body
    assert text.split("\n\n").count("Les associations redoutent des retraits trop larges, et le disent.") == 1


@pytest.mark.parametrize(
    ("box", "again"),
    [
        ("<figure><blockquote><p>{}</p><cite>Oriane Vastel, présidente</cite></blockquote></figure>", True),
        ("<blockquote><span>“</span>{}<span>”</span></blockquote>", True),
        ("<div><div><p>« {}. »</p></div></div>", True),
        ("<div><p>{}.</p></div>", True),
        ("<p>{}.</p>", False),
        ("<p><b>« {}. »</b></p>", False),
        ("<h3>« {} »</h3>", False),
    ],
    ids=[
        "frame",
        "marks in a frame",
        "marks alone",
        "a box",
        "as a paragraph",
        "bold, as subheads",
        "subhead",
    ],
)
def test_what_is_set_apart_and_stands_in_the_text_is_read_there(
    box: str, again: bool, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    quoted = box.format(
        "un texte aussi court ne dit rien des recours de ceux dont les messages disparaissent"
    )
    assert (reading(make(quoted)).body.split("\n\n") == list(prose)) is again
    said = box.format("Personne ne lira cette charte, et personne ne saura donc ce qu’elle promet")
    assert "Personne ne lira cette charte" in reading(make(said)).body


def test_a_quotation_may_be_set_with_other_apostrophes_than_in_the_text(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    frame = "<blockquote>«dans l'heure aux signalements des enquêteurs»</blockquote>"
    assert reading(make(frame)).body.split("\n\n") == list(prose)


def test_a_few_words_in_a_frame_are_read_in_the_text(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    frame = "<figure><p>« Nous ne sommes {} »</p></figure>"
    assert reading(make(frame.format("pas des juges"))).body.split("\n\n") == list(prose)
    assert "pas des préfets" in reading(make(frame.format("pas des préfets"))).body


def test_the_title_is_not_repeated_in_the_body(make: Make, reading: Reading, prose: tuple[str, ...]) -> None:
    article = reading(make("<h2>Les hébergeurs de Morvelle auront une heure pour agir</h2>"))
    assert article.body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    "lead",
    [
        f"<p class='chapo'>{LEAD}</p>",
        f"<p>Politiste</p><p class='chapo'>{LEAD}</p>",
        f"<p>À propos de : Ada Roux, <i>Le Bac</i></p><div class='chapo'>{LEAD}</div>",
        f"<div class='article__intro'><p>{LEAD}</p></div>",
        f"<h2>{LEAD}</h2>",
        f"<p><strong>{LEAD}</strong></p>",
        f"<div><strong><p>{LEAD}</p></strong></div>",
        f"<section class='chapo'><h2>{LEAD}</h2></section>",
        f"<div class='texteIntro'><p>{LEAD}</p></div>",
        f"<div class='bloc-intro'><p>{LEAD}</p></div>",
    ],
)
def test_the_lead_is_read_apart_and_once(
    lead: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    article = reading(
        make(lead=None).replace("<div class='article-body'>", f"{lead}<div class='article-body'>")
    )
    assert (article.lead, article.body.split("\n\n")) == (LEAD, list(prose))


def test_a_lead_may_begin_as_a_link_to_another_text_does(make: Make, reading: Reading) -> None:
    said = "À lire la charte que le conseil a présentée mardi, on comprend que les juges ont hésité."
    assert reading(make(lead=said)).lead == said


def test_a_lead_in_bold_stands_under_what_is_to_be_known(make: Make, reading: Reading) -> None:
    page = make(lead=None)
    points = "<ul><li>Un retrait dans l’heure, quelle que soit la taille du site</li></ul>"
    top = "<div class='article-body'>"
    assert reading(page.replace(top, f"{top}{points}<p><b>{LEAD}</b></p>")).lead == LEAD


def test_who_and_when_is_no_lead_however_long(make: Make, reading: Reading) -> None:
    line = f"Posté par Oriane le 12 février 2024 à 09:14. Relu par {'Benoît, ' * 20}et Lise. Licence libre."
    assert reading(make(lead=None).replace("</h1>", f"</h1><p>{line}</p>")).lead == ""


@pytest.mark.parametrize(
    "box",
    [
        "<div class='author-card'><p class='description'>Oriane Vastel suit le port depuis 2012.</p></div>",
        "<h3>Les hébergeurs de Morvelle auront une heure pour agir, promet leur conseil</h3>",
        "<div>Par Oriane Vastel, sociologue, directrice de recherche à Morvelle.</div><i>6/4/2012</i>",
    ],
)
def test_what_tells_of_the_author_or_says_the_title_again_is_no_lead(
    box: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    title = "Les hébergeurs de Morvelle auront une heure pour agir, promet leur conseil"
    page = make(lead="", title=title, head="<meta name='author' content='Oriane Vastel'>")
    article = reading(page.replace("<div class='article-body'>", f"{box}<div class='article-body'>"))
    assert (article.lead, article.body.split("\n\n")) == ("", list(prose))


def test_what_describes_the_author_stands_above_a_lead(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    box = (
        "<div class='descriptif_auteur'><p>Docteur de l'université de Morvelle, chercheur au port.</p></div>"
    )
    above = f"{box}<div class='chapo'><p>{LEAD}</p></div>"
    article = reading(
        make(lead=None).replace("<div class='article-body'>", f"{above}<div class='article-body'>")
    )
    assert (article.lead, article.body.split("\n\n")) == (LEAD, list(prose))


def test_a_first_paragraph_is_no_lead_for_being_the_description(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    article = reading(make(lead=None, head=f"<meta name='description' content='{prose[0][:150]}'>"))
    assert (article.lead, article.body.split("\n\n")) == ("", list(prose))


def test_a_paragraph_apart_that_is_the_description_is_the_lead(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    page = make(lead=None, head=f"<meta name='description' content='{LEAD}'>")
    article = reading(page.replace("<div class='article-body'>", f"<p>{LEAD}</p><div class='article-body'>"))
    assert (article.lead, article.body.split("\n\n")) == (LEAD, list(prose))


def test_a_lead_that_the_body_repeats_is_read_once(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    assert reading(make(f"<p>{LEAD}</p>")).body.split("\n\n") == list(prose)


def test_rules_that_agree_with_the_page_are_used(make: Make, prose: tuple[str, ...]) -> None:
    rules = Rules(body="//div[@class = 'article-body']/p", lead="//p[@class = 'chapo']")
    article = read(make().encode(), URL, rules=rules)
    assert (article.signals["body"], article.signals["lead"], article.lead) == ("rules", "rules", LEAD)
    assert article.body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    "body", ["//div[@id = 'texte']", "//div[@class = 'article-body']/p[1]", "//footer", "//body"]
)
def test_rules_that_disagree_with_the_page_are_flagged(body: str, make: Make, prose: tuple[str, ...]) -> None:
    article = read(make(after="<p>Zut.</p>" * 200).encode(), URL, rules=Rules(body=body))
    assert "rules-body" in article.flags
    assert article.body.split("\n\n") == list(prose)


def test_a_rule_that_is_no_expression_is_named(make: Make) -> None:
    with pytest.raises(SourceError, match="//p\\[1"):
        read(make().encode(), URL, rules=Rules(body="//p[1"))


def test_the_rest_of_a_text_that_a_paragraph_folds_is_read(prose: tuple[str, ...]) -> None:
    rest = " ".join(prose[1:]) * 2
    page = f"<h1>La charte</h1><div>{prose[0]} <span class='d-none'>{rest}</span></div>".encode()
    assert rest in read(page, URL).body


@pytest.mark.parametrize(
    "listed",
    [
        "<ul><li>Ada Roux, juriste</li><li>Lou Vial, éditrice</li><li>Jo Marc, notaire</li></ul>",
        "<p><b>Signataires</b><br>Ada Roux, juriste<br>Lou Vial, éditrice<br>Jo Marc, notaire</p>",
        "<table><tr><td>Roux 6-1</td></tr><tr><td>Vial 5-7</td></tr><tr><td>Marc 0-6</td></tr></table>",
    ],
)
def test_a_text_may_end_in_a_list_of_short_lines(
    listed: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    body = reading(make().replace("</div></article>", f"{listed}</div></article>")).body
    assert body.split("\n\n")[-1].split()[0] in {"Jo", "Marc"}
    tools = "<ul><li>Corriger</li><li>Archiver</li><li>Réagir</li></ul>"
    assert reading(make().replace("</article>", f"{tools}</article>")).body.endswith(prose[-1])
    signed = "<p>Ada Roux<br>Le Phare<br>Morvelle</p>"
    assert reading(make().replace("</div></article>", f"{signed}</div></article>")).body.endswith(prose[-1])
