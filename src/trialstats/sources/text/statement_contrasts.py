"""Which two arms a contrast is of, and which of them is first; or the one arm in which something changed."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statement_rows import VERSUS, Places, Row

_IN = re.compile(r"\b(?:in|among|for)(?: the)? $")
_BY = re.compile(r"(?: ?-?(?:groups?|arms?|patients|participants))? ?(?:by|was|were|of|:|,|\()* ?[-+]?")
_IN_BEHIND = re.compile(r"[)\]]*,? ?(?:in|among|for)(?: the| those (?:on|receiving|given))? ")
_THAN = re.compile(
    r"\bthan\b|\b(?:compared|comparison) (?:with|to)\b(?! (?:the )?(?:baseline|pre-?treatment|before))|\bversus\b"
    r"|\bvs\b|\brelative to\b"
)
_WITH = re.compile(
    r"(?<!compared )(?<!comparison )(?<!than )\b(?:with|for|by|on|favou?r(?:ing|ed|s)?)(?: the| adding)? $"
)
_HAS_VALUE = re.compile(
    r"[0-9][%)\]]*(?: (?!(?:reduc|decreas|increas|improv|benefit|gain|drop|fall|fold)[a-z]*\b"
    r"|(?:lower|higher|fewer|less|more|greater|longer|shorter|better|worse|relative|absolute)\b)[a-z0-9/-]+){0,4}"
    r" (?:with|for|by|on)(?: the| adding)? $"
)
_RATIO_IN = re.compile(
    r"\b(?:ratio|hr|rr|or|risk|difference)\b(?: ?[(\[][^()\[\]]{1,12}[)\]])?(?: (?:for|of) [a-z][a-z -]{2,60})?"
    r" (?:in|with|for|among)(?: the| those (?:in|on)| patients (?:in|on))*(?: in| on)?(?: the)? $"
)
_TO_VALUE = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|recipients))?,?(?: (?:was|were|of|is|=))?[ :,(]*[-+]?"
)


def own_change(places: Places, result: Result, sentence: tuple[int, int]) -> int | None:
    """Return the one arm in which something changed: "rose in X by 17.5%", "a fall (3.0) in the X group"."""
    if _held_against(places, result, sentence):
        return None
    if len(result.arms) == 1:
        return result.arms[0]
    begin, end = places.begin(result), places.end(result)
    for mention in reversed(places.mentions(max(sentence[0], begin - 60), begin)):
        led = _IN.search(places.text(max(sentence[0], mention.start - 12), mention.start))
        return mention.group if led and _BY.fullmatch(places.text(mention.end, begin)) else None
    for mention in places.mentions(end, min(sentence[1], end + 60)):
        led = _IN_BEHIND.fullmatch(places.text(end, mention.start))
        beyond = VERSUS.search(places.text(mention.end, min(sentence[1], mention.end + 40)))
        return mention.group if led and not beyond else None
    return None


def _held_against(places: Places, result: Result, sentence: tuple[int, int]) -> bool:
    """Whether a change is told against another arm: "16 g higher than in X", "fell by 6% compared with X"."""
    end = places.end(result)
    stop = min(sentence[1], end + 140)
    than = _THAN.search(places.text(end, stop))
    if than is None:
        return False
    behind = places.mentions(end + than.end(), stop)
    told = bool(behind) and {one.group for one in behind} != set(result.arms)
    return told and "%" not in places.text(end + than.start(), behind[0].start)


def led_by(places: Places, result: Result, sentence: tuple[int, int], pair: Row | None) -> int | None:
    """Return the one of two arms that an effect is said to come with: "a 46% reduction with X (hazard ratio"."""
    if len(places.groups.arms) != 2:
        return None
    begin = places.begin(result)
    near = places.mentions(max(sentence[0], begin - 80), begin)
    if not near or _WITH.search(places.text(max(0, near[-1].start - 24), near[-1].start)) is None:
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
    led = _RATIO_IN.search(places.text(start, named[-1].start))
    if led is None or places.mentions(start + led.start(), named[-1].start):
        return None
    return named[-1].group if _TO_VALUE.fullmatch(places.text(named[-1].end, begin)) else None


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
            if VERSUS.search(gap) is not None and "%" not in gap:
                return first.group, second.group
    return None


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


_LONGEST_GAP = 90
_SUPERIOR = re.compile(
    r"\b(?:(?:superior|inferior|noninferior|preferable|equivalent|similar|comparable) to|than|versus|vs\.?|over"
    r"|compared (?:with|to)|differed from)\b(?: (?:the|that|those|of|in|with|for|on))* ?$"
)
