"""The number of patients that all counts of one list are of: the counts of one arm in one sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import ceil, floor

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate, Paper
from trialstats.claims.trust import bits, knows_arm
from trialstats.reported import Reported

NUMBER = r"(\d{1,3}(?:[ ,\u00a0\u2002-\u200a\u202f]?\d{3})*)(?![\d%]|[.,·]\d)"
_ANY = re.compile(
    rf"(?<![\d.,·-]){NUMBER}(?! ?%)(?! ?(?:Gy|[mk]?g|[µμu]g|mcg|kg|ml|mL|mm|cm|IU|hours?|h|min|minutes?)\b)"
)
"""A whole number, but for a dose or the like."""
_REACH = 1_500
"""Characters about a count in which the others of its sentence are looked for."""
BITS_BESIDE = 4.5
"""The bits that are enough in the same sentence, where a total is printed with a count of it or is the arm's."""
_UNITS = Fraction(3, 2)
"""Half a unit of the last digit is rounding; one more is a slip of one unit, or another way of rounding."""
_UNITS_OF_LIST = Fraction(1)
"""Where a list of one arm bears its number out: farther no way of rounding leads."""
_ASSESSED = 0.8
"""The least share of an arm's patients that its only count may be of."""
_LONG, _BITS_OF_LONG = 3, 7.0
"""The counts, and their bits, of which only a number right before the list may be another total."""


@dataclass(frozen=True, slots=True)
class Home:
    """A number of patients and what bears it out."""

    n: int
    fitting: int
    """How many other counts near the claim bear it out."""
    of_others: int = 0
    """How many of these are the other arms', at their own sizes; it prints the percentages of the rest."""


@dataclass(frozen=True, slots=True)
class _Others:
    """The counts in the sentence of a count."""

    same: list[Estimate]
    """Of its own arm."""
    partners: list[Estimate]
    """Of other arms, to be held against their own sizes."""


def beyond_list(context: Context, claim: Estimate) -> Home | None:
    """Return the total of the list that a count stands in, if it does not print this one; None if it may print it.

    All other counts of the list are of that total. Then patients who could not be evaluated are no reason for this
    one alone (docs/decisions/0024), but another total may be printed, and by one unit of its last digit a percentage
    may differ.
    """
    x, value = claim.x.whole if claim.x is not None else None, claim.value
    if not x or value is None or claim.n is not None:
        return None
    others = _others(context, claim)
    homes = list(_homes(context, claim, others))
    sure = len(others.same) >= _LONG and sum(map(bits, others.same)) >= _BITS_OF_LONG
    least, most = sizes_near(x, value, _UNITS_OF_LIST if sure else _UNITS)
    if not homes or any(x > home.n or meets(least, most, home.n, home.n) for home in homes):
        return None
    home = max(homes, key=lambda one: (one.fitting, -one.n))
    if not (others.same or _are_assessed(context, claim, home)) and meets(
        least, most, ceil(_ASSESSED * home.n), home.n
    ):
        return None  # the counts of the other arm do not tell how many of this one could be evaluated
    return None if _another_total(context, claim, others, home) else home


def _are_assessed(context: Context, claim: Estimate, home: Home) -> bool:
    """Whether the text says of an arm's number that they were analysed."""
    arm = context.paper.arm(claim.arms[0]) if claim.arms else None
    return arm is not None and any(name in _ANALYSED and size.value.whole == home.n for name, size in arm.of.items())


_ANALYSED = frozenset({"analysed", "evaluable", "completed"})


def _others(context: Context, claim: Estimate) -> _Others:
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return _Others([], [])
    begin, end = sentence_of(text, start)
    about = [
        one for one in context.near(start, _REACH)
        if one is not claim and is_count(one) and begin <= (one.where.start or 0) < end
    ]  # fmt: skip
    own = _arms(context, claim)
    # Counts given to two arms by their order alone: whose they are is guessed, that they are of both is not.
    known = knows_arm(context.paper, claim)
    apart = [one for one in about if len(own) == 1 == len(one.arms) and one.arms != own and one.n is None]
    return _Others(
        [one for one in about if _arms(context, one) == own],
        [one for one in apart if knows_arm(context.paper, one) is known],
    )


def _arms(context: Context, claim: Estimate) -> tuple[str, ...]:
    """Return the arms of a count; none where the count is an arm itself, a share of all patients."""
    x = claim.x.whole if claim.x is not None else None
    arm = context.paper.arm(claim.arms[0]) if len(claim.arms) == 1 else None
    return () if arm is not None and any(size.value.whole == x for size in arm.of.values()) else claim.arms


def _homes(context: Context, claim: Estimate, others: _Others) -> Iterator[Home]:
    """Yield the numbers of patients of which every other count of the list is, as far as they say enough."""
    arms = _arms(context, claim)
    own = set(context.sizes(claim)) if arms else set()
    beside = {n for one in others.same if one.n is not None and (n := one.n.whole)}
    named = bool(arms) and knows_arm(context.paper, claim)
    for n in own | beside | of_all(context):
        # A count with another total beside it says nothing of this one.
        asked = [one for one in others.same if one.n is None or one.n.whole == n]
        if not all(prints(one, n) for one in asked):
            continue
        partners = others.partners if n in own else []
        if partners and not all(_at_own_size(context, one) for one in partners):
            partners = []
        told = sum(map(bits, [*asked, *partners]))
        if (asked or partners) and (told >= BITS_BESIDE or (named and n in beside)):
            yield Home(n, len(asked) + len(partners), len(partners))


