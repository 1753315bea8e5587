"""Layouts of two values of one arm, before and after: "pain fell from 6.1 to 3.2 with X"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.beside import beside, subject
from trialstats.sources.text.statements.rows import Places, Row

_ADDED = re.compile(r"[)\]]*,? (?:with|after|by) (?:the )?(?:addition|adding)\b")
_FROM = re.compile(
    r"\bfrom (?:an? |the )?(?:(?:mean|median|average|baseline|initial|pre-?treatment|high|low|higher|lower|values?"
    r"|levels?|scores?|rates?) ){0,4}(?:of )?[-+]?$"
)
_TO = re.compile(r"[^;.]{0,30}\bto (?:an? |the )?(?:mean |median )*(?:of )?[-+]?")
_BEFORE_AND_AFTER = re.compile(
    r"[)\]%]*(?: [a-z/%]{1,12})?,?"
    r" (?:before and (?:at )?(?:(?:[a-z0-9]{1,6} )?(?:months?|weeks?|days?|years?) )?after\b"
    r"|(?:at|on) (?:baseline|onset|entry) and (?:at |after )?(?:[a-z0-9]{1,6} (?:months?|weeks?|days?|years?)\b"
    r"|(?:week|month|day|year) [0-9]|(?:the )?end\b|follow-?up\b))"
)
_TO_ONLY = re.compile(r"[)\]%]*(?: ?[a-z/%]{1,12})? to [-+]?")
# "Lowered pain (6.1 to 3.2"
_FELL_SO = re.compile(
    r"\b(?:increas|decreas|declin|improv|reduc|rose|fell|went|drop|lower|rais|chang)(?:e[ds]?|ed|s|ing|ments?|tions?)?\b"
    r"[^;]*(?:[(\[]|\bfrom [0-9][^;]{3,80} to [0-9][^;]{0,80} (?:compared with|versus|vs\.?|v|against))"
    r" ?(?:mean |median )?[-+]?$"
)
_CHANGING = re.compile(
    r", (?:thus |thereby )?(?:reducing|increasing|improving|raising|lowering|decreasing|prolonging|cutting|extending)"
    r" [^.;,()]{3,60}from [^.;,()]{0,20}$"
)
# What nobody has once before and once after, and what is held against it: "raised survival from 41% to 49%"
_ONCE = (
    r"\b(?:survival|mortality|deaths?|time to [a-z]+|(?:hospital|icu|postoperative) stay"
    r"|(?:length|duration) of (?:the )?(?:[a-z]+ ){0,2}(?:stay|hospitali[sz]ation|admission|antibiotics?|exposure"
    r"|ventilation|intubation|surgery|operation|labou?r))\b"
)
_OF_NO_ONE_TWICE = re.compile(rf"{_ONCE}[^.;,()]{{0,60}}from [^.;,()]{{0,20}}$")
# "a gain in survival of 7% (95% CI 2-12) at 3 years (from 51% to 58%)", "survival longer by 50% (from 4 to 6"
_BY_AN_EFFECT = re.compile(
    rf"(?:\babsolute (?:[a-z-]+ ){{0,2}}(?:benefit|gain|increase|improvement|reduction|decrease|detriment)\b|{_ONCE})"
    r"[^.;()0-9]{0,60}\b(?:of|by) (?P<effect>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?(?P<share>%)?(?: [a-z]{1,12})?"
    r"(?: ?[(\[][^()\[\]]{1,40}[)\]])?(?: at [0-9]{1,2} [a-z]{4,6})? ?[(\[](?:from )?$"
)
_JUST_TO = re.compile(r"%?(?: [a-z]{1,12})? to ")
_NEAR, _SHARE = 0.51, 100
_RATIO_NEXT = re.compile(
    r"%?(?: [a-z]{1,8})? ?[(\[](?:(?:adjusted )?(?:relative risk|risk ratio|hazards? ratio|odds ratio|rate ratio)"
    r"|(?:rr|hr|or)\b)"
)


def before_and_after(places: Places, row: Row) -> bool:
    """Whether two values are one before and one after: "fell from 6.1 to 3.2", "6.1 and 3.2 before and after tea"."""
    if len(row.results) != 2:
        return False
    end = places.end(row.results[1])
    if _BEFORE_AND_AFTER.match(places.text(end, min(row.sentence[1], end + 80))):
        return True
    begin, gap = places.begin(row.results[0]), places.text(places.end(row.results[0]), places.begin(row.results[1]))
    of_people = any(one.measure not in ("mean", "median") for one in row.results)
    if (
        not of_people
        and _TO_ONLY.fullmatch(gap)
        and _FELL_SO.search(places.text(max(row.sentence[0], begin - 160), begin))
    ):
        return True
    return _TO.fullmatch(gap) is not None and bool(_FROM.search(places.text(row.floor, places.begin(row.results[0]))))


def from_to(places: Places, row: Row) -> tuple[int, ...]:
    """From A to B with X: one arm's value before and after."""
    if not before_and_after(places, row):
        return ()
    begin, end = places.begin(row.results[0]), places.end(row.results[-1])
    if places.mentions(places.end(row.results[0]), places.begin(row.results[1])):
        return ()
    if _ADDED.match(places.text(end, end + 60)) is not None and len(places.groups.arms) == 2:
        # "From 25% to 44% with the addition of X": without it and with it.
        named = places.mentions(end, end + 90)
        return (1 - named[0].group, named[0].group) if named else ()
    own = _behind_p(places, row) or beside(places, row) or subject(places, row)
    ahead = places.text(max(row.sentence[0], begin - 90), begin)
    of_both = _CHANGING.search(ahead) or _OF_NO_ONE_TWICE.search(ahead) or _RATIO_NEXT.match(places.text(end, end + 40))
    own = own or (_treated(places) if of_both else ())
    if own and len(places.groups.arms) == 2 and of_both:
        # "X was worse, reducing survival from 71% to 62%": without it and with it.
        return (1 - own[0], own[0])
    return 2 * own


