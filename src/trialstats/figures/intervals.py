"""Pictures of the intervals that several methods give from the same data, beside the printed one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from trialstats.catalogue.words import method_words
from trialstats.errors import InputError, check_name
from trialstats.figures.style import COLOURS, FAINT, INK, SMALL, bare, new_axes, percent_axis
from trialstats.intervals.binomial import BINOMIAL_METHODS, binomial_interval
from trialstats.reported import ROUNDINGS, Reported

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LARGEST_N = 2000
"""Above this the slowest methods would take minutes; they are left out of the default menu."""


def plot_intervals(
    intervals: Mapping[str, tuple[float, float]],
    reported: Sequence[str | Reported | None] | None = None,
    *,
    estimate: float | None = None,
    rounding: str = "nearest",
    ax: Axes | None = None,
) -> Axes:
    """Draw intervals of proportions one above another, and mark those that print the reported bounds.

    Parameters
    ----------
    intervals : mapping of str to (float, float)
        Lower and upper limit by label, from above.
    reported : pair of str or Reported, optional
        The printed bounds: the bands are what they can stand for, a limit inside is filled, one outside hollow, and
        an interval with both inside is drawn in full.
    estimate : float, optional
        Drawn as a dotted line.
    rounding : str, default "nearest"
        Rule of the bands.
    ax : matplotlib.axes.Axes, optional

    Raises
    ------
    InputError
        If there is no interval.
    UnknownNameError
        If there is no such rounding rule.

    Examples
    --------
    >>> ax = plot_intervals({"Wald": (0.100, 0.400), "exact": (0.1146, 0.4340)}, ("12%", "43%"), rounding="twice")
    >>> [label.get_weight() for label in ax.get_yticklabels()]
    ['normal', 'bold']
    """
    if not intervals:
        raise InputError("There is nothing to show: no interval is given.")
    check_name("rounding", rounding, ROUNDINGS)
    ax = new_axes(ax, 6.4, 0.8 + 0.19 * len(intervals))
    bounds = [None if number is None else Reported(str(number)) for number in reported or (None, None)]
    bands = [None if number is None else number.range(rounding) for number in bounds]
    for number, band in zip(bounds, bands, strict=True):
        if number is not None and band is not None:
            ax.axvspan(float(band.lower), float(band.upper), color=COLOURS[1], alpha=0.22, linewidth=0, zorder=0)
            ax.annotate(number.text, (float(number.value), 1.0), xycoords=("data", "axes fraction"), xytext=(0.0, 3.0),
                        textcoords="offset points", fontsize=SMALL, color=COLOURS[1], ha="center", va="bottom",
                        weight="bold", annotation_clip=False)  # fmt: skip
    full = []
    for k, limits in enumerate(intervals.values()):
        inside = [band is None or band.admits(limit) for band, limit in zip(bands, limits, strict=True)]
        full.append(all(inside) and any(band is not None for band in bands))
        colour = COLOURS[0] if full[-1] or bounds == [None, None] else FAINT
        ax.plot(limits, [k, k], color=colour, linewidth=1.8 if full[-1] else 1.0, solid_capstyle="butt", zorder=2)
        for limit, fits in zip(limits, inside, strict=True):
            ax.plot([limit], [k], marker="o", markersize=3.6, markeredgecolor=colour, markeredgewidth=1.0,
                    markerfacecolor=colour if fits else "white", zorder=3)  # fmt: skip
        ax.annotate(f"{100 * limits[0]:.2f} to {100 * limits[1]:.2f}", (1.0, k), xycoords=("axes fraction", "data"),
                    xytext=(6.0, 0.0), textcoords="offset points", fontsize=SMALL - 1, color=INK if full[-1] else FAINT,
                    va="center", annotation_clip=False)  # fmt: skip
    if estimate is not None:
        ax.axvline(estimate, color=FAINT, linewidth=0.8, linestyle=":", zorder=0)
    ax.set_yticks(range(len(full)), list(intervals))
    bare(ax, "left")
    for label, prints in zip(ax.get_yticklabels(), full, strict=True):
        label.set(weight="bold" if prints else "normal", color=INK if prints or bounds == [None, None] else FAINT)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(full) - 0.4, -0.6)
    percent_axis(ax)
    if any(band is not None for band in bands):
        ax.set_xlabel(f"bands: what prints the reported bounds, {ROUNDINGS[rounding]}", fontsize=SMALL, color=INK)
    return ax


def plot_interval_methods(
    x: int,
    n: int,
    reported: Sequence[str | Reported | None] | None = None,
    *,
    methods: Iterable[str] | None = None,
    level: float = 0.95,
    rounding: str = "nearest",
    ax: Axes | None = None,
) -> Axes:
    """Draw the interval of x of n by many methods, and mark those that print the reported bounds.

    Parameters
    ----------
    x, n : int
    reported, rounding, ax
        As for `plot_intervals`.
    methods : iterable of str, optional
        Names of ``BINOMIAL_METHODS``; by default all of them.
    level : float, default 0.95

    Returns
    -------
    matplotlib.axes.Axes
        Ordered by the lower limit.

    Raises
    ------
    InputError
        If x is no count of n, or n exceeds 2,000 and no methods are named.
    UnknownNameError
        If there is no such method or rounding rule.

    Examples
    --------
    >>> ax = plot_interval_methods(8, 32, ("12%", "43%"), methods=["wald", "clopper-pearson"], rounding="twice")
    >>> [(label.get_text(), label.get_weight()) for label in ax.get_yticklabels()]
    [('Wald', 'normal'), ('Clopper-Pearson', 'bold')]
    """
    if methods is None and n > _LARGEST_N:
        raise InputError(f"Name the methods wanted: all of them at once are drawn up to n = {_LARGEST_N:,}, got {n:,}.")
    found: dict[str, tuple[float, float]] = {}
    for name in BINOMIAL_METHODS if methods is None else methods:
        interval = binomial_interval(x, n, level=level, method=name)
        found[_in_words(name)] = (float(interval.lower), float(interval.upper))
    ordered = dict(sorted(found.items(), key=lambda one: one[1]))
    return plot_intervals(ordered, reported, estimate=x / n, rounding=rounding, ax=ax)


def _in_words(name: str) -> str:
    """Return a method's name for a label; the names of people keep their capital."""
    return re.sub(r"\b(wilson|jeffreys|anscombe)\b", lambda found: found[0].title(), method_words(name)).replace(
        "hpd", "HPD"
    )
