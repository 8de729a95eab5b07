"""What a new revision changes of the one before: title, lead, body, date, access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db import details
from crawler.db.models import Revision
from crawler.db.sql import among
from crawler.text.fingerprint import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.engine import Connection

    from crawler import items
    from crawler.db.articles import Draft

TEXT: Final = ("title", "lead", "body")
KINDS: Final = (*TEXT, "date", "access")
"""What can change of an article, in the order in which it is named."""

CUT: Final = " .…[]()»›>-"
"""What stands at the end of a text that was cut."""


def parts(item: items.Article) -> dict[str, str]:
    """The digests of title, lead and body: what is kept of a text that is not."""
    return {name: digest(getattr(item, name)) for name in TEXT}


def of(connection: Connection, drafts: Sequence[Draft]) -> dict[int, list[str]]:
    """Of drafts that are new texts of held articles: article → what changed."""
    if not drafts:
        return {}
    columns = (Revision.id, Revision.text_kept, Revision.title, Revision.lead, Revision.body, Revision.parts)
    query = sa.select(*columns).where(among(Revision.id, (one.held.revision_id for one in drafts)))
    texts = {row.id: row for row in connection.execute(query)}
    return {one.article: _changed(one, texts[one.held.revision_id]) for one in drafts}


def between(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Of two texts that are held, each a row of ``revision``, what the second changes."""
    found = [name for name in TEXT if digest(old[name]) != digest(new[name])]
    found += ["date"] if old["published_at"] != new["published_at"] else []
    return _with_access(found, old, new)


def _changed(one: Draft, text: Any) -> list[str]:  # noqa: ANN401 -- a row
    held, item = one.held, one.item
    if text.text_kept:
        found = [name for name in TEXT if digest(getattr(text, name)) != digest(getattr(item, name))]
    else:
        found = [name for name, part in parts(item).items() if text.parts.get(name, "") != part]
    found += ["date"] if held.published_at and details.is_moved(held._asdict(), details.dated(item)) else []
    old = {"access": held.access, "lead": text.lead, "body": text.body}
    return _with_access(found, old, {name: getattr(item, name) for name in old})


def _with_access(found: list[str], old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What changed, the access included: a wall that hides the end of a text has not rewritten it."""
    if old["access"] == new["access"]:
        return found
    if "paywalled" in {old["access"], new["access"]} and is_cut(_text(old), _text(new)):
        found = [name for name in found if name not in {"lead", "body"}]
    return [*found, "access"]


def is_cut(one: str, other: str) -> bool:
    """Whether the shorter of two texts is the beginning of the longer."""
    short, long = sorted(("".join(text.split()) for text in (one, other)), key=len)
    return bool(short) and long.startswith(short.rstrip(CUT))


def _text(row: dict[str, Any]) -> str:
    return f"{row['lead']}\n\n{row['body']}"
