"""A P value comes from the two means, their standard deviations and sizes beside it.

Means, standard deviations (or standard errors) and sizes leave a range for the P value of Student's,
Welch's and the z test, over all that the printed digits can stand for; one-sided P values are tried too,
and both meanings of a ± that the text does not name. Where the sizes are those of the arms, up to a
tenth fewer patients are allowed. A P value within .7 in z of these ranges may come from ranks, a
permutation or a covariate. Of means after treatment one that is smaller, or larger by up to 2 in z, may
be adjusted for the values before it, unless the text names a t test. One further off is hard to explain,
unless the text speaks of a paired, adjusted, repeated or ranked analysis or of change within one group;
where it names a t test and the sizes stand beside the means, there is no explanation.

Why: Two means, their spreads and sizes are a whole t test: its P value is printed twice.

Formula:
    t = (mean1 - mean2)/SE, P = 2 (1 - F(|t|))
    Student:   SE^2 = s^2 (1/n1 + 1/n2), s^2 = ((n1-1) SD1^2 + (n2-1) SD2^2)/(n1 + n2 - 2)
    Welch:     SE^2 = SD1^2/n1 + SD2^2/n2, degrees of freedom by Satterthwaite's formula
    z:         the same SE, normal distribution

Agrees: 5.2 (SD 2.0) of 40 v 6.4 (SD 2.2) of 40, P = .013. Asks: the same means with P = .93.

Reference: Altman et al. (2000) Statistics with Confidence; Welch (1947) Biometrika 34:28-35.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from trialstats.catalogue import Convention
from trialstats.checks.another_analysis import ADJUSTED, excuse, names_a_test_of_means, share_patients, words_about
from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.follow_up_means import FURTHEST, may_be_adjusted
from trialstats.checks.sentences import sentence_of
from trialstats.checks.several_means import SeveralMeans, analysis_of_variance
from trialstats.checks.two_arm_p import SAME_DATA
from trialstats.claims.model import Comparison, Estimate, PValue
from trialstats.claims.trust import OWN_SIZE
from trialstats.explanations import Explanation, Explanations, Symmetric
from trialstats.explanations.witnesses import Words
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Span, guarded
from trialstats.search.ratios.polygon import z_range
from trialstats.sources.text.told.means_written import WrittenMean, goes_on, two_means
from trialstats.wording import as_printed, p_range, p_words

if TYPE_CHECKING:
    from trialstats.intervals.mean_difference import TTest

_NAMED = 0.05
"""The gap in z that a printed intermediate rounding may leave where a t test is named."""
_FEWER = 0.9
_WIDEST = 1.5
"""Standard deviations of a mean of something that is never negative are seldom so many times the mean."""
_CHANGES = re.compile(
    r"chang|reduc|increas|decreas|\bfell\b|declin|improv|gain|los[st]|drop|ris(?:e|en)\b|\brose\b|differ|-score|standardi",
    re.IGNORECASE,
)
_NAMES_SD = re.compile(r"\bs\.?d\.?s?\b|standard deviation|\bdp\b|\bds\b", re.IGNORECASE)
_NAMES_SE = re.compile(r"\bs\.?e\.?m?\.?\b|standard error", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Arm:
    """What one arm prints, as ranges: its mean, its spread by what that may be, its sizes."""

    mean: Span
    spread: Span
    kinds: tuple[str, ...]
    sizes: tuple[int, ...]
    exact: bool
    """Whether the size stands beside the mean."""
    of_changes: bool = False
    """Whether it may be a change, whose mean is near zero."""

    def deviation(self, kind: str, n: int) -> Span:
        """Return the range of the standard deviation, where the spread is of a kind."""
        grow = math.sqrt(n) if kind == "se" else 1.0
        return max(self.spread[0], 0.0) * grow, self.spread[1] * grow


def _kinds(context: Context, one: Estimate) -> tuple[str, ...]:
    """Return what a spread is: as the text names it, standard deviation or error where it does not."""
    assert one.spread is not None
    text = context.paper.text
    if text is None:
        return (one.spread.kind,)
    quote = one.where.quote or ""
    for words in (quote, text):
        sd, se = _NAMES_SD.search(words), _NAMES_SE.search(words)
        if (sd is None) != (se is None):
            named = "se" if sd is None else "sd"
            return (named,) if named == one.spread.kind else ("sd", "se")
    return "sd", "se"


def _arm(context: Context, one: Estimate) -> _Arm | None:
    value, spread = one.value, one.spread
    if value is None or value.is_missing or value.relation != "=" or spread is None or spread.value is None:
        return None
    if spread.kind not in ("sd", "se") or spread.value.is_missing or spread.value.relation != "=":
        return None
    # "89 ± 11%": the sign is that of both.
    value, deviation = value.with_unit(spread.value.unit), spread.value.with_unit(value.unit)
    low, high = deviation.float_range()
    exact = one.n is not None and "n" not in one.inferred
    printed = sorted(n for n in context.sizes(one) if n > 1)
    if not printed or high <= 0:
        return None
    fewest = printed[0] if exact else max(math.ceil(_FEWER * printed[0]), 2)
    sizes = tuple(dict.fromkeys((printed[-1], fewest)))
    return _Arm(value.float_range(), (low, high), _kinds(context, one), sizes, exact, _of_changes(context, one))


def _of_changes(context: Context, one: Estimate) -> bool:
    text, start, end = context.paper.text, one.where.start, one.where.end
    if text is None or start is None or end is None:
        return True
    return _CHANGES.search(text, sentence_of(text, start)[0], end) is not None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.comparisons:
        members = context.members(claim)
        if claim.p is None or claim.p.value.is_missing:
            continue
        if (written := _written_out(context, claim)) is not None:
            told = claim.of if all(one.spread is not None for one in members) else ()
            yield check.finding(claim, *_judge(context, claim, claim.p, members, written), others=told)
            continue
        if len(members) != 2:
            continue
        if (several := analysis_of_variance(context, claim)) is not None:
            yield check.finding(claim, *_judge_several(claim.p, several))
            continue
        if all(one.measure == "mean" for one in members) and not _is_of_another(context, claim, members):
            yield check.finding(claim, *_judge(context, claim, claim.p, (members[0], members[1])), others=claim.of)


def _written_out(context: Context, claim: Comparison) -> tuple[WrittenMean, WrittenMean] | None:
    """Return the two means that the sentence of a P value writes out, with their spreads and sizes."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None:
        return None
    begin, stop = sentence_of(text, start)
    if end > stop or stop - begin >= _LONGEST:
        return None
    return two_means(text[begin:stop]) or _sized_before(text, begin, stop)


