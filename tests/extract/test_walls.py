"""Walls, pages that are gone and what sites have beside their articles, and the news that speak like them."""

import pytest

from crawler.errors import NotAnArticle
from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_kind import CAPTCHA, LINE, SUMMARIES, VIDEO

A = "<a href='/'>Accueil</a>"
GONE = "<p>La page que vous cherchez a pris le large.</p>"
CARD = "<article><a href='/b'><h3>Un autre bac, le {0}</h3></a><p>{1}</p><time>0{0}/05/2024</time></article>"
CARDS = "".join(CARD.format(n, SUMMARIES[n]) for n in range(1, 5))
ABROAD = "<p>Vous venez d'un pays lointain : l'accès ne peut donc vous être accordé.</p>"
BANNER = "<p>Par « Accepter tous les cookies », vous acceptez le stockage de cookies sur votre machine.</p>"
TABLE = "<p>Le Grand Bac — 14h, 18h15, 20h45 (VF)</p><p>Le Quai — 16h, 21h (VO)</p><p>12 rue du Port</p>"
EPISODES = "".join(f"<li><a href='/ep{n}'>Épisode {n}, sur la rive</a></li>" for n in range(9))


@pytest.mark.parametrize(
    ("head", "body", "address", "expected"),
    [
        (
            "<title>Le bac</title>",
            "<h1>Le bac</h1><p>Nous vérifions votre navigateur.</p>",
            "/a/b",
            "blocked",
        ),
        (
            "<title>Le Fleuve</title>",
            "<p>Vous utilisez un bloqueur de publicité : il nous prive de nos recettes.</p>",
            "/a/b",
            "blocked",
        ),
        (
            "<title>Créer un compte</title>",
            "<h1>Bienvenue</h1><form><input type='password'></form><p>C'est gratuit.</p>",
            "/a/b",
            "blocked",
        ),
        (
            "<title>Vous avez été bloqué</title>",
            "<p>Vous lisez à une vitesse surhumaine.</p>",
            "/a",
            "blocked",
        ),
        ("<title>Accès</title>", "<p>Prouvez que vous êtes humain.</p>", "/a", "blocked"),
        ("<title>Bot verification</title>", "<p>Verifying that you are not a robot.</p>", "/a", "blocked"),
        ("<title>Un instant</title>", "<p>Votre demande est vérifiée.</p>", "/a", "blocked"),
        ("<title>ERROR</title>", "<h2>The request could not be satisfied</h2>", "/a", "blocked"),
        ("<title>Le Fleuve</title>", "<p>Le site est actuellement en construction.</p>", "/a", "blocked"),
        ("<title>Stop</title>", "<p>Vous avez été redirigé vers ce site officiel.</p>", "/a", "blocked"),
        ("<script>window.KPSDK={}</script>", "", "/a", "blocked"),
        ("<title>Gone</title>", "<p>It is no longer available on this server.</p>", "/a", "soft_404"),
        ("<title>Le Fleuve</title>", "<p>Ce contenu n'est plus disponible.</p>", "/a/b", "soft_404"),
        (
            "<title>Le Fleuve</title>",
            "<p>Le contenu que vous recherchez est introuvable.</p>",
            "/a",
            "soft_404",
        ),
        ("<title>Le Fleuve</title>", "<p>Merci de patienter pendant la redirection.</p>", "/a", "blocked"),
        ("<title>Test</title>", "<p>Cochez « Je ne suis pas un robot ».</p>", "/a", "blocked"),
        ("<title>Le journal</title>", "<h1>Le journal</h1><audio></audio><p>Écoutez.</p>", "/a/b", "audio"),
        ("<title>A</title>", "<p>Si vous n'êtes pas redirigé automatiquement, cliquez.</p>", "/a", "blocked"),
        ("<title>Accès limité</title>", "<p>Trop de requêtes depuis votre adresse.</p>", "/a", "blocked"),
        ("<title>Le Fleuve</title>", "<p>Le site est momentanément indisponible.</p>", "/a", "blocked"),
        (
            "<title>Page introuvable - Le Fleuve</title>",
            "<h1>Oups</h1><p>Le quai ferme, publié le 3 mai 2024</p>",
            "/a",
            "soft_404",
        ),
        ("<title>403</title>", "<p>Vous n'êtes pas autorisé à accéder à cette page.</p>", "/a/b", "blocked"),
        (
            "<title>Le bac</title>",
            "<h1>Rive TV en direct</h1><video></video><p>Regardez.</p>",
            "/tv",
            "video",
        ),
        (
            "<title>Le Fleuve</title>",
            "<p>Acceptez les cookies, ou payez. Vous autorisez le dépôt de cookies pour la publicité.</p>",
            "/a",
            "consent_wall",
        ),
        ("<title>Dépêche expirée</title>", "<p>Elle n'est plus consultable.</p>", "/a/b", "soft_404"),
        (
            "<title>Le bac</title>",
            "<h1>Le bac</h1><video></video><p>Il repart.</p>",
            "/videos/le-bac",
            "video",
        ),
        (VIDEO, "<h1>Le bac</h1><div class='player'><video></video></div><p>Il repart.</p>", "/a/b", "video"),
        (
            '<meta property="og:type" content="music.song">',
            f"<h1>Le fil du fleuve</h1><p>Les bacs, semaine après semaine.</p><ul>{EPISODES}</ul>",
            "/ecouter/le-fil",
            "audio",
        ),
        (
            "<title>Abonnez-vous - Le Fleuve</title>",
            "<h1>Lire le Fleuve</h1><p>1 € par mois.</p>",
            "/a",
            "service",
        ),
        ("<title>Le Fleuve</title>", f"<h1>Nous écrire</h1>{PROSE}", "/contact/", "service"),
        (
            '<script type="application/ld+json">{"@type": "Event", "name": "Fête du bac"}</script>',
            "<h1>Fête du bac</h1><p>Toute la journée, animations et marché.</p>",
            "/a/b",
            "service",
        ),
        ("<title>Le Fleuve</title>", f"<h1>Oh</h1>{GONE}<a href='/'>Retour</a>{CARDS}", "/a/b", "soft_404"),
        (
            "<title>Introuvable – page not found</title>",
            f"<h1>Rien</h1><p>Cherchez.</p>{CARDS}",
            "/a",
            "soft_404",
        ),
        (
            "",
            "<h1>Oh</h1><h2>Error code 522</h2><p>The server of this site did not answer at all.</p>",
            "/a",
            "blocked",
        ),
        ("", f"<h1>Refus</h1>{ABROAD}", "/a", "blocked"),
        (
            "",
            "<h1>Refus</h1><p>Vous lisez depuis un pays appartenant à une autre rive.</p>",
            "/a",
            "blocked",
        ),
        (
            "<title>A</title>",
            "<h1>Pour lire cet article, connectez-vous</h1><input type='email'>",
            "/a",
            "blocked",
        ),
        ("", f"<h2>Vos cookies</h2>{BANNER}", "/a", "consent_wall"),
        ("", "<p>Bonjour, c'est nous... les cookies !</p><p>OK pour vous ?</p>", "/a", "consent_wall"),
        (
            "<title>Le Fleuve change</title>",
            "<p>Rendez-vous lundi matin pour la nouvelle formule du site.</p>",
            "/a",
            "blocked",
        ),
        (
            "",
            f"<h1>Vous semblez être un robot</h1>{A}<p>Pour continuer, résolvez l'énigme du bac.</p>",
            "/a",
            "blocked",
        ),
        ("", f"<h1>Un instant</h1>{A}<p>Nous vérifions la sécurité de votre connexion.</p>", "/a", "blocked"),
        (
            "",
            f"<h1>Résultats du bac</h1>{A}<p>Entrez votre nom ou votre académie pour les connaître.</p>",
            "/a",
            "service",
        ),
        ("", f"<h1>Vidéos</h1>{A}<p>{SUMMARIES[1] * 4}</p>", "/videos/", "list"),
        (
            "",
            f"<h1>Toutes les brèves</h1><ul>{''.join(f'<li>{one}</li>' for one in SUMMARIES)}</ul>{A}",
            "/breves",
            "list",
        ),
        ("", f"<h1>Le Rex</h1>{TABLE}", "/a/b", "service"),
        ("", "<h1>La question</h1><p>Faut-il un bac ?</p><a href='/'>Voter</a>", "/a/b", "service"),
        (
            "",
            f"<h1>Bac à vendre</h1><p>{SUMMARIES[1]}</p><a href='/'>Appeler</a>",
            "/annonces/bac-12",
            "service",
        ),
    ],
)
def test_what_sites_have_beside_their_articles(head: str, body: str, address: str, expected: str) -> None:
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    with pytest.raises(NotAnArticle) as caught:
        read(html.encode(), f"https://lefleuve.example{address}")
    assert caught.value.kind == expected


