"""Beta posteriors: summaries, equal-tailed and highest-density intervals, updates, predictions, mixtures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray, Interval, check_counts, check_level

__all__ = ["Beta", "BetaBinomial", "BetaMixture", "log_kernel"]

IndexArray = NDArray[np.intp]
_HALF_LOG_2PI = 0.9189385332046727


@dataclass(frozen=True, slots=True, eq=False)
class Beta:
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
        try:
            a, b = np.broadcast_arrays(np.array(self.a, dtype=np.float64), np.array(self.b, dtype=np.float64))
        except (TypeError, ValueError):
            message = f"a and b must be positive numbers of matching shapes, got {self.a!r} and {self.b!r}."
            raise InputError(message) from None
        for name, values in (("a", a), ("b", b)):
            if (bad := ~((values > 0.0) & (values < np.inf))).any():
                raise InputError(f"{name} must be a positive number, got {values[bad].ravel()[0]:g}.")
            object.__setattr__(self, name, _plain(values))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Beta):
            return NotImplemented
        return np.array_equal(self.a, other.a) and np.array_equal(self.b, other.b)

    def __hash__(self) -> int:
        return hash((np.shape(self.a), np.asarray(self.a).tobytes(), np.asarray(self.b).tobytes()))

    @property
    def effective_sample_size(self) -> Any:
        """Number of patients that the distribution is worth, a + b.

        References
        ----------
        .. [1] Morita S, Thall PF, Müller P. Determining the effective sample size of a parametric prior.
           Biometrics 2008;64:595-602. Section 1.

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
        return _plain(np.sqrt((self.a / n) * (self.b / n) / (n + 1.0)))

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
        return _plain(np.where((a < 1.0) & (b < 1.0), np.nan, mode))

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
        return _plain(special.betaincinv(self.a, self.b, np.asarray(q, dtype=np.float64)))

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
        return _plain(special.betainc(self.a, self.b, np.clip(x, 0.0, 1.0)))

    def sf(self, x: ArrayLike) -> Any:
        """Return the probability of more than `x`, accurate where it is small.

        Parameters
        ----------
        x : array_like
            Rates; beyond 0 and 1 the answer is 1 and 0.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> round(Beta(9, 25).sf(0.2), 4)
        0.8
        """
        return _plain(special.betaincc(self.a, self.b, np.clip(x, 0.0, 1.0)))

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
        .. [1] Loader C. Fast and accurate computation of binomial probabilities. 2000. Sections 2 and 3.

        Examples
        --------
        >>> round(Beta(2, 1).logpdf(0.25), 6), Beta(2, 1).logpdf(1.5)
        (-0.693147, -inf)
        """
        a, b, x = np.broadcast_arrays(self.a, self.b, np.asarray(x, dtype=np.float64))
        inside = (x > 0.0) & (x < 1.0)
        t = np.where(inside, x, 0.5)
        inner = log_kernel(a, b, t, 1.0 - t) - np.log(t) - np.log1p(-t)
        with np.errstate(divide="ignore"):
            at_0 = special.xlogy(a - 1.0, 0.0) + np.where(a == 1.0, np.log(b), 0.0)
            at_1 = special.xlogy(b - 1.0, 0.0) + np.where(b == 1.0, np.log(a), 0.0)
        edge = np.where(x == 0.0, at_0, np.where(x == 1.0, at_1, np.where(np.isnan(x), np.nan, -np.inf)))
        return _plain(np.where(inside, inner, edge))

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
        upper = _plain(special.betainccinv(self.a, self.b, tail))
        return Interval(self.ppf(tail), upper, estimate=self.mean(), level=level, method="equal-tailed")

    def hdi(self, level: float = 0.95) -> Interval:
        """Return the highest-density interval, the shortest that holds `level`, with the mean as its estimate.

        Parameters
        ----------
        level : float, default 0.95
            Posterior probability of the interval.

        Returns
        -------
        Interval
            With method ``"hdi"``. It starts or ends at 0 or 1 where the density has no inner peak. For a, b < 1,
            where the region of highest density is two pieces, it is the shortest single interval (the upper of
            two equally short ones); for the uniform distribution, all of whose intervals are equally short, it
            is the equal-tailed one.

        Raises
        ------
        InputError
            If the level does not lie between 0 and 1.

        References
        ----------
        .. [1] Box GEP, Tiao GC. Bayesian Inference in Statistical Analysis. Addison-Wesley; 1973. Section 2.8.

        Examples
        --------
        >>> low, high = Beta(9, 25).hdi()
        >>> round(low, 3), round(high, 3)
        (0.125, 0.412)
        """
        level = check_level(level)
        a, b = np.atleast_1d(self.a, self.b)
        from_0, to_1 = special.betaincinv(a, b, level), special.betainccinv(a, b, level)
        low, high = np.zeros(a.shape), np.ones(a.shape)
        peaked, flat = (a > 1.0) & (b > 1.0), (a == 1.0) & (b == 1.0)
        left = np.where((a < 1.0) & (b < 1.0), (from_0 < 1.0 - to_1) & (a != b), a < b)
        np.copyto(high, from_0, where=left)
        np.copyto(low, to_1, where=~left)
        low[flat], high[flat] = (1.0 - level) / 2.0, (1.0 + level) / 2.0
        if peaked.any():
            low[peaked], high[peaked] = _peaked_hdi(a[peaked], b[peaked], level)
        shape = np.shape(self.a)
        low, high = low.reshape(shape), high.reshape(shape)
        return Interval(_plain(low), _plain(high), estimate=self.mean(), level=level, method="hdi")

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
        return BetaBinomial(m, self)


@dataclass(frozen=True, slots=True, eq=False)
class BetaBinomial:
    """Number of responses among `m` patients whose rate is drawn from `rate`: a predictive distribution.

    Parameters
    ----------
    m : array_like
        Number of patients.
    rate : Beta
        Distribution of the response rate.

    Raises
    ------
    InputError
        If `m` is not a whole number of at least 0.

    References
    ----------
    .. [1] Johnson NL, Kemp AW, Kotz S. Univariate Discrete Distributions. 3rd ed. Wiley; 2005. Section 6.2.2.

    Examples
    --------
    >>> future = BetaBinomial(10, Beta(8, 4))
    >>> round(future.sf(4), 4), round(future.mean(), 2)
    (0.8579, 6.67)
    """

    m: Any
    rate: Beta

    def __post_init__(self) -> None:
        m = np.asarray(self.m, dtype=np.float64)
        if (bad := ~((m >= 0.0) & (m < np.inf) & (m == np.floor(m)))).any():
            raise InputError(f"m must be a whole number of patients, got {m[bad].ravel()[0]:g}.")
        object.__setattr__(self, "m", _plain(m))

    def mean(self) -> Any:
        """Return the expected number of responses.

        Examples
        --------
        >>> BetaBinomial(10, Beta(1, 3)).mean()
        2.5
        """
        return self.m * self.rate.mean()

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
        >>> BetaBinomial(4, Beta(1, 1)).pmf([0, 4, 5]).round(12)
        array([0.2, 0.2, 0. ])
        """
        a, b, m, k = np.broadcast_arrays(self.rate.a, self.rate.b, self.m, np.asarray(k, dtype=np.float64))
        possible = (k >= 0.0) & (k <= m) & (k == np.floor(k))
        j = np.where(possible, k, 0.0)
        # prior density x binomial probability / posterior density, at the posterior mean: no cancellation at any size
        x, y = (a + j) / (a + b + m), (b + (m - j)) / (a + b + m)
        log_binomial = log_kernel(j + 1.0, m - j + 1.0, x, y) - np.log(x) - np.log(y) - np.log1p(m)
        log_pmf = log_kernel(a, b, x, y) + log_binomial - log_kernel(a + j, b + (m - j), x, y)
        return _plain(np.where(possible, np.exp(log_pmf), 0.0))

    def cdf(self, k: ArrayLike) -> Any:
        """Return the probability of at most `k` responses.

        Parameters
        ----------
        k : array_like
            Numbers of responses.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> round(BetaBinomial(4, Beta(1, 1)).cdf(1), 12)
        0.4
        """
        return self._sum(k, upper=False)

    def sf(self, k: ArrayLike) -> Any:
        """Return the probability of more than `k` responses, accurate where it is small.

        Parameters
        ----------
        k : array_like
            Numbers of responses.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> round(BetaBinomial(4, Beta(1, 1)).sf(1), 12)
        0.6
        """
        return self._sum(k, upper=True)

    def _sum(self, k: ArrayLike, *, upper: bool) -> Any:
        a, b, m, k = np.broadcast_arrays(self.rate.a, self.rate.b, self.m, np.asarray(k, dtype=np.float64))
        every = np.arange(m.max(initial=0.0) + 1.0)
        pmf = np.asarray(BetaBinomial(m[..., None], Beta(a[..., None], b[..., None])).pmf(every))
        wanted = (every > k[..., None]) if upper else (every <= k[..., None])
        return _plain(np.minimum(np.sum(pmf, axis=-1, where=wanted), 1.0))


