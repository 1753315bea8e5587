"""Read single numbers: percentages, numbers that a word for a measure governs, counts of what follows them."""

from __future__ import annotations

import re

from trialstats.sources.text.counts import value_of_count
from trialstats.sources.text.denominators import is_denominator
from trialstats.sources.text.measure_forms import free_behind
from trialstats.sources.text.measure_words import RATIOS, TIME
from trialstats.sources.text.planned import is_planned
from trialstats.sources.text.value_numbers import Numbers, Value, whole_of
from trialstats.sources.text.value_words import (
    COUNTED,
    COUNTED_BEFORE,
    DID,
    EVENTS,
    NOT_COUNTED,
    PEOPLE,
    ratio_before,
    ratio_named,
)

_COUNTED_NEXT = re.compile(
    rf" (?:{PEOPLE}|death|event|case|infection|stroke|recurrence|relapse|withdrawal|complication)\b"
)
_LISTED = re.compile(r"(?:[:(,]|--|\band) $|[:(]$")
_WHERE = re.compile(r"\)?,? ?(?:\([^()]{1,30}\) )?(?:in|with|for|on|among|of|receiving|given|from|assigned|who)\b")
_MORE_OF_THEM = re.compile(r"\b(?:and|v|vs|versus)\.? (?:none|one|two|three|four|five|six|seven|eight|nine|[0-9])")
_NAME_IN_CAPITALS = re.compile(r"\b[A-Z]{3,12}s?[ -]$")
_NUMBER_OF = re.compile(
    rf"\bnumber of (?:[a-z-]{{1,20}} ){{0,3}}?(?:{PEOPLE}|{EVENTS})(?: [a-z-]{{1,20}}){{0,4}}? (?:was|were) $"
)
_SAMPLES_TEXT = "population populations sample trial study set analysis group arm cohort total follow-up followup"
_SAMPLES = frozenset(_SAMPLES_TEXT.split())
# What is counted in words: people, and what happens to them, in the plainest names.
_PLAIN = re.compile(
    rf" (?!(?:groups?|arms?|treatment|clinical|different|other)\b)(?:[a-z][a-z-]{{2,20}} ){{0,3}}?(?:{PEOPLE}"
    rf"|deaths?|events?|episodes|infections?|strokes?|recurrences?|relapses?"
    r"|fractures?|falls|complications?|withdrawals?|responses|failures|bleeds|cancers|infarctions|perforations"
    r"|leaks|reactions)\b"
)
_RATE = re.compile(
    r"(?: ?%)?(?: (?:events?|cases?|episodes?|deaths?|[a-z]+s))? ?(?:/|per) ?(?:100|1[ ,]?000|10[ ,]?000|100[ ,]?000"
    r"|1[ ,]?000[ ,]?000|person|patient|participant|woman|subject|child|year|month|week|day|annum|million|py"
    r"|pyr?s?\b|\(?patient|hour)[a-z-]*(?:[ -](?:person|patient|participant|women|child|subject|years?|days|months"
    r"|observation|py)[a-z-]*)*"
)
_PER_BEFORE = re.compile(r"\bper (?:year|annum|100|1[ ,]?000|person|patient)[a-z -]{0,24}[ =:(]*(?:was |were |of )?$")
_CHANGE = re.compile(
    r" ?-?(?: ?relative| ?absolute)? ?(?:risk |rate |mean )?(?:(?P<less>reduction|reduced|decrease|decline|lower"
    r"|less|fewer|fall|drop)|(?P<more>increase|increased|higher|greater|more|improvement|rise|excess|gain|better"
    r"|longer|worse))\b"
)
_CHANGED = re.compile(
    r"(?<!or )\b(?P<verb>reduc\w+|decreas\w+|lower\w*|increas\w+|improv\w+|declin\w+|ros[e]|rises?|fell|fall|drop\w*"
    r"|gain\w*|chang\w+|prolong\w+|greater|higher|fewer|less|risen|loss|lost"
    r"|shorten\w*)\b(?P<far>[^.;:()0-9]{0,60}?)\b(?:by|of|was|were|is) (?:(?:an?|about|approximately|only|nearly"
    r"|almost|up to|over|around|estimated|mean|average|median|further|additional) )*[-+]?$"
)
_POINTS = re.compile(r" ?-?(?:percentage|absolute|%)[ -]?points?| ?points?\b")
_ABSOLUTE = re.compile(r"\babsolute\b|percentage points?|\brisk differ|\bdiffer")
_QUANTITY = re.compile(
    r"\b(?:hba1c|hba\(1c\)|hb ?a1c|a1c|glycated|glycosylated|ejection fraction|l?vef|fev\(?1\)?|fvc|pef|hematocrit"
    r"|haematocrit|body fat|ldl|ldl-c|cholesterol|triglycerides?|bmd|bone mineral|density|body weight|bmi|saturation"
    r"|spo2|stenosis|volume|viral load|scores?|intensity|blood loss|time in|percent(?:age)? of (?:time|days)"
    r"|dilation|fmd|coefficient)\b"
)
_CURVE = re.compile(
    r"surviv\w*|\b(?:os|pfs|dfs|efs|rfs|mfs|dmfs|bfs|lrfs|ttp)\b|event-free|relapse-free|disease-free"
    r"|progression-free|free(?:dom)?\b|kaplan|actuarial|local control|locoregional control|failure-free"
    r"|cumulative (?:[a-z-]+ ){0,3}?(?:incidence|rates?|probability|risk)"
)
_AT_TIME = re.compile(
    r"\b(?:at|after|for)? ?(?:[0-9]+(?:yr|mo)s?\b|(?:[0-9]+(?:\.[0-9])?|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|twelve)[ -](?:year|yr|month|mo|week|day)s?\b)"
)
_THRESHOLD = re.compile(
    r"(?:\b(?:less|greater|more|fewer|lower|higher) than|at least|minimum of|maximum of|up to|over|under|above|below"
    r"|or) [-+]?$"
)
_OF_PEOPLE = re.compile(rf" of (?:(?:the|all|these|those|our|its) )?(?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}")
_ENDED = re.compile(rf"[;)]|[0-9](?![0-9]* {PEOPLE}\b)")
_HYDROXY = re.compile(r"\b[0-9,]+ ?\(oh\)")
_BRACKETED = re.compile(r"\([^()0-9;]{1,30}\)")
_CHANGED_BY = re.compile(
    r"\b[0-9.]+ ?% (?:greater|higher|lower|longer|shorter|larger|smaller|less|more|better|fewer|worse)\b"
)
_SHARED = re.compile(r"achiev|\blikely|proportions?\b|reach|attain|patients|participants|subjects|responders")
_OF_WHAT = re.compile(r"mean|median")
_BETWEEN_TWO = re.compile(r"\bfrom (?:[a-z]+ ){0,3}(?:[0-9.]+ ?[a-z%/]* to )?$")
_AND_BY = re.compile(r"\bby [0-9.]+ ?%,? and (?:the )?[a-z][a-z -]{2,50} by $")
_SIGNED_NEXT = re.compile(r"[0-9] ?%(?: [a-z ]{1,30})?,? (?:versus|vs\.?|v|and|compared with) \+$")
_GOING_ON = re.compile(r"%[^.;]{0,60}\b(?:and from|to) (?:[0-9.]+%? ?(?:\([^()]{0,20}\) )?to )?$")
_PER_CENT = re.compile(r" ?per ?cent\b(?! points?)")
_FEWEST_PER_CENT = 10
_OF_FOLLOW_UP = re.compile(r"\b(?:median|mean|average) (?:duration of )?follow")
_BOTH = re.compile(r"(?: [a-z-]{1,20}){0,8},? (?:and|versus|vs\.?)")
_NO_SHARE = re.compile(
    r" ?(?:ci|power|confidence|of the dose|solution|cream|gel|ointment|lidocaine|dextrose|oxygen|saline|o2|isodose"
    r"|hypobaric|hyperbaric|isobaric|(?:levo)?bupivacaine|ropivacaine|chlorhexidine|povidone|sucrose|ethanol|alcohol|formalin"
    r"|sevoflurane|desflurane|isoflurane|nitrous|e|insulin|v.?o2(?:max|peak)?)\b"
    r"| ?(?:of )?(?:energy|calories|carbohydrates?|protein|fat)\b(?! (?:loss|mass|oxidation))"
    r"| or (?:more|greater|less|higher|lower|above|below|over|better)\b"
)
_SPOKEN_OF = re.compile(r" of (?:(?!were|was|had|have)[a-z-]+ ){1,3}(?:may|might|could|can)\b")
"""What leads to what is only thought possible: "50% of patients might be cured"."""
_OF_MEANS = re.compile(r"\b(?:median|mean|average)\b[^.;]{0,40}$")
_OF_A_VALUE = re.compile(
    r" of (?:the |its |their )?(?:baseline|control|initial|normal|predicted|maxim\w+|reference|starting)\b"
)
_COMPARED = re.compile(r"v(?P<of>[dq])")
_DIFFERENCE_BEFORE = re.compile(r"differences?\b[^.;()0-9]{0,50}$")
_MEDIAN_BEFORE = re.compile(r"\bmedian\b[^.;()]{0,120}$")
_DIFFERENCE_OF = re.compile(
    r"\b(?:difference|improvement|gain|benefit|prolongation|extension) (?:in|between|of) (?:the )?$"
)
_MEAN_BEFORE = re.compile(r"\b(?:mean|average)s?\b[^.;()]{0,80}$")
# "mean age was 76 years and 40% were women"
_OTHER_UNIT = re.compile(
    r"[0-9] (?:years?|months?|kg|points?|weeks?|days?)\b(?:.{0,12} and |, (?![0-9]))|\bnot (?:yet )?(?:been )?reached\b"
)
_MEAN_NEAR = re.compile(r"median|average|\bmean\b")
_NUMBER_OR_BRACKET = re.compile(r"[;(0-9]")
_NUMBER_OR_END = re.compile(r"[;)0-9]")
_NUMBER = re.compile(r"[dqk]")
_WORDS_ON = re.compile(r"a?k")
_GOES_ON = re.compile(r"k[am]?$")


