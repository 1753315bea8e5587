"""An interval printed as a confidence interval may be a credible one.

In a paper that reports posteriors, an interval of a proportion labelled CI may be a posterior's. Where
no ordinary confidence-interval method prints it and a Beta posterior under an ordinary prior does, from
the patients that the text names, we say so. Two letters are easily exchanged, and some journals print
CI for both.

Why: A confidence interval and a credible one answer different questions, and meta-analyses take them
for the same.

Formula:
    no method of the menu at an ordinary cost has the printed bounds for any count of the arm,
    and a Beta posterior under an ordinary prior has

Agrees with either: nothing is said where an ordinary confidence-interval method prints the numbers.

Reference: Gelman et al. (2013) Bayesian Data Analysis, on credible intervals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Check, Context, printed_numbers, sizes_searched
from trialstats.checks.count_search import count_search
from trialstats.checks.posterior_summary import NAMED, posterior_search, prior_words
from trialstats.findings import Details, Finding, Verdict
from trialstats.wording import as_percent, as_printed, convention_words


def _reports_posteriors(context: Context) -> bool:
    """Whether the paper says that it is Bayesian, or prints a credible interval or a posterior probability."""
    if context.paper.design.get("framework") == "bayesian":
        return True
    return any(
        one.measure == "posterior-probability" or (one.spread is not None and one.spread.kind == "credible")
        for one in context.estimates
    )


def _run(check: Check, context: Context) -> Iterator[Finding]:
    if not _reports_posteriors(context):
        return
    for claim in context.estimates:
        spread = claim.interval
        if spread is None or spread.kind != "confidence" or spread.lower is None or spread.upper is None:
            continue
        search = posterior_search(context, claim)
        if search is None:
            continue
        search = replace(search, draws=())
        best = next((one for one in search.found if one.ordinary and one.allowed in NAMED), None)
        if best is None:
            continue
        usual = count_search(context, claim).explanations()
        if usual and usual[0].ordinary:
            continue
        limits = f"{as_percent(best.lower or 0)} to {as_percent(best.upper or 0)}"
        details = Details(
            sentence=f"{as_printed(claim)} is printed as a confidence interval; as a credible interval it is {best.x} "
            f"of {best.n} with {prior_words(best)}: posterior Beta({best.a:g}, {best.b:g}), {best.point} and "
            f"{best.kind} interval {limits}.",
            more="Some journals print CI for both.",
            reported=printed_numbers(claim),
            how=f"credible interval: Beta({best.a:g}, {best.b:g}) = {best.x}/{best.n}, {convention_words(best)}",
            searched={
                "n": sizes_searched(search.allowed),
                "priors": list(search.priors),
                "level": search.level,
                "catalogue": context.catalogue.version,
            },
            explanations=search.explanations(),
        )
        yield check.finding(claim, Verdict.EXPLAINED, details)


CHECK = Check(
    "TS403",
    "an interval printed as a confidence interval may be a credible one",
    _run,
    assumes=("one binomial count per arm", "a Beta prior"),
    about=frozenset({"proportion"}),
    settled_by="whether the interval is a confidence or a credible interval",
)
