"""Find the times that a text names: at 12 weeks, day 14, the 5-year survival, at discharge."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.expressions import any_of
from trialstats.sources.text.tokens.lex import NUMBER_WORDS

_COUNTING = any_of(set(NUMBER_WORDS) - {"none", "zero", "hundred"})
_UNIT = (
    r"(?:years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|h|minutes?|mins?|seconds?|secs?|d(?![a-z'-])"
    r"|(?<= )s(?![a-z'/-]))"
)
# "the second dose", "lumarin dose 2", "the end of treatment"
_SINCE = (
    r"(?:the |an? )?(?:(?:[a-z][a-z0-9-]* ){0,2}(?:dose|cycle|injection|infusion|vaccination) [0-9]\b(?![.%])"
    r"|[a-z][a-z0-9-]*(?: of (?:the )?[a-z-]+)?"
    r"(?: (?!(?:and|or|in|of|for|with|by|at|on|to|the|an?|was|were|had|than|[a-z]+ed)\b)[a-z-]+)?)"
)
# "after the procedure", "during mask anaesthesia", but not "after a number of injections"
_EVENT = (
    r"(?:the )?(?:(?!(?:an?|and|or|of|in|on|for|with|by|to|from|no|any|each|every|than|at|all)\b)[a-z-]+ ){0,3}?"
    r"(?:procedure|operation|intervention|infusions?|injections?|vaccination|immuni[sz]ation|transplantation"
    r"|implantation|reperfusion|ana?esthesia|extubation|intubation|dosing|rehabilitation)"
)
_TIME = re.compile(
    # Times begin with a number, or with a word of one of these letters.
    r"(?=[0-9]|(?<![a-z0-9_])(?:[a-fm-os-wy]|last "
    r"|in (?:the|stage|phase|part|period|early|immediate|late|(?:post|pre|peri|intra)-?operative) ))(?:"
    rf"\b(?P<unit>day|week|month|year|visit|cycle)s?[ -](?P<after>[0-9]{{1,4}}|{_COUNTING})\b(?! ?(?:%|/)|\.[0-9])"
    rf"|(?<![a-z0-9.,/±])(?P<number>[0-9]{{1,4}}(?:\.[0-9]{{1,2}})?|\b{_COUNTING})"
    r"(?:(?:[ -](?P<joint>and|to|or|through)[ -]|(?P<range>-))(?P<second>[0-9]{1,4}))?"
    rf"(?:[ -]| consecutive )?(?:(?P<of>{_UNIT}|cycles)\b(?! old|[ -]olds?)(?P<age> of age\b)?|(?<=-)y\b(?![/-]| olds?)"
    r"|y(?=[ -]?(?:os|pfs|dfs|efs|rfs|dmfs|mfs|lrc?|survival)\b))"
    rf"(?P<tail>(?: post-?[a-z]+| (?:after|following) {_SINCE}| of (?:follow-?up|treatment|therapy|life)| from [a-z]+"
    r"| later)?)"
    rf"|\b(?P<closing>(?:last|final) (?:(?:[0-9]{{1,2}}|{_COUNTING}) )?{_UNIT} of (?:the )?(?:[a-z0-9-]+ ){{0,3}}?"
    r"(?:phase|period|treatment|therapy|study|trial|follow-?up))\b"
    r"|(?P<nth>(?:(?<=\bthe )|(?<=\b(?:at|on|by) ))"
    r"(?:first|second|third|fourth|sixth) (?:post-?[a-z]{4,12} )?(?:day|morning|week|month|year|trimester)\b(?! and\b)"
    r"(?: (?:of|after) (?:the )?[a-z]{3,14})?)\b"
    # "a mean baseline weight of", but not "those without baseline pain"
    r"|(?P<base>baseline)(?:(?<=\bmean baseline)(?= [a-z])|(?<=\bmedian baseline)(?= [a-z])"
    r"|(?<=\(sd\) baseline)(?= [a-z])|(?<=\(iqr\) baseline)(?= [a-z])"
    r"|(?<=\bthe baseline)(?= (?!in|to|for|of|and|or|period|phase|visit|characteristics)[a-z])"
    r"|(?= (?:mean|median|average)\b)"
    r"|(?:(?<=\. baseline)|(?<=: baseline)|(?<=; baseline))(?= (?:(?!(?:characteristics|demographics|features|data)\b)"
    r"[a-z0-9+-]+ ){1,8}?(?:was|were|ranged|averaged)\b))"
    r"|\b(?P<said>(?:at|during|by|until|before|after) (?!least |most )(?:the )?(?:baseline|discharge"
    r"|(?:[a-z-]+ ){0,3}(?:interim|final|primary) analysis"
    r"|follow-?up|post-?(?:test|treatment|intervention|therapy|training)(?! (?:week|day|month|year|visit)s?\b)"
    r"|(?:end[ -]?point|outcome)(?= ?(?:[,.;()\[\]]|(?:and|than|compared|versus|vs|in|for|with|between|was|were)\b))"
    r"|end of (?:the )?[a-z-]+"
    r"(?: (?!(?:was|were|is|are|had|compared|by|vs|versus|in|than|and|only)\b)[a-z-]+)?"
    r"|time of (?:the )?(?:[a-z]+ )?(?:analysis|cutoff|cut-off"
    r"|diagnosis|delivery|discharge)|(?:test|proof)[ -]of[ -]cure(?: visit)?|(?:toc|eot|eos)(?: visit)?"
    r"|data cut-?off|end of study|(?<!by )(?<!by the )(?:[a-z-]+ ){0,2}(?:visit|assessment)|(?:hospital|icu) discharge"
    r"|(?:study|trial|treatment) (?:end|completion|exit)"
    r"|birth|delivery|(?<!by )(?<!by the )(?:the )?(?:[a-z-]+ ){0,2}(?:therapy|treatment"
    r"|chemotherapy|radiotherapy|chemoradiotherapy|period(?! (?:from|between)\b)|phase|surgery|pregnancy"
    r"|hospitali[sz]ation))"
    rf"|(?:after|during|before(?= (?:the )?intervention\b)) {_EVENT}"
    r"|(?:(?<=\. )|(?<=: )|(?<=; ))follow-?up(?= (?!(?:rates?|times?|data|duration|periods?|visits?|loss|losses)\b)"
    r"(?:[a-z-]{3,20} ){1,5}(?:was|were) [-+]?[0-9])"
    r"|(?:in|during) (?:the )?(?:(?:early|immediate|late|first) )?(?:post|pre|peri|intra)-?operative (?:period|phase)"
    r"|(?:on|(?:at|in|on|by) the (?:first|second|third|last|final|subsequent|next)) follow-?up(?! of\b)"
    r"|(?:in|during) (?:the )?(?:(?:stage|phase|part|period) (?:i{1,3}|[1-4]|[ab])(?=,| of the (?:study|trial)\b)"
    r"|(?:first|second|third|last|final) (?:stage|phase|part|period)(?=,| of the (?:study|trial)\b)))\b(?!-))"
)
_OF_A_SPREAD = re.compile(r"\b(?:range|iqr|ci|from|of)[,:]? ?$|[(\[] ?$")
_AT_AN_AGE = re.compile(r"\b(?:at|by|until|through)(?: the| about| approximately)? $")
_TO_AN_AGE = re.compile(
    r"\b(?:aged?|ages) (?:from |between |of )?[0-9]{1,2}(?:\.[0-9])?"
    r"(?: ?(?:years?|months?|weeks?|days?))? ?(?:to|and|-|\u2013) ?$"
)
"""What leads to the greater of two ages: "aged 1 month to 15 years"."""
_NO_TIME = re.compile(
    r"(?:\bfrom [0-9]{1,3}\.[0-9]{1,2} to ?"
    r"|\b(?:every|per|for the|aged|ages?|last|past|previous|preceding|prior|median|mean|average|maximum|minimum|than"
    r"|(?<!\bend )of|was|were|lasting|daily for) ?"
    r"|[=(±<>≥≤-][ \x00]{0,6})$"
)


def find_times(document: Document, start: int, stop: int) -> list[tuple[int, int, str]]:
    """Return the times named in a stretch of text, and where: at 12 weeks, day 14, 5-year."""
    found: list[tuple[int, int, str]] = []
    for time in _each_time(document, start, stop):
        while found and found[-1][0] >= time[0]:
            found.pop()  # a list holds it: "2-year and 5-year survival"
        found.append(time)
    return found


def _each_time(document: Document, start: int, stop: int) -> Iterator[tuple[int, int, str]]:
    tokens, done = document.tokens, start
    text = tokens.text
    for match in _TIME.finditer(text, start, stop):
        if match.start() < done:
            continue  # the end of a period
        if match["nth"] and not _SEEN_ON.search(text, max(start, match.start() - 18), match.start()):
            continue
        if match["said"] and A_PART.match(match["said"]) and not _opens(text, match):
            continue  # "survival was 41% in stage I, 30% in stage II": of a disease
        if words := match["said"] or match["closing"] or match["base"] or match["nth"]:
            yield match.start(), match.end(), words
            continue
        if match["unit"]:
            if _YEAR_OF_A_DATE.fullmatch(match["after"]):
                continue
            after = NUMBER_WORDS.get(match["after"], match["after"])
            till = _TILL.match(text, match.end(), stop)
            if till is not None and _is_period(text, match, till, start):
                done = till.end()
                yield match.start(), done, f"{match['unit']} {after}-{till['last']}"
                continue
            more = _AND_OTHERS.match(text, match.end(), stop)
            if more is not None and (
                text[match.start() + len(match["unit"])] == "s" or _ENDS_THERE.match(text, more.end(), stop)
            ):
                yield match.start(), more.end(), f"{match['unit']}s {after}{more[0]}"
            else:
                yield match.start(), match.end(), f"{match['unit']} {after}"
            continue
        since = match["of"] and match["tail"].startswith((" after", " following", " post")) and match["of"] != "cycles"
        if (match["range"] or match["of"] == "cycles") and not (
            (since and not _OF_A_SPREAD.search(text, max(start, match.start() - 14), match.start()))
            or LED.search(text, max(start, match.start() - 20), match.start())
        ):
            continue  # "range, 4-12 months", "four cycles of chemotherapy", but "seen 1-3 hours after a meal"
        if match["age"] and not _AT_AN_AGE.search(text, max(start, match.start() - 16), match.start()):
            continue  # "women 18 years of age", but "vision at 2 years of age"
        token = bisect_left(tokens.starts, match.start("number"))
        if token < len(tokens) and tokens.starts[token] == match.start("number") and document.used[token]:
            continue
        if match["of"] and match["of"][0] == "s" and not _is_instant(text, match, start):
            continue
        if match["of"] and _OF_A_HABIT.match(text, match.end("number")):
            continue
        if _TO_AN_AGE.search(text, max(start, match.start() - 40), match.start()):
            continue
        hyphened = text[match.end("number") : match.end("number") + 1] == "-"
        if not hyphened and _NO_TIME.search(text, max(start, match.start() - 14), match.start()):
            continue
        number = str(NUMBER_WORDS.get(match["number"], match["number"]))
        if match["range"]:
            yield match.start(), match.end(), f"{number}-{match['second']} {match['of'] or 'year'}{match['tail'] or ''}"
            continue
        if match["joint"] in ("to", "through") and not text.endswith("from ", start, match.start()):
            yield (
                match.start(),
                match.end(),
                f"{number} {match['joint']} {match['second']} {match['of'] or 'year'}{match['tail'] or ''}",
            )
            continue
        begin, several = _listed(document, match, start)
        ends_a_list = bool(several)
        several += [number, match["second"]] if match["second"] else [number]
        other = _OTHER_UNITS.search(text, max(start, begin - 40), begin)
        if (
            other is not None
            and (ends_a_list or other["and"])
            and not (match["of"] or "year").startswith(other["unit"])
        ):
            several = _EACH_WITH_UNIT.findall(other[0].replace("-", " ")) + several
            begin = other.start()
        said = f"{', '.join(several[:-1])} and {several[-1]}" if several[1:] else number
        again = _SAID_AGAIN.match(text, match.end(), stop)
        done = match.end() if again is None else again.end()
        tail = match["tail"] or ("" if again is None else again[0])
        yield begin, done, f"{said} {match['of'] or 'year'}{match['age'] or ''}{tail}"


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether a part of a trial opens its sentence or clause, or is said to be one of the trial."""
    led = text[max(0, match.start() - 2) : match.start()].strip()
    return led in ("", ".", ";", ":") or text.startswith(" of the ", match.end())


