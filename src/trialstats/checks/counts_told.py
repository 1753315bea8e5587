"""The counts of both arms that a text writes out in the words around an effect or a P value, be they claims or not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.checks.arm_numbers import ArmNumbers
from trialstats.checks.arm_values import SHARE, Pair
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import NEEDED_TO_TREAT, Comparison, Estimate, Place
from trialstats.reported import Reported
from trialstats.sources.text.told.counts_of_groups import Counted, counts_of_groups, events_over_time
from trialstats.sources.text.told.two_counts import two_counts

EFFECTS = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio", "relative-reduction", "difference"})
_LONGEST = 440
"""Characters of a sentence with both counts."""
_BESIDE = 40
"""Characters between a count and its percentage."""
_PARTED = re.compile(r"\b(?:vs?|versus|compared|than|and|as)\b|/|^ [a-z-]{3,30}(?: [a-z-]{2,20}){0,2}[,;] $", re.I)
POPULATION = re.compile(
    r"intent(?:ion)?[- ]to[- ]treat|per[- ]protocol|population|\b(?:full )?analysis set\b", re.IGNORECASE
)
"""Between an effect and values behind it: these are of other patients."""
_OPENS = re.compile(
    r"(?:The|This|That|It|An?|In all|Overall)?[ ,]*[^.;:()0-9%]{0,70}\b(?:ratio|relative risk|risk reduction"
    r"|reduction|efficacy"
    r"|difference|HR|OR|RR|RRR|ARR|NNT|number needed)\b[^.;:()0-9%]{0,60}[ :=,(]*[-−+]?",
    re.IGNORECASE,
)
"""Before an effect that opens a sentence, whose counts are in the sentence before."""


def written_out(context: Context, effect: Estimate, measures: tuple[str, ...]) -> Pair | None:
    """Return the two counts, or the two numbers of events with their person-time, that stand in an effect's sentence.

    They are no claims of their own, as far as we read; the sentence has no third such number and no other effect.
    """
    place = _sentence(context, effect, measures)
    text = context.paper.text
    if place is None or text is None:
        return None
    begin, stop = place
    for measure, find in (("rate", events_over_time), ("count", counts_of_groups)):
        found = find(text, begin, stop)
        if len(found) == 2 and not _PARTED.search(text[found[0][3] : found[1][2]]):
            return None
        if len(found) == 2 and _of_a_population(text, effect, found):
            return None
        if len(found) == 2 and (measure == "count" or "rate" in measures):
            return _pair(found, measure)
        if found:
            return None
    return None


def told_in_prose(context: Context, effect: Estimate, measures: tuple[str, ...]) -> Pair | None:
    """Return the two counts of a sentence, or of those before, that an effect stands with and no other result does."""
    if _sentence(context, effect, measures) is None:
        return None
    found = counts_told(context, effect)
    return _pair(found, "count") if found and not _of_a_population(context.paper.text or "", effect, found) else None


def _of_a_population(text: str, effect: Estimate, found: Sequence[Counted]) -> bool:
    """Whether words between an effect and counts behind it say that these are of another population."""
    return POPULATION.search(text, min(effect.where.end or 0, found[0][2]), found[0][2]) is not None


def _pair(found: Sequence[Counted], measure: str) -> Pair:
    first, second = (
        Estimate(id="", measure=measure, x=Reported(x), n=Reported(n), where=Place(start=a, end=b))
        for x, n, a, b in found
    )
    return Pair(first, second, ordered=False)


def _sentence(context: Context, effect: Estimate, measures: tuple[str, ...]) -> tuple[int, int] | None:
    """Return where the sentence of an effect begins and ends, if counts that it writes out are surely the effect's."""
    text, start = context.paper.text, effect.where.start
    if text is None or start is None or SHARE not in measures:
        return None
    of_shares = effect.measure == "relative-reduction" or effect.unit == NEEDED_TO_TREAT
    if effect.interval is None and effect.adjusted is not False and not of_shares:
        return None  # of what has no interval only what is called crude is surely of these counts
    begin, stop = sentence_of(text, start)
    effects = [one for one in context.estimates if one.measure in EFFECTS and begin <= (one.where.start or -1) < stop]
    if len(effects) > 1 or stop - begin > _LONGEST:
        return None
    return begin, stop


def counts_told(context: Context, claim: Estimate | Comparison) -> Sequence[Counted]:
    """Return two counts with their totals that stand in the sentence of an effect or a P value and nothing else does.

    Where the effect opens its sentence, they may be those of the one before.
    """
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None:
        return []
    begin, stop = sentence_of(text, start)
    own = isinstance(claim, Estimate)  # a P value stands with the results that it compares
    left = text[:start] + "#" * (end - start) + text[end:] if own else text
    places = [(begin, stop)]
    if begin > 1 and own and _OPENS.fullmatch(text, begin, start):
        before = sentence_of(text, begin - 2)[0]
        places += [(before, begin), *([(sentence_of(text, before - 2)[0], begin)] if before > 1 else [])]
    for first, last in places:
        found = two_counts(left, first, last) if last - first <= _LONGEST else []
        if found and not _tells_more(context, claim, found, first, last):
            return found
    return []


_OTHERWISE = re.compile(r"\b(?:but|although|though|yet|still)\b", re.IGNORECASE)
"""Between two counts: the second is of something else."""
Numbers = tuple[ArmNumbers, ArmNumbers]


def numbers_told(context: Context, claim: Comparison, pair: Numbers | None) -> Numbers | None:
    """Return the numbers that a P value compares: the only two counts of its sentence, where that tells them whole.

    ``pair`` holds those of the two results that it is tied to, if it is.
    """
    if pair is not None and (all(one.exact for one in pair) or any(one.x is None for one in pair)):
        return pair
    found = counts_told(context, claim)
    told = [ArmNumbers(None, int(x), {int(n): "stated"}, exact=True) for x, n, *_ in found]
    between = "" if len(found) != 2 else (context.paper.text or "")[found[0][3] : found[1][2]]
    if (
        len(told) != 2
        or _OTHERWISE.search(between)
        or (pair is not None and [one.x for one in pair] != [one.x for one in told])
    ):
        return pair
    return told[0], told[1]


def _tells_more(
    context: Context, claim: Estimate | Comparison, found: Sequence[Counted], first: int, last: int
) -> bool:
    """Whether a stretch tells another result than two counts and their percentages."""

    def inside(place: int | None, room: int) -> bool:
        return place is not None and any(begin - room <= place < stop + room for _, _, begin, stop in found)

    def here(place: int | None) -> bool:
        return place is not None and first <= place < last

    for other in context.comparisons:
        if other.id != claim.id and here(other.where.start) and not inside(other.where.start, 0):
            return True
    for one in context.estimates:
        if one.id == claim.id or not here(one.where.start) or inside(one.where.start, 0):
            continue
        if one.measure not in ("count", "proportion") or not inside(one.where.start, _BESIDE):
            return True
    return False
