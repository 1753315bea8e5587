"""A proportion and its confidence interval come from one count by one method.

We look for every count, denominator, interval method and rounding that prints the percentage and both
bounds exactly. The denominators are those printed for the arm, those that follow from printed numbers (a
total less the sizes of the other arms among them), up to a tenth fewer, and then any, but no more than
the other arms leave. Where no size is printed, and the figures of the other arms need one number of
patients only, we say what that leaves and what their method prints there: an inferred size never changes
a verdict. Counts are found with integers; limits are compared with the exact range of each printed
bound. Wald's limits around a rounded percentage, and an everyday method rounded twice, come before a
rare one. Where nothing prints a printed count and its interval, and the interval is .7 to 2 times as
wide as Wilson's, a stratified, weighted or resampled analysis may: hard to explain at most, and not
checked where the text speaks of clusters, imputation, a bootstrap or the like. So is what takes two odd
things together, a rare method and a rare rounding, or another number of patients than the one printed
beside it. A rate without a count that only an interval far off centre prints is hard to explain, unless
the text speaks of a curve, a model or pooled studies; so is one of another number of patients than
stands beside it ("of 50 patients treated, 37.5% (24.0 to 52.6)"). One that is of none of the printed
numbers of patients is not judged, where a method prints it of another; nor is a risk by a time of a
number that stands nowhere. A rare method that prints no other share of the sentence is said to be
possible only. A seldom method (Sterne, Pratt, Blaker) explains only where the text names it or has
another interval of it.

Why: An interval fixes the count and the denominator far better than the percentage alone, so it shows
which patients a rate is of and how it was computed.

Formula:
    x/n                 in the range of the printed percentage
    L(x, n, level)      in the range of the printed lower bound
    U(x, n, level)      in the range of the printed upper bound
    for a method (L, U) of the menu: see the method reference

Agrees: 61% (95% CI, 47 to 74) of 54 patients is 33 of 54 by Clopper-Pearson. Explained: 25% (12 to
43) of 32 is 8 of 32 by Clopper-Pearson, 11.46 to 43.40, rounded twice. Asks: 25% (18 to 36) of 32.

Reference: Newcombe (1998) Stat Med 17:857-872 for the methods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from trialstats.catalogue.words import method_words
from trialstats.checks.all_analysed import beyond_all_analysed, said_beside
from trialstats.checks.check import (
    Check,
    Context,
    level_of,
    not_checked,
    printed_interval,
    printed_numbers,
    sizes_searched,
    verdict_of,
)
from trialstats.checks.count_search import count_search
from trialstats.checks.guessed_size import FEW, ORDINARY, is_as_good_as_silence, is_usual, of_no_printed_size
from trialstats.checks.list_size import largest_number
from trialstats.checks.may_be_printed import may_be_printed
from trialstats.checks.no_plain_count import (
    another_analysis_may,
    is_hard_to_explain,
    is_of_too_many,
    may_be_no_share,
    oddities,
    words_for_no_count,
)
from trialstats.checks.one_sided import open_side, without_end
from trialstats.checks.order import OUTSIDE, is_outside
from trialstats.checks.other_arms import left_by_figures
from trialstats.checks.rounded_shares import around_cut_off, common_rounding, steps_words
from trialstats.checks.seldom_methods import is_said, usual_first
from trialstats.checks.sister_shares import at_a_time, beside_others, not_like_others, of_printed_total, prints_beside
from trialstats.checks.size_words import is_printed_count, no_size_words, size_words, stands_in_text
from trialstats.claims.model import Estimate
from trialstats.claims.trust import knows_groups
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Details, Finding, Nearest, Verdict
from trialstats.press import print_claim, print_like, print_number
from trialstats.reported import Reported
from trialstats.search.counts.search import CountSearch
from trialstats.search.survival.explain import SurvivalSearch
from trialstats.wording import as_percent, as_printed, as_range, convention_words, count_words, joined, sentences


def reprinted(best: Explanation, estimate: Reported, bound: Reported) -> dict[str, str]:
    """Return what an explanation prints, in the claim's own decimals."""
    claim = print_claim(
        best,
        decimals=estimate.decimals,
        bound_decimals=bound.decimals,
        unit=estimate.unit,
        clip=bound.value >= 0,
    )
    assert claim.value is not None and claim.spread is not None
    assert claim.spread.lower is not None and claim.spread.upper is not None
    shown = claim.value.text
    if best.point is None:
        shown = print_like(Fraction(best.x or 0, best.n or 1), estimate, best.rounding or "nearest")
    return {"estimate": shown, "lower": claim.spread.lower.text, "upper": claim.spread.upper.text}


