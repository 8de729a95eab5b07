"""A page without its readers' comments, as it may be archived."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from crawler.extract import state

if TYPE_CHECKING:
    from lxml.html import HtmlElement

THEIRS: Final = frozenset({"comment", "comments", "review", "reviews"})
"""Keys of JSON-LD under which schema.org has what readers write."""


def cleaned(tree: HtmlElement) -> bytes:
    """The page as HTML in UTF-8, after ``comments.cut``; the tree stays as it is.

    Scripts may hold the thread once more: of those only JSON-LD is kept, without what readers wrote, and of
    the state of an app what is read of it.
    """
    page = deepcopy(tree)
    scripts = list(page.iter("script", "template"))
    known = json.dumps(state.read(page, scripts), ensure_ascii=False).replace("</", "<\\/")
    for script in scripts:
        text = ""
        if script.get("type") == "application/ld+json":
            text = _without_readers(script)
        elif script.get("type") == "application/json" and known != "{}":
            text, known = known, "{}"
        if text:
            script.text = text
        else:
            script.drop_tree()
    return etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def _without_readers(script: HtmlElement) -> str:
    try:
        data = json.loads(script.text or "")
    except (ValueError, RecursionError):
        return ""
    return json.dumps(_pruned(data), ensure_ascii=False).replace("</", "<\\/")


def _pruned(data: Any) -> Any:  # noqa: ANN401 -- JSON is anything
    if isinstance(data, dict):
        return {name: _pruned(part) for name, part in data.items() if name.lower() not in THEIRS}
    return [_pruned(part) for part in data] if isinstance(data, list) else data
