"""Walls, errors, lists and videos are told from articles."""

from contextlib import nullcontext
from pathlib import Path

import pytest

from crawler.errors import NotAnArticle
from crawler.extract import kind, metadata, read
from tests.extract.pages import PROSE, page

BLOCKED = Path(__file__).resolve().parents[2] / ".." / "shared" / "corpus" / "blocked"
DATED = '<meta property="article:published_time" content="2024-04-30T14:00:00Z">'
TEASERS = "".join(
    f"<h2><a href='/vie/{n}'>Brève du quai {n}</a></h2><p>Chapeau de la brève.</p>" for n in range(20)
)


CONSENT = "Accepter et continuer, ou payer"
CAPTCHA = '<script src="https://ct.captcha-delivery.com/c.js"></script>'
GONE = "Cet article n'est plus disponible."
BOT = "Your behaviour on this site made us think that you are a bot."
QUEUE = "Vous êtes actuellement dans la file d'attente."
BROKEN = "Il y a eu une erreur critique sur ce site."
SOLD = "Le nom de domaine lefleuve.example est à vendre"
CHOICE = "Le Fleuve lit des informations sur votre appareil pour montrer des contenus personnalisés."
VIDEO = '<title>Le bac</title><meta property="og:type" content="video.other">'
BOOK = '<script type="application/ld+json">{"@type": "Book", "name": "Le bac"}</script>'
PODCAST = BOOK.replace("Book", "PodcastEpisode")
RESERVED = "La suite est réservée aux abonnés."
ROBOT = "Vérifiez que vous n’êtes pas un robot"


def verdict(head: str, body: str, paragraphs: list[str], url: str = "https://lefleuve.example/a/b") -> str:
    """The kind of a page, or "article"."""
    it = page(head, body, url)
    try:
        kind.check(it, metadata.read(it), "", paragraphs)
    except NotAnArticle as error:
        return error.kind
    return "article"


@pytest.mark.parametrize(
    ("head", "body", "paragraphs", "expected"),
    [
        (
            "<title>Page introuvable</title>",
            "<h1>Oups !</h1><p>Retour à l'accueil.</p>",
            ["Retour"],
            "soft_404",
        ),
        ("<title>Le Fleuve</title>", f"<p>{GONE}</p>", [GONE], "soft_404"),
        (
            "",
            "<h1>Nous et nos 842 partenaires</h1>" + f"<p>{CONSENT}</p>" * 20,
            [CONSENT] * 20,
            "consent_wall",
        ),
        ("<title>Vérification</title>", f"<h1>{ROBOT}</h1>", [], "blocked"),
        ("<title>lefleuve.example</title>", f"<p>Un instant</p>{CAPTCHA}", ["Un instant"], "blocked"),
        ("<title>Maintenance</title>", "<p>Site en maintenance</p>", ["Site en maintenance"], "blocked"),
        ("<title>Robot</title>", f"<p>{BOT}</p>", [BOT], "blocked"),
        ("<title>Vérification</title>", "<h1>Vérifions que vous êtes humain</h1>", ["Cochez."], "blocked"),
        (
            "<title>Le Fleuve</title>",
            "<p>Cochez.</p><div class='cf-turnstile'></div>",
            ["Cochez."],
            "blocked",
        ),
        ("<title>Le bac</title>", "<p>Vous allez être redirigé.</p>", ["Cliquez ici."], "blocked"),
        ("<title>Le Fleuve</title>", f"<p>{QUEUE}</p>", [QUEUE], "blocked"),
        ("<title>Erreur</title>", f"<p>{BROKEN}</p>", [BROKEN], "blocked"),
        (
            "<title>Connexion</title>",
            "<form>Mot de passe <input type='password'></form>",
            ["Créez"],
            "blocked",
        ),
        ("<title>lefleuve.example</title>", f"<h1>{SOLD}</h1>", ["Faites une offre."], "soft_404"),
        ("<title>Vos choix</title>", f"<h1>Votre vie privée</h1><p>{CHOICE}</p>", [CHOICE], "consent_wall"),
        ("<title>Vie locale</title>", TEASERS, ["Chapeau de la brève."] * 20, "list"),
        (
            "<title>Mot de passe perdu - Le Fleuve</title>",
            f"<h1>Mot de passe perdu</h1>{PROSE}",
            [],
            "service",
        ),
        ("<title>Mon compte lefleuve.fr</title>", f"<h1>Mon compte lefleuve.fr</h1>{PROSE}", [], "service"),
        ("<title>Mentions légales | Le Fleuve</title>", f"<h1>Mentions légales</h1>{PROSE}", [], "service"),
        (VIDEO, "<h1>Le bac</h1><iframe src='/v'></iframe>", ["Une minute."], "video"),
        ("<title>Le bac</title>", "<h1>Le bac</h1>", [], "empty"),
        (
            "<title>Le bac</title>",
            f"<h1>Le bac</h1><div class='paywall'><p>{RESERVED}</p></div>",
            [],
            "paywall",
        ),
        (PODCAST + DATED, "<h1>Le bac</h1>", ["Une minute."], "audio"),
        (BOOK, "<h1>Le bac</h1>", ["Ils vivaient sur le bac. L'un d'eux raconte."], "service"),
    ],
)
def test_what_is_no_article(head: str, body: str, paragraphs: list[str], expected: str) -> None:
    assert verdict(head, body, paragraphs) == expected


