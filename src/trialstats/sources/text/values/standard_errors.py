"""Tell standard errors from standard deviations, and say what they are of where that is no mean."""

from __future__ import annotations

import re

from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.values.shares import share_of

_SE = re.compile(r"\bse\b")
_SAYS_ERROR = re.compile(r"(?:±|\+/-) ?(?:sem?\b|s\.e|standard error)")
LOG_RATIO = re.compile(
    r"\b(?:log|ln)[ (-]{0,2}(?:odds|hazards?|risk|rate|a?[hor]r)(?: ratios?)?\)?(?: (?:for|of) [^.;()0-9]{2,30})?"
    r"(?: was| is|,|:| =| of) [-+]?$"
)
"""What leads to the logarithm of a ratio, which is no mean: "the log hazard ratio was"."""


def is_survival(numbers: Numbers, token: int, end: int) -> bool:
    """Whether what a plus-minus or standard error follows is a percentage of those who survive: no mean of values.

    Parameters
    ----------
    numbers : Numbers
    token : int
        Of the number.
    end : int
        Where its standard error ends.
    """
    if "q" not in numbers.document.letters[token:end]:
        return False
    return share_of(numbers, token, numbers.before(token, 160), numbers.after(token)) == "survival"


def says_deviation(numbers: Numbers) -> bool:
    """Whether a text speaks of standard deviations in full.

    Parameters
    ----------
    numbers : Numbers
    """
    return "standard deviation" in numbers.document.tokens.text


def is_error(numbers: Numbers, token: int) -> bool:
    """Whether words say that what stands behind means are standard errors.

    Parameters
    ----------
    numbers : Numbers
    token : int
        Of a mean.
    """
    words = numbers.before(token, 120) + numbers.after(token, 50)
    if "sem" in words or "standard error" in words or "s.e." in words or _SE.search(words):
        return True
    if numbers.errors is None:
        text = numbers.document.tokens.text
        numbers.errors = _SAYS_ERROR.search(text) is not None and "± sd" not in text
    return numbers.errors
