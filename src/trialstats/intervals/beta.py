"""Beta posteriors: summaries, equal-tailed and highest-density intervals, updates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.intervals.beta_binomial import BetaBinomial
from trialstats.intervals.beta_density import beta_ppf, check_parameters, log_density
from trialstats.intervals.highest_density import highest_density
from trialstats.intervals.interval import ArrayValue, Interval, check_counts, check_level, plain


@dataclass(frozen=True, slots=True, eq=False)
class Beta(ArrayValue):
    """A Beta distribution, or an array of them: prior or posterior of a response rate.

    Parameters
    ----------
    a, b : array_like
        Positive parameters of matching shapes; after x of n responses under a Beta(a0, b0) prior they are a0 + x and
        b0 + n - x. Scalars give floats back, arrays give arrays.

    Raises
    ------
    InputError
        If a parameter is not positive and finite, or the shapes do not match.

    References
    ----------
    .. [1] Johnson NL, Kotz S, Balakrishnan N. Continuous Univariate Distributions, vol. 2. 2nd ed. Wiley; 1995.
       Chapter 25.

    Examples
    --------
    >>> posterior = Beta(1, 1).update(8, 32)
    >>> posterior
    Beta(a=9.0, b=25.0)
    >>> round(posterior.mean(), 3), round(posterior.median(), 3), posterior.mode()
    (0.265, 0.26, 0.25)
    """

    a: Any
    b: Any

    def __post_init__(self) -> None:
        a, b = check_parameters(self.a, self.b)
        object.__setattr__(self, "a", a)
        object.__setattr__(self, "b", b)
        self._seal()

    @property
    def effective_sample_size(self) -> Any:
        """Number of patients that the distribution is worth, a + b.

        References
        ----------
        .. [1] Morita S, Thall PF, Müller P. Determining the effective sample size of a parametric prior.
           Biometrics 2008;64:595-602.

        Examples
        --------
        >>> Beta(2, 8).effective_sample_size
        10.0
        """
        return self.a + self.b

    def mean(self) -> Any:
        """Return the mean, a / (a + b).

        Examples
        --------
        >>> Beta(2, 6).mean()
        0.25
        """
        return self.a / (self.a + self.b)

    def sd(self) -> Any:
        """Return the standard deviation.

        Examples
        --------
        >>> round(Beta(1, 1).sd() ** 2 * 12, 12)
        1.0
        """
        n = self.a + self.b
        return plain(np.sqrt((self.a / n) * (self.b / n) / (n + 1.0)))

    def median(self) -> Any:
        """Return the median.

        Examples
        --------
        >>> Beta(3, 3).median()
        0.5
        """
        return self.ppf(0.5)

    def mode(self) -> Any:
        """Return the value of highest density, (a - 1) / (a + b - 2) for a, b > 1.

        Returns
        -------
        float or ndarray
            0 or 1 where the density is highest at that end alone; NaN where no single value is (a, b < 1, and the
            uniform distribution).

        Examples
        --------
        >>> Beta(9, 25).mode(), Beta(0.5, 3).mode(), Beta(1, 1).mode()
        (0.25, 0.0, nan)
        """
        a, b = np.asarray(self.a), np.asarray(self.b)
        with np.errstate(all="ignore"):
            inner = (a - 1.0) / ((a - 1.0) + (b - 1.0))
        left, right = (a <= 1.0) & ((b > 1.0) | (a < b)), (b <= 1.0) & ((a > 1.0) | (b < a))
        mode = np.where((a > 1.0) & (b > 1.0), inner, np.where(left, 0.0, np.where(right, 1.0, np.nan)))
        return plain(np.where((a < 1.0) & (b < 1.0), np.nan, mode))

    def ppf(self, q: ArrayLike) -> Any:
        """Return quantiles.

        Parameters
        ----------
        q : array_like
            Probabilities; NaN is returned outside 0 to 1.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> round(Beta(9, 25).ppf(0.025), 4)
        0.133
        """
        return plain(beta_ppf(self.a, self.b, q))

    def cdf(self, x: ArrayLike) -> Any:
        """Return the probability of at most `x`.

        Parameters
        ----------
        x : array_like
            Rates; beyond 0 and 1 the answer is 0 and 1.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> round(Beta(9, 25).cdf(0.2), 4)
        0.2
        """
        return plain(special.betainc(self.a, self.b, np.clip(x, 0.0, 1.0)))

    def sf(self, x: ArrayLike) -> Any:
        """Return the probability of more than `x`, as `cdf` takes it; accurate where it is small.

        Examples
        --------
        >>> round(Beta(9, 25).sf(0.2), 4)
        0.8
        """
        return plain(special.betaincc(self.a, self.b, np.clip(x, 0.0, 1.0)))

    def logpdf(self, x: ArrayLike) -> Any:
        """Return the logarithm of the density.

        Parameters
        ----------
        x : array_like
            Rates.

        Returns
        -------
        float or ndarray
            Minus infinity outside 0 to 1; at the ends the limit, which is infinite for a parameter below 1.

        References
        ----------
        .. [1] Loader C. Fast and accurate computation of binomial probabilities. 2000.

        Examples
        --------
        >>> round(Beta(2, 1).logpdf(0.25), 6), Beta(2, 1).logpdf(1.5)
        (-0.693147, -inf)
        """
        a, b, x = np.broadcast_arrays(self.a, self.b, np.asarray(x, dtype=np.float64))
        inside = (x > 0.0) & (x < 1.0)
        inner = log_density(a, b, np.where(inside, x, 0.5))
        with np.errstate(divide="ignore"):
            at_0 = special.xlogy(a - 1.0, 0.0) + np.where(a == 1.0, np.log(b), 0.0)
            at_1 = special.xlogy(b - 1.0, 0.0) + np.where(b == 1.0, np.log(a), 0.0)
        edge = np.where(x == 0.0, at_0, np.where(x == 1.0, at_1, np.where(np.isnan(x), np.nan, -np.inf)))
        return plain(np.where(inside, inner, edge))

    def interval(self, level: float = 0.95) -> Interval:
        """Return the equal-tailed credible interval, with the mean as its estimate.

        Parameters
        ----------
        level : float, default 0.95
            Posterior probability of the interval.

        Returns
        -------
        Interval
            With method ``"equal-tailed"``.

        Raises
        ------
        InputError
            If the level does not lie between 0 and 1.

        Examples
        --------
        >>> low, high = Beta(9, 25).interval()
        >>> round(low, 3), round(high, 3)
        (0.133, 0.423)
        """
        level = check_level(level)
        tail = (1.0 - level) / 2.0
        upper = plain(special.betainccinv(self.a, self.b, tail))
        return Interval(self.ppf(tail), upper, estimate=self.mean(), level=level, method="equal-tailed")

    def hdi(self, level: float = 0.95) -> Interval:
        """Return the highest-density interval, the shortest that holds `level`, with the mean as its estimate.

        Returns
        -------
        Interval
            With method ``"hdi"``. It starts or ends at 0 or 1 where the density has no inner peak. For a, b < 1,
            where the region of highest density is two pieces, it is the shortest single interval (the upper of
            two equally short ones); for the uniform distribution, all of whose intervals are equally short, it
            is the equal-tailed one.

        References
        ----------
        .. [1] Box GEP, Tiao GC. Bayesian Inference in Statistical Analysis. Addison-Wesley; 1973.

        Examples
        --------
        >>> low, high = Beta(9, 25).hdi()
        >>> round(low, 3), round(high, 3)
        (0.125, 0.412)
        """
        level = check_level(level)
        low, high = highest_density(self.a, self.b, level)
        return Interval(plain(low), plain(high), estimate=self.mean(), level=level, method="hdi")

    def update(self, x: ArrayLike, n: ArrayLike) -> Beta:
        """Return the posterior after `x` responses among `n` patients.

        Parameters
        ----------
        x, n : array_like
            Counts.

        Returns
        -------
        Beta

        Raises
        ------
        InputError
            If they are no counts of x in n.

        Examples
        --------
        >>> Beta(0.5, 0.5).update(20, 27)
        Beta(a=20.5, b=7.5)
        """
        x, n = check_counts(x, n)
        return Beta(self.a + x, self.b + (n - x))

    def predictive(self, m: ArrayLike) -> BetaBinomial:
        """Return the distribution of the number of responses among `m` further patients.

        Parameters
        ----------
        m : array_like
            Numbers of patients.

        Returns
        -------
        BetaBinomial

        Raises
        ------
        InputError
            If `m` is not a whole number of at least 0.

        Examples
        --------
        >>> round(Beta(1, 1).predictive(9).pmf(3), 12)
        0.1
        """
        return BetaBinomial(m, self.a, self.b)
