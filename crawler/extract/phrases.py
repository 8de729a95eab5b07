"""French sentences and headings by which a page talks about itself, not about the news.

Every pattern is matched at the start of one block in small letters with straight apostrophes, is linear,
and is only believed together with what surrounds the block: an article may say « lire aussi » itself.
"""

from __future__ import annotations

import re
from typing import Final

_MARKS = re.compile(r"^[^\w©]+")


def fold(text: str) -> str:
    """A block as the patterns expect it: small letters, straight apostrophes, marks at its start dropped."""
    small = text[:400].lower().replace("’", "'").rstrip()
    return small if small[:1].isalnum() else _MARKS.sub("", small, count=1)


def any_of(*parts: str) -> re.Pattern[str]:
    """A pattern that is any of some."""
    return re.compile("(?:" + "|".join(parts) + ")")


class Phrases:
    """What a block begins with, and what may stand later in it.

    A pattern that may begin anywhere is tried at each letter of a paragraph: only where a word of it is seen,
    or a rare letter, which is found ten times faster.
    """

    def __init__(self, begins: re.Pattern[str], *later: tuple[tuple[str, ...], str]) -> None:
        self.begins = begins
        self.later = [(word, re.compile(pattern)) for words, pattern in later for word in words]

    def match(self, text: str) -> bool:
        """Whether a folded block is one of these."""
        if self.begins.match(text):
            return True
        return any(pattern.match(text) for word, pattern in self.later if word in text)


ENDS: Final = (".", "!", "?", "…", "»")
"""Of sentences that are no list and no line with something in brackets."""

DAY: Final = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|\d{1,2}(?:er)? [a-zéû]{3,9}\.? \d{4})"
MONTH: Final = (
    r"(?:janv(?:ier)?|févr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|août|sept?(?:embre)?|oct(?:obre)?"
    r"|nov(?:embre)?|déc(?:embre)?)\.?"
)
WEEKDAY: Final = r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )"
HOUR: Final = r"\d{1,2} ?[:h] ?\d{2}(?: ?min| ?mn)?"

