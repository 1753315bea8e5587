"""Find a rate in the one sentence that tells its events and its person-time, in whatever order.

One person-time, one rate per some of it, and one number besides that counts people or events: nothing else it could be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import with_figures

_WHO = (
    r"(?:person|patient|participant|child|wom[ae]n|subject|catheter|device|ventilator|bed|line|central[- ]line"
    r"|resident)"
)
_TIME = rf"{_WHO}[- ](?P<unit>year|month|week|day)"
_AMOUNT = re.compile(
    rf"(?<![\d.,-])(?P<t>\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d)?|\d{{2,7}}(?:\.\d{{1,2}})?) {_TIME}s\b", re.IGNORECASE
)
_RATE = re.compile(
    rf"(?<![\d.,±-])(?P<rate>\d{{1,4}}(?:[.·]\d{{1,3}})?) (?:[a-z]+ )?(?:per|/) ?(?P<per>(?:1|10|100|1,?000|1 000"
    rf"|10,?000|100,?000) )?"
    rf"{_TIME}s?\b",
    re.IGNORECASE,
)
_YEARLY = re.compile(
    r"(?<![\d.,±-])(?P<rate>\d{1,2}(?:[.·]\d{1,2})?) ?% (?:per|a) year|\bannual(?:i[sz]ed)? (?:[a-z]+ ){0,3}rate "
    r"(?:of|was) "
    r"(?P<annual>\d{1,2}(?:[.·]\d{1,2})?) ?%",
    re.IGNORECASE,
)
_INTERVAL = re.compile(
    r"[(\[,;] ?(?:9[059](?:\.\d)? ?% )?(?:CI|confidence interval)[^()\[\]]{0,40}|\bP ?[=<>≤] ?[\d.]+"
    r"|\b9[059](?:\.\d)? ?%",
    re.IGNORECASE,
)
_NO_EVENTS = re.compile(
    r"[- ]?(?:years?|months?|weeks?|days?|hours?|mg|kg|g|ml|%|per ?cent|sites|centers|centres|hospitals|countries"
    r"|trials"
    r"|studies|clusters|villages|groups|arms|wards|units)\b| ?%|[.,·]\d|[-–/]\d",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\w.,·/<>≤≥±=+-])\d{1,5}(?![\d])")
_OTHERS = re.compile(
    r"\b(?:vs?|versus|compared|than|respectively|groups? and|both|each|ratio|adjusted|expected|standardi[sz]ed|model\w*"
    r"|episode every|every|increase|decrease|difference|reduc\w*|total of \d+ patients)\b",
    re.IGNORECASE,
)
_LONGEST = 320
_EVENTS_OVER = re.compile(
    rf"(?<![\w.,·/<>≤≥±=+-])(?P<x>\d{{1,5}}) (?:[a-z-]{{2,20}} ){{1,4}}?(?:in|over|during|within) (?:the )?"
    rf"(?P<t>\d{{1,3}}(?:[, ]\d{{3}})+(?:\.\d)?|\d{{2,7}}(?:\.\d{{1,2}})?) {_TIME}s\b",
    re.IGNORECASE,
)
_TWO_RATES = re.compile(
    r"(?<![\d.,±-])(?P<first>\d{1,4}(?:[.·]\d{1,3})?),? (?:v|vs\.?|versus|and|compared with|against) (?P<rate>\d{1,4}"
    rf"(?:[.·]\d{{1,3}})?)(?: (?:events|cases|falls|episodes))? (?:per|/) ?(?P<per>(?:1|10|100|1,?000|1 000|10,?000"
    rf"|100,?000) )?{_TIME}s?\b",
    re.IGNORECASE,
)
"""The rates of two arms with one unit: "4.1 v 6.3 per 100 person-years"."""
_MODELLED = re.compile(r"adjusted|model|standardi[sz]ed|expected|weighted|first event|mean rate", re.IGNORECASE)
_SWAPPED = 1.1
"""By what factor rates may lie off crude ones and still be these, told in the other order."""


@dataclass(frozen=True, slots=True)
class ToldRate:
    """A rate, its events and person-time in the rate's own time, as printed."""

    rate: Reported
    per: int
    events: int
    time: Reported
    start: int
    end: int


