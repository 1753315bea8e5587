"""Give counts with a percentage the total told before all of them, or behind the last of a list."""

from __future__ import annotations

import re

from trialstats.claims.populations import sizes_printing
from trialstats.reported import Reported
from trialstats.sources.text.numbers.with_percentage import Count, prints, value_of_count
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_values import PEOPLE


def give_totals(document: Document, counts: list[Count]) -> None:
    """Give the counts without a total the one that their sentence tells at its head, or behind a list of counts.

    Parameters
    ----------
    document : Document
    counts : list of Count
        In order.
    """
    for count in counts:
        if count.n < 0:
            count.n = _at_the_head(document, count)
            to_first = _TO_THE_FIRST.fullmatch(document.letters, count.n + 1, count.first)
            count.elsewhere = count.n >= 0 and to_first is None
    _of_one_total(document, counts)


PEOPLE_NEXT = re.compile(rf" (?:[a-z-]{{3,20}} )?{PEOPLE}\b| (?:on|given|receiving|assigned|treated|who)\b")
"""Behind a total: those that it counts."""
_TO_THE_FIRST = re.compile(r"w{1,14},w{0,3}")
"""From a total at the head of a sentence to the one count that is told of it: "Of the 34 women seen, 25 (74%)"."""
_OF_ONE_TOTAL = re.compile(r"\){1,3}[wo]w{0,2}(?P<n>d)w")
_OF_OR_IN = re.compile(r"\b(?:of|in|among) (?:the |these |all )?$")
_ITEM_OF_LIST = re.compile(r"\){1,3}(?:,?a|[,;]a?)w{1,6}\(?")


def _of_one_total(document: Document, counts: list[Count]) -> None:
    """Give the counts of a list the total told behind its last: "rash (25 [74%]) and cough (9 [26%]) of the 34 women".

    Each goes on from the one after it while its percentage is one of that total.
    """
    letters, text, starts = document.letters, document.tokens.text, document.tokens.starts
    n, after = -1, -1
    for count in reversed(counts):
        told = _OF_ONE_TOTAL.match(letters, count.percent + 1)
        if told is not None and letters[count.x + 1 : count.percent] == "(":
            n, start = told.start("n"), starts[told.start("n")]
            people = PEOPLE_NEXT.match(text, document.tokens.ends[n]) is not None
            goes_on = people and _OF_OR_IN.search(text, start - 16, start) is not None
        else:
            goes_on = n >= 0 and _ITEM_OF_LIST.fullmatch(letters, count.percent + 1, after) is not None
        if not goes_on or (count.n >= 0 and not count.elsewhere) or not prints(document, count.percent, count.value, n):
            n = -1
            continue
        count.n, count.elsewhere, after = n, False, count.first


_HEAD = re.compile(r"[ow]w{0,2}(?P<n>[dk])w")
_HEAD_WORDS = frozenset(("of", "among"))


def _at_the_head(document: Document, count: Count) -> int:
    """Return the denominator named first in a count's sentence, if it agrees: "Of the 34 women, 25 (74%)"."""
    first, _ = document.sentence(count.first)
    first += 2 * (document.letters[first + 1 : first + 2] == ":")  # "Results: Of the 34"
    if document.letters[first : first + 1] not in ("o", "w") or document.tokens[first] not in _HEAD_WORDS:
        return -1
    found = _HEAD.match(document.letters, first, count.first)
    if found is None:
        return -1
    n = found.start("n")
    size = value_of_count(document, n, n + 1)
    if not size or size < count.value or document.used[n]:
        return -1
    fitting = sizes_printing(count.value, Reported(document.digits(count.percent), "%"))
    if fitting is None or size < fitting[0] or (fitting[1] is not None and size > fitting[1]):
        return -1
    return n
