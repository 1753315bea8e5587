"""What the words of an outcome say about its numbers: survivors or events, once or again and again."""

from __future__ import annotations

import re

_SURVIVORS = ("surviv", "free", "alive")
_SURVIVAL = re.compile(r"\b(?:OS|PFS|i?DFS|RFS|EFS|D?MFS|LRFS|TFS)\b")
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
    told = outcome or ""
    return any(word in told.lower() for word in _SURVIVORS) or _SURVIVAL.search(told) is not None


_EVENTS = re.compile(
    r"incidence|mortality|deaths?\b|died|relapsed?\b(?!-free)|recurrence(?!-free)|failure(?!-free)|progression(?!-free)|events?\b(?!-free)",
    re.IGNORECASE,
)


def counts_events(outcome: str | None) -> bool:
    """Return whether the words of an outcome name what happens to patients.

    Examples
    --------
    >>> counts_events("relapse-free survival"), counts_events("incidence of relapse"), counts_events(None)
    (False, True, False)
    """
    words = (outcome or "").replace(" free", "-free")
    return _EVENTS.search(words) is not None


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


def ends_named(words: str | None) -> set[str]:
    """Return which ends of follow-up some words name, of those that texts tell apart.

    Examples
    --------
    >>> ends_named("progression-free survival"), sorted(ends_named("progression or death")), ends_named("pain")
    ({'progression'}, ['death', 'progression'], set())
    """
    return {kind for kind, expression in _KINDS.items() if expression.search(words or "")}


_KINDS = {
    "death": re.compile(r"(?<!free )\bsurviv\w*|mortality|\bdeaths?\b|\bdied\b|\bOS\b", re.IGNORECASE),
    "progression": re.compile(r"progress\w+|\bPFS\b|\bTTP\b", re.IGNORECASE),
    "relapse": re.compile(r"recur\w+|relaps\w+|disease-free|\b[DRE]FS\b", re.IGNORECASE),
}
