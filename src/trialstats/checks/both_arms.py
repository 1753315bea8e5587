"""The values of both arms that an effect stands beside, by their arms or in one stretch of text."""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.checks.arm_values import (
    SHARE,
    Pair,
    alike,
    is_share,
    known_arms,
    listed_pair,
    of_a_sex,
    of_the_arms,
    one_outcome,
)
from trialstats.checks.both_arms_apart import (
    COMPARED,
    EFFECT,
    NAMED_BEHIND,
    NAMED_NEXT,
    THOSE_NEXT,
    UNIT,
    of_its_named_arms,
    of_sentence_before,
    over_two_sentences,
)
from trialstats.checks.check import Context
from trialstats.checks.counts_told import EFFECTS, POPULATION, told_in_prose, written_out
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import NEEDED_TO_TREAT, Estimate, Place
from trialstats.claims.trust import knows_groups

_OTHER_PART = re.compile(r"\b(?:whereas|while|whilst|but)\b", re.IGNORECASE)
_OF_SOME = re.compile(r"[(\[]\s?[nN] ?= ?(?P<n>\d{1,3}(?:,?\d{3})*)\s?[,;:)] ?[^()\[\]]{0,40}$")
"""Right before an effect: the number of those patients that it is of, "in women (n = 412, HR"."""
_V = re.compile(r"(?: ?[(\[][^()\[\]]{1,20}[)\]])?,? (?:v|vs\.?|versus)\s")
_NEW_CLAUSE = re.compile(r"\b(?:and|whereas|while|but|more|fewer)\b|;")
"""Between a difference and the values behind it: these are of something else."""
_FROM = re.compile(r"\bfrom (?:a mean (?:of )?)?$|\branged?\b|\bfollow-up\b", re.IGNORECASE)
"""Before the first value: the values of one arm at two times, a range, or how long patients were followed."""
_SIZES = re.compile(r"[(\[]\s?[nN] ?= ?\d")
_NEAR = 40
_NEXT = 60
"""Characters between two effects of one pair of values."""
_WITH_ITS_OWN = re.compile(r"[)\]]{0,2}, with (?:only |a total of )?", re.IGNORECASE)
"""Between an effect and values behind it, which are its own: "was 98.2%, with 2 cases with tea and 106 with milk"."""
_GAP = 3
"""Characters between an effect and the bracket that is its own."""
_LONGEST = 400
"""Characters between the values of the arms and the effect of one sentence."""
_REACH = 2_000
"""Characters around an effect in which its values are looked for: effects that go on from one to the next for longer
have none in common."""


def pair_of(context: Context, effect: Estimate, *measures: str) -> Pair | None:
    """Return the values of both arms that belong to an effect, where there is exactly one of each.

    Where the words of an effect say which arm it puts first, the values stand in that order.
    """
    pair = None if _is_of_some(context, effect) else _pair_of(context, effect, *measures)
    if pair is None or pair.ordered or not effect.order_said:
        return pair
    first, second = known_arms(pair.first), known_arms(pair.second)
    if {*first, *second} != {*effect.arms} or len(first) != len(second):
        return pair
    turned = first == effect.arms[1:]
    return replace(pair, first=pair.second, second=pair.first, ordered=True) if turned else replace(pair, ordered=True)


def _is_of_some(context: Context, effect: Estimate) -> bool:
    """Whether the words right before an effect give a number of patients that is none of all of them or of an arm."""
    text, start = context.paper.text, effect.where.start
    found = None if text is None or start is None else _OF_SOME.search(text, max(0, start - _LED), start)
    if found is None or text is None or start is None:
        return False
    if len(_SIZES.findall(text, sentence_of(text, start)[0], start)) == _TWO:
        return False  # "tea (n = 41) and milk (n = 40): odds ratio"
    n = int(found["n"].replace(",", ""))
    groups = (context.paper.of, *(arm.of for arm in context.paper.arms))
    return all(size.value.whole != n for of in groups for size in of.values())


_LED = 60


