"""The texts of an article and what happened to it: revisions, their differences word by word, a chronicle."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa

from crawler.corpus import provenance
from crawler.db.models import Article, Fetch, Page, Revision
from crawler.errors import QueryError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from sqlalchemy.engine import Connection, Engine

FIELDS: Final = ("title", "lead", "body", "published_at", "access")
"""What two revisions are compared by."""

_WORD: Final = re.compile(r"\n\n|[^\S\n]+|\w+(?:['’]|(?:-\w+)*)|[^\w\s]+|\n")

Piece = tuple[str, str]
"""What became of a stretch of text, "same", "gone" or "new", and the text."""


@dataclass(frozen=True, slots=True)
class Text:
    """One revision, as it is compared."""

    number: int
    fetched_at: dt.datetime | None
    changed: str
    text_kept: bool
    values: dict[str, str]  # of FIELDS


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to an article."""

    at: dt.datetime | None
    what: str  # "first seen", "revision 2", "moved", "gone", "redirected", "back"
    detail: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two revisions of an article, field by field; a field that is the same in both is left out."""

    article: int
    url: str
    old: Text
    new: Text
    fields: dict[str, list[Piece]]


def texts(engine: Engine, what: str) -> tuple[int, str, list[Text]]:
    """The id and address of an article, and its revisions, oldest first.

    :param what: its id or one of its addresses
    :raises QueryError: no article has them
    """
    with engine.connect() as connection:
        key = provenance.find(connection, what)
        columns: tuple[Any, ...] = (
            *(Revision.number, Revision.changed, Revision.text_kept, Fetch.fetched_at),
            *(getattr(Revision, name) for name in FIELDS),
        )
        rows = connection.execute(
            sa.select(*columns)
            .outerjoin(Fetch, Fetch.id == Revision.fetch_id)
            .where(Revision.article_id == key)
            .order_by(Revision.number)
        )
        url = connection.scalar(sa.select(Article.url).where(Article.id == key)) or ""
        return key, url, [_text(row) for row in rows]


def difference(engine: Engine, what: str, old: int | None = None, new: int | None = None) -> Difference:
    """What the words of two revisions differ in; without numbers, of the last two.

    :raises QueryError: there is no such article or revision, only one revision, or no text to compare
    """
    key, url, held = texts(engine, what)
    by_number = {text.number: text for text in held}
    new = held[-1].number if new is None else new
    old = new - 1 if old is None else old
    if new == old + 1 == 1 or len(held) == 1:
        raise QueryError(f"article {key}: there is one revision only, so there is nothing to compare")
    for number in (new, old):
        if number not in by_number:
            raise QueryError(f"article {key}: has no revision {number}; it has 1 to {held[-1].number}")
    first, second = by_number[old], by_number[new]
    if not (first.text_kept and second.text_kept):
        raise QueryError(
            f"article {key}: a text of it is not kept: it is reserved, or was judged not relevant"
        )
    fields = {
        name: words(first.values[name], second.values[name])
        for name in FIELDS
        if first.values[name] != second.values[name]
    }
    return Difference(key, url, first, second, fields)


def words(old: str, new: str) -> list[Piece]:
    """Two texts as one: the stretches they share, and words of the one or the other, in reading order.

    What is "same" and "gone" together is the old text, what is "same" and "new" the new one.
    """
    before, after = _WORD.findall(old), _WORD.findall(new)
    found: list[Piece] = []
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, i, j, k, m in matcher.get_opcodes():
        if kind == "equal":
            found.append(("same", "".join(before[i:j])))
            continue
        found += [("gone", "".join(before[i:j]))] * (j > i)
        found += [("new", "".join(after[k:m]))] * (m > k)
    return list(_joined(found))


def chronicle(engine: Engine, what: str) -> list[Event]:
    """What happened to an article, in order: its texts, what moved beside them, when it was gone and back.

    :raises QueryError: as ``texts``
    """
    key, _, held = texts(engine, what)
    written = [
        Event(text.fetched_at, f"revision {text.number}" if text.changed else "first seen", text.changed)
        for text in held
    ]
    with engine.connect() as connection:
        events = [*_visits(connection, key), *written]
    return sorted(events, key=lambda event: (event.at is not None, event.at))


def _visits(connection: Connection, key: int) -> list[Event]:
    """What visits found beside texts."""
    page = sa.select(Article.page_id).where(Article.id == key).scalar_subquery()
    columns = (Fetch.fetched_at, Fetch.status, Fetch.outcome, Fetch.reason, Fetch.location, Fetch.url)
    query = sa.select(*columns).join(Page, Page.id == Fetch.page_id).where(Page.id == page).order_by(Fetch.id)
    found: list[Event] = []
    gone, to = False, ""
    for row in connection.execute(query):
        if row.status in {404, 410, 451} or row.reason.startswith("soft_404"):
            found += [] if gone else [Event(row.fetched_at, "gone", row.reason or f"status {row.status}")]
            gone = True
        elif gone and row.outcome in {"stored", "stored_flagged", "unchanged", "not_relevant"}:
            found.append(Event(row.fetched_at, "back", ""))
            gone = False
        if row.location != to and row.status is not None:
            to = row.location
            found += [Event(row.fetched_at, "redirected", to)] if to else []
        if row.outcome == "unchanged" and " → " in row.reason:
            found.append(Event(row.fetched_at, "moved", row.reason))
    return found


def _text(row: Any) -> Text:  # noqa: ANN401 -- a row
    values = {name: getattr(row, name) for name in FIELDS}
    plain = {name: "" if value is None else str(value) for name, value in values.items()}
    return Text(row.number, row.fetched_at, row.changed, row.text_kept, plain)


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Blanks between two changes belong to them: "un deux" for "trois quatre" is one change, not three."""
    merged: list[list[str]] = []
    pending = {"gone": "", "new": ""}
    for place, (kind, text) in enumerate(pieces):
        between = kind == "same" and not text.strip() and "\n" not in text and 0 < place < len(pieces) - 1
        if kind != "same" or (between and any(pending.values())):
            for side in ("gone", "new") if between else (kind,):
                pending[side] += text
            continue
        merged += [[side, pending[side]] for side in ("gone", "new") if pending[side]]
        pending = {"gone": "", "new": ""}
        merged.append([kind, text])
    merged += [[side, pending[side]] for side in ("gone", "new") if pending[side]]
    yield from ((kind, text) for kind, text in merged)
