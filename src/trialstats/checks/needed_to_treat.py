"""A number needed to treat is one over the difference of both percentages.

The number needed to treat, or to harm, is one over the absolute difference of two risks. It is printed
to the nearest patient, always up, or with decimals; we accept every whole number from the floor to the
ceiling of all differences that both percentages, or the printed counts, allow; where neither stands beside it, of the
difference in percentage points right before it. Numbers at a time of a
survival curve, or from an adjusted or pooled difference, are other numbers: where the text says so the
crude one is shown, and a number within a tenth of it is explained by such an analysis.

Why: It is the figure by which a reader at the bedside weighs a treatment.

Formula:
    number needed to treat = 1/|x1/n1 - x2/n2|,  floor to ceiling over the ranges of both

Agrees: 33 of 166 v 51 of 151 and 8. Asks: the same beside 14.

Reference: Cook and Sackett (1995) BMJ 310:452-454.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from trialstats.catalogue import Convention
from trialstats.checks.another_analysis import combined
from trialstats.checks.arm_values import SHARE, Pair, is_share, printed_shares, share_of
from trialstats.checks.both_arms import pair_before, pair_of
from trialstats.checks.check import Check, Context, printed_numbers
from trialstats.checks.sentences import sentence_of
from trialstats.checks.sister_p import another_analysis
from trialstats.claims.model import NEEDED_TO_TREAT, Estimate
from trialstats.explanations import Explanation, Explanations
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Range
from trialstats.wording import as_printed, as_range

_PRINTED = frozenset({"measure", "value"})
_NEAR = 0.9
"""A number closer than a tenth may be of an adjusted or pooled difference; one with decimals where the text has one."""


def _run(check: Check, context: Context) -> Iterator[Finding]:
    may_be_other = context.paper.text is None or bool(another_analysis(context)) or combined(context)
    for claim, value in context.printed("other"):
        if claim.unit != NEEDED_TO_TREAT or value.relation != "=" or claim.role != "result":
            continue
        pair = _right_before(context, claim)
        pair = pair or pair_of(context, claim, SHARE, "survival") or pair_before(context, claim, SHARE)
        span = None if pair is None else _needed(context, pair)
        if pair is not None and pair.together and span is not None:
            words = " v ".join(as_printed(one) for one in (pair.first, pair.second))
            verdict, details = _judge(claim, words, span, may_be_other=may_be_other)
            if verdict.is_question and (alone := printed_shares(pair)) is not None:
                again = _judge(claim, words, _one_over(*alone) or span, may_be_other=may_be_other)
                details = replace(again[1], rests_on=_PRINTED) if again[0] is verdict else details
            yield check.finding(claim, verdict, details, others=pair.ids)
        elif pair is None and (difference := _difference_before(context, claim)) is not None:
            assert difference.value is not None
            one_over = _one_over(difference.value.with_unit("%").range(), _NOTHING)
            if one_over is not None:
                said = f"{difference.value.digits} percentage points"
                verdict, details = _judge(claim, said, one_over, may_be_other=may_be_other)
                yield check.finding(claim, verdict, details, others=(difference.id,))


_TO_IT = re.compile(
    r"[)\]%]*[\s;,(\[]*(?:which (?:gives|gave) |with |for )?(?:a |an )?(?:nn[tb]\w*|number)\b", re.IGNORECASE
)
_HELD = re.compile(r"\s?%?[)\]]?\s(?:v|vs\.?|versus|and|compared with|against)\s", re.IGNORECASE)


_TWO = 2


def _right_before(context: Context, claim: Estimate) -> Pair | None:
    """Return the two shares that a number needed to treat stands right behind: "5.0% v 6.9% (NNT 53)"."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return None
    shares = [one for one in context.near(start, _JUST_BEFORE) if is_share(context, one)]
    shares = [one for one in shares if (one.where.end or start + 1) <= start][-2:]
    if len(shares) != _TWO:
        return None
    first, second = shares
    held = _HELD.fullmatch(text, first.where.end or 0, second.where.start or 0)
    return Pair(first, second, ordered=False) if held and _TO_IT.match(text, second.where.end or 0) else None


