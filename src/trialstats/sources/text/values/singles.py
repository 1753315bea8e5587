"""Read single numbers: percentages, numbers that a word for a measure governs, counts of what follows them."""

from __future__ import annotations

import re

from trialstats.sources.text.counts.sizes import SHARE_OF, is_total
from trialstats.sources.text.numbers.denominators import is_denominator
from trialstats.sources.text.numbers.with_percentage import goes_on, value_of_count
from trialstats.sources.text.plans.planned import is_planned
from trialstats.sources.text.values.apart import is_apart
from trialstats.sources.text.values.generally import is_a_bound, is_generally_so
from trialstats.sources.text.values.governed import COUNTED_NEXT, IMPORTANT, THRESHOLD, governed
from trialstats.sources.text.values.numbers import Numbers, Value, whole_of
from trialstats.sources.text.values.person_time import is_rated
from trialstats.sources.text.values.readings import measure_behind
from trialstats.sources.text.values.shares import RATE, share_of
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_values import (
    COUNTED,
    COUNTED_BEFORE,
    DID,
    EVENTS,
    NOT_COUNTED,
    PEOPLE,
    ratio_before,
    ratio_named,
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
    rf" (?!(?:groups?|arms?|treatment|clinical|different|other)\b(?!-))(?:[a-z][a-z-]{{2,20}} ){{0,3}}?(?:{PEOPLE}"
    rf"|deaths?|events?|episodes|infections?|strokes?|recurrences?|relapses?"
    r"|fractures?|falls|complications?|withdrawals?|responses|failures|bleeds|cancers|infarctions|perforations"
    r"|leaks|reactions)\b"
)
_WHO_REACHED = re.compile(
    r"(?:[0-9] ?%\)?|\b(?:proportion|percentage|number)s?)(?: of)? [^.;:()0-9]{0,70}"
    r"\b(?:achiev|attain|reach)(?:ed|ing|es|e) (?:an? )?$"
)
"""What leads to a goal of those counted: "19% of those on tea achieved a 5% loss"."""
_OF_PEOPLE = re.compile(rf" of (?:(?:the|all|these|those|our|its) )?(?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}")
_AND_BY = re.compile(r"\bby [0-9.]+ ?%,? and (?:the )?[a-z][a-z -]{2,50} by $")
_SIGNED_NEXT = re.compile(r"[0-9] ?%(?: [a-z ]{1,30})?,? (?:versus|vs\.?|v|and|compared with) \+$")
_GOING_ON = re.compile(r"%[^.;]{0,60}\b(?:and from|to) (?:[0-9.]+%? ?(?:\([^()]{0,20}\) )?to )?$")
_PER_CENT = re.compile(r" ?per ?cent\b(?! points?)")
_FEWEST_PER_CENT = 10
_BOTH = re.compile(r"(?: [a-z-]{1,20}){0,8},? (?:and|versus|vs\.?)")
_NO_SHARE = re.compile(
    r" ?(?:ci|power|confidence|of the dose|solution|cream|gel|ointment|lidocaine|dextrose|oxygen|saline|o2|isodose"
    r"|hypobaric|hyperbaric|isobaric|(?:levo)?bupivacaine|ropivacaine|chlorhexidine|povidone|sucrose|ethanol|alcohol|formalin"
    r"|sevoflurane|desflurane|isoflurane|nitrous|e|insulin|v.?o2(?:max|peak)?)\b"
    r"| ?(?:of )?(?:energy|calories|carbohydrates?|protein|fat)\b(?! (?:loss|mass|oxidation))"
    r"| improvement criteria\b| or (?:more|greater|less|higher|lower|above|below|over|better)\b"
)
_TOP = re.compile(r"\b(?:top|bottom|highest|lowest) $")
"""What leads to a part by rank: "the top 10% of scores"."""
_SPOKEN_OF = re.compile(
    r" of (?:(?!were|was|had|have)[a-z-]+ ){1,3}(?:may|might|can|could(?= (?:be|have|potentially|theoretically)\b))\b"
)
"""What leads to what is only thought possible: "50% of patients might be cured"."""
_OF_A_VALUE = re.compile(
    r" of (?:the |its |their )?(?:baseline|control|initial|normal|predicted|maxim\w+|reference|starting)\b"
)
_NUMBER = re.compile(r"[dqk]")
_WORDS_ON = re.compile(r"a?k")


