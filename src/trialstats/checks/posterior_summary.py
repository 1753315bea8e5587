"""A posterior estimate and its credible interval come from one Beta posterior.

For a proportion, or a rate at a time, with a beta-binomial model we look for every count, prior, summary (mean, median,
mode), kind of interval (equal-tailed, highest density) and rounding that prints the three numbers;
where a count is printed too, for that count alone. Prior and data are confounded: what shares a
posterior is one explanation with several readings. If no ordinary one prints them we ask whether
the sampling error of posterior draws does, whether a method of confidence intervals does, and last
whether any Beta prior at all would.

Why: Bayesian trials rarely print prior and count. The summary usually fixes the posterior, and often
the count.

Formula:
    posterior Beta(a + x, b + n - x) for a Beta(a, b) prior and x of n
    mean = (a + x)/(a + b + n), or the median, or the mode (a + x - 1)/(a + b + n - 2)
    bounds: quantiles (1 -+ level)/2, or the shortest interval of that probability

Agrees: 72% (55 to 87) of 27 patients is 20 of 27 under a uniform prior, Beta(21, 8). Explained: 71%
(55 to 84) of 32 is 23 of 32 with 54.48 rounded twice; 10,000 draws print 55 for it in 48% of runs,
and all three numbers in 32%, quantiles by R's and NumPy's default (type 7; 46% and 29% by type 6).

Reference: Gelman et al. (2013) Bayesian Data Analysis, on the Beta prior of a proportion.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np

from trialstats.catalogue import Convention
from trialstats.checks.check import (
    Check,
    Context,
    level_of,
    not_checked,
    printed_interval,
    printed_numbers,
    sizes_searched,
    verdict_of,
)
from trialstats.checks.count_search import count_search
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.checks.proportion_interval import reprinted
from trialstats.checks.size_words import unnamed_size_words
from trialstats.claims.model import Estimate
from trialstats.explanations import NO_EXPLANATIONS, Explanation, Explanations, Posterior
from trialstats.findings import Details, Finding, Nearest, Verdict
from trialstats.press import summarise
from trialstats.search.counts.ranges import Allowed, allow
from trialstats.search.posteriors.informative_prior import INFORMATIVE, AnyPriorSearch
from trialstats.search.posteriors.nearest import nearest_posterior
from trialstats.search.posteriors.priors import PRIORS
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.wording import as_percent, as_printed, convention_words, joined, sentences

NAMED = ("stated", "derived", "near")
"""Numbers of patients that the text names, or that are near one."""
_OF_COUNTS = ("proportion", "survival")
"""A rate at a time is a count of patients too where all were followed so long; a curve's posterior is not judged."""
_N_MAX = 200
_OF_A_CURVE = "the posterior of a rate at a time need not be that of one count, and no count's prints it"
_LOOKED_AT = 500
_ANY_N = Allowed(any=np.arange(1, _N_MAX + 1))


def posterior_search(context: Context, claim: Estimate) -> PosteriorSearch | None:
    """Return the search behind a claim, or None where it is not an interval about a proportion."""
    spread, value = claim.interval, claim.value
    if claim.measure not in _OF_COUNTS or spread is None or value is None or value.is_missing:
        return None
    x, n = (number.whole if number is not None else None for number in (claim.x, claim.n))
    if x is not None and n is not None and 0 <= x <= n and n >= 1:
        allowed = Allowed(stated=[n])  # count and denominator stand right with it
    else:
        allowed = allow(context.sizes(claim), min(context.n_max(_N_MAX), _N_MAX))
    return PosteriorSearch(printed_interval(claim), allowed, x, level_of(spread), catalogue=context.catalogue)


def prior_words(one: Explanation) -> str:
    """Return the prior of an explanation in prose: ``a uniform prior``."""
    if one.prior == INFORMATIVE and one.a is not None and one.b is not None:
        prior = (one.a - (one.x or 0), one.b - ((one.n or 0) - (one.x or 0)))
        return f"an informative prior such as Beta({max(prior[0], 0.0):.3g}, {max(prior[1], 0.0):.3g})"
    return f"a {one.prior} prior"


