"""Why an effect may differ from that of the values beside it: what the text itself says of its analysis.

Not a check: the checks of ratios and differences against the values of both arms ask it for their words.
"""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.checks.another_analysis import combined
from trialstats.checks.arm_values import SHARES, Pair
from trialstats.checks.check import Context, both_bounds, level_of, printed_interval
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.explanations import TwoArmCounts
from trialstats.findings import Details, Verdict
from trialstats.reported import Reported, Span
from trialstats.search.limits import LARGEST_N
from trialstats.search.ratios.two_arm import two_arm_explanations
from trialstats.sources.text.tokens.expressions import Stemmed

_RANDOM_EFFECTS = re.compile(
    r"random[- ]effects?|fixed[- ]effects?|mantel[- ]haenszel|inverse[- ]variance", re.IGNORECASE
)
_OF_TIMES = re.compile(
    r"(?-i:\bCox\b)|proportional[- ]hazards?|hazard (?:ratio|model)s?|survival analys[ei]s|log-? ?rank|kaplan[- ]meier"
    r"|time[- ]to[- ](?:the )?(?:first )?event",
    re.IGNORECASE,
)
_ANALYSES = Stemmed(
    r"(?<!dose[- ])(?<!dosage )adjust(?:ed|ing|ments?)(?! (?:to|doses?|dosages?)\b)"
    r"|covaria(?:tes?|nce)|an[oc]+va\b|mixed[- ](?:effects?|models?)|least[- ]squares"
    r"|logistic (?:[a-z-]{1,20} )?(?:regression|model|analys)|regression"
    r"|multivaria(?:ble|te)|cochran[- ]mantel[- ]haenszel|mantel[- ]haenszel"
    r"|\bcmh\b|stratif(?:ied(?! random)|ication)"
    r"|weight(?:ed|ing) (?:analys|estim|mean|differ)|imput(?:ed|ation)|generali[sz]ed (?:linear|estimating)"
    r"|poisson|propensity"
)
_TWIN = 200
"""Characters between a crude ratio and its adjusted one."""
_EFFICACY = re.compile(r"efficacy|vaccin|person-?(?:time|years?)|patient-?years?|poisson|rate ratio", re.IGNORECASE)


def of_another_analysis(
    context: Context, claim: Estimate, pair: Pair, counts: TwoArmCounts | None, details: Details, crude: Span
) -> tuple[Verdict, Details]:
    """Judge an effect near that of the values beside it, which is ``crude``, in the words of the text.

    Where its adjusted twin stands beside it, it is the crude one: then the counts must print it.
    """
    if _is_cut_off(claim, crude):
        how = "cut off instead of rounded"
        return Verdict.EXPLAINED, replace(details, more="It is so if it was cut off instead of rounded.", how=how)
    twin = adjusted_twin(context, claim)
    asked = twin and pair.together and not is_a_digit_off(claim, crude)
    if asked and counts is not None and not _prints(context, claim, counts):
        return Verdict.STRAINED, replace(
            details,
            more=f"The adjusted one, {twin}, stands beside it, so that this is not adjusted, and no method prints it "
            f"from {counts}.",
            settle="the counts behind it",
            how="not adjusted",
        )
    more = words_for_it(context, claim, pair, counts, near=_is_near(claim, crude))
    how = "rounding on the way" if is_a_digit_off(claim, crude) else "another analysis"
    return Verdict.EXPLAINED, replace(details, more=more, how=how)


def _is_cut_off(claim: Estimate, crude: Span) -> bool:
    """Whether an effect is the crude one without the digits behind its last: 0.637 as 0.63."""
    if claim.value is None or claim.value.relation != "=":
        return False
    if claim.measure == "relative-reduction":
        crude = 1 - crude[1], 1 - crude[0]
    low, high = claim.value.float_range("truncated")
    return low <= crude[0] and crude[1] < high


def is_a_digit_off(claim: Estimate, crude: Span) -> bool:
    """Whether an effect is off the crude one by no more than one in its last digit, a matter of reckoning."""
    value = claim.value
    if value is None or value.is_missing:
        return False
    step = float(value.step)
    return crude[0] - step <= float(value.value) <= crude[1] + step


_NEAR = 0.04
"""How far patients left out, or rounding on the way, move an effect, as a share of it."""


