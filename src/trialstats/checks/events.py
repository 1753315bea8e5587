"""The events behind a hazard ratio are enough for its interval.

A Cox model's standard error cannot be smaller than the events allow: 1/d1 + 1/d2 <= SE^2, so that at
least 4/SE^2 events lie behind an interval. We compare that with the events that the text states for
the same outcome, or that the ratio names as what it comes from, and else with the patients. A robust or
weighted variance or another data cut-off can narrow an interval somewhat: an excess of up to twice the
events is explained so, and any where the text speaks of such a variance. A larger one is a question only
where a patient has the event at most once, as death or the end of a survival time: recurrent events
(Andersen and Gill 1982; Lin et al. 2000) may outnumber the patients. Up to three times it is at most hard
to explain, as a robust variance of few clusters has been as small in simulated trials; so is any excess over events
that are only told of the analysis ("after 88 deaths"), as the ratio may be of a later one. The message says
what it would mean for log hazard ratio and standard error if either number is right.

Why: The width of an interval tells how many events lie behind it, whatever the model, and events are
counted elsewhere in the text.

Formula:
    1/d1 + 1/d2 <= SE^2,  so d1 + d2 >= 4/SE^2
    SE = ln(upper/lower)/(2 z), as small as rounding allows

Agrees: 0.54 (0.36 to 0.81) with 130 events. Asks: the same with 30 events.

Reference: Schoenfeld (1983) Biometrics 39:499-503.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, both_bounds, level_of, printed_numbers
from trialstats.checks.difference_interval import arm_sizes
from trialstats.checks.outcomes import counts_survivors, happens_once
from trialstats.checks.ratio_interval import ratio_words
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations, Symmetric
from trialstats.findings import Details, Finding, Verdict
from trialstats.intervals.events import events_at_least, se_at_least
from trialstats.reported import Reported, Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical, ratio_region
from trialstats.sources.text.expressions import Stemmed
from trialstats.wording import as_range, sentences

LARGEST_EXCESS = 2.0
"""By how much the events behind the interval may exceed the stated ones before no ordinary reason accounts for it."""
_MOST = 3.0
"""The same for a robust variance of ten clusters or more, in 508 simulated trials (benchmarks/soundness.py)."""
_ROBUST = Stemmed(r"cluster|robust|sandwich|weight|propensity|\bgee\b|estimating equation|frailty")


def _events_of(one: Estimate) -> int:
    """Return the patients with an event that a count, or a share of patients printed with its count, states."""
    number = one.value if one.measure == "count" else one.x if one.measure == "proportion" else None
    return 0 if number is None else number.whole or 0


def _stated_events(context: Context, claim: Estimate) -> tuple[list[int], tuple[str, ...]]:
    """Return the events that the text states for a ratio: of both arms, or in total.

    They are what the ratio is said to come from, or else the counts of its own outcome, which for a share of patients
    must not be the ones that had no event.
    """
    counts = [one for one in context.members(claim) if _events_of(one)]
    if not counts:
        named = [one for one in context.estimates
                 if one.outcome is not None and _one(one.outcome) == _one(claim.outcome) and one.role == "result"
                 and one.time is None and _events_of(one)]  # fmt: skip
        named = [one for one in named if not _of_another(context, claim, one)]
        counts = [one for one in named if one.measure == "count"]
        if not counts and not counts_survivors(claim.outcome):
            counts = named
        counts = counts or [one for one in context.estimates if _counted_at_analysis(context, claim, one)]
    by_arm = [[one for one in counts if one.arms == (arm,)] for arm in claim.arms]
    if len(by_arm) == 2 and all(len(same) == 1 for same in by_arm):
        chosen = [same[0] for same in by_arm]
    else:
        chosen = [one for one in counts if not one.arms or one.arms == claim.arms]
        # A count beside a larger one of an arm is that of the other arm.
        if len(chosen) != 1 or any(_events_of(one) > _events_of(chosen[0]) for one in counts):
            return [], ()
    return [_events_of(one) for one in chosen], tuple(one.id for one in chosen)


def _counted_at_analysis(context: Context, claim: Estimate, one: Estimate) -> bool:
    """Whether a count is of the events of all patients at the analysis: "the analysis was done after 88 deaths"."""
    text, start = context.paper.text, one.where.start
    if text is None or start is None or one.measure != "count" or one.arms or one.role != "result":
        return False
    return bool(_kinds(one.outcome or "") & _kinds(claim.outcome or "")) and _AT_ANALYSIS.search(
        text, max(0, start - 160), start
    ) is not None  # fmt: skip


def _at_analysis(context: Context, claim: Estimate, sources: tuple[str, ...]) -> bool:
    counts = [one for one in context.estimates if one.id in sources]
    return len(counts) == 1 and _counted_at_analysis(context, claim, counts[0])


_AT_ANALYSIS = re.compile(
    r"\b(?:analys[ei]s|cut-?off)\b[^.;]{0,80}\b(?:after|at|with|based on|when|following)\b[^.;0-9]{0,24}$",
    re.IGNORECASE,
)


def _of_another(context: Context, claim: Estimate, count: Estimate) -> bool:
    """Whether the words between a count and a ratio behind it name an event that is not the count's."""
    text, start, end = context.paper.text, claim.where.start, count.where.end
    if text is None or start is None or end is None or not 0 <= start - end <= _FAR:
        return False
    named = _kinds(text[end:start])
    return bool(named) and not named & _kinds(count.outcome or "")


