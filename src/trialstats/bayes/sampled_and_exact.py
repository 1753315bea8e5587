"""Sampled and exact posteriors against each other: z-scores, R-hat and effective sample sizes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from trialstats.bayes.draws import posterior_draws
from trialstats.bayes.extra import needed
from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_mixture import BetaMixture
from trialstats.intervals.superiority import prob_greater

LARGEST_Z = 4.0
LARGEST_RHAT = 1.01
SMALLEST_SIZE = 400.0


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """One quantity, exact and sampled.

    Attributes
    ----------
    arm, quantity : str
        ``mean``, ``lower``, ``upper``, or ``> other arm``.
    exact, sampled : float
    mcse : float
        Monte Carlo standard error of the sampled one.
    size : float
        Effective number of draws behind it.
    """

    arm: str
    quantity: str
    exact: float
    sampled: float
    mcse: float
    size: float

    @property
    def z(self) -> float:
        """Their difference in Monte Carlo standard errors."""
        if self.mcse > 0:
            return (self.sampled - self.exact) / self.mcse
        return 0.0 if self.sampled == self.exact else math.inf


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well draws agree with exact posteriors.

    Attributes
    ----------
    rows : tuple of AgreementRow
    rhat : mapping of str to float
        By arm.
    """

    rows: tuple[AgreementRow, ...]
    rhat: Mapping[str, float]

    @property
    def largest_z(self) -> float:
        """The largest z-score, without its sign."""
        return max(abs(row.z) for row in self.rows)

    @property
    def ok(self) -> bool:
        """Whether the chains have converged and every quantity is within four Monte Carlo standard errors."""
        return (
            self.largest_z <= LARGEST_Z
            and max(self.rhat.values()) <= LARGEST_RHAT
            and min(row.size for row in self.rows) >= SMALLEST_SIZE
        )

    def __str__(self) -> str:
        verdict = "agree" if self.ok else "do not agree"
        return (
            f"Exact and sampled posteriors {verdict} within Monte Carlo error: largest z-score {self.largest_z:.1f}, "
            f"R-hat at most {max(self.rhat.values()):.3f}, at least {min(row.size for row in self.rows):,.0f} "
            f"effective draws."
        )


def agreement(
    container: Any,
    exact: Mapping[str, Beta | BetaMixture],
    *,
    variable: str = "rate",
    level: float = 0.95,
    pairs: Sequence[tuple[str, str]] = (),
) -> Agreement:
    """Compare posterior draws with exact posteriors.

    Parameters
    ----------
    container : object
        Anything with a posterior group, as `posterior_draws` reads it.
    exact : mapping of str to Beta or BetaMixture
        Exact posteriors by arm.
    variable : str
    level : float, default 0.95
        Of the equal-tailed intervals.
    pairs : sequence of (str, str)
        Arms whose probability of superiority, first over second, is compared too; both with a Beta posterior.

    Returns
    -------
    Agreement

    Raises
    ------
    InputError
        If an arm has no draws.
    TrialstatsError
        If ArviZ, which judges the chains, is not installed.

    References
    ----------
    .. [1] Vehtari A, Gelman A, Simpson D, Carpenter B, Bürkner PC. Rank-normalization, folding, and localization: an
       improved R-hat for assessing convergence of MCMC. Bayesian Anal 2021;16:667-718.
    """
    arviz = needed("arviz")

    def effective_size(draws: ArrayLike) -> float:
        """Independent draws that the mean of these is worth; of draws as 0 and 1, the share or the quantile."""
        return float(arviz.ess(np.asarray(draws, dtype=np.float64), method="mean"))

    draws = posterior_draws(container, variable)
    rows: list[AgreementRow] = []
    for arm, posterior in exact.items():
        if arm not in draws:
            raise InputError(f"There are no draws of arm {arm!r}; there are of {', '.join(draws)}.")
        x = draws[arm]
        size = effective_size(x)
        rows.append(
            AgreementRow(arm, "mean", posterior.mean(), float(x.mean()), float(x.std()) / math.sqrt(size), size)
        )
        lower, upper = posterior.interval(level)
        for name, p, limit in (("lower", (1 - level) / 2, lower), ("upper", (1 + level) / 2, upper)):
            size = effective_size(x <= limit)
            mcse = math.sqrt(p * (1 - p) / size) / math.exp(posterior.logpdf(limit))
            rows.append(AgreementRow(arm, name, float(limit), float(np.quantile(x, p)), mcse, size))
    for first, second in pairs:
        one, other = exact[first], exact[second]
        if not isinstance(one, Beta) or not isinstance(other, Beta):
            raise InputError(f"Superiority of {first!r} over {second!r} is exact for two Beta posteriors only.")
        p, above = float(prob_greater(one, other)), draws[first] > draws[second]
        size = effective_size(above)
        mcse = math.sqrt(max(p * (1 - p), 1.0 / above.size) / size)
        rows.append(AgreementRow(first, f"> {second}", p, float(above.mean()), mcse, size))
    return Agreement(tuple(rows), {arm: float(arviz.rhat(draws[arm])) for arm in exact})
