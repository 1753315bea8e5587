"""Find the number that an interval belongs to."""

from __future__ import annotations

import re

from trialstats.sources.text.document import Document, Interval
from trialstats.sources.text.measure_words import TIME

_MARGIN = 1.0
"""Two numbers whose costs differ by less fit their bounds about equally well."""

_REACH = 60
"""Tokens to look back for an estimate."""

# A number behind one of these names something and estimates nothing.
_NAMES_TEXT = (
    "grade grades stage stages phase week weeks day days month months year years age aged version type level "
    "cycle cycles score scores scale item question dose part step visit arm group cohort table figure chapter line "
    "lines criteria wave n hour hours minute minutes h"
)
_TIMES_TEXT = "months month weeks week years year days day hours hour h yr yrs wk wks min minutes"
NAMES = frozenset(_NAMES_TEXT.split())


def is_name(document: Document, token: int) -> bool:
    """Whether a number stands behind a word that it only numbers: grade 3, week 12, scale (5)."""
    letters = document.letters
    if letters[token + 1 : token + 2] == "I" and document.tokens[token + 1].startswith("percentile"):
        return True  # "13.9 (2.5, 97.5 percentiles: 1.6, 37.7)"
    before = token - 2 if letters[token - 1 : token] == "(" and letters[token + 1 : token + 2] == ")" else token - 1
    return before >= 0 and letters[before] in "wun" and document.tokens[before] in NAMES


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


def with_one_mark(document: Document, interval: Interval) -> None:
    """Read "1.31,-1.92" as 1.31 to 1.92 where the estimate lies there: a comma and a dash, one of them too many."""
    lower, upper, (sign, low, high) = interval.lower, interval.upper, interval.signs
    if low < 0 or high > 0 or interval.estimate < 0 or document.letters[lower + 1 : upper] not in (",m", ";m"):
        return
    if not document.spaced(upper - 1) and contains(document, interval.estimate, sign, lower, upper, 1, 1):
        interval.signs = (sign, low, 1)


def find_estimate(document: Document, interval: Interval) -> None:
    """Look left, then right, for the number that the bounds belong to."""
    stop = interval.label
    first, _ = document.sentence(stop)
    candidates, skipped = _candidates(document, stop, first)
    close = document.letters[max(0, stop - 4) : stop]
    unreached = _in_words(document, interval) if "x" in close or close.endswith("k(") else None
    best = unreached or (_best(document, interval, candidates) if candidates else None)
    if best is None and skipped:
        best = _best(document, interval, skipped[::-1])
    elif best is not None and _is_counted(document, best[0]):
        # "12 of 27 patients (44.4%), 95% CI 25.5-64.7": the percentage behind the count, not its denominator.
        behind = [token for token in skipped if token > best[0] and document.letters[token] == "q"]
        best = (_best(document, interval, behind, strict=True) if behind else None) or best
    if best is None:
        best = _behind(document, interval) or _in_words(document, interval)
    if best is None and not candidates and stop - first <= 2 and first > 0:
        # "Six (1.3%) were positive. The 95% CI was 0.3% to 2.4%."
        candidates, skipped = _candidates(document, first - 1, document.sentence(first - 1)[0])
        best = _best(document, interval, (skipped[::-1] + candidates)[:2], strict=True)
    if best is None and (counted := _COUNT_BEFORE.search(document.letters, max(first, stop - 9), stop)) is not None:
        # "(132 of 147; 95% CI 84 to 94%)": the percentage itself is not printed.
        x, n = counted.start("x"), counted.start("n")
        if document.value(x) <= document.value(n):
            interval.x, interval.n, interval.first = x, n, x
            document.used[x] = document.used[n] = 1
    if best is not None:
        token, sign = best
        if interval.rival < 0 or interval.rival == token:
            interval.rival = _alternative(document, interval, token, skipped)
        interval.estimate = token
        interval.signs = (sign, *interval.signs[1:])
        interval.first = min(interval.first, token - (sign < 0))
        interval.last = max(interval.last, token)


