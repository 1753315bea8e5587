"""What stands beside the P value of a ratio and says of what it is: a chi-square, the other ratios of a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from trialstats.checks.check import Context, not_checked
from trialstats.checks.sister_p import ASKED_BEFORE, alike_in_list, of_one_before
from trialstats.checks.statistic_p import chi_square_before
from trialstats.claims.model import Estimate, PValue
from trialstats.findings import Details, Verdict
from trialstats.wording import as_printed, sentences

Has = Callable[[Context, Estimate, PValue], bool]


def read_beside(
    context: Context, claim: Estimate, verdict: Verdict, details: Details, what: str, has: Has
) -> tuple[Verdict, Details]:
    """Return the verdict on the P value of a ratio by its chi-square and the other ratios of its sentence.

    ``what`` is it in words; ``has`` tells whether the interval of another ratio has it.
    """
    assert claim.p is not None
    if (own := chi_square_before(context, claim)) is not None:
        more = f"It is that of the chi-square printed before it, {own.text}, with one degree of freedom."
        return Verdict.EXPLAINED, replace(details, miss="", more=more, settle="", how="chi-square test")
    if (other := of_one_before(context, claim)) is not None and has(context, other, claim.p):
        reason = f"it stands behind two ratios, and is that of the first, {as_printed(other)}"
        return not_checked(what, reason, {"p": claim.p.value.text})
    if verdict.is_question and (alike := alike_in_list(context, claim)):
        if alike == ASKED_BEFORE:
            return not_checked(what, alike, {"p": claim.p.value.text})
        return verdict, replace(details, more=sentences(alike, details.more))
    return verdict, details
