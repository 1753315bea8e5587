"""The P value of a ratio agrees with its confidence interval.

Estimate and interval fix the standard error, up to rounding, and with it the Wald P value. We compare
the exact range of that P value with the printed one, two-sided and one-sided (where a P value above .5
is ordinary). Another test need not give the Wald P value. A log-rank or likelihood- ratio test of the
same data lies within bounds that follow from the estimate; a stratified or adjusted test beside an
unadjusted interval has no useful bound but what simulated trials ever gave. So a difference is explained
by another test, with the gap in z; where the counts of both arms are printed and a usual test of them
(chi-square, Fisher, likelihood-ratio) prints the P value, it agrees. A gap that two tests of the same
data never reached in simulated trials (.4) is hard to explain, unless the text states a stratified or
adjusted analysis of P value or ratio alone. A text that speaks of no such analysis leaves the score and
likelihood-ratio tests only: beyond what they usually differ by at this effect the P value is not judged,
or, from .15 on, hard to explain where the text's other P values of ratios are those of their intervals.
So is one side no reason where they have two. A last place of 1, as in .001, may stand for anything
below. Exact and chi-square tests of one table part further where
events are few or the ratio is large: of odds and risk ratios the smaller P value may lie within the
bounds of a likelihood-ratio test, the larger .65 away where the standard error is above .7. Beyond what
a stratified or adjusted analysis ever gave, or beyond the narrow bounds where the text says that both
are of one model, no explanation is left. Where the text says that interval or P value allows for several
comparisons, or that the ratio was worked out from an odds ratio, it is not judged. One no more than .05
away in z agrees. A P value against a margin, for interaction or for trend is not about a ratio of 1.

Why: It is by the P value that most readers judge a trial, and by estimate and interval that they can
check it.

Formula:
    b = ln(estimate),  SE = ln(upper/lower)/(2 z)
    Wald: P = 2 Phi(-|b|/SE), one-sided P = Phi(-|b|/SE) or 1 - that
    log-rank z between |b|/SE and |b|/SE sinh(b/2)/(b/2)
    likelihood-ratio z between |b|/SE sqrt(2(exp(-b) - 1 + b))/b
                           and |b|/SE sqrt(2(exp(b) - 1 - b))/b

Agrees: hazard ratio 0.54 (0.36 to 0.81), P = .003. Explained: hazard ratio 0.54 (0.37 to 0.79), P <
.001, where the two-sided Wald P value lies in .0012 to .0018. Asks: hazard ratio 0.54 (0.36 to 0.81),
P = .03; 0.50 (0.49 to 0.51), P = .90.

Reference: Altman and Bland (2011) BMJ 343:d2304 for the arithmetic without rounding.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.derived_ratio import power_of_rounded, words_of_conversion
from trialstats.checks.named_test import of_noninferiority, with_test
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.checks.other_tests import (
    TEST_WORDS,
    WIDEST_GAP,
    fits_one_side,
    gap_in_z,
    is_other_tail,
    other_tail,
    other_ways,
    without_tests_of_counts,
)
from trialstats.checks.p_read_beside import read_beside
from trialstats.checks.ratio_interval import TESTED, ratio_search, ratio_words
from trialstats.checks.several_comparisons import NOT_OF_ONE, beside_several, of_several, times_as_large
from trialstats.checks.sister_p import (
    ASKED_BEFORE,
    alike_in_list,
    all_others_agree,
    another_analysis,
    is_written_for_less,
    may_be_one_sided,
    of_an_interaction,
    of_regression,
    one_sided_here,
    usual_gap_of,
)
from trialstats.checks.tests_of_counts import counts_beside, deny, given_by_tests, usual_test_printing
from trialstats.claims.model import Estimate, PValue
from trialstats.explanations import Block, Search
from trialstats.findings import Details, Finding, Verdict
from trialstats.search.ratios.envelope import same_data_statistic
from trialstats.search.ratios.polygon import Region, critical, z_range
from trialstats.search.ratios.search import RatioBlock, RatioSearch
from trialstats.search.ratios.ways import making_of
from trialstats.wording import as_printed, as_range, p_range, p_words, sentences

_OTHER_NULL = re.compile(r"inferiority|margin|interaction|trend|heterogen|homogen|equivalence", re.IGNORECASE)
_SAME_MODEL = re.compile(r"wald|cox|logistic|regression|same model|proportional hazards", re.IGNORECASE)
_OTHER_MODEL = re.compile(r"stratif|adjust|weight", re.IGNORECASE)


def about_another_null(claim: Estimate) -> bool:
    """Return whether the text says that the P value is not about a ratio of 1 (or a difference of 0)."""
    return claim.p is not None and claim.p.test is not None and _OTHER_NULL.search(claim.p.test) is not None


def is_probability(p: PValue) -> bool:
    """Return whether a printed P value can stand for a number from 0 to 1."""
    low, high = p.value.float_range()
    return not p.value.is_missing and high >= 0 and low <= 1


def same_model(claim: Estimate) -> bool:
    """Return whether the text ties the P value to the model of the interval."""
    test = claim.p.test if claim.p is not None else None
    if test is None or claim.measure in ("risk-ratio", "relative-reduction") or _OTHER_MODEL.search(test):
        return False  # Wald and score tests of a risk ratio differ by more than a bound is worth
    return _SAME_MODEL.search(test) is not None or ("rank" in test.lower() and claim.adjusted is False)


NEARLY = 0.05
"""A gap in z that nobody need explain: a log-rank and a Wald test of one trial mostly lie further apart."""
_FEW_EVENTS, _WIDEST_OF_FEW = 0.7, 0.65
"""The standard error of a log ratio with few events in an arm, and by how much z falls short of Wald's there."""


