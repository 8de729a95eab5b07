"""Who may read the whole text, and whether the text stops before its end.

``paywalled``: the page says that this article is for subscribers. ``metered``: it says that some articles a month are
free. ``free``: it says so in its data. Anything else is ``unknown``: most papers say nothing of articles that are free.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from crawler.extract import jsonld

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extract.signals import Signals
    from crawler.items import Page

_WALL: Final = re.compile(
    r"il vous reste (?:à lire )?\d{1,3}\s*% (?:de cet article )?(?:à lire|à découvrir)|(?:la suite|l['’ ]?intégralité|la lecture) (?:de cet article )?(?:est|en est) "
    r"(?:réservée?|accessible|payante)|(?:article|contenu|dossier|enquête)s? (?:est )?(?:exclusivement )?réservée?s? (?:à nos|aux|pour les) (?:abonn|lecteurs abonn)|"
    r"pour lire la suite(?: de (?:cet|l['’])\s?article)?,? (?:abonnez|connectez|identifiez|inscrivez|achetez|rejoignez)|"
    r"(?:abonnez-vous|connectez-vous|inscrivez-vous) pour (?:lire la suite|accéder à (?:la suite|l['’]intégralité)|continuer (?:la|votre|à) lire|poursuivre (?:la|votre) lecture)|"
    r"votre abonnement n['’]autorise pas la lecture|vous avez (?:déjà )?lu \d+ % de (?:cet|l['’])\s?article|"
    r"cet article est (?:payant|réservé|pour les abonnés|accessible (?:uniquement )?aux abonnés)|\d{1,3}\s*% de (?:cet|l['’])\s?article rest(?:e|ent) à lire",
    re.IGNORECASE,
)
_ELSEWHERE: Final = re.compile(
    r"^[\s>»…\[(]*(?:lire la suite|la suite|lire l['’]article(?: complet)?|retrouve[zr] l['’]intégralité|l['’]article (?:complet|original))\b"
    r"(?: de (?:l['’]|cet )\s?article)?(?: (?:complet|original))? (?:sur|dans|chez|à lire sur)\b.{2,60}$",
    re.IGNORECASE,
)
_CUT: Final = re.compile(r"(?:\s\.\.\.|\s…|\[\s?(?:\.\.\.|…)\s?\]|\(\s?(?:\.\.\.|…)\s?\))[\s\"»”]*$")
_TOKENS: Final = re.compile(
    r"(?:^|[\s_-])(?:paywall|premium-paywall|article-locked|locked|reserved-subscriber|article__restricted|restricted)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = 400  # characters: a phrase of a wall stands in a short line


def read(page: Page, found: Signals) -> tuple[str, str]:
    """The access to the text ("free", "metered", "paywalled", "unknown") and the signal that says so."""
    tier = found.meta("article:content_tier", "content_tier", "article:tier").lower()
    if tier in {"locked", "metered"}:
        return ("paywalled" if tier == "locked" else "metered"), "meta article:content_tier"
    declared = _declared(found)
    if declared is False:
        return "paywalled", "json-ld"
    if wall := _phrase(page):
        return "paywalled", f"text {wall}"
    if declared or tier == "free":
        return "free", "json-ld" if declared else "meta article:content_tier"
    return "unknown", ""


def _declared(found: Signals) -> bool | None:
    """What JSON-LD and microdata say; a part that is not free makes the whole not free."""
    said = jsonld.truth(found.article.get("isAccessibleForFree"))
    parts = found.article.get("hasPart")
    for part in parts if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and jsonld.truth(part.get("isAccessibleForFree")) is False:
            return False
    if said is None:
        for element in found.microdata.get("isaccessibleforfree", ())[:3]:
            said = jsonld.truth(element.get("content") or element.get("href") or element.text or "")
    return said


def _phrase(page: Page) -> str:
    """The sentence of a wall, in the text or in what was cut from it."""
    for root in (page.tree, *page.aside[:200]):
        for text in _strings(root):
            if 20 <= len(text) <= _BLOCKS and (match := _WALL.search(" ".join(text.split()))):
                return match[0]
    return ""


def _strings(root: HtmlElement) -> list[str]:
    """The text pieces of an element that could hold a wall's sentence."""
    return [
        text
        for text in root.itertext(
            "p", "div", "span", "a", "h2", "h3", "h4", "strong", "b", "em", "li", "section", "button"
        )
        if len(text) >= 20
    ]


def stops_short(paragraphs: Sequence[str]) -> bool:
    """Whether a text says, or shows, that it goes on elsewhere: "Lire la suite de l'article sur …", a trailing " ..."."""
    for text in reversed(paragraphs[-4:]):
        if _ELSEWHERE.match(text) or (len(text) < _BLOCKS and _WALL.search(text)):
            return True
    return bool(paragraphs) and _CUT.search(paragraphs[-1]) is not None
