"""Give intervals listed in one place to the estimates listed before: "33% and 21% (95% CI 20-48 and 10-37)"."""

from __future__ import annotations

import re

from trialstats.sources.text.numbers.estimate_cost import contains
from trialstats.sources.text.tokens.document import Document, Interval

_MOST = 5
_REACH = 60
_UNIT = r"(?:[uw]{0,2}(?:/u)?)"
_SIGNED = r"(?P<{0}sign>[m+]?)(?P<{0}>[dq])"
# "and 10 to 37", "v 10-37", "; 95% CI, 10, 37"
_NEXT = re.compile(
    rf"{_UNIT}(?P<joint>,?[av]|[,;])(?:[dq]?m?C[:e,]?)?"
    rf"{_SIGNED.format('lo')}{_UNIT}(?P<dash>m|,?t|,){_SIGNED.format('hi')}"
)
# What stands between two estimates of a list, and between the last one and the words for their intervals.
_COUNTED = r"(?:\([^()dq]{0,4}d(?:[/o]d)?[^()dq]{0,3}\))?"
_TO_NEXT = re.compile(rf"(?:/?u|w){{0,2}}{_COUNTED}[wou]{{0,9}}(?:,?[av]|[,;])[wo]{{0,6}}[m+]?")
_TO_WORDS = re.compile(rf"(?:/?u|w){{0,2}}{_COUNTED}[wou]{{0,9}},?R?[,;]?\(?(?:w{{1,2}}[,;:]?)?")


def listed(document: Document, interval: Interval) -> list[Interval]:
    """Return the intervals listed behind one, and give each, the first among them, its own of the estimates before.

    Only where there are as many estimates as intervals and each lies in its own: else nothing is changed.
    """
    if interval.label < 0 or min(interval.lower, interval.upper) < 0:
        return []
    others = _others(document, interval)
    if not others:
        return []
    estimates = _estimates(document, interval.label, len(others) + 1)
    every = [interval, *others]
    signs = [-1 if document.has_sign(token) else 1 for token in estimates]
    if len(estimates) < len(every) or not all(
        contains(document, token, sign, one.lower, one.upper, *one.signs[1:])
        for token, sign, one in zip(estimates, signs, every, strict=True)
    ):
        return []
    for token, sign, one in zip(estimates, signs, every, strict=True):
        one.estimate, one.rival = token, -1
        one.signs = (sign, *one.signs[1:])
        one.first = token - (sign < 0)
    for one in every[:-1]:
        one.last = one.estimate  # what stands between it and its bounds is another's
    return others


def _others(document: Document, interval: Interval) -> list[Interval]:
    """Return the intervals listed behind one, without their estimates."""
    letters, last = document.letters, interval
    dash = letters[interval.lower + 1 : interval.upper].strip("uwqm+/")[:1] or "m"
    found: list[Interval] = []
    for _ in range(_MOST):
        following = _NEXT.match(letters, last.upper + 1)
        # A comma that parts two bounds does not part two intervals as well.
        if following is None or following["joint"] == following["dash"] or following["dash"][-1] != dash:
            break
        lower, upper = following.start("lo"), following.start("hi")
        signs = (1, -1 if following["losign"] == "m" else 1, -1 if following["hisign"] == "m" else 1)
        last = Interval(-1, lower, upper, signs, interval.level, interval.carried, interval.label, lower, upper)
        found.append(last)
    return found


def _estimates(document: Document, label: int, wanted: int) -> list[int]:
    """Return as many numbers as are wanted that are listed right before the words for an interval, or none."""
    letters = document.letters
    first = max(document.sentence(label)[0], label - _REACH)
    found: list[int] = []
    at = label - 1
    while at >= first and len(found) < wanted:
        if letters[at] == ")" and (opened := document.partner.get(at, -1)) >= first:
            at = opened - 1
            continue
        if letters[at] in "dq" and document.used[at] != 2:
            between = _TO_NEXT if found else _TO_WORDS
            if document.used[at] or between.fullmatch(letters, at + 1, found[0] if found else label) is None:
                return []
            found.insert(0, at)
        at -= 1
    alike = len({document.decimals(token) for token in found}) <= 2
    return found if alike and len(found) == wanted else []
