"""Which numbers are of the trials pooled for one result, and of nothing else: "(RR 0.6; 3 trials, 49 boys)"."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.numbers import PEOPLE, Number

_POOLED_LED = re.compile(
    r"\b(?:ci|intervals?|nnt|or(?= ?[=:0-9])|rr|hr|rd|md|wmd|smd)\b\)?[^()\[\]]{0,70}(?:[;,:]|\]"
    r"|\)) ?(?:[0-9a-z]{1,9} (?:trials|studies|rcts)"
    r"[,;:]? ?(?:with )?)?(?:total )?(?:n ?= ?)?$"
)
"""What stands before how many were pooled for a result: "(95% CI 0.8 to 1.9; 2 trials, 315 adults)"."""
_OF_TRIALS_LED = re.compile(
    r"(?:^|[(\[,;]) ?(?:[0-9]{1,3}|[a-z]{3,9}) ?(?:trials?|stud(?:y|ies)|rcts?|comparisons?),? ?(?:with )?(?:n ?= ?)?$"
)
_OF_TRIALS_NEXT = re.compile(
    rf"(?: (?:[a-z-]+ ){{0,2}}?{PEOPLE})?[,;:] (?:[0-9]{{1,3}}|[a-z]{{3,9}}) ?(?:trials?|stud(?:y|ies)|rcts?"
    rf"|comparisons?)\b"
)
_OF_TRIALS = re.compile(
    rf"[(\[](?:[0-9]{{1,3}}|[a-z]{{3,9}}) (?:trials?|stud(?:y|ies)|rcts?)[,:;] (?:n ?= ?)?[0-9,]{{2,9}}(?: {PEOPLE}"
    rf"|[)\]])"
)
_RESULT = re.compile(
    r"\b(?:rr|or(?= ?[=:0-9])|hr|rd|md|wmd|smd|ci|risk ratio|odds ratio|relative risk|mean difference"
    r"|risk difference)\b"
)


_RESULT_NEXT = re.compile(
    r" ?[,;:] ?(?:pooled )?(?:rr|or(?= ?[=:0-9])|hr|rd|md|wmd|smd|(?:standardi[sz]ed |weighted )?mean difference"
    r"|risk ratio|odds ratio|relative risk|hazard ratio|i2)\b"
)
"""A result of those who are counted, all arms together: "(n = 430, SMD -0.1)"."""
_PEOPLE_OF_RESULT = re.compile(
    rf"(?: (?:[a-z0-9-]+|[(\[][a-z]{{1,6}}[)\]])){{0,5}}? {PEOPLE} [(\[](?:rr|or(?= ?[=:0-9])|rd|md|wmd|smd)\b"
)
"""People of whom one pooled result is told: "the score of 30 symptomatic adults (WMD 0.5)"."""


_LEADS = ("; ", ", ", ": ", ") ", "] ", "= ", "n=")
_LEADS_TOO = ("total ", "trials ", "trial ", "studies ", "study ", "rcts ", "rct ", "comparisons ", "with ")


def of_pooled(text: str, number: Number, *, all_told: bool) -> bool:
    """Whether a number in a bracket says how many were pooled for one result: "(RR 0.6; 3 trials, 49 children)".

    Parameters
    ----------
    text : str
    number : Number
    all_told : bool
        Whether it may be the number of all: then a result must be told too.
    """
    told = False
    if text.startswith(("(", "["), number.start - 1) and _REMAINING.search(
        text, max(0, number.start - 50), number.start
    ):
        return True
    if text.startswith(_LEADS, number.start - 2) or text.endswith(_LEADS_TOO, 0, number.start):
        begin = max(number.sentence[0], number.start - 110)
        if _POOLED_LED.search(text, begin, number.start) is not None:
            return True
        told = _OF_TRIALS_LED.search(text, max(begin, number.start - 40), number.start) is not None
    if text.startswith("n", number.start - 4) and not all_told and _RESULT_NEXT.match(text, number.end):
        return True
    if all_told and _PEOPLE_OF_RESULT.match(text, number.end) is not None:
        return True
    told = told or _OF_TRIALS_NEXT.match(text, number.end, number.sentence[1]) is not None
    if not told or not all_told:
        return told
    several = len(_OF_TRIALS.findall(text, *number.sentence)) > 1
    return several or _RESULT.search(text, *number.sentence) is not None


_OF_ONE = re.compile(
    r"(?:\b(?:one|another|a single|a second|the (?:largest|smallest|other|only)"
    r"|subgroup of [a-z0-9]{1,6})(?: [a-z-]{3,14}){0,2} (?:rct|trial|study"
    r"|trials|studies)"
    r"(?: (?:of|in|with|involving|included|including|enrolled|enrolling|that (?:involved|included)))(?: a total of)?"
    r"|\banother (?:involving|with|of)|\b(?:on|from|in) the first) $"
)
_FROM_TRIALS = re.compile(
    rf"(?: [a-z-]+){{0,2}}? {PEOPLE} (?:from|in) (?:one|two|three|four|[0-9]) (?:[a-z]+ )?(?:trials?|studies|study)\b"
)
_BASED_ON = re.compile(r"\bbased on (?:data (?:from|of) )?(?:only )?$")


def of_one_trial(text: str, number: Number) -> bool:
    """Whether a number is told of one of several trials, or of the first who took part: "another trial of 40 boys".

    Parameters
    ----------
    text : str
    number : Number
    """
    if _OF_ONE.search(text, max(number.sentence[0], number.start - 90), number.start) is not None:
        return True
    if _BASED_ON.search(text, max(number.sentence[0], number.start - 30), number.start) is None:
        return False
    return _FROM_TRIALS.match(text, number.end, number.sentence[1]) is not None


_HELD_LED = re.compile(
    r"\b(?:trials|studies|rcts|reports|articles|papers)\b[^.;()]{0,70} (?:were|was) (?:[a-z]+ly )?(?:included|eligible"
    r"|pooled|analy[sz]ed)(?: in [a-z -]{3,30})? ?[(\[](?:with |involving |a total of |total )?(?:n ?= ?)?$"
    r"|\bincluded (?:trials|studies|rcts) to [0-9]{1,3} ?[(\[](?:n ?= ?)?$"
)
_HELD_NEXT = re.compile(rf"(?: [a-z-]+){{0,2}} {PEOPLE}(?: (?:with|aged) [a-z0-9 -]{{3,40}})? ?[)\]]")
_N_CLOSED = re.compile(r" ?[)\]]")
_SUMMED_LED = re.compile(
    r"\b(?:trials|studies|rcts|one) (?:[a-z-]+ ){0,3}?(?:were|was|are|is) included(?: in [a-z -]{3,40})?,? (?:and )?"
    r"(?:totall?ing|comprising|involving|enrolling|comprised|involved|enrolled) (?:a total of )?$"
)
"""How many took part in all trials: "32 trials were included, totalling 6800 adults"."""


_WE_FOUND = re.compile(
    r"\b(?:identified|included?|found|analy[sz]ed|reviewed|pooled) [a-z0-9 ,-]{1,60}[(\[](?:n ?= ?|total )?$"
)
_FOUND_LED = re.compile(
    r"(?:(?:^|[.:;]) ?\W*(?:(?:results|findings): ?)?|\b(?:from|of|identified|include|included|found|analy[sz]ed"
    r"|reviewed|pooled|with) )"
    r"(?!remaining|other)(?:[a-z]+[ -])?(?:[0-9]{1,3}|[a-z]{3,9})(?: [a-z-]+,?){0,4} (?:trials|studies|rcts)"
    r" ?[(\[](?:n ?= ?|total )?$"
)
_FOUND_NEXT = re.compile(
    r"(?:,? with [^.;()]{3,60},|,)? (?:in which|that|comparing|met|fulfilled|satisfied|(?:were|are) (?:included"
    r"|identified|eligible|found|analy[sz]ed|pooled|selected|used|suitable))\b"
)
_CLOSES = re.compile(r"[.,;]")
_REMAINING = re.compile(
    r"\b(?:remaining|other) (?:[0-9]{1,3}|[a-z]{3,9}) (?:[a-z]+ )?(?:trials|studies|rcts) ?[(\[](?:n ?= ?)?$"
)
"""Some of the trials: "based on the remaining 40 trials (15,021 adults)"."""


def of_trials_held(text: str, number: Number) -> bool:
    """Whether a bracket tells how many took part in all trials: "of 47 trials, 29 were included (7665 adults)".

    Parameters
    ----------
    text : str
    number : Number
    """
    led = max(number.sentence[0], number.start - 90)
    summed = text.endswith(_SUMMING, 0, number.start) and _SUMMED_LED.search(text, led, number.start)
    if summed and _PEOPLE_NEXT.match(text, number.end):
        return True
    of_n = text.endswith(("n=", "n = "), 0, number.start) and _N_CLOSED.match(text, number.end)
    shut = of_n or _HELD_NEXT.match(text, number.end)
    if shut is None or len(_OF_TRIALS.findall(text, *number.sentence)) > 1:
        return False
    if _FOUND_LED.search(text[led : number.start]) and (
        _FOUND_NEXT.match(text, shut.end())
        or (_CLOSES.match(text, shut.end()) and _WE_FOUND.search(text, led, number.start))
    ):
        return True
    return _HELD_LED.search(text, max(number.sentence[0], number.start - 190), number.start) is not None


_SUMMING = ("ing ", "ed ", " of ")
_PEOPLE_NEXT = re.compile(rf"(?: [a-z-]+){{0,3}} {PEOPLE}\b")
