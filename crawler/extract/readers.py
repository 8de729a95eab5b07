"""Lines by which readers' comments are known: names with a date, buttons, headings, sentences of a form.

Every pattern is matched at the start of one block in small letters with straight apostrophes, and is linear.
A line is only believed together with what surrounds it: an article has dates and headings too.
"""

from __future__ import annotations

import re
from typing import Final

from crawler.extract.phrases import DAY, HOUR, MONTH, any_of

_FROM: Final = r"(?: \([^)]{1,30}\))?"
_WHEN: Final = rf"{DAY}(?:,?(?: à| -)? ?{HOUR}{_FROM} ?(?:[:|](?! ?[«\"“])|$)|{_FROM}[ :|]*$)"
"""When a reader wrote; what says so of a letter has no hour, or goes on with what it quotes."""

ENTRY: Final = any_of(
    rf"(?:[^.!?]{{0,60}} )?a écrit,? le {_WHEN}",
    rf"réponse de (?:[^.!?]{{0,60}} )?le {_WHEN}",
    rf"\d{{1,4}} ?[.)]? ?posté par .{{0,80}}? le {_WHEN}",
    rf"(?:[^.!?]{{1,60}}) (?:a commenté|a réagi|a répondu) le {_WHEN}",
)
"""The first line of one reader's comment (the name may be missing: it is often an element of its own)."""

_TAIL: Final = r"(?:.{0,30}|.{0,6}\b(?:répondre|réagir|signaler|citer|alerter|recommander|j'aime)\b.{0,60})$"
"""What may follow a time on the line of a comment: a few words, or its buttons."""

STAMP: Final = any_of(
    rf".{{0,90}}?(?<![\d/.-]){DAY}(?:[ ,|à•·@-]{{1,4}}{HOUR}){{1,2}}{_TAIL}",
    rf".{{0,60}}?(?<!\d){HOUR}[ ,|-]{{1,4}}(?:le )?{DAY}.{{0,30}}$",
    r".{0,60}?il y a (?:\d+ ans|(?:\d+|une?) ?(?:(?:an|ans|h|j|min)\b|mois|semaines?|jours?|heures?|minutes?"
    r"|secondes?)).{0,30}$",
    r".{1,60} (?:dit|a dit|a commenté|a répondu|a réagi|écrit|a posté) ?:$",
    rf".{{0,60}}?(?:hier|aujourd'hui|(?<!\d)\d{{1,2}}(?:er)? {MONTH}),?(?: à)? {HOUR}.{{0,30}}$",
    rf".{{0,60}}?(?<![\d/.-])\d{{1,2}}[/.]\d{{1,2}},?(?: à| -)? {HOUR}\W*$",
    r".{0,60}?\b(?:\d+|an?) (?:year|month|week|day|hour|minute|min)s? ago\b.{0,30}$",
)
"""A line that says who wrote and when, in any thread; also a byline, so it counts after the text only.

The name may be glued to what follows: each is an element, and only a style sheet parts them.
"""

_ACTS: Final = (
    r"(?:répondre(?: à (?:ce |cette )?\w+)?|repondre|alerter"
    r"|signaler(?: (?:un abus|ce commentaire|un contenu abusif|ce message))?"
    r"|citer(?: (?:ce|le) (?:message|commentaire))?|recommander|voir les réponses|voir la réponse"
    r"|j'aime|je n'aime pas|aimer|reply|like)"
)
BUTTON: Final = re.compile(
    rf"(?:\d++ ?){{0,3}}(?:(?:connectez-vous|identifiez-vous|se connecter) pour )?{_ACTS}"
    rf"(?:{_ACTS}|partager|modifié|\b(?:j|h|a|min|sem|ans?|jours?|heures?|minutes?|mois|semaines?)\b|[\W\d])*$"
)
"""The buttons below one comment, with what is counted beside them and its age."""

REPLY: Final = re.compile(r".*(?<![^\W\d])(?:répondre|repondre|reply|signaler|alerter|citer)")
"""A button that only comments have; others are those of an article too. The next one may be glued to it."""

DATED: Final = any_of(
    rf"(?!publié)(?:.{{0,60}}\W)?(?<![\d/.-])(?:{DAY}|\d{{1,2}}(?:er)? {MONTH})(?:{_ACTS}|[\W\d])*$",
    rf"(?:.{{0,60}}\W)?\d{{1,2}} ?(?:h|j|d|w|min|sem)(?:\d*{_ACTS}|\W)*$",
    rf"(?:le )?{DAY},?(?: (?:par |de )?)?(?=[^\W\d])[^.!?]{{1,30}}$",
)
"""A line that ends with a day or an age: no stamp by itself, since lists of other texts have them too."""

