"""Find the number that an interval belongs to."""

from __future__ import annotations

import re

from trialstats.sources.text.numbers.estimate_cost import contains, cost_outside
from trialstats.sources.text.numbers.in_names import begins_a_time, ends_a_time, is_in_a_name, is_name, is_time_point
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_person_time import PER

_MARGIN = 1.0
"""Two numbers whose costs differ by less fit their bounds about equally well."""

_REACH = 60
"""Tokens to look back for an estimate."""


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
    if best is None and skipped and (free := _without_values_of_groups(document, skipped, first, stop)):
        best = _best(document, interval, free[::-1])
        if best is not None and _ALONE.match(document.letters, best[0] - 1) and not _holds(document, interval, *best):
            best = None  # "2.3 (1.9) CI: 0.3-0.7": what stands alone in brackets may be a spread
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
    counted = _COUNT_BEFORE.search(document.letters, max(first, stop - 9), stop)
    if (
        counted is not None
        and (best is None or best[0] == counted.start("n"))
        and not _is_of_difference(document, interval)
    ):
        # "(132 of 147; 95% CI 84 to 94%)": the percentage itself is not printed.
        x, n = counted.start("x"), counted.start("n")
        if best is not None and "q" in (document.letters[interval.lower], document.letters[interval.upper]):
            best = None  # "(0 of 12; 95% CI 0 to 26%)"
        if best is None and document.value(x) <= document.value(n):
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


def _holds(document: Document, interval: Interval, token: int, sign: int) -> bool:
    return contains(document, token, sign, interval.lower, interval.upper, *interval.signs[1:])


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
        if letter == "E":
            break
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
            spread = (
                before in ("De", "D:", "Do")
                or (before == "D," and letters[at - 3 : at - 2] == "(")
                or (before[-1:] in ("z", "D") and not _is_per(document, at - 1))
            )
            no_result = spread or _is_ordinal(document, at) or (before == "um" and _is_power(document, at))
            no_result = no_result or (before in ("w/", "u/") and document.value(at) in _PER_SO_MANY)  # "cells/100 mm"
            no_result = no_result or _is_counted_per(document, at) or _is_step(document, at)
            no_result = (
                no_result
                or begins_a_time(document, at)
                or is_in_a_name(document, at)
                or _has_own_spread(document, at, first, stop)
                or _is_when(document, at, stop)
            )
            if ends_a_time(document, at):
                at -= 3
                continue
            if not document.used[at] and not no_result:
                candidates.append(at)
        at -= 1
    return candidates, skipped


_OWN_SPREAD = re.compile(r"[dq]u{0,2}(?:/[uw])?\(zd\)")


def _has_own_spread(document: Document, token: int, first: int, stop: int) -> bool:
    """Whether a number is one of two means told with their SD: "0.8 (±0.3) on tea and 0.7 (±0.2) on milk (CI"."""
    letters = document.letters
    if _OWN_SPREAD.match(letters, token, stop) is None:
        return False
    several = [one.end() for one in _OWN_SPREAD.finditer(letters, first, stop)]
    return len(several) > 1 and "w" in letters[several[-1] : stop]


_PER_SO_MANY = frozenset((10, 100, 1000, 10000, 100000))


def _is_counted_per(document: Document, token: int) -> bool:
    """Whether a number says how much person-time a rate is counted per: "7.2 per 1000 person-years"."""
    if token == 0 or document.value(token) not in _PER_SO_MANY:
        return False
    return PER.match(document.tokens.text, document.tokens.starts[token - 1]) is not None


_TIME_ALONE = re.compile(r"[au]{0,2}(?:/[uw][^,;:()]{0,3})?[,;:]?\(?(?:w{1,2}[,;:]?)?")


def _is_when(document: Document, token: int, label: int) -> bool:
    """Whether a number far from an interval only says when: "at 1 year, pain was lower with tea (95% CI"."""
    if document.letters[token] != "d" or document.decimals(token) or not is_time_point(document, token):
        return False
    return _TIME_ALONE.fullmatch(document.letters, token + 1, label) is None


_STEPS = frozenset(("per", "every", "each"))


def _is_step(document: Document, token: int) -> bool:
    """Whether a number with its unit says by how much something else differs: "1.2-fold per 10 mm Hg (95% CI"."""
    led = token > 0 and document.tokens[token - 1] in _STEPS
    return led and document.letters[token + 1 : token + 2] == "u" and document.tokens[token + 1] not in TIME


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


_COUNTED = re.compile(r"dw{0,3}(?:\(q\)w{0,2}ow{0,2}|/|ow{0,3})d")
_DENOMINATOR = re.compile(r"[dk]w{0,2}(?:/|ow{0,2})$")


