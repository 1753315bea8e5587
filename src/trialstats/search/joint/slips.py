"""Copies of a claim with a slip: one printed number with another last digit.

A slip of the pen, the keyboard or the proof is the real rival of an unusual way to compute and print.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from trialstats.claims.model import Claim, Comparison, Spread
from trialstats.reported import Reported


def slips_of_number(number: Reported) -> tuple[Reported, ...]:
    """Return the nine printed numbers that differ from this one in the last digit alone; none of what is no number.

    Examples
    --------
    >>> [slip.text for slip in slips_of_number(Reported("25%"))][:3]
    ['20%', '21%', '22%']
    """
    place = max((k for k, sign in enumerate(number.text) if sign.isdigit()), default=None)
    if number.is_missing or place is None:
        return ()
    text = number.text
    return tuple(
        Reported(text[:place] + digit + text[place + 1 :]).with_unit(number.unit)
        for digit in "0123456789"
        if digit != text[place]
    )


def slips(claim: Claim, names: Iterable[str]) -> tuple[Claim, ...]:
    """Return every copy of a claim in which one of some numbers has another last digit.

    They are named ``estimate``, ``lower``, ``upper`` and ``p``; those not printed are passed over.

    Examples
    --------
    >>> from trialstats.claims.model import Estimate
    >>> len(slips(Estimate(id="orr", measure="proportion", value=Reported("25%")), ("estimate", "p")))
    9
    """
    found: list[Claim] = []
    for name in dict.fromkeys(names):
        if name == "p" and claim.p is not None:
            found += [replace(claim, p=replace(claim.p, value=slip)) for slip in slips_of_number(claim.p.value)]
        elif isinstance(claim, Comparison):
            continue
        elif name == "estimate" and claim.value is not None:
            found += [replace(claim, value=slip) for slip in slips_of_number(claim.value)]
        elif name in ("lower", "upper") and isinstance(claim.spread, Spread):
            spread = claim.spread
            bound = spread.lower if name == "lower" else spread.upper
            for slip in slips_of_number(bound) if bound is not None else ():
                changed = replace(spread, lower=slip) if name == "lower" else replace(spread, upper=slip)
                found.append(replace(claim, spread=changed))
    return tuple(found)
