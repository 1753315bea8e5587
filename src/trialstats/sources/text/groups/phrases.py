"""Cut a part of a sentence into the phrases that name one arm each."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.groups.durations import differs_in_time, with_times
from trialstats.sources.text.groups.prose import Phrase, Prose
from trialstats.sources.text.groups.regimens import is_regimen
from trialstats.sources.text.groups.schedules import (
    bare_name,
    differs_in_schedule,
    is_scheduled_dose,
    schedule_alone,
    with_schedules,
)
from trialstats.sources.text.groups.trimmed import UNITS, trimmed
from trialstats.sources.text.groups.with_or_without import (
    ALTERNATIVE,
    BOTH_NEXT,
    MOST,
    bracketed_with_and_without,
    cut,
    or_not,
    two_kinds,
    two_orders,
    with_and_without,
    with_what_all_have,
)

_DOSE = re.compile(
    rf"(?:up to |at |of )?[\s,]*[0-9][0-9.,/ -]*(?:{UNITS}(?:[/ ]{{1,2}}(?:{UNITS}|m\(\x01\)))*)?[\s,]*(?:\(\x01+\))?"
)


_AND = re.compile(r" and (?:(?:to|in|the|a|an|either|receive|received) )*")


_COMMA = re.compile(r"[,;] (?:to )?(?!(?:with|plus|followed|given|administered|at|in|on|then|which|who|both|each)\b)")


def alternatives(prose: Prose, start: int, stop: int, *, conjunction: bool = False, doses: bool = True) -> list[Phrase]:
    """Cut a part of a sentence into alternatives: "A, B, or C for six weeks" into A, B and C.

    Parameters
    ----------
    prose : Prose
    start, stop : int
        Of the part.
    conjunction : bool
        Whether "and" divides alternatives too.
    doses : bool
        Whether an alternative may be a dose alone.
    """
    flat = prose.flat
    if twice := (
        with_and_without(flat, start, stop)
        or bracketed_with_and_without(prose, start, stop)
        or or_not(flat, start, stop)
    ):
        return twice
    pieces = _pieces(flat, start, stop, conjunction=conjunction)
    if len(pieces) < 2:
        return []
    pieces = _without_nested(flat, _behind_time(flat, pieces))
    pieces, common = _from_either(prose, pieces)
    if not common:
        pieces, common = _behind_combination(prose, pieces)
    pieces = _by_factors(flat, _behind_plus(flat, pieces))
    parts: list[tuple[int, int]] = []
    for number, (begin, end) in enumerate(pieces):
        # "A, B, and C or D, E, and F" are two.
        whole = number == len(pieces) - 1 or ", and " in flat[begin:end]
        parts += [(begin, end)] if whole else _listed_apart(prose, pieces, number)
    if two := two_orders(prose, pieces) or two_kinds(prose, pieces):
        return two
    firsts = {begin for begin, _ in pieces}
    found: list[Phrase] = []
    for number, (begin, end) in enumerate(parts):
        # "6 mg, 12 mg, or 36 mg"
        dosed = begin in firsts or (number + 1 < len(parts) and _DOSE.match(flat, *parts[number + 1]) is not None)
        dosed |= number > 0 and _DOSE.fullmatch(flat, *parts[number - 1]) is not None
        phrase = _part(prose, begin, end, found, common, doses=doses and dosed)
        if phrase is None or (found and APPOSITION.match(flat, begin, end)):
            continue
        new = phrase.head or all(prose.words(phrase) != prose.words(one) for one in found)
        if new or differs_in_schedule(prose, phrase, found) or differs_in_time(prose, phrase, found):
            found.append(phrase)
        if len(found) > 1 and _BREAKS.search(flat, phrase.end, end) is not None:
            # What follows are alternatives of something else.
            break
    return with_what_all_have(prose, with_times(prose, with_schedules(prose, found[:MOST])))


_LAST_AND = re.compile(r" and (?=(?:no|usual|standard|placebo|control|observation)\b)")


# "zoltamine, an oral inhibitor of its kinase"
APPOSITION = re.compile(
    r"an? (?:[a-z0-9/-]+ ){0,7}?(?:inhibitor|antibody|agonist|antagonist|blocker|agent|drug|analogu?e|steroid"
    r"|antibiotic|compound"
    r"|derivative|extract|modulator|programme|program|device|app|application|tool|vaccine|formulation|technique)\b"
)


# Behind the words for an arm: from here on the sentence speaks of people, methods or the next clause.
_BREAKS = re.compile(
    r"; |\.,? | (?:in|among|for) (?:[a-z0-9-]+ ){0,4}(?:patients|women|men|adults|children|people|participants"
    r"|individuals|subjects"
    r"|infants|volunteers)\b| in (?:the|an?|this|our) (?!morning|evening)| (?:who|whom|which|where|using|were|was|had"
    r"|did|completed|stratified|followed by|plus|on days?"
    r"|and (?:instructed|asked|told|advised|invited|encouraged|monitored|to (?!receive|undergo)[a-z]+))\b"
)


def _listed_apart(prose: Prose, pieces: list[tuple[int, int]], number: int) -> list[tuple[int, int]]:
    """Cut one of several pieces at its commas, unless they join what is given together."""
    parts = _listed(prose.flat, *pieces[number])
    others = prose.text[pieces[number][1] : pieces[-1][1]]
    if len(parts) > 1 and is_regimen(prose.flat, prose.cased, parts, others):
        return [pieces[number]]
    return _with_last_two(prose.flat, parts)


def _with_last_two(flat: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut the last of "A, B, C and D", where another word than "and" leads to what they are compared with."""
    begin, end = parts[-1]
    at = flat.find(" and ", begin, end)
    if len(parts) < 3 or at < 0 or max(flat.count(" ", begin, at), flat.count(" ", at + 5, end)) > 1:
        return parts
    return [*parts[:-1], (begin, at), (at + 5, end)]


