"""Contrasts of several arms with one: "not lower in the A group (ratio 0.9) or the B group (1.1) than with C"."""

from __future__ import annotations

import re
from collections.abc import Sequence

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
    reference = _reference(places, sentence)
    if reference is None:
        return ()
    own = by_bracket(places, result)
    end = places.end(result)
    if own is None:
        behind = places.mentions(end, min(sentence[1], end + _FARTHEST))
        if behind and _BEHIND.fullmatch(places.text(end, behind[0].start)):
            own = behind[0].group
    return (own, reference) if own is not None and own != reference else ()


def _reference(places: Places, sentence: tuple[int, int]) -> int | None:
    """Return the one arm with which a sentence compares others."""
    references = {
        one.group
        for one in places.mentions(*sentence)
        if _REFERENCE.search(places.text(max(sentence[0], one.start - _FARTHEST), one.start))
    }
    return next(iter(references)) if len(references) == 1 else None


def listed_against(
    places: Places, results: Sequence[Result], sentence: tuple[int, int], before: Sequence[tuple[int, int]]
) -> dict[int, tuple[int, int]]:
    """Return the arms of a list of contrasts with one arm: "against A, the ratios of B, C and D were 1.2, 1.4 and 1.9".

    Parameters
    ----------
    places : Places
    results : sequence of Result
        Of one sentence.
    sentence : tuple of int
    before : sequence of (int, int)
        The arms of such a list in a sentence before; they hold where the sentence names none.

    Returns
    -------
    dict of int to (int, int)
        By the first token of each contrast.
    """
    listed = _longest_list(places, [one for one in results if one.is_contrast and one.measure != "p-only"])
    if len(listed) < 2:
        return {}
    named = places.mentions(*sentence)
    if not named:
        pairs = before if len(before) == len(listed) else ()
        return {one.first: pair for one, pair in zip(listed, pairs, strict=False)}
    reference = _reference(places, sentence)
    if reference is None:
        return {}
    first, last = places.begin(listed[0]), places.end(listed[-1])
    inside = [one.group for one in places.mentions(first, last)]
    ahead = [one.group for one in named if one.start < first and one.group != reference]
    behind = [one.group for one in named if one.start >= last and one.group != reference]
    for arms in (ahead, behind):
        told = list(dict.fromkeys(arms))
        if len(told) == len(listed) and not set(inside) - {reference}:
            return {one.first: (arm, reference) for one, arm in zip(listed, told, strict=True)}
    return {}


_NEXT = re.compile(
    r"[^a-z]{0,12}(?:(?:ci|hr|or|rr|p|aor|ahr|arr|irr|for|trend|interval|confidence|quartile|tertile)\b[^a-z]{0,12}){0,4}"
    r"(?:and|,|;)? ?[^a-z]{0,6}(?:(?:hr|or|rr|aor|ahr|irr)\b[^a-z]{0,4})?"
)


def _longest_list(places: Places, contrasts: Sequence[Result]) -> list[Result]:
    """Return the longest run of contrasts of one measure, one right behind the other."""
    best: list[Result] = []
    run: list[Result] = []
    for one in contrasts:
        joined = run and one.measure == run[-1].measure
        if not (joined and _NEXT.fullmatch(places.text(places.end(run[-1]), places.begin(one)))):
            run = []
        run.append(one)
        best = run.copy() if len(run) > len(best) else best
    return best
