"""Pictures of posteriors, of the priors that print a summary, and of a probability of superiority."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from trialstats.claims.model import Estimate
from trialstats.errors import InputError
from trialstats.explanations import Explanation
from trialstats.figures.style import COLOURS, FAINT, INK, SMALL, bare, new_axes, percent_axis, place_of
from trialstats.intervals.beta import Beta
from trialstats.intervals.superiority import prob_greater
from trialstats.reported import Reported

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_NAMED_PRIORS = {"Haldane": (0.0, 0.0), "Jeffreys": (0.5, 0.5), "uniform": (1.0, 1.0), "Beta(2, 2)": (2.0, 2.0)}


def plot_posteriors(
    posteriors: Mapping[str, Beta],
    reported: Mapping[str, Estimate] | None = None,
    *,
    kind: str = "equal-tailed",
    level: float = 0.95,
    ax: Axes | None = None,
) -> Axes:
    """Draw posterior densities with their intervals, and the reported numbers below them.

    Parameters
    ----------
    posteriors : mapping of str to Beta
        By label; scalar parameters.
    reported : mapping of str to Estimate, optional
        Claims whose printed estimate and bounds are marked, by the same labels.
    kind : {"equal-tailed", "hdi"}
    level : float, default 0.95
    ax : matplotlib.axes.Axes, optional

    Raises
    ------
    InputError
        If there is no posterior, or a reported label has none.
    """
    marks = dict(reported or {})
    if not isinstance(posteriors, Mapping) or not posteriors:
        raise InputError(f"Give posteriors by label, such as {{'first arm': Beta(21, 8)}}, got {posteriors!r}.")
    for label, one in posteriors.items():
        if not isinstance(one, Beta) or np.ndim(one.a):
            raise InputError(f"The posterior of {label!r} must be one Beta, such as Beta(21, 8), got {one!r}.")
    if set(marks) - set(posteriors):
        raise InputError(f"Each reported label needs a posterior, got {sorted(marks)} for {sorted(posteriors)}.")
    ax = new_axes(ax, 6.0, 3.4 + 0.2 * len(marks))
    grid = np.linspace(0.0, 1.0, 801)[1:-1]
    top = max(float(np.exp(posterior.logpdf(grid)).max()) for posterior in posteriors.values())
    row = 0.13 * top
    for k, (label, posterior) in enumerate(posteriors.items()):
        colour = COLOURS[k % len(COLOURS)]
        density = np.exp(posterior.logpdf(grid))
        lower, upper = posterior.interval(level) if kind == "equal-tailed" else posterior.hdi(level)
        inside = (grid >= lower) & (grid <= upper)
        ax.fill_between(grid[inside], density[inside], color=colour, alpha=0.16, linewidth=0)
        name = f"{label}: Beta({posterior.a:.4g}, {posterior.b:.4g})"
        ax.plot(grid, density, color=colour, linewidth=1.6, linestyle=("-", (0, (5, 1.5)))[k % 2], label=name)
        mean = posterior.mean()
        ax.plot([mean, mean], [0.0, float(np.exp(posterior.logpdf(mean)))], color=colour, linewidth=0.9, linestyle=":")
        if label in marks:
            _mark_reported(ax, marks[label], -row * (list(marks).index(label) + 0.75), colour)
    ax.axhline(0.0, color=INK, linewidth=0.8)
    if marks:
        ax.text(0.0, -row * (0.25 + len(marks) / 2), "reported", fontsize=SMALL, color=FAINT, va="center", ha="left",
                transform=ax.get_yaxis_transform())  # fmt: skip
    shown = [posterior.ppf([0.0005, 0.9995]) for posterior in posteriors.values()]
    ax.set_xlim(max(0.0, min(ends[0] for ends in shown) - 0.08), min(1.0, max(ends[1] for ends in shown) + 0.02))
    ax.set_ylim(-row * (len(marks) + 0.5) if marks else 0.0, 1.08 * top)
    percent_axis(ax)
    ax.set_yticks([])
    ax.set_xlabel("rate", fontsize=SMALL + 1, color=INK)
    ax.set_ylabel("posterior density", fontsize=SMALL + 1, color=INK)
    ax.yaxis.set_label_coords(-0.02, 0.58 if marks else 0.5)
    bare(ax, "left")
    ax.legend(frameon=False, fontsize=SMALL, loc="upper left", handlelength=2.4, borderaxespad=0.2)
    return ax


def _mark_reported(ax: Axes, claim: Estimate, height: float, colour: str) -> None:
    """Mark a printed estimate and its bounds at their printed values, with the digits as printed."""
    spread = claim.spread
    ends = [None, None] if spread is None else [spread.lower, spread.upper]
    places = [place_of(number, claim) for number in (ends[0], claim.value, ends[1])]
    low, centre, high = places
    if low is not None and high is not None:
        ax.plot([low, high], [height, height], color=colour, linewidth=1.2, solid_capstyle="butt")
    for place, number, side in ((low, ends[0], "right"), (high, ends[1], "left")):
        if place is not None and number is not None:
            ax.plot([place], [height], color=colour, marker="|", markersize=7, markeredgewidth=1.2)
            offset = (-5.0 if side == "right" else 5.0, 0.0)
            ax.annotate(number.text, (place, height), xytext=offset, textcoords="offset points", fontsize=SMALL,
                        color=colour, ha=side, va="center")  # fmt: skip
    if centre is not None and claim.value is not None:
        ax.plot([centre], [height], color=colour, marker="o", markersize=4.5)
        ax.annotate(claim.value.text, (centre, height), xytext=(0.0, 4.0), textcoords="offset points", fontsize=SMALL,
                    color=colour, ha="center", va="bottom")  # fmt: skip


def plot_feasible_priors(
    explanations: Iterable[Explanation],
    n: int,
    *,
    vertices: ArrayLike | None = None,
    largest: float | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the map of priors and counts that print one summary.

    One posterior is many readings: with one response more the prior holds one less. Each count therefore has its own
    patch in the plane of Beta(a, b) priors.

    Parameters
    ----------
    explanations : iterable of Explanation
        Of a posterior summary; their posteriors are shown as dots, once for each count.
    n : int
        Number of patients.
    vertices : array_like, optional
        The continuous region of posteriors as a polygon in (a, b), as `PosteriorRegion.vertices` gives it.
    largest : float, optional
        Largest a and b shown; by default as far as the readings go.
    ax : matplotlib.axes.Axes, optional

    Raises
    ------
    InputError
        If n is below 1, or there is nothing to show.
    """
    if n < 1:
        raise InputError(f"n must be at least 1, got {n}.")
    plain: dict[tuple[float, float], bool] = {}
    for one in explanations:
        if one.a is not None and one.b is not None:
            plain[one.a, one.b] = plain.get((one.a, one.b), False) or one.rounding in (None, "nearest")
    posteriors = sorted(plain)
    outline = None if vertices is None else np.asarray(vertices, dtype=np.float64).reshape(-1, 2)
    if not posteriors and (outline is None or not outline.size):
        raise InputError("There is nothing to show: no explanation has a posterior.")
    ax = new_axes(ax, 4.6, 4.5)
    corners = np.array(posteriors).reshape(-1, 2) if outline is None or not outline.size else outline
    counts = range(max(0, int(np.ceil(n - corners[:, 1].max()))), min(n, int(np.floor(corners[:, 0].max()))) + 1)
    limit = largest if largest is not None else float((corners.sum(axis=1)).max() - n) * 1.04
    limit = max(limit, 2.4)
    for k, x in enumerate(counts):
        colour = COLOURS[k % len(COLOURS)]
        shift = np.array([x, n - x])
        tips = []
        if outline is not None and outline.size:
            patch = _clipped(outline - shift)
            if len(patch):
                ax.fill(*patch.T, facecolor=colour, alpha=0.2, linewidth=0)
                ax.plot(*np.vstack([patch, patch[:1]]).T, color=colour, linewidth=0.9)
                tips.append(patch[int(patch[:, 0].argmax())])
        for filled in (True, False):
            dots = [
                (a - x, b - (n - x))
                for a, b in posteriors
                if plain[a, b] is filled and a >= x - 1e-9 and b >= n - x - 1e-9
            ]
            if dots:
                face = colour if filled else "white"
                ax.plot(*np.array(dots).T, linestyle="", marker="o", markersize=4.0, markerfacecolor=face,
                        markeredgecolor=colour, markeredgewidth=0.9, zorder=4)  # fmt: skip
                tips.append(np.array(max(dots)))
        if tips:
            tip = max(tips, key=lambda point: float(point[0]))
            if tip[0] <= limit and 0.0 <= tip[1] <= limit:
                ax.annotate(f"{x}/{n}", (float(tip[0]), float(tip[1])), xytext=(5.0, 3.0), textcoords="offset points",
                            fontsize=SMALL, color=colour, weight="bold", zorder=6)  # fmt: skip
    for name, (a, b) in _NAMED_PRIORS.items():
        ax.plot([a], [b], marker="D", markersize=4.6, color=INK, markeredgecolor="white", markeredgewidth=0.8, zorder=5)
        below = (6.0, -9.0) if b > 0 else (6.0, 4.0)
        ax.annotate(name, (a, b), xytext=below, textcoords="offset points", fontsize=SMALL, color=INK, zorder=6)
    if not all(plain.values()):
        ax.set_title("dots: priors of the grid; hollow: by another rounding", fontsize=SMALL, color=INK, loc="left")
    ax.set_xlim(-0.04 * limit, limit)
    ax.set_ylim(-0.04 * limit, limit)
    ax.set_aspect("equal")
    ax.set_xlabel("prior a", fontsize=SMALL + 1, color=INK)
    ax.set_ylabel("prior b", fontsize=SMALL + 1, color=INK)
    bare(ax)
    return ax