def _at_own_size(context: Context, one: Estimate) -> bool:
    return any(prints(one, n) for n in context.sizes(one))


def _another_total(context: Context, claim: Estimate, others: _Others, home: Home) -> bool:
    """Whether a number of the text, or a sum of sizes, may be another total that prints a count, rounded or cut off.

    For a long list it stands right before the count or behind it: its other items are not of that total.
    """
    assert claim.x is not None and claim.value is not None
    x, value, text = claim.x.whole or 0, claim.value, context.paper.text or ""
    high, low = value.value + value.step, value.value - value.step / 2
    least, most = floor(x / high) + 1, floor(x / low) if low > 0 else None
    if any(meets(least, most, n, n) for n in _sizes(context.paper)):
        return True
    asked = [one for one in others.same if one.n is None or one.n.whole == home.n]
    if len(asked) >= _LONG and sum(map(bits, asked)) >= _BITS_OF_LONG:
        often = Counter(_numbers(text[slice(*_item(text, claim, others))]))
    else:
        often = _all_numbers(text)
    return any(meets(least, most, n, n) for n in often if n != x or often[n] > 1)


def _item(text: str, claim: Estimate, others: _Others) -> tuple[int, int]:
    """Return where the words of one item of a list begin and end: between the counts on either side, in its sentence.

    With the count before it: its total may follow, and be that of the next items.
    """
    start = claim.where.start or 0
    begin, end = sentence_of(text, start)
    starts = sorted(one.where.start or 0 for one in (*others.same, *others.partners))
    before = [at for at in starts if begin <= at < start]
    behind = [at for at in starts if start < at < end]
    return before[-1] if before else begin, behind[0] if behind else end


@lru_cache(maxsize=4)
def _all_numbers(text: str) -> Counter[int]:
    return Counter(_numbers(text))


def largest_number(context: Context) -> int:
    """Return the largest whole number that a text prints; 1 if none."""
    return max(_all_numbers(context.paper.text or ""), default=1)


def numbers_of(context: Context) -> frozenset[int]:
    """Return the whole numbers that a text prints, and those of its patients: of all, of each arm, of two together."""
    return frozenset(_all_numbers(context.paper.text or "")) | _sizes(context.paper)


def _numbers(text: str) -> Iterable[int]:
    return (int(re.sub(r"\D", "", found[1])) for found in _ANY.finditer(text))


def _sizes(paper: Paper) -> set[int]:
    """Return the numbers of patients of all, of each arm, and of two arms together."""
    arms = [{n for size in arm.of.values() if (n := size.value.whole)} for arm in paper.arms]
    together = {a + b for first, second in combinations(arms, 2) for a in first for b in second}
    whole = {n for name, size in paper.of.items() if name != "clusters" and (n := size.value.whole)}
    return whole | together | {n for sizes in arms for n in sizes}


def of_all(context: Context) -> set[int]:
    """Return the numbers of all patients: printed, or the sum of all arms."""
    paper = context.paper
    totals = {n for name, size in paper.of.items() if name != "clusters" and (n := size.value.whole)}
    arms = [{n for size in arm.of.values() if (n := size.value.whole)} for arm in paper.arms]
    if len(arms) == 2:
        totals |= {first + second for first in arms[0] for second in arms[1]}
    return totals


def sizes_near(x: int, value: Reported, units: Fraction = Fraction(1)) -> tuple[int, int | None]:
    """Return the least and greatest number of which a count is a percentage, to within some units of its last digit.

    The least is above the greatest where there is none.
    """
    low, high = value.value - units * value.step, value.value + units * value.step
    return ceil(x / high), floor(x / low) if low > 0 else None


def meets(least: int, most: int | None, low: int, high: int) -> bool:
    """Return whether two ranges of numbers meet; ``most`` None: the first has no end."""
    return least <= high and (most is None or low <= most)


def in_one_sentence(context: Context, claim: Estimate, one: Estimate) -> bool:
    """Return whether two claims stand in one sentence."""
    text, here, there = context.paper.text or "", claim.where.start or 0, one.where.start or 0
    return ". " not in text[min(here, there) : max(here, there)]


def is_count(one: Estimate) -> bool:
    """Return whether a claim is a count with its percentage."""
    return (
        one.measure == "proportion"
        and one.x is not None
        and bool(one.x.whole)
        and one.value is not None
        and (one.value.unit == "%" and one.value.relation == "=" and one.interval is None)
    )


def prints(one: Estimate, n: int) -> bool:
    """Return whether a count of n patients is the printed percentage, plainly rounded."""
    assert one.x is not None and one.value is not None
    x, (low, high) = one.x.whole, one.value.float_range()
    assert x is not None
    if not low - _NOISE <= x / n <= high + _NOISE:
        return False
    return Fraction(x, n) in one.value.range()


_NOISE = 1e-9
"""Nearer than this to an end of a range fractions decide."""
