"""Simon's two-stage designs: exact search for the optimal, the minimax and every admissible design."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from trialstats.designs.binomial_terms import SLACK, binomial_pmf, binomial_tail, check_two_rates, check_whole
from trialstats.designs.two_stage import TwoStageDesign
from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray


@dataclass(frozen=True, slots=True)
class SimonPlan:
    """One of Simon's designs with its exact operating characteristics.

    Attributes
    ----------
    design : TwoStageDesign
    type_1_error, power : float
        Probability of calling the treatment promising at p0 and at p1.
    stop_early, expected_n : float
        Probability of early termination and expected number of patients at p0.
    weight : tuple of float
        The design is best of all for a loss w n + (1 - w) EN with w between these two.
    """

    design: TwoStageDesign
    type_1_error: float
    power: float
    stop_early: float
    expected_n: float
    weight: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SimonDesigns:
    """Answer of `simon_designs`, with what was asked.

    Attributes
    ----------
    p0, p1, alpha, power : float
        As asked.
    admissible : tuple of SimonPlan
        Every design that is best for some weighting of n against EN, from minimax to optimal.
    """

    p0: float
    p1: float
    alpha: float
    power: float
    admissible: tuple[SimonPlan, ...]

    @property
    def minimax(self) -> SimonPlan:
        """Fewest patients in all, and among these the smallest expected number at p0."""
        return self.admissible[0]

    @property
    def optimal(self) -> SimonPlan:
        """Smallest expected number of patients at p0."""
        return self.admissible[-1]


def simon_designs(
    p0: float, p1: float, *, alpha: float = 0.05, power: float = 0.8, n_max: int | None = None
) -> SimonDesigns:
    """Return Simon's optimal and minimax designs, and the admissible ones between them.

    The search is exact and, unless `n_max` cuts it short, complete: a first stage of n1 patients can stop for futility
    with at most the probability that the power leaves room for, so EN has a lower bound for each n1 and n; the search
    ends at the n from which no bound is below the best EN found.

    Parameters
    ----------
    p0, p1, alpha, power
        As `single_stage_design` takes them.
    n_max : int, optional
        Largest number of patients in all. Without it at most 2,000 are tried.

    Returns
    -------
    SimonDesigns

    Raises
    ------
    InputError
        If a rate is out of range, or no design of up to `n_max` patients suffices.

    References
    ----------
    .. [1] Simon R. Optimal two-stage designs for phase II clinical trials. Control Clin Trials 1989;10:1-10.
    .. [2] Jung SH, Lee T, Kim KM, George SL. Admissible two-stage designs for phase II cancer clinical trials.
       Stat Med 2004;23:561-9.

    Examples
    --------
    >>> found = simon_designs(0.2, 0.4)
    >>> print(found.optimal.design, "|", found.minimax.design)
    3/13, 12/43 | 4/18, 10/33
    >>> round(found.optimal.expected_n, 1), round(found.optimal.stop_early, 2)
    (20.6, 0.75)
    """
    p0, p1, alpha, power = check_two_rates(p0, p1, alpha, power)
    limit = _PATIENCE if n_max is None else check_whole("n_max", n_max, 2)
    if _fewest(p0, p1, alpha, power) > limit:
        raise _no_design(p0, p1, alpha, power, limit)
    search = _Search(p0, p1, alpha, power)
    found: list[tuple[float, TwoStageDesign]] = []
    least = math.inf
    for n in range(2, limit + 1):
        better = search.best(n, least)
        if better is not None:
            found.append(better)
            least = better[0]
        if found and search.no_better_beyond(n, least):
            break
    if not found:
        raise _no_design(p0, p1, alpha, power, limit)
    return SimonDesigns(p0, p1, alpha, power, _admissible(found, p0, p1))


_PATIENCE = 2000  # patients


def _no_design(p0: float, p1: float, alpha: float, power: float, limit: int) -> InputError:
    return InputError(
        f"No two-stage design of up to {limit} patients tells {p0:g} from {p1:g} at alpha = {alpha:g} with power "
        f"{power:g}; accept more patients, a larger alpha or less power."
    )


def _fewest(p0: float, p1: float, alpha: float, power: float) -> float:
    """Return far fewer patients than any design needs: half of what one stage needs by the arcsine approximation."""
    normal = NormalDist()
    width = 2 * abs(math.asin(math.sqrt(p1)) - math.asin(math.sqrt(p0)))
    return 0.5 * max(normal.inv_cdf(1 - alpha) + normal.inv_cdf(power), 0.0) ** 2 / width**2


class _Search:
    """Binomial tables of both rates, grown with n."""

    def __init__(self, p0: float, p1: float, alpha: float, power: float) -> None:
        self.p0, self.p1, self.alpha, self.power = p0, p1, alpha + SLACK, power - SLACK
        self.pmf: list[tuple[FloatArray, FloatArray]] = []  # by patients: P(X = k) at p0 and at p1
        self.tail: list[tuple[FloatArray, FloatArray]] = []  # by patients: P(X >= k), k = 0..n + 1
        self.most: list[int] = []  # by patients: largest critical value that leaves the power
        self.go_on: list[float] = []  # by patients: least probability at p0 of going on after them

    def grow(self, n: int) -> None:
        for size in range(len(self.most), n + 1):
            k = np.arange(size + 2.0)
            tails = binomial_tail(k, size, self.p0), binomial_tail(k, size, self.p1)
            self.pmf.append((binomial_pmf(k[:-1], size, self.p0), binomial_pmf(k[:-1], size, self.p1)))
            self.tail.append(tails)
            most = int(np.count_nonzero(tails[1] >= self.power)) - 2
            self.most.append(most)
            self.go_on.append(float(tails[0][most + 1]) if most >= 0 else 1.0)

    def best(self, n: int, least: float) -> tuple[float, TwoStageDesign] | None:
        """Return the smallest EN below `least` among designs of n patients, and its design."""
        self.grow(n)
        answer = None
        # power of both stages is at most that of the first, and at most that of all patients together
        most_r = self.most[n]
        if most_r < 0:
            return None
        r = most_r
        for n1 in range(1, n):
            most_r1, n2 = self.most[n1], n - n1
            if most_r1 < 0 or n1 + n2 * self.go_on[n1] >= least - SLACK:
                continue
            r = self._smallest_r(most_r1, n1, most_r, n2, r)
            if r > most_r:
                r = most_r
                continue
            # the power falls as r1 and r rise: what the smallest r1 worth having leaves at most
            least_r1 = int(np.count_nonzero(self.tail[n1][0][: most_r1 + 2] * n2 >= least - SLACK - n1)) - 1
            if self._promising(1, max(least_r1, 0), n1, r, n2) < self.power:
                continue
            found = self._first_r1(most_r1, max(least_r1, 0), n1, most_r, n2, r)
            if found is not None:
                least = n1 + n2 * float(self.tail[n1][0][found[0] + 1])
                answer = least, TwoStageDesign(found[0], n1, found[1], n)
        return answer

    def _first_r1(self, most_r1: int, least_r1: int, n1: int, most_r: int, n2: int, r: int) -> tuple[int, int] | None:
        """Return the largest r1 that will do, as EN falls with it, and its smallest r; at `most_r1` that is at least r.

        The power is largest at the smallest r that keeps the type I error.
        """
        for r1 in range(most_r1, least_r1 - 1, -1):
            if self._promising(1, r1, n1, r, n2) < self.power:
                continue
            r = self._smallest_r(r1, n1, most_r, n2, r)
            if r > most_r:
                return None
            if self._promising(1, r1, n1, r, n2) >= self.power:
                return r1, r
        return None

    def _promising(self, rate: int, r1: int, n1: int, r: int, n2: int) -> float:
        """Return the probability of more than r1 responses in n1 and more than r in all, at p0 (0) or p1 (1)."""
        # with more than r after the first stage the second does not matter; with r - n2 or fewer it does not suffice
        low, high = max(r1 + 1, r + 1 - n2), min(r, n1)
        enough = float(self.tail[n1][rate][r + 1]) if r < n1 else 0.0
        if low > high:
            return enough
        second = self.tail[n2][rate][r + 1 - high : r + 2 - low]
        return enough + float(self.pmf[n1][rate][low : high + 1] @ second[::-1])

    def _smallest_r(self, r1: int, n1: int, most_r: int, n2: int, guess: int) -> int:
        """Return the smallest r, from r1, that keeps the type I error; ``most_r + 1`` if none does. It falls with r."""
        r = min(max(guess, r1), most_r)
        if self._promising(0, r1, n1, r, n2) > self.alpha:
            while r <= most_r and self._promising(0, r1, n1, r, n2) > self.alpha:
                r += 1
            return r
        while r > r1 and self._promising(0, r1, n1, r - 1, n2) <= self.alpha:
            r -= 1
        return r

    def no_better_beyond(self, n: int, least: float) -> bool:
        """Whether every design of more than n patients has an EN of at least `least`."""
        sizes = range(1, math.ceil(least))
        self.grow(max(n, len(sizes)))
        return all(n1 + (max(n, n1) + 1 - n1) * self.go_on[n1] >= least for n1 in sizes)


def _admissible(found: list[tuple[float, TwoStageDesign]], p0: float, p1: float) -> tuple[SimonPlan, ...]:
    """Lower convex hull of (n, EN): `found` falls in EN as n rises."""
    hull: list[tuple[float, TwoStageDesign]] = []
    for point in found:
        while len(hull) >= 2 and _slope(hull[-2], hull[-1]) >= _slope(hull[-2], point):
            hull.pop()
        hull.append(point)
    # w n + (1 - w) EN is equal for two neighbours at w = -slope / (1 - slope)
    edges = [1.0, *(-s / (1.0 - s) for s in map(_slope, hull, hull[1:])), 0.0]
    plans = []
    for (_, design), high, low in zip(hull, edges, edges[1:], strict=False):
        null = design.operating_characteristics(p0)
        plans.append(SimonPlan(design, null.power, design.power(p1), null.stop_early, null.expected_n, (low, high)))
    return tuple(plans)


def _slope(first: tuple[float, TwoStageDesign], second: tuple[float, TwoStageDesign]) -> float:
    return (second[0] - first[0]) / (second[1].n - first[1].n)
