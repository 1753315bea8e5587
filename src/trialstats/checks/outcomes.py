"""What the words of an outcome say about its numbers: survivors or events, once or again and again."""

from __future__ import annotations

import re

_SURVIVORS = ("surviv", "free", "alive")
_ONCE = re.compile(r"surviv|\bfree|-free|first", re.IGNORECASE)
_REPEATED = re.compile(
    r"recurrent|recurring|repeat|total|\ball\b(?!-| cause)|multiple|number|\brate|count|episodes|events|"
    r"hospitali[sz]ations|admissions|attacks|exacerbations|bleeds|infections|falls|seizures",
    re.IGNORECASE,
)
_ENDS = re.compile(r"death|\bdied?\b|\bdead\b|mortalit|fatalit|progression|\btime (?:from [\w ]+ )?to\b", re.IGNORECASE)


def counts_survivors(outcome: str | None) -> bool:
    """Return whether a share with this outcome is surely one of patients without the event.

    Examples
    --------
    >>> counts_survivors("progression-free survival"), counts_survivors("relapse"), counts_survivors(None)
    (True, False, False)
    """
    return any(word in (outcome or "").lower() for word in _SURVIVORS)


def happens_once(outcome: str | None) -> bool:
    """Return whether the words of an outcome leave each patient one event at most.

    Examples
    --------
    >>> happens_once("overall survival"), happens_once("death"), happens_once("first hospitalisation")
    (True, True, True)
    >>> happens_once("death or all hospitalisations for heart failure"), happens_once("bleeding"), happens_once(None)
    (False, False, False)
    """
    words = outcome or ""
    return bool(_ONCE.search(words) or (_ENDS.search(words) and not _REPEATED.search(words)))


_TIME_FIRST = re.compile(
    r"^(?:the )?(?:[0-9.]+|one|two|three|four|five|six|eight|ten)[- ](?:years?|months?|weeks?|yrs?)[- ]", re.IGNORECASE
)


def of_curve(outcome: str | None) -> str | None:
    """Return the words of an outcome without a time before them: rates of one curve bear one name.

    Examples
    --------
    >>> of_curve("two-year progression-free survival")
    'progression-free survival'
    """
    return None if outcome is None else _TIME_FIRST.sub("", outcome)
