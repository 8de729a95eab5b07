"""Authors: who signs an article, out of a byline that also names outlets, agencies, functions and places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from crawler.extract import agency
from crawler.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

LONGEST: Final = 400  # characters of a byline that are read

_OURS: Final = (
    r"(?:notre|nos) (?:envoy[ée]e?s? sp[ée]cia(?:l|le|les|ux)|correspondante?s?|journalistes?|"
    r"r[ée]dact(?:eur|rice)s?|collaborat(?:eur|rice)s?)"
)
_WORK = r"(?:article|texte|enqu[êe]te|reportage|dossier|analyse|tribune|r[ée]cit|recension)"
_COLUMN = r"(?:l['’]|la |le |une? )?(?:chronique|billet|[ée]dito(?:rial)?|point de vue|carte blanche)"
SAYS_BY: Final = (
    r"(?:(?:propos |textes? )?recueillis?(?: par (?:t[ée]l[ée]phone|[ée]crit|mail))?|r[ée]dig[ée]e?s?|"
    r"[ée]crite?s?|publi[ée]e?s?|post[ée]e?s?|"
    r"sign[ée]e?s?|propos[ée]e?s?|pr[ée]sent[ée]e?s?|r[ée]alis[ée]e?s?|mis en ligne|soumis|"
    rf"(?:un |une )?{_WORK}(?: (?:r[ée]alis|r[ée]dig|propos|pr[ée]par)[ée]e?s?)?|{_COLUMN}) (?:par|de|d['’])|"
    r"(?:(?:un )?portrait|(?:entretien|interview|conversation)s? (?:r[ée]alis|men|recueilli|condui)\w*) par|"
    rf"(?:{_WORK} )?sign[ée]e?(?! (?:par|le|la|du|des)\b)|(?:par|de|avec) {_OURS}"
)
"""The words that introduce an author, but for a bare "Par"."""

_PREFIX = re.compile(
    rf"^(?:{SAYS_BY}|(?:de|textes?(?: et photos?)?|reportage|enqu[êe]te|article|interview|billet|tribune|"
    rf"r[ée]dact(?:ion|eurs?|rices?)|chronique|portrait|analyse|entretien) ?:|"
    rf"par|by|avec|d['’]après|{_OURS}|auteure?s?|journalistes? ?:|"
    r"autrices?|auteur\(s\)|author|signature|correspondance(?: de)?)(?:(?!\w)|(?<=d['’])) ?:? ?",
    re.IGNORECASE,
)
_HONOUR = re.compile(  # « M. Roux » has an initial
    r"^(?:[Ll]e |[Ll]a |[Ll]['’])?"
    r"(?:(?:Mme|Mlle|[Dd]r|[Pp]r|[Dd]octeure?|[Pp]rofesseure?|Ma[iî]tre|Mgr|Abbé)\.? (?=[A-ZÀ-Ý])|"
    r"M\. (?=[A-ZÀ-Ý][\w'’.-]+ [A-ZÀ-Ý])(?!(?:[DL][aeiou]s?|[AE]l|Ben|Ould|V[ao]n|A[iï]t|Saint) ))"
)
_RANK: Final = (
    r"(?:(?:sous-)?lieutenante?(?:-colonel(?:le)?)?|capitaine|commandante?|colonel(?:le)?|g[ée]n[ée]rale?|"
    r"(?:adjudante?|sergente?|brigadi(?:er|[èe]re))(?:-chef(?:fe)?)?|gendarme|majore?|aspirante?|"
    r"mar[ée]chale? des logis(?:-chef(?:fe)?)?|chef(?:fe)? d['’]escadron) (?:de r[ée]serve )?(?=[A-ZÀ-Ý])"
)
RANKED: Final = re.compile(rf"(?:l[ea] |l['’])?(?=[a-z]){_RANK}[\w'’.-]+ (?:d[eu] )?[A-ZÀ-Ý]")
"""A rank in small letters and a whole name: « le capitaine Noé Vial »."""

_WITH_RANK = re.compile(rf"^{_RANK}", re.IGNORECASE)
_THE_RANK = re.compile(rf"^(?:l[ea] |l['’])(?={_RANK})")
_FROM = re.compile(  # "notre correspondante à Rome Ada Roux", « de Ada Roux »
    r"^(?:à|en|au|aux) (?:(?:New|Los|San|La|Le) )?[A-ZÀ-Ý][\w-]+ (?=[A-ZÀ-Ý][\w'’.-]+ [A-ZÀ-Ýdl])|"
    r"^de (?=[A-ZÀ-Ý][\w'’.-]+ [A-ZÀ-Ý][\w'’.-]+$)"
)
_INVERTED = re.compile(
    r"((?:(?:[DdLl][aeu]|[Vv][ao]n|[EeAa]l|[Bb]en) )*[^\W\d_][\w'’-]+),( ?)([^\W\d_][\w'’-]+)"
)
_WITH = re.compile(
    r"^(?:entretien|interview|rencontre|conversation|dialogue) avec ", re.IGNORECASE
)  # who is asked, not who asks
_WEEKDAY: Final = "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_PICTURED = re.compile(
    r"\W*(?:cr[ée]dits? )?(?:photos?|images?|illustrations?|dessins?)\b(?! et textes?\b)", re.IGNORECASE
)
_STOP = re.compile(  # what follows a name and is none any more
    r"(?: - | ?[|•·–—]|\s(?:(?:le|sur|on) )?\S*\d|"
    rf"\s(?:le )?(?:(?-i:{_WEEKDAY})\b|{_WEEKDAY}(?=[ ,]+\d))|"  # « Ada Dimanche » is a name
    r"\s(?:le )?(?:lun|mar|mer|jeu|ven|sam|dim)\b(?=[.,]? \d)|"  # so is « Ada Le Ven »
    r"\s(?:(?:sur|on) )?(?:jan|f[ée]v|mars|avr|apr|mai|may|juin|jui?l|jun|ao[uû]|aug|sep|oct|nov|d[ée]c)"
    r"[a-zé]*\.? \d|"
    r"\s(?:(?:article )?publi[ée]e?\b|mise? (?:à|en|a) |modifi[ée]e?\b|post[ée]e?\b|posted|published|updated|"
    r"lu \d|il y a |hier\b|aujourd|temps de |lecture|suivre|dans |in |sous |pour |"
    r"(?:imprimer|partager|envoyer|commenter|réagir|écouter|offrir|enregistrer|sauvegarder)\b|"
    r"laisse[rz] un |leave a |last updated|derni[èe]re m|cat[ée]gories?\b|aucun |"
    r"(?:photo|image|vid[ée]o|illustration)s?\b|"
    r"notre |nos )).*$",
    re.IGNORECASE | re.DOTALL,
)
_ROLE = re.compile(
    r"\s(?:(?:le|la|notre|une?|l['’]) ?)?(?:journaliste|r[ée]dact(?:eur|rice)|correspondant|"
    r"envoy[ée]e?s? sp|grande? reporter|reporter|photographe|photojournaliste|vid[ée]aste|"
    r"[ée]ditorialiste|chroniqueu[rs]|(?:senior )?fellow|"
    r"cheff?e? (?:du |de |d['’])|responsable |direct(?:eur|rice)|[ée]quipe )[^,;]*|"
    r"\s(?:(?-i:à|en|au|aux)) (?-i:[A-ZÀ-Ý])[\w-]+(?: (?-i:[A-ZÀ-Ý])[\w-]+)?$",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = re.compile(
    r"\s*[,;/|&\n+•·]\s*(?:(?:et|and)\s+)?|\s+(?:et|and|avec|with)\s+(?:d['’]|de (?=\w+ \w))?|"
    r"\s+[-–—]\s+|^et\s+|\S*\d\S*",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:\w+[_.-](?:adm(?:in)?|r[ée]dac\w*|web|wp|user)\d*|"
    r"(?:l[ae]s? |l['’] ?|notre |nos |une? )?(?:r[ée]dac(?:tion|teurs?|trices?|['’]|$).*|"
    r"(?:service|p[oô]le|bureau d[eu']|desk|[ée]quipe|team)\b.*|newsroom.*|admin\w*|"
    r"webmaster|super ?user|ez systems|temps de\b.*|web|editor\w*|"
    r"staff|accueil|auteure?|author|anonyme|anonymous|invit[ée]s?|contribut\w*|"
    r"lect(?:eur|rice)s?|internautes?|agences?(?: de presse)?|divers|"
    r"sources?|inconnu|unknown|user|utilisateur|root|test|correspondante?s?|journalistes?|"
    r"communiqu[ée]s?|presse|articles?(?: informations?)?|vid[ée]os?|photos?|archives?|partenaires?|"
    r"partenariat|none|null|entretien|interview|tribune|reportage|enqu[êe]te|analyse|opinion|"
    r"chronique|[ée]ditorial|édito|dossier|lu|fait|fois|min|mots|partager|"
    r"(?:vos|votre|mes|mon)\b.*|.*\bcommentaires?|sms|mail|e-?mail|dates?(?: de)?|t[ée]l[ée]phone|courriel|"
    r"ailleurs|nom|le|la|les|l|d|un|une|vous|nous|tous|"
    r"(?:publi|post|cr[ée]|modifi|actualis)[ée]e?s?\b.*|mise?s? à jour.*|"
    r"(?:t[ée]l[ée]charger|imprimer|voir|lire|suivre|partager|contacter|[ée]crire|envoyer|consulter|plus|"
    r"d[ée]couvrir|retrouve[rz]|en savoir|tou[ts]e?s?|derni(?:ers|[èe]res)|autres) .*|"
    r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|janvier|f[ée]vrier|mars|avril|mai|juin|"
    r"juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre))$",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"^(?:grande? reporter|reporter|journaliste|r[ée]dact(?:eur|rice)|correspondant|"
    r"envoy[ée]e?s? sp|sp[ée]cialiste|chef(?:fe)? |responsable|direct(?:eur|rice)|"
    r"professeure?|ma[iî]tre(?:sse)? |chercheu|sociologue|politologue|[ée]conomiste|histori|avocat|"
    r"docteure? |doctorant|[ée]tudiant|philosophe|essayiste|"
    r"[ée]crivain|auteure? |pr[ée]sident|ancien|fondat|cofond|membre|coordinat|consultant|expert|"
    r"chroniqu|blogue|photograph|illustrat|dessinat|d[ée]put[ée]|"
    r"s[ée]nat(?:eur|rice)|secr[ée]taire|universit|institut|[ée]cole|cnrs|inserm|service|à |en |"
    r"(?:h[ôo]tel|palais|ch[âa]teau|salle|maison|mairie|pr[ée]fecture|th[ée][âa]tre|mus[ée]e|place|rue|avenue|"
    r"boulevard|stade|lyc[ée]e|coll[èe]ge|h[ôo]pital|gare|quai|conseil) |"  # where it was said
    r"senior |fellow|(?:associate |assistant |full )?professor|lecturer|researcher|"
    r"depuis |pour |dans |sur |au |aux |du |de la |des |son |sa |ses )",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:photos?|cr[ée]dits?|images?|illustrations?|dessins?|vid[ée]os?|infographies?|montage|"
    r"biographie|articles)\b",
    re.IGNORECASE,
)
_URL = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+", re.IGNORECASE)
_TAIL = re.compile(r"[\s,:;–—|•·*>»«\"()\[\]-]+$|^[\s.,:;–—|•·*>»«\"()\[\]-]+")
_TLD = re.compile(r"\.(?:fr|com|net|org|info|be|ch|ca|eu|ma|sn|tn|re|media|lu|pf|dz|ci)\b")
_ARTICLE = re.compile(r"^(?:l[ae]s? |l['’] ?)")
_THING = re.compile(r"L[ae]s? |L['’]|The |L(?:E|A|ES) \S+$")  # a paper, a column: « L'Écho des quais »
_GENERIC = re.compile(r"^(?:le |la |les )?(?:journal|magazine|quotidien|site|groupe|revue) (?:de |du )?")
_OUTLET = re.compile(
    r"\b(?:journal|times|post|news|radio|t[ée]l[ée](?:visions?)?|tv|presse|m[ée]dias?|magazine|team|gazette|"
    r"actus?|actualit[ée]s?|courrier|agency|agence|info|minist[èe]re|universit[ée]|"
    r"association|soci[ée]t[ée]|groupe|syndicat|f[ée]d[ée]ration|commission|gouvernement|fondation|"
    r"[ée]ditions?|redaction|rédaction|r[ée]seau|"
    r"facebook|twitter|linkedin|whatsapp|instagram|telegram|messenger|pinterest|bluesky|youtube|"
    r"vimeo|dailymotion|google|taboola|outbrain|print ?friendly|"
    r"app store)\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"(?:nouve(?:lle|au)|grande?s?|hautes?|basses?|saint|sainte|c[oô]te|pays|sud|nord|est|ouest|centre|"
    r"moyen|proche|extrême|afrique|am[ée]rique|europe|arabie|burkina|sierra|costa|guin[ée]e|états|royaume|"
    r"new|san|los|val|ville|point|fil|gros|petite?|libre|carte|lettre|carnet|vie|faits?|lire)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_][\w.'’`´ʼ -]*")
_PHOTOGRAPHER = re.compile(
    r"(?:,| et| &) [^,()&]{3,40} \((?:photos?|images?|vid[ée]os?|dessins?|illustrations?)\)", re.IGNORECASE
)
_OF = re.compile(r"[dl]['’](?![^\W\d_])|[DdLl]['’][^\W\d_a-zà-ÿ]")  # d'Arc; « d'histoire » is no name
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_LAST_WORD = re.compile(r" (?:[Ll]e|à|a|pour|agence|[Aa]ute?ure?|dit|[Aa]bonnée?s?)$")
_LAST_INITIAL = re.compile(r"(?:^|[\s.-])\w\.$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[ -]?)+[^\W\d_]?\.?")  # "S.A", "J.-P. M."
_PARTICLES: Final = frozenset({
    "de", "du", "des", "d'", "d’", "la", "le", "l'", "el", "al", "ben", "ibn", "van", "von", "der",
    "den", "da", "do", "di", "dos", "y", "bin", "abou", "abu", "ould", "dit"
})  # fmt: skip


@dataclass(slots=True)
class Byline:
    """What a byline names."""

    persons: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)


@lru_cache(4096)
def key(name: str) -> str:
    """A name as it is compared: letters and digits only, no accents, no capitals, no ``www.`` and ``.fr``."""
    flat = _TLD.sub("", fold(name).removeprefix("www."))
    return "".join(filter(str.isalnum, flat))


@lru_cache(4096)
def outlet_keys(name: str) -> frozenset[str]:
    """The forms a paper's name is compared in: with its article and "Journal", and without."""
    name = name.lower().strip()
    bare = _GENERIC.sub("", name)
    return frozenset(form for form in map(key, (name, bare, _ARTICLE.sub("", bare))) if len(form) > 1)


