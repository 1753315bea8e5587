"""Percentages of people that are no results: what is generally so, a bound in brackets."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_values import PEOPLE

_ABOUT = re.compile(
    r"(?:\b(?:approximately|about|around|nearly|almost|roughly|up to|over|some|estimated|only)|[0-9] ?%? ?(?:to|-)"
    r"|\bbetween [0-9.]{1,5} ?%? and) $|[0-9]%?-$"
)
_NOW = re.compile(
    rf" of (?:(?:all|the|these|treated|such|those|affected) )?(?:[a-z-]{{2,20}} ){{0,2}}?{PEOPLE}\b"
    r"(?P<who>(?: (?!were\b|was\b|had\b|did\b|in (?:the|each|this|our)\b)[a-z0-9()-]{1,20}){0,9}?)"
    r" (?:have|develop|die|are|experience|suffer|will|fail|relapse|recur|remain|do not|respond|present)\b"
    r"(?! (?:been|to have)\b)"
)
_CHANGED_FROM = re.compile(r"\bfrom (?:[0-9.]{1,5} ?%? ?(?:to|-) ?)?$")


def is_generally_so(before: str, after: str) -> bool:
    """Whether a share is of what people have anywhere: "approximately 30% of adults with gout have pain".

    Parameters
    ----------
    before, after : str
        The words of its sentence before it, and those behind it.
    """
    if " of " not in after or not _ABOUT.search(before[-24:]) or _CHANGED_FROM.search(before[-24:]):
        return False
    return _NOW.match(after) is not None


def is_a_bound(document: Document, token: int) -> bool:
    """Whether a percentage begins a range in brackets around another one: "by 24% (4%-40%)".

    Parameters
    ----------
    document : Document
    token : int
        Of a number with its per cent sign.
    """
    letters = document.letters
    if letters[max(0, token - 2) : token] != "q(" or letters[token + 1 : token + 4] not in ("mq)", "tq)"):
        return False
    return document.value(token) <= document.value(token - 2) <= document.value(token + 2)
