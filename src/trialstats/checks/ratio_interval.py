"""A ratio lies at the centre of its own confidence interval, on some scale.

A Wald interval for a hazard, odds or risk ratio is symmetric on the log scale: the square of the
estimate is the product of its bounds, up to rounding. If that cannot be, no Wald interval on the log
scale prints the three numbers, and we go on: the natural scale, 1 minus the ratio, the reciprocal, an
exact Poisson interval, the two-sample methods where the counts of both arms are printed, what the text
says it was made of (a rounded ratio of one unit, an odds ratio), the inverse of a rounded ratio, zeros
put behind a shorter number, and last an estimate off centre by no more than profile-likelihood, exact
and score intervals, or percentile bootstraps, put it at that width. What only a bootstrap, the scale of
the reciprocal, a scale that is none of its measure, or a score interval of large risks would print is
hard to explain, unless the text names such a method. So is a lone estimate off centre among ratios that
are central where they could tell, or one pooled over studies. A trifle off the log scale is consistent.

Why: Ratio and bounds are three numbers from two, the log ratio and its standard error. What they say
twice must agree.

Formula:
    on the log scale:  estimate^2 = lower * upper
                       SE = ln(upper/lower)/(2 z)
    on a scale g:      2 g(estimate) = g(lower) + g(upper)
    each printed number standing for its whole range

Agrees: 0.54 (0.36 to 0.81). Explained: 2.00 (1.00 to 3.00), symmetric on the natural scale. Asks:
0.50 (0.38 to 0.81).

Reference: Altman and Bland (2011) BMJ 343:d2090 for the arithmetic without rounding.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.change_words import direction, direction_behind
from trialstats.checks.check import Check, Context, level_of, not_checked, printed_numbers, unit_of_bounds
from trialstats.checks.derived_ratio import (
    inverse_of_rounded,
    power_of_rounded,
    risks_of_conversion,
    without_padding,
    words_of_conversion,
)
from trialstats.checks.off_centre import mirrored
from trialstats.checks.one_sided import end_of, has_unsure_level
from trialstats.checks.order import OUTSIDE, is_outside
from trialstats.checks.sister_intervals import is_a_trifle_off, is_denied, slip_of_rounding
from trialstats.checks.unnamed_way import is_far_off, off_log_centre, unnamed_oddity
from trialstats.claims.model import RATIO_MEASURES, Estimate, PValue
from trialstats.explanations import Explanation, TwoArmCounts
from trialstats.findings import Details, Finding, Nearest, Verdict
from trialstats.intervals.events import materiality
from trialstats.press import print_number
from trialstats.search.printed import PrintedInterval, one_minus
from trialstats.search.ratios.search import RatioSearch
from trialstats.wording import MEASURE_WORDS, as_percent, as_range, convention_words, joined, value_and_spread
from trialstats.wording import as_ratio as as_ratio_words

TESTED = RATIO_MEASURES | {"relative-reduction"}
"""What has an interval like a ratio's: a ratio, and one minus it (a reduction, the efficacy of a vaccine)."""


def as_ratio(claim: Estimate, *, change: bool = False) -> Estimate:
    """Return the ratio of which a relative reduction is one minus, or a change the ratio less one; a ratio as it is."""
    if claim.measure != "relative-reduction" or claim.value is None:
        return claim
    turn = (lambda number: one_minus(mirrored(number))) if change else one_minus
    spread = claim.spread
    if spread is not None:
        unit = unit_of_bounds(claim)
        lower, upper = (None if bound is None else turn(bound.with_unit(unit))
                        for bound in (spread.lower, spread.upper))  # fmt: skip
        spread = replace(spread, lower=lower, upper=upper) if change else replace(spread, lower=upper, upper=lower)
    # Of which ratio it is the reduction is not said: that of risks has the widest envelope.
    return replace(claim, measure="risk-ratio", value=turn(claim.value), spread=spread)