def read_singles(numbers: Numbers, letters: str) -> None:
    """Read single numbers written as some letters are, in the order of the text."""
    for found in _NUMBER.finditer(numbers.document.letters):
        token, letter = found.start(), found[0]
        if letter not in letters or not numbers.free(token):
            continue
        if letter == "k" and token and numbers.document.tokens[token - 1].endswith(("thousand", "-hundred")):
            continue
        if letter == "k" and goes_on(numbers.document, token):
            continue
        if letter == "d" and (_is_change(numbers, token) or is_apart(numbers, token)):
            numbers.add(numbers.single(token, "difference"))
        elif letter == "d" and (kind := measure_behind(numbers, token) or _reached(numbers, token)):
            numbers.add(numbers.single(token, kind))
        elif not numbers.role(token):
            value = _percentage(numbers, token) if letter == "q" else _number(numbers, token)
            if value is not None:
                numbers.add(value)


_CHANGE_OF = re.compile(
    r"[ -](?!fold|times|week|month|year|day|hour|min)[a-z%][a-z/%]{0,11}[ -](?:(?:absolute|mean|greater|net) )?"
    r"(?:reduction|decrease|increase|improvement|decline|gain|rise|drop|fall|loss|benefit|difference)\b"
)


def _is_change(numbers: Numbers, token: int) -> bool:
    """Whether a number with its unit says by how much something changed: "an 8-point reduction"."""
    document = numbers.document
    if document.letters[token + 1 : token + 2] not in ("m", "u", "w") or document.letters[token - 1 : token] == "r":
        return False
    if _CHANGE_OF.match(numbers.after(token)) is None or _CHANGE_LED.search(numbers.before(token, 24)) is None:
        return False
    return not (numbers.is_design(token) or _is_step(numbers, token))


_PER_STEP = re.compile(
    r"\b(?:(?:for|per|with) (?:each|every)|for an?|per|each|every|(?:using|requiring|defined as|criterion of) an?)"
    r" [-+]?$"
)
_STEP = re.compile(
    r"(?: ?%|[ -][a-z%][a-z/%0-9]{0,11})?[ -](?:increase|decrease|increment|decrement|rise|reduction|change|difference"
    r"|higher|lower|improvement)\b"
)
_ASSOCIATED = re.compile(r"[^.;:]{3,70}? (?:is|was|are|were) (?:[a-z]+ly )?(?:associated|linked|related)\b")


def _is_step(numbers: Numbers, token: int) -> bool:
    """Whether a change is only the step of another quantity: "the odds ratio for a 5-unit increase in zinc"."""
    after = numbers.after(token, 120)
    step = _STEP.match(after)
    if step is None:
        return False
    before = numbers.before(token, 30)
    if _PER_STEP.search(before) is not None:
        return True
    return before.endswith(("that a ", "that an ")) and _ASSOCIATED.match(after, step.end()) is not None


_CHANGE_LED = re.compile(r"\b(?:an?|the|mean|median|average|further|and|of) [-+]?$")


def _percentage(numbers: Numbers, token: int) -> Value | None:
    document = numbers.document
    before, after = numbers.before(token, 160), numbers.after(token)
    relation = document.letters[token - 1 : token]
    if relation in ("r", "z") or numbers.is_at_least(token) or numbers.is_design(token):
        return None
    if _WHO_REACHED.search(before[-130:]) or is_a_bound(document, token):
        return None
    if _TOP.search(before[-9:]) or before.endswith(" time to ") or is_generally_so(before, numbers.after(token, 130)):
        return None
    if THRESHOLD.search(before[-16:]) and not _OF_PEOPLE.match(after):
        return None
    if _is_step(numbers, token) or IMPORTANT.search(before[-70:]) or _NO_SHARE.match(after):
        return None
    if " of " in after and _SPOKEN_OF.match(after):
        return None
    if relation == "m" and numbers.document.letters[token - 2 : token - 1] in ("q", "d") and numbers.sign(token) > 0:
        return None
    measure = share_of(numbers, token, before, after)
    last = numbers.found[-1] if numbers.found and measure == "proportion" else None
    if last is not None and last.measure == "mean" and last.unit == "%" and _GOING_ON.search(before[-110:]):
        measure = "mean"  # "from 8.2% to 6.1% with X and from 8.1% to 6.0% with Y"
    if last is not None and last.measure == "mean" and last.unit == "%" and _SIGNED_NEXT.search(before[-24:]):
        measure = "mean"  # "-43% v +16%"
    if measure == "proportion" and last is not None and last.measure == "mean" and _is_share_too(numbers, last, token):
        last.measure, last.unit = "proportion", "%"  # "coverage rose from 33 to 58%"
    if measure == "proportion" and numbers.found and _beside_a_change(numbers, token):
        measure = "mean"  # "-12.3% v 4.2%"
    reduced = measure == "proportion" and numbers.found and numbers.found[-1].measure == "relative-reduction"
    if reduced and _AND_BY.search(before):
        measure = "relative-reduction"  # "reduced falls by 20% and fractures by 40%"
    if measure == "proportion" and numbers.found and _changed_too(numbers, token):
        measure = numbers.found[-1].measure
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
    value = numbers.single(token, measure)
    of = SHARE_OF.match(document.letters, token) if measure == "proportion" else None
    if of is not None and numbers.free(of.start("n")) and is_total(document, of):
        value.n = value.last = of.start("n")
    return value


