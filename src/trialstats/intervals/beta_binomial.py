"""Predictive distribution of a count whose rate has a Beta distribution."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from trialstats.errors import InputError
from trialstats.intervals.beta_density import check_parameters, log_kernel
from trialstats.intervals.interval import ArrayValue, FloatArray, plain


@dataclass(frozen=True, slots=True, eq=False)
class BetaBinomial(ArrayValue):
    """Number of responses among `m` patients whose rate is drawn from a Beta(a, b): a predictive distribution.

    Parameters
    ----------
    m : array_like
        Number of patients.
    a, b : array_like
        Parameters of the distribution of the response rate.

    Raises
    ------
    InputError
        If `m` is not a whole number of at least 0, or a parameter is not positive.

    References
    ----------
    .. [1] Johnson NL, Kemp AW, Kotz S. Univariate Discrete Distributions. 3rd ed. Wiley; 2005.

    Examples
    --------
    >>> future = BetaBinomial(10, 8, 4)
    >>> round(future.sf(4), 4), round(future.mean(), 2)
    (0.8579, 6.67)
    """

    m: Any
    a: Any
    b: Any

    def __post_init__(self) -> None:
        try:
            m = np.asarray(self.m, dtype=np.float64)
        except (TypeError, ValueError):
            raise InputError(f"m must be a whole number of patients, got {self.m!r}.") from None
        if (bad := ~((m >= 0.0) & (m < np.inf) & (m == np.floor(m)))).any():
            raise InputError(f"m must be a whole number of patients, got {m[bad].ravel()[0]:g}.")
        for name, values in zip("mab", (plain(m), *check_parameters(self.a, self.b)), strict=True):
            object.__setattr__(self, name, values)
        self._seal()

    def mean(self) -> Any:
        """Return the expected number of responses.

        Examples
        --------
        >>> BetaBinomial(10, 1, 3).mean()
        2.5
        """
        return self.m * self.a / (self.a + self.b)

    def pmf(self, k: ArrayLike) -> Any:
        """Return the probability of exactly `k` responses.

        Parameters
        ----------
        k : array_like
            Numbers of responses; those that cannot occur have probability 0.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> BetaBinomial(4, 1, 1).pmf([0, 4, 5]).round(12)
        array([0.2, 0.2, 0. ])
        """
        a, b, m, k = np.broadcast_arrays(self.a, self.b, self.m, np.asarray(k, dtype=np.float64))
        possible = (k >= 0.0) & (k <= m) & (k == np.floor(k))
        j = np.where(possible, k, 0.0)
        # prior density x binomial probability / posterior density, at the posterior mean: no cancellation at any size
        x, y = (a + j) / (a + b + m), (b + (m - j)) / (a + b + m)
        log_binomial = log_kernel(j + 1.0, m - j + 1.0, x, y) - np.log(x) - np.log(y) - np.log1p(m)
        log_pmf = log_kernel(a, b, x, y) + log_binomial - log_kernel(a + j, b + (m - j), x, y)
        return plain(np.where(possible, np.exp(log_pmf), 0.0))

    def cdf(self, k: ArrayLike) -> Any:
        """Return the probability of at most `k` responses; `k` and the answer are as those of `pmf`.

        Examples
        --------
        >>> round(BetaBinomial(4, 1, 1).cdf(1), 12)
        0.4
        """
        return self._sum(k, upper=False)

    def sf(self, k: ArrayLike) -> Any:
        """Return the probability of more than `k` responses, as `cdf`; accurate where it is small.

        Examples
        --------
        >>> round(BetaBinomial(4, 1, 1).sf(1), 12)
        0.6
        """
        return self._sum(k, upper=True)

    def _sum(self, k: ArrayLike, *, upper: bool) -> Any:
        a, b, m, k = np.broadcast_arrays(self.a, self.b, self.m, np.asarray(k, dtype=np.float64))
        every = np.arange(m.max(initial=0.0) + 1.0)
        pmf = np.asarray(BetaBinomial(m[..., None], a[..., None], b[..., None]).pmf(every))
        wanted = (every > k[..., None]) if upper else (every <= k[..., None])
        return plain(np.minimum(np.sum(pmf, axis=-1, where=wanted), 1.0))


@dataclass(frozen=True, slots=True, eq=False)
class BetaBinomialMixture(ArrayValue):
    """Number of responses whose rate is drawn from a mixture of Betas.

    Parameters
    ----------
    weights : ndarray
        Of the components.
    components : BetaBinomial
        All of them, with their parameters as arrays, for one number of patients.

    Raises
    ------
    InputError
        If there is more than one number of patients.

    Examples
    --------
    >>> future = BetaBinomialMixture(np.array([0.5, 0.5]), BetaBinomial(10, np.array([8, 1]), np.array([4, 1])))
    >>> round(future.sf(4), 4), round(future.mean(), 2)
    (0.7017, 5.83)
    """

    weights: FloatArray
    components: BetaBinomial

    def __post_init__(self) -> None:
        if np.ndim(self.components.m):
            raise InputError(f"m must be one whole number of patients, got {self.components.m!r}.")
        self._seal()

    def mean(self) -> float:
        """Return the expected number of responses."""
        return float(self.weights @ self.components.mean())

    def pmf(self, k: ArrayLike) -> Any:
        """Return the probability of exactly `k` responses."""
        return plain(self.components.pmf(np.asarray(k)[..., None]) @ self.weights)

    def cdf(self, k: ArrayLike) -> Any:
        """Return the probability of at most `k` responses."""
        return plain(self.components.cdf(np.asarray(k)[..., None]) @ self.weights)

    def sf(self, k: ArrayLike) -> Any:
        """Return the probability of more than `k` responses, accurate where it is small."""
        return plain(self.components.sf(np.asarray(k)[..., None]) @ self.weights)
