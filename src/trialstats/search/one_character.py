"""Copies of a printed number that differ from it by one slip of the keyboard: a sign, a decimal point, a digit.

They answer what a reader asks first of numbers that do not agree: would they, had one character been printed otherwise?
`search.joint.slips` changes the last digit alone: it measures what an explanation is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

from trialstats.reported import Reported

REPAIRS: Mapping[str, str] = MappingProxyType(
    {
        "sign": "a minus sign more or less",
        "point": "the decimal point in another place",
        "exchange": "two digits that changed places",
        "relation": "less than instead of equal",
        "digit": "another digit",
    }
)
"""The kinds of one changed character, the likeliest first."""

_FEW = 2
"""Decimals of a number that may have a point too many."""
_A_LIMIT = re.compile(r"0\.0*[15]")
"""A number below which P values are printed."""


def repairs(
    number: Reported, *, of_p: bool = False, signed: bool = True, whole: bool = False
) -> tuple[tuple[str, Reported], ...]:
    """Return every printed number that one changed character makes of this one, with its kind; none of what is missing.

    Parameters
    ----------
    number : Reported
    of_p : bool
        Whether it is a P value, which may have lost its relation.
    signed : bool
        Whether it may be negative: a sign that it has may always be one too many.
    whole : bool
        Whether it counts patients.

    Returns
    -------
    tuple of (str, Reported)
        A name of `REPAIRS` and the number, the likeliest kinds first, each number once.

    Examples
    --------
    >>> [one.text for kind, one in repairs(Reported("-2.13")) if kind in ("sign", "point", "exchange")]
    ['2.13', '-21.3', '-.213', '-213', '-1.23', '-2.31']
    >>> [one.text for kind, one in repairs(Reported("0.001"), of_p=True) if kind == "relation"]
    ['<0.001']
    """
    if number.is_missing or "e" in number.digits or number.relation not in (("=", "<") if of_p else ("=",)):
        return ()
    sign, digits = ("-", number.digits[1:]) if number.digits.startswith("-") else ("", number.digits)
    seen, found = {number}, []
    bare, per_cent = number.digits.startswith("0.") and "0." not in number.text, "%" * ("%" in number.text)
    for kind, text in _texts(sign, digits, number.relation, of_p=of_p):
        if (kind == "sign" and not (sign or signed)) or (whole and not text.isdigit()):
            continue
        if of_p and not _may_be_p(text):
            continue
        if kind == "point" and number.unit == "%" and "." not in digits and text.lstrip("-").startswith("0."):
            continue  # nobody prints 0.84% for 84%
        shown = text.replace("0.", ".", 1) if bare and text.lstrip("-<").startswith("0.") else text
        one = Reported(f"{shown}{per_cent}").with_unit(number.unit)
        if one not in seen:
            seen.add(one)
            found.append((kind, one))
    return tuple(found)


def _texts(sign: str, digits: str, relation: str, *, of_p: bool) -> Iterator[tuple[str, str]]:
    said = "" if relation == "=" else relation
    yield "sign", f"{said}{'' if sign else '-'}{digits}"
    for changed in _points(digits):
        yield "point", f"{said}{sign}{changed}"
    places = [at for at, one in enumerate(digits) if one.isdigit()]
    for at, behind in pairwise(places):
        changed = _put(_put(digits, at, digits[behind]), behind, digits[at])
        if _is_written(changed):
            yield "exchange", f"{said}{sign}{changed}"
    if of_p and relation == "=" and _A_LIMIT.fullmatch(digits):
        yield "relation", f"<{digits}"
    for at, old in enumerate(digits):
        for new in "0123456789" if old.isdigit() else "":
            if _is_written(changed := _put(digits, at, new)):
                yield "digit", f"{said}{sign}{changed}"


def _may_be_p(text: str) -> bool:
    """Whether somebody would print it for a P value: above 0, up to 1, and below a limit only where one is usual."""
    number = text.lstrip("<")
    if number == text:
        return 0 < float(number) <= 1
    return _A_LIMIT.fullmatch(number) is not None


def _put(digits: str, at: int, new: str) -> str:
    return digits[:at] + new + digits[at + len(new) :]


def _is_written(digits: str) -> bool:
    """Whether a number is written so: with no zero before its first digit but that of a fraction."""
    return len(digits) == 1 or digits[0] != "0" or digits[1] == "."


def _points(digits: str) -> Iterator[str]:
    """Yield a number with its point moved by a digit, or lost, or set anywhere where it has none."""
    whole, point, decimals = digits.partition(".")
    if not point:
        yield from (f"{digits[:at] or 0}.{digits[at:]}" for at in range(len(digits)) if _is_written(digits))
        return
    moved = [f"{whole}{decimals[0]}.{decimals[1:]}".rstrip(".")]
    moved.append(f"0.0{decimals}" if whole == "0" else f"{whole[:-1]}.{whole[-1]}{decimals}")
    if whole == "0" and decimals.startswith("0"):
        moved.append(f"0.{decimals[1:]}" if decimals[1:] else "0")
    if len(decimals) <= _FEW:
        moved.append(whole + decimals)
    for one in moved:
        stripped = one.lstrip("0") or "0"
        yield f"0{stripped}" if stripped.startswith(".") and whole == "0" else stripped
