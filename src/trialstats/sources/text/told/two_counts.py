"""Read two counts with their totals from a stretch that holds four whole numbers, in whatever order it tells them.

"Among the 412 who moved, 57 fell; of the 405 who stayed, 88 did": number and total may stand in either order, the verb
between them or behind. All numbers that count people must be one of the four, each total must be marked as one, and
nothing else may be told in the stretch.
"""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.figures import in_figures
from trialstats.sources.text.told.counts_of_groups import Counted
from trialstats.sources.text.told.sums_of_sentences import THINGS, whole_numbers

_OF = re.compile(
    r"(?:\b(?:of|among|in|out of|from|for)(?: (?:the|these|all|those|a total of))?(?: other)?|/|\(?\b[nN] ?=) ?$",
    re.IGNORECASE,
)
"""Before a total."""
_WHO = re.compile(
    rf"(?: (?:[a-z-]{{1,20}} ){{0,3}}?{THINGS}\b| (?:who|that|given|assigned|allocated|receiving|treated"
    rf"|randomi[sz]ed|on|with"
    r"|without|in|taking|moved|undergoing)\b)"
)
"""Behind a total, or a count with none."""
_SLASH = re.compile(r"(?<=\d) ?/ ?(?=\d)")
_APART = re.compile(
    r"\b(?:subgroup|men and women|before|baseline|per[- ]protocol|at entry|then|later|whom|these"
    r"|respectively.{0,80}respectively"
    r"|median|range|screened|excluded|lost to)\b",
    re.IGNORECASE,
)
_FOUR = 4
_FARTHEST = 90
_MOST_UNLIKE = 4
"""How many times the one group the other has: a group beside all that there are is no arm of a trial."""


def two_counts(text: str, begin: int, stop: int) -> list[Counted]:
    """Return two counts with their totals, as `counts_of_groups` does; nothing unless the stretch holds just these.

    Examples
    --------
    >>> text = "Among the 412 women who moved, 57 fell; of the 405 who stayed, 88 did."
    >>> [one[:2] for one in two_counts(text, 0, len(text))]
    [('57', '412'), ('88', '405')]
    """
    words = _SLASH.sub(lambda one: one[0].replace("/", "\\"), in_figures(text[begin:stop]))
    numbers = whole_numbers(words)
    if len(numbers) != _FOUR or _APART.search(words):
        return []
    marked = [_OF.search(words.replace("\\", "/"), max(0, start - 30), start) is not None for _, start, _ in numbers]
    (a, *_), (b, *_), (c, *_), (d, *_) = numbers
    respectively = "respectively" in words
    if respectively and a < c and b < d and marked[2] and not marked[1]:
        couples = [(0, 2), (1, 3)]
    else:
        couples = [(at, at + 1) if numbers[at][0] < numbers[at + 1][0] else (at + 1, at) for at in (0, 2)]
    found = []
    for x, n in couples:
        lead = min(x, n)
        gap = words[numbers[lead][2] : numbers[max(x, n)][1]] if abs(x - n) == 1 else ""
        if numbers[x][0] >= numbers[n][0] or len(gap) > _FARTHEST or re.search(r"[.:]\s|%", gap):
            return []
        if not (marked[n] or _WHO.match(words, numbers[n][2])) or (marked[x] and not marked[n]):
            return []
        found.append((str(numbers[x][0]), str(numbers[n][0]), begin + numbers[lead][1], begin + numbers[max(x, n)][2]))
    sizes = [int(n) for _, n, *_ in found]
    return found if max(sizes) <= _MOST_UNLIKE * min(sizes) else []