def read_singles(numbers: Numbers, letters: str) -> None:
    """Read single numbers written as some letters are, in the order of the text."""
    for found in _NUMBER.finditer(numbers.document.letters):
        token, letter = found.start(), found[0]
        if letter not in letters or not numbers.free(token):
            continue
        if letter == "k" and token and numbers.document.tokens[token - 1] == "thousand":
            continue
        if letter == "k" and _GOES_ON.search(numbers.document.letters, max(0, token - 2), token):
            continue  # "hundred" of "one hundred"
        if letter == "d" and _is_change(numbers, token):
            numbers.add(numbers.single(token, "difference"))
        elif letter == "d" and (kind := _followed(numbers, token)):
            numbers.add(numbers.single(token, kind))
        elif not numbers.role(token):
            value = _percentage(numbers, token) if letter == "q" else _number(numbers, token)
            if value is not None:
                numbers.add(value)


_CHANGE_OF = re.compile(
    r"[ -](?!fold|times|week|month|year|day|hour|min)[a-z%][a-z/%]{0,11}[ -](?:(?:absolute|mean|greater|net) )?"
    r"(?:reduction|decrease|increase|improvement|decline|gain|rise|drop|fall|loss|benefit|difference)\b"
)


_PROTECTS = re.compile(
    r" (?:vaccine |protective )?(?:efficacy|effectiveness|protection) (?:in preventing|in the prevention|against)\b"
)


