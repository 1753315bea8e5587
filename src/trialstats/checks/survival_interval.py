"""A Kaplan-Meier rate and its interval come from one standard error by one transform.

On the scale of its transform (plain, log, log-log, logit, arcsine) the interval is symmetric, and
Rothman's is a score interval; each leaves an exact range for the standard error and for the effective
sample size, which by Greenwood's formula cannot exceed the patients of the arm (a weighted curve may
seem to); a text that names no arm for a rate may be about the most patients that it counts. A rate whose
wording does not say survival may be a cumulative incidence, so the transforms of one minus the rate are
tried too. Likelihood-ratio and bootstrap intervals are on no such scale: an interval no further off
centre than theirs is explained by them, if the text names one; else it is not judged, and hard to explain
beside two rates that a usual transform prints. If every patient was followed up, the rate is a count over the
arm's size, so we also look for those, first of all where it is printed.

Why: Software differs in its transform, and a rate between asymmetric bounds is often taken for a slip
that it is not.

Formula:
    2 g(S) = g(lower) + g(upper),  SE = |g(upper) - g(lower)|/(2 z |g'(S)|)
    g: S, ln S, ln(-ln S), ln(S/(1 - S)), asin(sqrt S)
    effective n = S(1 - S)/SE^2 <= patients of the arm

Agrees: 81% (69 to 96) on the log transform only. Asks: 81% (60 to 84).

Reference: Kalbfleisch and Prentice (2002) The Statistical Analysis of Failure Time Data; Rothman
(1978) J Chronic Dis 31:557-560; Thomas and Grunkemeier (1975) J Am Stat Assoc 70:865-871.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialstats.checks.check import Check, Context, level_of, not_checked, printed_interval, printed_numbers
from trialstats.checks.count_search import count_search
from trialstats.checks.guessed_size import is_usual
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.checks.outcomes import counts_survivors
from trialstats.checks.sentences import sentence_of
from trialstats.checks.size_words import printed_sizes, stands_in_text
from trialstats.claims.model import Estimate
from trialstats.claims.trust import knows_arm, knows_groups
from trialstats.explanations import Explanation
from trialstats.findings import Details, Finding, Nearest, Verdict
from trialstats.search.survival.complete_follow_up import CurveOrCount
from trialstats.search.survival.explain import SurvivalSearch
from trialstats.wording import (
    as_percent,
    as_printed,
    as_range,
    convention_words,
    count_words,
    joined,
    sentences,
)


def _transform_words(one: Explanation) -> str:
    name = one.transform or "no"
    return f"{name} (of one minus the rate)" if one.kind == "incidence" else name


def _miss_words(nearest: Nearest) -> str:
    """Return the nearest miss in words."""
    prints = nearest.prints
    numbers = f"{prints['estimate']} ({prints.get('lower', '')} to {prints.get('upper', '')})"
    steps = f"{nearest.steps:g} unit{'s' if nearest.steps > 1 else ''} of the last digit away"
    return f"The nearest miss is {numbers}, {steps}, by the {nearest.explanation.transform} transform."


def _how(best: Explanation | None, plain: Explanation | None) -> str:
    """Return the cheapest explanation in words, and beside it the count that prints the same without censoring."""
    words = [convention_words(best)] if best is not None else []
    if plain is not None and plain != best:
        words.append(f"or {count_words(plain)}, {convention_words(plain)}")
    return "; ".join(words)


def _se_words(low: float, high: float) -> str:
    """Return a range of standard errors of a rate; none is above 1."""
    return f"{as_percent(low)} to {as_percent(high)}" if high <= 1 else f"at least {as_percent(low)}"


def _most_patients(context: Context, claim: Estimate) -> int | None:
    """Return the most patients that a rate can be of; in a text that names no arm for it, the most that it counts."""
    most = max(context.sizes(claim), default=None)
    if most is None or context.paper.text is None or knows_arm(context.paper, claim):
        return most
    return max([most, *printed_sizes(context)])


def _search(context: Context, claim: Estimate) -> CurveOrCount:
    sizes = context.sizes(claim)
    curve = SurvivalSearch(
        printed_interval(claim),
        level_of(claim.interval),
        _most_patients(context, claim),
        context.catalogue,
        incidence=not counts_survivors(claim.outcome),
    )
    # A count is looked for at the printed sizes only: fewer patients are what a curve is for.
    return CurveOrCount(curve, count_search(context, claim, ("stated", "derived")) if sizes else None)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, _ in context.printed("survival"):
        if claim.interval is not None and claim.interval.kind != "credible":
            yield check.finding(claim, *_judge(context, claim))


def _judge(context: Context, claim: Estimate) -> tuple[Verdict, Details]:
    shown, reported = as_printed(claim), printed_numbers(claim)
    _, *bounds = printed_interval(claim).parts
    if all(bound.is_missing for _, bound in bounds):
        return not_checked(shown, "neither bound is a number", reported)
    if lies_outside(claim):
        return not_checked(shown, OUTSIDE, reported)
    search = _search(context, claim)
    best = _no_point(search)
    common: dict[str, Any] = {
        "reported": reported,
        "searched": {
            "transforms": list(context.catalogue.names("km-transform")),
            "roundings": list(context.catalogue.names("rounding")),
            "level": search.curve.level,
            "largest_effective_n": search.curve.n_max,
            "one_minus_rate": search.curve.incidence,
            "catalogue": context.catalogue.version,
        },
    }
    if (best is None or not best.ordinary) and (share := _plain_share(context, claim, shown)) is not None:
        return share[0], replace(share[1], **common)
    if best is None and search.limited:
        sentence = f"No transform of the catalogue prints {shown} from one standard error"
        reason = "search limit reached, for a method was not searched at so many patients"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, settle="the count", **common)
    if best is None:
        nearest = context.nearest(search.curve.nearest)
        return Verdict.INCONSISTENT, Details(
            sentence=f"No transform of the catalogue prints {shown} from one standard error.",
            miss=_miss_words(nearest) if nearest is not None else "",
            settle="a further decimal, or the name of the method,",
            nearest=nearest,
            **common,
        )
    if best.method == "asymmetric" and best.transform is None and (read := context.paper.text) is not None:
        details = _explained(search, best, shown)
        if not (knows_groups(context.paper) or _ASYMMETRIC.search(read)):
            petty = search.curve.nearest(within=1) is not None
            if not petty and (plain := _central_sisters(context, claim)) >= _ENOUGH:
                nearest = context.nearest(search.curve.nearest)
                return Verdict.STRAINED, replace(
                    details,
                    sentence=f"{shown} fits no transform of a Kaplan-Meier rate, as the other {plain} rates of the "
                    "text with an interval do.",
                    miss=_miss_words(nearest) if nearest is not None else "",
                    more="A likelihood-ratio or bootstrap interval can be as far off centre, and the text names none.",
                    nearest=nearest,
                    **common,
                )
            reason = (
                "it fits no transform of a Kaplan-Meier rate, and the text names no likelihood-ratio or bootstrap "
                "interval, which can be as far off centre"
            )
            return not_checked(shown, reason, settle="the name of the method", **common)
    verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
    if _is_of_too_many(context, claim, best):
        verdict = Verdict.STRAINED
    return verdict, replace(_explained(search, best, shown), **common)


_TOO_MANY = 1.25
"""How many times the patients that a text prints a curve may be as precise as, by the roundings of its software."""
_WEIGHTED = re.compile(
    r"weight|propensity|matched|standardi[sz]|model|adjust|bootstrap|bayes|multivaria|impute|pooled|meta-analy",
    re.IGNORECASE,
)


def _is_of_too_many(context: Context, claim: Estimate, best: Explanation) -> bool:
    """Return whether a rate is as precise as one of far more patients than are printed, and no weights are named."""
    most, text = _most_patients(context, claim), context.paper.text
    if best.allowed is None or best.effective_n is None or most is None or text is None:
        return False
    return best.effective_n[0] > _TOO_MANY * most and _WEIGHTED.search(text) is None


_ASYMMETRIC = re.compile(
    r"likelihood|bootstrap|resampl|thomas|\bexact\b|\bgray\b|bayes|credib|model|pseudo|weight", re.IGNORECASE
)
"""Words for intervals of a curve that lie on no scale."""
_ENOUGH = 2
_POINT = 1e-6


def _no_point(search: CurveOrCount) -> Explanation | None:
    """Return the cheapest explanation, but none by a transform whose numbers only just meet: it is no fit."""
    best = search.cheapest
    if best is None or best.se is None or best.transform is None or best.se[1] - best.se[0] > _POINT:
        return best
    others = search.curve.explanations_in_order()
    return next((one for one in others if one.se is None or one.se[1] - one.se[0] > _POINT), None)


def _is_a_share(claim: Estimate) -> bool:
    """Return whether no number of a rate is above 100 %: one that is would be no repair."""
    return all(number.is_missing or number.value <= 1 for _, number in printed_interval(claim).parts)


def _central_sisters(context: Context, claim: Estimate) -> int:
    """Return how many other rates of a text lie in the centre of their intervals by a usual transform."""
    found = 0
    for one, _ in context.printed("survival"):
        if one.id != claim.id and one.interval is not None and not lies_outside(one):
            best = _search(context, one).curve.cheapest()
            found += best is not None and best.ordinary
    return found


def _plain_share(context: Context, claim: Estimate, shown: str) -> tuple[Verdict, Details] | None:
    """Say of what count a rate is the plain share, by a usual method, where the text prints the count or its total."""
    if context.paper.text is None or knows_groups(context.paper):
        return None
    search = count_search(context, claim)
    block = search.cheapest()
    best = block.item(0) if block is not None else None
    if best is None or best.point is not None:
        return None
    usual = is_usual(context, best)
    if claim.x is None and not (usual and stands_in_text(context, best.n or 0)):
        return None
    upper = as_percent(1.0 if best.upper is None else min(best.upper, 1.0))
    limits = f"{as_percent(max(best.lower or 0.0, 0.0))} to {upper}"
    return (Verdict.CONSISTENT if usual else Verdict.EXPLAINED), Details(
        sentence=f"{shown} is {count_words(best)} by {convention_words(best)} ({limits})"
        f"{', as of patients of whom none was censored' if _may_be_of_a_curve(context, claim) else ''}.",
        how=f"{count_words(best)}, {convention_words(best)}",
        explanations=search.explanations(),
    )


_OF_A_CURVE = re.compile(
    r"kaplan|actuarial|life[- ]table|cumulative|censor|product[- ]limit|surviv(?:al|ed)|log-? ?rank"
    r"|\b(?:at|after|within|by) [a-z0-9-]{1,8} (?:year|month|week|day)s?\b"
    r"|\b[a-z0-9]{1,5}[- ](?:year|month|week|day)s?\b",
    re.IGNORECASE,
)


def _may_be_of_a_curve(context: Context, claim: Estimate) -> bool:
    """Return whether a rate has a time of its own, or its sentence speaks of survival or of a curve."""
    text, start = context.paper.text, claim.where.start
    if claim.time or text is None or start is None:
        return True
    return _OF_A_CURVE.search(text, *sentence_of(text, start)) is not None


def _explained(search: CurveOrCount, best: Explanation, shown: str) -> Details:
    recomputed: dict[str, str] = {}
    more = settle = ""
    if best.transform and best.se is not None and best.effective_n is not None:
        size = as_range(max(best.effective_n[0], 0.0), best.effective_n[1], 1)
        recomputed = {"se": _se_words(*best.se), "effective n": size}
        alike = dict.fromkeys(
            _transform_words(one)
            for one in search.curve.explanations_in_order(best.rounding)
            if one.rounding == best.rounding and one.allowed == best.allowed and one.transform
        )
        which = f"only the {next(iter(alike))} one prints" if len(alike) == 1 else f"{joined(alike)} print"
        sentence = (
            f"Of the Kaplan-Meier transforms, {which} {shown}: standard error {recomputed['se']}, as of {size} "
            "patients without censoring."
        )
        if best.allowed is not None:
            more = (
                f"That is {best.readings[0]}, the most that the text prints here: a weighted curve or another "
                "population would account for it."
            )
    elif best.method == "asymmetric" and best.transform is None and best.effective_n is not None:
        settle = "the name of the method"
        sentence = (
            f"{shown} fits no transform of a Kaplan-Meier rate; a likelihood-ratio (Thomas and Grunkemeier) or "
            "bootstrap interval can be as far off centre."
        )
    else:
        sentence = f"{shown} fits no transform of a Kaplan-Meier rate."
    plain = search.plain_count
    if plain is not None:
        upper = as_percent(1.0 if plain.upper is None else min(plain.upper, 1.0))
        limits = f"{as_percent(max(plain.lower or 0.0, 0.0))} to {upper}"
        also = f"{count_words(plain)} by {convention_words(plain)} ({limits}) prints it too, if nobody was censored."
        more = sentences(more, also)
    return Details(
        sentence=sentence,
        more=more,
        settle=settle,
        recomputed=recomputed,
        how=_how(best, plain),
        explanations=search.explanations(),
    )


CHECK = Check(
    "TS207",
    "a Kaplan-Meier rate and its interval come from one standard error by one transform",
    _run,
    assumes=("Greenwood's variance", "unweighted curve"),
    about=frozenset({"survival"}),
    settled_by="the rate and both bounds with one more decimal, and the transform of the interval",
    serves=("INSPECT-SR 4.9",),
    may_agree=_is_a_share,
)
