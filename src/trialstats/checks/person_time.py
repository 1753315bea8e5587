"""A rate is its events over their person-time.

If a rate is printed with its events and the person-time, their quotient must print the rate, in the unit that it is
given in; months, weeks and days are counted as years where the rate is. Person-time is rounded too, so it stands for
a range. An interval beside it must follow from the events by some method: exact Poisson (Garwood), the log of the
rate, the normal distribution, Byar, mid-P, score, square root or Jeffreys; which one is named. An interval about the
rate on the log scale that is wider than these is what a robust variance or a negative-binomial model gives. What the
text calls adjusted is not judged.

Why: Events and person-time are copied from one column of a table, the rate from another.

Formula:
    rate = u x/n,  u the person-time that the unit counts (100 person-years)
    x/n in the ranges of the printed numbers
    Garwood: u/n times the gamma quantiles of x and x + 1

Agrees: 2.0 per 100 person-years (19 events in 965 person-years). Asks: 2.3 per 100 person-years of the same.

Reference: Garwood (1936) Biometrika 28:437-442; Rothman and Boice (1979) Epidemiologic analysis, for mid-P.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from trialstats.catalogue import Convention
from trialstats.checks.check import Check, Context, both_bounds, level_of, not_checked, printed_numbers
from trialstats.checks.order import OUTSIDE, lies_outside
from trialstats.checks.sentences import sentences_of
from trialstats.claims.model import Estimate, Place
from trialstats.explanations import Explanation, Explanations
from trialstats.explanations.witnesses import Words
from trialstats.findings import Details, Finding, Verdict
from trialstats.intervals.rates import RATE_METHODS, rate_limits
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.ratios.polygon import critical
from trialstats.sources.text.tokens.normalise import normalise
from trialstats.sources.text.told.rates_told import find_told_rates
from trialstats.sources.text.words.of_person_time import TIME, length_of, time_of
from trialstats.wording import as_printed

_ORDINARY = ("exact", "log", "wald")
_ROUNDINGS = ("nearest", "truncated", "up")
_UNIT = re.compile(r"per (?P<many>[0-9][0-9, ]*)? ?(?:\w+[- ])?(?:years?|months?|weeks?|days?)\b")
_POWERS = tuple(10**power for power in range(7))
_OTHER_UNITS = (*_POWERS, 12, 52, 365)
"""What a rate may be printed per, where its unit is not known; and by what it is off in another unit of time."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("rate"):
        if claim.x is None or claim.n is None or value.relation != "=" or claim.role == "design":
            continue
        yield check.finding(claim, *_judge(claim, value, _turned(context, claim)))
    if context.paper.text is not None:
        yield from _told(check, context, context.paper.text)


def _told(check: Check, context: Context, text: str) -> Iterator[Finding]:
    """Yield the rates that are far from the events and the person-time of their sentence, where no claim holds all."""
    held = {
        one.where.start
        for one in context.estimates
        if one.measure == "rate" and one.value is not None and one.x is not None and one.n
    }
    for number, one in enumerate(find_told_rates(text, sentences_of(text)), 1):
        if any(place is not None and abs(place - one.start) < _SAME_PLACE for place in held):
            continue
        crude, half = one.per * one.events / float(one.time.value), float(one.rate.step) / 2
        printed = float(one.rate.value)
        if printed - 2 * half <= crude * _NEAR_CRUDE and printed + 2 * half >= crude / _NEAR_CRUDE:
            continue
        shown = print_number(Fraction(crude).limit_denominator(10**6), max(one.rate.decimals, 1), "")
        details = Details(
            sentence=f"The printed rate is {one.rate.text}, and {one.events} events in {one.time.text} of person-time "
            f"are {shown} per {one.per:,}.",
            more="Events of patients with several, a model's rate or person-time of another population may differ.",
            settle="the events and the person-time as counted",
            reported={"estimate": one.rate.text},
            recomputed={"estimate": shown},
            how="events over person-time",
        )
        where = Place(start=one.start, end=one.end, quote=text[one.start : one.end])
        yield check.finding(f"rate.{number}", Verdict.STRAINED, details, where=where)


_SAME_PLACE = 200
_NEAR_CRUDE = 1.1
"""By what factor a rate may lie off its crude one before it is asked about, where no claim ties the numbers."""


def per_how_many(unit: str | None) -> int | None:
    """Return how much person-time a unit counts; None where it does not say.

    Examples
    --------
    >>> per_how_many("per 1,000 person-years"), per_how_many("per patient-month"), per_how_many(None)
    (1000, 1, None)
    """
    found = _UNIT.search(unit or "")
    if found is None:
        return None
    return int(re.sub(r"[, ]", "", found["many"])) if found["many"] else 1


