"""Single-stage phase II designs: exact power, the smallest exact design, Fleming's normal approximation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from trialstats.designs.binomial_terms import SLACK, binomial_tail, check_rates, check_two_rates, check_whole
from trialstats.errors import InputError, check_name
from trialstats.intervals.interval import plain

SINGLE_STAGE_METHODS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "smallest n that meets both error rates exactly (A'Hern 2001)",
        "exact-lasting": "smallest n from which every larger n meets them as well (Chernick and Liu 2002)",
        "normal": "normal approximation to n and critical value (Fleming 1982)",
    }
)
"""The menu: name of a method -> its meaning in one line; read-only."""


@dataclass(frozen=True, slots=True)
class SingleStageDesign:
    """Treat `n` patients and call the treatment promising if more than `r` respond.

    Parameters
    ----------
    n : int
        Patients.
    r : int
        Most responses with which it is *not* called promising, as in Simon's notation; A'Hern's critical number is
        r + 1.

    Raises
    ------
    InputError
        If n or r is not a whole number, or r does not lie from 0 to n - 1.

    Examples
    --------
    >>> design = SingleStageDesign(n=25, r=5)
    >>> round(design.power(0.1), 4), round(design.power(0.3), 4)
    (0.0334, 0.8065)
    """

    n: int
    r: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "n", check_whole("n", self.n, 1))
        object.__setattr__(self, "r", check_whole("r", self.r, 0, self.n - 1))

    @property
    def responses_needed(self) -> int:
        """Fewest responses with which the treatment is called promising, r + 1.

        Examples
        --------
        >>> SingleStageDesign(25, 5).responses_needed
        6
        """
        return self.r + 1

    def power(self, p: ArrayLike) -> Any:
        """Return the exact probability of calling the treatment promising; at p0 it is the type I error rate.

        Parameters
        ----------
        p : array_like
            True response rate(s).

        Returns
        -------
        float or ndarray

        Raises
        ------
        InputError
            If a rate is not a number from 0 to 1.
        """
        return plain(binomial_tail(self.r + 1, self.n, check_rates(p)))


@dataclass(frozen=True, slots=True)
class SingleStagePlan:
    """A single-stage design with what was asked for and what it attains.

    Attributes
    ----------
    design : SingleStageDesign
    p0, p1 : float
        Response rates: of no interest, and of interest.
    alpha, power : float
        The one-sided type I error rate allowed and the power asked for.
    method : str
        A name of `SINGLE_STAGE_METHODS`.
    type_1_error, attained_power : float
        Exact, of this design.
    """

    design: SingleStageDesign
    p0: float
    p1: float
    alpha: float
    power: float
    method: str
    type_1_error: float
    attained_power: float


def single_stage_design(
    p0: float, p1: float, *, alpha: float = 0.05, power: float = 0.8, method: str = "exact", n_max: int = 5000
) -> SingleStagePlan:
    """Return the smallest single-stage design for two response rates.

    The exact design is the smallest n for which some r has ``P(X > r; p0) <= alpha`` and ``P(X > r; p1) >= power``.
    Because r moves in whole steps, a somewhat larger n can miss the power again: ``exact-lasting`` asks that no larger
    n up to `n_max` does. The normal approximation, with z(alpha) and z(beta) normal quantiles, is ::

        n = ((z(alpha) sqrt(p0 (1 - p0)) + z(beta) sqrt(p1 (1 - p1))) / (p1 - p0))^2, rounded up
        r = n p0 + z(alpha) sqrt(n p0 (1 - p0)), rounded down

    and may miss both error rates.

    Parameters
    ----------
    p0, p1 : float
        Response rates of no interest and of interest, 0 < p0 < p1 < 1.
    alpha : float, default 0.05
        One-sided type I error rate allowed.
    power : float, default 0.8
        Power asked for at p1.
    method : str, default "exact"
        A name of `SINGLE_STAGE_METHODS`.
    n_max : int, default 5000
        Largest n searched.

    Returns
    -------
    SingleStagePlan

    Raises
    ------
    InputError
        If a rate is out of range, or no n up to `n_max` suffices.

    References
    ----------
    .. [1] A'Hern RP. Sample size tables for exact single-stage phase II designs. Stat Med 2001;20:859-66.
    .. [2] Fleming TR. One-sample multiple testing procedure for phase II clinical trials. Biometrics 1982;38:143-51.
    .. [3] Chernick MR, Liu CY. The saw-toothed behavior of power versus sample size. Am Stat 2002;56:149-55.

    Examples
    --------
    >>> plan = single_stage_design(0.32, 0.44)
    >>> plan.design
    SingleStageDesign(n=102, r=40)
    >>> round(plan.type_1_error, 4), round(plan.attained_power, 4)
    (0.0495, 0.8085)
    """
    p0, p1, alpha, power = check_two_rates(p0, p1, alpha, power)
    check_name("method of a single-stage design", method, SINGLE_STAGE_METHODS)
    if method == "normal":
        z_alpha, z_beta = -float(ndtri(alpha)), float(ndtri(power))
        spread0, spread1 = math.sqrt(p0 * (1.0 - p0)), math.sqrt(p1 * (1.0 - p1))
        n = max(1, math.ceil(((z_alpha * spread0 + z_beta * spread1) / (p1 - p0)) ** 2))
        r = min(max(math.floor(n * p0 + z_alpha * spread0 * math.sqrt(n)), 0), n - 1)
    else:
        n, r = _smallest(p0, p1, alpha, power, check_whole("n_max", n_max, 1), lasting=method == "exact-lasting")
    design = SingleStageDesign(n, r)
    return SingleStagePlan(design, p0, p1, alpha, power, method, design.power(p0), design.power(p1))


def _smallest(p0: float, p1: float, alpha: float, power: float, n_max: int, *, lasting: bool) -> tuple[int, int]:
    n = np.arange(1.0, n_max + 1.0)
    low, high = np.full(n.size, -1.0), n.copy()  # P(X > low) is above alpha, P(X > high) is not
    while (high - low > 1.0).any():
        middle = np.floor((low + high) / 2.0)
        above = binomial_tail(middle + 1.0, n, p0) > alpha + SLACK
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    r = high
    enough = (binomial_tail(r + 1.0, n, p1) >= power - SLACK) & (r < n)
    if not enough.any() or (lasting and not enough[-1]):
        raise InputError(
            f"No single-stage design of up to n_max = {n_max} patients tells {p0:g} from {p1:g} at alpha = {alpha:g} "
            f"with power {power:g}; accept more patients, a larger alpha or less power."
        )
    best = int(np.flatnonzero(~enough)[-1]) + 1 if lasting and not enough.all() else int(np.argmax(enough))
    return int(n[best]), int(r[best])
