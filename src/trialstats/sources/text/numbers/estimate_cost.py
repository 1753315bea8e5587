"""Numbers outside some bounds that may be their estimate all the same, and what it costs to take them for it."""

from __future__ import annotations

import re

from trialstats.sources.text.numbers.in_names import is_time_point
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.words.of_person_time import PER


def _signed(document: Document, token: int, sign: int) -> float:
    return sign * document.value(token)


def contains(document: Document, estimate: int, sign: int, lower: int, upper: int, low: int, high: int) -> bool:
    """Whether a signed number lies between two signed bounds, whichever is the larger; one of them may be missing."""
    value = _signed(document, estimate, sign)
    letters = document.letters
    if lower >= 0 and upper >= 0 and "x" not in (letters[lower], letters[upper]):
        bounds = _signed(document, lower, low), _signed(document, upper, high)
        return min(bounds) <= value <= max(bounds)
    if lower >= 0 and letters[lower] != "x" and value < _signed(document, lower, low):
        return False
    return not (upper >= 0 and letters[upper] != "x" and value > _signed(document, upper, high))


_RATE_UNIT = re.compile(rf"(?: [a-z-]{{3,20}}){{0,2}} ?{PER.pattern},? ?[(\[]?")


def _is_rate_before(document: Document, token: int, interval: Interval) -> bool:
    """Whether a rate with its unit stands right before words for an interval, and no other that it is held against.

    "72 per 1000 person-years (95% CI, 5.1 to 10.0)" is a misprint; nothing else can be meant.
    """
    text, starts, ends = document.tokens.text, document.tokens.starts, document.tokens.ends
    if _RATE_UNIT.fullmatch(text, ends[token], starts[interval.label]) is None:
        return False
    if _OWN_QUANTITY.search(document.text_between(interval.label, interval.lower)):
        return False
    before = text[max(starts[document.sentence(token)[0]], starts[token] - 90) : starts[token]]
    return _HELD_AGAINST.search(before) is None and _OWN_QUANTITY.search(before[-40:]) is None


_HELD_AGAINST = re.compile(
    r"(?<![0-9.,])(?:[0-9]+(?:\.[0-9]+)?)(?! ?(?:weeks?|months?|years?|days?)\b)[^0-9()]{0,60}"
    r"\b(?:and|v|vs\.?|versus|than|to|with|against)\b[^0-9()]{0,20}$"
)
"""Another number before one that is held against it: "5.2 with zinc and"."""


def cost_outside(
    document: Document, interval: Interval, token: int, sign: int, *, bounded: bool, misread: bool
) -> float | None:
    """Return what it costs that a number is not between the bounds; None where it is not their estimate."""
    _, low, high = interval.signs
    if misread and bounded and _is_rate_before(document, token, interval):
        return 0
    turned = bounded and contains(document, token, -sign, interval.lower, interval.upper, low, high)
    if turned and not is_time_point(document, token):
        # "4.7 v 3, respectively; 95% CI -3.2 to -0.8": the interval is of their difference.
        return None if document.letters.startswith(("R", ",R"), token + 1) else 6
    if misread and _tight(document, token, interval.label) and _misprinted(document, token, sign, interval):
        # "10% (4/39) (odds ratio = 25.47, 95% CI: 1.24-15.10)": what is named is not passed over.
        if is_printed_as_bounds(document, token, interval):
            return 0
        return 2 if _is_said(document, token, sign, interval) else 30
    return 2 if misread and _is_with_its_arm(document, token, interval) else None


_WITH_ITS_ARM = re.compile(r"uw{2,7}\(")
_LEADS_TO_ARM = frozenset(("in", "with", "for", "among", "after", "on"))


def _is_with_its_arm(document: Document, token: int, interval: Interval) -> bool:
    """Whether its arm stands between a number and bounds with its unit: "61.2 months in the other arm (95% CI, ..."."""
    letters, tokens, upper = document.letters, document.tokens, interval.upper
    if min(interval.lower, upper) < 0 or min(interval.signs) < 0 or letters[upper + 1 : upper + 2] != "u":
        return False
    if _WITH_ITS_ARM.fullmatch(letters, token + 1, interval.label) is None or tokens[token + 2] not in _LEADS_TO_ARM:
        return False
    decimals = {document.decimals(one) for one in (token, interval.lower, upper)}
    return len(decimals) == 1 and tokens[token + 1] == tokens[upper + 1]


_TIGHT = re.compile(r"[uw]{0,2}[,;:.]?\(?(?:w{1,2}[,;:]?)?")
_OWN_QUANTITY = re.compile(r"differ|ratio|chang")
_EFFECT_BEFORE = re.compile(r"(?:ratios?|\brisks?|\b[a-z]{0,3}[hor]rs?|\bor)[)\]]?,? ?(?:was |of |=|: ?)* ?$")


def named_ratio(document: Document, token: int) -> bool:
    """Whether a ratio is named right before a number."""
    start = document.tokens.starts[token]
    return _EFFECT_BEFORE.search(document.tokens.text, max(0, start - 30), start) is not None


def is_printed_as_bounds(document: Document, token: int, interval: Interval) -> bool:
    """Whether a ratio is named right before its number, which is printed as its bounds are, and these in order."""
    if interval.lower < 0 or interval.upper < 0 or min(interval.signs) < 0:
        return False
    numbers = (token, interval.lower, interval.upper)
    if {document.letters[one] for one in numbers} != {"d"} or not named_ratio(document, token):
        return False
    low, high = document.value(interval.lower), document.value(interval.upper)
    return len({document.decimals(one) for one in numbers}) == 1 and document.decimals(token) > 0 and 0 < low < high


