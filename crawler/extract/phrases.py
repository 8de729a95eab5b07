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
    return _MARKS.sub("", text[:400].lower().replace("’", "'"), count=1).rstrip()


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(parts) + ")")


class Phrases:
    """What a block begins with, and what may stand later in it.

    A pattern that may begin anywhere is tried at each letter of a paragraph: only where a word of it is seen.
    """

    def __init__(self, begins: re.Pattern[str], *later: tuple[tuple[str, ...], str]) -> None:
        self.begins = begins
        self.later = [(words, re.compile(pattern)) for words, pattern in later]

    def match(self, text: str) -> bool:
        """Whether a folded block is one of these."""
        if self.begins.match(text):
            return True
        for words, pattern in self.later:
            for word in words:
                if word in text:
                    if pattern.match(text):
                        return True
                    break
        return False


DAY: Final = r"(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}(?:er)? [a-zéû]{3,9}\.? \d{4})"
HOUR: Final = r"\d{1,2} ?[:h] ?\d{2}(?: ?min| ?mn)?"

_WHEN: Final = rf"{DAY}(?:,?(?: à| -)? ?{HOUR})?(?: \([^)]{{1,30}}\))? ?(?:[:|]|$)"

ENTRY: Final = _any(
    rf"(?:[^.!?]{{0,60}} )?a écrit,? le {_WHEN}",
    rf"réponse de (?:[^.!?]{{0,60}} )?le {_WHEN}",
    rf"\d{{1,4}} ?[.)]? ?posté par .{{0,80}}? le {_WHEN}",
    rf"(?:[^.!?]{{1,60}}) (?:a commenté|a réagi|a répondu) le {_WHEN}",
)
"""The first line of one reader's comment (the name may be missing: it is often an element of its own)."""

STAMP: Final = _any(
    rf".{{0,90}}?\b(?:le )?{DAY}(?:[ ,|à•·-]{{1,4}}{HOUR}){{1,2}}.{{0,30}}$",
    rf".{{0,60}}?\b{HOUR}[ ,|-]{{1,4}}(?:le )?{DAY}.{{0,30}}$",
    r".{0,60}?\bil y a (?:\d+|un|une) (?:an|ans|mois|semaines?|jours?|heures?|h|minutes?|min"
    r"|secondes?)\b.{0,30}$",
    r".{1,60} (?:dit|a dit|a commenté|a répondu|a réagi|écrit|a posté) ?:$",
)
"""A line that says who wrote and when, in any thread; also a byline, so it counts after the text only."""

BUTTON: Final = re.compile(
    r"(?:(?:connectez-vous|identifiez-vous|se connecter) pour )?(?:répondre|repondre"
    r"|signaler(?: (?:un abus|ce commentaire|un contenu abusif|ce message))?|alerter|citer|recommander"
    r"|voir les réponses|voir la réponse|j'aime|je n'aime pas)(?:\W*\d*\W*)(?:répondre|signaler|alerter"
    r"|citer|j'aime|\W)*$"
)

THREAD: Final = _any(
    r"(?:(?:les|vos|tous les|nos|afficher les|voir les|lire les|aucun|\d+"
    r"|un) )*(?:derniers )?(?:commentaires?|réactions?)"
    r"(?:\(s\))?(?: ?:)?(?: \(?\d+\)?| ?\(\d+\)| des (?:lecteurs|internautes)| sur cet article"
    r"| à cet article| récents)?\W*$",
    r"réagi(?:r|ssez)(?: à (?:cet|l')? ?article| maintenant)?\W*$",
    r"(?:laisse[rz]|poste[rz]|ajoute[rz]|écri(?:re|vez)|publie[rz]|enregistrer|déposer) (?:un|votre"
    r"|mon) commentaire",
    r"(?:votre|nouveau|ton) (?:commentaire|réaction)\W*$",
    r"commente[rz](?: (?:cet|l')? ?article)?\W*$",
    r"(?:participe[rz]|rejoigne[rz]|rejoindre) à? ?(?:la|cette) (?:conversation|discussion)",
    r"laisser une réponse",
    r"(?:le )?forum(?: de (?:l'article|discussion))?\W*$",
    r"\d+ réponses?(?: (?:à|pour) .*|\W*)$",
    r"(?:le )?débat\W*$",
)
"""The heading of a thread, or of its form."""

