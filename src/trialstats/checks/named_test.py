"""Which test and which analysis a text names beside a P value, and which it names anywhere."""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.checks.check import Context
from trialstats.claims.model import Estimate
from trialstats.sources.text.tokens.expressions import Stemmed

_TEST = re.compile(
    r"stratif|adjust|weight|log-? ?rank|\bcox\b|wald|fisher|chi|χ|wilcoxon|mann|rank|cochran|mantel|t[- ]test|an[oc]+va"
    r"|score|likelihood|exact|permut|inferiority|superiority|equivalen|interaction|trend|margin|heterogen|homogen|bonferroni"
    r"|multiplicity|paired|corrected",
    re.IGNORECASE,
)
_ANYWHERE = re.compile(
    r"wilcoxon|mann[- ]whitney|\brank|permutation|non-?parametric|fisher|exact test|cross-?over|\bpaired|within-subject"
    r"|(?:non-?)inferiority|one-(?:sided|tailed)|hodges",
    re.IGNORECASE,
)
"""Tests and designs by which the P value of a difference need not be that of its interval."""
_NEAR = 70
_ADJUSTED = re.compile("adjust|stratif|multivar|weight", re.IGNORECASE)
_BACK_TO = re.compile(r"[\d;(\[][^\d;(\[]*$")
_P = re.compile(r"[\s,]*(?:\b[Pp][ -]?(?:values?)?)?[\s=<>≤≥]*$")
_UP_TO = re.compile(r"[\d;.)\]]")


def with_test(context: Context, claim: Estimate) -> Estimate:
    """Return a claim whose P value bears the words for a test that stand right beside it, if the text has such words.

    Examples
    --------
    >>> from trialstats import extract
    >>> from trialstats.catalogue import load_catalogue
    >>> paper = extract("HR 0.62 (95% CI, 0.42 to 0.91; stratified log-rank test, P = .14)")
    >>> with_test(Context(paper, load_catalogue()), paper.claims[0]).p.test
    'stratified log-rank test'
    """
    text = context.paper.text
    place = next(((start, end) for name, start, end in claim.where.numbers if name == "p"), None)
    if text is None or place is None or claim.p is None:
        return claim
    before = text[max(0, place[0] - _NEAR) : place[0]]
    cut = _BACK_TO.search(before)
    own = before[cut.start() + 1 :] if cut else before
    before = _P.sub("", own)
    after = text[place[1] : place[1] + _NEAR]
    stop = _UP_TO.search(after)
    words = [part.strip(' ,)]"') for part in (before, after[: stop.start()] if stop else after) if _TEST.search(part)]
    said = " ".join(words) or claim.p.test or _of_all_tests(text)
    if said == claim.p.test:
        return claim
    named = replace(claim, p=replace(claim.p, test=said))
    if not claim.adjusted or not _ADJUSTED.search(said or ""):
        return named
    # A word that stands with the P value alone is not said of the estimate.
    start = max(text.rfind(". ", 0, place[0]), 0)
    elsewhere = text[start : place[0] - len(own)] + text[place[1] + _NEAR : claim.where.end]
    return named if _ADJUSTED.search(elsewhere) else replace(named, adjusted=None)


def _of_all_tests(text: str) -> str | None:
    """Return the stratified test of which a text says, away from its results, that its P values are."""
    found = _STRATIFIED_TEST.search(text)
    return found[0] if found and not _STRATIFIED_MODEL.search(text) else None


_STRATIFIED_TEST = Stemmed(
    r"\bstratified (?:log-? ?rank|cochran|mantel|cmh|wilcoxon)[a-z -]{0,30}"
    r"|\bp[- ]values?\b(?:(?!\bnot?\b)[^.;()]){0,40}\b(?:stratified|adjusted)\b(?! for (?:multipl|bonferroni))"
)
_STRATIFIED_MODEL = re.compile(
    r"stratified (?:cox|hazard|proportional|odds|risk|analys)"
    r"|(?:hazard|odds|risk) ratios?\b[^.;()]{0,60}\b(?:stratified|adjusted)",
    re.IGNORECASE,
)
"""A model with the same strata: then interval and P value should agree."""


def names_another_test(context: Context, claim: Estimate) -> str:
    """Return the word of a text for a test or design by which a difference and its P value may part; or empty."""
    said = f"{claim.p.test if claim.p is not None and claim.p.test else ''} {context.paper.text or ''}"
    found = _ANYWHERE.search(said)
    return found[0] if found else ""


def of_noninferiority(context: Context) -> bool:
    """Return whether a text is about non-inferiority, so that a small P value may be about a margin."""
    return context.paper.text is not None and "inferior" in context.paper.text.lower()