LINE = "Le bac de la rive droite repart lundi. " * 8


@pytest.mark.parametrize(
    ("head", "body", "paragraphs"),
    [
        ("", "<h1>Le bac repart</h1>" + PROSE, [LINE] * 4),
        (DATED, "<h1>Erreur 404 : la pièce qui fait salle comble</h1>", [LINE]),
        (DATED, "<h1>Accès refusé au port</h1>", [LINE]),
        (
            DATED,
            "<h1>Brève</h1><p>Le bac repart.</p>",
            ["Le bac repart lundi à six heures, a dit la mairie."],
        ),
        ("", "<h1>Cookies : la Cnil sanctionne</h1>", [f"{LINE} Tout accepter, ou tout refuser ?"] * 3),
        ("", "<h1>Votre vie privée sur l'eau</h1>", [LINE, f"{LINE} Des contenus personnalisés.", LINE]),
        (DATED, "<h1>Le bac repart</h1><p>Article.</p>" + TEASERS, [LINE]),
    ],
)
def test_articles_that_speak_of_walls_are_articles(head: str, body: str, paragraphs: list[str]) -> None:
    assert verdict(head, body, paragraphs) == "article"


@pytest.mark.parametrize("place", ["newsletters", "recrutement", "diaporamas", "annonces-legales", "quiz"])
def test_what_stands_where_a_site_keeps_no_news_is_a_service(place: str) -> None:
    said = "Le bac et ses quais, une fois la semaine, pour tous ceux que la rive droite intéresse."
    for url, kind_of in ((place, "service"), ("vie", "article")):
        page_url = f"https://lefleuve.example/{url}/le-bac"
        assert verdict("", f"<h1>Le bac et ses quais</h1><p>{said}</p>", [said], page_url) == kind_of


def test_a_subscribers_stub_is_an_article() -> None:
    wall = "<div class='paywall'>La suite est réservée aux abonnés. Il vous reste 85 % à découvrir.</div>"
    assert verdict(DATED, f"<h1>Le bac</h1>{PROSE}{wall}", [LINE]) == "article"


def test_a_brief_beside_a_form_for_subscribers_is_an_article() -> None:
    title = "<title>Le port identifie le bac perdu</title>"
    form = "<form>Mot de passe <input type='password'></form>"
    said = "Le bac perdu lundi est identifié, dit le port."
    assert verdict(title, f"<h1>Le port identifie le bac perdu</h1><p>{said}</p>{form}", [said]) == "article"


