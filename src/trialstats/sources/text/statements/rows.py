"""The rows of a sentence: results of one kind that are joined (12% in A and 14% in B; 12% v 14%; A, 12%; B, 14%)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from trialstats.sources.text.groups.model import Groups, Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.cut_off import cut_off
from trialstats.sources.text.statements.past_p import past_p
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.expressions import Gated

VERSUS = re.compile(
    r"\b(?:versus|vs?\b\.?|compared (?:with|to)|as compared|compared|against|than|whereas|while|relative to"
    r"|in comparison (?:with|to)|opposed to|but)(?![a-z])|/(?![a-z0-9])|(?<=[0-9%) ])/(?![0-9])"
)
"""What holds two values against each other; the stroke of a unit, "mg/dl" and "mg/100 ml", does not."""
_AND = re.compile(r"\band\b|\bor\b|[,;/]|\bto\b")
DOTTED = re.compile(r"\bvs?\. ")
# What may stand between two values of a row without telling another outcome.
_FUNCTION_TEXT = """
in the of for with on at a an and or versus vs v than to group groups arm arms patients participants subjects women
men children adults infants individuals people volunteers those who were was had received receiving treated
given assigned among compared respectively by from
months month weeks week days day years year points mg kg mm hg ml per cent events event deaths cases it this cohort
only not did is are after therapy treatment whereas while but that compared as against randomised randomized
respectively ci confidence interval n p patient recipients recipient allocated taking alone about approximately
standard other one rate rates median mean percentage dose doses
"""
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
_WORD = re.compile(r"[a-z][a-z-]*")
_OF_DRUG = re.compile(r" of ([a-z][a-z-]+)")
BEGUN = re.compile(r"[)\]%]*(?: ?[a-z0-9/%]{1,8}){0,2} (?:at (?:baseline|entry|the start)|before [a-z]{5,12}) to [-+]?")
_TO_INTERVAL = 12
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
    asides: Sequence[tuple[int, int]] = ()
    """Brackets that tell the value before them again."""

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

    def without_asides(self, text: str) -> str:
        """Return a stretch of the text without the brackets that tell the value before them again."""
        for aside in self.asides:
            text = text.replace(self.text(*aside), " ")
        return text

    def words_of(self, mention: Mention) -> frozenset[str]:
        """Return the words of all names of the arm that is mentioned: of "10 mg" its drug too."""
        return frozenset(word for name in self.groups.arms[mention.group].names for word in _WORD.findall(name))


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
    places: Places,
    results: Sequence[Result],
    sentence: tuple[int, int],
    leave: Collection[int] = (),
    inside: Collection[int] = (),
) -> list[Row]:
    """Return the rows of values of a sentence, without those that begin at some tokens.

    What is inside another value does not bound it either.
    """
    results = [one for one in results if one.first not in inside]
    singles = [one for one in results if one.first not in leave and (not one.is_contrast or _may_be_own(places, one))]
    rows: list[list[Result]] = []
    halved = {half[0][0].first: half for half in _halves(places, singles)}
    in_halves = {one.first for half in halved.values() for part in half for one in part}
    for at, result in enumerate(singles):
        if result.first in in_halves:
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
        told = _told_of_halves(places, [one for part in half for one in part]) if half is not None else ()
        for pair in zip(*half, strict=True) if half is not None else [row]:
            for one in pair:
                one.row = tuple(pair)
        behind = bisect_left(begins, last)
        ceiling = begins[behind] if behind < len(begins) else sentence[1]
        found.append(Row(row, floor, ceiling, sentence, told, "stated" if told else "", halves=half))
    return found


def _may_be_own(places: Places, result: Result) -> bool:
    """Whether a change may be one arm's own, unlike the efficacy of a vaccine and "(difference, 1.2"."""
    if result.measure not in CHANGES or result.compares:
        return False
    begin = places.begin(result)
    before = places.text(max(0, begin - 70), begin)
    if result.measure == "difference" and _is_between_two(places, result):
        return False
    if result.measure != "difference" and _goes_on_efficacy(places, begin):
        return False
    return (BETWEEN_ARMS if result.measure == "difference" else _EFFICACY).search(before) is None


