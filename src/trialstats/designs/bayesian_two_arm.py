"""Randomised two-arm Bayesian phase II designs: exact probabilities of every decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from trialstats.designs.bayesian_characteristics import BayesianCharacteristics, characteristics, exceedance
from trialstats.designs.bayesian_grids import (
    UNIFORM,
    Arm,
    Grid,
    StoppingRule,
    check_margin,
    check_rules,
    check_threshold,
    decide,
    posterior_grid,
    predictive_grid,
)
from trialstats.designs.binomial_terms import check_rates, check_whole
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture


@dataclass(frozen=True, slots=True)
class BayesianTwoArmDesign:
    """A randomised design judged by the posterior probability that one rate exceeds the other by a margin.

    Parameters
    ----------
    looks : sequence of pairs of int
        Patients of the experimental and the control arm at each analysis, the last of them final.
    success : float
        The final analysis is a success where P(experimental > control + margin) is at least this.
    margin : float, default 0
        Difference of rates.
    prior, prior_control : Beta or BetaMixture, default Beta(1, 1)
        Of the experimental and of the control arm.
    efficacy, futility : StoppingRule, optional
        Rules of the interim looks; without them the trial does not stop so. Where both hold, efficacy goes first.

    Raises
    ------
    InputError
        If the looks do not increase or a value is out of range.

    Examples
    --------
    >>> design = BayesianTwoArmDesign([(32, 27)], success=0.95)
    >>> round(design.operating_characteristics(0.7, 0.7).success, 4)
    0.0435
    """

    looks: Sequence[tuple[int, int]]
    success: float
    margin: float = 0.0
    prior: Beta | BetaMixture = UNIFORM
    prior_control: Beta | BetaMixture = UNIFORM
    efficacy: StoppingRule | None = None
    futility: StoppingRule | None = None

    def __post_init__(self) -> None:
        looks = []
        given: object = self.looks
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise InputError(f"looks must be pairs of numbers of patients such as [(32, 27)], got {self.looks!r}.")
        for pair in self.looks:
            if np.shape(pair) != (2,):
                raise InputError(f"A look is a pair of numbers of patients, experimental and control, got {pair!r}.")
            looks.append((check_whole("looks", pair[0], 0), check_whole("looks", pair[1], 0)))
        steps = pairwise(looks)
        if not looks or any(b[0] < a[0] or b[1] < a[1] or b == a for a, b in steps) or min(looks[-1]) < 1:
            raise InputError(f"looks must be increasing numbers of patients in both arms, got {self.looks!r}.")
        object.__setattr__(self, "looks", tuple(looks))
        object.__setattr__(self, "success", check_threshold("success", self.success))
        check_margin("margin", self.margin)
        check_rules(self.efficacy, self.futility)
        self._arms()

    def posterior(self, x: tuple[int, int], n: tuple[int, int]) -> float:
        """Return the posterior probability that the experimental rate exceeds the control rate by the margin.

        As `BayesianDesign.posterior`; `x` and `n` are pairs, experimental and control.

        Examples
        --------
        >>> round(BayesianTwoArmDesign([(32, 27)], 0.95).posterior((23, 20), (32, 27)), 4)
        0.4326
        """
        sizes, counts = self._checked(x, n)
        return float(posterior_grid(self._arms(), sizes, self.margin)[counts])

    def predictive(self, x: tuple[int, int], n: tuple[int, int]) -> float:
        """Return the predictive probability that the final analysis will be a success, after `x` of `n` responses.

        As `BayesianDesign.predictive`; `x` and `n` are pairs, experimental and control.

        Examples
        --------
        >>> round(BayesianTwoArmDesign([(40, 40)], 0.95).predictive((14, 10), (20, 20)), 4)
        0.5272
        """
        sizes, counts = self._checked(x, n)
        if sizes[0] > self.looks[-1][0] or sizes[1] > self.looks[-1][1]:
            raise InputError(f"n must not exceed the final {self.looks[-1]}, got {sizes}.")
        succeeds = (_grids(self)[-1].decisions > 0).astype(np.float64)
        return float(predictive_grid(self._arms(), sizes, succeeds)[counts])

    def decisions(self, look: int) -> NDArray[np.int8]:
        """Return what is decided at a look for every pair of counts.

        Parameters
        ----------
        look : int
            Its position in `looks`, from 0.

        Returns
        -------
        ndarray
            Experimental responses by control responses: 1 ends with success, -1 without, 0 goes on.

        Raises
        ------
        InputError
            If there is no such look.

        Examples
        --------
        >>> int((BayesianTwoArmDesign([(3, 3)], 0.95).decisions(0) > 0).sum())
        1
        """
        return _grids(self)[check_whole("look", look, 0, len(self.looks) - 1)].decisions.copy()

    def operating_characteristics(self, experimental: float, control: float) -> BayesianCharacteristics:
        """Return the exact probability of every decision at two true rates, as `BayesianDesign` does at one."""
        return characteristics(_grids(self), _two_rates(experimental, control))

    def probability_of_posterior(self, value: float, experimental: float, control: float) -> float:
        """Return how often the posterior probability is at least `value` when the trial ends.

        As `BayesianDesign.probability_of_posterior`, at two true rates.

        Examples
        --------
        >>> design = BayesianTwoArmDesign([(32, 27)], 0.95)
        >>> round(design.probability_of_posterior(0.57, 0.7, 0.7), 3)
        0.437
        """
        return exceedance(_grids(self), check_threshold("value", value), _two_rates(experimental, control))

    def _checked(self, x: tuple[int, int], n: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
        sizes = check_whole("n", n[0], 0), check_whole("n", n[1], 0)
        return sizes, (check_whole("x", x[0], 0, sizes[0]), check_whole("x", x[1], 0, sizes[1]))

    def _arms(self) -> tuple[Arm, Arm]:
        return Arm.of(self.prior), Arm.of(self.prior_control)


@lru_cache(maxsize=16)
def _grids(design: BayesianTwoArmDesign) -> tuple[Grid, ...]:
    """Decisions do not depend on the true rates: they are worked out once per design."""
    arms = Arm.of(design.prior), Arm.of(design.prior_control)
    return decide(arms, tuple(design.looks), design.margin, design.success, design.efficacy, design.futility)


def _two_rates(experimental: float, control: float) -> tuple[float, float]:
    return float(check_rates(experimental, "experimental")), float(check_rates(control, "control"))
