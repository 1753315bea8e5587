"""Find the percentage that a text prints beside its ratio: "a 46% reduction in the risk of death (HR, 0.54; ..."."""

from __future__ import annotations

import re
from bisect import bisect_left

from trialstats.sources.text.tokens.document import Document, Interval

_RATIOS = frozenset(("hazard-ratio", "odds-ratio", "risk-ratio"))
_FARTHEST = 160
_CHANGE = r"(?:reduction|decrease|decline|lowering|increase|lower|higher|greater|less|reduced|decreased|increased)"
_RISK = r"[^.;:()%0-9]{0,70}\b(?:risk|hazard|odds|likelihood|chance)s?\b[^.;:()%0-9]{0,70}"
_BEFORE = re.compile(
    rf"(?P<value>[0-9]+(?:\.[0-9]+)?) ?%-? ?(?:relative )?(?:risk )?{_CHANGE}\b(?:{_RISK}|)$"
    rf"|\b(?:(?:reduc|decreas|lower|increas)[a-z]*|cut){_RISK}\bby (?P<by>[0-9]+(?:\.[0-9]+)?) ?% ?$"
)
_NOT_A_RESULT = re.compile(r"absolute|\b(?:per|each|every|for an?|points?|margin|assum|detect|hypothe|expect|power)\b")


def find_reductions(document: Document, intervals: list[Interval]) -> list[tuple[int, int]]:
    """Return each percentage that stands right before the bracket of a ratio and says by how much a risk changes.

    Parameters
    ----------
    document : Document
    intervals : list of Interval

    Returns
    -------
    list of (int, int)
        Token of the percentage, and token of the ratio's estimate.
    """
    tokens, found = document.tokens, []
    for interval in intervals:
        if interval.measure not in _RATIOS or interval.guessed or interval.estimate < 0:
            continue
        opened = document.inside(interval.estimate)
        if opened < 0 or any(letter in "dq" for letter in document.letters[opened + 1 : interval.estimate]):
            continue
        end = tokens.starts[opened]
        begin = max(tokens.starts[document.sentence(opened)[0]], end - _FARTHEST)
        words = tokens.text[begin:end].rstrip()
        change = _BEFORE.search(words) if "%" in words else None
        if change is None or _NOT_A_RESULT.search(words) is not None:
            continue
        group = "value" if change["value"] is not None else "by"
        at = bisect_left(tokens.starts, begin + change.start(group))
        if at < len(tokens) and document.letters[at] == "q" and not document.used[at]:
            found.append((at, interval.estimate))
    return found
