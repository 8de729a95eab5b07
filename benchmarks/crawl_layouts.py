"""Three layouts of the benchmark's newspaper, after those of the bundled ones."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any, Final

from benchmarks.crawl_blocks import day, picture, remark, share, slug
from benchmarks.crawl_markup import CSS, HEAD, OLD_HEAD

if TYPE_CHECKING:
    import random


class Modern:
    """A front end of the twenties: JSON-LD, classes by block and element, advertisements in the text."""

    @staticmethod
    def head(chance: random.Random, said: dict[str, Any]) -> str:
        """The head, with what the page says of itself to machines."""
        return _head(said, _linked_data(said, is_graph=chance.random() < 0.6))

    @staticmethod
    def article(chance: random.Random, said: dict[str, Any], body: list[str]) -> str:
        """Heading, lead, byline, picture, text, tags."""
        text = []
        for place, paragraph in enumerate(body):
            text.append(f'<p class="article__paragraph">{escape(paragraph)}</p>\n')
            if place % 3 == 2:
                text.append(
                    f'<div class="ad ad--inread" id="ad-{place}" data-slot="inread_{place}"><script>'
                    f"window.ads=window.ads||[];ads.push({{slot:{place},id:{chance.getrandbits(30)}}});"
                    "</script></div>\n"
                )
        tags = "".join(
            f'<li class="tags__item"><a href="/tag/{slug(tag)}">{escape(tag)}</a></li>'
            for tag in said["tags"]
        )
        return f"""<article class="article article--standard" data-id="{chance.getrandbits(40)}">
<header class="article__header"><h1 class="article__title">{escape(said["title"])}</h1>
<p class="article__lead">{escape(said["lead"])}</p><div class="article__meta">
<span class="article__author">Par <a href="/auteurs/7" rel="author">{escape(said["author"])}</a></span>
<time class="article__date" datetime="{said["when"].isoformat()}">
Publié le {said["when"]:%d/%m/%Y à %H:%M}</time>
</div>{share(chance)}</header><figure class="article__figure">{picture(chance, 1200)}
<figcaption>Photo : Hemero</figcaption></figure><div class="article__body">{"".join(text)}</div>
<ul class="tags">{tags}</ul>{share(chance)}</article>"""

    @staticmethod
    def comment(chance: random.Random, _: object) -> str:
        """One reader's comment in the shape of a comment component."""
        number = chance.getrandbits(30)
        avatar = f"https://avatar.hemero.example/{chance.getrandbits(64):016x}?s=48"
        return f"""<li class="comments__item" id="commentaire-{number}"><div class="comments__head">
<img alt="" src="{avatar}" width="48" height="48"><span class="comments__author">lecteur{number % 999}</span>
<time class="comments__date" datetime="2026-11-20T08:14:00+01:00">20/11/2026 à 08:14</time></div>
<div class="comments__text"><p>{remark(chance)}</p></div>
<div class="comments__tools"><button>Répondre</button><button>Signaler</button></div></li>"""

    @staticmethod
    def thread(comments: list[str]) -> str:
        """The readers' thread."""
        listed = "".join(comments)
        return f'<section class="comments" id="commentaires"><h2>Commentaires</h2><ul>{listed}</ul></section>'


