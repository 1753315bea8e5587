"""Two-stage phase II designs and their exact operating characteristics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from trialstats.designs.binomial_terms import binomial_pmf, binomial_tail, check_rates, check_whole
from trialstats.errors import InputError
from trialstats.intervals.interval import plain


@dataclass(frozen=True, slots=True)
class OperatingCharacteristics:
    """What a design does at given true response rates; floats, or arrays of the rates' shape.

    Attributes
    ----------
    p : float or ndarray
        True response rate.
    power : float or ndarray
        Probability of calling the treatment promising; at p0 it is the type I error rate.
    stop_early : float or ndarray
        Probability of stopping after the first stage (PET).
    expected_n : float or ndarray
        Expected number of patients (EN).
    """

    p: Any
    power: Any
    stop_early: Any
    expected_n: Any


@dataclass(frozen=True, slots=True)
class TwoStageDesign:
    """Stop after `n1` patients if at most `r1` respond; else treat `n` in all and call it promising beyond `r`.

    Simon's notation r1/n1, r/n: both r are the *largest* numbers of responses that do not suffice.

    Parameters
    ----------
    r1, n1 : int
        First stage: critical value and patients. An r1 of -1 never stops for futility.
    r, n : int
        In all: critical value and patients of both stages.
    efficacy1 : int, optional
        Fewest responses in the first stage with which the trial stops and calls the treatment promising, as in
        designs of Fleming and of Mander and Thompson; Simon's have none.

    Raises
    ------
    InputError
        If these are no whole numbers in their order.

    References
    ----------
    .. [1] Simon R. Optimal two-stage designs for phase II clinical trials. Control Clin Trials 1989;10:1-10.

    Examples
    --------
    >>> design = TwoStageDesign(r1=3, n1=13, r=12, n=43)
    >>> print(design)
    3/13, 12/43
    >>> oc = design.operating_characteristics(0.2)
    >>> round(oc.power, 4), round(oc.stop_early, 2), round(oc.expected_n, 1)
    (0.0496, 0.75, 20.6)
    """

    r1: int
    n1: int
    r: int
    n: int
    efficacy1: int | None = None

    def __post_init__(self) -> None:
        put = object.__setattr__
        put(self, "n1", check_whole("n1", self.n1, 1))
        put(self, "n", check_whole("n", self.n, self.n1 + 1))
        put(self, "r1", check_whole("r1", self.r1, -1, self.n1 - 1))
        put(self, "r", check_whole("r", self.r, max(self.r1, 0), self.n - 1))
        if self.efficacy1 is not None:
            if self.r1 + 2 > self.n1:
                raise InputError(f"No number of first-stage responses lies above r1 = {self.r1} and below efficacy1.")
            put(self, "efficacy1", check_whole("efficacy1", self.efficacy1, self.r1 + 2, self.n1))
        elif self.r1 < 0:
            raise InputError("r1 = -1 never stops for futility; give efficacy1, or the design has one stage only.")

    def __str__(self) -> str:
        stop = "" if self.efficacy1 is None else f" (promising from {self.efficacy1})"
        return f"{self.r1}/{self.n1}{stop}, {self.r}/{self.n}"

    @property
    def n2(self) -> int:
        """Patients of the second stage."""
        return self.n - self.n1

    @property
    def continuing(self) -> range:
        """First-stage responses with which the trial goes on.

        Examples
        --------
        >>> TwoStageDesign(0, 3, 2, 6).continuing
        range(1, 4)
        """
        return range(self.r1 + 1, self.n1 + 1 if self.efficacy1 is None else self.efficacy1)

    def power(self, p: ArrayLike) -> Any:
        """Return the exact probability of calling the treatment promising.

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

        Examples
        --------
        >>> round(TwoStageDesign(3, 13, 12, 43).power(0.4), 4)
        0.8002
        """
        return self.operating_characteristics(p).power

    def operating_characteristics(self, p: ArrayLike) -> OperatingCharacteristics:
        """Return power, probability of early termination and expected number of patients, all exact.

        It takes true response rates as `power` does.
        """
        rates = check_rates(p)
        x1 = np.array(self.continuing, dtype=np.float64)
        first = binomial_pmf(x1, self.n1, rates[..., None])
        go_on = np.minimum(first.sum(axis=-1), 1.0)
        power = (first * binomial_tail(self.r + 1 - x1, self.n2, rates[..., None])).sum(axis=-1)
        stop = binomial_tail(self.n1 - self.r1, self.n1, 1.0 - rates)
        if self.efficacy1 is not None:
            early = binomial_tail(self.efficacy1, self.n1, rates)
            power, stop = power + early, stop + early
        power, stop = np.minimum(power, 1.0), np.minimum(stop, 1.0)
        return OperatingCharacteristics(plain(rates), plain(power), plain(stop), plain(self.n1 + self.n2 * go_on))
