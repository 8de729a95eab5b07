"""IRaMuTeQ: one text file, each article under a line of variables, named as its own import names them.

Source: the behaviour of IRaMuTeQ's reader: UTF-8 without BOM; ``****`` only where a text begins; no space
inside a value; ``$`` and ``£`` part segments; a word between underscores is a starred form.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final

from crawler.export.cells import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.corpus.stream import Record
    from crawler.export.job import Job

ACCESS: Final = {"free": "libre", "metered": "compteur", "paywalled": "payant", "unknown": "inconnu"}
LONGEST: Final = 40
"""Characters of a value."""

_SPELLED: Final = {
    "$": " dollars ",
    "£": " livres ",
    "æ": "ae",
    "Æ": "Ae",
    "ÿ": "y",
    "Ÿ": "Y",
    "*": " ",  # it would vanish; at the beginning of a line it would act
    "\ufeff": "",
}
_SPELT: Final = re.compile(f"[{''.join(map(re.escape, _SPELLED))}]")
_STARRED: Final = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")
_REMOVED: Final = re.compile(r"[().\-/';:·]")


def write(records: Iterator[Record], target: Path, job: Job) -> None:
    """Write the corpus; an article without a word is left out, since IRaMuTeQ drops it."""
    values = Values()
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for record in records:
            if lines := _lines(record):
                file.write("\n".join([_header(record, values), *lines, "", ""]))
            else:
                job.leave_out(record, "no text: IRaMuTeQ drops it")
    job.codebook = [("variable", "value", "original", "articles"), *values.codebook()]


class Values:
    """Names of modalities: short, in ASCII, and no two originals of a variable under one name."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._taken: set[tuple[str, str]] = set()
        self._count: Counter[tuple[str, str]] = Counter()

    def name(self, variable: str, original: str) -> str:
        """The value of an original, counted."""
        key = (variable, original)
        self._count[key] += 1
        if key not in self._names:
            self._names[key] = self._new(variable, original)
        return self._names[key]

    def codebook(self) -> Iterator[tuple[str, str, str, str]]:
        """Variable, value, original and number of articles."""
        for (variable, original), value in sorted(self._names.items()):
            yield variable, value, one_line(original), str(self._count[variable, original])

    def _new(self, variable: str, original: str) -> str:
        base = plain(original) or ("autre" if original.strip() else "missing")
        name, number = base, 1
        while (variable, name) in self._taken:
            number += 1
            name = f"{base[: LONGEST - 4]}_{number}"
        self._taken.add((variable, name))
        return name


def plain(text: str) -> str:
    """Lower-case ASCII letters, digits, hyphens and underscores; œ as oe, spaces as underscores."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9-]+", "_", letters).strip("_-")[:LONGEST].strip("_-")


def _header(record: Record, values: Values) -> str:
    day = record.published_on
    paper = _REMOVED.sub("", record.source_name.partition(",")[0])
    variables = {
        "source": values.name("source", paper),
        "date": f"{day}" if day else "missing",
        "am": values.name("am", f"{day:%Y-%m}" if day else ""),
        "annee": values.name("annee", f"{day:%Y}" if day else ""),
        "rubrique": values.name("rubrique", record.section),
        "acces": values.name("acces", ACCESS[record.access]),
        "agence": values.name("agence", " ".join(record.agency) or "non"),
        "cluster": str(record.cluster_id or "non"),
        "rev": str(record.revision),
        "id": f"a{record.id:06}",
    }
    return " ".join(["****", *(f"*{name}_{value}" for name, value in variables.items())])


def _lines(record: Record) -> list[str]:
    """Title, lead and paragraphs, a line each; nothing of what IRaMuTeQ would take for a sign."""
    title = one_line(record.title)
    if title and title[-1] not in ".!?…":
        title += "."  # else its last words and the lead's first ones would be one sentence
    found = (_clean(part) for part in (title, record.lead, *record.body.split("\n\n")))
    return [line for line in found if any(map(str.isalnum, line))]


def _clean(text: str) -> str:
    text = _SPELT.sub(lambda found: _SPELLED[found[0]], text)
    return one_line(_STARRED.sub(" ", text) if "_" in text else text)
