"""Contrasts of two things that are no arms we know: "gauze versus foam (RR 0.9)" in a review of many comparisons."""

from __future__ import annotations

import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import Places

_FAR = 220
_HELD = re.compile(
    r"\b(?:versus|vs\.?|compared (?:with|to)|in comparison (?:with|to)|relative to|than|over|to"
    r"|between [^.;()]{2,60} and)"
    r" (?:(?:the|an?|that|those|in|with|for|on|of|patients|receiving) )*"
)
_COMPARES = re.compile(r"\b(?:versus|vs\.?|compared|comparing|comparison|than|relative to)\b")
_ANY = re.compile(
    r"(?:controls?|placebos?|usual|standard|no\b|non|other|others|comparators?|baseline|groups?|either|both|all|one|two"
    r"|expected|before|conventional|routine|without|did not|alternatives?|[-+−<>≥≤(\[]* ?[0-9])"
)
_REVIEW = re.compile(
    r"\b(?:systematic(?:ally)? review|meta-?analys[ie]s|selection criteria|search strategy"
    r"|(?:trials|studies) were included)"
)


def of_strangers(places: Places, result: Result, sentence: tuple[int, int]) -> bool:
    """Whether the clause of a contrast compares two things of which neither is an arm that we know.

    In a review the second alone may be none: a trial has few arms, of which one may have a name we do not know, but
    a review has many comparisons.

    Parameters
    ----------
    places : Places
    result : Result
    sentence : (int, int)
    """
    begin = places.begin(result)
    if of_people_apart(places, sentence, begin):
        return True
    start = max(sentence[0], begin - _FAR)
    clause = places.text(start, begin)
    compared = list(_COMPARES.finditer(clause))
    if not compared:
        return False
    at = compared[-1].start()
    told = _HELD.match(clause, at)
    if told is None or _ANY.match(clause, told.end()) is not None or places.mentions(start + at, begin):
        return False
    return not places.mentions(start, start + at) or _REVIEW.search(places.document.tokens.text) is not None


_PEOPLE = r"(?:those|patients|women|men|participants|subjects|people|children|individuals|adults|smokers|girls|boys)"
_PEOPLE_APART = re.compile(
    rf"\b(?:than|(?:compared|comparison) (?:with|to)|versus|vs\.?|relative to) (?:in |among |for |that of )?(?:the )?"
    rf"(?:{_PEOPLE} (?:without|with|aged|younger|older|under|over|whose|who (?:were|had)(?! (?:not )?(?:been )?"
    r"(?:receiv|given|assigned|allocated|randomi|treated)))\b"
    rf"|(?:older|younger|female|male|white|black|non-?[a-z]{{4,14}}) {_PEOPLE}\b|non-?smokers\b"
    r"|an? (?:historical|earlier|previous|retrospective) (?:[a-z]+ )?(?:group|cohort|series|control|trial|study)\b)"
)


_LESS = r"(?:less|fewer|lower|smaller|younger|below|under|<|≤)"
_MORE = r"(?:more|greater|higher|larger|older|above|over|>|≥)"
_CUT_IN_TWO = re.compile(
    rf"[(\[](?:{_LESS}[^()\[\]]{{0,30}} (?:or|and|versus|vs\.?|v) ?{_MORE}"
    rf"|{_MORE}[^()\[\]]{{0,30}} (?:or|and|versus|vs\.?|v) ?{_LESS})[^()\[\]0-9]{{0,12}}[0-9]"
)


def of_people_apart(places: Places, sentence: tuple[int, int], begin: int) -> bool:
    """Whether a sentence that names no arm holds people against others: "sleep was longer than in those without gout".

    So does one that cuts a measure in two: "age (under or over 60 years) had an effect on sleep".

    Parameters
    ----------
    places : Places
    sentence : (int, int)
    begin : int
        Where its values begin.
    """
    words = places.text(sentence[0], begin)
    told = _PEOPLE_APART.search(words) or _CUT_IN_TWO.search(words)
    return told is not None and not places.mentions(*sentence)
