"""Names of people as reference managers want them: family name apart from given names."""

from __future__ import annotations

import re
from typing import Final

PARTICLES: Final = frozenset(
    {
        "le",
        "la",
        "les",
        "du",
        "de",
        "des",
        "van",
        "von",
        "der",
        "den",
        "di",
        "da",
        "del",
        "della",
        "dos",
        "ben",
    }
    | {"ibn", "bin", "bint", "ould", "aït", "ait", "el", "al", "abou", "abu", "mac", "mc", "saint", "st"}
)
"""Words that begin a family name: Marine Le Goff, Jean de La Ville, Amina Ben Salah."""

COLLECTIVE: Final = re.compile(
    r"\b(rédaction|redaction|service|avec|and|agences?|equipe|équipe|collectif|desk|bureau|"
    r"correspondante?|journal|magazine|presse|www|info|infos|news|tv)\b|[@/\d|&+]|\.(?:fr|com|ma|pf)\b",
    re.IGNORECASE,
)
"""Signs that a signature is no person's."""


def split(name: str) -> tuple[str, str]:
    """Family name and given names; of what is no person, or one word, the whole and nothing.

    A name of French newspapers has its given names first; ``DUPONT Jean`` and ``Dupont, Jean`` have not.
    """
    name = " ".join(name.split())
    if COLLECTIVE.search(name):
        return name, ""
    if "," in name:
        family, _, given = name.partition(",")
        return family.strip(), given.strip()
    words = name.split()
    place = _family(words)
    if place == 0 and len(words) > 1:  # capitals first
        place = next((at for at, word in enumerate(words) if not _capitals(word)), 0)
        return (" ".join(words[:place]), " ".join(words[place:])) if place else (name, "")
    return " ".join(words[place:]), " ".join(words[:place])


def _family(words: list[str]) -> int:
    """Where the family name begins."""
    if not all(map(_capitals, words)):
        for place, word in enumerate(words):
            if _capitals(word):
                return place
    for place, word in enumerate(words[:-1]):
        if place and (word.lower() in PARTICLES or word.lower().startswith(("d'", "d’"))):
            return place
    return len(words) - 1


def _capitals(word: str) -> bool:
    """A word in capitals, as family names are often set; an initial is none."""
    letters = [letter for letter in word if letter.isalpha()]
    return len(letters) > 1 and word.isupper() and not word.endswith(".")
