"""Contrasts of several arms with one: "not lower in the A group (ratio 0.9) or the B group (1.1) than with C"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.brackets import led_by_bracket
from trialstats.sources.text.statements.contrasts import opens_against, ordered
from trialstats.sources.text.statements.past_p import past_p
from trialstats.sources.text.statements.rows import Places

_REFERENCE = re.compile(
    r"(?:compared (?:with|to)|comparison (?:with|to)|than|relative to|versus|vs\.?|\bv|against"
    r"|(?:non-?inferior|inferior|superior) to|differences? from|differed from)"
    r"(?: (?:in|with|for|on|of|the|that|those|patients|group|receiving|reference|control|assigned|to))* ?\(?$"
)
_FARTHEST = 60
_BEHIND = re.compile(
    r"[)\]]*(?: (?!(?:in|for|with|on|and|or|but)\b)[a-z/%]{1,8})?"
    r"(?: (?:lower|higher|greater|less|more|longer|shorter|larger|smaller|better|worse|fewer))?"
    r"(?:[;,] ?p ?[=<>≤] ?[0-9.]{1,8})?[)\]]*,? ?(?:in|among|for|with|on)(?: the| those (?:on|receiving|given))? "
)


def with_reference(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, ...]:
    """Return the arm of a contrast and the one arm with which its sentence compares all others, if there is one.

    Parameters
    ----------
    places : Places
    result : Result
    sentence : tuple of int
    """
    end = past_p(places.document, result)
    behind = places.mentions(end, min(sentence[1], end + 2 * _FARTHEST))[:2]
    if len(behind) == 2 and behind[0].group != behind[1].group:
        # "9% (7 to 11) for A versus B"
        led = _BEHIND.fullmatch(places.text(end, behind[0].start))
        if led is not None and _VERSUS_NEXT.fullmatch(places.text(behind[0].end, behind[1].start)):
            return behind[0].group, behind[1].group
    if pair := _told_between(places, result, sentence) or _told_than(places, result, sentence):
        return pair
    reference = reference_of(places, sentence)
    if reference is None:
        return ()
    own = led_by_bracket(places, result)
    if own in (None, reference):
        behind = places.mentions(end, min(sentence[1], end + _FARTHEST))
        if behind and _BEHIND.fullmatch(places.text(end, behind[0].start)):
            own = behind[0].group
    if own is None:
        own = _subject(places, result, sentence)
    if own is None:
        # "was 0.3 (0.1 to 0.9) with A and with B 0.5 (0.2 to 1.1), in comparison with C"
        named = places.mentions(places.begin(result) - _FARTHEST, places.begin(result))[-1:]
        if named and _AND_WITH.search(places.text(named[0].start - 20, named[0].start)):
            own = named[0].group if _TO_OWN.fullmatch(places.text(named[0].end, places.begin(result))) else None
    return (own, reference) if own is not None and own != reference else ()


_AND_WITH = re.compile(r"[0-9)\]],? (?:and|or|but) (?:(?:with|for|in) )?(?:the )?$")
_VERB = re.compile(
    r"[a-z -]{0,30}\b(?:reduced|lowered|raised|increased|decreased|improved|lengthened|shortened|prolonged|cut|had|was"
    r"|were)\b[^;.]{0,80}"
)


def _subject(places: Places, result: Result, sentence: tuple[int, int]) -> int | None:
    """Return the arm of which a verb tells a contrast: "zinc lowered pain by 20% (-2.0 points)"."""
    begin = places.begin(result)
    named = places.mentions(max(sentence[0], begin - 2 * _FARTHEST), begin)[-1:]
    if not named or _VERB.fullmatch(places.text(named[0].end, begin)) is None:
        return None
    told = _REFERENCE.search(places.text(max(sentence[0], named[0].start - _FARTHEST), named[0].start))
    return None if told is not None else named[0].group


_VALUE = r"(?:[0-9.]{1,6} ?%? ?(?:[(\[][^()\[\]]{1,30}[)\]] ?)?)?"
_THAN = re.compile(
    r"\b(?:than|superior to|inferior to|over|versus|vs\.?|compared (?:with|to)|relative to) ?"
    rf"{_VALUE}(?: ?\b(?:in|with|for|on|of|the|that|those|patients|participants|receiving|single|forms?))* $"
)
_AND_ANOTHER = re.compile(
    r"[^()\[\]]{0,60}[)\]]*,? (?:and|or|but not)(?: (?:than|with|to|over))?(?: in)? "
    rf"{_VALUE}(?: ?\b(?:in|with|for|on|of|the|that|those|patients|participants|receiving))* ?"
)


def against_one_more(places: Places, last: Result, result: Result) -> tuple[int, ...]:
    """Return the arms of the second ratio of "10% with A compared with 14% with B (OR 0.7) and 19% with C (OR 0.4)".

    Parameters
    ----------
    places : Places
    last : Result
        The contrast before.
    result : Result
    """
    other = led_by_bracket(places, result)
    if other is None or other in last.arms or last.measure != result.measure:
        return ()
    if len(last.arms) != 2 or (before := led_by_bracket(places, last)) not in last.arms:
        return ()
    start = places.end(last)
    named = places.mentions(start, places.begin(result))
    led = len(named) == 1 and _AND_ANOTHER.fullmatch(places.text(start, named[0].start))
    # In the order of the ratio before, which its values may have turned.
    pair = (last.arms[0], other) if before == last.arms[1] else (other, last.arms[1])
    return pair if led else ()


def each_against_control(
    places: Places, results: Sequence[Result], sentence: tuple[int, int]
) -> dict[int, tuple[int, int]]:
    """Return the arms of contrasts that arms have beside their values: "placebo, 5; A, 7 (RR 1.4), and B, 8 (RR 1.6)".

    Each of two arms or more has one, and the one control has none.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : tuple of int

    Returns
    -------
    dict of int to (int, int)
        By the first token of each contrast.
    """
    controls = [at for at, arm in enumerate(places.groups.arms) if arm.role == "control"]
    contrasts = [one for one in results if one.is_contrast and one.measure != "p-only"]
    if (
        len(controls) != 1
        or len(contrasts) < _TWO
        or not any(one.group == controls[0] for one in places.mentions(*sentence))
    ):
        return {}
    own = {one.first: _beside(places, one, results) for one in contrasts}
    arms = list(own.values())
    if None in arms or controls[0] in arms or len(set(arms)) < len(arms):
        return {}
    return {first: (arm, controls[0]) for first, arm in own.items() if arm is not None}


def _beside(places: Places, contrast: Result, results: Sequence[Result]) -> int | None:
    """Return the arm whose bracket a contrast opens, or whose value stands right before it: "A, 7 months; HR, 0.9"."""
    if (led := led_by_bracket(places, contrast)) is not None:
        return led
    begin = places.begin(contrast)
    before = next((one for one in reversed(results) if places.end(one) <= begin), None)
    if before is None or before.is_contrast or len(before.arms) != 1:
        return None
    beside = _TO_RATIO.fullmatch(places.text(places.end(before), begin))
    named = places.mentions(max(0, places.begin(before) - _FARTHEST), places.begin(before))[-1:]
    own = beside and named and named[0].group == before.arms[0]
    return named[0].group if own and _TO_OWN.fullmatch(places.text(named[0].end, places.begin(before))) else None


_TWO = 2
_TO_RATIO = re.compile(
    r"[%)\]]*(?: (?:months?|years?|weeks?|days?|points?))?[;,] ?(?:[a-z]+ ){0,2}(?:ratio|[ah]?hr|rr|a?or|irr)"
    r"(?: ?[(\[][a-z]{2,4}[)\]])?(?:,|:| =| of)? ?"
)
_TO_OWN = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants))?(?:,|:| \()? ?(?:[0-9]+ ?[(\[] ?)?[-+]?")


_OPENED = re.compile(r"(?: groups?| arms?)? ?[(\[][^()\[\]]{0,80}")
# What a name may have behind it: "the higher-exposure regimen", "the 12-week programme".
_NOUN = (
    r"(?:[ -](?:groups?|arms?|regimens?|doses?|dosages?|therap(?:y|ies)|treatments?|strateg(?:y|ies)|programmes?"
    r"|programs?|schedules?|periods?|phases?|recipients|users|patients|participants|subjects|women|men|children"
    r"|schools|villages|clusters|practices))?"
)
_AND = re.compile(rf"{_NOUN}(?: ?\([^()]{{1,20}}\))? and (?:the )?")
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_NOR_BETWEEN = re.compile(r"[^()\[\].]{0,40}[)\]]+,? (?:and|or|nor) (?:between )?(?:the )?$")


def _told_between(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, ...]:
    """Return the arms of "no difference between A and B (OR 1.5) or B and C (OR 1.4)": the two right before."""
    begin = places.begin(result)
    pair = places.mentions(max(sentence[0], begin - 2 * _FARTHEST), begin)[-2:]
    if len(pair) < _TWO or pair[0].group == pair[1].group or not _OPENED.fullmatch(places.text(pair[1].end, begin)):
        return ()
    if _AND.fullmatch(places.text(pair[0].end, pair[1].start)) is None:
        return ()
    before = places.text(sentence[0], pair[0].start)
    told = _BETWEEN.search(before) or ("between " in before and _NOR_BETWEEN.search(before))
    return ordered(places, pair[0].group, pair[1].group) if told else ()


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
    r"(?:[ -](?!and\b|or\b)[a-z]{4,16})?(?: ?\([^()]{1,20}\))?,? (?:versus|vs\.?|v|compared (?:with|to)"
    r"|relative to) (?:the )?"
)


def reference_of(places: Places, sentence: tuple[int, int]) -> int | None:
    """Return the one arm with which a sentence compares others.

    Parameters
    ----------
    places : Places
    sentence : tuple of int
    """
    if (opening := opens_against(places, sentence)) is not None:
        return opening
    if (adjusted := _ADJUSTED.search(places.text(*sentence))) is not None:
        return _of_word(places, adjusted["control"] or adjusted["for"])
    references = {
        one.group
        for one in places.mentions(*sentence)
        if _REFERENCE.search(places.text(max(sentence[0], one.start - _FARTHEST), one.start))
    }
    return next(iter(references)) if len(references) == 1 else None


# "the placebo-adjusted increase was 12 with A and 9 with B"
_ADJUSTED = re.compile(
    r"\b(?P<control>placebo|sham|vehicle|control)[ -](?:adjusted|corrected|subtracted)\b"
    r"|\b(?:adjusted|corrected) for (?:the )?(?P<for>placebo|sham|vehicle|control)\b"
)


def _of_word(places: Places, word: str) -> int | None:
    """Return the one arm that has a word in its names."""
    found = [at for at, arm in enumerate(places.groups.arms) if any(word in name.split() for name in arm.names)]
    return found[0] if len(found) == 1 else None


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
    reference = reference_of(places, sentence)
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


_TO_BETWEEN = re.compile(
    r"(?: [a-z/%]{1,8})?(?:[;,] ?p ?[=<>] ?[0-9.]+)?[)\]%]*(?: [a-z/%]{1,12}){0,2},? between (?:the )?"
)
_BETWEEN_TO = re.compile(rf"{_NOUN}(?:,|:| =| (?:was|were|of|:|is)(?: [a-z]+){{0,2}}) ?[-+]?$")


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
