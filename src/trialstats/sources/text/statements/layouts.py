"""The layouts of a sentence: how the values of a row and the arms named around them pair up.

A layout is a function from a row of values to the arm of each, empty where it does not fit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.before_and_after import by_an_effect, from_to
from trialstats.sources.text.statements.beside import FAR, STRONG, beside, subject
from trialstats.sources.text.statements.brackets import by_bracket, tagged, within
from trialstats.sources.text.statements.directions import by_direction, directed, with_less
from trialstats.sources.text.statements.joined import of_two_behind
from trialstats.sources.text.statements.listed import TIGHT, by_turns, named_once
from trialstats.sources.text.statements.others import of_another
from trialstats.sources.text.statements.own_sizes import by_own_sizes
from trialstats.sources.text.statements.past_p import past_p
from trialstats.sources.text.statements.rows import DOTTED, VERSUS, Places, Row
from trialstats.sources.text.statements.wholes import ALL, told_within

_NUMBERED = re.compile(
    r"\b(?:groups?|arms?|cohorts?) (?:1|a|i)(?: ?(?:to|through|-) ?|(?:, ?[0-9a-e])*,? and )(?P<last>[2-8b-h]|ii|iii"
    r"|iv|v)\b"
)
_COMPARED_FIRST = re.compile(
    r"\b(?:compared (?:with|to)|relative to|in comparison (?:with|to)|as against)(?: the| an?)* $"
)
_LAST = {"b": 2, "c": 3, "d": 4, "e": 5, "ii": 2, "iii": 3, "iv": 4, "v": 5}


def numbered(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "in groups 1 through 5, A, B, C, D and E": all arms in their order."""
    size = len(row.results)
    if size != len(places.groups.arms):
        return ()
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    found = _NUMBERED.search(places.text(max(row.sentence[0], begin - 200), min(row.sentence[1], end + 80)))
    if found is None or int(_LAST.get(found["last"], found["last"])) != size:
        return ()
    return places.groups.listed


# "(48% and 54%, respectively; relative risk with X, 0.91": they are held against each other
_THEN_COMPARED = re.compile(
    r"[)\]%]*(?: [a-z]{1,7})?,? respectively[,;]"
    r" (?:(?:relative )?(?:risk|odds|hazards?|rates?)(?: ratio)?\b|[horia]?[hor]r\b"
    r"|(?:risk |mean |absolute )?difference\b)"
)