PRODUCT = '<script type="application/ld+json">{"@type": "Product", "name": "Abonnement"}</script>'
PLAYER = '<script type="application/ld+json">{"@type": "AudioObject"}</script>'


@pytest.mark.parametrize(
    ("head", "body", "address"),
    [
        (PRODUCT, LINE * 2, "/a/b"),
        (PLAYER, LINE * 2, "/a/b"),
        ("", LINE * 2, "/culture/contact"),
        ("<title>La rédaction - Le Fleuve</title>", LINE * 2, "/a/b"),
        ("<title>Oups ! Le bac oublie ses passagers</title>", "La mairie promet d'y veiller.", "/a/b"),
        ("<title>Page introuvable : le port en panne</title>", "La mairie promet d'y veiller.", "/a/b"),
        (PLAYER, "La mairie promet d'y veiller.", "/a/b"),
        ("<title>Le bac de la Soute</title>", LINE * 2, "/dossiers/le-bac"),
        ("", "Le port, au trafic inhabituel, reste en maintenance, dit la mairie.", "/a/b"),
        (CAPTCHA, "Le bac repart lundi à six heures, a dit la mairie.", "/a/b"),
        ("", "Le vote compte peu ici.", "/sondages/le-vote"),
        ("", "Error code 522 : le message s'est affiché partout.", "/a/b"),
        ("", "Une erreur est survenue dans le comptage des passagers du bac.", "/a/b"),
    ],
)
def test_what_has_a_day_is_news(head: str, body: str, address: str) -> None:
    dated = "<h1>Le bac de la Soute</h1><p>Publié le 3 mai 2024 à 10h12</p>"
    html = f"<html><head>{head}</head><body>{dated}<p>{body}</p></body></html>"
    assert read(html.encode(), f"https://lefleuve.example{address}").title == "Le bac de la Soute"


