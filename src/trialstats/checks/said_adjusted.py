"""What a text says, in any sentence, of an analysis that adjusts, weighs, matches or stratifies all its effects.

Not a check: the checks of ratios and differences against the values of both arms ask it before they say that the text
is silent. A label of one effect ("adjusted odds ratio") speaks of that one alone, and strata, weights or a match of
the groups that were allocated, of doses or of many comparisons move no effect.
"""

from __future__ import annotations

import re

from trialstats.checks.another_analysis import combined, design_excuse
from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Basis, Estimate
from trialstats.sources.text.tokens.expressions import Stemmed

_EFFECTS = (
    r"(?:outcomes?|odds|risks?|ratios?|differences?|effects?|rates?|estimates?|analys[ei]s|groups?|models?|results?)"
)
_ADJUSTS = Stemmed(
    r"adjust(?:ed|ing|ments?)(?: (?:were|was) made)? for\b"
    r"|\badjusted(?: [a-z-]{1,20}){0,2} (?:analys[ei]s|models?|regressions?|estimates?)\b"
    r"|multivaria(?:ble|te)(?:[- ](?:adjusted|binary|log-?binomial|modified|cox|poisson|logistic|linear|mixed"
    r"|proportional|hazards?)){0,4}[- ](?:analys[ei]s|models?|regressions?|adjust)"
    r"|\bconditional (?:logistic|poisson|regression)"
    r"|\bpropensity\b|\biptw\b|inverse[- ]probability|overlap[- ]weight"
    r"|\bcorrect(?:ed|ing|ion) for\b|\bcontroll(?:ed|ing) for\b|\baccounting for\b|\ballowing for\b|\bnet of\b"
    r"|\btak(?:en|ing) (?:[a-z-]{1,20} ){0,4}?into account\b|\binto account\b"
)
"""What speaks of covariates or weights."""
_STRATA = Stemmed(
    r"mantel[- ]haenszel|\bwith(?:in)? (?:the )?strata\b|\bwith stratification\b"
    rf"|\b{_EFFECTS}(?: [a-z]{{1,12}}){{0,2}} stratified (?:by|for|on|according)\b"
    r"|\bstratified(?: [a-z-]{1,20}){0,2} (?:analys[ei]s|models?|regressions?|estimates?|odds|cox|logistic|test)\b"
)
"""What speaks of strata alone."""
_NO_EFFECT = re.compile(
    r"\b(?:not|un|without|no|never|nor|dose|doses|dosage|energy|price|prices|p|alpha|significance|placebo|sample size)"
    r"(?: [a-z]{1,12})?[ -]*$",
    re.IGNORECASE,
)
"""Before what adjusts nothing, or adjusts another thing than an effect."""
_OF_ELSE = re.compile(
    r" (?:(?:more than |about |nearly |almost )?(?:half|most|all|\d[\d.]* ?%|\d+ (?:hours|days|weeks|months|of))"
    r"|[ a-z-]{0,20}\b(?:multipl|placebo|tolerab|toxicit|inflation|attrition|drop-?outs?|loss(?:es)? to|withdrawals?"
    r"|interim|repeated (?:testing|looks)))",
    re.IGNORECASE,
)
"""Behind it: what moves a P value or a size, or has a share ("accounted for half of the deaths")."""
_ALLOCATION = re.compile(r"andomi[sz]|allocat|\bassign|minimi[sz]|sample size|subgroup", re.IGNORECASE)


def said_adjusted(context: Context, claim: Estimate) -> str:
    """Return the words of a text for an analysis that adjusts all its effects, this one too; empty if none.

    An effect that is called unadjusted, or beside which an adjusted one of its kind stands, is none of these.
    """
    text = context.paper.text
    if text is None or claim.adjusted is False:
        return ""
    return _found(text, _ADJUSTS) or _found(text, _STRATA, allocation=_ALLOCATION)


def told_by(context: Context) -> str:
    """Return what tells of an analysis, or is silent: the text, or the table of a paper without one."""
    return "the table" if context.paper.text is None and context.paper.basis is Basis.STRUCTURED else "the text"


def why_adjusted(context: Context, claim: Estimate) -> str:
    """Return why an effect that is called adjusted is not held against the values of both arms."""
    if (words := context.paper.heard.get(claim.id)) is not None:
        return f"the table speaks of another analysis than the crude one (“{words}”)"
    return f"{told_by(context)} says that it is adjusted"


def said_only_stratified(context: Context) -> bool:
    """Whether a text speaks of strata, and of nothing else that adjusts."""
    text = context.paper.text or ""
    return not _found(text, _ADJUSTS) and bool(_found(text, _STRATA, allocation=_ALLOCATION))


_CALLED = re.compile(r"stratif|mantel|cochran|\bcmh\b", re.IGNORECASE)
_MORE_THAN_STRATA = re.compile(
    r"adjust|multivari|model|regress|propensity|weighted|imput|covaria|pooled|standardi|\bgee\b|ancova", re.IGNORECASE
)
_NEAR = 120


def called_stratified(context: Context, claim: Estimate) -> bool:
    """Whether the words about a ratio call it stratified and speak of no model or covariate."""
    text, start, end = context.paper.text, claim.where.start, claim.where.end
    if text is None or start is None or end is None:
        return False
    begin, stop = sentence_of(text, start)
    near = text[max(begin, start - _NEAR) : min(stop, end + _NEAR)]
    if _CALLED.search(near) is None or _MORE_THAN_STRATA.search(near) is not None:
        return False
    return not (combined(context) or design_excuse(context))


def _found(text: str, words: Stemmed, allocation: re.Pattern[str] | None = None) -> str:
    if not words.could_find(text):
        return ""
    for found in words.finditer(text):
        begin, stop = sentence_of(text, found.start())
        if _NO_EFFECT.search(text, max(begin, found.start() - 24), found.start()):
            continue
        if _OF_ELSE.match(text, found.end(), min(stop, found.end() + 40)):
            continue
        if allocation is not None and allocation.search(text, max(begin, found.start() - 90), found.start()):
            continue
        return found[0]
    return ""
