"""French words that say nothing about what a text is about: articles, prepositions, pronouns, auxiliaries."""

from __future__ import annotations

from typing import Final

from crawler.text.stems import fold, stem

WORDS: Final = frozenset(
    """
    a à ai aie ainsi alors après as au aucun aucune aujourd aussi autre autres aux avaient avait
    avant avec avoir avons avez ayant beaucoup bien c ça car ce ceci cela celle celles celui
    cependant certain certaines certains ces cet cette ceux chaque chez ci comme comment contre d
    dans de déjà depuis des dès deux devant dire dit doit doivent donc dont du durant elle elles en
    encore enfin entre es est et étaient était étant été être eu eux fait faire fallait faut fois
    font fut hui ici il ils j je jamais jusqu jusque l la là laquelle le lequel les lesquels leur
    leurs lors lorsqu lorsque lui m ma mais malgré me même mêmes mes mieux moi moins mon n ne ni non
    nos notre nous on ont or ou où par parce parmi pas pendant peu peut peuvent plus plusieurs pour
    pourquoi près puis puisqu puisque qu quand que quel quelle quelles quelque quelques quels qui
    quoi rien s sa sans se selon sera seront ses si sien son sont sous souvent sur t ta tandis tant
    te tel telle tes ton tous tout toute toutes très trop tu un une va vers voici voilà vos votre
    vous y
    """.split()  # noqa: SIM905 -- a list of words reads best as words
)

_STEMS: Final = frozenset(stem(fold(word)) for word in WORDS)
_FOLDED: Final = frozenset(map(fold, WORDS))


def is_function_word(word: str) -> bool:
    """Whether a stem, or a word as it is folded, is one of them."""
    return word in _STEMS or word in _FOLDED or len(word) == 1
