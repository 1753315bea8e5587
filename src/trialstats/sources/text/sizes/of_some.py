"""Which numbers count some of the patients, or studies: those of one sex, of a subset, those whom something befell."""

from __future__ import annotations

import re

from trialstats.sources.text.groups.numbers import PEOPLE, Number
from trialstats.sources.text.groups.prose import Prose
from trialstats.sources.text.sizes.events import HAD, is_total

_MEAN_OF = re.compile(r"(?:±|\+/-) ?[0-9.]{1,8}(?: [a-z%/]{1,8}){0,2} (?:in|for|among) (?:the )?$")
_SPREAD_OF = re.compile(r"[0-9] ?[a-z%]{0,4}[)\]] (?:in|for|among) (?:the )?$")
_MEAN_NEXT = re.compile(
    r"(?![^.;:()0-9]{0,60} (?:were|was) (?:then |randomly )?"
    r"(?:includ|enrol|recruit|random|assign|allocat|studied|analy))"
    r" [^0-9.;:()]{3,90} [0-9.]{1,8}(?: [a-z%/]{1,8}){0,2} ?(?:±|\+/-|\((?:sd|se)\b)"
)
_LAST_OF = re.compile(r"\b(?:of|among|in|by) (?:the )?(?:[0-9]{1,5}, ){0,3}[0-9]{1,5},? (?:and|versus|vs\.?) $")
"""The last of the totals of several groups: "of 88 and 83 patients"."""
_BACK = 40


def behind_means(prose: Prose, numbers: list[Number]) -> set[int]:
    """Return where numbers stand of whom a mean is told, or that end a list of totals: they are of groups."""
    told: dict[int, list[Number]] = {}
    listed: set[int] = set()
    for number in numbers:
        begin = max(number.sentence[0], number.start - _BACK)
        if _LAST_OF.search(prose.text, begin, number.start):
            listed.add(number.start)
        led = any(form.search(prose.text, begin, number.start) for form in (_MEAN_OF, _SPREAD_OF))
        if led or _MEAN_NEXT.match(prose.text, number.end, number.sentence[1]):
            told.setdefault(number.sentence[0], []).append(number)
    return listed | {number.start for of in told.values() if len({one.digits for one in of}) > 1 for number in of}


_SEX = re.compile(r"(?: [(\[][0-9.]{1,5} ?%[)\]])? (?:(?P<her>females?|women|girls)|(?:males?|men|boys))\b")
"""Behind people of one sex: "31 (52%) women"."""


_SEX_BEFORE = re.compile(r"\b(?:(?P<her>females?|women|girls)|(?:males?|men|boys)) ?[(\[]n ?[=:] ?$")


def of_one_sex(prose: Prose, numbers: list[Number]) -> set[int]:
    """Return where numbers of each sex stand in one sentence: neither of "62 men and 18 women" is that of all."""
    sexes: dict[int, dict[bool, list[int]]] = {}
    for number in numbers:
        begin = max(number.sentence[0], number.start - 16)
        if (
            sex := _SEX.match(prose.text, number.end) or _SEX_BEFORE.search(prose.text, begin, number.start)
        ) is not None:
            of_sentence = sexes.setdefault(number.sentence[0], {})
            of_sentence.setdefault(sex["her"] is not None, []).append(number.start)
    return {at for of in sexes.values() if len(of) > 1 for places in of.values() for at in places}


_STUDIES = re.compile(
    rf"(?: (?!(?:{PEOPLE}|of|in|on|were|was|to|had|who|from|with)\b)[a-z0-9-]+,?){{0,7}}?"
    r" (?:trials|studies|cohorts|meta-analyses|reviews|units|pairs of)\b"
)


_WITH_PEOPLE = re.compile(
    r" (?:(?:were|was) (?:[a-z]+ly )?(?:included|eligible|identified|analy[sz]ed|selected|pooled|found)"
    rf"|met [^.;()]{{3,50}}) ?[(\[](?:with |involving |a total of |in total |total )?(?:n ?= ?)?[0-9][0-9,]{{1,8}}"
    rf" {PEOPLE}\b"
)
"""Studies, of which a bracket says how many took part: "of which 29 were included (7665 patients)"."""


def of_studies(text: str, number: Number) -> bool:
    """Whether a number counts studies: "three randomised, double-blind studies of adults"."""
    return _STUDIES.match(text, number.end) is not None or _WITH_PEOPLE.match(text, number.end) is not None


