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
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from trialstats.catalogue import ORDINARY_BITS, Catalogue, Convention
from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.posterior_summary import NAMED, posterior_search
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.explanations import Explanation, Explanations, Posterior, Words
from trialstats.findings import Details, Finding, Verdict
from trialstats.press import print_like
from trialstats.reported import Reported
from trialstats.search.posteriors.informative_prior import INFORMATIVE
from trialstats.search.posteriors.region import PosteriorRegion, superiority_range
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.posteriors.simulation_error import (
    least_share,
    likeliest_proportion,
    proportion_print_probability,
)
from trialstats.search.posteriors.superiority import superiority
from trialstats.search.printed import total_cost
from trialstats.values import FrozenDict
from trialstats.wording import as_percent, convention_words, sentences

_TEXT = {
    "below-threshold": "The text says it missed its threshold but prints none.",
    "above-threshold": "The text says it reached its threshold but prints none.",
}
_LARGER = re.compile(r"\b(?:higher|greater|larger|more|exceed(?:s|ed)?)\b")
"""Words for a first arm whose rate is the larger; with others a probability is not tied to its arms."""
_HARDLY = 1e-12
"""A probability from which on it is asked whether a print is rare among those of its draws."""


@dataclass(frozen=True)
class _Pairs:
    """All pairs of posteriors that print two summaries, and the explanations of a probability by them."""

    pairs: Sequence[tuple[Explanation, Explanation, float]]
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
                    least = least_share(1) * likeliest_proportion(pair[2], values, draws=int(name))
                    if share >= max(least, _HARDLY) and not values.admits(pair[2]):
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
        assert isinstance(left.witness, Posterior)
        witness = replace(
            left.witness,
            x2=right.x,
            n2=right.n,
            readings=(f"Beta({left.a:g}, {left.b:g}) v Beta({right.a:g}, {right.b:g})",),
            draws=draws,
            probability=probability,
        )
        convention = Convention(
            prior=left.prior,
            point=left.point,
            kind=left.kind,
            rounding=rounding,
            cost=left.cost + right.cost + bits,
            # The summaries' own oddities are judged with them: here a pair must be no odder than the least odd one.
            ordinary=ordinary and left.cost + right.cost <= self.least + ORDINARY_BITS,
        )
        return Explanation(witness, convention, p)


def summaries_in_order(context: Context, claim: Estimate) -> tuple[Estimate, Estimate] | None:
    """Return the two summaries that a probability compares, the one said to be larger first."""
    members = context.members(claim)
    if not members:
        return _summaries_of_its_arms(context, claim)
    if len(members) != 2 or claim.event is None:
        return None
    for sign in (">", "<"):
        first, found, second = (part.strip() for part in claim.event.partition(sign))
        by_arm = {one.arms[0]: one for one in members if len(one.arms) == 1}
        if found and first in by_arm and second in by_arm and first != second:
            pair = (by_arm[first], by_arm[second])
            return pair if sign == ">" else pair[::-1]
    return None


def _summaries_of_its_arms(context: Context, claim: Estimate) -> tuple[Estimate, Estimate] | None:
    """Return the only summaries of a probability's two arms and outcome, in the order of its words."""
    if len(claim.arms) != 2 or claim.event is None or not _LARGER.search(claim.event):
        return None
    pair = []
    for arm in claim.arms:
        of_arm = [
            one
            for one in context.estimates
            if one.arms == (arm,)
            and one.interval is not None
            and one.interval.kind == "credible"
            and (one.outcome, one.time) == (claim.outcome, claim.time)
        ]
        if len(of_arm) != 1:
            return None
        pair += of_arm
    return pair[0], pair[1]


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
        ranges = FrozenDict((name, number.range(rounding)) for name, number in search.printed.parts)
        point, kind = one.point or "mean", one.kind or "equal-tailed"
        regions.append(PosteriorRegion(ranges, point, kind, rounding, search.level, 1e5))
    return superiority_range(*regions)