_OF_VACCINE = Gated(
    r"\b(?:vaccine|protective) (?:efficacy|effectiveness)\b(?!.*\. [a-z])", "vaccine eff", "protective eff"
)


def _goes_on_efficacy(places: Places, begin: int) -> bool:
    """Whether a percentage goes on a list of efficacies: "vaccine efficacy was 22% for rash and 31% for flu"."""
    start = max(0, begin - 280)
    found = _OF_VACCINE.search(places.text(start, begin))
    return found is not None and not places.mentions(start + found.end(), begin)


_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_VALUE_OF_TWO = re.compile(r"[^.;,%]{0,40}(?:,|:| =| (?:was|were|of|is))(?: [a-z]+){0,2} ?[-+]?")
_THEN_BETWEEN = re.compile(r"[)\]%]*(?: [a-z/%]{1,12}){0,2},? between (?:the )?")
_JOINED_TWO = re.compile(r"[^.;,%()]{0,24}(?: ?\([^()]{1,20}\))? and (?:the )?")


def _is_between_two(places: Places, result: Result) -> bool:
    """Whether a difference is said to be between two arms: "between A and B was 1.2", "-3 between C and D"."""
    begin, end = places.begin(result), places.end(result)
    behind = places.mentions(end, end + 90)[:2]
    if behind and _THEN_BETWEEN.fullmatch(places.text(end, behind[0].start)):
        pair = behind
    else:
        pair = places.mentions(max(0, begin - 140), begin)[-2:]
        if len(pair) < 2 or not _VALUE_OF_TWO.fullmatch(places.text(pair[1].end, begin)):
            return False
        if _BETWEEN.search(places.text(max(0, pair[0].start - 14), pair[0].start)) is None:
            return False
    joined = len(pair) > 1 and pair[0].group != pair[1].group
    return joined and _JOINED_TWO.fullmatch(places.text(pair[0].end, pair[1].start)) is not None


BETWEEN_ARMS = re.compile(
    r"[(\[;] ?(?:[a-z-]+ ){0,3}differences?(?: ?[(\[][^()\[\]]{1,12}[)\]])?(?: between (?:the )?groups)?"
    r"(?:,|:| =| of| was)? ?[-+−]?$"
)
_EFFICACY = re.compile(r"\b(?:efficacy|effectiveness|ve|protection)\b[^.;]{0,60}$")


def _leads_a_pair(places: Places, row: list[Result], result: Result, following: Sequence[Result]) -> bool:
    """Whether a value is the first of "12% with X versus 9% with Y" and the value before it of something else."""
    if not following or not _joined(places, [result], following[0]):
        return False
    if _pair_of_bracket(places, row, result, following[0]):
        return True
    if len(places.groups.arms) != 2:
        return False
    before, behind = (
        VERSUS.search(DOTTED.sub("vs ", places.text(places.end(one), places.begin(other)))) is not None
        for one, other in ((row[-1], result), (result, following[0]))
    )
    # What stands before has its own arm.
    return behind and not before and bool(places.mentions(places.end(row[-1]), places.begin(result)))


_HELD_TIGHT = re.compile(r"[%)\]]*(?: [a-z/]{1,8})?,? (?:versus|vs\.?|v|compared with) [-+]?")