def of_one_arm(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "in X, A and B (respectively)": two outcomes of one arm, where the other arm is not spoken of, or apart."""
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    if VERSUS.search(DOTTED.sub("vs ", places.text(places.end(row.results[0]), places.begin(row.results[1])))):
        return ()
    if (own := _told_of_each(places, row)) is not None:
        return (own,) * len(row.results)
    if any(of_another(places, one, row.ceiling) for one in row.results):
        return ()
    if _THEN_COMPARED.match(places.text(end, min(row.sentence[1], end + 60))):
        return ()
    clause = row.floor + places.text(row.floor, begin).rfind(";") + 1
    near = {one.group for one in places.mentions(clause, row.ceiling) if not _of_row_before(places, row, one)}
    if len(near) != 1 or _two_arms_told(places, row):
        return ()
    around = places.mentions(max(row.sentence[0], begin - FAR), min(row.sentence[1], end + FAR))
    alone = len({one.group for one in around}) == 1 and not ALL.search(places.text(row.floor, begin))
    apart = row.ceiling < row.sentence[1] and not ALL.search(places.text(row.floor, begin))
    return tuple(near) * len(row.results) if alone or apart else ()


def _of_row_before(places: Places, row: Row, mention: Mention) -> bool:
    """Whether a name stands right behind the last of several arms' values: "12 with X and 9 with Y), flu (3 and 4)"."""
    before = row.before
    if before is None or len(set(before.arms)) < 2 or places.end(before.results[-1]) != row.floor:
        return False
    behind = mention.group == before.arms[-1] and mention.start < places.begin(row.results[0])
    return behind and TIGHT.fullmatch(places.text(row.floor, mention.start)) is not None


_OF_EACH = re.compile(
    r"[)\]]*(?: (?:months?|years?|weeks?|days?|hours?|points?|kg|mg|g|ml|mm))?,? respectively,?"
    r" (?:in|for|with|among|on)(?: the| those)? "
)


def _told_of_each(places: Places, row: Row) -> int | None:
    """Return the arm right behind a row, where other values have the other arm: "3% and 5%, respectively, in X"."""
    end = places.end(row.results[-1])
    behind = places.mentions(end, min(row.ceiling, end + 60))
    if len({one.group for one in behind}) != 1 or places.mentions(places.begin(row.results[0]), end):
        return None
    if _OF_EACH.fullmatch(places.text(end, behind[0].start)) is None:
        return None
    start, stop = row.sentence
    others = [one for one in places.mentions(start, stop) if one.group != behind[0].group]
    # Each arm has its own "respectively".
    told = any(_OF_EACH.search(places.text(max(start, one.start - 36), one.start)) for one in others)
    return behind[0].group if told else None


_BETTER = re.compile(
    r"\b(?:superior(?:ity)?|inferior|better|worse|longer|shorter|greater|higher|advantage|prolonged|outperformed)\b"
    r"[^.;()]{0,60}\($"
)


# "Fewer falls were seen in the zinc group (3% and 8%"
_BETTER_IN = re.compile(
    r"\b(?:higher|lower|greater|fewer|less|more|longer|shorter|better|worse|rarer|larger|smaller)\b[^.;()]{0,60}"
    r" (?:in|with|for|among|after)(?: the| those| patients)*(?: on| receiving| given)? $"
)
_RIGHT_BEHIND = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants|recipients))? ?[(\[][-+]?")


def _two_arms_told(places: Places, row: Row) -> bool:
    """Whether only one of two arms is named: "12% with X and 14%", "X was superior in survival (6 and 3 months)"."""
    if places.mentions(places.end(row.results[0]), places.begin(row.results[-1])):
        return True
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    before = places.mentions(row.floor, begin)
    led = before and _BETTER_IN.search(places.text(row.floor, before[-1].start))
    if led and _RIGHT_BEHIND.fullmatch(places.text(before[-1].end, begin)):
        return "respectively" not in places.text(end, end + 40)
    if not before or _BETTER.search(places.text(before[-1].end, begin)) is None:
        return False
    return "respectively" not in places.text(end, end + 40)


def between(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "A in X and B in Y", "X, A and Y, B": each value has its own mention beside it."""
    results = row.results
    own: list[int | None] = []
    for at, result in enumerate(results):
        floor = row.floor if at == 0 else past_p(places.document, results[at - 1])
        ceiling = row.ceiling if at + 1 == len(results) else places.begin(results[at + 1])
        own.append(_own(places, result, floor, ceiling, first=at == 0, last=at + 1 == len(results)))
    if not places.mentions(places.begin(results[0]), places.begin(results[-1])):
        return _around(places, row, own)
    return _completed(places, own)


def _around(places: Places, row: Row, own: Sequence[int | None]) -> tuple[int, ...]:
    """Pair "for X it was A, compared to B with Y": of two of several arms one is named before, the other behind."""
    known = tuple(arm for arm in own if arm is not None)
    if len(row.results) != 2 or len(set(known)) != 2 or len(places.groups.arms) < 3:
        return ()
    first, second = row.results
    if VERSUS.search(DOTTED.sub("vs ", places.text(places.end(first), places.begin(second)))) is None:
        return ()
    end = places.end(second)
    behind = places.mentions(end, row.ceiling)
    return known if behind and TIGHT.fullmatch(places.text(end, behind[0].start)) else ()


def _own(places: Places, result: Result, floor: int, ceiling: int, *, first: bool, last: bool) -> int | None:
    """Return the arm whose bracket a value stands in, or that is named right behind it, or else right before it."""
    if (arm := by_bracket(places, result)) is not None or (arm := within(places, result)) is not None:
        return arm
    end, begin = past_p(places.document, result), places.begin(result)
    behind = places.mentions(end, ceiling)
    if behind and STRONG.search(places.without_asides(places.text(end, behind[0].start))) is None:
        return behind[0].group
    before = () if of_another(places, result, ceiling) else places.mentions(floor, begin)
    if before and (
        first
        or STRONG.search(places.text(floor, before[-1].start)) is not None
        or not STRONG.search(places.text(before[-1].end, begin))
    ):
        return before[-1].group
    if last and behind and behind[0].start - end < 40:
        return behind[0].group
    return None


def _completed(places: Places, own: Sequence[int | None]) -> tuple[int, ...]:
    """Return the arms of a row of which some are known, if the others follow."""
    known = [arm for arm in own if arm is not None]
    if not known or len(set(known)) < len(known):
        return ()
    if len(known) == len(own):
        return tuple(known)
    free = [arm for arm in range(len(places.groups.arms)) if arm not in known]
    if len(free) != len(own) - len(known) or len(free) != 1:
        return ()
    return tuple(free[0] if arm is None else arm for arm in own)


def listed_behind(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "A and B in X and Y (respectively)": the arms stand behind all values, in their order."""
    end = places.end(row.results[-1])
    behind = places.mentions(end, max(end, row.ceiling))
    return () if of_two_behind(places, row.results[-1], behind) else _list(places, behind, len(row.results))


def _list(places: Places, mentions: Sequence[Mention], size: int, *, last: bool = False) -> tuple[int, ...]:
    """Return the first (or last) arms named, if they are as many as asked and differ."""
    chosen: list[int] = []
    for mention in reversed(mentions) if last else mentions:
        if mention.group in chosen:
            if last:
                continue
            break
        chosen.append(mention.group)
        if len(chosen) == size:
            return tuple(reversed(chosen)) if last else tuple(chosen)
    return ()


def one_behind(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "A versus B with Y": only the second is named."""
    end = places.end(row.results[-1])
    behind = places.mentions(end, min(row.ceiling, end + 70))
    if not behind or len({mention.group for mention in behind}) > 1:
        return ()
    if TIGHT.fullmatch(places.text(end, behind[0].start)) is None:
        return ()
    return _completed(places, [None] * (len(row.results) - 1) + [behind[0].group])


_THEN_IN = re.compile(
    r"[^()\[\]]{0,60}[)\]],? (?:in|with|for|on|among)(?: the| those| patients)*(?: on| receiving| with)? "
)


def with_one_inside(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "(6.7 v 6.1 months for Y) with X": in a bracket the second is named, and the first right behind it."""
    results, end = row.results, places.end(row.results[-1])
    opened = places.document.inside(results[0].first)
    if len(results) != 2 or opened < 0 or opened != places.document.inside(results[1].first):
        return ()
    behind = places.mentions(end, min(row.sentence[1], end + 160))[:2]
    if len(behind) < 2 or behind[0].group == behind[1].group or places.mentions(places.begin(results[0]), end):
        return ()
    if TIGHT.fullmatch(places.text(end, behind[0].start)) is None:
        return ()
    led = _THEN_IN.fullmatch(places.text(behind[0].end, behind[1].start))
    return (behind[1].group, behind[0].group) if led is not None else ()


_AND_THAN = re.compile(r"(?:(?!\. )[^()]){0,40}[)\]],? and (?:than )?(?:(?:with|in|that of|to|for) )?(?:the )?")
_TO_PAIR = re.compile(r"(?: (?:group|arm))? ?[(\[][a-z ]{0,24}[-+]?")


def against_another(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "higher with X than with Y (A vs B) and Z (C vs D)": the first arm against a third."""
    before = row.before
    if before is None or len(before.arms) != 2 or len(row.results) != 2 or len(places.groups.arms) < 3:
        return ()
    start, begin = places.end(before.results[-1]), places.begin(row.results[0])
    named = places.mentions(start, begin)
    if len(named) != 1 or named[0].group in before.arms:
        return ()
    led = _AND_THAN.fullmatch(places.text(start, named[0].start))
    return (before.arms[0], named[0].group) if led and _TO_PAIR.fullmatch(places.text(named[0].end, begin)) else ()


def as_before(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "61 with X and 54 with Y (1.2% versus 0.8%)": a row without names keeps the order of the one before it."""
    before = row.before
    if before is None or len(before.arms) != len(row.results):
        return ()
    named = {mention.group for mention in places.mentions(row.floor, places.begin(row.results[0]))}
    return before.arms if len(named) < 2 else ()


# "In the zinc group, ...": what a clause is about, up to the next name of an arm
_TOPIC = re.compile(
    r"(?:^|[;.,:] ?|\b(?:while|whereas|and|but) )(?:in|for|among|of)(?: the)?"
    r"(?: (?:those|patients|participants|women|men|children|subjects|adults)"
    r" (?:on|in|given|receiving|taking|treated with))?(?: the)? $"
)
TOPIC_ENDS = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|women|men|recipients|treated|cohort)){0,2}"
    r"(?: ?[(\[][^()\[\]]{1,30}[)\]])?, "
)
_OF_BOTH = re.compile(
    r"\b(?:both|all|two|three|either|each) (?:study |treatment )?(?:groups?|arms?|patients|cohorts?)"
    r"|\b(?:difference|compared)\b"
)


def topic(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "in X, the first was 12% and the second 14%": all values behind the arm that their clause is about."""
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    before = places.mentions(max(row.sentence[0], begin - FAR), begin)
    if not before or places.mentions(begin, min(row.sentence[1], max(row.ceiling, end + 30))):
        return ()
    last = before[-1]
    led = _TOPIC.search(places.text(max(row.sentence[0], last.start - 30), last.start))
    closed = TOPIC_ENDS.match(places.text(last.end, begin))
    if led is None or closed is None:
        return ()
    between = places.text(last.end, end)
    if _OF_BOTH.search(between) or VERSUS.search(DOTTED.sub("vs ", places.text(begin, end))):
        return ()
    return (last.group,) * len(row.results)


def listed_before(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "higher in X than in Y (A versus B)", "X and Y had A and B": the arms stand before all values."""
    begin = places.begin(row.results[0])
    for start in (row.floor, max(row.sentence[0], begin - FAR)):
        mentions = places.mentions(start, begin)
        arms = _list(places, mentions, len(row.results), last=True)
        if len(arms) == 2 and _comes_back(places, mentions):
            return by_direction(
                places, row, mentions[-1], arms[::-1]
            )  # "The zinc group, compared with controls, had a higher zinc level (A versus B)"
        if len(arms) == 2 and len(mentions) == 2 and _led_by_compared(places, mentions[0]):
            # "Compared with X, Y had fewer events (A versus B)"
            return by_direction(places, row, mentions[1], arms[::-1])
        if len(arms) > 2 and arms[0] == mentions[0].group and _led_by_compared(places, mentions[0]):
            # "Compared with Z, X and Y fell (A, B and C)"
            return (*arms[1:], arms[0])
        if arms:
            return arms
    return ()


def _led_by_compared(places: Places, mention: Mention) -> bool:
    return _COMPARED_FIRST.search(places.text(max(0, mention.start - 40), mention.start)) is not None


def _comes_back(places: Places, mentions: Sequence[Mention]) -> bool:
    """Whether of the last two arms the first is named again at last: it is what the sentence is about."""
    order = [group for group, _ in groupby(mention.group for mention in mentions)]
    if len(order) < 3 or order[-3] != order[-1]:
        return False
    return VERSUS.search(DOTTED.sub("vs ", places.text(mentions[-2].end, mentions[-1].start))) is None


_HELD_NEXT = re.compile(
    r"[%)\]]*(?: ?[a-z/]{1,8})?(?: ?[(\[][^()\[\]]{1,30}[)\]])?,? (?:vs\.?|versus|v\.?|compared with) [-+]?[0-9]"
)


def first_of_pair(places: Places, row: Row) -> tuple[int, ...]:
    """Pair the first of "higher in X than in Y (6.9% v 0)", where the second was not read."""
    begin, end = places.begin(row.results[0]), places.end(row.results[0])
    if _HELD_NEXT.match(places.text(end, end + 60)) is None or places.mentions(begin, end + 60):
        return ()
    if len({one.group for one in places.mentions(row.floor, begin)}) == 1:
        return ()
    return listed_before(places, Row([row.results[0]] * 2, row.floor, row.ceiling, row.sentence))[:1]


def within_one(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "within the X group, relief was more frequent in smokers (A versus B)": all are of one arm."""
    arm = told_within(places, row.sentence)
    return () if arm is None else (arm,) * len(row.results)


_LABELS = re.compile(r"(?:^|[.;,]|\band|\bserum|\bplasma) ?$")
_OPENED = re.compile(r"(?: (?:levels?|concentrations?|intake))? ?[(\[][-+]?")


def _is_measured(places: Places, row: Row, mention: Mention, begin: int) -> bool:
    """Whether the name of an arm is what was measured: "sodium (4 v 5) and zinc (3 v 4) did not differ"."""
    if VERSUS.search(DOTTED.sub("vs ", places.text(begin, places.end(row.results[-1])))) is None:
        return False
    led = _LABELS.search(places.text(max(row.sentence[0], mention.start - 8), mention.start))
    alone = len(places.mentions(*row.sentence)) == 1
    return alone and led is not None and _OPENED.fullmatch(places.text(mention.end, begin)) is not None


def one_before(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "with X, A versus B": the first is named."""
    begin = places.begin(row.results[0])
    before = places.mentions(row.floor, begin)
    if len({mention.group for mention in before}) != 1 or _is_measured(places, row, before[0], begin):
        return ()
    told = _completed(places, [before[-1].group] + [None] * (len(row.results) - 1))
    led = places.text(max(row.sentence[0], before[0].start - 40), before[0].start)
    first = len(told) == len(set(told)) == len(before) + 1 and _COMPARED_FIRST.search(led) is not None
    return told[::-1] if first else told  # "Compared with X, fewer events (A versus B) were seen"


Layout = Callable[[Places, Row], tuple[int, ...]]
LAYOUTS: tuple[Layout, ...] = (
    by_own_sizes,
    numbered,
    within_one,
    by_an_effect,
    from_to,
    tagged,
    with_one_inside,
    named_once,
    of_one_arm,
    by_turns,
    between,
    listed_behind,
    one_behind,
    against_another,
    as_before,
    directed,
    topic,
    with_less,
    listed_before,
    one_before,
)
"""Layouts of a row of several values, in the order they are tried."""
LAYOUTS_OF_ONE: tuple[Layout, ...] = (by_own_sizes, first_of_pair, tagged, beside, subject, topic)