_AT_SECONDS = re.compile(r"\b(?:at|after|within)(?: the)?(?: first| next)?(?: about)? $")
_VOLUME = re.compile(r"\b(?:volume|fev) (?:in|at|after|within) (?:the )?(?:first )?$")


def _is_instant(text: str, match: re.Match[str], start: int) -> bool:
    """Whether seconds say when, and not how long or of what: "block at 60 s", but not "rose to 42 s"."""
    led = text[max(start, match.start() - 24) : match.start()]
    return (match["of"].startswith("second") or _AT_SECONDS.search(led) is not None) and _VOLUME.search(led) is None


_YEAR_OF_A_DATE = re.compile(r"(?:19|20)[0-9]{2}")
_SEEN_ON = re.compile(r"\b(?:at|on|in|within|during|by|over|after|through|throughout|until)(?: the)? $")
"""What stands before "first year" where something was seen then."""
_OTHER_UNITS = re.compile(
    r"(?<![\w.,/±-])(?:[0-9]{1,3}[ -](?P<unit>day|week|month|year|min(?:ute)?|h(?:our|r)?)s?"
    r"(?:, |,? (?P<and>and) )){1,4}$"
)
"""Times of other units before the last of a list: "6-month and 1-year", "10 min, 1, 2 and 24 h"."""
_EACH_WITH_UNIT = re.compile(r"[0-9]+ [a-z]+")
_SAID_AGAIN = re.compile(
    rf" \([0-9]{{1,3}}(?:-| to )[0-9]{{1,3}} ?{_UNIT}(?: [a-z-]{{2,20}}){{0,3}}\)(?: (?:after|following) {_SINCE})?"
)
"""The beginning and end of a time in brackets behind it: "the next 9 h (3-12 h)"."""
_TILL = re.compile(
    r"(?:-| (?P<joint>to|and|through|until) (?P<unit>(?:day|week|month|year|visit|cycle)s? )?)(?P<last>[0-9]{1,4})"
    r"\b(?! ?[%/]|\.[0-9]|-)"
)
_AND_OTHERS = re.compile(
    r"(?:, ?[0-9]{1,3}(?![0-9.%]))*,? (?:and|or) [0-9]{1,3}\b(?! ?[%/]|\.[0-9]|-| [a-z]{2,20} (?:were|was|had))"
)
"""What numbers more of them: "weeks 4, 8 and 12"."""
_ENDS_THERE = re.compile(r",? respectively\b| ?[.;:)]| ?$")
"""Behind a list of numbers whose unit is said but once: "on day 2, 3 and 5, respectively"."""
_BETWEEN = re.compile(r"\bbetween (?:the )?$")


