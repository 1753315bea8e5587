"""Mixtures of Beta distributions: robust and historical priors, and their posteriors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from trialstats.errors import InputError
from trialstats.intervals.beta import Beta
from trialstats.intervals.beta_binomial import BetaBinomialMixture
from trialstats.intervals.interval import ArrayValue, FloatArray, Interval, check_level, plain
from trialstats.intervals.roots import find_roots, newton_roots

_PLACES = 801


@dataclass(frozen=True, slots=True, init=False, eq=False)
class BetaMixture(ArrayValue):
    """A mixture of Beta distributions: a robust or historical prior, or its posterior.

    Its methods take and give what those of `Beta` do, of one rate.

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
       2014;70:1023-32.

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
        self._seal()

    def mean(self) -> float:
        """Return the mean.

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).mean()
        0.5
        """
        return float(self.weights @ self.components.mean())

    def sd(self) -> float:
        """Return the standard deviation.

        Examples
        --------
        >>> round(BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).sd() ** 2, 6)
        0.1
        """
        means = self.components.mean()
        spread = self.components.sd() ** 2 + (means - self.mean()) ** 2
        return float(np.sqrt(self.weights @ spread))

    def median(self) -> float:
        """Return the median.

        Examples
        --------
        >>> round(BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).median(), 12)
        0.5
        """
        return float(self.ppf(0.5))

    def mode(self) -> float:
        """Return the value of highest density; NaN where it is not one value (two equal peaks, an infinite density).

        Examples
        --------
        >>> round(BetaMixture([3, 1], [Beta(20, 12), Beta(2, 2)]).mode(), 4)
        0.6324
        """
        used = self.weights > 0.0
        a, b, weights = self.components.a[used], self.components.b[used], self.weights[used]
        infinite = [bool((values < 1.0).any()) for values in (a, b)]
        if any(infinite):
            return float("nan") if all(infinite) else float(infinite[1])

        def falling(x: FloatArray, _: object = None) -> FloatArray:
            """Slope of the log density, its sign turned."""
            each = np.asarray(self.components.logpdf(x[:, None]))[:, used] + np.log(weights)
            share = np.exp(each - each.max(axis=1, keepdims=True))
            slopes = (b - 1.0) / (1.0 - x[:, None]) - (a - 1.0) / x[:, None]
            return np.asarray((share * slopes).sum(axis=1) / share.sum(axis=1))

        # places at which the density is looked at: more of them where a component is narrow
        even = np.linspace(0.0, 1.0, _PLACES)
        grid = np.unique(np.clip(np.r_[np.ravel(self.components.ppf(even[:, None])), even], 0.0, 1.0))
        height = np.r_[-np.inf, self.logpdf(grid), -np.inf]
        peaks = np.flatnonzero((height[1:-1] >= height[:-2]) & (height[1:-1] >= height[2:]))
        low, places, high = (grid[np.clip(peaks + step, 0, grid.size - 1)] for step in (-1, 0, 1))
        inner = (low > 0.0) & (high < 1.0)
        inner[inner] = (falling(low[inner]) < 0.0) & (falling(high[inner]) > 0.0)
        places[inner] = find_roots(falling, low[inner], high[inner])
        found = np.asarray(self.logpdf(places))
        mode = float(places[found.argmax()])
        rivals = (found >= found.max() - 1e-12) & (np.abs(places - mode) > 1e-6)
        return float("nan") if rivals.any() else mode

    @property
    def effective_sample_size(self) -> float:
        """Number of patients that the mixture is worth: a + b of the Beta with the same mean and standard deviation.

        References
        ----------
        .. [1] Neuenschwander B, Capkun-Niggli G, Branson M, Spiegelhalter DJ. Summarizing historical information on
           controls in clinical trials. Clin Trials 2010;7:5-18.

        Examples
        --------
        >>> round(BetaMixture([1, 1], [Beta(12, 28), Beta(12, 28)]).effective_sample_size, 6)
        40.0
        >>> round(BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)]).effective_sample_size, 1)
        7.3
        """
        return self.mean() * (1.0 - self.mean()) / self.sd() ** 2 - 1.0

    def logpdf(self, x: ArrayLike) -> Any:
        """Return the logarithm of the density, as `Beta.logpdf`.

        Examples
        --------
        >>> round(BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).logpdf(0.5), 6)
        -0.287682
        """
        with np.errstate(divide="ignore"):
            each = np.asarray(self.components.logpdf(np.asarray(x)[..., None])) + np.log(self.weights)
        return plain(np.logaddexp.reduce(each, axis=-1))

    def predictive(self, m: int) -> BetaBinomialMixture:
        """Return the distribution of the number of responses among `m` further patients, as `Beta.predictive`.

        Examples
        --------
        >>> round(BetaMixture([1, 1], [Beta(1, 1), Beta(1, 1)]).predictive(9).pmf(3), 12)
        0.1
        """
        return BetaBinomialMixture(self.weights, self.components.predictive(m))

    def cdf(self, x: ArrayLike) -> Any:
        """Return the probability of at most `x`, as `Beta.cdf`.

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).cdf(0.5)
        0.5
        """
        return plain(self.components.cdf(np.asarray(x)[..., None]) @ self.weights)

    def sf(self, x: ArrayLike) -> Any:
        """Return the probability of more than `x`, as `Beta.sf`.

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 3), Beta(3, 1)]).sf(0.5)
        0.5
        """
        return plain(self.components.sf(np.asarray(x)[..., None]) @ self.weights)

    def ppf(self, q: ArrayLike) -> Any:
        """Return quantiles, as `Beta.ppf`.

        Examples
        --------
        >>> mixture = BetaMixture([0.8, 0.2], [Beta(12, 28), Beta(1, 1)])
        >>> round(mixture.cdf(mixture.ppf(0.975)), 12)
        0.975
        """
        q = np.asarray(q, dtype=np.float64)
        each = q.ravel()
        mirrored = BetaMixture(self.weights, Beta(self.components.b, self.components.a))
        # from the nearer end, so that quantiles near 1 stay accurate
        below, above = self._low_quantiles(np.minimum(each, 0.5)), mirrored._low_quantiles(np.minimum(1.0 - each, 0.5))
        return plain(np.where(each <= 0.5, below, 1.0 - above).reshape(q.shape))

    def _low_quantiles(self, q: FloatArray) -> FloatArray:
        ends = self.components.ppf(q[:, None])[:, self.weights > 0.0]
        low, high = ends.min(axis=1), ends.max(axis=1)  # the quantile lies between those of the components

        def excess(x: FloatArray, q: FloatArray) -> tuple[FloatArray, FloatArray]:
            return self.cdf(x) - q, np.exp(self.components.logpdf(x[:, None])) @ self.weights

        with np.errstate(all="ignore"):
            return newton_roots(excess, 0.5 * (low + high), low, high, q, smallest=0.0)

    def interval(self, level: float = 0.95) -> Interval:
        """Return the equal-tailed credible interval, as `Beta.interval`.

        Examples
        --------
        >>> low, high = BetaMixture([1, 1], [Beta(9, 25), Beta(9, 25)]).interval()
        >>> round(low, 3), round(high, 3)
        (0.133, 0.423)
        """
        level = check_level(level)
        low, high = self.ppf([(1.0 - level) / 2.0, (1.0 + level) / 2.0])
        return Interval(float(low), float(high), estimate=self.mean(), level=level, method="equal-tailed")

    def hdi(self, level: float = 0.95) -> Interval:
        """Return the shortest single interval that holds `level`, as `Beta.hdi`.

        Where the mixture has several peaks the region of highest density may be several pieces; this is one interval
        all the same.

        Examples
        --------
        >>> low, high = BetaMixture([1, 1], [Beta(9, 25), Beta(9, 25)]).hdi()
        >>> round(low, 3), round(high, 3)
        (0.125, 0.412)
        """
        level = check_level(level)

        def ends(tail: FloatArray) -> tuple[FloatArray, FloatArray]:
            low, high = np.split(np.asarray(self.ppf(np.r_[tail, np.minimum(tail + level, 1.0)])), 2)
            return low, high

        def gain(tail: FloatArray, _: object = None) -> FloatArray:
            """Difference of the log densities at both ends: where it is 0 no shift makes the interval shorter."""
            low, high = ends(tail)
            return np.asarray(self.logpdf(low) - self.logpdf(high))

        tails = np.linspace(0.0, 1.0 - level, _PLACES)
        lower, upper = ends(tails)
        k = int((upper - lower).argmin())
        around = tails[[max(k - 1, 0)]], tails[[min(k + 1, _PLACES - 1)]]
        if gain(around[0]) < 0.0 < gain(around[1]):
            lower, upper, k = *ends(find_roots(gain, *around)), 0
        low, high = float(lower[k]), float(upper[k])
        return Interval(low, high, estimate=self.mean(), level=level, method="hdi")

    def update(self, x: int, n: int) -> BetaMixture:
        """Return the posterior after `x` responses among `n` patients, as `Beta.update`.

        Each component is updated, its weight multiplied by its predictive probability of the counts.

        Examples
        --------
        >>> BetaMixture([1, 1], [Beta(1, 1), Beta(1, 1)]).update(3, 10).mean()
        0.333...
        """
        posterior = self.components.update(x, n)
        return BetaMixture(self.weights * self.components.predictive(n).pmf(x), posterior)
