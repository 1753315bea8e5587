"""A value of each of two arms, and whether two values may be those of two arms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.claims.trust import in_cells, sizes_agree
from trialstats.reported import Range

SHARE = "share"
"""Stands for what is printed of a share: a percentage, or a number of patients out of so many."""
SHARES = frozenset({"proportion", "count"})
_WORD = re.compile(r"[a-z]{4,}")
_AGAIN = re.compile(
    r"events|episodes|admissions|exacerbations|falls|infections|hospitali[sz]ations|visits|attacks|seizures|bleeds|days|total",
    re.IGNORECASE,
)
"""What one patient may have several times, so that a count of it is none of patients."""
_STEM = 5
"""Letters that readmitted and readmission share."""
_A_SEX = re.compile(
    r"[)\]%]*,? (?:of|in|among|for)(?: the)? (?:[0-9,]+ )?"
    r"(?:wom[ae]n|men|girls|boys|females?|males?|smokers|non-?smokers)\b"
)


@dataclass(frozen=True, slots=True)
class Pair:
    """One value of each arm, the arm first that the effect puts first where that is known."""

    first: Estimate
    second: Estimate
    ordered: bool
    """Whether the document says which arm the effect puts first; a text seldom does."""
    together: bool = True
    """Whether they are known to be the effect's own: listed so by a person, or said in one stretch."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of both; none where they are no claims, but numbers of the effect's sentence."""
        return tuple(one.id for one in (self.first, self.second) if one.id)


def listed_pair(context: Context, effect: Estimate, values: tuple[Estimate, Estimate]) -> Pair:
    """Return the values of an effect's arms that are typed or stand in cells; a table seldom says which comes first."""
    return Pair(*values, ordered=effect.order_said or (bool(effect.arms) and not in_cells(context.paper)))


def is_share(context: Context, one: Estimate) -> bool:
    """Whether a value is a share of patients: a percentage, or a count whose total is known."""
    return one.measure == "proportion" or (one.measure == "count" and share_of(context, one) is not None)


def one_outcome(effect: Estimate, value: Estimate) -> bool:
    """Whether the words for two outcomes share one, or one of them has none."""
    own, other = outcome_stems(effect), outcome_stems(value)
    return not own or not other or bool(own & other)


def outcome_stems(one: Estimate) -> set[str]:
    """Return how the words for an outcome begin."""
    return {word[:_STEM] for word in _WORD.findall((one.outcome or "").lower())}


def of_a_sex(text: str, one: Estimate) -> bool:
    """Whether a value is that of men or women, and of no arm."""
    return not known_arms(one) and _A_SEX.match(text, one.where.end or 0) is not None


def alike(first: Estimate, second: Estimate) -> bool:
    """Whether two values may be those of two arms: one unit, one time, not one arm's twice."""
    if first.unit != second.unit and first.unit and second.unit:
        return False
    one, other = known_arms(first), known_arms(second)
    apart = one and other and one != other
    if first.time and second.time and first.time != second.time and not apart:
        return False  # where the arms are known, "24-week group" is no time
    if len(first.arms) > 1 or len(second.arms) > 1 or (one and one == other):
        return False
    return not (first.subgroup and second.subgroup and first.subgroup != second.subgroup)


def of_the_arms(effect: Estimate, first: Estimate, second: Estimate) -> bool:
    """Whether nothing speaks against two values being those of the effect's two arms."""
    arms = (known_arms(effect), known_arms(first), known_arms(second))
    if len(arms[0]) != 2 or not arms[1] or not arms[2]:
        return True
    return {arms[1][0], arms[2][0]} == set(arms[0])


def known_arms(one: Estimate) -> tuple[str, ...]:
    """Return the arms of an estimate, unless they were guessed."""
    return () if "arms" in one.inferred else one.arms


def values_of(context: Context, pair: Pair) -> tuple[Range, Range] | None:
    """Return the exact ranges of both values: of shares as `share_of` gives them, of others as printed."""
    first, second = (_value_of(context, one) for one in (pair.first, pair.second))
    return None if first is None or second is None else (first, second)


def _value_of(context: Context, one: Estimate) -> Range | None:
    if one.measure in SHARES:
        return share_of(context, one)
    if one.value is None and one.x is not None and one.n is not None and one.x.whole:
        time = one.n.range()
        return Range(one.x.whole / Fraction(time.upper), one.x.whole / Fraction(time.lower), True, True)
    return None if one.value is None or one.value.is_missing or one.value.relation != "=" else one.value.range()


def printed_shares(pair: Pair) -> tuple[Range, Range] | None:
    """Return what two printed percentages can stand for, whatever their numbers of patients; None where one is a count.

    A question that they alone raise does not rest on those numbers.
    """
    values = [one.value for one in (pair.first, pair.second) if one.measure == "proportion"]
    if len(values) < 2 or any(value is None or value.is_missing or value.relation != "=" for value in values):
        return None
    first, second = (value.with_unit("%").range() for value in values if value is not None)
    return first, second


def share_of(context: Context, one: Estimate) -> Range | None:
    """Return the exact range of a share: x of n where both are printed, else what its percentage can stand for."""
    x, n = (None if number is None else number.whole for number in (one.x, one.n))
    if x is None and one.measure == "count" and one.value is not None and not _AGAIN.search(one.outcome or ""):
        x = one.value.whole if one.value.relation == "=" and sizes_agree(context.paper) else None
    if x is not None and not n:
        sizes = [size for size, how in context.sizes(one).items() if how == "stated"]
        n = sizes[0] if len(sizes) == 1 else None
    printed = None
    if one.measure != "count" and one.value is not None and not one.value.is_missing and one.value.relation == "=":
        printed = one.value.with_unit("%").range()
    if x is not None and n and 0 <= x <= n:
        exact = Fraction(x, n)
        if printed is None or exact in printed:
            return Range(exact, exact, True, True)
        return None  # its own check asks
    return printed