def _is_period(text: str, first: re.Match[str], till: re.Match[str], start: int) -> bool:
    """Whether what stands behind a time ends the period that it begins.

    "from week 4 through week 16", "weeks 4-16", "between weeks 4 and 16", but not "from 31 at week 4 to 45".
    """
    if not first["after"].isdigit() or int(first["after"]) >= int(till["last"]):
        return False
    if till["unit"] is not None and not till["unit"].startswith(first["unit"]):
        return False
    if till["joint"] == "and":
        return _BETWEEN.search(text, max(start, first.start() - 12), first.start()) is not None
    several = text[first.start() + len(first["unit"])] == "s"
    return till["joint"] in (None, "through", "until") or several or till["unit"] is not None


# What makes a time one at which something was measured: "at 12 weeks", "a 12-week trial".
LED = re.compile(
    r"\b(?:at|after|over|within|by|through|until|during|for|to)(?: the| a| about| up to| approximately)? ?$"
    r"|\bat (?:study )?(?:entry|baseline|inclusion|enrol?lment|admission|randomi[sz]ation|start) and $"
)
_GIVEN = re.compile(
    r"\b(?:receiv(?:e|ed|ing)|given|t(?:ook|ake|aking)|under(?:went|go|going)|completed|treated with) $"
)
"""What makes it one at whose end they were seen: "received 6 weeks of"."""
_OF_A_TRIAL = re.compile(
    r"[ -](?:[a-z-]{1,20} ){0,2}(?:trial|study|assessment|follow-?up|treatment|intervention|period|visit|program\w*)"
)
_OF_A_HABIT = re.compile(
    r"-days?[ -](?:[a-z-]{1,20} ){0,3}(?:abstinen|prevalence|recall)"
    r"|[ -]?(?:h|hrs?|hours?)[ -](?:(?:mean|average|total|systolic|diastolic|arterial|esophageal|dietary) ){0,2}"
    r"(?:ambulatory|abpm?\b|bp\b|[sd]bp\b|blood pressure|heart rate|holter|ecg\b|electrocardio|urin|albumin|protein"
    r"|creatinine|collection|recall|diet|food|energy|intragastric|gastric|ph\b|monitoring|samples?\b)"
)
"""What makes a time part of what was measured: "7-day abstinence", "24-hour urinary protein"."""
_DIGITS = re.compile(r"[0-9]+")
_NUMBERS = re.compile(rf"[0-9]+|\b{_COUNTING}\b", re.IGNORECASE)
_UNITS = re.compile(r"\b(?:visit|cycle|day|week|wk|month|mo|year|yr|hour|hr|h|min)")


