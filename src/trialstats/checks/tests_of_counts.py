"""The usual tests of the two counts that are printed beside an effect, and which of them prints its P value.

Not a check: the checks of P values of ratios and differences ask it before they say that another test could print them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.catalogue.words import method_words
from trialstats.checks.arm_values import SHARE, Pair
from trialstats.checks.both_arms import pair_of
from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.explanations import TwoArmCounts
from trialstats.reported import Span
from trialstats.search.limits import MOST_OF_ONE_TEST
from trialstats.wording import p_range

_TESTS = ("pearson", "fisher", "pearson-yates", "likelihood-ratio", "fisher-central", "fisher-mid-p")
"""The everyday ones first."""
_NO_PLAIN_TEST = re.compile(
    r"stratif|adjust|weight|log-? ?rank|cox|mantel|cochran|inferior|equivalen|interact|trend|margin|paired",
    re.IGNORECASE,
)
_SHOWN = ("pearson", "fisher")
_EXACT = frozenset({"fisher", "fisher-central", "fisher-mid-p"})


def counts_beside(context: Context, claim: Estimate) -> TwoArmCounts | None:
    """Return the counts of both arms that a crude effect stands beside, each printed with its total."""
    if claim.adjusted or (pair := pair_of(context, claim, SHARE)) is None or not pair.together:
        return None
    return printed_counts(context, pair)


def printed_counts(context: Context, pair: Pair) -> TwoArmCounts | None:
    """Return the counts of two arms where they are printed, each with its total or that of its arm."""
    found = []
    for one in (pair.first, pair.second):
        x = one.x.whole if one.x is not None else None
        n = one.n.whole if one.n is not None else None
        stated = [size for size, how in context.sizes(one).items() if how == "stated"]
        n = n or (stated[0] if len(stated) == 1 else None)
        if x is None or not n or not 0 <= x <= n:
            return None
        found += [x, n]
    return TwoArmCounts(*found)


def _values(counts: TwoArmCounts, names: tuple[str, ...], sided: int) -> Iterator[tuple[str, Span]]:
    from trialstats.intervals.two_sample import two_proportion_test

    searched = names if _margin(counts) <= MOST_OF_ONE_TEST else [name for name in names if name not in _EXACT]
    for name in searched:
        for side in ("two-sided",) if sided != 1 else ("less", "greater"):
            p = float(two_proportion_test(counts.x, counts.n, counts.x2, counts.n2, method=name, alternative=side))
            yield name, (p, p)


def _margin(counts: TwoArmCounts) -> int:
    """Return how many tables have the margins of some counts: an exact test sums over all of them."""
    events = counts.x + counts.x2
    return min(counts.n, events) - max(0, events - counts.n2) + 1


def usual_test_printing(claim: Estimate, counts: TwoArmCounts) -> str:
    """Say which usual test of two counts prints a P value: ``Fisher's exact test of 14/43 v 4/45 (.0079)``."""
    if claim.p is None or claim.p.value.is_missing or claim.p.value.relation not in ("=", "<"):
        return ""
    if claim.p.test is not None and _NO_PLAIN_TEST.search(claim.p.test):
        return ""
    values = claim.p.value.range()
    names = _TESTS if claim.p.value.relation == "=" else _SHOWN
    for name, p in _values(counts, names, claim.p.sided or 2):
        if values.admits(p[0]):
            return f"{_name(name)} of {counts.x}/{counts.n} v {counts.x2}/{counts.n2} ({p_range(p)})"
    return ""


def deny(claim: Estimate, counts: TwoArmCounts) -> bool:
    """Return whether a P value is smaller, or larger, than every usual test of two counts makes it."""
    if claim.p is None or claim.p.value.is_missing:
        return False
    values = claim.p.value.range()
    found = [p[0] for _, p in _values(counts, _TESTS, claim.p.sided or 2)]
    return bool(found) and (float(values.upper) < min(found) or max(found) < float(values.lower))


def _name(test: str) -> str:
    words = method_words(test)
    return words if "test" in words else f"the {words} test"


def given_by_tests(counts: TwoArmCounts) -> str:
    """Say what the everyday tests of two counts give."""
    told = [f"{_name(name)} gives {p_range(p)}" for name, p in _values(counts, _SHOWN, 2)]
    left = "" if _margin(counts) <= MOST_OF_ONE_TEST else " Exact tests of so many patients were not searched."
    return f"Of the counts beside it {' and '.join(told)}.{left}"
