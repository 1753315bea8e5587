"""The values of both arms that an effect stands beside, by their arms or in one stretch of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate, Place
from trialstats.claims.trust import knows_groups, sizes_agree
from trialstats.reported import Range, Reported
from trialstats.sources.text.counts_of_groups import counts_of_groups, events_over_time

SHARE = "share"
"""Stands for what is printed of a share: a percentage, or a number of patients out of so many."""
SHARES = frozenset({"proportion", "count"})
EFFECTS = frozenset({"hazard-ratio", "odds-ratio", "risk-ratio", "relative-reduction", "difference"})
_OTHER_PART = re.compile(r"\b(?:whereas|while|whilst|but)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:v|vs|versus|compared|than|and|against|in|with|for)\b|/", re.IGNORECASE)
_PARTED = re.compile(r"\b(?:v|vs|versus|compared|than|and|as)\b|/", re.IGNORECASE)
_V = re.compile(r"(?: ?[(\[][^()\[\]]{1,20}[)\]])?,? (?:v|vs\.?|versus)\s")
_NEW_CLAUSE = re.compile(r"\b(?:and|whereas|while|but|more|fewer)\b|;")
"""Between a difference and the values behind it: these are of something else."""
_EFFECT = re.compile(r"\b(?:ratio|difference|OR|RR|HR)\b")
"""Between two values: each has an effect of its own."""
_FROM = re.compile(r"\bfrom (?:a mean (?:of )?)?$|\branged?\b|\bfollow-up\b", re.IGNORECASE)
"""Before the first value: the values of one arm at two times, a range, or how long patients were followed."""
_WORD = re.compile(r"[a-z]{4,}")
_AGAIN = re.compile(
    r"events|episodes|admissions|exacerbations|falls|infections|hospitali[sz]ations|visits|attacks|seizures|bleeds|days|total",
    re.IGNORECASE,
)
"""What one patient may have several times, so that a count of it is none of patients."""
_STEM = 5
"""Letters that readmitted and readmission share."""
_NEAR = 40
_NEXT = 60
"""Characters between two effects of one pair of values."""
_GAP = 3
"""Characters between an effect and the bracket that is its own."""
_LONGEST = 400
"""Characters between the values of the arms and the effect of one sentence."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One value of each arm, the arm first that the effect puts first where that is known."""

    first: Estimate
    second: Estimate
    ordered: bool
    """Whether the document says which arm the effect puts first; a text hardly ever does."""
    together: bool = True
    """Whether they are known to be the effect's own: listed so by a person, or said in one stretch."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of both; none where they are no claims, but numbers of the effect's sentence."""
        return tuple(one.id for one in (self.first, self.second) if one.id)


def pair_of(context: Context, effect: Estimate, *measures: str) -> Pair | None:
    """Return the values of both arms that belong to an effect, where there is exactly one of each.

    In a trial file they are those of the effect's arms, outcome and time. In a text they stand in the effect's own
    stretch: two values of one measure and no third, in its sentence, with no other effect between.
    """
    for measure in measures:
        if knows_groups(context.paper) or context.paper.text is None:
            typed = context.beside(effect, "proportion" if measure == SHARE else measure)
            if typed is not None:
                return Pair(*typed, ordered=True)
            continue
        told = _in_one_stretch(context, effect, measure)
        told = told or _of_a_later_arm(context, effect, measure)
        if told is not None:
            return told
    told = written_out(context, effect, measures)
    if told is not None:
        return told
    for measure in measures if context.paper.text is not None else ():
        apart = context.beside(effect, "proportion" if measure == SHARE else measure)
        if apart is not None:
            return Pair(*apart, ordered=False, together=False)
    return None


_REFERS_BACK = re.compile(
    r"(?:The|This|These|A|An|with a|giving a)?\s?(?:corresponding|resulting|associated|related)?\s?(?:number|NNT)",
    re.IGNORECASE,
)


def pair_before(context: Context, effect: Estimate, measure: str) -> Pair | None:
    """Return the values of both arms in the sentence before, where an effect opens the next one and refers to them."""
    text, start = context.paper.text, effect.where.start
    if text is None or start is None:
        return None
    begin, _ = sentence_of(text, start)
    if begin < _TWO or _REFERS_BACK.match(text, begin, start) is None:
        return None
    first, stop = sentence_of(text, begin - _TWO)
    told = [
        one for one in context.estimates
        if first <= (one.where.start or -1) < stop
        and (_is_share(context, one) if measure == SHARE else one.measure == measure)
    ]  # fmt: skip
    if len(told) != _TWO or not _alike(*told):
        return None
    between = text[told[0].where.end or 0 : told[1].where.start or 0]
    return Pair(told[0], told[1], ordered=False) if _COMPARED.search(between) else None


