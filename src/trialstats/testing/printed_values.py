"""Assertions for computed values against printed ones.

Does a computed 0.11460 print as ``12%``? Not when rounded to the nearest digit; when rounded twice, it does. A failed
assertion says so: what the value prints under each rounding rule, and how many more decimals would decide.

Computed values are on the natural scale, 0.25 for 25 %. Printed ones are text, because ``0.50`` and ``0.5`` are
different numbers.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, SupportsFloat

from trialstats.claims.model import Paper
from trialstats.errors import InputError, check_name
from trialstats.press import print_number
from trialstats.reported import DEFAULT_ROUNDING, ROUNDING_RULES, Reported, slack

_MOST_DECIMALS = 12
_NUMBER = (str, Reported)


def roundings_that_print(computed: SupportsFloat, printed: str | Reported, *, unit: str = "") -> tuple[str, ...]:
    """Return the rounding rules under which a computed value prints as it is printed.

    Parameters
    ----------
    computed : int, float, Fraction or Decimal
        On the natural scale. A float within 1e-10 of a tie is taken for the tie.
    printed : str or Reported
    unit : {"", "%"}, optional
        Unit to take where the text prints none.

    Returns
    -------
    tuple of str
        Names of `ROUNDINGS`; all of them for a relation that holds (``<.001``).

    Raises
    ------
    NotTextError
        If the printed number is not text.
    InputError
        If the computed value is not a number.

    Examples
    --------
    >>> roundings_that_print(0.11460, "12%")
    ('up', 'twice')
    >>> len(roundings_that_print(0.0004, "<.001"))
    7
    """
    number, value = _as_printed(printed, unit), _as_computed(computed)
    return tuple(rule for rule in ROUNDING_RULES if _prints(value, number, rule))


def _as_printed(printed: Any, unit: str) -> Reported:
    return printed.with_unit(unit) if isinstance(printed, Reported) else Reported(printed, unit)


def _as_computed(computed: Any) -> float | Fraction:
    if isinstance(computed, (bool, str, bytes, Reported)) or not isinstance(computed, SupportsFloat):
        raise InputError(f"A computed value must be a number, got {computed!r} ({type(computed).__name__}).")
    if isinstance(computed, (int, Fraction)) or (isinstance(computed, Decimal) and computed.is_finite()):
        return Fraction(computed)
    return float(computed)


def _prints(value: float | Fraction, number: Reported, rule: str) -> bool:
    if not math.isfinite(value):
        return number.is_missing or (value == math.inf and number.relation in (">", ">="))
    if number.is_missing:
        return False
    values = number.range(rule)
    if value in values or isinstance(value, Fraction):
        return value in values
    # The noise of a computed float must not decide on which side of a tie it lies.
    guard = slack(value)
    return any(abs(end - value) <= guard and end in values for end in (values.lower, values.upper))


def assert_reproduces(
    computed: Any,
    printed: Any,
    *,
    rounding: str | Iterable[str] = DEFAULT_ROUNDING,
    unit: str = "",
    err_msg: str = "",
) -> None:
    """Raise an AssertionError unless every computed value prints as it is printed.

    Parameters
    ----------
    computed : number, iterable of numbers, or mapping
        On the natural scale: 0.25 for 25 %.
    printed : str or Reported, iterable of them, or mapping
        One for each computed value. ``<.001`` asks for a value below; ``not reached`` for one that is not finite.
    rounding : str or iterable of str, default ``"nearest"``
        A name of `ROUNDINGS`, or several of which one must serve; ``ROUNDINGS`` itself allows any.
    unit : {"", "%"}, optional
        Unit to take where the text prints none.
    err_msg : str, optional
        First line of the message.

    Raises
    ------
    AssertionError
        With what each value prints under each rule, and how many more decimals would decide.
    NotTextError
        If a printed number is not text.
    UnknownNameError
        If there is no such rounding rule.

    Examples
    --------
    >>> assert_reproduces(8 / 32, "25%")
    >>> assert_reproduces([0.1337, 0.4246], ["13%", "42%"])
    >>> assert_reproduces(0.11460, "12%", rounding="twice")
    >>> assert_reproduces(0.11460, "12%")
    Traceback (most recent call last):
    ...
    AssertionError: The computed 11.46% does not print as '12%', rounded by 'nearest'.
      nearest    11%   '12%' can stand for 11.5% to 12.5%
      half-up    11%   '12%' can stand for 11.5% to 12.5%
      half-even  11%   '12%' can stand for 11.5% to 12.5%
      truncated  11%   '12%' can stand for 12% to 13%
      up         12%   as printed
      twice      12%   as printed
      twice-2    11%   '12%' can stand for 11.495% to 12.505%
    2 more decimals would decide: printed once from the full value, they would be 11.46%.
    """
    __tracebackhide__ = True
    rules = _rules(rounding)
    misses = [
        (place, value, number)
        for place, value, number in _pairs(computed, printed, unit)
        if not any(_prints(value, number, rule) for rule in rules)
    ]
    if misses:
        many = sum(1 for _ in _pairs(computed, printed, unit))
        raise AssertionError("\n".join(_message(misses, many, rules, err_msg)))


def assert_interval_reproduces(
    computed: Any,
    printed: Any,
    *,
    rounding: str | Iterable[str] = DEFAULT_ROUNDING,
    unit: str = "",
    err_msg: str = "",
) -> None:
    """Raise an AssertionError unless computed limits print as an interval is printed.

    Parameters
    ----------
    computed : pair of numbers, or three with the estimate first
        Such as an `Interval`, which is its lower and upper limit.
    printed : pair or triple of str or Reported
        A bound without a per cent sign takes that of the others: ``("12", "43%")``.
    rounding, unit, err_msg
        As for `assert_reproduces`.

    Raises
    ------
    AssertionError
        If a limit prints otherwise.
    InputError
        If there are not two or three of each.

    Examples
    --------
    >>> from trialstats.intervals.binomial import binomial_interval
    >>> interval = binomial_interval(8, 32)
    >>> assert_interval_reproduces(interval, ("12%", "43%"), rounding="twice")
    >>> assert_interval_reproduces((0.25, *interval), ("25%", "11", "43"))
    """
    __tracebackhide__ = True
    values, texts = list(computed), [printed] if isinstance(printed, _NUMBER) else list(printed)
    if len(values) not in (2, 3) or len(texts) != len(values):
        raise InputError(
            "An interval is two limits, or the estimate and two limits, each computed and printed; "
            f"got {len(values)} computed and {len(texts)} printed."
        )
    shared = unit or next((number.unit for text in texts if (number := _as_printed(text, "")).unit), "")
    names = ("lower", "upper") if len(values) == 2 else ("estimate", "lower", "upper")
    assert_reproduces(
        dict(zip(names, values, strict=True)),
        dict(zip(names, texts, strict=True)),
        rounding=rounding,
        unit=shared,
        err_msg=err_msg,
    )


def assert_p_reproduces(
    computed: SupportsFloat,
    printed: str | Reported,
    *,
    rounding: str | Iterable[str] = DEFAULT_ROUNDING,
    err_msg: str = "",
) -> None:
    """Raise an AssertionError unless a computed P value prints as it is printed.

    Parameters
    ----------
    computed : number
        Between 0 and 1.
    printed : str or Reported
        ``.04``, ``P = 0.04``, ``<.001``.
    rounding, err_msg
        As for `assert_reproduces`.

    Raises
    ------
    AssertionError
        Also says whether half or twice the P value, that is one with other sides, would print so.
    InputError
        If the computed value is no probability.

    Examples
    --------
    >>> assert_p_reproduces(0.0387, "P = .04")
    >>> assert_p_reproduces(0.00013, "<.001")
    >>> assert_p_reproduces(0.0387, ".02")
    Traceback (most recent call last):
    ...
    AssertionError: The computed 0.0387 does not print as '.02', rounded by 'nearest'.
    ...
    Half of it, as of a one-sided test, would print so.
    """
    __tracebackhide__ = True
    value, number = _as_computed(computed), _as_printed(printed, "")
    if not 0 <= value <= 1:
        raise InputError(f"A P value lies between 0 and 1; the computed one is {computed!r}.")
    try:
        assert_reproduces(value, number, rounding=rounding, err_msg=err_msg)
    except AssertionError as miss:
        rules = _rules(rounding)
        sides = (
            ("Half of it, as of a one-sided test, would print so.", value / 2),
            ("Twice it, as of a two-sided test, would print so.", value * 2),
        )
        more = [words for words, other in sides if other <= 1 and any(_prints(other, number, rule) for rule in rules)]
        raise AssertionError("\n".join((str(miss), *more))) from None


def assert_trial_holds_together(
    trial: str | os.PathLike[str] | Paper, *, select: Iterable[str] = (), ignore: Iterable[str] = ()
) -> None:
    """Raise an AssertionError unless every verdict of a trial is the expected one.

    Parameters
    ----------
    trial : path or Paper
        A trial file, or what `read_trial`, `load_trial` or `extract` give.
    select, ignore : iterable of str, optional
        Codes or names of checks to run, or to leave out.

    Raises
    ------
    AssertionError
        With the sentence of each finding that is not as the trial file expects; by default, of each number for which
        no explanation was found.
    TrialFileError
        If the file cannot be read.

    Examples
    --------
    >>> from trialstats.sources.trial_file import load_trial
    >>> assert_trial_holds_together(load_trial("lms03"))
    """
    __tracebackhide__ = True
    from trialstats.reanalysis import reanalyse
    from trialstats.sources.trial_file import read_trial

    paper = trial if isinstance(trial, Paper) else read_trial(trial)
    report = reanalyse(paper, select=tuple(select), ignore=tuple(ignore), convention=False)
    asked = report.unexpected()
    if asked:
        count = "1 finding" if len(asked) == 1 else f"{len(asked)} findings"
        lines = [f"{paper.source or paper.id}: {count} not as expected."]
        for one in asked:
            line = f", line {one.where.line}" if one.where.line is not None else ""
            expected = f" (expected: {one.expected})" if one.expected is not None else ""
            lines.append(f"  {one.claim}{line}, {one.check}: {one.verdict.printed}{expected}. {one.message}")
        raise AssertionError("\n".join(lines))


def _rules(rounding: str | Iterable[str]) -> tuple[str, ...]:
    rules = (rounding,) if isinstance(rounding, str) else tuple(rounding)
    for rule in rules:
        check_name("rounding", rule, ROUNDING_RULES)
    if not rules:
        raise InputError(f"No rounding rule is given; accepted: {', '.join(ROUNDING_RULES)}.")
    return rules


def _pairs(computed: Any, printed: Any, unit: str, place: str = "") -> Iterator[tuple[str, float | Fraction, Reported]]:
    """Yield place, computed value and printed number, of however nested lists and mappings."""
    if isinstance(printed, Mapping):
        if not isinstance(computed, Mapping) or computed.keys() != printed.keys():
            given = sorted(map(str, computed)) if isinstance(computed, Mapping) else computed
            raise AssertionError(f"Printed are {sorted(map(str, printed))}, and computed {given}.")
        for key in printed:
            yield from _pairs(computed[key], printed[key], unit, f"{place}.{key}".lstrip("."))
    elif isinstance(printed, _NUMBER) or not isinstance(printed, Iterable):
        if isinstance(computed, Iterable) and not isinstance(computed, (str, bytes)) and not _is_scalar(computed):
            raise AssertionError(f"{len(list(computed))} values are computed, and one number is printed: {printed!s}.")
        yield place, _as_computed(computed), _as_printed(printed, unit)
    else:
        texts = list(printed)
        values = list(computed) if isinstance(computed, Iterable) and not _is_scalar(computed) else [computed]
        if len(values) != len(texts):
            raise AssertionError(
                f"{place and f'{place}: '}{len(values)} values are computed, and {len(texts)} printed."
            )
        for k, (value, text) in enumerate(zip(values, texts, strict=True)):
            yield from _pairs(value, text, unit, f"{place}[{k}]")


def _is_scalar(value: object) -> bool:
    return getattr(value, "ndim", None) == 0  # an array without dimensions calls itself iterable


# ---- Words -----------------------------------------------------------------------------------------------------------
def _message(
    misses: list[tuple[str, float | Fraction, Reported]], many: int, rules: tuple[str, ...], err_msg: str
) -> Iterator[str]:
    if err_msg:
        yield err_msg
    if many > 1:
        yield f"{len(misses)} of {many} computed values do not print as they are printed."
    for place, value, number in misses:
        where = f"{place}: " if place else ""
        plain = number.relation == "=" and not number.is_missing and math.isfinite(value)
        how = f", rounded by {' or '.join(map(repr, rules))}" if plain else ""
        yield f"{where}The computed {_shown(value, number)} does not print as {number.text!r}{how}."
        if plain:
            yield from _by_rule(value, number)
            if roundings_that_print(value, number):
                yield from _deciding(value, number)
            yield from _other_scale(value, number, rules)


def _shown(value: float | Fraction, number: Reported) -> str:
    if not math.isfinite(value):
        return str(value)
    return f"{float(value) * 100:.10g}%" if number.unit == "%" else f"{float(value):.10g}"


def _by_rule(value: float | Fraction, number: Reported) -> Iterator[str]:
    prints = {rule: print_number(value, number.decimals, number.unit, rule) for rule in ROUNDING_RULES}
    width = max(map(len, prints.values()))
    for rule, text in prints.items():
        if _prints(value, number, rule):
            said = "as printed"
        else:
            values = number.range(rule)
            ends = " to ".join(_shown(end, number) for end in (values.lower, values.upper))
            said = f"{number.text!r} can stand for {ends}"
        yield f"  {rule:<9}  {text:>{width}}   {said}"


def _deciding(value: float | Fraction, number: Reported) -> Iterator[str]:
    """Say how many more decimals would tell a value that was rounded otherwise from another value."""
    for more in range(1, _MOST_DECIMALS):
        text = print_number(value, number.decimals + more, number.unit)
        if Reported(text).value not in number.range():
            count, it = ("One more decimal", "it") if more == 1 else (f"{more} more decimals", "they")
            yield f"{count} would decide: printed once from the full value, {it} would be {text}."
            return


def _other_scale(value: float | Fraction, number: Reported, rules: tuple[str, ...]) -> Iterator[str]:
    """Say where the value was rather given in per cent, or the printed per cent without its sign."""
    if number.unit == "%" and any(_prints(value / 100, number, rule) for rule in rules):
        yield "Computed values are on the natural scale, 0.25 for 25%: a hundredth of this one would print so."
    elif not number.unit and any(_prints(value * 100, number, rule) for rule in rules):
        yield "As a per cent it would print so: write the sign into the printed number, or give unit='%'."
