"""Binomial probabilities and upper tails on arrays, and the checks of rates and counts that all designs share."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.beta_density import log_kernel
from trialstats.intervals.interval import FloatArray

SLACK = 1e-12
"""How far a computed probability may lie beyond a threshold and still count as on it.

An exact probability of 1/16 must meet a threshold of 0.0625 whichever way its last bit was rounded.
"""


def binomial_pmf(k: ArrayLike, n: ArrayLike, p: ArrayLike, q: ArrayLike | None = None) -> FloatArray:
    """P(X = k) for X binomial in n patients; 0 for a k that cannot occur. `q` is 1 - p, given where p is near 1."""
    q = 1.0 - np.asarray(p, dtype=np.float64) if q is None else q
    k, n, p, q = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (k, n, p, q)))
    possible = (k >= 0.0) & (k <= n)
    inner = possible & (p > 0.0) & (q > 0.0)
    j, x, y = np.where(inner, k, 0.0), np.where(inner, p, 0.5), np.where(inner, q, 0.5)
    size = np.where(inner, n, 0.0)
    log_pmf = log_kernel(j + 1.0, size - j + 1.0, x, y) - np.log(x) - np.log(y) - np.log1p(size)
    edge = ((p == 0.0) & (k == 0.0)) | ((q == 0.0) & (k == n))
    return np.asarray(np.where(inner, np.exp(log_pmf), np.where(edge & possible, 1.0, 0.0)))


def binomial_tail(k: ArrayLike, n: ArrayLike, p: ArrayLike) -> FloatArray:
    """P(X >= k) for X binomial in n patients, accurate where it is small."""
    k, n, p = np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in (k, n, p)))
    inner = (k >= 1.0) & (k <= n)
    j, size = np.where(inner, k, 1.0), np.where(inner, n, 1.0)
    return np.asarray(np.where(inner, special.betainc(j, size - j + 1.0, p), np.where(k < 1.0, 1.0, 0.0)))


def check_rates(p: ArrayLike, name: str = "p") -> FloatArray:
    """Return response rates as a float array; refuse what is not a number from 0 to 1."""
    try:
        rates = np.asarray(p, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(f"{name} must be a response rate from 0 to 1 such as 0.2, got {p!r}.") from None
    if (bad := ~((rates >= 0.0) & (rates <= 1.0))).any():
        value = float(rates[bad].ravel()[0])
        hint = f" Did you mean {value / 100:g}?" if 2.0 <= value <= 100.0 else ""
        raise InputError(f"{name} must be a response rate from 0 to 1, got {value:g}.{hint}")
    return rates


def check_two_rates(p0: float, p1: float, alpha: float, power: float) -> tuple[float, float, float, float]:
    """Return what a design is asked for as floats.

    Refuse all but 0 < p0 < p1 < 1, and an alpha or a power that does not lie strictly between 0 and 1.
    """
    null, target = float(check_rates(p0, "p0")), float(check_rates(p1, "p1"))
    if not 0.0 < null < target < 1.0:
        raise InputError(f"p0 and p1 must satisfy 0 < p0 < p1 < 1, got p0 = {null:g} and p1 = {target:g}.")
    for name, value in (("alpha", alpha), ("power", power)):
        if not 0.0 < float(value) < 1.0:
            raise InputError(f"{name} must lie strictly between 0 and 1, got {value!r}.")
    return null, target, float(alpha), float(power)


def check_whole(name: str, value: object, least: int, most: int | None = None) -> int:
    """Return a whole number of patients or responses as an int; refuse what is none from `least` to `most`."""
    accepted = f"at least {least}" if most is None else f"from {least} to {most}"
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise InputError(f"{name} must be a whole number {accepted}, got {value!r}.")
    whole = int(value)
    if whole < least or (most is not None and whole > most):
        raise InputError(f"{name} must be a whole number {accepted}, got {whole}.")
    return whole
