"""A printed reduction is one minus its ratio.

"46 % reduction" beside a hazard ratio of 0.54 must be 1 - 0.54 up to rounding of both, and so must
its bounds, which trade places. The printed ratio was itself rounded, so we accept whatever some ratio
that prints alike would give. Beside a ratio above 1 the same number is an increase, ratio - 1. A
reduction of the ratio turned over (the other arm first) is explained by that.

Why: The same result is often printed in two ways in one sentence, and one of them is copied later.

Formula:
    reduction = 1 - ratio,  increase = ratio - 1
    bounds: 1 - upper, 1 - lower
    turned over: 1 - 1/ratio

Agrees: 46 % and 0.54. Asks: 48 % and 0.54.

Reference: none; it is arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.claims import RATIO_MEASURES, Estimate
from trialstats.conventions import Catalogue
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Nearest, Verdict
from trialstats.inverse.printed import total_cost
from trialstats.press import print_number
from trialstats.reported import Range, Reported
from trialstats.wording import INNOCENT_REASONS, MEASURE_WORDS, convention_words

__all__ = ["CHECK"]


def _turned(values: Range) -> Range | None:
    if not isinstance(values.lower, Fraction) or not isinstance(values.upper, Fraction) or values.lower <= 0:
        return None
    return Range(1 / values.upper, 1 / values.lower, values.upper_closed, values.lower_closed)


def _pairs(reduction: Estimate, ratio: Estimate) -> list[tuple[str, Reported, Reported]]:
    """Return the numbers that belong together: the lower bound of one is one minus the upper of the other."""
    assert reduction.value is not None and ratio.value is not None
    pairs = [("estimate", reduction.value, ratio.value)]
    own, its = reduction.interval, ratio.interval
    if own is not None and its is not None and own.level == its.level:
        for name, mine, other in (("lower", own.lower, its.upper), ("upper", own.upper, its.lower)):
            if mine is not None and other is not None and not mine.is_missing and not other.is_missing:
                pairs.append((name, mine.with_unit(reduction.value.unit), other))
    return pairs


def _prints(pairs: list[tuple[str, Reported, Reported]], rounding: str, *, turned: bool, increase: bool) -> bool:
    for _, reduction, ratio in pairs:
        values: Range | None = ratio.range(rounding)
        if turned and values is not None:
            values = _turned(values)
        if values is None:
            return False
        lost = values.complement()
        if increase:
            lost = lost.mirrored()
        if lost.intersect(reduction.range(rounding)).is_empty:
            return False
    return True


def _explanations(
    pairs: list[tuple[str, Reported, Reported]], catalogue: Catalogue, increase: bool
) -> Iterator[Explanation]:
    ratio = pairs[0][2].value
    for turned in (False, True):
        for rounding in catalogue.names("rounding"):
            # Turned over, bounds trade places a second time: the estimate alone tells.
            used = pairs[:1] if turned else pairs
            if (not turned or ratio > 0) and _prints(used, rounding, turned=turned, increase=increase is not turned):
                parts = [("rounding", rounding)] + ([("scale", "reciprocal")] if turned else [])
                cost, ordinary = total_cost(catalogue, *parts)
                lost = 1 - (1 / ratio if turned else ratio)
                yield Explanation(cost=cost, ordinary=ordinary, rounding=rounding, estimate=abs(float(lost)),
                                  method="the ratio turned over" if turned else None)  # fmt: skip


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "relative-reduction" or claim.value is None or claim.value.is_missing:
            continue
        ratios = [one for one in context.members(claim) if one.measure in RATIO_MEASURES and one.value is not None]
        if len(ratios) != 1 or ratios[0].value is None or ratios[0].value.is_missing:
            yield Finding(
                claim=claim.id,
                check=check.name,
                code=check.code,
                where=claim.where,
                reported={"estimate": claim.value.text},
                verdict=Verdict.UNCHECKED,
                message=f"We did not check the reduction of {claim.value.text}: no ratio is tied to it.",
            )
            continue
        ratio = ratios[0].value
        pairs = _pairs(claim, ratios[0])
        increase = ratio.value > 1 and claim.value.value > 0
        found = sorted(_explanations(pairs, context.catalogue, increase), key=lambda one: one.cost)
        best = found[0] if found else None
        lost = ratio.value - 1 if increase else 1 - ratio.value
        noun, sum_words = ("increase", f"{ratio.text} - 1") if increase else ("reduction", f"1 - {ratio.text}")
        exact = print_number(lost, claim.value.decimals, claim.value.unit)
        words = f"{MEASURE_WORDS.get(ratios[0].measure)} {ratio.text}"
        nearest = None
        if best is None:
            verdict = Verdict.INCONSISTENT
            message = f"A {words} is a {noun} of {exact}, and {claim.value.text} is printed. {INNOCENT_REASONS}"
            if len(pairs) > 1 and exact == claim.value.text:
                message = (
                    f"The bounds of the {noun} of {claim.value.text} are not one minus those of the {words}. "
                    f"{INNOCENT_REASONS}"
                )
            steps = abs(float((lost - claim.value.value) / claim.value.step))
            nearest = Nearest(Explanation(cost=0.0, estimate=float(lost)), {"estimate": exact}, steps)
        elif best.ordinary:
            verdict, message = Verdict.REPRODUCED, f"The {noun} of {claim.value.text} is {sum_words}."
        else:
            verdict = Verdict.EXPLAINED
            message = f"The {noun} of {claim.value.text} is {sum_words} only if {convention_words(best)}."
        names = [name for name, _, _ in pairs]
        yield Finding(
            claim=claim.id,
            check=check.name,
            code=check.code,
            where=claim.where,
            others=(ratios[0].id,),
            verdict=verdict,
            message=message,
            reported={name: text for name, text in printed_numbers(claim).items() if name in names},
            recomputed={"estimate": exact},
            how=sum_words,
            searched={
                "roundings": list(context.catalogue.names("rounding")),
                "readings": ["one minus the ratio", "one minus the ratio turned over"],
                "catalogue": context.catalogue.version,
            },
            explanations=Explanations(lambda found=found: [Block.single(one) for one in found]),  # type: ignore[misc]
            nearest=nearest,
        )


CHECK = Check("TS204", "reduction", "a printed reduction is one minus its ratio", _run)
