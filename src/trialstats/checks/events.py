"""The events behind a hazard ratio are enough for its interval.

A Cox model's standard error cannot be smaller than the events allow: 1/d1 + 1/d2 <= SE^2, so that at least 4/SE^2
events lie behind an interval. We compare that with the events that the text states for the same outcome, or that the
ratio names as what it comes from, and else with the patients, unless another number of them stands with the ratio. A
robust or weighted variance or another data cut-off can narrow an interval somewhat: an excess of up to twice the
events is explained so, and any where the text speaks of such a variance. A larger one is a question only where a
patient has the event at most once, as death or the end of a survival time: recurrent events (Andersen and Gill 1982;
Lin et al. 2000) may outnumber the patients. Up to three times it is at most hard to explain, as a robust variance of
few clusters has been as small in simulated trials; so is any excess over events that are only told of the analysis
("after 88 deaths"), as the ratio may be of a later one. The message says what it would mean for log hazard ratio and
standard error if either number is right.

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
from trialstats.checks.events_beside import TOO_WIDE, events_beside, is_too_wide
from trialstats.checks.outcomes import counts_survivors, ends_named, happens_once
from trialstats.checks.ratio_interval import ratio_words
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import RATIO_MEASURES, Estimate
from trialstats.explanations import Explanation, Explanations, Symmetric
from trialstats.findings import Details, Finding, Verdict
from trialstats.intervals.events import events_at_least, se_at_least
from trialstats.reported import Reported, Span
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import critical, ratio_region
from trialstats.sources.text.tokens.expressions import Stemmed
from trialstats.wording import as_range, sentences

LARGEST_EXCESS = 2.0
"""By how much the events behind the interval may exceed the stated ones before no ordinary reason accounts for it."""
_MOST = 3.0
"""The same for a robust variance of ten clusters or more, in 508 simulated trials (benchmarks/soundness.py)."""
_ROBUST = Stemmed(
    r"cluster|robust|sandwich|weight(?:ed|ing)\b|probability weights?|propensity|\bgee\b|estimating equation|frailty"
)


def _events_of(one: Estimate) -> int:
    """Return the events that a count states, or a share of patients or a rate printed with its count."""
    number = one.value if one.measure == "count" else one.x if one.measure in ("proportion", "rate") else None
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
        named = named or [one for one in context.estimates if _counted_beside(context, claim, one)]
        named = [one for one in named if not _of_another(context, claim, one)]
        counts = [one for one in named if one.measure == "count"]
        if not counts and not counts_survivors(claim.outcome):
            counts = named
        counts = counts or [one for one in context.estimates if _counted_at_analysis(context, claim, one)]
    by_arm = [[one for one in counts if one.arms == (arm,)] for arm in claim.arms]
    if len(by_arm) == 2 and all(len(same) == 1 for same in by_arm):
        chosen = [same[0] for same in by_arm]
    else:
        chosen = [
            one for one in counts
            if (one.arms and one.arms == claim.arms) or not (one.arms or _in_one_group(context, one))
        ]  # fmt: skip
        # A count beside a larger one of an arm is that of the other arm.
        if len(chosen) != 1 or any(_events_of(one) > _events_of(chosen[0]) for one in counts):
            return [], ()
    return [_events_of(one) for one in chosen], tuple(one.id for one in chosen)


def _counted_beside(context: Context, claim: Estimate, one: Estimate) -> bool:
    """Whether a count of one arm, in the sentence of a ratio, is of its end: "41 with A and 55 with B had died"."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or one.measure != "count" or len(one.arms) != 1 or one.role != "result":
        return False
    begin, _ = sentence_of(text, start)
    ends = ends_named(claim.outcome)
    known = one.time is None or _ANALYSIS.search(one.time) is not None
    end = one.where.end or start
    if any(end <= (other.where.start or 0) < start for other in context.estimates if other.measure in RATIO_MEASURES):
        return False  # it belongs to the ratio between
    return known and begin <= (one.where.start or -1) < start and bool(ends) and ends_named(one.outcome) == ends


def _in_one_group(context: Context, count: Estimate) -> bool:
    """Whether the words behind a count whose arm was not read say that it is one group's."""
    text, end = context.paper.text, count.where.end
    return text is not None and end is not None and _IN_ONE_GROUP.match(text, end) is not None


_IN_ONE_GROUP = re.compile(
    r"[^.;,()0-9]{0,40}\b(?:in|among|with|on) (?!total|all\b|both|the two|either)(?:[a-z+-]{1,20} ){0,4}"
    r"(?:group|arm)\b",
    re.IGNORECASE,
)