BARE: Final = re.compile(
    rf"(?:(?:posté|publié|écrit) )?(?:le )?(?:{DAY}|\d{{1,2}}(?:er)? {MONTH}|hier|aujourd'hui"
    r"|il y a \w+ [a-zé]+|\d{1,2} ?(?:h|j|d|w|min|sem)\b)"
    rf"(?:[ ,|à•·@-]*{HOUR})?[\W\d]*$"
)
"""A date with no name before it: above or below a comment's stands the name, above a paragraph's does not."""

GLUED: Final = any_of(
    rf"[^.!?:«»()\"]{{1,40}} \((?:le )?(?:[a-z]{{5,8}} )?(?:{DAY}|\d{{1,2}}(?:er)? {MONTH})"
    rf"(?:[ ,|à•·@-]{{1,4}}{HOUR})?\) ?[:–—-] ",
    rf".{{0,60}}?{DAY}(?:[ ,|à•·@-]{{1,4}}{HOUR}){{1,2}}(?=[^\W\d])",
    rf".{{20,400}}{DAY}(?:[ ,|à•·@-]{{1,4}}{HOUR}){{1,2}}(?:{_ACTS}|[\W\d])*$",
)
"""A comment whole, with its date glued to what was said: only a style sheet sets one apart from the other."""

QUOTED: Final = re.compile(r"(?:[^.!?:]|\.(?=\w)){1,40} [aà] (?:dit|écrit|répondu|commenté|réagi) ?: ?[^\s:]")
"""A name and what it says on one line."""

MACHINE: Final = re.compile(
    r"(?!.*di \d)(?:[^.!?:]|\.(?=\w)){1,40}?[\s,|•·(–-]+(?:le )?\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}"
    r"[ ,à|•·-]{1,5}\d{1,2}[:h]\d{2}(?::\d{2})?\W*$"
)
"""Somebody and a moment as a program writes it: an article says « samedi 4 mai à 20 h »."""

NUMBERED: Final = any_of(
    rf"(?:\d{{1,4}} ?[.)-]? ?)?posté par .{{1,60}}?\b{DAY}[ ,|à]{{1,4}}{HOUR}\W*$",
    rf"\d{{1,4}} ?[.)] (?:le )?(?:[a-z]{{5,8}} )?{DAY},? (?:à )?{HOUR},? par .{{1,40}}$",
)
"""Somebody and a moment as blogs set them over each comment: « 2. Le 3 mai 2024 à 10:12, par ada »."""

_BUTTON_TOO: Final = (
    r"(?:[ |·–-]{1,3}(?:réagir|commenter|participer|ajouter|écrire"
    r"|(?:laisse|poste|ajoute|donne|écri)\w{0,3} (?:un|votre|mon) (?:commentaire|avis)))?\W*$"
)
"""A button may end the line of a heading."""

_ASKS: Final = (
    r"(?:donne[rz]|partage[rz]|exprime[rz]|laisse[rz]|dites)(?:-nous)? (?:votre|mon|un) (?:avis|opinion)\W*$",
    r"réagi(?:r|ssez)(?: à (?:cet(?:te)? |l')?(?:article|info(?:rmation)?|actualité)| maintenant)?\W*$",
    r"(?:laisse[rz]|poste[rz]|ajoute[rz]|écri(?:re|vez)|publie[rz]|enregistrer|déposer) \w+ commentaire",
    r"commente[rz](?: (?:cet|l')? ?article)?\W*$",
    r"(?:participe[rz]|rejoi(?:gnez|ndre))(?: à)? (?:l[ae]|cette|ce|au)? ?(?:conversation|discussion|débat)",
)

ASKS: Final = re.compile(
    rf"(?:(?:et vous\b|qu'en pensez-vous\b)[^.!?]{{0,60}}\? ?)?(?:{'|'.join(_ASKS)})(?!\w)[^.?]{{0,40}}$"
)
"""A line amid the text that asks its readers to write: no part of it."""

