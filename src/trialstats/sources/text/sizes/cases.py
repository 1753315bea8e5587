"""Cases and controls that are counted side by side: "there were 31 cases of gout and 64 controls"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from trialstats.sources.text.groups.numbers import PEOPLE, Number
from trialstats.sources.text.sizes.sought import Arms

_CASES = re.compile(rf" (?:[a-z-]+ ){{0,5}}?{PEOPLE}(?: subjects| patients)?(?: [a-z-]+){{0,6}}?(?: [(\[]cases[)\]])?")
_AND = re.compile(r",? and (?:with )?(?:the |a total of )?")
_CONTROLS = re.compile(
    r" (?:(?!(?:of|in|with|to|and|were|was|had)\b)[a-z-]+ ){0,4}?(?:controls\b(?! (?:had|were given|received))"
    r"|control (?:subjects|patients|participants|individuals|women|men|children|cases)\b)"
)


def cases_and_controls(text: str, numbers: list[Number], arms: Arms) -> Iterator[tuple[int, Number]]:
    """Yield how many cases and how many controls a sentence counts, with their arms.

    Parameters
    ----------
    text : str
    numbers : list of Number
        Of one sentence.
    arms : Arms
    """
    for cases, controls in pairwise(numbers):
        if controls.start - cases.end > _FAR or " and " not in text[cases.end : controls.start]:
            continue
        told, who = _CONTROLS.match(text, controls.end), text[cases.end : controls.start]
        joined = _AND.search(who)
        if told is None or joined is None or _AND.fullmatch(text, cases.end + joined.start(), controls.start) is None:
            continue
        if _CASES.fullmatch(text, cases.end, cases.end + joined.start()) is None:
            continue
        first, last = arms.next_mention(cases.end), arms.next_mention(controls.end)
        if first is None or last is None or first.group == last.group:
            continue
        if first.end <= controls.start and last.end <= told.end():
            yield first.group, cases
            yield last.group, controls


_FAR = 110