class WordPress(Modern):
    """A blog engine's theme: no JSON-LD, metas, its own names for everything."""

    @staticmethod
    def head(chance: random.Random, said: dict[str, Any]) -> str:  # noqa: ARG004 -- as the other layouts
        """The head."""
        return _head(said, "")

    @staticmethod
    def article(chance: random.Random, said: dict[str, Any], body: list[str]) -> str:
        """Heading, byline, text with its lead in bold, tags."""
        text = "".join(f"<p>{escape(paragraph)}</p>\n" for paragraph in body)
        tags = "".join(f'<a href="/tag/{slug(tag)}/" rel="tag">{escape(tag)}</a> ' for tag in said["tags"])
        when, author = said["when"], f'<a class="url fn n" href="/author/7/">{escape(said["author"])}</a>'
        return f"""<article id="post-{chance.getrandbits(16)}" class="post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">{escape(said["title"])}</h1><div class="entry-meta">
<span class="posted-on"><time class="entry-date published" datetime="{when.isoformat()}">
{day(when)}</time></span>
<span class="byline">par <span class="author vcard">{author}</span></span></div></header>
<div class="entry-content">{picture(chance, 1024)}<p><strong>{escape(said["lead"])}</strong></p>
{text}{share(chance)}</div>
<footer class="entry-footer"><span class="tags-links">{tags}</span></footer></article>"""

    @staticmethod
    def comment(chance: random.Random, _: object) -> str:
        """One reader's comment as the engine writes it."""
        number = chance.getrandbits(20)
        avatar = f"https://avatar.hemero.example/{chance.getrandbits(64):016x}?s=48"
        return f"""<li id="comment-{number}" class="comment even thread-even depth-1">
<article id="div-comment-{number}" class="comment-body"><footer class="comment-meta">
<div class="comment-author vcard"><img alt="" src="{avatar}" class="avatar avatar-48 photo"
height="48" width="48">
<b class="fn">lecteur{number % 999}</b> <span class="says">dit :</span></div><div class="comment-metadata">
<a href="#comment-{number}"><time datetime="2026-11-20T08:14:00+01:00">
20 novembre 2026 à 8 h 14 min</time></a>
</div></footer><div class="comment-content"><p>{remark(chance)}</p></div><div class="reply">
<a rel="nofollow" class="comment-reply-link" href="?replytocom={number}#respond">
Répondre</a></div></article></li>"""

    @staticmethod
    def thread(comments: list[str]) -> str:
        """The readers' thread."""
        return (
            f'<div id="comments" class="comments-area"><h2 class="comments-title">'
            f'{len(comments)} réponses</h2><ol class="comment-list">{"".join(comments)}</ol></div>'
        )


class Old(Modern):
    """A page of the years before: hardly a meta, the date only in words, a thread in plain text."""

    @staticmethod
    def head(chance: random.Random, said: dict[str, Any]) -> str:  # noqa: ARG004 -- as the other layouts
        """The head."""
        return OLD_HEAD.format(title=escape(said["title"]), css=CSS)

    @staticmethod
    def article(chance: random.Random, said: dict[str, Any], body: list[str]) -> str:
        """Heading, byline, lead, text."""
        text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in body)
        when = f"publié le {day(said['when'])} à {said['when']:%Hh%M}"
        return f"""<div id="contenu"><div class="fil"><a href="/">Accueil</a> &gt;
<a href="/rubrique-1/">{escape(said["section"])}</a></div><h1 class="titre">{escape(said["title"])}</h1>
<div class="infos">Par <b>{escape(said["author"])}</b>, {when}</div>
<p class="chapo">{escape(said["lead"])}</p>
<div class="texte">{text}</div><div class="outils">{share(chance)}</div></div>"""

    @staticmethod
    def comment(chance: random.Random, _: object) -> str:
        """One reader's comment."""
        number = chance.randint(1, 999)
        return f"""<div class="reaction"><a name="r{chance.getrandbits(20)}"></a>
<p class="qui">{number}. Posté par <strong>lecteur{number}</strong> le 20/11/2026 à 08:14</p>
<p class="quoi">{remark(chance)}</p>
<p class="alerte"><a href="javascript:alerter()">Signaler un abus</a></p></div>"""

    @staticmethod
    def thread(comments: list[str]) -> str:
        """The readers' thread."""
        return f'<div id="reactions"><h3>Vos réactions</h3>{"".join(comments)}</div>'


LAYOUTS: Final = (Modern, Modern, WordPress, Old)
"""Half of the pages are of today."""


def _head(said: dict[str, Any], data: str) -> str:
    texts = {name: escape(said[name]) for name in ("path", "title", "lead", "author", "section")}
    return HEAD.format(**texts, when=said["when"].isoformat(), css=CSS, data=data)


def _linked_data(said: dict[str, Any], *, is_graph: bool) -> str:
    article = {
        "@type": "NewsArticle",
        "headline": said["title"],
        "description": said["lead"],
        "datePublished": said["when"].isoformat(),
        "author": [{"@type": "Person", "name": said["author"]}],
        "publisher": {"@type": "NewsMediaOrganization", "name": "Le Banc d'essai"},
        "articleSection": said["section"],
        "keywords": said["tags"],
        "isAccessibleForFree": True,
    }
    home = {"@type": "ListItem", "position": 1, "name": "Accueil"}
    crumbs = {"@type": "BreadcrumbList", "itemListElement": [home]}
    graph = {"@graph": [{"@type": "WebPage", "name": said["title"]}, crumbs, article]}
    data = {"@context": "https://schema.org"} | (graph if is_graph else article)
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
