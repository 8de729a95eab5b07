"""One article in any template that can be made of the parts below: what is read of it stays the same."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import read
from tests.extract.conftest import LEAD, PROSE, TITLE
from tests.extract.test_comments import ENTRIES, MARKUPS, thread

AUTHOR = "Ada Vernoux"
AT = datetime(2024, 3, 11, 8, 45, tzinfo=UTC)
URL = "https://lesorguais.example/vie/une-heure-pour-agir-4112.html"
LINKS = (
    "<ul><li><a href='/a'>Le bac repart de la rive droite</a><li><a href='/b'>Un quai fermé au port</a></ul>"
)
ROLES = ("title", "chapo", "author", "date", "meta", "share", "body", "related", "page", "newsletter")
NAMING = {
    "words": dict(zip(ROLES, ROLES, strict=True)),
    "blocks": {role: f"c-article__{role}" for role in ROLES},
    "modules": {role: f"{role.title()}_root__{number:x}f3b" for number, role in enumerate(ROLES, 10)},
    "utilities": dict.fromkeys(ROLES, "mt-4 w-full text-lg"),
    "styled": {role: f"sc-{number}ab {role[:2]}MchcL" for number, role in enumerate(ROLES)},
    "none": {},
}
HEADS = (
    "<title>{title}</title>",
    (
        "<title>{title} | Le Sorguais</title><meta property='og:site_name' content='Le Sorguais'>"
        "<meta property='og:title' content='{title}'><meta name='description' content='{lead}'>"
    ),
    (
        "<title>{title} - Le Sorguais</title><script type='application/ld+json'>"
        '{{"@graph": [{{"@type": "WebSite", "name": "Le Sorguais"}}, {{"@type": "NewsArticle", '
        '"headline": "{title}", "datePublished": "2024-03-11T09:45:00+01:00", '
        '"author": {{"@type": "Person", "name": "{author}"}}}}]}}</script>'
    ),
)
LEADS = (
    "<p class='{chapo}'>{lead}</p>",
    "<div class='{chapo}'>{lead}</div>",
    "<h2 class='{chapo}'>{lead}</h2>",
)
BYLINES = (
    "<p class='{author}'>Par {by}</p><p class='{date}'>Publié le 11 mars 2024 à 09h45</p>",
    "<div class='{meta}'><span>Publié le 11/03/2024 à 09:45</span><span>Par {by}</span></div>",
    "<p class='{meta}'>Par {by}, le 11 mars 2024 à 9h45</p>",
    "<div class='{date}'><time datetime='2024-03-11T09:45:00+01:00'>11.03.2024</time></div><p>Par {by}</p>",
    "<p class='{author}'>De notre correspondante à Morvelle, {by}</p><p>Lundi 11 mars 2024 - 09:45</p>",
)
SHARES = (
    "",
    "<div class='{share}'><a href='#'>Facebook</a> <a href='#'>Twitter</a> <a href='#'>Mail</a></div>",
)
BOXES = (
    "<p><strong>Lire aussi :</strong> <a href='/l'>Le pont fermé aux camions</a></p>",
    "<div class='{related}'><h4>Sur le même sujet</h4>" + LINKS + "</div>",
    "<div class='{newsletter}'><h3>Recevez notre lettre</h3><form><input><button>OK</button></form></div>",
    "<div class='pub'>Publicité</div>",
    "<iframe src='/film'></iframe>",
    "<figure><img src='/i.jpg'><figcaption>Le quai. Crédit photo : DR</figcaption></figure>",
)
BELOW = (
    "",
    "<aside class='{related}'><h3>Les plus lus</h3>" + LINKS + "</aside>",
    (
        "<div class='{related}'><h3>À lire aussi</h3><article><a href='/r'><h3>Le bac repart</h3></a>"
        "<p>Après trois semaines à quai, il reprend ses traversées...</p></article></div>"
    ),
)


def laid_out(texts: list[str], boxes: list[str], way: str) -> str:
    """Paragraphs in elements, or in lines of one element, each box after one of them."""
    parts = [text if way == "br" else f"<{way}>{text}</{way}>" for text in texts]
    for place, box in enumerate(boxes, 1):
        parts[place - 1] += box
    return ("<br><br>" if way == "br" else "\n").join(parts)


@st.composite
def templates(draw: st.DrawFn) -> tuple[str, str]:
    """A page, and the thread of comments on it."""
    names = {role: NAMING[draw(st.sampled_from(sorted(NAMING)))].get(role, "") for role in ROLES}
    parts = [draw(st.sampled_from(choice)) for choice in (LEADS, BYLINES, SHARES)]
    order = draw(st.permutations(range(3)))
    header = "<h1 class='{title_class}'>{title}</h1>" + "".join(parts[place] for place in order)
    boxes = draw(st.lists(st.sampled_from(BOXES), max_size=3))
    text = laid_out(list(PROSE), boxes, draw(st.sampled_from(("p", "div", "br"))))
    entries = draw(st.one_of(st.just([]), ENTRIES))
    comments = thread(draw(st.sampled_from(MARKUPS)), entries) if entries else ""
    below = draw(st.permutations([draw(st.sampled_from(BELOW)), "{comments}"]))
    inside = draw(st.booleans())
    around = "<article>{article}" + ("{below}</article>" if inside else "</article>{below}")
    page = around.format(article=f"{header}<div class='{{body}}'>{text}</div>", below="".join(below))
    fill = names | {"title_class": names["title"], "title": TITLE, "lead": LEAD, "author": names["author"]}
    head = draw(st.sampled_from(HEADS)).format(title=TITLE, lead=LEAD, author=AUTHOR)
    body = page.format(**fill, by=AUTHOR, comments=comments)
    return f"<html lang='fr'><head>{head}</head><body><main>{body}</main></body></html>", comments


@given(template=templates())
@settings(max_examples=250, deadline=None)
def test_an_article_is_the_same_in_any_template(template: tuple[str, str]) -> None:
    article = read(template[0].encode(), URL)
    assert (article.title, article.lead, article.body) == (TITLE, LEAD, "\n\n".join(PROSE))
    assert (article.authors, article.published_at) == ([AUTHOR], AT)
    assert "zut" not in str(article).replace(TITLE, "")
