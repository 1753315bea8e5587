"""What one of two compared arms prints: a percentage, a count, and the numbers of patients that they may be of."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.reported import Reported
from trialstats.search.counts.ranges import Allowed, allow


@dataclass(frozen=True)
class ArmNumbers:
    """What one arm prints: a percentage, a count, both."""

    percent: Reported | None
    x: int | None
    sizes: Mapping[int, str]
    exact: bool
    """Whether count and denominator are printed together."""
    bounds: tuple[int, int] | None = None
    """The smallest and largest denominator of which the count is the percentage, where both are printed."""

    @property
    def shown(self) -> str:
        """The numbers as prose has them."""
        if self.exact:
            return f"{self.x} of {max(self.sizes)}"
        words = "" if self.percent is None else self.percent.text
        return words if self.x is None else f"{self.x} ({words})" if words else f"{self.x}"

    @property
    def allowed(self) -> Allowed:
        """The denominators to search."""
        if self.bounds is not None:
            low, high = self.bounds
            own = {name: [n for n, of in self.sizes.items() if of == name and low <= n <= high]
                   for name in ("stated", "derived")}  # fmt: skip
            own["near"] = [n for n in range(high, low - 1, -1) if n not in self.sizes]
            return Allowed({name: sizes for name, sizes in own.items() if sizes})
        found = allow(self.sizes, max(self.sizes))
        return found.only("stated") if self.exact else found.only("stated", "derived", "near")

    @property
    def searched(self) -> str:
        """The denominators in words."""
        sizes = [n for n in self.sizes if self.bounds is None or self.bounds[0] <= n <= self.bounds[1]]
        if sizes or self.bounds is None:
            return "/".join(map(str, sizes))
        low, high = self.bounds
        return str(low) if low == high else f"{low} to {high}"


def arm_numbers(context: Context, one: Estimate) -> ArmNumbers | None:
    """Return what an arm's result prints; None where it is no percentage and no count of its patients."""
    value = one.value
    if one.measure not in ("proportion", "count") or (value is None and one.x is None):
        return None
    if value is not None and (value.is_missing or value.relation != "="):
        return None
    percent = value if one.measure == "proportion" else None
    printed = one.x or (None if percent is not None else value)
    x = None if printed is None or printed.relation != "=" else printed.whole
    n = None if one.n is None or "n" in one.inferred else one.n.whole
    if percent is None and x is None:
        return None
    if x is not None and n and x <= n:
        return ArmNumbers(None, x, {n: "stated"}, exact=True)
    of_so_many = context.paper.text is None or _OF_SO_MANY.search(one.where.quote or "") is not None
    if percent is not None and x is None and n and of_so_many:
        return ArmNumbers(percent, None, {n: "stated"}, exact=False, bounds=(n, n))
    sizes = {size: name for size, name in context.sizes(one).items() if x is None or x <= size}
    if percent is None and sizes.get(x or 0) == "stated":
        return None  # "in the zinc group (96 patients)": its size, and no result
    bounds = None if percent is None or not x else _bounds(x, percent)
    if bounds and _AS_SIZE.search(one.where.quote or "") and not any(bounds[0] <= n <= bounds[1] for n in sizes):
        bounds = None  # "62% (n = 114)" may be 62% of 114
    return ArmNumbers(percent, x, sizes, False, bounds)


_OF_SO_MANY = re.compile(r"% of (?:the |all |these )?[0-9]")
"""A percentage that is said to be of so many, and of no fewer: "12% of the 45 boys"; so is one with n in its row."""
_AS_SIZE = re.compile(r"\bn ?= ?[0-9]")


def _bounds(x: int, percent: Reported) -> tuple[int, int] | None:
    """Return between which denominators a count is a percentage, rounded or cut off; None where they leave much room.

    Examples
    --------
    >>> _bounds(22, Reported("50%"))
    (44, 44)
    """
    share, step = float(percent.value), float(percent.step)
    if not step < share <= 1:
        return None
    low, high = max(math.ceil(x / (share + step)), x), math.floor(x / (share - step / 2))
    return (low, high) if low <= high <= _MOST * low else None


_MOST = 1.25
