"""A ratio agrees with the values of both arms beside it.

A risk, odds or rate ratio, and one less it, follows from the two percentages or rates it compares,
up to rounding of all three numbers; the arms may be turned round, the event may be its opposite, and
a risk ratio may stand under the name of an odds ratio. With both counts printed every two-sample
method is tried on the interval, so that it can be named. Adjusted, stratified and clustered analyses
move the estimate: where the text says so, the crude value is shown and not judged; where it is
silent, the ratio is asked about only if it lies further off than such analyses move it in real
papers, and further than most of its own standard error. A hazard ratio speaks of times to the event,
so that only a gap far beyond its sampling error is worth a question.

Why: The ratio is what is quoted, and the counts are what it was made of.

Formula:
    risk ratio = (x1/n1)/(x2/n2),  odds ratio = x1 (n2 - x2)/(x2 (n1 - x1)),
    hazard ratio near either, or ln(1 - x1/n1)/ln(1 - x2/n2)
    asked: |ln(printed) - ln(crude)| beyond rounding > max(.25, SE), of randomised groups > max(.08, 2 SE),
        of a hazard ratio > max(.5, 3 SE)

Agrees: 74 of 295 v 54 of 118 and a risk ratio of 0.55. Asks: the same beside 0.34 (0.26 to 0.45).

Reference: Rothman, Greenland and Lash (2008) Modern Epidemiology, chapter 14, for the estimates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.catalogue.words import method_words
from trialstats.checks.another_analysis import combined, design_excuse
from trialstats.checks.both_arms import SHARE, SHARES, Pair, pair_of, printed_shares, share_of, values_of
from trialstats.checks.check import Check, Context, level_of, printed_interval, printed_numbers
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations, TwoArmCounts
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Span
from trialstats.search.ratios.polygon import critical
from trialstats.search.ratios.two_arm import two_arm_explanations
from trialstats.wording import MEASURE_WORDS, as_printed, as_range

_PRINTED = frozenset({"measure", "value"})
_JUDGED = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio", "relative-reduction"})
MOVED, MOVED_SE = 0.25, 1.0
"""How far adjustment moves the log of a ratio, and of its standard errors: docs/decisions/claims-against-each-other."""
_HAZARD_MOVED, _HAZARD_SE = 0.5, 3.0
_HAZARD_NEAR, _HAZARD_NEAR_SE = 0.1, 0.5
"""How near the log of a hazard ratio lies to that of the counts, in itself and in standard errors, as most do."""
_NEARLY_ALL = 0.9
"""Where as large a share had the event, it tells nothing of when."""
_STRATA_MOVED, _STRATA_SE = 0.4, 1.5
"""How far strata may move the log of a ratio of randomised groups, and of its standard errors."""
_RANDOM_MOVED, _RANDOM_SE = 0.08, 2.0
"""The same for groups that were randomised, which differ by chance only: of the ratios of 2,000 abstracts and 164
articles none lies further off in both."""
_STRATA = re.compile(r"stratif|mantel|cochran|\bcmh\b", re.IGNORECASE)
_MORE_THAN_STRATA = re.compile(
    r"adjust|multivari|model|regress|propensity|weighted|imput|covaria|pooled|standardi|\bgee\b|ancova", re.IGNORECASE
)
_CRUDE = 0.05
"""What small corrections (half an event in each cell, the conditional estimate) move the log of a crude ratio."""
_RESPONSE = re.compile(r"respon|remission|relief|cured?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Way:
    """A ratio that the values of both arms give."""

    words: str
    span: Span
    ordinary: bool
    rare: bool = False
    """Whether it is meant only if it gives just what is printed."""
    turned: bool = False
    """Whether it is that of the second value over the first, as nothing says which comes first."""

    def gap(self, printed: Span) -> float:
        """Return how far the log of the printed ratio lies outside, 0 if not."""
        low, high = printed
        if low <= 0:
            return 0.0 if high >= self.span[0] else math.log(self.span[0] / high) if high > 0 else math.inf
        return max(math.log(self.span[0] / high), math.log(low / self.span[1]), 0.0)


def _ways(measure: str, first: Range, second: Range, *, shares: bool, ordered: bool) -> list[_Way]:
    """Return every ratio that two values may stand for, the plain one first."""
    a, b = _floats(first), _floats(second)
    if a[0] <= 0 or b[0] <= 0:
        return []
    risk = _Way("", (a[0] / b[1], a[1] / b[0]), ordinary=True)
    if not shares:
        return [risk, _turned(risk, ordered)]
    no, yes = (1 - a[1], 1 - a[0]), (1 - b[1], 1 - b[0])
    if no[0] <= 0 or yes[0] <= 0:
        return [risk, _turned(risk, ordered)] if measure != "odds-ratio" else []
    odds = _Way("", (a[0] / no[1] / (b[1] / yes[0]), a[1] / no[0] / (b[0] / yes[1])), ordinary=True)
    opposite = _Way("of the patients without the event", (no[0] / yes[1], no[1] / yes[0]), ordinary=False, rare=True)
    if measure == "odds-ratio":
        return [odds, _turned(odds, ordered)]
    found = [risk, _turned(risk, ordered), opposite, _turned(opposite, ordered=False)]
    if measure == "hazard-ratio":
        for way in ((a, b), (no, yes)):
            rates = [tuple(-math.log1p(-end) if end < 1 else math.inf for end in one) for one in way]
            if all(low > 0 and high < math.inf for low, high in rates):
                cumulative = _Way("of the cumulative hazards",
                                  (rates[0][0] / rates[1][1], rates[0][1] / rates[1][0]), ordinary=False)  # fmt: skip
                found += [cumulative, _turned(cumulative, ordered=False)]
    return found


def _turned(way: _Way, ordered: bool) -> _Way:
    words = f"{way.words} with the arms turned round".strip() if ordered else way.words
    return _Way(words, (1 / way.span[1], 1 / way.span[0]), way.ordinary and not ordered, way.rare, not ordered)


def _floats(values: Range) -> Span:
    return float(values.lower), float(values.upper)


def _printed(claim: Estimate) -> Span | None:
    """Return the range of the printed ratio; of a reduction, of one less it."""
    assert claim.value is not None
    if claim.measure != "relative-reduction":
        return _floats(claim.value.range())
    low, high = _floats(claim.value.with_unit("%").range())
    low, high = min(abs(low), abs(high)), max(abs(low), abs(high))
    return (1 - high, 1 - low) if high < 1 else None


def _log_se(claim: Estimate) -> float:
    """Return the standard error of the log of a ratio by its interval; 0 where there is none."""
    spread = claim.interval
    if spread is None or spread.lower is None or spread.upper is None:
        return 0.0
    if spread.lower.is_missing or spread.upper.is_missing:
        return 0.0
    bounds = spread.lower, spread.upper
    if claim.measure == "relative-reduction":
        ends = sorted(1 - float(end.with_unit("%").value) for end in bounds)
    else:
        ends = sorted(float(end.value) for end in bounds)
    return math.log(ends[1] / ends[0]) / (2 * critical(level_of(spread))) if ends[0] > 0 else math.inf


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure not in _JUDGED or claim.value is None or claim.value.is_missing or claim.role != "result":
            continue
        if claim.value.relation != "=" or (claim.measure == "relative-reduction" and not _compares(context, claim)):
            continue
        pair = pair_of(context, claim, SHARE, "rate")
        values = None if pair is None else values_of(context, pair)
        printed = _printed(claim)
        if pair is None or values is None or printed is None or printed[1] <= 0:
            continue
        shares = pair.first.measure in SHARES
        ways = _ways(claim.measure, *values, shares=shares, ordered=pair.ordered)
        if ways:
            verdict, details = _judge(context, claim, pair, ways, printed)
            alone = printed_shares(pair) if verdict.is_question else None
            if alone is not None and (ways := _ways(claim.measure, *alone, shares=True, ordered=pair.ordered)):
                again = _judge(context, claim, pair, ways, printed)
                details = replace(again[1], rests_on=_PRINTED) if again[0] is verdict else details
            yield check.finding(claim, verdict, details, others=pair.ids)


_REDUCTION = re.compile(
    r"relative risk reduction|reductions? in (?:the )?(?:relative )?risk|risk was reduced by|\bRRR\b"
    r"|(?:vaccine|protective) (?:efficacy|effectiveness)|\befficacy\b"
    r"|(?:corresponding to|representing|translating (?:in)?to|equivalent to|amounting to) "
    r"(?:an? )?(?:relative |rate |risk )*reduction of",
    re.IGNORECASE,
)
_LEAD = 60


def _compares(context: Context, claim: Estimate) -> bool:
    """Whether a reduction compares two arms: it has an interval, or words right before it say so."""
    text, start = context.paper.text, claim.where.start
    if claim.interval is not None or text is None or start is None:
        return True  # many another percentage is called a reduction
    begin, _ = sentence_of(text, start)
    return _REDUCTION.search(text, max(begin, start - _LEAD), start) is not None


def _counts(context: Context, pair: Pair) -> TwoArmCounts | None:
    """Return the counts of both arms where each is printed."""
    found = []
    for one in (pair.first, pair.second):
        values = share_of(context, one)
        if one.x is None or one.x.whole is None or values is None or values.lower != values.upper:
            return None
        n = one.n.whole if one.n is not None else None
        if n is None:
            n = next((size for size, how in context.sizes(one).items() if how == "stated"), None)
        if n is None:
            return None
        found += [one.x.whole, n]
    return TwoArmCounts(*found)


def _judge(context: Context, claim: Estimate, pair: Pair, ways: list[_Way], printed: Span) -> tuple[Verdict, Details]:
    hazard = claim.measure == "hazard-ratio"
    gaps = [way.gap(printed) for way in ways if not (way.rare and way.gap(printed))]
    plain, best = ways[0], next(way for way in ways if way.gap(printed) == min(gaps))
    gap = min(gaps)
    values = _in_words(pair.first, pair.second)
    what = MEASURE_WORDS.get(claim.measure, claim.measure)
    span = _shown(claim, plain.span)
    counts = _counts(context, pair)
    method = _method(context, claim, counts) if counts is not None and not gap else None
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "recomputed": {"estimate": span},
        "searched": {"ways": len(ways), "gap_in_log": round(gap, 4)},
        "explanations": Explanations.of([Explanation(convention=Convention(ordinary=best.ordinary and not gap))]),
    }
    if not gap:
        named = f" ({method})" if method else ""
        how = f" {best.words}" if best.words else ""
        if best.turned:
            values, common["recomputed"] = _in_words(pair.second, pair.first), {"estimate": _shown(claim, best.span)}
        sentence = f"The printed {what} {as_printed(claim)} is that of {values}{how}{named}."
        verdict = Verdict.REPRODUCED if best.ordinary and not hazard else Verdict.CONSISTENT
        return verdict, Details(sentence=sentence, how=f"crude{how}", **common)
    sentence = f"{values} give {_with_article(what)} of {span}, and the printed one is {as_printed(claim)}."
    se = _log_se(claim)
    if hazard and gap <= max(_HAZARD_NEAR, _HAZARD_NEAR_SE * se):
        near = f"The printed {what} {as_printed(claim)} lies near {span}, the ratio of {values}."
        more = "A hazard ratio weighs when events happen, so that it need not be the same."
        return Verdict.CONSISTENT, Details(sentence=near, more=more, how="near the crude ratio", **common)
    if claim.adjusted and not hazard and gap > max(_STRATA_MOVED, _STRATA_SE * se) and _only_stratified(context, claim):
        return Verdict.STRAINED, Details(
            sentence=sentence,
            more="The text says that it is stratified, and strata seldom move a ratio of randomised groups so far.",
            how="a stratified analysis",
            **common,
        )
    if claim.adjusted:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason="the text says that it is adjusted",
            more=f"The crude {what} is {span}.",
            **common,
        )
    if claim.adjusted is None and (spoken := _other_analysis(context) or _of_ordered(context, claim)):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=f"the text speaks of {spoken}, which moves a ratio",
            more=f"The crude {what} is {span}.",
            **common,
        )
    if claim.adjusted is False and not hazard:
        verdict = Verdict.INCONSISTENT if gap > _CRUDE and pair.together else Verdict.EXPLAINED
        more = "The text calls it unadjusted." if gap > _CRUDE else "A small-sample correction could print it."
        return verdict, Details(sentence=sentence, more=more, how="a corrected estimate", **common)
    far = max(_HAZARD_MOVED, _HAZARD_SE * se) if hazard else max(MOVED, MOVED_SE * se)
    if gap > far and pair.together and not (hazard and _tells_no_times(context, claim, pair)):
        return Verdict.STRAINED, Details(
            sentence=sentence,
            more="The text does not say that it is adjusted, and adjustment seldom moves a ratio so far.",
            how="an adjusted analysis",
            **common,
        )
    if se and gap > max(_RANDOM_MOVED, _RANDOM_SE * se) and not hazard and pair.together and _is_randomised(context):
        return Verdict.STRAINED, Details(
            sentence=sentence,
            more="The text does not say that it is adjusted, and adjustment seldom moves one of randomised groups by "
            "two of its standard errors.",
            how="an adjusted analysis",
            **common,
        )
    if gap > far and not pair.together:
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {as_printed(claim)} by {values}",
            reason=NOT_SURELY_ITS_OWN,
            more=f"They would give {span}.",
            **common,
        )
    more = "A hazard ratio weighs when events happen." if hazard else "It may be adjusted or stratified."
    return Verdict.EXPLAINED, Details(sentence=sentence, more=more, how="an adjusted analysis", **common)


def _in_words(first: Estimate, second: Estimate) -> str:
    return f"{as_printed(first)} v {as_printed(second)}"


NOT_SURELY_ITS_OWN = "the numbers of the two groups may be of other patients or of another outcome"


def _is_randomised(context: Context) -> bool:
    return re.search(r"random(?:ly|i[sz])", context.paper.text or "", re.IGNORECASE) is not None


def _only_stratified(context: Context, claim: Estimate) -> bool:
    """Whether a text of a randomised trial calls a ratio stratified, and speaks of no model or covariate beside it."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None or not re.search(r"random", text, re.IGNORECASE):
        return False
    begin, stop = sentence_of(text, start)
    near = text[max(begin, start - _NEAR) : min(stop, end + _NEAR)]
    return _STRATA.search(near) is not None and _MORE_THAN_STRATA.search(near) is None and not _other_analysis(context)


