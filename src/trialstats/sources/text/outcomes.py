"""What a result is of, and when: the words for its outcome and its time, beside it in the sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from trialstats.sources.text.abbreviations import abbreviations
from trialstats.sources.text.document import Document
from trialstats.sources.text.group_model import Groups
from trialstats.sources.text.measure_words import TIME as TIME_UNITS
from trialstats.sources.text.outcome_words import (
    A_SEX,
    CORRESPONDING,
    EVENTS_COUNTED,
    HOW_MEASURED,
    IN_A_POPULATION,
    LEADS_TO_CORRESPONDING,
    MORE_OF,
    OF_AN_ARM,
    OF_FOLLOW_UP,
    PER_PERSON_TIME,
    REMARK,
    SAYS,
    SEX_BEFORE,
    SEX_COUNTED,
    SEX_ENDS,
    WHO,
    affected,
    sex_behind,
    starts_at,
    stems,
    telling,
)
from trialstats.sources.text.primary_outcome import SAYS_PRIMARY, first_primary
from trialstats.sources.text.result_times import Times, share_times
from trialstats.sources.text.results import Result
from trialstats.sources.text.told_times import ToldTimes

_BREAK = re.compile(
    r"[;:](?!\d)|\. |, (?:and|but|with|while|whereas|compared)\b|\b(?:whereas|while|(?:al)?though|but|than"
    r"|compared (?:with|to)|versus|vs)\b|[()\[\]]"
)
_COMPARED = re.compile(r"than|compared|versus|vs")
_REST_OF_A_NAME = re.compile(r"[-+/][a-z0-9][\w-]*")
"""What goes on the name of an arm: the "-xr" of "lumarin-xr"."""
_HAPPENED = re.compile(
    r"\b(?:(?:was|were) (?:also )?(?:observed|seen|reported|noted|recorded|found|achieved)|occurred)\b"
)
"""Behind these words stands where, before them what."""
_ARM = " | "
"""What stands for the name of an arm."""
_FOR = re.compile(r"\b(?:for|of)(?: the)? (?P<of>[^()\[\];:=0-9]{3,70}?)(?:,| was| were| is|:| =|=|\(|\[| of)* ?$")
# What stands right before a value that its outcome leads to: "response was", "deaths occurred in", "rash (".
_LED_TO = re.compile(
    r"(?:\b(?:was|were|is|are|in|of|at|by|to|from|for|with|had|reached|averaged|rates?|survival|incidence|only|about"
    r"|than|be|versus|vs|approximately|achieved|experienced|showed|reported|received|developed)"
    r"|[(\[=:])[ (\[]*[-+<>≥≤]?$"
)
# "In the per-protocol population, six", "As of July, a total of 301": what leads to nothing but the number.
_OPENED = re.compile(
    r"(?:,|^|[.:])(?: and| in total)? ?(?:only|a total of|approximately|about|a further|another|an additional|nearly"
    r"|overall)? ?$"
)
_OF_PEOPLE = re.compile(r"\)? ?(?:of|patients|participants|subjects|women|men|children|\()")
# A result of its own begins behind one of these: "...; survival was longer (HR".
_CLAUSE = re.compile(r"; |\), |\band |\bbut |\bwhereas |\bwhile |, with ")
# Words that only say where: "12% of those on the drug, 14% ..." is of one outcome.
_WHERE = re.compile(
    r"[)\]]*(?: (?:days|weeks|months|years|hours|minutes|points?|kg|mm ?hg|[a-zµ]{1,5}/[a-z0-9]{1,4}))?"
    r",? (?:in|for|with|on|among|of|receiving|after|to) (?:[^.;:()0-9,]|(?<=[a-z])[0-9]){1,60}"
    r"(?:,|,? and|,? versus|,? vs\.?|,? compared with|,? compared to|,? than) (?:in |for |with )?"
)
_WHERE_NEXT = re.compile(r"%?[)\]]?(?: (?:days|weeks|months|years|points|kg))? (?:in|with|on|for|among) ")
_SECOND_IN_ORDER = re.compile(r"[)\]]{0,3}(?:,? (?:in|at|for) (?:the )?[a-z0-9 -]{1,30}?)?,? and ")
_IN_ORDER = re.compile(r" ?[a-z/%]{0,8}(?: and [0-9.]+)?,? respectively\b")
"""A second row of values in the order of the first: "... in trial 1 (HR 0.9) and 0.11 and 0.10, respectively"."""
_WHERE_ONLY = re.compile(r"(?:respectively,? )?(?:in|for|with|on|among|of) [^,;]*")
_FOLLOWED = re.compile(
    r"(?<!s of )\bfollow(?:ed)?[ -]?up(?: (?:duration|time|period))?(?: (?:was|of|is|for|lasted|averaged))*"
    r"(?: an?(?: (?:median|mean|average))? of)?[ (:,=]*$"
    r"|\b(?:followed(?:[ -]up)?|observed|monitored) for an? (?:median|mean|average) of $"
    r"|\bobservation (?:time|period)(?: (?:was|of|is))*[ (:,=]*$"
)
_FOLLOWING = ("follow", "observ", "monitor")
"""One of these stands in what it finds."""
_AT_A_MEDIAN = re.compile(
    r"(?:[\s.]{0,3}[a-z ]{4,25}:)?[\s.]{0,4}(?:at|after|with|over|during|by) an? (?:median|mean|average) of "
)
"""What leads a sentence with the time at which it was looked: "At a median of 12 months, survival was"."""
_OF_WHAT = re.compile(r"[)\]]* ?(?:for|in|of|on) ")
# "an 18% increase in cost": what changed stands behind.
_CHANGE_IN = re.compile(
    r" ?-?(?:[a-z]{1,12} )?(?:(?:relative|absolute|mean|median|risk) )?(?:reduction|decrease|decline|drop|fall|increase"
    r"|rise|improvement|gain|loss|change|excess|difference|growth|shift|prolongation|elevation|deterioration|increment"
    r"|decrement|(?:lower|rais|short|length|slow|wors)(?:en)?ing)s? (?:in|of) (?:the )?"
)
_COUNTED = frozenset(("count", "proportion", "survival"))
_TO_AN_ARM = re.compile(
    r"[)\]]?,? ?(?:(?:who (?:were |was )?)?(?:treated|assigned|allocated|randomi[sz]ed|receiving|given|taking) ?)?"
    r"(?:in|with|on|to|from|of|for|among|receiving|given|by)?(?: the| those)* ?"
)
_MEASURED = frozenset(("difference", "mean"))
"""What is measured when patients are seen."""
_LASTS = re.compile(r"\b(?:surviv|time|duration|progress|age\b|follow|stay|os\b|pfs\b|dfs\b|ttp\b)")
_COUNTED_IN = re.compile(
    r" (?:in|for|by) [0-9]+ (?:out )?of (?:the )?[0-9]+ (?:[|a-z][^;:.,]*)? and (?:(?:in|for|by) )?[0-9]+ (?:out )?of "
    r"[^;:.,]*$"
)
"""Counts of two arms before their percentages: "in 12 of 60 on the one and 9 of 58 on the other (20% v 16%)"."""
_MOST_WORDS = 9
_WIDEST = 300
"""Characters in which the words for an outcome must stand."""


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
    share_times(document, results)
    timed: dict[str, str] = {}
    for result in results:
        reader.complete(result, timed)


class _Reader:
    """Finds the words of one document."""

    def __init__(self, document: Document, groups: Groups, results: Sequence[Result]) -> None:
        self.document = document
        self.text = document.tokens.text
        self.groups = groups
        self.mentions = [mention.start for mention in groups.mentions]
        starts, ends = document.tokens.starts, document.tokens.ends
        self.begins = [starts[one.first] for one in results]
        self.ends = [ends[one.last] for one in results]
        self.times = Times(document, self.ends)
        self.defined, self.short = abbreviations(document)
        primary = first_primary(self.text)
        self.primary = self.text[slice(*primary[1])].strip() if primary else ""
        self.primary_words = set(stems(telling(self.primary, self.defined)))
        self.primary_time = primary and (primary[0] or self.times.first(*primary[1]))
        self.elsewhere = ToldTimes(document, self.begins)

    def sentence(self, result: Result) -> tuple[int, int]:
        first, last = self.document.sentence(result.first)
        starts = self.document.tokens.starts
        return starts[first], starts[min(last, len(starts) - 1)]

    # ------------------------------------------------------------------ one result
    def describe(self, result: Result, last: Result | None) -> None:
        """Set the outcome and time of a result, as far as its sentence or the result before it says."""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        start, stop = self.sentence(result)
        self.times.enter(start, stop)
        row = result.row or (result,)
        if row[0] is not result and (
            (row[0].outcome and A_SEX.fullmatch(row[0].outcome))
            or (result.measure in _COUNTED and self.counted_in_words(result))
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
        floor = max(floor, start)
        if _is_of_all_time(result):
            result.time = self.times.nearest(begin, end, floor, self.ceiling(end, stop))
        else:
            own = self.times.right_behind(result, stop)
            result.time = own or self.times.nearest(begin, end, start, stop) or self.times.led(start, stop)
        if last is not None and last.outcome and A_SEX.fullmatch(last.outcome):
            last = None  # what is said of women, men is said of nothing else
        same = last is not None and starts[last.first] >= start
        if (
            last is not None
            and self.text.endswith(LEADS_TO_CORRESPONDING, floor, begin)
            and (CORRESPONDING.search(self.text, floor, begin))
        ):
            result.outcome = last.outcome
            return
        if told := self.told(row, stop):
            result.outcome = told
            return
        if last is not None and same and (goes_on := self.goes_on(last, result, floor, begin)):
            result.outcome = last.outcome if goes_on is True else goes_on
            result.time = result.time or (None if _is_of_all_time(result) else last.time)
            return
        result.outcome = self.outcome(row, floor, start, stop, last if same else None)
        if not result.outcome and last is not None:
            result.outcome = last.outcome

    def goes_on(self, last: Result, result: Result, floor: int, begin: int) -> bool | str:
        """Whether a result is of the outcome of the one before it, as their ratio or P is; or the outcome it names."""
        gap = self.text[floor:begin]
        if result.measure == "p-only":
            return True if result.of else not self.own_clause(floor, begin)
        if not result.is_contrast or last.outcome == "follow-up":
            return False
        named = _FOR.search(gap)
        if named is not None and (words := self.phrase(floor + named.start("of"), floor + named.end("of"), last=True)):
            return words
        if last.is_contrast and last.measure != "relative-reduction":
            return not telling(gap, self.defined)
        if self.own_clause(floor, begin):
            return False
        return not telling(gap.rpartition("(")[2], self.defined) or (
            gap.count(")") <= 1 and not self.phrase(floor, begin, last=True)
        )

    def own_clause(self, floor: int, begin: int) -> str:
        """Return the outcome of a clause of its own before a result in brackets: "; survival was longer (HR 0.54"."""
        head = self.text[floor:begin].rpartition("(")[0]
        ends = [clause.end() for clause in _CLAUSE.finditer(head)]
        if not ends or _WHERE_ONLY.fullmatch(head, ends[-1]):
            return ""
        return self.phrase(floor + ends[-1], floor + len(head), last=True)

    def outcome(self, row: Sequence[Result], floor: int, start: int, stop: int, last: Result | None) -> str | None:
        """Return the words for an outcome, before a row of values or behind it.

        ``last`` is the result before it in the sentence.
        """
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        begin, end = starts[row[0].first], ends[row[-1].last]
        before = self.text[floor:begin]
        if row[0].measure in ("median", "mean") and (
            (any(word in before for word in _FOLLOWING) and _FOLLOWED.search(before))
            or (
                row[0].unit in TIME_UNITS
                and (_AT_A_MEDIAN.fullmatch(self.text, start, begin) or OF_FOLLOW_UP.match(self.text, end))
            )
        ):
            row[0].time = None
            return "follow-up"
        behind = self.phrase(end, min(self.ceiling(end, stop), end + 170), last=False)
        open_bracket = before.rfind("(") > before.rfind(")")
        if last is not None and "(" not in before and self.text[end : end + 1] in (")", "]"):
            behind = ""  # "(A, 71%; B, 78%) and a follow-up of": what stands behind the bracket is of something else
        goes_on = last is not None and last.measure == row[0].measure and _WHERE.fullmatch(before)
        if last is not None and goes_on and _WHERE_NEXT.match(self.text, end):
            return last.outcome
        if behind and not open_bracket and not row[0].is_contrast and _OPENED.search(before):
            return behind
        if behind and _LED_TO.search(before) is None and _OF_PEOPLE.match(self.text, end):
            return behind
        if last is not None and goes_on:
            return last.outcome
        if last is not None and _SECOND_IN_ORDER.fullmatch(before) and _IN_ORDER.match(self.text, end):
            return last.outcome
        if words := self.phrase(floor, begin, last=True):
            return words
        if row[0].is_contrast and _OF_WHAT.match(self.text, end) is None:
            behind = ""
        if not behind and last is not None:
            return last.outcome
        return behind or self.phrase(start, begin, last=True)

    def ceiling(self, end: int, stop: int) -> int:
        """Return where the next result begins, or the sentence ends."""
        behind = bisect_left(self.begins, end)
        return min(stop, self.begins[behind] if behind < len(self.begins) else stop)

    def told(self, row: Sequence[Result], stop: int) -> str:
        """Return what is said behind a number: "12% of those on placebo had a rash", "an 18% increase in weight"."""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        if row[0].measure == "rate" and 0 <= row[0].x < row[0].value:
            return self.phrase(ends[row[0].x], starts[row[0].value], last=False)  # "336 falls (22.4 per 100 years)"
        counted = row[0].measure == "count" and row[0].n < 0 and EVENTS_COUNTED.match(self.text, ends[row[0].last])
        if counted:
            return counted["what"]
        if row[0].measure in _COUNTED and (words := self.counted_in_words(row[0])):
            return words
        more = MORE_OF.match(self.text, ends[row[-1].last]) if row[0].measure in _MEASURED else None
        if more is not None and (words := self.phrase(more.end(), min(stop, more.end() + 90), last=False)):
            return words
        for one in dict.fromkeys((row[0].last, row[-1].last)):
            end = ends[one]
            ceiling = self.ceiling(end, stop)
            change = _CHANGE_IN.match(self.text, end)
            if change is not None and (words := self.phrase(change.end(), min(ceiling, end + 170), last=False)):
                return words
            if row[0].measure not in _COUNTED:
                continue
            who = WHO.match(self.text, end)
            verb = None if who is None else SAYS.match(self.text, who.end()) or self.said_of_an_arm(who.end(), ceiling)
            if verb is None or verb.end() > ceiling:
                continue
            if words := sex_behind(self.text, verb) or self.phrase(
                starts_at(verb), min(ceiling, end + 170), last=False
            ):
                return words
        return ""

    def counted_in_words(self, one: Result) -> str:
        """Return the sex or the events that stand with a count: "(18 men, 21 women)", "31 deaths (55%)"."""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        if 0 <= one.x < one.value:
            between = self.text[ends[one.x] : starts[one.value]]
            end = ends[one.last]
            if self.text[end - 1] not in ")]":
                end += self.text.startswith((")", "]"), end)
            found = EVENTS_COUNTED.match(between) or (SEX_ENDS.match(self.text, end) and SEX_COUNTED.match(between))
            if found is not None and between[found.end() :].strip() in ("(", "["):
                return found["what"]
        behind = SEX_COUNTED.match(self.text, ends[one.last]) if one.n < 0 else None
        if behind is not None and SEX_ENDS.match(self.text, behind.end()):
            return behind["what"]
        before = SEX_BEFORE.search(self.text, max(0, starts[one.first] - 16), starts[one.first])
        return "" if before is None else before["what"]

    def said_of_an_arm(self, at: int, ceiling: int) -> re.Match[str] | None:
        """Return the verb behind the name of an arm that stands right behind those who are counted."""
        first = bisect_left(self.mentions, at)
        if first == len(self.mentions) or self.mentions[first] > min(ceiling, at + 45):
            return None
        mention = self.groups.mentions[first]
        if _TO_AN_ARM.fullmatch(self.text, at, mention.start) is None:
            return None
        named = OF_AN_ARM.match(self.text, mention.end)
        return None if named is None else SAYS.match(self.text, named.end())

    def phrase(self, start: int, stop: int, *, last: bool) -> str:
        """Return the words of a stretch that may name an outcome, nearest to the number and without names of arms."""
        start, stop = (max(start, stop - _WIDEST), stop) if last else (start, min(stop, start + _WIDEST))
        if stop - start < 3:
            return ""
        first = bisect_left(self.mentions, start)
        cuts = [(time, till, " ") for time, till, _ in self.times.between(start, stop)]
        for mention in self.groups.mentions[first : bisect_left(self.mentions, stop, first)]:
            rest = _REST_OF_A_NAME.match(self.text, mention.end, stop)
            cuts.append((mention.start, mention.end if rest is None else rest.end(), _ARM))
        said, at = "", start
        for begin, end, instead in sorted(cuts):
            said += self.text[at : max(at, begin)] + instead
            at = max(at, end)
        said += self.text[at:stop]
        if "population" in said or " set" in said:
            said = IN_A_POPULATION.sub(" ", said)
        if "per " in said or "/" in said:
            said = PER_PERSON_TIME.sub(" ", said)
        if last and "follow" in said and (followed := OF_FOLLOW_UP.match(said)):
            said = said[followed.end() :]
        if last and " of " in said and (counted := _COUNTED_IN.search(said)) and telling(said[: counted.start()]):
            said = said[: counted.start()]
        words = self.last_words(said) if last else self.first_words(said)
        return " ".join(words[-_MOST_WORDS:] if last else words[:_MOST_WORDS])

    def first_words(self, said: str) -> list[str]:
        """Return the words of the first part of a stretch that tells an outcome."""
        return next((words for part in _BREAK.split(said) if (words := telling(part, self.defined))), [])

    def last_words(self, said: str) -> list[str]:
        """Return the words of the last part of a stretch that tells an outcome, but not of what it is held against."""
        against: list[str] = []
        stop = len(said)
        for found in (*reversed(list(_BREAK.finditer(said))), None):
            part = said[0 if found is None else found.end() : stop]
            if found is not None and (REMARK.search(part) or (found[0] in "([" and self.is_aside(said, found, stop))):
                stop = found.start()
                continue
            if found is not None and _COMPARED.match(found[0]) and (words := telling(affected(part), self.defined)):
                return words
            where = _HAPPENED.search(part)
            words = telling(part if where is None else part[: where.start()], self.defined)
            if where is not None and not words:
                against = against or telling(part[where.end() :], self.defined)
                if found is not None:
                    stop = found.start()
                    continue
            if found is not None and "," in part and _COMPARED.match(found[0]):
                words = telling(part.rpartition(",")[2], self.defined)  # "compared with the drug, costs rose by"
                if words:
                    return words
            if words and (against or found is None or _COMPARED.match(found[0]) is None):
                return words
            if against:
                return against
            against, stop = words, 0 if found is None else found.start()
        return against

    def is_aside(self, said: str, opened: re.Match[str], stop: int) -> bool:
        """Whether a bracket only says more of the words before it: "fatigue (Lund scale) was less"."""
        inside = said[opened.end() : stop]
        if HOW_MEASURED.match(inside) is not None:
            return True
        closed = said[stop : stop + 1] in (")", "]") and " " in inside.strip()  # one word alone is a name of the same
        return closed and bool(telling(_BREAK.split(said[: opened.start()])[-1], self.defined))

    # ------------------------------------------------------------------ what the text defines
    def complete(self, result: Result, timed: dict[str, str]) -> None:
        """Write abbreviations out, say what the primary end point was, and carry the time of an outcome on.

        ``timed`` holds the words of earlier outcomes with their times.
        """
        outcome = result.outcome
        if result.time and (short := result.time.rpartition(" ")[2]) in self.defined:
            result.time = f"{result.time[: -len(short)]}{self.defined[short]} ({short})"  # "at TOC"
        result.time = result.time and self.elsewhere.in_numbers(result.time)
        if not outcome:
            return
        words = outcome.split()
        if self.primary and SAYS_PRIMARY.search(outcome):
            result.outcome = f"{outcome} ({self.primary})"
            result.time = result.time or self.primary_time
            return
        parts = stems(words)
        if _is_of_all_time(result):
            pass
        elif result.time is None:
            primary = self.primary_time
            if primary and not (set(parts) & self.primary_words or self.says_primary(result)):
                primary = None
            result.time = primary or next((timed[word] for word in parts if word in timed), None)
            if result.measure != "count":
                result.time = result.time or self.elsewhere.of(parts)
            if result.time is None and _is_measured(result, outcome):
                result.time = self.elsewhere.only()
        elif "baseline" not in result.time:
            timed |= dict.fromkeys(parts, result.time)
        written = [f"{self.short[word]} ({word})" if word in self.short else word for word in words]
        result.outcome = " ".join(written)

    def says_primary(self, result: Result) -> bool:
        """Whether the sentence of a result speaks of the primary end point before it."""
        begin = self.document.tokens.starts[result.first]
        return SAYS_PRIMARY.search(self.text, max(self.sentence(result)[0], begin - _WIDEST), begin) is not None


def _is_of_all_time(result: Result) -> bool:
    """Whether a result is of the whole course of a trial, so that no other result's time is its own."""
    return result.measure in ("hazard-ratio", "rate") or (result.measure == "median" and result.unit in TIME_UNITS)


def _is_measured(result: Result, outcome: str) -> bool:
    """Whether a result is of what is measured when patients are seen, and not of how long something lasts."""
    if result.measure == "median":
        return _LASTS.search(outcome) is None
    if result.measure == "p-only":
        return not result.of and _LASTS.search(outcome) is None
    return result.measure in _MEASURED or (result.measure == "other" and result.interval is None)
