"""Who signs, when and for which agency, as pages show it that name nothing in their data."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from crawler.extract import metadata, read
from tests.extract.pages import NOW, PROSE, page

DATE = "<div>3 mai 2024 à 10h12</div>"
PARIS = ZoneInfo("Europe/Paris")
DATA = '<script type="application/ld+json">{"@type": "NewsArticle", %s}</script>'
H1 = "<h1>Le bac de la rive droite repart lundi</h1>"


def names(byline: str, *, dated: str = DATE) -> list[str]:
    """The authors of an article under this byline."""
    return metadata.read(page("", f"{H1}{byline}{dated}{PROSE}")).authors


@pytest.mark.parametrize(
    ("byline", "persons"),
    [
        ("<div>Ada Roux</div>", ["Ada Roux"]),
        ("<div><p>Par Ada Roux</p><p>Avec Noé Vial</p><p>Par Zoé Pont</p></div>", ["Ada Roux"]),
        ("<p>Ada Roux</p><p>Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        ("<h4>ADA LE GOFF</h4>", ["ADA LE GOFF"]),
        ("<div><a href='/gens/a-roux'>Ada Roux</a></div><div>Journaliste</div>", ["Ada Roux"]),
        ("<p>Ada Roux, correspondante à Brest</p>", ["Ada Roux"]),
        ("<p>Ada Roux avec AFP</p>", ["Ada Roux"]),
        ("<p><b>Le 3 mai 2024 à 14:05</b><b>Ada Roux</b><b>Abonnés</b></p>", ["Ada Roux"]),
        ("<p><b>Abonnés</b> <b>Rédigé par Ada Roux</b> | <b>3 mai 2024</b></p>", ["Ada Roux"]),
        ("<p>3 mai 2024 <b>Par Ada Roux, Noé Vial</b> <b>Imprimer</b></p>", ["Ada Roux", "Noé Vial"]),
        ("<p>AA / Ankara / Ada Roux</p>", ["Ada Roux"]),
        ("<ul><li><a href='/b'>Noé Vial</a></li><li><a href='/c'>AFP</a></li></ul>", []),
        ("<p>Ada Roux, agence Reuters</p>", ["Ada Roux"]),
        ("<p>Par <a href='/a'>Ada Roux</a><a href='/b'>Noé Vial</a></p>", ["Ada Roux", "Noé Vial"]),
        ("<ul><li>Par le capitaine Noé Vial</li></ul>", ["capitaine Noé Vial"]),
        ("<p>Texte : adjudante Ada Roux</p>", ["adjudante Ada Roux"]),
        ("<p>Par le capitaine du port</p>", []),
        ("<p>Dossier réalisé par Ada Roux et Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Enquête signée Ada Roux</p>", ["Ada Roux"]),
        ("<p>Chronique de Noé Vial, éditorialiste</p>", ["Noé Vial"]),
        ("<p class='author'>Par le docteur Ada Roux, pneumologue</p>", ["Ada Roux"]),
        (
            "<p class='author'><a>Lecture : 5 min</a> <a>Ada Roux</a> — Édité par <a>Noé Vial</a></p>",
            ["Ada Roux"],
        ),
        ("<ul class='authors'><li><a>Ada Roux</a> <i>Le journaliste est à Brest</i></li></ul>", ["Ada Roux"]),
        ("<p><a href='/gens/a-roux'>Ada Roux</a> • 3 mai 2024</p>", ["Ada Roux"]),
        ("<p>Auteurs</p><p>Ada Roux</p><p>Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Le Fleuve <b>Ada ROUX.</b> Publié le 3 mai 2024</p>", ["Ada ROUX"]),
        ("<ul><li><span>Author, </span><span>Ada Roux</span></li></ul>", ["Ada Roux"]),
        ("<div class='author'><p>Ada Roux</p><p>Senior Fellow - Climat</p></div>", ["Ada Roux"]),
        ("<p><span>Par Ada Roux</span><span>Brest, correspondance</span></p>", ["Ada Roux"]),
        ("<p><span>Par Ada Roux</span> et <span>Noé Vial</span></p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Ada Roux pour La Rive Afrique</p>", ["Ada Roux"]),
        (
            "<p>Par <a href='/qui/a-roux'>Ada Roux</a> - <a href='/qui/n-vial'>Noé Vial</a></p>",
            ["Ada Roux", "Noé Vial"],
        ),
        (
            "<p>Par <a href='/qui/a-roux'>Ada Roux</a> - <a href='/lieu/brest'>Val Fleuri</a></p>",
            ["Ada Roux"],
        ),
        (
            "<p>Par <a href='/a'>Ada Le Goff, Noé Vial et Lou Petit</a></p>",
            ["Ada Le Goff", "Noé Vial", "Lou Petit"],
        ),
        (
            "<dl><dt>Auteurs</dt><dd><a href='/a'>Ada du Bois et Noé Le Bras</a></dd></dl>",
            ["Ada du Bois", "Noé Le Bras"],
        ),
        ("<p>Par <a href='/a'>Ada Roux, envoyée spéciale à Port Fleuri</a></p>", ["Ada Roux"]),
        ("<p>Accueil | Par la rédaction</p>", []),
        ("<p>Par Le Fleuve Science et Santé</p>", []),
        ("<p>De notre correspondante à Rome Ada Roux</p>", ["Ada Roux"]),
        ("<p>Récit d'Ada Roux</p>", ["Ada Roux"]),
        ("<p><i>Vie</i> | <i>03/05/2024 10:12</i> | <i>Ada Roux</i></p>", ["Ada Roux"]),
        ("<p>Entretien réalisé par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Une enquête d'Ada Roux</p>", ["Ada Roux"]),
        ("<p>Reportage : Ada Roux</p>", ["Ada Roux"]),
        ("<p>Journaliste : Ada Roux</p>", ["Ada Roux"]),
        ("<p>Signé Ada Roux</p>", ["Ada Roux"]),
        ("<p>Posté par Ada Roux dans <a href='/vie'>Vie locale</a></p>", ["Ada Roux"]),
        ("<p>Publié le 3 mai 2024 dans <a href='/v'>Vie locale</a> par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Posté dans <a href='/vie'>Vie locale</a> par Ada Roux</p>", ["Ada Roux"]),
        ("<p>03/05/2024 Société par <i>Ada Roux</i></p>", ["Ada Roux"]),
        ("<p>03/05/2024 Modifié par Ada Roux</p>", []),
        ("<p>3 mai 2024/dans <a href='/v'>Vie locale</a>/par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Publié par Ada Roux sur mai 3, 2024</p>", ["Ada Roux"]),
        ("<p>3 mai 2024 Par Ada Roux Laisser un commentaire</p>", ["Ada Roux"]),
        ("<p>Posted by Ada Roux on 3 mai 2024 in Vie</p>", ["Ada Roux"]),
        ("<p>Written by Ada Roux on 3 mai 2024</p>", ["Ada Roux"]),
        ("<p>Publié le 3 mai 2024 Par Ada Roux Catégories Vie</p>", ["Ada Roux"]),
        ("<ul><li>Post author:<a href='/a'>Ada Roux</a></li><li>Publié :3 mai 2024</li></ul>", ["Ada Roux"]),
        ("<ul><li>Auteur/autrice de la publication :<a href='/a'>Ada Roux</a></li></ul>", ["Ada Roux"]),
        ("<p>Par Mme Ada Roux, députée</p>", ["Ada Roux"]),
        ("<div><h4>Par : <a href='/a' rel='author'>Ada T. Roux</a></h4></div>", ["Ada T. Roux"]),
        ("<p>Texte Ada Roux Photos Noé Vial</p>", ["Ada Roux"]),
        ("<p>Ada ROUX et Noé VIAL</p>", ["Ada ROUX", "Noé VIAL"]),
        ("<p>Ada Roux – Le Fleuve</p>", ["Ada Roux"]),
        ("<p>Ada Roux, à Brest, pour Le Fleuve</p>", ["Ada Roux"]),
        ("<p>Portrait par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Par <a>Ada Roux</a> <i>(Alger, envoyée)</i> et <a>Noé Vial</a></p>", ["Ada Roux", "Noé Vial"]),
        ("<p><i>Par Ada Roux</i><i>Alger, correspondance</i><i>Publié le 3 mai</i></p>", ["Ada Roux"]),
        ("<p>Le Fleuve avec Ada Roux et Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        ("<div><i>Ada Roux</i> <i>il y a 3 heures</i></div>", ["Ada Roux"]),
        ("<address><a href='/p/31'>Ada Roux</a></address>", ["Ada Roux"]),
        ("<p>Textes et photos : Ada Roux</p>", ["Ada Roux"]),
        ("<p>A.R | Le 03/05/2024 à 09:30</p>", ["A.R"]),
        ("<p>03/05/2024 - Ada Roux</p>", ["Ada Roux"]),
        ("<p>3 mai 2024 · Ada Roux, Noé Vial · 5 min de lecture</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Ada Roux (avec agences)</p>", ["Ada Roux"]),
        ("<p>ADA LE GOFF ET NOÉ VIAL (À BREST)</p>", ["ADA LE GOFF", "NOÉ VIAL"]),
        ("<p>Le Fleuve – Ada Roux – 3 mai 2024</p>", ["Ada Roux"]),
        ("<p>Auteur·ice : Ada Roux</p>", ["Ada Roux"]),
        ("<p><a rel='author'>Ada Roux</a>, <a rel='author'>Noé Vial</a></p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Reportage d'Ada Roux (texte) et Noé Vial (photos)</p>", ["Ada Roux"]),
        ("<p>Par Ada Roux, directrice au quai, et Noé Vial, sociologue</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Avec notre correspondante à Rome, Ada Roux</p>", ["Ada Roux"]),
        ("<p>Envoyée spéciale à Rome, Ada Roux</p>", ["Ada Roux"]),
        ("<p>Le point de vue d'Ada Roux</p>", ["Ada Roux"]),
        ("<p>Rédaction : Ada Roux | 3 mai 2024</p>", ["Ada Roux"]),
        (
            "<p>Par <a>Ada Roux</a> <i>Suivre</i> | <a>Noé Vial</a> <i>Suivre</i></p>",
            ["Ada Roux", "Noé Vial"],
        ),
        ("<p>Publié par Ada Roux dans <a>Quais</a> <a>2 avis</a></p>", ["Ada Roux"]),
        (
            "<p><i>Par <a rel='author'>Ada Roux</a><b>Abonnés</b></i></p>",
            ["Ada Roux"],
        ),
        (
            "<p class='author'>Abonnés <i>Par <a>Ada Roux</a></i> (avec Noé Vial)</p>",
            ["Ada Roux", "Noé Vial"],
        ),
        ("<p>Le Fleuve <i>Propos recueillis par Ada ROUX.</i></p>", ["Ada ROUX"]),
        ("<p>Ada Roux · Publié hier à 18:02</p>", ["Ada Roux"]),
        (
            "<div class='auteur'><p>Ada Roux</p><p class='titre-auteur'>Quais et villes</p></div>",
            ["Ada Roux"],
        ),
        ("<p class='author'>Ada Roux</p><p class='author-job'>Ports et villes</p>", ["Ada Roux"]),
        ("<p><b>Ada Roux – Sainte-Orne</b></p>", ["Ada Roux"]),
        ("<p><em>Ada Roux</em> | <span>Sainte-Orne</span></p>", ["Ada Roux"]),
        (
            "<ol class='auteurs'><li><b class='fn'>Ada Roux</b> Brest<li><b class='fn'>Noé Vial</b></ol>",
            ["Ada Roux", "Noé Vial"],
        ),
        ("<p><a class='author'><b class='name'>Ada Roux</b> chargée de mission</a></p>", ["Ada Roux"]),
        ("<div class='posted-by'><a href='/p/ada'>Ada Roux</a></div>", ["Ada Roux"]),
        ("<div class='article__chroniqueuse'><a href='/p/ada'>Ada Roux</a></div>", ["Ada Roux"]),
        ("<p class='author'>De <i itemprop='name'>Ada Roux</i></p>", ["Ada Roux"]),
        ("<p class='auteurs'>par Ada Roux <i>| Brest |<br>Versions : [<a>English</a>]</i></p>", ["Ada Roux"]),
        ("<p>3 mai 2024 · 6 min · 1187 mots · Ada Roux | Une erreur ?</p>", ["Ada Roux"]),
        ("<p>Posté le 3 mai 2024 @ 17:23:10 CET par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Publié le 3 mai 2024 à 17h par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Auteurs</p><p>Nom</p><p>Ada Roux</p><p>Réseaux</p><p>@ada</p><p>Paru</p>", ["Ada Roux"]),
        ("Par Ada Roux", ["Ada Roux"]),
        ("<p>Écrit par <strong>Ada Roux</strong> qui vit à Brest et y enseigne.</p>", ["Ada Roux"]),
        ("<p class='author'>De : Ada Roux</p>", ["Ada Roux"]),
        ("<p>3 mai 2024 09:30 de Ada Roux (Commentaires : 2)</p>", ["Ada Roux"]),
        ("<p>Ven, 03/05/2024 - 5:00am <b>Ada Roux</b></p>", ["Ada Roux"]),
        ("<h3>Auteur(s)</h3><p><a href='/a'>Ada Roux</a><i>Chargée de mission</i></p>", ["Ada Roux"]),
        ("<meta name='author' content='eZ Systems'><p class='author'>Ada Roux</p>", ["Ada Roux"]),
        (
            "<p class='authors'><b class='author'>Ada Roux</b> Juge <b class='author'>Noé Vial</b> Juge</p>",
            ["Ada Roux", "Noé Vial"],
        ),
        ("<p>Écrit par <a>Le Fleuve</a> et <a>Ada Roux</a></p>", ["Ada Roux"]),
        ("<p>3 mai 2024 à 10h12 / Ada Roux (Le Fleuve)</p>", ["Ada Roux"]),
        ("<p>Monde &gt; Ada Roux &gt; Noé Vial &gt; 3 mai 2024</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>RLN-Soute (Rive) Par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Auteur(s) : <a>Ada Roux</a></p>", ["Ada Roux"]),
        ("<p>Recension par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Ada Roux, Brest, correspondance</p>", ["Ada Roux"]),
        ("<p>Propos recueillis par téléphone par Ada Roux</p>", ["Ada Roux"]),
        ("<p>Ada Roux (texte), Noé Vial (photos)</p>", ["Ada Roux"]),
        ("<p>03.05.2024 / Ada Roux</p>", ["Ada Roux"]),
        ("<p>Publié le 3 mai 2024 à 08 h 15 min par Ada Roux dans Vie</p>", ["Ada Roux"]),
        ("<p>Ada Roux — vendredi 3 mai 2024, 08h15 — Justice</p>", ["Ada Roux"]),
        ("<p>Lettre de Soute</p><p>Ada Roux, notre correspondante</p>", ["Ada Roux"]),
        ("<p>Carte blanche de Ada Roux, juriste</p>", ["Ada Roux"]),
        ("<p>Ada Roux, édité par Noé Vial</p>", ["Ada Roux"]),
        ("<p>A.-C.R. et N.V.</p>", ["A.-C.R.", "N.V."]),
        ("<p>Ada Roux - ada.roux@lefleuve.example</p><p>Vie</p><p>Soute</p>", ["Ada Roux"]),
        ("<p>Article réservé aux abonnés Par Ada Roux et Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        ("<p><a>Ada Roux</a> Le 3 mai 2024 à 10h12</p>", ["Ada Roux"]),
        (
            "<p>Revue des quais n° 131 - février 2016 + Ports &nbsp; Auteur : <a>Ada Roux</a></p>",
            ["Ada Roux"],
        ),
        ("<p>Le bac repart. Par Ada Roux, batelière.</p><p>Ada Roux (*)</p>", ["Ada Roux"]),
        ("<ul><li>Par Ada Roux</li><li>Noé Vial</li></ul>", ["Ada Roux", "Noé Vial"]),
        ("<p>Par Ada Roux • Noé Vial • Ève Le Goff</p>", ["Ada Roux", "Noé Vial", "Ève Le Goff"]),
        ("<p>Par Ada Roux | Noé Vial | Vie locale</p>", ["Ada Roux", "Noé Vial"]),
        ("<p>Par Ada Roux | Haute Soute</p><p>Haute Soute</p>", ["Ada Roux"]),
        ("<p>Textes de Ada Roux</p>", ["Ada Roux"]),
        ("<p>Ada Roux et AFP</p>", ["Ada Roux"]),
        ("<p>Soute | Ada Roux | 3 mai 2024</p>", ["Ada Roux"]),
        ("<p>Soute • 3 mai 2024 • Ada Roux</p>", ["Ada Roux"]),
        ("<div>Par Ada Roux</div><div>et Noé Vial</div>", ["Ada Roux", "Noé Vial"]),
        ("<p><span>Par Ada Roux</span><span>Noé Vial</span></p>", ["Ada Roux", "Noé Vial"]),
        ("<p class='author'>Par Ada Roux</p><p class='author lien'>Noé Vial</p>", ["Ada Roux", "Noé Vial"]),
        (
            (
                "<div class='auteurs'><ul><li><p class='auteur'>Par Ada Roux</p>"
                "<li><p class='auteur'>Noé Vial</p></ul><p>3 mai 2024, 12h37</p></div>"
            ),
            ["Ada Roux", "Noé Vial"],
        ),
        ("<ul><li>Par Ada Roux</li><li><a href='/vie'>Vie Locale</a></li></ul>", ["Ada Roux"]),
        ("<ul><li>Par Ada Roux</li><li>Haute Soute</li></ul><p>Haute Soute, 3 mai</p>", ["Ada Roux"]),
    ],
)
def test_names_that_sign(byline: str, persons: list[str]) -> None:
    assert names(byline) == persons


@pytest.mark.parametrize(
    "byline",
    [
        "<p>Par Le Quai du Soir</p>",
        "<p>Soute | Haute Rive | 3 mai 2024</p><p>La Haute Rive se vide.</p><p>Haute Rive</p>",
        "<p>Soute • 3 mai 2024 • Vie locale</p>",
        "<p>L'Écho des Quais avec AFP</p>",
        "<div>Le Bien des Rives - 3 mai 2024 à 10:12 | mis à jour le 3 mai 2024 à 11:00</div>",
        "<p>MISE À JOUR Vendredi, 3 mai 2024 11:00</p>",
        "<p>Traduit de l'anglais</p>",
        "<p>Rive Droite</p><p>De la Rive Droite, on voit le bac.</p>",
        "<div><a href='/afrique'>Burkina Faso</a></div>",
        "<meta itemprop='author' content='Super User'>",
        "<p>Jean Rive / AFP</p>",
        "<p>HAUTE RIVE</p>",
        "<p>03/05/2024 10:12 | Côte d'Ivoire</p>",
        "<p>03/05/2024 - Vie locale</p>",
        "<p>3 mai 2024 · 5 min de lecture</p>",
        "<p>Nouvelle Soute</p>",
        "<p>Ada Roux</p><p>Que dit Ada Roux, la maire ?</p>",
        "<p><a href='/afrique'>Côte Verte</a> • 3 mai 2024</p>",
        "<p>Source AFP</p>",
        "<div><a href='/soute'>Soute Locale</a></div>",
        "<div>Soute Actu</div>",
        "<p>Interview : Noé Vial</p>",
        "<p>Signé le 3 mai 2024</p>",
        "<p>Un portrait de Noé Vial, capitaine</p>",
        "<p>Tribune de Soute</p>",
        "<p>The Guardian</p>",
        "<p>Par <a>Le Fleuve Isère</a></p>",
        "<p><a href='/b'>Le quai de la Soute ferme en 2024</a><br>par Noé Vial</p>",
        "<p class='author-infos'>Retraité de l'enseignement, il vit à Brest.</p>",
        "<p>Rives et Soute | 3 mai 2024</p>",
        "<p><em>Noé Vial</em> | <span>Portrait</span></p><p>Que dit Noé Vial ?</p>",
        "<p><a>Le Fleuve avec Soute</a> <a>Rives Actualités</a></p>",
        "<h3 class='author'>Derniers de Ada Roux</h3>",
        "<div>4 mai 2024 - Ada Roux dit :</div>",
    ],
)
def test_names_that_sign_nothing(byline: str) -> None:
    assert names(byline) == []


def test_a_column_above_the_headline_signs_nothing_with_a_name_below_it() -> None:
    above = "<p>3 mai 2024</p><h3>MINIATURES DU RAIL</h3>"
    page = f"<html><body><div>{above}{H1}<div>Ada Roux</div><p>3 mai 2024</p>{PROSE}</div></body></html>"
    assert read(page.encode(), "https://lefleuve.example/vie/le-bac-repart").authors == ["Ada Roux"]


def test_a_name_far_from_date_and_function_signs_nothing() -> None:
    assert names("<div>Ada Roux</div>", dated="") == []
    assert names("<div>Ada Roux</div>", dated="<p>03/05 10:12</p>") == ["Ada Roux"]


@pytest.mark.parametrize(
    ("value", "persons"),
    [("Roux, Ada", ["Ada Roux"]), ("Le Goff, Noé", ["Noé Le Goff"]), ("Reuters, AFP", [])],
)
def test_names_of_libraries_are_turned_round(value: str, persons: list[str]) -> None:
    head = f'<meta name="citation_author" content="{value}">'
    assert metadata.read(page(head, H1 + PROSE)).authors == persons


@pytest.mark.parametrize(
    ("author", "persons", "agency"),
    [
        ("Fleuve-Matin Ada ROUX.", ["Ada ROUX"], ""),
        ("<a href='/a'>Ada Roux</a>", ["Ada Roux"], ""),
        ("Ada Roux à Rome", ["Ada Roux"], ""),
        ("Ada Roux – Fleuve-Matin", ["Ada Roux"], ""),
        ("Correspondance de Ada Roux", ["Ada Roux"], ""),
        ("Ada Roux, AFP Dakar", ["Ada Roux"], "AFP"),
        ("colline_adm", [], ""),
        ("Ada Roux et l'AFP", ["Ada Roux"], "AFP"),
        ("20 Rives avec AFP", [], "AFP"),
        ("Soute 3 Bretagne", [], ""),
        ("Ada Roux, Associate Professor, Soute", ["Ada Roux"], ""),
    ],
)
def test_names_of_data(author: str, persons: list[str], agency: str) -> None:
    head = DATA % f'"author": "{author}", "publisher": {{"name": "Fleuve-Matin"}}'
    head += '<meta name="copyright" content="20rives">'
    found = metadata.read(page(head, H1 + PROSE))
    assert (found.authors, found.agency) == (persons, agency)


def test_a_linked_name_that_the_title_or_a_box_of_its_author_repeats_signs() -> None:
    line = "<p><a href='/gens/a-roux'>Ada Roux</a> — 3 mai 2024</p>"
    box = "<div class='author-card'><a>Ada Roux</a></div>"
    assert names(f"{line}<p>Ada Roux</p>") == []
    assert names(f"{line}{box}") == ["Ada Roux"]
    head = "<title>Le bac de la rive droite repart lundi - par Ada Roux - La Rive</title>"
    for parted in ("</p><p>", " · <a>Suivre</a></p><p>"):
        body = H1 + line.replace(" — ", parted) + PROSE
        assert metadata.read(page(head, body)).authors == ["Ada Roux"]


@pytest.mark.parametrize(
    ("box", "persons"),
    [
        ("<div><img src='a' alt='{0}'><div><p>{0}</p><p>{1}</p></div></div>", ["Ada Roux"]),
        ("<div><img src='a' alt='Portrait de {0}'><p>{0}</p></div><p>{1}</p>", ["Ada Roux"]),
        ("<p>{0}</p><p>{1}</p><div><img src='a' alt='{0}'></div>", []),
        ("<div><img src='a' alt='Le bac de {0}, le seul'><p>{0}</p><p>{1}</p></div>", []),
    ],
    ids=["beside", "a portrait", "a picture of the article", "of something else"],
)
def test_a_name_beside_the_portrait_of_its_bearer_signs_though_the_page_repeats_it(
    box: str, persons: list[str]
) -> None:
    byline = box.format("Ada Roux", "3 mai 2024 · 4 min de lecture")
    below = "<div><p>En savoir plus</p><p>Ada Roux raconte les rives et les ports.</p></div>"
    html = f"<html><body><main>{H1}{byline}<div>{PROSE}</div>{below}</main></body></html>"
    assert read(html.encode(), "https://lefleuve.example/vie/le-bac").authors == persons


@pytest.mark.parametrize("lines", ["{0}{1}<p>3 commentaires</p>", "{1}<p>3 commentaires</p>{0}"])
@pytest.mark.parametrize("below", [False, True])
def test_a_name_near_the_date_signs_though_the_bar_stands_below_the_text_too(lines: str, below: bool) -> None:
    bar = lines.format("<p>Ada Roux</p>", "<p>3 mai 2024</p>")
    html = f"<html><body><main>{H1}<div>{bar}</div>{PROSE}<div>{bar * below}</div></main></body></html>"
    article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
    assert (article.authors, article.body.count("\n\n")) == (["Ada Roux"], 2)


def test_who_is_quoted_does_not_sign_the_article() -> None:
    quote = "<blockquote><p>Nous attendrons.</p><p class='quote-author'>Ada Roux</p></blockquote>"
    assert metadata.read(page("", f"{H1}{DATE}{PROSE}{quote}{PROSE}")).authors == []


def test_an_author_mark_that_holds_a_portrait_alone_hides_no_agency() -> None:
    portrait = "<span class='meta-author-avatar'><a href='/a'><img src='a.png'></a></span>"
    named = "<span class='meta-author'><a href='/a' class='author-name'>La rédaction avec AFP</a></span>"
    rest = "<a href='/t'>Vie du port</a> <a href='/t'>Rive droite</a> <a href='/t'>Traversées</a> " * 2
    found = metadata.read(page("", f"{H1}<div>{portrait}{named} <i>3 mai 2024</i> {rest}</div>{PROSE}"))
    assert (found.authors, found.agency) == ([], "AFP")


def test_a_portrait_beside_an_author_hides_no_agency() -> None:
    signed = "<div class='source'><img src='a.png'><span class='author'>Ada Roux</span> <b>avec AFP</b></div>"
    found = metadata.read(page("", f"{H1}{signed}{DATE}{PROSE}"))
    assert (found.authors, found.agency) == (["Ada Roux"], "AFP")


def test_what_an_author_is_signs_nothing() -> None:
    name = "<p class='opinion__author-name'><span class='opinion__author-identity'>Ada Roux</span></p>"
    trade = "<p class='opinion__author-description'>Batelière, ancienne capitaine du bac</p>"
    found = metadata.read(page("", f"{H1}<section>{name}{trade}</section>{DATE}{PROSE}"))
    assert found.authors == ["Ada Roux"]


def test_lines_of_boxes_made_alike_sign_what_stands_in_them() -> None:
    boxes = "".join(
        f"<div><h6>Écrit par {name}, le 3 mai 2024</h6><p>Enfin, ce n'est pas trop tôt.</p></div>"
        for name in ("Zoé Pont", "Luc Rive", "Lise Soute")
    )
    found = metadata.read(page("", f"{H1}<p>Par Ada Roux</p>{DATE}{PROSE}<div>{boxes}</div>"))
    assert (found.authors, "Rive" in str(found.candidates)) == (["Ada Roux"], False)
    assert metadata.read(page("", f"{H1}{DATE}{PROSE}<div>{boxes}</div>")).authors == []


def test_two_authors_beside_the_text() -> None:
    links = "<a rel='author' href='/a'>Ada Roux</a> et <a rel='author' href='/b'>Noé Vial</a>"
    found = read(f"{H1}{DATE}{PROSE}<aside><b>Auteurs</b> {links}</aside>".encode(), "https://a.example/b")
    assert found.authors == ["Ada Roux", "Noé Vial"]


def test_the_author_of_a_web_page_signs_where_nothing_else_does() -> None:
    graph = """<script type="application/ld+json">{"@graph": [
        {"@type": "WebPage", "author": {"@id": "#ada"}},
        {"@type": "Person", "@id": "#ada", "name": "Ada Roux"}
    ]}</script>"""
    assert metadata.read(page(graph, f"{H1}{DATE}{PROSE}")).authors == ["Ada Roux"]
    assert metadata.read(page(graph, f"{H1}<p>Par Noé Vial</p>{DATE}{PROSE}")).authors == ["Noé Vial"]


def test_a_name_above_that_of_the_paper_signs_far_from_the_date() -> None:
    box = "<div><img alt='Ada Roux'><p>Ada Roux</p><p>{}</p></div>"
    for other, persons in (("Le Fleuve", ["Ada Roux"]), ("AFP", ["Ada Roux"]), ("La Soute", [])):
        assert names(box.format(other), dated="") == persons
    assert names(f"{box.format('AFP')}<p>Ada Roux l'emporte</p>", dated="") == []


def test_lines_of_a_cell_that_br_parts_sign_and_date() -> None:
    cell = f"<td>{H1}<i>par <a>Ada Roux</a></i><br>Article publié le 3 mai 2024<br><br>{PROSE}</td>"
    found = metadata.read(page("", f"<table><tr>{cell}</tr></table>"))
    assert (found.authors, f"{found.published_at:%Y-%m-%d}") == (["Ada Roux"], "2024-05-03")
    bare = f"<td>{H1}Par Ada Roux, le 3 mai 2024<br>{PROSE}</td>"
    found = metadata.read(page("", f"<table><tr>{bare}</tr></table>"))
    assert (found.authors, f"{found.published_at:%Y-%m-%d}") == (["Ada Roux"], "2024-05-03")


@pytest.mark.parametrize("name", ["", " class='post-sidebar'"])
def test_a_few_words_beside_the_headline_sign_and_date_though_they_stand_aside(name: str) -> None:
    aside = f"<aside{name}><h4 class='author'>Ada Roux</h4><time>3 mai 2024</time> 4 min de lecture</aside>"
    html = f"<html><body><main><header>{H1}{aside}</header>{PROSE}</main></body></html>"
    article = read(html.encode(), "https://lefleuve.example/vie/le-bac")
    assert article.authors == ["Ada Roux"]
    assert article.published_at is not None
    assert "min de lecture" not in article.body


def test_the_last_word_of_the_documents_title_is_no_person() -> None:
    line = "<p>Posté par : Sidoine | 3 mai 2024 | Dernière heure</p>"
    for title, persons in (("Le bac repart - Sidoine", []), ("Le bac repart", ["Sidoine"])):
        assert metadata.read(page(f"<title>{title}</title>", H1 + line + PROSE)).authors == persons


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("LE FLEUVE/AFP", "AFP"),
        ("OLF/AFP, le 3 mai 2024 à 10h05", "AFP"),
        ("Reuters Samedi 4 mai 2024 - 06:04", "Reuters"),
        ("Le bac en 2023. [Ada Roux / AFP]", ""),
        ("Par <b>La rédaction de lefleuve.example</b> avec <b>AFP</b>, publié le 3 mai 2024", "AFP"),
        ("Par <a>Rédaction en ligne</a> (avec Belga) | Publié le 3 mai 2024 à 11:32", "Belga"),
    ],
)
def test_the_agency_before_a_date(line: str, agency: str) -> None:
    assert metadata.read(page("", f"{H1}<p>{line}</p>{PROSE}")).agency == agency


def test_a_headline_that_is_a_link_is_that_of_its_byline() -> None:
    head = f"<h2><a href='/vie/le-bac'>{H1[4:-5]}</a></h2><p>Écrit par Ada Roux le vendredi 3 mai 2024</p>"
    html = f"<html><head><title>{H1[4:-5]} - Fleuve et rives</title></head><body>"
    page = f"{html}<h1>Fleuve et rives</h1><div><header>{head}</header><div>{PROSE}</div></div></body></html>"
    assert read(page.encode(), "https://lefleuve.example/vie/le-bac").authors == ["Ada Roux"]


WRONG = DATA % '"datePublished": "2024-05-03T10:12:30Z"%s'
CHANGED = ', "dateModified": "2024-05-03T11:00:10Z"'
TIME = "<time class='{}' datetime='2024-05-03T10:12:44+02:00'>3 mai 2024</time>"


@pytest.mark.parametrize(
    ("head", "line", "published", "modified"),
    [
        (WRONG % "", "Publié le 3 mai 2024 à 10h12", "05-03T10:12", ""),
        (WRONG % CHANGED, "Publié le 3 mai 2024 à 10h12", "05-03T10:12", "05-03T11:00"),
        (WRONG % "", "Publié le 3 mai 2024 à 12h12", "05-03T12:12", ""),
        ("", TIME.format("entry-date updated"), "05-03T10:12", ""),
        ("", TIME.format("updated"), "05-03T12:00", ""),
        ("", "Hier à 14:03 - mis à jour hier à 15:10", "05-31T14:03", "05-31T15:10"),
        ("", "Le Bien - 3/5/2024 10:12 | mis à jour le 3/5/2024 11:00", "05-03T10:12", "05-03T11:00"),
        ("", "3 mai 2024, 10h12</p><p>Mise à jour</p><p>4 mai 2024, 9h", "05-03T10:12", "05-04T09:00"),
        ("", "3 mai 2024</p><p>10:12", "05-03T10:12", ""),
        ("", "3 mai 2024 à 10:12 TU", "05-03T12:12", ""),
        ("", "3 mai 2024 à 10:12</p><p>Mis à jour il y a 2 heures", "05-03T10:12", "06-01T12:00"),
        ("", "Le Bien des Rives - Hier à 14:03 - Temps de lecture : 2 min", "05-31T14:03", ""),
        ("", "<span class='x-pub-date'>Publié le 3 mai 2024 à 10h12</span>", "05-03T10:12", ""),
        ("", "Dernières nouvelles</p><p>3 mai 2024 à 10h12", "05-03T10:12", ""),
        ("", "3.05.24 à 10:12", "05-03T10:12", ""),
        ("", "Édité par Noé Vial, le 3 mai 2024 à 10h12", "05-03T10:12", ""),
        ("", "Sainte-Orne, le 3 mai 2024 – Le bac repart lundi, dit la mairie à tous.", "05-03T12:00", ""),
        ("", "03/05/2024 - Le bac repart lundi, dit la mairie à ceux qui l'attendent.", "05-03T12:00", ""),
        ("", "<abbr itemprop='datePublished' title='2024-05-03T10:12:00+02:00'>3</abbr>", "05-03T10:12", ""),
    ],
)  # fmt: skip
def test_dates_beside_the_headline(head: str, line: str, published: str, modified: str) -> None:
    found = metadata.read(page(head, f"{H1}<p>{line}</p>{PROSE}", fetched_at=NOW, url="https://a.example/x"))
    assert (local(found.published_at), local(found.modified_at)) == (published, modified)


def local(moment: datetime | None) -> str:
    return f"{moment.astimezone(PARIS):%m-%dT%H:%M}" if moment else ""


def test_an_authors_mark_amid_a_sentence_signs_nothing() -> None:
    said = (
        "<p>Selon <i class='author'>Léa Morel</i>, qui suit la rivière depuis longtemps, le quai ferme.</p>"
    )
    assert names(f"<p>Par Ada Roux</p>{said}") == ["Ada Roux"]
    assert names(said) == []


@pytest.mark.parametrize("tag", ["div", "span"])
def test_a_bar_of_tools_may_say_who_signs(tag: str) -> None:
    bar = f"<{tag} class='share-tools'><a href='/i'>Imprimer</a><br>{{}}</{tag}>"
    html = f"<html><body><article>{H1}<div>{bar}</div>{DATE}{PROSE}</article></body></html>"
    url = "https://lefleuve.example/vie/le-bac"
    for said in ("Par Ada Roux", "Par <a href='/a'>Ada Roux</a>"):
        assert read(html.format(f"<p>{said}</p>").encode(), url).authors == ["Ada Roux"]
    alone = html.replace("<a href='/i'>Imprimer</a><br>", "").format("Par Ada Roux")
    assert read(alone.encode(), url).authors == ["Ada Roux"]
    lines = "<cite>Par Ada Roux<br>Le Fleuve<br><a href='/a'>Archives</a> | <a href='/c'>Contact</a></cite>"
    assert read(html.format(lines).encode(), url).authors == ["Ada Roux"]


def test_who_signs_far_below_a_text_has_a_line_above_what_they_do() -> None:
    does = "<div>Ada Roux est rédactrice. Écrivez-lui à <a href='/m'>a@soute.example</a>.</div>"
    text = f"{H1}{PROSE.replace('</p><p>', ' ') * 3}<ul><li>Par <span>Ada Roux</span>{does}</li></ul>"
    assert metadata.read(page("", text)).authors == ["Ada Roux"]


@pytest.mark.parametrize("times", [1, 4])
def test_a_line_in_no_box_of_its_own_signs_below_the_paragraphs(times: int) -> None:
    posted = "<a name='more'></a><span class='posted'>Posté par Ada Roux le mars 10, 2004 08:41 AM<br></span>"
    found = metadata.read(page("", f"<div><h3>Le bac repart lundi</h3>{times * PROSE}{posted}</div>"))
    assert found.authors == ["Ada Roux"]
    amid = "<p>" + 9 * "Le bac repart, et la mairie le dit. " + "Un rapport <b>publié par Ada Roux</b></p>"
    assert metadata.read(page("", f"<h1>Le bac repart lundi</h1>{times * PROSE}{amid}")).authors == []
