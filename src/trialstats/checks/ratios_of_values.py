"""The ratios that the values of two arms may stand for, and how far a printed one lies from them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from trialstats.checks.arm_values import SHARES, Pair, values_of
from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.reported import Range, Span


@dataclass(frozen=True, slots=True)
class Way:
    """A ratio that the values of both arms give."""

    words: str
    span: Span
    ordinary: bool
    rare: bool = False
    """Whether it is meant only if it gives just what is printed."""
    turned: bool = False
    """Whether it is that of the second value over the first, as nothing says which comes first."""

    def gap(self, printed: Span) -> float:
        """Return how far the log of the printed ratio lies outside, 0 if not."""
        low, high = printed
        if low <= 0:
            return 0.0 if high >= self.span[0] else math.log(self.span[0] / high) if high > 0 else math.inf
        return max(math.log(self.span[0] / high), math.log(low / self.span[1]), 0.0)


def ways_of(
    measure: str, first: Range, second: Range, *, shares: bool, ordered: bool, events: bool = False
) -> list[Way]:
    """Return every ratio that two values may stand for, the plain one first; of survivors unless these are events."""
    a, b = _floats(first), _floats(second)
    if a[0] <= 0 or b[0] <= 0:
        return []
    risk = Way("", (a[0] / b[1], a[1] / b[0]), ordinary=True)
    if not shares:
        return [risk, _turned(risk, ordered)]
    no, yes = (1 - a[1], 1 - a[0]), (1 - b[1], 1 - b[0])
    if no[0] <= 0 or yes[0] <= 0:
        return [risk, _turned(risk, ordered)] if measure != "odds-ratio" else []
    odds = Way("", (a[0] / no[1] / (b[1] / yes[0]), a[1] / no[0] / (b[0] / yes[1])), ordinary=True)
    opposite = Way("of the patients without the event", (no[0] / yes[1], no[1] / yes[0]), ordinary=False, rare=True)
    if measure == "odds-ratio":
        return [odds, _turned(odds, ordered)]
    found = [risk, _turned(risk, ordered)]
    if measure == "hazard-ratio" and events:
        ways: tuple[tuple[Span, Span], ...] = ((a, b),)
    else:
        found += [opposite, _turned(opposite, ordered=False)]
        ways = ((a, b), (no, yes))
    if measure == "hazard-ratio":
        for way in ways:
            rates = [tuple(-math.log1p(-end) if end < 1 else math.inf for end in one) for one in way]
            if all(low > 0 and high < math.inf for low, high in rates):
                cumulative = Way("of the cumulative hazards",
                                  (rates[0][0] / rates[1][1], rates[0][1] / rates[1][0]), ordinary=False)  # fmt: skip
                found += [cumulative, _turned(cumulative, ordered)]
    return found


def _turned(way: Way, ordered: bool) -> Way:
    words = f"{way.words} {TURNED}".strip() if ordered else way.words
    return Way(words, (1 / way.span[1], 1 / way.span[0]), way.ordinary and not ordered, way.rare, not ordered)


def as_said(claim: Estimate, said: bool, ways: list[Way]) -> list[Way]:
    """Leave out the ratios turned round where the words of one say which arm it puts first.

    An odds ratio turned round is also that of the patients without the event.
    """
    if not said or claim.measure == "odds-ratio":
        return ways
    return [way for way in ways if not way.words.endswith(TURNED)]


TURNED = "with the arms turned round"


def _floats(values: Range) -> Span:
    return float(values.lower), float(values.upper)


def printed_ratio(claim: Estimate) -> Span | None:
    """Return the range of the printed ratio; of a reduction, of one less it."""
    assert claim.value is not None
    if claim.measure != "relative-reduction":
        return _floats(claim.value.range())
    low, high = _floats(claim.value.with_unit("%").range())
    low, high = min(abs(low), abs(high)), max(abs(low), abs(high))
    return (1 - high, 1 - low) if high < 1 else None


def fits_values(context: Context, claim: Estimate, pair: Pair) -> bool:
    """Whether a ratio is, within rounding, that of two values or of these turned round."""
    values = None if claim.value is None or claim.value.is_missing else values_of(context, pair)
    printed = None if values is None or claim.value is None or claim.value.relation != "=" else printed_ratio(claim)
    if values is None or printed is None or printed[1] <= 0:
        return False
    ways = ways_of(claim.measure, *values, shares=pair.first.measure in SHARES, ordered=pair.ordered)[:2]
    return any(not way.gap(printed) for way in ways)
