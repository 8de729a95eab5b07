"""What the layouts of the benchmark's newspaper have in common: cards, pictures, share bars, scripts."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any, Final

from benchmarks.crawl_markup import REMARKS

if TYPE_CHECKING:
    import random
    from datetime import datetime

MONTHS: Final = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def card(chance: random.Random, articles: list[dict[str, Any]]) -> str:
    """One entry of a list of other articles."""
    about, number = chance.choice(articles), chance.randint(1, 99_999)
    track = {"place": number, "id": f"{chance.getrandbits(96):x}", "test": f"{chance.getrandbits(64):x}"}
    url = f"/2025/11/20/{slug(about['title'])}-{900_000 + number}.html"
    return f"""<li class="card card--small" data-track="{escape(json.dumps(track))}">
<a class="card__link" href="{url}">{picture(chance, 320)}<div class="card__text">
<span class="card__section">{escape(about["section"] or "Société")}</span>
<h3 class="card__title">{escape(about["title"])}</h3>
<span class="card__time">il y a {number % 23 + 1} heures</span></div></a></li>"""


def state(chance: random.Random, _: object) -> str:
    """One script of configuration, as players, audience meters and front ends bring them."""
    values = {f"module{item}": f"{chance.getrandbits(90):x}" for item in range(chance.randint(20, 60))}
    return f"<script>window.__state=Object.assign(window.__state||{{}},{json.dumps(values)});</script>"


def share(chance: random.Random) -> str:
    """A bar of share buttons, each with its drawing."""
    buttons = ""
    for name in ("facebook", "bluesky", "linkedin", "mail"):
        curve = " ".join(f"{chance.random():.3f}" for _ in range(14))
        url = f"https://{name}.example/share?u={chance.getrandbits(30)}"
        buttons += (
            f'<li><a class="share__link share__link--{name}" href="{url}" aria-label="Partager">'
            f'<svg width="24" height="24" viewBox="0 0 24 24"><path d="M1 1c{curve}z"/></svg></a></li>\n'
        )
    return f'<ul class="share">{buttons}</ul>'


def picture(chance: random.Random, width: int) -> str:
    """A picture in four sizes."""
    name = f"https://img.hemero.example/{chance.getrandbits(64):016x}"
    srcset = ", ".join(f"{name}-{width * step // 4}.webp {width * step // 4}w" for step in range(1, 5))
    return (
        f'<picture><source type="image/webp" srcset="{srcset}"><img src="{name}.jpg" alt="" loading="lazy" '
        f'width="{width}" height="{width * 9 // 16}"></picture>'
    )


def remark(chance: random.Random) -> str:
    """What a reader says; each says NON, which no article does."""
    return f"NON, {chance.choice(REMARKS)} {chance.choice(REMARKS).capitalize()}"


def slug(title: str) -> str:
    """A title as a part of an address."""
    return re.sub(r"[^a-z]+", "-", title.lower()).strip("-")[:60]


def day(when: datetime) -> str:
    """A day in words."""
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