def _is_change(numbers: Numbers, token: int) -> bool:
    """Whether a number with its unit says by how much something changed: "an 8-point reduction"."""
    document = numbers.document
    if document.letters[token + 1 : token + 2] not in ("m", "u", "w") or document.letters[token - 1 : token] == "r":
        return False
    if _CHANGE_OF.match(numbers.after(token)) is None or _CHANGE_LED.search(numbers.before(token, 24)) is None:
        return False
    return not numbers.is_design(token)


_CHANGE_LED = re.compile(r"\b(?:an?|the|mean|median|average|further|and|of) [-+]?$")


def _percentage(numbers: Numbers, token: int) -> Value | None:
    document = numbers.document
    before, after = numbers.before(token, 160), numbers.after(token)
    relation = document.letters[token - 1 : token]
    if relation in ("r", "z") or numbers.is_design(token):
        return None
    if _THRESHOLD.search(before[-16:]) and not _OF_PEOPLE.match(after):
        return None
    if _NO_SHARE.match(after) or (" of " in after and _SPOKEN_OF.match(after)):
        return None
    if relation == "m" and numbers.document.letters[token - 2 : token - 1] in ("q", "d") and numbers.sign(token) > 0:
        return None
    measure = share_of(numbers, token, before, after)
    last = numbers.found[-1] if numbers.found and measure == "proportion" else None
    if last is not None and last.measure == "mean" and last.unit == "%" and _GOING_ON.search(before[-110:]):
        measure = "mean"  # "from 8.2% to 6.1% with X and from 8.1% to 6.0% with Y"
    if last is not None and last.measure == "mean" and last.unit == "%" and _SIGNED_NEXT.search(before[-24:]):
        measure = "mean"  # "-43% v +16%"
    if measure == "proportion" and numbers.found and _beside_a_change(numbers, token):
        measure = "mean"  # "-12.3% v 4.2%"
    if measure == "proportion" and numbers.found and numbers.found[-1].measure == "relative-reduction":
        measure = (
            "relative-reduction" if _AND_BY.search(before) else measure
        )  # "reduced falls by 20% and fractures by 40%"
    named = numbers.named(token)[-1:]
    of_patients = bool(named) and named[0][0] == "proportion" and _OF_A_VALUE.match(numbers.after(token)) is None
    impossible = document.value(token) > 100 and not of_patients
    if (
        last is not None
        and last.measure == "median"
        and last.unit == "%"
        and _BOTH.fullmatch(f" {document.text_between(last.last + 1, token)}")
    ):
        measure = "median"  # "medians were 52.6% with X and 74.5% with Y"
    if measure in ("proportion", "survival") and (numbers.sign(token) < 0 or impossible):
        measure = "mean" if numbers.sign(token) < 0 else "other"
    return numbers.single(token, measure)