def test_real_walls_are_all_recognised() -> None:
    if not BLOCKED.is_dir():
        pytest.skip("../shared/corpus/blocked is not here")
    for file in sorted(BLOCKED.iterdir()):
        with pytest.raises(NotAnArticle) as caught:
            read(file.read_bytes(), "https://lefleuve.example/vie/le-bac-repart.html")
        assert caught.value.kind == "blocked", file.name


@pytest.mark.parametrize("tag", ["h1", "div"])
def test_a_brief_among_many_headlines_is_an_article(tag: str) -> None:
    others = "".join(
        f"<li><a href='/x{i}'><h3>Un autre titre, le numéro {i}</h3></a></li>" for i in range(12)
    )
    brief = (
        "<html><head><title>Un bac heurte l&#8217;appontement de la Soute - Le Fleuve</title></head><body>"
        "<article>"
        f"<{tag}>Un bac heurte l'appontement de la Soute</{tag}><p>Publié le 3 mai 2024 à 10h12</p>"
        "<p>Le bac de 8 heures a heurté vendredi le quai de la Soute sans faire de blessé.</p></article>"
        f"<section><h2>À lire aussi</h2><ul>{others}</ul></section></body></html>"
    )
    assert read(brief.encode(), "https://lefleuve.example/un-bac-heurte-le-quai").title.startswith("Un bac")


SUMMARIES = [
    f"Sur la rive {i}, on demande {i + 2} passages de plus par jour, et la mairie promet d'y penser."
    for i in range(9)
]


@pytest.mark.parametrize(
    "teaser",
    [
        "<article><h2><a href='/a-{i}'>Le bac numéro {i} repart</a></h2><p>{text}</p></article>",
        "<div><a href='/a-{i}'><b>Le bac numéro {i} repart</b></a> <i>0{i}/05/2024</i><p>{text}</p></div>",
        "<li><a href='/a-{i}'>Le bac numéro {i} repart</a> <em>0{i}/05/2024</em><br>{text}</li>",
        "<div><b><a href='/a-{i}'>Le bac numéro {i} repart</a></b><p>{text} <a href='/a-{i}'>Suite</a></div>",
        "<div><div><p><a href='/{i}'>Le bac {i} repart lundi</a></p></div><div><p>{text}</p></div></div>",
    ],
    ids=["heading", "dated", "item", "reading on", "boxes"],
)
@pytest.mark.parametrize("kind", ["website", "article"])
def test_summaries_under_their_headlines_are_a_list(teaser: str, kind: str) -> None:
    teasers = "".join(teaser.format(i=i, text=text) for i, text in enumerate(SUMMARIES))
    head = f"<title>Vie du fleuve</title><meta property='og:type' content='{kind}'>"
    page = f"<html><head>{head}</head><body><h1>Vie du fleuve</h1><main>{teasers}</main></body></html>"
    with pytest.raises(NotAnArticle) as caught:
        read(page.encode(), "https://lefleuve.example/vie/")
    assert caught.value.kind == "list"


@pytest.mark.parametrize(
    "teaser",
    [
        "<h2><a href='/a-1'>Le bac numéro 1 repart</a></h2><time>03/05/2024</time><p>{text}</p>",
        "<a href='/a-1'><div><h3>Le bac numéro 1 repart</h3><p>{text}</p><small>03/05/2024</small></div></a>",
    ],
    ids=["heading", "card"],
)
def test_a_section_with_a_single_summary_is_a_list(teaser: str) -> None:
    beside = (
        "<div><h4>Derniers commentaires</h4><ul><li>Titi : <a href='/m/titi'>Trop tard</a></li></ul></div>"
    )
    body = f"<h1>Vie locale</h1><div>{teaser.format(text=SUMMARIES[1])}</div>{beside}"
    page = f"<html><head><title>Vie locale</title></head><body>{body}</body></html>"
    with pytest.raises(NotAnArticle) as caught:
        read(page.encode(), "https://lefleuve.example/vie-locale/")
    assert caught.value.kind == "list"


