"""How dates are written in French-language papers, feeds and sitemaps: patterns for plain small letters."""

from __future__ import annotations

import re
from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan january",
            "fevrier fevr fev feb february",
            "mars mar march",
            "avril avr apr april",
            "mai may",
            "juin jun june",
            "juillet juil jul july",
            "aout aou aug august",
            "septembre sept sep september",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
HOURS: Final = {  # zones by abbreviation, in hours from UTC: of RFC 822 and of the press
    "z": 0, "ut": 0, "tu": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "met": 1,
    "cest": 2, "mest": 2, "eet": 2, "eest": 3, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7, "hne": -5, "hae": -4,
}  # fmt: skip

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_START = r"(?<![\d.,/-])"
DAY: Final = re.compile(
    # only a figure or a month's first letter begins a date: the rest of a line is passed over quickly
    r"(?=\d|\b[jfmasond])(?:"
    # 2020-12-03, 2020/12/03
    rf"{_START}(?P<y1>\d{{4}})(?P<sep>[-/.])(?P<m1>\d{{1,2}})(?P=sep)(?P<d1>\d{{1,2}})(?!\d)|"
    # 3 decembre 2020, 1er dec. 2020, 03-Dec-2020
    rf"{_START}(?P<d2>\d{{1,2}})(?:er|e|st|nd|rd|th|\.)?[ -]*(?P<m2>{_NAMES})\b\.?,?[ -]*"
    r"(?P<y2>\d{4})(?!\d)|"
    # 3 dec 20 a 18:04
    rf"{_START}(?P<d9>\d{{1,2}}) (?P<m9>{_NAMES})\b\.? (?P<y9>\d{{2}})(?=,? (?:a )?\d?\d ?[:h]\d)|"
    # december 3, 2020
    rf"\b(?P<m3>{_NAMES})\b\.? +(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,? +(?P<y3>\d{{4}})(?!\d)|"
    # 03/12/2020, 3.12.2020, 03-12-2020
    rf"{_START}(?P<d4>\d{{1,2}}) ?(?P<sep2>[-/.]) ?(?P<m4>\d{{1,2}}) ?(?P=sep2) ?(?P<y4>\d{{4}})"
    r"(?![\d/]|\.\d)|"
    # 03/12/20
    rf"{_START}(?P<d5>\d{{1,2}})/(?P<m5>\d{{1,2}})/(?P<y5>\d{{2}})(?![\d/])|"
    # 03-12-20, 09:15
    rf"{_START}(?P<d8>\d{{1,2}})-(?P<m8>\d{{2}})-(?P<y8>\d{{2}})(?=,? (?:a )?\d?\d ?[:h]\d)|"
    # 03.12.20, as the Swiss write
    rf"{_START}(?P<d7>\d{{1,2}})\.(?P<m7>\d{{2}})\.(?P<y7>\d{{2}})(?![\d/]|\.\d)|"
    # 20201203, followed by nothing or by a time of day of 2, 4 or 6 figures
    rf"{_START}(?P<y6>[12]\d{{3}})(?P<m6>\d{{2}})(?P<d6>\d{{2}})"
    r"(?!\d(?!\d)|\d{3}(?!\d)|\d{5}(?!\d)|\d{7}))"
)
CLOCK: Final = (  # 07h00, 7 h 05, 9h, 15 heures, 18:08, 18:08:30.123
    r"(?P<h>\d{1,2})(?: ?(?P<mark>:|h(?:eures?)?(?![a-z]))(?: ?(?P<n>\d{2})(?![\d/])"
    r"(?: ?(?:[:m]|min) ?(?P<s>\d{2})(?!\d))?)?(?:[.,]\d{1,9})?)"
)
AFTER: Final = re.compile(
    rf"(?:t|,? *(?:(?:a|at|@|[-|•·,/\\(]) *)?|\. *){CLOCK}(?: ?(?P<half>[ap])\.?m\b\.?)?"
)
"""A time of day after a date."""
COMPACT: Final = re.compile(r"t?(?P<h>\d{2})(?P<n>\d{2})(?P<s>\d{2})?(?:\.\d+)?(?!\d)")
"""A time of day after a date of eight figures."""
BEFORE: Final = re.compile(rf"{CLOCK},?(?: *[-|•·,/])? *(?:le )?(?:[a-z]{{5,8}} )?$")
"""A time of day before a date: "a 04:22 le jeudi 3 decembre"."""
ZONE: Final = re.compile(
    r" ?\(?(?:(?:gmt|utc) ?(?=[+-]))?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?(?!\d)"
    r"| ?\(?(?:gmt|utc) ?(?P<sign2>[+-])(?P<hours2>\d{1,2})(?!\d)"
    r"| ?[\[(]?(?P<area>[a-z]+/[a-z_]+(?:/[a-z_]+)?)"
    r"| ?\(?(?P<name>" + "|".join(sorted(HOURS, key=len, reverse=True)) + r")\b(?! ?/)"
)
JAVA: Final = re.compile(  # "Thu Dec 03 07:00:00 CET 2020"
    rf"\b(?P<m>{_NAMES})\b\.? (?P<d>\d{{1,2}}) (?P<h>\d{{2}}):(?P<n>\d{{2}}):(?P<s>\d{{2}}) "
    r"(?:(?P<name>[a-z]{1,4}) )?(?P<y>\d{4})$"
)
SAME_DAY: Final = re.compile(
    rf"[^\d]{{0,40}}\b(?:mise? a jour|modifie|actualise|maj|update)[a-z]*[^\d]{{0,20}}{CLOCK}"
)
"""A change on the day of publication: ", mis a jour a 09h30"."""
MODIFIED: Final = re.compile(
    r"\b(?:mise?s? a jour|modif|actualis|updat|maj\b|dernier|last|corrig|edite(?!\w* par)|revis)"
)
PUBLISHED: Final = re.compile(r"\b(?:publi|post|mise? en ligne|paru|cree|redig|ecrit|diffus|issued|creat)")
AGO: Final = re.compile(
    r"\bil y a (?:environ )?(?P<n>\d{1,3}|une?|quelques) ?"
    r"(?P<unit>secondes?|sec|minutes?|mins?|mn|heures?|h|jours?|j|semaines?)\b"
)
YEARLESS: Final = re.compile(
    r"(?:^|, |[|>•·–—-] ?|\b(?:publie|en ligne) )(?:le )?(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?"
    rf"(?P<d>\d{{1,2}})(?:(?:er)? (?P<m>{_NAMES})\b\.?|/(?P<mm>[01]\d)(?=,?(?: \|)? (?:a )?\d?\d ?[:h]))"
    r"(?:,? ?(?:a |[-|] ?)?(?P<h>\d{1,2}) ?[:h] ?(?P<n>\d\d))?(?:$|,? (?:- )?(?:par|modifie)\b| ?[|>•·])"
)
"""A day that names no year, as some systems leave out the present one: "par x, le 3 mai", "03/05 10:12"."""
NEAR: Final = re.compile(
    r"\b(?P<day>aujourd.?hui|avant-hier|hier)\b(?:,? ?(?:a |- ?)?(?P<h>\d{1,2}) ?[:h] ?(?P<n>\d{2})?)?"
)
