"""What in a text says that a proportion with an interval need not be a plain count by a method for counts."""

from __future__ import annotations

import re
from fractions import Fraction

from trialstats.checks.check import Context, level_of, printed_interval
from trialstats.checks.list_size import largest_number
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.claims.populations import sizes_printing
from trialstats.claims.trust import knows_arm, knows_groups, knows_measure
from trialstats.explanations import Explanation
from trialstats.intervals.binomial import binomial_interval
from trialstats.search.limits import LARGEST_N
from trialstats.sources.text.tokens.expressions import Stemmed
from trialstats.wording import joined

_NEAR = re.compile(
    r"kaplan|actuarial|surviv|cumulative"
    r"|[- ]free\b|life[- ]table|\d[- ]year|at \d+ (?:month|year|week)s?|probabilit"
    r"|incidence|predict|model|estimat|adjusted|weighted|standardi[sz]ed|pooled|meta-?analy|global|countr|attributable"
    r"|effectiveness|efficacy|\bmean\b|median(?! (?:duration of )?(?:follow|observation))"
    r"|reduc|increas|decreas|lower|higher|greater|relaps"
    r"|change|differ|risk of|times|ratio"
    r"|sensitivity|specificity|predictive|accuracy",
    re.IGNORECASE,
)
_ANYWHERE = Stemmed(
    r"cluster|bootstrap|multiple imputation|imputed|bayes|credib|generali[sz]ed estimating|\bGEE\b|survey weight"
    r"|meta-?analysis|two-?stage|complex sampl|multi-?stage|random[- ]effects"
    r"|\bsimon\b.{0,12}(?:design|optimal|minimax|stage)|minimax|koyama|jennison|group[- ]sequential"
    r"|jackknife|sandwich|robust (?:standard|variance)|inverse[- ]probability|mantel|\bumvue\b"
)
_OF_AN_ANALYSIS = re.compile(
    r"(?<!randomly )stratif(?!ied randomi)\w*|weight(?:ed|ing)\b|adjust\w*|correct(?:ed|ion) for|standardi[sz]ed"
    r"|pooled|generali[sz]ed estimating|\bGEE\b|mixed[- ](?:model|effect)s?|logistic|regression|imput\w+"
    r"|inverse[- ]probability|propensity|\bumvue\b|median[- ]unbiased",
    re.IGNORECASE,
)
"""What gives a share that is not its count over its total, said in the sentence of the share."""
_OF_ALL_ANALYSES = re.compile(
    r"generali[sz]ed estimating|\bGEE\b|cluster|survey weight|complex sampl|multiple imputation|multilevel",
    re.IGNORECASE,
)
"""The same, said anywhere in a text."""
_BEFORE, _FAR_BEFORE = 160, 400
"""Characters of its sentence before a claim: for words for an analysis, and for words that any rate may have."""
_WIDTHS = 0.7, 2.0
"""Least and greatest width of an interval, as a share of Wilson's, that another analysis of a count may give."""


def words_for_no_count(context: Context, claim: Estimate, *, near: bool) -> str:
    """Return the word of a text for a curve, a model, clusters or the like; empty if there is none.

    ``near`` asks also for what stands in the words before the claim.
    """
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None:
        return ""
    start = max(text.rfind(". ", 0, where.start), where.start - _FAR_BEFORE, 0)
    found = _ANYWHERE.search(text) or (_NEAR.search(text[start : where.end + 20]) if near else None)
    return found[0].strip() if found else words_for_an_analysis(context, claim)


def words_for_an_analysis(context: Context, claim: Estimate) -> str:
    """Return the word in the sentence of a share with an interval for an analysis that gives other shares than counts.

    Shares without an interval are hardly ever from one, and have none.
    """
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None or claim.interval is None:
        return ""
    end = text.find(". ", where.end)
    start = max(text.rfind(". ", 0, where.start), where.start - _BEFORE, 0)
    found = _OF_AN_ANALYSIS.search(text, start, min(end if end >= 0 else len(text), where.end + _BEFORE))
    if found is None and _holds_its_count(claim):
        found = _OF_ALL_ANALYSES.search(text)
    return found[0].strip() if found else ""


