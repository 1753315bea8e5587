"""Pictures of ratios: a forest plot of printed ones, and the estimates and standard errors that print one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from trialstats.claims.model import Estimate
from trialstats.errors import InputError
from trialstats.explanations import Explanations
from trialstats.figures.style import COLOURS, FAINT, INK, SMALL, bare, new_axes, place_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TICKS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)


def plot_forest(claims: Mapping[str, Estimate], *, null: float = 1.0, ax: Axes | None = None) -> Axes:
    """Draw printed ratios with their intervals, and how much each printed digit leaves open.

    The faint bands are the values that a printed number can stand for when rounded to the nearest digit: the second
    digit of a small lower limit leaves far more open than that of the upper one.

    Parameters
    ----------
    claims : mapping of str to Estimate
        By label, from above: hazard, odds or risk ratios with a printed interval or without.
    null : float, default 1.0
        Where no effect lies.
    ax : matplotlib.axes.Axes, optional

    Raises
    ------
    InputError
        If there is no claim with a printed ratio above 0.

    Examples
    --------
    >>> import trialstats as ts
    >>> trial = ts.load_trial("tamrad")
    >>> ax = plot_forest({"time to progression": trial.claim("ttp-hr"), "overall survival": trial.claim("os-hr")})
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['time to progression', 'overall survival']
    """
    shown = {label: claim for label, claim in claims.items() if (place_of(claim.value, claim) or 0.0) > 0.0}
    if not shown:
        raise InputError("There is nothing to show: no claim has a printed ratio above 0.")
    ax = new_axes(ax, 4.6 + 0.075 * max(map(len, shown)), 0.9 + 0.42 * len(shown))
    ends = [null]
    for k, claim in enumerate(shown.values()):
        spread = claim.interval
        parts = (spread.lower if spread else None, claim.value, spread.upper if spread else None)
        places = [place_of(number, claim) for number in parts]
        at = [value for value in places if value is not None and value > 0.0]
        ends += at
        ax.plot([min(at), max(at)], [k, k], color=COLOURS[0], linewidth=1.4, solid_capstyle="butt", zorder=3)
        for number, value in zip(parts, places, strict=True):
            if number is None or value is None or value <= 0.0:
                continue
            low, high = number.float_range()
            middle = number is claim.value
            ax.fill_betweenx([k - 0.24, k + 0.24], max(low, 0.5 * value), high, color=COLOURS[1], alpha=0.3,
                             linewidth=0, zorder=2)  # fmt: skip
            ax.plot([value], [k], color=COLOURS[0], marker="s" if middle else "|", markersize=5 if middle else 7,
                    markeredgewidth=1.2, zorder=4)  # fmt: skip
        ax.annotate(_ratio_words(claim), (1.0, k), xycoords=("axes fraction", "data"), xytext=(6.0, 0.0), va="center",
                    textcoords="offset points", fontsize=SMALL, color=INK, annotation_clip=False)  # fmt: skip
    ax.axvline(null, color=FAINT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    ax.set_xscale("log")
    ax.set_xlim(min(ends) / 1.35, max(ends) * 1.25)
    _ratio_ticks(ax)
    ax.set_yticks(range(len(shown)), list(shown))
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.set_xlabel("ratio, on the log scale; bands: what the printed digits leave open", fontsize=SMALL, color=INK)
    bare(ax, "left")
    ax.tick_params(axis="y", length=0)
    return ax


def _ratio_words(claim: Estimate) -> str:
    spread = claim.interval
    words = "" if claim.value is None else claim.value.text
    if spread is not None and spread.lower is not None and spread.upper is not None:
        words += f" ({spread.lower.text} to {spread.upper.text})"
    return words


def _ratio_ticks(ax: Axes) -> None:
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    low, high = ax.get_xlim()
    shown = [tick for tick in _TICKS if low <= tick <= high]
    ax.xaxis.set_major_locator(FixedLocator(shown))
    ax.xaxis.set_major_formatter(FixedFormatter([f"{tick:g}" for tick in shown]))
    ax.xaxis.set_minor_locator(NullLocator())


def plot_ratio_region(
    explanations: Explanations,
    *,
    p_lines: Sequence[float] | None = None,
    title: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw every estimate and standard error on the log scale that print a ratio with its interval.

    The printed digits bound a convex polygon. Along the dotted lines the two-sided Wald P value is the same, so that
    the lines on either side of the polygon are the P values that cannot stand beside this interval.

    Parameters
    ----------
    explanations : Explanations
        What `explain_ratio` found.
    p_lines : sequence of float, optional
        P values whose lines are drawn where they come into view; by default round ones.
    title : str, optional
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
        The ratio along the log scale, the standard error of its logarithm upwards; on the right the smallest number of
        events that leaves such a standard error, 4/SE².

    Raises
    ------
    InputError
        If no symmetric interval on the log scale prints the numbers, or they were not those of a ratio.

    Examples
    --------
    >>> import trialstats as ts
    >>> ax = plot_ratio_region(ts.explain_ratio("0.54", ("0.37", "0.79")), title="PFS")
    >>> [text.get_text() for text in ax.texts]
    ['P = .001', 'P = .002']
    """
    vertices = np.array(explanations.extra.get("vertices", ()), dtype=np.float64).reshape(-1, 2)
    if len(vertices) < 3:
        raise InputError("There is nothing to show: no symmetric interval on the log scale prints these numbers.")
    ax = new_axes(ax, 3.6, 3.4)
    (left, bottom), (right, top) = vertices.min(axis=0), vertices.max(axis=0)
    across, up = max(right - left, 1e-4), max(top - bottom, 1e-4)
    ax.set_xlim(left - 0.35 * across, right + 0.65 * across)  # on the right there is room for the labels of the lines
    ax.set_ylim(max(0.0, bottom - 0.45 * up), top + 0.35 * up)
    ax.fill(*vertices.T, facecolor=COLOURS[0], alpha=0.22, linewidth=0, zorder=2)
    ax.plot(*np.vstack([vertices, vertices[:1]]).T, color=COLOURS[0], linewidth=1.4, zorder=3)
    lines = _round_p_values(ax) if p_lines is None else list(p_lines)
    for p in lines:
        _line_of_equal_p(ax, p, powers=min(lines) < _POWERS_BELOW)
    ticks = _round_numbers(*map(math.exp, ax.get_xlim()))
    ax.set_xticks([math.log(tick) for tick in ticks], [f"{tick:.3g}" for tick in ticks])
    ax.set_xlabel("ratio (log scale)", fontsize=SMALL, color=INK)
    ax.set_ylabel("standard error of its log", fontsize=SMALL, color=INK)
    ax.set_title(title, fontsize=SMALL + 1, color=INK, loc="left")
    bare(ax)
    _events_axis(ax)
    return ax


