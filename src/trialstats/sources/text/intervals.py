"""Find intervals and the estimates they belong to."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.sources.text.counts import names_something
from trialstats.sources.text.document import Document, Interval
from trialstats.sources.text.estimates import (
    contains,
    find_estimate,
    is_centred_turned,
    is_name,
    named_ratio,
    reuse_estimate,
    with_one_mark,
)
from trialstats.sources.text.heads import says_interval
from trialstats.sources.text.outside_bounds import (
    is_as_an_earlier_one,
    is_as_its_sibling,
    is_misprinted_ratio,
    is_under_its_head,
)
from trialstats.sources.text.planned import passed_as_limits
from trialstats.sources.text.written_forms import (
    AND_FOR,
    BEHIND,
    BEHIND_NAME,
    EVENT,
    LOOSE_BOUNDS,
    ONE_BOUND,
    THREE,
    TWO_BOUNDS,
)

_ONE_SIDED = re.compile(r"(upper|higher|maximum)|(lower|minimum)")


@dataclass(slots=True)
class _State:
    """What earlier labels leave for bounds without one."""

    level: int = -1
    label: int = -1
    other: int = -1


def find_intervals(document: Document) -> tuple[list[Interval], list[tuple[Interval, str]]]:
    """Return the intervals of a text in order, each with its estimate, and those that may be something else.

    The tokens of the intervals are marked as used.
    """
    letters = document.letters
    found: list[Interval] = []
    unsure: list[tuple[Interval, str]] = []
    state = _State()
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
            continue
        interval = _labelled(document, event, state) if event["label"] else _bare(document, event, state)
        if interval is None or passed_as_limits(document, interval):
            if event["bare"]:
                at = event.start("bareest") + 1
            continue
        if interval.label < 0 and interval.carried and (reason := _doubt(document, interval, found)):
            unsure.append((interval, reason))
            continue
        if interval.rival >= 0:
            unsure.append((interval, "two numbers before the bounds fit them about equally well"))
            for token in (interval.estimate, interval.rival, interval.lower, interval.upper):
                document.used[token] = max(1, document.used[token])
            at = max(at, interval.last + 1)
            continue
        if interval.estimate < 0:
            reuse_estimate(document, interval, found)
        at = max(at, interval.last + 1) if interval.label >= 0 else event.end()
        for one in (interval, *_further(document, interval)):
            found.append(one)
            for token in (one.estimate, one.lower, one.upper):
                if token >= 0:
                    document.used[token] = 1
            at = max(at, one.last + 1)
    return found, unsure


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
        lower, upper, low, high = _bounds(document, found)
        start = found.start()
        last = Interval(-1, lower, upper, (1, low, high), interval.level, interval.carried, start, start, upper)
        yield last


# --------------------------------------------------------------------------------------------------
# Bounds with words for an interval
# --------------------------------------------------------------------------------------------------
def _labelled(document: Document, event: re.Match[str], state: _State) -> Interval | None:
    label, level = event.start(), event.start("level")
    if level >= 0 and not _is_level(document, level):
        # "0.78 (CI 0.60 to 1.00)": that number is the estimate.
        label, level = event.start() + 1, -1
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
    interval = _one(document, label, ends[-1], level)
    if interval is None:
        return None
    interval.level = level
    return interval


_LEVELS = frozenset((80, 90, 95, 97.5, 98, 99, 99.5, 99.9))


def _is_level(document: Document, token: int) -> bool:
    value = document.value(token)
    return value in _LEVELS or (document.letters[token] == "q" and (80 <= value < 100 or value in (50, 68)))


def _sign(document: Document, found: re.Match[str], name: str) -> int:
    return -1 if found[f"{name}sign"] == "m" else 1


def _bounds(document: Document, found: re.Match[str]) -> tuple[int, int, int, int]:
    """Return the tokens of two bounds and their signs."""
    lower, upper = found.start("lo"), found.start("hi")
    low, high = _sign(document, found, "lo"), _sign(document, found, "hi")
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


def _three(document: Document, label: int, end: int) -> Interval | None:
    """Read "OR; 95% CI: 1.19; 0.94-1.50"."""
    found = THREE.match(document.letters, end) or BEHIND_NAME.match(document.letters, end)
    if found is None:
        return None
    group = "est" if found["est"] else "est2"
    estimate, sign = found.start(group), -1 if found[group.replace("est", "estsign")] == "m" else 1
    lower, upper, low, high = _bounds(document, found)
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
    lower, upper, low, high = _bounds(document, found)
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
    low, high = _sign(document, found, "lo"), _sign(document, found, "hi")
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
    if found is None:
        return None
    bound, sign = found.start("lo"), _sign(document, found, "lo")
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


# --------------------------------------------------------------------------------------------------
# Bounds without words for an interval
# --------------------------------------------------------------------------------------------------
def _bare(document: Document, event: re.Match[str], state: _State) -> Interval | None:
    """Read "versus 22.8 months (20.3-28.0)" where an earlier interval says what the bounds are."""
    letters, estimate = document.letters, event.start("bareest")
    lower, upper, low, high = _bounds(document, event)
    end = event.end()
    # "0.5 (0.3-0.9, 95% CI)" brings its words behind its bounds.
    behind = BEHIND.match(letters, end)
    goes_on = letters[estimate + 1 : estimate + 2] in (",", ";")
    if goes_on and letters[estimate + 1] == ";":
        # "0.47; 0.31-0.72 for women", not "0.47; 31%; 95%".
        goes_on = bool({"m", "t"} & set(letters[lower + 1 : upper]))
    if behind is None and letters[end : end + 1] not in (")", ",", ";", "") and not goes_on:
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
    if (
        not inside
        and not is_misprinted_ratio(document, estimate, lower, upper)
        and not is_as_its_sibling(document, event, state.label, state.other, state.level)
        and not is_as_an_earlier_one(document, event, state.label)
        and not is_under_its_head(document, event)
    ):
        return None
    if behind is None and (is_name(document, estimate) or not _may_be_confidence(document, event, state)):
        return None
    if behind is None and not _is_range(document, event, (low, high)):
        return None
    # "1.56 for the drug (1.26-1.94)" only where the words for the interval stand in the same sentence.
    between = letters[estimate + 1 : lower]
    apart = re.fullmatch(r"[uw]?\(.{0,10}[m+]?", between) is None and set("uw") & set(between)
    far = state.label < document.sentence(estimate)[0] or behind is not None
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


_MONTHS_TEXT = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
_MONTHS = frozenset(_MONTHS_TEXT.split())


def _is_range(document: Document, event: re.Match[str], signs: tuple[int, int]) -> bool:
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
_TIMES_LETTERS = frozenset(w * "w" + b for w in range(1, 7) for b in ("(", "(("))
_TIMES = re.compile(r" ?-?(?:times|fold)\b")
_OTHER_MEDIAN = re.compile(r"follow|\bage|prior|previous|number of|dose|duration of (?:treatment|therapy|exposure)")
_EVENT_TIME = re.compile(r"surviv|\b(?:pfs|os|dfs|efs|rfs|ttp|ttf)\b|progression|response|time to")


def _may_be_confidence(document: Document, event: re.Match[str], state: _State) -> bool:
    """Whether bounds without words are those of a confidence interval, as far as the words before them tell."""
    letters, tokens = document.letters, document.tokens
    estimate, lower, upper = event.start("bareest"), event.start("lo"), event.start("hi")
    first, _ = document.sentence(estimate)
    if document.raw and says_interval(document, tokens.starts[estimate]):
        return True
    if state.other > state.label and state.other >= first:
        # Behind "IQR 29-98" in the same sentence.
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


_EFFECT = re.compile(
    r"(?:differences?(?: in (?:[a-z-]+ ){1,4}(?:was|of))?|\b(?:s|w|ls)?md|\brd|cohen\S{0,2} d|hedges\S{0,2} g"
    r"|\b(?:log|ln)[ (-]{0,2}(?:odds|hazard|risk|a?[hor]r)[a-z ]{0,12}|(?P<nnt>number needed to [a-z]+|\bnn[th]b?))"
    r"[\])]{0,2}[,:]? ?(?:was |of |= ?|: ?)?[-+]?$"
)


def _is_centred(document: Document, event: re.Match[str], words: str) -> bool:
    """Whether a difference named right before its number is the middle of its bounds, as that of no range is."""
    estimate = event.start("bareest")
    lower, upper, low, high = _bounds(document, event)
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


def _doubt(document: Document, interval: Interval, earlier: list[Interval]) -> str:
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
