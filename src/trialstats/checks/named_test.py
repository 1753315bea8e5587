"""Which test and which analysis a text names beside a P value, and which it names anywhere."""

from __future__ import annotations

import re
from dataclasses import replace

from trialstats.checks.check import Context
from trialstats.claims.model import Estimate

_TEST = re.compile(
    r"stratif|adjust|weight|log-? ?rank|\bcox\b|wald|fisher|chi|χ|wilcoxon|mann|rank|cochran|mantel|t[- ]test|an[oc]+va|score"
    r"|likelihood|exact|permut|inferiority|superiority|equivalen|interaction|trend|margin|heterogen|homogen|bonferroni"
    r"|multiplicity|paired|corrected",
    re.IGNORECASE,
)
_NEAR = 70
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
    before = _P.sub("", before[cut.start() + 1 :] if cut else before)
    after = text[place[1] : place[1] + _NEAR]
    stop = _UP_TO.search(after)
    words = [part.strip(' ,)]"') for part in (before, after[: stop.start()] if stop else after) if _TEST.search(part)]
    said = " ".join(words) or claim.p.test
    return claim if said == claim.p.test else replace(claim, p=replace(claim.p, test=said))
