"""Numbers of patients that we made up: what they explain of a share, and what is said where they explain nothing.

Of some number of patients, by one method or rounding or another, nearly every share is a count. Where the text prints
no number for it any is as good as its silence; where it prints another, one that we made up explains nothing.
"""

from __future__ import annotations

from fractions import Fraction

from trialstats.checks.check import Context
from trialstats.checks.no_plain_count import may_be_no_share
from trialstats.checks.size_words import printed_sizes, stands_in_text
from trialstats.claims.model import Estimate
from trialstats.claims.trust import knows_groups
from trialstats.explanations import Block, Explanation
from trialstats.press import print_number
from trialstats.reported import Reported
from trialstats.search.counts.search import CountSearch
from trialstats.wording import convention_words, count_words, joined


def of_no_printed_size(context: Context, claim: Estimate, search: CountSearch, block: Block, where: str) -> str:
    """Say that a rate without a count is none of the printed numbers of patients; empty where it may be of one.

    A number of patients that we made up explains nothing where the text prints another; nor does one that stands
    somewhere in the text, by a rare method.
    """
    best = block.item(0)
    if block.allowed != "any" or knows_groups(context.paper) or context.paper.text is None:
        return ""
    if claim.x is not None or best.n in search.preferred:
        return ""
    usual = best.point is None and is_usual(context, best)
    if usual and any(stands_in_text(context, block.item(i).n or 0) for i in range(min(block.size, FEW))):
        return ""
    where = where if context.sizes(claim) else "a number of patients that the text prints"
    which = f"{count_words(best)} would by {convention_words(best)}, and the text does not say that it is of so many"
    return f"no count with {where} prints it plainly; {which}"


FEW = 50
"""So many numbers of patients are looked for in the text."""
ORDINARY = 4.0
"""Bits that a usual method costs at most."""


def is_usual(context: Context, best: Explanation) -> bool:
    """Whether a method and a rounding are such as papers use every day."""
    costs = (("interval-method", best.method or ""), ("rounding", best.rounding or "nearest"))
    return all(context.catalogue.cost(*part) <= ORDINARY for part in costs)


def is_as_good_as_silence(context: Context, claim: Estimate, block: Block) -> bool:
    """Whether an ordinary method prints a claim at some number of patients, and we read none that it could be of."""
    best = block.item(0)
    return (
        block.allowed == "any"
        and not context.sizes(claim)
        and best.point is None
        and not knows_groups(context.paper)
        and (is_usual(context, best) or not (printed_sizes(context) or may_be_no_share(context, claim)))
    )


def is_guessed(context: Context, claim: Estimate, best: Explanation) -> bool:
    """Whether a percentage is a count only of a number of patients that we made up.

    One that the text prints, and not as a count, may be that of the printed count.
    """
    if best.n in context.sizes(claim) or context.paper.text is None:
        return False
    counts = {one.x.whole for one in context.estimates if one.x is not None}
    return claim.x is None or best.n in counts or not stands_in_text(context, best.n or 0)


def of_whom(context: Context, claim: Estimate, value: Reported, best: Explanation) -> str:
    """Say that a percentage is no count of the printed number of patients, and may be of others."""
    sizes = joined([str(n) for n in context.sizes(claim)], "or")
    rounded = f", {words}," if (words := convention_words(best)) else ""
    if claim.x is None:
        return (
            f"no count of {sizes} patients, or of up to a tenth fewer, prints it when plainly rounded, and it may be "
            "of others, such as those who were assessed at that time"
        )
    own = own_share(context, claim, value)
    if not own:
        return (
            f"plainly rounded no number of patients prints it for {claim.x.text}; {count_words(best)}{rounded} would, "
            f"and {not_given(context, best.n or 0)}"
        )
    return (
        f"{own}, and the count may be of other patients; {count_words(best)}{rounded} would print it, and "
        f"{not_given(context, best.n or 0)}"
    )


def not_given(context: Context, n: int) -> str:
    """Say that a text prints a number, though not as one of patients, or that it does not print it."""
    if stands_in_text(context, n):
        return f"the text prints {n}, though not as its number of patients"
    return f"the text does not print {n}"


def own_share(context: Context, claim: Estimate, value: Reported) -> str:
    """Say what a printed count is of the first printed number of patients; empty where no count is printed."""
    x, n = claim.x.whole if claim.x is not None else None, next(iter(context.sizes(claim)), None)
    if x is None or not n or x > n:
        return ""
    return f"{x} of {n} is {print_number(Fraction(x, n), value.decimals, value.unit)}"
