"""What a P value tests that compares no two arms: a trend, how two things go together, a change in time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.before_and_after import before_and_after
from trialstats.sources.text.statements.references import reference_of
from trialstats.sources.text.statements.rows import DOTTED, VERSUS, Places, Row
from trialstats.sources.text.statements.wholes import AGAINST, tells_of_change

_LONGEST = 260
_CUTS = re.compile(r"[;:]|\. |\b(?:but|whereas|while|although)\b")
_NAMED_SO = r"(?:linear |the |overall )*(?:trends?|interactions?|heterogeneity)\b"
_SO_BEFORE = re.compile(
    rf"\b(?:tests? )?(?:for|of) {_NAMED_SO}[^.;()0-9]{{0,12}}$|\btrend tests?,? ?(?:was |of )?$"
    r"|\b(?:heterogeneity|(?<!social )(?<!child )(?<!drug )interactions?)\b[^;()0-9]{0,60}[(\[]?$"
)
_SO_BEHIND = re.compile(rf"[,;]? ?(?:\(?test )?(?:for|of) {_NAMED_SO}|,? trend test")
_GO_TOGETHER = re.compile(
    r"\bcorrelat(?:ed|es|ions?)\b|\b(?:inversely|directly|positively|negatively|linearly|independently)"
    r"(?: and [a-z]+)? (?:related|associated|linked)\b"
    r"|\b(?:predict(?:ors?|ed|ive|s)|prognostic|risk factors?)\b"
)
_BY_ARM = re.compile(r"\b(?:treatment|randomi[sz]\w+|allocat\w+|assign\w+|arms?|groups?|therapy)\b")
_OF_ALL = re.compile(
    r"\b(?:both|all|each|the two|the three|either|every) (?:of the )?(?:[a-z]+ )?(?:groups?|arms?|cohorts?|treatments"
    r"|regimens|patients|participants|subjects|women|men|children|conditions|interventions)\b"
    r"|\b(?:overall|total|entire|whole|study) (?:population|cohort|sample|group)\b"
)
_SINCE = re.compile(
    r"\b(?:from|to|with) (?:the )?(?:baseline|pre-?treatment|before (?:treatment|therapy)"
    r"|(?:initial|basal|baseline|pre-?treatment) (?:values?|levels?|scores?))\b"
)
_THAN_BEFORE = re.compile(
    r"\b(?:than|(?:when |as )?compared (?:with|to)|versus|vs\.?|relative to) (?:at |in |those |that |the |it was )*"
    r"(?:baseline|before|pre-?[a-z]{4,12}) ?(?:values?|levels?|scores?)?"
)
_GREATER = re.compile(
    r"\b(?:greater|higher|lower|larger|smaller|more|less|fewer|better|worse)\b[^;]{0,40}"
    r"\b(?:than|compared|relative)\b(?! (?:(?:at|with|to) )?(?:baseline|before))|^[)\]]*,? (?:that|those)\b"
)
_BEHIND = re.compile(r"[)\]]*,? ?(?P<words>(?:in|for|among|between|after|from|than|with|compared)\b[^.;:,()]{0,50})")


def tests_no_arms(places: Places, result: Result, sentence: tuple[int, int]) -> bool:
    """Whether a P value is of a trend, or of how two things go together: "was inversely related to age (P = .04)".

    Parameters
    ----------
    places : Places
    result : Result
        A P value.
    sentence : (int, int)
    """
    begin, end = places.begin(result), places.end(result)
    clause = _clause(places, sentence, begin)
    if _SO_BEFORE.search(clause) or _SO_BEHIND.match(places.text(end, min(sentence[1], end + 50))):
        return True
    return (
        _GO_TOGETHER.search(clause) is not None and _BY_ARM.search(clause) is None and not _named(places, begin, clause)
    )


def in_time(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, ...] | None:
    """Return the one arm in which a P value tests a change, none if in all: "pain fell in both groups (P = .01)".

    Parameters
    ----------
    places : Places
    result : Result
        A P value.
    sentence : (int, int)

    Returns
    -------
    tuple of int or None
        None where it tests no change.
    """
    begin, end = places.begin(result), places.end(result)
    clause = _clause(places, sentence, begin)
    after = _CUTS.split(places.text(end, min(sentence[1], end + 70)))[0]
    behind = _BEHIND.match(after)
    told = clause + (behind["words"] if behind is not None else "")
    if _GREATER.search(after) is not None:
        return None  # "the fall from baseline was twice (P = .01) that with zinc"
    named = {one.group for one in places.mentions(begin - len(clause), begin)}
    before = _THAN_BEFORE.search(told)
    if before is not None and AGAINST.search(told[: before.start()] + told[before.end() :]) is None:
        return tuple(named) if len(named) == 1 else ()
    if not tells_of_change(told):
        return None
    if _OF_ALL.search(told) is not None:
        return ()
    return tuple(named) if _SINCE.search(told) is not None and len(named) < 2 else None


def _clause(places: Places, sentence: tuple[int, int], begin: int) -> str:
    """Return the words of the clause that leads to a place."""
    return _CUTS.split(DOTTED.sub("vs  ", places.text(max(sentence[0], begin - _LONGEST), begin)))[-1]


def _named(places: Places, begin: int, clause: str) -> bool:
    return bool(places.mentions(begin - len(clause), begin))


_TIGHT = re.compile(r"[^.:<>=0-9]{0,16}")


def changed(places: Places, values: Sequence[Result], result: Result, sentence: tuple[int, int]) -> Result | None:
    """Return the last of two values before and after, right before a P value: "fell from 6.1 to 3.2 (P = .01)".

    Parameters
    ----------
    places : Places
    values : sequence of Result
        Those before it in its sentence.
    result : Result
        A P value.
    sentence : (int, int)
    """
    last = next((one for one in reversed(values) if not one.is_contrast), None)
    if last is None or len(last.row) != 2 or last.row[1] is not last:
        return None
    begin = places.begin(result)
    if places.end(last) > begin or _TIGHT.fullmatch(places.text(places.end(last), begin)) is None:
        return None
    floor = max(sentence[0], places.begin(last.row[0]) - 80)
    return last if before_and_after(places, Row(list(last.row), floor, begin, sentence)) else None


def in_own_tests(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, tuple[int, ...]]:
    """Return the arms of P values that arms have behind their own values: "28% with X (P = .01), 32% with Y (P = .02)".

    Each is of its arm and of the one that the sentence holds all against, which has none; of two arms that have one
    each, it is of how something changed in its own.

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : (int, int)

    Returns
    -------
    dict of int to tuple of int
        By the first token of each P value.
    """
    if each := _each_named(places, results, sentence) or _but_not_in_other(places, results, sentence):
        return each
    own: dict[int, int] = {}
    last: Result | None = None
    values, start = 0, sentence[0]
    for one in results:
        if one.measure != "p-only":
            # Values of one arm in turn are tested together.
            values += not one.is_contrast and (last is None or last.arms != one.arms)
            last = None if one.is_contrast or len(one.arms) != 1 else one
            continue
        named = {mention.group for mention in places.mentions(start, places.begin(one))}
        if last is not None and last.arms[0] in named and _is_behind(places, last, one):
            own[one.first] = last.arms[0]
        last, start = None, places.end(one)
    arms = set(own.values())
    if len(own) < 2 or len(arms) < len(own):
        return {}
    reference = reference_of(places, sentence)
    if reference is not None:
        return {} if reference in arms else {first: (arm, reference) for first, arm in own.items()}
    of_each = len(own) == values and len(arms) == len(places.groups.arms) == 2
    return {first: (arm,) for first, arm in own.items()} if of_each else {}


_NAMED_TO_P = re.compile(r"(?:[ -](?:groups?|arms?|patients|participants|recipients))?,? ?[(\[]?(?:with )?")
_P_TO_NAMED = re.compile(r"[)\]]* (?:in|with|for|on|among|after)(?: the| those| patients)*(?: on| receiving| given)? ")


def _each_named(places: Places, results: Sequence[Result], sentence: tuple[int, int]) -> dict[int, tuple[int, ...]]:
    """Return the arms of two P values that name one each: "sleep improved with X (P = .01), not with Y (P = .4)"."""
    tests = [one for one in results if one.measure == "p-only"]
    if not len(tests) == len(results) == len(places.groups.arms) == 2 or not tells_of_change(places.text(*sentence)):
        return {}
    first, second = (
        places.mentions(start, places.begin(one))[-1:]
        for one, start in zip(tests, (sentence[0], places.end(tests[0])), strict=True)
    )
    if not first or _NAMED_TO_P.fullmatch(places.text(first[0].end, places.begin(tests[0]))) is None:
        first, second = (places.mentions(places.end(one), sentence[1])[:1] for one in tests)
        led = all(
            named and _P_TO_NAMED.fullmatch(places.text(places.end(one), named[0].start))
            for one, named in zip(tests, (first, second), strict=True)
        )
    else:
        led = bool(second) and _NAMED_TO_P.fullmatch(places.text(second[0].end, places.begin(tests[1]))) is not None
    if not led or first[0].group == second[0].group:
        return {}
    return {tests[0].first: (first[0].group,), tests[1].first: (second[0].group,)}


_BUT = re.compile(r"[,;] (?:whereas|while|but) ")
_DID_NOT = re.compile(
    r"\b(?:did not|neither|nor|unchanged|remained"
    r"|no (?:significant )?(?:changes?|improvements?|increases?|decreases?|reductions?))\b"
)


def _but_not_in_other(
    places: Places, results: Sequence[Result], sentence: tuple[int, int]
) -> dict[int, tuple[int, ...]]:
    """Return the arms of P values of a change in one arm but not the other: "X improved (P), but Y did not (P)"."""
    cut = _BUT.search(text := places.text(*sentence))
    if cut is None or len(places.groups.arms) != 2 or any(one.measure != "p-only" for one in results):
        return {}
    at = sentence[0] + cut.start()
    first, second = ({one.group for one in places.mentions(*part)} for part in ((sentence[0], at), (at, sentence[1])))
    if not len(first) == len(second) == 1 or first == second:
        return {}
    if (
        not tells_of_change(text[: cut.start()])
        or AGAINST.search(text[cut.end() :])
        or not _DID_NOT.search(text[cut.end() :])
    ):
        return {}
    return {one.first: tuple(first if places.begin(one) < at else second) for one in results}


_TO_P = re.compile(
    r"[)\]%]*(?: [a-z/%]{1,8})?(?: ?[(\[][^()\[\]=<>]{1,24}[)\]])?"
    r"(?:,? (?:in|with|for|on|among|of|after)(?: the| those| patients)*(?: on| receiving| given| treated with)?"
    r"(?: the)? [^.;:,<>=]{1,60}?)?[,;]? ?[(\[]?"
)


def _is_behind(places: Places, value: Result, result: Result) -> bool:
    """Whether a P value stands right behind a value, or behind the name of its arm."""
    gap = places.text(places.end(value), places.begin(result))
    if _TO_P.fullmatch(gap) is None or VERSUS.search(gap) is not None:
        return False
    named = {one.group for one in places.mentions(places.end(value), places.begin(result))}
    return named <= set(value.arms)
