"""What every column means: documents, exports and web pages take it from here."""

from __future__ import annotations

from typing import Final

ARTICLES: Final = {
    "id": "the article; it never changes",
    "url": "its canonical address",
    "source": "the key of its source; for a host that nobody declared, the host",
    "title": "the headline, without the site's name",
    "lead": "the chapô, never repeated in the body; empty where the page sets none apart",
    "body": "the paragraphs, joined by a blank line; empty where the text is not kept (`HEMERO_KEEP`)",
    "authors": "persons in order, joined by `; `",
    "agency": "the wire credit: `AFP`, `Reuters`, …; joined by `; `",
    "section": "as the site calls it",
    "tags": "as the site gives them, joined by `; `",
    "published_at": "UTC; of a date without an hour, noon at the source, so that the day stays the same",
    "published_signal": "what gave the date: `json-ld`, `meta …`, `time`, `text`, …",
    "modified_at": "UTC; only where the page says so and it differs",
    "language": "`fr`, `en`, …",
    "access": "`free`, `metered`, `paywalled` or `unknown`",
    "truncated": "true where the outlet cut the text and sends readers elsewhere; see also `access`",
    "comment_count": "how many readers' comments the page says or shows; null where it says nothing",
    "words": "of lead and body",
    "relevance": "the score of the latest judgement, 0 to 1",
    "label": "2 squarely on the subject, 1 partly or adjacent, 0 off",
    "terms": "the words that judged it, joined by `; `",
    "cluster_id": "near-identical texts across outlets share one; null until it is known",
    "copies": "how many articles the cluster has",
    "revisions": "how many texts of it are held",
    "first_seen_at": "UTC",
    "fetched_at": "UTC: when the current text was fetched",
    "warc_file": "the file that holds the capture; null until captures are archived",
    "warc_offset": "where in the file the capture begins",
}
"""The columns of the view ``articles``, in their order."""

ALSO: Final = {
    "source_name": "the name of the newspaper",
    "timezone": "where the newspaper is: the zone of its days",
    "published_precision": "how exact the date is: `second`, `minute` or `day`",
    "revision": "the number of this text among those held of the article, from 1",
    "digest": "of title, lead and body: the same digest is the same text",
    "extractor": "the reader that understood the page, and its version",
    "warc_record": "the identifier of the capture's record",
}
"""What exports give besides."""

COLUMNS: Final = {**ARTICLES, **ALSO}
"""The columns of an export."""