def _beside_a_change(numbers: Numbers, token: int) -> bool:
    """Whether a percentage is held against one below zero, so that both are changes; the one before is made one."""
    last, letters = numbers.found[-1], numbers.document.letters
    held = letters[last.last + 1 : token].rstrip("m+") in ("v", ",v", "wv", "a")
    if last.unit != "%" or not held or last.measure not in ("mean", "proportion"):
        return False
    if last.measure == "proportion" and numbers.sign(token) < 0:
        last.measure = "mean"
    return last.measure == "mean" and (last.sign < 0 or numbers.sign(token) < 0)


_SIDE_BY_SIDE = re.compile(r"[uw]{0,8}(?:[,;]?a|,|\)?w{0,6}v)w{0,8}(?:\(w?)?")


def _goes_on(numbers: Numbers, token: int) -> bool:
    """Whether a percentage stands beside one from a curve: "survival at 2 and 3 years was 31%, 22% v 32%"."""
    last = numbers.found[-1] if numbers.found else None
    if last is None or last.measure != "survival" or last.last >= token:
        return False
    if numbers.named(token) and numbers.named(token)[-1][1] > numbers.document.tokens.ends[last.last]:
        return False
    return _SIDE_BY_SIDE.fullmatch(numbers.document.letters, last.last + 1, token) is not None