FORM: Final = _any(
    r"votre (?:adresse (?:e-mail|email|de messagerie|mail)|e-?mail|adresse) ne sera (?:pas|jamais)",
    r"tous les champs sont obligatoires",
    r"les champs obligatoires sont",
    r"(?:vous devez|il faut) (?:être (?:membre|connecté|abonné|inscrit|identifié)|vous (?:connecter"
    r"|identifier|inscrire)) (?:\w+ )?pour (?:ajouter|laisser|poster|publier|écrire|commenter|réagir"
    r"|participer)",
    r"connectez-vous (?:\w+ )*pour (?:commenter|réagir|laisser|ajouter|participer|publier)",
    r"aucun commentaire",
    r"soyez le premier à (?:commenter|réagir|donner)",
    r"merci pour votre commentaire",
    r"annuler la réponse",
    r"enregistrer mon nom",
    r"me notifier l'arrivée de nouveaux commentaires",
    r"charte (?:de modération|des commentaires|d'utilisation des commentaires)",
    r"ce site utilise akismet",
    r"prévenez-moi de tous les nouveaux",
    r"un message, un commentaire",
    r"qui êtes-vous \?",
    r"les commentaires (?:sont|ne sont|de cet|à cet)",
    r"devenez membre, ou connectez-vous",
)

RELATED: Final = _any(
    r"(?:(?:à|a) )?(?:lire|voir|écouter|ecouter|découvrir|decouvrir|relire|revoir"
    r"|regarder)(?: ou (?:ré)?(?:écouter|voir|lire))? (?:aussi|également|egalement|ensuite|plus)\b",
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
    r"|dossiers?)(?: (?:liés?|similaires?|associés?|connexes?|recommandés?|récents?|relatifs?"
    r"|populaires?|complémentaires?|du même auteur|sur le même (?:sujet|thème)|précédents?|suivants?"
    r"|les plus .{0,20}))\b",
    r"(?:les|l'article|article|vidéos?|contenus?)? ?(?:les )?plus (?:lus?|partagés?|commentés?"
    r"|populaires?|récents?|vus?|consultés?)\b",
    r"(?:pour )?(?:aller|en savoir) plus(?: loin)?\b",
    r"(?:ces|cet) (?:articles?|contenus?|sujets?) (?:devraient|devrait|peuvent|peut|pourraient|pourrait"
    r"|vous)\b",
    r"(?:vous|on) (?:pouvez|pourriez|aimerez|devriez|allez|vous) (?:aussi |également )?(?:aimer"
    r"|apprécier|être intéressé|aussi|recommande)",
    r"(?:cela|ça|ceci) (?:peut|pourrait|devrait) (?:aussi |également )?vous intéresser",
    r"recommandés? (?:pour|par)\b",
    r"(?:à|a) la une(?: de .{0,30})?\W*$",
    r"(?:le|les)? ?(?:fil|dernières?) (?:info|infos|actus?|actualités?|news|minutes?|articles?)\b",
    r"(?:dans|suivez) l'actualité\W*$",
    r"retrouvez (?:aussi|également|tou(?:te|s)|nos|notre|l'ensemble|d'autres)\b",
    r"(?:sur|autour de) le? ?(?:sujet|thème)\W*$",
    r"(?:thèmes?|sujets?|mots?[- ]clés?|tags?|étiquettes?|catégories?|thématiques?|rubriques?"
    r"|classé dans|en lien avec)(?: associés?| liés?| abordés?)?\W*(?::|$)",
    r"notre sélection\b|nos dossiers\b|nos vidéos\b|en vidéo\W*$",
    r"(?:articles?|page|billet) (?:précédente?|suivante?)\W*$",
)
"""The heading of links to other texts, or a line that leads to one."""

