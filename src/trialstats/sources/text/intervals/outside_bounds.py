"""Estimates outside their bounds that are meant all the same: a misprint must not make a claim vanish.

Bounds without words for an interval are given to the number before them if that lies between them. Where it does not,
its form must tell that they belong together.
"""

from __future__ import annotations

import re

from trialstats.sources.text.numbers.estimate_cost import named_ratio
from trialstats.sources.text.numbers.in_names import is_name
from trialstats.sources.text.tokens.document import Document
from trialstats.sources.text.words.of_measures import TIME


def is_misprinted_ratio(document: Document, estimate: int, lower: int, upper: int, *, before: int = -1) -> bool:
    """Whether a ratio named right before its number lies outside its bounds: "OR 1.89 (1.31-1.76)".

    ``before`` is where words for an interval begin that stand between its name and the number.
    """
    if lower < 0 or upper < 0 or {document.letters[t] for t in (estimate, lower, upper)} != {"d"}:
        return False
    opened = before - 1 if before > 0 and document.letters[before - 1] == "(" else before
    if not named_ratio(document, opened if before >= 0 else estimate):
        return False
    return 0 < document.decimals(estimate) == document.decimals(lower) == document.decimals(upper)


# "0.96 (0.49 to 0.83)", "9.2 months (11.1-14.3)", "35% (20 to 30; P ...", "(0.96, 0.49 to 0.83,".
_SIBLING_NEXT = re.compile(r"u?\([dq]u?[mt][dq]u?(?:\)|[;,](?:P|\)))|(?:u(?:/[uw])?)?[,;]d[mt]d(?:\)|[;,](?:P|w)|a)")


# "(0.96, 0.49 to 0.83)", "(0.96, 0.49-0.83, p=0.02", "(0.64, 0.46 to 0.91 and 0.81,"
# "(9.7 min/day, 0.4 to 9.5)"
_ALONE_IN_BRACKET = re.compile(r"(?P<unit>u(?:/[uw])?)?,d[mt]d(?:\)|[,;]P|a)")
_IN_BRACKET_BEHIND = re.compile(r"(?P<unit>u?)\(d(?:u?)[mt]d(?:u?)\)")
_LARGEST_RATIO = 20.0


def opens_a_bracket(document: Document, event: re.Match[str]) -> bool:
    """Whether a number opens a bracket that holds nothing else but its unit and bounds: "(2.7 min/day, 0.6 to 4.8)".

    All with the same decimals, and of no plain time: "(52.1 years, 18.3 to 70.2)" may be ages and their range.
    """
    letters, estimate = document.letters, event.start("bareest")
    form = _ALONE_IN_BRACKET.match(letters, estimate + 1)
    if letters[estimate - 1 : estimate] != "(" or form is None or min(event.start("lo"), event.start("hi")) < 0:
        return False
    if form["unit"] == "u" and document.tokens[estimate + 1] in TIME:
        return False
    decimals = {document.decimals(event.start(name)) for name in ("bareest", "lo", "hi")}
    return len(decimals) == 1 and 0 not in decimals


_ITS_ERROR = re.compile(r"u?\((?P<se>d)\)[;,]?m?dm?[mt]m?d")
_WIDTHS = 3.5, 4.5


def is_behind_its_error(document: Document, estimate: int, bounds: tuple[float, float]) -> bool:
    """Whether brackets between an estimate and two bounds hold their standard error: "-5 [0.3] -2.6 to -1.4"."""
    found = _ITS_ERROR.match(document.letters, estimate + 1)
    if found is None:
        return False
    return _is_the_error_of(document.value(found.start("se")), bounds[1] - bounds[0])


def is_of_another_spread(document: Document, event: re.Match[str]) -> bool:
    """Whether what stands behind a plus-minus is no standard error of the interval: "65.4 ± 10.6 (44-88)"."""
    lower, upper = event.start("lo"), event.start("hi")
    low, high = (-1 if event[f"{name}sign"] == "m" else 1 for name in ("lo", "hi"))
    if min(lower, upper) < 0:
        return True
    width = high * document.value(upper) - low * document.value(lower)
    return not _is_the_error_of(document.value(event.start("error") + 1), width)