def _sized_before(text: str, begin: int, stop: int) -> tuple[WrittenMean, WrittenMean] | None:
    """Return the two means of a sentence whose sizes the one before tells: "Fifty patients per group were analysed"."""
    if begin < 2 or text[begin - 1] != " ":
        return None
    floor, end = sentence_of(text, begin - 2)
    before = text[floor:end]
    if end - floor > _LONGEST or _ANALYSED.search(before) is None or _NOT_THESE.search(before):
        return None
    return two_means(text[begin:stop], told_before=before)


_ANALYSED = re.compile(
    r"\b(?:analy[sz]ed|completed|evalua(?:ted|ble)|assessed|studied|measured|remained)\b", re.IGNORECASE
)
_NOT_THESE = re.compile(
    r"\b(?:not|excluded|lost|dropped|withdr[ae]w|baseline|randomi[sz]ed|screened)\b|[()%]", re.IGNORECASE
)


def _is_of_another(context: Context, claim: Comparison, members: Sequence[Estimate]) -> bool:
    """Whether words between two means and a P value lead to another result: "; there were more cures with A (P"."""
    text, ends = context.paper.text, [one.where.end for one in members if one.where.end is not None]
    p = next((place for name, place, _ in claim.where.numbers if name == "p"), None)
    return text is not None and p is not None and bool(ends) and goes_on(text[max(ends) : p])


_LONGEST = 500


def _of_written(context: Context, one: WrittenMean) -> _Arm:
    text = context.paper.text or ""
    kinds: tuple[str, ...] = (one.kind,) if one.kind else ("sd", "se")
    if not one.kind and (_NAMES_SD.search(text) is None) != (_NAMES_SE.search(text) is None):
        kinds = ("se",) if _NAMES_SD.search(text) is None else ("sd",)
    return _Arm(one.mean.float_range(), one.spread.float_range(), kinds, (one.n,), exact=True, of_changes=True)


