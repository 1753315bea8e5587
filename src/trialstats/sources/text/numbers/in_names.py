"""Numbers that are part of a name ("IL-2", "grade 3") or a point of time ("at 6 months"), and so no result."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_measures import TIME

# A number behind one of these names something and estimates nothing.
_NAMES_TEXT = (
    "grade grades stage stages phase week weeks day days month months year years age aged version type level "
    "cycle cycles score scores scale item question dose part step visit arm group cohort table figure chapter line "
    "lines criteria wave n hour hours minute minutes h"
)
_TIMES_TEXT = "months month weeks week years year days day hours hour h yr yrs wk wks min minutes"
NAMES = frozenset(_NAMES_TEXT.split())


def is_name(document: Document, token: int) -> bool:
    """Whether a number stands behind a word that it only numbers: grade 3, week 12, scale (5)."""
    letters = document.letters
    if letters[token + 1 : token + 2] == "I" and document.tokens[token + 1].startswith("percentile"):
        return True  # "13.9 (2.5, 97.5 percentiles: 1.6, 37.7)"
    before = token - 2 if letters[token - 1 : token] == "(" and letters[token + 1 : token + 2] == ")" else token - 1
    return before >= 0 and letters[before] in "wun" and document.tokens[before] in NAMES


_NUMBERED = frozenset(("study", "trial", "group", "phase", "part", "day", "week", "cohort"))


def is_numbered(document: Document, token: int) -> bool:
    """Whether a whole number without a unit numbers a study, a group or a visit: "(95% CI) of study 1, 9.3%"."""
    letters = document.letters
    return (
        token > 0
        and letters[token] == "d"
        and letters[token + 1 : token + 2] != "u"
        and document.tokens[token - 1] in _NUMBERED
        and not document.decimals(token)
    )


_CAPITALS = re.compile(r"(?!(?:[A-Za-z]{0,3}[HORM][RD]|CI|SE|SD|Mean|Median)$)[A-Za-z]{0,3}[A-Z][A-Za-z]{0,4}")


def is_in_a_name(document: Document, token: int) -> bool:
    """Whether a whole number goes on with a name before it, by a hyphen without spaces: IL-2, XR-3C, Q-10.

    The name has a capital letter, so that "change-12 kg" keeps its dash.
    """
    letters = document.letters
    if token < _NAME_HYPHEN or letters[token - 2 : token + 1] != "wmd" or document.decimals(token):
        return False
    if document.spaced(token) or document.spaced(token - 1):
        return False
    start, end = document.tokens.starts[token - 2], document.tokens.ends[token - 2]
    word = document.cased[start:end].rstrip()
    if _CAPITALS.fullmatch(word) is None:
        return False
    first, _ = document.sentence(token)
    return token - _NAME_HYPHEN > first or word[1:] != word[1:].lower()


_NAME_HYPHEN = 2
_OF_A_TIME = frozenset(("for", "at", "over", "during", "within", "in", "from", "between", "weeks", "months"))
_TIMES = frozenset(_TIMES_TEXT.split())


def ends_a_time(document: Document, token: int) -> bool:
    """Whether a number is the end of a stretch of time: "-1.9 kg for 0-6 months (95% CI"."""
    letters, tokens = document.letters, document.tokens
    if token < 3 or letters[token - 1] not in "mt" or letters[token - 2] not in "dk" or letters[token - 3] not in "wu":
        return False
    return (
        letters[token + 1 : token + 2] == "u"
        and tokens[token + 1] in _TIMES
        and tokens[token - 3] in _OF_A_TIME
        and not document.decimals(token)
    )


def begins_a_time(document: Document, token: int) -> bool:
    """Whether a number is the beginning of a stretch of time: "at the 7-16 days visit (95% CI"."""
    if document.letters[token : token + 4] not in ("dmdu", "dtdu") or document.tokens[token + 3] not in _TIMES:
        return False
    led = any(document.tokens[before] in _OF_A_TIME for before in range(max(0, token - 2), token))
    return led and document.value(token) < document.value(token + 2)


_SPAN = re.compile(r"du[tw]du")
_LASTING = frozenset(("through", "until", "till"))


def _is_in_a_span(document: Document, token: int) -> bool:
    """Whether a number begins or ends a span of time: "from 20 minutes through 6 hours"."""
    letters, tokens = document.letters, document.tokens
    for first in (token, token - 3):
        if first > 0 and _SPAN.match(letters, first) and tokens[first - 1] == "from":
            return tokens[first + 2] in _LASTING and tokens[first + 1] in _TIMES and tokens[first + 4] in _TIMES
    return False


_AT_A_TIME_TEXT = "at after by until within before"
_AT_A_TIME = frozenset(_AT_A_TIME_TEXT.split())
_RANGED = frozenset(("was", "were", "is", "ranged", "varied", "lasted", "of"))
_TWO_BEFORE = 2
_HOURS = frozenset(("h", "hours", "hour", "hrs", "min", "minutes"))
_WHEN = re.compile(r"[dk](?:,d){0,4},?ad(?P<unit>u)|d(?P<unit2>u)")


def is_time_point(document: Document, token: int) -> bool:
    """Whether a whole number says when: at 7 and 8 hours."""
    letters, tokens = document.letters, document.tokens
    if _is_in_a_span(document, token):
        return True
    first = token
    while letters[first - 1] in ",adk" and token - first < 8 and first > 1:
        first -= 1
    between = tokens[first - 1] == "between" and first > 1 and tokens[first - _TWO_BEFORE] not in _RANGED
    if letters[first] not in "dk" or not (between or tokens[first - 1] in _AT_A_TIME):
        return False
    found = _WHEN.match(letters, first)
    if found is None or not found.start() <= token < found.end():
        return False
    unit = tokens[found.start("unit" if found["unit"] else "unit2")]
    return unit in _HOURS or (unit in TIME and not between and document.decimals(token) == 0)