@dataclass(frozen=True, slots=True, init=False, eq=False)
class BetaMixture:
    """A mixture of Beta distributions: a robust or historical prior, or its posterior.

    Parameters
    ----------
    weights : array_like
        One weight of at least 0 per component; they are scaled to sum to 1.
    components : Beta or sequence of Beta
        The components, each with scalar parameters (or one Beta that holds them as a one-dimensional array).

    Raises
    ------
    InputError
        If the weights are not positive numbers, one per component.

    References
    ----------
    .. [1] Schmidli H, Gsteiger S, Roychoudhury S, O'Hagan A, Spiegelhalter D, Neuenschwander B. Robust
       meta-analytic-predictive priors in clinical trials with historical control information. Biometrics
       2014;70:1023-32. Section 2.3.

    Examples
    --------
    >>> prior = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
    >>> round(prior.mean(), 4), round(float(prior.update(18, 20).weights[1]), 4)
    (0.34, 0.9996)
    """

    weights: FloatArray
    components: Beta

    def __init__(self, weights: ArrayLike, components: Beta | Sequence[Beta]) -> None:
        if not isinstance(components, Beta):
            parts = list(components)
            components = Beta([part.a for part in parts], [part.b for part in parts])
        w = np.array(weights, dtype=np.float64)
        if w.ndim != 1 or w.shape != np.shape(components.a) or not w.size:
            raise InputError(f"A mixture needs one weight for each component, got {weights!r}.")
        if not (np.isfinite(w) & (w >= 0.0)).all() or w.sum() <= 0.0:
            raise InputError(f"Weights must be at least 0 and not all 0, got {weights!r}.")
        object.__setattr__(self, "weights", w / w.sum())
        object.__setattr__(self, "components", components)

    def mean(self) -> float:
        """Return the mean.

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).mean()
        0.5
        """
        return float(self.weights @ self.components.mean())

    def cdf(self, x: ArrayLike) -> Any:
        """Return the probability of at most `x`.

        Parameters
        ----------
        x : array_like
            Rates.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).cdf(0.5)
        0.5
        """
        return _plain(self.components.cdf(np.asarray(x)[..., None]) @ self.weights)

    def sf(self, x: ArrayLike) -> Any:
        """Return the probability of more than `x`, accurate where it is small.

        Parameters
        ----------
        x : array_like
            Rates.

        Returns
        -------
        float or ndarray

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).sf(0.5)
        0.5
        """
        return _plain(self.components.sf(np.asarray(x)[..., None]) @ self.weights)

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
        >>> mixture = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
        >>> round(mixture.cdf(mixture.ppf(0.975)), 12)
        0.975
        """
        q = np.asarray(q, dtype=np.float64)
        each = q.ravel()
        ends = self.components.ppf(each[:, None])[:, self.weights > 0.0]
        low, high = ends.min(axis=1), ends.max(axis=1)  # the quantile lies between those of the components

        def excess(x: FloatArray, i: IndexArray) -> tuple[FloatArray, FloatArray]:
            # from the nearer tail, so that quantiles near 1 stay accurate
            above = np.where(each[i] <= 0.5, self.cdf(x) - each[i], (1.0 - each[i]) - self.sf(x))
            return above, np.exp(self.components.logpdf(x[:, None])) @ self.weights

        with np.errstate(all="ignore"):
            return _plain(_increasing_root(excess, low, high, 0.5 * (low + high)).reshape(q.shape))

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
        >>> low, high = BetaMixture([1, 1], [Beta(9, 25), Beta(9, 25)]).interval()
        >>> round(low, 3), round(high, 3)
        (0.133, 0.423)
        """
        level = check_level(level)
        low, high = self.ppf([(1.0 - level) / 2.0, (1.0 + level) / 2.0])
        return Interval(float(low), float(high), estimate=self.mean(), level=level, method="equal-tailed")

    def update(self, x: int, n: int) -> BetaMixture:
        """Return the posterior after `x` responses among `n` patients.

        Parameters
        ----------
        x, n : int
            Counts.

        Returns
        -------
        BetaMixture
            Each component updated, its weight multiplied by its predictive probability of the counts.

        Raises
        ------
        InputError
            If they are no counts of x in n.

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 1), Beta(1, 1)]).update(3, 10).mean()
        0.333...
        """
        posterior = self.components.update(x, n)
        return BetaMixture(self.weights * self.components.predictive(n).pmf(x), posterior)