_IN_DOING = re.compile(r" in [a-z]{3,20}ing ")
_OUTCOME_NEXT = re.compile(r" (?:outcome|end ?-?point|analys|population|measure|variable|set)")
_GOVERNING = frozenset(("mean", "median", "difference", "relative-reduction", "proportion", "share", "survival"))


def _is_reduced(numbers: Numbers, token: int) -> bool:
    """Whether a word for a reduction of risk, or for efficacy, is what a percentage is of, and not far before it."""
    document = numbers.document
    kind, _, place = next(one for one in reversed(numbers.named(token)) if one[0] in _GOVERNING)
    between = document.tokens.text[place : document.tokens.starts[token]]
    return kind == "relative-reduction" and not (
        _OUTCOME_NEXT.match(between)
        or (between.count("(") > between.count(")") and (len(between) > 50 or _IN_DOING.search(between)))
    )


def share_of(numbers: Numbers, token: int, before: str, after: str) -> str:
    """Return what a percentage measures."""
    if _RATE.match(after) or ("per " in before and _PER_BEFORE.search(before)):
        return "rate"
    if ("efficacy" in after or "protect" in after) and _PROTECTS.match(after):
        return "relative-reduction"
    absolute = _POINTS.match(after) or _ABSOLUTE.search(before[-60:])
    change, changed = _CHANGE.match(after), _CHANGED.search(before)
    names = [
        kind
        for kind, _, place in numbers.named(token)
        if kind in ("mean", "median", "difference", "relative-reduction")
    ]
    if change or changed or ("relative-reduction" in names[-1:] and _is_reduced(numbers, token)):
        if absolute and "relative" not in before[-60:]:
            return "difference"
        if _OF_MEANS.search(before[-60:]):
            return "median" if "median" in before[-60:] else "mean"
        return "relative-reduction"
    if _POINTS.match(after) or ("difference" in before and _DIFFERENCE_BEFORE.search(before)):
        return "difference"
    plain = _OF_FOLLOW_UP.sub("", _BRACKETED.sub("", before))
    if "median" in before and (led := _MEDIAN_BEFORE.search(plain)) and not _OTHER_UNIT.search(led[0]):
        return "median"
    if (
        ("mean" in before or "average" in before)
        and (led := _MEAN_BEFORE.search(plain))
        and not _OTHER_UNIT.search(led[0])
    ):
        return "mean"
    if _QUANTITY.search(before[-70:]) and not _SHARED.search(before[-110:] + after[:30]):
        return "mean"
    near = before[-120:]
    if free_behind(numbers.document.tokens.text, numbers.document.tokens.ends[token]):
        return "survival" if _AT_TIME.search(numbers.before(token, 300) + numbers.after(token, 160)) else "proportion"
    kinds = [kind for kind, begin, _ in numbers.named(token)[-1:]]
    if kinds == ["proportion"] and not _CURVE.search(near[-25:]):
        return "proportion"
    if _CURVE.search(near) is None:
        return "survival" if _goes_on(numbers, token) else "proportion"
    sentence = numbers.before(token, 300) + after
    timed = "kaplan" in sentence or "actuarial" in sentence or "cumulative" in sentence or _AT_TIME.search(sentence)
    return "survival" if timed else "proportion"


