"""Find numbers of events printed with the person-time they are of: 48 falls over 1,210 patient-years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.sources.text.tokens.lex import NUMBER_WORDS
from trialstats.sources.text.words.of_person_time import TIME, speaks_of_person_time, time_of, who_of
from trialstats.sources.text.words.of_values import EVENTS, PEOPLE


@dataclass(frozen=True, slots=True)
class Events:
    """Events and their person-time: the places of both numbers, of the words for them, and the unit of the time."""

    x: tuple[int, int]
    n: tuple[int, int]
    begin: int
    end: int
    unit: str
    """As in ``patient-years``."""


_WORDS = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_X = (
    r"(?P<x>[1-9][0-9]{0,2}(?:[ ,][0-9]{3}){1,2}|[0-9]{1,7}|\b(?<!hundred )(?<!hundred and )(?<!thousand )"
    rf"(?:{_WORDS}))(?![0-9.,-]*[0-9]| ?%|-)"
)
_AMOUNT = re.compile(
    rf"(?<![0-9.,-])(?<![0-9] )(?P<n>[1-9][0-9]{{0,2}}(?:[ ,][0-9]{{3}}){{1,2}}|[0-9]{{1,9}})(?P<part>\.[0-9]{{1,2}})?"
    rf" ?-?{TIME}"
)
_A_TOTAL = r"(?: (?:a|an|the|total|of|about|approximately|some|estimated|almost|nearly|additional|another)){0,4}"
_X_BEFORE = re.compile(
    rf"(?<![0-9.,/<>=-])(?<![0-9] ){_X}(?P<what>(?: [a-z][a-z-]{{0,19}}){{0,8}}?)"
    rf"(?P<how> ?/ ?| ?\(|(?: (?:in|over|during|of|among|for|from|per|across|within|and)|[,;]){_A_TOTAL} )$"
)
_X_RATED = re.compile(
    rf"(?<![0-9.,/<>=-])(?<![0-9] ){_X}(?P<what>(?: [a-z][a-z0-9-]{{0,19}}){{1,8}}?) [(\[](?:rate |incidence )?"
    r"[0-9]{1,4}(?:\.[0-9]{1,3})?(?: [a-z]{3,12})? ?(?:per|/) ?(?:[0-9,]{1,7} )?[a-z]{3,12}[- ]"
    r"(?:year|month|week|day)s?[;,] (?:in |over |during )?$"
)
"""Events whose rate stands before their time: "12 in the tea group (0.4 per 100 dog-years; 3000 dog-years)"."""
_DID = (
    r"(?:had|has|developed|died|experienced|suffered|acquired|relapsed|fell|withdrew|reported|became|sustained"
    r"|contracted|needed|required|received a diagnosis|underwent|progressed|(?:was|were) (?:diagnosed|admitted"
    r"|hospitali[sz]ed|infected))"
)
_OCCURRED_IN = re.compile(
    r"\b(?:occurred|developed|seen|observed|recorded|reported|documented|noted|diagnosed|identified|detected|confirmed)"
    r" (?:in|among) (?:a total of |only )?$"
)
"""Before people who had an event: "a stroke was seen in"."""
_CASES = rf"(?:{EVENTS}|cases?|(?:infection|relapse|seizure|bleed|fracture|fall|admission|exacerbation|failure)s?)"
_OF_PEOPLE = re.compile(rf" (?!cases)(?:{PEOPLE})\b")
_HAPPENED = re.compile(rf" {_DID}\b")
_COUNTED = re.compile(rf" {_CASES}\b")
_NOT_EVENTS = re.compile(
    r" (?:years?|months?|weeks?|days?|hours?|minutes?|mg|kg|ml|g|(?:ap|es)?pecial|hospitals?|cent(?:er|re)s?|clusters?"
    r"|sites?|trials?|studies|wards?|units?|homes?|countries|doses?|courses?|cycles?|injections?|followed|contribut\w+"
    r"|represent\w+|accru\w+|accumulat\w+|total\w*|at risk|follow-?up)\b"
)
_LEADS = re.compile(
    r"(?:\b(?:during|over|in|with|after|of|for|were|was|from|across|through|and|accrued|contributed|accumulated"
    rf"|provided|comprising|including|yielded|yielding|represent(?:ed|ing|s)|totall?ing){_A_TOTAL}|\() ?$"
)
_X_BEHIND = re.compile(
    r"(?P<gap>[)\]]?[^0-9.;:()\[\]]{0,90}?(?:[(\[][^()\[\]]{0,40}[)\]][^0-9.;:()\[\]]{0,60}?)?)(?<![a-z0-9.,/<>=-])"
    rf"{_X}(?P<what>(?: (?!and\b|than\b)[a-z][a-z-]{{0,19}}){{1,8}})"
)
_A_COUNT = (
    rf"(?:only )?(?:[0-9]{{1,6}}|{_WORDS})\b(?! ?%|[.,][0-9]| of (?:which|whom|these|them)\b| (?:years?|months?)\b)"
)
_ANOTHER_BEHIND = re.compile(rf"[^.;()]{{0,80}}?(?:\b(?:and|v|vs\.?|versus|with|than)|,) {_A_COUNT}")
_ANOTHER_BEFORE = re.compile(
    rf"(?<![0-9.]){_A_COUNT}[^0-9.;()]{{0,60}}(?:\b(?:and|v|vs\.?|versus|with|than|or|but)|,) (?:only )?$"
)
# Events of one arm behind a time of which it is not said that it is that arm's.
_IN_AN_ARM = re.compile(r"[^.;()0-9]{0,50}\b(?:groups?|arms?|recipients)\b")
_OF_AN_ARM = re.compile(r"\b(?:groups?|arms?|recipients|with|receiving|on|given)\b")
_ROUND = frozenset((1, 100, 1000, 10000, 100000, 1000000))
_FARTHEST = 150


def events_over_time(text: str, begin: int, stop: int) -> list[Events]:
    """Return the events of a sentence, in lower case, that stand with the person-time they are of.

    Parameters
    ----------
    text : str
    begin, stop : int
        Where the sentence begins and ends.

    Examples
    --------
    >>> text = "45 falls during 1,210 patient-years and 88 during 1195 patient-years"
    >>> [(text[slice(*one.x)], text[slice(*one.n)], one.unit) for one in events_over_time(text, 0, len(text))]
    [('45', '1,210', 'patient-years'), ('88', '1195', 'patient-years')]
    """
    return list(_in_sentence(text, begin, stop, person_times(text, begin, stop)))


def person_times(text: str, begin: int, stop: int) -> list[re.Match[str]]:
    """Return the person-times of a stretch of text in lower case, and what rates are counted per."""
    return list(_AMOUNT.finditer(text, begin, stop)) if speaks_of_person_time(text[begin:stop]) else []


def _in_sentence(text: str, begin: int, stop: int, amounts: list[re.Match[str]]) -> Iterator[Events]:
    after = begin  # behind what was read
    for at, amount in enumerate(amounts):
        following = amounts[at + 1].start() if at + 1 < len(amounts) else stop
        per = text.endswith(("per ", "/", "/ "), max(begin, amount.start() - 4), amount.start())
        value = int(re.sub(r"[ ,]", "", amount["n"]))
        if per and value in _ROUND:
            continue  # "31/1000 person-years" is the rate
        found = _before(text, after, amount, goes_on=after > begin) or (
            None if per else _behind(text, amount, following)
        )
        if found is None:
            after = amount.end() if not per else after
            continue
        unit = f"{who_of(amount)}-{time_of(amount)}s"
        last = max(amount.end(), found.end("what"))
        yield Events(found.span("x"), (amount.start("n"), amount.end("part" if amount["part"] else "n")),
                     min(found.start("x"), amount.start()), last, unit)  # fmt: skip
        after = last


_GOES_ON = re.compile(
    rf"[)\]]?,? (?:and|v|vs\.?|versus|compared with|against|but)(?: in| among)? (?:only )?{_X}"
    r"(?P<what>(?: [a-z][a-z-]{0,19}){1,8}?) ?(?:\(|(?:in|over|during) )(?:a total of )?$"
)
"""What follows the events and the time of one group: ") and in 97 recipients of placebo ("."""


def _before(text: str, begin: int, amount: re.Match[str], *, goes_on: bool = False) -> re.Match[str] | None:
    """Return the events before their time: "48 falls over", "48/", "48 strokes (".

    Behind those of another group (``goes_on``) they need not be named again.
    """
    other = _GOES_ON.fullmatch(text, begin, amount.start()) if goes_on else None
    if other is not None and not _NOT_EVENTS.search(other["what"]):
        return other
    begin = max(begin, amount.start() - _FARTHEST)
    rated = _X_RATED.search(text, begin, amount.start()) if text[amount.start() - 2] in ";," else None
    if rated is not None:
        return None if _NOT_EVENTS.search(rated["what"]) else rated
    found = _X_BEFORE.search(text, begin, amount.start())
    if found is None:
        return None
    what, how = found["what"], found["how"].strip()
    happened = _HAPPENED.search(what) or _OCCURRED_IN.search(text, max(0, found.start("x") - 40), found.start("x"))
    if _NOT_EVENTS.search(what) or (_OF_PEOPLE.search(what) and not happened):
        return None
    if not what and how not in ("/", "in", "over", "during", "per", "of"):
        return None
    if how in ("(", ",", ";") and not (_COUNTED.search(what) or happened):
        return None
    return None if _ANOTHER_BEFORE.search(text, begin, found.start("x")) else found


def _behind(text: str, amount: re.Match[str], stop: int) -> re.Match[str] | None:
    """Return the events behind their time: "over 1,210 patient-years of follow-up, 48 patients had a stroke"."""
    if _LEADS.search(text, max(0, amount.start() - 60), amount.start()) is None:
        return None
    at = amount.end()
    while (found := _X_BEHIND.match(text, at, stop)) is not None:
        what = found["what"]
        happened = _HAPPENED.search(what) is not None
        if _NOT_EVENTS.match(what) is None and (happened or (_COUNTED.search(what) and not _OF_PEOPLE.search(what))):
            of_one = _IN_AN_ARM.match(text, found.end("x"), stop) and not _OF_AN_ARM.search(found["gap"])
            return None if of_one or _ANOTHER_BEHIND.match(text, found.end("x"), stop) else found
        if text[found.start("x")].isdigit():
            return None
        at = found.end("x")  # "in the two groups, 48 strokes"
    return None
