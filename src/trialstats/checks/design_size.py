"""A planned number of patients or events follows from the effect, level, power and a textbook formula.

We read what a trial was to detect, at which significance level and with which power, and how many
patients or events the text says that takes, and try the formulas of that effect: Schoenfeld's and
Freedman's for events behind a hazard ratio; these over the share of patients with an event, Lachin and
Foulkes's, Lachin's for log hazards, Rubinstein, Gail and Santner's and Lakatos's for patients, where medians
or rates at a time are printed with accrual and follow-up; two proportions with pooled or unpooled variance, with a
continuity correction (as for Fisher's test), the arcsine and the log-odds formula; the t test and the normal
formula for two means, or for pairs and crossovers; Blackwelder's and Farrington and Manning's formula and the t
test for a noninferiority margin, two one-sided tests for equivalence; exact and Fleming's single-stage designs and
Simon's optimal, minimax and admissible ones for one arm. A printed intracluster correlation with the
cluster size, and a printed correlation with the baseline, are taken into account, and arms of unequal size. Losses
that the text states enlarge the number, divided by what is left or added to it. Where the text is silent the level
is 5 %, two-sided for two arms and one-sided for one and for a margin, and 80 and 90 % are the usual powers. Survival
is taken as exponential, with patients entering evenly; where no share with an event follows, the events are the
least number of patients.

A design rests on more than a sentence prints, so nothing is called inconsistent. A number within a
third above, or a tenth below, what the formulas give is explained. It is hard to explain if it is more than twice as
large or less than half as large as any formula gives; and, if effect, level and power are all printed, already at less
than nine tenths (of means: three quarters) or more than 1.6 times (of events, or beside printed losses: 1.4 times);
of patients behind a hazard ratio at less than three quarters or more than twice.
These limits were counted: see "Designs: what was compared with what". Nothing is asked where the text speaks of interim
analyses, models or several tests, or of clusters, margins and pairs without their numbers. In between it is not
checked, and what the formulas give is shown.

Why: A sample size that does not follow from its own assumptions tells of a slip, of a number per arm
that is the total or the reverse, or of an assumption that is not printed.

Formula:
    events = (z(alpha) + z(beta))^2/(share1 share2 ln(HR)^2)                      (Schoenfeld)
    events = (z(alpha) + z(beta))^2 ((1 + HR)/(1 - HR))^2                 (Freedman, equal arms)
    n of an arm = (z(alpha) sqrt(2 p q) + z(beta) sqrt(p1 q1 + p2 q2))^2/(p1 - p2)^2    (pooled)
    n of an arm = 2 (z(alpha) + z(beta))^2 (SD/difference)^2     (t test: noncentral t instead)
    patients = events/share with an event,
    share = 1 - (exp(-h F) - exp(-h (A + F)))/(h A)           (hazard h, accrual A, follow-up F)
    with clusters of m: n (1 + (m - 1) ICC)

Agrees: 108 events for a hazard ratio of 0.64 at one-sided 10 % with a power of 85 %; 388 patients for
medians of 12 and 18 months at two-sided 5 % with a power of 90 %, recruited in 24 months and followed for
12 more. Explained: 120
per arm where 108 are needed. Asks: 166 patients in each arm for 4 points with a standard deviation of
9, where 81 are enough (162 in all).

Reference: Schoenfeld (1981) Biometrika 68:316-319; Freedman (1982) Stat Med 1:121-129; Lachin and
Foulkes (1986) Biometrics 42:507-519; Lakatos (1988) Biometrics 44:229-241; Fleiss, Levin and Paik (2003)
Statistical Methods for Rates and Proportions; Farrington and Manning (1990) Stat Med 9:1447-1454; Simon
(1989) Control Clin Trials 10:1-10; A'Hern (2001) Stat Med 20:859-866.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import ceil

from trialstats.checks.check import Check, Context, not_checked
from trialstats.checks.design_envelope import ABOVE, BELOW, limits, unsettled
from trialstats.claims.model import Plan
from trialstats.claims.populations import arm_size
from trialstats.claims.trust import knows_groups
from trialstats.designs.sample_sizes import Asked
from trialstats.designs.survival_sizes import events_share
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported, Span
from trialstats.search.design_effects import courses, knows_the_end
from trialstats.search.design_sizes import FORMULA_WORDS, DesignSizes, Way, lost_share
from trialstats.wording import as_range, begun, joined, planned_words, sentences

_STATED = {"ancova", "design effect"}
"""What a way takes from numbers that are printed."""
_UNSAID: Mapping[str, str] = {
    "pairs": "of pairs or one group, which the text does not say",
    "rounded inputs": "if the assumptions were rounded for print",
    "rounded up": "rounded up",
    "each": "if the number is of each arm",
    "within patients": "of pairs, if the standard deviation is that within patients",
    "correlated pairs": "of pairs with the printed correlation",
    "ancova": "adjusted for baseline by the printed correlation",
    "change": "for changes from baseline with the printed correlation",
    "design effect": "with the design effect of the clusters",
    "before clusters": "before the design effect of the clusters",
    "one cluster more": "and one cluster more in each arm",
    "each followed": "if each patient is followed so long",
    "until the end": "if the follow-up includes the accrual",
    "no follow-up": "if nobody is followed beyond the accrual",
    "as proportions": "as two proportions",
    "two groups": "of two groups",
    "share of controls": "if the share with the event is that of the controls",
}


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for plan in context.paper.plans:
        if printed := _size(plan):
            judged = _more_than_patients(context, plan) or _judge(plan, *printed)
            yield check.finding(plan.id, *judged, where=plan.where)
    for plan, others in _of_rows(context):
        # Those included need not be those planned: what no formula gives tells nothing.
        size = plan.numbers["patients"].whole
        if size and (matches := DesignSizes(plan).matches()):
            reported = {"estimate": plan.numbers["first"].text}
            yield check.finding(plan.id, *_matched(plan, matches[0], "patients", size, reported), others=others,
                                where=plan.where)  # fmt: skip


def _more_than_patients(context: Context, plan: Plan) -> tuple[Verdict, Details] | None:
    """Return that a typed plan needs more events than it has patients, each of whom has one at most; None elsewhere."""
    events, patients = (
        number.whole if (number := plan.numbers.get(name)) is not None else None for name in ("events", "patients")
    )
    if context.paper.text is not None or not events or not patients or events <= patients:
        return None
    return Verdict.STRAINED, Details(
        sentence=f"{events} events cannot come from {patients} patients, each of whom has one at most.",
        settle="which of the two is of the plan",
        reported={"planned events": plan.numbers["events"].text, "planned patients": plan.numbers["patients"].text},
        how="more events than patients",
    )


def _of_rows(context: Context) -> Iterator[tuple[Plan, tuple[str, ...]]]:
    """Yield a plan for the two rates of a listed single arm that its design was to tell apart, with the arm's size."""
    paper = context.paper
    if not knows_groups(paper) or len(paper.arms) != 1 or paper.plans:
        return
    planned = [one for one, _ in context.printed("proportion", "survival") if one.role == "design"]
    size = arm_size(paper, paper.arms[0].id)
    if len(planned) != _TWO or size is None or planned[0].spread is not None or planned[1].spread is not None:
        return
    first, second = planned
    alike = (first.outcome, first.time, first.arms) == (second.outcome, second.time, second.arms)
    if alike and first.value is not None and second.value is not None:
        numbers = {"first": first.value, "second": second.value, "patients": Reported(str(size))}
        plan = Plan(id=first.id, effect="one-proportion", numbers=numbers, design="single-stage", where=first.where)
        yield plan, (second.id,)