_LENGTHS = {
    ("year", "month"): (Fraction(12), Fraction(12)),
    ("year", "week"): (Fraction(52), Fraction(527, 10)),
    ("year", "day"): (Fraction(360), Fraction(366)),
    ("month", "week"): (Fraction(4), Fraction(9, 2)),
    ("month", "day"): (Fraction(28), Fraction(31)),
    ("week", "day"): (Fraction(7), Fraction(7)),
}
"""How many of the shorter make one of the longer, as anybody may have counted."""


@dataclass(frozen=True, slots=True)
class _Turned:
    """What turns person-time as printed into that of the unit of its rate: a range to multiply by, and the words."""

    low: Fraction = Fraction(1)
    high: Fraction = Fraction(1)
    words: str = ""


def _turned(context: Context, claim: Estimate) -> _Turned:
    """Return what turns the person-time of a rate into its unit, where the text counts the two in different times."""
    text, per = context.paper.text, length_of(claim.unit or "")
    end = next((end for name, _, end in claim.where.numbers if name == "n"), None)
    found = _TIME_BEHIND.match(normalise(text[end : end + 40]).lower()) if text and end is not None else None
    if found is None or not per or (counted := time_of(found)) == per:
        return _Turned()
    words = f"person-{counted}s counted as person-{per}s"
    if (per, counted) in _LENGTHS:
        low, high = _LENGTHS[per, counted]
        return _Turned(1 / high, 1 / low, words)
    low, high = _LENGTHS[counted, per]
    return _Turned(low, high, words)


_TIME_BEHIND = re.compile(rf" ?-?{TIME}")


def _times(n: Reported, turned: _Turned) -> list[tuple[Fraction, Fraction, str]]:
    """Return the ranges of person-time that a printed number stands for, the plain one first, with their rounding."""
    plain = n.range()
    found = [(Fraction(plain.lower), Fraction(plain.upper), turned.words)]
    zeros = len(n.digits) - len(n.digits.rstrip("0")) if not n.decimals else 0
    if zeros > 1:
        half = Fraction(10**zeros, 2)
        words = f"person-time rounded to {10**zeros:,}"
        found.append((n.value - half, n.value + half, f"{turned.words}, {words}" if turned.words else words))
    return [(low * turned.low, high * turned.high, words) for low, high, words in found if low > 0]


def _judge(claim: Estimate, value: Reported, turned: _Turned) -> tuple[Verdict, Details]:
    assert claim.x is not None and claim.n is not None
    reported, shown, x = (
        printed_numbers(claim, "estimate", "x", "n", "lower", "upper"),
        as_printed(claim),
        claim.x.whole,
    )
    if claim.adjusted:
        return not_checked(shown, "the text calls it adjusted, and events over person-time are crude", reported)
    if x is None or claim.n.is_missing or claim.n.relation != "=" or not (times := _times(claim.n, turned)):
        return not_checked(shown, "events and person-time are not both plain numbers", reported)
    # A per cent is of the person-time itself, whatever unit is said.
    per = 1 if value.unit else per_how_many(claim.unit)
    fitting = [
        (rounding, words, factor)
        for factor in ((per,) if per is not None else _POWERS)
        for rounding in _ROUNDINGS
        for low, high, words in times
        if _overlap(value, rounding, factor * x / high, factor * x / low)
    ]
    if not fitting and per is None:
        return not_checked(shown, "we do not know how much person-time the rate is counted per", reported)
    per = per if per is not None else fitting[0][2]
    middle = claim.n.value * (turned.low + turned.high) / 2
    printed = print_number(per * x / middle, max(value.decimals, 1), value.unit)
    counted = claim.unit or (f"per {per:,}" if per > 1 else "")
    crude = f"{claim.x.text} events in {claim.n.text} of person-time are {printed} {counted}".rstrip()
    recomputed = {"estimate": printed}
    if not fitting:
        crude += f", {turned.words}" if turned.words else ""
        return _off(claim, value, crude, reported, recomputed, per * x / middle)
    rounding, words, _ = fitting[0]
    how = ", ".join(part for part in (crude, words, "" if rounding == "nearest" else f"rounding {rounding}") if part)
    plain = rounding == "nearest" and words in ("", turned.words)
    outside = lies_outside(claim)
    found = None if outside else _interval(claim, x, times, per)
    if found is None:
        verdict = Verdict.REPRODUCED if plain else Verdict.EXPLAINED
        more = f"We did not judge its interval: {OUTSIDE}." if outside else ""
    else:
        verdict, more = found
        verdict = Verdict.EXPLAINED if verdict is Verdict.REPRODUCED and not plain else verdict
    sentence = f"The rate {value.text} is as printed: {how}."
    return verdict, Details(
        sentence=more if verdict is Verdict.STRAINED else sentence,
        more=sentence if verdict is Verdict.STRAINED else more,
        settle="the name of the method" if verdict is Verdict.STRAINED else "",
        reported=reported,
        recomputed=recomputed,
        how=how,
        searched={"methods": tuple(RATE_METHODS)},
        explanations=Explanations.of(
            [] if verdict is Verdict.STRAINED else [Explanation(Words((how,)), Convention(rounding=rounding))]
        ),
    )