def _judge(context: Context, claim: Estimate, search: CountSearch) -> tuple[Verdict, Details]:
    """Judge a claim by the cheapest count behind it, else by a curve, and say what was found."""
    block = search.cheapest()
    common: dict[str, Any] = {"reported": printed_numbers(claim), "searched": _searched(search)}
    if block is not None:
        verdict = verdict_of(block)
        best = block.item(0)
        asked = verdict is Verdict.EXPLAINED and not is_said(context, best.method)
        asked = asked and not prints_beside(context, claim, best)
        if asked and (common_way := _rounded(context, claim, best)) is not None:
            return verdict, replace(common_way, **common)
        block, seldom = usual_first(context, claim, search, block)
        verdict = verdict_of(block)
        if seldom and not is_as_good_as_silence(context, claim, block):
            reason = f"of the methods only a seldom one ({seldom}) prints it, which the text does not name"
            explanations = search.explanations()
            if not oddities(context, claim, block.item(0)):
                what = f"{as_printed(claim)} as a count"
                return not_checked(what, reason, settle=_wanted(claim), explanations=explanations, **common)
        details = _explained(context, claim, search, block, verdict)
        if odd := oddities(context, claim, block.item(0)):
            if (one_sided := _of_one_side(context, claim)) is not None:
                return one_sided[0], replace(one_sided[1], **common)
            if (of_print := around_cut_off(context, claim)) is not None:
                return Verdict.EXPLAINED, replace(of_print, **common)
            said = not_like_others(context, claim) or replace(details, miss=f"That takes {odd}.")
            return Verdict.STRAINED, replace(said, settle=_wanted(claim), **common)
        left = left_by_figures(context, claim) if verdict is Verdict.EXPLAINED and block.allowed == "any" else None
        if left is not None and (left.found is not None or left.others):
            more = sentences(details.sentence, details.more)
            details = replace(details, sentence=left.sentence(claim), more=more, how=f"{left.how}; {details.how}")
        elif verdict is Verdict.EXPLAINED and is_as_good_as_silence(context, claim, block):
            verdict = Verdict.CONSISTENT
        elif verdict is Verdict.EXPLAINED and (when := at_a_time(context, claim, best)):
            reason = (
                f"no count of a printed number of patients prints it, and it is a rate {when}: one from a curve need "
                "not be a count"
            )
            what, settle = f"{as_printed(claim)} as a count", "the method of the rate"
            return not_checked(what, reason, settle=settle, explanations=details.explanations, **common)
        elif verdict is Verdict.EXPLAINED and may_be_no_share(context, claim):
            return _no_share(claim, common)
        elif verdict is Verdict.EXPLAINED and (
            reason := of_no_printed_size(context, claim, search, block, _places(search))
        ):
            settle = "the number of patients that it is of"
            return not_checked(
                f"{as_printed(claim)} as a count", reason, settle=settle, explanations=details.explanations, **common
            )
        if verdict is Verdict.EXPLAINED:
            details = beside_others(context, claim, block.item(0), details, _wanted(claim))
        return verdict, replace(details, **common)
    printed, where = as_printed(claim), _places(search)
    if is_outside(search.printed):
        return not_checked(f"{printed} as a count", OUTSIDE, **common)
    if (one_sided := _of_one_side(context, claim)) is not None:
        return one_sided[0], replace(one_sided[1], **common)
    curve = _other_estimate(context, claim, search)
    if (curve is None or curve.transform is None) and (cut := _with_cut_off_share(context, claim)) is not None:
        return Verdict.EXPLAINED, replace(cut, **common)
    if curve is not None and curve.effective_n is not None and is_of_too_many(context, curve):
        return Verdict.STRAINED, Details(
            sentence=f"{printed} would be of {curve.effective_n[0]:,.0f} patients or more, by a count or a curve, and "
            f"the largest number that the text prints is {largest_number(context):,}.",
            settle="the number of patients, and how the interval was computed",
            how=convention_words(curve),
            explanations=Explanations.of([curve]),
            **common,
        )
    if curve is not None and is_hard_to_explain(context, claim, curve):
        return Verdict.STRAINED, Details(
            sentence=f"No count with {where} prints {printed}, nor does a usual interval of a curve or of a larger "
            "study: its estimate lies too far off the centre.",
            settle="the count, and how the interval was computed",
            how=convention_words(curve),
            explanations=Explanations.of([curve]),
            nearest=context.nearest(search.nearest),
            **common,
        )
    if curve is not None and may_be_no_share(context, claim):
        return _no_share(claim, common)
    if curve is not None:
        size = f", as of {as_range(*curve.effective_n, 0)} patients" if curve.effective_n is not None else ""
        # Where the text prints no number of patients, any that does is as good as its silence.
        silent = not context.sizes(claim) and curve.transform is not None and not knows_groups(context.paper)
        if not silent and context.paper.text is not None:
            reason = (
                f"no count with {where} prints it; a rate from a curve, a model or weighted data, or of a larger "
                "study, might"
            )
            explanations = Explanations.of([curve])
            return not_checked(f"{printed} as a count", reason, settle="the count", explanations=explanations, **common)
        return (Verdict.CONSISTENT if silent else Verdict.EXPLAINED), Details(
            sentence=f"No count with {where} prints {printed}, but {_curve_words(curve)} does{size}.",
            more="A larger study, or a rate from a survival curve, a model or weighted data, would print it."
            + (f" {no_size_words(context)}" if silent else ""),
            settle="the count",
            how=convention_words(curve),
            explanations=Explanations.of([curve]),
            **common,
        )
    if _of_a_model(claim):
        reason = f"the text calls it adjusted, weighted, pooled or from a model, and no count with {where} prints it"
        return not_checked(f"{printed} as a count", reason, settle="the count or the model", **common)
    if search.limited:
        return Verdict.UNCHECKED, Details(
            sentence=f"We found no count with {where} that prints {printed}",
            reason="search limit reached",
            more="Some numbers of patients are beyond what a method computes, or too many counts are left. Not "
            f"searched: {joined(search.not_searched)}.",
            settle="the count",
            **common,
        )
    nearest = context.nearest(search.nearest)
    if named := words_for_no_count(context, claim, near=claim.x is None):
        reason = f"no count with {where} prints it, and the text says {named}: it need not be a plain count"
        return not_checked(f"{printed} as a count", reason, nearest=nearest, settle=_wanted(claim), **common)
    return (Verdict.STRAINED if another_analysis_may(claim) else Verdict.INCONSISTENT), Details(
        sentence=f"No count with {where} prints {printed} by any method and rounding of the catalogue.",
        miss=of_printed_total(context, claim, nearest) or _miss_words(nearest),
        settle=_wanted(claim),
        nearest=nearest,
        **common,
    )


