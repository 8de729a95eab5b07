"""What stands on every page of the benchmark's newspaper: its heads, menu and footer; all of it invented."""

from __future__ import annotations

from typing import Final

REMARKS: Final = (
    "je ne suis pas d'accord avec ce que je lis ici, et je le dis depuis dix ans.",
    "il faudrait d'abord écouter ceux qui travaillent sur le terrain.",
    "encore un rapport de plus, et qui le paiera ?",
    "merci pour cet éclairage, mais les chiffres datent un peu.",
    "chez nous on attend toujours la fibre, alors les plateformes…",
    "mon voisin a signalé la même chose au printemps sans aucune réponse.",
    "l'éducation vaut mieux que la censure, c'est tout ce que j'ai à dire.",
    "on verra bien dans six mois si les promesses sont tenues.",
    "vous oubliez les petites communes, comme toujours.",
    "relisez la loi avant d'écrire n'importe quoi, monsieur le savant.",
)

_ICONS = "".join(
    f'<link rel="apple-touch-icon" sizes="{size}x{size}" href="/icones/{size}.png">\n'
    for size in (57, 60, 72, 76, 114, 120, 144, 152, 180)
)
_PRELOADS = "".join(
    f'<link rel="preload" href="/polices/{name}.woff2" as="font" type="font/woff2" crossorigin>\n'
    for name in ("titre-gras", "titre", "texte", "texte-gras", "texte-italique")
)
HEAD: Final = f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{{title}} | Le Banc d'essai</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{{lead}}">
<link rel="canonical" href="{{path}}"><meta property="og:type" content="article">
<meta property="og:title" content="{{title}}"><meta property="og:description" content="{{lead}}">
<meta property="og:site_name" content="Le Banc d'essai"><meta property="og:locale" content="fr_FR">
<meta property="article:published_time" content="{{when}}">
<meta property="article:section" content="{{section}}">
<meta name="twitter:card" content="summary_large_image"><meta name="twitter:title" content="{{title}}">
<meta name="twitter:description" content="{{lead}}"><meta name="author" content="{{author}}">
<meta name="robots" content="index, follow, max-image-preview:large">
<meta name="theme-color" content="#123456">
<meta name="format-detection" content="telephone=no"><meta name="apple-mobile-web-app-capable" content="yes">
<meta name="msapplication-TileColor" content="#123456"><meta name="generator" content="Banc 4.2">
{_ICONS}{_PRELOADS}<link rel="alternate" type="application/rss+xml" href="/rss.xml" title="Le Banc d'essai">
<style>{{css}}</style>
{{data}}
</head><body class="page page--article template-standard" data-section="{{section}}">
"""

OLD_HEAD: Final = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"
"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="fr" lang="fr"><head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{title} - Le Banc d'essai</title>
<link rel="stylesheet" type="text/css" href="/styles/page.css" />
<script type="text/javascript" src="/js/jquery.js"></script><style type="text/css">{css}</style></head>
<body class="article">
"""

CSS: Final = "".join(
    f".{block}__{part}--{size}{{margin:0 {number}px {number * 2}px;padding:{number % 7}px;"
    f'font:400 {number + 9}px/1.4 "Texte",serif;color:#{number * 1111 % 4096:03x};display:flex}}\n'
    for number, (block, part, size) in enumerate(
        (block, part, size)
        for block in ("article", "card", "menu", "footer", "share")
        for part in ("title", "text", "link", "meta")
        for size in ("small", "large")
    )
)

CONSENT: Final = """<div id="consent-host" class="cookie-banner" role="dialog" aria-modal="true"><div><p>
Nous et nos 412 partenaires déposons des cookies pour mesurer l'audience et personnaliser les annonces.</p>
<button>Tout accepter</button><button>Continuer sans accepter</button></div></div>"""

LOADER: Final = """<script>(function(w,d){var q=w.dataLayer=w.dataLayer||[];function load(u,c){
var s=d.createElement('script');s.async=1;s.src=u;s.onload=c;d.head.appendChild(s)}
w.addEventListener('consent',function(e){if(!e.detail)return;load('/js/audience.js');
load('/js/annonces.js',function(){q.push({event:'ads.ready',at:Date.now()})})});
if('IntersectionObserver' in w){var o=new IntersectionObserver(function(es){es.forEach(function(e){
if(e.isIntersecting){e.target.src=e.target.dataset.src;o.unobserve(e.target)}})});
d.querySelectorAll('img[data-src]').forEach(function(i){o.observe(i)})}})(window,document);</script>"""

_RUBRICS: Final = {
    "Politique": ("Gouvernement", "Parlement", "Élections", "Partis", "Collectivités"),
    "Société": ("Justice", "Police", "Éducation", "Santé", "Religions", "Immigration"),
    "International": ("Europe", "Afrique", "Amériques", "Asie", "Proche-Orient"),
    "Économie": ("Entreprises", "Emploi", "Finances", "Immobilier", "Consommation"),
    "Numérique": ("Plateformes", "Sécurité", "Intelligence artificielle", "Vie privée"),
    "Culture": ("Livres", "Cinéma", "Musique", "Arts", "Scènes", "Médias"),
    "Sciences": ("Espace", "Médecine", "Climat", "Biologie"),
    "Sports": ("Football", "Rugby", "Tennis", "Cyclisme", "Voile"),
}


def _entries(number: int, names: tuple[str, ...]) -> str:
    return "\n".join(
        f'<li><a href="/rubrique-{number}/{at}/">{name}</a></li>' for at, name in enumerate(names)
    )


_PANELS = "".join(
    f'<li class="menu__item"><a class="menu__link" href="/rubrique-{number}/">{name}</a>'
    f'<div class="menu__panel"><ul>{_entries(number, names)}</ul></div></li>\n'
    for number, (name, names) in enumerate(_RUBRICS.items())
)
MENU: Final = f"""<header class="header"><a class="header__logo" href="/">Le Banc d'essai</a>
<nav class="menu" role="navigation"><ul>{_PANELS}</ul></nav><div class="header__tools">
<a href="/abonnement">S'abonner</a><a href="/compte">Se connecter</a></div></header>"""

_COLUMNS = "".join(
    f'<div class="footer__column"><h4>{name}</h4><ul>{_entries(number, names)}</ul></div>\n'
    for number, (name, names) in enumerate(_RUBRICS.items())
)
FOOTER: Final = f"""<footer class="footer"><div class="footer__letter"><p>Recevez chaque matin notre lettre
d'information.</p></div>{_COLUMNS}<ul class="footer__legal"><li><a href="/mentions">Mentions légales</a></li>
<li><a href="/cgv">Conditions de vente</a></li><li><a href="/donnees">Données personnelles</a></li></ul>
<p>© Le Banc d'essai, tous droits réservés.</p></footer>
<script src="/js/page.js" defer></script></body></html>"""
