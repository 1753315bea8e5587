"""Read lists of categories that exclude each other: "14 had a complete response, 51 a partial one, 33 progression".

Every number of such a list stands before its category, or every number behind it. A list of which one number is not
plain, or that is broken by another number, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from trialstats.reported import Reported

_RESPONSES = r"(?: \w+)?(?: (?:responses?|remissions?|responders?))"
LISTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "response": {
            "complete response": rf"complete(?:{_RESPONSES})?|(?-i:\bCRs?\b)",
            "partial response": rf"partial(?:{_RESPONSES})?|(?-i:\bPRs?\b)",
            "stable disease": r"stable disease|disease stabili[sz]ation|(?-i:\bSD\b)",
            "progression": r"progressive disease|(?:disease |tumou?r )?progression(?![- ]free)|(?<=had )progressed"
            r"|(?-i:\bPD\b)",
        },
        "change": {
            "improved": r"improve(?:d|ment)",
            "unchanged": r"unchanged|no change|stable",
            "worse": r"worse(?:ned|ning)?|deteriorat(?:ed|ion)",
        },
        "smoking": {
            "current": r"current smokers?",
            "former": r"(?:former|past|ex-?) ?smokers?",
            "never": r"(?:never|non-?) ?smokers?|never smoked",
        },
        "histology": {
            "adenocarcinoma": r"adenocarcinomas?",
            "squamous": r"squamous(?:[- ]cell)?(?: carcinomas?| cancers?)?",
            "large cell": r"large[- ]cell(?: carcinomas?| cancers?)?",
            "small cell": r"small[- ]cell(?: carcinomas?| cancers?)?",
        },
        "severity": {"mild": r"mild", "moderate": r"moderate(?:ly severe)?", "severe": r"severe"},
        "result": {"excellent": r"excellent", "good": r"good", "fair": r"fair|moderate", "poor": r"poor"},
        "stage": {
            "I": r"stage (?:1|I)(?:[abc]|\b)",
            "II": r"(?:stage )?II(?:[ABCabc]|\b)|stage 2\b",
            "III": r"(?:stage )?III(?:[ABCabc]|\b)|stage 3\b",
            "IV": r"(?:stage )?IV(?:[ABCabc]|\b)|stage 4\b",
        },
        "grade": {str(grade): rf"grade {grade}" + rf"|{grade}(?= in \d)" * (grade > 1) for grade in range(6)},
        "class": {
            numeral: rf"(?:NYHA )?(?:functional )?class {numeral}" if numeral == "I" else rf"(?:class )?{numeral}"
            for numeral in ("I", "II", "III", "IV")
        },
        "performance status": {
            str(grade): rf"(?:performance status|PS|ECOG)(?: (?:was|of|score))* {grade}"
            + rf"|{grade}(?= in \d)" * (grade > 0)
            for grade in range(4)
        },
        "satisfaction": {
            "very satisfied": r"(?:very|completely|extremely) satisfied",
            "satisfied": r"(?:somewhat |fairly |moderately )?satisfied",
            "neutral": r"neutral|neither",
            "dissatisfied": r"(?:somewhat |fairly |moderately )?dissatisfied",
            "very dissatisfied": r"(?:very|completely|extremely) dissatisfied",
        },
        "differentiation": {
            "well": r"well[- ]differentiated",
            "moderately": r"moderately[- ](?:well[- ])?differentiated",
            "poorly": r"poorly[- ]differentiated",
            "undifferentiated": r"undifferentiated|anaplastic",
        },
        "type": {letter: rf"type {letter}" for letter in "ABCD"},
        "Child-Pugh class": {letter: rf"Child-Pugh (?:class |grade )?{letter}" for letter in "ABC"},
    }
)
"""Scales with the words of their categories; of each nobody is in two."""
_ONE_MAY_HAVE_SEVERAL = frozenset({"severity", "grade", "type"})
"""Scales of events: a patient with several may be counted more than once."""
_WHO = (
    r"(?:patients?|participants?|subjects?|women|men|children|adults?|infants?|people|cases?|tumou?rs?|events?|reactions?"
    r"|episodes|lesions?|fractures|ulcers|wounds|eyes|knees|hips|limbs|volunteers|individuals|smokers)"
)
_NUMBER = r"(?P<number>(?<![\d.,·/<>≤≥±+=-])\d{1,5}(?:[.·]\d{1,2})?)"
_SHARE = rf"(?P<share> ?%|(?: {_WHO})? ?[(\[](?P<also>\d{{1,3}}(?:[.·]\d{{1,2}})?) ?%[)\]])?"
_LEADS = (
    r"(?:(?:of (?:the |these |all )?(?:(?P<of>\d{1,5}) )?)?"
    + _WHO
    + r" )?(?:(?:had|has|with|were|was|showed|achieved|experienced|developed"
    r"|having|obtained|attained|presented|remained|are"
    r"|who|in(?= (?:complete|partial) remission)|a|an|as|the|considered|rated|classified|graded"
    r"|confirmed|judged) ){0,4}"
)
_TO_NUMBER = (
    r"(?: (?:" + _WHO + r"|disease|toxicity|events?|in|was|were|is|seen|observed|noted|occurred|of|for)\b){0,4}"
    r"(?:,|:| =|=)? ?(?:in )?(?:[(\[] ?)?(?:n ?= ?)?"
)
_GAP = re.compile(r"[^0-9.;]{0,55}|[^0-9.]{0,30};[^0-9.]{0,25}")
_NOT_ALONE = re.compile(
    r"\b(?:or|plus|at least|not?|without|overall|v|vs|versus|compared|whereas|former|than|score|median|mean)\b"
    r"|[<>≤≥/+-]$|/",
    re.IGNORECASE,
)
_OR_LAST = re.compile(r"[)\]]?,? or (?:an? )?")
"""What stands before the last of categories that each have their number."""
_TOTAL = re.compile(
    r"(?:\b(?:of|among|in|for|all|were|included|enrolled|treated) (?:the |these |all )?"
    r"|(?:^|(?<=\. ))[\s(]*(?:the |these |all )?)(?P<n>\d{1,5}) "
    rf"(?:[a-z-]{{1,20}} ){{0,3}}?{_WHO}\b",
    re.IGNORECASE,
)
_TOTAL_BEHIND = re.compile(
    rf"[),]{{0,2}} ?(?:of|among|in) (?:the |these |all )?(?P<n>\d{{1,5}}) (?:[a-z-]{{1,20}} ){{0,2}}?{_WHO}\b"
)
_BEFORE = 160


@dataclass(frozen=True, slots=True)
class Category:
    """One category of a list, as printed."""

    label: str
    number: Reported
    share: Reported | None
    """The percentage in brackets behind a count."""
    start: int
    end: int
    of: int | None = None
    """The number of patients that is printed with it."""


_OUTCOMES = frozenset({"response", "change", "result", "satisfaction"})
"""Scales whose percentages are of all patients; of stage II a percentage may tell how many of these survived."""
_IS_TOLD = re.compile(
    r"^(?:the )?(?:(?:baseline|initial|pre-?treatment|at (?:baseline|entry|enrolment|enrollment|diagnosis),?(?: "
    r"the)?) )?"
    r"(?:histolog\w+|tumou?r (?:histology|type)|(?:ECOG )?performance status|smoking status) (?:was|were)\b"
    r"|(?:^|[;:,] )(?:and )?(?:the )?(?:disease|cancers?|tumou?rs?)(?: stage)?(?: (?:at|on) (?:study )?[a-z]{4,14})?"
    r" (?:was|were) (?:of )?(?:stage|I\b)",
    re.IGNORECASE,
)
_IS_GRADED = re.compile(
    r"\b(?:graded|rated|classified|categori[sz]ed|judged|scored|assessed)(?: [a-z-]+){0,6} as\b"
    r"|\bseverity (?:was|were)\b",
    re.IGNORECASE,
)
"""Words that give each patient one grade."""
_EVENTS = re.compile(r"adverse|toxic|events?\b|reactions?\b|side[- ]effect|symptoms\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CategoryList:
    """Categories of one scale that were told of the same patients."""

    scale: str
    members: tuple[Category, ...]
    total: int | None
    of_all: bool = True
    """Whether its percentages are surely of all patients."""

    @property
    def may_overlap(self) -> bool:
        """Whether a patient may be counted in two of them."""
        return self.scale in _ONE_MAY_HAVE_SEVERAL


@cache
def _forms(scale: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    labels = "|".join(f"(?P<c{at}>{words})" for at, words in enumerate(LISTS[scale].values()))
    first = re.compile(rf"{_NUMBER}{_SHARE} {_LEADS}\b(?:{labels})(?![\w-])", re.IGNORECASE)
    last = re.compile(rf"(?<![\w-])(?:{labels})(?![\w-]){_TO_NUMBER}{_NUMBER}{_SHARE}(?![\d%]|[.·,]\d)", re.IGNORECASE)
    return first, last


@cache
def _stems(scale: str) -> re.Pattern[str]:
    return re.compile("|".join(LISTS[scale].values()), re.IGNORECASE)


_HINTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "response": ("partial", "PR"), "change": ("worse", "deteriorat"), "smoking": ("smoker",),
        "histology": ("squamous",), "severity": ("moderate",), "result": ("poor",), "stage": ("tage II",),
        "grade": ("rade 2", "rade 3"), "class": ("lass II",),
        "performance status": ("status 0", "status was 0", "PS 0", "ECOG 0"),
        "satisfaction": ("dissatisfied",), "differentiation": ("poorly",), "Child-Pugh class": ("Child-Pugh",),
        "type": ("type B",),
    }
)  # fmt: skip
"""One of these stands in every list of a scale; it is looked for first."""


def find_category_lists(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[CategoryList]:
    """Yield the lists of three or more categories that stand in one sentence.

    Parameters
    ----------
    text : str
    sentences : sequence of tuple
        Where the sentences of the text begin and end.

    Examples
    --------
    >>> text = "Of 54 patients, 3 (6%) had CR, 17 (31%) had PR and 22 (41%) had SD."
    >>> [(one.total, [member.number.text for member in one.members]) for one in find_category_lists(text, [(0, 67)])]
    [(54, ['3', '17', '22'])]
    """
    scales = [scale for scale, hints in _HINTS.items() if any(hint in text for hint in hints)]
    for begin, stop in sentences if scales else ():
        for scale in scales:
            if any(hint in text[begin:stop] for hint in _HINTS[scale]):
                best = max((_runs(text, scale, form, begin, stop) for form in _forms(scale)), key=_length)
                for run in best:
                    total = _total(text, run, begin, stop)
                    yield CategoryList(scale, tuple(run), total, _of_all(scale, text[begin:stop]))


def _of_all(scale: str, sentence: str) -> bool:
    if scale in _ONE_MAY_HAVE_SEVERAL:
        return _IS_GRADED.search(sentence) is not None and not _EVENTS.search(sentence)
    return scale in _OUTCOMES or _IS_TOLD.search(sentence) is not None


def _length(runs: list[list[Category]]) -> int:
    return max((len(run) for run in runs), default=0)


def _runs(text: str, scale: str, form: re.Pattern[str], begin: int, stop: int) -> list[list[Category]]:
    names = list(LISTS[scale])
    runs: list[list[Category]] = [[]]
    for found in form.finditer(text, begin, stop):
        at = next(k for k in range(len(names)) if found[f"c{k}"] is not None)
        one = _category(names[at], found)
        last = runs[-1][-1] if runs[-1] else None
        between = "" if last is None else text[last.end : found.start()]
        goes_on = (
            last is None
            or (_GAP.fullmatch(between) and (not _NOT_ALONE.search(between) or _OR_LAST.fullmatch(between))
                and (last.number.unit == one.number.unit))
        )  # fmt: skip
        if not goes_on or any(member.label == one.label for member in runs[-1]):
            runs.append([])
        runs[-1].append(one)
    return [run for run in runs if len(run) > 2]


def _category(label: str, found: re.Match[str]) -> Category:
    digits = found["number"].replace("·", ".")
    percent = found["share"] is not None and found["also"] is None
    share = None if found["also"] is None else Reported(found["also"].replace("·", ".") + "%")
    of = found.groupdict().get("of")
    number = Reported(digits + ("%" if percent else ""))
    return Category(label, number, share, found.start(), found.end(), int(of) if of else None)


def _total(text: str, run: Sequence[Category], begin: int, stop: int) -> int | None:
    """Return the number of patients named before a list, or right behind its last number; the largest of several."""
    start, end = min(one.start for one in run), max(one.end for one in run)
    found = [int(one["n"]) for one in _TOTAL.finditer(text, max(begin, start - _BEFORE), start)]
    behind = _TOTAL_BEHIND.match(text, end, stop)
    found += [int(behind["n"])] if behind is not None else []
    found += [one.of for one in run if one.of is not None]
    return max(found, default=None)