def _judge_several(p: PValue, several: SeveralMeans) -> tuple[Verdict, Details]:
    """Judge the P value of an analysis of variance by the means of all groups."""
    printed = z_range(p.value.range(), 2)
    low, high = _z(several.p)
    gap = max(printed[0] - high, low - printed[1], 0.0)
    given = p_range(several.p)
    common: dict[str, Any] = {
        "reported": {"p": p.value.text}, "recomputed": {"p": given}, "how": "one-way analysis of variance",
        "rests_on": frozenset({"value"}),
    }  # fmt: skip
    if not gap:
        sentence = f"{p_words(p)} follows from {several.shown} by a one-way analysis of variance."
        convention = Convention(ordinary=True)
        return Verdict.CONSISTENT, Details(
            sentence=sentence,
            explanations=Explanations.of([Explanation(Words(("one-way analysis of variance",)), convention)]),
            **common,
        )
    return (Verdict.STRAINED if gap > SAME_DATA else Verdict.EXPLAINED), Details(
        sentence=f"A one-way analysis of variance of {several.shown} gives P = {given}, and {p_words(p)} is printed.",
        more=f"It is {gap:.1f} away in z; an analysis with more in it than the groups could print it.",
        settle="what the analysis of variance was of",
        **common,
    )


def _within_one_group(pair: Sequence[Estimate]) -> bool:
    """Whether two means are of one group at two times."""
    first, second = pair
    if first.arms and first.arms == second.arms and "arms" not in (*first.inferred, *second.inferred):
        return True
    return first.time is not None and second.time is not None and first.time != second.time


def _too_wide(arm: _Arm) -> bool:
    """Whether a ± that nobody names, as a standard error, gives a positive mean a spread that few things have."""
    return arm.mean[0] > 0 and not arm.of_changes and arm.deviation("se", min(arm.sizes))[0] > _WIDEST * arm.mean[1]


def _tests(first: _Arm, second: _Arm) -> Iterator[tuple[str, TTest, bool, bool]]:
    """Yield every test with its ranges, and whether it takes sizes and spreads, and the latter, as they are named."""
    from trialstats.intervals.mean_difference import MEAN_TESTS, t_test

    plain = (first.kinds[0], first.sizes[0], second.sizes[0])
    kinds = [kind for kind in first.kinds if kind in second.kinds] or list(first.kinds)
    if len(kinds) > 1 and all(_too_wide(one) for one in (first, second)):
        kinds = ["sd"]
    for kind, n1, n2 in product(kinds, first.sizes, second.sizes):
        spreads = first.deviation(kind, n1), second.deviation(kind, n2)
        for name in MEAN_TESTS:
            found = t_test((first.mean, second.mean), spreads, (n1, n2), test=name)
            yield name, found, (kind, n1, n2) == plain or (first.exact and second.exact), kind == first.kinds[0]


def _z(span: Span) -> Span:
    """Return the range of |z| of a range of two-sided P values."""
    from scipy.special import ndtri

    low, high = (float(-ndtri(max(p, 1e-300) / 2)) for p in (span[1], span[0]))
    return low, high


def _meets(span: Span, printed: Span) -> bool:
    low, high = guarded(printed, relative=True)
    return span[0] <= high and low <= span[1]


def _explanations(context: Context, p: PValue, tests: list[tuple[str, TTest, bool, bool]]) -> list[Explanation]:
    found = []
    for rounding in context.catalogue.names("rounding") if p.value.relation == "=" else ("nearest",):
        values = p.value.range(rounding)
        printed = float(values.lower), float(values.upper)
        for name, one, _, plain_kind in tests:
            for sided in (p.sided,) if p.sided else (2, 1):
                if sided == 1 and not p.sided and not plain_kind:
                    continue  # one side that nobody states, and a spread that nobody names
                low, high = one.p_value(sided)
                # A P value that is said to be one-sided may be that of the other direction.
                spans = [(low, high)] + ([(1 - high, 1 - low)] if p.sided == 1 else [])
                if any(_meets(span, printed) for span in spans):
                    cost = context.catalogue.cost("rounding", rounding)
                    cost += 0.0 if p.sided else context.catalogue.cost("p-sided", "one" if sided == 1 else "two")
                    usual = rounding in ("nearest", "half-up", "half-even") and (sided == 2 or p.sided == 1)
                    convention = Convention(test=name, sided=sided, rounding=rounding, cost=cost, ordinary=usual)
                    found.append(Explanation(Symmetric(one.difference, one.se), convention))
    return sorted(found, key=lambda one: one.cost)


