"""Which two arms a contrast is of, and which of them is first; or the one arm in which something changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trialstats.claims.model import RATIO_MEASURES
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import BETWEEN_ARMS, VERSUS, Places, Row

BEHIND_THAN = re.compile(
    r"\b(?:(?<!ssigned )(?<!llocated )(?<!domi[sz]ed )(?<!exposed )to|than|over|versus|vs\.?"
    r"|(?:compared|comparison) (?:with|to)|against)"
    r"(?: (?:that|those|of|in|with|for|the|an?|patients|participants|(?:assigned|allocated|randomi[sz]ed) to))* $"
)
"""What leads to the second of two arms."""
_OPENS_AGAINST = re.compile(
    r"[.;\s]*(?:results?: )?(?:(?:however|moreover|furthermore|in addition|additionally|similarly|overall), )?"
    r"(?:when )?(?:as )?(?:compared (?:with|to)|in comparison (?:with|to)|relative to)"
    r"(?: (?:the|that|those|patients|participants|subjects|people|women|men|adults|children|infants|in|on|of|receiving"
    r"|given|taking|treated|(?:who|that) (?:received|took|were given)|randomi[sz]ed|allocated|assigned|to|with|for|by)"
    r"){0,7} "
)
"""What a sentence begins with that holds all it tells against one arm."""
_IN = re.compile(r"\b(?:in|among|for)(?: the)? $")
_BY = re.compile(r"(?: ?-?(?:groups?|arms?|patients|participants))? ?(?:by|was|were|of|:|,|\()* ?[-+]?")
_AND_BY = re.compile(r"(?: ?[/a-z0-9-]{1,12})? ?-?(?:groups?|arms?|patients|participants)?,? (?:and|but) by [-+]?")
_OF_OTHERS = re.compile(r"[0-9][^;]{0,40}[)%] (?:and|but) (?:[a-z]+ ){0,3}by [-+]?$")
_IN_BEHIND = re.compile(
    r"(?:[;,] ?p ?[=<>] ?[0-9.]{1,8})?[)\]]*,? ?(?:in|among|for)(?: the| those (?:on|receiving|given))? "
)
_THAN = re.compile(
    r"\bthan\b|\b(?:compared|comparison) (?:with|to)\b(?! (?:the )?(?:baseline|pre-?treatment|before))|\bversus\b"
    r"|\bvs\b|\brelative to\b"
)
_WITH = re.compile(
    r"(?<!compared )(?<!comparison )(?<!than )\b(?:with|for|by|on|favou?r(?:ing|ed|s)?)(?: the| adding)? $"
)
_SECOND_WITH = re.compile(
    r"\b(?:relative to|than|over|versus|vs\.?|against|(?:compared|comparison) (?:with|to))"
    r" (?:the |that |those |patients )*(?:[a-z]+ )?(?:treated |treatment |therapy )?(?:with|for|by|on)(?: the)? $"
)
"""What leads to the arm that another is held against: "relative to treatment with"."""
_HAS_VALUE = re.compile(
    r"[0-9][%)\]]*(?: (?!(?:reduc|decreas|increas|improv|benefit|gain|drop|fall|fold)[a-z]*\b"
    r"|(?:lower|higher|fewer|less|more|greater|longer|shorter|better|worse|relative|absolute)\b)[a-z0-9/-]+){0,4}"
    r" (?:with|for|by|on)(?: the| adding)? $"
)
_RATIO_IN = re.compile(
    r"\b(?:ratio|hr|rr|or|risk|difference)\b(?: ?[(\[](?:[^()\[\]]{1,12}|9[059] ?%[^;.]{1,30})[)\]])?"
    r"(?: (?:for|of) [a-z][a-z -]{2,60})?"
    r" (?:in|with|for|among)(?: the| those (?:in|on)| patients (?:in|on))*(?: in| on)?(?: the)? $"
)
_AND_IN = re.compile(r"[0-9][)\]]*,? (?:and|but) (?:for|in|with)(?: the)? $")
"""What leads to the next of several ratios: "ratio for zinc of 1.2 (0.9 to 1.6) and for tin of 1.4"."""
_TO_VALUE = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|recipients))?,?(?: (?:was|were|of|is|=))?[ :,(]*[-+]?"
)


def own_change(places: Places, result: Result, sentence: tuple[int, int]) -> int | None:
    """Return the one arm in which something changed: "rose in X by 17.5%", "a fall (3.0) in the X group"."""
    begin, end = places.begin(result), places.end(result)
    if (
        result.compares
        or _held_against(places, result, sentence)
        or BETWEEN_ARMS.search(places.text(max(0, begin - 70), begin))
    ):
        return None
    if len(result.arms) == 1:
        return result.arms[0]
    for mention in reversed(places.mentions(max(sentence[0], begin - 60), begin)):
        before = places.text(max(sentence[0], mention.start - 30), mention.start)
        if _IN.search(before) is None or BEHIND_THAN.search(before) is not None:
            return None
        gap = places.text(mention.end, begin)
        if _AND_BY.fullmatch(gap) is not None or _OF_OTHERS.search(gap) is not None:
            break  # "by 3 (1 to 5) in X and by 4 (2 to 6) in Y", "in X by 3 (1 to 5) and by 4 (2 to 6) in Y"
        return mention.group if _BY.fullmatch(gap) else None
    for mention in places.mentions(end, min(sentence[1], end + 60)):
        led = _IN_BEHIND.fullmatch(places.text(end, mention.start))
        beyond = VERSUS.search(places.text(mention.end, min(sentence[1], mention.end + 40)))
        return mention.group if led and not beyond else None
    return None


def _held_against(places: Places, result: Result, sentence: tuple[int, int]) -> bool:
    """Whether a change is told against another arm: "16 g higher than in X", "fell by 6% compared with X"."""
    if opens_against(places, sentence) is not None:
        return True
    end = places.end(result)
    stop = min(sentence[1], end + 140)
    than = _THAN.search(places.text(end, stop))
    if than is None:
        return False
    behind = places.mentions(end + than.end(), stop)
    told = bool(behind) and {one.group for one in behind} != set(result.arms)
    return told and "%" not in places.text(end + than.start(), behind[0].start)


def opens_against(places: Places, sentence: tuple[int, int]) -> int | None:
    """Return the arm that a sentence opens with, to hold all that it tells against: "compared with X, ...".

    Parameters
    ----------
    places : Places
    sentence : tuple of int
    """
    start, stop = sentence
    first = places.mentions(start, min(stop, start + _OPENING))[:1]
    return first[0].group if first and _OPENS_AGAINST.fullmatch(places.text(start, first[0].start)) else None


def led_by(places: Places, result: Result, sentence: tuple[int, int], pair: Row | None) -> int | None:
    """Return the one of two arms that an effect is said to come with: "a 46% reduction with X (hazard ratio"."""
    if len(places.groups.arms) != 2:
        return None
    begin = places.begin(result)
    near = places.mentions(max(sentence[0], begin - 80), begin)
    if not near or _WITH.search(places.text(max(0, near[-1].start - 24), near[-1].start)) is None:
        return None
    if _SECOND_WITH.search(places.text(max(0, near[-1].start - 60), near[-1].start)):
        return None
    if pair is not None and 0 <= near[-1].start - places.end(pair.results[-1]) < 40:
        return None  # "10% with X and 20% with Y (hazard ratio": the arm of the value before it
    if _HAS_VALUE.search(places.text(max(0, near[-1].start - 50), near[-1].start)):
        return None  # a value that was not read
    behind = places.text(near[-1].end, begin)
    return near[-1].group if behind.count("(") == 1 and not set("0123456789;") & set(behind) else None


def of_arm(places: Places, result: Result, sentence: tuple[int, int]) -> int | None:
    """Return the one arm in which a ratio is said to be: "hazard ratio in the X group, 1.2"."""
    begin = places.begin(result)
    named = places.mentions(max(sentence[0], begin - 80), begin)
    if not named:
        return None
    start = max(sentence[0], begin - 140)
    before = places.text(start, named[-1].start)
    led = _RATIO_IN.search(before)
    if led is None or places.mentions(start + led.start(), named[-1].start):
        on = len(places.groups.arms) > 2 and _AND_IN.search(before) is not None and "ratio" in before
        if not on or _TO_VALUE.fullmatch(places.text(named[-1].end, begin)) is None:
            return None
    return named[-1].group if _TO_VALUE.fullmatch(places.text(named[-1].end, begin)) else None


def within_each(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int]:
    """Return the arm of ratios of which each is told in one of two: "was 2.1 (1.3 to 3.4) in men and 1.2 in women".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : (int, int)
    """
    found: dict[int, int] = {}
    if len(places.groups.arms) != 2:
        return found
    for first, second in pairwise(one for one in results if one.measure != "p-only"):
        if first.measure != second.measure or first.measure not in RATIO_MEASURES:
            continue
        own = [_told_in(places, one, stop) for one, stop in ((first, places.begin(second)), (second, sentence[1]))]
        if None not in own and own[0] != own[1]:
            found |= {one.first: arm for one, arm in zip((first, second), own, strict=True) if arm is not None}
    return found


def _told_in(places: Places, result: Result, stop: int) -> int | None:
    """Return the arm named right behind a result, and no other beside it."""
    end = places.end(result)
    near = places.mentions(end, min(stop, end + 90))
    if len({one.group for one in near}) != 1 or _IN_BEHIND.fullmatch(places.text(end, near[0].start)) is None:
        return None
    return None if VERSUS.search(places.text(near[0].end, min(stop, near[0].end + 40))) else near[0].group


def compares(result: Result, results: Sequence[Result]) -> bool:
    """Whether a result compares two arms, or goes on a list that does: "the difference was 0.4 with X, 0.5 with Y".

    Parameters
    ----------
    result : Result
    results : sequence of Result
        Of one sentence.
    """
    if result.is_contrast:
        return True
    if result.interval is None:
        return False
    return any(one.is_contrast and one.unit == result.unit for one in results if one.first < result.first)


def with_other(places: Places, first: int) -> tuple[int, int] | None:
    """Return an arm with the one it is held against, where there is only one such."""
    others = [at for at in range(len(places.groups.arms)) if at != first]
    controls = [at for at in others if places.groups.arms[at].role == "control"]
    others = controls or others
    return (first, others[0]) if len(others) == 1 else None


def versus(places: Places, start: int, stop: int) -> tuple[int, int] | None:
    """Return the arms on both sides of the last "versus" of a stretch."""
    mentions = places.mentions(start, stop)
    for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        if first.group != second.group and second.start - first.end < 80:
            gap = places.text(first.end, second.start)
            if VERSUS.search(gap) is not None and "%" not in gap and _P_BETWEEN.search(gap) is None:
                return first.group, second.group
    return None


# "(P = .01 v X and P = .03 v Y)": each is held against a third
_P_BETWEEN = re.compile(r"\bp ?[=<>≤≥]")


def ordered(places: Places, first: int, second: int) -> tuple[int, int]:
    """Return two arms, the control last where it is known."""
    if places.groups.arms[first].role == "control" and places.groups.arms[second].role != "control":
        return second, first
    return first, second


def than_another(places: Places, start: int, stop: int) -> tuple[int, int] | None:
    """Return the first two arms of a stretch that it holds against each other: "X was superior to Y for sleep"."""
    mentions = places.mentions(start, stop)
    for first, second in pairwise(mentions):
        gap = places.text(first.end, second.start)
        if first.group != second.group and len(gap) < _LONGEST_GAP and _SUPERIOR.search(gap) is not None:
            return first.group, second.group
    return None


_OPENING = 120
_LONGEST_GAP = 90
_SUPERIOR = re.compile(
    r"\b(?:(?:superior|inferior|noninferior|preferable|equivalent|similar|comparable) to|than|versus|vs\.?|over"
    r"|compared (?:with|to)|differed from)\b(?: (?:the|that|those|of|in|with|for|on))* ?$"
)


_UNIT = r"(?:mm ?hg|mmol(?:/l)?|[mµμ]?g/d?l|[mk]?g(?:/m2)?|ml|l|cm|mm|years?|%)"
_BARE_UNIT = r"(?:points?|units?|sds?|standard deviations?)"
_STEP = (
    r"\b(?:per|(?:for )?(?:each|every))(?: (?:one|additional|further|[0-9]{1,4}(?:\.[0-9]+)?))?[ -]?"
    rf"(?:(?<=[0-9e][ -]){_UNIT}(?![a-z/])|(?<=[0-9])%|{_BARE_UNIT}(?![a-z/])"
    r"|(?:[a-z-]{2,20} ){0,2}(?:increase|increment|decrease|decrement|rise|doubling|quartile|tertile)\b)"
)
_WORDS = r"(?:[^.;()0-9]|(?<=[a-z])[0-9])"
_STEP_BEFORE = re.compile(rf"{_STEP}{_WORDS}{{0,60}}(?:\({_WORDS}{{0,40}})?$")
_STEP_BEHIND = re.compile(rf"[)\]]{{0,2}},? (?:for )?{_STEP}")


def is_per_step(places: Places, result: Result, sentence: tuple[int, int]) -> bool:
    """Whether a ratio is for so much more of what was measured, and of no two arms: "1.2 per 10 mm Hg".

    Parameters
    ----------
    places : Places
    result : Result
    sentence : (int, int)
    """
    begin, end = places.begin(result), places.end(result)
    near = places.text(max(sentence[0], begin - 120), min(sentence[1], end + 60))
    if not any(word in near for word in ("per ", "each ", "every ")):
        return False
    # "1.2 per 10 mm Hg (95% CI 1.1 to 1.4)" or "1.2 (95% CI 1.1 to 1.4) per 10 mm Hg"
    own = places.document.tokens.ends[result.value] if result.value >= 0 else end
    behind = places.text(own, end), places.text(end, min(sentence[1], end + 60))
    before = places.text(max(sentence[0], begin - 120), begin)
    return any(_STEP_BEHIND.match(words) for words in behind) or _STEP_BEFORE.search(before) is not None
