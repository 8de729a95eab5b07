"""Single lines in and below the text: what belongs to the article, what the page says for itself."""

from __future__ import annotations

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_templates import BYLINE, HEADLINE, LEAD, PARAGRAPHS, URL, html

FIRST, REST = PROSE.split("</p>", 1)
CHAPO = f"<p class='chapo'>{LEAD}</p>"


def paragraphs(line: str) -> list[str]:
    """The body of an article with some markup between its first two paragraphs."""
    page = html(f"<article>{HEADLINE}{CHAPO}{BYLINE}<div>{FIRST}</p>{line}{REST}</div></article>")
    return read(page, URL).body.split("\n\n")


@pytest.mark.parametrize(
    "line",
    [
        "« Nous avons besoin de plus de moyens », martèle le maire de Saint-Aubrac.",
        "Les plus lus sont ses pamphlets.",
        "Sur le même sujet, le maire se tait.",
        "« J’accepte la critique, pas l’insulte », répond le préfet.",
        "« Vos données sont revendues sans que vous le sachiez », prévient la juriste.",
        "À partir de 15 euros, un faux compte s’achète en quelques minutes.",
        "Accepter la contradiction, c’est déjà faire un pas vers l’autre.",
        "Aidez-nous à comprendre, demande une mère à la sortie de la réunion.",
        "Aucun commentaire n’a été fait par la préfecture sur ce dossier.",
        "Cette vidéo a été partagée des milliers de fois depuis lundi.",
        "Ce message n’est pas passé inaperçu auprès des élus.",
        "Connectez-vous à n’importe quelle messagerie, et le même lien revient.",
        "Mentions légales absentes, adresse fictive : le site est introuvable.",
        "Signaler une vidéo ne suffit pas, selon elle.",
        "Copyright oblige, aucune image n’a été conservée.",
        "Créé en 2015, le réseau compte 300 membres.",
        "De nombreux attentats ont été déjoués depuis le 13 novembre 2015 en France.",
        "En direct, le candidat a menacé de quitter le plateau.",
        "Enquête faite, le compte n’existait plus.",
        "Il l’a annoncé lundi dans sa newsletter.",
        "Il suffit de s’abonner à la chaîne Telegram du groupe pour recevoir les vidéos.",
        "La vidéo, vue deux millions de fois, a été retirée mardi.",
        "Le 13 novembre 2015, 130 personnes sont tuées.",
        "C’était le mardi 25 juin 2019.",
        "Elle a été votée le 3 mai 2024.",
        "Le procès s’ouvrira le 25 juin 2029.",
        "Les commentaires sont supprimés en masse par la plateforme.",
        "Nous utilisons tous des cookies sans y penser, sourit l’informaticien.",
        "Par ailleurs, le dispositif sera étendu aux collèges.",
        "Paru en 2018, l’ouvrage avait fait débat chez les éducateurs.",
        "Photo de classe à l’appui, le professeur raconte vingt ans de métier.",
        "Publié le 4 mars 2026, le décret entre en vigueur en juin.",
        "Publié le 4 mars 2026 par la préfecture, le décret entre en vigueur en juin.",
        "Recevoir chaque semaine les parents fait partie du dispositif.",
        "Refuser de voir le problème serait une faute, estime-t-elle.",
        "Rejoignez-nous, disait le message reçu par l’adolescent.",
        "Rédigé par douze chercheurs, le rapport conclut à un échec.",
        "S’inscrire sur ces messageries ne prend que quelques secondes, sans vérification d’âge.",
        "Sans engagement de l’État, rien ne changera, prévient le syndicat.",
        "Soutenir ces familles demande du temps, rappelle l’association.",
        "Texte adopté, moyens absents : le paradoxe agace les élus.",
        "Télécharger l’application prend moins d’une minute, et rien n’est demandé.",
        "Une erreur judiciaire, selon l’avocat de la famille.",
        "Voir aussi loin n’était pas prévu par les textes, admet la préfète.",
        "Cet article a été modifié par les sénateurs, qui l’ont vidé de son sens.",
        "Cette décision n’engage que le préfet, selon le syndicat.",
        "Deux cents gendarmes ont participé à cette enquête.",
        "Le récit, édité par une maison de Saint-Aubrac, sort jeudi.",
        "Ces influenceurs multiplient les liens affiliés dans leurs vidéos.",
        "Inscriptions : mairie@saint-aubrac.example",
        "La liste, mise à jour le 3 mai 2024 à 10h12, compte douze noms.",
        "« On verra », dit-elle — puis elle se tait —",
    ],
)
def test_sentences_that_begin_as_a_pages_own_are_kept(line: str) -> None:
    wanted = line.replace("\N{NO-BREAK SPACE}", " ")
    assert paragraphs(f"<p>{line}</p>") == [PARAGRAPHS[0], wanted, *PARAGRAPHS[1:]]


