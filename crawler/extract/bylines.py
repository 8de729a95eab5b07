"""Lines that say who wrote, filmed or drew, and when: bylines, signatures, credits of pictures."""

from __future__ import annotations

import re
from typing import Final

from crawler.extract.phrases import DAY, ENDS, HOUR, WEEKDAY, Phrases, any_of

_DATED = re.compile(rf"{DAY}|{HOUR}")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_TELLS = re.compile(  # « Elle a été votée le 3 mai 2024. »
    r"\b(?:est|sont|étai(?:en)?t|fut|furent|sera|seront|ont|avai(?:en)?t|aura"
    r"|a(?= [^\W\d_]{3})|s['’][^\W\d_]{4,})\b"
)
_OF_THE_PAGE = re.compile(
    r"publi|parut?\b|paraî|jour\b|modifi|actualis|rédig|écrit|diffus|imprim|consult|\bmis|article|vidéo|photo|page",
    re.IGNORECASE,
)

_AGENCY: Final = (
    r"(?:l'|l[ae]s? )?(?:afp|reuters|ap|belga|ats|keystone|aps|map|tap|apa|agences?|agence france[ -]presse"
    r"|presse canadienne|associated press)"
)

NAMED: Final = re.compile(
    r"\W*(?:[Pp]ar|PAR|By|(?:[ÉE]crit|Traduit|Adapté|Illustré) par|Textes?|Reportage|Photos?|PHOTOS?"
    r"|Vidéo|Auteur(?:e|/autrice)?|Autrice"
    r"|Traduction|Illustrations?|Enquête|Correspondance|[Dd]e (?:notre|nos) (?:envoyée?s? spécia\w+"
    r"|correspondante?s?)[^,.]{0,40},|(?:Un |L')article d[e'’])(?: ?:)? (?:par )?"
    r"(?:[A-ZÀ-Ý]|la rédaction|le service|notre\b|@).{1,100}$"
    r"|\W*(?:[Pp]ar|PAR) [\w-]+\.[a-z]{2,4}\W*$"
    r"|\W*(?:[A-ZÀ-Ý]\.[ -]?){1,3}[A-ZÀ-Ý]\.?\W*$"
)
"""A line that names who wrote, filmed or drew, or has their initials: a name follows, so capitals count."""

_BY_NAME = re.compile(
    r"\W*(?:[Pp]ar|PAR) (?:(?:[A-ZÀ-Ý][\w.'’-]*[ ,]){2}|[^.!?,]{2,60},? publiée? le \w{1,8} [^\W\d]+ \d)"
)

POSTED: Final = re.compile(
    r"(?:cet article|ce contenu|ce billet) a été (?:publié|posté|rédigé|écrit) "
    r"(?:le .{8,90}? et (?:est )?|.{2,90}?, et )(?:classé|placé|marqué|rangé)"
)
"""What blogs say of an article below it, then where to follow its comments: a long line."""

BYLINE: Final = any_of(
    r"(?:article )?(?:publiée?|mise? à jour|mise? en ligne|modifiée?|postée?|rédigée?|créée?|parue?"
    r"|actualisée?|(?:première )?publication"
    r"|dernière (?:mise à jour|modification))(?: initialement)?(?: ?:|(?: ?,)? (?:le|à|par|il y a|hier"
    r"|aujourd'hui|ce)\b)"
    r".{0,160}$",
    r"(?:publié|posté|classé) (?:dans|sous) .{0,80}$|(?:publié|posté) en .{0,10}\d{4}\W*$|(?:publié"
    r"|modifié) ?:",
    rf"(?:le )?{WEEKDAY}?{DAY}(?:[ ,."
    rf"|à-]+(?:{HOUR}(?::\d\d)?)?)?.{{0,40}}$",
    r"(?:écrit par|ecrit par|rédact(?:ion|(?:eur|rice)s?)|texte|textes|reportage|photos?|vidéo"
    r"|auteur|traduction|traduit par|illustrations?"
    r"|enquête|correspondance) ?: ?[a-zà-ÿ' .,&|()@/-]{2,100}$",
    rf"(?:par|de) .{{2,80}}?\b(?:le )?{DAY}.{{0,30}}$",
    r"avec (?:la (?:collaboration|contribution|participation)|l'aide|[dl]es informations) de .{2,60}$",
    rf"{HOUR}\W*$",
    r"il y a (?:\d+|une?|quelques) (?:secondes?|minutes?|min|heures?|h|jours?|j|semaines?|mois|ans?)\W*$",
    r"(?:par|auteure?s?|autrices?|publication|parution|mises? à jour)\W*$",
    r"date(?: de (?:publication|parution))?\W*$",
)
"""Who and when, as long as it is no sentence."""

