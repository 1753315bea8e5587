"""Tests of two counts that are so seldom made that a text would have to name them, and counts that are but guesses."""

from __future__ import annotations

import math
import re
from types import MappingProxyType

from trialstats.catalogue.words import method_words
from trialstats.checks.check import Context
from trialstats.checks.sister_p import names_one_side
from trialstats.claims.model import Comparison, Estimate
from trialstats.explanations import Explanation
from trialstats.reported import Reported

_SELDOM = MappingProxyType(
    {
        "fisher-mid-p": re.compile(r"mid-?\s?p", re.IGNORECASE),
        "likelihood-ratio": re.compile(r"likelihood|\bG[- ]?test|deviance", re.IGNORECASE),
        "pearson-n-1": re.compile(r"\bN ?[-–] ?1\b|campbell", re.IGNORECASE),
        "fisher-blaker": re.compile(r"blaker|acceptability", re.IGNORECASE),
        "fisher-central": re.compile(r"central|twice the one-?\s?(?:sided|tailed)", re.IGNORECASE),
    }
)
"""By test the words that name it."""


def unnamed_test(context: Context, claim: Comparison, best: Explanation) -> str:
    """Return the test of one side, or of a seldom kind, that a text does not name; empty for any other."""
    text = context.paper.text
    if text is None:
        return ""
    words = _SELDOM.get(best.test or "")
    own = f"{text} {claim.p.test or ''}" if claim.p is not None else text
    if words is not None and words.search(own) is None:
        return method_words(best.test or "")
    if best.sided == 1 and claim.p is not None and claim.p.sided is None and not names_one_side(context):
        return f"{method_words(best.test or '')} of one side"
    return ""


def other_sizes(context: Context, members: tuple[Estimate, ...], best: Explanation) -> str:
    """Return a percentage of one of two groups that is no count of the patients an explanation takes; or nothing.

    Percentages turned into counts say something only if the group's other percentages are counts of the same patients.
    """
    for member, n in zip(members, (best.n, best.n2), strict=False):
        if not n or member.x is not None or not member.arms:
            continue
        for one in context.estimates:
            if one.measure != "proportion" or one.arms != member.arms or one.x is not None or one.adjusted:
                continue
            if one.n is None and one.value is not None and not one.value.is_missing and not _is_count_of(one.value, n):
                return one.value.text
    return ""


def _is_count_of(value: Reported, n: int) -> bool:
    low, high = value.float_range()
    return math.ceil(n * low - 1e-9) <= math.floor(n * high + 1e-9)
