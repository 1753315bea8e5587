"""Single-arm Bayesian phase II designs: exact probabilities of every decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from trialstats.designs.bayesian_characteristics import BayesianCharacteristics, characteristics, exceedance
from trialstats.designs.bayesian_grids import (
    UNIFORM,
    Arm,
    Grid,
    StoppingRule,
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
class CountBoundary:
    """One look of a single-arm design in counts.

    Attributes
    ----------
    n : int
        Patients at this look.
    futility : int or None
        Most responses with which the trial ends without success; None if it never does.
    efficacy : int or None
        Fewest responses with which it ends with success; None if it never does.
    """

    n: int
    futility: int | None
    efficacy: int | None


@dataclass(frozen=True, slots=True)
class BayesianDesign:
    """A single-arm design judged by the posterior probability that the response rate exceeds a reference.

    Parameters
    ----------
    looks : sequence of int
        Patients at each analysis, the last of them final.
    reference : float
        Rate to exceed.
    success : float
        The final analysis is a success where P(rate > reference) is at least this.
    prior : Beta or BetaMixture, default Beta(1, 1)
    efficacy, futility : StoppingRule, optional
        Rules of the interim looks; without them the trial does not stop so. Where both hold, efficacy goes first.

    Raises
    ------
    InputError
        If the looks do not increase or a value is out of range.

    References
    ----------
    .. [1] Thall PF, Simon R. Practical Bayesian guidelines for phase IIB clinical trials. Biometrics 1994;50:337-49.
    .. [2] Lee JJ, Liu DD. A predictive probability design for phase II cancer clinical trials. Clin Trials
       2008;5:93-106.

    Examples
    --------
    >>> design = BayesianDesign((10, 20, 40), 0.2, 0.9, futility=StoppingRule("predictive", 0.05))
    >>> design.boundaries[0]
    CountBoundary(n=10, futility=0, efficacy=None)
    >>> oc = design.operating_characteristics(0.2)
    >>> round(oc.success, 4), round(oc.expected_n, 2)
    (0.0844, 30.44)
    """

    looks: Sequence[int]
    reference: float
    success: float
    prior: Beta | BetaMixture = UNIFORM
    efficacy: StoppingRule | None = None
    futility: StoppingRule | None = None

    def __post_init__(self) -> None:
        given: object = self.looks
        if isinstance(given, str) or not isinstance(given, Iterable):
            raise InputError(f"looks must be a sequence of numbers of patients such as (20, 40), got {self.looks!r}.")
        looks = tuple(check_whole("looks", n, 1) for n in self.looks)
        if not looks or any(later <= earlier for earlier, later in pairwise(looks)):
            raise InputError(f"looks must be increasing numbers of patients, got {self.looks!r}.")
        object.__setattr__(self, "looks", looks)
        object.__setattr__(self, "reference", float(check_rates(self.reference, "reference")))
        object.__setattr__(self, "success", check_threshold("success", self.success))
        Arm.of(self.prior)
        check_rules(self.efficacy, self.futility)

    def posterior(self, x: int, n: int) -> float:
        """Return the posterior probability that the rate exceeds the reference, after x of n responses.

        Parameters
        ----------
        x, n : int
            Counts.

        Returns
        -------
        float

        Raises
        ------
        InputError
            If they are no counts of x in n.

        Examples
        --------
        >>> round(BayesianDesign((40,), 0.6, 0.9, Beta(0.6, 0.4)).posterior(16, 23), 4)
        0.836
        """
        n = check_whole("n", n, 0)
        return float(posterior_grid((Arm.of(self.prior),), (n,), self.reference)[check_whole("x", x, 0, n)])

    def predictive(self, x: int, n: int) -> float:
        """Return the predictive probability that the final analysis will be a success, after x of n responses.

        Parameters
        ----------
        x, n : int
            Counts, n at most that of the final analysis.

        Returns
        -------
        float

        Raises
        ------
        InputError
            If they are no counts of x in n.

        Examples
        --------
        >>> round(BayesianDesign((40,), 0.6, 0.9, Beta(0.6, 0.4)).predictive(16, 23), 4)
        0.5656
        """
        n = check_whole("n", n, 0, self.looks[-1])
        succeeds = (_grids(self)[-1].decisions > 0).astype(np.float64)
        return float(predictive_grid((Arm.of(self.prior),), (n,), succeeds)[check_whole("x", x, 0, n)])

    @property
    def boundaries(self) -> tuple[CountBoundary, ...]:
        """The same design in counts; the posterior probability rises with the responses whatever the prior.

        Examples
        --------
        >>> BayesianDesign((20,), 0.2, 0.95).boundaries
        (CountBoundary(n=20, futility=6, efficacy=7),)
        """
        found = []
        for grid in _grids(self):
            low, high = np.flatnonzero(grid.decisions < 0), np.flatnonzero(grid.decisions > 0)
            found.append(
                CountBoundary(grid.sizes[0], int(low[-1]) if low.size else None, int(high[0]) if high.size else None)
            )
        return tuple(found)

    def operating_characteristics(self, rate: float) -> BayesianCharacteristics:
        """Return the exact probability of every decision.

        Parameters
        ----------
        rate : float
            True response rate.

        Returns
        -------
        BayesianCharacteristics

        Raises
        ------
        InputError
            If the rate is not a number from 0 to 1.
        """
        return characteristics(_grids(self), (float(check_rates(rate, "rate")),))

    def probability_of_posterior(self, value: float, rate: float) -> float:
        """Return how often the posterior probability is at least `value` when the trial ends.

        Parameters
        ----------
        value : float
            A posterior probability, such as a printed one.
        rate : float
            True response rate.

        Returns
        -------
        float

        Raises
        ------
        InputError
            If an argument is out of range.

        Examples
        --------
        >>> round(BayesianDesign((20,), 0.2, 0.95).probability_of_posterior(0.57, 0.2), 4)
        0.5886
        """
        return exceedance(_grids(self), check_threshold("value", value), (float(check_rates(rate, "rate")),))


@lru_cache(maxsize=16)
def _grids(design: BayesianDesign) -> tuple[Grid, ...]:
    """Decisions do not depend on the true rate: they are worked out once per design."""
    looks = tuple((n,) for n in design.looks)
    return decide((Arm.of(design.prior),), looks, design.reference, design.success, design.efficacy, design.futility)
