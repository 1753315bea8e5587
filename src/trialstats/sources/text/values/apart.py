"""Say whether a number tells by how much two values differ, without an interval of its own."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.expressions import Gated
from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.words.of_measures import TIME

_APART_BY = Gated(
    r"\bdiffer(?:ed|s|ing|ent)?\b[^.;:()0-9]{0,40}\bby (?:an? )?"
    r"(?:(?:mean|median|average|only|about|just) (?:of )?){0,2}$"
    r"|\b(?:prolong|shorten|extend|lengthen|improv|increas)(?:ed|es|ing|s) (?:the )?(?:overall )?median\b"
    r"[^.;:()0-9]{2,60}\bby "
    r"|\bmedians?\b[^.;:()0-9]{2,60}\b(?:prolonged|shortened|extended|lengthened|improved|increased|longer|shorter|later"
    r"|earlier) by (?:(?:about|only|just|nearly|almost|approximately) )?$",
    "differ", "median",
)  # fmt: skip


def is_apart(numbers: Numbers, token: int) -> bool:
    """Whether words say by how much two values differ: "medians differed by 4 days"; "was prolonged by 2 months".

    Parameters
    ----------
    numbers : Numbers
    token : int
    """
    if numbers.document.letters[token - 1 : token] == "r" or not numbers.unit(token):
        return False
    before = numbers.before(token, 110)
    found = (_APART_BY.search(before) or _is_more_than_other(numbers, token, before)) or (
        numbers.unit(token) in TIME
        and (
            _GAIN_OF.search(before[-60:])
            or (
                (before.endswith((", ", "(")) or _MEDIAN_WAS.search(before[-50:]))
                and _SOONER.match(numbers.after(token))
            )
        )
    )
    return bool(found) and not numbers.is_design(token)


_CHANGED_BY = Gated(
    r"\b(?:lower|rais|reduc|improv|increas|decreas|shorten|prolong|lengthen|extend)(?:ed|es|d|s)?\b[^.;:()0-9]{2,70} "
    r"by (?:an? )?(?:(?:mean|median|average|only|about|just|some) (?:of )?){0,2}$",
    " by ",
)
_FROM_OTHER = re.compile(
    r"(?: ?[a-z%/]{1,8})?(?: [a-z]{1,10})?(?: on average)?,? (?:relative to|compared (?:with|to)|versus|vs\.?"
    r"|(?:more|less) than) (?!(?:the |their |its )?(?:baseline|initial|before|pre))"
)
_OTHER_FIRST = re.compile(
    r"(?:^|[.;:] )(?:compared with|compared to|relative to|versus) (?!(?:the )?baseline)[^.;:()0-9,]{2,50}, "
)


def _is_more_than_other(numbers: Numbers, token: int, before: str) -> bool:
    """Whether one arm changed something by so much more than another: "lowered pain by 3.4 points relative to rest"."""
    changed = _CHANGED_BY.search(before)
    if changed is None or "%" in before[-1:] or "baseline" in before:
        return False
    return _FROM_OTHER.match(numbers.after(token)) is not None or _OTHER_FIRST.search(before) is not None


_GAIN_OF = re.compile(
    r"[,(] ?(?:i\.e\.,? |which is |giving |for )?an? (?:median |absolute |net )?"
    r"(?:gain|improvement|benefit|difference|prolongation|extension|advantage|shortening) of $"
)
_MEDIAN_WAS = re.compile(r"\bmedian(?: [a-z]+){0,2} was $")
_SOONER = re.compile(r" [a-z]{1,8} (?:sooner|earlier|longer|shorter|faster)\b(?! than [0-9])")
"""Behind a time by which one group was ahead: "12 hours with tea and 20 with milk, 8 hours sooner"."""
