"""Walls, errors and pages that are gone, by what they say: anti-robot pages, consent, logins, soft 404s."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from crawler.errors import NotAnArticle
from crawler.extract import lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

    from crawler.extract.metadata import Metadata
    from crawler.items import Page

WALL: Final = 400  # words on the whole page: walls and error pages have fewer
FEW: Final = 180  # words: a longer text is no wall's, whatever its title says
SHORT: Final = 60  # words: a text shorter than this may be a wall's; real briefs go down to about 25

_BLOCKED: Final = re.compile(
    r"\b(?=[abcdeghijmnpqrstuvwyê45])(?:"  # a word's first letter first: several times faster
    r"access (?:to this page has been )?denied|you don['’]t have permission to access|"
    r"attention required! \| cloudflare|just a moment\.\.\.|"
    r"please enable (?:js|javascript|cookies)|checking (?:if the site connection is secure|"
    r"your browser)|verif(?:y|ying) (?:that )?you are (?:a |not a )?(?:human|robot)|"
    r"your (?:request is being verified|browser is being)|request could not be satisfied|"
    r"welcome to nginx|are you a (?:human|robot)|"
    r"v[ée]rifiez que vous n['’][êe]tes pas un robot|vous (?:n['’][êe]tes pas|semblez être) un robot|"
    r"êtes-vous un (?:robot|humain)|je ne suis pas un robot|sure you['’]re not a bot|unusual traffic|"
    r"sorry, you have been blocked|you have been blocked|performance (?:&|"
    r"and) security by cloudflare|pardon our interruption|request unsuccessful\. incapsula|"
    r"(?:confirme[rz]|prouve[rz]|v[ée]rifi(?:e[rz]|ons)) que vous [êe]tes (?:bien )?(?:un )?(?:être )?humain|"
    r"you need to enable javascript|doesn['’]t work properly without javascript|"
    r"activez? (?:le )?javascript pour|javascript (?:est|doit être) (?:désactivé|activé)|"
    r"403 forbidden|429 too many requests|too many requests|"
    r"503 service (?:temporarily )?unavailable|bad gateway|the requested url was rejected|"
    r"made us think (?:that )?you (?:are|were) a bot|"
    r"vous êtes (?:actuellement )?dans (?:la|une) file d['’]attente|queue-it\b|"
    r"unavailable (?:due to|for) legal reasons|access cannot be granted at this time|"
    r"(?:il y a eu une|there has been a) (?:erreur critique sur|critical error on) (?:ce|votre|this|your)|"
    r"erreur lors de la connexion à la base de données|error establishing a database connection|"
    r"guru meditation|backend fetch failed|a required part of this site|"
    r"v[ée]rifions (?:que |la s[ée]curit[ée] de )?votre (?:connexion|navigateur))",
    re.IGNORECASE,
)
"""What walls and servers alone say."""
_PERHAPS: Final = re.compile(
    r"\b(?=[abcdehmnprstuv])(?:"
    r"accès (?:à ce (?:site|service) )?a été limité|vous avez été bloquée?|captcha\b|"
    r"(?:demande|requête) est vérifiée|vous avez été redirigée? vers ce site officiel|"
    r"(?:vérification|contrôle|protection) anti-robots?|humain ou robot|robot ou humain|"
    r"(?:human|(?:ro)?bot) (?:verification|protection|check)|(?:request|(?:web )?page|access) blocked|"
    r"account (?:has been )?suspended|default (?:welcome )?page\b|"
    r"accès (?:temporairement )?(?:refusé|interdit|bloqué|limité|restreint)|trop de requêtes|"
    r"votre accès (?:a été|est) bloqué|trafic inhabituel|security check|"
    r"error code 5\d\d|depuis un pays (?:où|appartenant)|accès ne peut (?:donc )?(?:vous )?être accordé|"
    r"(?:site|page) (?:est )?(?:actuellement )?(?:en|pour) (?:cours de )?(?:maintenance|construction)|"
    r"(?:site|service) (?:est )?(?:temporairement |momentanément )?indisponible|"
    r"activité (?:suspecte|inhabituelle)|"
    r"patienter pendant la redirection|pas redirigée? automatiquement|allez être redirigée?|"
    r"sur trop d['’]appareils|"
    r"votre (?:requête|demande|adresse ip) a été (?:bloquée|identifiée|rejetée)|"
    r"(?:n['’]êtes pas autorisée?|n['’]avez pas (?:l['’]autorisation|le droit)) (?:à|d['’]) ?"
    r"(?:accéder|consulter|afficher)|une erreur (?:technique |interne |inattendue )?(?:est survenue|s['’]est "
    r"produite)|v[ée]rification de (?:s[ée]curit[ée] en cours|votre navigateur)|"
    r"(?:utilisez|utilisation d['’]|détecté) ?un bloqueur de pub|désactive[rz] votre (?:bloqueur|adblock))",
    re.IGNORECASE,
)
"""What walls and servers say, and now and then the news: it counts where nothing dates the page."""
_MARKS: Final = re.compile(
    r"captcha-delivery\.com|/cdn-cgi/challenge-platform/|_cf_chl_opt|cf-browser-verification|"
    r"px-captcha|cf-turnstile|g-recaptcha|h-captcha|hcaptcha\.com|frc-captcha|_Incapsula_Resource|"
    r"awsWafCookieDomainList|KPSDK|window\.rbzns|class=.captcha",
)
_SCRIPT: Final = 2_000  # characters at the beginning of a script in which a mark stands
_CONSENT: Final = re.compile(
    r"\b(?=[abcdeginoprstuvw])(?:"
    r"(?:nous|et) (?:et )?nos (?:\d+ )?partenaires|accepter (?:et (?:fermer|continuer)|(?:tous )?les cookies|"
    r"tout)|tout (?:accepter|refuser)|continuer sans accepter|"
    r"gérer (?:mes|les|vos) (?:cookies|préférences|choix)|vos choix (?:en matière|concernant)|"
    r"utilis\w+ (?:de |des )?cookies|votre consentement|politique de (?:confidentialité|cookies)|"
    r"refuser et s['’]abonner|accepter, refuser|(?:respect\w* (?:de )?)?votre vie privée|"
    r"(?:publicités?|contenus?)(?: et (?:d[eu]s? )?contenus?)? personnalisée?s?|"
    r"refus(?:er|é|ez) (?:les |nos |tous les )?(?:cookies|traceurs)|"
    r"acceptez (?:les|nos) (?:cookies|traceurs)|(?:d[ée]pôt|stockage) de cookies|"
    r"c['’]est nous\W+les cookies|ok pour (?:vous|moi)\b|"
    r"informations sur (?:votre|un) (?:appareil|terminal)|"
    r"we value your privacy|accept all|before you continue)",
)
"""Phrases of a consent wall, in small letters: a pattern that heeds them is several times faster."""
_MISSING: Final = re.compile(
    r"\b(?=[pe4nclaodtv])(?:"
    r"page (?:introuvable|non trouvée|inexistante|not found|n['’]existe (?:pas|plus))|erreur 404|"
    r"410 gone|no longer available on this server|404 (?:not found|error|page)|^404\b|not found|"
    r"(?:(?:cette|la) page|(?:page|contenu|article|adresse) que vous (?:recherchez|demandez|cherchez)) "
    r"(?:que vous (?:recherchez|demandez|cherchez) )?(?:n['’]existe|n['’]est|ne correspond|"
    r"est introuvable|a (?:été (?:supprimée?|déplacée?)|pris|disparu|changé|déménagé))|"
    r"ne (?:trouvons|parvenons|puissions) pas (?:à )?(?:trouver )?(?:ce que|la page)|"
    r"(?:article|contenu|dépêche|annonce) (?:introuvable|supprimée?|expirée?|n['’]existe)|"
    r"(?:cet\s|ce\s|cette\s|l['’]\s?|la\s|le\s)(?:article|contenu|dépêche|annonce) (?:n['’]existe|"
    r"n['’]est plus (?:disponible|en ligne|accessible|consultable)|a expiré|"
    r"a été (?:supprimée?|retirée?|dépubliée?))|oups|désolé, (?:cette|la) page|"
    r"(?:ce|le nom de) domaine (?:[\w.-]+ )?est (?:en vente|à vendre)|domain (?:name )?is for sale|"
    r"votre domaine a bien été créé|the wayback machine has not archived)",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"(?:^|\| )(?:connexion|se connecter|connectez-vous|identification|identifiez-vous|log ?in|sign ?in)"
    r"(?: à (?:votre|mon) (?:compte|espace))?\s*(?:$|[|·–—-])|"
    r"(?:^|\| )(?:cr[ée](?:er|ez) (?:un|votre|mon) compte\b|"
    r"pour [^|]{4,40}, (?:connect|identifi|inscriv)ez[ -]vous)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^«»]*»")  # a wall does not quote another
PART: Final = re.compile(r"\s+[|·–—-]\s+")
_ASKS_WHO = etree.XPath("boolean(.//input[@type='password' or @type='email'])")
_ASKING: Final = (
    "partenaires", "accepter", "refuser", "continuer", "gérer", "vos choix", "cookies", "consentement",
    "confidentialité", "vie privée", "personnalisé", "appareil", "terminal", "we value", "accept all",
    "before you", "traceurs",
)  # fmt: skip
"""One of them stands in every phrase of a consent wall."""
_TEXTS = etree.XPath(
    "descendant-or-self::text()[not(parent::script or parent::style or parent::title)]", smart_strings=False
)


def check(page: Page, metadata: Metadata, text: str, words: int) -> None:
    """Raise where a page is a wall, an error or gone.

    :param text: what was read as the article's, of so many words
    :raises NotAnArticle: with its kind and what was seen
    """
    head = _QUOTED.sub("", f"{title(page)} | {metadata.title}")
    shown = _shown(page) if words < SHORT or _may_ask(text) else ""
    short = words < SHORT and len(shown.split()) < WALL
    undated = is_undated(metadata)
    titles = [head] if undated and words < FEW else PART.split(head) if words < SHORT else []
    seen = _said(_BLOCKED, titles, undated) or (short and _BLOCKED.search(shown))
    if seen := seen or (undated and (_said(_PERHAPS, titles) or (short and _PERHAPS.search(shown)))):
        raise NotAnArticle("blocked", f"the page says {seen[0]!r}", page.url)
    if short and undated and (mark := _mark(page)):
        raise NotAnArticle("blocked", f"the page carries {mark!r}", page.url)
    if short and _LOGIN.search(head) and any(map(_ASKS_WHO, roots(page))):
        raise NotAnArticle("blocked", "the page asks who reads it", page.url)
    if seen := _said(_MISSING, titles, undated) or (short and undated and _MISSING.search(shown)):
        raise NotAnArticle("soft_404", f"the page says {seen[0]!r}", page.url)
    if not shown:
        return
    consent = _CONSENT.findall(shown.lower())
    if len(set(consent)) >= 2 and len(consent) * 25 >= len(shown.split()):
        raise NotAnArticle("consent_wall", f"the page says {consent[0]!r}", page.url)


def _said(pattern: re.Pattern[str], titles: Iterable[str], anywhere: bool = True) -> re.Match[str] | None:
    """What a title says: anywhere in it, or where the page is dated as the whole of it."""
    return next(filter(None, map(pattern.search if anywhere else pattern.fullmatch, titles)), None)


def is_undated(metadata: Metadata) -> bool:
    """Whether neither data nor text date a page; an address keeps its day when its page is gone."""
    return metadata.published_signal in {"", "url"}


def _may_ask(text: str) -> bool:
    """Whether a text may ask for consent: a cheap look that nearly all articles fail."""
    small = text.lower()
    return any(word in small for word in _ASKING) and _CONSENT.search(small) is not None


def _shown(page: Page) -> str:
    """The text of the page, with what was cut from it; at most 20,000 characters."""
    parts = [part for root in roots(page) for part in lines.select(_TEXTS, root)]
    return " ".join(" ".join(parts).split())[:20_000]


def roots(page: Page) -> tuple[HtmlElement, ...]:
    """The page and what was cut from it."""
    return (page.tree, *page.aside[:50])


def title(page: Page) -> str:
    """What the page calls itself."""
    found = page.tree.find(".//title")
    return lines.line(found) if found is not None else ""


def _mark(page: Page) -> str:
    """A trace of an anti-robot system in scripts and links."""
    for element in page.tree.iter("script", "form", "iframe", "div"):
        for value in (
            element.get("src"),
            element.get("action"),
            element.get("id"),
            element.get("class"),
            element.text if element.tag == "script" else None,
        ):
            if value and (match := _MARKS.search(value[:_SCRIPT])):
                return match[0]
    return "class=captcha" if page.tree.find(".//*[@class='captcha']") is not None else ""
