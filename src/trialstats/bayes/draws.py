"""Posterior draws out of any container, and what they are worth: split R-hat and effective sample size.

References
----------
.. [1] Vehtari A, Gelman A, Simpson D, Carpenter B, Bürkner PC. Rank-normalization, folding, and localization: an
   improved R-hat for assessing convergence of MCMC. Bayesian Anal 2021;16:667-718.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray

__all__ = ["effective_size", "posterior_draws", "split_rhat"]


def posterior_draws(container: Any, variable: str = "rate") -> dict[str, FloatArray]:
    """Return the draws of a variable by label, chains down and draws across.

    Parameters
    ----------
    container : object
        Anything with a posterior group: ArviZ's InferenceData, xarray's DataTree, or a mapping.
    variable : str

    Returns
    -------
    dict of str to ndarray
        By the labels of the variable's one dimension beside chain and draw; under its own name if it has none.

    Raises
    ------
    InputError
        If there is no posterior group, the variable is not in it, or it has several further dimensions.

    Examples
    --------
    >>> posterior_draws({"posterior": {"rate": [[0.1, 0.2], [0.2, 0.3]]}})["rate"].shape
    (2, 2)
    """
    group = getattr(container, "posterior", None)
    if group is None:
        try:
            group = container["posterior"]
        except (KeyError, TypeError, IndexError):
            raise InputError(
                f"Draws are read from a container with a posterior group, got {type(container).__name__}."
            ) from None
    try:
        found = group[variable]
    except KeyError:
        raise InputError(f"The posterior group has no variable {variable!r}; it has {list(group)}.") from None
    values = np.asarray(getattr(found, "values", found), dtype=np.float64)
    dims = tuple(getattr(found, "dims", ("chain", "draw", "label")[: values.ndim]))
    others = [name for name in dims if name not in ("chain", "draw")]
    if values.ndim - len(others) != 2 or len(others) > 1:
        raise InputError(f"Variable {variable!r} must have chains, draws and at most one more dimension, got {dims}.")
    if not others:
        return {variable: np.moveaxis(values, dims.index("chain"), 0)}
    coords = getattr(found, "coords", {})
    labels = np.asarray(coords[others[0]]) if others[0] in coords else np.arange(values.shape[dims.index(others[0])])
    ordered = np.transpose(values, [dims.index(name) for name in ("chain", "draw", others[0])])
    return {str(label): ordered[:, :, k] for k, label in enumerate(labels.tolist())}


def split_rhat(draws: ArrayLike) -> float:
    """Return the rank-normalised split R-hat, the larger of bulk and folded.

    Parameters
    ----------
    draws : array_like
        Chains down, draws across; at least four draws.

    Returns
    -------
    float
        Near 1 where the chains agree; 1 where all draws are equal.

    Raises
    ------
    InputError
        If the draws are not two-dimensional with at least four in a chain.

    Examples
    --------
    >>> round(split_rhat([[0, 1, 0, 1, 0, 1], [1, 0, 1, 0, 1, 0]]), 2) < 1.1
    True
    """
    x = _split(_checked(draws))
    folded = np.abs(x - np.median(x))
    return max(_rhat(_normal_scores(x)), _rhat(_normal_scores(folded)))


def effective_size(draws: ArrayLike) -> float:
    """Return the number of independent draws that the average of these is worth.

    Give the draws for their mean, and the draws as 0 and 1 for the share of an event or for a quantile.

    Parameters
    ----------
    draws : array_like
        Chains down, draws across; at least four draws.

    Returns
    -------
    float
        By Geyer's initial monotone sequence over split chains; the number of draws where all are equal.

    Raises
    ------
    InputError
        If the draws are not two-dimensional with at least four in a chain.

    Examples
    --------
    >>> import numpy as np
    >>> bool(3000 < effective_size(np.random.default_rng(1).normal(size=(4, 1000))) < 5000)
    True
    """
    x = _split(_checked(draws))
    chains, length = x.shape
    if np.ptp(x) == 0.0:
        return float(x.size)
    centred = x - x.mean(axis=1, keepdims=True)
    size = 1 << (2 * length - 1).bit_length()
    spectrum = np.fft.rfft(centred, size, axis=1)
    covariance = np.fft.irfft(spectrum * np.conj(spectrum), size, axis=1)[:, :length] / length
    within = covariance[:, 0].mean() * length / (length - 1.0)
    plus = covariance[:, 0].mean() + (x.mean(axis=1).var(ddof=1) if chains > 1 else 0.0)
    rho = 1.0 - (within - covariance.mean(axis=0) * length / (length - 1.0)) / plus
    rho[0] = 1.0
    # Sums of neighbouring pairs are positive and fall: what does not is noise.
    pairs = rho[: 2 * (length // 2)].reshape(-1, 2).sum(axis=1)
    negative = np.flatnonzero(pairs <= 0.0)
    pairs = np.minimum.accumulate(pairs[: negative[0]] if negative.size else pairs)
    time = max(-1.0 + 2.0 * float(pairs.sum()), 1.0 / np.log10(x.size))
    return float(x.size / time)


def _checked(draws: ArrayLike) -> FloatArray:
    x = np.asarray(draws, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] < 4:
        raise InputError(f"Draws must be chains down and at least four draws across, got shape {x.shape}.")
    return x


def _split(x: FloatArray) -> FloatArray:
    half = x.shape[1] // 2
    return np.concatenate([x[:, :half], x[:, -half:]])


def _normal_scores(x: FloatArray) -> FloatArray:
    order = np.argsort(x, axis=None, kind="stable")
    ranks = np.empty(x.size)
    ranks[order] = np.arange(1, x.size + 1)
    # Equal draws share their average rank.
    values, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    if values.size < x.size:
        ranks = (np.bincount(inverse.ravel(), weights=ranks) / counts)[inverse.ravel()]
    return np.asarray(special.ndtri((ranks - 0.375) / (x.size + 0.25))).reshape(x.shape)


def _rhat(x: FloatArray) -> float:
    length = x.shape[1]
    within = float(x.var(axis=1, ddof=1).mean())
    between = length * float(x.mean(axis=1).var(ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt(((length - 1.0) / length * within + between / length) / within))
