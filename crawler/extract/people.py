"""Authors: who signs an article, out of a byline that also names outlets, agencies, functions and places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from crawler.extract import agency

if TYPE_CHECKING:
    from collections.abc import Collection

LONGEST: Final = 300  # characters of a byline that are read

_PREFIX = re.compile(
    r"^(?:(?:propos\s+)?(?:recueillis?|traduit|publi[ée]e?|post[ée]e?|r[ée]dig[ée]e?|[ée]crite?|propos[ée]e?|sign[ée]e?|mis en ligne|"
    r"r[ée]alis[ée]e?|pr[ée]sent[ée]e?|une? (?:enquête|reportage|entretien|texte|article))\s+(?:par|de)|"
    r"(?:texte|reportage|enquête|article|interview|entretien|billet|tribune|chronique|portrait|analyse)\s*(?:de|par|:)|"
    r"par|by|de notre (?:envoyée? spéciale?|correspondante?)|auteurs?|autrices?|auteur\(s\)|signature|author)\b\s*:?\s*",
    re.IGNORECASE,
)
_STOP = re.compile(  # what follows a name in a byline and is no name any more
    r"\s*(?:[|•·–—]|\s-\s|\b(?:le\s+)?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+)?\d{1,2}(?:er)?[\s/.]+(?:\d|[a-zéû]{3,9}\.?\s+\d)|"
    r"\b(?:publi[ée]e?|mis(?:e)? (?:à|en)|modifi[ée]e?|post[ée]e?|posted|published|updated|lu \d|il y a|hier|aujourd|temps de|lecture|"
    r"\d+\s*(?:min|mots|commentaires?)|journaliste|rédact(?:eur|rice)|correspondante?|envoy[ée]e?s? sp[ée]cia|"
    r"sp[ée]cialiste|chef(?:fe)? d|grand reporter|reporter|responsable|directeur|directrice|professeure?|ma[iî]tre(?:sse)? de|chercheu|"
    r"sociologue|politologue|économiste|historien|avocate?\b|député|secrétaire|président|ancien(?:ne)?\b|fondat|membre|philosophe|essayiste)).*$",
    re.IGNORECASE | re.DOTALL,
)
_SPLIT = re.compile(r"\s*(?:[,;/|&\n+]|\s(?:et|and|avec|with|puis|y)\s)\s*", re.IGNORECASE)
_NOBODY = re.compile(
    r"^(?:l[ae]s?\s+|l['’]\s*|notre\s+|nos\s+)?(?:r[ée]dac(?:tion|teurs?|\b)['’]?.*|(?:service|p[oô]le|desk|[ée]quipe)\b.*|newsroom.*|admin\w*|webmaster|web|"
    r"editor\w*|staff|auteur|author|anonyme|anonymous|invit[ée]s?|contribut\w*|lect(?:eur|rice)s?|internaute|agences?|agences de presse|"
    r"divers|source|inconnu|unknown|user|utilisateur|root|test|nos correspondants|correspondante?s?|journalistes?|communiqu[ée]|"
    r"presse|video|vid[ée]o|photos?|redacteur|super ?user|none|null|n/a|notre journaliste|archives?|partenaires?|en partenariat)$",
    re.IGNORECASE,
)
_FUNCTION = re.compile(
    r"^(?:journaliste|reporter|grand reporter|r[ée]dact(?:eur|rice)|correspondante?|envoy[ée]e?s?|sp[ée]cia|chef|responsable|direct(?:eur|rice)|"
    r"professeure?|ma[iî]tre|chercheu|sociologue|politologue|[ée]conomiste|historien|avocat|docteur en|doctorant|[ée]tudiant|philosophe|essayiste|"
    r"[ée]crivain|auteur|pr[ée]sident|ancien|fondat|membre|coordinat|consultant|expert|chronique|blogue|photograph|illustrat|dessinat|"
    r"universit[ée]|institut|[ée]cole|cnrs|inserm|service|p[oô]le|avec|à [A-Z]|en [A-Z]|depuis|pour|dans|sur|au |aux |du |de la |des )",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\b(?:photos?|cr[ée]dits?|images?|illustrations?|dessins?|vid[ée]os?|infographies?|montage)\b",
    re.IGNORECASE,
)
_URL = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w.'’\- ´`ʼ]*(?:\s\([^\W\d_]\w+\))?")
_PARTICLES: Final = frozenset(
    "de du des d' d’ la le l' l’ el al ben ibn van von der den da do di dos e y bin abou abu ould".split()
)


@dataclass(slots=True)
class Byline:
    """What a byline names."""

    persons: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)


def key(name: str) -> str:
    """A name as it is compared: no accents, no capitals, no punctuation, no spaces, no ``www.`` and ``.fr``."""
    flat = unicodedata.normalize("NFKD", name).lower()
    flat = re.sub(r"^(?:www\.)|\.(?:fr|com|net|org|info|be|ch|ca|eu|ma|sn|tn|re|media|lu)\b", "", flat)
    flat = re.sub(r"^(?:le|la|les|l['’]|journal|magazine|site)\s*(?:l['’])?\s*", "", flat)
    return "".join(c for c in flat if c.isalnum())


def read(text: str, outlets: Collection[str]) -> Byline:
    """Who a byline names; ``outlets`` are the :func:`key` of each name of the paper itself."""
    found = Byline()
    text = _URL.sub(" ", text[:LONGEST])
    text = re.sub(r"\(([^()]*)\)", lambda match: _bracket(match[1], found), text)
    for part in _SPLIT.split(text):
        name = _trim(part)
        if not name:
            continue
        if agency.is_agency(name):
            found.agencies += agency.named_in_any_case(name)
        elif is_person(name, outlets):
            found.persons.append(name)
    found.persons = once(found.persons)
    found.agencies = agency.unique(found.agencies)
    return found


def _bracket(inside: str, found: Byline) -> str:
    """What brackets add to a byline: an agency is kept as such, anything else is dropped."""
    found.agencies += agency.named(inside)
    return " "


def _trim(part: str) -> str:
    """One part of a byline without "Par", dates, functions and punctuation."""
    part = " ".join(part.split()).strip(' .,:;-–—|•·*>»«"')
    for _ in range(3):
        part, count = _PREFIX.subn("", part)
        if not count:
            break
    part = _STOP.sub("", part).strip(' ,:;-–—|•·*>»«"')
    return part.removesuffix(".") if part.count(".") == 1 and len(part.split()) > 1 else part


def is_person(name: str, outlets: Collection[str]) -> bool:
    """Whether a part of a byline can be the name of a person, or the pseudonym somebody signs with."""
    words = name.split()
    if not _NAME.fullmatch(name) or len(words) > 6 or len(name) > 60 or len(name) < 2:
        return False
    if _NOBODY.match(name) or _FUNCTION.match(name) or _CREDIT.search(name) or key(name) in outlets:
        return False
    capitals = [word for word in words if word.lower() not in _PARTICLES]
    return len(words) == 1 or sum(word[:1].isupper() for word in capitals) >= max(1, len(capitals) - 1)


def once(names: list[str]) -> list[str]:
    """Each name once, whatever its accents and capitals."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(key(name), name)
    return list(kept.values())
