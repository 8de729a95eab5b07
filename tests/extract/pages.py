"""Pages for the tests of the reader: real markup shapes, invented prose."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.extract.tree import parse
from crawler.items import Page

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PROSE = (
    "<p>Le bac de la rive droite reprendra ses traversées lundi matin, après trois semaines passées à quai "
    "pour une réparation que personne n'avait prévue et que tout le monde attendait pourtant.</p>"
    "<p>La mairie assure que les horaires d'été seront tenus. Les maraîchers, eux, demandent un départ de "
    "plus avant six heures, quand les marchés de la rive gauche ouvrent leurs étals.</p>"
    "<p>Un premier essai, sans passagers, a eu lieu mercredi. La prochaine visite de la coque est fixée au "
    "printemps, a précisé le capitaine du port, qui espère ne plus avoir à couper la ligne.</p>"
)


def page(
    head: str = "",
    body: str = "",
    url: str = "https://lefleuve.example/vie/le-bac-repart-20411.html",
    **more: object,
) -> Page:
    """A page of the invented newspaper, parsed."""
    html = f"<!doctype html><html lang='fr'><head>{head}</head><body>{body}</body></html>"
    tree, flags = parse(html.encode())
    fields = {"outlet": "Le Fleuve", "fetched_at": NOW} | more
    return Page(url=url, tree=tree, flags=flags, **fields)  # type: ignore[arg-type]
