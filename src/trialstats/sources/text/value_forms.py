"""Read the results whose form says what they are: a mean with its SD, 8 of 32, 47 versus 32."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.count_sizes import sizes_behind
from trialstats.sources.text.document import Document
from trialstats.sources.text.measure_words import TIME
from trialstats.sources.text.outcome_words import PERSON_TIME
from trialstats.sources.text.value_numbers import Numbers, Value, whole_of
from trialstats.sources.text.value_singles import governed, share_of
from trialstats.sources.text.value_words import (
    COUNTED,
    COUNTED_BEFORE,
    DID,
    QUANTITIES,
    TREATED,
    ratio_before,
    ratio_named,
)

_MEAN_WORDS = re.compile(r"\bmeans?\b|average|±|\+/-")
_SD_FORM = re.compile(r"(?P<v>[dq])u{0,2}(?:/[uw])?[,(]?z(?P<s>[dq])")
_SPREAD_FORM = re.compile(
    r"(?P<v>[dq])(?:m?u{1,2}(?:/[uw](?:/[uw])?|w)?|w)?[,;]?(?P<open>\()?(?P<kind>[DI])[)e:,o(w]{0,3}(?P<asign>m?)(?P<a>[dqk])"
    r"(?:u?(?:m|t|,|;|a)(?P<bsign>m?)(?P<b>[dqxk]))?"
)
_ONE_END = frozenset(("maximum", "minimum"))
_SPREAD_FIRST = re.compile(
    r"[(,](?:w{0,2})(?P<kind>[DI])[)\]](?:[^SdqDI]{0,40})(?P<v>[dq])u{0,2}\((?P<a>[dq])(?:(?:m|t|,|;)(?P<b>[dqx]))?u?\)"
)
_BARE_SPREAD = re.compile(r"(?P<v>[dq])u?[(](?P<a>[dq])(?:u?(?:m|t|,|;)(?P<b>[dqx]))?u?(?:[)]|(?=[,;]ned[)]))")
_RANGED = re.compile(r"(?P<a>[dq])[at](?P<b>[dq])")
_RANGING = re.compile(r"(?:(?:ranging|ranged|ranges|varying|varied)(?: from| between)?|between) ?$", re.IGNORECASE)
_OF_A_SCALE = re.compile(
    r"\b(?:scor(?:es?|ings?)|scales?|index|questionnaire)\b[^.;0-9]{0,25}(?:ranging|ranges?|varying)"
    r"(?: from| between)? $"
)
_COUNT_OF = re.compile(r"(?P<x>[dk])(?:w{0,4}?ow{0,3}|/|w{1,4}(?P<among>))(?P<n>d)")
_PER_SO_MANY = frozenset((1000, 10000, 100000, 1000000))
_AMONG = frozenset(("among", "amongst"))
_VERSUS_PAIR = re.compile(r"(?P<a>d)(?:u?,?vm?(?P<b>d)(?![/zd])|ua(?P<c>d)(?=u))")
_ONE_UNIT = re.compile(r"d(?:,d){0,3},?ad(?=u(?!\())")
"""Numbers of a list whose unit stands behind the last: 0.9, 1.6, 1.1, and 0.9 days."""
_OR_MORE = re.compile(r" ?[a-z/%]{0,8} ?or (?:more|greater|less|higher|lower|above|below|over|older|younger)\b")
_FEWER = re.compile(r"d(?:,d){0,5},?ad(?=w)")
_HAD_TEXT = "had were was caused prevented avoided with"
_HAD = frozenset(_HAD_TEXT.split())
_MORE = frozenset(("fewer", "more", "additional", "excess"))
"""Numbers by which something was more or less: "had 4.2, 4.8 and 25.0 fewer deaths"."""
_LED_TO = re.compile(r"\b(?:was|were|of|by|averaged|at) [$€£]?$")
_LASTING = re.compile(
    r"surviv|\bm?(?:[pdemrb]fs|d[dm]fs|os|ttp)\b|(?:duration of|time to) (?:progress|relapse|death|failure|response"
    r"|remission)|median"
)
_PER_TIME = re.compile(
    rf"(?:{PERSON_TIME}|(?:/|\bper )(?: [a-z]{{1,5}}/10+)?[ -]?"
    r"(?:(?:patient|person|participant|subject|wom[ae]n|child)s?'?[ -](?:years?|months?|weeks?|days?)|pys?))"
    r"[,:]?(?: (?:was|were|of))?[ =(\[]*$"
)
"""Events by time, told before the numbers: "per 100 patient-years: 6.7 v 5.1"."""
_TOOK_PART = re.compile(r"[^.;,0-9]{0,50}\b(?:were|was) (?:random|enrol|recruit|includ|assigned|allocated|treated)")
_SE = re.compile(r"\bse\b")
_SAYS_ERROR = re.compile(r"(?:±|\+/-) ?(?:sem?\b|s\.e|standard error)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def read_spreads(numbers: Numbers) -> None:
    """Read means with their SD or SE, and medians with their IQR or range."""
    document, letters = numbers.document, numbers.document.letters
    for found in _SD_FORM.finditer(letters):
        value, spread = found.start("v"), found.start("s")
        timed = numbers.unit(value) in TIME and numbers.before(value, 4).endswith("at ")
        if numbers.free(value) and numbers.free(spread) and not timed:
            kind = "se" if _is_error(numbers, value) else "sd"
            numbers.add(numbers.single(value, "mean", lower=spread, spread=kind, last=found.end() - 1))
    for found in _RANGED.finditer(letters):
        lower, upper = found.start("a"), found.start("b")
        if not (numbers.free(lower) and numbers.free(upper)):
            continue
        if _OF_A_SCALE.search(numbers.before(lower, 70)):
            document.used[lower] = document.used[upper] = 2  # "scores range from 0 to 100": what can be reached
        elif _RANGING.search(numbers.before(lower, 30)):
            _range(numbers, lower, upper)
    for expression in (_SPREAD_FORM, _SPREAD_FIRST):
        for found in expression.finditer(letters):
            kind = document.tokens[found.start("kind")]
            if kind in _ONE_END and not found.groupdict().get("open"):
                continue  # "one repetition maximum for 12-24 weeks"
            _spread(numbers, found, kind)
    kind = ""
    for found in re.finditer(r"(?P<kind>[DI])|S|" + _BARE_SPREAD.pattern, letters):
        if found["kind"]:
            kind = document.tokens[found.start("kind")]
        elif found["v"] and kind:
            two = found["b"] is not None
            if two == _is_range(kind) and (two or _in_mean_list(numbers, found.start("v"))):
                _spread(numbers, found, kind)
    _give_sizes(numbers)


_OF_HOW_MANY = re.compile(r"\)?u{0,2}(?:/[uw])?(?:\([wzDI]{1,4}\))?[,;]?(?:\(?ne(?P<n>d)(?=[),;]|$)|w{1,2}(?P<who>d))")


def _give_sizes(numbers: Numbers) -> None:
    """Give to each mean the number of patients right behind it: 51.1 (SD 7.9) in 37 patients; 51.1 (SD 7.9; n = 37)."""
    document, behind = numbers.document, sizes_behind(numbers.document)
    for value in numbers.found:
        if value.spread not in ("sd", "se") or value.n >= 0:
            continue
        found = _OF_HOW_MANY.match(document.letters, value.last + 1)
        if found is None:
            continue
        n = found.start("n" if found["n"] else "who")
        size = whole_of(document, n)
        if size and not document.used[n] and (found["n"] or n in behind):
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


def _is_error(numbers: Numbers, token: int) -> bool:
    words = numbers.before(token, 120) + numbers.after(token, 50)
    if "sem" in words or "standard error" in words or "s.e." in words or _SE.search(words):
        return True
    if numbers.errors is None:
        text = numbers.document.tokens.text
        numbers.errors = _SAYS_ERROR.search(text) is not None and "± sd" not in text
    return numbers.errors


_CENTILE = re.compile(r"(?:st|nd|rd|th)?,? ?(?:per)?centiles?\b")


def _names_a_centile(numbers: Numbers, token: int) -> bool:
    """Whether a number says which percentile others are: "6.1 (5, 95 percentiles: 2.2, 14.8)"."""
    return numbers.document.value(token) <= 100 and _CENTILE.match(numbers.after(token, 16).lstrip()) is not None


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
    if ranged and any(kind_ == "mean" for kind_, *_ in numbers.named(value)[-1:]):
        measure = "mean"
    numbers.add(
        numbers.single(value, measure, lower=lower, upper=upper, spread=kind, last=found.end() - 1, signs=signs)
    )


def read_counts(numbers: Numbers) -> None:
    """Read counts with their denominator and without a percentage: 514 of 2605 patients, 12/30."""
    document, letters = numbers.document, numbers.document.letters
    for found in _COUNT_OF.finditer(letters):
        x, n = found.start("x"), found.start("n")
        if not numbers.free(x) or document.used[n] or numbers.role(x) or letters[x - 1 : x] == "*":
            continue
        if found["among"] is not None and not {document.tokens[n - 1], document.tokens[n - 2]} & _AMONG:
            continue
        count, size = whole_of(document, x), whole_of(document, n)
        if (
            count is None
            or not size
            or count > size
            or (letters[x + 1] == "/" and letters[x - 1] in "/w" and letters[x - 1] == "/")
        ):
            continue
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
            something_else = letters[n + 1 : n + 2] == "w" and not (DID.match(after) or TREATED.match(after))
            if size < 5 or document.tokens[x] == "one" or something_else:
                continue
        numbers.add(Value("count", x, x, n, x=x, n=n))


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
            if not measure and not found["b"]:
                continue
            plain = all(document.decimals(token) == 0 for token in tokens)
            if not measure and plain and letters[found.end() : found.end() + 1] != "u":
                continue
        for token in tokens:
            numbers.add(numbers.single(token, measure or "mean"))


_BOUNDED = r"(?P<{0}>d)(?P<u{0}>u)?\((?P<lo{0}>d)[tm](?P<hi{0}>d)u?\)u?"
_BOUNDED_PAIR = re.compile(rf"{_BOUNDED.format('a')}[wuR]{{0,8}}(?:,?[av]|[,;])w{{0,6}}{_BOUNDED.format('b')}")


def read_bounded_medians(numbers: Numbers) -> None:
    """Read two medians with bounds that no word names: "16.0 months (13.7 to 17.9) v 7.1 months (6.0 to 8.0)".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _BOUNDED_PAIR.finditer(document.letters):
        first, second = found.start("a"), found.start("b")
        bounds = [found.start(name) for name in ("loa", "hia", "lob", "hib")]
        if not all(numbers.free(token) for token in (first, second, *bounds)) or numbers.is_design(first):
            continue
        inside = all(
            document.value(low) <= document.value(one) <= document.value(high)
            for low, one, high in ((bounds[0], first, bounds[1]), (bounds[2], second, bounds[3]))
        )
        before = numbers.before(first, 160)
        timed = any(document.tokens[at] in TIME for at in range(first, found.end()) if document.letters[at] == "u")
        if not inside or not timed or not (governed(numbers, first, before) == "median" or lasts(numbers, before)):
            continue
        for token in (first, second):
            numbers.add(numbers.single(token, "median"))
        for token in bounds:
            document.used[token] = 2