def _gap(p: PValue, tests: list[tuple[str, TTest, bool, bool]]) -> float:
    """Return how far the printed P value lies from the range of every test, in z."""
    gaps = {2: math.inf, 1: math.inf}
    for sided in (p.sided,) if p.sided else (2, 1):
        printed = z_range(p.value.range(), sided)
        for _, one, _, plain_kind in tests:
            if sided == 1 and not p.sided and not plain_kind:
                continue
            low, high = _z(one.p)
            for least, most in (printed, (-printed[1], -printed[0])) if p.sided == 1 else (printed,):
                gaps[sided] = min(gaps[sided], max(least - high, low - most, 0.0))
    # Another test and one side that nobody stated are two rare things at once.
    return gaps[1] if p.sided == 1 or gaps[1] <= _NAMED else gaps[2]


def _is_smaller(p: PValue, tests: list[tuple[str, TTest, bool, bool]]) -> bool:
    """Whether the printed P value is smaller than that of every test."""
    return z_range(p.value.range(), p.sided or 2)[0] > max(_z(one.p)[1] for _, one, *_ in tests)


_MAY_PRINT = "A test of ranks, a permutation test or an adjusted analysis"
_BASELINE = "An analysis adjusted for the values before treatment, which the text need not name,"
_LEAST_LEFT, _MOST_LEFT = 0.5, 0.97


def _of_fewer(p: PValue, welch: TTest, first: _Arm, second: _Arm) -> str:
    """Say of how many patients with a value a t test would print a P value that is larger than that of all."""
    printed, of_all = sum(z_range(p.value.range(), 2)) / 2, sum(_z(welch.p)) / 2
    share = (printed / of_all) ** 2 if of_all > 0 else 1.0
    if p.value.relation != "=" or not _LEAST_LEFT <= share <= _MOST_LEFT:
        return ""
    n1, n2 = (round(share * arm.sizes[0]) for arm in (first, second))
    return f"If not all have a value, a t test of about {n1} and {n2} patients would print it. "


_LEAST_SQUARES = re.compile(r"least[- ]squares|\bLS ?means?\b", re.IGNORECASE)
_MANY_TESTS = re.compile(
    r"multipl|bonferroni|tukey|dunnett|hochberg|\bholm|scheff|inferior|equivalen|cross-?over|interaction|cluster"
    r"|one-sided|trend|baseline|within",
    re.IGNORECASE,
)
_SHARE_OF_Z, _LESS_Z = 0.6, 0.5
"""What is left of the z of two least-squares means whose errors are not quite independent, and less by so much."""


def _beyond_least_squares(context: Context, claim: Comparison, p: PValue, first: _Arm, second: _Arm) -> str:
    """Return how many standard errors two least-squares means are apart, where P is far too large for that; or nothing.

    Both errors hold that of a common intercept, so that the difference has a smaller one, if any.
    """
    told = words_about(context, claim)
    if first.kinds != ("se",) or second.kinds != ("se",) or not _LEAST_SQUARES.search(told):
        return ""
    if _MANY_TESTS.search(context.paper.text or "") or p.value.relation == "<":
        return ""
    se = math.hypot(first.spread[1], second.spread[1])
    least = max(first.mean[0] - second.mean[1], second.mean[0] - first.mean[1], 0.0) / se
    most = z_range(p.value.range(), 2)[1]
    return f"{least:.1f}" if most < _SHARE_OF_Z * least - _LESS_Z else ""