def _counted_at_analysis(context: Context, claim: Estimate, one: Estimate) -> bool:
    """Whether a count is of the events of all patients at the analysis: "the analysis was done after 88 deaths"."""
    text, start = context.paper.text, one.where.start
    if text is None or start is None or one.measure != "count" or one.arms or one.role != "result":
        return False
    if not ends_named(one.outcome) & ends_named(claim.outcome):
        return False
    if one.time is not None and _ANALYSIS.search(one.time) and _LED_BY_IT.search(text[max(0, start - 120) : start]):
        return _OF_ONE_GROUP.match(text, one.where.end or start) is None
    if one.time is not None and _ANALYSIS.search(one.time) and _IN_ALL.search(text[max(0, start - 40) : start + 120]):
        return True  # "by the data cut-off 88 deaths had been reported overall"
    if _is_of_all(context, one) or _AFTER_SO_LONG.search(text, max(0, start - 110), start) is not None:
        return _OF_ONE_GROUP.match(text, one.where.end or start) is None
    return _AT_ANALYSIS.search(text, max(0, start - 160), start) is not None


def _is_of_all(context: Context, one: Estimate) -> bool:
    """Whether a count is of as many patients as there are: "57 of 800 patients had died"."""
    if one.n is None or one.subgroup:
        return False
    return any(size.value.whole == one.n.whole for size in context.paper.of.values())


_AFTER_SO_LONG = re.compile(
    r"(?:^|[.:] )(?:After|At|With|During) an? (?:median|mean) (?:duration of )?follow-?up"
    r" (?:time |duration |period )?of [^.;:()]{3,40}, (?:a total of |there (?:had been|were) )?$",
    re.IGNORECASE,
)
"""Before a count that is of all patients: "After a median follow-up of 4 years, 57 patients had died"."""


def _at_analysis(context: Context, claim: Estimate, sources: tuple[str, ...]) -> bool:
    counts = [one for one in context.estimates if one.id in sources]
    return len(counts) == 1 and _counted_at_analysis(context, claim, counts[0])


def _all_events(context: Context, sources: tuple[str, ...]) -> bool:
    """Whether every event of both arms is counted, not the patients with one or more, nor those of one arm."""
    counts, text = [one for one in context.estimates if one.id in sources], context.paper.text or ""
    return bool(counts) and all(
        one.measure == "count" and _ARE_EVENTS.search(one.outcome or "") and one.where.start is not None
        and (one.arms or _IN_ALL.search(text[max(0, one.where.start - 40) : one.where.start + 60]))
        for one in counts
    )  # fmt: skip


def _patients_of_both(context: Context, claim: Estimate, sources: tuple[str, ...]) -> bool:
    """Whether events are the patients with one, of so many in both arms, and nothing speaks of several of a patient."""
    counts = [one for one in context.estimates if one.id in sources]
    several = _SEVERAL.search(context.paper.text or "") or _SEVERAL.search(claim.outcome or "")
    return len(counts) == 2 and not several and all(one.n is not None and one.x is not None for one in counts)


_SEVERAL = re.compile(
    r"\b(?:recurrent|recurring|repeated|total (?:number of )?events|first and subsequent|multiple|Andersen"
    r"|negative binomial|frailty|per (?:year|patient)|per [0-9]+|annuali[sz]ed)",
    re.IGNORECASE,
)
_ANALYSIS = re.compile(r"analys[ei]s|cut-?off", re.IGNORECASE)
_LED_BY_IT = re.compile(r"(?:^|[.:] )(?:At|By|As of)\b[^.;0-9]{3,90}, (?:a total of |there (?:had been|were) )?$")
"""Before a count that is of all patients: "At the final analysis, 88 patients had died"."""
_OF_ONE_GROUP = re.compile(
    r"[^.;,]{0,60}\b(?:in|among|with|on|assigned|given|receiving|taking|versus|vs|v)\b (?!total\b|both\b|all\b)"
    r"|[^.;]{0,80}\b(?:and|compared with|versus|vs) \d"
)
_IN_ALL = re.compile(
    r"\b(?:overall(?! survival)|in total|a total of|combined|altogether|in (?:both|the two|the 2|all) (?:groups|arms)"
    r"|across (?:both|all|the))\b",
    re.IGNORECASE,
)
_AT_ANALYSIS = re.compile(
    r"\b(?:analys[ei]s|cut-?off)\b[^.;]{0,80}\b(?:after|at|with|based on|when|following)\b[^.;0-9]{0,24}$",
    re.IGNORECASE,
)


