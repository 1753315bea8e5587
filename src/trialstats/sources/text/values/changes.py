"""Read values that no word names, of two arms held against each other: by how much both changed, or in brackets."""

from __future__ import annotations

import re

from trialstats.sources.text.values.governed import governed
from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.words.of_measures import TIME

_PAIR = re.compile(r"(?P<a>d)(?:u{1,2}(?:/[uw])?)?[w(),]{0,10}?(?:,?[av]|,|;)w{0,6}(?P<b>d)u{1,2}(?:/[uw])?")
_CHANGED_BY = re.compile(
    r"\b(?:fell|rose|dropped|declined|lost|gained|(?:de|in)creased|improved|reduced|raised|lowered)"
    r"(?: [a-z-]{2,20}){0,4}? by (?:(?:an?|mean|average|of|about|only) )*$"
)
_SECOND = re.compile(r"(?:\b(?:by|and|than|with|v|vs\.?|versus|of|,|;) ?(?:(?:an?|mean|average|of|only) )*|[,;] ?)$")


def read_changes(numbers: Numbers) -> None:
    """Read the changes of two arms that one verb tells, with their unit behind the second at least.

    Parameters
    ----------
    numbers : Numbers
    """
    if " by " not in numbers.document.tokens.text:
        return
    document = numbers.document
    for found in _PAIR.finditer(document.letters):
        first, second = found.start("a"), found.start("b")
        roles = {numbers.role(first), numbers.role(second)}
        if not (numbers.free(first) and numbers.free(second)) or not roles <= {"", "dose"}:
            continue
        units = numbers.unit(first), numbers.unit(second)
        if (units[0] and units[0] != units[1]) or units[1] in TIME or numbers.is_design(first):
            continue
        if _CHANGED_BY.search(numbers.before(first, 110)) and _SECOND.search(numbers.before(second, 30)):
            for token in (first, second):
                value = numbers.single(token, "mean")
                value.unit = units[1]
                numbers.add(value)


_BRACKETED = re.compile(r"\((?P<a>d)u{1,2}(?:/[uw])?\)[w,m]{0,6}v[wm]{0,10}\((?P<b>d)u{1,2}(?:/[uw])?\)")
_MORE = re.compile(
    r"\b(?:higher|lower|greater|smaller|larger|longer|shorter|more|less|fewer|better|worse|faster|slower|further|heavier"
    r"|lighter|earlier|later)\b[^.;()0-9]{0,90}\($"
)


def read_bracketed(numbers: Numbers) -> None:
    """Read two values behind the names of their arms: "fever was shorter with A (52 hours) than with B (78 hours)".

    Parameters
    ----------
    numbers : Numbers
    """
    if " than " not in numbers.document.tokens.text:
        return
    for found in _BRACKETED.finditer(numbers.document.letters):
        first, second = found.start("a"), found.start("b")
        if not (numbers.free(first) and numbers.free(second)) or numbers.is_design(first):
            continue
        before = numbers.before(first, 130)
        if not numbers.unit(first) or numbers.unit(first) != numbers.unit(second) or not _MORE.search(before):
            continue
        measure = governed(numbers, first, before)
        if measure in ("", "mean", "median"):
            for token in (first, second):
                numbers.add(numbers.single(token, measure or "mean"))
