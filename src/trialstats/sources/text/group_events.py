"""Which numbers beside arms count what became of patients, not the patients."""

from __future__ import annotations

import re

from trialstats.sources.text.group_numbers import PEOPLE, Number
from trialstats.sources.text.group_prose import MASK, Prose

HAD = re.compile(
    r" (?:had|died|experienced|developed|reported|showed|withdrew|dropped|discontinued|relapsed|responded|failed"
    r"|(?:was|were) (?:lost|withdrawn|excluded))\b"
)
"""What became of people, right behind a word for them."""


def of_events(prose: Prose, number: Number) -> bool:
    """Whether a number says whose events were: "161 events (84 with A, 77 with B)", "270 relapsed: 110 with A".

    Parameters
    ----------
    prose : Prose
    number : Number
    """
    text, (start, stop) = prose.text, number.sentence
    before = max(start, number.start - 120)
    inside = prose.flat[number.start] == MASK
    if inside and _EVENTS.search(text, before, number.start) is not None:
        return True
    if _ALLOCATION.search(text, start, stop) is not None:
        return False
    if _HAPPENED.search(text, before, number.start) is not None:
        return True
    if _THERE_WERE.search(text, before, number.start) and _OF_PEOPLE.match(text, number.end) is None:
        return True  # "there were 31 failures in the zinc group"
    shut = text.find(")", number.end, min(stop, number.end + 80)) if inside else -1
    return shut >= 0 and HAD.match(text, shut + 1) is not None


_EVENTS = re.compile(
    r"\b(?:events|deaths|episodes|reactions|infections|relapses|recurrences|fractures|strokes)\b[^()]{0,20}"
    r"[(\[][^()]{0,60}$"
)
# What became of people, before the bracket or colon that says in which arm: "eleven progressed to cirrhosis (9 in A"
_HAPPENED = re.compile(
    r"\b(?:died|relapsed|progressed|recurred|responded|dropped out|withdrew|discontinued|failed|developed"
    r"|experienced|suffered|deaths|relapses|recurrences|events|withdrawals)\b[^()\[\]:;.0-9]{0,60}"
    r"(?:[(\[]|: )[^:;.]{0,60}$"
)
_THERE_WERE = re.compile(r"\bthere (?:were|was|have been) (?:only |about )?$")
_OF_PEOPLE = re.compile(rf"(?: [a-z-]+){{0,2}} {PEOPLE}\b")
_ALLOCATION = re.compile(r"random|assign|allocat|divided")
