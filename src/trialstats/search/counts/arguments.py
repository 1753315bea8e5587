"""Arguments of the public searches for counts: printed shares, P values, names, denominators; refused in a sentence.

The checks of texts and trial files do not come here: a claim can hold whatever can be printed. Nothing that some method
of the catalogue prints is refused: what only looks odd, as an estimate outside its bounds does, is searched first
(`odd_numbers` says what to tell the user where nothing is found).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from trialstats.errors import InputError, UnknownNameError, check_name
from trialstats.explanations import ALLOWED, is_whole
from trialstats.intervals.binomial import COMMON_NAMES, METHODS
from trialstats.reported import Reported
from trialstats.search.counts.ranges import Allowed, allow
from trialstats.search.limits import LARGEST_N
from trialstats.search.printed import PrintedInterval, as_reported, check_whole

_Sizes: TypeAlias = "int | Iterable[int]"
Denominators: TypeAlias = "_Sizes | Mapping[str, _Sizes]"
"""What may be given as n: one, several, or by class."""


# ---- printed numbers -------------------------------------------------------------------------------------------------
def _check_share(number: Reported) -> None:
    if number.is_missing:
        return
    if number.value > 1 and number.relation not in ("<", "<="):
        raise InputError(_too_large(number))
    if number.value < 0 and number.relation not in (">", ">="):
        raise InputError(f"A share is at least 0, got {number.text!r}.")


def _too_large(number: Reported) -> str:
    hint = f": did you mean {f'{number.text}%'!r}?" if not number.unit and number.value <= 100 else "."
    return f"A share is at most {'100%' if number.unit else '1'}, got {number.text!r}{hint}"


def read_share(text: str | Reported | None) -> Reported:
    """Return a printed share; refuse one beyond 0 or 1, as a percentage without its sign is."""
    number = as_reported(text)
    if number is None:
        raise InputError("A percentage is missing: give it as printed, such as '25%', got None.")
    _check_share(number)
    return number


def check_shares(printed: PrintedInterval) -> None:
    """Refuse an estimate, a lower bound or an upper bound that no count and no method prints.

    Those are an estimate beyond 0 or 1, a lower bound beyond 1, an upper one below 0, and bounds that are exchanged.
    """
    if printed.estimate is not None:
        _check_share(printed.estimate)
    lower, upper = _plain(printed.lower), _plain(printed.upper)
    if lower is not None and lower.value > 1:
        raise InputError(_too_large(lower))
    if upper is not None and upper.value < 0:
        raise InputError(f"An upper bound of a share is at least 0, got {upper.text!r}.")
    if lower is not None and upper is not None and _above(lower, upper):
        raise InputError(f"The lower bound comes first, got {lower.text!r} and {upper.text!r}.")


def _plain(number: Reported | None) -> Reported | None:
    return number if number is not None and not number.is_missing and number.relation == "=" else None


def _above(number: Reported, other: Reported) -> bool:
    """Whether one printed number is above another by more than rounding to different decimals can make it."""
    return number.value - other.value > (0 if number.step == other.step else number.step + other.step)


def odd_numbers(printed: PrintedInterval, methods: Sequence[str]) -> str | None:
    """Return what to say of numbers that hardly any method prints, where none of those searched does; else None."""
    estimate, lower, upper = _plain(printed.estimate), _plain(printed.lower), _plain(printed.upper)
    if upper is not None and not upper.unit and upper.value >= 2:
        return _too_large(upper)
    beyond = [bound for bound in (lower, upper) if bound and not -bound.step < bound.value < 1 + bound.step]
    if beyond and all(METHODS[name].inside for name in methods):
        return f"The methods searched have no limits beyond 0 and 100%, got {beyond[0].text!r}."
    if estimate is not None and (
        (lower is not None and _above(lower, estimate)) or (upper is not None and _above(estimate, upper))
    ):
        low, high = (repr(bound.text) if bound is not None else "none" for bound in (lower, upper))
        return f"The estimate {estimate.text!r} lies outside its bounds, {low} and {high}, and nothing prints that."
    return None


def read_p_value(text: str | Reported | None) -> Reported:
    """Return a printed P value; refuse none, a percentage, a lower bound (``>.05``), and one beyond 0 or 1."""
    number = as_reported(text)
    if number is None or number.is_missing or number.relation not in ("=", "<", "<=") or number.unit:
        given = None if number is None else number.text
        raise InputError(f"The P value of a row must be a printed number such as '.017' or '<.001', got {given!r}.")
    if not 0 <= number.value <= 1:
        raise InputError(f"A P value lies between 0 and 1, got {number.text!r}.")
    return number


# ---- names and numbers -----------------------------------------------------------------------------------------------
def check_names(what: str, names: Sequence[str] | None, menu: Iterable[str]) -> None:
    """Refuse an empty list of names, one name in place of a list, and a name that is not on the menu."""
    if names is None:
        return
    if isinstance(names, str):
        raise InputError(f"{what}s must be a list of names such as [{names!r}], got {names!r}.")
    if not len(names):
        raise InputError(f"{what}s is empty: name at least one, or leave it out to search all.")
    for name in names:
        if name not in menu:
            raise UnknownNameError(what, name, tuple(menu), COMMON_NAMES if what == "method" else None)


def check_misses(misses: int, rows: int) -> None:
    """Refuse a number of rows that need not fit which is not whole, negative, or leaves no row that fits."""
    check_whole("misses", misses)
    if not 0 <= misses < rows:
        raise InputError(f"misses must be at least 0 and below the number of rows, {rows}, got {misses}.")


def check_largest(n_max: int) -> None:
    """Refuse more numbers of patients than are tried one by one."""
    if n_max > LARGEST_N:
        raise InputError(f"n_max must be at most {LARGEST_N:,}, got {n_max:,}.")


def check_methods_reach(n: int, methods: Sequence[str] | None, all_methods: Sequence[str]) -> None:
    """Refuse a smallest n at which a method that was asked for, or every method, is not computed."""
    for name in methods or ():
        if n > METHODS[name].max_n:
            raise InputError(f"n must be at most {METHODS[name].max_n:,} for method {name!r}, got {n:,}.")
    most = max(METHODS[name].max_n for name in all_methods)
    if n > most:
        raise InputError(f"n must be at most {most:,} where an interval is printed, got {n:,}.")


def read_denominators(n: Denominators | None, n_max: int) -> Allowed:
    """Return the denominators to search by class, from n as `explain_proportion` takes it; without it up to ``n_max``.

    Refused are what is not a whole number of at least 1, ``near`` without a number that it is near to, and other
    classes.
    """
    if n is None:
        return Allowed(any=np.arange(1, n_max + 1, dtype=np.int64))
    if not isinstance(n, Mapping):
        return Allowed(stated=_sizes(n, "n"))
    for name in n:
        check_name("class of denominators", name, ALLOWED)
    defined = [name for name in ("near", "any") if n.get(name) is True]
    given = {name: _sizes(n[name], f"n[{name!r}]") for name in ALLOWED if name in n and name not in defined}
    sizes: dict[int, str] = {}
    for name in ALLOWED:  # each n once, in its strictest class
        for size in given.get(name, ()):
            sizes.setdefault(size, name)
    found = {name: [size for size, of in sizes.items() if of == name] for name in ALLOWED}
    if defined:
        printed = {size: name for size, name in sizes.items() if name in ("stated", "derived")}
        if "near" in defined and not printed:
            raise InputError("n['near'] is 0.9 n to n of a stated or derived number of patients: give one.")
        check_largest(max(printed, default=n_max))
        by_class, none = allow(printed, n_max), np.empty(0, dtype=np.int64)
        for name in defined:
            found[name] = [size for size in by_class.get(name, none).tolist() if size not in sizes]
    searched = Allowed({name: values for name, values in found.items() if values})
    if not searched:
        raise InputError("n is empty: give at least one number of patients, or leave it out.")
    return searched


def _sizes(given: object, name: str) -> list[int]:
    if is_whole(given):
        values: list[Any] = [given]
    elif isinstance(given, Iterable) and not isinstance(given, (str, bytes)):
        values = list(given)
    else:
        raise InputError(f"{name} must be a whole number such as 32, or several, got {given!r}.")
    if not values:
        raise InputError(f"{name} is empty: give at least one number of patients, or leave it out.")
    found: set[int] = set()
    for value in values:
        if not is_whole(value):
            raise InputError(f"{name} must be a whole number such as 32, got {value!r}.")
        if value < 1:
            raise InputError(f"{name} must be at least 1, got {value!r}.")
        found.add(int(value))
    return sorted(found, reverse=True)
