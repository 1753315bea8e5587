"""A hazard ratio that two other printed numbers imply under a model, beside the printed one."""

from __future__ import annotations

from trialstats.checks.check import Check, Context
from trialstats.claims import Estimate
from trialstats.findings import Block, Explanation, Explanations, Finding, Verdict
from trialstats.wording import as_printed, as_range, joined

__all__ = ["implied_ratio_finding"]


def implied_ratio_finding(
    check: Check,
    context: Context,
    claim: Estimate,
    pair: tuple[Estimate, Estimate],
    implied: tuple[float, float],
    model: str,
) -> Finding:
    """Return the finding on a printed hazard ratio beside the one implied by a pair of estimates.

    Parameters
    ----------
    check : Check
    context : Context
    claim : Estimate
        The hazard ratio.
    pair : tuple of Estimate
        What implies the other one.
    implied : tuple of float
        Range of the implied ratio within rounding.
    model : str
        The assumption.
    """
    assert claim.value is not None
    values = claim.value.range()
    spread = claim.interval
    low, high = implied
    shown = as_range(low, high)
    source = joined(one.value.text for one in pair if one.value is not None)
    ratio = f"hazard ratio of {as_printed(Estimate(id='', measure=claim.measure, value=claim.value, spread=spread))}"
    sentence = f"{source} imply a hazard ratio of {shown} under {model}"
    within_rounding = low <= float(values.upper) and float(values.lower) <= high
    bounds = [spread.lower, spread.upper] if spread is not None else []
    inside: bool | None = None
    if len(bounds) == 2 and all(bound is not None and not bound.is_missing for bound in bounds):
        outer = [bound.range() for bound in bounds if bound is not None]
        inside = low <= float(outer[1].upper) and float(outer[0].lower) <= high
    if within_rounding:
        verdict, message = Verdict.CONSISTENT, f"{sentence}, as the printed {ratio}."
    elif inside:
        verdict = Verdict.CONSISTENT
        message = f"{sentence}, outside rounding of the printed {ratio} and inside its sampling error."
    elif inside is None:
        verdict = Verdict.UNCHECKED
        message = f"{sentence}; the printed {ratio} has no interval to compare it with."
    else:
        verdict = Verdict.EXPLAINED
        message = (
            f"{sentence}, outside the interval of the printed {ratio}: the curves need not follow that model, and "
            f"the printed ratio may be adjusted."
        )
    explanation = Explanation(cost=0.0, ordinary=verdict is not Verdict.EXPLAINED, estimate=(low + high) / 2)
    return Finding(
        claim=claim.id,
        others=tuple(one.id for one in pair),
        check=check.name,
        code=check.code,
        verdict=verdict,
        message=message,
        assumes=check.assumes,
        reported={"estimate": claim.value.text},
        recomputed={"estimate": shown},
        how=f"from {source}, {model}",
        explanations=Explanations(lambda: [Block.single(explanation)]),
        where=claim.where,
    )