_TWO = 2


def _in_one_stretch(context: Context, effect: Estimate, measure: str) -> Pair | None:
    text, place = context.paper.text, effect.where
    if text is None or place.start is None or place.end is None:
        return None
    placed = [one for one in context.estimates if one.where.start is not None and one.id != effect.id]
    effects = [one.where for one in placed if one.measure in EFFECTS]
    values = [one for one in placed if (_is_share(context, one) if measure == SHARE else one.measure == measure)]
    told = _before(text, place, effects, values) or _in_its_brackets(text, place, effects, values)
    told = told or _behind(text, effect, effects, values)
    if len(told) != 2 or not _alike(*told):
        return None
    between = text[told[0].where.end or 0 : told[1].where.start or 0]
    if (
        not _COMPARED.search(between)
        or _EFFECT.search(between)
        or _FROM.search(text[: told[0].where.start or 0][-_NEAR:])
    ):
        return None
    return Pair(told[0], told[1], ordered=False) if _of_the_arms(effect, *told) else None


def _of_a_later_arm(context: Context, effect: Estimate, measure: str) -> Pair | None:
    """Return an arm's value with the effect in brackets behind it, and the first value of the list, which has none.

    "Sugar 27 (18%), low dose 49 (32%) (odds ratio 2.2), and high dose 57 (38%) (odds ratio 2.8)": both against sugar.
    """
    text, place = context.paper.text, effect.where
    if text is None or place.start is None:
        return None
    begin, stop = sentence_of(text, place.start)
    placed = [one for one in context.estimates if begin <= (one.where.start or -1) < stop and one.id != effect.id]
    effects = [one for one in placed if one.measure in EFFECTS]
    values = [one for one in placed if (_is_share(context, one) if measure == SHARE else one.measure == measure)]
    if any(one.measure != effect.measure for one in effects) or not effects or len(values) != len(effects) + _TWO:
        return None
    # Each effect stands in the brackets behind its own value, and the first value has none.
    told = sorted([effect, *effects], key=lambda one: one.where.start or 0)
    if not all(_directly_behind(text, one, of) for one, of in zip(values[1:], told, strict=True)):
        return None
    own = values[told.index(effect) + 1]
    first = _known_arms(values[0])
    if told[0] is effect or not first or not _known_arms(own) or not _alike(values[0], own):
        return None
    return Pair(values[0], own, ordered=False)


_BEHIND_ITS_ARM = re.compile(r"[^;:.%()]{0,60}[(\[][^0-9;:.()\[\]]{0,40}")


def _directly_behind(text: str, value: Estimate, effect: Estimate) -> bool:
    """Whether an effect opens the brackets behind a value and the words for its arm."""
    return _BEHIND_ITS_ARM.fullmatch(text, value.where.end or 0, effect.where.start or 0) is not None


def _before(text: str, place: Place, effects: list[Place], values: list[Estimate]) -> list[Estimate]:
    """Return the values between the effect before, or the start of the sentence, and this effect."""
    earlier = sorted((one for one in effects if (one.end or 0) <= (place.start or 0)), key=lambda one: one.end or 0)
    begin = sentence_of(text, place.start or 0)[0]
    while True:
        here = place.start or 0
        while earlier and (earlier[-1].end or 0) > here:
            earlier.pop()
        last = earlier[-1] if earlier else None
        start = max(last.end or 0 if last is not None else 0, here - _LONGEST, begin)
        if last is None or start != last.end or not _goes_on(text[start:here]):
            break
        place = last
    told = [one for one in values if start <= (one.where.start or 0) and (one.where.end or 0) <= here]
    if not told or _OTHER_PART.search(text, told[-1].where.end or 0, here):
        return []
    if last is not None and (last.end or 0) >= start:
        taken = _own_brackets(text, last, here)  # what stands in the brackets of the effect before is that one's
        told = [one for one in told if (one.where.start or 0) >= taken]
    return told


def _goes_on(between: str) -> bool:
    """Whether an effect stands right behind another in one bracket, or is the number needed to treat of the same."""
    return len(between) <= _NEXT and (")" not in between or "needed" in between.lower() or "NN" in between)


def _behind(text: str, effect: Estimate, effects: list[Place], values: list[Estimate]) -> list[Estimate]:
    """Return the values behind the last effect of a sentence, unless they are called of another outcome."""
    here = effect.where.end or 0
    stop = min(sentence_of(text, here)[1], here + _LONGEST)
    if any(here <= (other.start or 0) < stop for other in effects):
        return []
    told = [one for one in values if here <= (one.where.start or 0) < stop]
    goes_on = not told or _NEW_CLAUSE.search(text, here, told[0].where.start or here) is None
    if len(told) == 2 and goes_on and _V.fullmatch(text, told[0].where.end or 0, told[1].where.start or 0):
        return told
    parted = told and _NEXT_CLAUSE.search(text, here, told[0].where.start or 0)
    if parted or (effect.measure == "difference" and not goes_on):
        return []
    return told if all(_one_outcome(effect, one) for one in told) else []


