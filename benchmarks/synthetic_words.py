"""The phrases that invented articles are made of."""

from __future__ import annotations

from typing import Final

OUTLETS: Final = (
    ("courrier", "Le Courrier du Fleuve", "FR"),
    ("tribune", "La Tribune du Port", "FR"),
    ("depeche", "La Dépêche des Plaines", "FR"),
    ("echo", "L’Écho des Vallées", "FR"),
    ("gazette", "La Gazette du Lac", "CH"),
    ("matin", "Le Matin de l’Escaut", "BE"),
    ("boussole", "La Boussole", "CA"),
    ("phare", "Le Phare du Détroit", "MA"),
    ("lagon", "Les Nouvelles du Lagon", "PF"),
    ("baobab", "Le Baobab", "SN"),
    ("vigie", "La Vigie", "FR"),
    ("sillon", "Le Sillon", "FR"),
)
"""Key, name and country, the most prolific first."""

ACTORS: Final = (
    "le ministère de l’Intérieur", "la ministre", "le parquet national", "l’association des parents",
    "un collectif d’enseignants", "la plateforme", "le maire", "la commission européenne", "les gendarmes",
    "une sociologue", "le Sénat", "l’Élysée", "la préfecture", "les députés", "un rapport", "le tribunal",
    "une équipe de chercheurs", "le gouvernement", "l’Assemblée", "la Cour", "les éducateurs",
    "le régulateur", "un avocat", "les hébergeurs", "la région", "le conseil municipal",
)  # fmt: skip

VERBS: Final = (
    "présente", "détaille", "dénonce", "veut renforcer", "met en garde contre", "examine", "défend",
    "s’interroge sur", "retire", "annonce", "refuse", "évalue", "prépare", "critique", "soutient",
    "renonce à", "fait le point sur", "surveille", "a suspendu", "relance", "publie", "conteste",
)  # fmt: skip

COMPLEMENTS: Final = (
    "selon {name}, qui suit le dossier depuis {number} jours",
    "devant {number} personnes réunies à {name}",
    "à {name}, où le mot « {word} » revient souvent",
    "comme l’avait annoncé {name} la semaine dernière",
    "malgré les réserves de {name}",
    "dans un entretien accordé à {name}",
    "et promet un bilan dans {number} jours",
    "sans attendre l’avis de la commission {word}",
    "après {number} signalements reçus en une nuit",
    "pour la {number}e fois cette année",
    "avec l’appui de l’équipe {name} et de son programme {word}",
    "au nom de la liberté d’expression",
    "au grand dam des élus de {name}",
    "qui concerne près de {number} communes",
    "à la veille d’un vote très attendu",
    "d’après les chiffres de l’observatoire {name}",
    "en vingt-quatre heures",
    "tandis que {name} demande un délai",
    "ce que {name} juge insuffisant",
    "alors que la situation à {name} reste tendue",
)

TOPICS: Final[tuple[tuple[str, int, tuple[str, ...], tuple[str, ...]], ...]] = (
    (
        "Société", 2,
        (
            "la radicalisation en ligne", "la prévention de la radicalisation", "les jeunes radicalisés",
            "le signalement des contenus haineux", "la cellule de suivi", "le contre-discours",
            "les parcours d’endoctrinement", "un numéro vert pour les familles",
        ),
        ("radicalisation en ligne", "contre-discours", "endoctrinement"),
    ),
    (
        "Numérique", 2,
        (
            "le retrait de contenus terroristes", "le règlement européen sur les contenus",
            "les algorithmes de recommandation", "la modération des plateformes", "la haine en ligne",
            "les messageries chiffrées", "les comptes fermés", "la responsabilité des hébergeurs",
        ),
        ("retrait de contenus", "haine en ligne", "plateformes"),
    ),
    (
        "Justice", 1,
        (
            "la propagande djihadiste", "un réseau d’ultradroite", "le procès des recruteurs",
            "l’apologie du terrorisme", "une enquête sur les forums", "les peines prononcées",
            "la détention provisoire", "les théories du complot",
        ),
        ("propagande", "apologie du terrorisme"),
    ),
    (
        "Économie", 0,
        (
            "la hausse des prix", "le budget de la filière", "un plan de relance", "les semi-conducteurs",
            "la dette publique", "le prix de l’énergie", "les salaires", "la fusion des deux banques",
        ),
        ("économie",),
    ),
    (
        "Sport", 0,
        (
            "la victoire du club", "le calendrier du championnat", "la saison des cyclistes",
            "un stade tout neuf", "le dopage", "la finale de dimanche", "les tribunes vides", "le transfert",
        ),
        ("sport",),
    ),
    (
        "Culture", 0,
        (
            "une exposition d’œuvres oubliées", "le festival d’été", "la restauration du théâtre",
            "un roman sur l’exil", "les archives du cinéma", "le prix des lecteurs", "un opéra filmé",
            "la bibliothèque municipale",
        ),
        ("culture",),
    ),
    (
        "Environnement", 0,
        (
            "la sécheresse", "le tri des déchets", "les zones humides", "la qualité de l’eau",
            "un parc d’éoliennes", "la crue de janvier", "les forêts", "le trait de côte",
        ),
        ("environnement",),
    ),
    (
        "Éducation", 0,
        (
            "la réforme du lycée", "l’éducation aux médias", "les vidéos partagées par les élèves",
            "les effectifs des écoles", "la formation des professeurs", "le harcèlement scolaire",
            "la rentrée", "les bourses",
        ),
        ("éducation aux médias",),
    ),
)  # fmt: skip
"""Section, label, what it is about, the terms that a judgement finds."""

SYLLABLES: Final = (
    "ba", "bel", "bri", "cau", "cha", "clé", "cor", "dan", "del", "dri", "fa", "fer", "flo", "gar", "gri",
    "jou", "la", "leu", "lin", "lou", "ma", "mer", "mon", "nar", "né", "nou", "pa", "per", "plo", "qui", "ra",
    "ré", "ri", "rou", "sa", "ser", "sol", "ta", "ter", "thi", "tour", "va", "ver", "vil", "vou", "za",
)  # fmt: skip
