"""The rows of a sentence: results of one kind that are joined (12% in A and 14% in B; 12% v 14%; A, 12%; B, 14%)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trialstats.sources.text.document import Document
from trialstats.sources.text.group_model import Groups, Mention
from trialstats.sources.text.results import Result

VERSUS = re.compile(
    r"\b(?:versus|vs?\b\.?|compared (?:with|to)|as compared|compared|against|than|whereas|while|relative to"
    r"|in comparison (?:with|to)|opposed to|but)(?![a-z])|/"
)
_AND = re.compile(r"\band\b|\bor\b|[,;/]|\bto\b")
DOTTED = re.compile(r"\bvs?\. ")
# What may stand between two values of a row without telling another outcome.
_FUNCTION_TEXT = """
in the of for with on at a an and or versus vs v than to group groups arm arms patients participants subjects women
men children those who were was had received receiving treated given assigned among compared respectively by from
months month weeks week days day years year points mg kg mm hg ml per cent events event deaths cases it this cohort
only not did is are after therapy treatment whereas while but that compared as against randomised randomized
respectively ci confidence interval n p patient allocated taking alone about approximately standard other one rate
rates median mean percentage
"""
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_WORD = re.compile(r"[a-z][a-z-]*")
REACH = 170
"""Characters between two values of a row."""
TO_NEXT = re.compile(r",? (?:and|versus|vs\.?|v) (?:in )?")
"""From a value right to the next of its kind."""
CHANGES = frozenset(("difference", "relative-reduction"))
_ALIKE = {"survival": "proportion", "relative-reduction": "mean", "difference": "mean"}


@dataclass(slots=True)
class Places:
    """Where the results of a document and the names of its arms stand."""

    document: Document
    groups: Groups
    starts: Sequence[int]
    """Of the mentions."""

    def begin(self, result: Result) -> int:
        """Return where a result begins in the text."""
        return self.document.tokens.starts[result.first]

    def end(self, result: Result) -> int:
        """Return where a result ends in the text."""
        return self.document.tokens.ends[result.last]

    def mentions(self, start: int, stop: int) -> Sequence[Mention]:
        """Return the mentions of arms in a stretch of text."""
        first = bisect_left(self.starts, start)
        return self.groups.mentions[first : bisect_left(self.starts, stop, first)]

    def text(self, start: int, stop: int) -> str:
        """Return a stretch of the text."""
        return self.document.tokens.text[start:stop]


@dataclass(slots=True)
class Row:
    """Values of one kind, side by side, and where the next result stands before and behind them."""

    results: list[Result]
    floor: int
    ceiling: int
    sentence: tuple[int, int]
    arms: tuple[int, ...] = ()
    basis: str = ""
    before: Row | None = None
    of_all: bool = False
    """Whether its sentence says that its values are of all patients."""
    halves: tuple[tuple[Result, ...], tuple[Result, ...]] | None = None
    """All values of two arms, where the row has the first of the one and the last of the other: "3 and 5 v 4 and 7"."""


def rows_of(
    places: Places, results: Sequence[Result], sentence: tuple[int, int], leave: Collection[int] = ()
) -> list[Row]:
    """Return the rows of values of a sentence, without those that begin at some tokens."""
    singles = [one for one in results if one.first not in leave and (not one.is_contrast or _may_be_own(places, one))]
    rows: list[list[Result]] = []
    halved = {half[0][0].first: half for half in _halves(places, singles)}
    inside = {one.first for half in halved.values() for part in half for one in part}
    for at, result in enumerate(singles):
        if result.first in inside:
            if result.first in halved:
                rows.append([result, halved[result.first][1][-1]])
            continue
        if (
            rows
            and len(rows[-1]) < max(2, len(places.groups.arms))
            and _joined(places, rows[-1], result)
            and not _leads_a_pair(places, rows[-1], result, singles[at + 1 : at + 2])
        ):
            rows[-1].append(result)
        else:
            rows.append([result])
    # A change alone compares two arms; changes side by side are each arm's own.
    rows = [row for row in rows if len(row) > 1 or not row[0].is_contrast]
    begins = [places.begin(one) for one in results]
    found = []
    for row in rows:
        first, last = places.begin(row[0]), places.end(row[-1])
        at = bisect_left(begins, first)
        floor = max(
            (end for one in results[max(0, at - 4) : at] if (end := places.end(one)) <= first), default=sentence[0]
        )
        half = halved.get(row[0].first)
        for pair in zip(*half, strict=True) if half is not None else [row]:
            for one in pair:
                one.row = tuple(pair)
        behind = bisect_left(begins, last)
        ceiling = begins[behind] if behind < len(begins) else sentence[1]
        found.append(Row(row, floor, ceiling, sentence, halves=half))
    return found


def _may_be_own(places: Places, result: Result) -> bool:
    """Whether a change may be one arm's own, unlike the efficacy of a vaccine."""
    if result.measure not in CHANGES:
        return False
    begin = places.begin(result)
    return result.measure == "difference" or _EFFICACY.search(places.text(max(0, begin - 70), begin)) is None