def _rounded(context: Context, claim: Estimate, best: Explanation) -> Details | None:
    """Say by which everyday method, rounded on the way, the count prints a claim that else takes a rarer way."""
    if (best.allowed == "any" and not stands_in_text(context, best.n or 0)) or best.x is None or best.n is None:
        return None
    usual = context.catalogue.cost("interval-method", best.method or "") <= ORDINARY
    if best.bounds == "halves" or (usual and best.rounding in ("nearest", "twice")):
        return None
    return common_rounding(context, claim, best.x, best.n)


def _of_one_side(context: Context, claim: Estimate) -> tuple[Verdict, Details] | None:
    """Say which limit of one side a claim prints, where its other bound is the end of the scale; None if none does."""
    if not (side := open_side(claim)):
        return None
    half = without_end(claim, side)
    assert half.spread is not None
    level = half.spread.level or Reported("95%")
    for sides in (1, 2):
        one = replace(half, spread=replace(half.spread, sides=sides, level=level))
        search = count_search(context, one)
        if (block := search.cheapest()) is not None:
            best = block.item(0)
            other, limit = ("upper", best.upper) if side == "lower" else ("lower", best.lower)
            tail = f"{50 * (1 + (search.level or 0.95)):g}% {other} limit of one side"
            guessed = claim.x is None and block.allowed == "any" and context.paper.text is not None
            if guessed and not is_usual(context, best):
                # Of some number of patients and by one method or another every rate has such a limit.
                reason = (
                    "one of its bounds is the end of the scale, and the text does not say of how many patients it is"
                )
                return not_checked(f"{as_printed(claim)} as a count", reason, settle="the sides of the interval")
            return Verdict.EXPLAINED, Details(
                sentence=f"{as_printed(claim)} is no usual interval of two sides of a count, but {count_words(best)} "
                f"has this {tail}: {convention_words(best)} ({as_percent(limit or 0.0)}). Its other bound is the end "
                "of the scale.",
                settle="the sides of the interval",
                how=f"{count_words(best)}, {convention_words(best)}, {tail}",
                explanations=search.explanations(),
            )
    return None