def _alternative(document: Document, interval: Interval, estimate: int, skipped: list[int]) -> int:
    """Return a number in brackets that is said to be another value of the estimate, and fits: "3.7 (or 2.9 ...)"."""
    for token in skipped:
        if (
            token > estimate
            and document.letters[token - 2 : token] == "(w"
            and document.tokens[token - 1] == "or"
            and document.letters[token] == document.letters[estimate]
            and document.decimals(token) == document.decimals(estimate)
            and contains(document, token, 1, interval.lower, interval.upper, *interval.signs[1:])
        ):
            return token
    return -1


def _candidates(document: Document, stop: int, first: int) -> tuple[list[int], list[int]]:
    """Return the free numbers before a token, nearest first, and those in brackets that were passed over."""
    letters = document.letters
    candidates: list[int] = []
    skipped: list[int] = []
    at, steps = stop - 1, 0
    while at >= first and steps < _REACH and len(candidates) < 6:
        letter = letters[at]
        steps += 1
        if letter == ")" and (opened := document.partner.get(at, -1)) >= 0 and at - opened < 30:
            skipped += _passed_over(document, opened, at)
            at = opened - 1
            continue
        if letter in "dq":
            if document.used[at] == 1:
                break
            # "8.3 ± 0.6 (95% CI", "SD 12.9 (95% CI": a spread is no estimate.
            before = letters[at - 2 : at]
            spread = before in ("De", "D:") or (before[-1:] in ("z", "D") and not _is_per(document, at - 1))
            no_result = spread or _is_ordinal(document, at) or (before == "um" and _is_power(document, at))
            no_result = no_result or (before in ("w/", "u/") and document.value(at) in _PER_SO_MANY)  # "cells/100 mm"
            if _ends_a_time(document, at):
                at -= 3
                continue
            if not document.used[at] and not no_result:
                candidates.append(at)
        at -= 1
    return candidates, skipped


_OF_A_TIME = frozenset(("for", "at", "over", "during", "within", "in", "from", "between", "weeks", "months"))
_TIMES = frozenset(_TIMES_TEXT.split())


def _ends_a_time(document: Document, token: int) -> bool:
    """Whether a number is the end of a stretch of time: "-1.9 kg for 0-6 months (95% CI"."""
    letters, tokens = document.letters, document.tokens
    if token < 3 or letters[token - 1] not in "mt" or letters[token - 2] not in "dk" or letters[token - 3] not in "wu":
        return False
    return (
        letters[token + 1 : token + 2] == "u"
        and tokens[token + 1] in _TIMES
        and tokens[token - 3] in _OF_A_TIME
        and not document.decimals(token)
    )


_AT_A_TIME_TEXT = "at after by until within before"
_AT_A_TIME = frozenset(_AT_A_TIME_TEXT.split())
_WHEN = re.compile(r"[dk](?:,d){0,4},?ad(?P<unit>u)|d(?P<unit2>u)")


def is_time_point(document: Document, token: int) -> bool:
    """Whether a whole number says when: at 7 and 8 hours."""
    letters, tokens = document.letters, document.tokens
    first = token
    while letters[first - 1] in ",adk" and token - first < 8 and first > 1:
        first -= 1
    if letters[first] not in "dk" or tokens[first - 1] not in _AT_A_TIME or document.decimals(token) > 0:
        return False
    found = _WHEN.match(letters, first)
    if found is None or not found.start() <= token < found.end():
        return False
    return tokens[found.start("unit" if found["unit"] else "unit2")] in TIME


_PER_SO_MANY = frozenset((10, 100, 1000, 10000, 100000))


def _passed_over(document: Document, opened: int, closed: int) -> list[int]:
    """Return the free numbers in a bracket before an interval."""
    letters = document.letters
    # "(F(2, 70) = 6.3": degrees of freedom.
    if letters[opened + 1 : closed] == "md" or letters[closed + 1] == "e":
        return []
    return [
        token
        for token in range(opened, closed)
        if letters[token] in "dq" and not document.used[token] and letters[token - 1] not in "zD"
    ]


def _is_per(document: Document, token: int) -> bool:
    """Whether a standard deviation is what a ratio is counted by: "HR per SD 1.21"."""
    return token > 0 and document.tokens[token - 1].endswith("per")