def _tight(document: Document, token: int, label: int) -> bool:
    """Whether nothing but a unit and a mark stand between a number and the words for an interval."""
    letters = document.letters
    return any(one.fullmatch(letters, token + 1, label) is not None for one in (_TIGHT, _UNIT_ONLY))


def _misprinted(document: Document, token: int, sign: int, interval: Interval) -> bool:
    """Whether a number outside its bounds is so close to them, on the page and in size, that it is their estimate."""
    letters = document.letters
    if min(interval.lower, interval.upper) < 0 or "x" in (letters[interval.lower], letters[interval.upper]):
        return False
    if _BEHIND_ANOTHER.search(letters, max(0, token - 12), token) is not None:
        # "83.7% v 52.9%, 95% CI 17.6 to 44.0": the interval of a difference, where the first has none of its own.
        return False
    # "9% v 27%, 95% CI for the difference 11% to 25%": another quantity.
    if _OWN_QUANTITY.search(document.text_between(interval.label, interval.lower)):
        return False
    if letters[token] == "d" and named_ratio(document, token):
        return True
    apart = abs(document.decimals(token) - document.decimals(interval.lower))
    if letters[token + 1 : interval.label] == "(" and letters[token] == letters[interval.lower] == "d" and apart <= 1:
        # Nothing but a bracket between the two; a whole number is led to: "the number needed to treat was 45 (".
        start = document.tokens.starts[token]
        return document.decimals(token) > 0 or (
            not apart
            and min(interval.signs[1:]) > 0
            and _LED_TO.search(document.tokens.text, max(0, start - 24), start) is not None
        )
    low, high = (
        _signed(document, t, s) for t, s in zip((interval.lower, interval.upper), interval.signs[1:], strict=True)
    )
    width, value = abs(high - low), _signed(document, token, sign)
    if (
        letters[token] == "q"
        and "q" not in (letters[interval.lower], letters[interval.upper])
        and max(abs(low), abs(high)) <= 1
    ):
        # "fell by 27% (95% CI 0.12-0.40)"
        return min(low, high) <= abs(value) / 100 <= max(low, high)
    return min(low, high) - width <= value <= max(low, high) + width or _stands_alone(document, token, interval)


_BEHIND_ANOTHER = re.compile(r"[dq][uwo]{0,6}v[wo]{0,2}m?$")
# "ml per year (", "percentage points;", "(0.31) mmHg (": with its standard error in brackets
_UNIT_ONLY = re.compile(r"u{0,2}(?:[/.]d?[uw]|wu)?(?:\(d\)u{0,2})?[,;]?\(?m?")
_LED_TO = re.compile(
    # "the mean difference was 45 (", "NNT of 45 (", "median, 45 ("
    r"(?:\b(?:was|were|is|averaged"
    r"|(?:nn[th]b?|needed to (?:treat|harm)|means?|medians?|(?<!for the )difference)(?: of|,|:)?)|=)"
    r" ?(?:(?:us|au|ca)?[$£€¥\x00][ \x00]?)?$"
)
_SAID = re.compile(r"(?:\b(?:was|were|is|of)|[=:(]) ?[-+]?(?:(?:us|au|ca)?[$£€¥\x00][ \x00]?)?$")


def _stands_alone(document: Document, token: int, interval: Interval) -> bool:
    """Whether a number far outside its bounds can be nothing but their estimate: led to, or alone, and right before."""
    letters = document.letters
    if _UNIT_ONLY.fullmatch(letters, token + 1, interval.label) is None:
        return False
    per_cent = "q" in (letters[interval.lower], letters[interval.upper])
    if (letters[token] != "q" and per_cent) or "w" in letters[interval.lower : interval.upper]:
        return False
    start = document.tokens.starts[token]
    first, _ = document.sentence(token)
    at = token - 1
    while at >= max(first, token - 25) and (letters[at] not in "dqk" or letters[at + 1 : at + 2] in ("m", "u")):
        at -= 1
    alone = at < max(first, token - 25) or document.used[at] > 0
    if _SAID.search(document.tokens.text, max(0, start - 8), start) is not None:
        return alone or letters[at] == "d"
    # "82 mm Hg (95% CI", "143% (95% CI"
    units = letters[token + 1 : interval.label]
    opened = units.endswith("(") and (letters[token] == "q" or units != "(")
    return alone and (opened or document.decimals(token) == document.decimals(interval.lower))


def _is_said(document: Document, token: int, sign: int, interval: Interval) -> bool:
    """Whether a number printed as its bounds are is led to right before and has nothing but a unit behind it."""
    letters, start = document.letters, document.tokens.starts[token]
    decimals = [document.decimals(one) for one in (token, interval.lower, interval.upper)]
    if max(decimals) - min(decimals) > 1 or (not decimals[0] and max(decimals)):
        return False
    if {sign} != set(interval.signs[1:]) or letters[token] != letters[interval.lower]:
        return False
    if _UNIT_ONLY.fullmatch(letters, token + 1, interval.label) is None:
        return False
    before = document.tokens.text[max(0, start - 8) : start]
    return _SAID.search(before) is not None or named_ratio(document, token)
