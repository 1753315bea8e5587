"""What a result is of, and when: the words for its outcome and its time, beside it in the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.outcomes.forms import (
    A_THING,
    ACROSS,
    AND_SO_MANY,
    ANY_OUTCOME,
    AT_A_MEDIAN,
    CLAUSE,
    EACH_FOR,
    EACH_FOR_NEXT,
    FOLLOWED,
    FOLLOWING,
    FOR,
    FOR_WHAT,
    HEADED,
    HEADED_ENDS,
    HELD_AGAINST,
    IN_ORDER,
    LED_TO,
    LIST_GOES_ON,
    LIST_NEXT,
    OF_BEFORE,
    OF_NO_MORE,
    OF_PEOPLE,
    OF_WHAT,
    ON_FROM_BRACKET,
    OPENED,
    REACHED,
    SECOND_IN_ORDER,
    SIMILAR,
    WAS_GIVEN,
    WHERE,
    WHERE_NEXT,
    WHERE_ONLY,
)
from trialstats.sources.text.outcomes.lengths_of_arms import lengths_of_arms
from trialstats.sources.text.outcomes.phrases import WIDEST, Phrases
from trialstats.sources.text.outcomes.primary import SAYS_PRIMARY, first_primary, time_for
from trialstats.sources.text.outcomes.result_times import Times, share_times
from trialstats.sources.text.outcomes.said_behind import COUNTED, MEASURED, SaidBehind
from trialstats.sources.text.outcomes.shared import share_list, share_outcomes
from trialstats.sources.text.outcomes.times import A_PART
from trialstats.sources.text.outcomes.told_times import OF_PATIENTS, ToldTimes
from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.abbreviations import abbreviations
from trialstats.sources.text.words.of_measures import TIME as TIME_UNITS
from trialstats.sources.text.words.of_outcomes import (
    A_SEX,
    AS_BEFORE,
    CORRESPONDING,
    LEADS_TO_CORRESPONDING,
    OF_FOLLOW_UP,
    stems,
    telling,
)
from trialstats.sources.text.words.of_values import OF_STUDIES

_LASTS = re.compile(r"\b(?:surviv|time|duration|progress|age\b|follow|stay|os\b|pfs\b|dfs\b|ttp\b)")
_OF_A_COURSE = re.compile(
    r"\b(?:surviv|time|duration|progress|age\b|follow|stays?\b|onset|operat|hospital|require|need|period|interval|delay|first"
    r"|until)"
)
"""What takes as long as a time says, and is not seen at a visit."""
_AT_THE_SAME = re.compile(r"\b(?:at|by) (?:the same|this|that) (?:time(?:[ -]?point)?|visit|assessment)\b")
_A_GROUP = re.compile(r"[ -](?:groups?|arms?)$")
_AN_AGE = re.compile(r"\bage$")
_DEEPEST = 6
"""How many brackets may stand one in another."""


def describe(document: Document, groups: Groups, results: Sequence[Result]) -> None:
    """Give each result of a text the words for its outcome and its time.

    Parameters
    ----------
    document : Document
    groups : Groups
    results : sequence of Result
        In the order of the text; their ``outcome`` and ``time`` are set.
    """
    reader = _Reader(document, groups, results)
    last: Result | None = None
    for result in results:
        reader.describe(result, last)
        last = result
        if result.is_contrast:
            reader.latest[result.measure] = result
    share_times(document, results)
    share_outcomes(document, results)
    share_list(document, results, reader.phrase)
    timed: dict[str, str] = {}
    before: Result | None = None
    for result in results:
        reader.complete(result, timed)
        if before is not None and result.time is None and result.of and result.outcome == before.outcome:
            result.time = before.time  # a P has the time of the values it compares
        before = result


class _Reader:
    """Finds the words of one document."""

    def __init__(self, document: Document, groups: Groups, results: Sequence[Result]) -> None:
        self.document = document
        self.text = document.tokens.text
        self.groups = groups
        self.results = results
        starts, ends = document.tokens.starts, document.tokens.ends
        self.begins = [starts[one.first] for one in results]
        self.ends = [ends[one.last] for one in results]
        self.times = Times(document, groups, self.ends)
        self.defined, self.short = abbreviations(document)
        primary = first_primary(self.text)
        self.phrase = Phrases(document, groups, self.times, self.defined).find
        self.behind = SaidBehind(document, groups, self.phrase, self.ceiling)
        self.latest: dict[str, Result] = {}
        """The last contrast of each measure."""
        self.primary = self.text[slice(*primary[1])].strip() if primary else ""
        self.primary_words = set(stems(telling(self.primary, self.defined)))
        told = self.times.told(*primary[1]) if primary and not primary[0] else []
        self.primary_time = primary and (primary[0] or (told[0][1] if told else None))
        self.primary_times = [(frozenset(stems(telling(said, self.defined))), time) for said, time in told]
        self.elsewhere = ToldTimes(
            document,
            self.begins,
            [starts[one.first] for one in results if one.measure != "count"],
            lengths_of_arms(groups),
        )

    def sentence(self, result: Result) -> tuple[int, int]:
        first, last = self.document.sentence(result.first)
        starts = self.document.tokens.starts
        return starts[first], starts[min(last, len(starts) - 1)]

    def counts_studies(self, result: Result) -> bool:
        """Whether a result is a number of studies."""
        return result.measure == "count" and OF_STUDIES.match(self.text, self.end_of(result)) is not None

    def end_of(self, result: Result) -> int:
        """Return where a result ends."""
        return self.document.tokens.ends[result.last]

    # ------------------------------------------------------------------ one result
    def describe(self, result: Result, last: Result | None) -> None:
        """Set the outcome and time of a result, as far as its sentence or the result before it says."""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        start, stop = self.sentence(result)
        self.times.enter(start, stop)
        row = result.row or (result,)
        last, before_it = self.before_bracket(last, result), last
        if row[0] is not result and (
            (row[0].outcome and A_SEX.fullmatch(row[0].outcome))
            or (
                result.measure in COUNTED
                and (self.behind.counted_in_words(result) or self.behind.not_done(ends[result.last], stop))
            )
            or self.counts_studies(result)
            or (result.measure in ("median", "mean") and self.is_follow_up(starts[result.first]))
            or self.behind.risk_of(result, stop)
            or last is not before_it
        ):
            row = (result,)  # "(73% women), 335 (82%) completed"
        begin, end = starts[row[0].first], ends[row[-1].last]
        if row[0] is not result:
            result.outcome, result.time = row[0].outcome, row[0].time
            own = self.times.right_behind(result, stop)
            result.time = own or self.times.nearest(starts[result.first], ends[result.last], start, stop) or result.time
            return
        at = bisect_left(self.begins, begin)
        floor = max((one for one in self.ends[max(0, at - 4) : at] if one <= begin), default=start)
        floor = max(floor, start, result.clause)
        if _is_of_all_time(result):
            lasts = result.measure == "median"
            result.time = self.times.nearest(begin, end, floor, self.ceiling(end, stop), lasts=lasts)
            result.time = result.time or (None if lasts else self.times.led_over(start, stop))
        else:
            result.time = self.times.right_behind(result, stop) or self.times.right_behind_row(row, stop)
            result.time = result.time or self.times.nearest(begin, end, start, stop)
            if result.time is None and row[-1] is not result:
                # "31% slept within 4 weeks and 9% later"
                result.time = self.times.nearest(begin, ends[result.last], start, starts[row[1].first])
            result.time = result.time or self.times.led(start, stop)
            if (
                result.time is None
                and last is not None
                and _AT_THE_SAME.search(self.text, max(start, begin - WIDEST), begin)
            ):
                result.time = last.time
        if last is not None and last.outcome and (A_SEX.fullmatch(last.outcome) or self.counts_studies(last)):
            last = None  # what is said of women, men, studies is said of nothing else
        if last is not None and last.outcome == "follow-up" and result.measure not in ("median", "mean", "p-only"):
            last = None  # nor is what is said of how long they were followed
        same = last is not None and starts[last.first] >= start
        if (
            last is not None
            and self.text.endswith(LEADS_TO_CORRESPONDING, floor, begin)
            and (CORRESPONDING.search(self.text, floor, begin) or AS_BEFORE.search(self.text[floor:begin]))
        ):
            result.outcome = last.outcome
            return
        if last is not None and OF_BEFORE.search(self.text, max(floor, begin - 60), begin):
            result.outcome = last.outcome
            return
        if told := self.behind.told(row, stop):
            result.outcome = told
            return
        if last is not None and last is not before_it:
            result.outcome = last.outcome
            return
        before = self.latest.get(result.measure)
        if (
            before is not None
            and before.outcome
            and last is not None
            and not same
            and SIMILAR.search(self.text, max(start, begin - 160), begin)
        ):
            result.outcome, result.time = before.outcome, result.time or before.time
            return
        if last is not None and same and (goes_on := self.goes_on(last, result, floor, begin)):
            result.outcome = last.outcome if goes_on is True else goes_on
            of_last = not _is_of_all_time(result) or (
                result.measure == "hazard-ratio" and last.time and self.times.names_events(start, begin, last.time)
            )
            result.time = result.time or (last.time if of_last else None)
            return
        result.outcome = self.outcome(row, floor, max(start, result.clause), stop, last if same else None)
        if not result.outcome and last is not None:
            result.outcome = last.outcome

    def goes_on(self, last: Result, result: Result, floor: int, begin: int) -> bool | str:
        """Whether a result is of the outcome of the one before it, as their ratio or P is; or the outcome it names."""
        gap = self.text[floor:begin]
        if result.measure == "p-only":
            return True if result.of else not self.own_clause(floor, begin)
        if not result.is_contrast or last.outcome == "follow-up":
            return False
        if last.is_contrast and EACH_FOR.fullmatch(gap) and EACH_FOR_NEXT.match(self.text, self.end_of(result)):
            return False
        named = FOR.search(gap)
        if named is not None and _A_GROUP.search(named["of"]):
            return True  # "hazard ratio for the milk group"
        if named is not None and (words := self.phrase(floor + named.start("of"), floor + named.end("of"), last=True)):
            return words
        if last.is_contrast and last.measure != "relative-reduction":
            return not telling(gap, self.defined)
        if self.own_clause(floor, begin):
            return False
        return not self.phrase(floor + gap.rfind("(") + 1, begin, last=True) or (
            gap.count(")") <= 1 and not self.phrase(floor, begin, last=True)
        )

    def own_clause(self, floor: int, begin: int) -> str:
        """Return the outcome of a clause of its own before a result in brackets: "; survival was longer (HR 0.54"."""
        head = self.text[floor:begin].rpartition("(")[0]
        ends = [clause.end() for clause in CLAUSE.finditer(head)]
        if not ends or WHERE_ONLY.fullmatch(head, ends[-1]):
            return ""
        return self.phrase(floor + ends[-1], floor + len(head), last=True)

    def outcome(self, row: Sequence[Result], floor: int, start: int, stop: int, last: Result | None) -> str | None:
        """Return the words for an outcome, before a row of values or behind it.

        ``last`` is the result before it in the sentence.
        """
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        begin, end = starts[row[0].first], ends[row[-1].last]
        before = self.text[floor:begin]
        if " (no " in before or " (with" in before:
            before = WAS_GIVEN.sub("", before)
        if row[0].measure in ("median", "mean") and (
            self.is_follow_up(begin)
            or (
                row[0].unit in TIME_UNITS
                and (AT_A_MEDIAN.fullmatch(self.text, start, begin) or OF_FOLLOW_UP.match(self.text, end))
            )
        ):
            row[0].time = None
            return "follow-up"
        behind = self.phrase(end, min(self.ceiling(end, stop), end + 170), last=False)
        if words := self.headed(floor, begin, end):
            return words
        if (
            last is not None
            and last.outcome
            and last.measure != "p-only"
            and last.is_contrast == row[0].is_contrast
            and (HELD_AGAINST.fullmatch(before) or (LIST_GOES_ON.fullmatch(before) and LIST_NEXT.match(self.text, end)))
        ):
            return last.outcome
        if behind and row[0].is_contrast and self.is_of_each(row, last, before, stop):
            return behind
        open_bracket = before.rfind("(") > before.rfind(")")
        if ACROSS.match(self.text, end) or (
            last is not None and "(" not in before and self.text[end : end + 1] in (")", "]")
        ):
            behind = ""  # "(A, 71%; B, 78%) and a follow-up of": what stands behind the bracket is of something else
        only_where = WHERE.fullmatch(before) or (row[0].measure in ("mean", "median") and REACHED.fullmatch(before))
        goes_on = last is not None and last.measure == row[0].measure and only_where
        of_each = before.startswith(" of ") and OF_NO_MORE.match(self.text, end)  # "31% of A and 12% of B"
        if last is not None and goes_on and (of_each or WHERE_NEXT.match(self.text, end)):
            return last.outcome
        if last is not None and SECOND_IN_ORDER.fullmatch(before) and IN_ORDER.match(self.text, end):
            return last.outcome
        if behind and not open_bracket and not row[0].is_contrast and OPENED.search(before):
            return behind
        counts = last is not None and last.measure == row[0].measure == "count"
        if behind and counts and AND_SO_MANY.search(before) and A_THING.match(self.text, end):
            return behind
        if behind and LED_TO.search(before) is None and OF_PEOPLE.match(self.text, end):
            return behind
        if last is not None and goes_on:
            return last.outcome
        if words := self.phrase(floor, begin, last=True):
            any_outcome = behind and ANY_OUTCOME.issuperset(words.split()) and FOR_WHAT.match(self.text, end)
            return behind if any_outcome else words
        if row[0].is_contrast and OF_WHAT.match(self.text, end) is None:
            behind = ""
        if not behind and last is not None:
            return last.outcome
        words = behind or self.phrase(start, begin, last=True)
        return words if words != "follow-up" or row[0].measure != "count" else None

    def headed(self, floor: int, begin: int, end: int) -> str:
        """Return the outcome of a list that heads its values: "relief: 44% v 31%; ACR20, 46% v 27%"."""
        head = HEADED.search(self.text, floor, begin)
        if head is None or (head["colon"] != ":" and HEADED_ENDS.match(self.text, end) is None):
            return ""
        return self.phrase(head.start("what"), head.end("what"), last=True)

    def is_of_each(self, row: Sequence[Result], last: Result | None, before: str, stop: int) -> bool:
        """Whether contrasts say behind them, each in turn, what they are of: "0.8 (...) for rash and 1.2 (...)"."""
        end = self.document.tokens.ends[row[-1].last]
        if EACH_FOR_NEXT.match(self.text, end) is None:
            return False
        if last is not None and last.is_contrast and EACH_FOR.fullmatch(before):
            return True
        until = self.ceiling(end, stop)
        return until < stop and EACH_FOR.fullmatch(self.text, end, until) is not None

    def is_follow_up(self, begin: int) -> bool:
        """Whether the words before a number say that it is how long patients were followed."""
        before = self.text[max(0, begin - 60) : begin]
        return any(word in before for word in FOLLOWING) and FOLLOWED.search(before) is not None

    def ceiling(self, end: int, stop: int) -> int:
        """Return where the next result begins, or the sentence ends."""
        behind = bisect_left(self.begins, end)
        return min(stop, self.begins[behind] if behind < len(self.begins) else stop)

    def before_bracket(self, last: Result | None, result: Result) -> Result | None:
        """Return what a share goes on from: "six (3%) on tea (gout [n = 2], falls [n = 4]) and nine (5%) on milk"."""
        if last is None or result.measure not in COUNTED:
            return last
        opened = within = self.document.inside(last.first)
        for _ in range(_DEEPEST):
            if within < 0:
                break
            opened, within = within, self.document.inside(within)
        closed = self.document.partner.get(opened, -1)
        if opened < 0 or not last.last < closed < result.first:
            return last
        starts, ends, end = self.document.tokens.starts, self.document.tokens.ends, self.end_of(result)
        with_it = not result.arms and self.text.startswith((" with ", ") with "), end)
        if with_it or (result.measure == "count" and A_THING.match(self.text, end)):
            return last
        if not ON_FROM_BRACKET.fullmatch(self.text, ends[closed], starts[result.first]):
            return last
        at = bisect_left(self.begins, starts[opened]) - 1
        if at < 0 or self.begins[at + 1] >= starts[last.first]:
            return last  # one number alone in its bracket
        before = self.results[at]
        return before if before.measure in COUNTED and starts[before.first] >= self.sentence(result)[0] else last

    # ------------------------------------------------------------------ what the text defines
    def complete(self, result: Result, timed: dict[str, str]) -> None:
        """Write abbreviations out, say what the primary end point was, and carry the time of an outcome on.

        ``timed`` holds the words of earlier outcomes with their times. A part of a trial leaves open when in it.
        """
        part = result.time if result.time and A_PART.match(result.time) else None
        if part is None:
            self.complete_outcome(result, timed)
            return
        result.time = None
        self.complete_outcome(result, timed)
        within = self.elsewhere.of_phase(part)
        result.time = within or (part if result.time is None else f"{part} ({result.time})")

    def complete_outcome(self, result: Result, timed: dict[str, str]) -> None:
        """Write out and carry on what is not said of the part of a trial that a result is of."""
        outcome = result.outcome
        if self.counts_studies(result):
            result.time = None
        if result.time and (short := result.time.rpartition(" ")[2]) in self.defined:
            result.time = f"{result.time[: -len(short)]}{self.defined[short]} ({short})"  # "at TOC"
        result.time = result.time and self.elsewhere.in_numbers(result.time)
        if not outcome:
            return
        words = outcome.split()
        if self.primary and (says := SAYS_PRIMARY.search(outcome)):
            if " data" not in outcome[max(0, says.start() - 8) : says.end() + 14]:
                # "primary end-point data were available" tells nothing of the end point
                result.outcome = f"{outcome} ({self.primary})"
                result.time = result.time or self.primary_time
            return
        parts = stems(words)
        if _is_of_all_time(result) or outcome == "follow-up" or _AN_AGE.search(outcome) or self.counts_studies(result):
            pass
        elif result.time is None:
            primary = self.elsewhere.of_phase(outcome) or self.primary_time
            in_short = [] if result.measure == "p-only" else words
            in_full = parts + stems([part for word in in_short for part in self.defined.get(word, "").split()])
            if primary == self.primary_time and len(self.primary_times) > 1:
                primary = time_for(in_full, self.primary_times) or primary
            if primary == self.primary_time and not (set(in_full) & self.primary_words or self.says_primary(result)):
                primary = None
            result.time = primary or next((timed[word] for word in parts if word in timed), None)
            if result.measure != "count":
                result.time = result.time or self.elsewhere.of(parts)
            if result.time is None and _is_measured(result, outcome):
                result.time = self.elsewhere.only()
        elif "baseline" not in result.time:
            timed |= dict.fromkeys((part for part in parts if part not in OF_PATIENTS), result.time)
        written = [f"{self.short[word]} ({word})" if word in self.short else word for word in words]
        result.outcome = " ".join(written)

    def says_primary(self, result: Result) -> bool:
        """Whether the sentence of a result speaks of the primary end point before it."""
        begin = self.document.tokens.starts[result.first]
        return SAYS_PRIMARY.search(self.text, max(self.sentence(result)[0], begin - WIDEST), begin) is not None


def _is_of_all_time(result: Result) -> bool:
    """Whether a result is of the whole course of a trial, so that no other result's time is its own."""
    return result.measure in ("hazard-ratio", "rate") or (result.measure == "median" and _is_timed(result))


def _is_timed(result: Result) -> bool:
    """Whether a result is a time itself: of two the second may have the unit of both, "112 v 109 days"."""
    return any(one.unit in TIME_UNITS for one in result.row or (result,))


def _is_measured(result: Result, outcome: str) -> bool:
    """Whether a result is of what is measured when patients are seen, and not of how long something lasts."""
    if _is_timed(result) and result.measure in ("mean", "median", "difference"):
        below_zero = result.measure == "mean" and result.signs[0] < 0  # what changed was seen twice
        return below_zero or (result.measure != "median" and _OF_A_COURSE.search(outcome) is None)
    if result.measure == "median":
        return _LASTS.search(outcome) is None
    if result.measure == "p-only":
        return not result.of and _LASTS.search(outcome) is None
    return result.measure in MEASURED or (result.measure == "other" and result.interval is None)
