"""An estimate at the centre of its interval on the natural scale: estimate ± z SE."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.catalogue import Catalogue
from trialstats.explanations import Block, Explanation, Search, Symmetric
from trialstats.reported import slack
from trialstats.search.printed import PrintedInterval, priced
from trialstats.search.ratios.polygon import ratio_region


@dataclass(frozen=True)
class CentredSearch(Search):
    """The search for estimate and standard error behind a mean, a difference or a coefficient with its interval."""

    printed: PrintedInterval
    """Estimate and both bounds."""
    level: float
    catalogue: Catalogue

    def found(self) -> Iterator[Explanation]:
        """Yield the explanations, one a rounding rule, cheapest first."""
        for rounding in self.catalogue.names("rounding"):
            if is_symmetric(self.printed, self.level, rounding):
                region = ratio_region(self.printed, scale="identity", level=self.level, rounding=rounding)
                convention = priced(self.catalogue, ("rounding", rounding), rounding=rounding, scale="identity")
                yield Explanation(Symmetric(region.centre, region.se), convention)

    def cheapest(self) -> Explanation | None:
        """Return the first explanation: all that a verdict needs."""
        return next(self.found(), None)

    def blocks(self) -> Iterator[Block]:
        """Yield the explanations in blocks of one."""
        return map(Block.single, self.found())


def is_symmetric(printed: PrintedInterval, level: float, rounding: str) -> bool:
    """Return whether an estimate and both bounds can be estimate ± z SE on the natural scale.

    Floats decide unless the estimate's range touches that of the middle, or bounds are out of order; then the polygon.
    """
    assert printed.estimate is not None and printed.lower is not None and printed.upper is not None
    (e0, e1), (l0, l1), (u0, u1) = (
        number.float_range(rounding) for number in (printed.estimate, printed.lower, printed.upper)
    )
    below, above = e1 - (l0 + u0) / 2, (l1 + u1) / 2 - e0
    near = 100 * slack(max(abs(e0), abs(e1), abs(l0), abs(u1)))
    if l1 < u0 and abs(below) > near and abs(above) > near:
        return below > 0 and above > 0
    return bool(ratio_region(printed, scale="identity", level=level, rounding=rounding))
