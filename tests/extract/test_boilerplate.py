"""What surrounds an article leaves it; what only looks so stays."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from crawler.extract import boilerplate, comments, read
from crawler.extract.markup import SAID, says, survey
from crawler.extract.shape import shape_of
from crawler.extract.tree import parse
from crawler.extract.vocabulary import ASIDE_TOKENS, ASIDE_WORDS, SAYS_TOKEN, Says
from crawler.items import Page
from crawler.sources.declaration import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

    Make = Callable[..., str]
    Reading = Callable[[str], Article]

LINK = "<a href='/2024/04/autre.html'>Zut, le port de Morvelle cherche un pilote</a>"


@pytest.mark.parametrize(
    "box",
    [
        f"<p><strong>&gt;&gt; LIRE AUSSI : {LINK}</strong></p>",
        f"<p>À lire aussi {LINK}</p>",
        f"<div class='lire-aussi'><h4>À lire aussi</h4><ul><li>{LINK}</li><li>{LINK}</li></ul></div>",
        f"<h3>Sur le même sujet</h3><ul><li>{LINK}</li><li>{LINK}</li></ul>",
        f"<p>Lire : {LINK}</p>",
        f"<p>{LINK}</p>",
        "<amp-ad><p>Zut, une publicité de plus, qui est une phrase entière.</p></amp-ad>",
        "<amp-embed>Zut, les contenus de nos partenaires.</amp-embed>",
        (
            "<div class='nl-insert'><h5>Zut chaque matin dans votre boîte mail</h5><p>Recevez chaque jour "
            "l’essentiel de "
            "l’actualité, zut.</p><form><input type='email'><button>Je m’inscris</button></form></div>"
        ),
        "<p>Suivez Zut sur Google Actualités</p>",
        "<div><span>Ne manquez rien de l’actualité zut</span><a href='/l'>S’inscrire aux lettres</a></div>",
        "<div class='advertising dfp'><span>Publicité zut</span></div>",
        "<div class='kg-card kg-signup-card'><h3>Zut, chaque jeudi</h3><p>Recevez nos enquêtes.</p></div>",
        "<p>La suite après cette publicité</p>",
        f"<div class='ob-section ob-section-link'>{LINK}<p>Zut, le pilote part et nul ne le dit.</p></div>",
        "<dl><dt>Fichiers :</dt><dd><a href='/zut.pdf'>zut.pdf</a></dd></dl>",
        "<ul class='share-bar'><li>Partager zut sur LinkedIn</li><li>Copier le lien</li></ul>",
        "<figure><img src='a.jpg' alt='zut'><figcaption>Zut, le port. (Crédits : DR)</figcaption></figure>",
        "<p>Le port de Morvelle, zut, au petit matin. Photo : Lise Vernon / DR</p>",
        "<p><em>Photo de couverture : zut, le port de Morvelle rouvert aux voiliers le 4 juin 2018.</em></p>",
        "<p><span>Source de la photo principale : </span>LISE ZUT/EPA</p>",
        (
            "<blockquote class='twitter-tweet'><p>Zut, cette charte !</p>— Oriane (@oriane) 3 mars "
            "2024</blockquote>"
        ),
        "<blockquote><p>Zut, cette charte !</p><p>Zut.</p>— Oriane Vial (@oriane) May 3, 2024</blockquote>",
        "<div class='paywall'><p>Cet article est réservé aux abonnés, zut.</p></div>",
        "<p>Vous voulez tout savoir, zut ? Abonnez-vous dès maintenant à notre newsletter du soir !</p>",
        f"<p>[ {LINK} ]</p>",
        "<p>Voyez le reportage de Lise Zut dans la vidéo.</p>",
        "<p><b>VIDÉO - Zut, la préfecture renforce son dispositif</b></p>",
        f"<p>Rappel des faits, rien de plus : {LINK}</p>",
        "<p>🔴 Direct. <a href='/2024/04/zut.html'>Zut, le port de Morvelle</a></p>",
        "<div><p>Êtes-vous inquiet, zut ?</p><p>Oui 62 %</p><p>Non 38 %</p></div>",
        "<p>Zut, cette page vous a-t-elle été utile ?</p><p>Oui</p><p>Non</p>",
        "<p>Vous constatez une coquille ? Dites-le nous, zut.</p>",
        "<p>Contenu de notre partenaire zut</p>",
        "<p>Google Actualités : cliquez sur l’étoile, zut</p>",
        "<p>Vous avez déjà un compte ? Entrez, zut.</p>",
        "<p>En renseignant votre adresse, zut, vous acceptez nos offres.</p>",
        "<p>Si vous appréciez ce travail, zut, pensez à nous soutenir.</p>",
        "<p>Cet article vous est offert, zut.</p>",
        "<div><p>Zut, une enquête chaque dimanche</p><a href='/nl'>Inscription gratuite</a></div>",
        f"<p>Retrouvez ici {LINK}</p>",
        "<p><b>Zut, ce média vit grâce à ses lecteurs.</b> <a href='/don'>Je soutiens</a></p>",
        "<div><p>Zut, le journal livré dès 9,90 € par mois</p><a href='/abo'>Découvrir l’offre</a></div>",
        "<div><h5>La lettre zut</h5><p>Le meilleur du port.</p><a href='/nl'>Je m’inscris</a></div>",
        "<div><p>Zut, chaque matin, le port</p><form><input type='email'><button>OK</button></form></div>",
        "<div><p>À propos de l’auteur</p><p>Oriane Zut, reporter, a écrit deux livres sur le port.</p></div>",
        "<div><h4>Au sujet de l'auteur</h4><p>Oriane Zut - Reporter. Elle suit le port.</p></div>",
        "<div><h4>Contact</h4><p>Zut, 12, place du Marché, 71000 Morvelle - 03 00 00 00 00</p></div>",
        "<div><span>Lire aussi</span><a href='/2024/04/port.html'>Zut : le pilote</a></div>",
        "<p>Suivez toute l’actualité zut de vos villes en vous inscrivant.</p>",
        "<p>Cet article vous a plu, zut ? Dites-le à vos amis.</p>",
        (
            "<p>Zut, une partie des dépêches est publiée ici en résumé. Contactez-nous s’il vous plaît pour "
            "vous abonner.</p>"
        ),
        (
            "<div><p>Agir</p><h3>Demandez le retrait de la loi zut</h3><p>Déjà 84 000 signatures</p>"
            "<a href='/p'>Je signe</a></div>"
        ),
        "<aside><h4>Zut en chiffres</h4><p>Douze hébergeurs, zut, et trois cents agents.</p></aside>",
        "<div class='video-js vjs-7'><p class='vjs-control-text'>Zut, this is a modal window.</p></div>",
        "<span class='mejs-offscreen'>Lecteur audio zut</span><div class='mejs-time'>00:00</div>",
        "<div id='onesignal-slidedown-dialog'>Nous aimerions vous avertir, zut.<button>Non</button></div>",
        "<div class='skiptranslate goog-te-gadget'>Fourni par <a href='/t'>Zut Traduction</a></div>",
    ],
)
def test_what_stands_between_two_paragraphs_leaves(
    box: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    assert reading(make(box)).body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    "after",
    [
        (
            f"<section><h3>Ces articles devraient vous intéresser</h3><div>{LINK}<p>Zut, le pilote manque "
            f"depuis mars...</p>"
            f"</div><div>{LINK}<p>Zut, un autre chapeau d’un autre article, qui est une phrase "
            f"entière.</p></div></section>"
        ),
        (
            "<section><h2>Contacter la mairie de Zut</h2><h3>Numéros d’urgence</h3><ul><li>Police zut : "
            "17</li></ul></section>"
        ),
        (
            "<div id='cookie' role='dialog'><p>Zut utilise des cookies pour améliorer votre expérience, et "
            "il vous le dit "
            "en une phrase très longue qui pourrait passer pour un paragraphe.</p></div>"
        ),
    ],
)
def test_what_follows_the_article_leaves(
    after: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    assert reading(make(after=after)).body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    "end",
    [
        "<p>Cette entrée a été publiée le 9 mars 2015 à 7:34 et est classée dans Zut. Suivez le flux.</p>",
        "<p>Vous avez des informations à nous communiquer à propos de cette histoire, zut ?</p>",
        "<p><b>Et vous ?</b></p><p>Que pensez-vous de cette charte, zut ?</p>",
    ],
)
def test_what_the_page_says_under_its_text_leaves(
    end: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    page = make().replace("</div></article>", f"{end}</div></article>")
    assert reading(page).body.split("\n\n") == list(prose)


@pytest.mark.parametrize("label", ["{}/4", "Partager cet article"])
def test_parts_of_an_article_that_begin_with_a_label_stay(
    label: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    slides = "".join(
        f"<div><p>{label.format(rank)}</p><p>{text}</p></div>" for rank, text in enumerate(prose, 1)
    )
    page = make().replace("<p>" + "</p><p>".join(prose) + "</p>", slides)
    assert reading(page).body.split("\n\n") == list(prose)


@pytest.mark.parametrize("name", ["read-more-content", "readmore", "show-more-content", "lire-la-suite"])
def test_what_a_button_unfolds_is_text(
    name: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    rest = f"<p>{prose[2]}</p><p>{prose[3]}</p>"
    page = make().replace(rest, f"<div class='{name}'>{rest}</div>")
    assert reading(page).body.split("\n\n") == list(prose)
    card = f"<div class='{name}'><a href='/a'>Une heure pour agir, et après</a><p>{prose[0]} Zut.</p></div>"
    assert reading(make(card)).body.split("\n\n") == list(prose)


def test_a_box_of_prose_may_be_headed_as_links_are(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    said = "La charte sera relue tous les deux ans par un comité de douze membres, tirés au sort en public."
    page = make().replace(
        "</div></article>", f"<div><h3>En savoir plus</h3><p>{said}</p></div></div></article>"
    )
    assert reading(page).body.split("\n\n") == [*prose, "En savoir plus", said]


@pytest.mark.parametrize(
    "text",
    [
        (
            "« Lire aussi les auteurs que l’on n’aime pas », voilà le conseil que la libraire donne à ses "
            "visiteurs."
        ),
        (
            "Partager sans lire, voilà ce que font huit internautes sur dix, selon l’étude que publie "
            "l’université."
        ),
        (
            "Abonnez-vous, disait l’affiche du recruteur, et les lycéens ont appris à ne plus la croire "
            "depuis ce matin-là, "
            "explique leur professeure, qui a tiré de cette affiche une leçon d’une heure, puis un débat que "
            "les élèves ont "
            "filmé eux-mêmes avec leurs téléphones et montré aux parents réunis dans le préau."
        ),
        "Soutenez-vous la charte que les hébergeurs ont signée ?",
        "Fermer les forums ne sert à rien, selon vous ?",
        (
            "Publicité et propagande emploient les mêmes ressorts, rappelle le chercheur aux élèves de la "
            "classe de seconde."
        ),
    ],
)
def test_an_article_keeps_the_words_of_boilerplate(text: str, make: Make, reading: Reading) -> None:
    assert text in reading(make(f"<p>{text}</p>")).body


@pytest.mark.parametrize(
    "name", ["article has-sidebar", "page share", "newsletter", "paywall", "footer", "d-none"]
)
@pytest.mark.parametrize("tag", ["div", "section", "aside", "nav"])
def test_nothing_that_holds_the_article_is_cut(
    name: str, tag: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    page = make().replace("<main>", f"<{tag} class='{name}'>").replace("</main>", f"</{tag}>")
    assert reading(page).body.split("\n\n") == list(prose)


def test_a_bar_beside_an_article_may_be_longer_than_it(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    told = "".join(
        f"<h4>Zut {n}</h4><p>Le port numéro {n} rouvre lundi matin, assure la mairie, après trois semaines "
        f"de travaux que personne n’avait prévus et que {n} maraîchers attendaient.</p>"
        for n in range(30)
    )
    page = make().replace("</article>", f"<aside>{told}</aside></article>")
    assert reading(page).body.split("\n\n") == list(prose)


def test_the_article_goes_on_after_a_box_of_links(
    make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    box = f"<div><p>À lire aussi</p><p>{LINK}</p></div><h2>Un calendrier serré</h2>"
    wrapped = (
        make(box)
        .replace("<p>Les associations", "<div><p>Les associations")
        .replace("ouverts.</p>", "ouverts.</p></div>")
    )
    assert reading(wrapped).body.split("\n\n") == [prose[0], "Un calendrier serré", *prose[1:]]


def test_paragraphs_in_numbered_boxes_go_on_after_a_box_of_links(
    prose: tuple[str, ...], reading: Reading
) -> None:
    texts = ["Le comité rendra ses conclusions sur les retraits avant la fin de l’année.", *prose[:2]]
    parts = [f"<div class='css-p{number}'><p>{text}</p></div>" for number, text in enumerate(texts)]
    parts.insert(2, f"<div class='css-rel'><span>À lire également</span><ul><li>{LINK}</li></ul></div>")
    head = "<meta property='og:site_name' content='Le Relais du Phare'>"
    top = "<h1>Les hébergeurs de Morvelle répondent</h1><p>Par Ada Roux</p><p>Le Relais du Phare</p>"
    page = f"<html><head>{head}</head><body><div>{top}{''.join(parts)}</div></body></html>"
    assert reading(page).body.split("\n\n") == texts


def test_what_was_cut_can_still_be_looked_into(make: Make) -> None:
    script = '<script type=\'application/ld+json\'>{"@type": "NewsArticle"}</script>'
    tree, _ = parse(make(after=f"<aside class='tags'><a href='/t'>Hébergeurs</a>{script}</aside>").encode())
    page = Page(url="https://phare.example/a", fetched_at=None, tree=tree)  # type: ignore[arg-type]
    comments.cut(page)
    assert boilerplate.cut(page) == len(page.aside) == 3
    assert "Hébergeurs" in [text for one in page.aside for text in one.itertext()]
    assert len(page.tree.xpath("//script")) == 1


def test_declared_blocks_go(make: Make, prose: tuple[str, ...]) -> None:
    box = "<p class='zq'>Zut, une phrase que seule la déclaration permet de reconnaître comme étrangère.</p>"
    article = read(make(box).encode(), "https://phare.example/a", rules=Rules(drop=("//p[@class = 'zq']",)))
    assert article.body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("fig-comments__list", Says.COMMENTS),
        ("comment-42", Says.COMMENTS),
        ("comment-41005175", Says.COMMENTS),
        ("comment-warning-box", Says.COMMENTS),
        ("promo-41005175 fig-comments", Says.ASIDE | Says.COMMENTS),
        ("comment-signaler-un-contenu", Says.NOTHING),
        ("commentator", Says.NOTHING),
        ("post-comments-link", Says.NOTHING),
        ("shareBar", Says.ASIDE),
        ("has-sidebar", Says.NOTHING),
        ("td_block latestNews__list", Says.ASIDE),
        ("c-same-subject", Says.ASIDE),
        ("rubriques_liees", Says.ASIDE),
        ("reseaux-sociaux", Says.ASIDE),
        ("mots_cles", Says.TAGS),
        ("amorce", Says.LEAD),
        ("StoryInterstitialLink", Says.ASIDE),
        ("article-aside rightCol", Says.ASIDE),
        ("with-aside", Says.NOTHING),
        ("d-print-none", Says.ASIDE),
        ("comment-widget", Says.COMMENTS),
        ("widget_recent_entries", Says.ASIDE),
        ("article-actions", Says.ASIDE),
        ("row row-offcanvas-left", Says.NOTHING),
        ("post-author-bio", Says.ASIDE | Says.BYLINE | Says.AUTHOR),
        ("article__chapo", Says.LEAD),
        ("entry-content", Says.BODY),
        ("published", Says.BYLINE),
        ("a" * 200, Says.NOTHING),
    ],
)
def test_names_are_read_by_whole_words(names: str, says: int) -> None:
    assert SAID[names] == says


@pytest.mark.parametrize(
    "subhead",
    [
        "<h2 id='cookies'>Les cookies</h2>",
        "<h2 id='h-voter-la-recherche-les-medias'>Voter la « recherche », les médias</h2>",
        "<h3><span id='la-publicite-leducation-2'></span>La publicité, l’éducation</h3>",
        "<h3><span id='commentaires'>Les commentaires haineux</span></h3>",
        "<section id='recherche-et-partage'><h2>Recherche et partage</h2>{}</section>",
    ],
)
def test_an_id_made_of_the_words_of_a_subhead_says_nothing(
    subhead: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    said = "Trois hébergeurs essaieront la recherche sur des cas fictifs, sous l’œil d’un magistrat."
    read_so = reading(make(subhead.format(f"<p>{said}</p>"))).body.split("\n\n")
    assert len(read_so) == len(prose) + 1 + ("{}" in subhead)


def test_names_are_asked_once_and_forgotten_with_what_is_cut(make: Make) -> None:
    box = (
        "<div role='Navigation'><i class='share'>Zut</i></div><p itemprop='text' id='chapo'>Oui</p>"
        "<ul class='comments' role='list'><li itemprop='comment'>Zut</li></ul>"
    )
    tree, flags = parse(make(box).encode(), {})
    assert survey(tree) == {element: says(element) for element in tree.iter()}
    page = Page(url="https://phare.example/a", fetched_at=dt.datetime.now(dt.UTC), tree=tree, flags=flags)
    comments.cut(page)
    boilerplate.cut(page)
    assert list(shape_of(page).said) == list(page.tree.find("body").iter())


def test_a_page_of_roles_is_read_as_any_other(make: Make, reading: Reading, prose: tuple[str, ...]) -> None:
    page = make(after="<b role='menu' itemprop='author'>Zut</b>" * 30_000)
    assert reading(page).body.split("\n\n") == list(prose)


@pytest.mark.parametrize("tag", ["a", "span", "em"])
@pytest.mark.parametrize(
    "sentence",
    [
        "<{}>La charte</{}> ne dit rien des recours, ni de ceux qui en jugeront.",
        "Selon <{}>la charte</{}>, rien ne change pour ceux dont les messages disparaissent.",
        "Rien ne change pour ceux dont les messages disparaissent, selon <{}>la charte</{}>.",
    ],
)
def test_no_name_takes_words_out_of_a_sentence(tag: str, sentence: str, make: Make, reading: Reading) -> None:
    plain = sentence.replace("<{}>", "").replace("</{}>", "")
    names = ASIDE_WORDS | ASIDE_TOKENS | {name for name in SAYS_TOKEN if SAID[name] & Says.BYLINE}
    for name in sorted(name for name in names if not SAID[name] & (Says.COMMENTS | Says.HIDDEN)):
        opening = f"{tag} href='/charte' class='{name}'"
        assert plain in reading(make(f"<p>{sentence.format(opening, tag)}</p>")).body.split("\n\n"), name