def _between_two_tests(claim: Estimate, region: Region, gap: float) -> bool:
    """Whether two tests of one two-by-two table ever lie so far apart: chi-square, exact and likelihood-ratio tests.

    The smaller P value lies within the bounds of a likelihood-ratio test; of 34,632 simulated tables none was above
    them by more than `WIDEST_GAP`. The larger one is that of an exact or corrected test.
    """
    assert claim.p is not None
    if gap <= WIDEST_GAP:
        return True
    if claim.measure not in ("odds-ratio", "risk-ratio") or claim.adjusted:
        return False
    low, high = z_range(claim.p.value.range(), claim.p.sided or 2)
    wald = region.size_of_z
    if high < wald[0]:
        return region.se[1] >= _FEW_EVENTS and gap <= _WIDEST_OF_FEW
    return low <= same_data_statistic(wald, max(map(abs, region.centre)))[1]


def stated_for_one(claim: Estimate) -> bool:
    """Return whether the text states an adjusted or stratified analysis of P value or estimate alone."""
    test = claim.p.test if claim.p is not None else None
    own_test = test is not None and not _SAME_MODEL.search(test)
    p_adjusted = test is not None and _OTHER_MODEL.search(test) is not None
    return p_adjusted != bool(claim.adjusted) and (own_test or p_adjusted)


def p_search(context: Context, claim: Estimate) -> RatioSearch | None:
    """Return the search behind a ratio with its interval and P value."""
    if claim.p is None or not is_probability(claim.p):
        return None
    return ratio_search(context, claim, p=claim.p, same_model=same_model(claim))


def asks(context: Context, claim: Estimate) -> bool:
    """Return whether this check asks about a claim's P value: another check need not ask the same."""
    asked = any(one.verdict.is_question for one in _judged(CHECK, context, claim))
    return asked or alike_in_list(context, claim) == ASKED_BEFORE


def _gap_on_log_scale(claim: Estimate, search: RatioSearch) -> float:
    """Return the gap from estimate and width on the log scale, whatever scale prints the interval."""
    assert claim.p is not None
    numbers = [float(number.value) for _, number in search.printed.parts]
    if len(numbers) < 3 or min(numbers) <= 0 or numbers[1] >= numbers[2]:
        return math.inf
    estimate, lower, upper = map(math.log, numbers)
    z = abs(estimate) / (upper - lower) * 2 * critical(search.level)
    low, high = z_range(claim.p.value.range(), claim.p.sided or 2)
    return max(low - z, z - high, 0.0)


def _is_ordinary(way: Convention) -> bool:
    return way.ordinary or (way.test == "wald" and way.sided == 2 and way.level is None)


