"""The arms of a placebo-controlled trial of one drug, where no sentence lists the two as alternatives."""

from __future__ import annotations

import re
from collections import Counter

from trialstats.sources.text.groups.drugs import DRUG
from trialstats.sources.text.groups.prose import Phrase, Prose, word_set

_CONTROLLED = re.compile(r"\bplacebo[- ]controlled\b")
# "a placebo-controlled, crossover, efficacy study of zinc cream"
_STUDY_OF = re.compile(
    r"(?:,? [a-z-]+){0,6}? (?:study|trial) (?:of|with)"
    r" (?:(?:an?|the|single|oral|daily|weekly|topical|intravenous|inhaled|doses?|of|efficacy|safety|effects?|and"
    r"|[0-9.]+ ?(?:mg|g|[uµμ]g|ml|iu)(?:/[a-z]+)?) ){0,8}(?P<name>[a-z]{5,})\b"
)
_HELD = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|than(?: with| in| for| on)?|after|on|receiving|received|to|and|with|for)"
    r"(?: the)? placebo\b(?![- ]?controlled)"
)
_SEVERAL_TRIALS = re.compile(r"\bmeta-?analys|\bsystematic(?:ally)? review|\b(?:pooled|trials were|overview)\b")
_NO_DRUG = word_set(
    "adults children women patients subjects participants infants people treatment therapy weeks months years parallel"
    " early study trial postmenopausal healthy older persons medication drugs supplement vaccine nutrition antibiotic"
)
_OFTEN = 3


def of_placebo_controlled(prose: Prose) -> list[Phrase]:
    """Return the drug and the placebo of a text that speaks of one placebo-controlled trial of one drug.

    Parameters
    ----------
    prose : Prose
    """
    text = prose.text
    controlled = _CONTROLLED.search(text)
    if controlled is None or _SEVERAL_TRIALS.search(text) is not None:
        return []
    held = _HELD.search(text)
    if held is None:
        return []
    drug = _one_drug(text) or _studied(text)
    at = text.find(drug) if drug else -1
    if at < 0:
        return []
    placebo = held.end() - len("placebo")
    return [Phrase(at, at + len(drug)), Phrase(placebo, held.end())]


def _one_drug(text: str) -> str:
    """Return the one drug that a text speaks of often, where it speaks of no other so."""
    often = [drug for drug, times in Counter(DRUG.findall(text)).items() if times > 1]
    return often[0] if len(often) == 1 and text.count(often[0]) >= _OFTEN else ""


def _studied(text: str) -> str:
    for controlled in _CONTROLLED.finditer(text):
        study = _STUDY_OF.match(text, controlled.end())
        if study is not None and study["name"] not in _NO_DRUG and text.count(study["name"]) >= _OFTEN:
            return study["name"]
    return ""