_NOTHING = Range(Fraction(0), Fraction(0), True, True)
_POINTS = re.compile(r"\s?(?:%|per ?cent\b|(?:percentage |absolute )?points?\b)", re.IGNORECASE)
_JUST_BEFORE = 70
"""Characters between a difference and the number needed to treat that is made of it."""


def _difference_before(context: Context, claim: Estimate) -> Estimate | None:
    """Return the difference in percentage points right before a number needed to treat, in its sentence."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None:
        return None
    before = [one for one in context.estimates if 0 <= start - (one.where.end or len(text) + 1) <= _JUST_BEFORE]
    last = max(before, key=lambda one: one.where.end or 0, default=None)
    if last is None or last.measure != "difference" or last.value is None or last.value.is_missing:
        return None
    place = next((end for name, _, end in last.where.numbers if name == "value"), None)
    if place is None or sentence_of(text, start)[0] > (last.where.start or 0) or last.value.relation != "=":
        return None
    return last if last.value.unit == "%" or _POINTS.match(text, place) else None


def _needed(context: Context, pair: Pair) -> tuple[float, float] | None:
    """Return the range of the number needed to treat that both values allow."""
    first, second = (share_of(context, one) for one in (pair.first, pair.second))
    return None if first is None or second is None else _one_over(first, second)


def _one_over(first: Range, second: Range) -> tuple[float, float] | None:
    """Return the range of one over the difference of two shares."""
    ends = float(first.lower - second.upper), float(first.upper - second.lower)
    most = max(abs(ends[0]), abs(ends[1]))
    least = 0.0 if ends[0] <= 0 <= ends[1] else min(abs(ends[0]), abs(ends[1]))
    return (1 / most, 1 / least if least > 0 else math.inf) if most > 0 else None


def _judge(claim: Estimate, values: str, span: tuple[float, float], *, may_be_other: bool) -> tuple[Verdict, Details]:
    assert claim.value is not None
    printed = claim.value.range()
    low, high = span
    lowest, highest = math.floor(low * (1 + 1e-9)), math.ceil(high * (1 - 1e-9)) if high < math.inf else math.inf
    size = abs(float(claim.value.value))
    whole = claim.value.step >= 1
    agrees = lowest <= size <= highest if whole else low <= float(printed.upper) and float(printed.lower) <= high
    shown = as_range(low, high, 1)
    common: dict[str, Any] = {
        "reported": printed_numbers(claim),
        "recomputed": {"estimate": shown},
        "explanations": Explanations.of([Explanation(convention=Convention(ordinary=agrees))]),
    }
    number = claim.value.text
    if agrees:
        sentence = f"The number needed to treat of {number} is one over the difference of {values}."
        return Verdict.REPRODUCED, Details(sentence=sentence, how="one over the crude difference", **common)
    sentence = f"{values} give a number needed to treat of {shown}, and the printed one is {number}."
    near = _NEAR * low <= size <= high / _NEAR and (whole or may_be_other)
    if claim.adjusted or near:
        return (Verdict.UNCHECKED if claim.adjusted else Verdict.EXPLAINED), Details(
            sentence=sentence,
            reason="the text says that it is adjusted" if claim.adjusted else "",
            more="" if claim.adjusted else "It may be of an adjusted or pooled difference.",
            how="an adjusted difference",
            **common,
        )
    return Verdict.STRAINED, Details(
        sentence=sentence, more="The text names no other analysis.", how="another analysis", **common
    )


CHECK = Check(
    "TS223",
    "a number needed to treat is one over the difference of both percentages",
    _run,
    assumes=("a crude difference of two risks",),
    about=frozenset({"other"}),
    rests_on=frozenset({"value", "n"}),
    settled_by="the difference that the number needed to treat was made of",
    serves=("INSPECT-SR 4.9",),
)
