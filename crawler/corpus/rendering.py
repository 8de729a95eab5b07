"""A tree of words as each database asks for it: FTS5's language, and tsquery with the places checked.

FTS5 knows where words stand. PostgreSQL's index knows words and runs of a few; longer phrases and neighbours
are then looked for in ``fulltext_words``, which holds the text as stems: " title ¦ lead ¦ body ".
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from crawler.corpus.query import All, Any, Exact, Near, Not, Phrase, Prefix
from crawler.db.fulltext import BORDER, EVERY, RUN, SHORT, TITLE, runs
from crawler.text.stems import FOLDED, WRITTEN, fold, shortest, stem
from crawler.text.stopwords import is_function_word

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.corpus.query import Leaf, Node

    Condition = tuple[str, dict[str, str]]


def fts5(node: Node) -> str:
    """A query of FTS5. Its NOT needs something to take from: the word that every article has."""
    if isinstance(node, Near):
        return f"({PLACED} : NEAR({_phrase(node.left)} {_phrase(node.right)}, {node.gap}))"
    if isinstance(node, Not):
        return f'("{EVERY}" NOT {fts5(node.part)})'
    if isinstance(node, Any):
        return f"({' OR '.join(map(fts5, node.parts))})"
    if isinstance(node, All):
        wanted = [fts5(part) for part in node.parts if not isinstance(part, Not)] or [f'"{EVERY}"']
        unwanted = [fts5(part.part) for part in node.parts if isinstance(part, Not)]
        found = f"({' AND '.join(wanted)})"
        return f"({found} NOT ({' OR '.join(unwanted)}))" if unwanted else found
    return _fts5_leaf(node)


PLACED: Final = "{title lead body}"
"""The columns in which words stand in their order; the marks have none."""


def _fts5_leaf(leaf: Leaf) -> str:
    if isinstance(leaf, Exact):
        return f'"{WRITTEN}{leaf.form}"'
    if isinstance(leaf, Prefix):
        return f'("{WRITTEN}{leaf.letters}" * OR "{FOLDED}{leaf.letters}" *)'
    return f"({PLACED} : {_phrase(leaf)})" if len(leaf.stems) > 1 else _phrase(leaf)


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.stems)}"' + (" *" if phrase.prefix else "")


def _match(node: Node) -> Condition:
    return "fulltext MATCH :match", {"match": fts5(node)}


def _checked(node: Node) -> Condition:
    """What the index can say, then what only the text can: the second is asked where the first holds."""
    conditions, values = ["fulltext.document @@ CAST(:match AS text)::tsquery"], {"match": tsquery(node)}
    if has_places(node):
        conditions.append(_places(node, values))
    return " AND ".join(conditions), values


def tsquery(node: Node, *, wanted: bool = True) -> str:
    """What must hold of the words alone, so that the tree can; where nothing must, the word of all articles.

    Within a NOT the question turns: what is surely enough, or a word that no article has.
    """
    if isinstance(node, Not):
        return tsquery(All((node,)), wanted=wanted)
    if isinstance(node, Any):
        return f"({' | '.join(tsquery(part, wanted=wanted) for part in node.parts)})"
    if isinstance(node, All):  # the index, too, can only take away from something
        some = [tsquery(one, wanted=wanted) for one in node.parts if not isinstance(one, Not)]
        some = [*dict.fromkeys(some)] or [f"'{EVERY}'"]
        none = [f"!({tsquery(one.part, wanted=not wanted)})" for one in node.parts if isinstance(one, Not)]
        return f"({' & '.join([*some, *none])})"
    if not wanted and has_places(node):
        return f"!'{EVERY}'"
    if isinstance(node, Near):
        return f"({_lexemes(node.left)} & {_lexemes(node.right)})"
    return _lexemes(node)


def _lexemes(leaf: Leaf) -> str:
    if isinstance(leaf, Exact):
        return f"'{WRITTEN}{leaf.form}'"
    if isinstance(leaf, Prefix):
        return f"('{WRITTEN}{leaf.letters}':* | '{FOLDED}{leaf.letters}':*)"
    *before, last = (f"'{lexeme}'" for lexeme in _runs(leaf.stems))
    if leaf.prefix:
        last += ":*"
    elif _goes_on(last[1:-1].split()):
        last = f"({last} | '{last[1:-1]} ':*)"
    return f"({' & '.join([*before, last])})"


def _runs(stems: tuple[str, ...]) -> list[str]:
    """The runs of a phrase, but for those within another: where there is one, it is the whole phrase."""
    found, reached = [], 0
    for place, run in enumerate(runs(stems)):
        if (end := place + len(run.split())) > reached:
            found.append(run)
            reached = end
    return found or [*stems]


def _goes_on(run: list[str]) -> bool:
    """Whether a run that ends a phrase may be the beginning of a longer one in a text."""
    return 1 < len(run) < RUN and len(run[0]) > SHORT >= len(run[-1])


def has_places(node: Node) -> bool:
    """Whether it asks where words stand; of a run the index knows."""
    if isinstance(node, All | Any):
        return any(map(has_places, node.parts))
    if isinstance(node, Not):
        return has_places(node.part)
    return isinstance(node, Near) or (isinstance(node, Phrase) and len(_runs(node.stems)) > 1)


WORDS: Final = "(SELECT {} FROM fulltext_words WHERE article_id = fulltext.article_id)"
"""A condition on the text of an article: asked row by row, since a join would be taken for cheap."""


def _places(node: Node, values: dict[str, str]) -> str:
    """The whole tree as a condition; ``values`` takes what it is given."""
    if isinstance(node, Not):
        return f"NOT {_places(node.part, values)}"
    if isinstance(node, All | Any):
        sign = " OR " if isinstance(node, Any) else " AND "
        return f"({sign.join(_places(part, values) for part in node.parts)})"
    key = f"place{len(values)}"
    if isinstance(node, Near):
        values[key] = _neighbours(node)
        return WORDS.format(f"words ~ :{key}")
    if has_places(node) and isinstance(node, Phrase):
        values[key] = f" {' '.join(node.stems)}{'' if node.prefix else ' '}"
        return WORDS.format(f"strpos(words, :{key}) > 0")  # a fifth faster than LIKE
    values[key] = tsquery(node)
    return f"fulltext.document @@ CAST(:{key} AS text)::tsquery"


def _neighbours(near: Near) -> str:
    """The regular expression of two phrases near each other; as in FTS5 they may overlap."""
    word = f"[^ {BORDER}]+ "
    left, right = (_spelled(phrase) for phrase in (near.left, near.right))
    if not _share(near.left, near.right):  # eight times as fast
        return f" ({left}({word}){{0,{near.gap}}}{right}|{right}({word}){{0,{near.gap}}}{left})"
    after, before = (len(phrase.stems) + near.gap for phrase in (near.left, near.right))
    return f" ((?={left})({word}){{0,{after}}}(?={right})|(?={right})({word}){{0,{before}}}(?={left}))"


def _share(left: Phrase, right: Phrase) -> bool:
    """Whether one word can belong to both."""
    both = (left.stems, right.stems)
    if left.prefix or right.prefix:
        return any(one.startswith(other) or other.startswith(one) for one in both[0] for other in both[1])
    return not set(both[0]).isdisjoint(both[1])


def _spelled(phrase: Phrase) -> str:
    return " ".join(phrase.stems) + (f"[^ {BORDER}]* " if phrase.prefix else " ")


CONDITION: Final[dict[str, Callable[[Node], Condition]]] = {"sqlite": _match, "postgresql": _checked}
"""By database: the SQL condition of a tree on the table ``fulltext``, and its values."""


def in_title(leaf: Leaf) -> Node:
    """Whether the title has a word of the query: of a phrase one that says something, else the stem."""
    if isinstance(leaf, Phrase):
        whole = leaf.stems[:-1] if leaf.prefix else leaf.stems
        word = next(itertools.filterfalse(is_function_word, whole), leaf.stems[0])
        return Phrase((TITLE + word,), prefix=leaf.prefix and not whole)
    if isinstance(leaf, Exact):
        return Phrase((TITLE + stem(fold(leaf.form)),))
    return Phrase((TITLE + shortest(leaf.letters),), prefix=True)