def _agreement(claim: Estimate, best: Convention, region: Region) -> str:
    """Say that the P value is the interval's own."""
    assert claim.p is not None
    printed = f"The printed {p_words(claim.p)} agrees with the interval of the {ratio_words(claim)}"
    if best.sided == 1 and is_other_tail(claim.p, region):
        return f"{printed}: the one-sided Wald P value is {other_tail(region)}, against the direction of the estimate."
    side = "two-sided" if best.sided == 2 else "one-sided"
    span = p_range(region.p_two_sided if best.sided == 2 else region.p_one_sided)
    return f"{printed}: the {side} Wald P value is {span}."


def _is_its_own(p: PValue, best: Convention | None) -> bool:
    return best is not None and best.test == "wald" and best.level is None and best.sided == (p.sided or 2)


def _material(claim: Estimate, search: RatioSearch) -> str:
    """Return what the standard error is if the interval is right, and if the P value is."""
    assert claim.p is not None
    low, high = z_range(claim.p.value.range(), claim.p.sided or 2)
    ends = search.printed.estimate.float_range() if search.printed.estimate is not None else (0.0, 0.0)
    if ends[0] <= 0 or ends[0] <= 1 <= ends[1] or high <= 0:
        return ""
    sizes = sorted(abs(math.log(end)) for end in ends)
    least, most = sizes[0] / high, sizes[1] / low if low > 0 else math.inf
    # A bound is rounded to its own side.
    by_p = f"at most {math.ceil(1000 * most) / 1000:.3f}" if least == 0 else as_range(least, most)
    sides = "one-sided" if claim.p.sided == 1 else "two-sided"
    return (
        f"If the interval is right, the log of the ratio has standard error {as_range(*search.log_se())}; if the P "
        f"value is a {sides} Wald test's, {by_p}."
    )


def _is_told(context: Context, claim: Estimate) -> bool:
    """Whether the text speaks of a test or an analysis by which P value and interval may part, or there is no text."""
    assert claim.p is not None
    if context.paper.text is None:
        return True
    return claim.p.test is not None or stated_for_one(claim) or bool(another_analysis(context))


_ASKED = 0.15
"""A smaller gap in z is a matter of digits, and nobody is asked about it."""
_LESS = "a P value written for anything below it"


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        yield from _judged(check, context, claim)


def _judged(check: Check, context: Context, printed: Estimate) -> Iterator[Finding]:
    if printed.measure not in TESTED or printed.p is None or printed.interval is None:
        return
    claim = with_test(context, printed)
    assert claim.p is not None
    search = None if about_another_null(claim) else p_search(context, claim)
    base = search.base() if search is not None else None
    if search is None or base is None:
        yield check.finding(claim, *_why_not(claim, claim.p))
        return
    verdict, details = _judge(context, claim, claim.p, search, base)
    counts = None if verdict is Verdict.CONSISTENT else counts_beside(context, claim)
    if counts is not None and (test := usual_test_printing(claim, counts)):
        verdict, details = Verdict.CONSISTENT, _of_counts(claim, claim.p, details, test)
    elif counts is not None and verdict is Verdict.EXPLAINED:
        more = without_tests_of_counts(details.more) if deny(claim, counts) else details.more
        details = replace(details, more=sentences(more, given_by_tests(counts)))
    if verdict is Verdict.EXPLAINED or verdict.is_question:
        verdict, details = read_beside(context, claim, verdict, details, _p_of(claim, claim.p), _has)
    if verdict is not Verdict.CONSISTENT and (reason := _of_something_else(context, claim, search, base, verdict)):
        verdict, details = not_checked(_p_of(claim, claim.p), reason, {"p": claim.p.value.text})
    yield check.finding(claim, verdict, details)


def _has(context: Context, claim: Estimate, p: PValue) -> bool:
    """Whether the interval of a ratio has a P value."""
    search = p_search(context, replace(claim, p=p))
    base = search.base() if search is not None else None
    if search is None or base is None:
        return False
    low, high = search.about_null(*making_of(base)).p_two_sided
    return low <= float(p.value.range().upper) and float(p.value.range().lower) <= high