def _is_counted(document: Document, token: int) -> bool:
    """Whether a number is a count of some, or what it is a count of: 12 of 27, 12/27."""
    letters = document.letters
    counted = _COUNTED.match(letters, token) or _DENOMINATOR.search(letters, max(0, token - 6), token)
    return counted is not None


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
    said = _is_of_difference(document, interval)
    of_both = said or min(interval.lower, interval.upper) < 0
    of_both = of_both or (low < 0 and document.tokens[interval.upper] in _ENDLESS)
    for rank, token in enumerate(candidates):
        if of_both and (_is_compared(document, token) or (said and _is_of_a_group(document, token))):
            # "-15 versus -14; CI upper limit 4": the limit is of their difference.
            continue
        if rank == 0 and _lies_about_their_difference(document, interval, token):
            return None
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
            more = cost_outside(document, interval, token, sign, bounded=bool(bounds), misread=misread)
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


_ENDLESS = frozenset(("∞", "inf", "infinity"))


def _has_unit(document: Document, bounds: list[int]) -> bool:
    """Whether bounds have a unit of their own, so that they are not those of a percentage."""
    return any(document.letters[bound + 1 : bound + 2] == "u" for bound in bounds)


def _is_of_difference(document: Document, interval: Interval) -> bool:
    """Whether words for an interval say that it is of a difference: "3.1 v 2.4, 95% CI for the difference 0.2 to 1"."""
    if interval.lower < 0:
        return False
    return _FOR_DIFFERENCE.search(document.text_between(interval.label, interval.lower)) is not None


_FOR_DIFFERENCE = re.compile(r"\b(?:for|of|on|in) (?:the |this |their )?(?:[a-z]+ ){0,2}differences?\b")
_ALONE = re.compile(r"\([dq]u?\)")
_DIFFERENCE_BETWEEN = re.compile(r"\bdiffer(?:ences?|ed|s)? (?:[a-z]+ ){0,6}?between\b")


def _without_values_of_groups(document: Document, passed: list[int], first: int, stop: int) -> list[int]:
    """Leave out two groups' values: "the difference between X (1.4) and Y (2.0) was significant (95% CI ...)"."""
    alone = [token for token in passed if _ALONE.match(document.letters, token - 1) is not None]
    if len(alone) < _PAIR or _DIFFERENCE_BETWEEN.search(document.text_between(first, stop)) is None:
        return passed
    return [token for token in passed if token not in alone]


_PAIR = 2
_SECOND = re.compile(r"[dq](?:zd)?u{0,2}v[m+]?$")
_FIRST = re.compile(r"(?:zd)?u{0,2}v[m+]?[dq]")


def _is_compared(document: Document, token: int) -> bool:
    """Whether a number is one of two that are compared: 15 versus 14."""
    letters = document.letters
    return _SECOND.search(letters, max(0, token - 8), token) is not None or _FIRST.match(letters, token + 1) is not None


_SECOND_OF_ARMS = re.compile(r"[dq]u{0,2}(?:/[uw])?w{1,6},?[av]w{0,2}$")
_FIRST_OF_ARMS = re.compile(r"u{0,2}(?:/[uw])?w{1,6},?[av]w{0,2}[dq]")


def _is_of_a_group(document: Document, token: int) -> bool:
    """Whether a number is a count, or one of two with their arms: "9.4 points with tea and 8.9 points with milk"."""
    letters = document.letters
    second = _SECOND_OF_ARMS.search(letters, max(0, token - 16), token)
    return bool(second or _FIRST_OF_ARMS.match(letters, token + 1)) or _is_counted(document, token)


def _lies_about_their_difference(document: Document, interval: Interval, token: int) -> bool:
    """Whether an interval has the difference of two compared numbers in its middle: "2.5 vs 0.7; P = .03, 95% CI"."""
    found = _SECOND.search(document.letters, max(0, token - 8), token)
    if found is None or min(interval.lower, interval.upper) < 0:
        return False
    first, second = (document.value(at) * (-1 if document.has_sign(at) else 1) for at in (found.start(), token))
    low, high = (
        document.value(at) * sign for at, sign in zip((interval.lower, interval.upper), interval.signs[1:], strict=True)
    )
    step = 10.0 ** -min(document.decimals(at) for at in (token, interval.lower, interval.upper))
    middle = (low + high) / 2
    apart = min(abs(middle - first + second), abs(middle + first - second))
    return apart <= step < abs(middle - second) and (low + high) * (first - second) != 0


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
