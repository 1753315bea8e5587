"""Two survival rates at one time agree with their hazard ratio, if hazards are proportional.

Under proportional hazards the hazard ratio is the ratio of the log survival rates. Hazards need not
be proportional and all numbers carry sampling error, so a difference never makes a claim
inconsistent: we show the implied ratio and say whether the gap lies within the sampling error of two
numbers from the same patients. Where the outcome's words do not say survival, the rates may be
cumulative incidences: then one minus the rate is tried too, and the nearer reading is shown.

Why: Rates at a time and hazard ratio are two summaries of one pair of curves; far apart, one of them
may be of other patients or another outcome.

Formula:
    implied ratio = ln(S1)/ln(S2),  or ln(1 - F1)/ln(1 - F2) of cumulative incidences
    gap z = |ln(implied) - ln(printed)|/sd,  sd^2 = var(ln implied) - SE^2, not below a share of the former

Agrees: 81 % (69 to 96) and 36 % (22 to 57) at 2 years imply 0.21, within the sampling error of 0.13
(0.05 to 0.31). Asks: 81 % and 79 % beside 0.13 (0.11 to 0.15).

Reference: Hausman (1978) Econometrica 46:1251-1271 for the variance of the gap.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.arm_values import SHARE, Pair
from trialstats.checks.arm_words import with_control_last
from trialstats.checks.both_arms import pair_of
from trialstats.checks.check import Check, Context, both_bounds
from trialstats.checks.implied_ratio import implied_ratio_finding
from trialstats.checks.outcomes import counts_events, counts_survivors
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.findings import Finding
from trialstats.search.printed import one_minus


def _survivors(rate: Estimate) -> Estimate:
    """Return the share without the event, from the share with it."""
    spread = rate.interval
    assert rate.value is not None
    if spread is not None:
        upper, lower = (None if bound is None else one_minus(bound.with_unit(rate.value.unit))
                        for bound in (spread.lower, spread.upper))  # fmt: skip
        spread = replace(spread, lower=lower, upper=upper)
    return replace(rate, value=one_minus(rate.value), spread=spread)


def _log_survival(rate: Estimate) -> tuple[float, float] | None:
    assert rate.value is not None
    values = rate.value.range()
    if values.lower <= 0 or values.upper >= 1:
        return None
    return -math.log(values.upper), -math.log(values.lower)


def _implied(rates: tuple[Estimate, Estimate]) -> tuple[tuple[float, float], float] | None:
    """Return the range of the ratio that two survival rates imply, and that of the numbers as printed."""
    first, second = (_log_survival(rate) for rate in rates)
    if first is None or second is None:
        return None
    one, other = (math.log(float(rate.value.value)) for rate in rates if rate.value is not None)
    return (first[0] / second[1], first[1] / second[0]), one / other


def _readings(context: Context, claim: Estimate, pair: Pair) -> Iterator[tuple[str, tuple[Estimate, Estimate]]]:
    """Yield what two rates may be: of survivors or of events, and in either order where nobody says which is first."""
    rates = pair.first, pair.second
    orders = (rates,) if pair.ordered else (rates, rates[::-1])
    survivors = counts_survivors(claim.outcome) or all(_are_survivors_of(claim, one) for one in rates)
    of_events = all(_OF_EVENTS.search(one.outcome or "") and not counts_survivors(one.outcome) for one in rates)
    if pair.ordered and not survivors and not of_events:
        said = _said(context, claim, pair)
        survivors, of_events = said == "survivors", said == "events"
    for first, second in orders:
        if not of_events or not pair.ordered:
            yield "proportional hazards", (first, second)
        if not survivors:
            yield "proportional hazards, read as cumulative incidence", (_survivors(first), _survivors(second))


def _said(context: Context, claim: Estimate, pair: Pair) -> str:
    """Return whether the words of two rates' sentence speak of survivors or of events; empty if of both or neither."""
    text, first, last, ratio = context.paper.text, pair.first.where.start, pair.second.where.end, claim.where.start
    if text is None or first is None or last is None or ratio is None:
        return ""
    first, last = min(first, pair.second.where.start or first), max(last, pair.first.where.end or last)
    if not first < last < ratio:
        return ""
    words = text[sentence_of(text, first)[0] : last] + re.split(r"[(\[;:]|azard|\bHR\b", text[last:ratio])[0]
    told = [name for name, of in (("survivors", _SURVIVE), ("events", _HAPPEN)) if of.search(words)]
    return told[0] if len(told) == 1 else ""