_NEAR = 120


def _other_analysis(context: Context) -> str:
    """Return the design of a whole text that gives no crude ratio; empty if none."""
    return "several studies" if combined(context) else design_excuse(context)


_ORDERED = re.compile(
    r"\bordinal\b|proportional[- ]odds|cumulative (?:logit|odds)|ordered (?:categor|logistic|logit)|\bshift analysis"
    r"|common odds ratio|categorical (?:quantification|scale|response scale|shift)",
    re.IGNORECASE,
)


def _of_ordered(context: Context, claim: Estimate) -> str:
    """Return the words of a text for a scale of ordered categories, of whose odds ratio one cut gives only a part."""
    found = _ORDERED.search(context.paper.text or "") if claim.measure == "odds-ratio" else None
    return "ordered categories" if found is not None else ""


def _with_article(words: str) -> str:
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def _tells_no_times(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether the shares are of responses, of which no hazard ratio of an event speaks, or of nearly all patients."""
    values = values_of(context, pair)
    if values is not None and pair.first.measure in SHARES and any(one.upper > _NEARLY_ALL for one in values):
        return True
    return any(one.outcome is not None and _RESPONSE.search(one.outcome) for one in (claim, pair.first, pair.second))


def _shown(claim: Estimate, span: Span) -> str:
    if claim.measure == "relative-reduction":
        return f"{as_range(100 * (1 - span[1]), 100 * (1 - span[0]), 1)}%"
    return as_range(*span)


def _method(context: Context, claim: Estimate, counts: TwoArmCounts) -> str | None:
    """Return the two-sample method that prints the interval from the counts."""
    if claim.interval is None or claim.measure not in ("odds-ratio", "risk-ratio"):
        return None
    printed = printed_interval(claim)
    if printed.lower is None or printed.upper is None or printed.lower.is_missing or printed.upper.is_missing:
        return None
    tried = (counts, TwoArmCounts(counts.x2, counts.n2, counts.x, counts.n))
    for one in tried:
        found = next(
            two_arm_explanations(printed, claim.measure, one, level_of(claim.interval), context.catalogue), None
        )
        if found is not None:
            return method_words(found.method or "")
    return None


CHECK = Check(
    "TS221",
    "a ratio agrees with the values of both arms beside it",
    _run,
    assumes=("a crude analysis of independent patients",),
    about=_JUDGED,
    rests_on=frozenset({"measure", "value", "n"}),
    settled_by="the counts of both arms, and whether the ratio was adjusted or stratified",
    serves=("INSPECT-SR 4.9",),
)