def _of_counts(claim: Estimate, p: PValue, details: Details, test: str) -> Details:
    """Say by which test of the printed counts a P value is."""
    return replace(
        details,
        sentence=f"The printed {p_words(p)} beside the {ratio_words(claim)} is that of {test}.",
        miss="",
        more="",
        settle="",
        how=test,
    )


def _of_something_else(
    context: Context, claim: Estimate, search: RatioSearch, base: Convention, verdict: Verdict
) -> str:
    """Return why the P value need not be that of the interval as printed; empty if nothing says so."""
    assert claim.p is not None
    words = beside_several(context, claim)
    if not words and verdict.is_question:
        region = search.about_null(*making_of(base))
        own = region.p_one_sided if claim.p.sided == 1 else region.p_two_sided
        words = of_several(context, claim, times=times_as_large(claim.p, own))
    if words:
        return NOT_OF_ONE.format(words)
    if said := words_of_conversion(context, claim):
        return f"it may be that of the odds ratio which the ratio was worked out from (“{said}”)"
    if verdict.is_question and power_of_rounded(context, claim, search.printed, search.level) is not None:
        return "estimate and interval are made of rounded ones of one unit, and say little of its standard error"
    return ""


@dataclass(frozen=True)
class _PSearch(Search):
    """The search for what prints interval and P value.

    The ways of making the interval are judged by their own check: here those beside the cheapest of them, or else all.
    """

    ratio: RatioSearch
    base: Convention

    @cached_property
    def found(self) -> tuple[Convention, ...]:
        """The conventions that print both, cheapest first."""
        beside = self.ratio.conventions.beside[making_of(self.base)]
        return tuple(filter(self.ratio.prints, beside)) or tuple(self.ratio.found())

    def blocks(self) -> Iterator[Block]:
        """Yield the explanations, cheapest first."""
        return (RatioBlock(one, self.ratio) for one in self.found)


def _why_not(claim: Estimate, p: PValue) -> tuple[Verdict, Details]:
    reason = OUTSIDE if lies_outside(claim) else "the interval beside it gives no standard error"
    if about_another_null(claim):
        reason = f"it is about another null hypothesis ({p.test})"
    elif not is_probability(p):
        reason = "a P value lies between 0 and 1"
    return not_checked(_p_of(claim, p), reason, {"p": p.value.text})


def _p_of(claim: Estimate, p: PValue) -> str:
    return f"{p_words(p)} of {as_printed(replace(claim, p=None))}"


