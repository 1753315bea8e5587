"""A printed reduction is one minus its ratio.

"46 % reduction" beside a hazard ratio of 0.54 must be 1 - 0.54 up to rounding of both. The printed
ratio was itself rounded, so we accept whatever some ratio that prints alike would give.

Agrees: 46 % and 0.54. Asks: 48 % and 0.54.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context
from trialstats.claims import RATIO_MEASURES
from trialstats.findings import Block, Explanation, Explanations, Finding, Verdict
from trialstats.inverse.printed import total_cost
from trialstats.press import print_number
from trialstats.wording import INNOCENT_REASONS, MEASURE_WORDS, convention_words


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure != "relative-reduction" or claim.value is None or claim.value.is_missing:
            continue
        ratios = [one for one in context.members(claim) if one.measure in RATIO_MEASURES and one.value is not None]
        common = {"claim": claim.id, "check": check.name, "code": check.code, "where": claim.where,
                  "reported": {"estimate": claim.value.text}}  # fmt: skip
        if len(ratios) != 1 or ratios[0].value is None or ratios[0].value.is_missing:
            yield Finding(**common, verdict=Verdict.UNCHECKED,
                          message=f"We did not check the reduction of {claim.value.text}: no ratio is tied to it.")  # fmt: skip
            continue
        ratio = ratios[0].value
        found = []
        for rounding in context.catalogue.names("rounding"):
            overlap = ratio.range(rounding).complement().intersect(claim.value.range(rounding))
            if not overlap.is_empty:
                cost, ordinary = total_cost(context.catalogue, ("rounding", rounding))
                found.append(Explanation(cost=cost, ordinary=ordinary, rounding=rounding, estimate=float(1 - ratio.value)))
        best = found[0] if found else None
        shown = print_number(1 - ratio.value, claim.value.decimals, claim.value.unit)
        words = f"{MEASURE_WORDS.get(ratios[0].measure)} {ratio.text}"
        if best is None:
            verdict = Verdict.INCONSISTENT
            message = f"A {words} is a reduction of {shown}, and {claim.value.text} is printed. {INNOCENT_REASONS}"
        elif best.ordinary:
            verdict, message = Verdict.REPRODUCED, f"The reduction of {claim.value.text} is 1 - {ratio.text}."
        else:
            verdict = Verdict.EXPLAINED
            message = f"The reduction of {claim.value.text} is 1 - {ratio.text} only if {convention_words(best)}."
        yield Finding(
            **common,
            others=(ratios[0].id,),
            verdict=verdict,
            message=message,
            recomputed={"estimate": shown},
            how=f"1 - {ratio.text}",
            searched={"roundings": list(context.catalogue.names("rounding"))},
            explanations=Explanations(lambda found=found: [Block.single(one) for one in found]),  # type: ignore[misc]
        )


CHECK = Check("TS204", "reduction", "a printed reduction is one minus its ratio", _run)
