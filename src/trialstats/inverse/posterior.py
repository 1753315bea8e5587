"""Beta posteriors behind a printed posterior estimate and credible interval.

Prior and data are confounded: (prior, x, n) that share a posterior are one explanation with
several readings, the cheapest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from trialstats.conventions import Catalogue, load_catalogue
from trialstats.errors import InputError, UnknownNameError
from trialstats.findings import Block, Explanation, Explanations
from trialstats.intervals.beta import Beta
from trialstats.intervals.interval import FloatArray
from trialstats.intervals.superiority import prob_greater
from trialstats.inverse.printed import PrintedInterval, as_level, chance_of, total_cost
from trialstats.reported import GUARD, Range, Reported

__all__ = ["POINTS", "PRIORS", "PosteriorSearch", "explain_posterior", "superiority"]

PRIORS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"uniform": (1.0, 1.0), "jeffreys": (0.5, 0.5), "haldane": (0.0, 0.0), "beta(2, 2)": (2.0, 2.0)}
)
"""Priors that a trial with one proportion may use without saying so."""
POINTS = ("mean", "median", "mode")
KINDS = ("equal-tailed", "hdi")


@dataclass(frozen=True)
class PosteriorSearch:
    """The search for the Beta posterior behind one printed summary.

    Attributes
    ----------
    printed : PrintedInterval
    allowed : mapping of str to ndarray
        Denominators by class.
    x : int or None
    level : float
    priors : mapping of str to (float, float)
    points, kinds : tuple of str
    catalogue : Catalogue
    """

    printed: PrintedInterval
    allowed: Mapping[str, NDArray[np.int64]]
    x: int | None = None
    level: float = 0.95
    priors: Mapping[str, tuple[float, float]] = field(default_factory=lambda: PRIORS)
    points: tuple[str, ...] = POINTS
    kinds: tuple[str, ...] = KINDS
    catalogue: Catalogue = load_catalogue()

    @cached_property
    def _ranges(self) -> dict[str, dict[str, Range]]:
        return {rounding: {name: number.range(rounding) for name, number in self.printed.parts}
                for rounding in self.catalogue.names("rounding")}  # fmt: skip

    @cached_property
    def found(self) -> tuple[Explanation, ...]:
        """Every explanation, cheapest first; those that share posterior, summary and rounding are one."""
        merged: dict[tuple[object, ...], list[tuple[float, str, Explanation]]] = {}
        for allowed, n_values in self.allowed.items():
            n, x = _all_counts(n_values, self.x)
            for prior, (a0, b0) in self.priors.items():
                inside = (x + a0 > 0) & (n - x + b0 > 0)
                for one in self._explain(x[inside], n[inside], prior, allowed):
                    key = (one.a, one.b, one.point, one.kind, one.rounding)
                    reading = f"{one.x}/{one.n} with a {prior} prior"
                    merged.setdefault(key, []).append((one.cost, reading, one))
        best = []
        for readings in merged.values():
            readings.sort(key=lambda reading: reading[:2])
            best.append(replace(readings[0][2], readings=tuple(words for _, words, _ in readings)))
        return tuple(sorted(best, key=lambda one: (one.cost, one.n or 0, one.x or 0)))

    def _explain(
        self, x: NDArray[np.int64], n: NDArray[np.int64], prior: str, allowed: str
    ) -> Iterator[Explanation]:  # fmt: skip
        a0, b0 = self.priors[prior]
        if not x.size:
            return
        everything = Beta(x + a0, n - x + b0)
        for point in self.points:
            keep = (everything.a > 1) & (everything.b > 1) if point == "mode" else np.ones(x.shape, dtype=bool)
            values = np.full(x.shape, np.nan)
            if keep.any():
                values[keep] = getattr(Beta(everything.a[keep], everything.b[keep]), point)()
            near = np.zeros(x.shape, dtype=bool)
            for ranges in self._ranges.values():
                near |= _inside(ranges.get("estimate"), values)
            if not near.any():
                continue
            beta = Beta(everything.a[near], everything.b[near])
            for kind in self.kinds:
                lower, upper = beta.interval(self.level) if kind == "equal-tailed" else beta.hdi(self.level)
                for rounding, ranges in self._ranges.items():
                    ok = _inside(ranges.get("estimate"), values[near])
                    ok &= _inside(ranges.get("lower"), lower) & _inside(ranges.get("upper"), upper)
                    if ok.any():
                        cost, ordinary = self._cost(prior, point, kind, rounding, allowed)
                        for k in np.flatnonzero(ok).tolist():
                            yield Explanation(
                                cost=cost,
                                ordinary=ordinary,
                                allowed=allowed,
                                x=int(x[near][k]),
                                n=int(n[near][k]),
                                rounding=rounding,
                                level=self.level,
                                estimate=float(values[near][k]),
                                lower=float(lower[k]),
                                upper=float(upper[k]),
                                a=float(beta.a[k]),
                                b=float(beta.b[k]),
                                prior=prior,
                                point=point,
                                kind=kind,
                            )

    def _cost(self, prior: str, point: str, kind: str, rounding: str, allowed: str) -> tuple[float, bool]:
        parts = [("point", point), ("credible-kind", kind), ("rounding", rounding), ("allowed-n", allowed)]
        cost, ordinary = total_cost(self.catalogue, *parts)
        if prior in self.catalogue.kinds["prior"]:
            return cost + self.catalogue.cost("prior", prior), ordinary and self.catalogue.is_ordinary("prior", prior)
        return cost + max(one.cost for one in self.catalogue.kinds["prior"].values()), False

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        if not self.found:
            return None

        def explained(printed: PrintedInterval) -> bool:
            search = replace(self, printed=printed)
            return bool(search.found) and search.found[0].cost <= self.found[0].cost + 1e-9

        return chance_of(self.printed.neighbours(), explained)

    def explanations(self) -> Explanations:
        """Return all explanations, made when first looked at."""
        return Explanations(lambda: [Block.single(one) for one in self.found], chance=self.chance)


def _all_counts(n_values: NDArray[np.int64], x: int | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    if x is not None:
        n = n_values[n_values >= x]
        return n, np.full(n.shape, x, dtype=np.int64)
    n = np.repeat(n_values, n_values + 1)
    starts = np.repeat(np.cumsum(n_values + 1) - (n_values + 1), n_values + 1)
    return n, np.arange(n.size, dtype=np.int64) - starts


def _inside(values: Range | None, computed: FloatArray) -> NDArray[np.bool_]:
    if values is None:
        return np.ones(computed.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        return np.asarray((computed >= float(values.lower) - GUARD) & (computed <= float(values.upper) + GUARD))


def superiority(
    first: Sequence[Explanation], second: Sequence[Explanation]
) -> list[tuple[Explanation, Explanation, float]]:
    """Return P(first > second) for every pair of posteriors made under one prior, summary and kind of interval.

    Parameters
    ----------
    first, second : sequence of Explanation
        Of the two printed summaries, cheapest first.

    Returns
    -------
    list of (Explanation, Explanation, float)
        Cheapest pair first; posteriors that several roundings share come once, with the cheapest.
    """

    def shared(found: Sequence[Explanation]) -> dict[tuple[object, ...], dict[tuple[float, float], Explanation]]:
        table: dict[tuple[object, ...], dict[tuple[float, float], Explanation]] = {}
        for one in found:
            assert one.a is not None and one.b is not None
            table.setdefault((one.prior, one.point, one.kind), {}).setdefault((one.a, one.b), one)
        return table

    one_side, other_side = shared(first), shared(second)
    pairs = [
        (left, right)
        for key in one_side.keys() & other_side.keys()
        for left in one_side[key].values()
        for right in other_side[key].values()
    ]
    if not pairs:
        return []
    lefts, rights = Beta(*_parameters(left for left, _ in pairs)), Beta(*_parameters(right for _, right in pairs))
    chances = np.atleast_1d(prob_greater(lefts, rights))
    found = [(left, right, float(p)) for (left, right), p in zip(pairs, chances, strict=True)]
    return sorted(found, key=lambda pair: (pair[0].cost + pair[1].cost, pair[0].a, pair[1].a))


def _parameters(found: Iterator[Explanation]) -> tuple[list[float], list[float]]:
    pairs = [(one.a or 0.0, one.b or 0.0) for one in found]
    return [a for a, _ in pairs], [b for _, b in pairs]


def explain_posterior(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    n: int | Sequence[int] | None = None,
    x: int | None = None,
    n_max: int = 200,
    priors: Mapping[str, tuple[float, float]] | Sequence[str] | None = None,
    point: str = "any",
    kind: str = "any",
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all counts and priors whose Beta posterior prints an estimate and its credible interval.

    Parameters
    ----------
    estimate : str or Reported or None
        Posterior mean, median or mode as printed.
    interval : pair of str or Reported, optional
        Credible bounds as printed; either may be None.
    n : int or sequence of int, optional
        Denominator where known, or several to choose from.
    x : int, optional
        Count where known.
    n_max : int, default 200
        Largest denominator to try where ``n`` is not given.
    priors : mapping of str to (a, b), or sequence of names of `PRIORS`, optional
        Priors to try; by default all of `PRIORS`.
    point : {"any", "mean", "median", "mode"}
    kind : {"any", "equal-tailed", "hdi"}
    level : str or float, optional
        Credible level, ``"95%"`` by default.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Items have ``.a .b .x .n .prior .point .kind .readings .cost``.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If n < 1, a prior parameter is negative, or the level is no level.
    UnknownNameError
        If a prior, point or kind is not on its menu.

    Examples
    --------
    >>> best = explain_posterior("72%", ("55%", "87%"), n=27)[0]
    >>> best.a, best.b, best.x, best.prior
    (21.0, 8.0, 20, 'uniform')
    """
    printed = PrintedInterval.of(estimate, interval, "a posterior")
    sizes = [n] if isinstance(n, int) else list(n) if n is not None else []
    if any(size < 1 for size in sizes) or n_max < 1:
        raise InputError(f"n must be at least 1, got {n if sizes else n_max}.")
    if x is not None and (x < 0 or (sizes and x > max(sizes))):
        raise InputError(f"x must be between 0 and n, got {x}.")
    if priors is None:
        table = PRIORS
    elif isinstance(priors, Mapping):
        table = priors
        for name, (a, b) in table.items():
            if a < 0 or b < 0:
                raise InputError(f"The parameters of prior {name!r} must not be negative, got ({a:g}, {b:g}).")
    else:
        for name in priors:
            if name not in PRIORS:
                raise UnknownNameError("prior", name, PRIORS)
        table = {name: PRIORS[name] for name in priors}
    for what, given, menu in (("point", point, POINTS), ("kind", kind, KINDS)):
        if given != "any" and given not in menu:
            raise UnknownNameError(what, given, (*menu, "any"))
    allowed = {"stated": np.array(sorted(set(sizes)))} if sizes else {"any": np.arange(1, n_max + 1)}
    search = PosteriorSearch(
        printed,
        allowed,
        x=x,
        level=as_level(level),
        priors=table,
        points=POINTS if point == "any" else (point,),
        kinds=KINDS if kind == "any" else (kind,),
        catalogue=catalogue or load_catalogue(),
    )
    return search.explanations()