def _explained_by_other_priors(
    check: Check, claim: Estimate, value: Reported, both: _Pairs, wide: tuple[float, float]
) -> Finding:
    """Return the finding that no prior of the catalogue gives the probability, but other ones do."""
    left, right, _ = both.pairs[0]
    dearest = max(one.cost for one in both.catalogue.kinds["prior"].values())
    convention = Convention(prior=INFORMATIVE, point=left.point, kind=left.kind, rounding="nearest",
                            cost=left.cost + right.cost + dearest, ordinary=False)  # fmt: skip
    one = Explanation(Words(("other priors, or another one in each arm",)), convention)
    low, high = (as_percent(end) for end in both.span)
    details = Details(
        sentence=f"{value.text} needs other priors: the pairs under one prior of the catalogue that print the two "
        f"summaries give {low} to {high}; under any Beta priors, another one in each arm, they give "
        f"{as_percent(wide[0])} to {as_percent(wide[1])}.",
        reported={"estimate": value.text},
        recomputed={"estimate": f"{as_percent(wide[0])} to {as_percent(wide[1])}"},
        how="other priors, or another one in each arm",
        searched={
            "pairs": len(both.pairs),
            "range": list(both.span),
            "any priors": list(wide),
            "catalogue": both.catalogue.version,
        },
        explanations=Explanations.of([one]),
    )
    return check.finding(claim, Verdict.EXPLAINED, details, others=claim.of)


def _judge(value: Reported, both: _Pairs, says: str | None) -> tuple[Verdict, Details]:
    found = both.explain(value)
    low, high = (as_percent(end) for end in both.span)
    words = f"this one value, {low}" if low == high else f"{low} to {high}"
    searched = {"pairs": len(both.pairs), "range": list(both.span), "catalogue": both.catalogue.version}
    if not found:
        return Verdict.INCONSISTENT, Details(
            sentence=f"No pair of posteriors that prints the two summaries gives {value.text}: they give {words}.",
            settle="the priors and counts",
            reported={"estimate": value.text},
            searched=searched,
        )
    best = found[0]
    how = convention_words(replace(best, convention=Convention(rounding=best.rounding)))
    return (Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED), Details(
        sentence=f"{value.text} is the probability that {best.readings[0].replace(' v ', ' exceeds ')}: "
        f"{best.estimate:.4f}{f', {how}' if how else ''}.",
        more=sentences(
            f"All pairs under one prior that print the two summaries give {words}.", _TEXT.get(says or "", "")
        ),
        reported={"estimate": value.text},
        recomputed={"estimate": print_like(best.estimate or 0.0, value, best.rounding or "nearest")},
        how=f"{best.readings[0]}: {best.estimate:.4f}",
        searched=searched,
        explanations=Explanations.of(found),
    )


def _threshold_is_printed(context: Context) -> bool:
    return any(one.measure == "posterior-probability" and one.role == "design" for one in context.estimates)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("posterior-probability"):
        if claim.role == "design" or any(one.measure in RATIO_MEASURES for one in context.members(claim)):
            continue  # a probability about a ratio is another check's
        searches = _searches(context, claim)
        pairs = (superiority(*searches, allowed=NAMED) or superiority(*searches)) if searches is not None else None
        if searches is None or not pairs:
            reason = "it is not tied to two posterior summaries"
            if searches is not None:
                reason = "no pair of posteriors under one prior of the catalogue prints the two summaries"
            yield check.finding(claim, *not_checked(value.text, reason, {"estimate": value.text}), others=claim.of)
            continue
        both = _Pairs(pairs, context.catalogue)
        says = None if _threshold_is_printed(context) else claim.says
        verdict, details = _judge(value, both, says)
        if verdict is Verdict.INCONSISTENT:
            wide = _under_any_priors(searches, both)
            values = value.range("nearest")
            if wide is not None and values.lower <= wide[1] and values.upper >= wide[0]:
                yield _explained_by_other_priors(check, claim, value, both, wide)
                continue
            if any(one.measure == "survival" for one in summaries_in_order(context, claim) or ()):
                # Of a curve the posterior is near a count's, and no more.
                verdict = Verdict.STRAINED
        yield check.finding(claim, verdict, details, others=claim.of)


CHECK = Check(
    "TS402",
    "a posterior probability of superiority comes from the two printed posteriors",
    _run,
    assumes=("independent posteriors", "one prior for both arms"),
    about=frozenset({"posterior-probability"}),
    most_repairs=8,
    settled_by="the prior, the counts of both arms, and how the probability was computed",
    serves=("INSPECT-SR 4.9",),
)
