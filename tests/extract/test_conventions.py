"""What docs/extraction.md says of each column, on one page that has it all."""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.extract import read

PAGE = """
<!DOCTYPE html>
<html lang="fr"><head><title>Le bac ne passera plus la nuit - Le Fleuve</title></head>
<body><header><a href="/">Le Fleuve</a></header><main><article>
<p class="rubrique"><span>Enquête</span></p>
<h1>Le bac ne passera plus la nuit</h1>
<p class="chapo">La ville arrête la navette de 22 heures, faute de pilotes. Les îliens protestent.</p>
<p>Par Ada Roux et Noé Vial (avec AFP), photos Léa Morel — Publié le 3 mai 2024 à 9h12, mis à jour à 11h40</p>
<figure><img src="/bac.jpg"><figcaption>Le bac à quai, jeudi soir. Photo Léa Morel</figcaption></figure>
<div class="texte">
<p>SAINT-GOUSTAN (AFP) – La navette du soir s'arrête lundi, a dit la ville, qui cherche six pilotes.</p>
<p>Le rapport<sup><a href="#n1">1</a></sup> du port, rendu en mars, avait pourtant donné l'alerte.</p>
<h2>Six pilotes</h2>
<ul><li>deux sont partis en retraite ;</li><li>quatre ont été débauchés.</li></ul>
<p><em>Lire aussi :</em> <a href="/vie/le-pont">Le pont attendra encore dix ans</a></p>
<blockquote>« Nous rentrerons à la nage », dit une lycéenne.</blockquote>
<aside class="exergue">La ville cherche six pilotes depuis l'automne</aside>
<p>La ville cherche six pilotes depuis l'automne, et n'en a trouvé aucun qui veuille de la nuit.</p>
<blockquote class="twitter-tweet"><p>Réunion.</p>
— Port (@port) <a href="https://x.com/1">2 mai</a></blockquote>
<p><strong>Le Fleuve : Que demandez-vous ?</strong></p>
<p>Une navette par heure, répond le comité, comme la ville l'avait promis il y a trois ans.</p>
<table><tr><th>Année</th><th>Passagers</th></tr><tr><td>2023</td><td>12 400</td></tr></table>
<p id="n1">1. Rapport annuel du port, page 12.</p>
<p>Ada Roux et Noé Vial avec AFP</p>
<p><em>Correction : le bac date de 1974, et non de 1975 comme il était écrit.</em></p>
<p><em>Ada Roux est journaliste au Fleuve depuis 2014.</em></p>
</div>
<p>Abonnez-vous à notre lettre du matin.</p>
<h3>2 commentaires</h3>
<ul><li><b>marin56</b> 3 mai 2024 à 10h02<p>Encore une promesse.</p><a>Répondre</a></li>
<li><b>La mouette</b> 3 mai 2024 à 10h30<p>Il fallait y penser avant.</p><a>Répondre</a></li></ul>
</article></main></body></html>
"""


def test_what_is_read_as_what() -> None:
    article = read(PAGE.encode(), "https://lefleuve.example/vie/le-bac-ne-passera-plus")
    assert article.title == "Le bac ne passera plus la nuit"
    assert article.section == "Enquête"
    assert article.lead == "La ville arrête la navette de 22 heures, faute de pilotes. Les îliens protestent."
    assert article.authors == ["Ada Roux", "Noé Vial"]
    assert article.agency == "AFP"
    assert article.published_at == datetime(2024, 5, 3, 7, 12, tzinfo=UTC)
    assert article.modified_at == datetime(2024, 5, 3, 9, 40, tzinfo=UTC)
    assert article.comment_count == 2
    assert article.body.split("\n\n") == [
        "SAINT-GOUSTAN (AFP) – La navette du soir s'arrête lundi, a dit la ville, qui cherche six pilotes.",
        "Le rapport[1] du port, rendu en mars, avait pourtant donné l'alerte.",
        "Six pilotes",
        "deux sont partis en retraite ;",
        "quatre ont été débauchés.",
        "« Nous rentrerons à la nage », dit une lycéenne.",
        "La ville cherche six pilotes depuis l'automne, et n'en a trouvé aucun qui veuille de la nuit.",
        "Le Fleuve : Que demandez-vous ?",
        "Une navette par heure, répond le comité, comme la ville l'avait promis il y a trois ans.",
        "Année Passagers",
        "2023 12 400",
        "1. Rapport annuel du port, page 12.",
        "Correction : le bac date de 1974, et non de 1975 comme il était écrit.",
    ]
