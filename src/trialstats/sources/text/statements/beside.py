"""Layouts of one value: it has the arm beside it, in whose bracket it stands, or of which its sentence tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.groups.model import Mention
from trialstats.sources.text.statements.brackets import by_bracket, shares_follow, within
from trialstats.sources.text.statements.joined import of_two_before, of_two_behind, of_two_people
from trialstats.sources.text.statements.others import of_another, of_the_list_behind
from trialstats.sources.text.statements.rows import VERSUS, Places, Row
from trialstats.sources.text.statements.wholes import ALL

STRONG = re.compile(
    r"\b(?:and|or|versus|vs?\b\.?|compared|than|while|whereas|but|against|relative to)(?![a-z])|;|\) ?,"
    r"|, (?=(?:the )?$)|\. "
)
FAR = 500
"""Characters that a name of an arm may stand away from a result."""


def beside(places: Places, row: Row) -> tuple[int, ...]:
    """Pair one value with the arm whose bracket it stands in, or that is named right behind or before it."""
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    before = places.mentions(row.floor, begin)
    if len(before) > 1 and of_two_before(places, before[-2], before[-1], begin):
        return ()
    for told in (by_bracket, within):
        if (arm := told(places, row.results[0])) is not None:
            return (arm,)
    behind = places.mentions(end, min(row.ceiling, end + 120))
    if ALL.search(places.text(end, min(row.ceiling, behind[0].start if behind else end + 50))):
        return ()
    if behind and (shares_follow(places, end, behind[0]) or of_two_behind(places, row.results[0], behind)):
        return ()
    if of_two_people(places, end, behind):
        return ()
    if behind and _OTHERS_COUNTED.search(places.text(end, behind[0].start)) is not None:
        behind = ()
    if behind and _ALIKE_IN.search(places.text(end, behind[0].start)) is not None:
        return ()
    between = places.without_asides(places.text(end, behind[0].start)) if behind else ""
    between = _REMARK.sub(" ", between)
    if row.results[0].measure == "count" and _OCCURRED_IN.fullmatch(between) is not None:
        return (behind[0].group,)
    if behind and not STRONG.search(between) and not VERSUS.search(between):
        return (behind[0].group,)
    if of_another(places, row.results[0], row.ceiling) or (before and of_the_list_behind(places, row, before[-1])):
        return ()
    before = () if _behind_a_list(places, before, begin) else before
    if before and not ALL.search(places.text(before[-1].end, begin)) and not _of_any(places, before[-1]):
        return (before[-1].group,)
    if behind and behind[0].start - end < 30 and not STRONG.search(between):
        return (behind[0].group,)
    return ()


_SHUT_THEN = re.compile(r"[^()\[\]]{0,30}[)\]],? ")


def _behind_a_list(places: Places, before: Sequence[Mention], begin: int) -> bool:
    """Whether a bracket that names two arms closes right before a value: "in all (X, n = 40; Y, n = 41), 52% slept"."""
    if len(before) < 2 or before[-2].group == before[-1].group:
        return False
    between = places.text(before[-2].end, before[-1].start)
    return set("()[]").isdisjoint(between) and _SHUT_THEN.fullmatch(places.text(before[-1].end, begin)) is not None


_ANY = re.compile(r"\b(?:(?P<any>any)|all|each|either)(?: of)?(?: the)? $")
_GROUPS = re.compile(r" (?:groups?|arms?|doses?|dosages?|regimens?)\b")


def _of_any(places: Places, mention: Mention) -> bool:
    """Whether a name is of several groups: "in any zinc group", "with all zinc doses"."""
    led = _ANY.search(places.text(max(0, mention.start - 16), mention.start))
    return led is not None and bool(led["any"] or _GROUPS.match(places.text(mention.end, mention.end + 12)))


# "14% (i.e. few) with zinc"
_REMARK = re.compile(r"\b(?:i\.e|e\.g)\.")
# "Nine patients were excluded, thus 79 patients remained (zinc, ...": the arm is of the other number
_OTHERS_COUNTED = re.compile(
    r"(?<!of )(?<!the )(?<!among )(?<!in )(?<!for )"
    r"\b[0-9]+ (?:patients|participants|women|men|subjects|children|adults)\b"
    r"|, (?:[0-9][0-9,]*|all)(?: ?\([^()]{1,12}\))? were (?:then |subsequently )?"
    r"(?:randomi[sz]ed|randomly|assigned|allocated)\b"
)


# "The rate was 14%, with no difference between zinc (15%) and tea (13%)": the first is of all
_ALIKE_IN = re.compile(
    r",? (?:with(?:out)?|and|but)(?: there was)?(?: no| any)?(?: [a-z]+){0,2} differences?(?: [a-z]+){0,2}"
    r" (?:between|among)\b"
    r"|, (?:with|and|but) (?:an? )?(?:[a-z-]+ ){0,2}(?:lower|higher|greater|reduced|increased|smaller|larger|shorter"
    r"|longer|fewer|better|worse)(?: [a-z-]+){0,3} (?:in|with|for|on|among)(?: the| those)? $"
)


# "12 strokes and heart attacks occurred in the zinc group"
_OCCURRED_IN = re.compile(
    r" (?:(?!(?:versus|vs|compared|than|whereas|while|but)\b)[a-z/-]+ ){1,9}(?:occurred|happened|arose"
    r"|(?:was|were) (?:seen|observed|reported|recorded|noted|registered))"
    r" (?:in|with|among|on|for)(?: the| those| patients| participants)*(?: on| in| receiving| given)?(?: the)? "
)


def subject(places: Places, row: Row) -> tuple[int, ...]:
    """Pair one value with the one arm that its sentence is about."""
    begin = places.begin(row.results[0])
    named = {mention.group for mention in places.mentions(max(row.sentence[0], begin - FAR), begin)}
    if (
        row.results[0].measure == "count"
        or len(named) != 1
        or of_another(places, row.results[0], row.ceiling)
        or ALL.search(places.text(max(row.floor, begin - 60), begin))
        or any(_of_any(places, one) for one in places.mentions(row.sentence[0], begin))
    ):
        return ()
    return (next(iter(named)),)