_IN_BRACKETS = Stemmed(
    r"\b(?:counts?|numbers?|events?|cases|n) \((?:(?:and|with|plus) )?(?:the )?(?:[\w-]+ ){0,3}"
    r"(?:incidences?|kaplan[- ]meier[\w -]{0,20}|probabilit(?:y|ies)|risks?|actuarial[\w -]{0,20}|estimates?)\)"
    r"|(?:numbers?|percentages?|figures?|values?) (?:given |shown )?in (?:parenthes[ei]s|brackets) (?:are|is|denote)"
    r" (?:the )?(?:[\w-]+ ){0,4}(?:incidences?|probabilit|kaplan|actuarial|adjusted|weighted|standardi[sz]ed)"
)
"""What a text says once of all its brackets: "counts (with 5-year incidence)"."""


def words_for_brackets(context: Context) -> str:
    """Return the words by which a text says that its brackets hold rates from a curve or a model, beside counts."""
    found = _IN_BRACKETS.search(context.paper.text or "")
    return found[0] if found else ""


_OF_TIMES = re.compile(
    r"[Ll]og-? ?rank|[Kk]aplan|[Aa]ctuarial|[Ll]ife[- ]table|[Cc]umulative (?:inc|ev|rat|pro|mor|ris)"
    r"|[Hh]azard ratio|\bHRs?\b"
)
_AT_A_TIME = re.compile(
    r"\b(?:[Aa]t|[Bb]y|[Ww]ithin|[Aa]fter) (?:\d{1,3}|one|two|three|four|five|six|ten) (?:year|month|week|day)s?\b"
    r"|\b\d{1,3}[ -](?:year|month|week|day)\b"
)
_MOST_CENSORED = 1.6
"""By how much a rate from a curve exceeds events over patients where many were followed for a short time."""


def may_be_of_a_curve(context: Context, claim: Estimate) -> bool:
    """Whether a percentage above events over patients may be a rate at a time from a curve: censoring makes it larger.

    "The event rate at 3 years was 12.3% (n=45/420) ... (log-rank P = .03)".
    """
    text, start = context.paper.text, claim.where.start
    x, n = (number.whole if number is not None else None for number in (claim.x, claim.n))
    value = claim.value
    if text is None or start is None or not x or not n or value is None or value.is_missing or x >= n:
        return False
    crude = Fraction(x, n)
    if not crude < value.range().lower or value.value > crude * Fraction(_MOST_CENSORED):
        return False
    begin, end = sentence_of(text, start)
    return _OF_TIMES.search(text, begin, end) is not None and _AT_A_TIME.search(text, begin, end) is not None


_TO_A_TIME = re.compile(
    r"\b(?:\d{1,2}|two|three|four|five|ten)[- ](?:years?|months?) (?!(?:after|of age|later|old)\b)|\btime[- ]to\b"
    r"|kaplan|actuarial|cumulative incidence",
    re.IGNORECASE,
)
_HAZARD_BESIDE = re.compile(
    r"[^()\[\]\d]{0,20}(?:\d[\d.]{0,5} ?%[^()\[\]\d]{0,30})?(?:\bHR|hazard ratio)\b", re.IGNORECASE
)
_TOLD_BEFORE = 70


def may_be_of_times(context: Context, claim: Estimate) -> bool:
    """Whether words right beside a percentage say that it is one at a time, or that a hazard ratio goes with it.

    "Three-year", "time to" and "HR" speak of a curve, whose percentages are counts of nobody.
    """
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None:
        return False
    begin = max(sentence_of(text, start)[0], start - _TOLD_BEFORE)
    return _TO_A_TIME.search(text, begin, start) is not None or _HAZARD_BESIDE.match(text, end, end + 80) is not None


def _holds_its_count(claim: Estimate) -> bool:
    """Whether the plain share of a count lies in the interval of the printed one: they may be of one trial."""
    printed = printed_interval(claim)
    x, n = (number.whole if number is not None else None for number in (claim.x, claim.n))
    bounds = printed.lower, printed.upper
    if x is None or not n or any(bound is None or bound.is_missing for bound in bounds):
        return False
    return (
        printed.lower is not None and printed.upper is not None and printed.lower.value <= x / n <= printed.upper.value
    )


_RARE_BITS = 4.0
_PLAIN_ROUNDINGS = frozenset({"nearest", "half-up", "half-even"})
_TWO = 2


