"""Counts as pictures, SVG or PNG, by matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.corpus.statistics import NONE, TIMES
from crawler.errors import ConfigurationError, StorageError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import Locator

    from crawler.corpus.statistics import Count

SUFFIXES: Final = (".svg", ".png")
MOST: Final = 30
"""Bars of a picture that does not show time."""

COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Told apart by the colour-blind: Okabe and Ito, "Color Universal Design" (2008)."""


def draw(counts: Sequence[Count], by: str, file: Path, *, shares: bool = False, copies: str = "all") -> None:
    """Draw counts, or shares, of one query or several: lines over time, else bars.

    The same counts give the same SVG, to the byte.

    :raises ConfigurationError: the file's name ends otherwise, or matplotlib is not installed
    :raises StorageError: the file cannot be written
    """
    if file.suffix.lower() not in SUFFIXES:
        raise ConfigurationError(f"{file}: a picture's name ends in {' or '.join(SUFFIXES)}")
    try:
        import matplotlib as mpl  # noqa: PLC0415 -- large, and only needed here
        from matplotlib import figure as figures  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ConfigurationError('pictures need matplotlib: pip install "hemero[pictures]"') from error
    # Fixed ids and no date: a picture changes only when the numbers do. Text stays text.
    with mpl.rc_context({"svg.hashsalt": "hemero", "svg.fonttype": "none", "text.parse_math": False}):
        figure = figures.Figure(figsize=(9, 4.5), layout="constrained")
        axes = figure.add_subplot()
        series = _series(counts, shares=shares, copies=copies)
        (_lines if by in TIMES else _bars)(axes, series)
        axes.spines[["top", "right"]].set_visible(False)
        if len(series) > 1:
            axes.legend(frameon=False)
        else:
            axes.set_title(next(iter(series), ""), loc="left")
        what = "articles" if copies == "all" else "texts"
        label = f"share of all {what}" if shares else what
        (axes.set_ylabel if by in TIMES else axes.set_xlabel)(label)
        _save(figure, file)


def _save(figure: Figure, file: Path) -> None:
    plain = {"Date": None} if file.suffix.lower() == ".svg" else {"Software": None}
    try:
        figure.savefig(file, metadata=plain, dpi=150)
    except OSError as error:
        raise StorageError(f"{file}: {error.strerror}") from error


def _series(counts: Sequence[Count], *, shares: bool, copies: str) -> dict[str, list[tuple[str, float]]]:
    """By query, its buckets and their values."""
    found: dict[str, list[tuple[str, float]]] = {}
    for one in counts:
        value = one.share(copies) if shares else one.articles if copies == "all" else one.texts
        found.setdefault(one.query, []).append((one.bucket, value))
    return found


def _lines(axes: Axes, series: dict[str, list[tuple[str, float]]]) -> None:
    for place, (name, points) in enumerate(series.items()):
        dated = [point for point in points if point[0] != NONE]
        axes.plot(
            [bucket for bucket, _ in dated],
            [value for _, value in dated],
            label=name,
            color=COLOURS[place % len(COLOURS)],
            marker="o" if len(dated) < 40 else None,
        )
    axes.xaxis.set_major_locator(_sparse())
    axes.set_ylim(bottom=0)


def _sparse() -> Locator:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 -- as above

    return MaxNLocator(nbins=10, integer=True)


def _bars(axes: Axes, series: dict[str, list[tuple[str, float]]]) -> None:
    height = 0.8 / max(len(series), 1)
    names: list[str] = []
    for place, (name, points) in enumerate(series.items()):
        shown = points[:MOST]
        names = [bucket for bucket, _ in shown]
        places = [number + place * height for number in range(len(shown))]
        colour = COLOURS[place % len(COLOURS)]
        axes.barh(places, [value for _, value in shown], height=height, label=name, color=colour)
    axes.set_yticks([number + 0.4 - height / 2 for number in range(len(names))], names)
    axes.invert_yaxis()
