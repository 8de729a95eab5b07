"""The pattern of a site's article addresses, learned from pages that were read."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from crawler.discovery import shapes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.discovery.shapes import Part, Shape

VARIANT: Final = (
    r"^/(?:print|imprimer|amp)/|/(?:amp|print|feed|rss)/?$"
    r"|[?&](?:print|amp|replytocom|preview|share|format)="
)
"""Variants of an article, which are none of their own."""

CALENDAR: Final = r"/(?:19|20)\d\d(?:/[01]?\d(?:/[0-3]?\d)?)?/?$"
"""Archives of a year, a month or a day."""

FURTHER: Final = r"[?&](?:paged?|start|offset)=\d"
"""Further pages of a list."""

SERVICE: Final = (
    r"/(?:a-propos|about|abonn|accessibilit|cgu|cgv|charte|conditions-(?:generales|d)|confidentialit|connexion|contact"
    r"|cookies|donnees-personnelles|equipe|faq|inscription|l-equipe|login|mentions-legales|newsletter|nous-|partenaires"
    r"|plan-du-site|politique-de-(?:confidentialite|cookies|protection)|privacy|publicite|qui-sommes|recherche|search"
    r"|signaler|soutenir)\w*(?:-+\w+){0,5}-*/?(?:\.\w+)?$"
)
"""Pages about a site, by how French sites call them; a headline that begins so goes on longer."""

_OPEN: Final = re.compile(r"\^/(?:\[|\(\?:\[)")
"""A pattern of pages at the root, or below every folder, where other pages stand too."""
WILD: Final = 3  # so many folders that hold articles, and every folder may


def learn(articles: Iterable[str], others: Iterable[str]) -> tuple[str, str]:
    """The patterns ``article`` and ``not_article`` of a declaration.

    :param articles: the addresses of a site's articles, as many as are known
    :param others: addresses of its lists and of pages that are no articles
    """
    by_shape: dict[Shape, list[str]] = defaultdict(list)
    for url in articles:
        by_shape[shapes.of(url)].append(url)
    strong = _strong([shape for shape in by_shape if shape.strong])
    plain = _plain({shape: urls for shape, urls in by_shape.items() if not shape.strong})
    article = "|".join([*strong, *plain])
    known = {shapes.tail(url) for urls in by_shape.values() for url in urls}
    wrong = (
        [tail for url in others if (tail := shapes.tail(url)) not in known and re.search(article, tail)]
        if article
        else []
    )
    excluded = [VARIANT, FURTHER]
    is_open = any(_OPEN.match(one) for one in plain)
    if is_open and not any(re.search(SERVICE, tail) for tail in known):
        excluded.append(SERVICE)
    excluded += _folders(wrong, known)
    left = [tail for tail in wrong if not re.search("|".join(excluded), tail)]
    excluded += [f"^{_escaped(tail.rstrip('/'))}/?$" for tail in dict.fromkeys(left)]
    return article, "|".join(excluded)


def _escaped(text: str) -> str:
    """A text that matches itself; what needs no backslash gets none."""
    return re.sub(r"([.^$*+?{}\[\]\\|()])", r"\\\1", text)


def _strong(found: list[Shape]) -> list[str]:
    """One pattern for all shapes that differ in nothing but the length of their numbers."""
    alike: dict[Shape, list[Shape]] = defaultdict(list)
    for shape in found:
        alike[replace(shape, parts=tuple(replace(part, length=0) for part in shape.parts))].append(shape)
    patterns = []
    for common, members in alike.items():
        folder = f"^/{_escaped(common.folders[0])}/(?:.*/)?" if common.folders else "/"
        segments = []
        for number, part in enumerate(common.parts):
            sizes = [member.parts[number].length for member in members]
            segments.append(_segment(part, common.parts[number - 1] if number else None, sizes))
        patterns.append(folder + "/".join(segments) + _end(common.extension))
    return sorted(patterns)


def _segment(part: Part, before: Part | None, sizes: list[int]) -> str:
    if part.kind == "words" and before and before.kind in {"year", "small"}:
        return r"[^/]*[^/\d][^/]*"  # below a year a number is a month, and no article
    counted = part.made_of == "digits" and max(sizes) < 14  # such numbers grow, and were shorter once
    return part.pattern((min(sizes) - (counted and min(sizes) > 5), max(sizes) + counted))


def _end(extension: str) -> str:
    return rf"{_escaped(extension)}(?:\?|$)" if extension else r"/?(?:\?|$)"


def _plain(found: dict[Shape, list[str]]) -> list[str]:
    """Patterns by folder and number of words; where many folders hold articles, every folder may."""
    by_form: dict[tuple[int, str, tuple[str, ...]], dict[tuple[str, ...], int]] = defaultdict(dict)
    numbered: list[str] = []
    for shape, urls in found.items():
        if shape.query or (shape.parts and shape.parts[0].kind == "small"):
            numbered.append(_numbered(shape, urls[0]))
            continue
        folders = by_form[len(shape.folders), shape.extension, shape.query]
        least = min(shapes.words(url) for url in urls)
        folders[shape.folders] = min(folders.get(shape.folders, least), least)
    patterns = []
    for (depth, extension, _), folders in by_form.items():
        if depth and len(folders) >= WILD:
            patterns.append(f"^/(?:[^/]+/){{{depth}}}{_slug(min(folders.values()))}{_end(extension)}")
            continue
        for names, least in sorted(folders.items()):
            path = "".join(f"{_escaped(name)}/" for name in names)
            patterns.append(f"^/{path}{_slug(least)}{_end(extension)}")
    return sorted(dict.fromkeys(numbered)) + patterns


def _numbered(shape: Shape, url: str) -> str:
    """A page that a program makes: ``/node/12``, ``/article.php?id=12``, ``/spip.php?article12``."""
    parts = urlsplit(url)
    if not shape.query:
        return f"^/{''.join(f'{_escaped(name)}/' for name in shape.folders)}" + r"\d+" + _end(shape.extension)
    names = [
        _escaped(name.replace("=#", "=").replace("=*", "=")).replace("#", r"\d+")
        + (r"\d+" if name.endswith("=#") else r"[^&]+" if name.endswith("=*") else "")
        for name in shape.query
    ]
    return f"^{_escaped(parts.path)}" + r"\?" + "".join(rf"(?=(?:.*&)?{name}(?:&|$))" for name in names)


def _slug(least: int) -> str:
    """A segment of so many words at least."""
    return "[^/]+" if least < 2 else rf"[-_]*[^/_-]+(?:[-_]+[^/_-]+){{{min(least, 4) - 1},}}[-_]*"


def _folders(wrong: list[str], known: set[str]) -> list[str]:
    """Folders that hold only what is no article."""
    good = {_folder(tail) for tail in known}
    bad = sorted({name for tail in wrong if (name := _folder(tail)) and name not in good})
    return [f"^/(?:{'|'.join(_escaped(name) for name in bad)})/"] if bad else []


def _folder(tail: str) -> str:
    """The first folder of a path, "" for a page at the root."""
    segments = unquote(tail.partition("?")[0]).strip("/").split("/")
    return segments[0] if len(segments) > 1 else ""
