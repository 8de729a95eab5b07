"""Lines by which a page talks about itself leave the text, whatever element they stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.extract.phrases import TOOLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.items import Article

    Make = Callable[..., str]
    Reading = Callable[[str], Article]


@pytest.mark.parametrize(
    "line",
    [
        *sorted(TOOLS),
        "Nouveau ! Vous pouvez désormais écouter nos articles",
        "Pour réagir à cet article, connectez-vous",
        "Les commentaires sont publiés sous la responsabilité de leurs auteurs.",
        "Les commentaires ont été déplacés, retrouvez-les dans leur espace.",
        "Les Cahiers du fleuve © 2012-2024. Tous droits réservés.",
        "Cliquez ici pour nous suivre sur Google News",
        "Disponible sur l’App Store et Google Play",
        "Contactez la rédaction : redaction@phare.example",
        "Contact : [email\xa0protected]",
        "Une information à nous transmettre ? Écrivez-nous",
        "Traduit de l’anglais par Noé Vial",
        "Texte relu et vérifié par Noé Vial, traduit de l’anglais par Ada Roux",
        "Cet article a été publié dans le numéro de mai 2024 du Phare.",
        "Carnets du fleuve vous propose de citer ce billet de la manière suivante :",
        "Noé Vial, « Le bac », Carnets du fleuve, consulté le 4 mai 2024. URL : https://phare.example/4.",
        "Le bac à quai / Le journal du soir / 2 min. / le 3 mai 2024",
        "Accepter les cookies pour voir ce contenu",
        "Journaliste au service police-justice",
        "Vous êtes ici : Accueil > Société",
        "Accueil > Société",
        "Cet article est paru dans Le Phare n° 123",
        "Imprimé depuis www.phare.example",
        "Moyenne des votes 4,2/5",
        "Page 1 sur 3",
        "Commentaires (3)",
        "Tous les articles de Noé Vial",
        "Ajouter Le Phare comme source préférée sur Google",
        "Choisissez-nous comme source préférée sur Google",
        "Réagir (12)",
        "Lu 1 234 fois",
        "il y a 3 heures",
        "1,2 k vues",
        "Début de la publicitéFin de la publicité",
        "Votre article continue après la publicité",
        "Suite de l’article ci-dessous",
        "Recevez nos dernières news",
        "Chaque matin, notre rédaction vous réserve le meilleur de la vallée.",
        "Pour ne manquer aucune actualité du port, suivez-nous sur Google Actualités et WhatsApp.",
        "Retrouvez cet article sur LePhare.example",
        "Pour soutenir une rédaction professionnelle au bord du fleuve, abonnez-vous dès 1 € par mois.",
        "Lecture de 3 min.",
        "Cet article est lu par une voix de synthèse.",
        "Télécharger notre application mobile",
        "La reproduction de cet article est interdite.",
        "[Exclusif]",
        "[galerie:vidéo du port]",
        "La suite après cette annonce",
        "Source : Statistiques de Morvelle. Graphique : Le Phare",
        '[ad_block id="4"]',
        "[embed]https://phare.example/4[/embed]",
        "[youtube https://phare.example/4]",
        "{loadposition user9}",
        "{youtube}abcdef{/youtube}",
        "&lt;iframe src='https://phare.example/4'&gt;&lt;/iframe&gt;",
        "googletag.cmd.push(function() { googletag.display('div-4'); });",
        "(adsbygoogle = window.adsbygoogle || []).push({});",
        "$(document).ready(function(){ $('.x').hide(); });",
        "#gallery-1 { margin: auto; } #gallery-1 img { float: left; }",
        "Advertisement - Continue reading below",
        "Et vous, qu’en pensez-vous ? Vous pouvez en débattre ici jusqu’à dimanche.",
        "Morvelle -",
        "Publicité, continuez à lire ci-dessous",
        "Vu 1 234 fois",
        "1 234 lectures",
        "Durée : 2 min 14 s",
        "Écouter (4 min)",
        "Diaporama (5 photos)",
        "Vous avez une information à nous transmettre ?",
        "Contactez la rédaction en toute confidentialité",
        "VIDÉO. Le préfet ferme le port après la crue",
        "Suivez l’actualité de votre commune",
        "Advertisements",
        "Vous utilisez un bloqueur de publicité.",
        "La publicité nous permet de rémunérer nos journalistes.",
        "Merci de désactiver votre bloqueur de publicité ou de vous abonner.",
        "Vous utilisez un navigateur obsolète. Veuillez le mettre à jour.",
        "JavaScript est désactivé dans votre navigateur.",
        "Partager sur FacebookPartager sur TwitterPartager sur WhatsAppEnvoyer par e-mailCopier le lien",
        "Taille du texteA-AA+Imprimer",
        "Publish at Calameo or browse the library.",
        "Open publication - Free publishing",
        "Envoyé par lephare",
        "Une nuit au port from Le Phare on Vimeo.",
        "Grève du bac : suivez toute l’actualité du port en direct",
        "Cet article a été publié il y a plus de six mois : ce qu’il dit n’est peut-être plus vrai.",
    ],
)
def test_a_line_that_is_a_tool_leaves(
    line: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    for said in (line.capitalize(), line.upper(), line):
        assert reading(make(f"<p>{said}</p>")).body.split("\n\n") == list(prose), said


@pytest.mark.parametrize(
    "line",
    [
        (
            "<p>Lisez chaque jour notre choix de nouvelles : "
            "<a href='https://www.whatsapp.com/channel/4'>par ici</a>. L’application doit être à jour.</p>"
        ),
        "<p>Le Phare vit de vous : <a href='#/portal/signup'>abonnez-vous</a> pour lire la suite.</p>",
        "<p>(Rédacteurs : Noé Vial, Ada Roux)</p>",
        "<p>Le résumé a été fait avec l’aide de machines et relu par la rédaction.</p>",
        "<div><span>Sur ce sujet</span><a href='/p'>Le port</a><a href='/q'>Les quais de Morvelle</a></div>",
        "<div>Adresse courte : <input readonly value='phare.example/4'></div>",
    ],
)
def test_a_line_with_a_channel_or_a_field_leaves(
    line: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    assert reading(make(line)).body.split("\n\n") == list(prose)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("<b>Lisez <a href='/'>tout ce qui arrive</a> au port, dès que cela arrive, sur Le Phare</b>", 0),
        ("<b>Lisez-vous encore Le Phare ?</b>", 1),
        ("Chez <b>Le Phare</b>, on refuse de commenter.", 1),
    ],
)
def test_a_line_that_asks_to_read_the_paper_leaves(
    line: str, kept: int, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    page = make(f"<p>{line}</p>", head="<meta property='og:site_name' content='Le Phare'>")
    assert len(reading(page).body.split("\n\n")) == len(prose) + kept


@pytest.mark.parametrize(
    "text",
    [
        "<p>[Rires dans la salle]</p>",
        "<p>Voir le pont (12 images par seconde) suffit, dit le peintre.</p>",
        "<p>12 lectures plus tard, le texte n’est toujours pas voté.</p>",
        "<p>Les hébergeurs (voir la loi (article 6));</p>",
        "<p>{Rires} dans la salle ; le maire a souri.</p>",
        "<p>La fonction s’écrit « document.write(texte); »</p>",
        "<p>La publicité nous permet de vivre, dit-elle, et la charte l’interdit.</p>",
        "<p>Vous utilisez un bloqueur de publicité ?</p>",
        "<p>Votre navigateur, dit le port, est attendu à quai avant la nuit.</p>",
        "<p>Conseil aux lecteurs de la loi : suivez l’ordre des articles, et revenez au premier.</p>",
        "<p>Écrivez, dit-elle, et <a href='https://www.whatsapp.example/channel/4'>ils répondront</a>.</p>",
        "<p>Journaliste à Morvelle, elle suit le port depuis vingt ans.</p>",
        "<p>Publié, le texte a fait réagir jusqu’au ministère.</p>",
        "<p>Ajouter une source préférée de lumière suffit, dit l’architecte.</p>",
        "<p>Direct, le maire a répondu qu’il n’en savait rien.</p>",
        "<p>Pour commenter ce vote, la présidente a choisi ses mots.</p>",
        "<p>J’en profite pour remercier les maraîchers, qui ont attendu trois semaines sans se plaindre.</p>",
        "<p>Elle a ouvert en 2019 un musée dont tous droits réservés à l’État sont affichés à l’entrée.</p>",
        "<p>En cliquant sur le lien, le lycéen a ouvert un film de propagande que personne n’avait vu.</p>",
        "<p>Début de la publicité pour les mineurs : la loi ne dit pas quand elle commence.</p>",
        "<p>Pour ne manquer aucune voix, la candidate a sonné à toutes les portes du quai.</p>",
        "<p>Lecture de trois minutes, dit le juge, et la salle a compris que le film était faux.</p>",
        "<p>Tous les articles de la charte seront relus par un magistrat.</p>",
        "<p>Les commentaires de la présidente ont surpris la salle.</p>",
        "<h2>Vidéo</h2>",
        "<ul><li>Vidéo</li></ul>",
    ],
)
def test_what_only_begins_like_a_tool_stays(
    text: str, make: Make, reading: Reading, prose: tuple[str, ...]
) -> None:
    assert len(reading(make(text)).body.split("\n\n")) == len(prose) + 1
