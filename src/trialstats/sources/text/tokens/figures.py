"""Write numbers in words, and thousands set apart by a blank, as figures in the same places."""

from __future__ import annotations

import re
from functools import lru_cache

from trialstats.sources.text.tokens.expressions import any_of
from trialstats.sources.text.tokens.lex import NUMBER_WORDS

_SMALL = any_of(word for word, value in NUMBER_WORDS.items() if 0 < value < 100)
_FIRST = any_of(word.capitalize() for word, value in NUMBER_WORDS.items() if 0 < value < 100)
# A set of characters comes first, so that the search jumps from one capital to the next.
_WORDS = re.compile(
    rf"[EFNOST](?<=\b.)(?<=(?=(?:One hundred(?: and)? {_SMALL}|{_FIRST} hundred(?:(?: and)? "
    rf"{_SMALL})?|{_FIRST})\b(?!-)).)[a-z-]+(?: hundred(?:(?: and)? {_SMALL})?)?"
)
# The blank may be a thin one; "week 2 120 patients" has two numbers.
_APART = re.compile(
    r"[1-9](?<![\d.,·/][1-9])(?<!week .)(?<!day .)(?<!month .)\d{0,2}"
    r"(?:[ \u00a0\u2009\u202f]\d{3}){1,2}(?![\d/:%]|[.,·]\d| ?%)"
)


@lru_cache(maxsize=4)
def with_figures(text: str) -> str:
    """Return a text of the same length whose numbers in words with a capital are figures, with blanks before them.

    So are numbers whose thousands a blank sets apart.

    Examples
    --------
    >>> with_figures("Thirty-nine died. Two hundred and six lived.")
    '         39 died.                 206 lived.'
    >>> with_figures("Of 1 250 men, 40 died.")
    'Of  1250 men, 40 died.'
    """
    return _APART.sub(_together, _WORDS.sub(_figures, text))


_TOP = {"hundred": 100, "thousand": 1000}
_ANYWHERE = re.compile(
    rf"\b(?:{_SMALL} (?:hundred|thousand)(?:,? (?:and )?{_SMALL}(?: hundred)?(?: (?:and )?{_SMALL})?)?"
    rf"|{_SMALL})\b(?![-'’])",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """Return the same of every number in words, wherever it stands, but "one".

    Examples
    --------
    >>> in_figures("Two thousand and eighteen: nineteen left, 1 204 stayed")
    '                    2018:       19 left,  1204 stayed'
    """
    return _APART.sub(_together, _ANYWHERE.sub(_figures, text))


def _together(found: re.Match[str]) -> str:
    return "".join(filter(str.isdigit, found[0])).rjust(len(found[0]))


def _figures(found: re.Match[str]) -> str:
    total = part = 0
    for word in re.findall(r"[a-z-]+", found[0].lower()):
        if word in _TOP:
            part *= _TOP[word]
            if word == "thousand":
                total, part = total + part, 0
        elif word != "and":
            part += NUMBER_WORDS[word]
    value = total + part
    return str(value).rjust(len(found[0])) if value > 1 else found[0]