_SURVIVE = re.compile(r"surviv|\balive\b|\bfree (?:of|from)\b|-free\b|\bfreedom\b", re.IGNORECASE)
_HAPPEN = re.compile(
    r"\bevent rates?\b|incidence|mortality|\bdied\b|\bdeaths?\b|\brates? of (?!surviv)|\brisk of\b|\boccurr|failure\b"
    r"|\b(?:had|with) an? (?:event|relapse|recurrence)",
    re.IGNORECASE,
)
_OF_EVENTS = re.compile(r"incidence|mortality", re.IGNORECASE)
_OF_ALL = re.compile(r"\b(?:death|dying|died|mortality|event)\b", re.IGNORECASE)
_CAME_BACK = re.compile(r"recur|relaps|progress", re.IGNORECASE)
_ONLY_THERE = re.compile(r"local|regional|distant|metasta|brain", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{5}", re.IGNORECASE)


def _are_survivors_of(claim: Estimate, rate: Estimate) -> bool:
    """Whether a rate is surely one of survivors, and the ratio's own words name nothing but what they outlived."""
    told, outlived = (claim.outcome or "").lower(), (rate.outcome or "").lower()
    if not counts_survivors(outlived) or counts_events(outlived):
        return False
    if not told or _OF_ALL.search(told) or not {*_WORD.findall(told)}.isdisjoint(_WORD.findall(outlived)):
        return True
    return "free" in outlived and _CAME_BACK.search(told) is not None and _ONLY_THERE.search(told) is None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("hazard-ratio"):
        pair = pair_of(context, claim, "survival") or _timed_shares(context, claim)
        if value.value <= 0 or pair is None or _in_anothers_bracket(context, claim, pair):
            continue
        pair = with_control_last(context, claim, pair)
        if any(one.value is None or one.value.is_missing for one in (pair.first, pair.second)):
            continue
        found = [(model, rates, implied) for model, rates in _readings(context, claim, pair)
                 if (implied := _implied(rates)) is not None]  # fmt: skip
        if not found:
            continue
        # The words leave open which of these is printed: the one that lies nearest the ratio is meant.
        printed = math.log(float(value.value))
        model, rates, (span, point) = min(found, key=lambda one: abs(math.log(one[2][1]) - printed))
        others = [implied for _, other, (implied, _) in found if other is not rates]
        yield implied_ratio_finding(
            check, context, claim, (pair.first, pair.second), span, model, point, rates,
            together=pair.together and not any(_may_be(claim, implied) for implied in others), ordered=pair.ordered,
        )  # fmt: skip


def _in_anothers_bracket(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether two rates stand with another hazard ratio in a bracket that is closed before this one."""
    text, start, at = context.paper.text, claim.where.start, pair.first.where.start
    if text is None or start is None or at is None or at > start or not _closes(text[at:start]):
        return False
    return any(
        one.measure == "hazard-ratio" and one.id != claim.id and one.where.start is not None
        and one.where.start < at < one.where.start + _IN_BRACKET and not _closes(text[one.where.start : at])
        and text.rfind("(", max(0, one.where.start - _IN_BRACKET), one.where.start)
        > text.rfind(")", max(0, one.where.start - _IN_BRACKET), one.where.start)
        for one in context.estimates
    )  # fmt: skip


_IN_BRACKET = 300


def _closes(text: str) -> bool:
    """Whether a bracket is closed that was opened before."""
    depth = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return True
    return False


def _timed_shares(context: Context, claim: Estimate) -> Pair | None:
    """Return two shares that are said to have survived to a time, and whose counts are not printed."""
    pair = pair_of(context, claim, SHARE)
    rates = () if pair is None else (pair.first, pair.second)
    told = all(
        one.measure == "proportion" and one.x is None and one.time and counts_survivors(one.outcome) for one in rates
    )
    return pair if told else None


def _may_be(claim: Estimate, implied: tuple[float, float]) -> bool:
    """Whether a ratio lies in the printed interval."""
    bounds = both_bounds(claim.interval)
    return bounds is not None and float(bounds[0].value) <= implied[1] and implied[0] <= float(bounds[1].value)


CHECK = Check(
    "TS206",
    "two survival rates at one time agree with their hazard ratio, if hazards are proportional",
    _run,
    assumes=("proportional hazards", "an unadjusted hazard ratio"),
    about=frozenset({"hazard-ratio"}),
    settled_by="the rates with one more decimal, and whether the hazards are proportional",
    serves=("INSPECT-SR 4.10",),
)
