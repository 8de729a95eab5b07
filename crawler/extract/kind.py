"""What is not an article: walls, errors, lists, films and podcasts, what a site says of itself.

Told from the text, before anything is stored.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from crawler.errors import NotAnArticle
from crawler.extract import jsonld, lines, walls
from crawler.extract.blocks import LOWER
from crawler.extract.inline import is_amid
from crawler.extract.texts import squash
from crawler.extract.walls import SHORT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extract.metadata import Metadata
    from crawler.items import Page

ENOUGH: Final = 400  # words of a text that are counted
ALL: Final = 0.85
HEADLINE: Final = 4  # words of one at least, where no heading tells
MANY: Final = 6  # such links that make a list
LOOKS: Final = 200  # links that are looked at
LISTED: Final = 0.6  # of the paragraphs of a list stand under the headline they sum up

_SERVICE: Final = re.compile(
    r"(?:nous )?contact(?:er|ez[ -]nous|s)?|(?:mentions|informations) l[ée]gales|qui sommes[ -]nous ?\??|"
    r"(?:à|a) propos(?: de nous)?|plan du site|politique (?:de confidentialit[ée]|des? cookies)|"
    r"conditions (?:g[ée]n[ée]rales )?(?:d['’ ]utilisation|de vente|d['’ ]abonnement)|cg[uv]|"
    r"donn[ée]es personnelles|"
    r"(?:(?:gestion|politique) des )?cookies|(?:nos )?newsletters?|s['’]abonner|abonnez[ -]vous|abonnements?|"
    r"foire aux questions|questions fr[ée]quentes|faq|aide|(?:faire un )?don|soutenez[ -]nous|"
    r"mon compte(?: (?!rendu)\S+)?|(?:rappel de (?:votre|mon) )?mot de passe(?: (?:oubli[ée]|perdu))?|"
    r"(?:authentif|identif)ication|inscription|"
    r"programme tv(?: de ce soir)?|boutique|accessibilit[ée]|offres? d['’ ]emploi|"
    r"publicit[ée](?: et .{3,20})?|(?:la |notre )?r[ée]daction|d[ée]sinscription|merci ?!?|"
    r"annonceurs?|(?:l['’]|notre )[ée]quipe|recrutement|flux rss|"
    r"cr[ée]dits|(?:nos )?partenaires|agenda|petites annonces|carnet|"
    r"charte (?:[ée]ditoriale|d[ée]ontologique)",
    re.IGNORECASE,
)
_LIST_PATH: Final = re.compile(
    r"/(?:tags?|rubriques?|categor(?:y|ies|ie)|auteurs?|authors?|journalistes?|signataires?|experts?|"
    r"contributeurs?|recherche|search|page)(?:/[^/]+)?(?:/page[-/]?\d+)?/?$|/page[-/]\d+/?$|/(?:videos|photos|articles|actualites|breves)/?$"
)
_BESIDE: Final = re.compile(
    r"/(?:meteo|(?:petites-)?annonces?(?:-(?:legales?|judiciaires?))?|newsletters?|quizz?|jeux(?:-concours)?|concours|sondages?|cinemas?|programmes?-tv|"
    r"applications?(?:-mobiles?)?|journal-numerique|kiosque|forums?|boutique|horoscopes?|avis-de-deces|"
    r"emploi|recrutements?|offres-d-emploi|diaporamas?|immobilier|bourse|trafic)/"
)
"""Where a site keeps what is neither news nor dated."""
_YOURS = re.compile(r"\b[Vv](?:otre|os)\b(?![^«]*»)")  # who is told what to do with what is theirs, unquoted
_SENTENCE: Final = 8  # words of a paragraph that ends as a sentence: a table and a timetable have none
_ENDED = re.compile(r"[.!?…][»”\")\]\s]*$")
_SHELF: Final = re.compile(
    r"/(?:themes?|sujets?|archives?|dossiers?|podcasts?|emissions?)(?:/(?!\d+\.html?$)[^/]+)?/?$"
)
"""Where lists stand, and now and then a text: « /archives/000214.html » is an entry of an old blog."""

_FOUND: Final = re.compile(
    r"(?:r[ée]sultats? (?:pour|de (?:la |votre )?recherche)|recherche ?:)", re.IGNORECASE
)
_CUT: Final = re.compile(r"(?:\(\.{3}\)|\[\.{3}\]|\(…\)|\[…\]|\w…|\w\.{3})$")
"""How the beginning of a text ends that was cut for a list."""


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
        walls.check(page, metadata, text, round(words * (1 - summaries)))
    own = summaries < LISTED and not walls.is_undated(metadata)
    if _sums_up(page, metadata, summaries) or (
        not dated and _is_list(page, metadata, words, paragraphs, own)
    ):
        raise NotAnArticle("list", "links to other pages, and no text of its own", page.url)
    if not _is_published(metadata) and (why := _service(page, metadata, text, words)):
        raise NotAnArticle("service", why, page.url)
    if words < SHORT and (medium := _medium(page, metadata, words)):
        raise NotAnArticle(medium, f"{medium} with no text beside it", page.url)
    if not words and metadata.access == "paywalled":
        raise NotAnArticle("paywall", "nothing is shown of what subscribers may read", page.url)
    if not words:
        raise NotAnArticle("empty", "no text was found", page.url)
    if not dated and walls.is_undated(metadata) and not any(map(_is_sentence, (lead, *paragraphs))):
        raise NotAnArticle("service", "no date, and not one sentence", page.url)
    if words < SHORT and not dated and walls.is_undated(metadata) and _is_bare(page):
        raise NotAnArticle("blocked", "a few words without a date, a headline or a link", page.url)


def _is_bare(page: Page) -> bool:
    """Whether nothing on a page is a heading or a link."""
    return all(next(root.iter("h1", "h2", "h3", "a"), None) is None for root in walls.roots(page))


def _is_sentence(text: str) -> bool:
    """Whether a paragraph is a sentence, or long enough to be a text cut short."""
    words = len(text.split(None, 2 * _SENTENCE))
    return words >= 2 * _SENTENCE or (words >= _SENTENCE and _ENDED.search(text) is not None)


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


def _is_list(page: Page, metadata: Metadata, words: int, paragraphs: Sequence[str], own: bool) -> bool:
    """Whether the page lists articles: its data or address say so, it is a front page, or made of links.

    :param own: the page is dated and sums up nothing: a text of some length is its own
    """
    path, query = urlsplit(page.url)[2:4]
    is_front = not query and path.strip("/") in {"", "index.html", "index.php"} and words < 6 * SHORT
    if is_front or _are_beginnings(page, paragraphs) or _FOUND.match(metadata.title):
        return True
    long = sum(len(text.split()) >= 25 for text in paragraphs)
    of_others = metadata.published_signal == "time" and "dates_disagree" in page.flags
    own = own and long > 0 and not of_others
    is_name = not own and long <= 3 and len(metadata.title.split()) <= 2
    if is_name and (_headlines(page) >= 3 or _links(page) >= MANY):
        return True  # the name of a section over its articles
    if not long and words < SHORT and len(metadata.title.split()) <= 2 and _headlines(page):
        return True  # the same over the only one it has
    if long >= 3:
        return False
    if (
        _LIST_PATH.search(path)
        or not jsonld.LISTS.isdisjoint(metadata.types)
        or _is_shelf(page, metadata, words)
    ):
        return True
    return long <= 1 and words < 5 * SHORT and not _is_headed(page, metadata) and _headlines(page) >= 8


def _are_beginnings(page: Page, paragraphs: Sequence[str]) -> bool:
    """Whether all of a text is cut, each part of it under a headline of its own."""
    is_cut = len(paragraphs) > 1 and all(map(_CUT.search, paragraphs))
    return is_cut and _headlines(page) >= len(paragraphs)


def _is_shelf(page: Page, metadata: Metadata, words: int) -> bool:
    """Whether an address where lists stand is that of one: no date, other articles or no text."""
    shelf = _SHELF.search(urlsplit(page.url).path) and not _is_headed(page, metadata)
    return bool(shelf) and (words < SHORT or _headlines(page) > 0)


def _is_headed(page: Page, metadata: Metadata) -> bool:
    """Whether a headline of some words and a date stand over the text: briefs have more links than words."""
    heading = metadata.title_element
    headed = heading is not None and heading.tag not in LOWER and len(metadata.title.split()) >= 4
    return (
        headed and metadata.published_at is not None and squash(metadata.title) in squash(walls.title(page))
    )


def _headlines(page: Page) -> int:
    """How many headings of a page are in links, or hold one: those of other articles."""
    count = 0
    for root in walls.roots(page):
        for heading in root.iter("h2", "h3", "h4"):
            above = next(heading.iterancestors("a"), None)
            count += above is not None or heading.find(".//a") is not None
    return count


def _links(page: Page) -> int:
    """How many links of a page are as long as a headline, and no part of a sentence."""
    links = (link for root in walls.roots(page) for link in root.iter("a") if not is_amid(link))
    return sum(lines.line(link).count(" ") >= HEADLINE - 1 for link in islice(links, LOOKS))


def _service(page: Page, metadata: Metadata, text: str, words: int) -> str:
    """Why a page is one that a site has beside its articles: its name, type or place, or "votre"."""
    names = [metadata.title]
    offers: frozenset[str] = frozenset()
    if walls.is_undated(metadata):
        names.append(walls.PART.split(walls.title(page), maxsplit=1)[0])
        path = urlsplit(page.url).path.rstrip("/")
        names.append(path.rpartition("/")[2].replace("-", " "))
        offers = jsonld.OFFERS.intersection(metadata.types) if words < 3 * SHORT else offers
        if words < SHORT and (yours := _YOURS.search(text)):
            return f"short, undated, and says {yours[0]!r} to its readers"
        if words < SHORT and (place := _BESIDE.search(f"{path}/")):
            return f"short, undated, and stands under {place[0]!r}"
    name = next(filter(_SERVICE.fullmatch, names), min(offers, default=""))
    return f"a page of the site about itself: {name!r}" if name else ""


def _medium(page: Page, metadata: Metadata, words: int) -> str:
    """Whether a page is about a "video" or "audio" and nothing else."""
    kinds = set(metadata.types)
    if kinds & jsonld.ARTICLES:
        return ""
    undated = walls.is_undated(metadata)
    if kinds & jsonld.AUDIO or (undated and any(kind.startswith(("music", "AudioO")) for kind in kinds)):
        return "audio"
    shown = {one.tag for root in walls.roots(page) for one in root.iter("audio", "video", "iframe")}
    if undated and "audio" in shown and 2 * words < SHORT:
        return "audio"
    few = 2 * words < SHORT and ("/video" in urlsplit(page.url).path or "video" in shown)
    told = kinds & jsonld.VIDEOS or any(kind.startswith("video") for kind in kinds)
    return "video" if shown and (told or (few and undated)) else ""