SIGNED: Final = Phrases(
    any_of(
        r"(?:cet |l')?article (?:mis à jour|actualisé|modifié|corrigé)\b|mise? à jour (?:le|à|du|ce|:)\b",
        r"(?:propos |textes? |interview |entretien )?(?:recueillis?|réalisée?|traduite?|relue?"
        r"|adaptée?|éditée?)(?: et [a-zé]+)?(?: de l'[a-zé]+| du [a-zé]+)? par [^,;:]{2,80}"
        r"(?:, (?:traduit|adapté|relu)[^.!?]{2,80})?$",
        r"de (?:notre|nos) (?:envoyée?s? spécia\w+|correspondante?s?)[^.!?]{0,60}$",
        r"cette entrée a été publiée\b|ce billet a été (?:publié|posté)\b|this entry was posted\b",
        rf"(?:publié|posté|proposé|écrit) par [^.!?]{{2,60}}? le (?:[a-zé]+ )?{DAY}(?:,? à {HOUR})?\.",
        rf"(?:publié|posté|écrit|rédigé) le (?:[a-zé]+ )?{DAY}(?:,? à {HOUR})?,? par [^.!?,]{{2,60}}\.$",
        r"(?:la )?version originale de (?:cet |l')article (?:a été publiée|est parue)\b[^!?]{0,80}$",
        r"cet article (?:a (?:été )?(?:d'abord|initialement) (?:été )?publié"
        r"|est (?:initialement )?paru (?:dans|sur)|(?:a été|est) (?:re)?publié "
        r"(?:initialement|en partenariat|à partir de|dans sa version originale))\b[^!?]{0,120}$",
        rf"(?:{HOUR} ?: ?)?cet article (?:a été|est) (?:(?:mis à jour|actualisé)\b"
        rf"|(?:modifié|corrigé) (?:le [^.!?]{{5,30}} )?(?:à {HOUR}|après (?:sa )?publication|pour corriger))",
        r"information fournie par|\d+ mots\W*$"
        r"|(?:article )?[lv]u \d[\d .]* fois"
        r"|\d[\d .,]*(?:k )?(?:vues?|votes?|partages?|commentaires?|réactions?)\W*$"
        r"|commentaires? ?[:(]? ?\d+\W*$",
        rf"(?:source ?: ?|avec )?{_AGENCY}(?: ?[,/&et+ ]+ ?(?:{_AGENCY}|presse))*\W*$",
        r"(?:textes?|reportage|photos?|propos|dessins?) ?: [^.!?:]{3,60}\."
        r" (?:textes?|photos?|vidéos?|dessins?) ?: [^.!?]{3,60}\W*$",
    ),
    (
        ("é à c", "é à la réd"),
        (
            r"[^.!?]{3,150} (?:a|ont) (?:également |aussi )?(?:contribué|participé|collaboré) à "
            r"(?:la rédaction de )?(?:cet article|ce reportage|cette dépêche)\W*$"
        ),
    ),
    (
        ("dité par", "digé par", "relu par", "version fran"),
        (
            r"(?:[^.!?()]{3,160}\b(?:édité par|rédigé par|relu par|version française) [^.!?()]{3,80}\)"
            r"|reportage d[^.!?]{3,160}\b(?:édité par|version française) [^.!?]{3,80})\W*$"
        ),
    ),
    (
        ("publi", "à jour", "en ligne"),
        (
            r"[^.!?]{1,60} (?:publiée?|(?:première )?publication|mise? (?:à jour|en ligne))(?: :)? (?:le )?"
            rf"(?:[a-z]{{5,8}} )?{DAY}[ ,:à-]{{1,5}}{HOUR}[^\w.!?]*$"
        ),
    ),
    ((" / ",), rf"(?:{_AGENCY}|aa|anadolu) / [^/.!?]{{2,40}} / [^/.!?\d]{{4,60}}$"),
    (
        ("@",),
        (
            r"(?:twitter|x|instagram|bluesky|mastodon|threads)(?: ?/ ?x)? ?:? ?@\w+\W*$"
            r"|(?:(?:pour )?(?:joindre|écrire à) [^.!?@:]{3,40} ?: ?|[^.!?@:]{3,40} ?[/|] ?)"
            r"[\w.+-]{1,40}@[\w-]{2,40}\.[a-z.]{2,12}\W*$"
        ),
    ),
)
"""Who, when, how long: never the text, whatever its form."""


