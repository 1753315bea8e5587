"""Doses of one drug that a text tells results of, though no sentence lists them as alternatives."""

from __future__ import annotations

import re
from collections import Counter

from trialstats.sources.text.groups.doses import dose_lists
from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.prose import Phrase, Prose

_DOSE = re.compile(
    r"(?<![\w.,/-])(?P<number>[0-9]+(?:[.·][0-9]+)?)[ -]?(?P<unit>(?:mg|[uµμ]g)(?:/(?:kg|m2))?|mcg|g|iu)(?![\w%/])"
)
_HOW = r"(?: (?:once|twice) (?:daily|weekly)| daily| weekly)?"
_OF = re.compile(rf"{_HOW}(?: doses?)?(?: of)? (?P<drug>[a-z]{{6,}})\b")
_LAST_WORD = re.compile(r"(?<![\w-])([a-z]{6,}) $")
_PEOPLE = re.compile(rf"{_HOW}(?: dose| [a-z]{{6,}})? (?:group|arm|cohort|patients|recipients|dose)\b")
_LED_TO = re.compile(
    r"\b(?:treated with|receiv(?:ed|ing)|versus|vs\.?|with|at|for|and|in the) (?:(?:the|an?) )?(?:[a-z]{6,} )?$"
)
_OFTEN = 3
_BEFORE = 60


def told_doses(prose: Prose) -> list[Phrase]:
    """Return the arms of a text that tells results of several doses of one drug: "50 mg and 200 mg of A".

    Parameters
    ----------
    prose : Prose
    """
    text = prose.text
    by_drug: dict[tuple[str, str], dict[str, tuple[int, int]]] = {}
    often: Counter[tuple[str, str]] = Counter()
    for match in _DOSE.finditer(text):
        start, end = match.span()
        number, unit = match["number"], match["unit"]
        if _PEOPLE.match(text, end) is not None or _LED_TO.search(text, max(0, start - 40), start) is not None:
            often[number, unit] += 1
        drug = _drug(text, start, end)
        if not drug:
            continue
        of = by_drug.setdefault((drug, unit), {})
        of.setdefault(number, (start, end))
        for doses in dose_lists(text, max(0, start - _BEFORE), end + _BEFORE):
            for dose in doses if doses[0].start <= start and doses[-1].end >= match.end("number") else ():
                of.setdefault(dose.number, (dose.start, dose.end))
    for (drug, unit), of in by_drug.items():
        told = [number for number in of if often[number, unit]]
        if len(told) > 1 and sum(often[number, unit] for number in told) >= _OFTEN:
            arms = [Phrase(*of[number], drug, unit=unit) for number in told]
            control = text.find("placebo")
            return [*arms, Phrase(control, control + len("placebo"))] if control >= 0 else arms
    return []


def _drug(text: str, start: int, end: int) -> str:
    """Return the drug whose dose stands at a place: the word behind it, or else the word before."""
    behind, before = _OF.match(text, end), _LAST_WORD.search(text, max(0, start - 30), start)
    for word in (behind["drug"] if behind is not None else "", before[1] if before is not None else ""):
        if word and DRUG.fullmatch(word) is not None:
            return word
    return ""
