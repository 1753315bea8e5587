"""Names that one sentence compares: "with A than with B", "4.1 during A and 5.6 during B", "A and B recipients"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from trialstats.sources.text.groups.controls import CONTROL
from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.prose import word_set

_PEOPLE = (
    r"(?:patients?|participants?|subjects?|women|men|children|infants?|adults?|people|individuals|persons|mothers"
    r"|volunteers|babies|neonates|newborns|students|pupils|workers|nurses|physicians|schools|villages|clinics"
    r"|hospitals|practices|households|clusters|communities|eyes|animals|rats|mice|pregnancies|residents)"
)
_GIVEN = (
    r"(?:receiv(?:ed|ing)|given|treated (?:with|by)|(?:assigned|allocated|randomi[sz]ed) to(?: receive)?|taking|took"
    r"|undergoing|underwent|exposed to|using|on|in|with)"
)
_LEAD = (
    r"(?:(?:the|those|that|an?|all|either|both) )?"
    rf"(?:(?:{_PEOPLE}|those|groups?|arms?) (?:who |that )?(?:(?:were|had|was|have been|had been) )?(?={_GIVEN} ))?"
    rf"(?:{_GIVEN} )?(?:the |an? )?"
)
# Words that are of no name and end one.
_STOP_TEXT = """
a an the and or of in on at to for from by with without than versus vs v as that which who whose where when while
whereas but if was were is are be been had has have did do does not no nor their its his her our these those this it
they we after before during among between within over under until per both all each either compared respectively only
there
showed reported experienced received achieved developed died remained reduced increased improved decreased resulted
led produced provided occurred presented responded relapsed survived required completed suffered recovered lost
gained remained underwent took significantly also more less fewer greater higher lower similar better worse can could
may might would should will about above below up follow-up using including due because through across into against
relative
"""
_STOP = "|".join(_STOP_TEXT.split())
_W = rf"(?!(?:{_STOP})\b(?!-))[a-z0-9][\w+/'’-]*"
_NAME = rf"(?P<name>{_W}(?: (?:plus |\+ ?)?{_W}){{0,3}})"
_BRACKET = r"[(\[][^()\[\]]{0,80}[)\]]"
_RIGHT = re.compile(rf"(?:with|in|for|on|after|among|of|during|by|under|to|at|from)?(?:(?<=\w) )?{_LEAD}{_NAME}")
_MARKER = re.compile(
    r",? (?:(?:as )?compared (?:with|to)|versus|vs\.?|than|relative to|over|against|v"
    r"|(?:(?:non-?)?inferior|superior) to"
    r"|(?:different|differ(?:ed)?) from(?= (?:the )?(?:placebo|control|sham)\b))(?: that| those)? "
)
_PREPOSITION = r"(?P<by>with|in|for|on|after|among|of|during|by|under|from|receiving|taking|favou?red|and|between)"
_LEFT = re.compile(rf"\b{_PREPOSITION} {_LEAD}{_NAME}(?: ?{_BRACKET})?$")
_VERB = (
    r"(?P<verb>had|was|were|has|have|is|are|did|showed|experienced|reduced|increased|improved|lowered|decreased|led"
    r"|resulted|produced|provided|achieved|developed|reported|responded|yielded|caused|raised|prolonged|prevented|demonstrated"
    r"|lost|gained|spent|required|needed|significantly|also|may|can|could|does)"
)
_SUBJECT = re.compile(rf"(?:(?:^|(?<=[.:;,] ))(?:moreover, |however, )?){_LEAD}{_NAME}(?: ?{_BRACKET})?,? {_VERB}\b")
_FIRST = re.compile(
    rf"(?:in comparison (?:with|to)|(?:as )?compared (?:with|to)|relative to) {_LEAD}{_NAME}(?: ?{_BRACKET})?, "
)
_BEHIND = re.compile(
    rf"(?:\)|\]|%)?(?: ?{_BRACKET})?(?: (?!(?:and|or|in|to|of|for|with|versus|vs|v|than|after|during|on|at|by)\b)"
    rf"[a-z/·0-9-]{{1,14}}){{0,2}}?(?: of (?:the )?{_PEOPLE})? "
    rf"(?P<by>with|for|in|on|after|during|among|of|by|under|following|receiving|given) {_LEAD}{_NAME}"
)
_BEFORE = re.compile(
    rf"(?:^|[,;:.] |\b(?:and|but|while|whereas|versus|vs\.?|survival|time|rate|score) )"
    rf"(?P<by>with|for|in|on|after|during|among|of|under) {_LEAD}"
    rf"{_NAME}(?: ?{_BRACKET})?,?(?: (?:it|this|the rate|was|were|had|to|there|about|only|a)){{0,3}} $"
)
_HEADED = re.compile(
    rf"(?<![\w-])(?P<name>{_W}(?: {_W}){{0,2}}?)(?P<head>-(?:treated|exposed|fed|assigned)\b"
    rf"|[ -](?:recipients|users|{_PEOPLE})\b)"
)
_OPPOSITE = re.compile(r"\b(?:un|non-?)(?P<name>[a-z]{5,20})\b")
_WITHOUT = re.compile(rf"\b(?P<no>without|with no|not having|no) (?:an? |any |the )?{_NAME}")
_STRIP_LEAD = re.compile(
    rf"^(?:(?:[0-9]+|the|those|an?|all|either|both|other|{_PEOPLE} (?:with|on|in|given|receiving)|oral|mean|median"
    r"|total|treatment with|use of|(?:once|twice)[ -]daily|daily|patient) )+"
)
_STRIP_TAIL = re.compile(
    rf"(?:[ -](?:groups?|arms?|cohorts?|treated|assigned|recipients|users|therapy|treatment|alone(?= )|phases?"
    rf"|periods?|doses?"
    rf"|respectively|conditions?|regimens?|{_PEOPLE}))+$"
)
_NO_PAIR_TEXT = """
results result main background objective objectives methods conclusion conclusions major minor findings review
self-reported
baseline control-period placebo-controlled age aged years year months month weeks week days day hours hour minutes male
female males females men women boys girls older younger old young elderly adults children infants white black asian
hispanic caucasian patients patient subjects participants people individuals cases mortality death deaths survival rate
rates risk risks incidence prevalence ratio odds response responses events event score scores level levels difference
differences change changes outcome outcomes time times increase decrease reduction improvement effect effects group
groups arm arms total overall mean median average study studies trial trials analysis end first second third last
previous one two three four five six stage grade i ii iii iv quartile tertile quintile quintiles highest lowest high low
p ci or rr hr number proportion percentage percent cost costs qaly population general rest remaining others other same
expected normal reference national usual-risk treatment treatments therapy model models combination present
significant significance confidence interval adjustment value values 95 cutoff use years' addition table figure
admission discharge follow-up surgery hospital comparison favor favour most least many some any none use contrast
"""
_NO_PAIR = word_set(_NO_PAIR_TEXT)
_TWO_VALUES = re.compile(r"[0-9%)\]] (?:vs\.?|versus|v|and) [0-9]|\brespectively\b")
_BOTH = re.compile(
    rf"\b(?P<by>between|with|in|on|for|after|among|of|during) {_LEAD}{_NAME} (?:and|vs\.?|versus) "
    rf"(?:(?:with|in|on|for|after) )?{_LEAD}{_NAME.replace('<name>', '<other>')}"
    r"(?=[,.;:]| ?[(\[]|$| (?:was|were|had|did|is|are)\b)"
)
_NO_ARM = re.compile(
    rf"\b(?:{_PEOPLE}|[a-z]+ity|weeks|months|years|days|dose|level|mean|median)$|\bratio\b|[0-9]$(?<![a-z0-9-][0-9])"
)


class Compared(NamedTuple):
    """Two names that a sentence compares, what that is worth, and whether its words say that people are given them."""

    first: str
    second: str
    worth: float
    given: bool = False


def compared_names(
    text: str, flat: str, start: int, stop: int, places: Sequence[tuple[int, int]]
) -> Iterator[Compared]:
    """Yield the pairs of names that a sentence with results compares.

    Parameters
    ----------
    text : str
        In lower case.
    flat : str
        The same without what stands in brackets, as `masked` gives it.
    start, stop : int
        Of the sentence.
    places : sequence of (int, int)
        Where its results of one arm stand.
    """
    yield from _beside(text, start, stop, places)
    yield from names_against(flat, start, stop)
    yield from _joined(text, flat, start, stop)
    yield from _headed(flat, start, stop)
    yield from _opposite(flat, start, stop)


def _beside(text: str, start: int, stop: int, places: Sequence[tuple[int, int]]) -> Iterator[Compared]:
    """Yield pairs of names that stand alike beside two results: "4.1 during A and 5.6 during B"."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    led: set[str] = set()
    for at, end in places:
        behind = _BEHIND.match(text, end, min(stop, end + _FARTHEST))
        before = _BEFORE.search(text, max(start - 2, 0, at - _FARTHEST), at)
        for side, match in (("behind", behind), ("before", before)):
            if match is not None and (name := _plain(match["name"])):
                found[side, match["by"]].append(name)
                led |= {name} if _is_led(match) else set()
    for names in found.values():
        given = not led.isdisjoint(names)
        yield from (Compared(first, second, 2.0 if given else 1.0, given) for first, second in _neighbours(names))


