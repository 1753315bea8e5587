"""Read the results whose form says what they are: a mean with its SD, 8 of 32, 47 versus 32."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.counts.sizes import is_size_behind, plain_in_turn, sizes_ahead, sizes_behind
from trialstats.sources.text.numbers.with_percentage import value_of_count
from trialstats.sources.text.tokens.document import SCALE, Document
from trialstats.sources.text.values.governed import governed
from trialstats.sources.text.values.numbers import Numbers, Value, whole_of
from trialstats.sources.text.values.pairs import lasts
from trialstats.sources.text.values.shares import share_of
from trialstats.sources.text.values.standard_errors import LOG_RATIO, is_error, is_survival, says_deviation
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_outcomes import PERSON_TIME
from trialstats.sources.text.words.of_person_time import PER
from trialstats.sources.text.words.of_person_time import TIME as TIME_OF_PEOPLE
from trialstats.sources.text.words.of_values import (
    COUNTED,
    COUNTED_BEFORE,
    DID,
    EVENTS,
    PEOPLE,
    QUANTITIES,
    TREATED,
    ratio_before,
    ratio_named,
)

_MEAN_WORDS = re.compile(r"\bmeans?\b|average|±|\+/-")
_SD_FORM = re.compile(r"(?P<v>[dq])u{0,2}(?:/[uw])?[,(]?z(?P<s>[dq])")
_SPREAD_FORM = re.compile(
    r"(?P<v>(?<!ne)[dq])(?:m?u{0,2}(?P<words>w[wo]{1,4})(?=\([DI])|m?u{1,2}(?:/[uw](?:/[uw])?|w)?|w|)[,;]?(?P<open>\()?"
    r"(?:ne(?P<n>d)[,;])?(?P<kind>[DI])(?:\([DI]\)(?!\)))?[)e:,o(w]{0,3}z?(?P<asign>m?)(?P<a>[dqk])"
    r"(?:\+?u?(?:m|t|,|;|a)(?P<bsign>m?)(?P<b>[dqxk]))?"
)
_ONE_END = frozenset(("maximum", "minimum"))
_SPREAD_FIRST = re.compile(
    r"[(,](?:w{0,2})(?P<kind>[DI])[)\]](?:[^SdqDI]{0,40})(?P<v>[dq])u{0,2}\((?P<a>[dq])(?:(?:m|t|,|;)(?P<b>[dqx]))?u?\)"
)
_BARE_SPREAD = re.compile(
    r"(?P<v>[dq])(?:u{1,2}(?:/[uw])?)?[(](?P<a>[dq])(?:u?(?:m|t|,|;)(?P<b>[dqx]))?u?(?:[)]|(?=[,;]ned[)]))"
)
_RANGED = re.compile(r"(?P<a>[dq])[at](?P<b>[dq])")
_RANGE_OF_SHARES = re.compile(r"(?P<a>[dq])[tm](?P<b>q)(?!C)")
_IN_SOME = re.compile(r"(?<!out )\b(?:in|of|was|were|for) (?:about |approximately |an estimated )?$")
"""What leads to shares of several groups: "was seen in 4 to 8% of adults"."""
_RANGING = re.compile(r"(?:(?:ranging|ranged|ranges|varying|varied)(?: from| between)?|between) ?$", re.IGNORECASE)
_OF_A_SCALE = re.compile(
    r"\b(?:scor(?:es?|ings?)|scales?|index|questionnaire)\b[^.;0-9]{0,25}(?:ranging|ranges?|varying)"
    r"(?: from| between)? $"
)
_COUNT_OF = re.compile(
    r"(?P<x>d|(?<!k)(?<!ka)k(?:a?k){0,3})(?:w{0,4}?ow{0,3}|/|w{1,4}(?P<among>)|(?:w{1,4}o)?w{2,10}(?P<far>))(?=(?P<n>d))"
)
_PER_SO_MANY = frozenset((1000, 10000, 100000, 1000000))
_AMONG = frozenset(("among", "amongst"))
_VERSUS_PAIR = re.compile(r"(?P<a>d)(?:(?:u{0,2}|u/[uw]),?vw?m?(?P<b>d)(?![/zd])|ua(?P<c>d)(?=u))")
_OF_A_TIME = re.compile(r"du[,;]?\(w?$")
_OR_MORE = re.compile(r" ?[a-z/%]{0,8} ?or (?:more|greater|less|higher|lower|above|below|over|older|younger)\b")
_PER_TIME = re.compile(
    rf"(?:{PERSON_TIME}|(?:/|\bper )(?: [a-z]{{1,5}}/10+)?[ -]?"
    rf"(?:{TIME_OF_PEOPLE}))"
    r"[,:]?(?: (?:was|were|of))?[ =(\[]*$"
)
"""Events by time, told before the numbers: "per 100 patient-years: 6.7 v 5.1"."""
_TOOK_PART = re.compile(r"[^.;,0-9]{0,50}\b(?:were|was) (?:random|enrol|recruit|includ|assigned|allocated|treated)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


_NUMBERED = re.compile(r"\b(?:day|week|month|visit|cycle) $")
"""What numbers a time: "at week 16 (± 3 days)"."""


def read_spreads(numbers: Numbers) -> None:
    """Read means with their SD or SE, and medians with their IQR or range."""
    document, letters = numbers.document, numbers.document.letters
    for found in _SD_FORM.finditer(letters):
        value, spread = found.start("v"), found.start("s")
        timed = numbers.unit(value) in TIME and numbers.before(value, 4).endswith("at ")
        timed = timed or _NUMBERED.search(numbers.before(value, 10)) is not None
        if numbers.free(value) and numbers.free(spread) and not timed:
            if numbers.tells_half_widths():
                document.used[spread] = 2  # "0.79 ± 0.03 (± 95% CI)": half of an interval
                numbers.add(numbers.single(value, "mean", last=found.end() - 1))
                continue
            survival = is_survival(numbers, value, found.end())
            kind = "se" if (survival and not says_deviation(numbers)) or is_error(numbers, value) else "sd"
            measure = "survival" if survival else "mean"
            one = numbers.single(value, measure, lower=spread, spread=kind, last=found.end() - 1)
            one.unit = "%" if survival else one.unit  # "60 ± 8%"
            numbers.add(one)
    for found in _RANGED.finditer(letters):
        lower, upper = found.start("a"), found.start("b")
        if not (numbers.free(lower) and numbers.free(upper)):
            continue
        if _OF_A_SCALE.search(numbers.before(lower, 70)):
            document.used[lower] = document.used[upper] = SCALE  # "scores range from 0 to 100": what can be reached
        elif _RANGING.search(numbers.before(lower, 30)):
            _range(numbers, lower, upper)
    for found in _RANGE_OF_SHARES.finditer(letters):
        lower, upper = found.start("a"), found.start("b")
        told = numbers.free(lower) and numbers.free(upper) and _IN_SOME.search(numbers.before(lower, 24))
        if told and document.value(lower) < document.value(upper) and not numbers.is_design(lower):
            _range(numbers, lower, upper)
    for expression in (_SPREAD_FORM, _SPREAD_FIRST):
        for found in expression.finditer(letters):
            kind = document.tokens[found.start("kind")]
            if kind in _ONE_END and not found.groupdict().get("open"):
                continue  # "one repetition maximum for 12-24 weeks"
            if found.groupdict().get("words") is not None and not _may_stand_between(numbers, found):
                continue
            _spread(numbers, found, kind)
    said = _SAID_ONCE.search(document.tokens.text)
    kind, of_a_time, second = "", False, -1
    for found in re.finditer(r"(?P<kind>[DI])|S|" + _BARE_SPREAD.pattern, letters):
        if found["kind"]:
            kind = document.tokens[found.start("kind")]
            of_a_time = _OF_A_TIME.search(letters, max(0, found.start() - 6), found.start()) is not None
        elif found["v"] and (kind or (said is not None and said.end() < document.tokens.starts[found.start("v")])):
            kind = kind or (said["kind"] if said is not None else "")
            two = found["b"] is not None
            if two and of_a_time and letters[found.start("v")] == "q":
                continue  # "followed for 40 months (range, 31-52), the rate was 83% (78-88)": of another thing
            paired = -1 if two else _paired(numbers, found)
            sure = two or paired >= 0 or found.start("v") == second
            second = paired
            if two == _is_range(kind) and (
                sure or _in_mean_list(numbers, found.start("v")) or _goes_on(numbers, found)
            ):
                _spread(numbers, found, kind)
    _give_sizes(numbers)


_IN_ALL = re.compile(r" (?:in|for|among|across) (?:both|each|all|the two)(?: of the)?(?: [a-z]{3,12})? ?")
_AVERAGE_OF = re.compile(r"\b(?:median|mean|average)(?: (?:number|total))? of (?:only )?$")


def _may_stand_between(numbers: Numbers, found: re.Match[str]) -> bool:
    """Whether words leave a spread with the value before them: "63 years in both groups"."""
    words = numbers.document.text_between(found.start("words"), found.end("words"))
    if len(words) > 60:
        return False
    return _IN_ALL.fullmatch(f" {words}") is not None or (
        _AVERAGE_OF.search(numbers.before(found.start("v"), 30)) is not None
        and not numbers.unit(found.start("v"))
        and _is_range(numbers.document.tokens[found.start("kind")])
    )


_OF_HOW_MANY = re.compile(r"\)?u{0,2}(?:/[uw])?(?:\([wzDI]{1,4}\))?[,;]?(?:\(?ne(?P<n>d)(?=[),;]|$)|w{1,2}(?P<who>d))")


def _give_sizes(numbers: Numbers) -> None:
    """Give to each mean or median the number of patients beside it: 51.1 (SD 7.9) in 37; 51 (IQR 7-9; n = 37)."""
    document, behind, ahead = numbers.document, sizes_behind(numbers.document), sizes_ahead(numbers.document)
    for value in numbers.found:
        if not value.spread or value.value < 0 or value.n >= 0:
            continue
        found = _OF_HOW_MANY.match(document.letters, value.last + 1)
        if found is None:
            n = ahead.get(value.value, -1)
            if n >= 0 and not document.used[n]:
                value.n = n
                document.used[n] = 1
            continue
        n = found.start("n" if found["n"] else "who")
        size = whole_of(document, n)
        if size and not document.used[n] and (found["n"] or n in behind or is_size_behind(document, n)):
            value.n, value.last = n, n
            document.used[n] = 1


def _range(numbers: Numbers, lower: int, upper: int) -> None:
    """Read "odds ratios ranging from 0.24 to 0.42": the smallest and largest of several results."""
    named = ratio_before(_RANGING.sub("", numbers.cased(lower, 110)).rstrip(" ,") + " ")
    per_cent = numbers.document.letters[upper] == "q"
    if named is None and not per_cent:
        return
    measure = (
        ratio_named(named[0]) if named else share_of(numbers, lower, numbers.before(lower, 160), numbers.after(upper))
    )
    numbers.add(
        Value(measure, -1, lower, upper, lower=lower, upper=upper, spread="range", unit="%" if per_cent else "")
    )


def _in_mean_list(numbers: Numbers, token: int) -> bool:
    return _MEAN_WORDS.search(numbers.before(token, 200)) is not None


_SAID_ONCE = re.compile(r"\bmeans? ?[(\[](?P<kind>sd|sem?|standard (?:deviation|error))s?[)\]](?! [0-9])")
"""What says of all means of a text what stands behind them in brackets: "results are means (SD)"."""
_HELD = re.compile(
    r"(?:u{1,2}(?:/[uw])?)?,?(?:v|a(?=m?[dq]u{0,2}\([dq]u?\)[uw/*]{0,4}[;,]P))w{0,4}m?(?P<v>[dq])(?:u{1,2}(?:/[uw])?)?"
    r"\((?P<a>[dq])u?\)(?P<u>[u*])?"
)


def _paired(numbers: Numbers, found: re.Match[str]) -> int:
    """Return the second of two means that both have their SD in a bracket: "47 (12) vs 61 (15) s"; -1 if not so.

    Two counts with shares would have per cent signs, two means whole numbers without a unit are not told from counts.
    """
    document = numbers.document
    other = _HELD.match(document.letters, found.end())
    if other is None or document.letters[found.end() - 1] != ")":
        return -1
    decimals = [
        document.decimals(at) for at in (found.start("v"), found.start("a"), other.start("v"), other.start("a"))
    ]
    if decimals[0] != decimals[2] or decimals[1] != decimals[3] or decimals[0] > decimals[1]:
        return -1
    measured = (
        decimals[0] > 0 or other["u"] is not None or numbers.unit(found.start("v")) or numbers.unit(other.start("v"))
    )
    return other.start("v") if measured else -1


def _goes_on(numbers: Numbers, found: re.Match[str]) -> bool:
    """Whether a mean has its SD right before another: "61.2% (SD 8.1) with tea and 71.4% (6.4) with milk"."""
    last = numbers.found[-1] if numbers.found else None
    value, spread = found.start("v"), found.start("a")
    if last is None or last.spread not in ("sd", "se") or not last.value < value < last.value + _NEXT:
        return False
    document = numbers.document
    decimals = document.decimals(spread) == document.decimals(last.lower) > 0
    return decimals and document.letters[value] == document.letters[last.value] and numbers.unit(value) == last.unit


_NEXT = 24
"""Tokens within which the second of two means stands."""


_CENTILE = re.compile(r"(?:st|nd|rd|th)?,? ?(?:per)?centiles?\b")


def _names_a_centile(numbers: Numbers, token: int) -> bool:
    """Whether a number says which percentile others are: "6.1 (5, 95 percentiles: 2.2, 14.8)"."""
    return numbers.document.value(token) <= 100 and _CENTILE.match(numbers.after(token, 16).lstrip()) is not None


_COEFFICIENT = re.compile(
    r"\b(?:more|less|fewer|greater|higher|lower|longer|shorter|better|worse|differ[a-z]*)\b[^.;()]{0,110}[(\[]"
    r"(?:b|beta|β|estimate|coefficient) ?= ?-? ?$"
)
"""What leads to by how much a model says that a group differs: "fell more with tea (b = -2.4, SE = 0.9"."""


def _spread(numbers: Numbers, found: re.Match[str], word: str) -> None:
    value, lower = found.start("v"), found.start("a")
    upper = found.start("b") if found["b"] else -1
    if not numbers.free(value) or not numbers.free(lower) or (upper >= 0 and not numbers.free(upper)):
        return
    ranged = _is_range(word)
    if ranged != (upper >= 0) or _names_a_centile(numbers, value):
        return
    groups = found.groupdict()
    signs = (-1 if groups.get("asign") else 1, -1 if groups.get("bsign") else 1)
    kind = (
        ("iqr" if "q" in word or "centile" in word else "range")
        if ranged
        else "se"
        if "e" in word.replace("dev", "")
        else "sd"
    )
    if word.startswith("standard"):
        kind = "se" if "err" in word else "sd"
    measure = "median" if ranged else "mean"
    if kind == "se" and is_survival(numbers, value, found.end()):
        measure = "survival"
    if kind == "se" and LOG_RATIO.search(numbers.before(value, 60)) is not None:
        measure = "other"
    if kind == "se" and _COEFFICIENT.search(numbers.before(value, 160)) is not None:
        measure = "difference"
    if ranged and any(kind_ == "mean" for kind_, *_ in numbers.named(value)[-1:]):
        measure = "mean"
    n = found.start("n") if groups.get("n") else -1
    numbers.add(
        numbers.single(value, measure, lower=lower, upper=upper, spread=kind, last=found.end() - 1, signs=signs, n=n)
    )


def read_counts(numbers: Numbers) -> None:
    """Read counts with their denominator and without a percentage: 514 of 2605 patients, 12/30."""
    document, letters = numbers.document, numbers.document.letters
    turned = plain_in_turn(document)
    for x, n in turned.items():
        if numbers.free(x) and not document.used[n] and not numbers.is_design(x):
            numbers.add(Value("count", x, x, x, x=x, n=n))
    for found in _COUNT_OF.finditer(letters):
        x, n = found.start("x"), found.start("n")
        if not numbers.free(x) or document.used[n] or numbers.role(x) or letters[x - 1 : x] == "*":
            continue
        if x in turned or n in turned:
            continue
        if found["among"] is not None and not (
            {document.tokens[n - 1], document.tokens[n - 2]} & _AMONG or _is_in_many(numbers, x, n)
        ):
            continue
        if found["far"] is not None and not _counts_cases_among(numbers, x, n):
            continue
        several = found.end("x") > x + 1
        count, size = (
            value_of_count(document, x, found.end("x")) if several else whole_of(document, x),
            whole_of(document, n),
        )
        if count is None or not size or count > size or (letters[x + 1] == "/" and letters[x - 1] == "/"):
            continue
        if letters[n + 1 : n + 2] == "u" and document.tokens[n + 1] in TIME:
            continue  # "fewer than 22 of the last 28 days"
        if letters[n + 1 : n + 2] == "m" and document.touches(n):
            continue  # "day 15 of a 28-day cycle"
        if letters[x + 1] == "/" and (size < 5 or letters[n + 1 : n + 2] in ("/", "u")):
            continue
        if letters[x + 1] == "/" and (size in _PER_SO_MANY or letters[x - 1 : x] == "d"):
            continue  # "878/100,000" is a rate, "37 0/7 weeks" a time
        if _YEAR.fullmatch(document.digits(n)) or numbers.is_design(x):
            continue
        if not numbers.free(n) and _TOOK_PART.match(numbers.after(n)):
            continue
        if not COUNTED.match(numbers.after(n)):
            after = numbers.after(n)
            something_else = letters[n + 1 : n + 2] == "w" and not (
                DID.match(after)
                or TREATED.match(after)
                or _is_of_the_other_arm(numbers, x, n, size)
                or _is_beside_another(numbers, x, n, size)
            )
            if size < 5 or document.tokens[x] == "one" or something_else:
                continue
        numbers.add(Value("count", x, x, n, x=x, n=n, counted=count if several else None))


_TO_OTHER = re.compile(
    r"(?:\b(?:and|versus|vs\.?|v|than|against|with|to|but)|,)(?: only| just)?(?: in| for| among| of)? $"
)
_PLAIN_OF = re.compile(r" (?:out )?of (?:the )?")
_OF_THINGS = re.compile(
    r" (?:[a-z-]{2,20} )?(?:items?|criteria|questions|domains|points|sites|cent(?:re|er)s|doses|sessions|times|measures"
    r"|parameters|outcomes|visits|weeks|days|months|years|hours|countries|scales|subscales|possible|consecutive)\b"
)
_SOME, _ALIKE_SIZE = 10, 3


def _is_of_the_other_arm(numbers: Numbers, x: int, n: int, size: int) -> bool:
    """Whether a count goes on from that of the arm before it: "29 of 318 whose tea was hot and 51 of 322 whose"."""
    document, last = numbers.document, numbers.found[-1] if numbers.found else None
    if last is None or last.measure != "count" or last.n < 0 or not x - 30 <= last.n < x:
        return False
    own = whole_of(document, last.n) or 0
    if document.sentence(x) != document.sentence(last.value) or not max(own, size) <= _ALIKE_SIZE * min(own, size):
        return False
    between = document.tokens.text[document.tokens.ends[x] : document.tokens.starts[n]]
    plain = size >= _SOME and _PLAIN_OF.fullmatch(between) is not None
    return plain and _TO_OTHER.search(numbers.before(x, 24)) is not None and not _OF_THINGS.match(numbers.after(n))


_LISTED = re.compile(r"(?P<x>d)(?:/|o)(?P<n>d)w{1,3}(?:,?[av]|[,;])(?P<x2>d)(?:/|o)(?P<n2>d)w{1,3}(?=[,;.:()S]|$)")
"""Two counts, each with the name of its group behind: "17/96 tea, 38/101 milk"."""


def _is_beside_another(numbers: Numbers, x: int, n: int, size: int) -> bool:
    """Whether a count and one of about as many others stand side by side, with the name of a group behind each."""
    document, letters = numbers.document, numbers.document.letters
    for found in _LISTED.finditer(letters, max(0, x - _NEXT), min(len(letters), x + _NEXT)):
        if (found.start("x"), found.start("n")) == (x, n) or (found.start("x2"), found.start("n2")) == (x, n):
            sizes = [whole_of(document, found.start(name)) or 0 for name in ("n", "n2")]
            counts = [whole_of(document, found.start(name)) for name in ("x", "x2")]
            people = all(count is not None and count <= size for count, size in zip(counts, sizes, strict=True))
            things = any(_OF_THINGS.match(numbers.after(found.start(name))) for name in ("n", "n2"))
            return people and not things and _SOME <= max(sizes) <= _ALIKE_SIZE * min(sizes)
    return False


_CASES_OF = re.compile(rf" (?:[a-z-]{{1,20}} ){{0,2}}(?:{EVENTS}|cases)\b")


def _counts_cases_among(numbers: Numbers, x: int, n: int) -> bool:
    """Whether cases are told with the people they are among: "21 cases of confirmed typhoid fever among 4,210"."""
    document = numbers.document
    among = {document.tokens[n - 1], document.tokens[n - 2]} & _AMONG
    return bool(among) and _CASES_OF.match(numbers.after(x)) is not None


_EVENTS_IN = re.compile(rf" (?:[a-z-]{{1,20}} ){{0,2}}(?:{EVENTS}|cases)(?: of [a-z-]{{1,20}})? in (?:the )?")
_IN_TOO = re.compile(r" in (?:the )?")
_MANY_PEOPLE = re.compile(rf" (?:[a-z-]{{2,20}} ){{0,2}}{PEOPLE}\b")


def _is_in_many(numbers: Numbers, x: int, n: int) -> bool:
    """Whether events are told with the people they are among: "21 cases in 4,210 adults", and then "38 in 4,198"."""
    text, ends = numbers.document.tokens.text, numbers.document.tokens.ends
    if _MANY_PEOPLE.match(text, ends[n]) is None:
        return False
    between, last = text[ends[x] : numbers.document.tokens.starts[n]], numbers.found[-1] if numbers.found else None
    if _EVENTS_IN.fullmatch(between) is not None:
        return True
    goes_on = last is not None and last.measure == "count" and x - 12 <= last.n < x
    return goes_on and _IN_TOO.fullmatch(between) is not None


def read_pairs(numbers: Numbers) -> None:
    """Read two numbers held against each other: 47 versus 32; 4.2 v 5.1 points."""
    document, letters = numbers.document, numbers.document.letters
    for found in _VERSUS_PAIR.finditer(letters):
        tokens = found.start("a"), found.start("b" if found["b"] else "c")
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens) or numbers.is_design(tokens[0]):
            continue
        before = numbers.before(tokens[0], 160)
        if ratio_before(numbers.cased(tokens[0], 90)) or _OR_MORE.match(numbers.after(tokens[1])):
            continue
        if counts_people(document, tokens):
            measure = "count"
        elif _PER_TIME.search(before) or _PER_TIME_NEXT.match(numbers.after(tokens[1])):
            measure = "rate"
        elif numbers.unit(tokens[1]) in TIME and numbers.is_short_median(before[-12:]):
            measure = "median"
        else:
            measure = governed(numbers, tokens[0], before)
            if not measure and numbers.unit(tokens[1]) in TIME and lasts(numbers, before):
                measure = "median"
            if not measure and not numbers.unit(tokens[1]) and (said := _NEXT_PAIR.search(before)) is not None:
                measure = said["kind"]
            if not measure and not found["b"]:
                continue
            plain = all(document.decimals(token) == 0 for token in tokens)
            if not measure and plain and letters[found.end() : found.end() + 1] != "u":
                continue
        for token in tokens:
            numbers.add(numbers.single(token, measure or "mean"))


_NEXT_PAIR = re.compile(
    r"\b(?P<kind>median|mean)s? [^.;:()0-9]{3,100}[0-9.]{1,5} ?(?:versus|vs?\.?) [0-9.]{1,5}"
    r"(?: \(p ?[<>=] ?[0-9.]{1,6}\))?,? (?:and|but) (?:(?:of|to|for|in|on|with) )?(?:[a-z-]{2,20} ){1,4}$"
)
"""What leads to a pair that goes on from the one before: "median visits were 4 v 6 and calls were 1.5 v 2.5"."""


_PER_TIME_NEXT = re.compile(rf"(?: [a-z-]{{4,14}}){{0,2}} ?{PER.pattern}")


def counts_people(document: Document, tokens: Sequence[int]) -> bool:
    """Whether numbers without a unit, side by side, count patients or events: "more patients needed it (21 v 8)"."""
    if any(whole_of(document, token) is None or document.letters[token + 1 : token + 2] == "u" for token in tokens):
        return False
    first = min(tokens)
    start = document.tokens.starts[first]
    begin = max(document.tokens.starts[document.sentence(first)[0]], start - 120)
    words = document.tokens.text[begin:start]
    return COUNTED_BEFORE.search(words) is not None and QUANTITIES.search(words) is None


def _is_range(word: str) -> bool:
    """Whether a word for a spread is one of two numbers: a range, quartiles."""
    return not word.startswith(("sd", "se", "st", "s."))
