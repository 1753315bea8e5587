"""Arms that differ by a dose only: "300 or 600 mg of A", "A 10, 20 or 40 mg", "12 or 6 months of A"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from trialstats.sources.text.groups.prose import Phrase, Prose
from trialstats.sources.text.groups.trimmed import extents, trimmed

_NUMBER = r"(?:[0-9]+(?:[.·][0-9]+)?|high|low|medium|intermediate|moderate|higher|lower)"
_UNIT = (
    r"(?:mg|g|[uµμ]g|mcg|micro ?g|micrograms?|ng|ml|iu|u|units?|mmol|gy|miu|months?|weeks?|days?|years?|hours?|h"
    r"|cycles?|courses?|sessions?|doses?|fractions?|mm ?hg)(?:/[a-z0-9]+)*(?![\w%])"
)
_HOW = r"(?: (?:once|twice|three times) (?:daily|weekly|a day|a week)| daily| weekly| b\.?i\.?d\.?| q\.?d\.?)?"
_SIZE = (
    r"(?: ?[(\[](?:[a-z0-9 ]{1,12}[;,] ?)?n ?= ?[0-9,]+(?:[;,] (?:group|arm) [a-z0-9]{1,3})? ?[)\]]| \([0-9]{2,5}\))?"
)
_ONE = rf"{_NUMBER}(?:-(?=[ ,])|[ -]?{_UNIT})?{_HOW}{_SIZE}(?: {_UNIT})?"
_JOIN = (
    r"(?:,? (?:or|and|versus|vs\.?) (?:(?:at|for|during|within|after|every|by) )?(?:an? )?(?:dose of )?"
    r"|, (?!and|or|versus|vs))"
)
_LIST = re.compile(rf"(?<![\w.,/-]){_ONE}(?:{_JOIN}{_ONE}){{1,6}}")
_EACH = re.compile(
    rf"(?<![\w.,/-])(?P<number>{_NUMBER})(?:-(?=[ ,])|[ -]?(?P<unit>{_UNIT}))?{_HOW}{_SIZE}(?: (?P<late>{_UNIT}))?"
)
_BEFORE = 60
_LONGEST = 300
_FARTHEST = 700


@dataclass(frozen=True, slots=True)
class Dose:
    """One dose of a list: where it stands, its number, and its unit, which may stand behind a later one."""

    start: int
    end: int
    number: str
    unit: str


def dose_lists(text: str, start: int, stop: int) -> Iterator[list[Dose]]:
    """Yield the lists of doses in a stretch of text, in lower case.

    Parameters
    ----------
    text : str
    start, stop : int
    """
    for match in _LIST.finditer(text, start, stop):
        found: list[Dose] = []
        unit = ""
        for one in reversed(list(_EACH.finditer(text, *match.span()))):
            unit = _stem(one["unit"] or one["late"] or unit)
            if unit:
                end = one.end("unit") if one["unit"] else one.end("number")
                found.append(Dose(one.start(), end, one["number"], unit))
        found.reverse()
        if (
            len({dose.number for dose in found}) == len(found) > 1
            and len({A_DAY.sub("", dose.unit) for dose in found}) == 1
        ):
            yield found


# "20 mg/day or 5 mg twice daily", "10 and 25 mg/d" for what was called "10 mg" and "25 mg"
A_DAY = re.compile(r"/(?:d|day)$")


def _stem(unit: str) -> str:
    return unit.rstrip("s") if len(unit) > 2 else unit


def with_doses(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Put an arm for each dose in place of an arm that is introduced with several.

    Parameters
    ----------
    prose : Prose
    phrases : list of Phrase
    """
    found = list(phrases)
    for phrase, (start, end) in zip(phrases, extents(prose, phrases), strict=True):
        if phrase.head or phrase.schedule or phrase not in found or _is_placebo(prose, phrase):
            continue
        floor = max(prose.sentences[prose.sentence_at(start)][0], start - _BEFORE)
        for doses in dose_lists(
            prose.text, floor, min(end + _LONGEST // 6, prose.sentences[prose.sentence_at(start)][1])
        ):
            if doses[-1].end < start or doses[0].start > end + len(" every ") or not _apart(prose, doses):
                continue
            inner = [one for one in found if doses[0].start <= one.start <= doses[-1].end]
            drug = next(filter(None, (_without(prose, one, doses) for one in (phrase, *inner))), "")
            drug = drug or _drug_behind(prose, doses[-1].end)
            if not drug and len(inner) < len(doses):
                continue
            at = found.index(phrase)
            arms = [Phrase(dose.start, dose.end, drug, phrase.common, dose.unit) for dose in doses]
            found[at : at + 1] = arms
            found = [one for one in found if one in arms or one not in inner]
            break
    return _by_dose(prose, found)


def _is_placebo(prose: Prose, phrase: Phrase) -> bool:
    """Whether a phrase names a placebo, which the doses behind it are not of: "to placebo, 5 mg or 10 mg of A"."""
    return _PLACEBO.fullmatch(prose.words(phrase)) is not None


def _drug_behind(prose: Prose, end: int) -> str:
    """Return the drug behind the last of several doses: "5 mg (n = 20) or 10 mg (n = 21) of A"."""
    found = _OF_DRUG.match(prose.text, end)
    if found is None:
        return ""
    stop = prose.sentences[prose.sentence_at(end)][1]
    drug = trimmed(prose.flat, found.end(), min(stop, found.end() + _BEFORE))
    return prose.words(drug) if drug is not None else ""


_PLACEBO = re.compile(r"(?:(?:a|an|the|matching|matched|oral|identical) )*placebos?")
_OF_DRUG = re.compile(r"(?: ?\([^()]{0,40}\))?(?: (?:once|twice) daily| daily| per day)? of (?=[a-z])")
_LED_BY_DOSE = re.compile(rf"(?P<number>[0-9]+(?:[.·][0-9]+)?)[ -](?P<unit>{_UNIT})(?: of)?(?P<rest>.*)", re.DOTALL)


_SCHEDULE = re.compile(r"(?:once |twice )?(?:daily|weekly|monthly)")


def _by_dose(prose: Prose, phrases: list[Phrase]) -> list[Phrase]:
    """Tell arms apart by the doses that they begin with: "8 weeks of A before B", "28 weeks of A before B"."""
    led = [None if one.unit or one.common else _LED_BY_DOSE.match(prose.words(one)) for one in phrases]
    told = [match for match in led if match is not None]
    if len(told) < 2 or len({_stem(match["unit"]) for match in told}) > 1:
        return phrases
    rests = [match["rest"].strip() for match in told]
    drug = next((rest for rest in rests if rest and _SCHEDULE.fullmatch(rest) is None), "")
    if len({match["number"] for match in told}) < len(told) or any(rest[:8] != drug[:8] for rest in rests if rest):
        return phrases
    return [
        one if match is None else Phrase(one.start, one.end, drug or one.head, unit=_stem(match["unit"]))
        for one, match in zip(phrases, led, strict=True)
    ]


_OF_TIME = ("month", "week", "day", "year", "hour", "h")
_GROUPS = ("group", "arm", "treatment", "regimen", "therapy", "course", "schedule", "assignment")


def is_time(unit: str) -> bool:
    """Whether a unit is one of time.

    Parameters
    ----------
    unit : str
    """
    return unit in _OF_TIME


def dose_names(number: str, unit: str) -> list[str]:
    """Return what the text may call an arm for its dose: a time names one only where it cannot be a time point.

    Parameters
    ----------
    number, unit : str
    """
    if unit not in _OF_TIME:
        units = dict.fromkeys((unit, A_DAY.sub("", unit)))
        plain = [name for one in units for name in (f"{number} {one}", f"{number}-{one}", f"{number}{one}")]
        return plain if number[0].isdigit() else [name for name in plain if name[len(number)] in " -"]
    times = [f"{number}-{unit} {noun}" for noun in _GROUPS]
    if unit == "h":
        times += [f"<{number} h", f"≤{number} h", f"{number} h group", f"{number} h arm"]
    return [*times, f"{number} {unit}s of"]


def dose_forms(dose: str) -> list[str]:
    """Return how a dose may be written: "3.0 mg", "3.0-mg", "3.0mg", and so for "3 mg".

    Parameters
    ----------
    dose : str
    """
    plain = _NOUGHT.sub("", dose)
    return list(
        dict.fromkeys(form for one in (dose, plain) for form in (one, one.replace(" ", "-"), one.replace(" ", "")))
    )


_NOUGHT = re.compile(r"\.0(?= )")


def names_arms(text: str, dose: Dose, end: int) -> bool:
    """Whether the doses of a list that ends at a place are arms there, and no points of time.

    Parameters
    ----------
    text : str
    dose : Dose
    end : int
    """
    return dose.unit not in _OF_TIME or _ARMS_NEXT.match(text, end) is not None


_ARMS_NEXT = re.compile(
    r"s? (?:groups?|arms?|treatments?|regimens?|of|courses?|schedules?|assignments?)\b|s?,? respectively"
)


def of_doses(prose: Prose, at: int, stop: int) -> list[Phrase]:
    """Return the arms of "to 4 mg or 8 mg of A" and "to A 5 or 10 mg", where nothing else is an alternative.

    Parameters
    ----------
    prose : Prose
    at, stop : int
        Where the alternatives may stand.
    """
    for doses in dose_lists(prose.text, at, min(stop, at + _LONGEST)):
        before = prose.text[at : doses[0].start]
        if len(before) > _BEFORE or any(mark in before for mark in ".;:("):
            return []
        behind = trimmed(prose.flat, doses[-1].end, min(stop, doses[-1].end + _BEFORE))
        first = trimmed(prose.flat, at, doses[0].start)
        named = first if first is not None and _TELLING.search(prose.words(first)) else behind
        if named is None or not _apart(prose, doses):
            return []
        words = prose.words(named)
        when = _WHEN.fullmatch(prose.text, named.end, doses[0].start) if named is first else None
        words = f"{words} {when[1]}" if when is not None else words
        return [Phrase(dose.start, dose.end, words, unit=dose.unit) for dose in doses]
    return []


def of_drugs(prose: Prose, at: int, stop: int) -> list[Phrase]:
    """Return the arms of "A 5 or 10 mg, B 20 or 40 mg, or placebo": each dose of each drug, and what has none.

    Parameters
    ----------
    prose : Prose
    at, stop : int
        Where the alternatives may stand.
    """
    found: list[Phrase] = []
    drugs: set[str] = set()
    begin = at
    for doses in dose_lists(prose.text, at, min(stop, at + _LONGEST)):
        named = _NAMED.fullmatch(prose.text, begin, doses[0].start)
        if named is None:
            break
        drugs.add(named["drug"])
        found += [Phrase(dose.start, dose.end, named["drug"], unit=dose.unit) for dose in doses]
        begin = doses[-1].end
    if len(drugs) < 2:
        return []
    other = _OTHER.match(prose.flat, begin, stop)
    last = trimmed(prose.flat, other.end(), min(stop, other.end() + _BEFORE)) if other is not None else None
    return [*found, last] if last is not None else found


_NAMED = re.compile(
    r"(?: (?:once|twice) daily| daily)?[,;]? ?(?:(?:or|and|versus|vs\.?|to|either) )*(?P<drug>[a-z][a-z -]{3,40}) "
)
_OTHER = re.compile(r"(?: (?:once|twice) daily| daily)?,? (?:or|and) (?:to )?")
_WHEN = re.compile(r" (within|after|for|at|every|by) ")


_TELLING = re.compile(r"(?!(?:dose|dosage|total|duration|single|daily|either|treatment|therapy|every)\b)\b[a-z]{4}")


def _without(prose: Prose, phrase: Phrase, doses: list[Dose]) -> str:
    """Return the words for an arm that stand before its doses, or else those behind."""
    start, end = max(phrase.start, 0), max(phrase.end, doses[-1].end)
    before, behind = prose.text[start : max(start, doses[0].start)], prose.text[doses[-1].end : end]
    for words in (before, behind):
        if _TELLING.search(words):
            return _LEADING_OF.sub("", words.strip(" ,(["))
    return ""


_LEADING_OF = re.compile(r"^(?:\([^()]*\) )?of ")


def _apart(prose: Prose, doses: list[Dose]) -> bool:
    """Whether the text speaks elsewhere of two of the doses at least."""
    start, stop = prose.sentences[prose.sentence_at(doses[0].start)]
    bare = A_DAY.sub("", doses[0].unit)
    unit = re.escape(bare)
    seen: set[str] = set()
    wanted = {dose.number for dose in doses}
    for begin, end in ((0, start), (stop, min(len(prose.text), stop + 20 * _FARTHEST))):
        for match in re.finditer(rf"(?<![\w.,])({_NUMBER})[ -]?{unit}", prose.text[begin:end]):
            seen.add(match[1])
        for other in dose_lists(prose.text, begin, end):
            seen |= {dose.number for dose in other if A_DAY.sub("", dose.unit) == bare}
    return len(seen & wanted) > 1