def read(text: str, outlets: Collection[str], *, visible: bool = False) -> Byline:
    """Who a byline names.

    :param outlets: the :func:`outlet_keys` of the names of the paper itself
    :param visible: the text is the page's, not its data: what is no plain name is not taken for one
    """
    persons, agencies = _read(text[:LONGEST], visible)
    whole = (_without_outlet(name, outlets) for name in persons)
    names = [name for name in whole if name and not is_outlet(name, outlets)]
    if any(" " not in name for name in names):  # « Fleuve et Rives » is a paper: no Fleuve and no Rives
        said, begins = key(text), is_outlet(text, outlets)
        among = [outlet for outlet in outlets if outlet in said]
        names = [
            name for name in names
            if " " in name or not (begins or any(key(name) in outlet for outlet in among))
        ]  # fmt: skip
    found = Byline(names, list(agencies))
    if any(" " in name for name in found.persons):  # "Paul Dupont, Rome"
        found.persons = [name for name in found.persons if " " in name or "." in name]
    found.persons = once(found.persons)
    return found


def is_full(text: str, outlets: Collection[str] = ()) -> bool:
    """Whether a text is the full name of one person, and nothing else."""
    return 2 <= len(text.split()) <= 4 and read(text, outlets, visible=True).persons == [text]


