"""Read two numbers side by side: medians with bounds, means of so many, a second pair, lists that share a unit."""

from __future__ import annotations

import re

from trialstats.sources.text.values.governed import governed
from trialstats.sources.text.values.numbers import Numbers, whole_of
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_values import QUANTITIES, ratio_before

_LASTING = re.compile(
    r"surviv|\bm?(?:[pdemrb]fs|d[dm]fs|os|ttp)\b|(?:duration of|time to) (?:progress|relapse|death|failure|response"
    r"|remission)|median"
)
_ONE_UNIT = re.compile(r"d(?:,d){0,3},?ad(?=u(?!\())")
"""Numbers of a list whose unit stands behind the last: 0.8, 1.4, 1.2, and 0.7 days."""
_FEWER = re.compile(r"d(?:,d){0,5},?ad(?=w)")
_HAD_TEXT = "had were was caused prevented avoided with"
_HAD = frozenset(_HAD_TEXT.split())
_MORE = frozenset(("fewer", "more", "additional", "excess"))
"""Numbers by which something was more or less: "had 4.2, 4.8 and 25.0 fewer deaths"."""
_LED_TO = re.compile(r"\b(?:was|were|of|by|averaged|at) [$€£]?$")
_OF_EACH_PAIR = re.compile(
    r"(?P<a>d)(?:u(?:/[uw])?)?w{1,3}(?P<na>d)w{1,8}(?:,?[av]|,)w{0,4}(?P<b>d)(?:u(?:/[uw])?)?w{1,3}(?P<nb>d)w"
)
_IN_MANY = re.compile(r" (?:in|for|among|of) (?:the |those )?$")


def read_means_of_many(numbers: Numbers) -> None:
    """Read two means or medians told with their numbers of patients: "31 h in 84 adults on X and 47 h in 81 on Y".

    Parameters
    ----------
    numbers : Numbers
    """
    for found in _OF_EACH_PAIR.finditer(numbers.document.letters):
        first, second = found.start("a"), found.start("b")
        if not (numbers.free(first) and numbers.free(second)) or numbers.is_design(first):
            continue
        many = [found.start("na"), found.start("nb")]
        if any(whole_of(numbers.document, n) is None or not _IN_MANY.search(numbers.before(n, 16)) for n in many):
            continue
        measure = governed(numbers, first, numbers.before(first, 160))
        if measure in ("mean", "median") and numbers.unit(first) == numbers.unit(second):
            for token in (first, second):
                numbers.add(numbers.single(token, measure))


_RESPECTIVELY = re.compile(r"(?P<a>d)(?:u{1,2}(?:/[uw])?)?a(?P<b>d)(?:u{1,2}(?:/[uw])?|wu?(?:/[uw])?)?[,)]{0,2}R")
_TOLD = re.compile(r"(?:\b(?:was|were|of|by|at|averaged)(?: only| about)?|[(:]) ?[-+]?$")


def read_first_pairs(numbers: Numbers) -> None:
    """Read two values with decimals that no word names, told in turn: "were 0.83 and 0.79, respectively".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _RESPECTIVELY.finditer(document.letters):
        tokens = found.start("a"), found.start("b")
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens) or numbers.is_design(tokens[0]):
            continue
        before = numbers.before(tokens[0], 160)
        if not document.decimals(tokens[0]) == document.decimals(tokens[1]) > 0 or not _TOLD.search(before):
            continue
        if ratio_before(numbers.cased(tokens[0], 90)) is not None or numbers.unit(tokens[1]) in TIME:
            continue
        measure = governed(numbers, tokens[0], before)
        for token in tokens:
            value = numbers.single(token, measure if measure in ("median", "difference") else "mean")
            value.unit = numbers.unit(tokens[1])
            numbers.add(value)


_IN_ORDER = re.compile(r"a(?P<a>d)a(?P<b>d)u?,?R")
_AND_MORE = re.compile(r"a(?P<a>d)a(?P<b>d)(?P<u>u)")


def read_in_order(numbers: Numbers) -> None:
    """Read a second pair in the order of the first: "0.13 and 0.12, respectively, and 0.11 and 0.10, respectively".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _IN_ORDER.finditer(document.letters):
        tokens = found.start("a"), found.start("b")
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens):
            continue
        first = document.sentence(tokens[0])[0]
        before = [one for one in numbers.found if first <= one.value < tokens[0] and one.lower < 0]
        last = max(before, key=lambda one: one.value, default=None)
        if last is None or last.unit or last.measure not in ("mean", "median", "rate"):
            continue
        if all(document.decimals(token) == document.decimals(last.value) > 0 for token in tokens):
            for token in tokens:
                numbers.add(numbers.single(token, last.measure))


def read_more_times(numbers: Numbers) -> None:
    """Read a second pair of times like the first: "was 7.6 and 5.6 months in men and 7.5 and 5.1 months in women".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _AND_MORE.finditer(document.letters):
        tokens = found.start("a"), found.start("b")
        unit = document.tokens[found.start("u")]
        if unit not in TIME or not all(numbers.free(token) and not numbers.role(token) for token in tokens):
            continue
        first = document.sentence(tokens[0])[0]
        pair = sorted((one for one in numbers.found if first <= one.value < tokens[0]), key=lambda one: one.value)[-2:]
        if len(pair) < len(tokens) or any(one.measure not in ("mean", "median") or one.lower >= 0 for one in pair):
            continue
        if pair[1].unit != unit or document.letters[pair[0].value : pair[1].value + 1] not in ("dad", "duad", "dvd"):
            continue
        if len({document.decimals(one) for one in (*tokens, pair[0].value, pair[1].value)}) == 1:
            for token in tokens:
                value = numbers.single(token, pair[1].measure)
                value.unit = unit
                numbers.add(value)


def read_lists(numbers: Numbers) -> None:
    """Read the numbers of a list that share the unit behind the last: "was 0.8, 1.4, 1.2, and 0.7 days"."""
    document = numbers.document
    for found in _FEWER.finditer(document.letters):
        tokens = [at for at in range(found.start(), found.end()) if document.letters[at] == "d"]
        led = document.tokens[tokens[0] - 1] in _HAD and document.tokens[found.end()] in _MORE
        if led and all(numbers.free(token) for token in tokens) and not numbers.is_design(tokens[0]):
            for token in tokens:
                numbers.add(numbers.single(token, "difference"))
    for found in _ONE_UNIT.finditer(document.letters):
        tokens = [at for at in range(found.start(), found.end()) if document.letters[at] == "d"]
        before = numbers.before(tokens[0], 160)
        if not _LED_TO.search(before) or numbers.is_design(tokens[0]):
            continue
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens):
            continue
        measure = governed(numbers, tokens[0], before)
        if not measure and numbers.unit(tokens[-1]) in TIME and lasts(numbers, before):
            measure = "median"
        if not measure and not (numbers.named(tokens[0]) or QUANTITIES.search(before)):
            continue
        for token in tokens:
            value = numbers.single(token, measure or "mean")
            value.unit = numbers.unit(tokens[-1])
            numbers.add(value)


def lasts(numbers: Numbers, before: str) -> bool:
    """Whether words before a time tell how long something lasts, as an abbreviation of a median does too.

    Parameters
    ----------
    numbers : Numbers
    before : str
    """
    return _LASTING.search(before) is not None or numbers.is_short_median(before)
