"""Signs that an export gives as a question mark: minus, plus-minus, the decimal point, at least.

Each is told by what stands beside it: no question ends between two numbers, or within a word. Which sign stood between
two numbers the text tells elsewhere: "p = 0?003" has lost a decimal point, "8.4? 1.2" a plus-minus.
"""

from __future__ import annotations

import re

_LOST_MINUS = re.compile(r"(?<=[ (\[])\?(?=[0-9]*\.?[0-9])")
_LOST_POINTS = re.compile(r"\b[Pp] ?[=<>≤] ?0\?[0-9]|[0-9]\?[0-9]{1,2} ?(?:-|to|,) ?-?[0-9]{1,3}\?[0-9]")
"""What tells that decimal points were lost."""
_POINT = re.compile(r"(?<=[0-9])\?(?=[0-9])")
_NOBODY = (
    r"(?!(?: [a-z-]{2,20}){0,3} (?:patients|participants|subjects|women|men|children|adults|infants|people|were|was)\b)"
)
_BEHIND_IT = rf" ?[0-9]{{1,4}}(?:\.[0-9]{{1,3}})?(?![0-9]|\.[0-9]){_NOBODY}"
_SPREAD = re.compile(rf"(?:(?<=[0-9]\.[0-9])|(?<=[0-9]\.[0-9]{{2}})|(?<=[0-9]\.[0-9]{{3}}))\?(?={_BEHIND_IT})")
"""A plus-minus behind a decimal fraction; a text that has two of them lost it behind whole numbers, too."""
_WHOLE_SPREAD = re.compile(rf"(?<=[0-9])\?(?={_BEHIND_IT})")
_AT_LEAST = re.compile(
    r"(?<=[A-Za-z]{2})(?<!\b[Pp])\?(?=[0-9])|(?<= a)\?(?=[0-9])|(?<=vs\.)\?(?=[0-9])|(?<=\()\?(?= [0-9])"
)
_LOST_SPACE = re.compile(
    r"\b(?P<name>[nNpP])(?P<before>\?| )?(?P<sign>[=<>≤≥])\?(?=[0-9.])|\b(?P<of>[nNpP])\?(?= [=<>≤≥])"
)
"""A space at which no line may be broken: "n?=?31"."""
_FEWEST = 2


def with_asked_signs(text: str) -> str:
    """Return a text of the same length with signs for the question marks that stand for them.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> with_asked_signs("Sleep was 7.4? 1.2 h v 6.1? 0.9 h in those aged?50.")
    'Sleep was 7.4± 1.2 h v 6.1± 0.9 h in those aged≥50.'
    >>> with_asked_signs("Pain fell by 3?1 (P = 0?004).")
    'Pain fell by 3.1 (P = 0.004).'
    >>> with_asked_signs("Adults had zinc (n?=?31) or sugar (n? = 30).")
    'Adults had zinc (n = 31) or sugar ( n = 30).'
    >>> with_asked_signs("Is one week enough? 12 women slept.")
    'Is one week enough? 12 women slept.'
    """
    text = _LOST_SPACE.sub(_spaced, _LOST_MINUS.sub("-", text))
    if "?" not in text:
        return text
    if _LOST_POINTS.search(text) is not None:
        text = _POINT.sub(".", text)
    text, spreads = _SPREAD.subn("±", text)
    if spreads >= _FEWEST:
        text = _WHOLE_SPREAD.sub("±", text)
    return _AT_LEAST.sub("≥", text)


def _spaced(found: re.Match[str]) -> str:
    """Put a lost space where it is one: behind a letter that has its own space, it goes before the letter."""
    if found["of"]:
        return " " + found["of"]
    return found["name"] + (" " if found["before"] else "") + found["sign"] + " "