def _with_cut_off_share(context: Context, claim: Estimate) -> Details | None:
    """Say which count prints a claim if its percentage alone was cut off, 66.6% for two thirds; None if none does."""
    value = claim.value
    if value is None or value.is_missing or value.relation != "=" or not 0 < value.value < 1:
        return None
    above = print_number(value.value + value.step, value.decimals, value.unit)
    # A count whose number of patients is not printed would be such a share of one or another.
    classes = ("stated", "derived") if claim.x is not None else ("stated", "derived", "any")
    search = count_search(context, replace(claim, value=Reported(above)), classes)
    block = search.cheapest()
    if block is None:
        return None
    best = block.item(0)
    share = Fraction(best.x or 0, best.n or 1)
    if best.rounding not in ("nearest", "half-up", "half-even") or best.point is not None:
        return None
    # Only of sixes without end are the rest left out by hand: 66.6%, 91.6%.
    sixes = share * 600 % 1 == 0 and value.text.rstrip("%")[-1:] == "6"
    if not sixes or share not in value.range("truncated"):
        return None
    if context.catalogue.cost("interval-method", best.method or "") > ORDINARY:
        return None
    method = method_words(best.method or "")
    return Details(
        sentence=f"{as_printed(claim)} is {count_words(best)} by {method} ({_limits(claim, best)}), its percentage "
        f"{as_percent(float(share), value.decimals + 1)} cut off and its limits rounded.",
        settle=_wanted(claim),
        how=f"{count_words(best)}, {method}, percentage cut off",
        explanations=search.explanations(),
    )


def _miss_words(nearest: Nearest | None) -> str:
    if nearest is None:
        return ""
    prints = nearest.prints
    return (
        f"Nearest: {count_words(nearest.explanation)} by {method_words(nearest.explanation.method or '')} prints "
        f"{prints['estimate']} ({prints['lower']} to {prints['upper']}){nearest.away}."
    )


def _no_share(claim: Estimate, common: Mapping[str, Any]) -> tuple[Verdict, Details]:
    reason = (
        "no usual method prints it for a count, and the text does not say that it is a share of patients: a change, a "
        "ratio or a rate from a model need not be one"
    )
    return not_checked(f"{as_printed(claim)} as a count", reason, settle="what it is a percentage of", **common)


def _explained(context: Context, claim: Estimate, search: CountSearch, block: Block, verdict: Verdict) -> Details:
    """Return what the cheapest count says: its words, the numbers that it prints, and its rivals."""
    spread, value = claim.interval, claim.value
    assert spread is not None and value is not None
    best, printed = block.item(0), as_printed(claim)
    if best.allowed == "any" and best.n not in search.preferred:
        near = [block.item(k) for k in range(min(block.size, FEW))]
        near = [one for one in near if is_printed_count(context, one.x, one.n)] or near
        best = next((one for one in near if stands_in_text(context, one.n or 0)), best)
    data, full, method = count_words(best), _limits(claim, best), method_words(best.method or "")
    size = rivals = steps = ""
    if verdict is Verdict.REPRODUCED:
        sentence = f"{printed} is {data} with a {method} interval ({full})."
    elif verdict is Verdict.CONSISTENT:
        sentence = (
            f"{printed} is {data} with a {method} interval ({full}), if some patients of the printed size could not "
            "be evaluated."
        )
    else:
        level = best.level or 0.95
        words = convention_words(best) + (f", {100 * level:g}% level" if spread.level is None and level != 0.95 else "")
        steps = steps_words(claim, best) if best.rounding == "twice" else ""
        sentence = f"{printed} is {data}: {words} ({full})."
        if best.allowed == "any":
            size = size_words(context, claim, best.n or 0, fits=best.n in search.preferred, x=best.x)
        if block.size > 1:
            rest = (block.item(i) for i in range(min(block.size, 6)))
            few = [count_words(one) for one in rest if one.n != best.n][:4]
            others = " and others" if block.size > 5 else ""
            rivals = f"By the same method and rounding: {joined(few, 'or')}{others}."
    bound = spread.lower if spread.lower is not None and not spread.lower.is_missing else spread.upper
    return Details(
        sentence=sentence,
        more=sentences(f"The steps: {steps}." if steps else "", size, rivals),
        recomputed=reprinted(best, value, bound) if bound is not None else {},
        how=f"{data}, {convention_words(best)}",
        explanations=search.explanations(),
    )


