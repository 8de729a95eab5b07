"""What is brought up to date where the text stays: no new revision, but nothing moves unseen either.

Dates, counters, keywords and signatures of an article change while its text does not. The revision in hand
takes the new value, and the row of the fetch says which value gave way to which: the old one is not lost.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.db.models import Author, RevisionAuthor, RevisionTag, Tag
from crawler.db.sql import among, chunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from crawler.db.articles import Draft
    from crawler.items import Article

PUBLISHED: Final = ("published_at", "published_raw", "published_signal", "published_precision")
MODIFIED: Final = ("modified_at", "modified_raw", "modified_signal")
PLAIN: Final = ("section", "agency", "language", "comment_count")
LISTS: Final = ("authors", "tags")
FINENESS: Final = ("", "day", "minute", "second")

NAMES: Final[dict[str, tuple[Any, Any, str]]] = {
    "authors": (Author, RevisionAuthor, "author_id"),
    "tags": (Tag, RevisionTag, "tag_id"),
}


def compare(connection: Connection, drafts: Sequence[Draft]) -> None:
    """Say of each unchanged article what else has moved: in ``details``, and in the words of its visit."""
    unchanged = [one for one in drafts if one.what == "unchanged"]
    names = listed(connection, [one.held.revision_id for one in unchanged])
    for one in unchanged:
        held = one.held._asdict() | names[one.held.revision_id]
        one.details = moved(held, one.item)
        if told := "; ".join(
            _told(name, held[name], new) for name, new in one.details.items() if _is_told(name)
        ):
            one.visit.reason = "; ".join(part for part in (one.visit.reason, told) if part)


def moved(held: dict[str, Any], item: Article) -> dict[str, Any]:
    """What a page says that differs from what is held; a value that is known beats one that is not."""
    found = {name: getattr(item, name) for name in PLAIN if _differs(held[name], getattr(item, name))}
    if is_moved(held, dated(item)):
        found |= dated(item)
    if item.modified_at and _second(item.modified_at) != held["modified_at"]:
        found |= {name: getattr(item, name) for name in MODIFIED}
    given = {name: list(dict.fromkeys(getattr(item, name))) for name in LISTS}
    return found | {name: names for name, names in given.items() if names and names != held[name]}


def is_moved(held: dict[str, Any], new: dict[str, Any]) -> bool:
    """Whether a page is dated anew: not where it only says less exactly what is held."""
    if new["published_at"] is None or _second(new["published_at"]) == held["published_at"]:
        return False
    if held["published_at"] is None:
        return True
    is_coarser = FINENESS.index(new["published_precision"]) < FINENESS.index(held["published_precision"])
    return not (is_coarser and abs(new["published_at"] - held["published_at"]) < dt.timedelta(days=1))


def dated(item: Article) -> dict[str, Any]:
    """What an article says of its publication."""
    return {name: getattr(item, name) for name in PUBLISHED}


def listed(connection: Connection, revisions: Iterable[int]) -> dict[int, dict[str, list[str]]]:
    """Authors and tags of revisions, in their order."""
    found: dict[int, dict[str, list[str]]] = {key: {name: [] for name in LISTS} for key in revisions}
    for field, (names, links, column) in NAMES.items():
        for chunk in chunks(found):
            query = (
                sa.select(links.revision_id, names.name)
                .join(names, names.id == getattr(links, column))
                .where(among(links.revision_id, chunk))
                .order_by(links.revision_id, links.position)
            )
            for key, name in connection.execute(query):
                found[key][field].append(name)
    return found


def columns(details: dict[str, Any]) -> dict[str, Any]:
    """Of what moved, the columns of the table ``revision``."""
    return {name: value for name, value in details.items() if name not in LISTS}


def _differs(held: Any, given: Any) -> bool:  # noqa: ANN401 -- a column
    return given not in {"", None} and given != held


def _second(at: dt.datetime) -> dt.datetime:
    """As the database keeps it."""
    return at.astimezone(dt.UTC).replace(microsecond=0)


def _is_told(name: str) -> bool:
    return not name.endswith(("_raw", "_signal", "_precision"))


def _told(name: str, old: Any, new: Any) -> str:  # noqa: ANN401 -- a column
    """One change as a person reads it."""
    shown = [
        "; ".join(value)
        if isinstance(value, list)
        else value.isoformat()
        if isinstance(value, dt.datetime)
        else value
        for value in (old, new)
    ]
    return f"{name}: {shown[0]} → {shown[1]}" if shown[0] not in {"", None} else f"{name}: {shown[1]}"