def oddities(context: Context, claim: Estimate, best: Explanation) -> str:
    """Return the odd things that an interval takes, where it takes two, or another number of patients than the printed.

    Empty where the text says why the share need not be a plain count.
    """
    if knows_groups(context.paper) or context.paper.text is None:
        return ""
    odd = []
    if best.method and context.catalogue.cost("interval-method", best.method) > _RARE_BITS:
        odd.append("a method that few papers use")
    if best.rounding not in _PLAIN_ROUNDINGS:
        odd.append("a rounding that few papers use")
    if best.point is not None:
        odd.append("a share that is not the count over its total")
    other = claim.n is not None and "n" not in claim.inferred and best.n != claim.n.whole
    if not other and best.allowed == "any" and context.sizes(claim) and knows_arm(context.paper, claim):
        odd.append("another number of patients than its arm has")
    if len(odd) < _TWO and not other:
        return ""
    if words_for_no_count(context, claim, near=True):
        return ""
    return joined((["another number of patients than the one printed beside it"] if other else []) + odd)


def near_wilson(claim: Estimate, x: int, n: int) -> bool:
    """Return whether an interval holds its count and is .7 to 2 times as wide as Wilson's: another analysis may be so.

    Examples
    --------
    >>> from trialstats.claims.model import Spread
    >>> from trialstats.reported import Reported
    >>> spread = Spread("confidence", Reported("70%"), Reported("94%"))
    >>> near_wilson(Estimate(id="r", measure="proportion", value=Reported("84.6%"), spread=spread), 44, 52)
    True
    """
    printed = printed_interval(claim)
    if printed.lower is None or printed.upper is None or printed.lower.is_missing or printed.upper.is_missing:
        return False
    if n > LARGEST_N:
        return True  # not searched: nothing is said against another analysis
    low, high = float(printed.lower.value), float(printed.upper.value)
    wilson = binomial_interval(x, n, level=level_of(claim.interval), method="wilson")
    width = float(wilson.upper) - float(wilson.lower)
    return low <= x / n <= high and _WIDTHS[0] * width <= high - low <= _WIDTHS[1] * width


def is_hard_to_explain(context: Context, claim: Estimate, curve: Explanation) -> bool:
    """Return whether only an interval far off centre prints a rate, and the text says nothing that would excuse it."""
    if words_for_no_count(context, claim, near=True):
        return False
    larger = curve.effective_n is not None and curve.effective_n[1] > _LARGER
    return curve.transform is None or (curve.transform in _OF_CURVES and not larger)


def is_of_too_many(context: Context, curve: Explanation) -> bool:
    """Whether an interval would be of far more patients than any number that the text prints, by curve or by count."""
    text, sized = context.paper.text, any((context.paper.of, *(arm.of for arm in context.paper.arms)))
    if text is None or not sized or curve.effective_n is None:
        return False
    if curve.effective_n[0] <= _TOO_MANY * largest_number(context):
        return False
    return _OF_MANY.search(text) is None


_LARGER = 1_000
"""From so many patients on an interval is of a larger study than a text's own."""
_TOO_MANY = 20
"""So many times the largest number of a text no study of it has patients."""
_OF_MANY = re.compile(
    r"model|predict|simulat|pooled|meta-?analy|systematic|global|countr|nation|million|thousand|regist|weight|survey"
    r"|population|database|claims|census|surveillance|standardi[sz]ed|bayes|credib|bootstrap|imput",
    re.IGNORECASE,
)
"""Words for a study that prints no number of all its patients, or a rate that no count gives."""
_OF_CURVES = frozenset({"log", "log-log", "arcsine"})
"""Transforms for curves, which intervals of plain counts hardly ever have."""


def may_be_no_share(context: Context, claim: Estimate) -> bool:
    """Whether nothing tells that a percentage is one of patients: no word, no count and no number of them."""
    alone = claim.x is None and claim.n is None and not context.sizes(claim)
    return alone and not knows_measure(context.paper, claim)


def another_analysis_may(claim: Estimate) -> bool:
    """Return whether a stratified, weighted or resampled analysis of its printed count may give the interval."""
    x, n = (number.whole if number is not None else None for number in (claim.x, claim.n))
    if x is not None and n is None and claim.value is not None:
        n = (sizes_printing(x, claim.value) or (None, None))[0]
    return bool(x is not None and n and x <= n and near_wilson(claim, x, n))