RELATED: Final = any_of(
    r"(?:(?:à|a) )?(?:lire|voir|écouter|ecouter|découvrir|decouvrir|relire|revoir"
    r"|regarder)(?: ou (?:ré)?(?:écouter|voir|lire))? (?:aussi|également|egalement|ensuite\b|plus\W*$)",
    r"(?:à|a) (?:lire|voir|écouter|découvrir|relire)\b",
    r"(?:lire|voir|relire|écouter|video|vidéo|dossier|retrouvez|notre dossier|notre article|regarder"
    r"|vidéos)(?: aussi)? ?:",
    r"lire (?:la suite|le (?:dossier|reportage|récit|portrait|décryptage|compte[- ]rendu)|l'(?:article"
    r"|entretien|analyse|enquête|éditorial|intégralité)|la (?:tribune|chronique)|notre|nos|les)\b",
    r"re\)(?:lire|voir|écouter)\b",
    r"(?:sur|dans) l[ea]s? mêmes? (?:sujet|thème|rubrique|dossier|catégorie)s?",
    r"(?:du|de la) même auteur\W*$",
    r"la rédaction vous (?:conseille|recommande|propose)",
    r"l'auteur vous recommande",
    r"(?:nos |les |autres |plus d'|d'autres |derniers )?(?:articles?|contenus?|actualités?|sujets?"
    r"|valeurs?|dossiers?)(?: (?:liée?s?|similaires?|associée?s?|connexes?|recommandés?|récents?|relatifs?"
    r"|en (?:rapport|relation)|suggérés?|populaires?|complémentaires?|du même auteur"
    r"|sur le même (?:sujet|thème)|précédents?|suivants?|les plus .{0,20}))\b",
    r"(?:les|l'article|article|vidéos?|contenus?)? ?(?:les )?plus (?:lus?|partagés?|commentés?"
    r"|populaires?|récents?|vus?|consultés?)\b",
    r"(?:pour )?(?:aller plus loin|en savoir plus)(?: sur\b.*|\W*| ?:.*)$",
    r"plus d'(?:articles|actualités|actus?|infos?|informations)\b",
    r"(?:ces|cet) (?:articles?|contenus?|sujets?) (?:devraient|devrait|peuvent|peut|pourraient|pourrait"
    r"|vous)\b",
    r"(?:vous|on) (?:pouvez|pourriez|aimerez|devriez|allez|vous) (?:également )?(?:aimer"
    r"|apprécier|être intéressé|aussi|recommande)",
    r"(?:cela|ça|ceci) (?:peut|pourrait|devrait) (?:aussi |également )?vous intéresser",
    r"recommandés? (?:pour vous|par (?:la rédaction|outbrain|taboola|nos\b))",
    r"(?:à|a) la une(?: de .{0,30})?\W*$",
    r"(?:le|les)? ?(?:fil|dernières?) (?:info|infos|actus?|actualités?|news|minutes?|articles?)\b",
    r"(?:dans|suivez) l'actualité\W*$",
    r"retrouvez (?:ici|aussi|également|tou(?:te|s)|nos|notre|l'ensemble|d'autres)\b",
    r"(?:sur|autour de) le? ?(?:sujet|thème)\W*$",
    r"(?:thèmes?|sujets?|mots?[- ]clés?|tags?|étiquettes?|catégories?|thématiques?|rubriques?"
    r"|classé dans|en lien avec)(?: associés?| liés?| abordés?)?\W*(?::|$)",
    r"notre sélection\b|nos dossiers\b|nos vidéos\b|en vidéo\W*$",
    r"(?:articles?|page|billet) (?:précédente?|suivante?)\W*$"
    r"|article (?:précédent|suivant)(?!es?\b)(?=[^\W\d_]{2})",  # glued to its headline
    r"(?:quiz|sondage|en continu|(?:la question|le sondage) du jour"
    r"|(?:toute )?l'actualité en (?:direct|continu))\W*$",
    r"lisez la suite\b|(?:(?:au )?sommaire|dans cet article)\W*$|table des matières\W*$",
    r"contacts?(?: (?:presse|médias?)\b|\W*$)|qui sommes-nous\W*$",
    r"(?:à propos|au sujet) de (?:l'|cette |des )aut(?:eur|rice)",
    r"(?:tous )?(?:nos |les )?(?:autres|derni(?:ers|ères)) (?:articles|actualités|actus|publications)\W*$",
)
"""The heading of links to other texts or to parts of this one, or a line that leads to one."""

INVITATION: Final = any_of(
    r"(?:à |a )?(?:(?:re)?lire|(?:re)?voir|(?:ré)?écouter|ecouter|regarder|découvrir)"
    r"(?: (?:aussi|également|egalement)\b|(?: \([^)]{1,30}\))? ?:)",
    r"re\)(?:lire|voir|écouter)\b",
)
"""A line that sends readers to another text, link or no link."""

PROMOTION: Final = Phrases(
    any_of(
        r"(?:la suite (?:de (?:l'|cet )article )?après (?:cette|la) )?publicités?\W*$|advertisements?\W*$"
        r"|(?:publicité|advertisement)\W+(?:continue|poursuiv|pour continuer)[^.!?]{0,40}\W*$"
        r"|la suite (?:de (?:l'|cet )article )?(?:après|sous) (?:cette|la|l') ?"
        r"(?:vidéo|photo|promotion|pub|annonce)\W*$",
        r"(?:(?:début|fin) de la publicité)+\W*$|(?:début|fin) du widget\b"
        r"|(?:votre|cet) article (?:continue|se poursuit)\b[^.!?]{0,20} publicité\W*$"
        r"|(?:la )?suite de l'article ci-dessous\W*$",
        r"passer la publicité|contenu (?:sponsorisé|(?:de (?:notre|nos) )?partenaire)|sponsorisé\W*$"
        r"|offre (?:sponsorisée|partenaire)|google (?:actualités|news) ?:"
        r"|annonce\W*$|publicité [-–] ",
        r"(?:abonnez|inscrivez|connectez|identifiez|réabonnez)[- ]?vous\b(?! (?:à|sur) (?:n'|une? |[cd]es ))"
        r"|rejoignez(?!-nous,)\b",
        r"(?:s'abonner|s'inscrire|se connecter|créer un compte)(?: (?:à|pour|avec|dès"
        r"|gratuitement)\b.{0,40})?\W*$",
        r"(?:je m'abonne|je m'inscris|m'abonner|j'en profite)\b.{0,40}$",
        r"recevez (?:nos|notre)\b|restez informée?s?\W*$"
        r"|(?:chaque|tous les) (?:jour|matin|soir|semaine)s?, (?:notre|la) rédaction vous\b"
        r"|recevez .{0,80}(?:newsletter|boîte|mail|alerte|gratuitement|actualité|chaque|essentiel"
        r"|notification)",
        r"recevoir .{0,80}(?:newsletter|boîte (?:mail|e-mail|aux)|(?:par|vos) (?:e-?mails?|alertes?)"
        r"|notification)",
        r"inscription à (?:la|notre|nos)|newsletters?\b[^.!?]{0,40}$",
        r"ne (?:manquez|ratez|loupez) (?:rien|plus|aucune?)\b.{0,60}(?:actu|info|lettre|alerte|inscri|abonn)",
        r"(?:suivez|suivre|retrouvez|rejoignez|ajoutez|partagez)[- ].{0,80}\b(?:sur|via|dans"
        r"|à) (?:notre chaîne"
        r"|notre (?:compte|page|canal|appli|fil|direct|live|site)|vos sources|google|whatsapp|facebook"
        r"|twitter|x\b|instagram|telegram|linkedin|youtube|tiktok|les réseaux|nos réseaux"
        r"|bluesky|mastodon|messenger|flipboard)",
        r"(?:cet article|cette page|ce contenu) vous (?:intéresse|plaît|est offert|a (?:été )?(?:plu|utile)\b"
        r"|a-t-(?:il|elle) )|notez cet article|suivez (?:toute )?l'actu"
        r"|(?:avez-vous trouvé|nous sommes (?:désolés|ravis) que) (?:cet article|cette page|ce contenu)\b"
        r"|cliquez sur une étoile\b|aucun vote (?:pour l'instant|jusqu'à présent|pour le moment)\b"
        r"|dites-nous comment nous pouvons l?'?améliorer\b|comment pouvons-nous l'améliorer\b"
        r"|suivez (?:la|notre) (?:chaîne|page) \w"
        r"|pour ne (?:rien (?:manquer|rater|louper)|(?:manquer|rater) aucune?) [^.!?]{3,60}"
        r", (?:téléchargez|abonnez|inscrivez|suivez|activez|rejoignez)\b"
        r"|suivez(?:-nous| nous)\b|suivre l'auteur|suivre ce sujet",
        r"(?:merci de |pensez à )?(?:partager|partagez|partage|imprimer|envoyer|copier"
        r"|lien copié|e-?mail"
        r"|enregistrer|sauvegarder|offrir|favoris|ajouter (?:à|aux) .{0,30}|tweeter|épingler|commenter"
        r"|(?:à )?télécharger|pdf|(?:retour en )?haut(?: de page)?|fermer|masquer|agrandir|plein écran"
        r"|réduire|diaporama)"
        r"(?: ?(?:cet(?:te)? |ce |l'|le |la |les )?(?:articles?|page|lien|contenu|vidéo|podcast"
        r"|photos?"
        r"|image|texte|publication|émission|menu|fenêtre|pdf|commentaires?|son|carte))?"
        r"(?: (?:sur|via|par|avec|en|à un) [^.?!:]{0,25})?\W*$",
        r"vous pouvez partager (?:un|cet) article|vérifiez que vous",
        r"(?:(?:cet |ce |l')?(?:article|texte|contenu|billet) )?(?:est )?(?:mis à disposition |publié  )?"
        r"(?:sous|selon les termes de) (?:la |une )?licence creative commons\b",
        r"cet article (?:date de|a|a été publié il y a) plus d(?:e \w+|'un) (?:ans?|mois)\b",
        r"fichiers?(?: joints?| attachés?)? ?:\W*$|(?:documents?|pièces?) (?:jointe?|attachée?)s?\W*$",
        r"(?:temps de )?lecture(?: de)? ?:? ?\d* ?(?:min|mn|minutes?)?\W*$"
        r"|(?:durée|temps) de (?:lecture|la vidéo ?:)"
        r"|\d+(?: min(?:utes?)?(?: de lecture| read.{0,30})?| ?/ ?\d+)\W*$"
        r"|\d+ (?:votes?|avis|notes?), (?:average|moyenne)\b|\d(?:[.,]\d)?/\d+ - \(\d+ votes?\)"
        r"|(?:nombre de )?(?:vues|affichages|clics|lectures|visites|durée) ?: ?(?:\d+ ?(?:min|mn|h|s)?\W*)+$"
        r"|(?:écouter|voir|diaporama|galerie)\b[^.!?()]{0,20}\(\d+ (?:min|mn|minutes|photos|images)\)\W*$"
        r"|\d[\d .]* ?(?:lectures|photos|images)\W*$"
        r"|chargement(?: en cours)?\W*$|loading\W*$|\d+:\d\d ?/ ?\d+:\d\d\W*$",
        r"(?:nouveau\W+)?(?:vous pouvez (?:désormais |maintenant )?)?"
        r"(?:écouter|écoutez) (?:l'|cet |nos |les )article|(?:lecture|version|écoute) audio\b|lire dans l'app"
        r"|télécharger (?:l'|notre )appli.{0,40}$|téléchargez\b.{0,40}\bappli",
        r"(?:cet )?article (?:est )?lu par une voix\b|la synthèse vocale, basée sur\b",
        r"(?:(?:le|ce) )?résumé (?:(?:a été|est) )?(?:généré|réalisé|produit|rédigé|fait)"
        r" (?:par|avec|à l'aide)\b.{0,80}$",
        r"http\S+(?: [-–|] .{0,60})?$|la fonction (?:d'écoute|de lecture (?:audio|vocale))\b",
        r"url (?:source|de (?:cet|l')\s?article)|(?:source|adresse|url) ?: ?(?:https?:|www\.)",
        r"(?:le contenu de )?(?:cet |l')?(?:article|contenu)s? (?:est |sont )?(?:exclusivement "
        r"|intégralement )?réservée?s? (?:à|aux) (?:nos )?abonné",
        r"(?:la (?:suite|lecture) (?:de .{0,40})?est )?réservée? (?:à|aux) (?:nos )?abonné",
        r"vous avez (?:déjà )?(?:lu (?:\d{1,3} ?%|votre article (?:gratuit|offert))"
        r"|(?:atteint|épuisé|utilisé|consulté|lu) (?:(?:tous )?vos "
        r"|votre |la |le )?(?:quota|limite|nombre|\d+)[^.!?]{0,30} (?:articles?|contenus?) "
        r"(?:gratuits?|offerts?))"
        r"|(?:lisez|découvrez) la suite (?:de (?:l'|cet )article )?"
        r"(?:en|pour|dès|à partir|avec)\b|vous devez être abonné|envie de lire la suite ?\?"
        r"|accès illimité (?:à|au|aux)\b",
        r"(?:vous (?:avez|êtes) )?(?:déjà|deja) (?:abonné|inscrit|client|un compte ?\?)"
        r"|il vous reste \d+|pour lire la suite|accédez à"
        r"|profitez (?:de|d'|dès)|à partir de \d+ ?(?:€|euros?)[^.]{0,40}\.?$|offre (?:spéciale|d'essai)"
        r"|sans engagement(?:,? résiliable.*)?\W*$|votre abonnement n'autorise",
        r"(?:soutenez(?!-vous)|faites un don|je fais un don)\b|(?:soutenir|aider|faire un don)(?: à)? "
        r"(?:notre|nos|le journal|la rédaction|ce média|une presse|un (?:média|journal))\b|faire un don\W*$"
        r"|vous (?:aimez|appréciez|avez (?:aimé|apprécié)) (?:notre|ce) (?:travail|journal|média) ?\?"
        r"|(?:aidez[ -]nous|nous avons besoin) (?:à|de|d'|aussi )*(?:vous\b|votre|vos|réunir|poursuivre"
        r"|rester"
        r"|continuer|dons?\b|soutien)",
        r"(?:nous utilisons|ce site|notre site|en poursuivant|en continuant) .{0,60}cookies(?! sans)",
        r"mentions légales(?:\W*$| ?[-–|•·/] | et )"
        r"|[^.!?]{0,60}© ?\d{4}[^!?]{0,60}tous droits réservés\W*$"
        r"|(?:tous droits réservés|droits de reproduction|reproduction interdite"
        r"|copyright (?:\W|(?:[a-zéû]{3,9} )?\d)|©)",
        r"(?:en cliquant (?:sur|ici)\b.{0,80}\b(?:accept|consent|reconnai|inscri|autoris|recev)\w*"
        r"|en (?:renseign|indiqu|saisiss)ant votre (?:adresse|e-?mail)"
        r"|votre adresse (?:e-?mail|mail)|j'accepte (?:de recevoir"
        r"|que mes|les c"
        r"|la politique|d'être)|vos données (?:personnelles )?(?:sont|seront|font) (?:traitées|collectées"
        r"|utilisées|conservées|l'objet)|vous pouvez vous désinscrire|en vous inscrivant"
        r"|les informations recueillies|(?:je respecte|nous respectons) votre vie privée)\b"
        r"|(?:pas de|zéro|aucun) (?:spams?|pourriels?)\b[^.!?]{0,40}[.!?]?$",
        r"(?:vous (?:avez )?(?:repér|constat|remarqu|vu|voy|trouv)[a-zé]* |signale[rz] )?"
        r"une (?:erreur|faute|coquille)"
        r"(?: (?:dans|sur|d'orthographe|de frappe)\b.{0,40})? ?\?"
        r"|signale[rz] une (?:erreur|faute|coquille|anomalie|inexactitude)\b.{0,60}$",
        r"(?:ce (?:contenu|tweet|message|post|lecteur)|cette (?:vidéo|publication|carte|infographie)) "
        r"(?:est bloquée?|n'est pas (?:disponible|accessible|affichée?)|a été (?:bloquée?|désactivée?"
        r"|masquée?)"
        r"|nécessite|ne peut (?:pas )?(?:être|s')|provient d|est (?:hébergée?|fournie?) par)",
        r"(?:pour|afin de) (?:afficher|visualiser|visionner|voir|regarder|lire|consulter|accéder à) (?:ce"
        r"|cette|le"
        r"|la|les|l')\b.{0,120}(?:cookies|traceurs|consentement|accepte)|(?:ces|les|nos"
        r"|des) cookies (?:permettent"
        r"|seront|sont utilisés|nous)",
        r"(?:tout |tous )?(?:accepter|refuser)(?: (?:tout|et (?:fermer|continuer|s'abonner)"
        r"|les cookies))*\W*$"
        r"|continuer sans accepter|(?:gérer|paramétrer|modifier) (?:mes|les|vos) (?:cookies|choix"
        r"|préférences)",
        r"voir (?:cette publication|ce post|cette photo|ce tweet|cette vidéo) sur\b|view this post on"
        r"|une publication partagée par\b|a post shared by",
        r"(?:vous (?:êtes|avez|souhaitez|voulez|connaissez)\b.{0,100}\? )?(?:témoignez|écrivez-nous"
        r"|contactez-nous|racontez-nous|envoyez-nous)\b.{0,40}(?:@|écri|formulaire|mail|adresse)"
        r"|(?:envoyez|adressez)(?:-nous)? (?:vos|votre) (?:commentaires?|remarques?|réactions?|courriers?"
        r"|contributions?)\b.{0,60}@",
        r"cc\].{0,200}",
        r"liens? (?:commerciaux|sponsorisés?|partenaires?)\b",
        r"imprimer\b.{0,60}$",
        r"devenez (?:fan|membre|abonné)",
        r"(?:voyez|regardez|visionnez) (?:le |la |l'|notre )[^.!?]{0,90}\b(?:vidéo|ci-(?:dessus|dessous))\b"
        r"|vid[ée]os?(?: [-–|]|\.) [^.!?]{0,120}$",
        r"en (?:vidéos?|images|photos|direct) ?[:–-] .{0,150}$|en (?:vidéo|images|photos), [^.]{0,150}$",
        r"écrire un message|nous contacter\W*$|contactez(?:-nous| la rédaction\b)"
        r"|j'aime(?: ça)? ?(?::|chargement)\W*$",
        r"(?:partager|partagez) (?:cet|l')|partager ?(?:sur ?)?(?:facebook|twitter|whatsapp)[^.!?]{0,150}$"
        r"|taille (?:du texte|de (?:la )?police|des caractères)[\W\d]*(?:a[\W\d]*)*(?:imprimer|envoyer)*\W*$"
        r"|(?:publier|publish) (?:sur|at) calam[ée]o\b|plus de publications sur calaméo\b|open publication\b"
        r"|envoyé par \w+\W*$|print ?friendly\b",
        r"page \d+ (?:sur|de|/) \d+\W*$|contenu bloqué\b[^.!?]{0,60}\bcookies\b"
        r"|clique[rz] (?:sur|ici) [^.!?]{2,40}\b(?:agrandir|en grand)\W*$|\w+(?: ?#\w+)+\W*$"
        r"|(?:cet )?article (?:a été )?(?:rédigé|écrit|traduit|généré|produit) (?:avec|par|à l'aide)"
        r" [^.!?]{0,30}\b(?:intelligence artificielle|ia)\b[^.!?]{0,90}\W*$"
        r"|(?:(?:et vous|qu'en pensez-vous)\b[^.!?]{0,60}\? )?(?:réagissez|dites-(?:le[- ])?nous"
        r"|(?:donnez|partagez)(?:-nous)? votre avis)\b"
        r"[^.!?]{0,60}\bcommentaires?\b[^.!?]{0,30}\W*$"
        r"|(?:et vous,? )?qu'en pensez-vous ?\? vous pouvez [^.!?]{5,90}[.!]\W*$"
        r"|cliquez ici pour (?:nous )?(?:suivre|rejoindre|recevoir|commenter|vous)\b"
        r"|disponible sur (?:l'app store|google play)|accepte[rz] les cookies\b.{0,60}$"
        r"|(?:vous utilisez|nous avons détecté) (?:actuellement )?un (?:bloqueur|adblock)"
        r"|la publicité nous permet [^.!?]{0,60}\b(?:nos journalistes|notre rédaction|vous)\b"
        r"|(?:merci de |veuillez |pensez à )?désactive[rz] [^.!?]{0,30}(?:bloqueur|adblock)"
        r"|(?:vous utilisez un|votre) navigateur (?:web )?(?:est )?(?:obsolète|périmé|trop ancien)\b"
        r"|javascript (?:est|semble|doit être) (?:désactivé|activé)\b|(?:veuillez )?active[rz] javascript\b"
        r"|imprimé (?:depuis|à partir) |moyenne des (?:votes|notes)\b|note moyenne\b",
        r"(?:contact(?:ez[ -]nous)?|(?:la )?rédaction|courriel|e-?mail|mail"
        r"|(?:pour nous )?écrire) ?: ?(?:\S+@\S+|\[email.protected\])\W*$"
        r"|(?:vous avez )?une info(?:rmation)? à (?:nous )?(?:partager|transmettre|communiquer|signaler)\b",
        r"pour (?:commenter|réagir)\b.{0,30}(?:connect|identifi|inscriv|abonn)ez-vous"
        r"|les commentaires (?:(?:sont )?(?:la|sous|soumis|modérés|postés|publiés)|n'engagent)\b.{0,80}"
        r"(?:lecteur|internaute|auteurs|charte|modér)",
        r"(?:ajoute[rz]|choisi(?:r|ssez)|défini(?:r|ssez)|préfére[rz])\b[^.!?]{0,40}"
        r" source (?:préférée|favorite)\b[^.!?]{0,30}\W*$|(?:réagir|commenter) ?\(\d+\)\W*$",
        r"vous êtes ici ?:|accueil ?[>»›/] |tous les articles de [^.!?]{3,40}$"
        r"|journaliste (?:au|à|chez|pour) [^.!?,;]{2,50}$"
        r"|retrouvez [^.!?]{3,90} (?:dans (?:l'édition|le (?:numéro|magazine)|notre (?:édition|journal"
        r"|numéro|magazine))|en kiosque|chez votre marchand)\b[^.!?]{0,60}\W*$"
        r"|retrouvez (?:cet article|tous nos articles|toute l'actu(?:alité)?)\b(?:[^.!?]|\.\w){0,80}\W*$"
        r"|article original (?:publié|paru) (?:sur|dans) [^.!?]{2,40}\.?[^.!?]{0,8}$"
        r"|(?:cet )?(?:article|entretien|texte) (?:est |a (?:d'abord )?été )?(?:paru|publié|extrait)\b"
        r"[^.!?]{0,60}(?:n°|numéro|édition|hors-série)[^.!?]{0,40}\W*$",
    ),
    (("w",), r".{0,60}\bnewsletters?[ !»]*(?:$|:)"),
    (
        ("cookies",),
        (
            r"[^.!?]{2,40} utilise(?:nt)? des cookies\b.{0,120}\b"
            r"(?:gérer|paramétrer|personnaliser|accepter|refuser)\b.{0,40}$"
        ),
    ),
    (
        ("citer c",),
        (
            r"(?:pour|comment|[^.!?]{2,40} propose de) citer ce(?:t|tte)? (?:article|billet|texte)"
            r"(?: de la manière suivante)?\W*$"
        ),
    ),
    (  # how to cite this page
        ("consulté le ",),
        (
            r".{9,400}\bconsulté le \d{1,2}(?:er)? \w+ \d{4}\W{1,4}(?:(?:url|doi)\b|à l'adresse|https?:)"
            r".{0,120}$"
        ),
    ),
    ((" vimeo",), r"[^!?]{5,200} (?:from|de|par) [^!?]{2,60} (?:on|sur) vimeo\W*$"),
    (
        ("suivez ",),
        r"[^.!?:]{3,60} : suivez (?:(?:toute )?l'(?:actu|évolution)|(?:le |notre |en )direct)[^.!?]{0,90}$",
    ),
    (  # where and when a film was shown, and how long it is
        (" min. / ", " min / "),
        r"[^.!?]{0,150}/ \d{1,3} min\.? / [^.!?]{4,40}\W*$",
    ),
    (
        ("engage", "sont ceux de"),
        (
            r"(?:les (?:opinions|points de vue|propos)|ce(?:tte)? (?:texte|tribune|billet|chronique)"
            r"|cet article)\b[^.!?]{0,80}?"
            r" (?:n'engage(?:nt)? que (?:leur|son|sa|ses)|sont ceux de (?:l'|leurs? )) ?aut(?:eur|rice)"
        ),
    ),
    (
        ("affili", "commission"),
        (
            r"(?:[^.!?]{0,40} : )?(?:si vous achetez|en achetant"
            r"|(?:certains|les|nos|ces|ce|cet|notre) (?:liens|articles?|contenus?|site))\b.{0,120}"
            r"\b(?:liens? (?:affiliés?|d'affiliation)|programme d'affiliation|percevoir une commission)\b"
        ),
    ),
    (
        ("copie", "reproduction"),
        (
            r".{0,150}(?:libres? de copie|droits de reproduction|reproduction (?:interdite|autorisée|soumise"
            r"|(?:même partielle )?de (?:cet article|ces articles) est (?:strictement )?interdite))"
        ),
    ),
    (
        ("lire la suite", "tweet"),
        r".{20,400}(?:\blire la suite(?: ?: .{1,60})?|click to tweet|cliquez pour tweeter)\W*$",
    ),
    (
        ("tous les articles", "toutes les publications", "+ posts"),
        (
            r".{0,280}(?:(?:voir|afficher|lire) (?:tous les articles|toutes les publications) (?:de|par)"
            r" .{3,60}|\+ posts)\W*$"
        ),
    ),
    (
        ("î",),
        r".{0,80} dans votre boîte (?:e-?mail|mail|aux lettres|de réception)\W*$",
    ),
    (
        ("abonne", "inscri", "soutenir"),
        (
            r".{0,250}(?:(?:abonnez-vous|inscrivez-vous)\b(?:.{0,80}\b(?:newsletter|lettres?|infolettre"
            r"|chaîne|alertes?)\b| (?:ci-(?:dessous|contre)|ici|gratuitement|dès maintenant)\W*$"
            r"| (?:dès|à partir de|pour(?: seulement)?) \d+(?:[.,]\d+)? ?(?:€|euros?))"
            r"|(?:s'abonner|s'inscrire) (?:gratuitement )?à (?:notre|nos|la newsletter)"
            r"|contactez-nous\b.{0,40} pour vous abonner\W*$|\b(?:pensez à|pouvez) nous soutenir\b)"
        ),
    ),
)
"""A line that sells, asks or is a tool."""

