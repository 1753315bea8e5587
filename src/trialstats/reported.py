"""A printed number and the range of values it can stand for.

A printed number stays text until it is asked what it can stand for: ``0.50`` and ``0.5`` are
different numbers, because trailing zeros carry precision. Ranges are exact fractions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from trialstats.errors import InputError, NotTextError, UnknownNameError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Span = tuple[float, float]
"""The ends of a range of computed floats."""

GUARD = 1e-10
"""How far a computed float may lie outside an exact range and still count as inside.

Our statistics are accurate to about 1e-12, so a true member of a range is never refused; a
non-member is admitted only if it lies within 1e-10 (absolute below 1, relative above) of an end.
"""


def slack(value: float, *, relative: bool = False) -> float:
    """Return how far beyond a value a computed float may lie: `GUARD`, absolute below 1 and relative above."""
    return GUARD * max(0.0 if relative else 1.0, abs(value))


def guarded(span: Span, *, relative: bool = False) -> Span:
    """Return the ends of a range of floats, each moved outwards by `GUARD`: absolute below 1, relative above.

    With ``relative`` it is relative below 1 too.

    Examples
    --------
    >>> guarded((0.0, float("inf"))), guarded((0.0, 0.05), relative=True)[0]
    ((-1e-10, inf), 0.0)
    """
    (low, high), least = span, 0.0 if relative else 1.0
    return (
        low - GUARD * max(least, abs(low)) if math.isfinite(low) else low,
        high + GUARD * max(least, abs(high)) if math.isfinite(high) else high,
    )


def within(values: NDArray[np.float64], span: tuple[Any, Any]) -> NDArray[np.bool_]:
    """Return which of some computed floats lie between two (or each between its two), the ends of a guarded range."""
    inside: NDArray[np.bool_] = (values >= span[0]) & (values <= span[1])
    return inside


# ---- Rounding rules: one visible table -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class RoundingRule:
    """Which values a printed integer k > 0 (counted in units of the last digit) can stand for.

    The range is ``k - below`` to ``k + above``; a closed end of ``None`` is closed only where k
    is even. Negative numbers mirror; zero reaches ``above`` to either side.
    """

    name: str
    meaning: str
    below: Fraction
    above: Fraction
    below_closed: bool | None
    above_closed: bool | None


def _rule(
    name: str, below: str, above: str, below_closed: bool | None, above_closed: bool | None, meaning: str
) -> RoundingRule:
    return RoundingRule(name, meaning, Fraction(below), Fraction(above), below_closed, above_closed)


_TABLE = (
    #     name         below      above      closed ends    meaning
    _rule("nearest", "1/2", "1/2", True, True, "to the nearest digit, a tie either way"),
    _rule("half-up", "1/2", "1/2", True, False, "to the nearest digit, a tie away from zero"),
    _rule("half-even", "1/2", "1/2", None, None, "to the nearest digit, a tie to the even digit"),
    _rule("truncated", "0", "1", True, False, "further digits cut off"),
    _rule("up", "1", "0", False, True, "always away from zero"),
    _rule("twice", "11/20", "11/20", True, True, "rounded twice, through one more decimal"),
    _rule("twice-2", "101/200", "101/200", True, True, "rounded twice, through two more decimals"),
)

ROUNDING_RULES: Mapping[str, RoundingRule] = MappingProxyType({rule.name: rule for rule in _TABLE})
ROUNDINGS: Mapping[str, str] = MappingProxyType({rule.name: rule.meaning for rule in _TABLE})
DEFAULT_ROUNDING = "nearest"
_REACH = {rule.name: (float(rule.below), float(rule.above)) for rule in _TABLE}


# ---- Ranges ----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Range:
    """The values a printed number can stand for; each end open or closed.

    Attributes
    ----------
    lower, upper : Fraction or float
        Exact ends on the natural scale (0.54 for ``54%``); ``-inf`` or ``inf`` where unbounded.
    lower_closed, upper_closed : bool
        Whether the end itself belongs to the range.

    Examples
    --------
    >>> from fractions import Fraction
    >>> r = Reported("54%").range()
    >>> Fraction(535, 1000) in r, 0.55 in r
    (True, False)
    """

    lower: Fraction | float
    upper: Fraction | float
    lower_closed: bool = True
    upper_closed: bool = True

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, (int, float, Fraction)):
            return False
        above = self.lower <= value if self.lower_closed else self.lower < value
        return above and (value <= self.upper if self.upper_closed else value < self.upper)

    def guarded(self, *, relative: bool = False) -> Span:
        """Return floats between which a computed float counts as inside: the ends, and `GUARD` beyond them.

        Parameters
        ----------
        relative : bool, optional
            Relative to the ends below 1 too: so that of P values it never reaches the next printed digit.
        """
        return guarded((_as_float(self.lower), _as_float(self.upper)), relative=relative)

    def admits(self, value: float) -> bool:
        """Whether a computed float lies in the range or within `GUARD` of it."""
        low, high = self.guarded()
        return low <= value <= high

    def admits_each(self, values: NDArray[np.float64], *, relative: bool = False) -> NDArray[np.bool_]:
        """Return which computed floats lie in the range or within `GUARD` of it; `guarded` says what is relative."""
        return within(values, self.guarded(relative=relative))

    @property
    def is_empty(self) -> bool:
        """Whether no value lies in it."""
        if self.lower == self.upper:
            return not (self.lower_closed and self.upper_closed)
        return self.lower > self.upper

    def intersect(self, other: Range) -> Range:
        """Return the values in both ranges (possibly an empty range)."""
        # At equal ends the open one is the narrower.
        lower, lower_open = max((self.lower, not self.lower_closed), (other.lower, not other.lower_closed))
        upper, upper_closed = min((self.upper, self.upper_closed), (other.upper, other.upper_closed))
        return Range(lower, upper, not lower_open, upper_closed)

    def complement(self) -> Range:
        """Return the range of 1 - value."""
        return Range(1 - self.upper, 1 - self.lower, self.upper_closed, self.lower_closed)

    def mirrored(self) -> Range:
        """Return the range of the value with its sign turned."""
        return Range(-self.upper, -self.lower, self.upper_closed, self.lower_closed)


_MISSING_RANGE = Range(Fraction(0), math.inf, False, False)


# ---- Printed numbers -------------------------------------------------------------------------------------------------
_CHARACTERS = str.maketrans(
    {"−": "-", "–": "-", "‐": "-", "‑": "-", "—": "-", "﹣": "-", "－": "-", "·": ".", "∙": ".", "•": ".", "⋅": ".",
     "．": ".", "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u200a": " ", "％": "%", "＜": "<",
     "＞": ">", "⩽": "≤", "⩾": "≥", "×": "x", "✕": "x", "*": "x", "X": "x"}
    | dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
)  # fmt: skip
_RELATIONS = {"": "=", "=": "=", "<": "<", ">": ">", "≤": "<=", "<=": "<=", "≥": ">=", ">=": ">="}
_NOT_SIGNIFICANT = frozenset({"ns", "n.s", "not significant", "nonsignificant", "non-significant"})
"""Words for a P value above the usual level."""
_MISSING = frozenset({"not reached", "not estimable", "not evaluable", "not calculable", "nr", "ne", "na", "nc", "∞"})
_WORKED_OUT: Mapping[str, Callable[[], object]] = MappingProxyType(
    {"_value": lambda: None, "_ranges": dict, "_floats": dict}
)
"""What a printed number keeps once it was worked out, and its copies do not."""
_NUMBER = re.compile(
    r"(?:[Pp](?:[ -]value)? ?(?=[<>=≤≥]))?"
    r" ?(?P<relation><=|>=|[<>=≤≥]?) ?"
    r"(?P<sign>[+-]?) ?"
    r"(?P<digits>\d{1,3}(?: \d{3}){1,9}(?:\.\d{1,30})?|\d{1,30}(?:,\d{3}){0,9}(?:\.\d{1,30})?"
    r"|\.\d{1,30}|\d{1,30},\d{1,30})"
    r"(?: ?x ?10 ?\^? ?(?P<power>[+-]?\d{1,3})|[eE](?P<exponent>[+-]?\d{1,3}))?"
    r" ?(?P<unit>%|per cent|percent)?"
)
_MOST_TENS = 300
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_ACCEPTED = "a printed number such as '0.54', '61%', '<.001', '≥3', '1,987', '3 x 10-4' or 'not reached'"


def _as_float(end: Fraction | float) -> float:
    """Return an end of a range as a float: infinite where floats hold nothing so large."""
    try:
        return float(end)
    except OverflowError:
        return math.inf if end > 0 else -math.inf


@cache
def _power_of_ten(exponent: int) -> Fraction:
    return Fraction(10) ** exponent


_ONE = _power_of_ten(0)


@lru_cache(maxsize=1 << 14)
def _in_unit(text: str, unit: str) -> Reported:
    return Reported(text, unit)


@dataclass(frozen=True, slots=True, init=False)
class Reported:
    """A number as printed.

    Parameters
    ----------
    text : str
        The number with its relation and per cent sign if it has them. Decimal points may be
        points, middle dots or commas; ``1,987`` is a thousands comma, ``1,79`` a decimal one. ``NS`` (not
        significant) stands for a P value above .05.
    unit : {"", "%"}, optional
        Unit to take where the text prints none: a bound without its per cent sign takes its
        estimate's.
    decimal_comma : bool, optional
        Read every comma as a decimal comma, as where the document at hand does.

    Attributes
    ----------
    text : str
        As given.
    digits : str
        The number in one spelling: a leading zero, a decimal point, all trailing zeros; empty
        where not reached. Two printed numbers are equal where digits, relation and unit are.
    relation : {"=", "<", "<=", ">", ">="}
    unit : {"", "%"}

    Raises
    ------
    NotTextError
        If ``text`` is not a string: a float has already lost its trailing zeros.
    InputError
        If the text is not one printed number.

    Examples
    --------
    >>> Reported("0.50") == Reported("0.5")
    False
    >>> Reported(".54") == Reported("0·54")
    True
    >>> r = Reported("54%").range()
    >>> r.lower, r.upper
    (Fraction(107, 200), Fraction(109, 200))
    >>> Reported("NS") == Reported(">.05")
    True
    >>> Reported("P < .001").range()
    Range(lower=Fraction(0, 1), upper=Fraction(1, 1000), lower_closed=True, upper_closed=False)
    """

    text: str = field(compare=False)
    digits: str
    relation: str
    unit: str
    decimals: int = field(compare=False, repr=False)
    _steps: int = field(compare=False, repr=False)
    _step: Fraction = field(compare=False, repr=False)
    # What follows from the text alone, kept once worked out: its value, and its ranges by rounding rule.
    _value: Fraction | None = field(compare=False, repr=False)
    _ranges: dict[str, Range] = field(compare=False, repr=False)
    _floats: dict[str, tuple[float, float]] = field(compare=False, repr=False)

    def __init__(self, text: str, unit: str = "", *, decimal_comma: bool = False) -> None:
        if not isinstance(text, str):
            raise NotTextError(
                f"A printed number must be given as text, got {text!r} ({type(text).__name__}): "
                f"a number loses its trailing zeros, and they say how precisely it was printed. Write {str(text)!r}."
            )
        if unit not in ("", "%"):
            raise UnknownNameError("unit of a printed number", unit, ("", "%"))
        put = object.__setattr__
        put(self, "text", text)
        put(self, "_value", None)
        put(self, "_ranges", {})
        put(self, "_floats", {})
        clean = " ".join(text.translate(_CHARACTERS).split())
        words = clean.lower().removeprefix("p").lstrip(" =:").rstrip(".")
        if words in _NOT_SIGNIFICANT:
            for name, value in (("digits", "0.05"), ("relation", ">"), ("unit", ""), ("decimals", 2), ("_steps", 5)):
                put(self, name, value)
            put(self, "_step", _power_of_ten(-2))
            return
        if clean.lower().rstrip(".") in _MISSING:
            for name, value in (("digits", ""), ("relation", "="), ("unit", ""), ("decimals", 0), ("_steps", 0)):
                put(self, name, value)
            put(self, "_step", Fraction(1))
            return
        found = _NUMBER.fullmatch(clean)
        if found is None:
            raise InputError(f"{text[:60]!r} is not a printed number; accepted is {_ACCEPTED}.")
        relation, sign, digits, power, exponent, per_cent = found.groups()
        digits = digits.replace(" ", ",")
        if "," in digits:
            thousands = _THOUSANDS.fullmatch(digits) is not None and not (decimal_comma and digits.count(",") == 1)
            digits = digits.replace(",", "" if thousands else ".")
            if digits.count(".") > 1:
                raise InputError(f"{text[:60]!r} is not a printed number; accepted is {_ACCEPTED}.")
        if digits.startswith("."):
            digits = "0" + digits
        whole, _, decimals = digits.partition(".")
        tens = int(power or exponent or 0)
        if abs(tens) > _MOST_TENS:
            raise InputError(
                f"{text[:60]!r} is beyond what can be computed with: a power of ten is at most {_MOST_TENS}."
            )
        steps = int(whole + decimals)
        put(self, "digits", f"{'-' if sign == '-' else ''}{digits}{f'e{tens}' if tens else ''}")
        put(self, "relation", _RELATIONS[relation])
        put(self, "unit", "%" if per_cent else unit)
        put(self, "decimals", len(decimals))
        put(self, "_steps", -steps if sign == "-" else steps)
        put(self, "_step", _power_of_ten(tens - len(decimals) - (2 if self.unit == "%" else 0)))

    def __str__(self) -> str:
        return self.text

    def __getstate__(self) -> list[object]:
        return [getattr(self, name) for name in self.__slots__ if name not in _WORKED_OUT]

    def __setstate__(self, state: list[object]) -> None:
        for name, value in zip((name for name in self.__slots__ if name not in _WORKED_OUT), state, strict=True):
            object.__setattr__(self, name, value)
        for name, empty in _WORKED_OUT.items():
            object.__setattr__(self, name, empty())

    @property
    def is_missing(self) -> bool:
        """Whether it says that there is no number, as ``not reached`` does."""
        return not self.digits

    @property
    def value(self) -> Fraction:
        """The printed value itself on the natural scale (``54%`` is 27/50)."""
        if self._value is None:
            if self.is_missing:
                raise InputError(f"{self.text!r} has no value.")
            object.__setattr__(self, "_value", self._steps * self._step)
        assert self._value is not None
        return self._value

    @property
    def step(self) -> Fraction:
        """One unit of the last printed digit, on the natural scale."""
        return self._step

    @property
    def whole(self) -> int | None:
        """The value as an int where it is printed as an exact whole number, else None."""
        if not self.digits or self.relation != "=" or self.unit:
            return None
        if self._step is _ONE:
            return self._steps
        value = self.value
        return value.numerator if value.denominator == 1 else None

    def with_unit(self, unit: str) -> Reported:
        """Return the same number in ``unit`` unless it has one of its own."""
        if self.unit or self.is_missing or not unit:
            return self
        return _in_unit(self.text, unit)

    def float_range(self, rounding: str = DEFAULT_ROUNDING) -> tuple[float, float]:
        """Return the ends of `range` as floats, correct to the last bit or two; for inner loops."""
        known = self._floats.get(rounding)
        if known is None:
            known = self._floats[rounding] = self._float_range(rounding)
        return known

    def _float_range(self, rounding: str) -> tuple[float, float]:
        if self.relation != "=" or not self.digits or "e" in self.digits:
            values = self.range(rounding)
            return _as_float(values.lower), _as_float(values.upper)
        below, above = _REACH[rounding]
        steps, step = self._steps, self._step
        size, per = step.numerator, step.denominator
        if steps > 0:
            return (steps - below) * size / per, (steps + above) * size / per
        if steps < 0:
            return (steps - above) * size / per, (steps + below) * size / per
        return -above * size / per, above * size / per

    def range(self, rounding: str = DEFAULT_ROUNDING) -> Range:
        """Return the values this printed number can stand for.

        Parameters
        ----------
        rounding : str, optional
            A name of `ROUNDINGS`. It does not matter for ``<``, ``>`` and ``not reached``.

        Returns
        -------
        Range
            On the natural scale: ``54%`` gives 0.535 to 0.545.

        Raises
        ------
        UnknownNameError
            If there is no such rounding rule.
        """
        known = self._ranges.get(rounding)
        if known is None:
            known = self._ranges[rounding] = self._range(rounding)
        return known

    def _range(self, rounding: str) -> Range:
        try:
            rule = ROUNDING_RULES[rounding]
        except KeyError:
            raise UnknownNameError("rounding", rounding, ROUNDING_RULES) from None
        if self.is_missing:
            return _MISSING_RANGE
        value = self.value
        if self.relation in ("<", "<="):
            # Printed bounds are bounds of amounts: of a P value, a count, a percentage. None is negative
            # unless the printed bound itself is.
            floor: Fraction | float = Fraction(0) if value > 0 else -math.inf
            return Range(floor, value, value > 0, self.relation == "<=")
        if self.relation in (">", ">="):
            return Range(value, math.inf, self.relation == ">=", False)
        steps, step = abs(self._steps), self._step
        even = steps % 2 == 0
        above_closed = even if rule.above_closed is None else rule.above_closed
        if steps == 0:
            return Range(-rule.above * step, rule.above * step, above_closed, above_closed)
        below_closed = even if rule.below_closed is None else rule.below_closed
        found = Range((steps - rule.below) * step, (steps + rule.above) * step, below_closed, above_closed)
        return found if self._steps > 0 else found.mirrored()


@lru_cache(maxsize=256)
def read_level(printed: Reported, sides: int = 2) -> float | None:
    """Return a printed confidence level as a number between 0 and 1, of a two-sided interval; None if it is none.

    A bound of one side is the end of a two-sided interval with a tail as large on the other.

    Examples
    --------
    >>> read_level(Reported("95%")), read_level(Reported("0.9")), read_level(Reported("97.5"), sides=1)
    (0.95, 0.9, 0.95)
    >>> read_level(Reported("100%")) is None
    True
    """
    if printed.is_missing:
        return None
    value = float(printed.with_unit("%" if printed.value > 1 else "").value)
    if not 0 < value < 1:
        return None
    # Rounded, so that 95 % of one side is the 90 % of two that tables of levels hold.
    return round(2 * value - 1, 12) if sides == 1 and value > 0.5 else value