def ratio_search(
    context: Context, claim: Estimate, *, p: PValue | None = None, same_model: bool = False
) -> RatioSearch | None:
    """Return the search behind a ratio with an interval, and a P value; None if the claim has no finite bound.

    A reduction is turned into its ratio first; one below 0 may be a change with its sign.
    """
    if claim.value is None:
        return None
    if claim.measure == "relative-reduction":
        readings = [ratio_search(context, as_ratio(claim), p=p, same_model=same_model)]
        more = direction_behind(context, claim) == "increase"
        led = more or direction(context, claim) == "increase"
        if led or (claim.value is not None and not claim.value.is_missing and claim.value.value < 0):
            readings.insert(0, ratio_search(context, as_ratio(claim, change=True), p=p, same_model=same_model))
        searches = [one for one in readings if one is not None]
        fitting = (one for one in searches if (base := one.base()) is not None and base.ordinary)
        return next(fitting, searches[0 if more else -1] if searches else None)
    spread, value = claim.interval, claim.value
    if spread is None or value is None or value.is_missing:
        return None
    lower, upper = (None if bound is None or bound.is_missing else bound for bound in (spread.lower, spread.upper))
    if lower is None and upper is None:
        return None
    return RatioSearch(
        PrintedInterval(value, lower, upper),
        p=p.value if p is not None else None,
        sided=p.sided if p is not None else None,
        same_model=same_model,
        level=level_of(spread),
        catalogue=context.catalogue,
        measure=claim.measure,
        level_printed=spread.level is not None and not has_unsure_level(claim),
        counts=_counts(context, claim),
        credible=spread.kind == "credible",
    )


def _counts(context: Context, claim: Estimate) -> TwoArmCounts | None:
    """Return the counts of the two arms that a crude odds or risk ratio compares, where all four are printed."""
    if claim.measure == "hazard-ratio" or claim.adjusted or len(claim.arms) != 2:
        return None
    pair = context.beside(claim, "proportion")
    if pair is None:
        return None
    numbers = [number.whole if number is not None else None for one in pair for number in (one.x, one.n)]
    x1, n1, x2, n2 = numbers
    if x1 is None or n1 is None or x2 is None or n2 is None or not (0 <= x1 <= n1 > 0 and 0 <= x2 <= n2 > 0):
        return None
    return TwoArmCounts(x1, n1, x2, n2)


def ratio_words(claim: Estimate) -> str:
    """Return a ratio with its interval: ``hazard ratio 0.54 (0.36 to 0.81)``."""
    return f"{MEASURE_WORDS.get(claim.measure, claim.measure)} {value_and_spread(claim)}"


def _nearest(search: RatioSearch) -> Nearest | None:
    """Return the geometric mean of the bounds, and how many steps of the last digit the estimate is away."""
    estimate, lower, upper = search.printed.estimate, search.printed.lower, search.printed.upper
    assert estimate is not None and lower is not None and upper is not None
    low, high = float(lower.value), float(upper.value)
    if low <= 0 or high <= 0:
        return None
    centre = math.sqrt(low * high)
    cost = search.catalogue.cost("scale", "log") + search.catalogue.cost("rounding", "nearest")
    return Nearest(
        Explanation(
            convention=Convention(scale="log", rounding="nearest", level=search.level, cost=cost),
            estimate=centre,
            lower=low,
            upper=high,
        ),
        {"estimate": print_number(centre, estimate.decimals, estimate.unit), "lower": lower.text, "upper": upper.text},
        abs(centre - float(estimate.value)) / float(estimate.step),
    )


def _explained(claim: Estimate, best: Explanation) -> tuple[str, dict[str, str]]:
    if best.method is not None:
        assert best.estimate is not None and best.lower is not None and best.upper is not None
        numbers = f"{best.estimate:.4g} ({best.lower:.4g} to {best.upper:.4g})"
        counts = f"{best.x} of {best.n} v {best.x2} of {best.n2}"
        message = f"The printed {ratio_words(claim)} is explained as {counts} by {convention_words(best)}: {numbers}."
        return message, {"estimate": numbers}
    assert best.centre is not None and best.se is not None
    if _is_skewed(claim, best):
        return _skewed(claim, best)
    natural = _TO_NATURAL.get(best.scale or "", math.exp)
    centre = sorted(natural(end) for end in best.centre)
    shown = as_range(centre[0], centre[1])
    recomputed = {"estimate": shown, "se": as_range(*best.se)}
    error = (
        "standard error of the log" if best.scale not in ("identity", "reciprocal", "complement") else "standard error"
    )
    if best.ordinary:
        return (
            f"The printed {ratio_words(claim)} is symmetric on the log scale within rounding: centre {shown}, "
            f"{error} {recomputed['se']}."
        ), recomputed
    return (
        f"The printed {ratio_words(claim)} is explained as {convention_words(best)}: {error} {recomputed['se']}."
    ), recomputed


