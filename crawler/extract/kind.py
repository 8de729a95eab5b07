"""What is not an article: walls, errors, lists, videos, what a site says of itself.

Told from the text, before anything is stored.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from lxml import etree

from crawler.errors import NotAnArticle
from crawler.extract import jsonld, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from crawler.extract.metadata import Metadata
    from crawler.items import Page

WALL: Final = 400  # words on the whole page: walls and error pages have fewer
ENOUGH: Final = 400  # words of a text that are counted
ALL: Final = 0.85
LISTED: Final = 0.6  # of the paragraphs of a list stand under the headline they sum up
FEW: Final = 180  # words: a longer text is no wall's, whatever its title says
SHORT: Final = 60  # words: a text shorter than this may be a wall's; real briefs go down to about 25

_BLOCKED: Final = re.compile(
    r"\b(?=[abcdeghijmnpqrstuvyê45])(?:"  # a word's first letter first: several times faster
    r"access (?:to this page has been )?denied|you don['’]t have permission to access|"
    r"attention required! \| cloudflare|just a moment\.\.\.|"
    r"please enable (?:js|javascript|cookies)|checking (?:if the site connection is secure|"
    r"your browser)|verif(?:y|ying) you are (?:a )?human|are you a (?:human|robot)|"
    r"v[ée]rifiez que vous n['’][êe]tes pas un robot|vous n['’][êe]tes pas un robot|"
    r"êtes-vous un (?:robot|humain)|unusual traffic|trafic inhabituel|"
    r"sorry, you have been blocked|you have been blocked|performance (?:&|"
    r"and) security by cloudflare|pardon our interruption|request unsuccessful\. incapsula|"
    r"accès (?:refusé|interdit|bloqué)|votre accès (?:a été|est) bloqué|(?:site|"
    r"page) (?:est )?(?:en|pour) (?:cours de )?maintenance|"
    r"you need to enable javascript|doesn['’]t work properly without javascript|"
    r"activez? (?:le )?javascript pour|javascript (?:est|doit être) (?:désactivé|activé)|"
    r"403 forbidden|429 too many requests|too many requests|"
    r"503 service (?:temporarily )?unavailable|bad gateway|the requested url was rejected|"
    r"security check|made us think (?:that )?you (?:are|were) a bot|"
    r"vous êtes (?:actuellement )?dans (?:la|une) file d['’]attente|queue-it\b|"
    r"unavailable (?:due to|for) legal reasons|access cannot be granted at this time|"
    r"(?:il y a eu une|there has been a) (?:erreur critique sur|critical error on) (?:ce|votre|this|your)|"
    r"erreur lors de la connexion à la base de données|error establishing a database connection|"
    r"guru meditation|backend fetch failed|"
    r"v[ée]rification de (?:s[ée]curit[ée] en cours|votre navigateur)|"
    r"v[ée]rifions (?:que )?votre (?:connexion|navigateur)|a required part of this site|"
    r"(?:utilisez|utilisation d['’]|détecté) ?un bloqueur de pub|désactive[rz] votre (?:bloqueur|adblock))",
    re.IGNORECASE,
)
_MARKS: Final = re.compile(
    r"captcha-delivery\.com|/cdn-cgi/challenge-platform/|_cf_chl_opt|cf-browser-verification|"
    r"px-captcha|g-recaptcha|h-captcha|_Incapsula_Resource|class=.captcha",
)
_SCRIPT: Final = 2_000  # characters at the beginning of a script in which a mark stands
_CONSENT: Final = re.compile(
    r"\b(?=[abceginprtuvw])(?:"
    r"(?:nous|et) (?:et )?nos (?:\d+ )?partenaires|accepter (?:et (?:fermer|continuer)|les cookies|"
    r"tout)|tout (?:accepter|refuser)|continuer sans accepter|"
    r"gérer (?:mes|les|vos) (?:cookies|préférences|choix)|vos choix (?:en matière|concernant)|"
    r"utilis\w+ (?:de |des )?cookies|votre consentement|politique de (?:confidentialité|cookies)|"
    r"refuser et s['’]abonner|accepter, refuser|(?:respect\w* (?:de )?)?votre vie privée|"
    r"(?:publicités?|contenus?)(?: et (?:d[eu]s? )?contenus?)? personnalisée?s|"
    r"informations sur (?:votre|un) (?:appareil|terminal)|"
    r"we value your privacy|accept all|before you continue)",
)
"""Phrases of a consent wall, in small letters: a pattern that heeds them is several times faster."""
_MISSING: Final = re.compile(
    r"\b(?=[pe4nclaodtv])(?:"
    r"page (?:introuvable|non trouvée|inexistante|not found|n['’]existe (?:pas|plus))|erreur 404|"
    r"404 (?:not found|error|page)|^404\b|not found|"
    r"(?:cette|la) page (?:que vous (?:recherchez|demandez|cherchez) )?(?:n['’]existe|n['’]est|"
    r"est introuvable|a été (?:supprimée|déplacée))|"
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
    r"(?:^|\| )cr[ée](?:er|ez) (?:un|votre|mon) compte\b",
    re.IGNORECASE,
)
_SERVICE: Final = re.compile(
    r"(?:nous )?contact(?:er|ez[ -]nous|s)?|(?:mentions|informations) l[ée]gales|qui sommes[ -]nous ?\??|"
    r"(?:à|a) propos(?: de nous)?|plan du site|politique (?:de confidentialit[ée]|des? cookies)|"
    r"conditions (?:g[ée]n[ée]rales )?(?:d['’ ]utilisation|de vente|d['’ ]abonnement)|cg[uv]|"
    r"donn[ée]es personnelles|"
    r"(?:gestion|politique) des cookies|(?:nos )?newsletters?|(?:s['’]abonner|abonnez[ -]vous|abonnements?)|"
    r"foire aux questions|questions fr[ée]quentes|faq|aide|(?:faire un )?don|soutenez[ -]nous|"
    r"mon compte|inscription|"
    r"programme tv(?: de ce soir)?|boutique|accessibilit[ée]|offres? d['’ ]emploi|"
    r"annonceurs?|(?:l['’]|notre )[ée]quipe|recrutement|flux rss|"
    r"(?:nos )?partenaires|agenda|petites annonces|carnet|charte (?:[ée]ditoriale|d[ée]ontologique)",
    re.IGNORECASE,
)
_PART: Final = re.compile(r"\s+[|·–—-]\s+")
_ASKS_WHO: Final = ".//input[@type='password']"
_ASKING: Final = (
    "partenaires", "accepter", "refuser", "continuer", "gérer", "vos choix", "cookies", "consentement",
    "confidentialité", "vie privée", "personnalisé", "appareil", "terminal", "we value", "accept all",
    "before you",
)  # fmt: skip
"""One of them stands in every phrase of a consent wall."""
_TEXTS = etree.XPath(
    "descendant-or-self::text()[not(parent::script or parent::style or parent::title)]", smart_strings=False
)
_LIST_PATH: Final = re.compile(
    r"/(?:tags?|rubriques?|categor(?:y|ies|ie)|themes?|sujets?|auteurs?|authors?|recherche|search|"
    r"archives?|page|dossiers?)(?:/[^/]+)?(?:/page[-/]?\d+)?/?$|/page[-/]\d+/?$"
)


def check(
    page: Page, metadata: Metadata, lead: str, paragraphs: Sequence[str], summaries: float = 0.0
) -> None:
    """Raise where a page is no article.

    :param summaries: the share of the paragraphs that stand under a link to another page
    :raises NotAnArticle: with its kind and what was seen
    """
    text = " ".join((lead, *paragraphs))
    words = ENOUGH if text.count(" ") > ENOUGH else len(text.split(None, ENOUGH))
    dated = _is_declared(metadata)
    if not dated or words < SHORT:
        _walls(page, metadata, text, words)
    if _sums_up(page, metadata, summaries) or (not dated and _is_list(page, metadata, words, paragraphs)):
        raise NotAnArticle("list", "links to other pages, and no text of its own", page.url)
    if not _is_published(metadata) and (name := _service(page, metadata, words)):
        raise NotAnArticle("service", f"a page of the site about itself: {name!r}", page.url)
    if words < SHORT and (medium := _medium(page, metadata, words)):
        raise NotAnArticle(medium, f"{medium} with no text beside it", page.url)
    if not words:
        raise NotAnArticle("empty", "no text was found", page.url)


def _is_declared(metadata: Metadata) -> bool:
    """Whether the page's data say that it is an article, or the day it was published."""
    return "article" in {kind.lower() for kind in metadata.types} or _is_published(metadata)


