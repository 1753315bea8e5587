"""What a Bayesian design does at given true rates, from its walk over the grid of counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trialstats.designs.bayesian_grids import Grid, walk
from trialstats.designs.binomial_terms import SLACK


@dataclass(frozen=True, slots=True)
class BayesianCharacteristics:
    """Exact probability of each decision at given true rates.

    Attributes
    ----------
    rates : tuple of float
        True response rates, the experimental arm first.
    patients : tuple of tuple of int
        Patients per arm at each look.
    efficacy, futility : tuple of float
        Probability of ending at each look with and without success; the last entries are those of the final analysis.
    """

    rates: tuple[float, ...]
    patients: tuple[tuple[int, ...], ...]
    efficacy: tuple[float, ...]
    futility: tuple[float, ...]

    @property
    def success(self) -> float:
        """Probability of success at any look: type I error rate or power, by the true rates."""
        return float(sum(self.efficacy))

    @property
    def stop_early(self) -> float:
        """Probability of ending before the final analysis."""
        return float(sum(self.efficacy[:-1]) + sum(self.futility[:-1]))

    @property
    def expected_n(self) -> float:
        """Expected number of patients, of both arms together."""
        return float(sum(self.expected_n_by_arm))

    @property
    def expected_n_by_arm(self) -> tuple[float, ...]:
        """Expected number of patients per arm."""
        ends = np.add(self.efficacy, self.futility)
        return tuple(float(n) for n in ends @ np.array(self.patients))


def characteristics(grids: tuple[Grid, ...], rates: tuple[float, ...]) -> BayesianCharacteristics:
    """Add up, for each look, the probability of the counts that end the trial there."""
    ends = [
        [float(state[grid.decisions == sign].sum()) for state, grid in zip(walk(grids, rates), grids, strict=True)]
        for sign in (1, -1)
    ]
    return BayesianCharacteristics(rates, tuple(grid.sizes for grid in grids), tuple(ends[0]), tuple(ends[1]))


def exceedance(grids: tuple[Grid, ...], value: float, rates: tuple[float, ...]) -> float:
    """Probability that the trial ends with a posterior probability of at least `value`."""
    total = 0.0
    for state, grid in zip(walk(grids, rates), grids, strict=True):
        total += float(state[(grid.decisions != 0) & (grid.posterior >= value - SLACK)].sum())
    return min(total, 1.0)
