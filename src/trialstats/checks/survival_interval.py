"""A Kaplan-Meier rate and its interval come from one standard error by one transform.

On the scale of its transform (plain, log, log-log, logit, arcsine) the interval is symmetric, and
Rothman's is a score interval; each leaves an exact range for the standard error and for the effective
sample size, which by Greenwood's formula cannot exceed the patients of the arm (a weighted curve may
seem to). A rate whose wording does not say survival may be a cumulative incidence, so the transforms
of one minus the rate are tried too. Likelihood-ratio and bootstrap intervals are on no such scale: an
interval no further off centre than theirs is explained by them. If every patient was followed up, the
rate is a count over the arm's size, so we also look for those.

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

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from trialstats.checks.check import Check, Context, level_of, not_checked, printed_interval, printed_numbers
from trialstats.checks.outcomes import counts_survivors
from trialstats.checks.proportion_interval import count_search
from trialstats.claims.model import Estimate
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


def _search(context: Context, claim: Estimate) -> CurveOrCount:
    sizes = context.sizes(claim)
    curve = SurvivalSearch(
        printed_interval(claim),
        level_of(claim.interval),
        max(sizes, default=None),
        context.catalogue,
        incidence=not counts_survivors(claim.outcome),
    )
    # A count is looked for at the printed sizes only: fewer patients are what a curve is for.
    return CurveOrCount(curve, count_search(context, claim, ("stated", "derived")) if sizes else None)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, _ in context.printed("survival"):
        if claim.interval is not None:
            yield check.finding(claim, *_judge(context, claim))


def _judge(context: Context, claim: Estimate) -> tuple[Verdict, Details]:
    shown, reported = as_printed(claim), printed_numbers(claim)
    _, *bounds = printed_interval(claim).parts
    if all(bound.is_missing for _, bound in bounds):
        return not_checked(shown, "neither bound is a number", reported)
    search = _search(context, claim)
    best = search.cheapest
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
    if best is None and search.limited:
        sentence = f"No transform of the catalogue prints {shown} from one standard error"
        reason = "search limit reached, for a method was not searched at so many patients"
        return Verdict.UNCHECKED, Details(sentence=sentence, reason=reason, settle="the count", **common)
    if best is None:
        nearest = search.curve.nearest()
        return Verdict.INCONSISTENT, Details(
            sentence=f"No transform of the catalogue prints {shown} from one standard error.",
            miss=_miss_words(nearest) if nearest is not None else "",
            settle="a further decimal, or the name of the method,",
            nearest=nearest,
            **common,
        )
    verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
    return verdict, replace(_explained(search, best, shown), **common)


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
)