def _is_published(metadata: Metadata) -> bool:
    """As :func:`_is_declared`, but for OpenGraph's type: some papers say "article" on every page."""
    dated = metadata.published_signal.startswith(("json-ld", "meta", "microdata", "rules"))
    return dated or not jsonld.ARTICLES.isdisjoint(metadata.types)


def _sums_up(page: Page, metadata: Metadata, summaries: float) -> bool:
    """Whether most of the text stands under links; under a headline and its date that must be nearly all."""
    if summaries < LISTED or _is_published(metadata):
        return False
    return summaries >= ALL or not _is_headed(page, metadata)


def _walls(page: Page, metadata: Metadata, text: str, words: int) -> None:
    """Anti-robot pages, consent walls and errors that are sent with status 200."""
    head = f"{_title(page)} | {metadata.title}"
    shown = _shown(page) if words < SHORT or _may_ask(text) else ""
    short = words < SHORT and len(shown.split()) < WALL
    small = words < FEW
    if seen := (_BLOCKED.search(head) if small else None) or (short and _BLOCKED.search(shown)):
        raise NotAnArticle("blocked", f"the page says {seen[0]!r}", page.url)
    if short and (mark := _mark(page)):
        raise NotAnArticle("blocked", f"the page carries {mark!r}", page.url)
    if short and _LOGIN.search(head) and any(root.find(_ASKS_WHO) is not None for root in _roots(page)):
        raise NotAnArticle("blocked", "the page asks for a password", page.url)
    undated = metadata.published_signal in {"", "url"}  # an address keeps its day when its page is gone
    if seen := (_MISSING.search(head) if small else None) or (short and undated and _MISSING.search(shown)):
        raise NotAnArticle("soft_404", f"the page says {seen[0]!r}", page.url)
    if not shown:
        return
    consent = _CONSENT.findall(shown.lower())
    if len(set(consent)) >= 2 and len(consent) * 25 >= len(shown.split()):
        raise NotAnArticle("consent_wall", f"the page says {consent[0]!r}", page.url)