def _is_the_error_of(error: float, width: float) -> bool:
    return error > 0 and _WIDTHS[0] * error <= width <= _WIDTHS[1] * error


def is_as_an_earlier_one(document: Document, event: re.Match[str], label: int) -> bool:
    """Whether three numbers open a bracket as an earlier result with words for its interval may have done.

    "(0.96, 0.49 to 0.83)", all with the same decimals, where a ratio was told before, or with a unit behind the first:
    that is no count or percentage.
    """
    letters = document.letters
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    if min(label, lower, upper) < 0 or letters[estimate - 1] not in "(a" or event["losign"] or event["hisign"]:
        return False
    form = _ALONE_IN_BRACKET.match(letters, estimate + 1)
    if form is None or document.inside(estimate) < 0:
        return False
    decimals = {document.decimals(token) for token in (estimate, lower, upper)}
    low, high, value = (document.value(token) for token in (lower, upper, estimate))
    if form["unit"] is not None:
        return len(decimals) == 1 and decimals != {0} and 0 <= low < high and value < 3 * high and low < 3 * value
    of_ratio = _RATIO_BEFORE.search(document.tokens.text, 0, document.tokens.starts[label]) is not None
    return of_ratio and len(decimals) == 1 and decimals != {0} and 0 < low < high and value < _LARGEST_RATIO


_RATIO_BEFORE = re.compile(r"\b(?:ratios?|relative risks?|[ahor]{0,2}[hor]rs?)\b")


def is_under_its_head(document: Document, event: re.Match[str]) -> bool:
    """Whether words before say what stands in brackets: "the median (95% CI) times were 61 days (72 to 89)"."""
    letters, text = document.letters, document.tokens.text
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    found = _IN_BRACKET_BEHIND.match(letters, estimate + 1)
    if min(lower, upper) < 0 or found is None or event["losign"] or event["hisign"] or is_name(document, estimate):
        return False
    first, _ = document.sentence(estimate)
    begin, start = document.tokens.starts[first], document.tokens.starts[estimate]
    if _HEAD.search(text, begin, start) is None:
        return False
    units = {document.tokens[at + 1] if letters[at + 1] == "u" else "" for at in (estimate, upper)}
    decimals = {document.decimals(token) for token in (estimate, lower, upper)}
    low, high, value = (document.value(token) for token in (lower, upper, estimate))
    return len(units) == len(decimals) == 1 and 0 < low < high and value < 3 * high and low < 3 * value


_HEAD = re.compile(
    r"\b(?:medians?|means?|estimates?|values?|rates?|times?|ratios?)\b[^.;()\[\]]{0,40}"
    r"[(\[](?:9[059] ?%? ?|with )?(?:ci|confidence intervals?)(?: 9[059] ?%)?[)\]]"
)


def is_as_its_sibling(document: Document, event: re.Match[str], label: int, other: int, level: int) -> bool:
    """Whether an estimate outside its bounds is printed as one before it: "0.80 (95% CI, 0.61 to 1.04) and 0.96 (...)".

    The words for the interval stand at the first one, in the same sentence, and all numbers have the same decimals.
    """
    letters = document.letters
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    first, _ = document.sentence(estimate)
    if min(label, lower, upper) < 0 or label < first or other >= first or event["losign"] or event["hisign"]:
        return False
    if _SIBLING_NEXT.match(letters, estimate + 1) is None or is_name(document, estimate):
        return False
    stop = min(document.partner.get(document.inside(label), label + 12), estimate)
    before = [token for token in range(max(first, label - 6), stop) if letters[token] in "dq"]
    own = [token for token in before if token != level][-3:]
    if len(own) < 3 or letters[own[0]] != letters[estimate]:
        return False
    units = [letters[of[0] + 1 : of[0] + 2] == "u" for of in (own, (estimate,))]
    decimals = {document.decimals(token) for token in (*own, estimate, lower, upper)}
    low, high, value = (document.value(token) for token in (lower, upper, estimate))
    # "22.5 months (95% CI 15.1 to 31.0) and 14.2 (15.1 to 18.0)": the unit is told once
    told = units[0] >= units[1] and len(decimals) == 1 and (0 not in decimals or letters[estimate] == "q")
    return told and 0 <= low < high and value < 3 * high and low < 3 * value