def _is_skewed(claim: Estimate, best: Explanation) -> bool:
    """Return whether an estimate lies off the centre of a credible interval, as that of a skewed posterior does."""
    return best.scale == "off-centre" and claim.interval is not None and claim.interval.kind == "credible"


def _skewed(claim: Estimate, best: Explanation) -> tuple[str, dict[str, str]]:
    """Say of a credible interval how far off centre its estimate lies: a posterior need not be symmetric."""
    ratio = as_ratio(claim)
    spread = ratio.interval
    assert best.se is not None and spread is not None and spread.lower is not None and spread.upper is not None
    low, high = float(spread.lower.value), float(spread.upper.value)
    recomputed = {"se": as_range(*best.se)}
    words = f"The printed {ratio_words(claim)} is off the centre of its credible interval, as a skewed posterior is"
    if 0 < low < high:
        middle = (math.log(low) + math.log(high)) / 2
        se = (best.se[0] + best.se[1]) / 2 if math.isfinite(best.se[1]) else best.se[0]
        recomputed["estimate"] = as_ratio_words(math.exp(middle))
        words += (
            f": a log-normal one with these limits has median {recomputed['estimate']} and mean "
            f"{as_ratio_words(math.exp(middle + se * se / 2))}"
        )
    return f"{words}.", recomputed


_TO_NATURAL: dict[str, Callable[[float], float]] = {
    "identity": lambda value: value,
    "reciprocal": lambda value: 1 / value if value else math.inf,
    "complement": lambda value: -math.expm1(value),
}


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure not in TESTED or claim.interval is None:
            continue
        verdict, details = _judge(context, claim, ratio_search(context, claim))
        if claim.measure == "relative-reduction" and direction(context, claim) == "increase":
            details = replace(details, sentence=details.sentence.replace("relative reduction", "relative increase"))
            if not verdict.is_question:
                details = replace(details, rests_on=frozenset({"value"}))
        yield check.finding(claim, verdict, details)


_OVER_EXPECTED = re.compile(
    r"\bS[MIHR]RS?\b|standardi[sz]ed (?:mortality|incidence|morbidity|hospitali|ratio|rate)|poisson|\bexact\b"
    r"|observed[ -](?:to|versus|vs?\.?|over|and|/)[ -]?(?:the )?expected|expected (?:number|deaths|cases|events)",
    re.IGNORECASE,
)


def _tells_nothing(search: RatioSearch) -> bool:
    """Return whether all three numbers are printed as 0: then any three ratios small enough do."""
    return all(number.digits and number.value == 0 for _, number in search.printed.parts)


def _material(search: RatioSearch) -> str:
    """Return what log ratio and standard error are if either bound, or both, are right."""
    numbers = [float(number.value) for _, number in search.printed.parts if number.digits]
    if len(numbers) < 3 or not 0 < numbers[1] < numbers[2] or numbers[0] <= 0:
        return ""
    readings = materiality(numbers[0], numbers[1:], level=search.level)
    words = {"lower": "both bounds", "estimate": "the estimate and the"}
    parts = []
    for one in readings:
        which = words[one.right[0]] + (f" {one.right[1]} bound" if one.right[0] == "estimate" else "")
        parts.append(f"{one.log_hr:.3f} with standard error {one.se:.3f} if {which} are right")
    return f"The log of the ratio is {joined(parts, 'or')}."