_FROM = re.compile(r"\bfrom (?:only |about )?$")


def _is_share_too(numbers: Numbers, last: Value, token: int) -> bool:
    """Whether a number without a unit is the share from which something went to another."""
    if numbers.document.letters[last.value + 1 : token] != "t" or numbers.unit(last.value) or last.sign < 0:
        return False
    return numbers.document.value(last.value) <= _ALL and _FROM.search(numbers.before(last.value, 14)) is not None


_ALL = 100
_TOO = re.compile(
    r"(?: [a-z]+)?(?:,? respectively,?)?(?: (?:in|with|on|for|among|at) [a-z0-9][^.;()%]{1,50}?| \([^()]{1,30}\))?,?"
    r" (?:versus|vs\.?|v|and|but|while|whereas|(?:as )?compared (?:with|to))(?: only)?"
    r"(?P<led> by(?: an?)?| (?:decreased|increased|fell|rose) by| of)? [-+]?"
)


def _changed_too(numbers: Numbers, token: int) -> bool:
    """Whether a percentage is a change like the one before it: "fell by 44% with tea and by 12% with milk"."""
    last, tokens = numbers.found[-1], numbers.document.tokens
    if last.unit != "%" or last.measure not in ("mean", "relative-reduction") or last.value < 0 or last.lower >= 0:
        return False
    start = tokens.starts[_first_of_list(numbers).value]
    if last.value > token or not _BY_HOW_MUCH.search(tokens.text, max(0, start - 24), start):
        return False
    if _LISTED_TOO.fullmatch(tokens.text, tokens.ends[last.last], tokens.starts[token]):
        return _SAYS_NO_MORE.match(numbers.after(token)) is not None
    found = _TOO.fullmatch(tokens.text, tokens.ends[last.last], tokens.starts[token])
    return found is not None and (found["led"] is not None or last.measure == "mean")


_SAYS_NO_MORE = re.compile(r" ?(?:[.;()\[\]]|$)|,? respectively\b|,? (?:and )?[0-9]| (?:at|on|in|with|after)\b")
_LISTED_TOO = re.compile(r"(?:, |,? and )[-+]?")


def _first_of_list(numbers: Numbers) -> Value:
    """Return the first of a list of values whose last is the one read last: "by 50%, 56% and 27%"."""
    tokens, found = numbers.document.tokens, numbers.found
    at = len(found) - 1
    while at and _LISTED_TOO.fullmatch(tokens.text, tokens.ends[found[at - 1].last], tokens.starts[found[at].value]):
        at -= 1
    return found[at]


_BY_HOW_MUCH = re.compile(
    r"\b(?:by|(?:fall|rise|drop|decrease|increase|reduction|improvement|decline|gain|loss|change)s? of)"
    r"(?: (?:an?|about|only|approximately)){0,2} [-+]?$"
)


def _beside_a_change(numbers: Numbers, token: int) -> bool:
    """Whether a percentage is held against one below zero, so that both are changes; the one before is made one."""
    last, letters = numbers.found[-1], numbers.document.letters
    held = letters[last.last + 1 : token].rstrip("m+") in ("v", ",v", "wv", "a")
    if last.unit != "%" or not held or last.measure not in ("mean", "proportion"):
        return False
    if last.measure == "proportion" and numbers.sign(token) < 0:
        last.measure = "mean"
    return last.measure == "mean" and (last.sign < 0 or numbers.sign(token) < 0)


