"""Whose a value is by the bracket it stands in: "the zinc group (12 deaths, 8%)", "(8%, zinc; 9%, placebo)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import VERSUS, Places, Row

_FARTHEST = 40
_CLOSE = 8
_LONGEST = 200
_TO_BRACKET = re.compile(
    r"(?:[ -](?:groups?|arms?|cohorts?|patients|participants|recipients|subjects|women|men|children|users?|therapy"
    r"|treatment|treated|clinics|practices|hospitals|sites|schools|villages|households)){0,2} ?"
)
# What says that a bracket holds more than one arm's.
_SEVERAL = re.compile(r"\band\b|\bor\b|\brespectively\b|\bto\b")
# "three died with zinc (one infarction, one stroke, and one fall)"
_CAUSE = re.compile(r" (?!(?:and|or|of|vs|versus|patients|in)\b)[a-z]{3}")
_CAUSES = re.compile(
    r"[(\[](?:[a-z]+|[0-9]+) [a-z][^()\[\];]{2,70}(?:,| and) (?:and )?(?:one|two|three|four|five|six|[0-9]+) [a-z]"
)
_NAMES = re.compile(r"(?: groups?| arms?)?[:=] ?(?:[a-z]{1,7}(?: ratio)?)?[=,:]? ?")
_SHUT = re.compile(r"[)\]]")


def by_bracket(places: Places, result: Result) -> int | None:
    """Return the arm right behind whose name the bracket of a value opens: "the zinc group (12 deaths, 8%)".

    Parameters
    ----------
    places : Places
    result : Result
    """
    opened = places.document.inside(result.first)
    if opened < 0:
        return None
    at = places.document.tokens.starts[opened]
    before = places.mentions(at - _FARTHEST, at)
    if not before or _TO_BRACKET.fullmatch(places.text(before[-1].end, at)) is None:
        return None
    end = places.end(result)
    inside = places.text(at, end + _LONGEST)
    shut = _SHUT.search(inside, end - at)
    inside = inside[: shut.start()] if shut is not None else inside
    if result.measure == "count" and _CAUSE.match(places.text(end, end + 24)) and _CAUSES.match(inside):
        return None if VERSUS.search(inside) or places.mentions(at, at + len(inside)) else before[-1].group
    several = VERSUS.search(inside) or _SEVERAL.search(inside) or places.mentions(at, at + len(inside))
    return None if several else before[-1].group


BETWEEN_LISTED = re.compile(
    r"(?:[;,] ?p ?[=<>] ?[0-9.]{1,8})?[%)\]]*(?: [a-z]{1,10})?(?:, ?| and |, and )"
    r"(?:(?:at|after|by) [0-9a-z]{1,8}[ -](?:years?|months?|weeks?|days?) (?:was |were )?)?"
)


_OPENS = re.compile(r"(?:(?:mean|median|average|change|rates?|from|of)[ ,:]*){0,3}[-+]?")


def in_own_brackets(places: Places, results: Sequence[Result]) -> dict[int, int]:
    """Return the arms of values that each arm has in its own bracket: "X (31% and 22%) versus Y (32% and 18%)".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        The values of a sentence, in order.

    Returns
    -------
    dict of int to int
        By the first token of a value, its arm.
    """
    listed: list[tuple[int, list[Result]]] = []
    for opened, group in groupby(results, key=lambda one: places.document.inside(one.first)):
        values = list(group)
        if opened < 0 or len(values) < 2 or len({one.measure for one in values}) > 1:
            continue
        at = places.document.tokens.starts[opened]
        before = places.mentions(at - _FARTHEST, at)
        if not before or _TO_BRACKET.fullmatch(places.text(before[-1].end, at)) is None:
            continue
        gaps = [places.text(places.end(one), places.begin(other)) for one, other in pairwise(values)]
        led = _OPENS.fullmatch(places.text(at + 1, places.begin(values[0])))
        joined = led is not None and all(map(BETWEEN_LISTED.fullmatch, gaps))
        if joined and not places.mentions(at, places.end(values[-1])):
            listed.append((before[-1].group, values))
    return _as_many_each(listed)


def _as_many_each(listed: Sequence[tuple[int, list[Result]]]) -> dict[int, int]:
    """Return the arms of lists of values, where each of several arms has one of the same length."""
    sizes = {len(values) for _, values in listed}
    if len(listed) < 2 or len(sizes) > 1 or len({arm for arm, _ in listed}) < len(listed):
        return {}
    return {one.first: arm for arm, values in listed for one in values}


TELLS = re.compile(
    r"(?:[;,] ?p ?[=<>] ?[0-9.]{1,8})?[%)\]]*(?: (?:months?|years?|weeks?|days?|hours?|points?|kg|mg))?"
    r"(?:(?: (?:of|in|at|for|on) [a-z0-9 ,/-]{2,60}?)?,? respectively)?"
    r",? (?:in|with|for|on|at|among|of|after|following|during|receiving)(?: the| those| patients)*"
    r"(?: on| with| in| receiving)?(?: the)? "
)
"""From the last of several values to the arm that all are of."""
_HEADS = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants))?(?: were| was| had|:) ")
_ANOTHER = re.compile(r"(?:[ -](?:groups?|arms?))? (?:and|or|versus|vs\.?|v) (?:the )?")


def in_own_lists(places: Places, results: Sequence[Result]) -> dict[int, int]:
    """Return the arms of values listed before each arm: "86%, 66% and 62% with X and 81%, 69% and 53% with Y".

    The list of the second arm may stand behind its name: "and in the iron arm were 81%, 69% and 53%".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        The values of a sentence, in order.
    """
    listed = []
    for run in _runs(places, results):
        begin, end = places.begin(run[0]), places.end(run[-1])
        before, behind = places.mentions(begin - _FARTHEST, begin), places.mentions(end, end + 2 * _FARTHEST)
        if len(run) < 2:
            continue
        if behind and TELLS.fullmatch(places.text(end, behind[0].start)) and not _joined(places, behind[0]):
            listed.append((behind[0].group, run))
        elif listed and before and _HEADS.fullmatch(places.text(before[-1].end, begin)):
            listed.append((before[-1].group, run))
    return _as_many_each(listed)


def _runs(places: Places, results: Sequence[Result]) -> list[list[Result]]:
    """Return the values of one measure that stand side by side."""
    runs: list[list[Result]] = []
    for result in results:
        gap = places.text(places.end(runs[-1][-1]), places.begin(result)) if runs else ""
        if runs and runs[-1][-1].measure == result.measure and BETWEEN_LISTED.fullmatch(gap):
            runs[-1].append(result)
        else:
            runs.append([result])
    return runs


_PART = re.compile(r"(?:[(\[;]|\bor\b|: ) ?(?:the )?$")
_OF_PART = re.compile(r"(?:[ -](?:groups?|arms?))?(?:,|:| =) ?[-+]?")


def in_own_parts(places: Places, results: Sequence[Result]) -> dict[int, int]:
    """Return the arms of values that a bracket lists by arm: "(X, 31% and 22%, respectively; Y, 32% and 18%)".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        The values of a sentence, in order.
    """
    listed = []
    for run in _runs(places, results):
        begin = places.begin(run[0])
        named = places.mentions(begin - _FARTHEST, begin)[-1:]
        if len(run) < 2 or not named or _OF_PART.fullmatch(places.text(named[0].end, begin)) is None:
            continue
        if _PART.search(places.text(named[0].start - 8, named[0].start)) is not None:
            listed.append((named[0].group, run))
    return _as_many_each(listed)


def _joined(places: Places, one: Mention) -> bool:
    """Whether another arm is named right behind: "30% and 20% with X and Y" is one value each."""
    return any(
        _ANOTHER.fullmatch(places.text(one.end, other.start)) is not None
        for other in places.mentions(one.end, one.end + _FARTHEST)[:1]
    )


def led_by_bracket(places: Places, result: Result) -> int | None:
    """Return the arm right behind whose name the bracket of a contrast opens, or that names it: "A (RR 0.4)", "A: 0.4".

    Parameters
    ----------
    places : Places
    result : Result
    """
    begin = places.begin(result)
    named = places.mentions(begin - _FARTHEST, begin)
    if named and _NAMES.fullmatch(places.text(named[-1].end, begin)) is not None:
        return named[-1].group
    opened = places.document.inside(result.first)
    at = places.document.tokens.starts[opened] if opened >= 0 else -1
    before = places.mentions(at - _FARTHEST, at) if at >= 0 else ()
    if not before or _TO_BRACKET.fullmatch(places.text(before[-1].end, at)) is None:
        return None
    return None if places.mentions(at, places.end(result)) else before[-1].group


def within(places: Places, result: Result) -> int | None:
    """Return the arm named inside a result: "83 of the 257 patients in the zinc group (32%)".

    Parameters
    ----------
    places : Places
    result : Result
    """
    end = places.end(result)
    named = {one.group for one in places.mentions(places.begin(result), end)}
    if named and VERSUS.search(places.text(end, end + _CLOSE)):
        # "169 in the zinc group (2.0% v 2.1%"
        return None
    return next(iter(named)) if len(named) == 1 else None


_TAG = re.compile(
    r"[%)\]]*(?: (?:months?|weeks?|days?|years?|hours?|points?|kg|mm hg|mg))?(?:, ?| ?= ?)(?:in )?(?:the )?"
)
_TAGGED = re.compile(r"(?: (?:groups?|arms?))?(?: ?[;)\]]|, p ?[<=>])")
_EQUALLED = re.compile(r"(?: (?:groups?|arms?))?(?: ?[;,)\]]| (?:and|vs\.?|versus|v)\b)")


def tagged(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "(2.0%, X; 1.4%, Y)", "(2% = X and 1% = Y)": each value has its arm behind it, up to what closes it."""
    results = row.results
    opened = places.document.inside(results[0].first)
    if opened < 0 or places.mentions(places.document.tokens.starts[opened], places.begin(results[0])):
        return ()
    arms: list[int] = []
    for at, result in enumerate(results):
        end = places.end(result)
        ceiling = places.begin(results[at + 1]) if at + 1 < len(results) else row.ceiling
        behind = places.mentions(end, min(end + _FARTHEST, ceiling))
        if not behind or behind[0].group in arms:
            return ()
        close, led = places.text(behind[0].end, behind[0].end + 16), places.text(end, behind[0].start)
        if _TAG.fullmatch(led) is None or (_EQUALLED if "=" in led else _TAGGED).match(close) is None:
            return ()
        arms.append(behind[0].group)
    return tuple(arms)


_TO_SHARES = re.compile(r"%?(?: [a-z-]{2,20}){1,4} ?[(\[](?:the )?")


def shares_follow(places: Places, end: int, mention: Mention) -> bool:
    """Whether behind a value its shares of several arms stand in a bracket: "397 deaths (zinc, 71%; placebo, 78%)".

    Parameters
    ----------
    places : Places
    end : int
        Of the value.
    mention : Mention
        The first behind it.
    """
    if _TO_SHARES.fullmatch(places.text(end, mention.start)) is None:
        return False
    shut = _SHUT.search(places.text(mention.end, mention.end + _LONGEST))
    stop = mention.end + (shut.start() if shut is not None else 0)
    return any(one.group != mention.group for one in places.mentions(mention.end, stop))
