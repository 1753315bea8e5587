"""Find intervals and the estimates they belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from trialstats.sources.text.intervals.bare import (
    State,
    bounds_of,
    doubt_of,
    is_range,
    may_be_confidence,
    sign_of,
)
from trialstats.sources.text.intervals.estimates import find_estimate, reuse_estimate, with_one_mark
from trialstats.sources.text.intervals.listed import listed
from trialstats.sources.text.intervals.outside_bounds import (
    is_as_an_earlier_one,
    is_as_its_sibling,
    is_behind_its_error,
    is_misprinted_ratio,
    is_of_another_spread,
    is_under_its_head,
    opens_a_bracket,
)
from trialstats.sources.text.measures.heads import says_p_value
from trialstats.sources.text.numbers.estimate_cost import contains
from trialstats.sources.text.numbers.in_names import is_name, is_numbered
from trialstats.sources.text.plans.planned import passed_as_limits
from trialstats.sources.text.tokens.document import Document, Interval
from trialstats.sources.text.tokens.written_forms import (
    AND_FOR,
    BEHIND,
    BEHIND_A_RANGE,
    BEHIND_NAME,
    EVENT,
    LOOSE_BOUNDS,
    ONE_BOUND,
    ONE_BOUND_OF,
    THREE,
    TWO_BOUNDS,
)

_BOUND_OF = re.compile(r"\b(?:upper|lower) (?:confidence )?(?:bound|limit)s? (?:of|for) (?:the |an? )?")
_ONE_SIDED = re.compile(r"(upper|higher|maximum)|(lower|minimum)")


def find_intervals(document: Document) -> tuple[list[Interval], list[tuple[Interval, str]]]:
    """Return the intervals of a text in order, each with its estimate, and those that may be something else.

    The tokens of the intervals are marked as used.
    """
    letters = document.letters
    found: list[Interval] = []
    unsure: list[tuple[Interval, str]] = []
    state = State()
    at = 0
    if (said := _said_of_brackets(document)) >= 0:
        state.level, state.label = said, 0
        document.used[said] = 2
    while (event := EVENT.search(letters, at)) is not None:
        at = event.end()
        if event["other"]:
            # "95% CI range" is an interval all the same.
            if event.start() == 0 or letters[event.start() - 1] != "C":
                state.other = event.start()
            if (interval := _behind_a_range(document, event, state)) is None:
                continue
            found.append(interval)
            for token in (interval.estimate, interval.lower, interval.upper):
                document.used[token] = 1
            at = interval.last + 1
            continue
        interval = _labelled(document, event, state) if event["label"] else _bare(document, event, state)
        if interval is None or _are_doses(document, interval) or passed_as_limits(document, interval):
            if event["bare"]:
                at = event.start("bareest") + 1
            continue
        if interval.label < 0 and interval.carried and (reason := doubt_of(document, interval, found)):
            unsure.append((interval, reason))
            continue
        others = listed(document, interval)
        if interval.rival >= 0:
            unsure.append((interval, "two numbers before the bounds fit them about equally well"))
            for token in (interval.estimate, interval.rival, interval.lower, interval.upper):
                document.used[token] = max(1, document.used[token])
            at = max(at, interval.last + 1)
            continue
        if interval.estimate < 0:
            reuse_estimate(document, interval, found)
        at = max(at, interval.last + 1) if interval.label >= 0 else event.end()
        for one in (interval, *others, *_further(document, interval)):
            found.append(one)
            for token in (one.estimate, one.lower, one.upper):
                if token >= 0:
                    document.used[token] = 1
            at = max(at, one.last + 1)
    return found, unsure


_DOSE_UNITS = frozenset(("mg", "mcg", "µg", "μg", "ug", "iu"))


def _are_doses(document: Document, interval: Interval) -> bool:
    """Whether bounds without an estimate are the doses of two arms: "changes (95% CI) with 5 mg and 15 mg were"."""
    lower, upper = interval.lower, interval.upper
    if interval.estimate >= 0 or interval.label < 0 or document.letters[lower + 1 : upper] != "ua":
        return False
    between = document.tokens[lower - 1] in ("between", "from")
    return not between and document.tokens[lower + 1] in _DOSE_UNITS and document.letters[lower - 1] == "w"


_BRACKETS_SAID = re.compile(
    r"(?:values?|numbers?|figures?|data|ranges?|those) (?:given |shown |presented )?(?:in|within) "
    r"(?:parenthes[ei]s|(?:square )?brackets) (?:are|is|indicates?|represents?|denotes?|shows?|gives?|=) (?:the )?"
    r"([0-9]{2}(?:\.[0-9])?) ?(?:%|per ?cent) ?-?(?:confidence|credible|ci)"
)


def _said_of_brackets(document: Document) -> int:
    """Return the level that a text gives once for all its brackets, wherever it says so, or -1."""
    tokens = document.tokens
    if "in parenthes" not in tokens.text and "brackets" not in tokens.text:
        return -1
    found = _BRACKETS_SAID.search(tokens.text)
    if found is None:
        return -1
    at = bisect_left(tokens.starts, found.start(1))
    return at if at < len(tokens) and document.letters[at] in "dq" and _is_level(document, at) else -1


def _further(document: Document, interval: Interval) -> Iterator[Interval]:
    """Read "CI for the first was 0.2 to 0.5 and for the second 0.1 to 0.4" on, up to five times."""
    last = interval
    for _ in range(5):
        if last.label < 0 or last.estimate >= 0 or last.upper < 0:
            return
        found = AND_FOR.match(document.letters, last.upper + 1)
        if found is None or document.tokens[found.start("name")] not in ("for", "in"):
            return
        lower, upper, low, high = bounds_of(document, found)
        start = found.start()
        last = Interval(-1, lower, upper, (1, low, high), interval.level, interval.carried, start, start, upper)
        yield last


# --------------------------------------------------------------------------------------------------
# Bounds with words for an interval
# --------------------------------------------------------------------------------------------------
def _labelled(document: Document, event: re.Match[str], state: State) -> Interval | None:
    label, level = event.start(), event.start("level")
    if level >= 0 and not _is_level(document, level):
        # "0.78 (CI 0.60 to 1.00)": that number is the estimate.
        label, level = event.start() + 1 + (document.letters[event.start() + 1] == ")"), -1
    after = event.start("after")
    ends = [event.end()]
    if after >= 0:
        # "CI 95%: 1.2 to 3.4": the number behind the words is the level, if bounds follow it.
        ends = [event.end(), after] if level < 0 and _is_level(document, after) else [after]
    state.label = label
    for end in ends:
        own = after if end > after >= 0 else level
        interval = _three(document, label, end) or _two(document, label, end)
        if interval is None:
            continue
        if own >= 0:
            document.used[own] = 2
            state.level = own
        elif interval.label >= 0:
            interval.carried = state.level >= 0
        interval.level = own if own >= 0 else state.level
        return interval
    if level >= 0:
        state.level = level
        document.used[level] = 2
    elif _is_level_of_a_head(document, after if after >= 0 else event.end()):
        state.level = after if after >= 0 else event.end()
        document.used[state.level] = 2
    interval = _one(document, label, ends[-1], level)
    if interval is None:
        return None
    interval.level = level
    return interval


_LEVELS = frozenset((80, 90, 95, 97.5, 98, 99, 99.5, 99.9))


def _is_level(document: Document, token: int) -> bool:
    value = document.value(token)
    return value in _LEVELS or (document.letters[token] == "q" and (80 <= value < 100 or value in (50, 68)))


def _is_level_of_a_head(document: Document, token: int) -> bool:
    """Whether a level stands behind words for an interval, and nothing else with them: "RR (CI 95 %)"."""
    return document.letters[token : token + 2] == "q)" and _is_level(document, token)


def _three(document: Document, label: int, end: int) -> Interval | None:
    """Read "OR; 95% CI: 1.19; 0.94-1.50"."""
    found = THREE.match(document.letters, end) or BEHIND_NAME.match(document.letters, end)
    if found is None:
        return None
    group = "est" if found["est"] else "est2"
    estimate, sign = found.start(group), -1 if found[group.replace("est", "estsign")] == "m" else 1
    lower, upper, low, high = bounds_of(document, found)
    if min(estimate, upper) >= 0 and _are_in_other_units(document, estimate, upper):
        return None  # "90% CIs above 7 ms from 2 to 18 h"
    interval = Interval(estimate, lower, upper, (sign, low, high), -1, False, label, label, found.end() - 1)
    if contains(document, estimate, sign, lower, upper, low, high):
        return interval
    # "Hazard ratio [95% CI] = 4.08 [1.55-3.05]"
    tight = document.letters[estimate - 1 : estimate] in ("e", ":") and document.letters[estimate + 1] == "("
    return interval if tight and is_misprinted_ratio(document, estimate, lower, upper, before=label) else None


def _two(document: Document, label: int, end: int) -> Interval | None:
    found = TWO_BOUNDS.match(document.letters, end)
    if found is None or _is_a_next_level(document, found):
        # "CIs for AUC (0.96; 90% CI": an estimate and the level of what follows.
        return _loosely(document, label, end)
    lower, upper, low, high = bounds_of(document, found)
    if lower >= 0 and is_numbered(document, lower):
        return None
    interval = Interval(-1, lower, upper, (1, low, high), -1, False, label, label, upper)
    find_estimate(document, interval)
    with_one_mark(document, interval)
    return interval


_LEVEL_WORDS = re.compile(r"m?(?:w{0,2}C|l)")
_TO = frozenset(("a", "à", "e", "y", "et", "und"))
_UPPER = re.compile(r"upper|high|max|ucl")


def _is_a_next_level(document: Document, found: re.Match[str]) -> bool:
    upper = found.start("hi")
    if upper < 0 or document.letters[upper + 1 : upper + 2] not in ("C", "l", "m", "w"):
        return False
    return _LEVEL_WORDS.match(document.letters, upper + 1) is not None and _is_level(document, upper)


def _loosely(document: Document, label: int, end: int) -> Interval | None:
    """Read "95% CI 1.2/3.4", "95% CI 1.2 3.4", "lower limit 1.2, upper limit 3.4": where they can be nothing else."""
    found = LOOSE_BOUNDS.match(document.letters, end)
    if found is None:
        return None
    lower, upper = found.start("lo"), found.start("hi")
    low, high = sign_of(found, "lo"), sign_of(found, "hi")
    between = document.text_between(lower + 1, upper)
    # "5 a 21": to, in other languages; "1.2 < OR < 3.4".
    told = between in _TO or _UPPER.search(between) is not None
    if not told and "w" in document.letters[lower:upper] and document.letters[lower + 1] != "r":
        return None
    alike = document.decimals(lower) == document.decimals(upper)
    per_cent = document.letters[lower] == document.letters[upper] == "q"
    if not told and not (alike and (per_cent or document.decimals(lower))):
        return None
    if low * document.value(lower) >= high * document.value(upper):
        return None
    interval = Interval(-1, lower, upper, (1, low, high), -1, False, label, label, upper)
    find_estimate(document, interval)
    return interval if interval.estimate >= 0 else None


def _one(document: Document, label: int, end: int, level: int) -> Interval | None:
    """Read "one-sided 95% upper CI 1.94": one bound, only where the words say which."""
    letters = document.letters
    found = ONE_BOUND.match(letters, end)
    if found is None and _BOUND_OF.search(document.text_between(max(label - 6, document.sentence(label)[0]), label)):
        found = ONE_BOUND_OF.match(letters, end)
    if found is None:
        return None
    bound, sign = found.start("lo"), sign_of(found, "lo")
    before = max(label - 6, document.sentence(label)[0])
    side = _ONE_SIDED.search(document.text_between(before, bound))
    relation = document.tokens[found.start("side")][0] if found["side"] else ""
    if side is not None:
        is_upper = side[1] is not None
    elif relation and "w" not in letters[end:bound]:
        is_upper = relation in "<≤"
    else:
        return None
    lower, upper = (-1, bound) if is_upper else (bound, -1)
    interval = Interval(-1, lower, upper, (1, sign, sign), level, False, label, label, bound, sides=1)
    find_estimate(document, interval)
    return interval


def _behind_a_range(document: Document, event: re.Match[str], state: State) -> Interval | None:
    """Read "10.0 months, range 1-20 [8.9-11.5]" where a value before it has its range and then a labelled interval."""
    within = BEHIND_A_RANGE.match(document.letters, event.end())
    if within is None or state.label <= document.sentence(event.start())[0]:
        return None
    interval = _two(document, event.start(), within.end())
    if interval is None or interval.estimate < 0:
        return None
    interval.level, interval.carried = state.level, state.level >= 0
    # What follows is as this: no range.
    state.label = within.end()
    return interval


# --------------------------------------------------------------------------------------------------
# Bounds without words for an interval
# --------------------------------------------------------------------------------------------------
def _are_in_other_units(document: Document, estimate: int, upper: int) -> bool:
    """Whether bounds have another unit than the number before them: "1.8 mg (2.6-2.8 mmHg)"."""
    units = [document.letters[at + 1 : at + 2] == "u" and document.tokens[at + 1] for at in (estimate, upper)]
    return all(units) and units[0] != units[1]


_TIMES_LETTERS = frozenset(w * "w" + b for w in range(1, 7) for b in ("(", "(("))


def _bare(document: Document, event: re.Match[str], state: State) -> Interval | None:
    """Read "versus 22.8 months (20.3-28.0)" where an earlier interval says what the bounds are."""
    letters, estimate = document.letters, event.start("bareest")
    lower, upper, low, high = bounds_of(document, event)
    end = event.end()
    # "0.5 (0.3-0.9, 95% CI)" brings its words behind its bounds.
    behind = BEHIND.match(letters, end)
    goes_on = letters[estimate + 1 : estimate + 2] in (",", ";")
    if goes_on and letters[estimate + 1] == ";":
        # "0.47; 0.31-0.72 for women", not "0.47; 31%; 95%".
        goes_on = bool({"m", "t"} & set(letters[lower + 1 : upper]))
    if behind is None and letters[end : end + 1] not in (")", ",", ";", "") and not goes_on:
        return None
    if event["error"] and is_of_another_spread(document, event):
        return None
    if document.raw and says_p_value(document, document.tokens.starts[estimate]):
        return None
    sign = -1 if document.has_sign(estimate) else 1
    inside = contains(document, estimate, sign, lower, upper, low, high)
    if (
        not inside
        and sign > 0
        and estimate
        and letters[estimate - 1] == "m"
        and letters[estimate - 2 : estimate - 1] not in ("d", "q")
    ):
        # "were - 0.8% (- 1.0% to - 0.6%)": the bounds tell a minus sign from a dash.
        sign = -1
        inside = contains(document, estimate, sign, lower, upper, low, high)
    if not inside and _are_in_other_units(document, estimate, upper):
        return None
    if (
        not inside
        and not is_misprinted_ratio(document, estimate, lower, upper)
        and not is_as_its_sibling(document, event, state.label, state.other, state.level)
        and not is_as_an_earlier_one(document, event, state.label)
        and not is_under_its_head(document, event)
        and not is_behind_its_error(document, estimate, (low * document.value(lower), high * document.value(upper)))
    ):
        return None
    if behind is None and (is_name(document, estimate) or not may_be_confidence(document, event, state)):
        return None
    if behind is None and not is_range(document, event, (low, high)):
        return None
    # "1.56 for the drug (1.26-1.94)" only where the words for the interval stand in the same sentence.
    between = letters[estimate + 1 : lower]
    apart = re.fullmatch(r"[uw]?\(.{0,10}[m+]?", between) is None and set("uw") & set(between)
    far = state.label < document.sentence(estimate)[0] or behind is not None
    if apart and far and opens_a_bracket(document, event) and state.other < state.label:
        apart = False  # "(2.7 min/day, 0.6 to 4.8)", as an earlier sentence had "(4.1 min/day, 95% CI 1.9 to 6.3)"
    if apart and far and between not in _TIMES_LETTERS and ("w" in between or "(" not in between):
        return None
    level, carried = state.level, True
    named = "level" if behind is not None and behind["level"] else "level2"
    if behind is not None and behind[named] and _is_level(document, behind.start(named)):
        level, carried = behind.start(named), False
        document.used[level] = 2
        state.level, state.label = level, end
    first = estimate - (sign < 0)
    return Interval(estimate, lower, upper, (sign, low, high), level, carried, -1, first, end - 1)