def _is_power(document: Document, token: int) -> bool:
    """Whether a number is the power of a unit: mL min-1."""
    return document.touches(token - 1) and not document.spaced(token - 1) and document.value(token) <= 3


_ORDINALS = frozenset(("st", "nd", "rd", "th"))


def _is_ordinal(document: Document, token: int) -> bool:
    """Whether a number is one of an order: the 30th percentile."""
    return (
        document.letters[token + 1 : token + 2] == "w"
        and document.tokens[token + 1] in _ORDINALS
        and document.touches(token)
    )


_COUNT_BEFORE = re.compile(r"(?P<x>d)w{0,2}(?:/|ow{0,2})(?P<n>d)w{0,2}[;,]?\(?$")
_IN_WORDS = re.compile(r"(?P<est>[kx])(?:u|w{1,6})?[,;]?\(?$")


def _in_words(document: Document, interval: Interval) -> tuple[int, int] | None:
    """Read "twelve (95% CI 8 to 32)" and "not reached (95% CI 21.2 to not reached)"."""
    letters = document.letters
    first = max(document.sentence(interval.label)[0], interval.label - 10)
    found = _IN_WORDS.search(letters[first : interval.label])
    if found is None or interval.lower < 0 or interval.upper < 0:
        return None
    token = first + found.start("est")
    if letters[token] == "x":
        return (token, 1) if "x" in (letters[interval.lower], letters[interval.upper]) else None
    if (token and letters[token - 1] in "km") or not re.fullmatch(r"k\(?", letters[token : interval.label]):
        return None
    return (token, 1) if contains(document, token, 1, interval.lower, interval.upper, *interval.signs[1:]) else None


_COUNTED = re.compile(r"dw{0,3}(?:/|ow{0,3})d")
_DENOMINATOR = re.compile(r"[dk]w{0,2}(?:/|ow{0,2})$")


def _is_counted(document: Document, token: int) -> bool:
    """Whether a number is a count of some, or what it is a count of: 12 of 27, 12/27."""
    letters = document.letters
    counted = _COUNTED.match(letters, token) or _DENOMINATOR.search(letters, max(0, token - 6), token)
    return counted is not None


def _cost_outside(
    document: Document, interval: Interval, token: int, sign: int, *, bounded: bool, misread: bool
) -> float | None:
    """Return what it costs that a number is not between the bounds; None where it is not their estimate."""
    _, low, high = interval.signs
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


def _cost_of_form(document: Document, token: int) -> float:
    """Return what it costs that a number looks like another part of the text than an estimate."""
    letters = document.letters
    hyphened = letters[token + 1 : token + 2] == "m" and letters[token + 2 : token + 3] in ("w", "u")
    named = is_name(document, token) and not document.decimals(token)
    if hyphened or named or (letters[token - 1 : token] == "e" and letters[token - 2 : token - 1] == "n"):
        return 15
    if _is_counted(document, token):
        return 12  # "25% (8 of 32; 95% CI 12 to 43)": neither the count nor its denominator
    return 6 if letters[token - 1 : token] in ("r", "/") or letters[token + 1 : token + 2] == "/" else 0


