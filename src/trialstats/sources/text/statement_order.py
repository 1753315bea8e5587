"""Which of two arms a contrast puts first, where only the numbers say it: 40% and 25%, and a difference of 15%."""

from __future__ import annotations

import math
import re

from trialstats.sources.text.document import Document
from trialstats.sources.text.results import Result

_OFF = 0.05
"""How far a difference may lie from that of the rounded values, as a share of it."""
_NEAR = 0.2
"""How far the log of a ratio may lie from that of the values, as a share of it."""
_NEAR_OF_CURVES = 0.6
"""The same of the log of a hazard ratio and that of two medians or rates."""


def is_turned(document: Document, contrast: Result, first: Result, second: Result) -> bool:
    """Whether the values of two arms give a contrast as second against first, and not as first against second.

    Parameters
    ----------
    document : Document
    contrast : Result
        A difference or a ratio.
    first, second : Result
        The values of the two arms, in the order of the text.
    """
    tokens = contrast.value, first.value, second.value
    if min(tokens) < 0 or not {document.letters[token] for token in tokens} <= set("dq"):
        return False  # one that is missing, not reached or in words
    printed, one, other = (one.signs[0] * document.value(one.value) for one in (contrast, first, second))
    if contrast.measure == "difference":
        if _LESS.search(document.text_between(max(0, contrast.first - 5), min(len(document), contrast.last + 5))):
            return False  # a reduction is what the second has more
        if printed < 0 and _FALLS.search(document.text_between(max(0, first.first - 12), first.first)):
            return False  # falls are told without their sign
        steps = sum(10.0 ** -document.decimals(token) for token in tokens)
        return abs(other - one - printed) <= steps + _OFF * abs(printed) < abs(one - other - printed)
    forward = _log_ratio(contrast.measure, first.measure, one, other)
    if forward is None or printed <= 0:
        return False
    near = _NEAR_OF_CURVES if contrast.measure == "hazard-ratio" else _NEAR
    target = math.log(printed)
    return abs(-forward - target) <= near * abs(target) < abs(forward - target)


def _log_ratio(contrast: str, measure: str, one: float, other: float) -> float | None:
    """Return about the log of the ratio that two values stand for; None where they stand for none."""
    if min(one, other) <= 0:
        return None
    if contrast == "odds-ratio":
        return None if max(one, other) >= _ALL else math.log(one / (_ALL - one) * (_ALL - other) / other)
    if contrast == "hazard-ratio" and measure == "survival":
        return None if max(one, other) >= _ALL else math.log(math.log(one / _ALL) / math.log(other / _ALL))
    if contrast == "hazard-ratio" and measure == "median":
        return math.log(other / one)
    return math.log(one / other) if contrast in _RATIOS and measure in ("proportion", "rate") else None


_LESS = re.compile(r"reduc|decreas|lower|fewer|less|shorter|smaller|benefit|gain|saved")
_FALLS = re.compile(r"reduc|decreas|declin|\b(?:fell|fall|lost|loss|dropped|lowered|improved|improvement)\b")
_ALL = 100.0
_RATIOS = frozenset({"risk-ratio", "rate-ratio", "hazard-ratio"})
