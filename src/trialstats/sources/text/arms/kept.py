"""Arms of a longer list that some result stands beside: the others were none."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.tokens.document import Document

_AND = re.compile(r"(?:[ -](?:groups?|arms?|patients))?,? (?:and|or|versus|vs\.?) (?:the |with )?")


def joined_to(document: Document, groups: Groups, ends: Collection[int]) -> set[int]:
    """Return the arms that are named right behind what stands beside a result: "30% and 20% with zinc and iron".

    Parameters
    ----------
    document : Document
    groups : Groups
    ends : collection of int
        Where the names end that stand beside results.
    """
    text = document.tokens.text
    return {
        other.group
        for one, other in pairwise(groups.mentions)
        if one.end in ends and _AND.fullmatch(text, one.end, other.start) is not None
    }


def right_beside(text: str, groups: Groups, results: Sequence[tuple[int, int]]) -> set[int]:
    """Return the arms that any result stands right before or behind: "fell by 20% with zinc", "ZN 41%, FE 35%".

    Parameters
    ----------
    text : str
        In lower case.
    groups : Groups
    results : sequence of (int, int)
        Where results stand, of one arm or of two.
    """
    starts = [one.start for one in groups.mentions]
    found: set[int] = set()
    for start, end in results:
        before, behind = bisect_left(starts, start), bisect_left(starts, end)
        for one in groups.mentions[max(0, before - 1) : before]:
            found |= {one.group} if _TO_RESULT.fullmatch(text, one.end, start) else set()
        for one in groups.mentions[behind : behind + 1]:
            found |= {one.group} if _FROM_RESULT.fullmatch(text, end, one.start) else set()
    return found


_TO_RESULT = re.compile(r"(?:[ -](?:group|arm))?[ ,:(=]{1,2}")
_FROM_RESULT = re.compile(r"[)\]]?(?: of (?:those|patients))? (?:with|for|on|receiving|after|taking)(?: the)? ")