def _derived(context: Context, claim: Estimate, search: RatioSearch) -> Details | None:
    """Say of which other ratio a ratio was made, if the text says so and that prints it; None if not."""
    printed, shown = search.printed, f"The printed {ratio_words(claim)}"
    if is_outside(printed) or claim.measure == "relative-reduction":
        return None
    if (words := words_of_conversion(context, claim)) and (risks := risks_of_conversion(printed)) is not None:
        span = f"{as_percent(risks[0], 0)} to {as_percent(risks[1], 0)}"
        return Details(
            sentence=f"{shown} is central as the odds ratio that it was worked out from, if {span} of the comparison "
            f"group had the outcome: the text says “{words}”.",
            settle="the odds ratio and the risk of the comparison group",
            how="worked out from an odds ratio",
        )
    if (power := power_of_rounded(context, claim, printed, search.level)) is not None:
        return Details(
            sentence=f"{shown} is of {power.units:g} units, and each of its numbers is made of one that was rounded "
            f"before: {power.words}.",
            settle="the ratio of one unit with more digits",
            how="made of a rounded ratio of one unit",
        )
    if inverse := inverse_of_rounded(printed, search.level):
        return Details(
            sentence=f"{shown} is {inverse} turned over, each number the inverse of one that was rounded before, and "
            "that one is symmetric on the log scale.",
            settle="the ratio before it was turned over",
            how="the inverse of a rounded ratio",
        )
    return None


def _padded(claim: Estimate, search: RatioSearch) -> Details | None:
    """Say that a ratio is central with fewer decimals, zeros being put behind; None if it is not."""
    if claim.measure == "relative-reduction" or is_outside(search.printed) or is_far_off(search.printed, search.level):
        return None
    if not (short := without_padding(search.printed, search.level)):
        return None
    return Details(
        sentence=f"The printed {ratio_words(claim)} is symmetric on the log scale if zeros were put behind rounded "
        f"numbers: {short}.",
        how="symmetric on the log scale, padded with zeros",
    )


def _no_ratio(claim: Estimate, printed: PrintedInterval, best: Explanation) -> str:
    """Return why three numbers are not of the kind that they were read as; empty if they may be."""
    if best.scale == "complement":
        upper = claim.interval.upper if claim.interval is not None else None
        if claim.measure == "relative-reduction" and upper is not None and upper.value > 1 and not upper.unit:
            return "it is central as a ratio, and no reduction is above 1"
        return ""
    if "measure" in claim.inferred and claim.measure != "relative-reduction":
        return "it is central on the natural scale, as a difference is, and the text does not call it a ratio here"
    if claim.measure != "relative-reduction" and any(number.value < 0 for _, number in printed.parts):
        return "no ratio is below 0: it may be a difference, or the log of one"
    return ""


def _is_seldom(context: Context, claim: Estimate, best: Explanation) -> bool:
    """Whether a way of making an interval is so seldom taken that any method off the centre is nearer at hand.

    No analysis is done on the natural scale of the reciprocal, or on the log of a reduction; counts over a known number
    alone are Poisson, and nobody rounds all three numbers up.
    """
    if best.scale in ("reciprocal", "complement"):
        return True
    if best.scale == "exact-poisson":
        return claim.measure != "risk-ratio" or not _OVER_EXPECTED.search(context.paper.text or "SMR")
    return best.scale == "log" and best.rounding == "up"


