"""Which arms a P value compares, or in which one it tests a change.

Of more than two arms the last two values before a P value need not be those compared: it may be of all that a list
gives, of two named right before it, or of one and another told before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.contrasts import than_another, versus
from trialstats.sources.text.statements.references import reference_of
from trialstats.sources.text.statements.rows import Places, Row
from trialstats.sources.text.statements.strangers import of_people_apart
from trialstats.sources.text.statements.tested import changed, in_time, tests_no_arms

_NAMED_BEHIND = re.compile(r",? (?:for )?[^;)\]=<>]{5,80}(?=[;)\].,]|$)")
"""What may name the pair of a P value behind it: "P = .66 for 5 mg versus placebo"."""


_OF_EACH = re.compile(r"[(\[,;] ?(?:both|all|each)(?: at)? $")
FOR_EACH = re.compile(
    r",? (?:versus|vs\.?|v|(?:compared|comparison) (?:with|to)) [a-z0-9 -]{3,30}? for (?:both|each|all)\b"
    r"|,? for (?:both|each|all)(?: of)?(?: the)?(?: two| three)?"
    r" (?:(?:pairwise )?comparisons?|versus|vs?|compared|relative to|against)\b"
)
"""Behind a P value that stands for several contrasts: "for each v zinc", "v zinc for both"."""
_OF_INTERACTION = re.compile(r"\b(?:interaction,? (?:p\b|test)|p[ -]?(?:values?)?[ -]?(?:for )?(?:the )?interaction)")


def _named_behind(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    end = places.end(result)
    behind = _NAMED_BEHIND.match(places.text(end, min(sentence[1], end + 90)))
    return None if behind is None else versus(places, end, end + behind.end())


def of_two(
    places: Places,
    result: Result,
    by_token: dict[int, Result],
    sentence: tuple[int, int],
    alone: int | None,
    paired: int | None,
    default: tuple[int, ...],
) -> None:
    """Give a P value the arms it compares, or the one in which it tests a change.

    Parameters
    ----------
    places : Places
    result : Result
        A P value.
    by_token : dict of int to Result
        The results of its sentence by the tokens of their values.
    sentence : tuple of int
    alone : int or None
        The one arm that the sentence tells of.
    paired : int or None
        The arm of which its values are told before and after: "in X (6.1 v 3.2; P = .01)".
    default : tuple of int
        The order of two arms.
    """
    compared = [arm for token in result.of if token in by_token for arm in by_token[token].arms]
    begin, end = places.begin(result), places.end(result)
    if _OF_INTERACTION.search(places.text(max(sentence[0], begin - 13), places.end(result))) is not None:
        return  # whether an effect differs between subgroups
    if of_people_apart(places, sentence, begin) or tests_no_arms(places, result, sentence):
        return
    if (pair := _named_behind(places, result, sentence)) is not None:
        result.arms, result.basis = pair, "stated"
        if set(compared) != set(pair):
            result.of = _values_of(pair, by_token, result.first)
    elif len(places.groups.arms) > 2 and (
        _OF_EACH.search(places.text(max(sentence[0], begin - 12), begin)) or FOR_EACH.match(places.text(end, end + 60))
    ):
        return  # "better with zinc than with tin and iron (both P < .01)": of more than two arms
    elif len(set(compared)) >= 2:
        result.arms, result.basis = tuple(dict.fromkeys(compared)), "stated"
    elif paired is not None:
        result.arms, result.basis = (paired,), "stated"
    elif value := changed(places, [one for one in by_token.values() if one.first < result.first], result, sentence):
        result.arms, result.basis = value.arms, value.basis
    elif (told := in_time(places, result, sentence)) is not None:
        result.arms, result.basis = told, "stated" if told else ""
    elif (pair := versus(places, max(sentence[0], begin - 160), begin)) is not None:
        result.arms, result.basis = pair, "stated"
    elif alone is not None:
        result.arms, result.basis = (alone,), "stated"
    elif len(places.groups.arms) == 2:
        result.arms, result.basis = default, "guessed"
    elif (pair := than_another(places, sentence[0], begin)) is not None:
        result.arms, result.basis = pair, "stated"
    elif not places.mentions(sentence[0], begin) and (pair := than_another(places, end, sentence[1])) is not None:
        # "Fewer (P = .02) fell with X than with Y"
        result.arms, result.basis = pair, "stated"


def of_several(
    places: Places,
    result: Result,
    before: Sequence[Result],
    rows: Sequence[Row],
    sentence: tuple[int, int],
    by_token: dict[int, Result],
) -> bool:
    """Give a P value those of more than two arms that it compares, where the text says which.

    Parameters
    ----------
    places : Places
    result : Result
        A P value.
    before : sequence of Result
        Those before it in its sentence.
    rows : sequence of Row
    sentence : tuple of int
    by_token : dict of int to Result
        The results of its sentence by the tokens of their values.

    Returns
    -------
    bool
        Whether the text says it.
    """
    if len(places.groups.arms) < 3 or _named_behind(places, result, sentence) is not None:
        return False
    pair = (
        _named_right_before(places, result, sentence)
        or _against_behind(places, result, rows)
        or (None if result.of else _told_against_behind(places, result, sentence))
        or _own_against(places, result, sentence)
        or _against_next(places, result, sentence, before)
        or (None if result.of else _against_told_behind(places, result, sentence))
        or (None if result.of else _subject_against(places, result, sentence))
    )
    if pair is not None:
        told = {arm for token in result.of if token in by_token for arm in by_token[token].arms}
        result.of = result.of if told == set(pair) else _values_of(pair, by_token, result.first)
        result.arms, result.basis = pair, "stated"
    elif all_told := _tested_together(places, result, sentence, by_token):
        result.of, result.arms, result.basis = all_told, tuple(range(len(places.groups.arms))), "stated"
    elif (row := _of_all_groups(places, result, rows)) is not None:
        result.of = tuple(one.value for one in row.results if one.value >= 0)
        result.arms, result.basis = row.arms, "stated"
    return bool(result.arms)


def _values_of(pair: Sequence[int], by_token: dict[int, Result], stop: int) -> tuple[int, ...]:
    """Return the last values of one kind that two arms have before a place; none where one has none."""
    last: dict[int, Result] = {}
    for result in by_token.values():
        if result.first < stop and len(result.arms) == 1 and not result.is_contrast:
            last[result.arms[0]] = result
    found = [last[arm] for arm in pair if arm in last]
    alike = len(found) == len(pair) and found[0].measure == found[1].measure
    return tuple(one.value for one in found) if alike else ()


_NOUN = r"(?:[ -](?:groups?|arms?|patients|participants|recipients|doses?))?"
_SHORT = r"(?: ?[(\[][a-z0-9+/-]{1,8}[)\]])?"
_FARTHEST = 80
_TO_LAST = re.compile(r"[^.;:<>=0-9]{0,100}")
_TO_P = re.compile(
    rf"{_NOUN}{_SHORT}(?: (?:comparison|difference))?(?: (?:was|were) (?:not )?(?:statistically )?significant)?"
    r"[,:;=]? ?[(\[]?(?:with )?"
)
"""From the second of two arms to the P value of both: "zinc versus iron, P", "zinc versus iron group (P"."""
_VERSUS_ONLY = re.compile(
    rf"{_NOUN}{_SHORT},? (?:versus|vs\.?|v|against|than(?: (?:in|with|for|on|to|that of|those (?:in|on|given)))?"
    r"|compared (?:with|to)|relative to|(?:non-?inferior|superior|inferior|similar|equivalent|comparable) to"
    r"|differed from)(?: the)? "
)
_AND = re.compile(rf"{_NOUN}{_SHORT},? (?:and|or|to|from)(?: (?:between|in|with|the))* ")
_BETWEEN = re.compile(r"\b(?:between|comparison of|comparing|difference of)(?: the)? $")
_LED_ON = re.compile(
    r"\b(?:than|versus|vs\.?|over|against|(?:compared|comparison) (?:with|to)|relative to|to|from)"
    r"(?: (?:in|with|for|on|that of|the))* $"
)
# "than Y (3.1 ± 0.4; P = .01) or Z (2.9 ± 0.5) (P"
_OVER_VALUE = re.compile(rf"{_NOUN} ?[(\[][-+]?[0-9][^()\[\]:<>=]{{0,28}}(?:[)\]],? ?[(\[]?|[;,] ?)")
_JOINT = re.compile(r"[)\]]*,? (?:and|or|but not|as well as)(?: (?:than|to|from|over|versus|vs\.?|with))?(?: the)? ")


def _named_right_before(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of "zinc versus iron, P = .03" or "between zinc and iron (P = .03)", which hold for no other."""
    begin = places.begin(result)
    pair = places.mentions(max(sentence[0], begin - 2 * _FARTHEST), begin)[-2:]
    if len(pair) < 2 or pair[0].group == pair[1].group or not _TO_P.fullmatch(places.text(pair[1].end, begin)):
        return None
    gap = places.text(pair[0].end, pair[1].start)
    if _VERSUS_ONLY.fullmatch(gap):
        return pair[0].group, pair[1].group
    led = _BETWEEN.search(places.text(max(sentence[0], pair[0].start - 30), pair[0].start))
    return (pair[0].group, pair[1].group) if led and _AND.fullmatch(gap) else None


