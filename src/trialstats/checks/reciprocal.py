"""A ratio and the same ratio with its arms exchanged are each other's reciprocals.

Where a ratio of one outcome is printed for the first arm over the second and again for the second over
the first, the product of the two is 1 up to the rounding of both, and each bound is the reciprocal of
the other one's opposite bound. We compare exact ranges under each rounding rule. Ratios of two analyses
(one adjusted, another level, time or population) are not compared.

Why: Reports turn a ratio over to make it read as a benefit, and a bound may be left behind.

Formula:
    ratio(b, a) = 1/ratio(a, b)
    lower(b, a) = 1/upper(a, b),  upper(b, a) = 1/lower(a, b)

Agrees: 0.54 (0.36 to 0.81) and 1.85 (1.23 to 2.78). Asks: 0.54 (0.36 to 0.81) and 1.85 (1.36 to 2.78).

Reference: none; it is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.ratio_interval import ratio_words
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.claims.trust import knows_groups
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range, Reported
from trialstats.search.printed import priced
from trialstats.wording import as_range

_Pair = tuple[str, Reported, Reported]


def _pairs(first: Estimate, second: Estimate) -> list[_Pair]:
    """Return the numbers of two ratios that must be each other's reciprocals, by their name in the second."""
    pairs = [("estimate", first.value, second.value)]
    one, other = first.interval, second.interval
    if one is not None and other is not None and one.kind == other.kind and one.level == other.level:
        pairs += [("lower", one.upper, other.lower), ("upper", one.lower, other.upper)]
    return [
        (name, a, b)
        for name, a, b in pairs
        if a is not None and b is not None and not a.is_missing and not b.is_missing
    ]


def _turned(values: Range) -> Range | None:
    """Return the reciprocals of a range; None where it reaches 0."""
    if not isinstance(values.lower, Fraction) or not isinstance(values.upper, Fraction) or values.lower <= 0:
        return None
    return Range(1 / values.upper, 1 / values.lower, values.upper_closed, values.lower_closed)


def _fit(first: Reported, second: Reported, rounding: str) -> bool:
    turned = _turned(first.range(rounding))
    return turned is None or not turned.intersect(second.range(rounding)).is_empty


def _explanations(context: Context, pairs: list[_Pair]) -> list[Explanation]:
    found = []
    for rounding in context.catalogue.names("rounding"):
        if all(_fit(a, b, rounding) for _, a, b in pairs):
            convention = priced(context.catalogue, ("rounding", rounding), rounding=rounding, scale="reciprocal")
            found.append(Explanation(convention=convention))
    return sorted(found, key=lambda one: one.cost)


def _alike(first: Estimate, second: Estimate) -> bool:
    """Return whether two ratios are of one analysis with its arms exchanged."""
    if len(first.arms) != 2 or first.arms != second.arms[::-1] or first.arms == second.arms or not first.outcome:
        return False
    names = ("measure", "outcome", "time", "population", "subgroup", "role", "adjusted", "source")
    return all(getattr(first, name) == getattr(second, name) for name in names)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    if context.paper.text is not None and not knows_groups(context.paper):
        return  # which arm comes first is our reading of the text: no ground for a question
    for (first, _), (second, _) in combinations(context.printed(*RATIO_MEASURES), 2):
        if not _alike(first, second):
            continue
        found = _explanations(context, _pairs(first, second))
        yield check.finding(second, *_judge(first, second, found), others=(first.id,))


def _judge(first: Estimate, second: Estimate, found: list[Explanation]) -> tuple[Verdict, Details]:
    recomputed = {}
    for name, number, _ in _pairs(first, second):
        if (turned := _turned(number.range())) is not None:
            recomputed[name] = as_range(float(turned.lower), float(turned.upper))
    shown = f"The printed {ratio_words(second)}"
    if not found:
        verdict = Verdict.INCONSISTENT
        sentence = (
            f"{shown} is not {ratio_words(first)} turned over, which is {recomputed.get('estimate', '')} "
            f"({recomputed.get('lower', '')} to {recomputed.get('upper', '')}) within rounding."
        )
    elif found[0].ordinary:
        verdict, sentence = Verdict.REPRODUCED, f"{shown} is {ratio_words(first)} turned over."
    else:
        verdict = Verdict.EXPLAINED
        sentence = f"{shown} is {ratio_words(first)} turned over if both were rounded otherwise ({found[0].rounding})."
    return verdict, Details(
        sentence=sentence,
        reported=printed_numbers(second, "estimate", "lower", "upper"),
        recomputed=recomputed,
        how="the ratio turned over" if found else "",
        searched={"numbers": len(_pairs(first, second))},
        explanations=Explanations.of(found),
    )


CHECK = Check(
    "TS215",
    "a ratio and the same ratio with its arms exchanged are each other's reciprocals",
    _run,
    about=RATIO_MEASURES,
    settled_by="both ratios with their bounds, with one more decimal",
    serves=("INSPECT-SR 4.9",),
)