def _told_beside(context: Context, claim: Estimate) -> int:
    """Return the events of both arms that the sentence of a ratio tells with it; 0 where it tells none, or several."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return 0
    begin, stop = sentence_of(text, start)
    if stop - begin > _LONGEST or len(_EVENTS.findall(text, begin, stop)) > 1:
        return 0
    found = _TOLD.search(text, begin, stop) or _TOLD_IN_ALL.search(text[begin:stop].rjust(stop))
    if found is None or _OF_A_STEP.search(text, begin, stop) or _ANOTHER_CLAUSE.search(text, found.end(), start):
        return 0
    if text[begin : found.start()].count("azard") > 1 or _OF_ONE.search(text, found.start(), stop):
        return 0
    named, own = ends_named(found[0]), ends_named(claim.outcome)
    if own and not (named & own or (not named and "event" in found[0])):
        return 0
    return int(next(filter(None, found.groups())).replace(",", ""))


_OF_A_STEP = re.compile(
    r"\b(?:per|for (?:each|every|a)) (?:\d|[a-z-]+ (?:increase|decrease|increment)"
    r"|one|unit|year|point|SD\b|standard dev)",
    re.IGNORECASE,
)
"""A ratio for one step of a measured quantity, of which few events tell much."""
_ANOTHER_CLAUSE = re.compile(
    r";(?! (?:the |an? )?(?:unadjusted |adjusted |corresponding )?(?:hazard|HR))", re.IGNORECASE
)
_NOUN = r"(?:events|deaths|recurrences|relapses|progressions)"
_ARE_EVENTS = re.compile(
    rf"\b(?:{_NOUN}|strokes|infarctions|fractures|falls|bleeds|ha?emorrhages|seizures|exacerbations|infections|cases)$",
    re.IGNORECASE,
)
"""Every event is counted, not the patients with one or more."""
_NUMBER = r"(?<![\d.,·/-])(?P<n>\d{1,3}(?:,\d{3})+|\d{1,5})"
_EVENTS = re.compile(rf"\d (?:[a-z-]+ ){{0,3}}{_NOUN}\b|\d (?:[a-z-]+ ){{0,3}}(?:died|relapsed)\b")
_TOLD = re.compile(
    rf"(?:\b(?:after|with|(?:based )?on|following|among) (?:an? (?:total of|overall) )?|[;,(\[] ?){_NUMBER} "
    rf"(?:[a-z-]+ ){{0,2}}{_NOUN}\b(?=[)\],;.]| \(\d{{1,4}}\b[^()]{{0,60}} "
    rf"(?:v|vs\.?|versus|and) [^()]{{0,40}}\d| in (?:total|all|both|the two)| overall| (?:had|were|occurred|showed"
    r"|gave|yielded|revealed)\b)",
    re.IGNORECASE,
)
"""Events that a ratio is said to come from: "after 61 deaths, the hazard ratio", "(hazard ratio, 0.8; 61 deaths)"."""
_ALL = (
    r"(?:overall|in total|altogether|in all(?=[,.;:)]|,? and\b)"
    r"|in (?:both|the two|all) (?:groups|arms)(?: (?:together|combined))?)"
)
_TOLD_IN_ALL = Stemmed(
    rf"\ba total of {_NUMBER} (?:[a-z-]+ ){{0,2}}(?:{_NOUN}\b|(?:had |have )?died\b)"
    rf"|(?<![\d.,·/-])(?P<deaths>\d{{1,5}}) (?:[a-z-]+ ){{0,2}}(?:{_NOUN}(?: of [a-z -]{{3,50}}?)?(?: (?:had "
    rf")?occurred)?|died) {_ALL}"
    rf"|^Overall, (?P<overall>\d{{1,5}}) [a-z]+ (?:had )?died\b"
    rf"|\bdeaths? (?:had )?occurred in (?P<people>\d{{1,5}}) [a-z]+ {_ALL}",
    "a total of ", "overall", "in total", "altogether", "in all", "in both", "in the two",
)  # fmt: skip
_OF_ONE = re.compile(
    r"(?:events|deaths|recurrences|relapses|progressions|died|relapsed)(?! overall| (?:had |have )?occurred in both)"
    r" (?:[a-z-]+ ){0,2}(?:in|among|with|on) (?!total|all\b|both|the two|either)",
    re.IGNORECASE,
)
"""The same words of one group: "61 deaths in the placebo group"."""
_LONGEST = 500


def _of_another(context: Context, claim: Estimate, count: Estimate) -> bool:
    """Whether the words between a count and a ratio behind it name an event that is not the count's."""
    text, start, end = context.paper.text, claim.where.start, count.where.end
    if text is None or start is None or end is None or not 0 <= start - end <= _FAR:
        return False
    named = ends_named(text[end:start])
    return bool(named) and not named & ends_named(count.outcome)


