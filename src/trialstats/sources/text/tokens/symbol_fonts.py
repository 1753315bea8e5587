"""Signs that a PDF took from a symbol font and gives as other characters: = as ¼ or 5, < as a comma, minus as 2.

Such a text tells on itself by what no text prints: "P ¼ 0.02", "P , 0.001", "(n 5 49)". Only then its signs are put
back, one character for one: a minus only where bounds would be out of order without it and hold their estimate with it.
"""

from __future__ import annotations

import re

_TELLS = re.compile(r"\b[Pp](?: ?¼ ?| , ?|,)0?\.\d|\b[Nn] ?¼ ?\d|[(\[][Nn] 5 \d|\b[Pp] 5 0?\.\d")
_MARKS = ("¼", "P ,", "p ,", "P,0", "P,.", "p,0", "p,.", "n 5 ", "N 5 ", "P 5 ", "p 5 ")
"""One of these stands in whatever `_TELLS` finds: looking for them is quicker."""
_EQUALS = re.compile(r"¼|(?<=[(\[][Nn] )5(?= \d)|(?<=\b[Pp] )5(?= 0?\.\d)")
_LESS = re.compile(r"(?<=\b[Pp] ),(?= ?0?\.\d)|(?<=\b[Pp]),(?=0?\.\d)")
_NUMBER = r"\d{1,4}(?:\.\d{1,4})?"
_BOUNDS = re.compile(
    rf"(?<![\d.])(?P<value>{_NUMBER}) ?%? ?[(\[](?:\d\d ?% ?(?:CI|confidence interval)[:,]? ?)?"
    rf"(?P<lower>2{_NUMBER}) ?%?(?:, ?| to | ?[-–] ?)(?P<upper>{_NUMBER})(?= ?%?[)\];,])"
)


def with_lost_signs(text: str) -> str:
    """Return a text of the same length with its signs, where it shows that a symbol font was lost.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> with_lost_signs("Less pain (P , .001): difference 24% (213%, 5%).")
    'Less pain (P < .001): difference -4% (-13%, 5%).'
    >>> with_lost_signs("Pain in 24% (213 of 900; P < .001).")
    'Pain in 24% (213 of 900; P < .001).'
    """
    if not any(mark in text for mark in _MARKS) or _TELLS.search(text) is None:
        return text
    return _BOUNDS.sub(_with_minus, _LESS.sub("<", _EQUALS.sub("=", text)))


def _with_minus(found: re.Match[str]) -> str:
    """Put a minus for each leading 2 that keeps bounds out of order, or their estimate outside them."""
    value, lower, upper = found["value"], found["lower"], found["upper"]
    if float(lower) <= float(upper):
        return found[0]
    low = -float(lower[1:])
    readings = [
        (abs(_value(estimate) - (low + _value(high)) / 2), estimate, high)
        for estimate in _readings(value)
        for high in _readings(upper)
        if low <= _value(estimate) <= _value(high)
    ]
    if not readings:
        return found[0]
    # Of several readings that which puts the estimate nearest to the middle.
    _, estimate, high = min(readings, key=lambda one: one[0])
    whole, start = found[0], found.start()
    for name, put in (("value", estimate), ("lower", f"-{lower[1:]}"), ("upper", high)):
        begin = found.start(name) - start
        whole = whole[:begin] + put + whole[begin + len(put) :]
    return whole


def _value(number: str) -> float:
    return -float(number[1:]) if number.startswith("-") else float(number)


def _readings(number: str) -> list[str]:
    """Return a number as it stands, and with a minus for its leading 2."""
    return [number, f"-{number[1:]}"] if number.startswith("2") and number[1:2].isdigit() else [number]
