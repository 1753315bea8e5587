"""Contrasts of several arms with one: "not lower in the A group (ratio 0.9) or the B group (1.1) than with C"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.results import Result
from trialstats.sources.text.statement_brackets import led_by_bracket
from trialstats.sources.text.statement_rows import Places

_REFERENCE = re.compile(
    r"(?:compared (?:with|to)|comparison (?:with|to)|than|relative to|versus|vs\.?|against"
    r"|differences? from|differed from)"
    r"(?: (?:in|with|for|on|of|the|that|those|patients|group|receiving|reference|control|assigned|to))* ?\(?$"
)
_OPENS = re.compile(
    r"[.;\s]*(?:results?: )?(?:as )?(?:compared (?:with|to)|in comparison (?:with|to)|relative to)"
    r"(?: (?:the|that|those|patients|participants|in|on|of|receiving|assigned|to))* "
)
_FARTHEST = 60
_BEHIND = re.compile(r"[)\]]*,? ?(?:in|among|for|with|on)(?: the| those (?:on|receiving|given))? ")


def with_reference(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, ...]:
    """Return the arm of a contrast and the one arm with which its sentence compares all others, if there is one.

    Parameters
    ----------
    places : Places
    result : Result
    sentence : tuple of int
    """
    end = places.end(result)
    behind = places.mentions(end, min(sentence[1], end + 2 * _FARTHEST))[:2]
    if len(behind) == 2 and behind[0].group != behind[1].group:
        # "9% (7 to 11) for A versus B"
        led = _BEHIND.fullmatch(places.text(end, behind[0].start))
        if led is not None and _VERSUS_NEXT.fullmatch(places.text(behind[0].end, behind[1].start)):
            return behind[0].group, behind[1].group
    if pair := _told_than(places, result, sentence):
        return pair
    reference = _reference(places, sentence)
    if reference is None:
        return ()
    own = led_by_bracket(places, result)
    if own in (None, reference):
        behind = places.mentions(end, min(sentence[1], end + _FARTHEST))
        if behind and _BEHIND.fullmatch(places.text(end, behind[0].start)):
            own = behind[0].group
    return (own, reference) if own is not None and own != reference else ()


_THAN = re.compile(
    r"\b(?:than|superior to|inferior to|over|versus|vs\.?|compared (?:with|to)|relative to)"
    r"(?: (?:in|with|for|on|of|the|that|those|patients|receiving|single|forms?))* $"
)


def _told_than(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, ...]:
    """Return the arms of "X was better than Y (OR 1.5), and than Z (OR 1.4)": X, and Y or Z."""
    other = led_by_bracket(places, result)
    begin = places.begin(result)
    before = places.mentions(sentence[0], begin)
    if other is None or not before or before[0].group == other or before[-1].group != other:
        return ()
    if _THAN.search(places.text(max(sentence[0], before[-1].start - _FARTHEST), before[-1].start)) is None:
        return ()
    # The arm right before "than", or what the sentence is about where a bracket stands between.
    beside = before[-2] if "(" not in places.text(before[-2].end, before[-1].start) else before[0]
    return (beside.group, other) if beside.group != other else ()


_VERSUS_NEXT = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants))?(?: ?\([^()]{1,20}\))?,? (?:versus|vs\.?|v|compared (?:with|to)"
    r"|relative to) (?:the )?"
)


def _reference(places: Places, sentence: tuple[int, int]) -> int | None:
    """Return the one arm with which a sentence compares others."""
    first = places.mentions(sentence[0], min(sentence[1], sentence[0] + 2 * _FARTHEST))[:1]
    if first and _OPENS.fullmatch(places.text(sentence[0], first[0].start)) is not None:
        return first[0].group
    references = {
        one.group
        for one in places.mentions(*sentence)
        if _REFERENCE.search(places.text(max(sentence[0], one.start - _FARTHEST), one.start))
    }
    return next(iter(references)) if len(references) == 1 else None


def listed_against(
    places: Places, results: Sequence[Result], sentence: tuple[int, int], before: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Return the arms of a list of contrasts with one arm: "against A, the ratios of B, C and D were 1.2, 1.4 and 1.9".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : tuple of int
    before : sequence of (int, int)
        The arms of such a list in a sentence before; they hold where the sentence names none.

    Returns
    -------
    dict of int to (int, int)
        By the first token of each contrast.
    """
    runs = _runs(places, [one for one in results if one.is_contrast and one.measure != "p-only"])
    listed = max(runs, key=len, default=[])
    if len(listed) < 2:
        return {}
    pairs = _pairs_of(places, listed, sentence, before)
    # What follows in the sentence has the same order.
    same = [run for run in runs if len(run) == len(pairs) and run[0].first >= listed[0].first]
    return {one.first: pair for run in same for one, pair in zip(run, pairs, strict=True)}