CALL: Final = re.compile(
    r"\b(?:faites un don|abonnez-vous|inscrivez-vous|soutenez(?!-vous)|rejoignez-nous|devenez membre"
    r"|(?:notre|nos) (?:newsletters?|infolettres?|chaînes? whatsapp))\b"
    r"|\b(?:je (?:m'abonne|m'inscris|donne|soutiens|fais un don)|s'abonner|faire un don)\W*$"
)
"""What a paragraph with a link asks of its readers."""


def _each(text: str) -> frozenset[str]:
    """The lines that a text lists, one between every two strokes."""
    return frozenset(line.strip() for line in text.split("|"))


TOOLS: Final = _each(
    """
    suivant | précédent | retour | retour à l'accueil | retour à la liste | retour à la une |
    retour aux actualités | actualiser | actualiser la page | le direct est terminé | fin du direct |
    ce direct est terminé | ce direct est maintenant terminé |
    version imprimable | version pdf | zoom | taille du texte | taille de police |
    a | a+ | a- | a+ a- | a- a+ | aa | réinitialiser | j'aime | j'aime ça | like this | tweet | share |
    print | email | e-mail | related | skip to content | leave a comment | leave a reply | read more |
    continue reading | previous post | next post | lire en anglais | read in english | pub |
    laisser un commentaire | réagir | réagir à cet article | voir les commentaires |
    lire les commentaires | participez à la conversation | rejoindre la conversation |
    participer à la discussion | voir tous les articles | voir tous ses articles | tous ses articles |
    tous les articles | voir plus | lire plus | afficher plus | afficher moins | en voir plus |
    ouvrir | alerte info | recevoir les alertes | activer les notifications |
    afficher la transcription | masquer la transcription | afficher le sommaire | masquer le sommaire |
    voir la photo en grand | cliquez pour agrandir | cliquer pour agrandir |
    cliquez sur l'image pour l'agrandir | voir le diaporama | voir la galerie | voir les photos |
    voir la vidéo | lire la vidéo | dr | légende de la photo | afficher la légende |
    masquer la légende | suivre | suivre cet auteur |
    contacter l'auteur | écrire à l'auteur | journaliste | consulter le journal numérique |
    consultez le journal numérique | feuilleter le journal | le journal du jour | kiosque |
    lancer la lecture | applications mobiles |
    acheter ce numéro | fin de l'article | voir l'article original | lien vers l'article |
    contenu non disponible | contenu indisponible | vidéo indisponible |
    la vidéo n'est pas disponible | cette vidéo n'est plus disponible | exclusif | exclusivité |
    premium | vidéo | podcast | infographie | photos | en images | en direct | direct | live | météo |
    horoscope | vidéo du jour | google news | mail | partages | signaler | signaler un abus | rechercher |
    traduire | version anglaise | voir en plein écran | suivre ce thème | s'abonner au thème |
    vous avez repéré une faute | vous avez repéré une erreur | vous avez vu une erreur |
    lien copié | lien copié dans le presse-papiers | qu'avez-vous pensé de cet article |
    ce site est protégé par recaptcha | abonné | abonnés | article abonné | accès libre |
    article en accès libre | article gratuit | article offert | vous lisez un article gratuit |
    contenu externe | contenus sponsorisés | ailleurs sur le web | veuillez patienter |
    voir tous les commentaires | votez pour cet article | google actualités | lire plus tard |
    écouter | mis à jour | modifié | publié | exclusivité web |
    publi-rédactionnel | publireportage | brand content
    """
)
"""Lines that are a button, a label or a way to another page, and nothing else."""