PROMOTION: Final = Phrases(
    _any(
        r"(?:la suite après (?:cette|la) )?publicité\W*$|advertisement\W*$",
        r"passer la publicité|contenu (?:sponsorisé|partenaire)|annonce\W*$|- publicité",
        r"(?:abonnez|inscrivez|connectez|identifiez|rejoignez|réabonnez)[- ]?(?:vous|nous)?\b",
        r"(?:s'abonner|s'inscrire|se connecter|je m'abonne|je m'inscris|m'abonner|créer un compte"
        r"|j'en profite)\b",
        r"(?:recevez|recevoir) .{0,80}(?:newsletter|boîte|mail|alerte|gratuitement|actualité|chaque"
        r"|essentiel|notification)",
        r"inscription à (?:la|notre|nos)",
        r"(?:suivez|suivre|retrouvez|rejoignez|ajoutez|partagez)[- ].{0,80}\b(?:sur|via|dans) (?:google"
        r"|whatsapp|facebook|twitter|x\b|instagram|telegram|linkedin|youtube|tiktok|les réseaux|nos réseaux"
        r"|bluesky|mastodon|messenger|flipboard)",
        r"suivez(?:-nous| nous)\b|suivre l'auteur|suivre ce sujet",
        r"(?:partager|partagez|partage|imprimer|envoyer(?: par (?:e-?mail|mail))?|copier(?: le lien)?"
        r"|lien copié|enregistrer|sauvegarder|offrir|favoris|ajouter (?:à|aux) .{0,30}|tweeter|épingler"
        r"|commenter|télécharger|pdf|haut de page|retour en haut|fermer|masquer|agrandir|plein écran|réduire"
        r"|zoom|diaporama)(?: (?:cet|l'|sur|via|ce|à|par|en|avec|le|la)? ?[^.?!:]{0,25})?$",
        r"(?:temps de )?lecture ?:? ?\d* ?(?:min|mn|minutes?)?\W*$|(?:durée|temps) de lecture"
        r"|\d+ min(?:utes?)?(?: de lecture)?\W*$|lu \d+ fois",
        r"(?:écouter|écoutez) (?:l'|cet )article|lire dans l'app|télécharge[rz] l'application"
        r"|téléchargez\b.{0,40}\bappli",
        r"(?:cet |l')?(?:article|contenu)s? (?:est |sont )?(?:exclusivement "
        r"|intégralement )?réservée?s? (?:à|aux) (?:nos )?abonné",
        r"(?:la (?:suite|lecture) (?:de .{0,40})?est )?réservée? (?:à|aux) (?:nos )?abonné",
        r"(?:déjà|deja) (?:abonné|inscrit|client)|il vous reste \d+|pour lire la suite|accédez à"
        r"|profitez (?:de|d'|dès)|à partir de \d+ ?(?:€|euros?)|offre (?:spéciale|d'essai)|sans engagement"
        r"|votre abonnement n'autorise",
        r"(?:soutenez(?!-vous)|soutenir|faire un don|faites un don|je fais un don|aidez"
        r"|nous avons besoin)\b.{0,120}(?:don|indépendan|presse|média|journal|soutien|rédaction|vous)?",
        r"(?:nous|ce site|notre site|en poursuivant|en continuant) .{0,60}cookies",
        r"(?:mentions légales|tous droits réservés|droits de reproduction|reproduction interdite"
        r"|copyright|©)",
        r"(?:en cliquant|votre adresse (?:e-?mail|mail|email)|vos données|j'accepte"
        r"|vous pouvez vous désinscrire|en vous inscrivant|les informations recueillies)\b",
        r"(?:une erreur|une faute|une coquille|vous avez (?:repéré|constaté|remarqué)|signaler une"
        r"|signalez une)\b.{0,80}",
        r"(?:ce (?:contenu|tweet|message)|cette (?:vidéo|publication)) (?:est bloqué|n'est pas|a été"
        r"|nécessite|ne peut)",
        r"(?:accepter|tout accepter|refuser|continuer sans accepter|gérer (?:mes|les) cookies|paramétrer)\W*",
        r"cc\].{0,200}",
        r"liens? (?:commerciaux|sponsorisés?|partenaires?)\b",
        r"imprimer\b.{0,60}$",
        r"devenez (?:fan|membre|abonné)|rejoignez-nous",
        r"(?:en|la) (?:vidéos?|images|photos|direct) ?[,:–-] .{0,150}$",
        r"écrire un message|nous contacter\W*$|contactez-nous",
        r"(?:partager|partagez) (?:cet|l')",
    ),
    (("newsletter",), r".{0,60}\bnewsletters?\W*(?:$|:)"),
    (
        ("de copie", "reproduction"),
        r".{0,150}(?:libres? de copie|droits de reproduction|reproduction (?:interdite|autorisée|soumise))",
    ),
    (
        ("dans votre boîte",),
        r".{0,80} dans votre boîte (?:e-?mail|mail|aux lettres|de réception)\W*$",
    ),
    (
        ("abonnez-vous", "inscrivez-vous", "s'abonner", "s'inscrire"),
        (
            r".{0,250}(?:abonnez-vous|inscrivez-vous|s'abonner|s'inscrire)\b.{0,80}"
            r"\b(?:newsletter|lettres?|infolettre|chaîne|alertes?)\b"
        ),
    ),
)
"""A line that sells, asks or is a tool."""