def _wanted(claim: Estimate) -> str:
    """Return what would settle a claim that nothing prints: what the text does not give already."""
    if claim.x is None:
        return "the count itself"
    return "the method of the interval" if claim.n is not None else "the number of patients that the count is of"


def _limits(claim: Estimate, best: Explanation) -> str:
    """Return the limits as percentages, cut off at 0 and 100 % as the printed ones are."""
    low, high = best.lower if best.lower is not None else 0.0, best.upper if best.upper is not None else 1.0
    _, *bounds = printed_interval(claim).parts
    printed = [bound.value for _, bound in bounds if not bound.is_missing]
    if min(printed, default=0) >= 0:
        low = max(low, 0.0)
    if max(printed, default=0) <= 1:
        high = min(high, 1.0)
    return f"{as_percent(low)} to {as_percent(high)}"


def _searched(search: CountSearch) -> dict[str, Any]:
    left_out = {"not_searched": list(search.not_searched)} if search.not_searched else {}
    return left_out | {
        "n": sizes_searched(search.allowed),
        "methods": list(search.methods),
        "roundings": list(search.roundings),
        "level": search.level if search.level is not None else list(search.levels),
        "catalogue": search.catalogue.version,
    }


def _places(search: CountSearch) -> str:
    sizes: Mapping[str, Any] = search.allowed
    stated = [str(n) for name in ("stated", "derived") for n in sizes.get(name, ())]
    largest = max(int(n.max()) for n in sizes.values())
    return f"{joined(stated, 'or')} patients or any fewer" if stated else f"up to {largest} patients"


def _of_a_model(claim: Estimate) -> bool:
    """Whether the text calls a rate adjusted, weighted, pooled or standardised, and prints no count: it has none."""
    return bool(claim.adjusted) and claim.x is None and claim.n is None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread = claim.interval
        if claim.measure != "proportion" or spread is None or spread.kind != "confidence" or claim.value is None:
            continue
        if beyond_all_analysed(context, claim) is not None:
            reason = "the check of its count and percentage asks about them already"
            yield check.finding(claim, *not_checked(as_printed(claim), reason, printed_numbers(claim)))
            continue
        n = said_beside(context, claim)
        read = replace(claim, n=n) if n is not None else claim
        verdict, details = _judge(context, read, count_search(context, read))
        # Of how many patients a share is stands beside it, and not with it.
        beside = n is not None and verdict is Verdict.INCONSISTENT
        yield check.finding(claim, Verdict.STRAINED if beside else verdict, details)


def _other_estimate(context: Context, claim: Estimate, search: CountSearch) -> Explanation | None:
    """Return how a rate that need not be a count over patients prints its interval, if nothing says that it is one.

    A text's rate may come from a larger study than was searched, from a curve, a model or weighted data.
    """
    if claim.x is not None or claim.n is not None or knows_groups(context.paper):
        return None
    curve = SurvivalSearch(search.printed, level_of(claim.interval), None, context.catalogue)
    if any(not number.is_missing and not 0 <= number.value <= 1 for _, number in search.printed.parts):
        # Only a plain interval goes beyond 0 and 100 %.
        return curve.by("plain")
    return curve.cheapest()


def _curve_words(one: Explanation) -> str:
    return f"an interval by the {one.transform} transform" if one.transform else "an interval that is off centre"


CHECK = Check(
    "TS104",
    "a proportion and its interval come from one count by one method",
    _run,
    rests_on=frozenset({"measure", "value"}),
    assumes=("independent patients", "unweighted and unstratified analysis"),
    about=frozenset({"proportion"}),
    settled_by="the number of patients with the event and assessed, and the method of the interval",
    serves=("INSPECT-SR 4.9",),
    most_repairs=60,
    may_agree=may_be_printed,
)