def _prints(best: Explanation, claim: Estimate) -> dict[str, str]:
    assert claim.value is not None and claim.spread is not None
    if best.draws is not None:  # what these draws print in some of their runs is what was printed
        return printed_numbers(claim, "estimate", "lower", "upper")
    return reprinted(best, claim.value, claim.spread.lower or claim.spread.upper or claim.value)


def _no_explanation(claim: Estimate, nearest: Nearest | None) -> Details:
    miss = ""
    if nearest is not None:
        one, prints = nearest.explanation, nearest.prints
        shown = prints.get("estimate", "")
        if "lower" in prints and "upper" in prints:
            shown += f" ({prints['lower']} to {prints['upper']})"
        miss = (
            f"Nearest: {one.x} of {one.n} with {prior_words(one)}, {one.point} and {one.kind} interval, prints "
            f"{shown.strip()}{nearest.away}."
        )
    sentence = f"No count, Beta prior, summary and rounding that we know prints {as_printed(claim)}."
    return Details(sentence=sentence, miss=miss, settle="the prior and the counts", nearest=nearest)


def _explained(context: Context, claim: Estimate, best: Explanation) -> Details:
    full = f"{as_percent(best.estimate or 0)}, {as_percent(best.lower or 0)} to {as_percent(best.upper or 0)}"
    words = convention_words(replace(best, convention=Convention(rounding=best.rounding)))
    sentence = (
        f"{as_printed(claim)} is {best.x} of {best.n} with {prior_words(best)}: posterior "
        f"Beta({best.a:.6g}, {best.b:.6g}), {best.point} and {best.kind} interval {full}"
        f"{f', {words}' if words else ''}."
    )
    others = ""
    if len(best.readings) > 1:
        others = f"The same posterior is also {'; '.join(best.readings[1:3])}"
        others += f"{' and others' if len(best.readings) > 3 else ''}."
    return Details(
        sentence=sentence,
        more=sentences(_unnamed_size(context, best), others),
        recomputed=_prints(best, claim),
        how=f"Beta({best.a:.6g}, {best.b:.6g}) = {best.x}/{best.n}, {convention_words(best)}",
    )


def _unnamed_size(context: Context, best: Explanation) -> str:
    return unnamed_size_words(context, best.n or 0) if best.allowed == "any" else ""


def _by_a_model(claim: Estimate, search: PosteriorSearch) -> str:
    """Return why a model that is more than one count may print the claim; empty where it is said not to be one."""
    if claim.adjusted:
        return "the text calls it adjusted, and a Beta posterior of crude counts does not print it"
    if claim.adjusted is None and search.x is not None and replace(search, x=None, allowed=_ANY_N).found:
        n = int(next(iter(search.allowed.values()))[0])
        crude = f"the count is {search.x}" if claim.n is None else f"{search.x} of {n} is {as_percent(search.x / n)}"
        return (
            f"a Beta posterior prints the summary, but none of this count, whatever its prior ({crude}); a "
            "hierarchical or adjusted model may"
        )
    return ""


def _filled(best: Explanation) -> Explanation:
    """Return the explanation with its unrounded numbers, which one by an informative prior lacks."""
    if best.estimate is not None or not isinstance(best.witness, Posterior):
        return best
    estimate, lower, upper, _ = summarise(best.witness, best.convention)
    return replace(best, estimate=estimate, lower=lower, upper=upper)


def _confidence(context: Context, claim: Estimate) -> Explanation | None:
    """Return the cheapest explanation as a confidence interval, of the printed count where one is printed."""
    found = islice(count_search(context, claim).explanations(), _LOOKED_AT)
    if claim.x is not None and claim.n is not None:
        return next((one for one in found if one.x == claim.x.whole and one.n == claim.n.whole), None)
    return next(found, None)


