"""Numbers of patients of whom a result is told right before them: "41% of 51 patients", "46.5 hours in 96 patients"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from trialstats.sources.text.tokens.document import Document

_OF_A_SHARE = re.compile(r"% ?\)? of (?:the (?:[a-z]+ )?)?$")
_BEHIND_A_VALUE = re.compile(
    r"[ \])]{0,2}(?:[a-z%][a-z%/]{0,11}(?: [a-z]{1,6})?[)\]]?)? (?:in|for|among) (?:the (?:other )?)?"
)
_FARTHEST_TOKENS = 8
_FARTHEST = 24


def is_denominator(document: Document, token: int, measures: Mapping[int, str]) -> bool:
    """Whether a number tells of how many patients the result right before it is.

    Parameters
    ----------
    document : Document
    token : int
    measures : mapping of int to str
        The measures of the numbers that were read so far; what a reader of intervals took is not among them.
    """
    letters, tokens = document.letters, document.tokens
    start = tokens.starts[token]
    if _OF_A_SHARE.search(tokens.text, max(0, start - _FARTHEST), start):
        return True
    last = next((at for at in range(token - 1, max(token - _FARTHEST_TOKENS, -1), -1) if letters[at] == "d"), -1)
    held = last >= 0 and document.used[last] == 1
    if measures.get(last, "mean" if held else "") not in ("mean", "median"):
        return False
    return _BEHIND_A_VALUE.fullmatch(tokens.text, tokens.ends[last], start) is not None


_IN_THE = re.compile(r"[0-9]\) ?[a-z%][a-z%/]{0,11} (?:in|among|for) the $")


def is_behind_a_spread(document: Document, token: int) -> bool:
    """Whether a number tells of whom a mean with its spread in brackets is: "-86 (17) ml in the 118 patients"."""
    start = document.tokens.starts[token]
    return _IN_THE.search(document.tokens.text, max(0, start - _FARTHEST), start) is not None
