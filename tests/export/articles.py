"""Records, among them such as strangers could write, and ``hemero`` as a user runs it."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

from hypothesis import strategies as st

from crawler.corpus.stream import Record
from crawler.export.formats import FORMATS
from crawler.export.job import Job

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from crawler.corpus.stream import Selection


AT = dt.datetime(2024, 3, 5, 23, 30, tzinfo=dt.UTC)  # already the sixth in Paris

PLAIN: dict[str, Any] = {
    "id": 7,
    "url": "https://courrier.example/a?b=1&c=%7Bd%7D",
    "source": "courrier",
    "source_name": "Le Courrier & Cie",
    "title": "Haine en ligne : 100 % des œuvres, « l'été »",
    "lead": "Un chapô.",
    "body": "Premier paragraphe.\n\nDeuxième paragraphe.",
    "authors": ["Inès de La Ville", "Rédaction du Courrier"],
    "agency": ["AFP"],
    "section": "Société",
    "tags": ["Réseaux, sociaux", "Haine"],
    "published_at": AT,
    "published_signal": "json-ld",
    "published_precision": "second",
    "modified_at": None,
    "language": "fr",
    "access": "free",
    "truncated": False,
    "comment_count": 3,
    "words": 8,
    "relevance": 0.5,
    "label": 2,
    "terms": ["haine en ligne"],
    "cluster_id": None,
    "copies": 1,
    "revision": 1,
    "revisions": 1,
    "digest": "sha256:00",
    "extractor": "hemero 0",
    "first_seen_at": AT,
    "fetched_at": AT,
    "warc_file": "hemero-1.warc.gz",
    "warc_offset": 17,
    "warc_record": "urn:uuid:0",
    "timezone": "Europe/Paris",
}


def record(**given: Any) -> Record:  # noqa: ANN401 -- of any column
    """An ordinary article, but for what is given."""
    return Record(**PLAIN | given)


nasty = st.one_of(
    st.sampled_from(
        [
            *("", "=1+1", "@cmd", "'", "\t=a", "a;b", "**** *x", "-*y", "_rire_", "2015 *x", "]]>"),
            *("a\nER  - \nTY  - BOOK", "\\end{x}", "}{%$#_~^&", "</p><script>alert(1)</script>"),
            *('"a";b,c\td', "œ æ ÿ € £ $", "\u2028\u202e\x85", "a\rb\r\nc"),
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60),
)
lists = st.lists(nasty.filter(str.strip), max_size=3)
records = st.lists(
    st.builds(
        record,
        id=st.integers(1, 10**9),
        title=nasty,
        lead=nasty,
        body=nasty,
        section=nasty,
        source_name=nasty,
        authors=lists,
        agency=lists,
        tags=lists,
        language=st.sampled_from(["fr", "en", "", "tlh"]),
        published_at=st.none() | st.just(AT),
        access=st.sampled_from(["free", "metered", "paywalled", "unknown"]),
    ),
    max_size=4,
    unique_by=lambda one: one.id,
)
"""A few articles of which strangers wrote every word."""


def written(form: str, articles: Iterable[Record], folder: Path) -> tuple[Path, Job]:
    """What a format writes of these articles."""
    target = folder / f"corpus{FORMATS[form].suffix}"
    job = Job(cast("Selection", SimpleNamespace(query="")), folder)  # none of these formats asks the database
    FORMATS[form].write(job.follow(articles), target, job)
    return target, job
