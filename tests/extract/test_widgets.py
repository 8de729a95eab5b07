"""What scripts and embeds leave in a page, wherever it stands, changes nothing that is read.

The names are those of the makers, as their scripts write them into a page that is saved or rendered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from crawler.extract import read
from tests.extract.pages import PROSE
from tests.extract.test_templates import BYLINE, HEADLINE, URL, html

if TYPE_CHECKING:
    from crawler.items import Article

WIDGETS = {
    "video.js": (
        "<div id='vjs_video_3' class='video-js vjs-controls-enabled' role='region'><video></video><span "
        "class='vjs-control-text'>Le lecteur se charge.</span><div class='vjs-control-bar'><div "
        "class='vjs-current-time'><span class='vjs-control-text'>Temps écoulé "
        "</span><span>0:00</span></div><div class='vjs-duration'><span>Durée "
        "</span><span>1:47</span></div></div><div class='vjs-modal-dialog vjs-hidden'><p>Une fenêtre "
        "s’ouvre. Échap la ferme.</p></div></div>"
    ),
    "mediaelement": (
        "<span class='mejs-offscreen'>Lecteur audio</span><div class='mejs-container mejs-audio'><span "
        "class='mejs-currenttime'>00:00</span><span class='mejs-offscreen'>Les flèches règlent le "
        "volume, de haut en bas.</span></div>"
    ),
    "didomi": (
        "<div id='didomi-host'><div class='didomi-popup-notice' role='dialog'><p>Avec votre accord, nos "
        "partenaires et nous lisons ce que garde votre appareil, pour compter nos lecteurs.</p><p>Vous "
        "pouvez changer d’avis à tout moment.</p><button>Accepter</button></div></div>"
    ),
    "tarteaucitron": (
        "<div id='tarteaucitronRoot'><div id='tarteaucitron' role='dialog'><span "
        "class='tarteaucitronH1'>Gestion des cookies</span><div id='tarteaucitronInfo'>En autorisant ces "
        "services, vous acceptez ce qu’ils déposent et lisent chez vous.</div><button>Tout "
        "accepter</button></div></div>"
    ),
    "onesignal": (
        "<div id='onesignal-slidedown-container'><div class='slidedown-body-message'>Nous aimerions vous "
        "envoyer des nouvelles du fleuve. Vous pourrez les arrêter à tout moment.</div><button>Plus "
        "tard</button></div>"
    ),
    "google translate": (
        "<div id='google_translate_element'><div class='skiptranslate "
        "goog-te-gadget'><select><option>Choisir une "
        "langue</option><option>Italien</option></select>Fourni par <a "
        "href='/t'>Traduction</a></div></div>"
    ),
    "taboola": (
        "<div class='trc_related_container'><span class='trc_rbox_header_span'>Vous aimerez "
        "aussi</span><a href='/p'>par Taboola</a><div class='videoCube'><a href='/pub'><span "
        "class='video-title'>Un siège qui monte les escaliers pourrait vous "
        "surprendre</span><span>Sponsorisé</span></a></div></div>"
    ),
    "outbrain": (
        "<div class='OUTBRAIN'><div class='ob-widget-header'>Contenus sponsorisés</div><ul><li "
        "class='ob-o'><a href='/pub'><span class='ob-rec-text'>Une aide que peu de riverains "
        "demandent</span></a></li></ul></div>"
    ),
    "a rendered post": (
        "<div class='twitter-tweet twitter-tweet-rendered'><article><span>Port de "
        "Morvelle</span><span>@port</span><div lang='fr'>Le quai ouvre lundi. Dites-nous ce que vous en "
        "pensez, avant jeudi.</div><a href='/s/1'>9:12 · 3 mars 2021</a><div>Lire 18 "
        "réponses</div></article></div>"
    ),
    "an old post": (
        "<blockquote><p>Le quai ouvre lundi. <a href='/h/quai'>#quai</a> <a "
        "href='/p'>pic.port.example/x</a></p>— Port (@port) <a href='/s/1'>3 mars 2021</a></blockquote>"
    ),
    "a blocked advertisement": (
        "<div class='adb'><p>Vous utilisez un bloqueur de publicité.</p><p>La publicité nous permet de "
        "payer nos journalistes et de vous informer. Merci de la laisser passer.</p><a href='/abo'>Je "
        "m’abonne</a></div>"
    ),
    "openweb": (
        "<div data-spotim-module='conversation'><div "
        "class='spcv_conversation'><span>Conversation</span><ul "
        "class='spcv_messages-list'><li><span>belette_71</span><time>2 mars</time><p>Encore un quai pour "
        "rien, et c’est nous qui payons.</p><button>Répondre</button></li></ul></div></div>"
    ),
    "buttons": (
        "<div class='x'><a href='/f'>Partager sur Facebook</a><a href='/x'>Partager sur Twitter</a><a "
        "href='mailto:'>Envoyer par e-mail</a><button>Copier le lien</button><span>Lien "
        "copié</span></div>"
    ),
    "a film": (
        "<iframe src='/video/1'></iframe><p><a href='/1'>Une nuit au port</a> from <a href='/u'>Le "
        "Sorguais</a> on <a href='/'>Vimeo</a>.</p>"
    ),
    "a failed script": "<p>(adsbygoogle = window.adsbygoogle || []).push({});</p>",
}
FIELDS = ("title", "lead", "body", "authors", "agency", "tags", "section", "published_at", "access")
PLACES = ("begin", "below the headline", "above the text", "amid", "after", "end")


def page(place: str = "", widget: str = "") -> bytes:
    """A page with a widget in one place."""
    begin, below, above, amid, after, end = (widget if place == one else "" for one in PLACES)
    text = f"{above}{PROSE.replace('</p>', f'</p>{amid}', 1)}{after}"
    return html(f"{begin}<main>{HEADLINE}{below}{BYLINE}<div>{text}</div></main>{end}")


def told(article: Article) -> dict[str, Any]:
    """What a reader sees of an article; comments are counted where they stand."""
    return {name: getattr(article, name) for name in FIELDS}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("widget", WIDGETS)
def test_a_widget_changes_nothing(widget: str, place: str) -> None:
    assert told(read(page(place, WIDGETS[widget]), URL)) == told(read(page(), URL))
