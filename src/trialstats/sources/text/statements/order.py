"""Which of two arms a contrast puts first, where only the numbers say it: 40% and 25%, and a difference of 15%."""

from __future__ import annotations

import math
import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document

_OFF = 0.05
"""How far a difference may lie from that of the rounded values, as a share of it."""
_NEAR = 0.2
"""How far the log of a ratio may lie from that of the values, as a share of it."""
_NEAR_OF_CURVES = 0.6
"""The same of the log of a hazard ratio and that of two medians or rates."""


def order_of_values(document: Document, contrast: Result, first: Result, second: Result) -> bool | None:
    """Whether the values of two arms give a contrast as first against second; None where they do not tell.

    Parameters
    ----------
    document : Document
    contrast : Result
        A difference or a ratio.
    first, second : Result
        The values of the two arms, in the order of the text.
    """
    if contrast.measure in _REDUCTIONS:
        return True
    printed = _number(document, contrast)
    one, other = _number(document, first), _number(document, second)
    if printed is None or one is None or other is None:
        return None  # one that is missing, not reached or in words
    if contrast.measure == "difference":
        if _LESS.search(document.text_between(max(0, contrast.first - 5), min(len(document), contrast.last + 5))):
            return True  # a reduction is what the second has more
        to = document.letters[first.last + 1 : second.first].strip("u") == "t"
        if printed < 0 and not to and _FALLS.search(document.text_between(max(0, first.first - 12), first.first)):
            return True  # falls are told without their sign
        steps = sum(10.0 ** -document.decimals(of.value) for of in (contrast, first, second) if of.value >= 0)
        return _nearer(one - other, other - one, printed, steps + _OFF * abs(printed))
    forward = _log_ratio(contrast.measure, _kind(document, first), one, other)
    if forward is None or printed <= 0:
        return None
    near = _NEAR_OF_CURVES if contrast.measure == "hazard-ratio" else _NEAR
    target = math.log(printed)
    return _nearer(forward, -forward, target, near * abs(target))


def _nearer(forward: float, turned: float, target: float, limit: float) -> bool | None:
    """Whether the first of two numbers is near to a third, and not the second; None where that holds of neither."""
    off, off_turned = abs(forward - target), abs(turned - target)
    if off <= limit < off_turned:
        return True
    return False if off_turned <= limit < off else None


def _number(document: Document, one: Result) -> float | None:
    """Return the value of a result, of a count out of a size their share in per cent."""
    if one.is_over_time:
        return document.value(one.value) / (document.value(one.n) or 1.0)
    if one.n >= 0 and one.counted is not None and document.letters[one.n] == "d" and document.value(one.n) > 0:
        return _ALL * one.counted / document.value(one.n)
    if one.value < 0 or document.letters[one.value] not in "dq":
        return None
    # "shorter by 3.9 (-5.5 to -2.3)": the sign stands with the bounds
    sign = -1 if one.signs == (1, -1, -1) else one.signs[0]
    return sign * document.value(one.value)


def _kind(document: Document, one: Result) -> str:
    """Return the measure of a result: shares for counts out of sizes and for the rates of a curve of events."""
    if one.is_over_time:
        return "rate"
    if one.measure == "count":
        return "proportion" if one.n >= 0 else "count"
    if one.measure != "survival":
        return one.measure
    told = _OF_CURVE.findall(document.text_between(max(0, one.first - 20), one.first))
    return "events" if told and not _SURVIVES.search(told[-1]) else "survival"


def _log_ratio(contrast: str, measure: str, one: float, other: float) -> float | None:
    """Return about the log of the ratio that two values stand for; None where they stand for none."""
    if min(one, other) <= 0:
        return None
    if contrast == "odds-ratio":
        return None if max(one, other) >= _ALL else math.log(one / (_ALL - one) * (_ALL - other) / other)
    if contrast == "hazard-ratio" and measure in ("survival", "events"):
        if max(one, other) >= _ALL:
            return None
        left = (one, other) if measure == "survival" else (_ALL - one, _ALL - other)
        return math.log(math.log(left[0] / _ALL) / math.log(left[1] / _ALL))
    if contrast == "hazard-ratio" and measure == "median":
        return math.log(other / one)
    return math.log(one / other) if contrast in _RATIOS and measure in ("proportion", "rate") else None


_OF_CURVE = re.compile(
    r"\b(?:surviv[a-z]+|[a-z]{0,4}fs|os|[a-z]{0,3}ss|[a-z]+-free|remission|retention|incidences?|mortality|relapses?|recurrences?|deaths?|failures?"
    r"|events?|risks?|progression(?!-free))\b"
)
_SURVIVES = re.compile(r"surviv|free|remission|retention|[fos]s$")
_LESS = re.compile(r"reduc|decreas|lower|fewer|less|shorter|smaller|benefit|gain|saved")
_FALLS = re.compile(r"reduc|decreas|declin|\b(?:fell|fall|lost|loss|dropped|lowered|improved|improvement)\b")
_REDUCTIONS = frozenset({"relative-reduction", "posterior-probability"})
"""What is told of the values in the order in which they stand."""
_ALL = 100.0
_RATIOS = frozenset({"risk-ratio", "rate-ratio", "hazard-ratio"})