WORDS: Final = 3  # long words of a sentence, beside its date


def is_byline(text: str, folded: str) -> bool:
    """Whether a block says who wrote and when; « Publié mardi, le rapport conclut … » is a sentence."""
    if SIGNED.match(folded):
        return True
    if BYLINE.match(folded) or NAMED.match(text):
        return not is_sentence(folded, 6 if _BY_NAME.match(text) else WORDS)
    return False


def is_sentence(text: str, words: int = WORDS) -> bool:
    """Whether a line ends as a sentence does, and has so many long words beside its date or a verb."""
    if not text.endswith(ENDS) or text.endswith(" min."):  # « Lecture 2 min. »
        return False
    if words == WORDS and _TELLS.search(text) and not _OF_THE_PAGE.search(text):
        return True
    return len(_LONG_WORD.findall(_DATED.sub("", text))) >= words


CREDIT: Final = Phrases(
    any_of(
        r"(?:crédits?|photos?|photographies?|illustration|image|légende|infographie|copyright|©|\(c\))"
        r"(?: (?:photo|image|illustration|d'illustration))?s? ?[:©/]",
        r"source (?:(?:de )?l'|de la |des )?(?:images?|photos?|illustrations?) ?:",
        r"[\w ()-]{3,80}\.(?:jpe?g|png|webp|gif)\W*$",
        r"avec l'aimable autorisation d[^.,!?]{2,60}$",
        r"photo d'(?:illustration|archives?)|image d'illustration|capture d'écran\b.{0,60}$",
        r"(?:crédits?|sources?|auteure?|légende) (?:de la |de l'|des )(?:photo|image|illustration)s?\b"
        r"[^.:]{0,20}:",
        r"(?:photo|image|illustration|visuel) (?:de couverture|(?:à la|de|en) une|principale|d'ouverture) ?:",
    ),
    (
        ("photo", "crédit", "illustration", "image"),
        r".{0,250}\b(?:photos?|crédits?|illustration|image) ?: ?[^.]{2,60}$",
    ),
    (
        ("graphique", "infographie"),
        r"sources? ?: [^:!?]{2,80}\b(?:info)?graph(?:ique|ie) ?: [^.:!?]{2,60}\.?$",
    ),
    (("(photo",), r".{0,250}\(photos? (?!ci)[^)]{3,60}\)\W*$"),
    (
        ("(crédit", "/", "©"),
        r".{0,250}(?:\(crédits? ?:[^)]*\)|/ ?(?:afp|reuters|sipa|ap|getty images)\)?|© ?[^.]{2,60})\W*$",
    ),
)
"""A caption, or the credit of a picture."""