_TWO = 2


def _size(plan: Plan) -> tuple[str, int] | None:
    """Return the number that a statement says is needed, by its name."""
    of_clusters = ("clusters-per-arm", "clusters") if plan.numbers.keys() >= {"icc", "cluster-size"} else ()
    for name in ("events", *of_clusters, "per-arm", "patients"):
        number = plan.numbers.get(name)
        if number is not None and number.whole:
            return name, number.whole
    return None


def _judge(plan: Plan, name: str, printed: int) -> tuple[Verdict, Details]:
    search = DesignSizes(plan)
    reported = {_NAMES[name]: plan.numbers[name].text}
    if matches := search.matches():
        return _matched(plan, matches[0], name, printed, reported)
    span = search.span()
    if plan.effect == "hazard-ratio" and name != "events" and not knows_the_end(plan):
        events, arms = search.span(rounded=True, of="events"), int(_factor(search, "patients"))
        if events is not None:
            return _patients_for_events(plan, events, printed * (arms if name == "per-arm" else 1), reported)
    if span is None:
        return not_checked(
            f"the {_NAMES[name]} of {printed}", "the effect to detect is none of our formulas'", reported
        )
    return _beyond(plan, search, span, name, printed, reported)


_NAMES = {
    "events": "planned events",
    "per-arm": "planned patients per arm",
    "patients": "planned patients",
    "clusters-per-arm": "planned clusters per arm",
    "clusters": "planned clusters",
}
_OF = {
    "events": "events",
    "per-arm": "patients in each arm",
    "clusters-per-arm": "clusters in each arm",
    "clusters": "clusters in all",
}


