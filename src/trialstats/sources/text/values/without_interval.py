"""Read the results that stand without an interval: percentages, medians, means with their spread, counts, rates.

A number is a result if its form says so (8 of 32, 5.1 +/- 0.4), if a word for a measure governs it (a median of 12
months), if what is counted follows it (61 women), or if it stands beside a result of its own kind (4.2 and 4.0).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence

from trialstats.sources.text.numbers.denominators import is_denominator
from trialstats.sources.text.numbers.with_percentage import Count
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.values.bracketed import give_bounds, read_bounded, read_means_with_spreads
from trialstats.sources.text.values.changes import read_bracketed, read_changes, read_from_to, read_told
from trialstats.sources.text.values.forms import (
    read_counts,
    read_pairs,
    read_spreads,
)
from trialstats.sources.text.values.governed import THRESHOLD, governed
from trialstats.sources.text.values.numbers import Numbers, Value, whole_of
from trialstats.sources.text.values.pairs import (
    lasts,
    read_first_pairs,
    read_in_order,
    read_lists,
    read_means_of_many,
    read_more_times,
)
from trialstats.sources.text.values.person_time import read_events_over_time, read_second_rates
from trialstats.sources.text.values.ratios import read_second_ratios, without_impossible
from trialstats.sources.text.values.readings import read_changes_again
from trialstats.sources.text.values.singles import read_singles
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_values import COUNTED_BEFORE, DID, EVENTS, NOT_COUNTED, PEOPLE, QUANTITIES

_NUMBER = re.compile(r"[dqk]")
_BEHIND = re.compile(r"(?:\)?u(?:/[uw])?)?[^dqkSEP;]{0,16}?(?:\(ned\)[^dqkSEP;]{0,8}?)?(?P<v>[dqk])")
_AHEAD = re.compile(r"(?P<v>[dqk])(?:u(?:/[uw])?)?(?:,|,?a|v|w{0,3}v)w{0,2}[m+]?$")
# Between a number and the name of its arm, behind it or before it.
_TO_NAME = re.compile(
    rf"(?: ?(?:{PEOPLE}|{EVENTS}|[a-z]{{1,6}}(?:/[a-z]{{1,4}})?)){{0,2}}[,)]? ?[(]?(?:(?:in|for|with|on|among|of"
    rf"|receiving|given|taking|assigned|randomi[sz]ed to|after|by)"
    r"(?: the| those| patients)?)? ?"
)
_FROM_NAME = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants|women))?(?:,|:| =|=| \(|\(| \[| had| was| were| of| with)* ?"
)


def find_values(
    document: Document,
    sizes: Collection[int],
    counts: Sequence[Count] = (),
    named: Sequence[tuple[int, int]] = (),
) -> list[Value]:
    """Return the results of a text that stand without an interval, in order.

    The tokens of the results are marked as used.

    Parameters
    ----------
    document : Document
    sizes : collection of int
        Places in the text where the number of patients of an arm, or of all, is printed.
    counts : sequence of Count
        Percentages that were read with their count: others may stand beside them.
    named : sequence of (int, int)
        Places where an arm is named, in order.
    """
    numbers = Numbers(document, frozenset(size for size in sizes if not _is_of_events(document, size)), counts)
    read_events_over_time(numbers)
    read_spreads(numbers)
    read_means_with_spreads(numbers)
    read_from_to(numbers)
    bounded = read_bounded(numbers)
    read_means_of_many(numbers)
    read_counts(numbers)
    read_pairs(numbers)
    read_lists(numbers)
    read_changes(numbers)
    read_bracketed(numbers)
    read_told(numbers, named)
    read_singles(numbers, "dq")
    read_changes_again(numbers)
    read_second_ratios(numbers)
    read_second_rates(numbers)
    _read_beside(numbers)
    read_singles(numbers, "k")
    _read_beside(numbers)
    _read_armed(numbers, named)
    read_first_pairs(numbers)
    read_in_order(numbers)
    read_more_times(numbers)
    _read_beside(numbers)
    give_bounds(numbers, bounded)
    return sorted(without_impossible(numbers), key=lambda value: value.first)


_OF_EVENTS = re.compile(
    r"\b(?:deaths?|events?|recurrences|relapses?|relapsed|died|infections|strokes|failures|fractures|cases|episodes"
    r"|hospitali[sz]ations|exacerbations|progressed|withdrew)(?: (?:had|have|were|was|has))?(?: (?:been|also))?"
    r"(?: (?:occurred|recorded|reported|observed|documented|noted|seen|confirmed|developed))? ?(?:\(|\[|: |--|- ?)"
    r"[^()\[\];]{0,90}$"
)
_COUNTED_ALL = re.compile(rf"(?:[0-9]|\b(?:{'|'.join(NUMBER_WORDS)})) (?:[a-z-]{{1,20}} ){{0,4}}$")


def _is_of_events(document: Document, size: int) -> bool:
    """Whether what stands where a size may stand counts events: "301 deaths had occurred (134 in the one group"."""
    text = document.tokens.text
    found = _OF_EVENTS.search(text, max(0, size - 150), size)
    return found is not None and _COUNTED_ALL.search(text, max(0, found.start() - 60), found.start()) is not None


def _read_armed(numbers: Numbers, named: Sequence[tuple[int, int]]) -> None:
    """Read numbers that stand right before or behind the name of an arm: 33 for X and 36 for Y; X, 7.5; Y, 7.2."""
    if not named:
        return
    text, tokens = numbers.document.tokens.text, numbers.document.tokens
    ends = [end for _, end in named]
    kinds = {one.value: one.measure for one in numbers.found} | dict.fromkeys(numbers.percentages, "proportion")
    last: tuple[int, str] | None = None  # the last result: its sentence and measure
    for found in _NUMBER.finditer(numbers.document.letters):
        token = found.start()
        sentence = numbers.document.sentence(token)[0]
        if token in kinds:
            last = sentence, kinds[token]
            continue
        if found[0] == "q" or not numbers.free(token) or numbers.role(token) or numbers.is_design(token):
            continue
        if is_denominator(numbers.document, token, numbers.measures):
            continue
        start, end = tokens.starts[token], tokens.ends[token]
        behind = bisect_left(named, (end,))
        before = bisect_left(ends, start + 1) - 1
        beside = behind < len(named) and named[behind][0] - end < 45 and _TO_NAME.fullmatch(text, end, named[behind][0])
        beside = beside or (
            before >= 0 and start - ends[before] < 30 and _FROM_NAME.fullmatch(text, ends[before], start)
        )
        measure = _of_an_arm(numbers, token, last[1] if last and last[0] == sentence else "") if beside else ""
        if not measure and behind < len(named) and _counts_for(numbers, token, named[behind]):
            measure = "count"
        if measure:
            value = numbers.single(token, measure)
            numbers.add(value)
            last = sentence, measure


# "69 improvers in the zinc group compared with 21 in ...", "two zinc and three iron patients stopped"
_OF_THE_ARM = re.compile(
    r"(?: (?!(?:days|weeks|months|years|hours|points|times|minutes)\b)[a-z-]{3,16}s)? in (?:the )?"
)
_WITH_ANOTHER = re.compile(
    r"[ -](?:groups?|arms?|patients|participants)?,? ?(?:compared (?:with|to)|versus|vs\.?|v|and|but) (?:only )?"
    rf"(?:[0-9]{{1,4}}|{'|'.join(NUMBER_WORDS)}) (?:[a-z-]+ )?in "
)
_PATIENTS_DID = re.compile(
    rf"(?: (?:and|versus|v|vs\.?) (?:[0-9]{{1,4}}|{'|'.join(NUMBER_WORDS)}) [\w-]{{2,24}})?[ -]"
    rf"(?:{PEOPLE}|recipients)(?P<did> [a-z]+)"
)


def _counts_for(numbers: Numbers, token: int, name: tuple[int, int]) -> bool:
    """Whether a number counts something in an arm, by what stands behind the name of that arm."""
    text, end = numbers.document.tokens.text, numbers.document.tokens.ends[token]
    if (
        whole_of(numbers.document, token) is None
        or numbers.is_name(token)
        or NOT_COUNTED.search(numbers.before(token, 18))
    ):
        return False
    if _OF_THE_ARM.fullmatch(text, end, name[0]) and _WITH_ANOTHER.match(text, name[1]):
        return not QUANTITIES.search(numbers.before(token, 120))
    did = _PATIENTS_DID.match(text, name[1]) if text[end : name[0]] == " " else None
    return did is not None and DID.match(did["did"]) is not None


_HELD_AGAINST = re.compile(r"\b(?:differ\w*|higher|lower|greater|similar|comparable)\b[^.;]{0,60}$")


def _of_an_arm(numbers: Numbers, token: int, last: str) -> str:
    """Return the measure of a number beside the name of an arm: that of the result before it, or what words say."""
    if numbers.document.letters[token + 1 : token + 2] in ("/", "m") and numbers.document.touches(token):
        return ""  # 160/4.5 and 40-80 are of doses
    if numbers.is_name(token):
        return ""
    whole, before = whole_of(numbers.document, token) is not None, numbers.before(token, 200)
    if NOT_COUNTED.search(before[-14:]) and not before.endswith(("of ", "= ", "=")):
        return ""
    unit = numbers.unit(token)
    if last and (last == "count") == (whole and not unit) and last in ("count", "mean", "median", "rate"):
        return last
    if unit in TIME and "mean" not in before and lasts(numbers, before):
        return "median"
    measure = governed(numbers, token, before) if numbers.document.letters[token] == "d" else ""
    if measure:
        return measure
    if whole and not unit and COUNTED_BEFORE.search(before) and not QUANTITIES.search(before):
        return "count"
    return "mean" if not whole and (unit or QUANTITIES.search(before) or _HELD_AGAINST.search(before)) else ""


def _read_beside(numbers: Numbers) -> None:
    """Read the free numbers that stand beside a result of their kind: 4.2 and 4 months, 301 ... and 358 in the ..."""
    # Beside those that were asked about before nothing is free.
    new, numbers.asked = numbers.seeds + numbers.found[numbers.asked :], len(numbers.found)
    numbers.seeds = []
    for value in sorted(new, key=lambda one: one.first):
        for step in (1, -1):
            _chain(numbers, value, step)


def _chain(numbers: Numbers, value: Value, step: int) -> None:
    for _ in range(7):
        token = _next(numbers, value, step)
        if token < 0:
            return
        nobody = value.first < value.value and numbers.document.letters[token] != "q"  # "10 (21%) vs none"
        nobody = nobody and value.measure == "proportion" and numbers.document.value(token) == 0
        new = numbers.single(token, value.measure)
        new.unit = new.unit or ("" if nobody else value.unit)
        numbers.add(new)
        value = new


_SPREAD_ALONE = tuple(f"interquartile range{end}" for end in (", ", " ", ": ", " of ", " = "))
"""What leads to the width of a spread, and to no value: "26 months (interquartile range, 40)"."""


_SHARED_PER_CENT = re.compile(r"d(?:,?v|a)q")


def _is_threshold(before: str) -> bool:
    """Whether words lead to a threshold; "61 and 48 falls, or 4.1 and 3.3 per year" leads to another value."""
    return THRESHOLD.search(before) is not None and not before.rstrip(" +-").endswith("or")


def _next(numbers: Numbers, value: Value, step: int) -> int:
    document, letters = numbers.document, numbers.document.letters
    first, last = document.sentence(value.value)
    if step > 0:
        found = _BEHIND.match(letters, value.last + 1, min(last, value.last + 24))
        token = found.start("v") if found else -1
    else:
        found = _AHEAD.search(letters, max(first, value.first - 14), value.first)
        token = found.start("v") if found else -1
    if found is None or not numbers.free(token) or numbers.role(token) not in ("", "dose"):
        return -1
    if numbers.is_design(token) or numbers.before(token, 24).endswith(_SPREAD_ALONE):
        return -1
    if "I" in letters[value.last + 1 : token] or (step < 0 and _is_threshold(numbers.before(token, 16))):
        return -1  # "(SD 13, range 18 to 78)", "a score of less than 9, 61% v 30%"
    letter = letters[value.value]
    if step > 0 and value.unit != "%" and letters[token] == "d" and _SHARED_PER_CENT.match(letters, token):
        return -1  # "9 v 7 days) and relief (22 v 8%"
    if letters[token - 2 : token] == "wr" and letters[token] == "d":
        return -1  # "12.1 and 13.2, score >= 10 in ..."
    signless = letter == "q" and letters[token] == "d" and step < 0 and document.value(token) <= 100
    signless = signless and letters[token + 1 : token + 2] != "u"
    nothing = letter == "q" and letters[token] == "d" and step > 0 and document.value(token) == 0
    signless = signless or (nothing and letters[value.last + 1 : token] in ("v", ",v") and letters[token + 1] != "u")
    if letters[token] != letter and not signless and "k" not in (letters[token], letter):
        return -1
    if "k" in (letter, letters[token]) and value.measure != "count" and document.tokens[token] not in ("none", "zero"):
        return -1
    if value.measure == "count" and (
        whole_of(document, token) is None or numbers.before(token, 12).endswith(("at least ", "to prevent "))
    ):
        return -1  # "19 had at least one fall, against 12"
    between = letters[value.last + 1 : token] if step > 0 else letters[token + 1 : value.first]
    return token if "v" in between or "a" in between or "," in between else -1