def _number(numbers: Numbers, token: int) -> Value | None:
    document, letters = numbers.document, numbers.document.letters
    before, after = numbers.before(token, 160), numbers.after(token)
    rated = (
        letters[token] == "d" and _RATE.match(after) is not None
    )  # "maternal outcome ratio 0.7/1000" is none of odds
    if letters[token] == "d" and not rated and (named := ratio_before(numbers.cased(token, 90))) is not None:
        return None if is_planned(before) else numbers.single(token, ratio_named(named[0]))
    if letters[token - 1 : token] == "r" or numbers.is_design(token) or numbers.is_name(token):
        return None
    if rated or (letters[token] == "d" and _rated(numbers, token, before)):
        return numbers.single(token, "rate")
    measure = governed(numbers, token, before) if letters[token] == "d" else ""
    measure = measure or (_changed(numbers, token, before) if letters[token] == "d" else "")
    if measure:
        return numbers.single(token, measure)
    if letters[token] == "k" and (said := _PER_CENT.match(after)) is not None:
        few = document.value(token) < _FEWEST_PER_CENT
        if few or numbers.is_design(token) or _NO_SHARE.match(after, said.end()):
            return None
        value = numbers.single(token, share_of(numbers, token, before, after[said.end() :]))
        value.unit = "%"
        return value  # "seventy-two percent of patients"
    end = token + 1
    while letters[token] == "k" and (more := _WORDS_ON.match(letters, end)) is not None:
        end = more.end()
    if whole_of(document, token) is not None and _is_count(numbers, token, before, numbers.after(end - 1)):
        value = numbers.single(token, "count", last=end - 1)
        value.counted = value_of_count(document, token, end) if end > token + 1 else None
        return value
    return None


_FOLLOW_UP = re.compile(r" [a-z]{1,8}'? (?:of )?(?:median|mean|average) (?:duration of )?follow")


def _followed(numbers: Numbers, token: int) -> str:
    """Return "median" or "mean" for a time whose words stand behind it: "at 21.5 months median follow-up"."""
    if numbers.unit(token) not in TIME or (found := _FOLLOW_UP.match(numbers.after(token))) is None:
        return ""
    return "median" if "median" in found[0] else "mean"


_TESTED = re.compile(r"(?:u{1,2}(?:/[uw])?|/[uw]|w(?:/w)?)?[,;]?\(?P|u{1,2}(?:/[uw])?\)")
_CHANGE_BEFORE = re.compile(
    r"\b(?:higher|greater|lower|longer|shorter|larger|smaller|reduc\w+|increas\w+|decreas\w+|improv\w+|differ\w*|declin\w+"
    r"|rose|fell|gain\w*|loss|lost|changed?)\b"
)
_HELD_AGAINST = re.compile(r"\b(?:than|compared|versus|vs|v|relative to|differ\w*|against|over placebo)\b")


def _changed(numbers: Numbers, token: int, before: str) -> str:
    """Return the measure of what changed, printed in brackets or with its P: "higher than before (+28.7 l/min; P"."""
    document = numbers.document
    letters, at = document.letters, token - 1 if document.letters[token - 1 : token] in ("m", "+") else token
    led = letters[at - 1 : at]
    goes_on = led == "a" and letters[max(0, at - 3) : at - 1] == "P)"
    if not (led in ("(", ":") or goes_on) or _TESTED.match(letters, token + 1) is None:
        return ""
    if not (numbers.unit(token) or document.decimals(token)) or numbers.unit(token) in TIME:
        return ""
    if led == "(" and letters[token + 1 : token + 2] == ")":
        return ""
    clause = before.rpartition(";")[2]
    if _CHANGE_BEFORE.search(clause) is None:
        return ""
    return "difference" if _HELD_AGAINST.search(clause) else "mean"


_RATED = re.compile(
    r"\b(?:annuali[sz]ed|incidence|event|relapse|infection|fracture|cancer|exacerbation|attack|bleeding|mortality|death"
    r"|hospitali[sz]ation|admission|recurrence|fall|seizure|episode) rates?\b[^.;()0-9]{0,60}?\b(?:was|were|of)"
    r" (?:(?:about|approximately|only|estimated) )*$"
)


_PER_TIME_WAS = re.compile(
    r"\bper 1(?:0[0, ]*|,000|0,000|00,000)[ -]?(?:patient|person|participant|subject|woman|child)s?[- ](?:years?"
    r"|months?|weeks?|days?)(?: (?:was|were|of)|:)? $"
)
"""What leads to a rate: "deaths per 100 patient-years were"."""


def _rated(numbers: Numbers, token: int, before: str) -> bool:
    """Whether a number with decimals is a rate that words name before it: "the annualized relapse rate was 0.19"."""
    if numbers.document.decimals(token) == 0 or numbers.unit(token):
        return False
    if "per 1" in before and _PER_TIME_WAS.search(before):
        return True
    return "rate" in before and _RATED.search(before) is not None


