"""A posterior estimate and its credible interval come from one Beta posterior.

For a proportion with a beta-binomial model we look for every count, prior, summary (mean, median,
mode), kind of interval (equal-tailed, highest density) and rounding that prints the three numbers.
Prior and data are confounded: what shares a posterior is one explanation with several readings.

Agrees: 72% (55 to 87) of 27 patients is 20 of 27 under a uniform prior, Beta(21, 8).
"""

from __future__ import annotations

from collections.abc import Iterator

from trialstats.checks.check import Check, Context, level_of, printed_numbers, verdict_of
from trialstats.claims import Estimate
from trialstats.findings import Explanation, Explanations, Finding, Verdict
from trialstats.inverse.counts import allow
from trialstats.inverse.posterior import PosteriorSearch
from trialstats.inverse.printed import PrintedInterval
from trialstats.press import Posterior, Printing, print_claim
from trialstats.wording import INNOCENT_REASONS, as_percent, as_printed, convention_words

__all__ = ["CHECK", "posterior_search"]

_N_MAX = 200


def posterior_search(context: Context, claim: Estimate) -> PosteriorSearch | None:
    """Return the search behind a claim, or None where it is not a posterior summary of a proportion."""
    spread, value = claim.interval, claim.value
    if claim.measure != "proportion" or spread is None or spread.kind != "credible" or value is None or value.is_missing:
        return None
    bounds = [bound.with_unit(value.unit) if bound is not None else None for bound in (spread.lower, spread.upper)]
    sizes = context.sizes(claim)
    allowed = allow(sizes, min(context.n_max(_N_MAX), _N_MAX))
    x = claim.x.whole if claim.x is not None else None
    return PosteriorSearch(PrintedInterval(value, *bounds), allowed, x, level_of(spread), catalogue=context.catalogue)


def _prints(best: Explanation, claim: Estimate) -> dict[str, str]:
    assert claim.value is not None and claim.spread is not None
    bound = claim.spread.lower or claim.spread.upper or claim.value
    printing = Printing(
        best.kind or "equal-tailed",
        best.level or 0.95,
        best.rounding or "nearest",
        point=best.point or "mean",
        decimals=claim.value.decimals,
        bound_decimals=bound.decimals,
        unit=claim.value.unit,
    )
    shown = print_claim(Posterior(best.a or 1.0, best.b or 1.0), printing)
    assert shown.value is not None and shown.spread is not None
    assert shown.spread.lower is not None and shown.spread.upper is not None
    return {"estimate": shown.value.text, "lower": shown.spread.lower.text, "upper": shown.spread.upper.text}


def _message(claim: Estimate, best: Explanation | None, verdict: Verdict) -> str:
    shown = as_printed(claim)
    if best is None:
        return (
            f"No count, prior and summary of the catalogue has a Beta posterior that prints {shown}. The prior and the "
            f"counts would settle it. {INNOCENT_REASONS}"
        )
    full = f"{as_percent(best.estimate or 0)}, {as_percent(best.lower or 0)} to {as_percent(best.upper or 0)}"
    message = (
        f"{shown} is {best.x} of {best.n} with a {best.prior} prior: posterior Beta({best.a:g}, {best.b:g}), {best.point} and "
        f"{best.kind} interval {full}"
    )
    rounding = convention_words(Explanation(cost=0, rounding=best.rounding))
    message += f", {rounding}." if rounding else "."
    if best.allowed == "any":
        message += f" The text does not give {best.n} patients for this claim."
    if len(best.readings) > 1:
        message += f" The same posterior is also {'; '.join(best.readings[1:3])}."
    return message


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        search = posterior_search(context, claim)
        if search is None:
            continue
        best = search.found[0] if search.found else None
        verdict = verdict_of(best)
        yield Finding(
            claim=claim.id,
            check=check.name,
            code=check.code,
            verdict=verdict,
            message=_message(claim, best, verdict),
            assumes=check.assumes,
            reported=printed_numbers(claim),
            recomputed=_prints(best, claim) if best is not None else {},
            how=(
                f"Beta({best.a:g}, {best.b:g}) = {best.x}/{best.n}, {convention_words(best)}" if best is not None else ""
            ),
            searched={
                "n": {name: [int(n.min()), int(n.max())] for name, n in search.allowed.items()},
                "priors": list(search.priors),
                "points": list(search.points),
                "kinds": list(search.kinds),
                "roundings": list(context.catalogue.names("rounding")),
                "level": search.level,
                "catalogue": context.catalogue.version,
            },
            explanations=search.explanations() if best is not None else Explanations(tuple),
            where=claim.where,
        )


CHECK = Check(
    "TS401",
    "posterior-summary",
    "a posterior estimate and its credible interval come from one Beta posterior",
    _run,
    reference="Gelman et al. (2013) Bayesian Data Analysis, section 2.4",
    assumes=("one binomial count per arm", "a Beta prior"),
)