def find_told_rates(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[ToldRate]:
    """Yield the rates whose sentence tells one number of events and one person-time.

    Examples
    --------
    >>> text = "During 4,120 patient-years 33 tumours were seen (0.80 per 100 patient-years)."
    >>> [(one.events, one.time.digits, one.rate.digits, one.per) for one in find_told_rates(text, [(0, len(text))])]
    [(33, '4120', '0.80', 100)]
    """
    for begin, stop in sentences:
        if stop - begin > _LONGEST or _AMOUNT.search(text, begin, stop) is None:
            continue
        words = with_figures(text[begin:stop])
        if (both := _of_two_arms(words, begin)) is not None:
            yield from both
            continue
        rates = list(_RATE.finditer(words)) or list(_YEARLY.finditer(words))
        amounts = [one for one in _AMOUNT.finditer(words) if not any(r.start() <= one.start() < r.end() for r in rates)]
        if len(rates) != 1 or len(amounts) != 1 or _OTHERS.search(words):
            continue
        rate, amount = rates[0], amounts[0]
        unit = rate.groupdict().get("unit") or "year"
        taken = [rate.span(), amount.span(), *(one.span() for one in _INTERVAL.finditer(words))]
        numbers = [
            one for one in _NUMBER.finditer(words)
            if not any(start <= one.start() < end for start, end in taken) and not _NO_EVENTS.match(words, one.end())
        ]  # fmt: skip
        if len(numbers) == 1 and not _are_tied(words, rate, amount, numbers[0]):
            continue
        if len(numbers) != 1 or unit.lower() != amount["unit"].lower():
            continue
        printed = rate.groupdict().get("rate") or rate.groupdict().get("annual") or ""
        per = int(re.sub(r"[, ]", "", rate["per"]) or 1) if rate.groupdict().get("per") else 1
        per = 100 if rate.re is _YEARLY else per
        number = Reported(printed.replace("·", "."))
        time = Reported(re.sub(r"[, ]", "", amount["t"]))
        yield ToldRate(number, per, int(numbers[0][0]), time, begin + rate.start(), begin + rate.end())


def _of_two_arms(words: str, begin: int) -> tuple[ToldRate, ToldRate] | None:
    """Return the two rates of a sentence that tells the events of two arms, each with its person-time, and their rates.

    Where the rates fit the other way round, the arms may have been told in another order.
    """
    told, rates = list(_EVENTS_OVER.finditer(words)), list(_TWO_RATES.finditer(words))
    if len(told) != 2 or len(rates) != 1 or len(list(_AMOUNT.finditer(words))) > 3 or _MODELLED.search(words):
        return None
    pair = rates[0]
    if pair.start() < told[1].end() or len({one["unit"].lower() for one in (*told, pair)}) > 1:
        return None
    per = int(re.sub(r"[, ]", "", pair["per"])) if pair["per"] else 1
    printed = [Reported(pair[name].replace("·", ".")) for name in ("first", "rate")]
    times = [Reported(re.sub(r"[, ]", "", one["t"])) for one in told]
    crude = [per * int(one["x"]) / float(time.value) for one, time in zip(told, times, strict=True)]
    if all(_is_near(float(rate.value), other) for rate, other in zip(printed, reversed(crude), strict=True)):
        return None
    first, second = (
        ToldRate(rate, per, int(one["x"]), time, begin + pair.start(name), begin + pair.end(name))
        for rate, one, time, name in zip(printed, told, times, ("first", "rate"), strict=True)
    )
    return first, second


def _is_near(one: float, other: float) -> bool:
    return other > 0 and 1 / _SWAPPED <= one / other <= _SWAPPED


_APPOSED = re.compile(
    r"(?:[(:,]|, or|i\.e\.,?|\b(?:rate|incidence|density)(?: rate| density)?(?:,| was| of|:)?) ?$", re.IGNORECASE
)
_ANOTHER = re.compile(r"\b(?:and|but|while|whereas)\b|;(?! ?\d)")
_FOLLOWED = re.compile(
    r"\d (?:[a-z-]+ ){0,2}[a-z]+ (?:(?:were|was|had been) )?(?:followed|enrolled|treated|included|analy[sz]ed"
    r"|observed for"
    r"|received|given|randomi[sz]ed|contributed|withdr\w+|under)\b",
    re.IGNORECASE,
)


def _are_tied(words: str, rate: re.Match[str], amount: re.Match[str], events: re.Match[str]) -> bool:
    """Whether a rate stands beside its events and time: in one clause behind them, or before a bracket of both."""
    first, last = min(amount.start(), events.start()), max(amount.end(), events.end())
    if _FOLLOWED.match(words, max(0, events.end() - 1)):
        return False
    if rate.start() > min(amount.end(), events.end()):
        between = words[min(amount.end(), events.end()) : rate.start()]
        apposed = rate.re is _YEARLY or _APPOSED.search(words[: rate.start()]) is not None
        return apposed and _ANOTHER.search(between) is None
    bracket = words.rfind("(", rate.end(), first)
    return bracket >= 0 and ")" not in words[bracket:last]