def governed(numbers: Numbers, token: int, before: str) -> str:
    """Return the measure whose word governs a number: a median of 12 months; mean scores were 3.1."""
    unit = numbers.unit(token)
    if unit in ("percentage", "pp"):
        return "difference"
    for kind, begin, place in reversed(numbers.named(token)):
        between = numbers.document.tokens.text[place : numbers.document.tokens.starts[token]]
        if kind == "difference" and (whose := _OF_WHAT.match(numbers.document.tokens.text, begin)) is not None:
            kind = whose[0]  # "median survival increased from 21"
        if kind == "other" and numbers.document.tokens.text.startswith("geometric", begin):
            kind = "mean"
        text = numbers.document.tokens.text
        if kind in ("mean", "median") and _DIFFERENCE_OF.search(text, max(0, begin - 40), begin) is not None:
            return "difference"  # "an improvement in the median of 4.4 months"
        if "(oh)" in between:
            between = _HYDROXY.sub(" ", between)
        if kind in ("mean", "median"):
            if (
                _ENDED.search(_CHANGED_BY.sub("", _BRACKETED.sub("", between)))
                or len(between) > 110
                or _COUNTED_NEXT.match(numbers.after(token))
            ):
                return ""
            return kind
        reached = between.endswith(" to ") and " from " not in between and "increas" not in between
        if kind == "survival" and unit in TIME and not reached and not _NUMBER_OR_BRACKET.search(between):
            return "median"
        if kind == "difference" and (compared := _COMPARED.match(numbers.document.letters, token + 1)) is not None:
            return "proportion" if compared["of"] == "q" else "mean"  # "no difference in the rate (33.3 v 23.5%)"
        if (
            kind == "difference"
            and not _NUMBER_OR_END.search(between)
            and len(between) < 60
            and (unit or numbers.document.decimals(token))
        ):
            return "difference"
        if kind in (*RATIOS, "share", "proportion"):
            return ""
        if kind in ("verb", "noun", "difference") and len(between) < 70 and _BETWEEN_TWO.search(between):
            return "mean"
    if _MEAN_NEAR.search(before[-25:]):
        return "median" if "median" in before[-25:] else "mean"
    return ""


def _is_count(numbers: Numbers, token: int, before: str, after: str) -> bool:
    document, letters = numbers.document, numbers.document.letters
    if letters[max(0, token - 2) : token] == "ne":
        # "patients with nausea (n = 110)": a part of the patients, not the size of a sample or of a mean.
        led = letters[max(0, token - 4) : token - 2]
        if document.digits(token) in numbers.size_digits:
            return False  # the size of an arm again
        return led == "w(" and letters[token + 1 : token + 2] == ")" and document.tokens[token - 4] not in _SAMPLES
    if NOT_COUNTED.search(before[-18:]) or letters[token + 1 : token + 2] in ("m", "u", "/"):
        return False
    if letters[token - 1 : token] in ("m", "/", "r", "*", "+") or is_denominator(
        numbers.document, token, numbers.measures
    ):
        return False
    listed = bool(_LISTED.search(before[-6:]) and _WHERE.match(after) and COUNTED_BEFORE.search(before))
    if document.tokens[token] == "one":
        return bool(_COUNTED_NEXT.match(after) or DID.match(after)) or (
            listed and _MORE_OF_THEM.search(after) is not None
        )
    small = letters[token] == "k" or document.value(token) < 4
    if (_PLAIN if small else COUNTED).match(after):
        return before[-4:] != "all "
    if DID.match(after):
        # LUMAR 2 was a trial.
        return before[-4:] != "all " and not _NAME_IN_CAPITALS.search(numbers.cased(token, 12))
    if letters[token] == "d" and "number" in before and _NUMBER_OF.search(before):
        return True
    return listed  # "24 events: five in the one group and nine with the other"
