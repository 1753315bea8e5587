"""Read values that no word names, of two arms held against each other: by how much both changed, or in brackets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from trialstats.sources.text.values.governed import governed
from trialstats.sources.text.values.numbers import Numbers
from trialstats.sources.text.values.pairs import lasts
from trialstats.sources.text.values.person_time import is_rated
from trialstats.sources.text.words.of_measures import TIME
from trialstats.sources.text.words.of_values import COUNTED_BEFORE, QUANTITIES

_PAIR = re.compile(r"(?P<a>d)(?:u{1,2}(?:/[uw])?)?[w(),]{0,10}?(?:,?[av]|,|;)w{0,6}(?P<b>d)u{1,2}(?:/[uw])?")
_CHANGED_BY = re.compile(
    r"\b(?:fell|rose|dropped|declined|lost|gained|(?:de|in)creased|improved|reduced|raised|lowered)"
    r"(?: [a-z-]{2,20}){0,4}? by (?:(?:an?|mean|average|of|about|only) )*$"
)
_SECOND = re.compile(r"(?:\b(?:by|and|than|with|v|vs\.?|versus|of|,|;) ?(?:(?:an?|mean|average|of|only) )*|[,;] ?)$")


def read_changes(numbers: Numbers) -> None:
    """Read the changes of two arms that one verb tells, with their unit behind the second at least.

    Parameters
    ----------
    numbers : Numbers
    """
    if " by " not in numbers.document.tokens.text:
        return
    document = numbers.document
    for found in _PAIR.finditer(document.letters):
        first, second = found.start("a"), found.start("b")
        roles = {numbers.role(first), numbers.role(second)}
        if not (numbers.free(first) and numbers.free(second)) or not roles <= {"", "dose"}:
            continue
        units = numbers.unit(first), numbers.unit(second)
        if (units[0] and units[0] != units[1]) or units[1] in TIME or numbers.is_design(first):
            continue
        if _CHANGED_BY.search(numbers.before(first, 110)) and _SECOND.search(numbers.before(second, 30)):
            for token in (first, second):
                value = numbers.single(token, "mean")
                value.unit = units[1]
                numbers.add(value)


_OF_AN_ARM = r"(?:u{1,2}(?:/[uw])?)?w{1,8}"
_TOLD_PAIR = re.compile(rf"(?P<a>d){_OF_AN_ARM}(?:,?[av]|,?w{{1,2}}|,)w{{0,2}}(?=d{_OF_AN_ARM})")
_WAS = re.compile(
    r"\b(?:was|were|averaged|lasted|measured)(?: (?:only|about|approximately|reduced to|lower at))? [-+]?$"
)
_THEN = re.compile(
    r"(?:[ -](?:groups?|arms?|patients|participants))?(?:,?"
    r" (?:and|but|versus|vs\.?|v|compared (?:with|to)|as against|against|whereas it|while it)"
    r"(?: (?:was|were|only))*|,) [-+]?"
)
_ITS_ARM = re.compile(
    r" ?(?:[a-zµμ]{1,7}(?: hg)?(?:/[a-z0-9]{1,6}){0,2})? (?:in|with|for|on|among|after|during|under|receiving|given)"
    r"(?: (?:the|those|patients|participants|women|men|children|adults))*(?: (?:in|on|given|receiving|of)(?: the)?)? ?"
)
_NO_MEAN = re.compile(
    r"\b(?:rates?|ratios?|hazards?|odds|rr|hr|or|incidence|risks?|differences?|p|n|number|total|probability|proportion"
    r"|percentages?|frequency|mortality|prevalence|costs?|difference|coefficient|effects?|power|auc|doses?|ages?)\b"
)


def read_told(numbers: Numbers, named: Sequence[tuple[int, int]]) -> None:
    """Read what two arms had, each named right behind its value: "pain was 44.1 with X and 51.0 with Y".

    Parameters
    ----------
    numbers : Numbers
    named : sequence of (int, int)
        Places where an arm is named, in order.
    """
    document = numbers.document
    for found in _TOLD_PAIR.finditer(document.letters) if len(named) > 1 else ():
        told = _told_in_turn(numbers, found.start("a"), named)
        if len(told) < 2 or not all(numbers.free(token) for token in told) or numbers.is_design(told[0]):
            continue
        units = {numbers.unit(token) for token in told}
        if len(units) > 1 or not {numbers.role(token) for token in told} <= {"", "dose"}:
            continue
        before = numbers.before(told[0], 130)
        if not _WAS.search(before) or _NO_MEAN.search(before) or is_rated(numbers, told[0], before):
            continue
        plain = units == {""} and not any(document.decimals(token) for token in told)
        if plain and (QUANTITIES.search(before) is None or COUNTED_BEFORE.search(before) is not None):
            continue  # whole numbers alone may count patients
        measure = governed(numbers, told[0], before)
        if not measure and units < TIME and lasts(numbers, before):
            measure = "median"
        if measure in ("", "mean", "median"):
            for token in told:
                numbers.add(numbers.single(token, measure or "mean"))


def _told_in_turn(numbers: Numbers, first: int, named: Sequence[tuple[int, int]]) -> list[int]:
    """Return the numbers of a list that each have another arm named right behind them."""
    tokens, letters = numbers.document.tokens, numbers.document.letters
    told, names, token = list[int](), set[str](), first
    while token < len(letters) and letters[token] == "d":
        end = tokens.ends[token]
        at = bisect_left(named, (end,))
        if at == len(named) or _ITS_ARM.fullmatch(tokens.text, end, min(named[at][0], end + _REACH)) is None:
            break
        name = tokens.text[slice(*named[at])]
        if named[at][0] > end + _REACH or name in names:
            break
        told.append(token)
        names.add(name)
        then = _THEN.match(tokens.text, named[at][1])
        if then is None:
            break
        token = bisect_left(tokens.starts, then.end())
    return told


_REACH = 60
"""Characters between a value and the name of its arm behind it."""


_FROM_TO = re.compile(
    r"(?P<a>[dq])u{0,2}\((?P<sa>[dq])u?\)(?:u(?:/[uw])?)?(?:w{2})?t(?:w{1,4})?(?P<b>[dq])u{0,2}\((?P<sb>[dq])u?\)(?P<unit>u?)"
)
_FROM = re.compile(r"\bfrom (?:(?:an?|mean|average|baseline|of|score) ){0,4}[-+]?$")
_FROM_AGAIN = re.compile(r"\b(?:and|but|versus|vs\.?|v|compared with|against|while|whereas)(?: [a-z]+){0,6} [-+]?$")


def read_from_to(numbers: Numbers) -> None:
    """Read the means of one arm, before and after, with spreads that no word names: "from 16.1 (1.2) to 18.4 (1.5)".

    Parameters
    ----------
    numbers : Numbers
    """
    document, letters = numbers.document, numbers.document.letters
    last = -1  # the sentence of the last pair
    for found in _FROM_TO.finditer(letters):
        means, spreads = (found.start("a"), found.start("b")), (found.start("sa"), found.start("sb"))
        tokens = (*means, *spreads)
        if not all(numbers.free(token) and not numbers.role(token) for token in tokens) or numbers.is_design(means[0]):
            continue
        kinds = {letters[token] for token in means}, {letters[token] for token in spreads}
        decimals = {document.decimals(spread) for spread in spreads}
        narrow = all(0 < document.value(one) < abs(document.value(at)) for at, one in zip(means, spreads, strict=True))
        if max(map(len, kinds)) > 1 or kinds == ({"d"}, {"q"}) or len(decimals) > 1 or not narrow:
            continue
        if decimals == {0} and not found["unit"]:
            continue  # whole numbers without a unit may be counts with their percentages
        before, sentence = numbers.before(means[0], 160), document.sentence(means[0])[0]
        again = sentence == last and _FROM_AGAIN.search(before)
        if not (again or _FROM.search(before)) or governed(numbers, means[0], before) == "median":
            continue
        last = sentence
        for mean, spread in zip(means, spreads, strict=True):
            numbers.add(numbers.single(mean, "mean", lower=spread, spread="sd", last=spread))


_BRACKETED = re.compile(r"\((?P<a>d)u{1,2}(?:/[uw])?\)[w,m]{0,6}v[wm]{0,10}\((?P<b>d)u{1,2}(?:/[uw])?\)")
_MORE = re.compile(
    r"\b(?:higher|lower|greater|smaller|larger|longer|shorter|more|less|fewer|better|worse|faster|slower|further|heavier"
    r"|lighter|earlier|later)\b[^.;()0-9]{0,90}\($"
)


def read_bracketed(numbers: Numbers) -> None:
    """Read two values behind the names of their arms: "fever was shorter with A (52 hours) than with B (78 hours)".

    Parameters
    ----------
    numbers : Numbers
    """
    if " than " not in numbers.document.tokens.text:
        return
    for found in _BRACKETED.finditer(numbers.document.letters):
        first, second = found.start("a"), found.start("b")
        if not (numbers.free(first) and numbers.free(second)) or numbers.is_design(first):
            continue
        before = numbers.before(first, 130)
        if not numbers.unit(first) or numbers.unit(first) != numbers.unit(second) or not _MORE.search(before):
            continue
        measure = governed(numbers, first, before)
        if measure in ("", "mean", "median"):
            for token in (first, second):
                numbers.add(numbers.single(token, measure or "mean"))
