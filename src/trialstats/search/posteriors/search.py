"""The search for the Beta posteriors that print one summary: what it looks at, what it finds, what that is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from trialstats.catalogue import Catalogue, Convention, load_catalogue
from trialstats.explanations import Block, Explanation, Posterior, Search
from trialstats.intervals.interval import FloatArray
from trialstats.reported import Range, Reported, within
from trialstats.search.counts.ranges import Allowed, IntArray
from trialstats.search.limits import MOST_FOUND, MOST_SIMULATED
from trialstats.search.posteriors.candidates import KINDS, POINTS, Candidates, Summaries, Windows, inside
from trialstats.search.posteriors.priors import PRIORS
from trialstats.search.posteriors.simulation_error import least_share, likeliest_probability, print_probability
from trialstats.search.printed import PrintedInterval, digit_neighbours, priced, share
from trialstats.values import FrozenDict

_HARDLY = 1e-12
"""A probability from which on it is asked whether a print is rare among those of its posterior."""
_PIECE = 5_000
"""Posteriors whose sampling error is worked out together: each takes a few kilobytes meanwhile."""
_ROUNDING_OF_DRAWS = "nearest"
_ANYTHING = Range(-math.inf, math.inf, False, False)


@lru_cache(maxsize=64)
def summary_conventions(
    catalogue: Catalogue, points: tuple[str, ...], kinds: tuple[str, ...], level: float
) -> tuple[Convention, ...]:
    """Return every summary, kind of interval and rounding, cheapest first."""
    found = []
    for point, kind, rounding in product(points, kinds, catalogue.names("rounding")):
        parts = ("point", point), ("credible-kind", kind), ("rounding", rounding)
        found.append(priced(catalogue, *parts, point=point, kind=kind, rounding=rounding, level=level))
    return tuple(sorted(found, key=lambda one: one.cost))


def summary_of(one: Convention) -> tuple[str, str, str]:
    """Return what a posterior is summarised by: point, kind of interval, rounding."""
    return one.point or "", one.kind or "", one.rounding or ""


def chance_by_number(
    printed: PrintedInterval,
    found: Sequence[Explanation],
    explained: Callable[[str, Sequence[Reported], float], Sequence[bool]],
) -> float | None:
    """Return the share of one-digit neighbours explained at no higher cost than the first of what was found.

    ``explained`` tells it for all changed copies of one number at once, by its name, within a budget.
    """
    if not found:
        return None
    changed = ((name, tuple(digit_neighbours(number))) for name, number in printed.parts)
    return share(one for name, others in changed for one in explained(name, others, found[0].cost + 1e-9))


@dataclass(frozen=True, slots=True, order=True)
class PosteriorReading:
    """One way to reach a posterior: prior and data are confounded."""

    cost: float
    """Of the prior and of the class of the denominator."""
    prior: str
    x: int
    n: int
    allowed: str
    """Class of the denominator."""

    def __str__(self) -> str:
        return f"{self.x}/{self.n} with a {self.prior} prior"


@dataclass(frozen=True)
class PosteriorSearch(Search):
    """The search for the Beta posterior behind one printed summary."""

    printed: PrintedInterval
    allowed: Mapping[str, IntArray]
    """Denominators by class."""
    x: int | None = None
    level: float = 0.95
    priors: Mapping[str, tuple[float, float]] = PRIORS
    points: tuple[str, ...] = POINTS
    kinds: tuple[str, ...] = KINDS
    draws: tuple[int, ...] | None = None
    """Numbers of posterior draws whose sampling error may explain the claim; by default the catalogue's."""
    catalogue: Catalogue = load_catalogue()

    def __post_init__(self) -> None:
        object.__setattr__(self, "allowed", Allowed.of(self.allowed))
        object.__setattr__(self, "priors", FrozenDict(self.priors))

    # ---- What is printed, and what could print it --------------------------------------------------------------------
    @cached_property
    def _ranges(self) -> dict[str, dict[str, Range]]:
        return {rounding: {name: number.range(rounding) for name, number in self.printed.parts}
                for rounding in self.catalogue.names("rounding")}  # fmt: skip

    @cached_property
    def _hulls(self) -> dict[str, Range]:
        """For each printed number the widest range of any rounding."""
        return {
            name: Range(
                min(r[name].lower for r in self._ranges.values()), max(r[name].upper for r in self._ranges.values())
            )
            for name, _ in self.printed.parts
        }

    @cached_property
    def candidates(self) -> Candidates:
        """All posteriors of the menus that may print the claim, or a copy of it with one number changed."""
        return Candidates.of(self.allowed, self.x, self.priors, self.level, Windows(self._hulls, self.level))

    @cached_property
    def every_candidate(self) -> Candidates:
        """All posteriors of the menus, however far from the printed numbers."""
        return Candidates.of(self.allowed, self.x, self.priors, self.level)

    @cached_property
    def _near(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Posteriors near the printed estimate, and those near both printed bounds."""
        hulls = self._hulls
        none = np.zeros(self.candidates.a.shape, dtype=bool)
        estimate, bounds = none, none
        if "estimate" in hulls:
            estimate = self.candidates.near_estimate(hulls["estimate"], self.points)
        if "lower" in hulls or "upper" in hulls:
            bounds = self.candidates.near_bounds(hulls.get("lower", _ANYTHING), hulls.get("upper", _ANYTHING))
        return estimate, bounds

    @cached_property
    def _core(self) -> Summaries:
        """Summaries of the posteriors that can print the claim."""
        estimate, bounds = self._near
        wanted = estimate & bounds if "estimate" in self._hulls and len(self._hulls) > 1 else estimate | bounds
        return self.candidates.summaries(wanted, self.points, self.kinds)

    @cached_property
    def _around(self) -> Summaries:
        """Summaries of the posteriors that can print all but one of the printed numbers."""
        estimate, bounds = self._near
        wanted = estimate | bounds if len(self._hulls) > 1 else np.ones(estimate.shape, dtype=bool)
        return self.candidates.summaries(wanted, self.points, self.kinds)

    # ---- Costs -------------------------------------------------------------------------------------------------------
    @property
    def conventions(self) -> tuple[Convention, ...]:
        """Every summary, kind of interval and rounding, cheapest first."""
        return summary_conventions(self.catalogue, self.points, self.kinds, self.level)

    @cached_property
    def _row_costs(self) -> FloatArray:
        """Of each row of the candidates: its prior and its class of denominators."""
        menu = self.catalogue.kinds["prior"]
        dearest = max(one.cost for one in menu.values())
        priors = np.array([menu[name].cost if name in menu else dearest for name in self.priors])
        allowed = np.array([self.catalogue.cost("allowed-n", name) for name in self.allowed])
        return np.asarray(priors[self.candidates.prior] + allowed[self.candidates.allowed])

    @cached_property
    def _least_costs(self) -> FloatArray:
        """Of each posterior: its cheapest row."""
        least = np.full(self.candidates.a.shape, np.inf)
        np.minimum.at(least, self.candidates.which, self._row_costs)
        return least

    def _draw_counts(self) -> tuple[tuple[int, float], ...]:
        """Numbers of draws and their costs; a number that the caller states costs nothing."""
        if self.draws is not None:
            return tuple((count, 0.0) for count in self.draws)
        return tuple((int(name), self.catalogue.cost("draws", name)) for name in self.catalogue.names("draws"))

    # ---- Explanations ------------------------------------------------------------------------------------------------
    @cached_property
    def found(self) -> tuple[Explanation, ...]:
        """Every explanation, cheapest first; those that share posterior, summary and rounding are one.

        Sampling error of posterior draws is considered only where nothing ordinary prints the claim. Priors that are
        not on the menu are looked at by `informative_prior.AnyPriorSearch`.
        """
        found = list(islice(self._exact(), MOST_FOUND))
        if not any(one.ordinary for one in found):
            found += islice(self._simulated(), MOST_FOUND - len(found))
        if len(found) >= MOST_FOUND:
            self._left_out.append(f"less usual summaries, beyond {MOST_FOUND:,} explanations")
        return tuple(sorted(found, key=lambda one: (one.cost, one.n or 0, one.x or 0)))

    def blocks(self) -> Iterator[Block]:
        """Yield every explanation, cheapest first."""
        return map(Block.single, self.found)

    @property
    def not_searched(self) -> tuple[str, ...]:
        """What was left out, where very many posteriors come near the printed numbers."""
        _ = self.found
        return tuple(self._left_out)

    @cached_property
    def _left_out(self) -> list[str]:
        return []

    def _exact(self) -> Iterator[Explanation]:
        near = self._core
        for convention in self.conventions:
            point, kind, rounding = summary_of(convention)
            ranges = self._ranges[rounding]
            lower, upper = near.limits[kind]
            ok = inside(ranges.get("estimate"), near.points[point])
            ok &= ~np.isnan(near.points[point])
            ok &= inside(ranges.get("lower"), lower) & inside(ranges.get("upper"), upper)
            for k in np.flatnonzero(ok).tolist():
                yield self._explanation(near, k, convention)

    def _readings(self, posterior: int) -> list[PosteriorReading]:
        table, priors, allowed = self.candidates, tuple(self.priors), tuple(self.allowed)
        rows = table.rows_of(posterior)
        columns = (self._row_costs, table.prior, table.x, table.n, table.allowed)
        return sorted(
            PosteriorReading(cost, priors[prior], x, n, allowed[group])
            for cost, prior, x, n, group in zip(*(column[rows].tolist() for column in columns), strict=True)
        )

    def readings_of(self, one: Explanation) -> tuple[PosteriorReading, ...]:
        """Return every prior and data of the menus that lead to the posterior of an explanation, cheapest first."""
        assert one.a is not None and one.b is not None
        posterior = self.candidates.position(one.a, one.b)
        return () if posterior is None else tuple(self._readings(posterior))

    def _explanation(
        self, near: Summaries, k: int, summary: Convention, draws: int | None = None,
        probability: float | None = None, extra: float = 0.0,
    ) -> Explanation:  # fmt: skip
        posterior = int(near.index[k])
        readings = self._readings(posterior)
        best = readings[0]
        point, kind, _ = summary_of(summary)
        usual = best.prior in self.catalogue.kinds["prior"] and self.catalogue.is_ordinary("prior", best.prior)
        convention = replace(
            summary,
            prior=best.prior,
            allowed=best.allowed,
            cost=best.cost + summary.cost + extra,
            ordinary=summary.ordinary
            and draws is None
            and usual
            and self.catalogue.is_ordinary("allowed-n", best.allowed),
        )
        a, b = float(self.candidates.a[posterior]), float(self.candidates.b[posterior])
        same = tuple(dict.fromkeys(str(reading) for reading in readings))
        witness = Posterior(a, b, best.x, best.n, same, draws, probability)
        lower, upper = near.limits[kind]
        return Explanation(witness, convention, float(near.points[point][k]), float(lower[k]), float(upper[k]))

    # ---- Sampling error of posterior draws ---------------------------------------------------------------------------
    @cached_property
    def _within_draws(self) -> Summaries:
        """Summaries of the posteriors so near that the fewest draws might print the claim."""
        counts = [count for count, _ in self._draw_counts()]
        table = self.candidates
        points = tuple(point for point in self.points if point != "mode")
        if not counts or not points or "equal-tailed" not in self.kinds:
            return table.summaries(np.zeros(table.a.shape, dtype=bool), points, ("equal-tailed",))
        scale = 1.0 / math.sqrt(min(counts))
        mean = table.a / (table.a + table.b)
        sd = np.sqrt(mean * (1.0 - mean) / (table.a + table.b + 1.0))
        near = np.ones(table.a.shape, dtype=bool)
        if "estimate" in self._hulls:
            hull = self._hulls["estimate"]
            # A mean needs four standard errors; a median has a wider one and may lie off the mean.
            reach = sd * (4.2 * scale if points == ("mean",) else 1.0)
            near &= (mean >= float(hull.lower) - reach) & (mean <= float(hull.upper) + reach)
        elif len(self._hulls) == 2:
            near &= (mean >= float(self._hulls["lower"].lower) - sd) & (mean <= float(self._hulls["upper"].upper) + sd)
        if "lower" in self._hulls and "upper" in self._hulls:
            # Each limit of draws within three standard errors of its tail.
            tail = (1.0 - self.level) / 2.0
            near &= table.near_bounds(
                self._hulls["lower"], self._hulls["upper"], 6.0 * math.sqrt(tail * (1.0 - tail)) * scale
            )
        if np.count_nonzero(near) > MOST_SIMULATED:
            self._left_out.append(f"sampling error of draws from {np.count_nonzero(near):,} posteriors")
            near[:] = False
        return table.summaries(near, points, ("equal-tailed",))

    @property
    def _of_draws(self) -> Iterator[Convention]:
        """The summaries whose sampling error is known."""
        return (
            one
            for one in self.conventions
            if one.rounding == _ROUNDING_OF_DRAWS and one.kind == "equal-tailed" and one.point != "mode"
        )

    def _simulated(self) -> Iterator[Explanation]:
        near = self._within_draws
        if not near.index.size:
            return
        ranges = self._ranges[_ROUNDING_OF_DRAWS]
        exact_limits = near.limits["equal-tailed"]
        for convention in self._of_draws:
            point = convention.point or ""
            exact = inside(ranges.get("estimate"), near.points[point])
            exact &= inside(ranges.get("lower"), exact_limits[0]) & inside(ranges.get("upper"), exact_limits[1])
            for draws, cost in self._draw_counts():
                probability = self._probability(near.index, point, draws, ranges)
                probability[exact] = 0.0
                for k in self._likely(near.index, probability, point, draws, ranges).tolist():
                    p = float(probability[k])
                    yield self._explanation(near, k, convention, draws, p, cost - math.log2(p))

    def _probability(
        self, posteriors: IntArray, point: str, draws: int, ranges: Mapping[str, Range]
    ) -> FloatArray:  # fmt: skip
        a, b = self.candidates.a[posteriors], self.candidates.b[posteriors]
        found = [
            print_probability(a[k : k + _PIECE], b[k : k + _PIECE], ranges, draws=draws, point=point, level=self.level)
            for k in range(0, max(a.size, 1), _PIECE)
        ]
        return np.concatenate(found)

    def _likely(
        self, posteriors: IntArray, probability: FloatArray, point: str, draws: int, ranges: Mapping[str, Range]
    ) -> NDArray[np.intp]:  # fmt: skip
        """Return which posteriors print the claim no more rarely than 1 in 1,000 of their prints is printed."""
        some = np.flatnonzero(probability >= _HARDLY)
        return some[probability[some] >= self._least(posteriors[some], point, draws, ranges)]

    def _least(self, posteriors: IntArray, point: str, draws: int, ranges: Mapping[str, Range]) -> FloatArray:
        """Return the probability from which on a print is within the sampling error of the draws of each posterior.

        It is relative to the likeliest print: with many digits each print is rare.
        """
        a, b = self.candidates.a[posteriors], self.candidates.b[posteriors]
        return least_share(len(ranges)) * likeliest_probability(
            a, b, ranges, draws=draws, point=point, level=self.level
        )

    # ---- What an explanation is worth --------------------------------------------------------------------------------
    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        return chance_by_number(self.printed, self.found, self.neighbours_explained)

    def neighbours_explained(self, name: str, neighbours: Sequence[Reported], budget: float) -> list[bool]:
        """Return which changed copies of one number, beside the others as printed, something within budget explains."""
        near = self._around
        base = self._least_costs[near.index]
        cheapest = float(base.min(initial=math.inf))
        explained = np.zeros(len(neighbours), dtype=bool)
        ranges_of: dict[str, FloatArray] = {}
        for convention in self.conventions:
            if convention.cost + cheapest > budget:
                break  # cheapest first
            point, kind, rounding = summary_of(convention)
            lower, upper = near.limits[kind]
            values = {"estimate": near.points[point], "lower": lower, "upper": upper}
            ok = (base + convention.cost <= budget) & ~np.isnan(values["estimate"])
            for other, limits in self._ranges[rounding].items():
                if other != name:
                    ok &= inside(limits, values[other])
            if ok.any():
                if rounding not in ranges_of:
                    ends = [neighbour.range(rounding).guarded() for neighbour in neighbours]
                    ranges_of[rounding] = np.array(ends)[:, :, np.newaxis]
                got = values[name][ok]
                low, high = ranges_of[rounding][:, 0], ranges_of[rounding][:, 1]
                explained |= within(got, (low, high)).any(axis=1)
        return self._neighbours_simulated(name, neighbours, budget, explained)

    def _neighbours_simulated(
        self, name: str, neighbours: Sequence[Reported], budget: float, explained: NDArray[np.bool_]
    ) -> list[bool]:  # fmt: skip
        counts = self._draw_counts()
        base = float(self._least_costs.min(initial=math.inf))
        for convention in self._of_draws:
            point = convention.point or ""
            for draws, cost in counts:
                if base + convention.cost + cost > budget:
                    continue
                near = self._within_draws
                costs = self._least_costs[near.index] + convention.cost + cost
                every = self._ranges[_ROUNDING_OF_DRAWS]
                rest = {other: values for other, values in every.items() if other != name}
                # The probability of all printed numbers but the changed one is the most that any neighbour can have.
                keep = costs <= budget
                most = self._probability(near.index[keep], point, draws, rest)
                least = self._least(near.index[keep], point, draws, every)
                enough = most >= np.maximum(np.maximum(least, _HARDLY), 2.0 ** (costs[keep] - budget))
                keep[keep], least = enough, least[enough]
                if not keep.any():
                    continue
                for i in np.flatnonzero(~explained).tolist():
                    ranges = {**rest, name: neighbours[i].range(_ROUNDING_OF_DRAWS)}
                    p = self._probability(near.index[keep], point, draws, ranges)
                    with np.errstate(divide="ignore"):
                        total = np.where(p >= np.maximum(least, _HARDLY), costs[keep] - np.log2(p), np.inf)
                    explained[i] = bool((total <= budget).any())
        return [bool(one) for one in explained]