def _factor(search: DesignSizes, name: str) -> float:
    """Return by what a formula's size of one arm is multiplied for the number that is printed."""
    plan = search.plan
    if name in ("events", "per-arm"):
        return 1.0
    if name in ("clusters", "clusters-per-arm"):
        size = plan.numbers["cluster-size"]
        return (1.0 if name == "clusters-per-arm" else float(plan.arms or 2)) / (size.whole or 1)
    way = next((way for way in search.ways() if way.of == "patients" and "pairs" not in way.unsaid), None)
    return float(plan.arms or 2) if way is None else search.arms_of(way)


def _of(plan: Plan, name: str) -> str:
    alone = plan.effect == "one-proportion" or plan.pairs is not None
    return _OF.get(name, "patients" if alone else "patients in all")


def _matched(plan: Plan, way: Way, name: str, printed: int, reported: Mapping[str, str]) -> tuple[Verdict, Details]:
    """Return the verdict where a formula prints the number, with what it takes beside."""
    unsaid = set(way.unsaid) - _STATED
    if not way.ordinary:
        verdict = Verdict.REPRODUCED if unsaid == {"losses"} and _formula_is_usual(way) else Verdict.EXPLAINED
    else:
        verdict = Verdict.CONSISTENT if unsaid else Verdict.REPRODUCED
    taken = [_UNSAID[one] for one in way.unsaid if one in _UNSAID]
    if "losses" in unsaid:
        taken.insert(0, f"with {plan.numbers['lost'].text} more for losses")
    sides = "one" if way.asked.sides == 1 else "two"
    gives = f"{way.needed:.1f}".removesuffix(".0")
    alone = name == "events" or plan.effect == "one-proportion" or way.formula.startswith("paired")
    arm = "" if alone else " in each arm" if way.asked.ratio == 1 else f" and {way.needed * way.asked.ratio:.1f}"
    sentence = (
        f"{printed} {_of(plan, name)} are what {FORMULA_WORDS[way.formula]} gives ({gives}{arm}) for "
        f"{planned_words(plan)} at {sides}-sided {_per_cent(way.asked.alpha)} with a power of "
        f"{_per_cent(way.asked.power)}{''.join(f', {words}' for words in taken)}."
    )
    open_ = [word for word, known in (("the significance level", "alpha" in unsaid), ("the power", "power" in unsaid),
                                      ("the number of sides", "sides" in unsaid)) if known]  # fmt: skip
    more = f"The text does not say {joined(open_)}." if open_ else ""
    more = sentences(more, _with_the_event(plan, way.asked))
    if "power" in unsaid and (span := DesignSizes(plan).span()):
        more = sentences(more, f"By other usual ones it would be {as_range(ceil(span[0]), ceil(span[1]), 0)}.")
    return verdict, Details(
        sentence=sentence,
        more=sentences(more, "" if "losses" in unsaid else _recruited(plan, printed)),
        reported=reported,
        recomputed={_NAMES[name]: str(printed)},
        how=FORMULA_WORDS[way.formula],
        searched={"formulas": list(FORMULA_WORDS), "needed": way.needed},
    )


def _formula_is_usual(way: Way) -> bool:
    return Way(way.formula, way.asked, way.needed).ordinary


def _per_cent(value: float) -> str:
    return f"{100 * value:g}%"


def _beyond(
    plan: Plan, search: DesignSizes, span: Span, name: str, printed: int, reported: Mapping[str, str]
) -> tuple[Verdict, Details]:
    """Return the verdict where no formula prints the number: how far it is from all that they give."""
    factor = _factor(search, name)
    low, high = (ceil(factor * n - 1e-9) if "clusters" in name else round(factor * ceil(n - 1e-9)) for n in span)
    found, power = as_range(low, high, 0), _power(search, printed / factor)
    details = Details(
        sentence=f"The usual formulas give {found} {_of(plan, name)} for {planned_words(plan)}, and {printed} are "
        "printed.",
        more=begun(f"{power}.") if power else "",
        reported=reported,
        recomputed={_NAMES[name]: found},
        how=f"formulas give {found}",
        searched={"formulas": list(FORMULA_WORDS), "needed": span},
    )
    what, losses = f"the {_NAMES[name]} of {printed}", 1 / (1 - (lost_share(plan) or 0.0))
    if others := unsettled(plan):
        reason = f"the text speaks of {joined(others)}, which plain formulas do not know; they give {found}"
        return not_checked(what, reason, reported, recomputed=details.recomputed)
    widest = search.span(rounded=True) or span
    if BELOW * factor * widest[0] <= printed <= ABOVE * losses * factor * (widest[1] + 1):
        why = "Rounding up, losses that are not stated or an assumption that is not printed would account for it."
        return Verdict.EXPLAINED, _with(details, why)
    if plan.inferred:
        return not_checked(what, "our reading of the statement is uncertain", reported)
    below, above = limits(plan)
    if below * factor * widest[0] <= printed <= above * losses * factor * (widest[1] + 1):
        more = f"; {power}" if power else ""
        reason = f"the usual formulas give {found}, and a sentence need not print all that a design rests on{more}"
        return not_checked(what, reason, reported, recomputed=details.recomputed)
    settle = "what the calculation assumed, and by which formula,"
    strained = replace(_with(details, _other_reading(plan, search, name, printed, span)), settle=settle)
    return Verdict.STRAINED, strained


