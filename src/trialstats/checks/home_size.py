"""The number of patients that the counts about a count are of, though no total stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import ceil, floor

from trialstats.checks.check import Context, whole_numbers
from trialstats.checks.list_size import (
    BITS_BESIDE,
    NUMBER,
    Home,
    beyond_list,
    in_one_sentence,
    is_count,
    meets,
    of_all,
    prints,
    sizes_near,
)
from trialstats.claims.model import Estimate
from trialstats.claims.trust import ENOUGH_BITS, MOST_FIT, bits, knows_arm, knows_groups, sizes_agree

_NEAR = 500
_MISSING, _MORE = 0.9, 1.03
_BEFORE = 160
_CLOSEST = 2
_UNIT = r"(?! ?(?:Gy|m?g|kg|ml|mm|cm|years?|months?|weeks?|days?|hours?|h|min|sites?|centers?|centres?|countries)\b)"
_PLAIN = re.compile(rf"(?<![\d.,·]){NUMBER}{_UNIT}")
_TOTAL = re.compile(
    rf"(?:\bof (?:the |all |these )?|/ ?|\bn ?= ?|\bamong (?:the |all )?){NUMBER}"
    rf"|(?<![\d.,·]){NUMBER}(?= (?:[a-zA-Z-]+ ){{0,4}}(?:patient|participant|subject|wom[ae]n|m[ae]n\b|child|people"
    r"|person|infant|individual|adult|case|volunteer|responder|eye|lesion|tumou?r|cycle|course|episode|death))",
    re.IGNORECASE,
)


def beyond_home(context: Context, claim: Estimate) -> Home | None:
    """Return the total of the counts about a count, if it is far from printing this one; None if it may print it.

    Far: no total of the text, none up to a tenth below the total of its neighbours, and no number of the text prints
    the percentage to within one unit of its last digit.
    """
    paper, value = context.paper, claim.value
    x = claim.x.whole if claim.x is not None else None
    if knows_groups(paper) or paper.text is None or x is None or not x or claim.n is not None or value is None:
        return None
    if (home := beyond_list(context, claim)) is not None:
        return home
    home = _home(context, claim)
    if home is None or x > home.n:
        return None
    least, most = sizes_near(x, value)
    if meets(least, most, ceil(_MISSING * home.n), floor(_MORE * home.n)) or _another_prints(
        context, claim, x, least, most
    ):
        return None
    return home


def another_prints(context: Context, claim: Estimate) -> bool:
    """Return whether some size or number of a text prints a count's percentage: it may be of those patients."""
    x, value = claim.x.whole if claim.x is not None else None, claim.value
    if not x or value is None:
        return False
    return _another_prints(context, claim, x, *sizes_near(x, value))


def _another_prints(context: Context, claim: Estimate, x: int, least: int, most: int | None) -> bool:
    paper = context.paper
    sizes = (
        n
        for of in (paper.of, *(arm.of for arm in paper.arms))
        for name, size in of.items()
        if name != "clusters" and (n := size.value.whole)
    )
    if any(n > 1 and meets(least, most, ceil(_MISSING * n), floor(_MORE * n)) for n in sizes):
        return True
    return any(n != x for n in _totals(context, claim, least, most))


def _totals(context: Context, claim: Estimate, least: int, most: int | None) -> Iterator[int]:
    """Yield the numbers of a text within a range that may be a total.

    They are named so, are numbers of other claims, or stand right before the claim.
    """
    text, start = context.paper.text or "", claim.where.start or 0
    yield from _between(_named_totals(text), least, most)
    own = Counter(whole_numbers(claim))
    ascending, often = context.numbers
    yield from (n for n in _between(ascending, least, most) if often[n] > own[n])
    yield from _between(_left_over(context, claim), least, most)
    for found in _PLAIN.finditer(text[max(0, start - _BEFORE) : start]):
        n = int(re.sub(r"\D", "", found[1]))
        if meets(least, most, n, n):
            yield n


@lru_cache(maxsize=4)
def _named_totals(text: str) -> tuple[int, ...]:
    """Return the numbers that a text calls a total, in ascending order."""
    return tuple(sorted({int(re.sub(r"\D", "", found[1] or found[2])) for found in _TOTAL.finditer(text)}))