def _without_outlet(name: str, outlets: Collection[str]) -> str:
    """A person's name without that of the paper around it: "Ada Roux Le Fleuve", "Fleuve-Matin Ada ROUX"."""
    words = name.split()
    for at in range(1, len(words) - 1):
        behind = " ".join(words[at:])
        if not outlet_keys(" ".join(words[:at])).isdisjoint(outlets) and _is_name(behind, visible=True):
            return "" if PLACE.match(behind) else behind  # « Radio Fleuve Pays de Soute »
    cuts = (at for at in range(2, len(words)) if not outlet_keys(" ".join(words[at:])).isdisjoint(outlets))
    return " ".join(words[: next(cuts, None)])


@lru_cache(4096)  # data, markup and text of a page name the same people, and so do the pages of a site
def _read(text: str, visible: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The persons and the agencies that a byline names; outlets may be among the persons."""
    small = text.lower()
    if "@" in small or "http" in small or "www" in small:
        text = _URL.sub(" ", text)
    text = " ".join(text.split())
    last_first = _INVERTED.fullmatch(text)
    if last_first and not (visible and last_first[2]) and not agency.named(text):  # « ROUX,ADA »
        text = f"{last_first[3]} {last_first[1]}"
    if _WITH.match(text) or _PICTURED.match(text) or "©" in text:
        return (), ()
    found = Byline()
    text = _PHOTOGRAPHER.sub("", text) if "(" in text else text
    text = _BRACKETS.sub(lambda match: _bracket(match[1], found), text)
    text = _STOP.sub("", _strip(text)) if visible else text
    for part in _SPLIT.split(text):
        name = _undouble(_strip(part))
        if not name:
            continue
        if agency.is_agency(name):
            found.agencies += agency.named_in_any_case(name)
        elif _is_name(name, visible):
            found.persons.append(name)
    if any(map(str.isdigit, text)):  # « Rives 3 Soute » is no Rives and no Soute
        found.persons = [name for name in found.persons if " " in name or "." in name]
    return tuple(found.persons), tuple(agency.unique(found.agencies))


def _bracket(inside: str, found: Byline) -> str:
    """What brackets add to a byline: agencies, and those "with" whom it was written; the rest is dropped."""
    named = agency.named(inside)
    found.agencies += named
    return f", {inside}" if inside.lower().startswith("avec ") and not named else " "


def _strip(part: str) -> str:
    """A part of a byline without "Par" and punctuation around it."""
    part = _TAIL.sub("", _TAIL.sub("", part))
    for _ in range(3):
        part, count = _PREFIX.subn("", part)
        if not count:
            break
    part = _THE_RANK.sub("", _FROM.sub("", part))
    part = _LAST_WORD.sub("", _ROLE.sub("", _HONOUR.sub("", part)))
    if part.endswith(".") and not _LAST_INITIAL.search(part):
        part = part[:-1]
    return part.strip()


def _undouble(name: str) -> str:
    """A name that markup repeats, once: "Paul Dupont Paul Dupont"."""
    words = name.split()
    half = len(words) // 2
    return " ".join(words[:half]) if half and words[:half] == words[half:] else name


def is_person(name: str, outlets: Collection[str]) -> bool:
    """Whether words that a page shows can be the name of a person, or the pseudonym somebody signs with."""
    return _is_name(name, visible=True) and not is_outlet(name, outlets)


def is_outlet(name: str, outlets: Collection[str]) -> bool:
    """Whether a name, or what it begins with, is one of the names of the paper: « Radio Fleuve Isère »."""
    words = name.split()
    begins = (" ".join(words[:count]) for count in range(1, len(words) + 1))
    return not all(outlet_keys(begin).isdisjoint(outlets) for begin in begins)


@lru_cache(4096)
def _is_name(name: str, visible: bool) -> bool:
    """As :func:`is_person`, of what may be the paper's name too."""
    if ranked := _WITH_RANK.match(name):
        name = name[ranked.end() :]
    words = name.split()
    if not _NAME.fullmatch(name) or len(words) > 6 or not 2 <= len(name) <= 60:
        return False
    if "à" in name.lower().split():  # « 3 MAI À 10H12 »
        return False
    if _NOBODY.match(name) or _FUNCTION.match(name) or _THING.match(name):
        return False
    if _CREDIT.search(name) or _OUTLET.search(name) or agency.named(name):
        return False
    if len(words) == 1:
        is_plain = not visible or name.istitle() or bool(_INITIALS.fullmatch(name))
        return is_plain and not _TLD.search(name)
    plain = [word for word in words if word.lower() not in _PARTICLES and not _OF.match(word)]
    capitals = sum(word[:1].isupper() for word in plain)
    return capitals >= max(1, len(plain) - (not visible))


def once(names: Iterable[str]) -> list[str]:
    """Each name once, in order, whatever its accents and capitals; two names glued together are no third."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(key(name), name)
    every = list(kept.values())
    return [name for name in every if sum(other != name and other in name for other in every) < 2]
