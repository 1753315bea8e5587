"""A mean and its standard deviation can come from whole numbers, if that is what was measured.

The mean of n whole numbers is a whole total over n (GRIM), their sum of squares is a whole number of
the total's parity (GRIMMER), and zeros and ones have the standard deviation that their share has
(DEBIT). All exact, with integers. Measurements need not be whole numbers, so a mean that no total
prints is left unchecked, or explained where its unit is counted and no rate; it is never inconsistent. Where every
mean with so few decimals prints at this size, the message says that it says nothing.

Why: Counts of episodes, items of a scale and days are whole numbers, and their means take few values
in small groups.

Formula:
    GRIM:     some whole T has T/n in the range of the mean
    GRIMMER:  some whole Q of T's parity, Q >= T^2/n, has
              (Q - T^2/n)/(n - 1) in the range of SD^2
    DEBIT:    SD^2 = n p (1 - p)/(n - 1) for the mean p of zeros and ones

Agrees: mean 5.18 of 28 patients. Explained: 5.19 episodes of 28 patients, from 27 of them.

Reference: Brown and Heathers (2017) Soc Psychol Personal Sci 8:363-369; Anaya (2016) PeerJ Preprints
4:e2400v1; Heathers and Brown (2019) osf.io/5vb3u.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from trialstats.checks.check import Check, Context, not_checked, printed_numbers
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.explanations import Explanation, Explanations, Patients
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.search.means import DIVISORS, debit, grim, grimmer
from trialstats.search.printed import priced
from trialstats.wording import as_printed

_COUNTED = ("episode", "event", "visit", "dose", "cycle", "lesion", "exacerbation", "attack", "seizure", "admission",
            "relapse", "course", "teeth", "item", "fall", "hospitali")  # fmt: skip
"""Units of which a patient has a whole number."""
_NEAR = 0.9
_OF_TIME = re.compile(
    r"\brates?\b|(?:\bper |/ ?)(?:\d[\d,]* ?)?(?:patient|person|subject|participant|child|woman|man)?"
    r"[- ]?(?:years?|months?|weeks?|days?|hours?|person|patient)\b|\bannual",
    re.IGNORECASE,
)
"""Words for what is divided by time, or by persons of unlike times: it has no whole total."""
_BEFORE, _BEHIND = 120, 20


def _is_counted(claim: Estimate) -> bool:
    # "2.1 mmol of glucose during the visit": a unit of its own tells what was measured.
    words = (claim.unit or claim.outcome or "").lower()
    return any(word in words for word in _COUNTED)


def _is_over_time(context: Context, claim: Estimate) -> bool:
    """Return whether the words before a mean, in its sentence, say that it is a rate."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    said = f"{claim.unit or ''} {claim.outcome or ''}"
    if text is not None and start is not None and end is not None:
        said += f" {text[max(sentence_of(text, start)[0], start - _BEFORE) : end + _BEHIND]}"
    return _OF_TIME.search(said) is not None


def _prints(mean: Reported, sd: Reported | None, n: int, rounding: str) -> str | None:
    """Return the data that print a mean, and a standard deviation if one is printed; None where there are none."""
    if sd is None:
        totals = grim(mean, n, rounding=rounding)
        return f"a total of {totals[0]}" if totals else None
    if n < 2:
        return None
    for divisor in DIVISORS:
        words = "" if divisor == "n-1" else ", standard deviation by n"
        if 0 <= mean.value <= 1 and (count := debit(mean, sd, n, rounding=rounding, divisor=divisor)) is not None:
            return f"{count.x} ones among {n} zeros and ones{words}"
        if (found := grimmer(mean, sd, n, rounding=rounding, divisor=divisor)) is not None:
            return f"a total of {found.total} and a sum of squares of {found.squares}{words}"
    return None


def _explanations(context: Context, mean: Reported, sd: Reported | None, sizes: dict[int, str]) -> list[Explanation]:
    found = []
    largest = max(sizes)
    near = {n: "near" for n in range(largest - 1, math.ceil(_NEAR * largest) - 1, -1) if n not in sizes}
    for rounding in context.catalogue.names("rounding"):
        for n, allowed in (sizes | near).items():
            if (data := _prints(mean, sd, n, rounding)) is not None:
                parts = ("rounding", rounding), ("allowed-n", allowed)
                convention = priced(context.catalogue, *parts, rounding=rounding, allowed=allowed)
                found.append(Explanation(Patients(n, (data,)), convention))
    return sorted(found, key=lambda one: one.cost)


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim, value in context.printed("mean"):
        sizes, spread = context.sizes(claim), claim.spread
        if value.relation != "=" or value.unit or not sizes:
            continue
        sd = spread.value if spread is not None and spread.kind == "sd" else None
        if sd is not None and (sd.is_missing or sd.relation != "=" or sd.value < 0):
            continue
        yield check.finding(claim, *_judge(context, claim, value, sd, sizes))


def _judge(
    context: Context, claim: Estimate, value: Reported, sd: Reported | None, sizes: dict[int, str]
) -> tuple[Verdict, Details]:
    n, shown = max(sizes), as_printed(claim)
    if value.step * n >= 1 and (sd is None or sd.step * n >= 1):
        reason = f"at {n} patients every mean with so few decimals prints"
        return not_checked(f"{shown} alone", reason, printed_numbers(claim))
    found = _explanations(context, value, sd, sizes)
    best = found[0] if found else None
    more = reason = settle = ""
    if best is not None and best.ordinary and best.allowed in ("stated", "derived"):
        verdict = Verdict.CONSISTENT
        sentence = f"{best.n} whole numbers can have {shown}: {best.readings[0]}."
    elif not _is_counted(claim) or _is_over_time(context, claim):
        verdict = Verdict.UNCHECKED
        sentence = f"We did not judge {shown}"
        reason = f"{n} whole numbers do not have it, and values measured more finely can"
        if _is_counted(claim):
            reason = f"{n} whole numbers do not have it, and the text speaks of a rate, which has no whole total"
    elif best is not None and best.n != n:
        verdict = Verdict.EXPLAINED
        sentence = (
            f"{n} whole numbers do not have {shown}; {best.n} do, with {best.readings[0]}, as when some patients are "
            "missing."
        )
    else:
        verdict, settle = Verdict.EXPLAINED, "the number analysed"
        sentence = f"{n} whole numbers do not have {shown}."
        more = "Values recorded in finer steps, or fewer patients, would."
    return verdict, Details(
        sentence=sentence,
        reason=reason,
        more=more,
        settle=settle,
        reported=printed_numbers(claim) | ({"sd": sd.text} if sd is not None else {}),
        recomputed={"data": best.readings[0]} if best is not None and verdict is not Verdict.UNCHECKED else {},
        how=best.readings[0] if best is not None and verdict is Verdict.CONSISTENT else "",
        searched={"n": [math.ceil(_NEAR * n), n], "divisors": list(DIVISORS)},
        explanations=Explanations.of(found),
    )


CHECK = Check(
    "TS106",
    "a mean and standard deviation can come from whole numbers, if that is what was measured",
    _run,
    assumes=("whole-number data",),
    about=frozenset({"mean"}),
    settled_by="the number of patients measured, and one more decimal of the mean and standard deviation",
    serves=("INSPECT-SR 4.8",),
)