_ITEM = rf"(?:[0-9]{{1,3}}|{_COUNTING})"
_LIST = re.compile(
    rf"(?<![\w.,/%-])(?:(?:{_ITEM}-?(?:, ?(?:and |or )?| (?:and|or|to) )){{1,6}}"
    rf"|(?:{_ITEM}[ -](?P<unit>year|month|week|day|hour)s?(?:, (?:and )?| and )){{1,6}})$",
    re.IGNORECASE,
)
_ENDS_A_LIST = re.compile(r"(?:-,|and|or|to) $")


def _listed(document: Document, match: re.Match[str], start: int) -> tuple[int, list[str]]:
    """Return the numbers that stand before one in a list of times, and where they begin: "1-, 2- and 3-year"."""
    tokens, at = document.tokens, match.start()
    if not match["second"] and not _ENDS_A_LIST.search(tokens.text, max(start, at - 5), at):
        return at, []
    found = _LIST.search(tokens.text, max(start, at - 40), at)
    if found is None or (found["unit"] and not (match["of"] or "year").startswith(found["unit"].lower())):
        return at, []
    places = list(_NUMBERS.finditer(tokens.text, found.start(), at))
    first = [bisect_left(tokens.starts, place.start()) for place in places]
    if any(
        tokens.starts[token] != place.start() or document.used[token]
        for token, place in zip(first, places, strict=True)
    ):
        return at, []
    return found.start(), [str(NUMBER_WORDS.get(place[0].lower(), place[0])) for place in places]