def _one(outcome: str | None) -> str | None:
    """Return the words of an outcome in the singular: deaths and the hazard ratio for death are of one."""
    return None if outcome is None else outcome.removesuffix("s")


def _kinds(words: str) -> set[str]:
    return {kind for kind, expression in _KINDS.items() if expression.search(words)}


_KINDS = {
    "death": re.compile(r"(?<!free )\bsurviv\w*|mortality|\bdeaths?\b|\bdied\b|\bOS\b", re.IGNORECASE),
    "progression": re.compile(r"progress\w+|\bPFS\b|\bTTP\b", re.IGNORECASE),
    "relapse": re.compile(r"recur\w+|relaps\w+|disease-free|\b[DRE]FS\b", re.IGNORECASE),
}
_FAR = 300


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("hazard-ratio"):
        spread = claim.interval
        if spread is None or (bounds := both_bounds(spread)) is None:
            continue
        events, sources = _stated_events(context, claim)
        sizes = arm_sizes(context, claim)
        if not events and sizes is None:
            continue
        region = ratio_region(PrintedInterval(None, *bounds), level=level_of(spread))
        if not region or not region.se[1] > 0:
            continue
        # The fewest events that any interval within rounding needs: the largest standard error.
        needed = math.ceil(events_at_least(region.se[1]) - 1e-6)
        have = sum(events) if events else sum(sizes or ())
        # About the printed estimate fewer standard errors do; they are only told, for an interval may be off centre.
        central = ratio_region(PrintedInterval(value, *bounds), level=level_of(spread))
        if central and central.se[1] > 0:
            told = math.ceil(events_at_least(central.se[1]) - 1e-6)
            needed = told if told <= have else needed
        allowed = se_at_least(events) if len(events) == 2 else se_at_least(sum(events) or sum(sizes or ()))
        once = happens_once(claim.outcome)
        what = f"{have} events are stated" if events else f"there are {have} patients"
        if once and not events:
            what += ", each with one event at most"
        excess = (allowed / region.se[1]) ** 2
        robust = _ROBUST.search(context.paper.text or " ".join(context.paper.design.values())) is not None
        verdict, why, settle = _judge(excess, credible=spread.kind == "credible", once=once, robust=robust)
        if verdict is Verdict.INCONSISTENT and not claim.of and _at_analysis(context, claim, sources):
            verdict, why = Verdict.STRAINED, "The ratio may be of a later analysis than the events."
        details = Details(
            sentence=f"The interval of the {ratio_words(claim)} takes at least {needed} events, and {what}.",
            more=sentences(_material(value, level_of(spread), region.se, allowed) if excess > 1 else "", why),
            settle=settle,
            reported=printed_numbers(claim, "lower", "upper"),
            recomputed={"events": f"at least {needed}"},
            how=f"at least {needed} events",
            searched={"bound": "4/SE^2" if len(events) != 2 else "1/d1 + 1/d2 <= SE^2", "excess": excess},
            explanations=Explanations.of(
                []
                if verdict is Verdict.INCONSISTENT
                else [Explanation(Symmetric(region.centre, region.se), Convention(ordinary=excess <= 1))]
            ),
        )
        yield check.finding(claim, verdict, details, others=sources)


def _judge(excess: float, *, credible: bool, once: bool, robust: bool) -> tuple[Verdict, str, str]:
    """Return the verdict, what would account for the excess of events, and what would settle it."""
    if excess <= 1:
        return Verdict.CONSISTENT, "", ""
    if excess <= LARGEST_EXCESS:
        why = "A robust or weighted variance, or another data cut-off, would account for it."
        return Verdict.EXPLAINED, why, ""
    if credible:
        return Verdict.EXPLAINED, "An informative prior, which adds to the events, would account for it.", ""
    if robust:
        why = "A robust or weighted variance, of which the text speaks, would account for it."
        return Verdict.EXPLAINED, why, "whether the variance is a robust one"
    if once and excess <= _MOST:
        why = "A robust variance of few clusters has been as small in simulated trials."
        return Verdict.STRAINED, why, "whether the variance is a robust one"
    if once:
        return Verdict.INCONSISTENT, "", ""
    why = "Recurrent events of one patient, or a ratio for one unit of a measured quantity, would account for it."
    return Verdict.EXPLAINED, why, "the number of events in the model"


def _material(ratio: Reported, level: float, se: Span, allowed: float) -> str:
    """Return what log ratio and interval are if the interval is right, and if the events are."""
    z = critical(level)
    centre = math.log(float(ratio.value)) if ratio.value > 0 else 0.0
    low, high = (math.exp(centre + side * z * allowed) for side in (-1, 1))
    return (
        f"If the interval is right, the log hazard ratio has standard error {as_range(*se)}; if the events are, it is "
        f"at least {allowed:.3f}, and the interval at least {low:.2f} to {high:.2f}."
    )


CHECK = Check(
    "TS210",
    "the events behind a hazard ratio are enough for its interval",
    _run,
    assumes=("a model-based Cox variance", "one event for each patient"),
    about=frozenset({"hazard-ratio"}),
    settled_by="the number of patients with the event in each arm",
    serves=("INSPECT-SR 4.10",),
)