_OF_EACH_PAIR = re.compile(
    r"(?P<a>d)(?:u(?:/[uw])?)?w{1,3}(?P<na>d)w{1,8}(?:,?[av]|,)w{0,4}(?P<b>d)(?:u(?:/[uw])?)?w{1,3}(?P<nb>d)w"
)
_IN_MANY = re.compile(r" (?:in|for|among|of) (?:the |those )?$")


def read_means_of_many(numbers: Numbers) -> None:
    """Read two means or medians told with their numbers of patients: "31 h in 84 adults on X and 47 h in 81 on Y".

    Parameters
    ----------
    numbers : Numbers
    """
    for found in _OF_EACH_PAIR.finditer(numbers.document.letters):
        first, second = found.start("a"), found.start("b")
        if not (numbers.free(first) and numbers.free(second)) or numbers.is_design(first):
            continue
        many = [found.start("na"), found.start("nb")]
        if any(whole_of(numbers.document, n) is None or not _IN_MANY.search(numbers.before(n, 16)) for n in many):
            continue
        measure = governed(numbers, first, numbers.before(first, 160))
        if measure in ("mean", "median") and numbers.unit(first) == numbers.unit(second):
            for token in (first, second):
                numbers.add(numbers.single(token, measure))


_PER_TIME_NEXT = re.compile(
    r"(?: [a-z]{4,14})? per (?:1[0, ]*00 )?(?:patient|person|participant|subject|woman|child|infant)s?[- ](?:year|month"
    r"|week|day)s?\b"
)


