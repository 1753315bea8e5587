"""Write every number in words as figures, without moving anything else: "took part: thirty-one were given"."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.expressions import any_of
from trialstats.sources.text.tokens.lex import NUMBER_WORDS

_SMALL = any_of(word for word, value in NUMBER_WORDS.items() if 0 < value < 100)
_TOP = {"hundred": 100, "thousand": 1000}
_NUMBER = re.compile(
    rf"\b(?:{_SMALL} (?:hundred|thousand)(?:,? (?:and )?{_SMALL}(?: hundred)?(?: (?:and )?{_SMALL})?)?"
    rf"|{_SMALL})\b(?![-'’])",
    re.IGNORECASE,
)


def in_figures(text: str) -> str:
    """Return a text of the same length whose numbers in words, but "one", are figures with blanks before them.

    Examples
    --------
    >>> in_figures("Two thousand and eighteen: nineteen left")
    '                    2018:       19 left'
    """
    return _NUMBER.sub(_figures, text)


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