def _pair_of_bracket(places: Places, row: list[Result], result: Result, following: Result) -> bool:
    """Whether a value leads a bracket of two behind two arms: "50% had rash, fewer with X than with Y (40% v 60%)"."""
    opened = places.document.inside(result.first)
    if (
        opened < 0
        or opened != places.document.inside(following.first)
        or opened == places.document.inside(row[-1].first)
    ):
        return False
    if _HELD_TIGHT.fullmatch(places.text(places.end(result), places.begin(following))) is None:
        return False
    named = places.mentions(places.end(row[-1]), places.begin(result))
    return len({one.group for one in named[-2:]}) > 1


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
        # "140 v 138, 4.1 v 4.2 and 2.2 v 2.3": each of the two in the middle is held against another
        held = any(_TO_HALF.fullmatch(gap) for gap in (*gaps[max(0, at - 1) : at], *gaps[at + 3 : at + 4]))
        joined = not held and _IN_HALF.fullmatch(between[0]) and _IN_HALF.fullmatch(between[2])
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
    rf"[%)\]]*(?: (?:months?|years?|weeks?|days?|hours?|points?|kg|mg))?,? ?(?:respectively,? )?{_WHEN}"
    r"(?<= )(?:in|with|for|on|among|at|after)(?: the| those| patients)*(?: on| with| in)? "
)
_NEXT_HALF = re.compile(
    r"(?: ?(?:group|arm|patients)|/day| daily)?(?: ?[(\[]p ?[=<>≤] ?[0-9.]{1,8}[)\]])?"
    r",? ?(?:and|versus|vs\.?|v|compared with|but|while|whereas)(?: by)? ?"
)


def _of_a_kind(first: Result, second: Result) -> bool:
    """Whether two results have one measure, or percentages and changes in them, and no two units."""
    shares = first.unit == second.unit == "%" and {first.measure, second.measure} <= _IN_PER_CENT
    return shares or (
        first.measure == second.measure and (first.unit == second.unit or not (first.unit and second.unit))
    )


_IN_PER_CENT = frozenset(("mean", "proportion", "relative-reduction", "survival"))


def _told_of_halves(places: Places, four: Sequence[Result]) -> tuple[int, ...]:
    """Return the arms that each two values have behind them: "3% and 5% with X and 4% and 7% with Y"."""
    start, stop, end = places.end(four[1]), places.begin(four[2]), places.end(four[3])
    first, last = places.mentions(start, stop), places.mentions(end, end + 50)
    if len(first) != 1 or not last or last[0].group == first[0].group:
        return ()
    led = _TELLS.fullmatch(places.text(start, first[0].start)) and _TELLS.fullmatch(places.text(end, last[0].start))
    told = led is not None and _NEXT_HALF.fullmatch(places.text(first[0].end, stop)) is not None
    return (first[0].group, last[0].group) if told else ()


_ANOTHER = re.compile(
    r"\b(?:while|whereas) (?!(?:it|this|that|those|these|they|in|with|for|on|among|only|none|there"
    r"|(?:the )?(?:corresponding|rates?|values?|figures?|proportions?|percentages?|numbers?|results?"
    r"|means?|medians?|others?|scores?))\b)"
    r"[a-z][^.;:()%0-9]{3,60} (?:was|were|occurred|developed|reached)\b[^.;:()%0-9]{0,20}$"
)


def _tells_another(places: Places, start: int, stop: int) -> bool:
    """Whether a clause of its own leads to a value: "19% with tea, while cough was seen in 22%"."""
    gap = places.text(start, stop)
    own = _ANOTHER.search(gap) if "whe" in gap or "while" in gap else None
    return own is not None and not places.mentions(start + own.start(), stop)