def _as_confidence(check: Check, context: Context, claim: Estimate, best: Explanation) -> Finding:
    """Return the finding that a method of confidence intervals prints what is called credible."""
    assert claim.value is not None and claim.spread is not None
    limits = f"{as_percent(best.lower or 0.0)} to {as_percent(best.upper or 1.0)}"
    details = Details(
        sentence=f"{as_printed(claim)} is printed as a credible interval; it is a confidence interval of {best.x} of "
        f"{best.n}, {convention_words(best)} ({limits}), and no posterior of the catalogue prints it.",
        more=_unnamed_size(context, best),
        reported=printed_numbers(claim),
        recomputed=reprinted(best, claim.value, claim.spread.lower or claim.spread.upper or claim.value),
        how=f"confidence interval: {best.x} of {best.n}, {convention_words(best)}",
        searched={"priors": list(PRIORS), "level": best.level, "catalogue": context.catalogue.version},
        explanations=Explanations.of([best]),
    )
    return check.finding(claim, Verdict.EXPLAINED, details)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        spread = claim.interval
        search = posterior_search(context, claim) if spread is not None and spread.kind == "credible" else None
        if search is None:
            continue
        if reason := _says_nothing(claim):
            yield check.finding(claim, *not_checked(as_printed(claim), reason, printed_numbers(claim)))
            continue
        every = AnyPriorSearch(search)
        best = _filled(every.found[0]) if every.found else None
        of_a_curve = claim.measure == "survival"
        if best is None and of_a_curve:
            yield check.finding(claim, *not_checked(as_printed(claim), _OF_A_CURVE, printed_numbers(claim)))
            continue
        if not of_a_curve and (best is None or best.prior == INFORMATIVE or best.draws is not None):
            usual = _confidence(context, claim)
            cheaper = best is None or best.draws is None or (usual is not None and usual.cost < best.cost)
            if usual is not None and cheaper and (usual.ordinary or best is None):
                yield _as_confidence(check, context, claim, usual)
                continue
        verdict, details = _judge(context, claim, search, best)
        searched = {
            "n": sizes_searched(search.allowed),
            "priors": list(search.priors),
            "points": list(search.points),
            "kinds": list(search.kinds),
            "roundings": list(context.catalogue.names("rounding")),
            "level": search.level,
            "catalogue": context.catalogue.version,
        }
        found = every.explanations() if best is not None else NO_EXPLANATIONS
        details = replace(details, reported=printed_numbers(claim), searched=searched, explanations=found)
        yield check.finding(claim, verdict, details)


def _says_nothing(claim: Estimate) -> str:
    """Return why an interval leaves nothing to search: its estimate lies outside it, or it is the whole scale."""
    if lies_outside(claim):
        return OUTSIDE
    _, *bounds = printed_interval(claim).parts
    if {number.value for _, number in bounds if not number.is_missing} == {0, 1}:
        return "an interval from one end of the scale to the other, as of a prior of next to no patients, says nothing"
    return ""


def _judge(
    context: Context, claim: Estimate, search: PosteriorSearch, best: Explanation | None
) -> tuple[Verdict, Details]:
    if best is not None:
        return verdict_of(best), _explained(context, claim, best)
    if search.limited:
        reason = f"search limit reached; not searched: {joined(search.not_searched)}"
        return not_checked(as_printed(claim), reason, settle="the prior and the counts")
    if reason := _by_a_model(claim, search):
        return not_checked(as_printed(claim), reason)
    return Verdict.INCONSISTENT, _no_explanation(claim, nearest_posterior(search))


CHECK = Check(
    "TS401",
    "a posterior estimate and its credible interval come from one Beta posterior",
    _run,
    assumes=("one binomial count per arm", "a Beta prior"),
    about=frozenset(_OF_COUNTS),
    most_repairs=8,
    settled_by="the prior, the number of patients with the event and assessed, and how the posterior was summarised",
    serves=("INSPECT-SR 4.9",),
)
