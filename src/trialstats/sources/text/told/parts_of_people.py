"""Find where a text tells some people or events, and how many of these were what: a part of a number before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

PEOPLE = (
    r"(?:patients|wom[ae]n|m[ae]n|participants|children|subjects|infants|adults|boys|girls|volunteers|people|individuals"
    r"|babies|neonates|newborns|adolescents|students|mothers|residents|persons|controls|cases|responders|survivors)"
)
_EVENTS = (
    r"(?:events|reactions|infections|deaths|episodes|complications|recurrences|relapses|bleeds|fractures|pregnancies)"
)
_SHARE = r"(?:\(\d+(?:\.\d+)?%\) )?"
_N = (
    r"(?P<n>\d(?<![\d.,·/:<>=±+-]\d)(?<!\D\d[.,] \d)(?<!\D\d\d[.,] \d)\d{0,4})(?! ?(?:%|per ?cent)|[.,·/–-]\d| \d{3}\b)"
)
_X = r"(?P<x>\d{1,5})(?! ?(?:%|per ?cent)|[.,·/–-]\d| \d{3}\b)"
_DID = (
    r"(?:had|died|required|needed|underwent|received|responded|developed|experienced|relapsed|completed|withdrew"
    r"|discontinued|survived|achieved|reported|conceived|recovered|delivered|gave birth|tested positive"
    r"|(?:was|were) (?:alive|dead|men|women|males?|females?|random\w+|lost|hospitali[sz]ed|admitted|cured|treated"
    r"|smokers"
    r"|readmitted|followed|excluded|classified))"
)
_AMONG = re.compile(
    rf"[OAI](?<=\b.)(?:f|mong|n) (?:the |these |those |all )*{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}"
    rf" (?:who|with|whose|without|in whom|undergoing|receiving|given|aged)\b[^0-9,.;:()]{{2,80}}, {_X} {_SHARE}"
    rf"(?:{PEOPLE} )?{_DID}\b"
)
"""People named by what they had, and how many did something: "Among the 45 women who fell, 18 had a fracture"."""
_EVENTS_OF_WHICH = re.compile(
    rf"{_N} (?:[a-z-]{{1,20}} ){{0,3}}?{_EVENTS}\b[^0-9.;:()]{{0,70}}, (?:and |with )?(?:of which |of these,? )?"
    rf"(?:only |all )?{_X} {_SHARE}(?P<of>of (?:which|them|these) )?(?=[a-z])"
)
"""Events, and some of them: "26 falls in the exercise group, of which 9 led to a fracture"."""
_OF_SAME = re.compile(
    rf"(?P<x>\d(?<![\d.,·/:<>=±-]\d)(?<!\d[.,] \d)\d{{0,4}}) {_SHARE}(?:{PEOPLE} )?of (?:these|those) (?P<n>\d{{1,5}})"
    rf"(?=[.,;)]| {PEOPLE}|$)"
)
"""A part with its whole again: "in 51 of these 48"."""
_FOR = re.compile(
    rf"{_N} {_SHARE}{PEOPLE} {_SHARE}(?:(?:had|have) )?(?:underwent|died|required|needed|discontinued|withdrew|stopped"
    rf"|were (?:re)?(?:admitted|hospitali[sz]ed|operated|excluded|withdrawn|transfused))\b[^0-9.,;:()]{{0,60}}, {_X} "
    rf"{_SHARE}(?:of (?:them|these|whom) )?(?:for|because of|due to|owing to|as a result of)\b"
)
"""People, and how many of them for one reason: "37 women had a second operation, 21 for bleeding"."""
_COUNT = r"(?<![\d.,·/:<>=±-])(?P<n>\d{1,5})(?: ?/ ?| (?:out )?of (?:the )?)\d{1,5}\b"
_OF_COUNTED = re.compile(
    rf"{_COUNT}(?: (?!and\b|v\b)[a-z-]{{1,20}}){{0,3}} {_SHARE}[^0-9.;:()]{{3,70}}, (?:(?:{_X} {_SHARE}of (?:them"
    rf"|these|whom)\b)"
    rf"|including (?P<part>\d{{1,5}}) {_SHARE}(?:{PEOPLE} )?(?:with|who|in whom|whose)\b)"
)
"""Who was counted of all, and some of them: "33 of the 75 dogs relapsed, including 11 with a second tumour"."""
_COMPLETE_OF_ALL = re.compile(
    rf"{_COUNT}(?: [a-z-]{{1,20}}){{0,3}}(?: \(\d{{1,3}}(?:\.\d)?%\))?, (?:including|with) {_X} {_SHARE}"
    r"(?:complete|partial) (?:responses|remissions)\b"
)
"""Responses, and the complete ones: "seen in 41 of the 94 dogs (44%), including 12 complete responses"."""
_IN_OF_THEM = re.compile(
    rf"{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE}\b[^0-9.;:()]{{0,90}}? in {_X} {_SHARE}of (?:them|these)\b"
)
"""The same at the end: "stopped early in 29 women, because of a rash in 17 of them"."""
_EVENTS_FROM = re.compile(
    rf"{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{_EVENTS}\b[^0-9.;:()]{{0,50}} \((?:including )?{_X} {_SHARE}(?:of (?:them"
    rf"|these|which) )?"
    r"(?:from|due to|caused by|related to|because of|owing to|attributed to|were)\b"
)
"""Events, and in brackets some of them: "64 deaths (41 from heart disease)"."""
_DIED_OF = re.compile(
    rf"{_N} {_SHARE}(?:{PEOPLE} )?{_SHARE}(?:had )?died\b[^0-9.,;:()]{{0,30}}(?:\d{{1,3}} (?:days|weeks|months|years))?"
    rf"[^0-9.,;:()]{{0,30}}, {_X} {_SHARE}(?:of|from) (?!(?:the|these|those|all|whom|them)\b)"
)
"""Deaths and those of one cause: "12 dogs died within 30 days, 5 of sepsis"."""
_SEX = re.compile(
    rf"[TtAaOo](?<=\b.)(?:he|\x20total of|ll|f) {_N} (?:[a-z-]{{1,20}} ){{0,2}}?(?:patients|participants|subjects"
    rf"|children|infants|adults|volunteers|people|individuals|adolescents)\b[^0-9.;()]{{0,40}}(?:\d\d(?:\.\d)? years"
    rf"[^0-9.;()]{{0,20}})?[;,] (?:and )?{_X} {_SHARE}(?:were )?(?:women|men|fe?males?|boys|girls)"
    r"\b(?=[.,;)]| \(| and\b|$)"
)
"""People and how many of them are women: "The mean age of the 94 patients was 61 years; 53 were women"."""
_RESPONSE_RATE = re.compile(
    rf"\b[Rr]espon(?:se|der)s?(?: rate)? (?:was|of|in|were) [^;:]{{0,40}}?\b(?P<n>\d(?<![\d.,·]\d)\d{{0,4}})(?: of "
    rf"|/| of the )\d{{1,5}}"
    rf"[^0-9.;:]{{0,24}}[;,] (?:including|of which|with|among them) (?P<x>\d{{1,5}}) {_SHARE}(?:{PEOPLE} )?"
    rf"(?:with |had "
    rf"|having )?(?:an? )?(?:confirmed )?(?:complete|partial) (?:responses?|remissions?)\b"
)
"""A response rate with its count, and the complete ones: "64% (37 of 58), including 12 complete responses"."""
_OF_RESPONDERS = re.compile(
    rf"(?<![\d.,·/:<>=±-])(?P<n>\d{{1,5}}) {_SHARE}(?:of the [a-z-]{{1,20}} )?(?:{PEOPLE} )?{_SHARE}"
    rf"(?:responded|relapsed|died|were responders|had an? (?:[a-z]{{1,12}} )?(?:response|remission))\b[^0-9.:"
    rf"()]{{0,60}}"
    rf"[.,;] (?:and |while )?{_X} {_SHARE}of (?:the|these) (?:responders|responses|respondents|relapses|deaths"
    rf"|remissions)"
)
"""Who responded, and some of the responders: "Of 64 dogs 39 responded, and 22 of the responders were cured"."""
_STARTED = re.compile(
    rf"{_N} (?:[a-z-]{{1,20}} ){{0,2}}?{PEOPLE} (?:(?:were|was) (?:enrolled|recruited|included|randomi[sz]ed)"
    rf"|(?:started|began|entered|commenced|enrolled|took part)\b)[^0-9.;:()]{{0,40}}(?:;|,| and|, and|, but) "
    rf"(?:only )?{_X} {_SHARE}(?:of them )?completed\b"
)
"""Who began, and how many of them went on to the end: "33 dogs began treatment; 29 completed it"."""
_OF_THOSE = re.compile(
    rf"{_N} {_SHARE}(?:{PEOPLE} )?(?:were (?:treated|randomi[sz]ed|enrolled|operated)|began|started|received|underwent"
    rf"|completed|entered)\b(?! (?:no|none|neither|only|nothing)\b)[^0-9.;:()]{{0,60}}(?:,? and|;|,|, but) "
    rf"(?:only |all )?{_X} {_SHARE}of (?:those|these|them)\b"
    r"(?! (?:not|without|who|remaining|others?)\b)"
)
"""Who began, and some of those: "201 began treatment, and 190 of those treated could be evaluated"."""
_EVENTS_AMONG = re.compile(
    rf"{_X} (?:[a-z-]{{1,20}} ){{0,3}}?(?P<what>{_EVENTS})\b[^0-9.;:()]{{3,80}}? (?:among|out of|of) "
    rf"(?:the |a total of )?{_N} (?:[a-z-]{{1,20}} ){{0,3}}?(?P=what)\b"
)
"""Some events among all: "18 adverse events judged to be related among 73 adverse events in all"."""
_ANOTHER = re.compile(
    r"\b(?:each|per|every|additional|another|further|other|more|eyes|pairs|couples|lesions|tumou?rs|respectively|vs?"
    r"|versus|compared|whereas|while|controls?)\b"
)
_ADDED = re.compile(r"\b(?:more|added|additional|another|further|extra|crossed)\b")


def _sentence_end(text: str, at: int) -> int:
    """Return where the words behind a place end at the next full stop."""
    end = text.find(". ", at)
    return len(text) if end < 0 else end


def parts_of_people(text: str) -> Iterator[re.Match[str]]:
    """Yield where a part (``x``) and its whole (``n``) are told, the larger of them whichever it is.

    Examples
    --------
    >>> [(one["x"], one["n"]) for one in parts_of_people("Among the 45 women who fell, 18 had a fracture.")]
    [('18', '45')]
    """
    for form, hints in _FORMS:
        if any(hint in text for hint in hints):
            for found in form.finditer(text):
                if _ADDED.search(text, found.end(), _sentence_end(text, found.end())):
                    continue
                if not _ANOTHER.search(found[0]) and (form is not _EVENTS_OF_WHICH or _is_part(found)):
                    yield found


def _is_part(found: re.Match[str]) -> bool:
    """Whether events are told to be some of those before: "of which 9", "9 of them", and not a list."""
    return found["of"] is not None or re.search(r"\bof (?:which|these)\b", found[0]) is not None


_FORMS = (
    (_AMONG, ("Of ", "Among ", "In ")),
    (_STARTED, (" completed",)),
    (_OF_THOSE, (" of those", " of these", " of them")),
    (_EVENTS_AMONG, (" among ", " of ")),
    (_EVENTS_OF_WHICH, ("of which", "of these", "of them")),
    (_OF_SAME, ("of these ", "of those ")),
    (_OF_COUNTED, ("including", "of them", "of these", "of whom")),
    (_IN_OF_THEM, ("of them", "of these")),
    (_EVENTS_FROM, (" (",)),
    (_DIED_OF, ("died",)),
    (_FOR, (" for ", "because of", "due to", "owing to", "result of")),
    (_SEX, ("men", "male", "boys", "girls")),
    (_COMPLETE_OF_ALL, ("omplete re", "artial re")),
    (_RESPONSE_RATE, ("omplete re", "artial re")),
    (_OF_RESPONDERS, ("of the re", "of these re", "of the deaths", "of these deaths")),
)