def _pieces(flat: str, start: int, stop: int, *, conjunction: bool) -> list[tuple[int, int]]:
    if flat.count("; ", start, min(stop, start + 500)) > 1 and (by := _by_semicolons(flat, start, stop)):
        return by
    pieces = cut(flat, start, stop, ALTERNATIVE)
    if len(pieces) > 2 and (sides := _two_sides(flat, pieces)):
        return sides
    if len(pieces) < 2 and conjunction and flat.find("; and ", start, stop) >= 0:
        pieces = cut(flat, start, stop, _SEMICOLON)
    if len(pieces) < 2 and conjunction:
        first = _NEXT_CLAUSE.search(flat, start, stop)
        end = first.start() if first else stop
        pieces = cut(flat, start, end, _AND)
        if len(pieces) == 3 and (last := _LAST_AND.search(flat, pieces[1][0], end)) is not None:
            # "between A and B chemotherapy and no chemotherapy"
            pieces = [(start, last.start()), (last.end(), end)]
    return pieces


def _two_sides(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut at the one "versus" only, where "or" stands between choices: "usual zinc or iron versus high-dose tin"."""
    joints = [flat[before[1] : after[0]] for before, after in pairwise(pieces)]
    apart = [number for number, joint in enumerate(joints) if _AGAINST.match(joint)]
    if len(apart) != 1 or not _CHOICE.match(flat, *pieces[0 if apart[0] else 1]):
        return []
    at = apart[0]
    return [(pieces[0][0], pieces[at][1]), (pieces[at + 1][0], pieces[-1][1])]


_AGAINST = re.compile(r" (?:versus|vs\.?|compared)")
_CHOICE = re.compile(
    r"(?:[^.;]{0,80} (?:to|receive|undergo) )?(?:the )?(?:[a-z-]+ )?"
    r"(?:standard|usual|conventional|routine|best available|physician|investigator)"
)
_NO_ARM = re.compile(r"=|%(?! ?(?:[,;]|$))|\b(?:was|were|had|patients who|to (?:determine|assess|evaluate))\b")


def _by_semicolons(flat: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut "A; B; or C" and "A; B; C or D"."""
    pieces = cut(flat, start, stop, _SEMICOLON)
    last = pieces[-1]
    if len(pieces) < 3 or any(_NO_ARM.search(flat, begin, end) or end - begin > 250 for begin, end in pieces[:-1]):
        return []
    joined = flat[last[0] - 5 : last[0]].endswith(("and ", "or "))
    return pieces if joined else [*pieces[:-1], *cut(flat, *last, ALTERNATIVE)]


def _part(prose: Prose, begin: int, end: int, before: list[Phrase], common: str, *, doses: bool) -> Phrase | None:
    flat = prose.flat
    if before and (when := schedule_alone(prose, begin, end)) is not None:
        # "A once daily or twice daily"
        return Phrase(*when, before[-1].head or bare_name(prose, before[-1]))
    phrase = both_of(prose, begin, end, before) or trimmed(flat, begin, end)
    if phrase is None or phrase.common:
        return phrase
    if is_dose(flat, phrase):
        doses = doses or is_scheduled_dose(prose, phrase, before)
        if not doses or not any(map(str.isalpha, prose.words(phrase))):
            return None
        if not before:
            return phrase
        return Phrase(phrase.start, phrase.end, before[-1].head or prose.words(before[-1]))
    return Phrase(phrase.start, phrase.end, common=common) if common else phrase


def both_of(prose: Prose, begin: int, end: int, before: list[Phrase]) -> Phrase | None:
    """Return the arm of both treatments named before: "A, B, or both", "A, B, both drugs, and neither".

    Parameters
    ----------
    prose : Prose
    begin, end : int
        Where it may stand.
    before : list of Phrase
        The arms before it.
    """
    all_of = _BOTH_OF.match(prose.flat, begin, end) if len(before) > 1 else None
    noun = _BOTH_NEXT.match(prose.flat, all_of.end(), end) if all_of is not None else None
    joined = _JOINED_BEHIND.match(prose.flat, all_of.end(), end) if all_of is not None else None
    if all_of is None or (noun is None and joined is None and trimmed(prose.flat, begin, end) is not None):
        return None
    last = noun.end() if noun is not None else all_of.end(1)
    return Phrase(all_of.start(1), last, common=" plus ".join(map(prose.words, before)))


# "A, B, or the combination and weekly C"
_JOINED_BEHIND = re.compile(r",? (?:and|plus|with|followed by|combined with) (?=[a-z])")
_BOTH_OF = re.compile(r"\s*(?:by )?(both|the combination|their combination|combination)\b")
_BOTH_NEXT = re.compile(BOTH_NEXT)


def is_dose(flat: str, phrase: Phrase) -> bool:
    """Whether a phrase is a dose and nothing else."""
    return _DOSE.fullmatch(flat, phrase.start, phrase.end) is not None


def _listed(flat: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut "A, B" into A and B, up to what says how they are given."""
    parts = cut(flat, start, stop, _COMMA)
    for number, (begin, end) in enumerate(parts):
        if number and _HOW_GIVEN.match(flat, begin, end):
            parts = parts[:number]
            break
    return [part for number, part in enumerate(parts) if not number or not _BY_WHAT_ROUTE.match(flat, *part)]


_HOW_GIVEN = re.compile(
    r"(?:until|for|(?:once|twice)(?!-(?:daily|weekly|monthly) [a-z]{4})|daily"
    r"|every|after|within|three times|stratified|followed|as|according"
    r"|[0-9.]+ (?:weeks|months|years|days))\b"
)
# "zinc, intravenously, or iron", "training (TR), 3 sessions per week, or rest", "zinc, on a 0, 2, 6-month schedule"
_BY_WHAT_ROUTE = re.compile(
    r"(?:(?:(?:or|intravenous|subcutaneous|intramuscular|intranasal|topic)(?:al)?ly|iv|i\.v\.|po|p\.o\.|sc"
    r"|s\.c\.|by mouth"
    r"|(?:[0-9.]+|one|two|three|four|five|six) (?:sessions?|times|hours?|minutes|doses|injections|visits) (?:per|a|each"
    r"|every|weekly|daily|over))(?![a-z])|[0-9]+ *$|[0-9]+-(?:month|week|day)s? (?:\(\x01*\) )?schedule\b)"
)


def _without_nested(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what "or" cut inside an alternative: "A or B plus either C or D" are two arms."""
    joined = [pieces[0]]
    for begin, end in pieces[1:]:
        last = joined[-1]
        either = flat.rfind("either ", *last) if len(joined) > 1 else -1
        if either >= 0 and _JOINED_EITHER.search(flat, last[0], either):
            joined[-1] = (last[0], end)
        else:
            joined.append((begin, end))
    return joined


def _from_either(prose: Prose, pieces: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], str]:
    """Begin the first piece behind its "either", and say what stands before "plus either"."""
    start, stop = pieces[0]
    either = max(prose.flat.rfind("either ", start, stop), prose.flat.rfind("either: ", start, stop))
    if either < 0:
        return pieces, ""
    begin = prose.flat.index(" ", either) + 1
    named = "," not in prose.flat[start:either] and trimmed(prose.flat, start, either) is not None
    if named and schedule_alone(prose, begin, stop) is not None:
        # "A either daily or weekly"
        return pieces, ""
    joined = _JOINED_EITHER.search(prose.flat, start, either)
    first = trimmed(prose.flat, start, joined.start()) if joined is not None else None
    if first is None or joined is None or _OTHER_CLAUSE.search(prose.flat, first.end, joined.start()):
        return [(begin, stop), *pieces[1:]], ""
    return [(begin, stop), *pieces[1:]], prose.words(first)


def _behind_combination(prose: Prose, pieces: list[tuple[int, int]]) -> tuple[list[tuple[int, int]], str]:
    """Begin the first of "A in combination with B or placebo" at B, and say what both have: A."""
    (start, stop), *others = pieces
    joint = _IN_COMBINATION.search(prose.flat, start, stop)
    if joint is None or len(others) != 1 or _PLACEBO_ONLY.match(prose.flat, *others[0]) is None:
        return pieces, ""
    first = trimmed(prose.flat, start, joint.start())
    if first is None or _OTHER_CLAUSE.search(prose.flat, first.start, joint.start()):
        return pieces, ""
    return [(joint.end(), stop), *others], prose.words(first)


_IN_COMBINATION = re.compile(r",? (?:in combination|combined|together|along|concurrently|concomitantly) with ")
# Placebo, and nothing that is given with it.
_PLACEBO_ONLY = re.compile(
    r"(?:an? )?(?:matching |matched |oral )?placebo\b(?! (?:plus|with|and (?!were\b|was\b)|in combination|combined)|\+)"
)


def _behind_plus(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Begin the first piece behind its "plus", where others are of the same: "A plus low-dose B, high-dose B, or C"."""
    start, stop = pieces[0]
    plus = flat.rfind(" plus ", start, stop)
    if plus < 0:
        return pieces
    comma = flat.find(", ", plus, stop)
    end = comma if comma >= 0 else stop
    before, behind = (set(_LONG_WORD.findall(flat, *span)) for span in ((start, plus), (plus + 6, end)))
    if _OWN_JOINT.search(flat, end, min(pieces[-1][1], end + 300)) is not None:
        return pieces
    others = set(_LONG_WORD.findall(flat, end, pieces[-1][1]))
    return [(plus + 6, stop), *pieces[1:]] if behind & others and not before & others else pieces


def _behind_time(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Begin the first piece behind a time that is of all: "24 weeks of A or B", but "8 weeks of A or 12 weeks of A"."""
    (start, stop), *others = pieces
    led = _TIME_OF.match(flat, start, stop)
    if led is None or any(_A_TIME.search(flat, *other) is not None for other in others):
        return pieces
    return [(led.end(), stop), *others]


_A_TIME = re.compile(r"\b(?:days?|weeks?|months?|years?|cycles?|courses?)\b")
_TIME_OF = re.compile(
    r" ?(?:either |an? )?(?:[0-9]{1,3}|one|two|three|four|five|six|eight|ten|twelve)[ -](?:days?|weeks?|months?"
    r"|years?) of "
    r"(?:(?:daily|weekly|open-label|double-blind|oral|dietary) ){0,2}"
    r"(?:(?:treatment|therapy|supplementation|training) (?:with|by) )?(?=[a-z0-9])"
)


def _by_factors(flat: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut "B and to C" in the middle of "to A or B and to C or D", where a trial has two factors."""
    if len(pieces) != _OF_TWO_FACTORS or "factorial" not in flat:
        return pieces
    (begin, end), last = pieces[1:]
    joint = _NEXT_FACTOR.search(flat, begin, end)
    return [pieces[0], (begin, joint.start()), (joint.end(), end), last] if joint is not None else pieces


_OF_TWO_FACTORS = 3
_NEXT_FACTOR = re.compile(
    r",? and (?:(?:also|then|independently|separately|additionally|further|second|secondly),? )?"
    r"(?:to (?:receive |undergo )?(?:either )?|(?:received|receive|either) (?:either )?)(?=[a-z0-9])"
)


_OWN_JOINT = re.compile(r"\b(?:plus|alone|with|and|only)\b|\+")


_LONG_WORD = re.compile(r"[a-z]{6,}")


_OTHER_CLAUSE = re.compile(
    r"\b(?:was|were|had|than|did|who|which|patients|participants|women|men|subjects|assigned|randomi[sz]ed|received)\b"
)


_JOINED_EITHER = re.compile(r",? (?:plus|with|and|followed by|combined with|\+) $")


_SEMICOLON = re.compile(r"; (?:and |or )?")


_NEXT_CLAUSE = re.compile(r"[;]|, (?:with|and) (?:were|was|the|all|both|each)\b")