def _pair_of(context: Context, effect: Estimate, *measures: str) -> Pair | None:
    """Return the values of both arms, in the order of the document: in a trial file those of the effect's arms.

    In a text they stand in its own stretch: two values and no third, in its sentence, with no other effect between.
    """
    for measure in measures:
        if measure == SHARE and _is_of_a_time(context, effect):
            continue
        if knows_groups(context.paper) or context.paper.text is None:
            typed = context.beside(effect, "proportion" if measure == SHARE else measure)
            if typed is not None:
                return listed_pair(context, effect, typed)
            continue
        told = _in_one_stretch(context, effect, measure)
        told = told or _of_a_later_arm(context, effect, measure) or of_its_named_arms(context, effect, measure)
        told = told or over_two_sentences(context, effect, measure)
        if told is not None:
            return told
    if _is_of_a_time(context, effect):
        return None
    told = written_out(context, effect, measures)
    if told is not None:
        return told
    for measure in measures if context.paper.text is not None else ():
        if (told := of_sentence_before(context, effect, measure)) is not None:
            return told
    told = told_in_prose(context, effect, measures)
    for measure in measures if context.paper.text is not None else ():
        apart = context.beside(effect, "proportion" if measure == SHARE else measure)
        if apart is not None:
            same = told is not None and {one.x for one in apart} == {told.first.x, told.second.x}
            return Pair(*apart, ordered=False, together=same)
    return told


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
        and (is_share(context, one) if measure == SHARE else one.measure == measure)
    ]  # fmt: skip
    if len(told) != _TWO or not alike(*told) or any(of_a_sex(text, one) for one in told):
        return None
    between = text[told[0].where.end or 0 : told[1].where.start or 0]
    compared = COMPARED.search(between) or NAMED_NEXT.fullmatch(between) or NAMED_BEHIND.fullmatch(between)
    return Pair(told[0], told[1], ordered=False) if compared else None


_TWO = 2


def _in_one_stretch(context: Context, effect: Estimate, measure: str) -> Pair | None:
    text, place = context.paper.text, effect.where
    if text is None or place.start is None or place.end is None:
        return None
    placed = [one for one in context.near(place.start, _REACH) if one.id != effect.id]
    values = [
        one for one in placed
        if (is_share(context, one) if measure == SHARE else one.measure == measure and not _is_follow_up(one))
    ]  # fmt: skip
    if len(values) < _TWO:
        return None
    effects = [one.where for one in placed if one.measure in EFFECTS]
    told = _before(text, place, effects, values) or _in_its_brackets(text, place, effects, values)
    told = _around(context, effect, values) or told or _behind(text, effect, effects, values)
    if len(told) != _TWO or all(of_a_sex(text, one) for one in told):
        return None
    from_to = _goes_from_to(text, effect, told)
    if not (alike(*told) or (from_to and told[0].arms == told[1].arms)):
        return None
    if from_to:
        falls = effect.measure == "relative-reduction"
        first, second = (told[1], told[0]) if falls else (told[0], told[1])
        # The arm that is said to have brought it about is named for both.
        of_both = of_the_arms(effect, first, second) or (falls and known_arms(first) == known_arms(second))
        return Pair(first, second, ordered=falls) if of_both else None
    between = text[told[0].where.end or 0 : told[1].where.start or 0]
    if (
        not (
            COMPARED.search(between)
            or (NAMED_NEXT.fullmatch(between) and (_of_two_sizes(*told) or _listed_by_name(text, effect, told)))
            or (NAMED_BEHIND.fullmatch(between) and (_are_apart(*told) or _listed_with(text, effect, told[1])))
            or THOSE_NEXT.fullmatch(between)
        )
        or EFFECT.search(between)
        or (
            (led := _FROM.search(re.split(r"[,;:] ", text[: told[0].where.start or 0][-_NEAR:])[-1]))
            and not (led[0].startswith("from") and _are_apart(*told))
        )
    ):
        return None
    if not of_the_arms(effect, *told):
        return None
    return Pair(told[0], told[1], ordered=False)


_OF_A_TIME = re.compile(
    r"[,;] (?:and|with) (?:an? |the |also )?(?:[a-z-]{1,20} ){0,2}(?:longer|shorter|prolonged|improved|better|worse) "
    r"(?:[a-z-]{1,20} ){0,3}(?:durations?|times?|survival)\b[^,;.]{0,80}[(\[]?$",
    re.IGNORECASE,
)
"""Between two shares and an effect: it is of a time, "30% with milk, with a longer duration of sleep (HR 0.3"."""


