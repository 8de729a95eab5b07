"""Which articles come first: BM25F over the words of title, lead and body, the same on both databases.

The formula is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond"
(2009): a word counts the more often it stands in an article (less and less), the shorter the article is and
the fewer articles have it; one of the title counts as ten, one of the lead as three. How rare a word is is
measured among the candidates. These are bounded, so that a query for a common word takes no longer than
another: the articles met last, and those met last that have a word of the query in their title. All others
follow, the ones met last first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from crawler.corpus.query import All, Any, Exact, Phrase, leaves
from crawler.corpus.rendering import in_title
from crawler.db.fulltext import BORDER
from crawler.text.stems import fold, shortest, stem
from crawler.text.stopwords import is_function_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.engine import Connection

    from crawler.corpus.query import Leaf, Node

CANDIDATES: Final = 200
"""Articles that are ranked, of each of the two kinds."""

TITLE: Final = 10.0
LEAD: Final = 3.0
"""What a word counts there; in the body, one."""

K: Final = 1.2
B: Final = 0.75
"""The usual constants: how soon a word has been said often enough, and how much length matters."""

_WORDS: Final = {
    "sqlite": f"""SELECT rowid, ' ' || title || ' {BORDER} ' || lead || ' {BORDER} ' || body || ' '
        FROM fulltext WHERE rowid IN ({{}})""",  # noqa: S608 -- the border is ours
    "postgresql": "SELECT article_id, words FROM fulltext_words WHERE article_id IN ({})",
}


def titled(node: Node | None) -> Node | None:
    """What a query finds that has one of its words in the title."""
    words = tuple(dict.fromkeys(in_title(leaf) for leaf in leaves(node) if _term(leaf)))
    return All((node, Any(words))) if node and words else None


def rank(connection: Connection, node: Node | None, candidates: Iterable[int]) -> list[int]:
    """Candidates, the best first; of equals the one met last."""
    terms = [term for leaf in leaves(node) if (term := _term(leaf))]
    ids = ", ".join(map(str, candidates)) or "NULL"  # numbers of ours, found sooner than bound
    rows = connection.exec_driver_sql(_WORDS[connection.dialect.name].format(ids)).all()
    texts = [(key, words.split(BORDER)) for key, words in rows]
    scores = _scores([fields for _, fields in texts], list(dict.fromkeys(terms)))
    ranked = sorted(zip(scores, (key for key, _ in texts), strict=True), reverse=True)
    return [key for _, key in ranked]


def _scores(texts: Sequence[Sequence[str]], terms: Sequence[str]) -> list[float]:
    """BM25F of texts, each in its three fields."""
    lengths = [sum(map(len, fields)) for fields in texts]  # in letters: words are slower to count
    mean = sum(lengths) / max(len(lengths), 1)
    norms = [K * (1 - B + B * length / mean) for length in lengths]
    scores = [0.0] * len(texts)
    for term in terms:
        counts = [_count(fields, term) for fields in texts]
        having = sum(map(bool, counts))
        rarity = math.log(1 + (len(texts) - having + 0.5) / (having + 0.5))
        for place, count in enumerate(counts):
            if count:
                scores[place] += max(rarity, _LEAST) * count / (count + norms[place])
    return [round(score, 9) for score in scores]


_LEAST: Final = 0.05
"""A word that all candidates have still counts: in one article it is said more often than in another."""


def _count(fields: Sequence[str], term: str) -> float:
    title, lead, body = fields
    return TITLE * title.count(term) + LEAD * lead.count(term) + body.count(term)


def _term(leaf: Leaf) -> str:
    """What of the query is counted in a text of stems; words such as "la" only where they are in a phrase."""
    if isinstance(leaf, Exact):
        return f" {stem(fold(leaf.form))} "
    if not isinstance(leaf, Phrase):
        return f" {shortest(leaf.letters)}"
    if len(leaf.stems) == 1 and is_function_word(leaf.stems[0]):
        return ""
    return f" {' '.join(leaf.stems)}" + ("" if leaf.prefix else " ")
