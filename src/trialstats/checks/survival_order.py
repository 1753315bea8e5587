"""The rates of one curve at several times do not turn round.

A survival curve never rises and a cumulative incidence never falls, so the rates of one arm for one
outcome go one way. Where the outcome's words say survival a later rate above an earlier one, beyond the
rounding of both, is a question. Where they do not, the rates may be incidences: then three or more rates
are a question if they go up as well as down. Rates of other patients, of another outcome or of
another data cut-off are not compared.

Why: Rates at several times are copied one by one, and two of them are easily exchanged, between times
or between arms.

Formula:
    S(t1) >= S(t2) for t1 < t2, up to rounding
    F(t1) <= F(t2) of a cumulative incidence F = 1 - S

Agrees: overall survival 81% at 1 year and 66% at 2 years. Asks: 66% at 1 year and 81% at 2 years.

Reference: Kaplan and Meier (1958) J Am Stat Assoc 53:457-481 for the curve.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.median_landmark import months
from trialstats.checks.order import above
from trialstats.checks.outcomes import counts_survivors, of_curve
from trialstats.checks.sentences import sentences_of
from trialstats.claims.model import Estimate, Place
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.sources.text.told.rates_in_time import find_rates
from trialstats.wording import as_printed, joined

_CALENDAR = 1.03
"""How far apart two times must be: 12 months may be 52 weeks."""


def _curves(context: Context) -> Iterator[list[tuple[float, Estimate]]]:
    """Yield the rates of each arm and outcome that are printed for two or more times, by time."""
    curves: dict[tuple[object, ...], list[tuple[float, Estimate]]] = {}
    for one, _ in context.printed("survival"):
        if (time := months(one.time)) is None or not one.outcome:
            continue
        key = (one.arms, of_curve(one.outcome), one.population, one.subgroup, one.role, one.adjusted, one.source)
        curves.setdefault(key, []).append((time, one))
    for rates in curves.values():
        rates.sort(key=lambda pair: pair[0])
        apart = all(later[0] > earlier[0] * _CALENDAR for earlier, later in pairwise(rates))
        if len(rates) > 1 and apart:  # a time that is printed twice is of two analyses
            yield rates


def _turns(first: Estimate, second: Estimate) -> int:
    """Return 1 if the second rate is higher than the first whatever both were rounded from, -1 if lower, else 0."""
    return 1 if above(second.value, first.value) else -1 if above(first.value, second.value) else 0


def _run(check: Check, context: Context) -> Iterator[Finding]:
    told = [] if context.paper.text is None else list(_told(check, context.paper.text))
    yield from told
    places = [(one.where.start or 0, one.where.end or 0) for one in told if one.where is not None]
    for finding in _of_curves(check, context):
        claim = context.claims.get(finding.claim)
        at = -1 if claim is None or claim.where.start is None else claim.where.start
        if not (finding.verdict.is_question and any(start <= at < end for start, end in places)):
            yield finding


def _told(check: Check, text: str) -> Iterator[Finding]:
    """Yield the rates of one sentence, be they claims of one curve or not, that turn round."""
    for number, one in enumerate(find_rates(text, sentences_of(text)), 1):
        pairs = [pair if one.survivors else pair[::-1] for pair in pairwise(one.values)]
        if not any(above(second, first) for first, second in pairs):
            continue
        shown = joined(f"{value.text} at {time}" for value, time in zip(one.values, one.times, strict=True))
        curve = "a survival curve never rises" if one.survivors else "a cumulative incidence never falls"
        details = Details(
            sentence=f"The rates {shown} do not lie on one curve: {curve}.",
            more="Rates of other patients or of another data cut-off, or exchanged times, would account for it.",
            settle="the curve",
            reported={f"rate {at}": value.text for at, value in enumerate(one.values, 1)},
            how=curve,
        )
        place = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        yield check.finding(f"rates.{number}", Verdict.INCONSISTENT, details, where=place)


def _of_curves(check: Check, context: Context) -> Iterator[Finding]:
    for rates in _curves(context):
        if _of_two_groups(context, [one for _, one in rates]):
            continue
        steps = [_turns(first, second) for (_, first), (_, second) in pairwise(rates)]
        survival = counts_survivors(rates[0][1].outcome)
        if not survival and _INCIDENCE.search(rates[0][1].outcome or ""):
            steps, survival = [-step for step in steps], True
        if not survival and len(set(steps) - {0}) < 2 and len(rates) < 3:
            continue  # two rates that may be incidences go one way whatever they are
        up, down = 1 in steps, -1 in steps
        verdict = Verdict.INCONSISTENT if up and (survival or down) else Verdict.CONSISTENT
        against = [k + 1 for k, step in enumerate(steps) if step == 1]
        at = against[0] if verdict is Verdict.INCONSISTENT else len(rates) - 1
        claims = [one for _, one in rates]
        others = tuple(one.id for k, one in enumerate(claims) if k != at)
        yield check.finding(claims[at], verdict, _details(claims, at, verdict, survival), others=others)


_TWO_GROUPS = re.compile(
    r"\b(?:the (?:other|second|latter)|one|another) (?:group|arm|cohort|half)\b|\b(?:versus|vs|whereas|thereafter)\b"
    r"|\b(?:before|after|until|since|between|from|in) (?:19|20)\d\d\b",
    re.IGNORECASE,
)
_BEHIND = 45


def _of_two_groups(context: Context, rates: list[Estimate]) -> bool:
    """Whether the words about rates whose arms were not read speak of one group and of another."""
    text, places = context.paper.text, [(one.where.start, one.where.end) for one in rates]
    if text is None or rates[0].arms or any(start is None or end is None for start, end in places):
        return False
    begin, end = min(start or 0 for start, _ in places), max(end or 0 for _, end in places)
    return end - begin < _LONGEST and _TWO_GROUPS.search(text, begin, end + _BEHIND) is not None


_LONGEST = 300
_INCIDENCE = re.compile(r"cumulative (?:incidence|rate|risk|event)", re.IGNORECASE)
"""What never falls."""


def _details(claims: list[Estimate], at: int, verdict: Verdict, survival: bool) -> Details:
    shown = joined(f"{as_printed(one)} at {one.time}" for one in claims)
    curve = "a survival curve never rises" if survival else "a curve goes one way"
    if survival and not counts_survivors(claims[at].outcome):
        curve = "a cumulative incidence never falls"
    more = settle = ""
    if agrees := verdict is Verdict.CONSISTENT:
        sentence = f"The rates {shown} can lie on one curve: they go one way."
    else:
        sentence, settle = f"The rates {shown} do not lie on one curve: {curve}.", "the curve"
        more = "Rates of other patients or of another data cut-off, or times that were exchanged, would account for it."
    return Details(
        sentence=sentence,
        more=more,
        settle=settle,
        reported=printed_numbers(claims[at]),
        how=curve,
        searched={"times": [one.time for one in claims]},
        explanations=Explanations.of([Explanation()] if agrees else []),
    )


CHECK = Check(
    "TS214",
    "the rates of one curve at several times do not turn round",
    _run,
    about=frozenset({"survival", "proportion"}),
    rests_on=frozenset({"value"}),
    settled_by="the curve, or the rates at these times with one more decimal",
    serves=("INSPECT-SR 4.9",),
)
