"""The words and names of readers' comments and of what surrounds an article.

Sources: docs of the comment systems and CMS they belong to, and markup met on French sites from 2008 to 2026.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_COUNTER = re.compile(r"(?<=[a-z_-])\d+(?=\s|$)")


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


@lru_cache(16_384)
def numberless(names: str) -> str:
    """Names without the numbers that they end in: ``paragraph-3`` is made as ``paragraph-4``."""
    return _COUNTER.sub("", names)


COMMENT_WORDS: Final = words(
    "comments commentaires commentaire commentlist commentform commentarea reactions reagir reagissez disqus "
    "fbcomments graphcomment logora viafoura vuukle livefyre fyre coral hyvor giscus wpdcom wpdiscuz "
    "hypercomments "
    "spotim"
)
COMMENT_PARTS: Final = words(
    "list form body area wrapper section sections thread content author meta metadata reply respond "
    "block item box "
    "container text username date user message msg footer header avatar count children"
)
"""What may follow *comment* in a name: it is also the French for *how*, and ids are made of headings."""

COMMENT_NOT: Final = words(
    "link links count counts counter nb nbr number numbers btn button icon ico toggle open opened closed "
    "off no "
    "without fa has share partage author-link bubble picto nbre total anchor ancre"
)
COMMENT_TOKENS: Final = words(
    "disqus_thread fb-comments fb_iframe_widget coral_thread coral_talk_stream coral-container "
    "lf_comments livefyre "
    "graphcomment logora_app isso-thread wpdcom hypercomments_widget liste_reactions commentlist "
    "comment-respond "
    "forum-fil forum-message forum-texte forum-chapo formulaire_forum nobot_forum divforum avantforum "
    "forum-titre "
    "forum-nav comments-list ob-comments comment-block new_comment_form_wrapper flat-comments comments-area "
    "comment-wrapper pane-node-comments pane-node-comment-form field--name-comment repondre postcomment "
    "vos-reactions"
)

ASIDE_WORDS: Final = words(
    "share shares sharing sharebar sharer partage partages partager social socials related relateds "
    "newsletter "
    "newsletters nl infolettre breadcrumb breadcrumbs ariane pub pubs publicite ads ad advert adverts "
    "advertising "
    "advertisement dfp inread teads sponsor sponsored sponsorise outbrain taboola ligatus adsbygoogle "
    "cookie cookies "
    "consent didomi tarteaucitron cmp rgpd gdpr footer pied nav navigation menu navbar sidebar colonne "
    "popup modal "
    "overlay toolbar tools outils boutons print imprimer recommend recommended recommendation "
    "recommendations "
    "recommandation recommandations offre offres offer offers crosslinking linked alireaussi readalso "
    "readmore donate donation don boutique "
    "soutenir soutenez subscribe subscription signup abonnement abonnez abonner promo banner banniere "
    "pagination pager "
    "prevnext skip login connexion search recherche rating ratings votes sondage poll quiz horoscope "
    "addtoany a2a yarpp jp-relatedposts mostread lesplus pluslus trending populaires popular populaire "
    "partenaire "
    "partenaires partner toc sommaire copyright colophon teaser teasers mini-articles suggestions suggested "
    "googlenews whatsapp follow suivre alerte alert audio player listen ecouter lecteur meteo cotation "
    "sharedaddy relatedposts disclosure republish catcher podcast podcasts diaporama slideshow "
    "reco recos recirculation recirc suggest suggests alire lireaussi voiraussi connexe connexes "
    "latestnews recentposts toparticles mostviewed readnext nextup upsell crosspromo cta sponso promoted "
    "publireportage affiliation affilizz capping poool addthis shareaholic ssba sfsi essb "
    "simplesocialbuttons mailpoet mc4wp optin optinmonster convertkit hustle popmake lwptoc"
)
ASIDE_PAIRS: Final = words(
    "a-lire lire-aussi lire-egalement voir-aussi voir-egalement see-also read-also also-read read-next "
    "decouvrir-aussi articles-lies articles-associes articles-connexes articles-similaires articles-recents "
    "articles-populaires contenus-lies contenus-similaires liens-associes meme-sujet meme-theme "
    "meme-rubrique meme-auteur plus-articles autres-articles autres-actualites autres-actus "
    "derniers-articles dernieres-actus dernieres-actualites dernieres-news dernieres-infos "
    "dernieres-videos latest-news latest-posts latest-articles latest-stories latest-videos last-articles "
    "last-news last-posts last-contents recent-posts recent-articles recent-entries recent-news "
    "top-articles top-stories top-news most-read most-viewed most-popular plus-lus plus-lues plus-vus "
    "plus-vues plus-consultes plus-commentes hot-news flash-info flash-infos fil-info fil-infos fil-actu "
    "fil-actus next-article next-articles next-post prev-post previous-post up-next more-articles "
    "more-posts more-news more-stories more-about more-content editor-picks editors-picks editors-pick "
    "editors-choice follow-us suivez-nous rejoignez-nous report-error signaler-erreur download-app "
    "author-box about-author author-bio auteur-bio bio-auteur call-to"
)
"""Two words that say so side by side, in a name of more: ``td-latest-news__list``."""
ASIDE_TOKENS: Final = words(
    "same-topic block-alireaussi block-surlemmsujet article-related linked-articles read-more "
    "read-more-wysiwyg to-read article_insert nl-insert message--register same-category en-savoir-plus "
    "aller-plus-loin liens-utiles wp-block-latest-posts wp-block-latest-comments post-navigation "
    "nav-links entry-footer article-footer article__footer saboxplugin-wrap m-a-box abh_box "
    "ts-fab-wrapper pp-multiple-authors-boxes-wrapper biographie a-propos-auteur screen-reader-text "
    "lire-la-suite paywall-message premium-paywall article-subscription ObsPaywall reserveabonnes "
    "box_protegee_abonne ob-section-link widget-area amp-embed paranumber no-para"
)
ASIDE_NOT: Final = words("has no not without avec is hide with")

AUTHOR: Final = re.compile(
    r"(?:^|[\s_-])(?:authors?|auteure?s?|autrices?|bylines?|signatures?|signataires?|redacteurs?|"
    r"journalistes?)(?:$|[\s_-])|author-?(?:name|list)|articleauthor",
    re.IGNORECASE,
)
"""Names of elements that name who signs."""