def from_to_each(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, int]:
    """Return the arms of "from 6 to 3 with X, from 5 to 4 with Y and from 6 to 5 with Z": three pairs or more.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        The values of a sentence, in order.
    sentence : tuple of int

    Returns
    -------
    dict of int to int
        By the first token of a value, its arm.
    """
    found: dict[int, int] = {}
    if len(places.groups.arms) < _SEVERAL or len(results) < 2 * _SEVERAL:
        return found
    for one, other in pairwise(results):
        begin, end = places.begin(one), places.end(other)
        if one.first in found or _FROM.search(places.text(max(sentence[0], begin - 60), begin)) is None:
            continue
        if _JUST_TO.fullmatch(places.text(places.end(one), places.begin(other))) is None:
            continue
        behind = places.mentions(end, min(sentence[1], end + 90))[:1]
        if behind and _TO_ARM.fullmatch(places.text(end, behind[0].start)):
            found[one.first] = found[other.first] = behind[0].group
    return found if len(set(found.values())) * 2 == len(found) >= 2 * _SEVERAL else {}


_SEVERAL = 3
_TO_ARM = re.compile(
    r"[%)\]]*(?: ?[(\[]p ?[=<>] ?[0-9.]{1,8}[)\]])?(?: [a-z/%]{1,12}){0,2}"
    r" (?:in|with|for|on|among|after|during|receiving)(?: the| those| patients)*"
    r"(?: treated with| on| in| given| receiving)?(?: the)? "
)


def by_an_effect(places: Places, row: Row) -> tuple[int, ...]:
    """Pair "a gain in survival of 7% (from 51% to 58%)": without the treatment and with it, by the effect between."""
    if len(row.results) != 2 or not (own := _treated(places)):
        return ()
    first, second = row.results
    begin = places.begin(first)
    if _JUST_TO.fullmatch(places.text(places.end(first), places.begin(second))) is None:
        return ()
    told = _BY_AN_EFFECT.search(places.text(max(row.sentence[0], begin - 200), begin))
    if told is None or min(first.value, second.value) < 0:
        return ()
    lower, upper, effect = *(places.document.value(one.value) for one in row.results), float(told["effect"])
    step = _NEAR * 10.0 ** -min(map(places.document.decimals, (first.value, second.value)))
    fits = abs(abs(upper - lower) - effect) <= 2 * step
    fits = fits or (bool(told["share"] and lower) and abs(_SHARE * abs(upper / lower - 1) - effect) <= 1)
    return (1 - own[0], own[0]) if fits else ()


def _treated(places: Places) -> tuple[int, ...]:
    """Return the one of two arms that is no control, where the other is."""
    roles = [arm.role == "control" for arm in places.groups.arms]
    return (roles.index(False),) if len(roles) == 2 and roles.count(True) == 1 else ()


_P_THEN = re.compile(
    r"[%)\]]*(?: [a-z/]{1,12})?[;,]? ?[(\[]?p ?[=<>] ?[0-9.]{1,8}[)\]]?(?: (?:of|in) (?:the )?[a-z0-9 -]{2,40}?)??"
    r" (?:in|with|for|on|among|after|during|receiving)(?: the| those| patients)*(?: treated with| on| in| given)?"
    r"(?: the)? "
)


def _behind_p(places: Places, row: Row) -> tuple[int, ...]:
    """Return the arm behind the P value of a change: "rose from 121 to 269 (P = .02) with X, but not with Y"."""
    end = places.end(row.results[-1])
    named = places.mentions(end, min(row.sentence[1], end + 100))[:1]
    return (named[0].group,) if named and _P_THEN.fullmatch(places.text(end, named[0].start)) else ()
