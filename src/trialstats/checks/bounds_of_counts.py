"""Whether the counts of two arms print a difference in full, or its bounds alone, or by exact unconditional limits."""

from __future__ import annotations

from fractions import Fraction

from trialstats.catalogue.words import method_words
from trialstats.checks.order import is_outside
from trialstats.claims.model import Estimate
from trialstats.search.printed import PrintedInterval
from trialstats.wording import as_percent

Table = tuple[int, int, int, int, str]
"""Events and patients of the first arm, then of the second, and the class of their denominators."""


def prints_crude(printed: PrintedInterval, tables: list[Table]) -> bool:
    """Return whether an estimate inside its interval is the difference of the printed counts, in points or per cent."""
    if len(tables) != 1 or tables[0][4] != "stated" or printed.estimate is None or is_outside(printed):
        return False
    a, b, c, d, _ = tables[0]
    values, crude = printed.estimate.range(), Fraction(a, b) - Fraction(c, d)
    return crude in values or 100 * crude in values


UNITS_ROUNDED = 2
"""Units of the last digit between a difference and that of its counts, which rounding on the way explains."""


def bounds_alone(claim: Estimate, printed: PrintedInterval, level: float, tables: list[Table]) -> str | None:
    """Return the method by which the printed counts give both bounds, where their difference is not the one printed."""
    if len(tables) != 1 or tables[0][4] != "stated" or claim.adjusted or prints_crude(printed, tables):
        return None
    from trialstats.intervals.two_sample import DIFFERENCE_METHODS, difference_interval

    bounds, table = (printed.lower, printed.upper), tables[0][:4]
    crude = Fraction(table[0], table[1]) - Fraction(table[2], table[3])
    if printed.estimate is None or abs(printed.estimate.value - crude) <= UNITS_ROUNDED * printed.estimate.step:
        return None  # of percentages that were rounded before, or of strata that weigh next to nothing
    if any(bound is None or bound.is_missing or not bound.decimals for bound in bounds):
        return None
    for method in DIFFERENCE_METHODS:
        limits = difference_interval(*table, level=level, method=method)
        ends = float(limits.lower), float(limits.upper)
        if all(bound is not None and bound.range().admits(end) for bound, end in zip(bounds, ends, strict=True)):
            return method_words(method)
    return None


def exactly(printed: PrintedInterval, tables: list[Table], level: float) -> str | None:
    """Return the exact unconditional limits of the printed counts, where they are those printed."""
    if not prints_crude(printed, tables):
        return None
    from trialstats.intervals.two_sample.unconditional import MOST_PATIENTS, exact_difference

    x1, n1, x2, n2, _ = tables[0]
    if max(n1, n2) > MOST_PATIENTS:
        return None
    unit = 1 if printed.estimate is not None and printed.estimate.unit else 100
    limits = exact_difference((x1, n1, x2, n2), level)
    bounds = printed.lower, printed.upper
    fits = all(
        bound is not None and bound.range().admits(unit * limit) for bound, limit in zip(bounds, limits, strict=True)
    )
    return f"{as_percent(limits[0])} to {as_percent(limits[1])}" if fits else None


def as_percentages(claim: Estimate, printed: PrintedInterval) -> PrintedInterval:
    """Return a difference in percentage points as one in per cent, so that counts print it."""
    if claim.unit is None or not claim.unit.startswith("percent") or (printed.estimate and printed.estimate.unit):
        return printed
    return PrintedInterval(**{name: number.with_unit("%") for name, number in printed.parts})


def crude_words(tables: list[Table]) -> str:
    """Say what the counts of the tables differ by; empty if there are none."""
    if not tables:
        return ""
    differences = [a / b - c / d for a, b, c, d, _ in tables]
    low, high = min(differences), max(differences)
    span = as_percent(low) + (f" to {as_percent(high)}" if high > low else "")
    return f"The crude difference of the printed proportions is {span}"