def _with(details: Details, words: str) -> Details:
    return replace(details, more=sentences(details.more, words))


def _power(search: DesignSizes, printed: float) -> str:
    """Return about what power the printed number has."""
    way = next((way for way in search.ways() if way.of == search.of), None)
    if way is None or search.plan.effect == "one-proportion":
        return ""
    power = search.power_at(printed, way.needed, way.asked)
    return f"as many would have a power of about {_per_cent(round(power, 2))}"


def _other_reading(plan: Plan, search: DesignSizes, name: str, printed: int, span: Span) -> str:
    """Return that the number fits as the total, as the size of an arm, or for pairs, where it does."""
    arms = plan.arms or 2
    low, high = ceil(span[0]), ceil(span[1])
    if name == "per-arm" and BELOW * arms * low <= printed <= ABOVE * arms * high:
        return f"As the number of all {arms} arms together it would agree."
    if name == "patients" and BELOW * low <= printed <= ABOVE * high:
        return "As the number of each arm it would agree."
    pairs = search.span(pairs=True)
    if pairs is not None and BELOW**2 * pairs[0] <= printed <= ABOVE * pairs[1]:
        return f"Of pairs, or in one group, {as_range(ceil(pairs[0]), ceil(pairs[1]), 0)} are needed."
    return ""


def _patients_for_events(plan: Plan, span: Span, printed: int, reported: Mapping[str, str]) -> tuple[Verdict, Details]:
    """Return whether there are enough patients for the events that a hazard ratio needs: at most one each."""
    found = as_range(ceil(span[0]), ceil(span[1]), 0)
    sentence = f"The usual formulas give {found} events for {planned_words(plan)}, and {printed} patients are printed."
    details = Details(
        sentence=sentence, reported=reported, recomputed={"planned events": found}, how=f"{found} events",
        searched={"formulas": ["schoenfeld", "freedman"], "needed": span},
    )  # fmt: skip
    if printed >= BELOW * span[0]:
        more = "Who has the event by the end is not printed: the events are the least number of patients."
        return Verdict.CONSISTENT, _with(details, more)
    below, _ = limits(plan, events=True)
    if unsettled(plan) or plan.inferred or printed >= below * span[0]:
        reason = f"the usual formulas give {found} events, and a sentence need not print all that a design rests on"
        return not_checked(f"the planned patients of {printed}", reason, reported)
    return Verdict.STRAINED, _with(details, "A patient has the event once at most.")


def _with_the_event(plan: Plan, asked: Asked) -> str:
    """Return how many of the printed patients have the event in the printed times, beside the events needed."""
    total, ratio = plan.numbers.get("patients"), next(iter(DesignSizes(plan).inputs()), None)
    if "events" not in plan.numbers or total is None or not total.whole or ratio is None:
        return ""
    course = next((course for course, taken in courses(plan, ratio[0]) if not taken), None)
    if course is None:
        return ""
    return f"Of {total.whole} patients about {total.whole * events_share(asked, course):.0f} have the event by the end."


def _recruited(plan: Plan, needed: int) -> str:
    """Return whether what is recruited leaves what is needed after the stated losses."""
    lost = lost_share(plan)
    for name, of in (("recruited-per-arm", "per-arm"), ("recruited", "patients")):
        enlarged, base = plan.numbers.get(name), plan.numbers.get(of)
        if lost is None or enlarged is None or not enlarged.whole:
            continue
        start = base.whole if base is not None and base.whole else needed * (plan.arms or 2)
        if base is None and of == "per-arm":
            start = ceil(needed / (plan.arms or 2))
        return (
            f"Of {enlarged.whole} to recruit {_per_cent(lost)} losses leave {enlarged.whole * (1 - lost):.0f}, and "
            f"{start} are needed."
        )
    return ""


CHECK = Check(
    "TS501",
    "a planned number of patients or events follows from its effect, level, power and a textbook formula",
    _run,
    assumes=("independent patients", "one test at the end", "exponential survival, even accrual"),
    about=frozenset({"plan", "proportion", "survival"}),
    settled_by="what the calculation of the sample size assumed, and by which formula",
    serves=("INSPECT-SR 4.10",),
)
