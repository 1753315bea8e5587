"""What all pictures share: axes, colours, the place of a printed number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trialstats.claims.model import Estimate
from trialstats.errors import TrialstatsError
from trialstats.reported import Reported

if TYPE_CHECKING:
    from matplotlib.axes import Axes

COLOURS = ("#0b4f6c", "#c8553d", "#4c7c3a", "#7b5e9e")
"""Dark enough for print, distinct in grey and to colour-blind readers."""
INK, FAINT = "#222222", "#8a8a8a"
SMALL = 8.0


def new_axes(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the given axes, or new ones of this size in inches; say so where Matplotlib is not installed."""
    if ax is not None:
        return ax
    try:
        from matplotlib.figure import Figure
    except ImportError as missing:
        raise TrialstatsError(
            "Pictures need Matplotlib, which is not installed. Accepted: pip install 'trialstats[plot]'."
        ) from missing
    return Figure(figsize=(width, height), layout="constrained").add_subplot()


def bare(ax: Axes, *sides: str) -> None:
    """Take away the frame but for the axes that are read, and set small labels."""
    for side in ("top", "right", *sides):
        ax.spines[side].set_visible(False)
    ax.tick_params(labelsize=SMALL, colors=INK)


def percent_axis(ax: Axes) -> None:
    """Label a horizontal axis of proportions in per cent."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(nbins=8, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{100 * value:.4g} %"))


def place_of(number: Reported | None, claim: Estimate) -> float | None:
    """Return where a printed number of a claim stands on the natural scale; None where it is missing."""
    if number is None or number.is_missing:
        return None
    return float(number.with_unit(claim.value.unit if claim.value is not None else "").value)
