"""Link scales on which estimates have symmetric intervals.

Each scale has two entry points: :meth:`Scale.forward` and its companions are plain ``math`` on one float (about
0.1 µs), :meth:`Scale.forward_array` and its companions are the same functions on arrays. All are total: an end of
the domain maps to its limit (an infinity where there is one) and anything outside the domain to NaN; inverses
saturate at the ends of the domain.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.intervals.interval import FloatArray

_INF, _NAN = math.inf, math.nan
_EXP_CEILING = 709.7  # math.exp raises beyond it
_ArrayFunction = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Scale:
    """A monotone function of an estimate, its inverse and its derivative.

    Examples
    --------
    >>> log = SCALES["log"]
    >>> round(log.forward(0.54), 4), round(log.inverse(-0.6162), 2)
    (-0.6162, 0.54)
    >>> log.forward(0.0), log.inverse(-math.inf)
    (-inf, 0.0)
    """

    name: str
    """Name on the menu :data:`SCALES`."""
    meaning: str
    """One line: the function, and for which estimates it is used."""
    domain: tuple[float, float]
    """Smallest and largest value that the estimate can take; both ends are accepted."""
    increasing: bool
    """False where a larger estimate has a smaller value on the scale, so that limits trade places."""
    forward: Callable[[float], float] = field(repr=False, compare=False)
    inverse: Callable[[float], float] = field(repr=False, compare=False)
    """From the estimate to the scale and back; float to float."""
    _forward: _ArrayFunction = field(repr=False, compare=False)
    _inverse: _ArrayFunction = field(repr=False, compare=False)
    _derivative: _ArrayFunction = field(repr=False, compare=False)

    def forward_array(self, x: ArrayLike) -> FloatArray:
        """Return the scale's values of an array of estimates, NaN outside the domain.

        Examples
        --------
        >>> SCALES["log-log"].forward_array([0.0, 0.5, 1.0]).round(4)
        array([    inf, -0.3665,    -inf])
        """
        return self._inside(x, self._forward)

    def inverse_array(self, y: ArrayLike) -> FloatArray:
        """Return the estimates, within the domain, at an array of values on the scale.

        Examples
        --------
        >>> SCALES["logit"].inverse_array([-np.inf, 0.0, np.inf])
        array([0. , 0.5, 1. ])
        """
        with np.errstate(all="ignore"):
            return np.asarray(self._inverse(np.asarray(y, dtype=np.float64)), dtype=np.float64)

    def derivative_array(self, x: ArrayLike) -> FloatArray:
        """Return the slope of the scale at an array of estimates (for the delta method).

        It is NaN outside the domain, an infinity where the scale is vertical.

        Examples
        --------
        >>> SCALES["logit"].derivative_array([0.5, 0.2]).round(9)
        array([4.  , 6.25])
        """
        return self._inside(x, self._derivative)

    def _inside(self, x: ArrayLike, function: _ArrayFunction) -> FloatArray:
        values = np.asarray(x, dtype=np.float64)
        with np.errstate(all="ignore"):
            return np.where((values >= self.domain[0]) & (values <= self.domain[1]), function(values), np.nan)


def _exp(y: float) -> float:
    return math.exp(y) if y < _EXP_CEILING else _NAN if y != y else _INF


def _same(x: float) -> float:
    return x


def _log(x: float) -> float:
    return math.log(x) if x > 0.0 else -_INF if x == 0.0 else _NAN


def _reciprocal(x: float) -> float:
    return 1.0 / x if x > 0.0 else _INF if x == 0.0 else _NAN


def _logit(p: float) -> float:
    if 0.0 < p < 1.0:
        return math.log(p) - math.log1p(-p)
    return -_INF if p == 0.0 else _INF if p == 1.0 else _NAN


def _expit(y: float) -> float:
    return 1.0 / (1.0 + _exp(-y))


def _log_log(p: float) -> float:
    if 0.0 < p < 1.0:
        return math.log(-math.log(p))
    return _INF if p == 0.0 else -_INF if p == 1.0 else _NAN


def _log_log_inverse(y: float) -> float:
    return math.exp(-_exp(y))


def _arcsine(p: float) -> float:
    return math.asin(math.sqrt(p)) if 0.0 <= p <= 1.0 else _NAN


def _arcsine_inverse(y: float) -> float:
    # the sine folds back beyond a quarter turn, the estimate must not
    return math.sin(y) ** 2 if 0.0 <= y <= math.pi / 2 else _NAN if y != y else 0.0 if y < 0.0 else 1.0


def _complement_log(p: float) -> float:
    return math.log1p(-p) if p < 1.0 else -_INF if p == 1.0 else _NAN


def _complement_log_inverse(y: float) -> float:
    return -math.expm1(y) if y < _EXP_CEILING else _NAN if y != y else -_INF


def _make(*scales: Scale) -> Mapping[str, Scale]:
    return MappingProxyType({scale.name: scale for scale in scales})


SCALES: Mapping[str, Scale] = _make(
    Scale(
        "identity",
        "the estimate itself, the natural scale: means, differences, coefficients, plain Wald intervals",
        (-_INF, _INF),
        True,
        _same,
        _same,
        np.asarray,
        np.asarray,
        np.ones_like,
    ),
    Scale(
        "log",
        "log x: ratios of hazards, odds, risks and rates; a survival rate in R",
        (0.0, _INF),
        True,
        _log,
        _exp,
        np.log,
        np.exp,
        np.reciprocal,
    ),
    Scale(
        "logit",
        "log(p / (1 - p)), the log odds: proportions and survival rates",
        (0.0, 1.0),
        True,
        _logit,
        _expit,
        lambda p: np.log(p) - np.log1p(-p),
        special.expit,
        lambda p: np.reciprocal(p * (1.0 - p)),
    ),
    Scale(
        "log-log",
        "log(-log p), also called complementary log-log (cloglog): survival rates, proportions",
        (0.0, 1.0),
        False,
        _log_log,
        _log_log_inverse,
        lambda p: np.log(-np.log(p)),
        lambda y: np.exp(-np.exp(y)),
        lambda p: np.where((p == 0.0) | (p == 1.0), -np.inf, np.reciprocal(p * np.log(p))),
    ),
    Scale(
        "arcsine",
        "angle whose squared sine is p (variance-stabilising): proportions and survival rates",
        (0.0, 1.0),
        True,
        _arcsine,
        _arcsine_inverse,
        lambda p: np.arcsin(np.sqrt(p)),
        lambda y: np.sin(np.clip(y, 0.0, math.pi / 2)) ** 2,
        lambda p: 0.5 / np.sqrt(p * (1.0 - p)),
    ),
    Scale(
        "complement-log",
        "log(1 - p): reductions and efficacies, which are one minus a ratio",
        (-_INF, 1.0),
        False,
        _complement_log,
        _complement_log_inverse,
        lambda p: np.log1p(-p),
        lambda y: -np.expm1(y),
        lambda p: -np.reciprocal(1.0 - p),
    ),
    Scale(
        "reciprocal",
        "1 / x: a ratio turned over, as if the other arm came first",
        (0.0, _INF),
        False,
        _reciprocal,
        _reciprocal,
        np.reciprocal,
        lambda y: np.where(y < 0.0, np.nan, np.reciprocal(y)),
        lambda x: -np.reciprocal(x) / x,
    ),
)
"""The menu: name -> :class:`Scale`; read-only."""
