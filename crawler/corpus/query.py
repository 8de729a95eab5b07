"""What a query is once it is understood: a tree of words, and filters that hold for the whole of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Phrase:
    """Stems side by side, often only one; of a prefix the last one is a beginning."""

    stems: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins with these letters, written without accents."""

    letters: str


@dataclass(frozen=True, slots=True)
class Exact:
    """A word in this form, accents included."""

    form: str


@dataclass(frozen=True, slots=True)
class Near:
    """Two phrases, in either order, with at most ``gap`` words between them."""

    left: Phrase
    right: Phrase
    gap: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Parts that must all hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Parts of which one must hold."""

    parts: tuple[Node, ...]


Leaf = Phrase | Prefix | Exact
Node = Leaf | Near | Not | All | Any


@dataclass(slots=True)
class Filters:
    """What the columns must say: alternatives of one field, what is excluded, from and to which instant."""

    wanted: dict[str, list[str]] = field(default_factory=dict)
    excluded: dict[str, list[str]] = field(default_factory=dict)
    since: dt.datetime | None = None
    until: dt.datetime | None = None  # the first instant that is too late

    def __bool__(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.wanted or self.excluded or self.since or self.until)


@dataclass(slots=True)
class Query:
    """A query understood. ``nothing``: it holds signs only, and so finds nothing; an empty one finds all."""

    node: Node | None
    filters: Filters
    nothing: bool = False


def leaves(node: Node | None) -> Iterator[Leaf]:
    """The words that are wanted, in order: what a snippet shows and a ranking counts."""
    if isinstance(node, Phrase | Prefix | Exact):
        yield node
    elif isinstance(node, Near):
        yield from (node.left, node.right)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part)


def every(parts: list[Node]) -> Node | None:
    """All of the parts; one part is itself, none is None."""
    return All(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def either(parts: list[Node]) -> Node | None:
    """Any of the parts; one part is itself, none is None."""
    return Any(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)