def _may_ask(text: str) -> bool:
    """Whether a text may ask for consent: a cheap look that nearly all articles fail."""
    small = text.lower()
    return any(word in small for word in _ASKING) and _CONSENT.search(small) is not None


def _shown(page: Page) -> str:
    """The text of the page, with what was cut from it; at most 20,000 characters."""
    parts = [part for root in _roots(page) for part in lines.select(_TEXTS, root)]
    return " ".join(" ".join(parts).split())[:20_000]


def _roots(page: Page) -> tuple[HtmlElement, ...]:
    """The page and what was cut from it."""
    return (page.tree, *page.aside[:50])


def _title(page: Page) -> str:
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


def _is_list(page: Page, metadata: Metadata, words: int, paragraphs: Sequence[str]) -> bool:
    """Whether the page lists articles: its data or address say so, it is a front page, or made of links."""
    path = urlsplit(page.url).path
    if path.strip("/") in {"", "index.html", "index.php"} and words < 6 * SHORT:
        return True
    long = sum(len(text.split()) >= 25 for text in paragraphs)
    if long <= 3 and len(metadata.title.split()) <= 2 and _headlines(page) >= 3:
        return True  # the name of a section over its articles
    if not long and words < SHORT and len(metadata.title.split()) <= 2 and _headlines(page):
        return True  # the same over the only one it has
    if long >= 3:
        return False
    if _LIST_PATH.search(path) or not jsonld.LISTS.isdisjoint(metadata.types):
        return True
    return long <= 1 and words < 5 * SHORT and not _is_headed(page, metadata) and _headlines(page) >= 8


def _is_headed(page: Page, metadata: Metadata) -> bool:
    """Whether a headline of some words and a date stand over the text: briefs have more links than words."""
    heading = metadata.title_element
    headed = heading is not None and heading.tag == "h1" and len(metadata.title.split()) >= 4
    return headed and metadata.published_at is not None and metadata.title in _title(page)


def _headlines(page: Page) -> int:
    """How many headings of a page are in links, or hold one: those of other articles."""
    count = 0
    for root in _roots(page):
        for heading in root.iter("h2", "h3", "h4"):
            above = next(heading.iterancestors("a"), None)
            count += above is not None or heading.find(".//a") is not None
    return count


def _service(page: Page, metadata: Metadata, words: int) -> str:
    """The name, in title or address, or the type of a page that a site has beside its articles."""
    last = urlsplit(page.url).path.rstrip("/").rpartition("/")[2].replace("-", " ")
    for name in (metadata.title, _PART.split(_title(page), maxsplit=1)[0], last):
        if _SERVICE.fullmatch(name):
            return name
    return min(jsonld.OFFERS.intersection(metadata.types), default="") if words < 3 * SHORT else ""


def _medium(page: Page, metadata: Metadata, words: int) -> str:
    """Whether a page is about a "video" or "audio" and nothing else."""
    kinds = set(metadata.types)
    if kinds & jsonld.ARTICLES:
        return ""
    if kinds & jsonld.AUDIO or any(kind.startswith("music") for kind in kinds):
        return "audio"
    shelf = 2 * words < SHORT and "/video" in urlsplit(page.url).path
    told = shelf or kinds & jsonld.VIDEOS or any(kind.startswith("video") for kind in kinds)
    shown = any(next(root.iter("video", "iframe"), None) is not None for root in _roots(page))
    return "video" if told and shown else ""
