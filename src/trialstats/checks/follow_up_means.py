"""Means measured after treatment of what was measured before it too: their P value is often adjusted for that.

Not a check: the check of P values against two means asks it how far an analysis of covariance may lie from a t test.

With a correlation r of both measurements, z of the analysis of covariance less z of the t test of n patients has the
mean delta (1/sqrt(1 - r^2) - 1), where delta is the expected z of the t test, and the variance
2 - 2 sqrt(1 - r^2). So its P value may be smaller by any amount, and is seldom larger by more than 2 in z: with r = .9
and no effect in 7 of 1,000 trials, with r = .7 in 1, and in fewer the larger the effect is.
"""

from __future__ import annotations

import re

from trialstats.checks.another_analysis import names_a_test_of_means, words_about
from trialstats.checks.check import Context
from trialstats.claims.model import Comparison

FURTHEST = 2.0
"""How much larger, in z, the P value of an analysis of covariance seldom is."""
_OF_CHANGE = re.compile(
    r"\bchang(?:e|es|ed|ing)\b|\b(?:reduction|decrease|increase|decline|improvement|gain|loss|drop|rise|fall)s?\b"
    r"|\b(?:fell|decreased|rose|increased|declined|improved|dropped|gained|lost|reduced)\b(?! to\b)|\bdifferences?\b",
    re.IGNORECASE,
)
_ONCE = re.compile(
    r"\bbaseline\b|\bbefore (?:treatment|randomi|therapy|surgery)|\b(?:age|aged|duration|gestation\w*|survival)\b"
    r"|\b(?:operat\w+|surgical|procedur\w+|anesthe\w+|anaesthe\w+) times?\b|\b(?:length of |hospital )stay\b"
    r"|\bblood loss\b|\bbirth ?weights?\b|\bcosts?\b|\btime to\b"
    r"|\bnumber of (?:oocytes|embryos|days|visits|doses|nodes)\b",
    re.IGNORECASE,
)
"""What nobody has measured before treatment, or what was measured then only."""
_NOT_ADJUSTED = re.compile(r"\bunadjusted\b|\bcrude\b|\bnot adjusted\b", re.IGNORECASE)


def may_be_adjusted(context: Context, claim: Comparison) -> bool:
    """Return whether two means may be of follow-up, with a P value that a value before treatment is adjusted for.

    They are not where the text names a t test or an analysis that adjusts for nothing.
    """
    words = words_about(context, claim)
    told = f"{context.paper.text or ''} {claim.p.test or ''}" if claim.p is not None else ""
    if _OF_CHANGE.search(words) or _ONCE.search(words) or _NOT_ADJUSTED.search(words):
        return False
    return not (names_a_test_of_means(context, claim) or _T_TEST.search(told))


_T_TEST = re.compile(r"\bt[- ]tests?\b|\bwelch\b", re.IGNORECASE)