_GIVING = word_set(
    "favoured favored with after during on receiving received given taking took under following treated assigned"
    " allocated randomised randomized using undergoing underwent exposed"
)


def _is_led(match: re.Match[str]) -> bool:
    """Whether the words before a name say that people are given it; "patients with" says what they have."""
    before = _WHO_HAVE.sub(" ", match[0][: match.start("name") - match.start()])
    return not _GIVING.isdisjoint(before.split())


_WHO_HAVE = re.compile(rf"\b(?:{_PEOPLE}|those) with ")


def _neighbours(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    distinct = list(dict.fromkeys(names))[:_MOST]
    for at, first in enumerate(distinct):
        for second in distinct[at + 1 :]:
            yield first, second


def names_against(flat: str, start: int, stop: int) -> Iterator[Compared]:
    """Yield the pairs of "with A than with B", "A compared with B" and "compared with B, A".

    Parameters
    ----------
    flat : str
    start, stop : int
        Of the sentence.
    """
    led = _FIRST.search(flat, start, stop)
    if led is not None and (subject := _SUBJECT.match(flat, led.end(), stop)) is not None:
        yield Compared(_plain(subject["name"]), _plain(led["name"]), 1.5, subject["verb"] in _ACTS)
    for marker in _MARKER.finditer(flat, start, stop):
        right = _RIGHT.match(flat, marker.end(), min(stop, marker.end() + _LONGEST))
        if right is None or not (other := _plain(right["name"])):
            continue
        left = _LEFT.search(flat, max(start, marker.start() - _FARTHEST), marker.start())
        if left is not None and (name := _plain(left["name"])) and _stand_alike(left, right):
            yield Compared(name, other, 1.5, _is_led(left))
        elif (subject := _SUBJECT.search(flat, start, marker.start())) is not None:
            yield Compared(_plain(subject["name"]), other, 1.0, subject["verb"] in _ACTS)


def _stand_alike(left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether what stands before "than" is of one kind with what stands behind it: "in A than in B"."""
    if _is_led(left) or right[0].startswith(f"{left['by']} ") or is_given(left["name"]):
        return True
    of_people = _WHO_HAVE.search(left[0]) is not None or (
        _STRIP_TAIL.search(left["name"]) is not None and left["by"] in ("in", "among", "for")
    )
    return of_people or (left["by"] == "of" and is_given(right["name"]))


_ACTS = word_set("reduced increased improved lowered decreased raised prolonged prevented yielded caused produced")


def _joined(text: str, flat: str, start: int, stop: int) -> Iterator[Compared]:
    """Yield the pair of "on A and B (12 v 15)" and "in A and B, respectively"."""
    if _TWO_VALUES.search(text, start, stop) is not None:
        for match in _BOTH.finditer(flat, start, stop):
            yield Compared(_plain(match["name"]), _plain(match["other"]), 1.0, _is_led(match))


def _headed(flat: str, start: int, stop: int) -> Iterator[Compared]:
    """Yield pairs of "A recipients, B recipients", "A-treated, B-treated"."""
    found: dict[str, list[str]] = defaultdict(list)
    given: set[str] = set()
    for match in _HEADED.finditer(flat, start, stop):
        if name := _plain(match["name"]):
            head = match["head"].strip(" -").rstrip("s")
            found[head].append(name)
            given |= {name} if head in _OF_GIVEN or match["name"].endswith("-treated") else set()
    for names in found.values():
        sure = not given.isdisjoint(names)
        yield from (Compared(first, second, 1.5 if sure else 1.0, sure) for first, second in _neighbours(names))


_OF_GIVEN = ("treated", "recipient", "user")


def _opposite(flat: str, start: int, stop: int) -> Iterator[Compared]:
    """Yield pairs of a name and its opposite: "vaccinated, unvaccinated", "with A, without A"."""
    for match in _OPPOSITE.finditer(flat, start, stop):
        name = match["name"]
        of_people = _OF_PEOPLE.match(flat, match.end(), stop) is not None or name.endswith(_AGENTS)
        if of_people and re.search(rf"(?<![\w-]){name}\b", flat[start:stop]) is not None and _plain(name):
            yield Compared(name, match[0], 2.0)
    controls = _CONTROLS.search(flat, start, stop)
    if controls is not None and (cases := _CASES.search(flat, start, stop)) is not None:
        yield Compared(cases[0], controls[0], 1.5, given=True)
    for match in _WITHOUT.finditer(flat, start, stop):
        name = match["name"]
        with_it = re.search(rf"\b(?:with|had|having) (?:an? |any |the )?{re.escape(name)}\b", flat[start:stop])
        if with_it is not None and _plain(name):
            yield Compared(with_it[0], match[0], 2.0)


_CASES = re.compile(r"(?<!in )\bcases\b(?! of| were)")
_CONTROLS = re.compile(r"\bcontrol(?:s|(?= subjects| patients| children| women| men))\b")
_OF_PEOPLE = re.compile(rf" (?:[a-z-]+ )?(?:{_PEOPLE}|groups?|cohorts?|controls?)\b")
_AGENTS = ("ers", "ors", "ants", "ients", "ees")
_FARTHEST = 90
_LONGEST = 120
_MOST = 4


def _plain(words: str) -> str:
    """Return the name in some words: without what leads to it and the people that it is of; nothing if it is none."""
    if (dose := DOSE.match(words)) is not None:
        return f"{dose['number']} {dose['unit']}"
    name = _STRIP_TAIL.sub("", _STRIP_LEAD.sub("", words.strip(" ,"))).strip(" ,-'")
    every = name.split()
    if not every or len(name) < 2 or not name[0].isalpha() or _NO_ARM.search(name):
        return ""
    if all(word in _NO_PAIR or word[0].isdigit() for word in every) or every[-1] in _NO_PAIR or every[0] in _NO_PAIR:
        return ""
    return name


DOSE = re.compile(
    r"(?:doses? of )?(?P<number>[0-9]+(?:[.,][0-9]+)?)[ -]?(?P<unit>(?:mg|g|[uµμ]g|mcg|iu|ml|gy)(?:/(?:kg|m2|day|d))?)"
    r"(?![a-z0-9/-])"
)
"""A dose by which an arm may be named."""


def names_given(flat: str, start: int, stop: int) -> Iterator[str]:
    """Yield what a sentence says that people were given: "40 patients treated with A", "A-treated patients".

    Parameters
    ----------
    flat : str
    start, stop : int
        Of the sentence.
    """
    for match in _WHO_GOT.finditer(flat, start, stop):
        if name := _plain(match["name"]):
            yield from (name,) * (2 if DOSE.match(name) else 1)
    for match in _HEADED.finditer(flat, start, stop):
        name = _plain(match["name"])
        if name and (match["name"].endswith("-treated") or match["head"].strip(" -").rstrip("s") in _OF_GIVEN):
            yield name
    for match in _DOSE_OF_PEOPLE.finditer(flat, start, stop):
        yield _plain(match[0])
    if _THAN_PLACEBO.search(flat, start, stop) is not None:
        yield "placebo"


_THAN_PLACEBO = re.compile(r"\b(?:to|than|versus|vs\.?|over|and) placebo\b")
_WHO_GOT = re.compile(
    rf"\b(?:{_PEOPLE}|those|individuals) (?:who (?:were )?)?(?:receiv(?:ed|ing)|given|treated with|taking|undergoing"
    rf"|(?:assigned|allocated|randomi[sz]ed) to(?: receive)?|on|underwent) (?:the |an? )?{_NAME}"
)
_DOSE_OF_PEOPLE = re.compile(
    r"(?:(?<=with )|(?<=after )|(?<=on )|(?<=and )|(?<=or )|(?<=v )|(?<=vs )|(?<=versus )"
    r"|(?<=for )|(?<=than )|(?<=the ))"
    rf"{DOSE.pattern}(?= (?:{_PEOPLE}|groups?|doses?|arms?)\b| [a-z]{{4,}} ?[(\[]| ?[(\[])"
)


def is_given(name: str) -> bool:
    """Whether a name is one of a drug or of a control.

    Parameters
    ----------
    name : str
    """
    return DRUG.search(name) is not None or CONTROL.search(name) is not None