_OWN_UNIT = re.compile(r"[0-9]+ [a-z]+")
_NUMBERED = re.compile(
    r"(?P<unit>day|week|month|year|visit|cycle)s (?P<numbers>[0-9]+(?:, ?[0-9]+)*,? (?:and|or) [0-9]+)"
)
_SEVERAL = re.compile(r"(?P<numbers>[0-9]+(?: [a-z]+)?(?:, [0-9]+(?: [a-z]+)?)* and [0-9]+)(?P<rest>.*)")


def times_of(words: str) -> list[str]:
    """Return the times of a list of them, one by one.

    Examples
    --------
    >>> times_of("1, 2 and 3 years")
    ['1 year', '2 years', '3 years']
    >>> times_of("10 min, 1 and 24 h")
    ['10 min', '1 h', '24 h']
    """
    if (named := _NUMBERED.fullmatch(words)) is not None:
        return [f"{named['unit']} {number}" for number in _DIGITS.findall(named["numbers"])]
    found = _SEVERAL.fullmatch(words)
    if found is None:
        return [words]
    return [
        one if _OWN_UNIT.fullmatch(one) else f"{one}{found['rest'].removesuffix('s') if one == '1' else found['rest']}"
        for one in re.split(r", | and ", found["numbers"])
    ]