def _pairs_of(
    places: Places, listed: Sequence[Result], sentence: tuple[int, int], before: Sequence[tuple[int, int]]
) -> Sequence[tuple[int, int]]:
    named = places.mentions(*sentence)
    if not named:
        return before if len(before) == len(listed) else ()
    reference = _reference(places, sentence)
    if reference is None:
        return ()
    first, last = places.begin(listed[0]), places.end(listed[-1])
    inside = {one.group for one in places.mentions(first, last)} - {reference}
    ahead = [one.group for one in named if one.start < first and one.group != reference]
    behind = [one.group for one in named if one.start >= last and one.group != reference]
    for arms in (ahead, behind):
        told = list(dict.fromkeys(arms))
        if len(told) == len(listed) and not inside:
            return [(arm, reference) for arm in told]
    return ()


_NEXT = re.compile(
    r"[^a-z]{0,12}(?:(?:ci|hr|or|rr|p|aor|ahr|arr|irr|for|trend|interval|confidence|quartile|tertile)\b[^a-z]{0,12}){0,4}"
    r"(?:and|,|;)? ?[^a-z]{0,6}(?:(?:hr|or|rr|aor|ahr|irr)\b[^a-z]{0,4})?"
)


_TO_BETWEEN = re.compile(r"(?:[;,] ?p ?[=<>] ?[0-9.]+)?[)\]%]*(?: [a-z/%]{1,12}){0,2},? between (?:the )?")
_BETWEEN_TO = re.compile(r"(?: groups?| arms?)? (?:was|were|of|:|is)(?: [a-z]+){0,2} ?$")
_AND = re.compile(r"(?: groups?| arms?)?(?: ?\([^()]{1,20}\))? and (?:the )?")


def between_two(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of "7 points between A and B", or of "the difference between A and B was 7 points".

    Parameters
    ----------
    places : Places
    result : Result
    sentence : tuple of int
    """
    begin, end = places.begin(result), places.end(result)
    behind = places.mentions(end, min(sentence[1], end + _FARTHEST * 2))[:2]
    if len(behind) == 2 and _TO_BETWEEN.fullmatch(places.text(end, behind[0].start)):
        pair = behind
    else:
        pair = places.mentions(max(sentence[0], begin - _FARTHEST * 2), begin)[-2:]
        if len(pair) < 2 or not _BETWEEN_TO.match(places.text(pair[1].end, begin)):
            return None
        if not places.text(max(0, pair[0].start - 12), pair[0].start).endswith(("between ", "between the ")):
            return None
    if pair[0].group == pair[1].group or not _AND.fullmatch(places.text(pair[0].end, pair[1].start)):
        return None
    return pair[0].group, pair[1].group


def _runs(places: Places, contrasts: Sequence[Result]) -> list[list[Result]]:
    """Return the runs of contrasts of one measure, one right behind the other."""
    runs: list[list[Result]] = []
    for one in contrasts:
        last = runs[-1][-1] if runs else None
        if (
            last is not None
            and one.measure == last.measure
            and _NEXT.fullmatch(places.text(places.end(last), places.begin(one)))
        ):
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs
