"""Menus of Beta priors for the search behind a printed posterior: the usual ones, grids, a mean with a weight."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from trialstats.errors import InputError, check_name
from trialstats.intervals.beta import Beta
from trialstats.values import FrozenDict

PRIORS: FrozenDict[str, tuple[float, float]] = FrozenDict(
    {"uniform": (1.0, 1.0), "jeffreys": (0.5, 0.5), "haldane": (0.0, 0.0), "beta(2, 2)": (2.0, 2.0)}
)
"""Priors that a trial with one proportion may use without saying so."""
_NAMES = {parameters: name for name, parameters in PRIORS.items()}
_LARGEST_GRID = 250_000


def prior_name(a: float, b: float) -> str:
    """Return the name of a prior in `PRIORS`, or its parameters with up to six significant digits.

    Examples
    --------
    >>> prior_name(1, 1), prior_name(0.6, 1.4)
    ('uniform', 'beta(0.6, 1.4)')
    """
    return _NAMES.get((float(a), float(b))) or f"beta({a:.6g}, {b:.6g})"


def prior_grid(largest: float = 20.0, step: float = 0.5, *, smallest: float = 0.0) -> dict[str, tuple[float, float]]:
    """Return all Beta(a, b) priors with a and b on a grid.

    Parameters
    ----------
    largest : float, default 20
        Largest a and b.
    step : float, default 0.5
    smallest : float, default 0
        Smallest a and b; 0 is the improper limit, of which Haldane's prior is one.

    Returns
    -------
    dict of str to (float, float)
        By name.

    Raises
    ------
    InputError
        If the step is not positive, the ends are negative or in the wrong order, or the grid has more than 250,000
        priors.

    Examples
    --------
    >>> menu = prior_grid()
    >>> len(menu), menu["jeffreys"], menu["beta(2, 8)"]
    (1681, (0.5, 0.5), (2.0, 8.0))
    """
    try:
        fits = step > 0 and 0 <= smallest <= largest < float("inf")
    except TypeError:
        fits = False
    if not fits:
        raise InputError(
            f"A grid of priors needs numbers 0 <= smallest <= largest and a positive step, "
            f"got {smallest!r}, {largest!r} and {step!r}."
        )
    count = int((largest - smallest) / step + 1e-9) + 1
    if count * count > _LARGEST_GRID:
        raise InputError(f"A grid of priors may hold at most {_LARGEST_GRID:,}, got {count:,} x {count:,}.")
    values = [round(smallest + i * step, 12) for i in range(count)]
    return {prior_name(a, b): (a, b) for a in values for b in values}


def prior_mean_weight(mean: float, weights: float | Iterable[float]) -> dict[str, tuple[float, float]]:
    """Return the priors with a given mean that are worth a given number of patients.

    Parameters
    ----------
    mean : float
        Expected rate, strictly between 0 and 1.
    weights : float or iterable of float
        Numbers of patients that the prior is worth, a + b; each above 0.

    Returns
    -------
    dict of str to (float, float)
        By name.

    Raises
    ------
    InputError
        If the mean is no rate or a weight is not positive.

    References
    ----------
    .. [1] Morita S, Thall PF, Müller P. Determining the effective sample size of a parametric prior.
       Biometrics 2008;64:595-602.

    Examples
    --------
    >>> prior_mean_weight(0.3, [2, 10])
    {'beta(0.6, 1.4)': (0.6, 1.4), 'beta(3, 7)': (3.0, 7.0)}
    """
    if not isinstance(mean, (int, float)) or not 0 < mean < 1:
        raise InputError(f"The mean of a prior must lie strictly between 0 and 1, got {mean!r}.")
    try:
        sizes = [float(weights)] if isinstance(weights, (int, float)) else [float(weight) for weight in weights]
    except (TypeError, ValueError):
        raise InputError(f"The weight of a prior must be a positive number of patients, got {weights!r}.") from None
    for weight in sizes:
        if not 0 < weight < float("inf"):
            raise InputError(f"The weight of a prior must be a positive number of patients, got {weight:g}.")
    pairs = [(round(mean * weight, 12), round((1 - mean) * weight, 12)) for weight in sizes]
    return {prior_name(a, b): (a, b) for a, b in pairs}


def as_priors(
    priors: Mapping[str, tuple[float, float] | Beta] | Iterable[str] | None,
) -> Mapping[str, tuple[float, float]]:
    """Return a menu of priors as a mapping of names to parameters.

    Refused are a parameter that is negative or not finite, an empty menu, what is no menu, and names not in `PRIORS`.
    """
    if priors is None:
        return PRIORS
    if isinstance(priors, Mapping):
        table = {name: _parameters(name, given) for name, given in priors.items()}
        for name, (a, b) in table.items():
            if not (0 <= a < float("inf") and 0 <= b < float("inf")):
                raise InputError(
                    f"The parameters of prior {name!r} must not be negative or infinite, got ({a:g}, {b:g})."
                )
    elif not isinstance(priors, Iterable):
        raise InputError(
            f"Priors are names, or a mapping of names to (a, b) such as {{'mine': (2, 2)}}, got {priors!r}."
        )
    else:
        names = [priors] if isinstance(priors, str) else list(priors)
        for name in names:
            check_name("prior", name, PRIORS)
        table = {name: PRIORS[name] for name in names}
    if not table:
        raise InputError("Give at least one prior, or None for the usual ones.")
    return table


def _parameters(name: str, given: object) -> tuple[float, float]:
    """Return the parameters of a prior, given as a pair or as a Beta."""
    pair: Any = (given.a, given.b) if isinstance(given, Beta) else given
    try:
        a, b = pair
        return float(a), float(b)
    except (TypeError, ValueError):
        raise InputError(f"Prior {name!r} must be a pair (a, b) such as (2, 2), got {given!r}.") from None