def test_an_article_may_have_a_short_title_and_others_below() -> None:
    others = "".join(f"<h3><a href='/x{n}'>Un autre titre, le numéro {n}</a></h3>" for n in range(4))
    dated = "<h1>Bac perdu</h1><p>Publié le 3 mai 2024 à 10h12</p>"
    html = f"<html><head><title>Bac perdu</title></head><body>{dated}{PROSE}<div>{others}</div></body></html>"
    assert read(html.encode(), "https://lefleuve.example/a/b").title == "Bac perdu"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("« Votre accès a été bloqué » : le bac sans passagers", PROSE),
        ("Le bac sans passagers", "<p>« Rendez votre bac », dit la lettre que la mairie a reçue mardi.</p>"),
    ],
)
def test_news_quote_what_walls_and_letters_say(title: str, text: str) -> None:
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{text}</body></html>"
    assert read(html.encode(), "https://lefleuve.example/a/b").title == title


@pytest.mark.parametrize(
    "title", ["Accès interdit au port : que dit la loi", "Oups, le bac a oublié ses passagers"]
)
def test_a_long_text_is_no_wall_whatever_its_title(title: str) -> None:
    body = "".join(f"<p>{text} On attend encore, et on attendra longtemps à quai.</p>" for text in SUMMARIES)
    html = f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    assert read(html.encode(), "https://lefleuve.example/a/b").title == title
