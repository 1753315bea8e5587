"""The words beside a number that make it a result: who or what is counted, and ratios by their names."""

from __future__ import annotations

import re

# What is counted: people, and what happens to them.
PEOPLE = (
    r"(?:patients?|participants?|subjects?|wom[ae]n|m[ae]n|children|child|adults?|infants?|neonates?|newborns?|boys?"
    r"|girls?|volunteers?|individuals?|people|persons?|pregnancies|mothers|males?|females?|students|residents"
    r"|adolescents|controls|cases|families|eyes|teeth|hips|knees|lesions|tumou?rs|implants|embryos|physicians|nurses"
    r"|caregivers|households|respondents|survivors|recipients|smokers|veterans|athletes|couples|workers|members"
    r"|users|clients|completers|non-?completers|vaccinees)"
)
EVENTS = (
    r"(?:deaths?|events?|episodes|infections|strokes?|recurrences?|relapses?|fractures|falls|complications?"
    r"|withdrawals|responses?|responders|progressions?|failures|births|hospitali[sz]ations|admissions|exacerbations"
    r"|adverse|serious|bleeds?|bleeding|cancers?|infarctions|perforations|leaks|discontinuations|dropouts?|drop-outs"
    r"|opportunities|attacks|seizures|reactions|procedures|operations|visits|primary|partial|complete|major|minor"
    r"|fatal|nonfatal|non-fatal|cardiovascular|treatment-related|treatment|toxic|grade|trials|studies|articles"
    r"|reports|samples|isolates|incident|crs?|prs?|pd|flares|h(?:a)?emorrhages|thromboses|ruptures|miscarriages|stillbirths"
    r"|amputations|dislocations|suicides|revisions|readmissions|reoperations|improvers)"
)
COUNTED = re.compile(
    rf" (?!(?:groups?|arms?|doses?|times|and|or|to|of|in|vs|versus"
    r"|primary care|treatment (?:options|groups|arms|regimens|sites))\b)"
    rf"(?:[a-z][a-z-]{{1,20}} ){{0,3}}?(?:{PEOPLE}"
    rf"|{EVENTS})\b"
)
DID = re.compile(
    r" (?:of (?:them|these|whom|those) )?(?:withdrew|died|were|was|had|did|received|completed|discontinued"
    r"|experienced|developed|relapsed|responded|achieved|dropped|refused|reported|progressed|remained|met|underwent"
    r"|showed|required|occurred|declined|failed)\b"
)
OF_STUDIES = re.compile(
    rf" (?:(?!(?:of|in|from|with|by|and|or|to|on|at|for|{PEOPLE}|deaths?|events?)\b)[a-z][a-z-]{{0,20}},? ){{0,5}}?"
    r"(?P<what>(?:trials|studies|articles|papers|rcts|publications|reviews|meta-analyses|citations|abstracts)\b)"
    rf"(?! (?:{PEOPLE}|medications?|drugs?|visits?|sites?|cent(?:er|re)s?)\b)"
)
"""What counts studies, and none of those who took part in them: "12 randomised trials"."""
TREATED = re.compile(r" (?:given|on|receiving|assigned|treated|allocated|who|with|without|in the)\b")
COUNTED_BEFORE = re.compile(rf"\b(?:{EVENTS}|{PEOPLE})\b")
NOT_COUNTED = re.compile(
    r"(?:\b(?:at least|more than|less than|fewer than|up to|approximately|every|the|last|first|next|least|most|or"
    r"|than|any|each|both|into|between|score of|by|one (?:of|to)|mean of|median of|average of"
    r"|to (?:prevent|avoid|avert|save|detect|cause|gain)) ?|[-/<>≤≥=×] ?|(?<!vs)\. ?)$"
)
QUANTITIES = re.compile(
    r"\b(?:scores?|(?:means?|medians?|averages?)(?! (?:duration of )?follow)"
    r"|levels?|concentrations?|duration|time|ratios?|index"
    rf"|number of (?!(?:[a-z-]{{1,20}} ){{0,3}}?(?:{PEOPLE}|{EVENTS})\b))"
)
_BY_NAME = re.compile(
    r"(?:hazards? ratios?|odds ratios?|(?:relative|risk|rate|prevalence) (?:risk|ratio)s?|\b[aAcCsSmM]{0,2}(?:hr"
    r"|rr|HR|RR|OR)s?|relative risks?)\b[\])]{0,2}"
    r"(?: (?:relative to|versus|vs\.?|compared (?:with|to)) [A-Za-z ]{1,24}"
    r"| for [^()0-9.;]{1,50}| \([A-Za-z]{1,4}\)| in [^()0-9.;]{1,30})?"
    r"(?:,| of| was| is|:| =|=| were| to be| ?\()? ?(?:only |about |approximately )?$"
)


# One of these stands in all words in which the expression finds anything.
_NAMES = ("ratio", "risk", "hr", "rr", "HR", "RR", "OR")


def ratio_before(words: str) -> re.Match[str] | None:
    """Return the name of a ratio at the end of some words, capitals kept: "the hazard ratio for death was "."""
    return _BY_NAME.search(words) if any(name in words for name in _NAMES) else None


def ratio_named(words: str) -> str:
    """Return the ratio that some words name."""
    words = words.lower()
    if "hazard" in words or re.search(r"hrs?\b", words):
        return "hazard-ratio"
    if "odds" in words or re.search(r"\b[a-z]{0,2}ors?\b", words):
        return "odds-ratio"
    return "risk-ratio"