def _round_p_values(ax: Axes) -> list[float]:
    """Return P values of one digit whose lines cross the picture: every digit, or 1, 2 and 5 where those are many."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    if left * right <= 0.0 or bottom <= 0.0:
        return [0.05]
    near, far = sorted((abs(left), abs(right)))
    low, high = (math.erfc(size / se / math.sqrt(2.0)) for size, se in ((far, bottom), (near, top)))
    exponents = range(math.floor(math.log10(max(low, 1e-300))), math.ceil(math.log10(high)) + 1)
    seen = [(digit, p) for k in exponents for digit in range(1, 10) if low < (p := digit * 10.0**k) < min(high, 1.0)]
    return [p for digit, p in seen if len(seen) <= 5 or digit in (1, 2, 5)]


_POWERS_BELOW = 1e-4
"""Where a picture has a smaller P value, all its P values are written with powers of ten."""
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _p_words(p: float, *, powers: bool) -> str:
    if not powers:
        return f"P = {p:.5f}".rstrip("0").replace("0.", ".")
    digits, _, exponent = f"{p:.1e}".partition("e")
    return f"P = {digits.removesuffix('.0')}×10{str(int(exponent)).translate(_RAISED)}"


def _line_of_equal_p(ax: Axes, p: float, *, powers: bool = False) -> None:
    """Draw where the two-sided Wald P value is p, if that comes into view: a line through the origin."""
    slope = 1.0 / NormalDist().inv_cdf(1.0 - p / 2.0)
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    x = np.array([end for end in (left, right) if left * right > 0.0] or [left, 0.0, right])
    y = slope * np.abs(x)
    margin = 0.06 * (top - bottom)  # a line that only cuts a corner is not worth its label
    if y.max() <= bottom + margin or y.min() >= top - margin:
        return
    ax.plot(x, y, color=COLOURS[1], linewidth=1.0, linestyle=(0, (1, 1.4)), zorder=1)
    seen = [(float(a), float(b)) for a, b in zip(x, y, strict=True) if bottom < b < top]
    # Where the line leaves the picture: at a side, or through the top or the bottom.
    for (x0, y0), (x1, y1) in pairwise(zip(x, y, strict=True)):
        crossed = [level for level in (bottom, top) if min(y0, y1) < level < max(y0, y1)]
        seen += [(float(x0 + (level - y0) / (y1 - y0) * (x1 - x0)), level) for level in crossed]
    at = max(seen)
    # On a ground of its own: no line is drawn through a label.
    ground = {"facecolor": ax.get_facecolor(), "edgecolor": "none", "pad": 0.8}
    ax.annotate(_p_words(p, powers=powers), at, xytext=(-2.0, 3.0), textcoords="offset points", fontsize=SMALL - 1,
                color=COLOURS[1], ha="right", va="bottom", annotation_clip=True, bbox=ground, zorder=4)  # fmt: skip


def _round_numbers(low: float, high: float, smallest: float = 0.0) -> list[float]:
    """Return at least three round numbers within a narrow span, no closer together than the smallest step."""
    step = 10.0 ** math.floor(math.log10(high - low))
    for size in (size for size in (1.0, 0.5, 0.2, 0.1) if size * step >= smallest * 0.999):
        first, last = math.ceil(low / (size * step)), math.floor(high / (size * step))
        if last - first >= 2:
            return [k * size * step for k in range(first, last + 1)]
    return [float(one) for one in range(math.ceil(low), math.floor(high) + 1)] if smallest else [low, high]


def _events_axis(ax: Axes) -> None:
    """Label the right side with the events that a standard error needs at least."""
    bottom, top = ax.get_ylim()
    side = ax.secondary_yaxis("right")
    many, few = 4.0 / max(bottom, 0.2 * top) ** 2, 4.0 / top**2
    ticks = _round_numbers(few, many, 1.0)
    side.set_yticks([math.sqrt(4.0 / tick) for tick in ticks], [f"{tick:g}" for tick in ticks])
    side.set_ylabel("events, at least", fontsize=SMALL, color=FAINT)
    side.tick_params(labelsize=SMALL - 1, colors=FAINT)
    side.spines["right"].set_visible(False)