THREAD: Final = any_of(
    *_ASKS,
    r"(?:(?:les|vos|tous les|nos|afficher les|voir les|lire les|aucun|il y a|\d++"
    r"|un|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|plusieurs) ?)*"
    r"(?:derniers )?(?:commentaires?|réactions?)"
    r"(?:\(s\))?(?: ?:)?(?: des (?:lecteurs|internautes)| (?:sur|à) cet article"
    r"| (?:de|sur) l'article| (?:récent|sélectionné|publié)e?s)?"
    rf"(?: ?\(?\d+\)?)?{_BUTTON_TOO}",
    r"(?:(?:les|vos|\d+) )+avis(?: (?:des?|de nos) (?:lecteurs|internautes))?(?: \(\d+\))?\W*$"
    r"|avis \(\d+\)\W*$",
    r"(?:les |l')?(?:avis|commentaires|réactions|contributions) des "
    rf"(?:lecteurs|internautes|abonnés|visiteurs)(?: \(\d+\))?{_BUTTON_TOO}",
    r"(?:les? |la )?(?:commentaires?|réactions?) l(?:es?|a) (?:plus|mieux) \w+\W*$",
    r"votre (?:avis|opinion)(?: nous intéresse| compte)?\W*$|(?:et vous,? )?qu'en pensez-vous\W*$",
    r"(?:votre|nouveau|ton) (?:commentaire|réaction)\W*$",
    r"laisser une réponse|(?:la )?section (?:des )?commentaires est .{3,40}$",
    r"(?:le )?forum(?: de (?:l'article|discussion))?(?: ?:? ?\(?\d+(?: messages?)?\)?)?\W*$",
    r"\d+ réponses?(?: (?:à|pour) .*|\W*)$",
    r"(?:le )?débat(?: continue)?(?: \(\d+\))?\W*$",
    r"(?:(?:toutes les|votre|vos|\d+) )+(?:réactions?|contributions?|opinions?|réponses?|messages?)"
    r"(?: \(\d+\))?\W*$|messages(?: \(\d+\))?\W*$"
    r"|(?:ils|\d+ (?:personnes?|lecteurs?|internautes?)) (?:en )?ont (?:réagi|commenté)\W*$"
    r"|contributions?(?: ?\(?\d+\)?)?\W*$",
    r"(?:la |\d+ |fil de (?:la )?)?(?:discussions?|conversation)(?: \(?\d+\)?)?\W*$|fil de commentaires\W*$"
    r"|discussion (?:about|sur ce (?:message|post))\b",
    r"(?:la )?parole aux (?:lecteurs|internautes)\W*$",
    r"(?:les|nos) (?:lecteurs|internautes) (?:réagissent|commentent|ont la parole)\W*$",
    r"(?:l'|votre )?espace (?:des? )?(?:lecteurs|abonnés|commentaires?|contributions?|discussion|débat)"
    r"(?: \(\d+\))?\W*$",
    r"(?:\d+ )?comments(?: \(\d+\))?\W*$|\d+ thoughts? on\b|leave a (?:reply|comment)\b",
    r"(?:les? )?meilleurs? commentaires?\W*$|(?:mon commentaire|ma réaction)\W*$"
    r"|(?:les )?commentaires? (?:sont )?(?:désormais )?(?:fermés?|clos|désactivés?)\W*$"
    r"|cet article a été commenté \d+ fois\W*$|soyez le premier à (?:commenter|réagir)\b.{0,30}$"
    r"|aucun commentaire pour .{0,20}$",
    r"(?:courrier des|paroles? de|(?:recommandés|choisis|sélectionnés) par les) (?:lecteurs|internautes)\W*$",
    r"(?:vous en pensez quoi|un avis|exprimez-vous|à vous la parole|opinions|vos témoignages"
    r"|message\(s\)|les contributions)\W*$",
)
"""The heading of a thread, or of its form."""

ABOUT: Final = re.compile(
    r"(?:\d+|une?) (?:commentaires?|réactions?|réponses?|réflexions?|pensées?"
    r"|comments?|thoughts?|responses?|replies) (?:sur|pour|à|au sujet de|on|to) "
    r"|les commentaires (?:appartiennent à|sont la propriété de|n'engagent que) "
)
"""The heading of a thread that repeats the article's, however long that is."""

COMMENTED: Final = re.compile(r"(?:les |vos )?commentaires? (?:sur|du|de|d'|à|pour) ")
"""How a line begins that heads a thread where the article's headline follows."""

OWN: Final = re.compile(
    r".*(?:comment|réagi|lecteurs|internautes|abonnés|votre|vos |réponse|rejoi|particip)|\d+ [a-zé]"
)
"""A heading that no part of an article has: others may be its subheads, such as *Réactions* or *Débat*."""

