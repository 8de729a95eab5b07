"""The words that introduce who signs: « Par », « Propos recueillis par », « Textes : », « 3 mai - par »."""

from __future__ import annotations

import re
from typing import Final

from crawler.extract import dates, people

_SAYS: Final = (
    rf"\s*(?=[abcdeéijlmprstuw])(?P<how>{people.SAYS_BY}|par|(?:(?:written|posted|published) )?by|"
    r"(?:post )?authors?,?|autrices?|"
    r"auteur(?:e|[·.]?r?ice|/autrice)?(?:[·.]?s|\(s\))?(?: de (?:la publication|l['’]article)(?= ?:))?|"
    r"textes? et photos?|texte|textes? de(?= [A-ZÀ-Ý])|"
    r"(?:de|reportage|enquête|récit|article|textes|journalistes?|r[ée]dact(?:ion|eurs?|rices?))(?= ?:)|"
    r"(?:envoyée?s? spécia\w+|correspondante?s?)(?= (?:à|en|au|aux) ))"
    r"(?:(?!\w)|(?<=d['’]))\s*:?\s*(?P<who>[^\W\d_].*)$"
)
BY = re.compile(_SAYS, re.IGNORECASE | re.DOTALL)
"""A line that begins with them."""

_FILED: Final = (  # « Publié le 3 mai 2024 dans Vie locale par … », « 3 mai 2024 Vie par … »
    r"(?:(?:\d{4}|^(?:publi|post|class)[ée]e?) (?:dans|in) [^|.,;:]{2,40}?"
    r"|\d{4} (?!modifi|actualis|valid|relu)(?-i:[A-ZÀ-Ý])[\w’'-]+)(?=\s)"
)
_THEN_BY = re.compile(
    r"(?:[|•·–—(),\d]|\s(?=auteure?s? ?:)|\dh|\d ?min|\b(?:CES?T|GMT)|(?<=\s)-|/(?=par|by)"
    rf"|(?-i: (?=Par [A-ZÀ-Ý]))|{_FILED}){_SAYS}",
    re.IGNORECASE | re.DOTALL,
)
_COLOPHON = re.compile(  # who makes the paper, at its foot
    r"\b(?:direct(?:eur|rice)s? de (?:la )?publication|hébergeur|contact ?:|webmaster)|"
    r"rédaction ?: ?[^,]*(?:,| et )",
    re.IGNORECASE,
)
_MAY_SIGN: Final = ("par", "by", "de ", "d'", "d’", "aut", "texte", "sign", " :", "envoy", "corresp")


def may_sign(text: str) -> bool:
    """Whether one of the words stands in a text that introduce an author: a cheap look that most fail."""
    small = text.lower()
    return any(word in small for word in _MAY_SIGN)


def who_signs(text: str) -> str:
    """Who signs a line, with all that follows, behind the words that introduce them; "" where none do."""
    match = BY.match(text) or _THEN_BY.search(text)
    return match["who"] if match and _introduces(match, text) else ""


def _introduces(match: re.Match[str], line: str) -> bool:
    """Whether "par" introduces an author here: a name follows, and no sentence went before."""
    who = match["who"]
    named = who[:1].isupper() or people.RANKED.match(who) is not None
    if match["how"][:3].lower() in {"tex", "aut"} and not named:
        return False  # "Texte adopté", "Auteur présumé"
    if match["how"][-2:].lower() in {"de", "d'", "d’"} and " " not in who.strip():
        return False  # "Tribune de Genève"
    if _COLOPHON.search(line):
        return False
    before = len(re.findall(r"[^\W\d_]{2,}", line[: match.start("how")]))
    if len(match["how"]) > 4 or named:
        return before <= 12 and (
            match.start("how") == 0 or before <= 6 or any(c.isdigit() for c in line[: match.start("how")])
        )
    if match.start("how") == 0 and dates.spans(dates.plain(line)):
        return True
    return before <= 8 and any(c.isdigit() for c in line[: match.start("how")]) and len(who.split()) == 1
