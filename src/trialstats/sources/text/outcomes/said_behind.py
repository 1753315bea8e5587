"""The words for an outcome that stand behind a number: "12% had a rash", "31 deaths (55%)", "an 18% gain in weight"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import Protocol

from trialstats.claims.model import RATIO_MEASURES
from trialstats.sources.text.groups.model import Groups
from trialstats.sources.text.outcomes.forms import (
    AGAINST,
    AN_EVENT,
    CHANGE_IN,
    FOR_BEFORE_P,
    GOES_INTO,
    IN_A_PLACE,
    TIMES_HIGHER,
    TO_AN_ARM,
)
from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_outcomes import (
    CASES_OF,
    DID_NOT,
    EVENTS_COUNTED,
    MORE_OF,
    OF_AN_ARM,
    SAYS,
    SEX_BEFORE,
    SEX_COUNTED,
    SEX_ENDS,
    WHO,
    sex_behind,
    starts_at,
)
from trialstats.sources.text.words.of_values import OF_STUDIES

COUNTED = frozenset(("count", "proportion", "survival"))
"""What is a number of people, or their share."""
MEASURED = frozenset(("difference", "mean"))
"""What is measured when patients are seen."""


class _Phrase(Protocol):
    """Finds the words of a stretch that may name an outcome."""

    def __call__(self, start: int, stop: int, *, last: bool) -> str: ...


class SaidBehind:
    """What one document says behind its numbers.

    Parameters
    ----------
    document : Document
    groups : Groups
    phrase : callable
        Returns the words for an outcome of a stretch of text.
    ceiling : callable
        Returns where the next result behind a place begins, or the sentence ends.
    """

    def __init__(self, document: Document, groups: Groups, phrase: _Phrase, ceiling: Callable[[int, int], int]) -> None:
        self.document = document
        self.text = document.tokens.text
        self.groups = groups
        self.mentions = [mention.start for mention in groups.mentions]
        self.phrase, self.ceiling = phrase, ceiling

    def told(self, row: Sequence[Result], stop: int) -> str:
        """Return what is said behind a number: "12% of those on placebo had a rash", "an 18% increase in weight"."""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        if row[0].measure == "rate" and 0 <= row[0].x < row[0].value:
            stop = starts[row[0].n if row[0].x < row[0].n < row[0].value else row[0].value]
            return self.phrase(ends[row[0].x], stop, last=False)  # "336 falls (22.4 per 100 years)"
        if row[0].measure == "count" and 0 <= row[0].x < row[0].n:
            at = ends[row[0].x]  # "48 falls over 1,210 patient-years", "48 cases of flu in 1,210 adults"
            if row[0].is_over_time or EVENTS_COUNTED.match(self.text, at) or CASES_OF.match(self.text, at):
                words = self.phrase(at, starts[row[0].n], last=False)
                return "" if words == "times" else words
        counted = row[0].measure == "count" and row[0].n < 0 and EVENTS_COUNTED.match(self.text, ends[row[0].last])
        if counted:
            return counted["what"]
        if row[0].measure == "count" and (studies := OF_STUDIES.match(self.text, ends[row[0].last])):
            return studies[0].strip()  # "12 randomised trials"
        if row[0].measure in COUNTED and (words := self.counted_in_words(row[0])):
            return words
        if words := self.risk_of(row[0], stop) or self.risk_of(row[-1], stop):
            return words
        more = MORE_OF.match(self.text, ends[row[-1].last]) if row[0].measure in MEASURED else None
        if more is not None and (words := self.phrase(more.end(), min(stop, more.end() + 90), last=False)):
            return words
        if row[0].measure in RATIO_MEASURES and 0 <= row[0].value < row[0].last:
            named = FOR_BEFORE_P.match(self.text, ends[row[0].value], ends[row[0].last])
            if named is not None and (words := self.phrase(named.start("what"), named.end("what"), last=True)):
                return words
        for one in dict.fromkeys((row[0].last, row[-1].last)):
            end = ends[one]
            ceiling = self.ceiling(end, stop)
            change = CHANGE_IN.match(self.text, end)
            if change is not None and (words := self.phrase(change.end(), min(ceiling, end + 170), last=False)):
                return words
            if row[0].measure not in COUNTED:
                continue
            if words := self.not_done(end, stop):
                return words
            verb, ceiling = self.verb_behind(end, stop)
            if verb is None or verb.end() > ceiling:
                continue
            if (event := AN_EVENT.match(self.text, verb.end())) is not None:
                return event["what"]
            alone = row[0].x < 0 and self.text[end : end + 1] in (")", "]")  # "glucose (n = 4) were included"
            if not alone and (into := GOES_INTO.match(self.text, verb.start())) is not None:
                return into["what"]
            if words := sex_behind(self.text, verb) or self.phrase(
                starts_at(verb), min(ceiling, verb.end() + 170), last=False
            ):
                return words
        return ""

    def not_done(self, end: int, stop: int) -> str:
        """Return what those who are counted right before a place did not do: "one did not receive treatment"."""
        who, ceiling = WHO.match(self.text, end), self.ceiling(end, stop)
        said = None if who is None else DID_NOT.match(self.text, who.end(), ceiling)
        if said is None:
            return ""
        words = self.phrase(said.end(), min(ceiling, said.end() + 90), last=False)
        return f"not {words or said['what']}"

    def verb_behind(self, end: int, stop: int) -> tuple[re.Match[str] | None, int]:
        """Return what those did who are counted right before a place, and where the next result begins.

        What a bracket says of each arm may stand before it: "61 (15%) of 400 adults (31 on tea, 30 on milk) fell".
        """
        who = WHO.match(self.text, end)
        if who is None:
            return None, stop
        ceiling = self.ceiling(end, stop)
        verb = SAYS.match(self.text, who.end()) or self.said_of_an_arm(who.end(), ceiling)
        if verb is None and (place := IN_A_PLACE.match(self.text, who.end(), ceiling)) is not None:
            verb = SAYS.match(self.text, place.end())
        if verb is None and self.text.startswith(" (", who.end()):
            opened = bisect_left(self.document.tokens.starts, who.end() + 1)
            closed = self.document.partner.get(opened, -1)
            if closed > opened:
                behind = self.document.tokens.ends[closed]
                verb, ceiling = SAYS.match(self.text, behind), self.ceiling(behind, stop)
        return verb, ceiling

    def risk_of(self, one: Result, stop: int) -> str:
        """Return what an efficacy is held against, or a ratio is a risk of, behind the number."""
        ends = self.document.tokens.ends
        found = None
        if one.measure in ("relative-reduction", "proportion"):
            found = AGAINST.match(self.text, ends[one.last], stop)
        elif (one.measure in RATIO_MEASURES or one.measure == "other") and one.value >= 0:
            found = TIMES_HIGHER.match(self.text, ends[one.value], stop)
        return "" if found is None else self.phrase(found.end(), min(stop, found.end() + 90), last=False)

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
        return self.said_between(one) if before is None else before["what"]

    def said_between(self, one: Result) -> str:
        """Return what people did between their number and their share: "21 women had a fall (14%)"."""
        if not 0 <= one.x < one.value or one.x < one.n < one.value:
            return ""
        starts, ends = self.document.tokens.starts, self.document.tokens.ends
        who = WHO.match(self.text, ends[one.x])
        verb = None if who is None else SAYS.match(self.text, who.end())
        if verb is None or verb.end() > starts[one.value]:
            return ""
        return sex_behind(self.text, verb) or self.phrase(starts_at(verb), starts[one.value], last=False)

    def said_of_an_arm(self, at: int, ceiling: int) -> re.Match[str] | None:
        """Return the verb behind the name of an arm that stands right behind those who are counted."""
        first = bisect_left(self.mentions, at)
        if first == len(self.mentions) or self.mentions[first] > min(ceiling, at + 45):
            return None
        mention = self.groups.mentions[first]
        if TO_AN_ARM.fullmatch(self.text, at, mention.start) is None:
            return None
        named = OF_AN_ARM.match(self.text, mention.end)
        return None if named is None else SAYS.match(self.text, named.end())