A_PART = re.compile(
    r"(?:in|during) (?:the )?(?:(?:stage|phase|part|period) (?:i|[1-4]|[ab])"
    r"|(?:first|second|third|last|final) (?:stage|phase|part|period)$)"
)
"""A part of a trial as a time: "in stage i", which does not say when in it."""
_SEEN_AT = re.compile(r"\b(?:at|after)(?: the| about| approximately)? $")
_A_DAY_OF_TREATMENT = 3


def only_time(document: Document, begins: Sequence[int] = ()) -> str | None:
    """Return the time at which a trial measured, where its text names one and no other.

    Behind a result that ``begins`` in the same sentence it is a time of that: "81 v 64 mm at 3 months".
    """
    text = document.tokens.text
    only, known, apart = None, None, not begins
    for at, till, words in find_times(document, 0, len(text)):
        found, unit = _DIGITS.findall(words), _UNITS.search(words)
        number = found[-1 if words[0].isalpha() else 0] if found else ""
        if not number or unit is None or number in ("0", "1") or unit[0][0] in "cvh" or "of age" in words:
            continue  # day 1, cycle 8 and three hours are parts of a schedule
        if unit[0] == "min" and not _SEEN_AT.search(text, max(0, at - 22), at):
            continue  # and so are "over 30 minutes" and "every 5 minutes"
        if unit[0] == "day" and words[0].isalpha() and int(number) <= _A_DAY_OF_TREATMENT:
            continue
        if unit[0] == "day" and words[0].isalpha() and len(found) > 1:
            continue  # so are days 1 to 5
        if not words[0].isalpha() and not (LED.search(text, max(0, at - 25), at) or _OF_A_TRIAL.match(text, till)):
            given = unit[0][0] in "wmy" and unit[0] != "min" and text.startswith(" of ", till)
            if not (given and _GIVEN.search(text, max(0, at - 14), at)):
                continue
        if " and " in words and len(_UNITS.findall(text[at:till])) > 1:
            return None  # "3-month and 9-month visits"
        this = number, unit[0][0]
        if known not in (None, this):
            return None
        only, known = only or words, this
        apart = apart or _OF_A_TRIAL.match(text, till) is not None or not _is_behind_results(document, at, begins)
    return only if apart else None


def _is_behind_results(document: Document, place: int, begins: Sequence[int]) -> bool:
    starts = document.tokens.starts
    first, _ = document.sentence(max(0, bisect_left(starts, place + 1) - 1))
    result = bisect_left(begins, starts[first])
    return result < len(begins) and begins[result] < place
