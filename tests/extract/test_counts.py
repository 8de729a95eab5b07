"""What a page says of its comments, of who may read it, of its section and tags."""

import pytest

from crawler.extract import metadata
from tests.extract.pages import PROSE, page

H1 = "<h1>Le bac de la rive droite repart lundi</h1>"
COUNTER = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "interactionStatistic": '
    '[{"interactionType": "https://schema.org/LikeAction", "userInteractionCount": 7}, '
    '{"interactionType": "https://schema.org/CommentAction", "userInteractionCount": 58}]}</script>'
)


@pytest.mark.parametrize(
    ("above", "below", "count"),
    [
        ("", "", None),
        (COUNTER, "", 58),
        ("", "<p>Posted in <a href='/v'>Vie</a> | <a href='#c'>12 Comments »</a></p>", 12),
        ("<p>1 204 partages · 41 commentaires</p>", "<p>7 commentaires</p>", 41),
        ("", "<div>Publié dans Vie locale <a href='#c'>commentaires (12)</a></div>", 12),
        ("", "<div>Posté par Ada Roux à 18:05 - <a href='#c'>Commentaires [3]</a> - Permalien</div>", 3),
        ("", "<p>3 commentaires</p><p>5 commentaires</p>", None),
        ("", "<ul><li><a href='/x'>Le quai</a> <i>99 commentaires</i></li></ul>", None),
        ("<p>3 mai 2024 · 8 réactions</p>", "", 8),
        ("", "<div>" + PROSE + "<a href='#c'><b>14</b> commentaires</a></div>", 14),
        ("", "<div><a href='#c'>Voir les 27 réactions</a></div>", 27),
        ("", "<h3>Soyez le premier à commenter</h3>", 0),
        ("", "<div>Publié à 18:22 <a href='#c'>Aucun commentaire:</a></div>", 0),
        ("", "<p>Aucun commentaire, a dit le maire, qui parle de 12 commentaires déplacés.</p>", None),
    ],
)
def test_how_many_comments_a_page_says_it_has(above: str, below: str, count: int | None) -> None:
    assert metadata.read(page("", H1 + above + PROSE + below)).comment_count == count


@pytest.mark.parametrize(
    ("line", "access"),
    [
        ("Vous avez atteint votre limite d'articles gratuits ce mois-ci.", "metered"),
        ("Il vous reste 2 articles gratuits.", "metered"),
        ("Cet article est exceptionnellement en accès libre.", "free"),
        ("Cet article vous est offert.", "free"),
        ("Cet article est offert aux abonnés.", "unknown"),
        ("Le bac, dit la mairie, est gratuit.", "unknown"),
        ("Réservé aux abonnés", "paywalled"),
        ("Le quai réservé aux abonnés", "unknown"),
    ],
)
def test_what_a_page_says_of_who_may_read_it(line: str, access: str) -> None:
    assert metadata.read(page("", f"{H1}<div>{line}</div>{PROSE}")).access == access


@pytest.mark.parametrize(
    ("above", "below", "section", "tags"),
    [
        ("<div><a href='/vie'>Vie locale</a></div>", "", "Vie locale", []),
        ("<div><a href='/2024'>Vie locale</a></div>", "", "", []),
        ("<div><a href='/sport'>Sport</a></div>", "", "", []),
        ("<p class='category-name'>Catégorie : Vie locale</p>", "", "Vie locale", []),
        ("<p class='category-name'>Plus d'articles</p>", "", "", []),
        (
            "",
            "<footer><a rel='category tag'>Vie locale</a><a rel='tag'>Bac</a><a rel='tag'>Quai</a></footer>",
            "Vie locale",
            ["Bac", "Quai"],
        ),
        ("", "<footer><a rel='category tag'>A</a> <a rel='category tag'>B</a></footer>", "", []),
        ("<p>Vous êtes ici : <a>Accueil</a> &gt; <a>Région</a> &gt; <a>Soute</a></p>", "", "Soute", []),
        ("", "<p><span>En savoir plus sur</span><a href='/b'>Bac</a><a>Quai</a></p>", "", ["Bac", "Quai"]),
        (
            "",
            "<ul><li><a href='/h/b'>#bac</a></li><li><a href='/h/q'>#quai</a></li></ul>",
            "",
            ["bac", "quai"],
        ),
        ("", "<blockquote><p>Oui <a href='/h/b'>#bac</a></p></blockquote>", "", []),
        (
            "",
            "<p><a href='/tag/b'>Bac</a></p><aside><a href='/tag/f'>Foot</a><a href='/tag/m'>Vie</a></aside>",
            "",
            ["Bac"],
        ),
        ("", "<ul class='itemTags'><li><a href='/b'>Bac</a></li></ul>", "", ["Bac"]),
        ("", "<div><span>Étiqueté sous</span><ul><li><a href='/b'>Bac</a></li></ul></div>", "", ["Bac"]),
        ("<meta name='parsely-tags' content='Alizé,Dérive'>", "", "", ["Alizé", "Dérive"]),
    ],
)
def test_sections_and_tags_by_their_links(above: str, below: str, section: str, tags: list[str]) -> None:
    it = page(above if above.startswith("<meta") else "", above + H1 + PROSE + below)
    found = metadata.read(it)
    metadata.complete(found, ["Le bac repart."])
    assert (found.section, found.tags) == (section, tags)