_SOME = re.compile(
    r"(?:\bin an? (?:[a-z]+ )?(?:subset|subgroup|sub-group|subsample|sub-sample|subpopulation) of|\b(?:remaining|other)"
    r"|\b(?:occurred|seen|observed|developed|diagnosed|detected|experienced|achieved|found|noted|recorded|reported"
    r"|documented|recurred|relapsed|persisted|healed|resolved|improved|failed)(?: [a-z]+ly)? (?:in|by)"
    r"|\b(?:had|showed|with|of|was|were) no (?:[a-z-]+ )?"
    r"(?:benefit|effect|difference|improvement|advantage)s?(?: [a-z0-9]+){0,6} in)(?: (?:only"
    r"|about|the|a total of))? $"
)
_OF_ALL = re.compile(
    rf" (?:[a-z]+-)?(?:evaluable|assessable|eligible|randomi[sz]ed|treated|analy[sz]ed)\b"
    rf"|(?:(?: [a-z-]+)? {PEOPLE})? (?:were|was) (?:analy[sz]ed|evaluated|assessed"
    r"|(?:used|available|left|kept) (?:for|in) (?:the )?(?:[a-z]+ )?(?:evaluation|analys[ei]s))\b"
    rf"|(?: [a-z-]+)? {PEOPLE} (?:were|was) (?:then |randomly )*(?:divided|randomi|assign|allocat"
    r"|includ|analy|enrol|evalua)"
    rf"|(?: {PEOPLE})? (?:are|were) (?:presented|reported)(?= ?(?:here\b|[.,;]|$))"
)


_SECOND_OF_TWO = re.compile(r"[0-9] ?[(\[][0-9.]{1,5} ?%[)\]],? and $")
_IN_TURN = re.compile(r"[^.;]{0,160}\brespectively\b")
"""Numbers of two groups, one after the other: "31 (97%) and 28 (93%) finished with tea and with milk, respectively"."""
_WITH_SHARE = re.compile(
    rf"(?: [a-z-]+){{0,2}} {PEOPLE} (?:with|of|from|in) (?:[a-z-]+ ){{0,4}}[a-z-]+"
    r" ?[(\[] ?[0-9][0-9]?(?:\.[0-9]+)? ?%[)\]](?= ?(?:,|;|\.|and\b))"
)
"""A share of all, and no more said of them: "12 adults with other jobs (4%), and 31 with none (10%)"."""
_TREATED_APART = re.compile(
    rf"(?: {PEOPLE})? (?P<verb>were (?:treated|managed|given)|received|underwent|had) [^.;:()0-9]{{3,70}},? and"
    rf" (?P<other>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,6}})(?: {PEOPLE})?"
    r" (?P<again>(?:were )?(?:treated|managed|given)(?= )|received|underwent|had|with|by|in|at|on)\b"
)
"""Two ways of treatment: "41 were treated with zinc and 39 with iron"."""


_TREATED = (" were ", " received ", " underwent ", " had ")
_PEOPLE_THERE = re.compile(rf" {PEOPLE} ")


def of_one_way(text: str, number: Number, known: set[int]) -> bool:
    """Whether a number counts those treated in one of two ways, who together are known: "of 80, 41 had A and 39 B".

    Parameters
    ----------
    text : str
    number : Number
    known : set of int
        The numbers of the text.
    """
    if not text.startswith(_TREATED, number.end) and _PEOPLE_THERE.match(text, number.end) is None:
        return False
    apart = _TREATED_APART.match(text, number.end, number.sentence[1])
    if apart is None:
        return False
    other = int(apart["other"].replace(",", ""))
    # More than all can be no part of them.
    return number.count + other in known or (apart["verb"] == apart["again"] and number.count < other)