def _is_near(claim: Estimate, crude: Span) -> bool:
    """Whether an effect is near the crude one, so that little would account for it."""
    if claim.value is None:
        return True
    unit = 0.01 if claim.value.unit == "%" else 1.0
    low, high = (end * unit if claim.measure == "difference" else end for end in crude)
    value = float(claim.value.value)
    if claim.measure == "relative-reduction":
        value = 1 - value
    off = max(low - abs(value), abs(value) - high, 0.0)
    return is_a_digit_off(claim, crude) or off <= _NEAR * max(abs(low), abs(high))


def words_for_it(
    context: Context, claim: Estimate, pair: Pair, counts: TwoArmCounts | None, *, near: bool = True
) -> str:
    """Say which analysis the text names that gives another value than two arms beside it."""
    if said := named_for_it(context, claim, pair, counts):
        return said
    if claim.measure == "odds-ratio":
        which = "patients left out, or rounding on the way" if near else "other patients"
        return (
            "The text names no other analysis: a logistic model with centre, strata or baseline in it, or "
            f"{which}, would account for it."
        )
    if near:
        return (
            "The text names no other analysis: patients left out, strata or rounding on the way would account for it."
        )
    return "The text names no other analysis: an adjusted one, or other patients, would account for it."


def named_for_it(context: Context, claim: Estimate, pair: Pair, counts: TwoArmCounts | None) -> str:
    """Say which analysis the text names that gives another value than two arms beside it; empty if it names none."""
    text = context.paper.text or ""
    if counts is not None and (by_rates := _exact_rates(claim, counts)):
        return by_rates
    if combined(context) and (found := _RANDOM_EFFECTS.search(text)) is not None:
        return (
            f"It is pooled over several studies (“{found[0]}”), which weighs them otherwise than all patients together."
        )
    if combined(context):
        return "It is pooled over several studies, which weighs them otherwise than all patients together."
    rates = pair.first.measure not in SHARES and pair.first.measure == "rate"
    if rates and (found := _OF_TIMES.search(text)) is not None:
        return f"It may be that of a model of the times to the event: the text says “{found[0]}”."
    if adjusted_twin(context, claim):
        return "Its adjusted one stands beside it: missing patients, or rounding on the way, would account for it."
    if said := _cumulative(context, claim):
        return (
            f"The text says “{said}”: a ratio of rates over person-time, or of a model of the times, is a little "
            "unlike that of cumulative ones."
        )
    if said := _named(context, claim):
        return f"It may be of another analysis than the plain one: the text says “{said}”."
    if claim.measure == "risk-ratio" and (said := _timed(context, claim)):
        return (
            f"The text says “{said}”: a ratio from a model of the times to the event weighs when events happen, which "
            "shares do not tell."
        )
    if claim.measure == "relative-reduction" and _EFFICACY.search(text) is not None:
        return "It may be one of rates over person-time, which is a little unlike the numbers of patients."
    return ""


_TIMED = re.compile(
    r"\brate ratios?\b|(?:mean|median|average) (?:duration of )?follow-?\s?up"
    r"|followed(?: up)? for (?:an? |the )?(?:mean|median|average)"
    r"|follow-?\s?up (?:period |time )?(?:of|was) (?:an? )?(?:mean |median )?(?:of )?\d|person-?years?|patient-?years?",
    re.IGNORECASE,
)


def _timed(context: Context, claim: Estimate) -> str:
    """Return the words of a text by which a risk or rate ratio may be one of times; empty if there are none."""
    text, start = context.paper.text or "", claim.where.start or 0
    begin, end = sentence_of(text, start) if text else (0, 0)
    found = _OF_TIMES.search(text) or _TIMED.search(text, begin, end) or _TIMED.search(text)
    return "" if found is None else " ".join(found[0].split())


_CUMULATIVE = re.compile(
    r"\bcumulative (?:[a-z-]{1,15} )?(?:rates?|incidences?|risks?|probabilit(?:y|ies)|proportions?)|kaplan[- ]meier"
    r"|\bactuarial",
    re.IGNORECASE,
)


