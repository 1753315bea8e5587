"""Results whose measure the words around them tell anew: "24% greater (293 v 237)", "3.3 (0.3 to 6.3) lower in X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.contrasts import opens_against, versus
from trialstats.sources.text.statements.rows import CHANGES, DOTTED, TO_NEXT, Places

_OF_ONE = frozenset(("mean", "median", "proportion"))
_OF_MODEL = frozenset(("mean", "other"))
_FARTHEST, _FAR = 120, 200
_HELD = frozenset(("mean", "rate"))
"""Of what a bare percentage is that is held against one of these."""
_OF_ONE_OR_NONE = _OF_ONE | {"other"}
_UNIT = r"(?: (?:(?!(?:and|or|but|was|were|is|vs?)\b)[a-z%/·]{1,8}|kg/m2|mm ?hg))?"
_LOWER_IN = re.compile(
    rf"[)\]]*{_UNIT} (?:lower|higher|greater|less|more|longer|shorter|larger|smaller|better|worse|fewer)"
    r" (?:in|with|among|for|than) "
)
_LISTED = re.compile(rf"[)\]]*{_UNIT}(?:,| and|, and) ?[-+]?")
_VERSUS_ONLY = re.compile(r"[%)\]]* (?:versus|vs|v|compared with) [-+]?")
# "Was 3 kg lower in X than in Y", "fell more in X than in Y, by 3 kg and 5 mm"
_LOWER_THAN = re.compile(
    rf"[)\]]*{_UNIT} (?:lower|higher|greater|less|more|longer|shorter|larger|smaller|better|worse|fewer)"
    r" (?:(?:in|with|among|for|on)\b[^.;()%]{1,60} )?than (?:[a-z]+ ){0,4}"
)
_BY_TOO = re.compile(
    r"[)\]]*(?:[;,] ?p ?[=<>] ?[0-9.]{1,7})?[)\]]+,?(?: and)? [a-z -]{3,50} [(\[]by (?:an? (?:mean|average) of )?[-+]?"
)
_THAN = re.compile(r"\b(?:than|versus|vs\.?)(?: (?:that|those|of|in|with|for|on|the|an?|among))* $")
_BY = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|recipients))?,? ?\(?by (?:an? (?:mean|average) of )?[-+]?"
)
_MORE = re.compile(
    r".? ?(?:%|per ?cent) (?:greater|higher|larger|longer|(?P<less>lower|smaller|shorter|fewer|less))"
    r"(?: ?\((?=[^()]{0,60}\b(?:v|vs|versus)\b)| (?:in|with|among|for) [^.;]{1,60} than\b)"
)


def measure_again(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> None:
    """Give the results whose words say so another measure.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : tuple of int
    """
    goes_on = False
    for result in results:
        if result.measure in _OF_ONE and result.interval is None and (more := _says_more(places, result)):
            result.measure, result.compares = "relative-reduction" if more["less"] else "other", True
        if result.measure in _OF_MODEL and not result.compares and (result.interval or result.spread == "se"):
            result.compares = goes_on = _is_coefficient(places, result, goes_on=goes_on)
            result.measure = "difference" if goes_on and result.measure == "mean" else result.measure
    for result, following in pairwise(results):
        if result.measure in CHANGES and result.interval is None and _is_pair(places, result, following):
            result.measure = following.measure
        if result.measure in _HELD and following.measure == "proportion" and result.unit == following.unit == "%":
            gap = DOTTED.sub("vs ", places.text(places.end(result), places.begin(following)))
            held = following.x < 0 and _VERSUS_ONLY.fullmatch(gap)
            following.measure = result.measure if held else following.measure
    _measure_as_before(places, results)
    _measure_from(places, results)
    _measure_lists(places, results)
    _measure_than(places, results)
    _measure_against(places, results, sentence)


_BY_SO_MUCH = re.compile(r"\bby (?:an? (?:mean|average) of )?[-+]?$")


def _measure_against(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> None:
    """Take "relative to X, pain fell by 2 (1 to 3) with Y" for a difference of the two."""
    reference = opens_against(places, sentence)
    if reference is None or sum(one.group == reference for one in places.mentions(*sentence)) > 1:
        return
    for result in results:
        begin = places.begin(result)
        if result.interval is None or _BY_SO_MUCH.search(places.text(max(0, begin - 24), begin)) is None:
            continue
        if result.measure == "mean" or (result.measure == "difference" and len(places.groups.arms) > 2):
            result.measure, result.compares = "difference", True


_COEFFICIENT = re.compile(
    r"[(\[](?:adjusted |standardi[sz]ed |unadjusted )?(?:β|b|beta|coefficient)(?: coefficient)? ?[=:,]? ?[-+−]?$"
)


def _is_coefficient(places: Places, result: Result, *, goes_on: bool) -> bool:
    """Whether the coefficient of a model is of two arms: "women on X compared with Y slept more (beta, 0.9"."""
    begin = places.begin(result)
    if _COEFFICIENT.search(places.text(max(0, begin - 40), begin)) is None:
        return False
    return goes_on or versus(places, max(0, begin - _FAR), begin) is not None or _more_in_one(places, begin)


_MORE_IN = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower|larger|smaller|longer|shorter|better|worse|steeper)\b[^.;()]{0,60}"
    r" (?:in|with|for|among|on)(?: the| those| patients)*(?: on| receiving| given)? $"
)


def _more_in_one(places: Places, begin: int) -> bool:
    """Whether the one arm before a bracket is said to have more: "fell more in the X group (b = -3.1"."""
    named = places.mentions(max(0, begin - _FARTHEST), begin)[-1:]
    if not named or not set(places.text(named[0].end, begin)).isdisjoint(".;"):
        return False
    start = max(0, named[0].start - _FARTHEST)
    return _MORE_IN.search(places.text(start, named[0].start)) is not None


def _measure_than(places: Places, results: Sequence[Result]) -> None:
    """Take "3 kg lower in X than in Y" and "more in X than in Y, by 3 kg and 5 mm" for differences of two arms."""
    before: Result | None = None
    for result in results:
        goes_on = before is not None and _goes_on(places, before, result)
        before = None
        if result.measure in _OF_ONE_OR_NONE and result.unit != "%" and (goes_on or _than_another(places, result)):
            result.measure, result.compares, before = "difference", True, result


def _goes_on(places: Places, before: Result, result: Result) -> bool:
    """Whether a value goes on a list: "4.8 mm and 1.9 mm", "rash (by 1.5 points), and pain (by 4 points"."""
    start, stop = places.end(before), places.begin(result)
    gap = places.text(start, stop)
    return not places.mentions(start, stop) and any(form.fullmatch(gap) for form in (_LISTED, _BY_TOO))


def _than_another(places: Places, result: Result) -> bool:
    """Whether the words beside a value hold two arms against each other by it."""
    begin, end = places.begin(result), places.end(result)
    named = places.mentions(max(0, begin - _FARTHEST), begin)[-2:]
    if len({one.group for one in named}) > 1 and _BY.fullmatch(places.text(named[1].end, begin)):
        return _THAN.search(places.text(named[0].end, named[1].start)) is not None
    # An arm behind "than", and another before it or before the value.
    behind = places.mentions(end, end + _FARTHEST)
    for at, one in enumerate(behind):
        if _LOWER_THAN.fullmatch(places.text(end, one.start)):
            return any(other.group != one.group for other in behind[:at] or named[-1:])
    return False


_WHICH_WAS = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants))?,? (?:which|where it|whose rate) (?:was|had) $"
)


def _measure_as_before(places: Places, results: Sequence[Result]) -> None:
    """Take the second of "61% with X, much higher than that with Y, which was 55%" for what the first is."""
    for one, other in pairwise(results):
        if other.measure not in CHANGES or other.interval is not None or one.unit != other.unit or one.is_contrast:
            continue
        begin = places.begin(other)
        named = places.mentions(places.end(one), begin)
        if named and _WHICH_WAS.fullmatch(places.text(named[-1].end, begin)):
            other.measure, other.compares = one.measure, False


_FROM = re.compile(r"\b(?:from|to) $")


def _measure_from(places: Places, results: Sequence[Result]) -> None:
    """Take all of "from 8.2% to 6.1% with X and from 8.1% to 6.0% with Y" for means, where the first are."""
    means = 0
    for result in results:
        if result.unit != "%" or result.x >= 0 or result.interval is not None:
            continue
        begin = places.begin(result)
        if _FROM.search(places.text(max(0, begin - 6), begin)) is None:
            continue
        if result.measure == "mean":
            means += 1
        elif result.measure == "proportion" and means > 1:
            result.measure = "mean"


def _measure_lists(places: Places, results: Sequence[Result]) -> None:
    """Take "3.3 (0.3 to 6.3) and 2.3 (0.5 to 4.2) lower in X" for differences, all of the list."""
    behind: Result | None = None
    for result in reversed(results):
        end = places.end(result)
        stop = places.begin(behind) if behind is not None else end
        listed = behind is not None and _LISTED.fullmatch(places.text(end, stop))
        if (
            result.interval is not None
            and result.measure in _OF_ONE_OR_NONE
            and (listed or _LOWER_IN.match(places.text(end, end + 60)))
        ):
            result.measure, behind = "difference", result
        else:
            behind = result if result.measure == "difference" and _LOWER_IN.match(places.text(end, end + 60)) else None


def _says_more(places: Places, result: Result) -> re.Match[str] | None:
    """Return the words that say by how much one arm had more or less: "area was 24% greater (293 v 237)"."""
    end = places.end(result)
    return _MORE.match(places.text(end - 1, end + 90))


def _is_pair(places: Places, result: Result, following: Result) -> bool:
    """Whether a value goes with the next: "no difference in relief: 17% zinc versus 11% iron"."""
    if following.measure != "proportion" or following.interval is not None or result.unit != following.unit:
        return False
    begin = places.begin(result)
    if places.text(max(0, begin - 6), begin).endswith("by "):
        return False
    start, stop = places.end(result), places.begin(following)
    for mention in places.mentions(start, stop)[:1]:
        if _TO_ARM.fullmatch(places.text(start, mention.start)):
            people = _PEOPLE.match(places.text(mention.end, stop))
            start = mention.end + (people.end() if people is not None else 0)
    return TO_NEXT.fullmatch(places.text(start, stop)) is not None


_TO_ARM = re.compile(r" (?:(?:in|with|for|on|of) )?(?:the )?")
_PEOPLE = re.compile(r"[ -](?:groups?|arms?|patients|participants|recipients)\b")