def _judge(
    context: Context, claim: Estimate, p: PValue, search: RatioSearch, base: Convention
) -> tuple[Verdict, Details]:
    beside = _PSearch(search, base)
    found = beside.found
    best = found[0] if found else None
    region = search.about_null(*making_of(base))
    two, one = p_range(region.p_two_sided), p_range(region.p_one_sided)
    common: dict[str, Any] = {
        "reported": {"p": p.value.text},
        "recomputed": {"p": f"{two} (two-sided), {one} (one-sided)"},
        "searched": {
            "tests": ["wald", "another-test"] + ([] if search.same_model else ["stratified-test"]),
            "sides": [p.sided] if p.sided else [2, 1],
            "levels": [search.level] if search.level_printed else ["any of the catalogue"],
            "gap_in_z": round(gap_in_z(region, claim), 3),
            "catalogue": search.catalogue.version,
        },
    }
    side, span = ("one-sided", one) if p.sided == 1 else ("two-sided", two)
    not_its_own = (
        f"The printed {p_words(p)} is not the {side} Wald P value of the {ratio_words(claim)}, which is {span}."
    )
    if best is None:
        searched = "a test of the same model" if search.same_model else "stratified and adjusted tests"
        return Verdict.INCONSISTENT, Details(
            sentence=not_its_own,
            miss=f"It is {gap_in_z(region, claim):.1f} away in z, more than {searched} of simulated trials ever were.",
            more=_material(claim, search),
            settle="the name of the test",
            **common,
        )
    verdict = Verdict.CONSISTENT if _is_ordinary(best) else Verdict.EXPLAINED
    gap = min(gap_in_z(region, claim), _gap_on_log_scale(claim, search))
    least = is_written_for_less(p) and region.p_two_sided[1] < p.value.range().lower
    far = not least and best.test != "wald" and not _between_two_tests(claim, region, gap) and not stated_for_one(claim)
    if far and of_noninferiority(context) and z_range(p.value.range(), p.sided or 2)[0] > region.size_of_z[1]:
        return not_checked(_p_of(claim, p), "it may be that of non-inferiority, which is about a margin", **common)
    if far:
        return Verdict.STRAINED, Details(
            sentence=not_its_own,
            miss=f"It is {gap:.1f} away in z, more than two tests of the same data ever were in simulated trials.",
            more=_material(claim, search),
            settle="the name of the test, and what P value and interval were adjusted for",
            how=TEST_WORDS[best.test or ""],
            explanations=beside.explanations(),
            **common,
        )
    own = _is_its_own(p, best)
    if verdict is Verdict.EXPLAINED and gap == 0 and not _is_its_own(p, best):
        return Verdict.CONSISTENT, Details(
            sentence=f"The printed {p_words(p)} agrees with the {ratio_words(claim)} and the width of its interval "
            "on the log scale.",
            how="a Wald test on the log scale",
            explanations=beside.explanations(),
            **common,
        )
    if verdict is Verdict.EXPLAINED and gap <= NEARLY and p.value.relation == "=":
        return Verdict.CONSISTENT, Details(
            sentence=f"The printed {p_words(p)} agrees with the interval of the {ratio_words(claim)} as nearly as two "
            f"tests of the same data do: the {side} Wald P value is {span}, {gap:.2f} away in z.",
            how=TEST_WORDS[best.test or ""],
            explanations=beside.explanations(),
            **common,
        )
    one_sided = may_be_one_sided(context, claim) and (
        (claim.measure == "hazard-ratio" and not of_regression(context, claim))
        or gap > WIDEST_GAP
        or one_sided_here(context, claim)
    )  # of tables and regressions a test of one side is seldom made unless it is said
    if verdict is Verdict.EXPLAINED and not own and not (one_sided and fits_one_side(claim, found)):
        how, explanations = TEST_WORDS[best.test or ""], beside.explanations()
        if least:
            sentence = f"{not_its_own} {p_words(p)} is often written for anything below it."
            return verdict, Details(sentence=sentence, how=_LESS, explanations=explanations, **common)
        of_a_level = any(way.level is not None for way in found)
        if gap > usual_gap_of(claim, region) and not of_a_level and not _is_told(context, claim):
            said = Details(
                sentence=not_its_own,
                miss=f"It is {gap:.2f} away in z, more than Wald, score and likelihood-ratio tests of the same data "
                "are at this effect.",
                settle="the name of the test, and what P value and interval were adjusted for",
                how=how,
                explanations=explanations,
                **common,
            )
            if gap > _ASKED and (agreeing := all_others_agree(context, claim)):
                others = f"the other {agreeing} P values of ratios are those of their intervals"
                more = sentences(f"The text speaks of no other analysis, and {others}.", _material(claim, search))
                return Verdict.STRAINED, replace(said, more=more)
            reason = "it may be that of a stratified, adjusted or one-sided analysis of which the text does not speak"
            return Verdict.UNCHECKED, replace(
                said, sentence=f"We did not judge {_p_of(claim, p)}", reason=reason, more=not_its_own
            )
    of_a_model = claim.adjusted or of_regression(context, claim) or of_an_interaction(context, claim)
    other = other_ways(
        claim, region, found, one_sided=one_sided, of_a_model=bool(of_a_model), in_full=context.paper.text is None
    )
    return verdict, Details(
        sentence=_agreement(claim, best, region) if own else not_its_own,
        more="" if own else sentences(other, _material(claim, search)),
        how=f"{TEST_WORDS[best.test or '']}{', one-sided' if best.sided == 1 else ''}",
        explanations=beside.explanations(),
        **common,
    )


CHECK = Check(
    "TS202",
    "the P value of a ratio agrees with its interval",
    _run,
    assumes=("P value and interval come from the same model",),
    about=TESTED,
    settled_by="the P value with one more digit, its test, and whether test and interval are of the same model",
    serves=("INSPECT-SR 4.9",),
)
