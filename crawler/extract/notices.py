"""What a page says to robots in its ``<meta>``: reservations, what may be indexed, archived, learnt from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ROBOTS: Final = frozenset({"robots", "googlebot", "hemero"})
RESERVED: Final = frozenset({"tdm-reservation", "tdm-policy"})
LONGEST: Final = 500  # characters of one notice


def reservation(tree: HtmlElement) -> dict[str, str]:
    """``tdm-reservation`` and ``tdm-policy``, the first of each."""
    found: dict[str, str] = {}
    for name, content in _metas(tree):
        if name in RESERVED:
            found.setdefault(name, content)
    return found


def robots(tree: HtmlElement) -> str:
    """What ``<meta name="robots">`` says, in small letters, those of several joined by ", "."""
    said = (content.lower() for name, content in _metas(tree) if name in ROBOTS)
    return ", ".join(dict.fromkeys(part.strip() for content in said for part in content.split(",")))[:LONGEST]


def refresh(tree: HtmlElement) -> str:
    """Where ``<meta http-equiv="refresh">`` sends browsers; "" where the page stays or reloads itself."""
    for meta in tree.iter("meta"):
        url: str
        if meta.get("http-equiv", "").strip().lower() == "refresh":
            _, _, url = meta.get("content", "").partition("=")
            if url.strip(" '\""):
                return url.strip(" '\"")[:LONGEST]
    return ""


def _metas(tree: HtmlElement) -> list[tuple[str, str]]:
    return [
        (meta.get("name", "").strip().lower(), meta.get("content", "").strip()) for meta in tree.iter("meta")
    ]