_EFFICACY = re.compile(r"\b(?:efficacy|effectiveness|ve|protection)\b[^.;]{0,60}$")


def _leads_a_pair(places: Places, row: list[Result], result: Result, following: Sequence[Result]) -> bool:
    """Whether a value is the first of "12% with X versus 9% with Y" and the value before it of something else."""
    if len(places.groups.arms) != 2 or not following or not _joined(places, [result], following[0]):
        return False
    before, behind = (
        VERSUS.search(DOTTED.sub("vs ", places.text(places.end(one), places.begin(other)))) is not None
        for one, other in ((row[-1], result), (result, following[0]))
    )
    # What stands before has its own arm.
    return behind and not before and bool(places.mentions(places.end(row[-1]), places.begin(result)))


_WHEN = r"(?:(?:at|in|after|by|on) [a-z0-9-]{1,8} (?:months?|years?|weeks?|days?)(?: of follow-?up)? ?)?"
_IN_HALF = re.compile(rf"[%)\]]* ?(?:(?:months?|years?|weeks?|days?|points?|kg|mg) ?)?{_WHEN}(?:,|and|/) ?")
_TO_HALF = re.compile(
    rf"[%)\]]* ?(?:(?:months?|years?|weeks?|days?|points?|kg|mg) ?)?{_WHEN},? ?(?:versus|vs\.?|v|compared with) ?"
)
_AND_ONLY = re.compile(r"[%)\]]* ?(?:(?:months?|years?|weeks?|days?) ?)?,? ?and ?")


def _halves(places: Places, singles: Sequence[Result]) -> list[tuple[tuple[Result, ...], tuple[Result, ...]]]:
    """Return the values of two arms, two of each: "66% and 64% versus 12% and 7%"."""
    found: list[tuple[tuple[Result, ...], tuple[Result, ...]]] = []
    at = 0
    gaps = [places.text(places.end(one), places.begin(other)) for one, other in pairwise(singles)]
    while at + 3 < len(singles):
        four, between = singles[at : at + 4], gaps[at : at + 3]
        kinds = [(one.measure, one.unit) for one in four]
        joined = _IN_HALF.fullmatch(between[0]) and _IN_HALF.fullmatch(between[2])
        same = joined and _of_a_kind(four[0], four[2]) and _of_a_kind(four[1], four[3])
        versus = same and _TO_HALF.fullmatch(between[1])
        turned = joined and kinds[:2] == kinds[2:] and kinds[0] != kinds[1] and _AND_ONLY.fullmatch(between[1])
        told = same and _told_of_halves(places, four)
        if versus or turned or told:
            found.append(((four[0], four[1]), (four[2], four[3])))
            at += 4
        else:
            at += 1
    return found


_TELLS = re.compile(
    rf"[%)\]]*(?: (?:months?|years?|weeks?|days?|hours?|points?|kg|mg))?,? ?{_WHEN}"
    r"(?<= )(?:in|with|for|on|among)(?: the| those| patients)*(?: on| with| in)? "
)
_NEXT_HALF = re.compile(r"(?: ?(?:group|arm|patients))?,? ?(?:and|versus|vs\.?|v|compared with|but|while|whereas) ?")


def _of_a_kind(first: Result, second: Result) -> bool:
    """Whether two results have one measure and no two units."""
    return first.measure == second.measure and (first.unit == second.unit or not (first.unit and second.unit))


