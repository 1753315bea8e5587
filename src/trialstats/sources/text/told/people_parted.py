"""Find people that a text parts into groups at once: "333 men: 110 to drug A, 112 to drug B and 111 to dummies"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.reported import Reported
from trialstats.sources.text.tokens.figures import with_figures
from trialstats.sources.text.told.parts_of_people import PEOPLE

_N = r"(?<![\d.,·/<>≤≥±+=-])(?P<{}>\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}})(?! ?%|[.,·]\d)"
_DOSE = r"\d{1,4}(?:\.\d{1,2})? ?(?:mg|g|µg|mcg|ml|mL|IU|U|Gy|%|weeks?|months?|days?|hours?)\b"
_WORDS = rf"(?:[^.;:()0-9,]|{_DOSE})"
_ITEM = rf"\d{{1,3}}(?:,\d{{3}})*(?: \(\d{{1,3}}(?:\.\d)?%\))? {_WORDS}{{2,70}}?"
_TO = r"(?:were |was )?(?:randomly )?(?:assigned |allocated |allotted |randomi[sz]ed )?(?:to|in the|in)\b"
_LIST = re.compile(
    rf"{_N.format('n')} (?:[a-z-]{{1,20}} ){{0,3}}?{PEOPLE}\b(?: [a-z-]{{1,20}}){{0,6}}: "
    rf"(?P<parts>(?=\d{{1,5}} (?:\(\d{{1,3}}(?:\.\d)?%\) )?(?:{PEOPLE} )?(?:{_TO}|(?:were )?(?:received|given"
    rf"|took|treated"
    rf"|underwent)\b|on\b))(?:{_ITEM}(?:,? and |, )){{1,5}}{_ITEM})(?=[.;(]|$)"
)
"""Behind a colon everybody has one group."""
_GROUP = r"(?:group|arm|cohort)"
_OF_ALL = re.compile(
    rf"[OA](?<=\b.)(?:f|mong) (?:the |these |all )*{_N.format('n')} (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE} (?:who "
    rf"(?:were|underwent) )?"
    rf"(?:randomi[sz]\w+|assigned|allocated|allotted)(?: [a-z]{{2,12}}){{0,2}}, (?P<parts>(?=\d{{1,5}} (?:(?:were )?"
    rf"(?:received|given|took"
    rf"|treated|underwent|assigned|allocated|allotted)\b|{_TO}))(?:{_ITEM}(?:,? and |, )){{1,5}}{_ITEM})(?=[.;(]|$)"
)
"""Those who were randomised, and what each group got."""
_IN_BRACKET = re.compile(
    rf"{_N.format('n')} (?:[a-z-]{{1,20}} ){{0,3}}?{PEOPLE}\b[^0-9.;:()]{{0,60}} \((?P<parts>(?=[^()]*\b(?:arms?"
    rf"|groups?"
    rf"|control|controls|placebo|intervention|treatment)\b)(?:\d{{1,5}} [^()0-9,;]{{2,50}}?(?:,? and |, |; "
    rf")){{1,4}}\d{{1,5}} "
    rf"[^()0-9,;]{{2,50}})\)"
)
"""Everybody's group in a bracket: "446 adults with asthma (234 intervention, 212 control)"."""
_COMPRISED = re.compile(
    rf"{_N.format('n')} (?:[a-z-]{{1,20}} ){{0,3}}?{PEOPLE}\b[^.:;0-9]{{0,60}}\. "
    rf"(?P<parts>(?:The|In the|There were) [a-zA-Z][^.;:()0-9]{{2,40}} {_GROUP} (?:comprised|included|consisted of"
    rf"|contained|had|numbered|were) \d{{1,5}}(?: {PEOPLE})?(?:(?:,| and|, and) (?:the )?[^.;:()0-9,]{{2,40}} {_GROUP}"
    rf"(?: (?:comprised|included|consisted of|contained|had|numbered))? \d{{1,5}}(?: {PEOPLE})?){{1,5}})(?=[.;(]|$)"
)
"""The groups in the sentence behind: "The tea group comprised 40 men, the milk group 41"."""
_CLUSTER = (
    r"(?:practices|clusters|hospitals|villages|schools|wards|clinics|cent(?:re|er)s|communities|households|homes|units"
    r"|districts|classes)"
)
_CLUSTERS = re.compile(
    rf"{_N.format('n')} (?:[a-z-]{{1,20}} ){{0,3}}?(?P<who>{_CLUSTER})\b[^0-9.;:()]{{0,60}}[,;:] "
    rf"(?:of (?:which|these),? )?(?P<parts>(?=\d{{1,5}} (?:{_CLUSTER} )?(?:were |was )?(?:randomly )?"
    rf"(?:assigned|allocated|allotted|randomi[sz]ed) to\b)(?:{_ITEM}(?:,? and |, )){{1,5}}{_ITEM})(?=[.;(,]|$)"
)
"""Clusters and the arm of each: "36 villages, of which 19 were allocated to nets and 17 to no nets"."""
_COLON = re.compile(r": (?:[0-9]|[A-Za-z-]{3,14} (?:to|were|in|received|given|took)\b)")
_GROUP_OF = re.compile(rf" {_GROUP} (?:comprised|included|consisted|contained|had|numbered|were) ")
PER_GROUP = re.compile(
    rf"(?P<n>\d(?<![\d.,]\d)(?:\d{{0,2}}(?:,\d{{3}})+|\d{{1,4}})) (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE} \("
    rf"(?P<each>\d{{1,3}}"
    r"(?:,\d{3})+|\d{1,5}) (?:[a-z]+ )?(?:per|in each|for each|each|in either) (?:treatment |study )?(?:group|arm)\)"
)
"""A total with the size of each group: "658 women (329 per group)"."""
_RANDOMISED = re.compile(r"[OA](?:f|mong) [^.;]{3,60}(?:andomi|assigned|allocated|allotted)")
_CLUSTERED = re.compile(rf"{_CLUSTER}\b[^.]{{0,70}}[,;:] [^.]{{0,60}} to ")
_BRACKETED = re.compile(r"\(\d{1,5} [^()]{3,120}(?:arm|group|control|placebo|intervention|treatment)")
_NUMBER = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+|(?<![\d.,])\d{1,5}(?!\d)(?! ?%|[.,]\d)")
_SHARE = re.compile(r"\([^()]*%\)|" + _DOSE)
_GOES_ON = re.compile(
    r"\b(?:of whom|of these|respectively|including|median|mean|vs?|versus|aged|years|had|died|completed|centres"
    r"|centers)\b"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """People and the groups that one list makes of them."""

    whole: Reported
    parts: tuple[int, ...]
    at_once: bool
    """Whether nobody can have left between: the list stands behind a colon."""
    start: int
    end: int
    who: str = "patients"
    alone: bool = False
    """Whether the sentence holds no other number, and no word for people who left or are told twice."""


def find_parted(text: str) -> Iterator[Parted]:
    """Yield the people that a text parts into groups with all their numbers.

    Examples
    --------
    >>> [one.parts for one in find_parted("We randomised 333 men: 110 to drug A, 112 to drug B and 111 to none.")]
    [(110, 112, 111)]
    """
    for form, hint in (
        (_LIST, _COLON), (_COMPRISED, _GROUP_OF), (_OF_ALL, _RANDOMISED), (_IN_BRACKET, _BRACKETED),
        (_CLUSTERS, _CLUSTERED),
    ):  # fmt: skip
        for found in form.finditer(with_figures(text)) if hint.search(text) else ():
            listed = _SHARE.sub(" ", found["parts"])
            if _GOES_ON.search(listed.replace(" had ", " ") if form is _COMPRISED else listed):
                continue
            parts = tuple(int(number.replace(",", "")) for number in _NUMBER.findall(listed))
            if len(parts) > 1:
                whole = Reported(found["n"].replace(",", ""))
                who = found["who"] if form is _CLUSTERS else "patients"
                at_once = form in (_LIST, _IN_BRACKET, _CLUSTERS)
                yield Parted(whole, parts, at_once, found.start("n"), found.end(), who)
