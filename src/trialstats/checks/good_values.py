"""Whether a high or a low value is the good one, by the words of a text: a scale it explains, or what is measured."""

from __future__ import annotations

import re

_ILL = (
    r"pain|disab\w*|sever\w*|symptom\w*|impair\w*|depressi\w*|anxi\w*|fatigue|distress|dysfunction\w*"
    r"|limitation\w*|handicap"
    r"|burden|problems?|discomfort|worse|worst|poorer|sick\w*"
)
_WELL = r"better|best|healthier|improve\w*|function\w*|quality|satisf\w*|abilit\w*|independen\w*|well-?being|health"
_SCALE = re.compile(
    r"\b(?:(?P<high>higher|greater|larger|10|100)|(?P<low>lower|smaller|fewer))"
    r"(?: (?:scores?|values?|numbers?|points?)){0,2}"
    r"(?: ?= ?|,? (?:is|are|being|indicat\w*|represent\w*|denot\w*|mean(?:s|ing)?|reflect\w*|signif\w*|equals?)"
    r" )(?:the )?(?:(?:greater|more|higher|most|extreme|increased) )?(?:[a-z-]{2,14} ){0,1}?"
    rf"(?:(?P<ill>{_ILL})|(?P<well>{_WELL}))\b",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"\b(?:pain|mortality|deaths?|died|relaps\w*|recurren\w*|complications?|infections?|bleeding|blood loss|readmi\w*"
    r"|failures?|disability|symptoms?|fatigue|anxiety|depressi\w*|nausea|hba1c|ha?emoglobin a1c"
    r"|glyc(?:at|osylat)ed ha?emoglobin|(?:length of|hospital) stay"
    r"|falls|fractures?|strokes?|infarctions?|adverse)\b",
    re.IGNORECASE,
)
_GOOD = re.compile(
    r"\b(?:surviv\w*|quality of life|cured?|abstinen\w*|heal(?:ed|ing)|respon\w*|remission|recover\w*|success\w*|free"
    r"|births?|pregnan\w*|walk\w* distance|relief|improv\w*|satisf\w*|function\w*|without)\b|-free\b",
    re.IGNORECASE,
)


def low_is_good(words: str, text: str) -> bool | None:
    """Return whether the lower of two values is the better one; None where words do not tell.

    Parameters
    ----------
    words : str
        What is measured: the sentence of the values up to them.
    text : str
        Where its scale may be explained.

    Examples
    --------
    >>> low_is_good("scores", "scores (0 to 10, higher scores indicating more pain)")
    True
    >>> low_is_good("Mortality with tea", ""), low_is_good("Survival with tea", ""), low_is_good("The index", "")
    (True, False, None)
    """
    told = {(one["high"] is not None) == (one["ill"] is not None) for one in _SCALE.finditer(text)}
    if told:
        return told.pop() if len(told) == 1 else None
    bad, good = _BAD.search(words) is not None, _GOOD.search(words) is not None
    return None if bad == good else bad
