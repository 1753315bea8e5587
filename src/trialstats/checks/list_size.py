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
from trialstats.claims.model import Estimate, Paper
from trialstats.claims.trust import bits, knows_arm, sizes_agree
from trialstats.reported import Reported

NUMBER = r"(\d{1,3}(?:[ ,\u2009\u00a0]?\d{3})*)(?![\d%]|[.,·]\d)"
_ANY = re.compile(rf"(?<![\d.,·-]){NUMBER}(?! ?%)")
_REACH = 1_500
"""Characters about a count in which the others of its sentence are looked for."""
BITS_BESIDE = 4.5
"""The bits that are enough in the same sentence, where a total is printed with a count of it or is the arm's."""
_UNITS = Fraction(3, 2)
"""Half a unit of the last digit is rounding; one more is a slip of one unit, or another way of rounding."""
_LONG, _BITS_OF_LONG = 3, 7.0
"""The counts, and their bits, of which only a number right before the list may be another total."""


@dataclass(frozen=True, slots=True)
class Home:
    """A number of patients and what bears it out."""

    n: int
    fitting: int
    """How many other counts near the claim it prints the percentages of."""


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
    one alone (of some 500 such counts in 2,000 abstracts and 164 articles none was of fewer patients by their text),
    but another total may be printed, and by one unit of its last digit a percentage may differ.
    """
    x, value = claim.x.whole if claim.x is not None else None, claim.value
    if not x or value is None or claim.n is not None:
        return None
    others = _others(context, claim)
    homes = list(_homes(context, claim, others))
    least, most = sizes_near(x, value, _UNITS)
    if not homes or any(x > home.n or meets(least, most, home.n, home.n) for home in homes):
        return None
    home = max(homes, key=lambda one: (one.fitting, -one.n))
    return None if _another_total(context, claim, others, home, least, most) else home


def _others(context: Context, claim: Estimate) -> _Others:
    start = claim.where.start
    if start is None:
        return _Others([], [])
    about = [
        one for one in context.near(start, _REACH)
        if one is not claim and is_count(one) and in_one_sentence(context, claim, one)
    ]  # fmt: skip
    known = len(claim.arms) == 1 and sizes_agree(context.paper) and knows_arm(context.paper, claim)
    apart = [one for one in about if known and len(one.arms) == 1 and one.arms != claim.arms and one.n is None]
    return _Others(
        [one for one in about if one.arms == claim.arms], [one for one in apart if knows_arm(context.paper, one)]
    )


def _homes(context: Context, claim: Estimate, others: _Others) -> Iterator[Home]:
    """Yield the numbers of patients of which every other count of the list is, as far as they say enough."""
    paper = context.paper
    own = set(context.sizes(claim)) if claim.arms else set()
    beside = {n for one in others.same if one.n is not None and (n := one.n.whole)}
    named = knows_arm(paper, claim)
    for n in own | beside | of_all(context):
        # A count with another total beside it says nothing of this one.
        asked = [one for one in others.same if one.n is None or one.n.whole == n]
        if not all(prints(one, n) for one in asked):
            continue
        told = sum(map(bits, asked))
        if asked and (told >= BITS_BESIDE or (named and n in beside)):
            yield Home(n, len(asked))
        elif n in own and others.partners and all(_at_own_size(context, one) for one in others.partners):
            yield Home(n, len(asked) + len(others.partners))


def _at_own_size(context: Context, one: Estimate) -> bool:
    return any(prints(one, n) for n in context.sizes(one))


def _another_total(
    context: Context, claim: Estimate, others: _Others, home: Home, least: int, most: int | None
) -> bool:
    """Whether a number of the text, or a sum of sizes, may be another total that prints a count.

    In a long list it stands before it, in the last two sentences.
    """
    if any(meets(least, most, n, n) for n in _sizes(context.paper)):
        return True
    text, start = context.paper.text or "", claim.where.start or 0
    asked = [one for one in others.same if one.n is None or one.n.whole == home.n]
    if len(asked) >= _LONG and sum(map(bits, asked)) >= _BITS_OF_LONG:
        begin = start
        for _ in range(_SENTENCES):
            begin = max(text.rfind(". ", 0, begin), text.rfind("\n", 0, begin), 0)
        return any(meets(least, most, n, n) for n in _numbers(text[begin:start]))
    own = claim.x.whole if claim.x is not None else None
    often = _all_numbers(text)
    return any(meets(least, most, n, n) for n in often if n != own or often[n] > 1)


_SENTENCES = 3


@lru_cache(maxsize=4)
def _all_numbers(text: str) -> Counter[int]:
    return Counter(_numbers(text))


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
    between = text[min(here, there) : max(here, there)]
    return ". " not in between and "\n" not in between


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
    assert one.x is not None and one.x.whole is not None and one.value is not None
    return Fraction(one.x.whole, n) in one.value.range()
