"""Whether an effect is that of its arms turned round, where a trial file or a table gives their order.

A trial file's ``arms`` are first over second. A table gives an order where one of two columns names the control, or
where two or more other effects of the study go one way: then one that goes the other way is asked about. Where all the
others of the table go against the names, that is its way of writing.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from trialstats.checks.arm_values import SHARE, SHARES, Pair, known_arms, values_of
from trialstats.checks.both_arms import pair_of
from trialstats.checks.check import Context
from trialstats.checks.ratios_of_values import TURNED, Way, printed_ratio, ways_of
from trialstats.checks.reduction_words import values_held
from trialstats.claims.model import Estimate
from trialstats.claims.trust import in_cells, knows_groups
from trialstats.findings import Details, Verdict
from trialstats.reported import Range, Span
from trialstats.wording import as_printed

_CONTROL = re.compile(
    r"\b(?:placebo|controls?|ctrl|ctl|comparators?|comparison|sham|untreated|unexposed|usual|standard|conventional"
    r"|observation|no [a-z]+|waiting[- ]list)\b",
    re.IGNORECASE,
)
_ENOUGH, _MOST = 2, 12
"""Other effects of a table that tell its way of writing, and how many are looked at."""
_NEAR = 0.1
"""How near the log of a ratio lies to that of the arms turned round."""


def in_given_order(context: Context, claim: Estimate, pair: Pair) -> Pair | None:
    """Return two values in the order that is given for an effect, where one is."""
    if pair.ordered and knows_groups(context.paper):
        return pair
    if not in_cells(context.paper) or claim.adjusted:
        return None
    if pair.ordered:
        return pair
    back = replace(pair, first=pair.second, second=pair.first)
    named = _by_names(pair)
    ways = set(beside := _ways_of_others(context, claim, pair))
    if named is None:
        return None if len(beside) < _ENOUGH or len(ways) > 1 else pair if ways == {True} else back
    given = pair if named else back
    if goes(claim, given, values_of(context, given)) is not False:
        return given
    for study in context.others[:_MOST]:
        if claim.id not in {one.id for one in study.claims}:
            beside += _ways_of_others(replace(context, paper=study, others=()), claim, pair)
    return None if len(beside) >= _ENOUGH and set(beside) == {not named} else given


def _by_names(pair: Pair) -> bool | None:
    """Whether the names of two arms call the second the control's; None where they do not tell."""
    names = [" ".join(known_arms(one)).replace("-", " ") for one in (pair.first, pair.second)]
    control = [_CONTROL.search(name) is not None for name in names]
    return control[1] if control[0] != control[1] else None


def _ways_of_others(context: Context, claim: Estimate, pair: Pair) -> list[bool]:
    """Return whether other effects of the same arms go from the first to the second, as far as numbers tell."""
    arms = known_arms(pair.first), known_arms(pair.second)
    found = []
    others = (
        one
        for one in context.estimates
        if one.id != claim.id and one.measure == claim.measure and set(one.arms) == set(claim.arms) and not one.adjusted
    )
    for one in islice(others, _MOST):
        kinds = (SHARE, "mean") if one.measure == "difference" else values_held(context, one)
        beside = pair_of(context, one, *kinds) if kinds else None
        if beside is None or (known_arms(beside.first), known_arms(beside.second)) != arms:
            continue
        way = goes(one, beside, values_of(context, beside))
        if way is not None:
            found.append(way)
    return found


def goes(claim: Estimate, pair: Pair, values: tuple[Range, Range] | None) -> bool | None:
    """Whether an effect is that of the first value and the second, and not of these turned round; None: of neither."""
    if values is None or claim.value is None or claim.value.is_missing or claim.value.relation != "=":
        return None
    shares = pair.first.measure in SHARES
    if claim.measure == "difference":
        crude = float(values[0].lower - values[1].upper), float(values[0].upper - values[1].lower)
        low, high = map(float, (claim.value.range().lower, claim.value.range().upper))
        scale = 0.01 if shares and not claim.value.unit and abs(claim.value.value) > 1 else 1.0
        return _one_way(_meets((low * scale, high * scale), crude), _meets((-high * scale, -low * scale), crude))
    printed = printed_ratio(claim)
    if printed is None or printed[1] <= 0 or not (ways := ways_of(claim.measure, *values, shares=shares, ordered=True)):
        return None
    near = _NEAR if claim.measure == "hazard-ratio" else 0.0
    gaps = ways[0].gap(printed), ways[1].gap(printed)
    return _one_way(gaps[0] <= near and gaps[1] > 2 * near, gaps[1] <= near and gaps[0] > 2 * near)


def _meets(one: Span, other: Span) -> bool:
    slack = 1e-9 * max(1.0, abs(other[0]))
    return one[0] <= other[1] + slack and other[0] - slack <= one[1]


def _one_way(forward: bool, back: bool) -> bool | None:
    return forward if forward != back else None


def difference_in_order(context: Context, claim: Estimate, pair: Pair, details: Details) -> tuple[Verdict, Details]:
    """Ask about a difference that is that of the second arm less the first, where their order is given."""
    given = None if claim.adjusted or not _signs_are_printed(context) else in_given_order(context, claim, pair)
    if given is None or goes(claim, given, values_of(context, given)) is not False:
        return Verdict.REPRODUCED, details
    first, second = as_printed(given.first), as_printed(given.second)
    return Verdict.STRAINED, replace(
        details,
        sentence=f"The printed difference {as_printed(claim)} has not the sign of {first} less {second}.",
        more=f"The arms may be turned round: it is that of {second} less {first}.",
        settle="which arm is taken from which",
        how="the arms turned round",
    )


_SIGNED = re.compile(r"^\s*[-−+–]")


def _signs_are_printed(context: Context) -> bool:
    """Whether differences are printed with their signs: one without may be an amount, "lower by 13.3 points"."""
    differences = (one for one in context.estimates if one.measure == "difference")
    return any(_SIGNED.match(number.text) for one in differences for number in one.numbers)


def only_in_order(ways: list[Way]) -> list[Way]:
    """Leave out the ratios of the second value over the first; those of patients without the event may be either."""
    return [way for way in ways if way.rare or not (way.turned or way.words.endswith(TURNED))]


def near_turned(ways: list[Way], printed: Span) -> bool:
    """Whether a ratio lies near that of the arms turned round, and nearer than to that of the arms as they are."""
    turned = [way.gap(printed) for way in ways if not way.rare and (way.turned or way.words.endswith(TURNED))]
    return bool(turned) and min(turned) <= _NEAR and 2 * min(turned) < ways[0].gap(printed)
