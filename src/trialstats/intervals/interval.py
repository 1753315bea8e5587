"""The interval every method returns, and the checks of counts and levels that all methods share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import Field, dataclass, fields
from numbers import Real
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from trialstats.errors import InputError

FloatArray = NDArray[np.float64]


class ArrayValue:
    """A frozen dataclass with numbers or arrays for fields: equal if they are equal, and its arrays cannot be written.

    NaN equals NaN here: a value equals its copies.
    """

    __slots__ = ()
    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    def __post_init__(self) -> None:
        self._seal()

    def _seal(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                sealed = value.copy()  # the array of whoever gave it stays theirs
                sealed.flags.writeable = False
                object.__setattr__(self, field.name, sealed)

    def _content(self) -> tuple[Any, ...]:
        values: list[Any] = [getattr(self, field.name) for field in fields(self)]
        return tuple(
            ((array := np.asarray(one, dtype=np.float64)).shape, array.tobytes())
            if isinstance(one, (np.ndarray, Real))
            else one
            for one in values
        )

    def __eq__(self, other: object) -> bool:
        return self._content() == other._content() if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._content())


@dataclass(frozen=True, slots=True, eq=False)
class Interval(ArrayValue):
    """An interval estimate that remembers how it was made.

    Unpacks as ``lower, upper = interval``.

    Attributes
    ----------
    lower, upper : float or ndarray
        The limits: floats where all inputs were scalars, else arrays of the broadcast shape.
    estimate : float or ndarray
        The point estimate that belongs to the method's data (x/n for a proportion).
    level : float
        Nominal confidence level, in (0, 1).
    method : str
        Name on the menu.

    Examples
    --------
    >>> low, high = Interval(0.1, 0.4, estimate=0.25, level=0.95, method="wald")
    >>> low, high
    (0.1, 0.4)
    """

    lower: Any
    upper: Any
    estimate: Any
    level: float
    method: str

    def __iter__(self) -> Iterator[Any]:
        yield self.lower
        yield self.upper


def check_level(level: float) -> float:
    """Return ``level`` as a float; refuse what does not lie strictly between 0 and 1."""
    try:
        value = float(level)
    except (TypeError, ValueError):
        raise InputError(f"level must be a number between 0 and 1 such as 0.95, got {level!r}.") from None
    if not 0.0 < value < 1.0:
        hint = f" Did you mean {value / 100:g}?" if 50.0 <= value < 100.0 else ""
        raise InputError(f"level must lie strictly between 0 and 1, got {level!r}.{hint}")
    return value


def normal_quantile(level: ArrayLike) -> Any:
    """Two-sided standard normal critical value; from the tail, so that levels near 1 keep their digits."""
    # positive even at levels too small to differ from 0 in 1 - level: formulas divide by it
    return np.maximum(-special.ndtri((1.0 - np.asarray(level)) / 2.0), 1e-100)


def check_counts(x: ArrayLike, n: ArrayLike, names: tuple[str, str] = ("x", "n")) -> tuple[FloatArray, FloatArray]:
    """Return counts as float arrays of one shape; refuse what is masked or not whole, n < 1, x < 0 and x > n."""
    nx, nn = names
    check_no_mask(**{nx: x, nn: n})
    try:
        xa, na = np.broadcast_arrays(_as_floats(x, nx), _as_floats(n, nn))
    except OverflowError:
        raise InputError(f"{nx} and {nn} must be below 1e308: numbers so large cannot be computed with.") from None
    except (TypeError, ValueError) as problem:
        if isinstance(problem, InputError):
            raise
        raise InputError(f"{nx} and {nn} must be whole numbers of matching shapes, got {x!r} and {n!r}.") from None

    def first(bad: NDArray[np.bool_], values: FloatArray) -> str:
        return f"{values[bad].ravel()[0]:g}"

    for name, values in ((nx, xa), (nn, na)):
        bad = ~(np.isfinite(values) & (values == np.floor(values)))
        if bad.any():
            raise InputError(f"{name} must be a whole number of patients, got {first(bad, values)}.")
    if (bad := na < 1).any():
        raise InputError(f"{nn} must be at least 1, got {first(bad, na)}.")
    if (bad := xa < 0).any():
        raise InputError(f"{nx} must be at least 0, got {first(bad, xa)}.")
    if (bad := xa > na).any():
        raise InputError(f"{nx} must not exceed {nn}, got {first(bad, xa)} of {first(bad, na)}.")
    return xa, na


def _as_floats(values: ArrayLike, name: str) -> FloatArray:
    """Return numbers as floats; text, dates and truth values are none, though arrays of them can be converted."""
    given = np.asarray(values)
    if given.dtype.kind == "O":
        given_one_by_one = given.ravel().tolist()
        odd = [one for one in given_one_by_one if isinstance(one, bool) or not isinstance(one, Real)]
    else:
        odd = [] if given.dtype.kind in "iuf" or not given.size else given.ravel()[:1].tolist()
    if odd:
        raise InputError(f"{name} must be a whole number of patients, got {odd[0]!r}.")
    return given.astype(np.float64, copy=False)


def check_no_mask(**counts: ArrayLike) -> None:
    """Refuse masked counts, whose mask would be lost."""
    for name, values in counts.items():
        if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
            masked = int(np.ma.getmaskarray(values).sum())
            raise InputError(
                f"{name} has {masked} masked of {values.size} values: leave these out first, as "
                f"with {name}[~{name}.mask]."
            )


def plain(values: Any) -> Any:
    """Return a float for a scalar result, else the array as it is."""
    return values if np.ndim(values) else float(values)