@pytest.mark.parametrize("box", ["<h2>{}</h2>", "<p><strong>{}</strong></p>"], ids=["heading", "bold"])
@pytest.mark.parametrize(
    "line",
    [
        "Aidez-les",
        "Aller plus loin que la loi",
        "Commenter l’actualité",
        "Créé en urgence",
        "Enquête ouverte",
        "Enregistrer les plaintes",
        "Fermer les sites haineux",
        "Masquer les visages",
        "Offrir une seconde chance",
        "Par la force",
        "Partager les données",
        "Photos et vidéos partout",
        "Recommandés par les juges",
        "Réduire la fracture numérique",
        "Refuser l’engrenage",
        "Soutenir les familles",
        "Texte ambigu",
        "Télécharger pour convaincre",
        "Une erreur de calcul",
        "Vidéo virale",
        "Voir plus loin",
    ],
)
def test_subheads_that_begin_as_a_pages_own_are_kept(line: str, box: str) -> None:
    assert paragraphs(box.format(line)) == [PARAGRAPHS[0], line, *PARAGRAPHS[1:]]


CONSENT = (
    "<div><p>Pour afficher ce contenu Twitter, vous devez accepter les cookies <b>Réseaux sociaux</b>.</p>"
    "<p>Ces cookies permettent de partager ou de réagir sur les réseaux que vous utilisez.</p></div>"
)