def log_kernel(a: ArrayLike, b: ArrayLike, x: ArrayLike, y: ArrayLike) -> Any:
    r"""Return log of :math:`x^a y^b / B(a, b)`, the density of a Beta in the log odds of x, where y = 1 - x.

    The powers and B(a, b) are each huge for large parameters; taken together as deviances from the mean and remainders
    of Stirling's formula nothing cancels.

    Parameters
    ----------
    a, b : array_like
        Parameters.
    x, y : array_like
        Rates strictly between 0 and 1, and their complements.

    Returns
    -------
    float or ndarray

    References
    ----------
    .. [1] Loader C. Fast and accurate computation of binomial probabilities. 2000. Sections 2 and 3.

    Examples
    --------
    >>> round(float(np.exp(log_kernel(2.0, 1.0, 0.5, 0.5))), 12)
    0.25
    """
    a, b, x, y = (np.asarray(value, dtype=np.float64) for value in (a, b, x, y))
    n = a + b
    scale = 0.5 * np.log(a / n * b) - _HALF_LOG_2PI + _stirling(n) - _stirling(a) - _stirling(b)
    return scale - _deviance(a, n * x) - _deviance(b, n * y)


def _deviance(count: FloatArray, expected: FloatArray) -> Any:
    """Half a Poisson deviance, count log(count / expected) + expected - count."""
    with np.errstate(all="ignore"):
        t = (count - expected) / expected
        far = count * (np.log(count) - np.log(expected)) + (expected - count)
        return np.where(np.abs(t) < 1.0, expected * ((1.0 + t) * np.log1p(t) - t), far)


