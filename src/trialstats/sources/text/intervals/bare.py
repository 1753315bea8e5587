"""Whether bounds without words are those of a confidence interval, and of which estimate: "versus 22.8 (20.3-28.0)"."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from trialstats.sources.text.intervals.estimates import is_centred_turned
from trialstats.sources.text.intervals.outside_bounds import is_misprinted_ratio
from trialstats.sources.text.measures.heads import says_interval
from trialstats.sources.text.numbers.estimate_cost import named_ratio
from trialstats.sources.text.numbers.of_things import names_something
from trialstats.sources.text.tokens.document import Document, Interval


@dataclass(slots=True)
class State:
    """What earlier labels leave for bounds without one."""

    level: int = -1
    label: int = -1
    other: int = -1


def sign_of(found: re.Match[str], name: str) -> int:
    """Return -1 where a bound of a form has a minus sign."""
    return -1 if found[f"{name}sign"] == "m" else 1


def bounds_of(document: Document, found: re.Match[str]) -> tuple[int, int, int, int]:
    """Return the tokens of two bounds and their signs."""
    lower, upper = found.start("lo"), found.start("hi")
    low, high = sign_of(found, "lo"), sign_of(found, "hi")
    lower, upper = (lower if lower >= 0 else found.start("lox")), (upper if upper >= 0 else found.start("hix"))
    dash = found.start("dash")
    if dash >= 0 and low > 0 > high and found["dash"] == "m" and document.letters[dash + 1] == "m":
        # "47--67": two hyphens for a dash.
        high = 1
    if dash >= 0 and low < 0 < high and found["dash"] == "m" and document.letters[dash - 1] == "w":
        # "-15.33 at -23.87": behind a word, a dash that touches its number is a minus sign.
        high = -1 if document.spaced(dash) and document.touches(dash) else high
    # "-0.5 -0.2": a dash after a space that touches its number is a minus sign.
    if (
        dash >= 0
        and low < 0 < high
        and document.spaced(dash)
        and document.touches(dash)
        and document.value(upper) <= document.value(lower)
    ):
        high = -1
    return lower, upper, low, high


_MONTHS_TEXT = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MONTHS = frozenset(_MONTHS_TEXT.split())


def is_range(document: Document, event: re.Match[str], signs: tuple[int, int]) -> bool:
    """Whether two numbers without words are the ends of one range: not a count, a date, or members of a list."""
    letters, tokens = document.letters, document.tokens
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    if letters[lower : lower + 1] == "d" and letters[estimate - 1] == "w" and tokens[estimate - 1] in _MONTHS:
        return False
    if lower < 0 or upper < 0:
        return True
    between = letters[lower + 1 : upper]
    if "v" in between or (letters[lower] == "q" and letters[upper] == "d"):
        return False
    if any(tokens[at] in _MONTHS for at in range(lower + 1, upper) if letters[at] == "w"):
        return False
    low, high = signs[0] * document.value(lower), signs[1] * document.value(upper)
    if low > high and not (signs == (-1, -1) and document.has_sign(estimate)):
        return False
    if "m" not in between and "t" not in between:
        # "(68/133; 51.1%)", "14.2%, 12.5%, and 22.6%": without a bracket, only a word or dash makes a range.
        if letters[estimate + 1] in "/," or "w" in between:
            return False
        if letters[upper] == "q" and "q" not in (letters[lower], letters[estimate]):
            return False
    return not (letters[estimate] == "d" and names_something(document, estimate))


_RATIO = re.compile(
    r"ratios?\b|\b[a-z]{0,3}(?:hr|rr)s?\b|relative risks?|\bodds\b|\b(?:a|adj|c|m)?ors?[ =:,(\[]*$|hazard"
)
_TIMES = re.compile(r" ?-?(?:times|fold)\b")
_OTHER_MEDIAN = re.compile(r"follow|\bage|prior|previous|number of|dose|duration of (?:treatment|therapy|exposure)")
_EVENT_TIME = re.compile(r"surviv|\b(?:pfs|os|dfs|efs|rfs|ttp|ttf)\b|progression|response|time to")


_OF_A_TIME = re.compile(r"du[,;]?\(w?$")


def may_be_confidence(document: Document, event: re.Match[str], state: State) -> bool:
    """Whether bounds without words are those of a confidence interval, as far as the words before them tell."""
    letters, tokens = document.letters, document.tokens
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    first, _ = document.sentence(estimate)
    if document.raw and says_interval(document, tokens.starts[estimate]):
        return True
    if (
        state.other > state.label
        and state.other >= first
        and not (
            letters[estimate] == "q"
            and state.label >= 0
            and _OF_A_TIME.search(letters, max(0, state.other - 6), state.other)
        )
    ):
        # Behind "IQR 29-98" in the same sentence, but not a percentage behind "40 months (range, 31-52)".
        return False
    start = max(tokens.starts[first], tokens.starts[estimate] - 200)
    words = tokens.text[start : tokens.starts[estimate]]
    per_cent = "q" in (letters[estimate], letters[lower], letters[upper])
    behind = tokens.text[tokens.ends[estimate] : tokens.starts[lower]] if lower > estimate else ""
    ratio = not per_cent and (
        _TIMES.match(behind) is not None
        or (letters[estimate + 1 : estimate + 2] != "u" and _RATIO.search(words) is not None)
    )
    if ratio and lower >= 0 and upper >= 0 and _is_balanced(document, estimate, lower, upper):
        return True
    if ratio and is_misprinted_ratio(document, estimate, lower, upper) and event["losign"] != "m":
        return True
    if lower >= 0 and upper >= 0 and (_is_centred(document, event, words) or _is_negative_ratio(document, event)):
        return True
    if "q" in letters[upper : upper + 1] and _REDUCED_BY.search(words) and _is_of_a_ratio(document, event):
        return True
    if state.label < 0:
        return False
    if state.other < state.label:
        return True
    if per_cent or ratio:
        return True
    return _EVENT_TIME.search(words) is not None and _OTHER_MEDIAN.search(words) is None


def _is_balanced(document: Document, estimate: int, lower: int, upper: int) -> bool:
    """Whether a ratio lies near the middle of its bounds on the log scale, and is printed as they are."""
    value, low, high = (document.value(token) for token in (estimate, lower, upper))
    if low * high <= 0 or document.decimals(estimate) == 0:
        return False
    return 0.6 < value * value / (low * high) < 1.7


_REDUCED_BY = re.compile(
    r"\b(?:reduc|lower|decreas)[a-z]{1,4} (?:the )?(?:[a-z-]{2,20} ){0,3}?"
    r"(?:hazard|risk|odds|rate|incidence|likelihood)s?\b[^.;:()0-9]{0,60} by (?:about |approximately )?$"
)
_NEAR_THE_MIDDLE = 0.06


def _is_of_a_ratio(document: Document, event: re.Match[str]) -> bool:
    """Whether what is left of a risk lies in the middle of its bounds on the log scale: "by 24% (4% to 40%)"."""
    left = [100 - document.value(event.start(name)) for name in ("bareest", "hi", "lo")]
    if document.letters[event.start("bareest")] != "q" or event["losign"] == "m" or not 0 < left[1] < left[0] < left[2]:
        return False
    return abs(math.log(left[0] * left[0] / (left[1] * left[2]))) < _NEAR_THE_MIDDLE


_EFFECT = re.compile(
    r"(?:differences?(?: in (?:[a-z-]+ ){1,4}(?:was|of))?|\b(?:s|w|ls)?md|\brd|cohen\S{0,2} d|hedges\S{0,2} g"
    r"|\b(?:log|ln)[ (-]{0,2}(?:odds|hazard|risk|a?[hor]r)[a-z ]{0,12}|(?P<nnt>number needed to [a-z]+|\bnn[th]b?))"
    r"[\])]{0,2}[,:]? ?(?:was |of |= ?|: ?)?[-+]?$"
)


def _is_centred(document: Document, event: re.Match[str], words: str) -> bool:
    """Whether a difference named right before its number is the middle of its bounds, as that of no range is."""
    estimate = event.start("bareest")
    lower, upper, low, high = bounds_of(document, event)
    decimals = {document.decimals(token) for token in (estimate, lower, upper)}
    named = _EFFECT.search(words)
    if named is not None and named["nnt"] is not None:
        return low > 0 < high and is_centred_turned(*(document.value(token) for token in (estimate, lower, upper)))
    if len(decimals) != 1 or 0 in decimals or named is None:
        return False
    step = 10.0 ** -decimals.pop()
    twice = 2 * document.value(estimate) * (-1 if document.has_sign(estimate) else 1)
    return abs(twice - low * document.value(lower) - high * document.value(upper)) < 2.5 * step


def _is_negative_ratio(document: Document, event: re.Match[str]) -> bool:
    """Whether bounds with a sign follow a ratio that is named right before its number, and are printed as it is."""
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    decimals = {document.decimals(token) for token in (estimate, lower, upper)}
    return event["losign"] == "m" and len(decimals) == 1 and 0 not in decimals and named_ratio(document, estimate)


_AGE = re.compile(r"\b(?:age[ds]?|follow-?\s?up|bmi|body mass)\b")


def doubt_of(document: Document, interval: Interval, earlier: list[Interval]) -> str:
    """Return why bounds without words may be no confidence interval, or nothing."""
    first, _ = document.sentence(interval.first)
    if earlier and earlier[-1].last >= first:
        return ""
    if "q" in (document.letters[interval.estimate], document.letters[interval.upper]):
        return ""
    words = document.text_between(max(first, interval.first - 10), interval.first)
    if _RATIO.search(words):
        return ""
    return "the bounds stand behind an age or a follow-up time and may be its range" if _AGE.search(words) else ""