def _judge(
    context: Context,
    claim: Comparison,
    p: PValue,
    pair: Sequence[Estimate],
    written: tuple[WrittenMean, WrittenMean] | None = None,
) -> tuple[Verdict, Details]:
    from trialstats.intervals.mean_difference import MEAN_TESTS

    arms = [_arm(context, one) for one in pair] if written is None else [_of_written(context, one) for one in written]
    first, second = arms
    if first is None or second is None:
        reason = "it does not compare two means with their standard deviations and sizes"
        return not_checked(p_words(p), reason, {"p": p.value.text})
    tests = list(_tests(first, second))
    found = _explanations(context, p, tests)
    exact = first.exact and second.exact
    named_spread = len(first.kinds) == len(second.kinds) == 1
    source = " v ".join(
        [one.shown for one in written or ()]
        or [
            f"{as_printed(one)}{f' of {arm.sizes[0]}' if one.n is None else f' of {one.n.text}'}"
            for one, arm in zip(pair, (first, second), strict=True)
        ]
    )
    welch = next(one for name, one, *_ in tests if name == "welch")
    plain = f"Welch's t test gives P = {p_range(welch.p)}"
    common: dict[str, Any] = {
        "reported": {"p": p.value.text},
        "recomputed": {"p": p_range(welch.p)},
        "searched": {"tests": list(MEAN_TESTS), "sides": [p.sided] if p.sided else [2, 1],
                     "n": [sorted(first.sizes), sorted(second.sizes)], "spreads": list(first.kinds)},
        "explanations": Explanations.of(found),
    }  # fmt: skip
    if found:
        best = found[0]
        names = MEAN_TESTS[best.test or ""].split(",")[0]
        certain = Verdict.REPRODUCED if exact and named_spread else Verdict.CONSISTENT
        return (certain if best.ordinary else Verdict.EXPLAINED), Details(
            sentence=f"{p_words(p)} follows from {source} by {names}{', one-sided' if best.sided == 1 else ''}.",
            how=f"{best.test} test",
            **common,
        )
    one_group = (written is None and _within_one_group(pair)) or (
        exact and share_patients(context, (first.sizes[0], second.sizes[0]))
    )
    spoken = excuse(context, claim, of_several=written is not None, of_means=True) or (
        "change within one group, or of the same patients in both" if one_group else ""
    )
    rests = frozenset({"measure", "value", "n", OWN_SIZE if exact else "size"} if written is None else {"p"})
    if spoken == ADJUSTED and not one_group and (off := _beyond_least_squares(context, claim, p, first, second)):
        return Verdict.STRAINED, Details(
            sentence=f"{p_words(p)} is printed beside {source}, which are at least {off} standard errors of their "
            "difference apart.",
            more="The standard error of a difference of two least-squares means is seldom larger than their own make "
            "it; a P value for several comparisons could be as large.",
            settle="the standard error of the difference",
            how="another comparison",
            rests_on=rests - {"n", "size", OWN_SIZE},
            **common,
        )
    if spoken:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {p_words(p)} of {source}",
            reason=f"the text speaks of {spoken}, and plain tests of these means give something else",
            more=f"{plain}.",
            **common,
        )
    gap = _gap(p, tests)
    if exact and gap > _NAMED and (named := names_a_test_of_means(context, claim)):
        return Verdict.INCONSISTENT, Details(
            sentence=f"The text names a test of means ({named}), and no t or z test of {source} prints {p_words(p)}; "
            f"{plain}.",
            more=f"The printed P value is {gap:.1f} away in z from every such test.",
            settle="the P value with one more digit",
            rests_on=rests,
            **common,
        )
    adjusted = may_be_adjusted(context, claim)
    if gap > (SAME_DATA if not adjusted else math.inf if _is_smaller(p, tests) else FURTHEST):
        return Verdict.STRAINED, Details(
            sentence=f"No t or z test of {source} prints {p_words(p)}; {plain}.",
            more=f"It is {gap:.1f} away in z, further than analyses of the same patients mostly lie apart. "
            "A paired, adjusted or ranked analysis could print it; the text does not speak of one.",
            settle="the name of the test",
            rests_on=rests,
            **common,
        )
    return Verdict.EXPLAINED, Details(
        sentence=f"{p_words(p)} is not the P value of a t or z test of {source}; {plain}.",
        more=f"{_of_fewer(p, welch, first, second)}{_MAY_PRINT if gap <= SAME_DATA else _BASELINE} could "
        f"print it{f': a gap of {gap:.2f} in z' if exact else ''}.",
        settle="the name of the test",
        how="another test",
        **common,
    )


CHECK = Check(
    "TS302",
    "a P value comes from the two means, standard deviations and sizes beside it",
    _run,
    assumes=("one unadjusted comparison of two independent groups", "complete denominators"),
    about=frozenset({"comparison"}),
    rests_on=frozenset({"measure", "value", "n", "size"}),
    settled_by="the number of patients measured, the name of the test, and whether the analysis was adjusted",
    serves=("INSPECT-SR 4.9",),
)