def _judge(context: Context, claim: Estimate, search: RatioSearch | None) -> tuple[Verdict, Details]:
    reported = printed_numbers(claim, "estimate", "lower", "upper")
    if search is None or len(search.printed.parts) < 3 or _tells_nothing(search):
        spread = claim.interval
        numbers = (claim.value, spread.lower, spread.upper) if spread is not None else (claim.value,)
        absent = any(number is None or number.is_missing for number in numbers)
        reason = "it takes an estimate and two bounds" if absent else "three zeros tell nothing of each other"
        return not_checked(f"the {ratio_words(claim)}", reason, reported)
    common: dict[str, Any] = {
        "reported": reported,
        "searched": {
            "scales": list(search.catalogue.names("scale")),
            "methods": list(search.catalogue.names("ratio-method")) if search.counts is not None else [],
            "roundings": list(search.catalogue.names("rounding")),
            "level": search.level,
            "catalogue": search.catalogue.version,
        },
    }
    best = search.cheapest()
    if best is None and search.limited:
        return Verdict.UNCHECKED, Details(
            sentence=f"We found nothing that prints the {ratio_words(claim)}",
            reason="search limit reached",
            more=f"Not searched: {joined(search.not_searched)}.",
            settle="the name of the method",
            **common,
        )
    if (best is None or not best.ordinary) and (derived := _derived(context, claim, search)) is not None:
        return Verdict.EXPLAINED, replace(derived, **common)
    if (best is None or not best.ordinary) and (padded := _padded(claim, search)) is not None:
        return Verdict.CONSISTENT, replace(padded, **common)
    if best is None and is_outside(search.printed):
        what = f"the centre of the {ratio_words(claim)}"
        return not_checked(what, OUTSIDE, nearest=_nearest(search), **common)
    if best is None and (end := end_of(claim)):
        return Verdict.EXPLAINED, Details(
            sentence=f"The printed {ratio_words(claim)} has {end} for a bound, which no interval of two sides has; one "
            "of one side may be printed so.",
            settle="the sides of the interval",
            how="an interval of one side",
            **common,
        )
    if best is None:
        nearest = _nearest(search)
        middle = nearest.prints["estimate"] if nearest is not None else ""
        return Verdict.INCONSISTENT, Details(
            sentence=f"The printed {ratio_words(claim)} is not the centre of its interval on any scale of the "
            "catalogue, and further from it than profile-likelihood, exact, score and percentile or bias-corrected "
            "bootstrap intervals of this width are.",
            miss=f"The geometric mean of the bounds is {middle}." if middle else "",
            more=_material(search),
            settle="one more decimal of each bound",
            recomputed={"estimate": middle} if middle else {},
            nearest=nearest,
            **common,
        )
    if (off := is_a_trifle_off(search, best)) and not search.credible:
        return Verdict.CONSISTENT, Details(
            sentence=f"The printed {ratio_words(claim)} is next to the centre of the log scale: {off:.2g} standard "
            "errors off beyond the rounding of its digits, within a slip of rounding.",
            how="symmetric on the log scale, but for a slip of rounding",
            explanations=search.explanations(),
            **common,
        )
    if (odd := unnamed_oddity(context, claim, search, best)) and claim.interval is not None:
        nearest = _nearest(search)
        middle = nearest.prints["estimate"] if nearest is not None else ""
        return Verdict.STRAINED, Details(
            sentence=f"The printed {ratio_words(claim)} is not the centre of its interval on the log scale.",
            more=f"{odd}, and the text names no such method.",
            miss=f"The geometric mean of the bounds is {middle}." if middle else "",
            settle="the name of the method, or one more decimal of each bound",
            recomputed={"estimate": middle} if middle else {},
            explanations=search.explanations(),
            **common,
        )
    of = partial(ratio_search, context)
    if why := is_denied(context, claim, search, best, of):
        nearest = _nearest(search)
        middle = nearest.prints["estimate"] if nearest is not None else ""
        return Verdict.STRAINED, Details(
            sentence=f"The printed {ratio_words(claim)} is not the centre of its interval on the log scale.",
            more=f"{why}; the text names no method for such intervals.",
            miss=f"The geometric mean of the bounds is {middle}." if middle else "",
            settle="the name of the method, or one more decimal of each bound",
            recomputed={"estimate": middle} if middle else {},
            explanations=search.explanations(),
            **common,
        )
    if best.scale in ("identity", "complement") and (reason := _no_ratio(claim, search.printed, best)):
        return not_checked(f"the {ratio_words(claim)}", reason, **common)
    if _is_seldom(context, claim, best):
        others = (one for one in search.found() if one.scale == "off-centre")
        best = next(map(search.explain, others), best)
        if _is_seldom(context, claim, best):
            off = off_log_centre(search.printed, search.level)[0]
            return Verdict.EXPLAINED, Details(
                sentence=f"The printed {ratio_words(claim)} lies {off:.2g} standard errors off the centre of the log "
                "scale, beyond the rounding of its digits.",
                more="A slip in a last digit, or an exact or bootstrap interval, would leave it so.",
                settle="the name of the method, or one more decimal of each bound",
                explanations=search.explanations(),
                **common,
            )
    sentence, recomputed = _explained(claim, best)
    return (Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED), Details(
        sentence=sentence,
        more=slip_of_rounding(context, claim, best, of),
        settle="the model" if _is_skewed(claim, best) else "",
        recomputed=recomputed,
        how=convention_words(best) + (f", SE {recomputed['se']}" if "se" in recomputed else ""),
        explanations=search.explanations(),
        **common,
    )


CHECK = Check(
    "TS201",
    "a ratio lies at the centre of its own interval on some scale",
    _run,
    about=TESTED,
    settled_by="one more decimal of the ratio and both bounds, and how the interval was computed",
    serves=("INSPECT-SR 4.9",),
)