def _clipped(polygon: np.ndarray) -> np.ndarray:
    """Return the part of a polygon where both parameters are at least 0."""
    points = polygon
    for axis in (0, 1):
        kept: list[np.ndarray] = []
        for k in range(len(points)):
            one, other = points[k - 1], points[k]
            if (one[axis] >= 0) != (other[axis] >= 0):
                share = one[axis] / (one[axis] - other[axis])
                kept.append(one + share * (other - one))
            if other[axis] >= 0:
                kept.append(other)
        points = np.array(kept).reshape(-1, 2)
    return points


def plot_superiority(
    first: tuple[int, int],
    second: tuple[int, int],
    *,
    prior: tuple[float, float] = (1.0, 1.0),
    reported: str | Reported | None = None,
    labels: Sequence[str] = ("first arm", "second arm"),
    reach: int = 3,
    ax: Axes | None = None,
) -> Axes:
    """Draw how the probability of superiority varies with the two counts.

    Parameters
    ----------
    first, second : (int, int)
        Responses and patients of each arm.
    prior : (float, float)
        Beta prior of both arms.
    reported : str or Reported, optional
        The printed probability: counts that print it to the nearest digit are framed.
    labels : (str, str)
        Names of the arms.
    reach : int, default 3
        How many responses more and fewer are shown.
    ax : matplotlib.axes.Axes, optional

    Raises
    ------
    InputError
        If x is not a count of n, the reach is negative, or a prior parameter is not positive.
    """
    if reach < 0:
        raise InputError(f"reach must be at least 0, got {reach}.")
    for x, n in (first, second):
        if not (n >= 1 and 0 <= x <= n):
            raise InputError(f"x must be a count from 0 to n, got {x} and {n}.")
    ax = new_axes(ax, 4.8, 4.4)
    menus = [np.arange(max(0, x - reach), min(n, x + reach) + 1) for x, n in (first, second)]
    across, down = menus[0], menus[1]
    arms = Beta(prior[0], prior[1])
    p = np.asarray(prob_greater(arms.update(across[None, :], first[1]), arms.update(down[:, None], second[1])))
    ax.imshow(p, origin="lower", cmap="RdBu_r", vmin=-0.2, vmax=1.2, aspect="auto", alpha=0.8)
    printed = None if reported is None else (reported if isinstance(reported, Reported) else Reported(reported)).range()
    decimals = 1 if reported is None else 1 + max(0, len(str(reported).rstrip("%").partition(".")[2]))
    for i in range(down.size):
        for k in range(across.size):
            here = (int(across[k]), int(down[i])) == (first[0], second[0])
            ax.text(k, i, f"{100 * p[i, k]:.{decimals}f}", ha="center", va="center", fontsize=SMALL, color=INK,
                    weight="bold" if here else "normal")  # fmt: skip
            if printed is not None and printed.admits(float(p[i, k])):
                _frame(ax, k, i, 1.8)
    ax.set_xticks(range(across.size), [str(x) for x in across])
    ax.set_yticks(range(down.size), [str(x) for x in down])
    ax.set_xlabel(f"{labels[0]}: responses of {first[1]}", fontsize=SMALL + 1, color=INK)
    ax.set_ylabel(f"{labels[1]}: responses of {second[1]}", fontsize=SMALL + 1, color=INK)
    title = f"P({labels[0]} > {labels[1]}), %"
    if reported is not None:
        title += f"; framed: prints {reported}"
    ax.set_title(title, fontsize=SMALL + 1, color=INK, loc="left")
    ax.tick_params(labelsize=SMALL, colors=INK, length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    return ax


def _frame(ax: Axes, column: int, row: int, width: float) -> None:
    from matplotlib.patches import Rectangle

    box: Any = Rectangle((column - 0.46, row - 0.46), 0.92, 0.92, fill=False, edgecolor=INK, linewidth=width)
    ax.add_patch(box)