@pytest.mark.parametrize(("end", "expected"), [(" (...)", NotAnArticle), ("…", NotAnArticle), (".", None)])
def test_texts_that_are_all_cut_are_the_beginnings_of_others(
    end: str, expected: type[Exception] | None
) -> None:
    cut = (
        "Le passeur a rangé sa perche contre le quai, et les habitués attendent",
        "La rivière a monté d'un mètre en une nuit, sans que personne au village",
    )
    items = "".join(
        f'<li><h3><a href="/{n}">Le bac {n} ferme</a></h3><div>{text}{end}</div></li>'
        for n, text in enumerate(cut, 2)
    )
    body = f"<h1>Vie de l'association</h1><div><ul>{items}</ul></div>".encode()
    with pytest.raises(expected) if expected else nullcontext():
        read(body, "https://lefleuve.example/spip.php?rubrique8")


@pytest.mark.parametrize(("query", "expected"), [("", NotAnArticle), ("?rub=2&id=406", None)])
def test_a_program_at_the_root_makes_the_front_page_and_others(
    query: str, expected: type[Exception] | None
) -> None:
    said = "Le bac a rouvert samedi, et le passeur a fait dix tours avant que la pluie ne vide la berge."
    body = f"<h1>Le bac de Morvelle a rouvert</h1><p>3 mai 2024</p><div><p>{said}</p><p>{said}</p></div>"
    with pytest.raises(expected) if expected else nullcontext():
        read(body.encode(), f"https://lefleuve.example/index.php{query}")


def test_an_article_may_have_a_link_after_every_paragraph() -> None:
    lines = "".join(
        f"<p>{text}</p><p><a href='/x{i}'>Un autre article, le numéro {i}</a></p>"
        for i, text in enumerate(SUMMARIES)
    )
    title = "Tous les riverains veulent plus de bacs"
    head = f"<title>{title} - Le Fleuve</title>"
    byline = "<p>Par Ada Roux, le 3 mai 2024 à 10h12</p>"
    opening = (
        "<p>Il y a neuf rives, et neuf fois la même demande, que la mairie entend depuis trente ans.</p>"
    )
    page = f"<html><head>{head}</head><body><article><h1>{title}</h1>{byline}{opening * 3}{lines}</article>"
    assert read(page.encode(), "https://lefleuve.example/vie/tous-les-riverains").body.count("mairie") > 9


def test_an_entry_of_an_old_blog_stands_among_its_archives_under_its_number() -> None:
    text = "Le bac de la rive droite reprendra ses traversées lundi matin, promet la mairie."
    body = f"<h2>mars 10, 2004</h2><h3>Le bac repart lundi matin</h3><p>{text}</p>"
    for path, told in (("archives/000214.html", "article"), ("archives/vie", "list")):
        assert verdict("", body, [text], f"https://lefleuve.example/{path}") == told


@pytest.mark.parametrize("title", ["Vie locale", "Résultats pour « bac »"])
def test_lines_that_lead_to_other_articles_are_a_list_whatever_introduces_them(title: str) -> None:
    line = "<li><a href='/a-{0}'><p>Un autre bac repart, le numéro {0}</p><i>1{0} mai 2026</i></a></li>"
    lines = "".join(map(line.format, range(9)))
    text = f"<p>{SUMMARIES[0]} {SUMMARIES[1]}</p>"
    body = f"<main><h1>{title}</h1>{text}<ul>{lines}</ul></main>"
    html = f"<html><head><title>{title} - Le Fleuve</title></head><body>{body}</body></html>"
    with pytest.raises(NotAnArticle) as caught:
        read(html.encode(), "https://lefleuve.example/vie-locale-12.html")
    assert caught.value.kind == "list"
