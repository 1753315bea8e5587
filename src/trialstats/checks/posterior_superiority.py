"""A posterior probability of superiority comes from the two printed posteriors.

From all pairs of Beta posteriors that print the two arms' summaries under one prior and one way of
summarising, we compute the exact probability that the first arm's rate exceeds the second's, and
ask whether some pair prints the reported probability, exactly or as a share of posterior draws; and
if none does, whether any two Beta posteriors that print the summaries would. The arms are
independent a posteriori.

Why: This probability is often what the trial was designed to decide on, and it can be recomputed from
the two summaries.

Formula:
    P(p1 > p2) = integral of f1(p) F2(p) dp,
    f1 the density of the first posterior, F2 the distribution function of the second

Agrees: Beta(21, 8) v Beta(24, 10) gives 0.5674, printed 57 %.

Reference: Cook (2005) Exact calculation of beta inequalities, UT MD Anderson Cancer Center Working
Paper 54-05.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.catalogue import ORDINARY_BITS, Catalogue
from trialstats.checks.check import Check, Context
from trialstats.checks.posterior_summary import posterior_search
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.explanations import Block, Explanation, Explanations
from trialstats.findings import Finding, Verdict
from trialstats.press import print_like
from trialstats.reported import Reported
from trialstats.search.posteriors.informative_prior import INFORMATIVE
from trialstats.search.posteriors.region import PosteriorRegion, superiority_range
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.posteriors.simulation_error import proportion_print_probability
from trialstats.search.posteriors.superiority import superiority
from trialstats.search.printed import total_cost
from trialstats.wording import INNOCENT_REASONS, as_percent, convention_words

__all__ = ["CHECK", "summaries_in_order"]

_TEXT = {
    "below-threshold": "The text says it missed its threshold but prints none.",
    "above-threshold": "The text says it reached its threshold but prints none.",
}
_NAMED = ("stated", "derived", "near")
_LEAST_PROBABILITY = 0.025


@dataclass(frozen=True)
class _Pairs:
    """All pairs of posteriors that print two summaries, and the explanations of a probability by them."""

    pairs: list[tuple[Explanation, Explanation, float]]
    catalogue: Catalogue

    @property
    def span(self) -> tuple[float, float]:
        return min(p for *_, p in self.pairs), max(p for *_, p in self.pairs)

    @property
    def least(self) -> float:
        return self.pairs[0][0].cost + self.pairs[0][1].cost

    def explain(self, value: Reported) -> list[Explanation]:
        found = []
        for rounding in self.catalogue.names("rounding"):
            values = value.range(rounding)
            bits, ordinary = total_cost(self.catalogue, ("rounding", rounding))
            found += [self._one(*pair, rounding, bits, ordinary) for pair in self.pairs if values.admits(pair[2])]
        if not any(one.ordinary for one in found):
            values = value.range("nearest")
            bits = self.catalogue.cost("rounding", "nearest")
            for name in self.catalogue.names("draws"):
                cost = bits + self.catalogue.cost("draws", name)
                for pair in self.pairs:
                    share = proportion_print_probability(pair[2], values, draws=int(name))
                    if share >= _LEAST_PROBABILITY and not values.admits(pair[2]):
                        found.append(self._one(*pair, "nearest", cost - math.log2(share), False, int(name), share))
        return sorted(found, key=lambda one: one.cost)

    def _one(
        self,
        left: Explanation,
        right: Explanation,
        p: float,
        rounding: str,
        bits: float,
        ordinary: bool,
        draws: int | None = None,
        probability: float | None = None,
    ) -> Explanation:
        return Explanation(
            cost=left.cost + right.cost + bits,
            # The summaries' own oddities are judged with them: here a pair must be no odder than the least odd one.
            ordinary=ordinary and left.cost + right.cost <= self.least + ORDINARY_BITS,
            a=left.a,
            b=left.b,
            x=left.x,
            n=left.n,
            x2=right.x,
            n2=right.n,
            prior=left.prior,
            point=left.point,
            kind=left.kind,
            rounding=rounding,
            estimate=p,
            readings=(f"Beta({left.a:g}, {left.b:g}) v Beta({right.a:g}, {right.b:g})",),
            draws=draws,
            probability=probability,
        )


def summaries_in_order(context: Context, claim: Estimate) -> tuple[Estimate, Estimate] | None:
    """Return the two summaries that a probability compares, the one said to be larger first."""
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


def _searches(context: Context, claim: Estimate) -> tuple[PosteriorSearch, PosteriorSearch] | None:
    pair = summaries_in_order(context, claim)
    if pair is None or any(one.interval is None or one.interval.kind != "credible" for one in pair):
        return None
    first, second = (posterior_search(context, one) for one in pair)
    return (first, second) if first is not None and second is not None else None


def _under_any_priors(searches: tuple[PosteriorSearch, PosteriorSearch], both: _Pairs) -> tuple[float, float] | None:
    """Return the range over all Beta posteriors that print the summaries in the way of the cheapest pair."""
    regions = []
    for search, one in zip(searches, both.pairs[0][:2], strict=True):
        rounding = one.rounding or "nearest"
        ranges = {name: number.range(rounding) for name, number in search.printed.parts}
        point, kind = one.point or "mean", one.kind or "equal-tailed"
        regions.append(PosteriorRegion(ranges, point, kind, rounding, search.level, 1e5))
    return superiority_range(*regions)


def _explained_by_other_priors(
    check: Check, claim: Estimate, value: Reported, both: _Pairs, wide: tuple[float, float]
) -> Finding:
    """Return the finding that no prior of the catalogue gives the probability, but other ones do."""
    left, right, _ = both.pairs[0]
    dearest = max(one.cost for one in both.catalogue.kinds["prior"].values())
    one = Explanation(
        cost=left.cost + right.cost + dearest,
        ordinary=False,
        prior=INFORMATIVE,
        point=left.point,
        kind=left.kind,
        rounding="nearest",
        readings=("other priors, or another one in each arm",),
    )
    low, high = (as_percent(end) for end in both.span)
    return Finding(
        claim=claim.id,
        others=claim.of,
        check=check.name,
        code=check.code,
        verdict=Verdict.EXPLAINED,
        message=(
            f"{value.text} needs other priors: the pairs under one prior of the catalogue that print the two summaries "
            f"give {low} to {high}; under any Beta priors, another one in each arm, they give "
            f"{as_percent(wide[0])} to {as_percent(wide[1])}."
        ),
        assumes=("independent posteriors",),
        reported={"estimate": value.text},
        recomputed={"estimate": f"{as_percent(wide[0])} to {as_percent(wide[1])}"},
        how="other priors, or another one in each arm",
        searched={
            "pairs": len(both.pairs),
            "range": list(both.span),
            "any priors": list(wide),
            "catalogue": both.catalogue.version,
        },
        explanations=_as_explanations([one]),
        where=claim.where,
    )


def _message(value: Reported, best: Explanation | None, span: tuple[float, float], says: str | None) -> str:
    low, high = (as_percent(end) for end in span)
    words = f"this one value, {low}" if low == high else f"{low} to {high}"
    if best is None:
        return (
            f"No pair of posteriors that prints the two summaries gives {value.text}: they give {words}. The priors "
            f"and counts would settle it. {INNOCENT_REASONS}"
        )
    printing = Explanation(cost=0, rounding=best.rounding, draws=best.draws, probability=best.probability)
    how = convention_words(printing)
    said = f" {_TEXT[says]}" if says in _TEXT else ""
    return (
        f"{value.text} is the probability that {best.readings[0].replace(' v ', ' exceeds ')}: {best.estimate:.4f}"
        f"{f', {how}' if how else ''}. All pairs under one prior that print the two summaries give {words}.{said}"
    )


def _as_explanations(found: list[Explanation]) -> Explanations:
    return Explanations(lambda: [Block.single(one) for one in found])


def _threshold_is_printed(context: Context) -> bool:
    return any(one.measure == "posterior-probability" and one.role == "design" for one in context.estimates)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        value = claim.value
        if claim.measure != "posterior-probability" or value is None or value.is_missing or claim.role == "design":
            continue
        if any(one.measure in RATIO_MEASURES for one in context.members(claim)):
            continue  # a probability about a ratio is another check's
        searches = _searches(context, claim)
        named = superiority(*searches, allowed=_NAMED) if searches is not None else []
        pairs = named or (superiority(*searches) if searches is not None else [])
        if not pairs:
            reason = "it is not tied to two posterior summaries"
            if searches is not None:
                reason = "no pair of posteriors under one prior of the catalogue prints the two summaries"
            yield Finding(
                claim=claim.id,
                others=claim.of,
                check=check.name,
                code=check.code,
                verdict=Verdict.UNCHECKED,
                message=f"We did not check {value.text}: {reason}.",
                reported={"estimate": value.text},
                where=claim.where,
            )
            continue
        both = _Pairs(pairs, context.catalogue)
        found = both.explain(value)
        best = found[0] if found else None
        wide = _under_any_priors(searches, both) if best is None and searches is not None else None
        if wide is not None and value.range("nearest").lower <= wide[1] and value.range("nearest").upper >= wide[0]:
            yield _explained_by_other_priors(check, claim, value, both, wide)
            continue
        verdict = Verdict.INCONSISTENT
        if best is not None:
            verdict = Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
        says = None if _threshold_is_printed(context) else claim.says
        yield Finding(
            claim=claim.id,
            others=claim.of,
            check=check.name,
            code=check.code,
            verdict=verdict,
            message=_message(value, best, both.span, says),
            assumes=check.assumes,
            reported={"estimate": value.text},
            recomputed=(
                {"estimate": print_like(best.estimate or 0.0, value, best.rounding or "nearest")}
                if best is not None
                else {}
            ),
            how=f"{best.readings[0]}: {best.estimate:.4f}" if best is not None else "",
            searched={"pairs": len(pairs), "range": list(both.span), "catalogue": context.catalogue.version},
            explanations=_as_explanations(found),
            where=claim.where,
        )


CHECK = Check(
    "TS402",
    "posterior-superiority",
    "a posterior probability of superiority comes from the two printed posteriors",
    _run,
    assumes=("independent posteriors", "one prior for both arms"),
    about=frozenset({"posterior-probability"}),
    settled_by="the prior, the counts of both arms, and how the probability was computed",
    serves=("INSPECT-SR 4.9",),
)