def _is_of_a_time(context: Context, effect: Estimate) -> bool:
    """Whether the words that lead to an effect, behind those for shares, name a time that differs."""
    text, start = context.paper.text, effect.where.start
    if text is None or start is None or knows_groups(context.paper):
        return False
    begin = max(sentence_of(text, start)[0], start - _LONGEST // 2)
    return _OF_A_TIME.search(text, begin, start) is not None


_ITS_NAME = re.compile(
    r"[)\]]?\s(?:[A-Za-z][\w-]*\s?){1,4}[;,:(]\s?(?:(?:absolute|risk|mean|treatment|relative|odds|rate|hazard) ){0,2}"
    r"(?:differences?|ratio|reduction|RD|RR|OR|HR|ARR)(?: was| of|:| =|,)? ?[-−+]?$"
)


def _listed_with(text: str, effect: Estimate, second: Estimate) -> bool:
    """Whether the second of two listed values has its name behind it too, and then comes the effect of both.

    "94.1% tea, 78.6% milk; difference 15.5%".
    """
    return _ITS_NAME.match(text[second.where.end or 0 : effect.where.start or 0]) is not None


_NAME_BEFORE = re.compile(r": (?:[A-Za-z][\w-]*,?\s){1,5}[(\[]?$")
_EFFECT_NEXT = re.compile(
    rf"{UNIT}[)\]]?[;,]\s(?:(?:absolute|risk|mean|crude|unadjusted|treatment|relative|odds|rate|hazard) ){{0,3}}"
    r"(?:differences?|ratio|reduction|RD|RR|OR|HR|ARR)(?: for [a-z -]{3,50}?)?(?: was| of|:| =|,)? ?[-−+]?"
)


def _listed_by_name(text: str, effect: Estimate, told: list[Estimate]) -> bool:
    """Whether a colon opens a list of two values behind their names, and the effect of both ends it.

    "Infection: tea 6.1%, milk 11.8%; RR 0.52".
    """
    before = text[: told[0].where.start or 0][-_NEXT:]
    behind = text[told[1].where.end or 0 : effect.where.start or 0]
    return _NAME_BEFORE.search(before) is not None and _EFFECT_NEXT.fullmatch(behind) is not None


def _are_apart(first: Estimate, second: Estimate) -> bool:
    """Whether two values are known to be those of two arms: "fell from 26% with milk to 14% with tea"."""
    arms = known_arms(first), known_arms(second)
    return all(arms) and arms[0] != arms[1]


def _around(context: Context, effect: Estimate, values: list[Estimate]) -> list[Estimate]:
    """Return the values before and behind an effect: "24% with tea, 8 points more than with milk (16%)"."""
    text, start, end = context.paper.text or "", effect.where.start or 0, effect.where.end or 0
    begin, stop = sentence_of(text, start)
    before = [one for one in values if begin <= (one.where.start or -1) < start]
    behind = [one for one in values if end <= (one.where.start or -1) < stop]
    if effect.measure != "difference" or len(before) != 1 or len(behind) != 1 or effect.interval is not None:
        return []
    first, second = text[before[0].where.end or 0 : start], text[end : behind[0].where.start or 0]
    return [*before, *behind] if _A_CLAUSE.fullmatch(first) and _MORE_THAN.fullmatch(second) else []


_AFTER_COLON = re.compile(r" ?%?: [^.;:()0-9]{0,30}")
_BY_FROM = re.compile(r"[^.;:()0-9]{0,12}[,(] ?from (?:a median (?:of )?)?", re.IGNORECASE)
_THAT_IS = re.compile(
    r"[^.;:()0-9%]{0,40}(?:, |\()(?:which is |i\.e\.,? |giving |for )?an? (?:overall )?relative "
    r"(?:risk |rate )?reduction of ",
    re.IGNORECASE,
)
_A_NEXT = re.compile(
    r"[^.;:()0-9%]{0,20}%?(?: ?\([^()]{1,30}\))?[^.;:()0-9%]{0,40}(?:, |\()(?:which is |i\.e\.,? )?an? "
)
_RELATIVE_NEXT = re.compile(r" ?%? relative (?:risk |rate )?(?:reduction|decrease|fall)\b", re.IGNORECASE)
"""A reduction behind both values, its number before its name: "from 31% to 22%, a 28% relative decrease"."""
_TO = re.compile(r"[^.;:()0-9]{0,80} to (?:a median (?:of )?)?", re.IGNORECASE)


def _goes_from_to(text: str, effect: Estimate, told: list[Estimate]) -> bool:
    """Whether right behind an effect stand its two values: "by 40%, from 15% with tea to 9% with milk"."""
    if effect.interval is not None or len(told) != _TWO:
        return False
    between = text[told[0].where.end or 0 : told[1].where.start or 0]
    if _TO.fullmatch(between) and effect.measure == "relative-reduction":
        behind = text[told[1].where.end or 0 : effect.where.start or 0]
        named = _RELATIVE_NEXT.match(text, effect.where.end or 0) is not None
        if _THAT_IS.fullmatch(behind) or (named and _A_NEXT.fullmatch(behind)):
            return _FROM.search(text[: told[0].where.start or 0][-_NEAR:]) is not None
    return bool(_BY_FROM.fullmatch(text, effect.where.end or 0, told[0].where.start or 0) and _TO.fullmatch(between))


_A_CLAUSE = re.compile(r"[^.;:0-9]{0,60}, (?:an? |i\.e\. )?")
_MORE_THAN = re.compile(
    r" ?(?:percentage |%)?[a-z ]{0,20}\b(?:higher|lower|more|less|greater|fewer|longer|shorter|earlier|later) than"
    r"[^.;:0-9]{2,70}(?:[(\[]|\bof |\bat )"
)


def _is_follow_up(one: Estimate) -> bool:
    """Whether a median tells how long patients were followed."""
    return one.measure == "median" and "follow" in (one.outcome or "")


def _of_two_sizes(first: Estimate, second: Estimate) -> bool:
    """Whether two counts are printed with different totals, which categories of one group are not."""
    sizes = [one.n.whole for one in (first, second) if one.n is not None and one.x is not None]
    return len(sizes) == _TWO and sizes[0] != sizes[1]


def _of_a_later_arm(context: Context, effect: Estimate, measure: str) -> Pair | None:
    """Return an arm's value with the effect in brackets behind it, and the first value of the list, which has none.

    "Sugar 27 (18%), low dose 49 (32%) (odds ratio 2.2), and high dose 57 (38%) (odds ratio 2.8)": both against sugar.
    """
    text, place = context.paper.text, effect.where
    if text is None or place.start is None:
        return None
    begin, stop = sentence_of(text, place.start)
    near = context.near(place.start, _REACH)
    placed = [one for one in near if begin <= (one.where.start or -1) < stop and one.id != effect.id]
    values = [one for one in placed if (is_share(context, one) if measure == SHARE else one.measure == measure)]
    if len(values) < _TWO:
        return None
    effects = [one for one in placed if one.measure in EFFECTS]
    if any(one.measure != effect.measure for one in effects) or not effects or len(values) != len(effects) + _TWO:
        return None
    # Each effect stands in the brackets behind its own value, and the first value has none.
    told = sorted([effect, *effects], key=lambda one: one.where.start or 0)
    if not all(_directly_behind(text, one, of) for one, of in zip(values[1:], told, strict=True)):
        return None
    own = values[told.index(effect) + 1]
    first = known_arms(values[0])
    if told[0] is effect or not first or not known_arms(own) or not alike(values[0], own):
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
    if last is not None and _WITH_ITS_OWN.fullmatch(text, last.end or 0, told[0].where.start or 0):
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
    later = min((other.start or 0 for other in effects if here <= (other.start or 0) < stop), default=stop)
    told = [one for one in values if here <= (one.where.start or 0) < later]
    if later < stop and not (told and _WITH_ITS_OWN.fullmatch(text, here, told[0].where.start or 0)):
        return []
    if told and POPULATION.search(text, here, told[0].where.start or 0):
        return []
    goes_on = not told or _NEW_CLAUSE.search(text, here, told[0].where.start or here) is None
    if len(told) == 2 and goes_on and _V.fullmatch(text, told[0].where.end or 0, told[1].where.start or 0):
        return told
    parted = told and _NEXT_CLAUSE.search(text, here, told[0].where.start or 0)
    if parted or (effect.measure == "difference" and not goes_on):
        return []
    needed = effect.unit == NEEDED_TO_TREAT  # "to prevent one fall, 12 patients would need": whatever its words are
    led = told and _AFTER_COLON.fullmatch(text, here, told[0].where.start or 0) is not None
    of_it = needed or led or _goes_from_to(text, effect, told) or all(one_outcome(effect, one) for one in told)
    return told if of_it else []


_NEXT_CLAUSE = re.compile(r"[)\]]; ")
"""Behind the brackets of an effect and a semicolon another clause begins."""


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
