"""What the inverse searches share: printed arguments made into exact ranges, and costs added up."""

from __future__ import annotations

import math
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from numbers import Integral
from typing import Any

from trialstats.catalogue import Catalogue, Convention
from trialstats.errors import InputError
from trialstats.explanations import Block, Explanation, Search
from trialstats.intervals.interval import check_level
from trialstats.press import print_number
from trialstats.reported import Reported, read_level


def as_reported(number: str | Reported | None, unit: str = "") -> Reported | None:
    """Return a printed number from text, with its estimate's unit where it has none."""
    if number is None:
        return None
    return (number if isinstance(number, Reported) else Reported(number)).with_unit(unit)


def as_level(level: str | float | Reported | None) -> float:
    """Return a confidence level as a number, from ``"95%"``, ``0.95`` or None for the usual 95 %."""
    if level is None:
        return 0.95
    if not isinstance(level, (str, Reported)):
        return check_level(level)
    value = read_level(level if isinstance(level, Reported) else Reported(level))
    if value is None:
        raise InputError(f"level must lie strictly between 0 and 1 or be text such as '95%', got {level!r}.")
    return value


@dataclass(frozen=True, slots=True)
class PrintedInterval:
    """An estimate and its bounds as printed; any may be absent."""

    estimate: Reported | None
    lower: Reported | None
    upper: Reported | None

    @classmethod
    def of(
        cls, estimate: str | Reported | None, interval: Sequence[str | Reported | None] | None, what: str
    ) -> PrintedInterval:
        """Read an estimate and a pair of bounds; a bound without a per cent sign takes its estimate's.

        Refused are an interval that is no pair, and nothing at all.
        """
        value = as_reported(estimate)
        unit = value.unit if value is not None else ""
        if interval is None:
            lower = upper = None
        elif isinstance(interval, str) or len(interval) != 2:
            raise InputError(f"The interval of {what} must be a pair of printed numbers, got {interval!r}.")
        else:
            lower, upper = (as_reported(bound, unit) for bound in interval)
        if value is None and lower is None and upper is None:
            raise InputError(f"Nothing to explain: give the printed estimate of {what}, its interval, or both.")
        return cls(value, lower, upper)

    @property
    def parts(self) -> tuple[tuple[str, Reported], ...]:
        """The numbers that are printed, with their names."""
        pairs = (("estimate", self.estimate), ("lower", self.lower), ("upper", self.upper))
        return tuple((name, number) for name, number in pairs if number is not None)

    def neighbours(self) -> Iterator[PrintedInterval]:
        """Yield every copy in which exactly one digit of one number is changed."""
        for name, number in self.parts:
            for changed in digit_neighbours(number):
                values = {part: (changed if part == name else old) for part, old in self.parts}
                yield PrintedInterval(values.get("estimate"), values.get("lower"), values.get("upper"))


def digit_neighbours(number: Reported) -> Iterator[Reported]:
    """Yield the printed numbers that differ from this one in exactly one digit."""
    relation = "" if number.relation == "=" else number.relation
    for place, digit in enumerate(number.digits):
        if digit.isdigit():
            for other in "0123456789":
                if other != digit:
                    changed = number.digits[:place] + other + number.digits[place + 1 :]
                    yield Reported(f"{relation}{changed}{number.unit}")


def one_minus(number: Reported) -> Reported:
    """Return 1 less a printed number, with as many decimals: what a ratio is to its reduction.

    Examples
    --------
    >>> one_minus(Reported("94.1%")).text, one_minus(Reported("-0.30")).text, one_minus(Reported("<5%")).text
    ('5.9%', '1.30', '>95%')
    """
    if number.is_missing:
        return number
    relation = {"=": "", "<": ">", ">": "<", "<=": ">=", ">=": "<="}[number.relation]
    return Reported(f"{relation}{print_number(1 - number.value, number.decimals, number.unit)}")


def check_whole(name: str, count: Any) -> None:
    """Refuse a count that is given but is no whole number."""
    if count is not None and (isinstance(count, bool) or not isinstance(count, Integral)):
        raise InputError(f"{name} must be a whole number such as 32, got {count!r}.")


def total_cost(catalogue: Catalogue, *parts: tuple[str, str]) -> tuple[float, bool]:
    """Return the bits of a convention's parts together, and whether each is ordinary within its kind."""
    # Summed exactly, so that what is made of the same parts costs the same to the last bit.
    return (
        math.fsum(catalogue.cost(kind, name) for kind, name in parts),
        all(catalogue.is_ordinary(kind, name) for kind, name in parts),
    )


def priced(catalogue: Catalogue, *parts: tuple[str, str], **said: Any) -> Convention:
    """Return the convention that some parts of the catalogue make, with their bits."""
    cost, ordinary = total_cost(catalogue, *parts)
    return Convention(**said, cost=cost, ordinary=ordinary)


@dataclass(frozen=True)
class PrintedSearch(Search):
    """The search for what prints one estimate with its interval."""

    printed: PrintedInterval

    @abstractmethod
    def cheapest(self, at_most: float = math.inf) -> Block | Explanation | None:
        """Return the first explanation, or block of some, that costs no more than ``at_most``."""

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours that have an explanation of no higher cost."""
        best = self.cheapest()
        if best is None:
            return None
        others = [replace(self, printed=neighbour) for neighbour in self.printed.neighbours()]
        return share(other.cheapest(best.cost) is not None for other in others)


def share(verdicts: Iterable[bool]) -> float | None:
    """Return the share of verdicts that are true; None where there are none."""
    found = list(verdicts)
    return sum(found) / len(found) if found else None