_BESIDE = re.compile(
    r"[(\[;,] ?(?:n ?= ?)?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{2,7}) (?:patients|participants|women|men|children|subjects"
    r"|people|persons|individuals|adults)[,;:] (?:(?:adjusted|pooled|combined|summary|the|a) ){0,2}"
    r"(?:HR|hazard ratio)?[ ,:=]*$",
    re.IGNORECASE,
)


def _patients_beside(context: Context, claim: Estimate) -> int:
    """Return the number of patients that stands with a ratio in its brackets: "(1800 patients, HR 0.8"; 0 if none."""
    text, start = context.paper.text, claim.where.start
    found = None if text is None or start is None else _BESIDE.search(text, max(0, start - _NEAR_IT), start)
    return 0 if found is None else int(found[1].replace(",", ""))


_NEAR_IT = 60


def _one(outcome: str | None) -> str | None:
    """Return the words of an outcome in the singular: deaths and the hazard ratio for death are of one."""
    return None if outcome is None else outcome.removesuffix("s")


_FAR = 300


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("hazard-ratio"):
        spread = claim.interval
        if spread is None or (bounds := both_bounds(spread)) is None:
            continue
        events, sources = _stated_events(context, claim)
        told = _told_beside(context, claim)
        near = len(events) < 2 and (not told or told in events) and bool(events_beside(context, claim)[0])
        if near:
            events, sources = events_beside(context, claim)
        at_once = told > 0 and not events
        told = told if told == sum(events) or not events else 0
        events = events or ([told] if told else [])
        sizes = arm_sizes(context, claim)
        own = _patients_beside(context, claim)
        if own and own != sum(sizes or ()):
            continue  # of other patients than the arms, and than the events that the text counts
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
            least = math.ceil(events_at_least(central.se[1]) - 1e-6)
            needed = least if least <= have else needed
        allowed = se_at_least(events) if len(events) == 2 else se_at_least(sum(events) or sum(sizes or ()))
        once = happens_once(claim.outcome) or told > 0 or _all_events(context, sources)
        of_patients = not once and (near or _patients_of_both(context, claim, sources))
        what = f"{have} events are stated" if events else f"there are {have} patients"
        if once and not events:
            what += ", each with one event at most"
        excess = (allowed / region.se[1]) ** 2
        robust = _ROBUST.search(context.paper.text or " ".join(context.paper.design.values())) is not None
        verdict, why, settle = _judge(excess, credible=spread.kind == "credible", once=once, robust=robust)
        if of_patients and verdict is Verdict.EXPLAINED and excess > _MOST and not robust and spread.kind != "credible":
            verdict, why = (
                Verdict.STRAINED,
                "A ratio of all events, where a patient may have several, would account for it.",
            )
        robust = robust or spread.kind == "credible"
        if verdict is Verdict.CONSISTENT and not robust and is_too_wide(context, claim, events, sources, region.se[0]):
            verdict, why, settle = Verdict.STRAINED, TOO_WIDE, "the number of events in the model"
        if verdict is Verdict.INCONSISTENT and near:
            verdict, why = Verdict.STRAINED, "The ratio may be of more patients than the events."
        if (
            verdict is Verdict.EXPLAINED
            and events
            and spread.kind != "credible"
            and excess > (_BEYOND**2 if robust else _BEYOND)
        ):
            yield check.finding(
                claim, *_not_its_own(claim, what, needed, printed_numbers(claim, "lower", "upper")), others=sources
            )
            continue
        if verdict is Verdict.INCONSISTENT and not claim.of and (at_once or _at_analysis(context, claim, sources)):
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


_BEYOND = 10.0
"""Excess of events that no events of the same patients make."""


def _not_its_own(claim: Estimate, what: str, needed: int, reported: dict[str, str]) -> tuple[Verdict, Details]:
    """Say that events are so few for a ratio that they are hardly its own."""
    return Verdict.UNCHECKED, Details(
        sentence=f"We did not judge the interval of the {ratio_words(claim)} by the events",
        reason=f"it takes at least {needed}, and {what}: they may be of another outcome or of other patients",
        reported=reported,
        recomputed={"events": f"at least {needed}"},
    )


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
