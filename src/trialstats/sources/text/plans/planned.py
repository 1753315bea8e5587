"""What was planned, assumed or set as a limit, and is no result."""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.document import LIMIT, Document, Interval

_PLANNED = re.compile(
    r"\b(?:power|sample size|to detect"
    r"|(?<!-)(?<!interferon )(?<!ifn )(?<!factor )alpha\b(?!-)|significance level|planned|hypothes|assum"
    r"|anticipat|expect|were considered|will be|(?:was|were) to be|would close|would be (?:stopped|closed|required)"
    r"|sought|goal|minimal(?:ly)? (?:clinically )?important|set at|declared if|bioequivalence"
    r"|considered (?:statistically )?significant)"
)
# One of these stands in all words in which the expression finds anything.
_STEMS = (
    "expect", "power", "assum", "hypothes", "significan", "planned", "detect", "sample s", "alpha", "anticipat",
    "were consider", "will be", "set at", "declared if", "bioequival", " to be", "would ", "sought", "goal", "minimal",
)  # fmt: skip
# What only looks so: "as expected", "life expectancy", "a planned interim analysis", "muscle power".
_ONLY_LOOKS_SO = re.compile(
    r"\b(?:as|than)(?: [a-z]+){0,2} (?:expected|anticipated|planned)\b|\blife expectanc\w+"
    r"|\b(?:the|all|an?|with) expected (?:[a-z-]+ ){0,2}(?:effects?|toxic\w+|events?|side|safety|profile|pattern"
    r"|reactions?)"
    r"|\bun(?:expected|planned)\w*"
    r"|\bplanned (?:interim|final|primary|secondary|subset|subgroup|sensitivity|exploratory|analys\w+|patients|switch"
    r"|doses?|delivery|visits?|treatment|therapy|surgery|cycles|caesarean|cesarean|vaginal|induction)\b"
    r"|\b(?:muscle|peak|mean|refractive|handgrip|maxim\w+|leg|aerobic|explanatory|predictive|reduced) power\b"
    r"|\bhypothes[ei]s[ -](?:tests?|testing|generating)\b"
    r"|\bwere considered (?:alone|to|possibly|related|unrelated|drug|treatment|likely)\b|\(alpha\)|\bpowerful\w*"
)
# What is a limit only right behind its word or before it: 12% elsewhere in a sentence on a margin is a result.
_LIMIT = re.compile(
    r"\b(?:defined as|definition|(?<!excision )(?<!resection )(?<!surgical )(?<!positive )(?<!negative )margin"
    r"(?! (?:group|status))|threshold|acceptance)\b"
)
_REACHED = re.compile(
    r"\b(?:recover|return|r[io]se|f[ae]ll|increas|decreas|improv|reduc|drop|declin|reach|cross|exceed|attain|achiev)"
    r"[a-z]*(?: (?:to|above|below|beyond|of))?(?: (?:the|an?))?(?: [a-z-]+){0,2} thresholds?\b"
)
"""A limit that was reached: "recovery to the entry threshold was seen in 40%"."""
_LIMIT_STEMS = ("defin", "margin", "threshold", "acceptance")
_SEVERAL = re.compile(r"\d[^.;]{0,60}\bv(?:ersu)?s\b|\bp ?[<=]|\b[0-9]+ ?(?:of|/) ?[0-9]+|\bci\b")
_WITHIN_BEFORE = re.compile(
    r"\bwithin (?:the |a )?(?:[a-z-]+ ){0,4}(?:bounds|limits|range|interval|criteri(?:a|on)|margins?)(?: of)? ?[(\[]$"
)
_WITHIN = re.compile(r"\b(?:within|inside|between|contained in|lay in|fell in) (?:the |a )?(?:[a-z-]+ ){0,4}$")
_BEHIND, _BEFORE = 110, 30
"""Characters from a word for a limit to its number, and from a number to such a word behind it."""


def is_planned(words: str) -> bool:
    """Whether words tell what was planned or assumed.

    Examples
    --------
    >>> is_planned("we expected relief in 40%"), is_planned("relief was seen in 40%, as expected")
    (True, False)
    """
    if not any(stem in words for stem in _STEMS) or _PLANNED.search(words) is None:
        return False
    return _PLANNED.search(_ONLY_LOOKS_SO.sub(" ", words)) is not None


def tells_limit(sentence: str) -> str:
    """Return ``limit`` for a sentence that only tells one, ``near`` for one that holds results too, else nothing."""
    if not any(stem in sentence for stem in _LIMIT_STEMS) or _LIMIT.search(_REACHED.sub(" ", sentence)) is None:
        return ""
    return "limit" if _SEVERAL.search(sentence) is None else "near"


def passed_as_limits(document: Document, interval: Interval) -> bool:
    """Whether bounds without an estimate are what an interval had to lie within: "the 90% CI was within 80 to 125%".

    Their tokens are then marked, so that nothing else is read of them.

    Parameters
    ----------
    document : Document
    interval : Interval
    """
    if interval.estimate >= 0 or interval.label < 0:
        return False
    text, begin = document.tokens.text, document.tokens.starts[interval.label]
    start = max(document.tokens.starts[document.sentence(interval.label)[0]], begin - 70)
    lower = min((one for one in (interval.lower, interval.upper) if one >= 0), default=interval.label)
    between = document.text_between(interval.label, lower) + " "
    if _WITHIN.search(between) is None and _WITHIN_BEFORE.search(text, start, begin) is None:
        return False
    for bound in (interval.lower, interval.upper):
        if bound >= 0:
            document.used[bound] = LIMIT
    return True


def is_near_a_limit(before: str, after: str) -> bool:
    """Whether a word for a limit stands right before or behind a number."""
    return _LIMIT.search(before[-_BEHIND:]) is not None or _LIMIT.search(after[:_BEFORE]) is not None
