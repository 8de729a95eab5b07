"""Who may read the whole text, and whether an outlet has cut it and sends its readers elsewhere.

``paywalled``: the page says that this article is for subscribers. ``metered``: it says that some articles a
month are free. ``free``: it says so in its data. Anything else is ``unknown``: most papers say nothing of
articles that are free.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.extract import cards, hinted, jsonld, lines
from crawler.extract.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from crawler.extract.signals import Signals

_THIS: Final = r"(?:cet |de cet |l['’] ?|de l['’] ?|ce |de ce )(?:article|contenu|texte)"
_WALL: Final = re.compile(
    r"\b(?=[idvlpace\d])(?:"  # where a word begins with one of their letters: five times faster
    rf"il (?:vous )?reste (?:à lire )?\d{{1,3}} ?% (?:{_THIS} )?(?:à lire|à découvrir)|"
    rf"\d{{1,3}} ?% {_THIS} rest(?:e|ent) à|vous avez (?:déjà )?lu \d{{1,3}} ?%|"
    rf"la (?:suite|totalité|lecture|intégralité) (?:{_THIS} )?(?:vous )?(?:est|en est) (?:réservée|"
    rf"accessible|payante)|"
    rf"l['’ ]intégralité (?:{_THIS} )?(?:est|en est) (?:réservée|accessible)|"
    rf"(?:pour (?:lire|découvrir|accéder à|connaître) la suite|pour (?:lire|"
    rf"accéder à) l['’]intégralité)(?: {_THIS})?,? ?(?:abonnez|connectez|identifiez|inscrivez|"
    rf"achetez|rejoignez)|"
    rf"(?:abonnez|connectez|identifiez|inscrivez)-vous pour (?:lire (?:la suite|{_THIS})|"
    rf"accéder à (?:la suite|l['’]intégralité)|continuer (?:la|votre|à) l|poursuivre (?:la|"
    rf"votre) l)|"
    r"votre abonnement n['’]autorise pas la lecture|la lecture des articles est réservée aux abonn|"
    r"envie de lire la suite ?\?|"
    r"cet article (?:est|vous est) (?:exclusivement |strictement |intégralement )?réservé (?:à nos|aux) ab|"
    r"accéde[rz] à l['’]intégralité de (?:cet |l['’])article|vous devez être abonnée? pour (?:lire|accéder)|"
    rf"(?:lisez|découvrez) la suite(?: {_THIS})?,? (?:en vous ab|en illimité|(?:pour|dès|à partir de) \d))",
    re.IGNORECASE,
)
"""Sentences of a wall, which stand nowhere but in one."""
_MARK: Final = re.compile(
    rf"{_THIS} (?:est|vous est) (?:exclusivement )?(?:payant|réservé|"
    rf"accessible (?:uniquement )?aux abonnés|pour les abonnés)|"
    r"^\W*réservé (?:à nos|aux) abonnée?s\W*$|"
    r"(?:^|\W)(?:article|contenu) (?:exclusivement )?(?:réservé|payant|abonnés?$)(?: (?:à nos|aux))?",
    re.IGNORECASE,
)
"""Labels of an article for subscribers: beside other headlines they speak of other articles."""
_METER: Final = re.compile(
    r"\b(?=[vi])(?:vous avez (?:atteint|épuisé|utilisé|lu) [^.!?]{0,40}\barticles? (?:gratuits?|offerts?)|"
    r"il vous reste (?:\d{1,2}|une?|aucun) articles? (?:gratuits?|offerts?|à lire)\b)",
    re.IGNORECASE,
)
"""Some articles a month are free, and the page counts them."""
_FREE: Final = re.compile(
    rf"\W*{_THIS} (?:vous )?est (?:exceptionnellement |actuellement |entièrement )?(?:proposé )?"
    r"(?:en (?:accès libre|libre accès|accès gratuit)|gratuit|offert)\b(?! (?:aux|à nos|pour les) abon)",
    re.IGNORECASE,
)
"""A paper that asks others to pay says that this one is for all."""
_ALONE: Final = re.compile(
    r"\W*(?:article|contenu) (?:exclusivement )?réservé (?:à nos|aux) abonnée?s\W*", re.IGNORECASE
)
"""The same, and nothing else: it is the wall where the page says so once, and of no other article."""
_MARK_HINTS: Final = ("rticle", "ontenu", "servé")
_LABELS: Final = tuple(map(str.encode, ("servé aux abonn", "servé à nos abonn")))
_HINTS: Final = ("abonn", "reste", "réserv", "suite", "lu ", "intégralité")
_WALL_HINTS: Final = tuple(map(str.encode, (
    "vous reste", "éservé", "bonnez-vous", "bonnement n", "ez-vous pour", "ez la suite", "ntégralité d",
    "bonné pour", "rticle à", "servée aux abonn",
)))  # fmt: skip
_METER_HINTS: Final = (
    b"rticle gratuit",
    b"rticles gratuit",
    b"rticle offert",
    b"rticles offert",
    b"vous reste",
)
_FREE_HINTS: Final = (b"s libre", b"libre acc", b"t gratuit", b"s gratuit", b"t offert", b"\xa9 gratuit")
_OPEN = etree.XPath(
    "descendant::text()[contains(., 'libre') or contains(., 'gratuit') or contains(., 'offert') or "
    "contains(., 'vous reste')]"
)
_ON_HINTS: Final = tuple(map(str.encode, ("uite d", "uite sur", "intégralité", "article complet")))
_ELSEWHERE: Final = re.compile(
    r"^[\s>»…\[(.]*(?:lire la suite|la suite|lire l['’]article|retrouve[zr] l['’](?:intégralité|"
    r"article)|l['’]article (?:complet|original)|suite)\b"
    r"(?: de (?:l['’]|cet )\s?article)?(?: (?:complet|original|intégral|entier))?,? (?:est à lire |"
    r"à lire )?(?:sur|dans|chez)\b.{2,60}$",
    re.IGNORECASE,
)
_ONWARD: Final = re.compile(
    r"(?=[.…])(?:\.\.\.|…)[\s»\"]*(?P<onward>lire la suite (?:de l['’]article )?(?:sur|dans) .{2,60})$",
    re.IGNORECASE,
)
_MAY_GO_ON: Final = re.compile(
    r"(?=[sia])(?:suite|intégralité|article complet)\b.{0,40}\b(?:sur|dans|chez)\b", re.IGNORECASE
)
_CUT: Final = re.compile(r"(?:\s\.\.\.|\s…|\[\s?(?:\.\.\.|…)\s?\]|\(\s?(?:\.\.\.|…)\s?\))[\s\"»”]*$")
_PHRASE: Final = 400  # characters: a phrase of a wall stands in a short block


def read(found: Signals, header: Iterable[Line]) -> tuple[str, str]:
    """Who may read the text, and the signal that says so."""
    tier = found.meta("article:content_tier", "content_tier", "article:tier").lower()
    declared = _declared(found)
    wall = "" if declared else _seen(found, header)
    if tier in {"locked", "metered"}:
        return ("paywalled" if tier == "locked" else tier), "meta article:content_tier"
    if declared is False:
        return "paywalled", "json-ld"
    if wall:
        return "paywalled", f"text {wall}"
    if declared or tier == "free":
        return "free", "json-ld" if declared else "meta article:content_tier"
    for access, hints, pattern in (("metered", _METER_HINTS, _METER), ("free", _FREE_HINTS, _FREE)):
        if hinted.may_say(found.text, hints, pattern) and (said := _says(found, pattern)):
            return access, f"text {said}"
    return "unknown", ""


def _declared(found: Signals) -> bool | None:
    """What JSON-LD and microdata say of the article, or at least of a part of it."""
    said = jsonld.truth(found.article.get("isAccessibleForFree"))
    if said is None:
        for element in found.microdata.get("isaccessibleforfree", ())[:3]:
            said = jsonld.truth(element.get("content") or element.get("href") or element.text or "")
    parts = found.article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if said is None and isinstance(part, dict):
            said = jsonld.truth(part.get("isAccessibleForFree"))
    return said


def _seen(found: Signals, header: Iterable[Line]) -> str:
    """The words by which a page says that it is for subscribers."""
    if hinted.may_say(found.text, _WALL_HINTS, _WALL):
        for line in _blocks(found, _PHRASE):
            if match := _WALL.search(line.text):
                return match[0]
    for line in header:
        may_say = len(line.text) <= _PHRASE and any(hint in line.text for hint in _MARK_HINTS)
        if may_say and (match := _MARK.search(line.text)) and not _in_teaser(line):
            return match[0]
    said = any(label in found.text for label in _LABELS)
    alone = [line for line in _blocks(found, _PHRASE) if _ALONE.fullmatch(line.text)] if said else []
    if len(alone) == 1 and not _in_teaser(alone[0]):
        return alone[0].text
    return ""


def _says(found: Signals, pattern: re.Pattern[str]) -> str:
    """The words of a short block that a pattern finds, which speak of this article."""
    told = (text for root in (found.body, *found.aside) for text in lines.select(_OPEN, root)[:20])
    for text in told:
        if (block := lines.block(text)) is None or lines.length(block) > 4 * _PHRASE:
            continue
        match = pattern.search(words) if len(words := lines.line(block)) <= _PHRASE else None
        if match and not _in_teaser(Line(block, words)):
            return match[0]
    return ""


def _blocks(found: Signals, longest: int) -> Iterator[Line]:
    """The short blocks of a page, and of what was cut from it, that may say something of access."""
    for root in (found.body, *found.aside):
        said = found.text_of(root)
        hints = tuple(hint for hint in _HINTS if hint.strip().encode() in said)
        for text in lines.select(_saying(hints), root)[:60] if hints else ():
            block = lines.block(text) if len(text) <= 4 * longest else None
            if (
                block is not None
                and lines.length(block) <= 4 * longest
                and len(words := lines.line(block)) <= longest
            ):
                yield Line(block, words)


@lru_cache
def _saying(hints: tuple[str, ...]) -> etree.XPath:
    """Finds the texts with one of some hints in them."""
    said = " or ".join(f"contains(., '{hint}')" for hint in hints)
    silent = "parent::script or parent::style or parent::noscript"
    return etree.XPath(f"descendant-or-self::text()[{said}][not({silent})]")


def _in_teaser(line: Line) -> bool:
    """Whether a line stands in a list, a link or under a linked headline: it speaks of another article."""
    around = (line.element, *line.element.iterancestors())
    if any(node.tag in {"li", "a", "nav", "aside"} for node in around):
        return True
    article = next((node for node in around if node.tag == "article"), None)
    heading = None if article is None else next(article.iter("h1", "h2", "h3", "h4"), None)
    return cards.is_teaser(line.element) or (heading is not None and heading.find(".//a") is not None)


def goes_on_elsewhere(found: Signals) -> bool:
    """Whether a line says that the text goes on elsewhere: "Lire la suite de l'article sur Le Fleuve.fr"."""
    if not hinted.may_say(found.text, _ON_HINTS, _MAY_GO_ON):
        return False
    return any(_ELSEWHERE.match(line.text) for line in _blocks(found, 120))


def cut_onward(paragraphs: list[str]) -> bool:
    """Cut "… Lire la suite de l'article sur …" off the end of one of the last paragraphs, if it is there."""
    for number, text in enumerate(paragraphs[-4:], max(0, len(paragraphs) - 4)):
        if match := _ONWARD.search(text):
            paragraphs[number] = text[: match.start("onward")].rstrip()
            return True
    return False


def stops_short(paragraphs: Sequence[str]) -> bool:
    """Whether a text shows that it goes on elsewhere: "Lire la suite sur …", a trailing " ..."."""
    if any(_ELSEWHERE.match(text) for text in paragraphs[-4:]):
        return True
    return bool(paragraphs) and _CUT.search(paragraphs[-1][-80:]) is not None