def _number(numbers: Numbers, token: int) -> Value | None:
    document, letters = numbers.document, numbers.document.letters
    before, after = numbers.before(token, 160), numbers.after(token)
    if letters[token] == "d" and (_is_step(numbers, token) or IMPORTANT.search(before[-70:])):
        return None
    rated = letters[token] == "d" and RATE.match(after) is not None  # "maternal outcome ratio 0.7/1000" is none of odds
    rated = rated and not (numbers.unit(token) in TIME and before.endswith(" on "))  # "drank tea on 5 days per month"
    unitless = letters[token] == "d" and not rated and not numbers.unit(token)
    if unitless and (named := ratio_before(numbers.cased(token, 90))) is not None:
        return None if is_planned(before) else numbers.single(token, ratio_named(named[0]))
    if letters[token - 1 : token] == "r" or numbers.is_at_least(token):
        return None
    if numbers.is_design(token) or numbers.is_name(token):
        return None
    if rated or (letters[token] == "d" and is_rated(numbers, token, before)):
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
    while letters[token] == "k" and (more := _WORDS_ON.match(letters, end)) and goes_on(document, more.end() - 1):
        end = more.end()
    if whole_of(document, token) is not None and _is_count(numbers, token, before, numbers.after(end - 1)):
        value = numbers.single(token, "count", last=end - 1)
        value.counted = value_of_count(document, token, end) if end > token + 1 else None
        return value
    return None


_LED_FROM = re.compile(r"\bfrom (?:(?:an? )?(?:median|mean) (?:of )?)?$")
_CAME_TO = re.compile(
    r" (?:with|in|for|on|among|at|before|during|after|over) [^0-9.;:()]{3,60} to (?:(?:an? )?(?:median|mean) (?:of )?)?"
)


def _reached(numbers: Numbers, token: int) -> str:
    """Return the measure of the second of two values: "from a median of 4.1 days with tea to 6.2 days with milk"."""
    last, unit = numbers.found[-1] if numbers.found else None, numbers.unit(token)
    if last is None or last.measure not in ("mean", "median") or last.last > token:
        return ""
    decimals = numbers.document.decimals(token)
    if not unit and not 0 < decimals == numbers.document.decimals(last.value):
        return ""
    if unit != numbers.unit(last.value) or not _LED_FROM.search(numbers.before(last.value, 24)):
        return ""
    text, tokens = numbers.document.tokens.text, numbers.document.tokens
    between = text[tokens.ends[last.value] : tokens.starts[token]]
    between = between.removeprefix(" ").removeprefix(unit) if unit else between
    return last.measure if _CAME_TO.fullmatch(between) else ""


_TESTED = re.compile(r"(?:u{1,2}(?:/[uw])?|/[uw]|w(?:/w)?)?[,;]?\(?P|u{1,2}(?:/[uw])?\)")
_CHANGE_BEFORE = re.compile(
    r"\b(?:higher|greater|lower|longer|shorter|larger|smaller|reduc\w+|increas\w+|decreas\w+|improv\w+|differ\w*|declin\w+"
    r"|rose|fell|gain\w*|loss|lost|changed?)\b"
)
_HELD_AGAINST = re.compile(r"\b(?:than|compared|versus|vs|v|relative to|differ\w*|against|over placebo)\b")


def _changed(numbers: Numbers, token: int, before: str) -> str:
    """Return the measure of what changed, printed in brackets or with its P: "higher than before (+28.7 l/min; P"."""
    document = numbers.document
    signed = document.letters[token - 1 : token] in ("m", "+")
    letters, at = document.letters, token - 1 if signed else token
    led = letters[at - 1 : at]
    goes_on = led == "a" and letters[max(0, at - 3) : at - 1] == "P)"
    if not (led in ("(", ":") or goes_on) or _TESTED.match(letters, token + 1) is None:
        return ""
    if not (numbers.unit(token) or document.decimals(token)) or (numbers.unit(token) in TIME and not signed):
        return ""
    if led == "(" and signed and (last := _changed_before(numbers, token)) is not None:
        return last.measure
    if led == "(" and letters[token + 1 : token + 2] == ")":
        return ""
    clause = before.rpartition(";")[2]
    if _CHANGE_BEFORE.search(clause) is None:
        return ""
    return "difference" if _HELD_AGAINST.search(clause) else "mean"


