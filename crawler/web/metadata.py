"""What Datasette is told of the corpus: labels in French, facets, queries, who may see what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

COLUMNS: Final = {
    "id": "numéro de l'article ; il ne change jamais",
    "url": "adresse canonique",
    "source": "clé de la source",
    "title": "titre",
    "lead": "chapô",
    "body": "texte ; paragraphes séparés par une ligne vide",
    "authors": "signatures, dans l'ordre",
    "agency": "agence de presse",
    "section": "rubrique, comme le site la nomme",
    "tags": "mots-clés donnés par le site",
    "published_at": "date de publication (UTC)",
    "published_signal": "ce qui a donné la date",
    "modified_at": "date de modification (UTC), si la page la dit",
    "language": "langue",
    "access": "accès : free (libre), metered (compteur), paywalled (payant), unknown (inconnu)",
    "truncated": "1 si le site coupe le texte",
    "comment_count": "nombre de commentaires de lecteurs ; leur texte n'est jamais conservé",
    "words": "mots du chapô et du texte",
    "relevance": "score de pertinence, de 0 à 1",
    "label": "2 : dans le sujet, 1 : en partie, 0 : hors sujet",
    "terms": "termes qui l'ont fait juger ainsi",
    "cluster_id": "numéro commun aux textes presque identiques",
    "copies": "nombre d'articles de ce groupe",
    "revisions": "nombre de versions du texte",
    "first_seen_at": "première lecture (UTC)",
    "fetched_at": "lecture de la version actuelle (UTC)",
    "warc_file": "fichier d'archive de la capture",
    "warc_offset": "place de la capture dans ce fichier",
}

FACETS: Final = ["source", "access", "label", "agency", "language"]
SHOWN: Final = frozenset({"articles", "outcomes", "sources", "revisions", "authors", "tags", "codebook"})
"""Tables and views that are shown; everything else that a live database holds is not."""

QUERIES: Final = {
    "chronologie": (
        "Chronologie : articles par mois",
        """SELECT substr(published_at, 1, 7) AS mois, count(*) AS articles, sum(words) AS mots
FROM articles WHERE published_at IS NOT NULL GROUP BY mois ORDER BY mois""",
    ),
    "par_source": (
        "Sources : combien d'articles, de quand à quand",
        """SELECT sources.name AS source, sources.country AS pays, count(articles.id) AS articles,
    substr(min(published_at), 1, 10) AS premier, substr(max(published_at), 1, 10) AS dernier
FROM sources LEFT JOIN articles ON articles.source = sources.key
GROUP BY sources.key ORDER BY articles DESC, sources.name""",
    ),
    "derniers": (
        "Derniers articles lus",
        """SELECT id, substr(published_at, 1, 10) AS jour, source, title, first_seen_at
FROM articles ORDER BY first_seen_at DESC, id DESC LIMIT 100""",
    ),
    "sources_silencieuses": (
        "Sources silencieuses : rien de neuf depuis tant de jours (30 si rien n'est dit)",
        """SELECT sources.name AS source, max(first_seen_at) AS dernier_article,
    CAST(julianday('now') - julianday(max(first_seen_at)) AS INTEGER) AS jours_de_silence
FROM sources LEFT JOIN articles ON articles.source = sources.key
GROUP BY sources.key
HAVING jours_de_silence IS NULL OR jours_de_silence >= CAST(coalesce(nullif(:jours, ''), '30') AS INTEGER)
ORDER BY jours_de_silence DESC""",
    ),
    "versions": (
        "Textes modifiés après publication",
        """SELECT articles.id, articles.source, articles.title, revisions.number AS version,
    revisions.changed AS ce_qui_change, revisions.fetched_at
FROM revisions JOIN articles ON articles.id = revisions.article_id
WHERE revisions.number > 1 ORDER BY revisions.fetched_at DESC LIMIT 500""",
    ),
    "reprises": (
        "Textes repris par plusieurs titres",
        """SELECT cluster_id, count(*) AS articles, count(DISTINCT source) AS sources, min(title) AS titre,
    min(published_at) AS premier
FROM articles WHERE cluster_id IS NOT NULL GROUP BY cluster_id HAVING articles > 1
ORDER BY articles DESC LIMIT 500""",
    ),
    "signatures": (
        "Signatures : qui écrit, et où",
        """SELECT authors.name AS signature, articles.source, count(*) AS articles
FROM authors JOIN articles ON articles.id = authors.article_id
GROUP BY authors.name, articles.source ORDER BY articles DESC, signature LIMIT 500""",
    ),
}

SETTINGS: Final = {
    "max_returned_rows": 1000,
    "default_page_size": 50,
    "truncate_cells_html": 200,
    "allow_download": False,
    "allow_csv_stream": False,
    "suggest_facets": False,
}
"""Safe for a reading room: no SQL of strangers, no copy of the file."""

LIVE_VIEWS: Final = {
    "sources": "SELECT key, name, home, kind, country, timezone FROM main.source",
    "revisions": """SELECT revision.article_id, revision.number, revision.changed, revision.title,
        revision.lead, revision.body, revision.words, revision.access, revision.published_at,
        revision.digest, capture.fetched_at
        FROM main.revision LEFT JOIN main."fetch" AS capture ON capture.id = revision.fetch_id""",
    "authors": """SELECT article.id AS article_id, revision_author.position, author.name
        FROM main.article
        JOIN main.revision ON revision.article_id = article.id AND revision.number = article.revision
        JOIN main.revision_author ON revision_author.revision_id = revision.id
        JOIN main.author ON author.id = revision_author.author_id""",
}
"""What a live database calls otherwise, under the names of a snapshot."""


def metadata(title: str, name: str, tables: Iterable[str]) -> dict[str, Any]:
    """Datasette's metadata for one database of this name and its tables."""
    described: dict[str, Any] = {table: {"allow": False} for table in tables if table not in SHOWN}
    described["articles"] = {
        "title": "Articles",
        "columns": COLUMNS,
        "facets": FACETS,
        "sort_desc": "published_at",
        "label_column": "title",
    }
    queries = {key: {"title": said, "sql": sql, "hide_sql": True} for key, (said, sql) in QUERIES.items()}
    return {
        "title": title,
        "databases": {name: {"tables": described, "queries": queries}},
    }
