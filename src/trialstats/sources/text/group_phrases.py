"""Cut a part of a sentence into the phrases that name one arm each."""

from __future__ import annotations

import re

from trialstats.sources.text.group_pairs import (
    ALTERNATIVE,
    MOST,
    bracketed_with_and_without,
    cut,
    or_not,
    two_kinds,
    two_orders,
    with_and_without,
    with_what_all_have,
)
from trialstats.sources.text.group_prose import Phrase, Prose
from trialstats.sources.text.group_regimens import is_regimen
from trialstats.sources.text.group_trimmed import UNITS, trimmed

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
    pieces = _without_nested(flat, pieces)
    pieces, common = _from_either(prose, pieces)
    pieces = _behind_plus(flat, pieces)
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
        if phrase.head or all(prose.words(phrase) != prose.words(one) for one in found):
            found.append(phrase)
        if len(found) > 1 and _BREAKS.search(flat, phrase.end, end) is not None:
            # What follows are alternatives of something else.
            break
    return with_what_all_have(prose, found[:MOST])


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
    r"|did|completed|stratified|followed by|plus|on days?)\b"
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


_NO_ARM = re.compile(r"[=%]|\b(?:was|were|had|patients who|to (?:determine|assess|evaluate))\b")


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
    phrase = trimmed(flat, begin, end)
    if phrase is None:
        all_of = _BOTH_OF.match(flat, begin, end) if len(before) > 1 else None
        if all_of is None:
            return None
        # "A, B, or both"
        return Phrase(*all_of.span(1), common=" plus ".join(map(prose.words, before)))
    if is_dose(flat, phrase):
        if not doses or not any(map(str.isalpha, prose.words(phrase))):
            return None
        if not before:
            return phrase
        return Phrase(phrase.start, phrase.end, before[-1].head or prose.words(before[-1]))
    return Phrase(phrase.start, phrase.end, common=common) if common else phrase


_BOTH_OF = re.compile(r"\s*(both|the combination|their combination|combination)\b")


def is_dose(flat: str, phrase: Phrase) -> bool:
    """Whether a phrase is a dose and nothing else."""
    return _DOSE.fullmatch(flat, phrase.start, phrase.end) is not None


def _listed(flat: str, start: int, stop: int) -> list[tuple[int, int]]:
    """Cut "A, B" into A and B, up to what says how they are given."""
    parts = cut(flat, start, stop, _COMMA)
    for number, (begin, end) in enumerate(parts):
        if number and _HOW_GIVEN.match(flat, begin, end):
            return parts[:number]
    return parts


_HOW_GIVEN = re.compile(
    r"(?:until|for|once|twice|daily|every|after|within|three times|stratified|followed|as|according"
    r"|[0-9.]+ (?:weeks|months|years|days))\b"
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
    joined = _JOINED_EITHER.search(prose.flat, start, either)
    first = trimmed(prose.flat, start, joined.start()) if joined is not None else None
    if first is None or joined is None or _OTHER_CLAUSE.search(prose.flat, first.end, joined.start()):
        return [(begin, stop), *pieces[1:]], ""
    return [(begin, stop), *pieces[1:]], prose.words(first)


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


_OWN_JOINT = re.compile(r"\b(?:plus|alone|with|and|only)\b|\+")


_LONG_WORD = re.compile(r"[a-z]{6,}")


_OTHER_CLAUSE = re.compile(
    r"\b(?:was|were|had|than|did|who|which|patients|participants|women|men|subjects|assigned|randomi[sz]ed|received)\b"
)


_JOINED_EITHER = re.compile(r",? (?:plus|with|and|followed by|combined with|\+) $")


_SEMICOLON = re.compile(r"; (?:and |or )?")


_NEXT_CLAUSE = re.compile(r"[;]|, (?:with|and) (?:were|was|the|all|both|each)\b")