SURE: Final = re.compile(
    r"(?!(?:laisse|poste|ajoute|écri|publie|enregistre|dépose)\w* |voir |lire |afficher |commente[rz])"
    r"(?:.*(?:commentaire|comments|vos (?:réactions|avis|contributions|opinions|réponses|messages)"
    r"|\d réactions|des (?:lecteurs|internautes|abonnés))|.*\(\d+\)\W*$)"
)
"""A heading below which anything made of names and texts is a thread; a button says what to do."""

SINGLE: Final = re.compile(r"(?:1|un) |.*\(1\)\W*$")
"""A heading that counts one comment."""

INVITES: Final = re.compile(r"(?:commente|réagi)(?:r|z|ssez)\W*$")
"""A button that leads to the thread, wherever it stands."""

FORM: Final = any_of(
    r"votre (?:adresse (?:e-mail|email|de messagerie|mail)|e-?mail|adresse) ne sera (?:pas|jamais)",
    r"tous les champs sont obligatoires",
    r"les champs obligatoires sont",
    r"(?:vous devez|il faut) (?:être (?:membre|connecté|abonné|inscrit|identifié)|vous (?:connecter"
    r"|identifier|inscrire)) (?:\w+ )?pour (?:ajouter|laisser|poster|publier|écrire|commenter|réagir"
    r"|participer)",
    r"(?:connectez|identifiez|inscrivez)-vous (?:\w+ )*pour (?:commenter|réagir|laisser|ajouter"
    r"|participer|publier)",
    r"pour participer (?:à ce forum|à la discussion|au débat), (?:vous devez|il faut|merci|inscri)",
    r"aucun(?:e réaction| commentaire| message)(?: (?:n'est|pour|à afficher).*|\W+soyez l.*|\W*)$",
    r"soyez le premier à (?:commenter|réagir|donner)|sois le premier à (?:commenter|réagir|donner ton avis)",
    r"il n'y a (?:pas )?(?:encore )?(?:de|aucun) commentaire",
    r"merci pour votre commentaire",
    r"annuler la réponse",
    r"enregistrer mon nom",
    r"me notifier l'arrivée de nouveaux commentaires",
    r"charte (?:de modération|des commentaires|d'utilisation des commentaires)",
    r"ce site utilise akismet",
    r"prévenez-moi de tous les nouveaux",
    r"un message, un commentaire",
    r"qui êtes-vous \?",
    r"les commentaires (?:(?:sont|ont été) (?:fermés|clos|désactivés|déplacés|modérés|soumis|réservés)"
    r"|ne sont (?:pas|plus) (?:ouverts"
    r"|autorisés|possibles|disponibles|acceptés)|(?:de|à) cet article)",
    r"devenez membre, ou connectez-vous",
)

RULES: Final = re.compile(
    r"(?=.*\b(?:commentaires?|réactions?|contributions?)\b)(?=.*\b(?:vos|votre|vous)\b)"
    r".*\b(?:chartes?|règles?|modér\w+|conditions|responsab\w+)\b"
)
"""What a box right above a thread tells its readers: what may be written there, and who answers for it."""

_COUNT = re.compile(
    r"(?:^|\W)(\d{1,5}) (?:commentaires?|réactions?|réponses?)\b|(?:commentaires?|réactions?) ?\((\d{1,5})\)"
)
_COUNTED = re.compile("commentaire|réaction|réponse")
"""What is counted: the pattern above would be tried at each letter and digit of a text."""


def is_thread_heading(text: str, headline: str = "") -> bool:
    """Whether a folded block can head a thread: by its words, or since it names comments on the headline."""
    if (len(text) < 80 and THREAD.match(text)) or ABOUT.match(text):
        return True
    return bool(headline) and headline in text and COMMENTED.match(text) is not None


def heads_several(text: str) -> bool:
    """Whether a folded block is the heading of several comments and counts them: « Vos réactions (4) »."""
    return len(text) < 60 and text[-1:] == ")" and is_thread_heading(text) and counted(text) > 1


def counted(text: str) -> int:
    """The number of comments that a heading gives; 0 if none does."""
    small = text.lower()
    for word in _COUNTED.finditer(small):
        if found := _COUNT.search(small, max(0, word.start() - 7), word.end() + 12):
            return int(found[1] or found[2])
    return 0