_OPENS_P = re.compile(rf"{_NOUN}{_SHORT} ?[(\[]")
_LEADS_NAME = re.compile(r"(?:[(\[;:]|[0-9],| and) ?(?:for )?(?:the )?$")


def _own_against(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of "zinc (P = .03) and iron eased pain, compared with tin", "(zinc P = .03)": each and tin."""
    begin = places.begin(result)
    named = places.mentions(max(sentence[0], begin - _FARTHEST), begin)[-1:]
    if not named:
        return None
    gap, own = places.text(named[0].end, begin), named[0].group
    reference = reference_of(places, sentence)
    if reference in (None, own):
        return None
    if _OPENS_P.fullmatch(gap):
        # What all are held against opens the sentence or stands behind.
        before = places.mentions(sentence[0], begin)
        joint = len(before) > 1 and _AND.fullmatch(places.text(before[-2].end, named[0].start)) is not None
        return (own, reference) if not joint and reference not in [one.group for one in before[1:]] else None
    led = gap in (" ", ", ", ": ") and _LEADS_NAME.search(
        places.text(max(sentence[0], named[0].start - 12), named[0].start)
    )
    return (own, reference) if led else None


_OWN_P = re.compile(r"^[;,] ?p ?[=<>≤≥] ?[0-9.]+")
_BEHIND = re.compile(r" (?:versus|vs\.?|v|compared (?:with|to)|relative to|against|for comparison with)(?: the)? ")


def _against_behind(places: Places, result: Result, rows: Sequence[Row]) -> tuple[int, int] | None:
    """Return the arms of "20% with zinc (P = .03 v tin)": that of the value right before it, and the one named."""
    begin, end = places.begin(result), places.end(result)
    other = places.mentions(end, end + _FARTHEST // 2)[:1]
    if not other or not _BEHIND.fullmatch(places.text(end, other[0].start)):
        return None
    values = [
        (places.end(one), arm)
        for row in rows
        for one, arm in zip(row.results, row.arms, strict=False)
        if row.halves is None and places.end(one) <= begin
    ]
    at, own = max(values, default=(0, other[0].group))
    if own == other[0].group or not _TO_LAST.fullmatch(places.text(at, begin)):
        return None
    return own, other[0].group


def _told_against_behind(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of "zinc was better than tin and iron by pain (P = .03 v iron)": zinc and iron."""
    begin, end = places.begin(result), places.end(result)
    other = places.mentions(end, end + _FARTHEST // 2)[:1]
    if not other or not _BEHIND.fullmatch(places.text(end, other[0].start)):
        return None
    told = than_another(places, sentence[0], begin)
    return (told[0], other[0].group) if told is not None and told[0] != other[0].group else None


_HELD_BEHIND = re.compile(
    r"[)\]]*,? (?:versus|vs\.?|than|(?:as )?compared (?:with|to)|relative to|in comparison (?:with|to))"
    r"(?: (?:in|with|for|on|of|that|those|women|men|patients|adults|receiving|given|the))* "
)


def _against_told_behind(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of "pain was less with zinc (P = .03), relative to tin": the one before, and it."""
    end = places.end(result)
    other = places.mentions(end, min(sentence[1], end + _FARTHEST))[:1]
    if not other or not _HELD_BEHIND.fullmatch(places.text(end, other[0].start)):
        return None
    before = {one.group for one in places.mentions(sentence[0], places.begin(result))} - {other[0].group}
    return (next(iter(before)), other[0].group) if len(before) == 1 else None


def _against_next(
    places: Places, result: Result, sentence: tuple[int, int], before: Sequence[Result]
) -> tuple[int, int] | None:
    """Return the arms of the second P of "better with zinc than iron (P = .01) and tin (P = .04)": zinc and tin."""
    begin = places.begin(result)
    named = places.mentions(max(sentence[0], begin - _FARTHEST), begin)
    last = next((one for one in reversed(before) if one.is_contrast), None)
    if not named or last is None or len(last.arms) != 2:
        return None
    if not _TO_P.fullmatch(gap := places.text(named[-1].end, begin)) and not _OVER_VALUE.fullmatch(gap):
        return None
    own, end = named[-1], places.end(last)
    first, second = last.arms
    if own.group in (first, second) or end > own.start or any(one.start >= end for one in named[:-1]):
        return None
    gap = _OWN_P.sub("", places.text(end, own.start))
    on = _JOINT.fullmatch(gap) or (";" not in gap and "." not in gap and _LED_ON.search(gap))
    return (first, own.group) if on else None


def _subject_against(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, int] | None:
    """Return the arms of "zinc eased pain and lengthened sleep versus tin (P = .03)": of the two named the second."""
    begin = places.begin(result)
    named = places.mentions(sentence[0], begin)
    groups = list(dict.fromkeys(one.group for one in named))
    if len(groups) != 2 or named[-1].group != groups[1] or not _TO_P.fullmatch(places.text(named[-1].end, begin)):
        return None
    led = _LED_AGAINST.search(places.text(max(sentence[0], named[-1].start - _FARTHEST), named[-1].start))
    return (groups[0], groups[1]) if led is not None else None


_LED_AGAINST = re.compile(
    r"\b(?:than|versus|vs\.?|(?:compared|comparison) (?:with|to)|relative to)(?: (?:in|with|for|on|that of|the))* $"
)
_ONE_ONLY = re.compile(r"\b(?:versus|vs\.?|v|than|compared|relative to|between|against|but|whereas|while)\b")
_HAS_P = re.compile(r"\bp(?:[ -]values?)? ?[=<>≤≥]")
_OF_ALL = re.compile(
    r"[ ,]*(?:for (?:all|overall|trend|differences? (?:among|between) (?:the )?(?:groups|arms))|among|overall)\b"
)
_OF_TWO_BEHIND = re.compile(
    r"[,;]? ?(?:and )?p ?[=<>≤≥]"
    r"|[^.;()]{0,12}\b(?:versus|vs\.?|v|compared|between|for the comparison|for (?!all\b|trend))\b"
)


_F_TEST = re.compile(r"\bf ?[(\[]?(?P<free>[0-9]{1,2}), ?[0-9.]{1,6}[)\]]? ?= ?[0-9.]{1,8}[,;] $")


def _tested_together(
    places: Places, result: Result, sentence: tuple[int, int], by_token: dict[int, Result]
) -> tuple[int, ...]:
    """Return the values of all arms, where an F test of so many degrees of freedom leads to a P: "F(2, 135) = 16.2"."""
    begin, count = places.begin(result), len(places.groups.arms)
    test = _F_TEST.search(places.text(max(sentence[0], begin - 40), begin))
    if test is None or int(test["free"]) + 1 != count:
        return ()
    return _values_of(range(count), by_token, result.first)


def _of_all_groups(places: Places, result: Result, rows: Sequence[Row]) -> Row | None:
    """Return the row of "12%, 14% and 20% with zinc, iron and tin (P = .03)", all of whose arms a P value compares."""
    begin = places.begin(result)
    before = [row for row in rows if places.end(row.results[-1]) <= begin]
    row = before[-1] if before else None
    if row is None or row.halves is not None or not len(row.results) == len(row.arms) == len(set(row.arms)) > 2:
        return None
    ends = [places.end(one) for one in row.results]
    gaps = [places.text(end, places.begin(one)) for end, one in zip(ends, row.results[1:], strict=False)]
    between, end = places.text(ends[-1], begin), places.end(result)
    of_all = _OF_ALL.match(places.text(end, end + 60)) is not None
    if any(_HAS_P.search(gap) or (not of_all and _ONE_ONLY.search(gap)) for gap in gaps):
        return None
    if not _TO_LAST.fullmatch(between) or _ONE_ONLY.search(between):
        return None
    opened = places.document.inside(result.first)
    if opened >= 0 and row.results[0].first < opened < row.results[-1].value:
        return None  # in the bracket of the last value alone
    return None if _OF_TWO_BEHIND.match(places.text(end, end + 60)) else row