@pytest.mark.parametrize(
    "line",
    [
        "<p><em>À lire aussi : Comment les écoles de Brévanne se préparent à la rentrée numérique</em></p>",
        "<p><strong>Suivez l’actualité du Sorguais sur <a href='/w'>notre chaîne WhatsApp</a></strong></p>",
        "<p>La suite de l’article après la publicité</p>",
        "<div><p>Ce contenu provient de YouTube. Pour l’afficher, acceptez les cookies de ce site.</p></div>",
        CONSENT,
        "<figure><img><figcaption>Le local de la rue Haute. Basile Nortier</figcaption></figure>",
        "<div><p>Vous aimez Le Sorguais ? Il est sans publicité. <a href='/d'>Faites un don</a>.</p></div>",
        "<p><em>Cet article est en accès libre. <a href='/a'>Abonnez-vous</a> pour nous soutenir.</em></p>",
        "<div><p>Voir cette publication sur Instagram</p><p>Une publication partagée par Ada</p></div>",
        "<p>Vous êtes concerné ? Témoignez en écrivant à redaction@lesorguais.example</p>",
        "<section><p>Résumé généré par une IA</p><ul><li>Le service rouvre.</li></ul></section>",
        "<div><p>Sommaire</p><ol><li><a href='#a'>Lieu</a></li><li><a href='#b'>Coût</a></li></ol></div>",
        "<p>Lecture audio réservée aux abonnés</p>",
        "<p>Vous pouvez partager un article en cliquant sur les icônes en haut à droite de celui-ci.</p>",
        "<p>16:02</p>",
        "<p>Chargement en cours…</p>",
        "<p>1/3</p>",
        "<div><h3>J’aime ça :</h3><span>J’aime</span> <span>chargement…</span></div>",
        "<div><img> (<b>14</b> votes, average: <b>4,29</b> out of 5)</div>",
        "<div><div><h3>Articles en rapport :</h3></div><ol><li><a href='/a'>Le bac repart</a></ol></div>",
        "<div><h3>Le Sorguais, sans intermédiaire</h3><p>Recevez chaque vendredi notre newsletter.</p></div>",
        (
            "<div><p>Ce journal vit de ses lecteurs. Abonnez-vous à partir de 1 € par mois.</p>"
            "<a href='/a'>En savoir plus</a></div>"
        ),
        "<div><p>À télécharger</p><p><a href='/d.pdf'>Le dossier (PDF - 1,2 Mo)</a></p></div>",
        "<p>Dans cet article</p><ul><li><a href='#a'>Lieu</a></li><li><a href='#b'>Coût</a></li></ul>",
        "<p>4/5 - (3 votes)</p>",
        "<p>Nombre de vues : 1 204</p>",
        "<p>Affichages : 3518</p>",
        "<p>Par Rédaction locale, publié le 5 novembre 2024.</p>",
        "<p>Actualiser</p>",
        "<div><i>Partager</i><i>Facebook</i><i>X</i><i>E-mail</i><i>Copier le lien</i></div>",
        "<p>Contenu bloqué car les cookies des réseaux n’ont pas été acceptés.</p>",
        "<p>Cliquer sur l’image pour agrandir</p>",
        "<p>La suite de cet article après la vidéo</p>",
        "<p><b>Suivez la chaîne WhatsApp du Sorguais pour ne rien rater</b></p>",
        "<p>#Justice #École #SaintAubrac</p>",
        "<p>4 512 votes</p>",
        "<div><p class='video_title'>Le journal du lundi 12 mars</p><p>00:00 / 01:22</p></div>",
        "<p>Le direct est terminé</p>",
        "<p>Article original publié sur LeSorguais.example</p>",
        "<p><em>Retrouvez tout notre dossier dans l’édition abonnés du « Sorguais » de ce jeudi.</em></p>",
        "<p>Publicité - La suite ci-dessous</p>",
        "<p>Merci de partager !</p>",
        "<p>Ce texte est mis à disposition sous licence Creative Commons BY-NC.</p>",
        "<p>Cet article date de plus d’un an, les chiffres ont pu changer.</p>",
        "<p>« La rumeur va toujours plus vite que le démenti. » <a href='/t'>Cliquez pour tweeter</a></p>",
        "<p>5 min read<span>Nov 2, 2023</span></p>",
        "<p>La fonction d’écoute permet d’entendre, par une voix de synthèse, le texte de cet article.</p>",
        "<p>https://www.lesorguais.example/x - Le Sorguais</p>",
        "<p>Offre partenaire</p>",
        (
            "<div><p><b>Le Sorguais enquête</b></p><p>Pour durer, il nous faut 300 nouveaux abonnés.</p>"
            "<div><a href='/a'>Je m’abonne</a></div></div>"
        ),
        "<div class='card-offre'><p>Les meilleurs accès à internet, comparés par nous.</p></div>",
        "<p>Source de l’image : Getty Images.</p>",
        "<table><tr><td><img src='a.jpg'></td></tr><tr><td>Le bac à quai, un matin.</td></tr></table>",
        "<p>Vous avez atteint votre quota de 3 articles gratuits sur les trente derniers jours.</p>",
        "<p>Nous respectons votre vie privée et ne cédons aucune adresse.</p>",
        "<p>Pas de spam, promis.</p>",
        "<p>Envie de nous lire chaque dimanche, sans publicité ? Abonnez-vous ci-dessous !</p>",
        "<p>Radio Brévanne\N{NO-BREAK SPACE}—\N{NO-BREAK SPACE}</p>",
        "<img><p>Avec l’aimable autorisation de la ville</p>",
        "<p>Sur ce dossier :<br><a href='/t'>Le tram attendra encore un an</a></p>",
        "<p>Pour rappel :</p><p><a href='/t'>Le tram attendra encore un an</a></p>",
        "<p><em>Enquête : <a href='/t'>Le tram attendra encore un an</a>.</em></p>",
        "<p>→ <a href='/t'>Le tram attendra encore un an</a>.</p>",
        "<p>🔴 <a href='/t'>Le tram attendra encore un an</a>.</p>",
        "<p>Première publication le 12 mars 2024 à 03h33</p>",
        "<p>salle-des-fetes (2).jpg</p><p>Photo de une : Basile Nortier</p>",
        "<blockquote class='sg-pullquote'><p>« On verra. »</p><cite>Ada Vernoux, juriste</cite></blockquote>",
        "<p>Cet article a été mis à jour le 3 mai 2024.</p>",
    ],
)
def test_what_a_page_says_for_itself_is_left_out(line: str) -> None:
    assert paragraphs(line) == PARAGRAPHS


