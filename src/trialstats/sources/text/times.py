"""Find the times that a text names: at 12 weeks, day 14, the 5-year survival, at discharge."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from trialstats.sources.text.document import Document
from trialstats.sources.text.expressions import any_of
from trialstats.sources.text.lex import NUMBER_WORDS

_COUNTING = any_of(set(NUMBER_WORDS) - {"none", "zero", "hundred"})
_UNIT = r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?|seconds?)"
_TIME = re.compile(
    # Times begin with a number, or with a word of one of these letters.
    r"(?=[0-9]|(?<![a-z0-9_])(?:[a-fm-os-wy]|last ))(?:"
    rf"\b(?P<unit>day|week|month|year|visit|cycle)s?[ -](?P<after>[0-9]{{1,4}}|{_COUNTING})\b(?! ?(?:%|/)|\.[0-9])"
    rf"|(?<![0-9.,/±])(?P<number>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|\b{_COUNTING})"
    r"(?:(?:[ -](?:and|to|or|through)[ -]|(?P<range>-))(?P<second>[0-9]{1,4}))?"
    rf"[ -]?(?:(?P<of>{_UNIT}|cycles)\b(?! of age| old|[ -]olds?)|(?<=-)y\b(?![/-]| olds?)"
    r"|y(?=[ -]?(?:os|pfs|dfs|efs|rfs|dmfs|mfs|lrc?|survival)\b))"
    r"(?P<tail>(?: post-?[a-z]+| after [a-z-]+(?: of [a-z-]+)?(?: [a-z-]+)?| of (?:follow-?up|treatment|therapy)"
    r"| from [a-z]+| later)?)"
    rf"|\b(?P<closing>(?:last|final) (?:(?:[0-9]{{1,2}}|{_COUNTING}) )?{_UNIT} of (?:the )?(?:[a-z0-9-]+ ){{0,3}}?"
    r"(?:phase|period|treatment|therapy|study|trial|follow-?up))\b"
    # "a mean baseline weight of", but not "those without baseline pain"
    r"|(?P<base>baseline)(?:(?<=\bmean baseline)(?= [a-z])|(?<=\bmedian baseline)(?= [a-z])"
    r"|(?<=\bthe baseline)(?= (?!in|to|for|of|and|or|period|phase|visit|characteristics)[a-z])"
    r"|(?= (?:mean|median|average)\b))"
    r"|\b(?P<said>(?:at|during|by|until|before|after) (?:the )?(?:baseline|discharge"
    r"|(?:[a-z-]+ ){0,3}(?:interim|final|primary) analysis"
    r"|follow-?up|end of (?:the )?[a-z-]+(?: [a-z-]+)?|time of (?:the )?(?:[a-z]+ )?(?:analysis|cutoff|cut-off"
    r"|diagnosis|delivery|discharge)|(?:test|proof)[ -]of[ -]cure(?: visit)?|(?:toc|eot|eos)(?: visit)?"
    r"|data cut-?off|end of study|(?<!by )(?<!by the )(?:[a-z-]+ ){0,2}(?:visit|assessment)|(?:hospital|icu) discharge"
    r"|(?:study|trial|treatment) (?:end|completion|exit)"
    r"|birth|delivery|(?:the )?(?:[a-z-]+ ){0,2}(?:therapy|treatment"
    r"|chemotherapy|radiotherapy|chemoradiotherapy|period|phase|surgery|pregnancy|hospitali[sz]ation)))\b)"
)
_NO_TIME = re.compile(
    r"(?:\b(?:every|per|for the|aged|age|last|previous|median|mean|average|than|of|was|were|lasting|daily for) ?"
    r"|[=(±<>≥≤-] ?)$"
)


def find_times(document: Document, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    """Yield the times named in a stretch of text, and where: at 12 weeks, day 14, 5-year."""
    tokens = document.tokens
    text = tokens.text
    for match in _TIME.finditer(text, start, stop):
        if words := match["said"] or match["closing"] or match["base"]:
            yield match.start(), match.end(), words
            continue
        if match["unit"]:
            after = NUMBER_WORDS.get(match["after"], match["after"])
            yield match.start(), match.end(), f"{match['unit']} {after}"
            continue
        if (match["range"] or match["of"] == "cycles") and not LED.search(
            text, max(start, match.start() - 20), match.start()
        ):
            continue  # "range, 4-12 months", "four cycles of chemotherapy"
        token = bisect_left(tokens.starts, match.start("number"))
        if token < len(tokens) and tokens.starts[token] == match.start("number") and document.used[token]:
            continue
        if match["of"] and _OF_A_HABIT.match(text, match.end("number")):
            continue
        hyphened = text[match.end("number") : match.end("number") + 1] == "-"
        if not hyphened and _NO_TIME.search(text, max(start, match.start() - 14), match.start()):
            continue
        number = str(NUMBER_WORDS.get(match["number"], match["number"]))
        if match["range"]:
            yield match.start(), match.end(), f"{number}-{match['second']} {match['of'] or 'year'}{match['tail'] or ''}"
            continue
        begin, several = _listed(document, match, start)
        several += [number, match["second"]] if match["second"] else [number]
        said = f"{', '.join(several[:-1])} and {several[-1]}" if several[1:] else number
        yield begin, match.end(), f"{said} {match['of'] or 'year'}{match['tail'] or ''}"


# What makes a time one at which something was measured: "at 12 weeks", "a 12-week trial".
LED = re.compile(
    r"\b(?:at|after|over|within|by|through|until|during|for|to)(?: the| a| about| up to| approximately)? ?$"
)
_GIVEN = re.compile(
    r"\b(?:receiv(?:e|ed|ing)|given|t(?:ook|ake|aking)|under(?:went|go|going)|completed|treated with) $"
)
"""What makes it one at whose end they were seen: "received 6 weeks of"."""
_OF_A_TRIAL = re.compile(
    r"[ -](?:[a-z-]{1,20} ){0,2}(?:trial|study|assessment|follow-?up|treatment|intervention|period|visit|program\w*)"
)
_OF_A_HABIT = re.compile(r"-days?[ -](?:[a-z-]{1,20} ){0,3}(?:abstinen|prevalence|recall)")
"""What makes a time part of what was measured: "7-day abstinence"."""
_DIGITS = re.compile(r"[0-9]+")
_UNITS = re.compile(r"\b(?:visit|cycle|day|week|wk|month|mo|year|yr|hour|hr|h|min)")


_LIST = re.compile(r"(?<![0-9.,/%-])(?:[0-9]{1,3}-?(?:, ?(?:and |or )?| (?:and|or|to) )){1,6}$")
_ENDS_A_LIST = re.compile(r"(?:-,|and|or|to) $")


def _listed(document: Document, match: re.Match[str], start: int) -> tuple[int, list[str]]:
    """Return the numbers that stand before one in a list of times, and where they begin: "1-, 2- and 3-year"."""
    tokens, at = document.tokens, match.start()
    if not match["second"] and not _ENDS_A_LIST.search(tokens.text, max(start, at - 5), at):
        return at, []
    found = _LIST.search(tokens.text, max(start, at - 40), at)
    if found is None:
        return at, []
    places = [place.start() for place in _DIGITS.finditer(tokens.text, found.start(), at)]
    first = [bisect_left(tokens.starts, place) for place in places]
    if any(tokens.starts[token] != place or document.used[token] for token, place in zip(first, places, strict=True)):
        return at, []
    return found.start(), [tokens[token] for token in first]


_SEVERAL = re.compile(r"(?P<numbers>[0-9]+(?:, [0-9]+)* and [0-9]+)(?P<rest>.*)")


def times_of(words: str) -> list[str]:
    """Return the times of a list of them, one by one.

    Examples
    --------
    >>> times_of("1, 2 and 3 years")
    ['1 year', '2 years', '3 years']
    """
    found = _SEVERAL.fullmatch(words)
    if found is None:
        return [words]
    return [
        f"{number}{found['rest'].removesuffix('s') if number == '1' else found['rest']}"
        for number in _DIGITS.findall(found["numbers"])
    ]


def only_time(document: Document) -> str | None:
    """Return the time at which a trial measured, where its text names one and no other."""
    text = document.tokens.text
    only, known = None, None
    for at, till, words in find_times(document, 0, len(text)):
        number, unit = _DIGITS.search(words), _UNITS.search(words)
        if number is None or unit is None or number[0] in ("0", "1") or unit[0][0] in "cvh":
            continue  # day 1, cycle 8 and three hours are parts of a schedule
        if not words[0].isalpha() and not (LED.search(text, max(0, at - 25), at) or _OF_A_TRIAL.match(text, till)):
            given = unit[0][0] in "wmy" and unit[0] != "min" and text.startswith(" of ", till)
            if not (given and _GIVEN.search(text, max(0, at - 14), at)):
                continue
        this = number[0], unit[0][0]
        if known not in (None, this):
            return None
        only, known = only or words, this
    return only