_IN_ORDER = re.compile(r"a(?P<a>d)a(?P<b>d)u?,?R")


def read_in_order(numbers: Numbers) -> None:
    """Read a second pair in the order of the first: "0.13 and 0.12, respectively, and 0.11 and 0.10, respectively".

    Parameters
    ----------
    numbers : Numbers
    """
    document = numbers.document
    for found in _IN_ORDER.finditer(document.letters):
        tokens = found.start("a"), found.start("b")
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens):
            continue
        first = document.sentence(tokens[0])[0]
        before = [one for one in numbers.found if first <= one.value < tokens[0] and one.lower < 0]
        last = max(before, key=lambda one: one.value, default=None)
        if last is None or last.unit or last.measure not in ("mean", "median", "rate"):
            continue
        if all(document.decimals(token) == document.decimals(last.value) > 0 for token in tokens):
            for token in tokens:
                numbers.add(numbers.single(token, last.measure))


def read_lists(numbers: Numbers) -> None:
    """Read the numbers of a list that share the unit behind the last: "was 0.9, 1.6, 1.1, and 0.9 days"."""
    document = numbers.document
    for found in _FEWER.finditer(document.letters):
        tokens = [at for at in range(found.start(), found.end()) if document.letters[at] == "d"]
        led = document.tokens[tokens[0] - 1] in _HAD and document.tokens[found.end()] in _MORE
        if led and all(numbers.free(token) for token in tokens) and not numbers.is_design(tokens[0]):
            for token in tokens:
                numbers.add(numbers.single(token, "difference"))
    for found in _ONE_UNIT.finditer(document.letters):
        tokens = [at for at in range(found.start(), found.end()) if document.letters[at] == "d"]
        before = numbers.before(tokens[0], 160)
        if not _LED_TO.search(before) or numbers.is_design(tokens[0]):
            continue
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens):
            continue
        measure = governed(numbers, tokens[0], before)
        if not measure and numbers.unit(tokens[-1]) in TIME and lasts(numbers, before):
            measure = "median"
        if not measure and not (numbers.named(tokens[0]) or QUANTITIES.search(before)):
            continue
        for token in tokens:
            value = numbers.single(token, measure or "mean")
            value.unit = numbers.unit(tokens[-1])
            numbers.add(value)


def lasts(numbers: Numbers, before: str) -> bool:
    """Whether words before a time tell how long something lasts, as an abbreviation of a median does too.

    Parameters
    ----------
    numbers : Numbers
    before : str
    """
    return _LASTING.search(before) is not None or numbers.is_short_median(before)


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
