"""When a result was seen: the time named beside it in its sentence, or the one that leads it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby

from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.outcomes.lengths_of_arms import names_an_arm
from trialstats.sources.text.outcomes.times import LED, find_times, times_of
from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document

_NEXT = re.compile(r",? (?:and|but|while|whereas)\b|[;(]")
_WHICH = re.compile(r", (?:which|who) |: ?(?:this|these|it)\b")
_HEADING = r"(?:[\s.]{0,3}(?:results?|findings|conclusions?|principal findings)\b[ :/a-z]{0,20}:)?[\s.]{0,4}"
_LEADING = re.compile(
    rf"{_HEADING}(?:at|after|by|within|during|over|through(?:out)?"
    r"|until|up to|from|on"
    r"|in(?= (?:the|stage|phase|part|period|early|immediate|late|(?:post|pre|peri|intra)-?operative"
    r"|(?:cycle|week|month|day)s? [0-9]{1,3})\b))\b[^,;.]{1,60},"
)
_HOLDS = re.compile(rf"{_HEADING}(?:at|after|by|within|in|during|over)\b")
"""What leads a sentence with a time at which the next ones may have been measured, too."""
_LEADING_BARE = re.compile(rf"{_HEADING}(?:at|after|by|within|during|over)(?: the)?(?: first| end of)? ?(?=[0-9dwmy])")
"""What leads a sentence with a time that no comma follows: "After 9 weeks there was"."""
_VISIT_SHOWED = re.compile(
    rf"{_HEADING}(?:the )?(?P<at>)[0-9a-z-]{{1,12}}[ -](?:day|week|month|year|hour)s? (?:(?:[a-z-]{{3,20}} ){{0,2}}"
    r"(?:follow-?up|visit|assessment|evaluation|examination))(?: (?:data|results|visit|examination|angiogra[a-z]+))?"
    r" (?:showed|revealed|demonstrated|indicated|disclosed|confirmed)\b"
)
"""What leads a sentence with a visit at which all that follows was seen: "The 6-month follow-up showed"."""
_IN_A_PERIOD = re.compile(rf"{_HEADING}(?:by|within|in|during|over|through(?:out)?|until|up to)\b")
"""What leads it with the time over which events were counted."""
_CENTRE = re.compile(r"\b(?:median|mean|average)\b")
_CHANGED = re.compile(r"\b(?:increas|decreas|f[ae]ll|drop|rose|rise|improv|reduc|chang|declin)")
_NAMES = re.compile(r"-? ?(?:[a-z-]{1,20} ){0,2}(?:survival|rates?|[opd]s|pfs)\b")
"""Behind a time that names an outcome: "1-year survival"."""
_EVENTS_IN_IT = re.compile(
    r"[ -](?:[a-z-]{1,20} ){0,2}?(?:mortality|deaths?|incidence|recurrences?|relapses?|readmissions?|risk)\b"
)
_HYPHENED = re.compile(r"[a-z0-9]{1,6}-(?:year|yr|month|week|day)s?")
_GOES_ON = re.compile(r",|;|\b(?:and|but|with|while|whereas)\b")
_TO_A_NUMBER = re.compile(r"[^.;:,()]{3,90}[\s(\[][-+]?[0-9]")
_RIGHT_BEHIND = re.compile(
    r"(?:%| ?(?!(?:and|or|but|to|in|v|vs|than)\b)[a-zµμ°]{1,8})?(?:/[0-9a-z]{1,6}){0,2}[)\]]{0,2}"
    r" (?P<at>(?:at|after|by) (?:the )?|(?=(?:before|prior to) ))"
)
_FROM_THEN = re.compile(r"[^.;:(]{0,40}\bfrom\b[^.;:()0-9]{0,80}$")
_TO_ANOTHER = re.compile(
    r" to (?:[a-z-]+ ){0,6}?(?:(?:day|week|month|year|visit|hour)s? [0-9]|[0-9]{1,3}[ -](?:day|week|month|year|hour))"
)
_REACH = 160
"""Characters between a result and its time."""
_BESIDE, _LEADS = 12, 25  # characters to "at baseline" from a result, or from where the sentence begins


def share_times(document: Document, results: Sequence[Result]) -> None:
    """Give each of several results its own time of a list: "1-, 2- and 3-year survival was 56%, 23% and 17%".

    Parameters
    ----------
    document : Document
    results : sequence of Result
    """
    listed = [one for one in results if one.time and " and " in one.time and one.measure != "p-only"]
    for (time, _, measure), found in groupby(
        listed, lambda one: (one.time, document.sentence(one.first)[0], one.measure)
    ):
        times, same = times_of(time or ""), list(found)
        rows = list(dict.fromkeys(id(one.row[0]) for one in same if one.row))
        if len(times) == len(same) and measure != "difference":
            shares = list(range(len(same)))
        elif len(rows) == len(times) and len(same) == 2 * len(times) and all(_is_pair(document, one) for one in same):
            shares = [rows.index(id(one.row[0])) for one in same]  # a row of both arms at each time
        elif _arm_by_arm(same, len(times)):
            shares = [at % len(times) for at in range(len(same))]
        else:
            continue
        for one, share in zip(same, shares, strict=True):
            one.time = times[share]


def _is_pair(document: Document, result: Result) -> bool:
    """Whether a result stands in a row with that of the other arm, each named or one held against the other."""
    first, last = result.row[0], result.row[-1]
    if len(first.arms) == len(last.arms) == 1:
        return first.arms != last.arms
    return "v" in document.letters[first.last : last.first]


def _arm_by_arm(results: Sequence[Result], times: int) -> bool:
    """Whether results are those of one arm at several times, then of another: "2% and 8% with X, 1% and 5% with Y"."""
    if times < 2 or len(results) % times or len(results) == times:
        return False
    arms = [{one.arms for one in results[at : at + times]} for at in range(0, len(results), times)]
    told = [next(iter(of)) for of in arms if len(of) == 1]
    return len(told) == len(set(told)) == len(arms) and all(len(of) == 1 for of in told)


class Times:
    """The times that one document names, sentence by sentence.

    Parameters
    ----------
    document : Document
    groups : Groups
    ends : sequence of int
        Where each result ends.
    """

    def __init__(self, document: Document, groups: Groups, ends: Sequence[int]) -> None:
        self.document = document
        self.groups = groups
        self.text = document.tokens.text
        self.ends = ends
        self._led: tuple[int, str | None] = -1, None
        """What leads the sentence that was asked for last, and where that begins."""
        self._holds: str | None = None
        """What led an earlier one, and holds still."""
        self._named: list[tuple[int, int, str]] = []
        """Those of the sentence that was entered last, and where; also the lengths by which it names its arms."""
        self.near: list[tuple[int, int, str]] = []
        """Those at which something may have been seen."""
        self._of_sentence: dict[int, list[tuple[int, int, str]]] = {}

    def enter(self, start: int, stop: int) -> None:
        """Go to a sentence."""
        if start not in self._of_sentence:
            self._of_sentence[start] = find_times(self.document, start, stop)
        self._named = self._of_sentence[start]
        self.near = self._seen(self._named)
        if self.near and _VISIT_SHOWED.match(self.text, start, stop):
            self._holds = self._leading(start, stop)

    def _seen(self, times: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
        """Return times without the lengths by which a text names its arms."""
        return [one for one in times if not (one[2][0].isdigit() and names_an_arm(self.text, self.groups, *one[:2]))]

    def between(self, start: int, stop: int) -> list[tuple[int, int, str]]:
        """Return the times of a stretch of the sentence, and the lengths by which it names its arms."""
        return self._named[bisect_left(self._named, (start,)) : bisect_left(self._named, (stop,))]

    def right_behind(self, result: Result, stop: int) -> str | None:
        """Return the time right behind a result or the bracket it stands with: "78% (CI, 70 to 85) at 1 year, 59%"."""
        if not self.near:
            return None
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        places = [ends[result.last]]
        opened = self.document.inside(result.first)
        if opened < 0 and self.document.letters[result.value + 1 : result.value + 2] == "(":
            opened = result.value + 1
        closed = self.document.partner.get(opened, -1)
        if closed > result.last and starts[closed] < stop:
            places.append(ends[closed])
        for end in places:
            found = _RIGHT_BEHIND.match(self.text, end, stop)
            if found is not None and (told := self._said_at(found)) is not None:
                return told
        if 0 <= result.value < result.last:
            found = _RIGHT_BEHIND.match(self.text, ends[result.value], starts[result.last])
            return None if found is None else self._said_at(found)  # "54% at 1 year (95% CI, 45 to 63)"
        return None

    def right_behind_row(self, row: Sequence[Result], stop: int) -> str | None:
        """Return the time right behind the values of all arms: "4% v 9% at 1 year, 7% v 15% at 2 years"."""
        if len(row) < 2:
            return None
        ends, starts = self.document.tokens.ends, self.document.tokens.starts
        apart = self._seen(self.between(ends[row[0].last], starts[row[-1].first]))
        return None if apart else self.right_behind(row[-1], stop)

    def _said_at(self, found: re.Match[str]) -> str | None:
        """Return the time that begins where some words lead to one."""
        return next((words for at, _, words in self.near if at in (found.start("at"), found.end())), None)

    def led(self, start: int, stop: int) -> str | None:
        """Return the time that leads a sentence ("At week 26, ..."), or that led an earlier one and holds still."""
        if _LEADING.match(self.text, start, stop) is None:
            return self._leading(start, stop) or self._holds
        said = self._leading(start, stop)
        if said and any(map(str.isdigit, said)) and _HOLDS.match(self.text, start, stop):
            self._holds = said
        return said or self._holds

    def led_over(self, start: int, stop: int) -> str | None:
        """Return the time over which a sentence says by its first words to have counted: "Within the first 9 days"."""
        return None if _IN_A_PERIOD.match(self.text, start, stop) is None else self._leading(start, stop)

    def _leading(self, start: int, stop: int) -> str | None:
        """Return the time that leads a sentence, but not how long patients were followed on average, nor baseline."""
        if start == self._led[0]:
            return self._led[1]
        said = None
        if (found := _LEADING.match(self.text, start, stop)) is not None:
            times = [words for *_, words in self._seen(find_times(self.document, start, found.end()))]
            said = (times[-1] if "from " in found[0] else times[0]) if times else None
            said = None if said and ("baseline" in said or _CENTRE.search(found[0])) else said
        elif (bare := _LEADING_BARE.match(self.text, start, stop)) is not None:
            said = next((words for at, _, words in self.near if at == bare.end()), None)
        elif (visit := _VISIT_SHOWED.match(self.text, start, stop)) is not None:
            said = next((words for at, _, words in self.near if at == visit.start("at")), None)
        self._led = start, said
        return said

    def nearest(self, begin: int, end: int, start: int, stop: int, *, lasts: bool = False) -> str | None:
        """Return the time named nearest to a result in a stretch of its sentence.

        That of "1-year survival" is no time of a result that says how long something ``lasts``.
        """
        best: tuple[int, str] | None = None
        near = self.near
        first = bisect_left(near, (begin - _REACH - 40,))
        for at, till, words in near[first : bisect_left(near, (end + _REACH,), first)]:
            distance = begin - till if till <= begin else at - end if at >= end else -1
            if not 0 <= distance <= _REACH or at < start or till > stop:
                continue
            between = self.text[till:begin] if till <= begin else self.text[end:at]
            if self.text[till : till + 1].isalpha() and bisect_left(self.ends, till) < bisect_left(self.ends, begin):
                continue  # "1yOS" is a time of that alone
            if _parted(between) or ("baseline" in words and not self._is_of_baseline(words, at, begin, start, between)):
                continue
            if lasts and _NAMES.match(self.text, till):
                continue
            if at >= end and _HYPHENED.fullmatch(self.text, at, till) and self._is_of_the_next(between, till):
                continue
            if at >= end and _FROM_THEN.match(between) and _TO_ANOTHER.match(self.text, till, stop):
                continue  # "fell by 4 mm from day 1 to day 9"
            if at >= end and _WHICH.search(between):
                continue  # "was 3.2, which remained so at 18 months"
            # What is joined by "and" goes on to the next result; a number says more than words do.
            cost = (
                distance
                + (0 if words[-1].isdigit() or words[0].isdigit() else 40)
                + (30 if at >= end else 0)
                + (60 if at >= end and _NEXT.search(self.text, end, at) else 0)
            )
            if best is None or cost < best[0]:
                best = cost, words
        return None if best is None else best[1]

    def names_events(self, start: int, stop: int, time: str) -> bool:
        """Whether words name events by the time in which they are counted: "1-year mortality was lower with tea"."""
        return any(
            words == time and _EVENTS_IN_IT.match(self.text, till) for _, till, words in self.between(start, stop)
        )

    def _is_of_the_next(self, between: str, till: int) -> bool:
        """Whether a time leads to a later result: "control was 81% v 74%, with 3-year survival of 47%"."""
        if _GOES_ON.search(between) is None:
            return False
        behind = bisect_left(self.ends, till)
        return behind < len(self.ends) and _TO_A_NUMBER.match(self.text, till, self.ends[behind]) is not None

    def _is_of_baseline(self, words: str, at: int, begin: int, start: int, between: str) -> bool:
        """Whether "at baseline" says when a result beside it was, and not who the patients were."""
        if words == "baseline":
            return at < begin and _CHANGED.search(between) is None  # "the mean baseline weight was"
        whose = between.startswith((" had ", " have ", " who ")) and " with " in self.text[max(start, at - 60) : at]
        return not whose and (at - start < _LEADS or len(between) < _BESIDE)

    def told(self, start: int, stop: int) -> list[tuple[str, str]]:
        """Return what stretches of words say before each time that they name, and the time; the first always counts.

        A later one counts where it says when: "sleep at 9 weeks, and pain at 3 months".
        """
        said, begin = list[tuple[str, str]](), start
        for at, till, words in self._seen(find_times(self.document, start, stop)):
            if not said or LED.search(self.text, max(start, at - 25), at):
                said.append((self.text[begin:at], words))
                begin = till
        return said


def _parted(words: str) -> bool:
    """Whether a semicolon parts what stands before some words from what stands behind; one in brackets does not."""
    depth = 0
    for found in _PARTING.findall(words):
        if found == ";" and depth <= 0:
            return True
        depth += (found in "([") - (found in ")]")
    return False


_PARTING = re.compile(r"[;()\[\]]")