def _told_of_halves(places: Places, four: Sequence[Result]) -> bool:
    """Whether each two values have their arm behind them: "3% and 5% with X and 4% and 7% with Y"."""
    start, stop, end = places.end(four[1]), places.begin(four[2]), places.end(four[3])
    first, last = places.mentions(start, stop), places.mentions(end, end + 50)
    if len(first) != 1 or not last or last[0].group == first[0].group:
        return False
    led = _TELLS.fullmatch(places.text(start, first[0].start)) and _TELLS.fullmatch(places.text(end, last[0].start))
    return led is not None and _NEXT_HALF.fullmatch(places.text(first[0].end, stop)) is not None


def _joined(places: Places, row: list[Result], second: Result) -> bool:
    """Whether a value goes on a row: one kind, joined by "and" or "versus", and no other outcome between."""
    first = row[-1]
    start, stop = places.end(first), places.begin(second)
    if stop < start or stop - start > REACH or not alike(first, second):
        return False
    gap = DOTTED.sub("vs ", places.text(start, stop))
    versus = VERSUS.search(gap) is not None
    if not versus and _AND.search(gap) is None:
        return False
    between = places.mentions(start, stop)
    left = _left(places, start, stop, between)
    if ". " in gap and not between:
        return False
    if first.is_contrast and not versus and not between and not _listed_of_each(places, first, stop):
        return False
    if (
        first.measure == "count" != second.measure
        and _OF_COUNT.fullmatch(gap)
        and _in_one_bracket(places, first, second)
    ):
        return False
    if (
        first.measure == "count" != second.measure
        and between
        and _OF_ALL.fullmatch(places.text(start, between[0].start))
    ):
        return False
    if len(row) > 1 and _is_closed_pair(places, row, second):
        return False
    arms = {mention.group for mention in between}
    if len(row) > 1 and arms & set(_named_in(places, row)) and not versus:
        return False
    closed = gap.find(")")
    if not between and closed >= 0 and "(" in gap[closed:] and gap[:closed].count("(") == 0 and left:
        return False  # "... none), and rash (...": the bracket of another outcome
    return left <= (5 if versus else 0)


def _listed_of_each(places: Places, first: Result, stop: int) -> bool:
    """Whether changes are listed by arm: "6%, 5% and 2% in X, Y and Z, respectively"; but not two with intervals."""
    at = places.text(stop, stop + REACH).find("respectively")
    if at < 0:
        return False
    return first.interval is None or len({mention.group for mention in places.mentions(stop, stop + at)}) > 2


# "(136 events, 80%)": what the count is of all
_OF_COUNT = re.compile(r"(?: [a-z]+){0,3}[,;] ?")


# "After 397 deaths (zinc, 71%; placebo, 78%)": the count is of all
_OF_ALL = re.compile(r"(?: [a-z-]{3,20}){1,3} ?[(\[](?:the )?")


def _in_one_bracket(places: Places, first: Result, second: Result) -> bool:
    opened = places.document.inside(first.first)
    return opened >= 0 and opened == places.document.inside(second.first)


def _is_closed_pair(places: Places, row: list[Result], second: Result) -> bool:
    """Whether each bracket has its pair: "zinc (36 vs 32; P = .01) and iron (35 vs 30; P = .02)"."""
    opened = places.document.inside(row[-1].first)
    if opened < 0 or opened != places.document.inside(row[0].first):
        return False
    return places.document.inside(second.first) not in (-1, opened)


def _named_in(places: Places, row: list[Result]) -> list[int]:
    return [one.group for one in places.mentions(places.end(row[0]), places.begin(row[-1]))]


def _left(places: Places, start: int, stop: int, between: Sequence[Mention]) -> int:
    """Return how many words of a stretch are neither function words nor names of arms."""
    parts, at = [], start
    for mention in between:
        parts.append(places.text(at, max(at, mention.start)))
        at = max(at, mention.end)
    parts.append(places.text(at, stop))
    return sum(word not in _FUNCTION for word in _WORD.findall(" ".join(parts)))


def alike(first: Result, second: Result) -> bool:
    """Whether two results can be of one row: the same measure and unit."""
    one, two = (_ALIKE.get(result.measure, result.measure) for result in (first, second))
    if {first.measure, second.measure} == {"mean", "proportion"} and first.unit == second.unit == "%" and second.x < 0:
        return True  # changes in per cent, of which one has a sign
    if one != two and "count" not in (one, two):
        return False
    if one != two:
        # A count may stand for "3 (5%)", which no bare percentage before it does.
        return (one, two) == ("count", "proportion") and second.x < 0
    return not (first.unit and second.unit and first.unit != second.unit)