@pytest.mark.parametrize(
    "end",
    [
        "<div class='saboxplugin-wrap'><p>Ada Vernoux enseigne l’histoire à Saint-Aubrac.</p></div>",
        "<div><img><h4>Ada Vernoux</h4><p>Journaliste, elle suit les questions d’éducation.</p></div>",
        "<h3>Contact presse</h3><p>Service de presse de la préfecture<br>Tél. : 01 23 45 67 89</p>",
        "<p><strong>A. V.</strong></p>",
        "<p>(LSR)</p>",
        "<p>Article rédigé avec l’aide d’une intelligence artificielle et relu par nous.</p>",
        "<p>Et vous, qu’en pensez-vous ? Réagissez dans les commentaires.</p>",
        "<p>Suivez l’actualité en direct sur notre fil</p>",
        "<p>Pour ne rien manquer de l’actualité, téléchargez notre application.</p>",
        "<p>(ats/Le Sorguais)</p>",
        "<p>Cet article a d’abord été publié sur le site des Rives.</p>",
        "<p><em>Cet article a été publié dans sa version originale le 20/03/2016.</em></p>",
        "<p>URL source : https://www.lesorguais.example/x</p>",
        "<p><em>Article mis à jour le 12 mars à 10 heures avec la réaction du département.</em></p>",
        "<p>Propos recueillis par Ada Vernoux et Basile Nortier.</p>",
        "<p>Publié le lundi 3 mai 2024 à 09h12 par Ada Vernoux-Lemaire.</p>",
        "<p><em>Ada Vernoux est juriste et vit à Saint-Aubrac. Pour la joindre : a@s.example</em></p>",
        "<p>Envoyez vos commentaires sur ce billet à <a href='mailto:a@s.example'>a@s.example</a>.</p>",
        "<p>Ada Vernoux enseigne. <a href='/a'>Voir tous les articles de Ada Vernoux</a></p>",
        "<p>Juriste à <a href='/s'>Saint-Aubrac</a> | Site web | <a href='/p'>+ posts</a></p>",
        "<p>Cet article a été publié le 3 mai 2024 à 9:12 et est classé dans <a href='/c'>Vie</a>.</p>",
        (
            "<p>Cet article a été publié le 3 mai 2024 à 9:12 par Ada Vernoux et est classé dans "
            "<a href='/c'>Vie</a>. Vous pouvez suivre les réponses par le <a href='/f'>flux</a> des "
            "commentaires, en laisser une vous-même plus bas, ou la faire suivre depuis votre site.</p>"
        ),
        "<div class='ts-fab-wrapper'><p>Juriste à Saint-Aubrac, elle enseigne le droit des médias.</p></div>",
        "<p><em>Vous appréciez notre travail ? Le Sorguais vit de vos dons, aidez-nous à durer.</em></p>",
        "<div><h3>Soutenez une presse libre</h3><p>Le Sorguais vit grâce à ses lecteurs.</p></div>",
        "<p><i>-- Basile Nortier, du Sorguais, a participé à cet article.</i></p><p>14h05</p>",
        "<p>Ada Vernoux et Basile Nortier ont contribué à cet article</p>",
        "<p>(Ada Vernoux, avec Basile Nortier à Saint-Aubrac, édité par Paul Lenoir)</p>",
        "<p>Reportage d’Ada Vernoux ; avec Basile Nortier à Brévanne ; édité par Paul Lenoir</p><p>A. V.</p>",
        "<p>Le Sorguais (Brévanne) Première publication le 11 mars 2024 : 03h33</p><p>Le Sorguais</p>",
        "<p>(Reportage Ada Vernoux, version française Basile Nortier)</p>",
        "<p>Avec des informations de l’Agence des rives</p><p>Avec La Presse canadienne et l’AFP</p>",
        "<p>Texte : Ada Vernoux. Photos : Basile Nortier.</p>",
        "<p><em>[Édité par Ada Vernoux]</em></p>",
        "<p>Basile Nortier</p><p><em>Photographies : Basile Nortier</em></p>",
        "<p><strong>Copyright Octobre 2018-Vernoux/Le Sorguais</strong></p>",
        "<p>Pour joindre notre journaliste : a.vernoux@lesorguais.example</p><p>Twitter : @avernoux</p>",
        "<p>(Ada Vernoux/a.vernoux@lesorguais.example)</p>",
        "<p>MISES À JOUR :</p><p>14h58 : cet article a été actualisé avec la réponse du maire.</p>",
        "<p>Cet article a été mis à jour le 12 mars avec la réaction du département.</p>",
        "<p>Cet article a été modifié le 12 mars pour corriger le nom du maire.</p>",
        "<p>Les opinions exprimées dans ce texte n’engagent que leur auteur.</p>",
        "<p>Les points de vue exprimés ici sont ceux de l’auteur et non ceux du journal.</p>",
        "<p>Cet article contient des liens affiliés : vous soutenez ainsi Le Sorguais.</p>",
        "<p>Note : si vous achetez par nos liens affiliés, nous pouvons percevoir une commission.</p>",
        "<p>Retrouvez tous nos articles sur le service civique ici.</p>",
        "<p>Qu’en pensez-vous ? Partagez votre avis dans les commentaires.</p>",
        (
            "<p>– 30 –</p><table><tr><td>Source :</td><td>Ada Vernoux<br>Attachée de presse<br>Cabinet de la "
            "ministre des Rives, porte-parole du groupe de travail sur les bacs<br>555-0000</td></tr></table>"
        ),
        (
            "<p>Cliquez sur une étoile pour noter cet article, de une à cinq.</p><p>Nous sommes "
            "désolés que cet article ne vous ait pas été utile !</p><p>Dites-nous comment nous pouvons "
            "l’améliorer.</p>"
        ),
        "<p>-30-</p><p>Le Sorguais est un journal de Brévanne, fondé en 1911 par deux instituteurs.</p>",
    ],
)
def test_what_follows_the_text_is_left_out(end: str) -> None:
    page = html(f"<article>{HEADLINE}{CHAPO}{BYLINE}<div>{PROSE}{end}</div></article>")
    assert read(page, URL).body.split("\n\n") == PARAGRAPHS


def test_an_address_with_the_authors_name_is_no_text_and_any_other_is() -> None:
    for address, kept in (("ada.vernoux@lesorguais.example", 0), ("mairie@saint-aubrac.example", 1)):
        assert len(paragraphs(f"<p>{address}</p>")) == len(PARAGRAPHS) + kept


def test_a_quotation_that_is_a_link_and_a_label_of_what_is_no_link_are_text() -> None:
    for told in ("« <a href='/t'>Le tram attendra encore un an</a>. »", "Les trois quartiers :"):
        assert len(paragraphs(f"<p>{told}</p>")) == len(PARAGRAPHS) + 1
