"""What an interval is of, by the kinds of quantities that the words before it name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from trialstats.sources.text.measures.forms import (
    LED_TO,
    counted,
    difference_of_means,
    difference_of_shares,
    fraction,
    of_two_arms,
    ratio_of_means,
    relative,
    shaped_as_ratio,
    within_one_group,
)
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.words.of_measures import RATIOS, TIME, Named

_ELSEWHERE = -1_000_000
"""The place of what only follows from the words about it: far from any number."""
_BY = re.compile(r"\bby(?: (?:a|an|approximately|about|only|up to|nearly|almost|further))* ?[-+]?$")
_BY_A = re.compile(r"\bby (?:an? |the )?$")
_STEP = re.compile(r"\b(?:per|each|every|for an?|with an?)(?: [\w.%/-]+){0,4} $")
_LED_AWAY = re.compile(r"[();:]|\b(?:compared (?:with|to)|versus|vs\.?|v|than|against)(?: (?:the|an?|only|about))* ?$")
_LED_OFF = re.compile(r"[);]|\b(?:compared (?:with|to)|versus|vs\.?|v|than|against)(?: (?:the|an?|only|about))* ?$")
_RATE_WORDS = re.compile(r"[0-9]|cumulative|kaplan|actuarial|control|free|life|product")
_CURVE = re.compile(r"kaplan|actuarial|life[ -]table|cumulative|estimate|probabilit|product[ -]limit")
_MANY = r"\b(?:[0-9]{1,3}|one|two|three|four|five|six|eight|ten|twelve)[ -](?:year|yr|month|mo|week|day)s?"
_TIMED_NAME = re.compile(rf"{_MANY} (?:[a-z-]{{3,16}} ){{0,2}}\(?$")
"""Before words for survival, or their abbreviation: "two-year overall survival (OS)"."""
_AT_A_TIME = re.compile(rf" (?:at|after) {_MANY}\b")
_OF_A_TEST = re.compile(r" (?:for|in (?:detecting|predicting)|to (?:detect|predict))(?: [a-z-]{1,20}){0,4} ")
"""From the sensitivity of a test to what it is to find, which may itself be a loss or an increase."""
_SAYS_LITTLE = re.compile(
    r"difference|change|treatment (?:effect|difference)|(?:risk|rate) (?:increase|decrease|reduction|change)"
)
Decided: TypeAlias = tuple[str, bool, int]
"""A measure, whether it rests on a word that says little, and the place of the word."""


def of_a_change(
    document: Document, interval: Interval, kinds: list[Named], at: int, number: int
) -> Decided | int | None:
    """Decide by a word as "reduction" or "lower"; else return where it stands if it may say little, or -1."""
    text, unit = document.tokens.text, interval.unit
    kind, begin, place = kinds[at]
    between = text[place:number]
    if at and unit == "%" and kinds[at - 1][0] == "share" and _OF_A_TEST.fullmatch(text, kinds[at - 1][2], begin):
        return "proportion", False, kinds[at - 1][2]  # "a sensitivity for severe loss of water of 22%"
    if kind == "noun" and _STEP.search(text, max(0, begin - 40), begin):
        return None  # "per 1-unit increase"
    if not unit and min(interval.signs) > 0 and any(other in RATIOS for other, _, _ in kinds[:at]):
        return None  # "hazard ratio for improvement"
    by = _BY.search(text, max(place - 2, number - 30), number) or (kind == "verb" and between in (" ", " -"))
    if by or (kind == "noun" and between.count(" ") <= 4 and not _LED_AWAY.search(between)):
        if kind == "noun" and unit and within_one_group(document, interval, begin, number):
            return "mean", False, place
        if unit == "%" and relative(text, max(0, begin - 60), number, number):
            return "relative-reduction", False, _ELSEWHERE
        return "difference", not by and not LED_TO.search(between), place
    if kind == "verb" or _LED_OFF.search(between):
        return -1
    if unit == "%" and LED_TO.search(between) and relative(text, begin, number, number):
        return "relative-reduction", False, _ELSEWHERE
    return place


def _of_difference(document: Document, interval: Interval, kinds: list[Named], at: int, number: int) -> Decided | None:
    text, (kind, begin, place) = document.tokens.text, kinds[at]
    if within_one_group(document, interval, begin, number):
        return "mean", False, place
    if of_two_arms(document, interval, text[begin:place], place, number):
        return None
    little = _SAYS_LITTLE.match(text, begin) is not None and not LED_TO.search(text[place:number])
    return kind, little, place


def _leans_as_ratio(document: Document, interval: Interval) -> bool:
    """Whether an estimate lies in its bounds as a ratio does, nearer to the lower; one of survival leans upwards."""
    if not shaped_as_ratio(document, interval):
        return False
    return 2 * document.value(interval.estimate) < document.value(interval.lower) + document.value(interval.upper)


def _of_share(document: Document, interval: Interval, kinds: list[Named], at: int, number: int) -> Decided | None:
    """Decide by words for a share or for survival."""
    text, (kind, begin, place) = document.tokens.text, kinds[at]
    share = "proportion" if kind == "share" else kind
    if interval.unit == "%":
        if difference_of_shares(text, kinds[:at], begin, place, number):
            return "difference", False, place
        if kind == "survival" and counted(document, interval) and not _CURVE.search(text, kinds[0][1], number):
            return "proportion", False, place
        return share, False, place
    negative, others = min(interval.signs) < 0, {other for other, _, _ in kinds}
    if interval.unit:
        of_a_mean = at > 0 and kinds[at - 1][0] == "mean" and begin - kinds[at - 1][2] <= 1
        return "difference" if negative else "mean" if of_a_mean else "median", False, place
    if negative or not fraction(document, interval):
        return ("median", False, place) if kind == "survival" and not negative and "median" in others else None
    if kind == "survival" and not _RATE_WORDS.search(text, begin, place) and "rate" not in text[place:number]:
        timed = _TIMED_NAME.search(text, max(0, begin - 50), begin) or _AT_A_TIME.search(text, place, number)
        return None if timed is None or _leans_as_ratio(document, interval) else (kind, False, place)
    return share, False, place


def _of_average(document: Document, interval: Interval, kinds: list[Named], at: int, number: int) -> Decided | None:
    """Decide by "mean" or "median"."""
    text, (kind, begin, place) = document.tokens.text, kinds[at]
    timed, (sign, _, high) = interval.unit in TIME, interval.signs
    changes = {"noun", "verb", "difference"} & {other for other, _, _ in kinds}
    if (
        (interval.estimate < 0 and min(interval.signs[1:]) < 0 < high)  # of two means told before it
        or _is_changed_by(text, kinds[:at], begin, place, number)
        or (not timed and difference_of_means(text, kinds, begin, place))
        or _BY_A.search(text, max(0, begin - 10), begin)
        or (min(interval.signs) < 0 and timed)
        or sign < 0 < high
        or (sign < 0 and changes)
    ):
        return "difference", False, place
    return "other" if ratio_of_means(text, kinds[:at], begin) else kind, False, place


_LED_BY = re.compile(r"[^();:]{0,70}\bby (?:(?:an?|the|about|only|approximately|a further|further) )?[-+]?")
_IN_MEAN = re.compile(r"(?: (?:with|on|for|from) (?:[a-z0-9-]+ ){1,3}?)? ?in (?:the |their )?(?:mean )?")
_IN_BRACKET = re.compile(r" in [^();:.,]{3,60} \(")
_HELD_AGAINST = re.compile(r"\b(?:compared (?:to|with)|relative to|versus|vs|than)\b")


def _is_changed_by(text: str, before: list[Named], begin: int, place: int, number: int) -> bool:
    """Whether a mean is what something was changed by: "raised mean weight by 2 kg"; "than on tea (a gain in ..."."""
    if not before or before[-1][0] not in ("verb", "noun"):
        return False
    kind, start, end = before[-1]
    if kind == "verb":
        return begin - end < _NEAR and _LED_BY.fullmatch(text, place, number) is not None
    led = _IN_MEAN.fullmatch(text, end, begin) or _IN_BRACKET.fullmatch(text, end, begin)
    return led is not None and _HELD_AGAINST.search(text, max(0, start - 110), start) is not None


_NEAR = 60
"""Characters between a verb and the mean of what it changed."""


def _of_other(document: Document, interval: Interval, kinds: list[Named], at: int, number: int) -> Decided | None:
    _, begin, place = kinds[at]
    text = document.tokens.text
    if any(kind == "difference" and _OF_TWO.fullmatch(text, end, begin) for kind, _, end in kinds[:at]):
        return "difference", False, place  # "the difference from placebo in the ratio of height to depth"
    named = interval.estimate >= 0 and _GEOMETRIC.match(text, begin)  # bounds alone may be of their ratio
    if named and not _A_RATIO.search(text, max(0, begin - 70), number):
        return "mean", False, place
    if interval.unit in TIME and document.tokens.text[begin:place] == "dor":
        return None  # the duration of response
    return "other", False, place


_GEOMETRIC = re.compile(
    r"geometric (?:mean|least|ls)|gm(?:t|c|fr)s?\b|(?<=geometric mean )fold|fold(?<=geometric mean fold)[ -]rise"
)
"""Words for a geometric mean, which is a mean too; a ratio of two is none."""
_A_RATIO = re.compile(r"\bratios?\b")
_OF_TWO = re.compile(r" (?:from|between|versus|vs\.?|in|of) [^()\[\]:;0-9]{1,90}")
# How the words of a kind decide; those of the other kinds say what they name.
OF_KIND: dict[str, Callable[[Document, Interval, list[Named], int, int], Decided | None]] = {
    "difference": _of_difference,
    "share": _of_share,
    "proportion": _of_share,
    "survival": _of_share,
    "mean": _of_average,
    "median": _of_average,
    "ratio": _of_other,
    "other": _of_other,
}