_OF_THE_REST = re.compile(
    r"[^.;0-9]{0,40}\b(?:(?:of|in|among|for) (?:all |the |those |patients |participants |people |women "
    r"|men |children ){1,2}"
    r"(?:without|not|who (?:did|had|were|was|have|are) (?:not|no)|with no|others?|rest|remain(?:ing|der))"
    r"|without|non-[a-z]+)\b",
    re.IGNORECASE,
)
"""Behind a count: it is of those whom another count does not count."""


def _left_over(context: Context, claim: Estimate) -> Sequence[int]:
    """Return how many another count leaves of all, where a count is said to be of these: "121 of those without"."""
    text, end = context.paper.text or "", claim.where.end or 0
    if _OF_THE_REST.match(text, end) is None:
        return ()
    parted = [(one, one.x.whole or 0) for one in context.estimates if is_count(one) and one.x is not None]
    wholes = {*_named_totals(text), *of_all(context)}
    return sorted({n - x for one, x in parted for n in wholes if one is not claim and x < n and prints(one, n)})


def _between(numbers: Sequence[int], least: int, most: int | None) -> Sequence[int]:
    """Return those of ascending numbers that lie within a range."""
    return numbers[bisect_left(numbers, least) : None if most is None else bisect_right(numbers, most)]


def _home(context: Context, claim: Estimate) -> Home | None:
    """Return the total that prints most of the other counts near a claim, if it prints enough of them."""
    start = claim.where.start
    if start is None:
        return None
    about = [one for one in context.near(start, _NEAR) if one is not claim and is_count(one)]
    about.sort(key=lambda one: abs((one.where.start or 0) - start))
    several = len(context.paper.arms) > _CLOSEST
    if several and any(one.arms == claim.arms != () and one.outcome == claim.outcome for one in about[:_CLOSEST]):
        return None  # two results of one arm and outcome side by side: one of them is another arm's
    near = [one for one in about if one.arms == claim.arms]
    own = set(context.sizes(claim)) if claim.arms else set()
    known = own if knows_arm(context.paper, claim) else set()
    same = [one for one in near if in_one_sentence(context, claim, one)]
    totals = of_all(context) - {one.n.whole for one in about if one.arms and one.n is not None}
    beside = {n for one in near if one.n is not None and (n := one.n.whole) and prints(one, n)}
    partners = [one for one in about if _is_partner(context, claim, one)] if sizes_agree(context.paper) else []
    found = []
    alike = own | beside | (set() if claim.arms else totals)
    pools = [(n, near) for n in alike] + [(n, about) for n in totals]
    # Several counts of one sentence that all are of one total say more than those of the next sentences.
    pools += [(n, same) for n in totals if len(same) >= _CLOSEST and all(prints(one, n) for one in same)]
    for n, pool in pools:
        # A count with another total beside it says nothing of this one; of all patients may be counts of any arm.
        asked = [one for one in pool if one.n is None or one.n.whole == n]
        fits = [(one, prints(one, n)) for one in asked]
        if n in known:
            fits += [(one, any(prints(one, size) for size in context.sizes(one))) for one in partners]
            fits.sort(key=lambda pair: abs((pair[0].where.start or 0) - start))
        good = [one for one, fit in fits if fit]
        next_to = _next_to(context, claim, near, n)
        least = BITS_BESIDE if n in known | beside and next_to else ENOUGH_BITS
        if n not in own | totals and not next_to:
            continue
        enough = sum(map(bits, good)) >= least and len(good) >= MOST_FIT * len(fits)
        if enough and any(fit for _, fit in fits[:_CLOSEST]):
            apart = sum(one.arms != claim.arms for one in good) if n in known else 0
            found.append((sum(map(bits, good)), Home(n, len(good), apart)))
    return max(found, key=lambda one: one[0])[1] if found else None


def _is_partner(context: Context, claim: Estimate, one: Estimate) -> bool:
    """Return whether a count is the other arm's of the same sentence, to be held against that arm's own size."""
    if one.n is not None or len(one.arms) != 1 or len(claim.arms) != 1 or one.arms == claim.arms:
        return False
    return in_one_sentence(context, claim, one) and knows_arm(context.paper, one)


def _next_to(context: Context, claim: Estimate, near: list[Estimate], n: int) -> bool:
    """Return whether a count of n patients stands in the same sentence."""
    return any(prints(one, n) and in_one_sentence(context, claim, one) for one in near)
