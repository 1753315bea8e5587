"""Words for how many times one value is the other, held against both: "twice as common with tea (9%) as with milk".

Words are rough, so that only what is far off is yielded; "three times more" may mean four, and "likely" may speak of
odds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialstats.checks.arm_values import SHARES, Pair, alike, printed_shares, values_of
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.reported import Span
from trialstats.sources.text.tokens.expressions import Stemmed

_TIMES = {"twice": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_N = r"(?P<{}>two|three|four|five|six|ten|[2-9]|10)"
_HOW = (
    r"(?:common|likely|frequent(?:ly)?|high|low|great|large|many|much|often|long|prevalent|higher|greater|larger|longer"
    r"|lower|more [a-z]+|less [a-z]+|fewer)\b"
)
_SAID = Stemmed(
    rf"\b(?:(?P<twice>twice) as {_HOW}|{_N.format('times')} times "
    rf"(?:(?P<more>more [a-z]+|higher|greater|larger|longer)\b"
    rf"|as {_HOW})|(?P<half>half) as {_HOW}|(?P<halved>halv(?:ed|ing))\b|(?P<doubled>doubl(?:ed|ing))\b(?! ?-)"
    rf"|(?P<tripled>tripl(?:ed|ing))\b)",
    "twice as ", " times ", "half as ", "halv", "doubl", "tripl",
)  # fmt: skip
_LEAST_BEFORE = re.compile(r"\b(?:more than|over|at least|well over|than) $", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:not|no|nor|neither|without|whether|if|may|might|could|would|should|each|every|adjust\w*|odds|hazard|relative"
    r"|ratio|dose|dosage|from baseline|or more)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"[\s)\]%,]*(?:[A-Za-z][\w/-]*[\s)\],/(]+){0,9}?(?:v|vs\.?|versus|and|compared with|against|as|than|to)\s"
    r"(?:[\w-]+[\s(\[,]+){0,9}$",
    re.IGNORECASE,
)
"""Between the two values: what compares them."""
_ROOM, _WIDE = 0.68, 1.3
"""Of the number of times that words tell, the least and the greatest share that is no contradiction."""
_REACH, _TWO = 140, 2
_MEASURES = frozenset({"proportion", "count", "rate", "mean", "median", "survival"})
_EFFECTS = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio", "difference", "relative-reduction", "other"})


def other_times(context: Context) -> Iterator[tuple[Estimate, Estimate, str, Span]]:
    """Yield two values of which words tell another ratio, with the words and the ratio of the larger to the smaller.

    Parameters
    ----------
    context : Context
    """
    text = context.paper.text
    if text is None:
        return
    for said in _SAID.finditer(text):
        begin, stop = sentence_of(text, said.start())
        if len(list(_SAID.finditer(text, begin, stop))) > 1 or _OPEN.search(text, begin, stop):
            continue
        told = [one for one in context.estimates if begin <= (one.where.start or -1) < stop]
        if len(told) != _TWO or any(one.measure in _EFFECTS or one.role != "result" for one in told):
            continue
        first, second = sorted(told, key=lambda one: one.where.start or 0)
        if (found := _ratio(context, text, first, second, likely="likely" in said[0].lower())) is None or (
            second.where.start or 0
        ) < said.end():
            continue
        if abs((first.where.start or 0) - said.end()) > _REACH:
            continue
        least, most = _allowed(text, said)
        if found[0] > most or found[1] < least:
            yield first, second, said[0], found


def _ratio(context: Context, text: str, first: Estimate, second: Estimate, *, likely: bool) -> Span | None:
    """Return how many times the smaller of two values the larger is; of shares up to what their odds give."""
    if first.measure != second.measure or first.measure not in _MEASURES or not alike(first, second):
        return None
    if _NEXT.fullmatch(text, first.where.end or 0, second.where.start or 0) is None:
        return None
    if any(one.value is not None and (one.value.is_missing or one.value.value < 0) for one in (first, second)):
        return None
    pair = Pair(first, second, ordered=True)
    values = values_of(context, pair) or printed_shares(pair)
    if values is None:
        return None
    (a, b), (c, d) = ((float(one.lower), float(one.upper)) for one in sorted(values, key=lambda one: one.lower))
    if a <= 0 or (first.measure in SHARES and d >= 1):
        return None
    most = d / (1 - d) / (a / (1 - a)) if first.measure in SHARES and likely else d / a
    return max(c / b, 1.0), most


def _allowed(text: str, said: re.Match[str]) -> Span:
    """Return the ratios of the larger to the smaller value that words may mean."""
    if said["half"] or said["halved"] or said["doubled"] or said["twice"]:
        times = 2.0
    else:
        word = (said["times"] or "three").lower()
        times = float(_TIMES.get(word) or int(word))
    most = (times + 1 if said["more"] else times) * _WIDE
    if _LEAST_BEFORE.search(text, max(0, said.start() - 12), said.start()):
        most *= _WIDE
    return times * _ROOM, most