def _best(
    document: Document, interval: Interval, candidates: list[int], *, strict: bool = False
) -> tuple[int, int] | None:
    letters = document.letters
    _, low, high = interval.signs
    bounds = [b for b in (interval.lower, interval.upper) if b >= 0 and letters[b] != "x"]
    decimals = max((document.decimals(b) for b in bounds), default=0)
    per_cent = any(letters[b] == "q" for b in bounds)
    found: tuple[float, int, int] | None = None
    fitting: list[tuple[float, int]] = []
    one_sided = min(interval.lower, interval.upper) < 0
    for rank, token in enumerate(candidates):
        if one_sided and _is_compared(document, token):
            # "-15 versus -14; CI upper limit 4": the limit is of their difference.
            continue
        sign = -1 if document.has_sign(token) else 1
        cost = 2.0 * rank + (interval.label - token) / 4
        inside = contains(document, token, sign, interval.lower, interval.upper, low, high)
        if not inside and sign > 0 and token and letters[token - 1] == "m" and document.spaced(token - 1):
            # "LSMD - 2.2; 95% CI - 3.6 to - 0.8": the bounds tell a minus sign from a dash.
            sign = -1
            inside = contains(document, token, sign, interval.lower, interval.upper, low, high)
            sign = -1 if inside else 1
        if not inside:
            misread = not strict and rank == 0
            more = _cost_outside(document, interval, token, sign, bounded=bool(bounds), misread=misread)
            if more is None:
                continue
            cost += more
        if letters[token] == "q" and not per_cent and _has_unit(document, bounds):
            continue
        if letters[token - 2 : token] == "u/":
            continue  # "355 µm/100 µm"
        own = document.decimals(token)
        cost += 3 * max(0, decimals - own) + 2 * max(0, own - decimals - 1)
        cost += 6 * (per_cent and letters[token] != "q")
        cost += _cost_of_form(document, token)
        if inside:
            fitting.append((cost, token))
        if found is None or cost < found[0]:
            found = (cost, token, sign)
    if found is None or found[0] > 45:
        return None
    interval.rival = next(
        (
            token
            for cost, token in fitting
            if cost < found[0] + _MARGIN and document.value(token) != document.value(found[1])
        ),
        -1,
    )
    return found[1:]


def _has_unit(document: Document, bounds: list[int]) -> bool:
    """Whether bounds have a unit of their own, so that they are not those of a percentage."""
    return any(document.letters[bound + 1 : bound + 2] == "u" for bound in bounds)


_SECOND = re.compile(r"[dq]u?v[m+]?$")
_FIRST = re.compile(r"u?v[m+]?[dq]")


def _is_compared(document: Document, token: int) -> bool:
    """Whether a number is one of two that are compared: 15 versus 14."""
    letters = document.letters
    return _SECOND.search(letters, max(0, token - 5), token) is not None or _FIRST.match(letters, token + 1) is not None


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
        # Nothing but a bracket between the two.
        return document.decimals(token) > 0
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
_SAID = re.compile(r"(?:\b(?:was|were|is|of)|[=:(]) ?[-+]?$")


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
    return alone and document.decimals(token) == document.decimals(interval.lower)


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


_BEHIND = re.compile(r"\)?[,;]?(?:w{1,4}[e:,]?|e|[,;])(?P<sign>m?)(?P<est>[dq])(?=[);,Suw]|$)")


def _behind(document: Document, interval: Interval) -> tuple[int, int] | None:
    """Read "95% CI 1.2 to 3.4; OR = 2.0"."""
    found = _BEHIND.match(document.letters, max(interval.lower, interval.upper) + 1)
    if found is None or interval.lower < 0 or interval.upper < 0:
        return None
    token, sign = found.start("est"), -1 if found["sign"] else 1
    if not contains(document, token, sign, interval.lower, interval.upper, *interval.signs[1:]):
        return None
    if document.decimals(token) < document.decimals(interval.lower) - 1:
        return None
    return token, sign


def is_centred_turned(value: float, lower: float, upper: float) -> bool:
    """Whether a number needed to treat is the middle of its bounds once all are turned over, within rounding."""
    if lower < 1 or upper <= lower:
        return False
    least, most = ((1 / (lower + half) + 1 / (upper + half)) / 2 for half in (0.5, -0.5))
    return 1 / (value + 0.5) <= most and least <= 1 / (value - 0.5)


def reuse_estimate(document: Document, interval: Interval, earlier: list[Interval]) -> None:
    """Let two intervals of one bracket share their estimate: "(90% CI 1.1 to 1.9; 95% CI 1.0 to 2.1)"."""
    if not earlier:
        return
    last = earlier[-1]
    inside = document.inside(interval.label)
    if last.estimate < 0 or inside < 0 or document.inside(last.upper if last.upper >= 0 else last.lower) != inside:
        return
    if not re.fullmatch(r"[uw]{0,2}[,;a]{0,2}", document.letters[last.last + 1 : interval.label]):
        return
    if contains(document, last.estimate, last.signs[0], interval.lower, interval.upper, *interval.signs[1:]):
        interval.estimate = last.estimate
        interval.signs = (last.signs[0], *interval.signs[1:])