def _changed_before(numbers: Numbers, token: int) -> Value | None:
    """Return the change of another arm in brackets before one: "with tea (-4 kg, P = 0.3) than with milk (-1 kg)"."""
    last, document, unit = numbers.found[-1] if numbers.found else None, numbers.document, numbers.unit(token)
    if last is None or not unit or numbers.unit(last.value) != unit or last.measure != "mean":
        return None
    bracketed = document.letters[max(0, last.value - 2) : last.value] in ("(m", "(+")
    return last if bracketed and document.sentence(token)[0] <= last.value < token else None


_FOR_EACH = re.compile(
    r" (?:[a-z-]{3,14} ){1,2}per (?:eye|patient|participant|subject|person|family|side|group|cohort|session|arm|day"
    r"|week|month|year)\b"
)
"""What each has, and nobody counted: "two sittings per eye"."""
_ONE_OF_TWO = re.compile(
    r" (?:eye|side|arm|leg|hand|knee|hip|breast|half) (?:with|had|received|was treated|were treated|to|by)\b"
)
"""One of the two that each has: "one eye with tea and the other with milk"."""
_ONE_IN = re.compile(r"\b(?:one|two|three|four|five|[1-9]) (?:in|out of) (?:every )?$")
_IN_FIVE = re.compile(r" in (?:every )?(?:two|three|four|five|six|seven|eight|nine|ten|[a-z]+teen|twenty) ")
"""Shares told in words: "one in six women"."""


_OF = (" of ", " of the ", " of these ")
_OF_THESE = re.compile(r"[0-9](?: ?[(\[][0-9.]{1,5} ?%[)\]])? (?:out )?of (?:the |these )?$")
"""What leads to those of whom a number are told: "31 of the 40 women seen were assigned"."""
_DONE_BY = re.compile(r"\b(?:reported|experienced|achieved|completed|preferred|chosen|tolerated|taken) by $")


_OF_ALL_THESE = re.compile(
    r"[\s.]*(?:[a-z]{4,12}: ?)?(?:out )?(?:of|among)(?: the| these| all| those)? (?:initial |original )?"
)
_THESE_PEOPLE = re.compile(rf" (?:[a-z-]{{2,20}} ){{0,3}}?{PEOPLE}\b")
_SOUGHT = re.compile(r"\b(?:screened|assessed|approached|invited|eligible|identified|contacted)\b")
"""What leads a sentence with those of whom it then tells some: "of 25 adults at sea, 19 slept"."""


def _is_count(numbers: Numbers, token: int, before: str, after: str) -> bool:
    document, letters = numbers.document, numbers.document.letters
    if document.tokens[token] == "no":
        return True
    if _OF_ALL_THESE.fullmatch(before) and _THESE_PEOPLE.match(after) and not _SOUGHT.search(after):
        return False
    if letters[max(0, token - 2) : token] == "ne":
        # "patients with nausea (n = 110)": a part of the patients, not the size of a sample or of a mean.
        led = letters[max(0, token - 4) : token - 2]
        if document.digits(token) in numbers.size_digits:
            return False  # the size of an arm again
        return led == "w(" and letters[token + 1 : token + 2] == ")" and document.tokens[token - 4] not in _SAMPLES
    if (NOT_COUNTED.search(before[-18:]) and not _DONE_BY.search(before[-24:])) or letters[token + 1 : token + 2] in (
        "m",
        "u",
        "/",
    ):
        return False
    if letters[token - 1 : token] in ("m", "/", "r", "*", "+") or is_denominator(
        numbers.document, token, numbers.measures
    ):
        return False
    if _FOR_EACH.match(after) or (document.tokens[token] == "one" and _ONE_OF_TWO.match(after)):
        return False
    listed = bool(_LISTED.search(before[-6:]) and _WHERE.match(after) and COUNTED_BEFORE.search(before))
    if document.tokens[token] == "one":
        return bool(COUNTED_NEXT.match(after) or DID.match(after)) or (
            listed and _MORE_OF_THEM.search(after) is not None
        )
    if _ONE_IN.search(before[-12:]) or (letters[token] == "k" and _IN_FIVE.match(after)):
        return False
    small = letters[token] == "k" or document.value(token) < 4
    if (_PLAIN if small else COUNTED).match(after):
        return before[-4:] != "all " and not (before.endswith(_OF) and _OF_THESE.search(before[-28:]))
    if DID.match(after):
        # LUMAR 2 was a trial.
        return before[-4:] != "all " and not _NAME_IN_CAPITALS.search(numbers.cased(token, 12))
    if letters[token] == "d" and "number" in before and _NUMBER_OF.search(before):
        return True
    return listed  # "24 events: five in the one group and nine with the other"
