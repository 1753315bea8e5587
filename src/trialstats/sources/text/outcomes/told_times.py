"""Times that stand elsewhere than beside a result: in what was to be measured, and in the words for a follow-up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from trialstats.sources.text.outcomes.lengths_of_arms import length_of
from trialstats.sources.text.outcomes.times import LED, find_times, only_time, times_of
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_outcomes import stems, words_of

_SET_OUT = re.compile(
    # A set of letters comes first, so that the search jumps from one to the next.
    r"[aeop](?<=\b.)(?:(?<=o)(?:utcomes?|bjectives?)|(?<=e)nd[ -]?points?|(?<=a)ims?|(?<=p)urpose)"
    r"(?: measures?| variables?)?\b"
    r"(?P<of>(?:[^.;]|\.(?=[0-9])){8,300})"
)
"""What a text set out to measure: "secondary outcomes were pain and sleep at 12 weeks"."""
_MEASURED = re.compile(
    # A letter comes first, so that the search jumps from one to the next.
    r"w(?<=\bw)(?:as|ere)(?: also| then)? (?:compared|assessed|measured|evaluated|recorded|determined|examined|scored"
    r"|rated)\b(?P<when>[^.;:]{4,120})"
)
"""What a text says to have measured: "pain and sleep were assessed at 12 weeks"."""
_SEEN_AT = re.compile(r"\b(?:at|after|by)(?: the| about| approximately)? $")
_SENTENCE = 220
"""Characters before its verb that name it."""
_UNITS = ("day", "week", "wk", "mo", "year", "yr", "hour", "cycle", "min")
_LEADS = re.compile(r"[^a-z]*(?:(?:was|were|are|is|included?|measured|assessed|at|after|by|the|on)[ ,:]+)*$")
"""What stands before a time that leads a list of outcomes: "outcomes at 12 weeks were pain and sleep"."""
_GENERAL = frozenset(
    ("basel", "chang", "score", "level", "event", "outco", "endpo", "effic", "safet", "compo", "asses", "measu",
     "defin", "deter", "compa", "evalu", "prima", "secon", "follo", "clini", "rando", "effec", "patie", "thera")
)  # fmt: skip
"""Beginnings of words that many outcomes share."""
OF_PATIENTS = frozenset(
    ("infan", "neona", "mater", "women", "child", "adult", "mothe", "human", "parti", "subje", "volun")
)
"""Beginnings of words for those who took part, which outcomes share that are otherwise not of one kind."""
_FOLLOW_UP = re.compile(
    r"(?P<at>(?<![0-9.-])[0-9]{1,3}[ -]?(?:day|week|month|year))s?(?:'|[ -])?(?: ?(?:of )?)follow-?up\b"
    r"|\b(?:follow-?up|followed(?: up)?) (?:(?:was|of|at|for|to|lasted|period) ){1,2}"
    r"(?P<for>[0-9]{1,3}[ -](?:day|week|month|year)s?)\b"
)
_HYPHENED = re.compile(r"[0-9]{1,3}-[a-z]")
_CENTRE = re.compile(r"\b(?:median|mean|average|minimum|maximum|least|most|up to)(?: of)?(?: about)? $")
_VAGUE = re.compile(
    r"follow-?up|after (?:the )?(?:treatment|intervention|therapy)$"
    r"|end of (?:the )?(?:study|trial|treatment|intervention|therapy|program\w*|period)"
    r"|(?:study|trial|treatment|intervention) (?:end|completion)|post-?(?:test|treatment|intervention|therapy|training)"
    r"|at (?:the )?(?:end[ -]?point|outcome)"
)
"""Words for a time that say no number: "at follow-up", "at the end of the study"."""


_LONG = re.compile(r"\b(?:day|week|wk|month|mo|year|yr)s?\b")
"""Times as long as a trial or its follow-up."""
_EARLY_OR_LATE = r"(?:(?:early|late|immediate) )?(?!(?:phase|period|stage)s?\b)"
_PHASE = re.compile(
    rf"\b(?P<name>(?!(?:the|and|or|of|each|this|study|treatment)\b){_EARLY_OR_LATE}[a-z-]{{4,20}})"
    r"(?: (?:phase|period|stage))? "
    r"\((?:defined as |from |> ?|≥ ?){0,3}"
    r"(?P<time>(?:(?:day|hour|week|month|cycle)s? )?[0-9]{1,3}(?:-| to | through )[0-9]{1,3}"
    r"(?: ?(?:h|hours?|days?|weeks?|wk|months?)\b[^()]{0,40})?)\)"
)
"""A part of a trial with its times behind it: "the late phase (25-120 h)"."""
_IN_A_PHASE = re.compile(rf"\b(?P<name>{_EARLY_OR_LATE}[a-z-]{{4,20}}) (?:phase|period|stage)s?\b")


class ToldTimes:
    """The times that a document tells for its outcomes where no result stands.

    Parameters
    ----------
    document : Document
    begins : sequence of int
        Where each result begins.
    measured : sequence of int
        Where each begins that is no count.
    lengths : set of str
        By which the arms are named.
    """

    def __init__(
        self, document: Document, begins: Sequence[int], measured: Sequence[int], lengths: frozenset[str]
    ) -> None:
        self._measured = measured
        self._lengths = lengths
        self._document = document
        self._begins = begins
        self._of: dict[str, str] | None = None
        self._only: list[str | None] = []
        self._follow_up: list[str | None] = []
        self._phases: dict[str, str] | None = None

    def of(self, parts: Sequence[str]) -> str | None:
        """Return the time that a text says to measure an outcome at, by the beginnings of its words."""
        if self._of is None:
            self._of = self._read()
        told = [self._of[part] for part in parts if part in self._of]
        return told[0] if told and len(set(told)) == 1 else None

    def of_phase(self, words: str) -> str | None:
        """Return the times of the part of a trial that some words name, with its name: "late phase (25-120 h)"."""
        found = _IN_A_PHASE.search(words)
        if found is None:
            return None
        if self._phases is None:
            text = self._document.tokens.text
            self._phases = {}
            for match in _PHASE.finditer(text) if "phase" in text or "period" in text or "stage" in text else ():
                self._phases.setdefault(match["name"], match["time"])
        time = self._phases.get(found["name"])
        return None if time is None else f"{found[0]} ({time})"

    def only(self) -> str | None:
        """Return the time at which a trial measured, where its text names one and no other."""
        if not self._only:
            time = only_time(self._document, self._measured)  # it is looked for once, and seldom
            self._only = [None if time is None or length_of(time) in self._lengths else time]
        return self._only[0]

    def in_numbers(self, time: str) -> str:
        """Return a time with the number that its words stand for, where the text says it in one way."""
        if any(letter.isdigit() for letter in time):
            return time
        if (phase := self.of_phase(time)) is not None:
            return phase
        if _VAGUE.search(time) is None:
            return time
        only = times_of(self.only() or "")[-1]
        number = (self._followed() if "follow" in time else None) or (only if _LONG.search(only) else None)
        return time if number is None else f"{time} ({number})"

    def _followed(self) -> str | None:
        """Return how long all patients were followed: "at 60-day follow-up"."""
        if not self._follow_up:
            text = self._document.tokens.text
            found = set()
            for match in _FOLLOW_UP.finditer(text):
                places = match.start(), match.start(match.lastgroup or 0)
                if not any(_CENTRE.search(text, max(0, at - 24), at) for at in places):
                    found.add(match["at"] or match["for"])
            known = {said.replace("-", " ").rstrip("s") for said in found}
            self._follow_up = [known.pop() if len(known) == 1 else None]
        return self._follow_up[0]

    def _is_told(self, time: tuple[int, int, str], start: int) -> bool:
        """Whether a time is one at which something was to be measured: "at 12 weeks", "week 12", "12-week pain"."""
        at, _, words = time
        if " and " in words or not any(map(str.isdigit, words)):
            return False
        text = self._document.tokens.text
        hyphened = _HYPHENED.match(text, at) is not None
        return words[0].isalpha() or hyphened or LED.search(text, max(start, at - 25), at) is not None

    def _read(self) -> dict[str, str]:
        """Return the times of all outcomes that sentences without results name, by the beginnings of their words."""
        text, told = self._document.tokens.text, dict[str, str]()
        for found in _SET_OUT.finditer(text):
            start, stop = found.span("of")
            if self._has_result(start, stop) or not any(unit in found["of"] for unit in _UNITS):
                continue
            times = [one for one in find_times(self._document, start, stop) if self._is_told(one, start)]
            begin = start
            for number, (first, end, words) in enumerate(times):
                said = text[begin:first]
                if number == 0 and len(times) == 1 and _LEADS.fullmatch(said):
                    said = text[end:stop]
                _tell(told, said, words)
                begin = end
        for found in _MEASURED.finditer(text):
            start, stop = found.span("when")
            if not any(unit in found["when"] for unit in _UNITS):
                continue
            times = list(find_times(self._document, start, stop))
            at = text.rfind(". ", max(0, start - _SENTENCE), start) + 1
            numbered = [one for one in times if any(map(str.isdigit, one[2]))]
            if not at or len(numbered) != 1 or self._has_result(at, stop):
                continue
            first, _, words = numbered[0]
            if (
                not words.endswith(" 0")
                and " and " not in words
                and (words[0].isalpha() or _SEEN_AT.search(text, start, first))
            ):
                _tell(told, re.split(r"[;:]", text[at : found.start()])[-1], words)
        return told

    def _has_result(self, start: int, stop: int) -> bool:
        """Whether a result stands in a stretch of the text."""
        at = bisect_left(self._begins, start)
        return at < len(self._begins) and self._begins[at] < stop


def _tell(told: dict[str, str], said: str, time: str) -> None:
    """Note the time of all outcomes that some words name and for which none is known."""
    for part in stems(words_of(said)):
        if part not in _GENERAL and part not in OF_PATIENTS:
            told.setdefault(part, time)
