"""Read values with bounds or a standard deviation in a bracket that no word names: "6.0 (4.7-7.9) v 7.1 (6.0-8.0)"."""

from __future__ import annotations

import re
from itertools import pairwise

from trialstats.sources.text.tokens.document import BOUND
from trialstats.sources.text.values.governed import governed
from trialstats.sources.text.values.numbers import Numbers, Value
from trialstats.sources.text.values.pairs import lasts
from trialstats.sources.text.values.standard_errors import is_error
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_values import QUANTITIES, ratio_before

_BOUNDED = re.compile(
    r"(?P<v>[dq])(?:u{1,2}(?:/[uw])?|wu)?\((?P<losign>m?)(?P<lo>[dq])u?(?:t|m|,|a)(?P<hisign>m?)(?P<hi>[dqx])u?\)"
)
_TO_NEXT = re.compile(r"[uwoR(),;]{0,10}(?:[av]|,)[uwo(),]{0,8}")
_OF_AN_EVENT = re.compile(
    r"surviv|\bm?(?:[pdemrb]fs|d[dm]fs|os|tt[pf])\b|(?:duration of|time to) (?:[a-z-]+ )?"
    r"(?:progress|relapse|death|failure|response|remission|recurrence|recovery|resolution|event|healing)"
)
_LEAST, _MOST = 0.35, 2.9
"""Parts of a median below and above which bounds about it are more likely those of a range."""
_SHARES = ("proportion", "survival", "rate")


def _bounded(numbers: Numbers) -> list[re.Match[str]]:
    """Return the numbers with bounds about them that nothing took and of which another stands beside."""
    document, letters = numbers.document, numbers.document.letters
    every = [found for found in _BOUNDED.finditer(letters) if _is_inside(numbers, found)]
    kept: list[re.Match[str]] = []
    for one, other in pairwise(every):
        if not _TO_NEXT.fullmatch(letters, one.end(), other.start() - document.has_sign(other.start())):
            continue
        kept += [found for found in (one, other) if found not in kept]
    return kept


def _is_inside(numbers: Numbers, found: re.Match[str]) -> bool:
    """Whether a number lies between two that stand behind it, and none of them is of anything else."""
    document, value, lower, upper = numbers.document, *(found.start(name) for name in ("v", "lo", "hi"))
    if not all(numbers.free(token) for token in (value, lower, upper)) or numbers.is_design(value):
        return False
    if document.letters[value] == "d" == document.letters[lower] and numbers.role(value) == "dose":
        return False
    of = document.value(value) * numbers.sign(value)
    low = document.value(lower) * (-1 if found["losign"] else 1)
    high = of if found["hi"] == "x" else document.value(upper) * (-1 if found["hisign"] else 1)
    return low <= of <= high and low < high


def read_bounded(numbers: Numbers) -> list[re.Match[str]]:
    """Read two medians or means with bounds that no word names: "16.0 months (13.7-17.9) v 7.1 months (6.0-8.0)".

    The bounds of all values so written are kept from being read as values.

    Parameters
    ----------
    numbers : Numbers

    Returns
    -------
    list of re.Match
        The values with their bounds, for `give_bounds`.
    """
    document, bounded = numbers.document, _bounded(numbers)
    times = [found for found in bounded if document.letters[found.start("v")] == "d"]
    timed = any(
        document.letters[at : at + 1] == "u" and document.tokens[at] in TIME
        for one in times
        for at in range(one.start(), one.end() + 1)
    )
    measure, sentence = "", (0, -1)
    for found in bounded:
        for name in ("lo", "hi"):
            document.used[found.start(name)] = BOUND
        if found not in times:
            continue
        value = found.start("v")
        before = numbers.before(value, 160)
        named = governed(numbers, value, before)
        if timed and (named == "median" or lasts(numbers, before)):
            named = "median"
        elif named != "mean":
            named = measure if document.sentence(value) == sentence else ""
        if named in ("mean", "median"):
            measure, sentence = named, document.sentence(value)
            numbers.add(numbers.single(value, measure, last=found.end() - 1))
    return bounded


