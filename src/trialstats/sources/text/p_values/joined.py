"""P values behind estimates that stand side by side, each with its interval: in order, or of what compares them."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from statistics import NormalDist

from trialstats.claims.model import RATIO_MEASURES
from trialstats.reported import Reported
from trialstats.sources.text.p_values.given import PToken
from trialstats.sources.text.tokens.document import Document, Interval

_ONE_SCALE = RATIO_MEASURES | {"difference"}
"""Measures whose P value tests the estimate itself, so that one can be held against its interval."""

_JOINER = re.compile(r"(?:,?a|[,;]|,?v)(?:w{0,2})")
_TO_FIRST = re.compile(r"[uw]{0,2}\)*(?:[wuo]|d(?=u)){0,9}\)?,?R?[,;:]?\(?(?:w{1,2}[,:]?)?")
_APART = re.compile(r"(?:[^dqkPSEx]|[dk]m?(?=u)){0,40}")
_JOINED = re.compile(r"[av,;]")


def in_order(document: Document, intervals: list[Interval], p_values: list[PToken]) -> None:
    """Give P values listed behind as many estimates to them in order: "0.55 (...) and 0.90 (...), P<.001 and P=.42"."""
    at = 0
    for listed in runs(document, p_values):
        while at < len(intervals) and _end(intervals[at]) < p_values[listed[0]].first:
            at += 1
        owners = intervals[max(0, at - len(listed)) : at]
        if len(owners) < len(listed) or any(one.p >= 0 for one in owners):
            continue
        before = intervals[at - len(listed) - 1] if at > len(listed) else None
        if before is not None and _are_joined(document, before, owners[0]):
            continue  # three estimates, two P values: which are whose?
        if _are_side_by_side(document, owners) and _lead_to(document, owners, p_values[listed[0]]):
            for owner, number in zip(owners, listed, strict=True):
                owner.p = number
                p_values[number].taken = True


def _end(interval: Interval) -> int:
    return max(interval.last, interval.lower, interval.upper)


def runs(document: Document, p_values: list[PToken]) -> list[list[int]]:
    """Return the P values that stand in a list, two or more, none of which tests anything by name."""
    runs: list[list[int]] = []
    for number, p in enumerate(p_values):
        if p.is_elsewhere or p.of_several or p.taken:
            continue
        before = runs[-1][-1] if runs else -2
        if before == number - 1 and _JOINER.fullmatch(document.letters, p_values[before].last + 1, p.first):
            runs[-1].append(number)
        else:
            runs.append([number])
    plain = [run for run in runs if len(run) > 1 and all(p_values[number].test is None for number in run)]
    return [run for run in plain if len({p_values[number].sided for number in run}) == 1]


def _are_joined(document: Document, first: Interval, second: Interval) -> bool:
    """Whether two estimates of one measure stand side by side, nothing but words and a mark between them."""
    if first.measure != second.measure or min(first.estimate, second.estimate, first.upper, second.upper) < 0:
        return False
    if first.estimate < second.estimate < first.lower < second.lower:
        return True  # both before both intervals
    start, stop = _end(first) + 1, second.first
    apart = document.letters[start:stop] if start < stop else "S"
    return _APART.fullmatch(apart) is not None and _JOINED.search(apart) is not None


def _are_side_by_side(document: Document, intervals: list[Interval]) -> bool:
    return intervals[0].measure in _ONE_SCALE and all(
        _are_joined(document, first, second) for first, second in pairwise(intervals)
    )


def _lead_to(document: Document, intervals: list[Interval], p: PToken) -> bool:
    """Whether a list of P values stands behind all intervals, not in the bracket of the last one alone."""
    first, last = intervals[0], intervals[-1]
    if _TO_FIRST.fullmatch(document.letters, _end(last) + 1, p.first) is None:
        return False
    opened = document.inside(p.first)
    return not first.upper < opened < last.upper


# --------------------------------------------------------------------------------------------------
# One P value behind several estimates
# --------------------------------------------------------------------------------------------------
_TOO_FAR = 0.4
"""Further apart in z than two tests of the same data."""
_LEAST = 1e-14
_NORMAL = NormalDist()
_READABLE = re.compile(r"(?:0?\.[0-9]{1,12}|[01](?:\.[0-9]{1,12})?|[0-9](?:\.[0-9]{1,6})?(?=e))(?:e-[0-9]{1,3})?")
_VERB = re.compile(r"\b(?:was|were|is|are|did|had|has|showed|but|improved|reduced|increased|decreased)\b")


def untie(document: Document, intervals: list[Interval], p_values: list[PToken]) -> None:
    """Take a P value from the last of estimates side by side where it compares them, and cannot be of that one alone.

    "-0.9 (-1.1 to -0.7) with the drug and -0.2 (-0.4 to 0.0) with placebo (P < .001)". Of two changes it is then a
    comparison; of a ratio in each subgroup, or of more than two estimates, it is nobody's.
    """
    for at in range(1, len(intervals)):
        last, before = intervals[at], intervals[at - 1]
        if last.p < 0 or before.p >= 0 or last.measure not in _ONE_SCALE:
            continue
        p = p_values[last.p]
        if _end(last) > p.first or not _may_share(document, before, last, p) or _fits(document, last, p):
            continue
        last.p, p.taken = -1, False
        alone = at < 2 or not _are_joined(document, intervals[at - 2], before)
        if alone and last.measure == "difference":
            p.compares = before.estimate, last.estimate


def _may_share(document: Document, first: Interval, last: Interval, p: PToken) -> bool:
    """Whether a P value behind two joined estimates may be of both: in the bracket of one, only within one clause."""
    if not _are_joined(document, first, last):
        return False
    own = first.upper < document.inside(p.first) < last.upper
    between = document.text_between(_end(first) + 1, last.first)
    return ";" not in between and not (own and _VERB.search(between))


def _fits(document: Document, interval: Interval, p: PToken) -> bool:
    """Whether a P value is about that of a Wald test by an interval, within rounding; true where that is not known."""
    tokens = (interval.estimate, interval.lower, interval.upper)
    if min(tokens) < 0 or "x" in {document.letters[token] for token in tokens} or interval.sides != 2:
        return True
    spans = [_around(document, token, sign) for token, sign in zip(tokens, interval.signs, strict=True)]
    if interval.measure in RATIO_MEASURES:
        if min(low for low, _ in spans) <= 0:
            return True
        spans = [(math.log(low), math.log(high)) for low, high in spans]
    if not _READABLE.fullmatch(p.digits) or spans[2][1] <= spans[1][0]:
        return True
    found = _z_of(spans, document.value(interval.level) if interval.level >= 0 else 95.0)
    if found[0] > found[1]:
        return True  # outside its bounds, or not their middle
    printed = [_z_printed(p, sides) for sides in ((p.sided,) if p.sided else (2, 1))]
    return any(low - _TOO_FAR <= found[1] and found[0] <= high + _TOO_FAR for low, high in printed)


def _around(document: Document, token: int, sign: int) -> tuple[float, float]:
    """Return the numbers that a token may have been rounded from."""
    low, high = Reported(document.digits(token)).float_range()
    return (low, high) if sign > 0 else (-high, -low)


def _z_of(spans: list[tuple[float, float]], level: float) -> tuple[float, float]:
    """Return the least and the largest z that estimate and bounds, each within its rounding, can have in common."""
    value, lower, upper = spans
    width = 2 * _NORMAL.inv_cdf(0.5 + min(max(level, 50.0), 99.9) / 200)
    narrow, wide = max(upper[0] - lower[1], 1e-9), upper[1] - lower[0]
    least, most = sorted(abs(end) for end in value)
    near = 0.0 if value[0] <= 0 <= value[1] else least
    # By the bounds alone: the estimate is their middle.
    ends = [width * (low + high) / 2 / max(high - low, 1e-9) for low in lower for high in upper]
    close = 0.0 if min(ends) <= 0 <= max(ends) else min(abs(end) for end in ends)
    return max(width * near / wide, close), min(width * most / narrow, max(abs(end) for end in ends))


def _z_printed(p: PToken, sides: int) -> tuple[float, float]:
    """Return the least and the largest z that print a P value."""
    digits, _, power = p.digits.partition("e")
    half = 0.5 * 10.0 ** (float(power or 0) - len(digits.partition(".")[2]))
    value = float(p.digits)
    low = 0.0 if p.relation.startswith(">") else _z(value if p.relation.startswith("<") else value + half, sides)
    high = math.inf if p.relation.startswith("<") else _z(value if p.relation.startswith(">") else value - half, sides)
    return low, high


def _z(value: float, sides: int) -> float:
    if value <= _LEAST:
        return math.inf  # "P = .000"
    return max(0.0, -_NORMAL.inv_cdf(min(value / sides, 0.5)))
