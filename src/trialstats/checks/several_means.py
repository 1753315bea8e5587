"""The P value of a one-way analysis of variance from the means, standard deviations and sizes that a list writes out.

Not a check: the check of P values against two means asks it where the text names the analysis.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from trialstats.checks.another_analysis import excuse
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Comparison
from trialstats.reported import Reported, Span
from trialstats.sources.text.tokens.normalise import normalise

_NAMED = re.compile(r"\banova\b|\banalysis of variance\b", re.IGNORECASE)
_OTHER = re.compile(
    r"two-way|three-way|repeated|mixed|ancova|covarian|factorial|welch|kruskal|rank|log-?transform|adjust|\bsem?\b"
    r"|standard error|\bmedian",
    re.IGNORECASE,
)
_SD = re.compile(r"\bs\.?d\.?\b|standard deviation", re.IGNORECASE)
_N = r"\d{1,4}(?:\.\d{1,3})?"
_GROUP = re.compile(
    rf"(?<![\d.,-])(?P<mean>{_N}) ?(?:\((?:sd,? ?)?(?P<sd>{_N})\)|± ?(?P<sd2>{_N}))"
    r"(?: (?!and\b)[a-z/%²-]{1,20}){0,8}"
    r" ?\(n ?= ?(?P<n>\d{1,4})\)"
)
"""A mean, its standard deviation, the words for a group and its size: "61.3 (12.4) m in the zinc group (n = 45)"."""
_NEXT = re.compile(r"(?:,|,? and)(?: and| in)? ?")
_BACK = 500


@dataclass(frozen=True, slots=True)
class SeveralMeans:
    """Means that one analysis of variance compares, as printed, and the range of its P value."""

    shown: str
    p: Span


def analysis_of_variance(context: Context, claim: Comparison) -> SeveralMeans | None:
    """Return the means of three or more groups listed before a P value that the text calls one of their variance."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None or not ("varian" in text or "ANOVA" in text):
        return None
    begin, close = sentence_of(text, start)
    words = normalise(text[max(begin, start - _BACK) : min(close, end + _BACK)])
    if not (_NAMED.search(words) and _SD.search(words)) or _OTHER.search(words):
        return None
    if excuse(context, claim, of_several=True):
        return None
    found = list(_GROUP.finditer(words.lower()))
    between = (words[one.end() : other.start()] for one, other in pairwise(found))
    if not 3 <= len(found) <= 6 or not all(_NEXT.fullmatch(one.lower()) for one in between):
        return None
    groups = [(Reported(one["mean"]), Reported(one["sd"] or one["sd2"]), int(one["n"])) for one in found]
    if min(n for *_, n in groups) < 2 or any(sd.value <= 0 for _, sd, _ in groups):
        return None
    shown = ", ".join(f"{mean.text} (SD {sd.text}) of {n}" for mean, sd, n in groups)
    return SeveralMeans(shown, p_of_variance(groups))


def p_of_variance(groups: Sequence[tuple[Reported, Reported, int]]) -> Span:
    """Return the range of the P value over all that means and standard deviations can stand for.

    Examples
    --------
    >>> groups = [(Reported("61.3"), Reported("12.4"), 45), (Reported("59.8"), Reported("13.1"), 47)]
    >>> [round(end, 2) for end in p_of_variance(groups)]
    [0.55, 0.6]
    """
    from scipy.special import fdtrc

    sizes = [n for *_, n in groups]
    whole, inner = sum(sizes), sum(sizes) - len(sizes)
    middle = sum(float(mean.value) * n for mean, _, n in groups) / whole
    root = math.sqrt(sum(n * (float(mean.value) - middle) ** 2 for mean, _, n in groups))
    # The root of the sum of squares is a norm of the means: it moves no further than they do.
    moved = math.sqrt(sum(n * float(mean.step / 2) ** 2 for mean, _, n in groups))
    within = [
        sum((n - 1) * float(max(sd.value + side * sd.step / 2, Fraction(0))) ** 2 for _, sd, n in groups) / inner
        for side in (-1, 1)
    ]
    outer = len(sizes) - 1
    low, high = max(root - moved, 0.0) ** 2 / outer / within[1], (root + moved) ** 2 / outer / max(within[0], 1e-300)
    return float(fdtrc(outer, inner, high)), float(fdtrc(outer, inner, low))