def _cumulative(context: Context, claim: Estimate) -> str:
    """Return the words of a ratio's sentence that call values cumulative, if no analysis is named there."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or claim.measure not in (*RATIO_MEASURES, "relative-reduction"):
        return ""
    begin, end = sentence_of(text, start)
    found = _CUMULATIVE.search(text, begin, end)
    return "" if found is None or _ANALYSES.search(text[begin:end]) is not None else found[0]


def _named(context: Context, claim: Estimate) -> str:
    """Return the words of a text for an analysis that adjusts or stratifies, those in the claim's sentence first."""
    text, start = context.paper.text or "", claim.where.start
    if start is not None:
        begin, end = sentence_of(text, start)
        if (found := _ANALYSES.search(text[begin:end])) is not None:
            return found[0]
    found = _ANALYSES.search(text)
    return "" if found is None else found[0]


def adjusted_twin(context: Context, claim: Estimate) -> str:
    """Return the adjusted ratio of the same kind right behind one that is not called adjusted; empty if none is.

    "OR 1.47 (0.74 to 2.95); adjusted OR 2.2 (0.94 to 5.15)".
    """
    text, end = context.paper.text, claim.where.end
    if text is None or end is None or claim.adjusted:
        return ""
    _, stop = sentence_of(text, end)
    for one in context.near(end, _TWIN):
        start = one.where.start or 0
        if not end <= start < min(stop, end + _TWIN) or one.measure != claim.measure or not one.adjusted:
            continue
        between = any(other.id not in (one.id, claim.id) and end <= (other.where.start or 0) < start
                      for other in context.near(end, _TWIN))  # fmt: skip
        if not between and one.value is not None:
            return one.value.text
    return ""


def _prints(context: Context, claim: Estimate, counts: TwoArmCounts) -> bool:
    """Whether a method for two arms prints a ratio with its interval, or nothing of it can be asked."""
    if claim.measure not in ("odds-ratio", "risk-ratio") or both_bounds(claim.interval) is None:
        return True
    printed, level = printed_interval(claim), level_of(claim.interval)
    turned = TwoArmCounts(counts.x2, counts.n2, counts.x, counts.n)
    return any(
        next(two_arm_explanations(printed, claim.measure, one, level, context.catalogue), None) is not None
        for one in (counts, turned)
    )


def _exact_rates(claim: Estimate, counts: TwoArmCounts) -> str:
    """Say that a reduction is that of two Poisson rates with exact limits; empty if it is not.

    Given all events, those of the first arm are a binomial count; person-time is what the estimate makes of it.
    """
    bounds, value = both_bounds(claim.interval), claim.value
    if claim.measure != "relative-reduction" or bounds is None or value is None or not (counts.x and counts.x2):
        return ""
    from trialstats.intervals.binomial import binomial_interval

    x1, x2 = counts.x, counts.x2
    if x1 + x2 > LARGEST_N:
        return ""
    limits = binomial_interval(x1, x1 + x2, level=level_of(claim.interval), method="clopper-pearson")
    shares = float(limits.lower), float(limits.upper)
    low, high = (number / (1 - number) if number < 1 else float("inf") for number in shares)
    times = [x2 * (1 - end) / x1 for end in value.with_unit("%").float_range()]
    least, most = min(times), max(times)
    lower, upper = (bound.with_unit("%") for bound in bounds)
    if not (_meets(upper, 1 - low * most, 1 - low * least) and _meets(lower, 1 - high * most, 1 - high * least)):
        return ""
    share = (least + most) / 2 / (counts.n2 / counts.n)
    return (
        f"An exact Poisson ratio of {x1} and {x2} events prints it and its interval, if the person-time is {share:.3f} "
        "times what the numbers of patients make it."
    )


def _meets(number: Reported, low: float, high: float) -> bool:
    first, last = number.float_range()
    return low <= last and first <= high


_ORDERED = re.compile(
    r"\bordinal\b|proportional[- ]odds|cumulative (?:logit|odds)|ordered (?:categor|logistic|logit)|\bshift analysis"
    r"|common odds ratio|categorical (?:quantification|scale|response scale|shift)",
    re.IGNORECASE,
)


def of_ordered(context: Context, claim: Estimate) -> str:
    """Return the words of a text for a scale of ordered categories, of whose odds ratio one cut gives only a part."""
    found = _ORDERED.search(context.paper.text or "") if claim.measure == "odds-ratio" else None
    return "ordered categories" if found is not None else ""