def _joined(places: Places, row: list[Result], second: Result) -> bool:
    """Whether a value goes on a row: one kind, joined by "and" or "versus", and no other outcome between."""
    first = row[-1]
    start, stop = past_p(places.document, first), places.begin(second)
    if first.value < 0 and first.x < 0 and (second.value >= 0 or stop - start > _TO_INTERVAL):
        return False  # an interval alone
    if stop < start or stop - start > REACH or not alike(first, second):
        return False
    gap = DOTTED.sub("vs ", places.text(start, stop))
    versus = VERSUS.search(gap) is not None
    if not versus and _AND.search(gap) is None:
        return False
    between = places.mentions(start, stop)
    arms = {mention.group for mention in between}
    one_unit = not between and "count" not in (first.measure, second.measure)
    begun = BEGUN.fullmatch(gap) is not None
    left = 0 if begun else _left(places, start, stop, between, places.end(second) if one_unit else -1)
    if (". " in gap and not between) or cut_off(places.document, first, gap):
        return False
    if first.measure == "count" and WITH_SOME.fullmatch(gap):
        return False
    if versus and _tells_another(places, start, stop):
        return False
    if first.is_contrast and len(arms) > 1:
        return False  # "a difference of 3 (1 to 5) for X versus Y and of 2 (0 to 4) for Z versus Y": none is one arm's
    if first.is_contrast and not versus and not between and not _listed_of_each(places, first, stop):
        return False
    if (
        first.measure == "count" != second.measure
        and _OF_COUNT.fullmatch(gap)
        and _in_one_bracket(places, first, second)
    ):
        return False
    if between and _is_whole(places.text(start, between[0].start), gap, first.measure == "count" != second.measure):
        return False
    if len(row) > 1 and _is_closed_pair(places, row, second):
        return False
    if len(row) > 1 and arms & set(_named_in(places, row)) and not versus:
        return False
    closed = gap.find(")")
    if not between and closed >= 0 and "(" in gap[closed:] and gap[:closed].count("(") == 0 and left:
        return False  # "... none), and rash (...": the bracket of another outcome
    return left <= (5 if versus else 0)


def _is_whole(led: str, gap: str, of_count: bool) -> bool:
    """Whether a value is of all, and those of arms stand in a bracket behind it: "40% of men (zinc, 48%; tea, 31%)"."""
    return (of_count and _OF_ALL.fullmatch(led) is not None) or (led.endswith(" (") and ")" not in gap)


def _listed_of_each(places: Places, first: Result, stop: int) -> bool:
    """Whether changes are listed by arm: "6%, 5% and 2% in X, Y and Z, respectively"; but not two with intervals."""
    at = places.text(stop, stop + REACH).find("respectively")
    if at < 0:
        return False
    return first.interval is None or len({mention.group for mention in places.mentions(stop, stop + at)}) > 2


# "30 patients relapsed, with 7 in the zinc group": of the first the others are some
WITH_SOME = re.compile(r"(?: [a-z-]{3,20}){0,4}(?:, with|,? (?:including|of whom|of which)) $")


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


_UNIT = re.compile(
    r"[)\]]{0,2}(?: ?[x×] ?10(?:\(-?[0-9]{1,2}\)|\^?-?[0-9]{1,2}))? ?[a-zµμ]{1,8}(?:/[0-9]{0,4} ?[a-zµμ0-9]{1,8}){1,2}"
    r"(?![a-z])"
)


_ONE_UNIT = re.compile(
    r"[)\]]{0,2} ?(?!(?:high|low|great|short|long|larg|small|few)er\b|more\b|less\b|better\b|worse\b)"
    r"(?P<unit>[a-zµμ]{1,12})(?![a-z])"
)


def _unit_of_both(places: Places, start: int, stop: int, end: int) -> int:
    """Return how long the unit behind a value is, where the next value has it too: "52 (12) s and 47 (15) s"."""
    if end < 0:
        return 0  # what is counted is no unit, and what has a name has its own arm
    first = _ONE_UNIT.match(places.text(start, stop))
    second = _ONE_UNIT.match(places.text(end, end + 16))
    return first.end() if first is not None and second is not None and first["unit"] == second["unit"] else 0


def _left(places: Places, start: int, stop: int, between: Sequence[Mention], end: int) -> int:
    """Return how many words between two values, of which the second has an end, are neither function words nor arms."""
    unit = _UNIT.match(places.text(start, stop))
    parts, at = [], start + (unit.end() if unit is not None else _unit_of_both(places, start, stop, end))
    for mention in between:
        parts.append(places.text(at, max(at, mention.start)))
        at = max(at, mention.end)
        # "10 mg of zinc": the arm is told by its dose, and its drug behind it is no other outcome.
        drug = _OF_DRUG.match(places.text(at, min(stop, at + 40)))
        at += drug.end() if drug is not None and drug[1] in places.words_of(mention) else 0
    parts.append(places.text(at, stop))
    return sum(word not in _FUNCTION for word in _WORD.findall(places.without_asides(" ".join(parts))))


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