def give_bounds(numbers: Numbers, bounded: list[re.Match[str]]) -> None:
    """Give to values the bounds behind them that can only be those of an interval.

    Parameters
    ----------
    numbers : Numbers
    bounded : list of re.Match
        As `read_bounded` returns them.
    """
    of = {one.value: one for one in numbers.found if one.lower < 0}
    for found in bounded:
        value = of.get(found.start("v"))
        if value is None or not _is_interval(numbers, value, found):
            continue
        value.lower, value.upper, value.spread = found.start("lo"), found.start("hi"), "confidence"
        value.signs = (-1 if found["losign"] else 1, -1 if found["hisign"] else 1)
        value.last = max(value.last, found.end() - 1)


def _is_interval(numbers: Numbers, value: Value, found: re.Match[str]) -> bool:
    """Whether bounds without words are those of an interval: about a share, an event's time, or with a mean midway."""
    document = numbers.document
    if value.measure in _SHARES:
        return True
    middle, low = document.value(value.value), document.value(found.start("lo"))
    high = middle if found["hi"] == "x" else document.value(found.start("hi"))
    if value.measure == "median":
        narrow = low >= _LEAST * middle and high <= _MOST * middle
        return narrow and _OF_AN_EVENT.search(numbers.before(value.value, 200)) is not None
    if value.measure not in ("mean", "difference") or found["hi"] == "x":
        return False
    low, high = (-low if found["losign"] else low), (-high if found["hisign"] else high)
    step = 10.0 ** -document.decimals(value.value)
    return document.decimals(value.value) > 0 and abs(2 * middle * value.sign - low - high) < 2.5 * step


_WITH_SPREADS = re.compile(
    r"(?P<a>d)(?:u{1,2}(?:/[uw])?)?\((?P<sa>d)u?\)(?P<u>[uw]?)(?:[/*uw.]){0,4}[)R]?(?:[wo]{0,8}\(?[wo]{0,3}\)?)?,?"
    r"(?:v|(?:v?w{1,4})?a|v?w{1,5}v)w{0,7}\(?m?(?P<b>d)(?:u{1,2}(?:/[uw])?)?\((?P<sb>d)u?\)"
)
_A_MEAN = ("mean", "difference", "")
"""What governs two means that are held against each other: nothing may, where a score or a level is named."""
_FITTED = re.compile(r"\bls ?means?\b|\blsm|\bleast[- ]squares?\b|\badjusted means?\b")
_LIKE_A_SHARE = 0.1


def read_means_with_spreads(numbers: Numbers) -> None:
    """Read two means whose standard deviations no word names: "scores were lower with X (2.7 (0.4) v 3.4 (0.5))".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _WITH_SPREADS.finditer(document.letters):
        pairs = [(found.start("a"), found.start("sa")), (found.start("b"), found.start("sb"))]
        tokens = [token for pair in pairs for token in pair]
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens) or numbers.is_design(tokens[0]):
            continue
        if document.tokens[tokens[2] - 1] == "from" or document.letters[found.end() : found.end() + 1] == "t":
            continue  # "from 21 (3) to 29 (4) on tea and from 20 (3) to 22 (4)": told as changes
        before = numbers.before(tokens[0], 160)
        if governed(numbers, tokens[0], before) not in _A_MEAN or not _are_spreads(numbers, tokens, before):
            continue
        fitted = _FITTED.search(before) is not None
        for mean, spread in pairs:
            kind = "se" if fitted or is_error(numbers, mean) else "sd"
            numbers.add(numbers.single(mean, "mean", lower=spread, spread=kind, last=spread + 1))


def _are_spreads(numbers: Numbers, tokens: list[int], before: str) -> bool:
    """Whether two pairs of numbers are means with what they vary by, and no counts with their shares, nor ratios."""
    document = numbers.document
    a, sa, b, sb = (document.value(token) for token in tokens)
    decimals = [document.decimals(token) for token in tokens]
    if decimals[0] != decimals[2] or decimals[1] != decimals[3] or ratio_before(numbers.cased(tokens[0], 90)):
        return False
    if not (0 < sa < a and 0 < sb < b) or not 0 <= decimals[1] - decimals[0] <= 1:
        return False
    if decimals[0] > 0:
        return True
    measured = bool(numbers.unit(tokens[0]) or numbers.unit(tokens[2]))
    if not measured and QUANTITIES.search(before) is None:
        return False
    return measured or abs(a / sa - b / sb) > _LIKE_A_SHARE * a / sa
