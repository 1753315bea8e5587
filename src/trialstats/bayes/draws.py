"""Posterior draws out of any container."""

from __future__ import annotations

from typing import Any

import numpy as np

from trialstats.errors import InputError
from trialstats.intervals.interval import FloatArray


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
