"""Contrasts of two things that are no arms we know: "gauze versus foam (RR 0.9)" in a review of many comparisons."""

from __future__ import annotations

import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.statements.rows import Places, Row
from trialstats.sources.text.tokens.expressions import Gated

_FAR, _FARTHEST = 220, 600
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
_TAKING = r"(?:receiv|given|took|take|taking|get|got|used?|using|undergo|underwent|assigned|allocated|randomi|treated)"
_PEOPLE_APART = re.compile(
    rf"\b(?:than|(?:compared|comparison) (?:with|to)|versus|vs\.?|relative to)"
    rf" (?:(?:were|was|did|in|among|for|that of) ){{0,3}}(?:the )?"
    rf"(?:{_PEOPLE} (?:without|with|aged|younger|older|under|over|whose|who (?:never|(?:were|had|did)"
    rf"(?! (?:not )?(?:been )?{_TAKING}))|(?:(?:treated|seen|managed|living|born) )?at)\b"
    rf"|(?:older|younger|female|male|white|black|non-?[a-z]{{4,14}}) {_PEOPLE}\b|non-?smokers\b"
    r"|an? (?:historical|earlier|previous|retrospective) (?:[a-z]+ )?(?:group|cohort|series|control|trial|study)\b)"
)


_LESS = r"(?:less|fewer|lower|smaller|younger|below|under|<|≤)"
_MORE = r"(?:more|greater|higher|larger|older|above|over|>|≥)"
_CUT_IN_TWO = re.compile(
    rf"[(\[](?:{_LESS}[^()\[\]]{{0,30}} (?:or|and|versus|vs\.?|v) ?{_MORE}"
    rf"|{_MORE}[^()\[\]]{{0,30}} (?:or|and|versus|vs\.?|v) ?{_LESS})[^()\[\]0-9]{{0,12}}[0-9]"
    rf"|\b{_PEOPLE} with (?:an? )?(?:{_LESS}|{_MORE})\b[^.;]{{0,60}}? (?:versus|vs\.?|or) (?:{_LESS}|{_MORE})\b"
)
_BORNE = Gated(
    r"\b(?:mutations?|methylation|(?:geno|haplo|pheno)types?|alleles?|polymorphisms?|expression|positivity"
    r"|amplification|deletions?|carriers?|smoking|obesity|(?:older|younger) age|(?:fe)?male sex)"
    r"(?: [a-z0-9+-]{1,12}){0,3} (?:was|were) (?:[a-z]+ly )?associated with\b",
    "associated with",
)
"""What people have from the start: "a CDE2 mutation was associated with longer sleep (8 v 7 hours)"."""


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
    words = places.text(max(sentence[0], begin - _FARTHEST), begin)
    told = any(form.search(words) for form in (_PEOPLE_APART, _CUT_IN_TWO, _BORNE))
    return told and not places.mentions(*sentence) and not _names_arms(places, words)


_NAME = re.compile(r"(?<![\w-])(?!with\b|without\b|and\b|the\b|not?\b|non\b|age\b)[a-z][a-z0-9-]{2,}")
_BY_KIND = re.compile(r"\b(?:with|without|no|not|non)\b")


def _names_arms(places: Places, words: str) -> bool:
    """Whether arms are kinds of people, "with gout" and "without gout", and a sentence says a word of their names."""
    return any(
        word in words
        for arm in places.groups.arms
        if _BY_KIND.search(arm.label.lower())
        for word in _NAME.findall(arm.label.lower())
    )


_KIND = rf"(?:{_PEOPLE} )?(?:with|without|aged|whose|who (?!(?:had |were )?{_TAKING}))"
_OF_KIND = re.compile(
    rf"[)\]%]*(?: [a-z]{{1,8}})?(?: ?[(\[][^()\[\]]{{1,40}}[)\]])? (?:of|in|among|for) (?:the |those |all )?"
    rf"(?:[a-z-]+ )?(?:{_KIND}\b|(?:[a-z0-9/+-]+ ){{1,5}}?subgroup\b)"
)
"""Behind a value, of what kind of people it is: "33% of adults with gout", "25 months in the mutant subgroup"."""
_OF_SO_MANY = re.compile(
    rf"\b(?:of|in|among) (?:the |all )?[0-9][0-9,]* {_KIND}\b[^.;]{{0,160}}\b(?:whereas|while|but|and) (?:of|in|among)"
    rf" (?:the |all )?[0-9][0-9,]* {_KIND}\b"
)
"""What leads to the second of "of 50 adults with gout 12 slept, whereas of 68 without it 40"."""
_DID = (
    r"(?:were|was|had|have|has|lived|received|took|used|reported|showed|achieved|developed|experienced|underwent|required"
    r"|remained|died|completed|responded|smoked)"
)
_FIRST_DID = re.compile(
    rf"(?:[)\]%]|percent)*(?: (?:[a-z-]+|percent)){{0,6}}? {_DID} (?P<what>[^.;:]{{2,90}}?),? (?:and|whereas|while|but)"
    r"(?: only| another| about)? $"
    r"|%?[)\]],? (?:and|whereas|while|but) $"
)
_SECOND_DID = re.compile(
    rf"(?:[)\]%]|percent)*(?: ?[(\[][^()\[\]]{{1,30}}[)\]])?(?: [a-z-]+){{0,6}}? {_DID} (?P<what>[^.;:]{{2,40}})"
)
_OF_GROUPS = re.compile(r"\b(?:groups?|arms?|respectively|compared|versus|vs|placebo|controls?)\b")


def of_two_kinds(places: Places, row: Row) -> bool:
    """Whether two values are of two kinds of people, or of two things told of all, in a sentence that names no arm.

    "Fever was seen in 83% of adults with gout and in 33% of those without"; "30% were older than 60 years, and 45% had
    gout".

    Parameters
    ----------
    places : Places
    row : Row
    """
    if len(row.results) != 2 or places.mentions(*row.sentence):
        return False
    begin, end = (places.end(row.results[0]), places.begin(row.results[1])), places.end(row.results[1])
    gap, behind = places.text(*begin), places.text(end, min(row.sentence[1], end + 90))
    words = places.text(row.sentence[0], begin[1])
    if _names_arms(places, words + behind):
        return False
    if _OF_KIND.match(gap) and _OF_KIND.match(behind):
        return True
    if _PEOPLE_APART.search(words) or _OF_SO_MANY.search(words):
        return True
    first, second = _FIRST_DID.fullmatch(gap), _SECOND_DID.match(behind)
    if first is None or second is None or _OF_GROUPS.search(places.text(*row.sentence)):
        return False
    return first["what"] is None or first["what"].split()[:2] != second["what"].split()[:2]
