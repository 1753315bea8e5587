"""Times that stand elsewhere than beside a result: in what was to be measured, and in the words for a follow-up."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from trialstats.sources.text.document import Document
from trialstats.sources.text.outcome_words import stems, words_of
from trialstats.sources.text.times import LED, find_times, only_time, times_of

_SET_OUT = re.compile(
    # A set of letters comes first, so that the search jumps from one to the next.
    r"[aeop](?<=\b.)(?:(?<=o)(?:utcomes?|bjectives?)|(?<=e)nd[ -]?points?|(?<=a)ims?|(?<=p)urpose)"
    r"(?: measures?| variables?)?\b"
    r"(?P<of>(?:[^.;]|\.(?=[0-9])){8,300})"
)
"""What a text set out to measure: "secondary outcomes were pain and sleep at 12 weeks"."""
_UNITS = ("day", "week", "wk", "mo", "year", "yr", "hour", "cycle", "min")
_LEADS = re.compile(r"[^a-z]*(?:(?:was|were|are|is|included?|measured|assessed|at|after|by|the|on)[ ,:]+)*$")
"""What stands before a time that leads a list of outcomes: "outcomes at 12 weeks were pain and sleep"."""
_GENERAL = frozenset(
    ("basel", "chang", "score", "level", "event", "outco", "endpo", "effic", "safet", "compo", "asses", "measu",
     "defin", "deter", "compa", "evalu", "prima", "secon", "follo", "clini", "rando", "effec", "patie", "thera")
)  # fmt: skip
"""Beginnings of words that many outcomes share."""
_FOLLOW_UP = re.compile(
    r"(?P<at>(?<![0-9.-])[0-9]{1,3}[ -]?(?:day|week|month|year))s?(?:'|[ -])?(?: ?(?:of )?)follow-?up\b"
    r"|\b(?:follow-?up|followed(?: up)?) (?:(?:was|of|at|for|to|lasted|period) ){1,2}"
    r"(?P<for>[0-9]{1,3}[ -](?:day|week|month|year)s?)\b"
)
_HYPHENED = re.compile(r"[0-9]{1,3}-[a-z]")
_CENTRE = re.compile(r"\b(?:median|mean|average|minimum|maximum|least|most|up to)(?: of)?(?: about)? $")
_VAGUE = re.compile(
    r"follow-?up|end of (?:the )?(?:study|trial|treatment|intervention|therapy|program\w*|period)"
    r"|(?:study|trial|treatment|intervention) (?:end|completion)|post-?(?:test|treatment|intervention)"
)
"""Words for a time that say no number: "at follow-up", "at the end of the study"."""


_LONG = re.compile(r"\b(?:day|week|wk|month|mo|year|yr)s?\b")
"""Times as long as a trial or its follow-up."""


class ToldTimes:
    """The times that a document tells for its outcomes where no result stands.

    Parameters
    ----------
    document : Document
    begins : sequence of int
        Where each result begins.
    """

    def __init__(self, document: Document, begins: Sequence[int]) -> None:
        self._document = document
        self._begins = begins
        self._of: dict[str, str] | None = None
        self._only: list[str | None] = []
        self._follow_up: list[str | None] = []

    def of(self, parts: Sequence[str]) -> str | None:
        """Return the time that a text says to measure an outcome at, by the beginnings of its words."""
        if self._of is None:
            self._of = self._read()
        told = [self._of[part] for part in parts if part in self._of]
        return told[0] if told and len(set(told)) == 1 else None

    def only(self) -> str | None:
        """Return the time at which a trial measured, where its text names one and no other."""
        self._only = self._only or [only_time(self._document)]  # it is looked for once, and seldom
        return self._only[0]

    def in_numbers(self, time: str) -> str:
        """Return a time with the number that its words stand for, where the text says it in one way."""
        if _VAGUE.search(time) is None or any(letter.isdigit() for letter in time):
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
            at = bisect_left(self._begins, start)
            if at < len(self._begins) and self._begins[at] < stop:
                continue
            if not any(unit in found["of"] for unit in _UNITS):
                continue
            times = [one for one in find_times(self._document, start, stop) if self._is_told(one, start)]
            begin = start
            for number, (first, end, words) in enumerate(times):
                said = text[begin:first]
                if number == 0 and len(times) == 1 and _LEADS.fullmatch(said):
                    said = text[end:stop]
                for part in stems(words_of(said)):
                    if part not in _GENERAL:
                        told.setdefault(part, words)
                begin = end
        return told