def _overlap(number: Reported, rounding: str, low: float | Fraction, high: float | Fraction) -> bool:
    least, most = number.range(rounding).guarded()
    return low <= most and high >= least


def _off(
    claim: Estimate, value: Reported, crude: str, reported: dict[str, str], recomputed: dict[str, str], rate: Fraction
) -> tuple[Verdict, Details]:
    """Say that events and person-time do not print the rate."""
    ratio = float(value.value) / float(rate) if rate else math.inf
    units = [unit for unit in _OTHER_UNITS if unit > 1 and any(abs(ratio * k - 1) < 0.02 for k in (unit, 1 / unit))]
    miss = f"It would be so in a unit {units[0]:,} times as large or as small." if units else ""
    return (Verdict.STRAINED if units else Verdict.INCONSISTENT), Details(
        sentence=f"The printed rate is {value.text}, and {crude}.",
        more="Events of patients with several, a model's rate or person-time of another population may differ.",
        miss=miss,
        settle="the events and the person-time as counted",
        reported=reported,
        recomputed=recomputed,
        searched={"roundings": _ROUNDINGS},
    )


def _interval(
    claim: Estimate, x: int, times: list[tuple[Fraction, Fraction, str]], per: int
) -> tuple[Verdict, str] | None:
    """Return by which method the events print the interval; None where no interval is printed."""
    bounds = both_bounds(claim.interval)
    if bounds is None or claim.interval is None or claim.interval.kind != "confidence":
        return None
    assert claim.value is not None and claim.n is not None
    bounds = bounds[0].with_unit(claim.value.unit), bounds[1].with_unit(claim.value.unit)
    level = level_of(claim.interval)
    shown = f"{bounds[0].text} to {bounds[1].text}"
    for method, words in RATE_METHODS.items():
        limits = rate_limits(x, method, level=level)
        for rounding in _ROUNDINGS[:2]:
            for low, high, _ in times:
                if all(
                    _overlap(bound, rounding, *sorted((per * limit / float(high), per * limit / float(low))))
                    or (bound.value == 0 and limit <= 0)
                    for bound, limit in zip(bounds, limits, strict=True)
                ):
                    plain = method in _ORDINARY and rounding == "nearest"
                    said = f"Its interval {shown} is that of the method: {words}."
                    return (Verdict.REPRODUCED if plain else Verdict.EXPLAINED), said
    decimals, unit = bounds[0].decimals, claim.value.unit
    middle = float(times[0][0] + times[0][1]) / 2
    exact = [print_number(per * limit / middle, decimals, unit) for limit in rate_limits(x, level=level)]
    told = f"No method we know prints the interval {shown} from {x} events; exact Poisson gives {' to '.join(exact)}."
    wide = _widening(claim, x, bounds, level)
    if wide is not None and wide > 1:
        return Verdict.EXPLAINED, (
            f"Its interval {shown} is {wide:.2f} times as wide as {x} events give on the log scale, as with a robust "
            "variance, clusters or a negative-binomial model."
        )
    return Verdict.STRAINED, told


def _widening(claim: Estimate, x: int, bounds: tuple[Reported, Reported], level: float) -> float | None:
    """Return how much wider an interval is than that of the log of a count; None where it is not about its estimate."""
    assert claim.value is not None
    numbers = [float(one.value) for one in (bounds[0], claim.value, bounds[1])]
    if min(numbers) <= 0 or x < 1:
        return None
    low, middle, high = map(math.log, numbers)
    rounding = sum(float(one.step) / 2 / float(one.value) for one in (*bounds, claim.value, claim.value))
    if abs(low + high - 2 * middle) > rounding + 0.1 * (high - low):
        return None
    return (high - low) / (2 * critical(level)) * math.sqrt(x)


CHECK = Check(
    "TS240",
    "a rate is its events over their person-time",
    _run,
    assumes=("events counted once each", "person-time of the same patients"),
    about=frozenset({"rate", "count", "size"}),
    rests_on=frozenset({"measure", "value", "x", "n"}),
    settled_by="the events and the person-time behind the rate",
    serves=("INSPECT-SR 4.9",),
)
