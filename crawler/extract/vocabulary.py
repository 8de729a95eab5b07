"""The words of class, id, role and itemprop, and what each says: comments, lead, text, byline, or aside.

Sources: docs of the comment systems and CMS they belong to, and markup met on French sites from 2008 to 2026.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_COUNTER = re.compile(  # or a number that a page builder gave: « elementor-element-62e4bf7f »
    r"(?<=[a-z_-])\d+(?=\s|$)|(?<=-)(?=[a-f]{0,9}\d)[0-9a-f]{6,10}(?=\s|$)"
)


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


@lru_cache(16_384)
def numberless(names: str) -> str:
    """Names without the numbers that they end in: ``paragraph-3`` is made as ``paragraph-4``."""
    return _COUNTER.sub("", names)


COMMENT_SYSTEMS: Final = words(
    "disqus fbcomments graphcomment logora viafoura vuukle livefyre fyre hyvor giscus wpdcom wpdiscuz "
    "hypercomments spotim spcv commento discourse"
)
"""No article is called so; « coral » is one more, but a colour too."""

COMMENT_WORDS: Final = COMMENT_SYSTEMS | words(
    "comments commentaires commentaire commentlist commentform commentarea reactions reagir reagissez"
)
COMMENT_PARTS: Final = words(
    "list form body area wrapper section sections thread content author meta metadata reply respond block "
    "item box container text username date user message msg footer header avatar count children "
    "warning rules policy guidelines notice disclaimer charte moderation widget disabled call"
)
"""What may follow *comment* in a name: it is also the French for *how*, and ids are made of headings."""

COMMENT_NOT: Final = words(
    "link links count counts counter nb nbr number numbers btn button icon ico toggle open opened closed "
    "off no without fa has share partage author-link bubble picto nbre total anchor ancre"
)
COMMENT_TOKENS: Final = words(
    "fb_iframe_widget coral_thread coral_talk_stream coral-stream coral-container isso-thread commentlist "
    "forum-fil forum-message forum-texte forum-chapo formulaire_forum nobot_forum divforum avantforum "
    "forum-titre forum-nav repondre postcomment"
)

ASIDE_WORDS: Final = words(
    "share shares sharing sharebar sharer partage partages partager social socials related relateds "
    "newsletter newsletters nl infolettre breadcrumb breadcrumbs ariane pub pubs publicite ads ad adv advert "
    "adverts advertising advertisement dfp inread teads sponsor sponsored sponsorise outbrain taboola "
    "ligatus adsbygoogle cookie cookies consent didomi tarteaucitron cmp rgpd gdpr footer pied nav "
    "navigation menu navbar sidebar colonne popup modal overlay toolbar tools outils boutons print "
    "imprimer recommend recommended recommendation recommendations recommandation recommandations offre "
    "offres offer offers crosslinking linked alireaussi readalso readmore donate donation don boutique "
    "soutenir soutenez subscribe subscription signup abonnement abonnez abonner promo banner banniere "
    "pagination pager prevnext skip login connexion search recherche rating ratings votes sondage poll "
    "quiz horoscope addtoany a2a yarpp jp-relatedposts mostread lesplus pluslus trending populaires "
    "popular populaire partenaire partenaires partner toc sommaire copyright colophon teaser teasers "
    "mini-articles suggestions suggested googlenews whatsapp follow suivre alerte alert audio player "
    "listen ecouter lecteur meteo cotation sharedaddy relatedposts disclosure republish catcher podcast "
    "podcasts diaporama slideshow reco recos recirculation recirc suggest suggests alire lireaussi "
    "voiraussi connexe connexes latestnews recentposts toparticles mostviewed readnext nextup upsell "
    "crosspromo cta sponso promoted publireportage affiliation affilizz capping poool addthis shareaholic "
    "ssba sfsi essb simplesocialbuttons mailpoet mc4wp optin optinmonster convertkit hustle popmake lwptoc "
    "popin popins picker snackbar interstitial relpost mailmunch autopromo noprint "
    "vjs mejs plyr jwplayer onesignal skiptranslate "
    "sociaux toolbox linkbox lies liees emailtoafriend"
)
ASIDE_PAIRS: Final = words(
    "a-lire lire-aussi lire-egalement voir-aussi voir-egalement see-also read-also also-read read-next "
    "decouvrir-aussi articles-associes articles-similaires articles-recents contenus-similaires "
    "liens-associes meme-sujet meme-theme meme-rubrique meme-auteur plus-articles autres-articles "
    "autres-actualites autres-actus derniers-articles dernieres-actus dernieres-actualites dernieres-news "
    "dernieres-infos dernieres-videos latest-news latest-posts latest-articles latest-stories latest-videos "
    "last-articles last-news last-posts last-contents recent-posts recent-articles recent-entries "
    "recent-news top-articles top-stories top-news most-read most-viewed plus-lus plus-lues plus-vus "
    "plus-vues plus-consultes plus-commentes hot-news flash-info flash-infos fil-info fil-infos fil-actu "
    "fil-actus next-article next-articles next-post prev-post previous-post up-next more-articles more-posts "
    "more-news more-stories more-about more-content editor-picks editors-picks editors-pick editors-choice "
    "suivez-nous rejoignez-nous report-error signaler-erreur download-app author-box about-author author-bio "
    "auteur-bio bio-auteur call-to article-actions post-actions entry-actions story-actions page-actions "
    "same-subject same-topics other-article other-articles right-col right-column col-right column-right "
    "tool-box barre-outil video-js"
)
"""Two words that say so side by side, in a name of more: ``td-latest-news__list``."""
ASIDE_TOKENS: Final = words(
    "same-topic block-surlemmsujet read-more read-more-wysiwyg to-read article_insert message--register "
    "same-category en-savoir-plus aller-plus-loin liens-utiles wp-block-latest-comments saboxplugin-wrap "
    "m-a-box abh_box ts-fab-wrapper pp-multiple-authors-boxes-wrapper bio biographie a-propos-auteur "
    "screen-reader-text lire-la-suite paywall-message premium-paywall reserveabonnes box_protegee_abonne "
    "ob-section-link widget-area amp-embed paranumber no-para aside"
)
ASIDE_NOT: Final = words("has no not without avec is hide with")

AUTHOR: Final = re.compile(
    r"(?:^|(?<!titre)(?<!fonction)[\s_-])(?:authors?|auteure?s?|autrices?|bylines?|signatures?|signataires?|"
    r"redacteurs?|journalist(?:es?|s)?|chroniqueu(?:r|se)s?|columnists?|contributors?|contributeurs?|writers?|"
    r"(?:posted|written|authored)[_-]by)(?:$|[\s_-])(?![_-]*(?:title|titre|role|job|position|function|fonction))"
    r"|author-?(?:name|list)|articleauthor",
    re.IGNORECASE,
)
"""Names of elements that name who signs, not the function of one."""


class Says:
    """What the names on an element say it is: numbers to be combined with ``|`` (an enum costs 10 times)."""

    NOTHING = 0
    COMMENTS = 1  # readers' comments, or the form to write one
    ASIDE = 2  # not the article: shares, links to others, newsletters, ads, navigation
    CAPTION = 4  # of a picture or film, with its credit
    LEAD = 8  # chapô, standfirst
    BODY = 16  # the text
    BYLINE = 32  # who and when
    QUOTE = 64  # a sentence of the text set apart, to be read once
    EMBED = 128  # a tweet, a post, a film of somebody else
    CAPITAL = 256  # a drop cap
    TAGS = 512
    HIDDEN = 1024
    PAYWALL = 2048  # the call to subscribe, or the text behind it
    AUTHOR = 4096  # who signs, perhaps of a picture: see authormarks


_TOKENS: Final = {
    Says.COMMENTS: COMMENT_TOKENS,
    Says.ASIDE: ASIDE_TOKENS,
    Says.CAPTION: words(
        "captions legends photocredit figcaption imagecaption spip_documents spip_document "
        "spip_doc_descriptif"
    ),
    Says.LEAD: words(
        "chapô standfirst intro introduction summary sommaire-article headnote teaser-text soustitre "
        "subtitle subheadline desc description attribute-short entete-texte kicker-text faits surtitre-texte "
        "abstract resume dek deck sapo hat key-points points-cles"
    ),
    Says.BODY: words(
        "articlebody content-body storybody texte text contenu corps body body-text text-formatted wysiwyg "
        "rte richtext rich-text post-entry single-content newsbody postcontent pf-content"
    ),
    Says.BYLINE: words(
        "byline auteurs dates dateline datetime pubdate metadata publication infos-article article-info "
        "article-infos datenews time timestamp vcard ecrit-par redacteur reading-time readingtime "
        "temps-lecture"
    ),
    Says.QUOTE: words("pullquote pull-quote exergue citation-exergue highlight-quote"),
    Says.EMBED: words(
        "twitter-tweet twitter-video instagram-media fb-post fb-video tiktok-embed wp-block-embed "
        "twitter-timeline bluesky-embed mastodon-embed reddit-embed-bq"
    ),
    Says.CAPITAL: words("dropcap drop-cap lettrine firstletter first-letter initiale"),
    Says.TAGS: words(
        "tags tag-list taglist motscles mots-cles mots_cles mots keywords post-tags article-tags "
        "etiquettes sujets topics tagcloud thematiques"
    ),
    Says.HIDDEN: words(
        "sr-only visually-hidden visuallyhidden a11y-hidden screen-reader-only element-invisible "
        "u-visually-hidden d-none hidden mw-editsection material-icons material-icons-outlined "
        "material-symbols-outlined material-symbols-rounded"
    ),
}
_BODY_WORDS: Final = words("body content texte text contenu corps wysiwyg rte richtext paragraph")
_BODY_OF: Final = words("article post entry news story detail articles main page blog field")
_LEAD_WORDS: Final = words(
    "chapo chapeau standfirst lede perex lead excerpt accroche descriptif soustitre sstitre essentiel "
    "essential catchline strapline amorce sapeau introtext keypoint keypoints pointscles takeaways"
)
_LEAD_OF: Final = words(
    "intro introduction desc description summary subtitle abstract resume faits teaser subheadline deck "
    "hat leading"
)
_LEAD_IN: Final = _BODY_OF | {"header", "item"}
_CAPTION_WORDS: Final = words("caption legend legende figcaption credit credits copyright attribution")
_BYLINE_WORDS: Final = words(
    "author auteur authors byline date dateline signature meta metas published timestamp"
)

WORDS: Final = (
    (Says.BODY, _BODY_WORDS, _BODY_OF),
    (Says.LEAD, _LEAD_WORDS, None),
    (Says.LEAD, _LEAD_OF, _LEAD_IN),
    (Says.LEAD, words("intro introduction"), words("text texte bloc block page")),
    (Says.LEAD, words("sub"), words("title heading headline")),
    (Says.LEAD, words("sous"), words("titre")),
    (Says.PAYWALL, words("paywall piano"), None),
    (Says.CAPTION, _CAPTION_WORDS, None),
    (Says.CAPTION, words("title headline titre"), words("video videos player audio podcast")),
    (Says.CAPTION, words("desc descr description"), words("img image photo picture media figure")),
    (Says.QUOTE, words("pullquote"), None),
    (Says.BYLINE, _BYLINE_WORDS, None),
    (
        Says.HIDDEN,
        words("tooltip tooltiptext popover"),
        words("tooltiptext text content inner body definition"),
    ),
)
"""Kinds by a word of a name, and by a word that must stand beside it."""

ASIDE_ROLES: Final = words(
    "navigation complementary search banner contentinfo dialog alertdialog menu menubar toolbar tablist"
)
PROPS: Final = {
    "comment": Says.COMMENTS,
    "articlebody": Says.BODY,
    "text": Says.BODY,
    "author": Says.BYLINE,
    "datepublished": Says.BYLINE,
    "datemodified": Says.BYLINE,
    "keywords": Says.TAGS,
    "caption": Says.CAPTION,
    "breadcrumb": Says.ASIDE,
}

KNOWN: Final = COMMENT_WORDS.union({"comment"}, ASIDE_WORDS, *(some for _, some, _ in WORDS))
"""The words of a name that say something at all: four names in five have none."""

SAYS_TOKEN: Final = {
    token: sum(kind for kind, tokens in _TOKENS.items() if token in tokens)
    for token in frozenset().union(*_TOKENS.values())
}
"""What whole names say."""
