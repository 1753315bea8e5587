"""Which patients the number of all behind "n = " counts: "were randomised (n = 65)", "in the safety set (n = 61)"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.numbers import KIND, PEOPLE, POPULATIONS, Number, kind_of
from trialstats.sources.text.sizes.people_next import short_people

# How sure a number is one of all patients.
SAID, LIKELY = 3, 2
# "remaining on randomised therapy" says of nobody that they were randomised.
VERB = re.compile(
    r"[ (](?<! at )(?<!after )(?<!before )(?!(?<=to be )randomi)"
    rf"(?!randomi[sz]ed (?:therapy|treatment|phase|period|trial|study|drug|controlled)\b)({KIND})[a-z]*\b"
)
_PEOPLE_BEFORE = re.compile(
    rf"(?:{PEOPLE}|population|sample|cohort|analysis|set|each (?:[a-z]+ ){{0,2}}(?:subject|volunteer|participant"
    rf"|woman|man|child|person|individual))\b[^()]{{0,60}}[(\[]?(?:total |overall |in all, "
    rf"|[a-z ]{{0,20}}, )?$"
)
_SHARE_OF = re.compile(rf"% of (?:the |all )?(?:[a-z-]+ ){{0,2}}{PEOPLE} ?[(\[]$")
"""What leads to how many a share are: "9% of the women (n = 21) moved"."""
_SAID_BEFORE = re.compile(
    r"\b(?:were|was) (?:[a-z]+ly )?(randomi[sz]|assign|allocat|enrol|recruit|includ|analy|evaluat)[a-z]*"
    r"(?: [a-z]+){0,2}(?: (?:at|after) (?:the )?(?:[0-9]{1,3} ?(?:-|to )?)?(?:[0-9]{1,3} )?"
    r"[a-z]{1,8}(?: [a-z]{4,14})?)?"
    r" ?[(\[]$"
)
_WHO_WERE = re.compile(
    r" ?[)\]],? (?:who|that) [^.;()]{0,200}? (?:were|was) (?:then |[a-z]+ly )?(randomi[sz]ed|assigned|allocated)\b"
)
"""What became of people whom a clause tells of: "adults (n = 74) who completed school at least 6 years ago were"."""
_STUDY_BEFORE = re.compile(r"\b(?:study|trial|studies|trials)\b[^()]{0,10}[(\[](?:[^()]{0,20}, )?$")
_WORD_BEFORE = re.compile(r"[ (]([a-z]{2,6}) ?[(\[]$")
_SET_NEXT = re.compile(
    r" (?:in|for) the (?:modified |full |per-protocol )?(?:intention|intent|itt|mitt|safety|efficacy|analysis|full)\b"
)
# "in evaluable patients (n = 96)"
_TOLD_BEFORE = re.compile(rf"\b(evaluable|assessable|analy[sz]ed|randomi[sz]ed|treated) {PEOPLE} ?[(\[]$")
# "in the as-treated population (n = 80"
_SET_BEFORE = re.compile(
    r"\b(?:(treated)|(?:modified )?(?:intention|intent)[- ]to[- ]treat|m?itt|safety|efficacy|per-protocol|full)"
    r"(?: analysis)? (?:populations?|set|cohort|sample|analys[ei]s(?= ?[(\[]population))(?: ?[(\[]population,?)?"
    r" ?[(\[]?$"
)
_SHORT_BEFORE = re.compile(r"\b(?:in|of|for) the ([a-z]{2,5}) ?[(\[]$")


def _of_a_set(text: str, start: int, n_at: int) -> re.Match[str] | None:
    """Return the words for an analysis set whose abbreviation stands before a bracket: "in the FAS (n = 397)"."""
    short = _SHORT_BEFORE.search(text, max(start, n_at - 20), n_at)
    if short is None:
        return None
    return re.search(rf"\b(analysis|evaluable|treated)(?:[ -][a-z]+){{0,2}} [(\[]{short[1]}[)\]]", text)


def behind_equals(text: str, number: Number, n_at: int, stop: int) -> tuple[int, str]:
    """Return how sure the number of "(n = 65)" is one of all, and of which.

    Parameters
    ----------
    text : str
    number : Number
    n_at : int
        Where "n" stands.
    stop : int
        How far behind it a verb is looked for.
    """
    start = number.sentence[0]
    if _SHARE_OF.search(text, max(start, n_at - 50), n_at) is not None:
        return 0, ""
    said = _SAID_BEFORE.search(text, max(start, n_at - 60), n_at)
    if said is not None:
        return SAID, kind_of(said[1])
    told = _TOLD_BEFORE.search(text, max(start, n_at - 40), n_at) or _of_a_set(text, start, n_at)
    if told is not None:
        return SAID, kind_of(told[1])
    if (of := _SET_BEFORE.search(text, max(start, n_at - 60), n_at)) is not None:
        return SAID, "treated" if of[1] else "analysed"
    if _WHO_WERE.match(text, number.end, number.sentence[1]) and _PEOPLE_BEFORE.search(
        text, max(start, n_at - 90), n_at
    ):
        return SAID, "randomised"
    verb = VERB.search(text, number.end, min(stop, number.end + 60))
    if _PEOPLE_BEFORE.search(text, max(start, n_at - 90), n_at):
        return (SAID, POPULATIONS[verb[1]]) if verb is not None else (LIKELY, "included")
    before = _WORD_BEFORE.search(text, max(start, n_at - 14), n_at)
    if before is not None and short_people(text, before[1]):
        return LIKELY, "included" if verb is None else POPULATIONS[verb[1]]
    if _SET_NEXT.match(text, number.end) or _STUDY_BEFORE.search(text, max(start, n_at - 40), n_at):
        return LIKELY, "analysed"
    if verb is not None and verb[1] in ("random", "assign", "enrol", "entered"):
        return LIKELY, POPULATIONS[verb[1]]
    return 0, ""
