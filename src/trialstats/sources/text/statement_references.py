"""Contrasts of several arms with one: "not lower in the A group (ratio 0.9) or the B group (1.1) than with C"."""

from __future__ import annotations

import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.statement_brackets import by_bracket
from trialstats.sources.text.statement_rows import Places

_REFERENCE = re.compile(
    r"(?:compared (?:with|to)|comparison (?:with|to)|than|relative to|versus|vs\.?|against"
    r"|differences? from|differed from)"
    r"(?: (?:in|with|for|on|of|the|that|those|patients|group|receiving|reference|control|assigned|to))* ?\(?$"
)
_FARTHEST = 60
_BEHIND = re.compile(r"[)\]]*,? ?(?:in|among|for|with|on)(?: the| those (?:on|receiving|given))? ")


def with_reference(places: Places, result: Result, sentence: tuple[int, int]) -> tuple[int, ...]:
    """Return the arm of a contrast and the one arm with which its sentence compares all others, if there is one.

    Parameters
    ----------
    places : Places
    result : Result
    sentence : tuple of int
    """
    references = {
        one.group
        for one in places.mentions(*sentence)
        if _REFERENCE.search(places.text(max(sentence[0], one.start - _FARTHEST), one.start))
    }
    if len(references) != 1:
        return ()
    (reference,) = references
    own = by_bracket(places, result)
    end = places.end(result)
    if own is None:
        behind = places.mentions(end, min(sentence[1], end + _FARTHEST))
        if behind and _BEHIND.fullmatch(places.text(end, behind[0].start)):
            own = behind[0].group
    return (own, reference) if own is not None and own != reference else ()