BYLINE: Final = _any(
    r"(?:article )?(?:publié|mis à jour|modifié|posté|rédigé|créé|paru|actualisé|mise à jour|publication"
    r"|dernière (?:mise à jour|modification))(?: ?:|,)? (?:le|à|par|il y a|hier|aujourd'hui|ce|en|dans"
    r"|:)?\b.{0,160}$",
    rf"(?:le )?(?:lundi |mardi |mercredi |jeudi |vendredi |samedi |dimanche )?{DAY}(?:[ ,."
    rf"|à-]+(?:{HOUR}(?::\d\d)?)?)?.{{0,40}}$",
    r"(?:par|écrit par|ecrit par|propos recueillis par|recueilli par|texte|textes|reportage|photos?"
    r"|vidéo|auteur|traduction|traduit par|illustrations?|enquête|correspondance)(?: ?:)? [a-zà-ÿ' .,&"
    r"|()@/-]{2,100}$",
    rf"(?:par|de) .{{2,80}}?\b(?:le )?{DAY}.{{0,30}}$",
    r"information fournie par|\d+ mots\W*$|lu \d+ fois|\d+ vues?\W*$|\d+ partages?\W*$",
    r"(?:source ?: ?|avec l'|avec )?(?:afp|reuters|ap|belga|ats|keystone|aps|map|tap|apa"
    r"|agences?)(?: ?[,/&et+ ]+ ?(?:afp|reuters|ap|belga|ats|agences?|presse))*\W*$",
)
"""Who, when, how long: never the text."""

CREDIT: Final = Phrases(
    _any(
        r"(?:crédits?|photo|photos|illustration|image|légende|infographie|copyright|©|\(c\))(?: (?:photo"
        r"|image|illustration|d'illustration))?s? ?[:©/]",
        r"photo d'(?:illustration|archives?)|image d'illustration|capture d'écran\b.{0,60}$",
    ),
    (
        ("photo", "crédit", "illustration", "image"),
        r".{0,250}\b(?:photos?|crédits?|illustration|image) ?: ?[^.]{2,60}$",
    ),
    (
        ("(crédit", "/", "©"),
        r".{0,250}(?:\(crédits? ?:[^)]*\)|/ ?(?:afp|reuters|sipa|ap|getty images)\)?|© ?[^.]{2,60})\W*$",
    ),
)
"""A caption, or the credit of a picture."""


def is_thread_heading(text: str) -> bool:
    """Whether a folded block can head a thread."""
    return len(text) < 80 and bool(THREAD.match(text))


TWEET: Final = re.compile(r"[—–-] ?.{1,80} ?\(@\w{1,20}\)")
"""The last line of an embedded post: who wrote it, and when."""