def _stirling(z: FloatArray) -> Any:
    """Remainder of Stirling's formula for log gamma."""
    w = 1.0 / np.maximum(z, 10.0) ** 2
    series = 1 / 156 + w * (-3617 / 122400)
    for coefficient in (-691 / 360360, 1 / 1188, -1 / 1680, 1 / 1260, -1 / 360, 1 / 12):
        series = coefficient + w * series
    direct = special.gammaln(z) - (z - 0.5) * np.log(z) + z - _HALF_LOG_2PI
    return np.where(z < 10.0, direct, series / np.maximum(z, 10.0))


def _peaked_hdi(a: FloatArray, b: FloatArray, level: float) -> tuple[FloatArray, FloatArray]:
    """Highest-density interval for a, b > 1: equal log densities at both ends, solved for the log of one end."""
    mirrored = a > b  # the end nearer its boundary is the one to solve for: near 0 it keeps its digits
    a, b = np.where(mirrored, b, a), np.where(mirrored, a, b)
    outside = 1.0 - level

    def other_end(x: FloatArray, i: Any = slice(None)) -> FloatArray:
        tail = np.maximum(outside - special.betainc(a[i], b[i], x), 0.0)
        return np.asarray(special.betainccinv(a[i], b[i], tail))

    def height(log_x: FloatArray, i: IndexArray) -> tuple[FloatArray, FloatArray]:
        x = np.exp(log_x)
        y, beta = other_end(x, i), Beta(a[i], b[i])
        gap = beta.logpdf(x) - beta.logpdf(y)
        slope_x, slope_y = ((beta.a - 1.0) / t - (beta.b - 1.0) / (1.0 - t) for t in (x, y))
        return gap, x * (slope_x - slope_y * np.exp(gap))

    top = np.minimum((a - 1.0) / ((a - 1.0) + (b - 1.0)), special.betaincinv(a, b, outside))
    with np.errstate(all="ignore"):
        start = np.log(special.betaincinv(a, b, outside / 2.0))
        low = np.exp(_increasing_root(height, np.full(a.shape, -745.0), np.log(top), start))
    low = np.where(low < 1e-300, 0.0, low)
    high = other_end(low)
    return np.where(mirrored, 1.0 - high, low), np.where(mirrored, 1.0 - low, high)


def _increasing_root(
    function: Callable[[FloatArray, IndexArray], tuple[FloatArray, FloatArray]],
    low: FloatArray,
    high: FloatArray,
    start: FloatArray,
) -> FloatArray:
    """Roots of increasing functions: Newton steps, bisection where they leave the bracket.

    `function` is given values and the indices they belong to, and returns values and slopes.
    """
    low, high, x = np.array(low), np.array(high), np.clip(start, low, high)
    active = np.arange(x.size)
    for _ in range(100):
        old = x[active]
        value, slope = function(old, active)
        left, right = np.where(value <= 0.0, old, low[active]), np.where(value >= 0.0, old, high[active])
        newton = old - value / slope
        taken = (newton >= left) & (newton <= right)
        new = np.where(taken, newton, 0.5 * (left + right))
        low[active], high[active], x[active] = left, right, new
        # a short Newton step squares the error; bisection has to close its bracket
        close = np.where(taken, np.abs(new - old) <= 1e-9 * np.abs(old), right - left <= 4e-16 * np.abs(old))
        active = active[~(close | (value == 0.0))]
        if not active.size:
            break
    return x


def _plain(values: Any) -> Any:
    return values if np.ndim(values) else float(values)