_NEXT_CLAUSE = re.compile(r"[)\]]; ")
"""Behind the brackets of an effect and a semicolon another clause begins."""


def _one_outcome(effect: Estimate, value: Estimate) -> bool:
    """Whether the words for two outcomes share one, or one of them has none."""
    own, other = ({word[:_STEM] for word in _WORD.findall((one.outcome or "").lower())} for one in (effect, value))
    return not own or not other or bool(own & other)


def _is_share(context: Context, one: Estimate) -> bool:
    return one.measure == "proportion" or (one.measure == "count" and share_of(context, one) is not None)


def _in_its_brackets(text: str, place: Place, effects: list[Place], values: list[Estimate]) -> list[Estimate]:
    """Return the values that stand behind an effect in its own brackets."""
    behind = place.end or 0
    stop = min((other.start or 0 for other in effects if (other.start or 0) >= behind), default=len(text))
    closed = _own_brackets(text, place, min(stop, behind + _LONGEST))
    return [one for one in values if behind <= (one.where.start or 0) < closed]


def _own_brackets(text: str, place: Place, stop: int) -> int:
    """Return where the brackets that an effect opens are closed; its end where it opens none."""
    here, behind = place.start or 0, place.end or 0
    opened = re.search(r"[(\[]", text[here : behind + _GAP])
    if opened is None:
        return behind
    depth = 0
    for at in range(here + opened.start(), stop):
        depth += (text[at] in "([") - (text[at] in ")]")
        if depth == 0:
            return at
    return stop


def written_out(context: Context, effect: Estimate, measures: tuple[str, ...]) -> Pair | None:
    """Return the two counts, or the two numbers of events with their person-time, that stand in an effect's sentence.

    They are no claims of their own, as far as we read; the sentence has no third such number and no other effect.
    """
    text, start = context.paper.text, effect.where.start
    if text is None or start is None or SHARE not in measures:
        return None
    if effect.interval is None and effect.adjusted is not False:
        return None  # of what has no interval only what is called crude is surely of these counts
    begin, stop = sentence_of(text, start)
    effects = [one for one in context.estimates if one.measure in EFFECTS and begin <= (one.where.start or -1) < stop]
    if len(effects) > 1 or stop - begin > _LONGEST + _NEAR:
        return None
    for measure, find in (("rate", events_over_time), ("count", counts_of_groups)):
        found = find(text, begin, stop)
        if len(found) == 2 and not _PARTED.search(text, found[0][3], found[1][2]):
            return None
        if len(found) == 2 and (measure == "count" or "rate" in measures):
            first, second = (
                Estimate(id="", measure=measure, x=Reported(x), n=Reported(n), where=Place(start=a, end=b))
                for x, n, a, b in found
            )
            return Pair(first, second, ordered=False)
        if found:
            return None
    return None


def _alike(first: Estimate, second: Estimate) -> bool:
    """Whether two values may be those of two arms: one unit, one time, not one arm's twice."""
    if first.unit != second.unit and first.unit and second.unit:
        return False
    one, other = _known_arms(first), _known_arms(second)
    apart = one and other and one != other
    if first.time and second.time and first.time != second.time and not apart:
        return False  # where the arms are known, "24-week group" is no time
    if len(first.arms) > 1 or len(second.arms) > 1 or (one and one == other):
        return False
    return not (first.subgroup and second.subgroup and first.subgroup != second.subgroup)


def _of_the_arms(effect: Estimate, first: Estimate, second: Estimate) -> bool:
    """Whether nothing speaks against two values being those of the effect's two arms."""
    arms = (_known_arms(effect), _known_arms(first), _known_arms(second))
    if len(arms[0]) != 2 or not arms[1] or not arms[2]:
        return True
    return {arms[1][0], arms[2][0]} == set(arms[0])


def _known_arms(one: Estimate) -> tuple[str, ...]:
    """Return the arms of an estimate, unless they were guessed."""
    return () if "arms" in one.inferred else one.arms


def values_of(context: Context, pair: Pair) -> tuple[Range, Range] | None:
    """Return the exact ranges of both values: of shares as `share_of` gives them, of others as printed."""
    first, second = (_value_of(context, one) for one in (pair.first, pair.second))
    return None if first is None or second is None else (first, second)


def _value_of(context: Context, one: Estimate) -> Range | None:
    if one.measure in SHARES:
        return share_of(context, one)
    if not one.id and one.x is not None and one.n is not None and one.x.whole:
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