_SIZE_WANTED = re.compile(r"\bsample size\b[^.;]{0,90}$")
_RECKONED = re.compile(r"\b(?:power|estimated|calculated|required|needed|necessary|determined|detect)\b")
_WILL = re.compile(
    r"\bwill (?:then |also |be )?(?:[a-z]+ly )?(?:recruit|enrol|includ|randomi|involv|assign)[a-z]*"
    r"(?: (?:a total of|up to|about|approximately|around|at least|some))* $"
)
_MEANT = re.compile(
    r"\b(?:planned|designed|intended|aimed|expected|hoped|sought) to (?:include|enroll?|recruit|randomi[sz]e|accrue)"
    r"(?: (?:a total of|up to|about|approximately|around|at least|some))* $"
)
_POWERED = re.compile(
    r"\b[0-9]{2} ?% (?:statistical )?power\b|\bpower (?:of|was|to detect)\b|\b(?:one|two|1|2)-sided alpha\b"
)
_WANTED_NEXT = re.compile(
    rf"(?: [a-z-]+)? {PEOPLE}(?: per [a-z]+)?(?: ?[(\[][^()\[\]]{{1,40}}[)\]])? (?:were|was|would be|are|is)"
    r" (?:required|needed|necessary)\b"
)


def wanted(text: str, number: Number) -> bool:
    """Whether a number tells how many patients were wanted: "a sample size of 90 was estimated", "90 were needed"."""
    if _WANTED_NEXT.match(text, number.end, number.sentence[1]) is not None:
        return True
    if text.endswith(" ", 0, number.start) and _MEANT.search(text, max(0, number.start - 60), number.start) is not None:
        return True
    if "will " in text[max(0, number.start - 60) : number.start]:
        return _WILL.search(text, max(number.sentence[0], number.start - 60), number.start) is not None
    if _POWERED.search(text, *number.sentence) is not None:
        return True
    led = _SIZE_WANTED.search(text, max(number.sentence[0], number.start - 110), number.start)
    return led is not None and _RECKONED.search(text, led.start(), number.sentence[1]) is not None


_IN_A_PART = re.compile(r"[(\[;][^()\[\]]{2,80}, $")
_PART_NEXT = re.compile(rf" {PEOPLE} ?(?P<end>[;)\]])")
"""Parts of all, each with its number behind its name: "were randomised (slow rowers, 41 women; others, 17 women)"."""


def _is_listed_part(text: str, number: Number) -> bool:
    found = _PART_NEXT.match(text, number.end)
    if found is None or _IN_A_PART.search(text, max(number.sentence[0], number.start - 90), number.start) is None:
        return False
    opened = max(text.rfind("(", number.sentence[0], number.start), text.rfind("[", number.sentence[0], number.start))
    return found["end"] == ";" or (opened >= 0 and ";" in text[opened : number.start])


_FEW = 5
_AND_IN = (" and in ", ", in ", " but in ", " than in ")
_BEFELL_TOO = re.compile(
    rf"\b(?:occurred|seen|observed|developed|diagnosed|detected|reported|recorded|noted) in"
    rf" [0-9]{{1,5}} {PEOPLE}\b[^.;:]{{0,90}}$"
)
"""Whom something befell too: "a rash was reported in 3 adults who took zinc and in 6 adults in the second part"."""


def of_some(text: str, number: Number) -> bool:
    """Whether a number counts some of the patients: "in a subset of 35", "the other 20", "a rash was seen in 12"."""
    if _SECOND_OF_TWO.search(text, max(number.sentence[0], number.start - 24), number.start) is not None:
        return _IN_TURN.match(text, number.end, number.sentence[1]) is not None
    if _WITH_SHARE.match(text, number.end, number.sentence[1]) or _is_listed_part(text, number):
        return True
    led = max(number.sentence[0], number.start - 150)
    if text.endswith(_AND_IN, 0, number.start) and _BEFELL_TOO.search(text, led, number.start) is not None:
        return True
    some = _SOME.search(text, max(number.sentence[0], number.start - 50), number.start)
    if some is not None and number.count < _FEW:
        return True
    return some is not None and _OF_ALL.match(text, number.end) is None


_HAD_CARE = re.compile(
    r" (?:had (?:been|received|undergone|completed|an? (?:mean|median|follow)|baseline|follow|complete|available"
    r"|evaluable|assessable|valid|usable|sufficient|adequate|data|eligib)|responded to (?:the|a|our)\b)"
)


_BRACKET = re.compile(r" [(\[][^()\[\]]{1,80}[)\]]")


def had_events(text: str, number: Number, end: int) -> bool:
    """Whether something befell those who are counted: "22 women had a rash", and not "12 of 80 women had a rash"."""
    shut = _BRACKET.match(text, end)
    end = shut.end() if shut is not None else end
    if HAD.match(text, end) is None or _HAD_CARE.match(text, end) is not None:
        return False
    return not is_total(text, number.start)
