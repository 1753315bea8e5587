"""A posterior probability of superiority comes from the two printed posteriors.

From all pairs of Beta posteriors that print the two arms' summaries under one prior and one way of
summarising, we compute the exact probability that the first arm's rate exceeds the second's, and
ask whether some pair prints the reported probability. The arms are independent a posteriori.

Agrees: Beta(21, 8) v Beta(24, 10) gives 0.5674, printed 57 %.
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context
from trialstats.checks.posterior_summary import posterior_search
from trialstats.claims import Estimate
from trialstats.findings import Block, Explanation, Explanations, Finding, Verdict
from trialstats.inverse.posterior import superiority
from trialstats.inverse.printed import total_cost
from trialstats.press import print_number
from trialstats.wording import INNOCENT_REASONS, as_percent, convention_words

_TEXT = {"below-threshold": "The text says it missed its threshold but prints none.",
         "above-threshold": "The text says it reached its threshold but prints none."}  # fmt: skip


def _in_order(context: Context, claim: Estimate) -> tuple[Estimate, Estimate] | None:
    """Return the two summaries, the one said to be larger first."""
    members = context.members(claim)
    if len(members) != 2 or claim.event is None:
        return None
    for sign in (">", "<"):
        first, found, second = (part.strip() for part in claim.event.partition(sign))
        by_arm = {one.arms[0]: one for one in members if len(one.arms) == 1}
        if found and first in by_arm and second in by_arm and first != second:
            pair = (by_arm[first], by_arm[second])
            return pair if sign == ">" else pair[::-1]
    return None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        value = claim.value
        if claim.measure != "posterior-probability" or value is None or value.is_missing:
            continue
        common = {"claim": claim.id, "others": claim.of, "check": check.name, "code": check.code,
                  "reported": {"estimate": value.text}, "where": claim.where}  # fmt: skip
        pair = _in_order(context, claim)
        searches = [posterior_search(context, one) for one in pair] if pair is not None else []
        if not searches or searches[0] is None or searches[1] is None:
            yield Finding(**common, verdict=Verdict.UNCHECKED,
                          message=f"We did not check {value.text}: it is not tied to two posterior summaries.")  # fmt: skip
            continue
        first, second = ([one for one in search.found if one.allowed in ("stated", "derived", "near")] or search.found
                         for search in searches if search is not None)  # fmt: skip
        pairs = superiority(first, second)
        if not pairs:
            yield Finding(**common, verdict=Verdict.UNCHECKED,
                          message=f"We did not check {value.text}: no pair of posteriors prints the two summaries.")  # fmt: skip
            continue
        low, high = min(p for *_, p in pairs), max(p for *_, p in pairs)
        found = []
        for left, right, p in pairs:
            for rounding in context.catalogue.names("rounding"):
                if value.range(rounding).admits(p):
                    bits, ordinary = total_cost(context.catalogue, ("rounding", rounding))
                    found.append(
                        Explanation(cost=left.cost + right.cost + bits, ordinary=ordinary, a=left.a, b=left.b, x=left.x,
                                    n=left.n, x2=right.x, n2=right.n, prior=left.prior, point=left.point, kind=left.kind,
                                    rounding=rounding, estimate=p,
                                    readings=(f"Beta({left.a:g}, {left.b:g}) v Beta({right.a:g}, {right.b:g})",))
                    )  # fmt: skip
        found.sort(key=lambda one: one.cost)
        best = found[0] if found else None
        one_value = as_percent(low) == as_percent(high)
        span = "this one value" if one_value else f"{as_percent(low)} to {as_percent(high)}"
        said = f" {_TEXT[claim.says]}" if claim.says in _TEXT else ""
        if best is None:
            verdict = Verdict.INCONSISTENT
            message = (
                f"No pair of posteriors that prints the two summaries gives {value.text}: they give {span}. The priors and "
                f"counts would settle it. {INNOCENT_REASONS}"
            )
        else:
            verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
            rounding = convention_words(Explanation(cost=0, rounding=best.rounding))
            message = (
                f"{value.text} is the probability that {best.readings[0].replace(' v ', ' exceeds ')}: {best.estimate:.4f}"
                f"{f', {rounding}' if rounding else ''}. All pairs that print the two summaries give {span}.{said}"
            )
        yield Finding(
            **common,
            verdict=verdict,
            message=message,
            assumes=check.assumes,
            recomputed=(
                {"estimate": print_number(best.estimate or 0.0, value.decimals, value.unit, best.rounding or "nearest")}
                if best is not None
                else {}
            ),
            how=f"{best.readings[0]}: {best.estimate:.4f}" if best is not None else "",
            searched={"pairs": len(pairs), "range": [low, high], "catalogue": context.catalogue.version},
            explanations=Explanations(lambda found=found: [Block.single(one) for one in found]),  # type: ignore[misc]
        )


CHECK = Check(
    "TS402",
    "posterior-superiority",
    "a posterior probability of superiority comes from the two printed posteriors",
    _run,
    assumes=("independent posteriors", "one prior for both arms"),
)
