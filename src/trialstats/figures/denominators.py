"""A picture of the numbers of patients at which printed percentages are counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from trialstats.errors import InputError
from trialstats.figures.style import COLOURS, FAINT, INK, SMALL, bare, new_axes
from trialstats.reported import Reported
from trialstats.search.counts.ranges import fitting

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_denominators(
    percentages: Mapping[str, str | Reported],
    *,
    n_min: int = 1,
    n_max: int = 100,
    stated: int | None = None,
    rounding: str = "nearest",
    ax: Axes | None = None,
) -> Axes:
    """Draw at which numbers of patients each percentage of an arm is a count, and at which all of them are.

    Parameters
    ----------
    percentages : mapping of str to str or Reported
        By label, from above; percentages as printed.
    n_min, n_max : int
        Denominators shown.
    stated : int, optional
        The printed size, marked by a line.
    rounding : str, default "nearest"
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        The lowest line holds the denominators at which every percentage is a count.

    Raises
    ------
    InputError
        If there is no percentage, or the limits of n are out of order.
    UnknownNameError
        If there is no such rounding rule.

    Examples
    --------
    >>> events = {"fatigue": "72%", "stomatitis": "56%", "rash": "44%", "anorexia": "43%", "diarrhea": "39%"}
    >>> ax = plot_denominators(events, n_max=60, stated=54)
    >>> [text.get_text() for text in ax.texts]
    ['54']
    """
    if not percentages:
        raise InputError("There is nothing to show: no percentage is given.")
    if not 1 <= n_min <= n_max:
        raise InputError(f"The limits of n must be in order and at least 1, got {n_min} and {n_max}.")
    sizes = np.arange(n_min, n_max + 1, dtype=np.int64)
    fits = fitting([Reported(str(number)) for number in percentages.values()], sizes, rounding)
    everywhere = sizes[fits.all(axis=0)].tolist()
    ax = new_axes(ax, 6.6, 1.0 + 0.26 * (len(fits) + 1))
    from matplotlib.ticker import MaxNLocator  # new_axes has said so if it is missing

    for n in everywhere:
        ax.axvspan(n - 0.5, n + 0.5, color=COLOURS[1], alpha=0.16, linewidth=0, zorder=0)
    for k, found in enumerate((*(sizes[row].tolist() for row in fits), everywhere)):
        last = k == len(fits)
        ax.vlines(found, k - 0.3, k + 0.3, color=COLOURS[1] if last else COLOURS[0], linewidth=2.2 if last else 1.6)
    labelled = _apart(everywhere, 0.035 * (n_max - n_min))
    for n in labelled:
        ax.annotate(f"{n}", (n, len(fits) + 0.3), xytext=(0.0, -3.0), textcoords="offset points", fontsize=SMALL,
                    color=COLOURS[1], weight="bold", ha="center", va="top", annotation_clip=False)  # fmt: skip
    if stated is not None:
        ax.axvline(stated, color=FAINT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=0)
    names = [f"{label}: {number}" for label, number in percentages.items()]
    ax.set_yticks(range(len(fits) + 1), [*names, "all"])
    ax.set_ylim(len(fits) + (0.95 if everywhere else 0.5), -0.6)
    ax.set_xlim(n_min - 1, n_max + 1)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    line = f"; dashed: {stated}, as printed" if stated is not None else ""
    if len(labelled) < len(everywhere):
        line += f"; {len(labelled)} of the {len(everywhere)} that fit all bear their number"
    ax.set_xlabel(f"patients at which some count prints the percentage{line}", fontsize=SMALL, color=INK)
    bare(ax, "left")
    ax.tick_params(axis="y", length=0)
    return ax


def _apart(numbers: list[int], least: float) -> list[int]:
    """Return the first of the numbers and those at least so far from the one before: their labels do not overlap."""
    shown: list[int] = []
    for number in numbers:
        if not shown or number - shown[-1] >= least:
            shown.append(number)
    return shown
