"""Tell a P value of a clause with its own subject from one of the counts before it: "...; age predicted none (P = .6)".

Only subjects that are no result of the groups compared count: what patients are (age, stage), or the randomised
treatment where the groups are none of it. "The difference was not significant" speaks of the counts.
"""

from __future__ import annotations

import re

from trialstats.sources.text.tokens.document import Document

_TRAITS = (
    r"(?:age|sex|gender|race|ethnicity|body[- ]mass index|bmi|(?:body )?weight|height|smoking(?: status)?|alcohol use"
    r"|education|income|parity|(?:tumou?r |disease )?(?:stage|grade|size|site|severity|duration)"
    r"|(?:disease )?activity|histology|menopausal status|performance status|(?:study )?(?:cent(?:re|er)|site|country)"
    r"|genotype|comorbidit(?:y|ies)|diabetes|hypertension|(?:prior|previous) [a-z-]{1,20}|baseline [a-z-]{1,20}"
    r"|[a-z-]{1,20} at baseline|season|adherence|compliance)"
)
_TREATMENT = (
    r"(?:(?:randomi[sz]ed|assigned|allocated|study|trial) (?:treatments?|therapy|interventions?|groups?|drugs?)"
    r"|(?:treatment|group) (?:allocation|assignment)|treatment|therapy)"
)
_SAYS = (
    r"(?:predict\w*|(?:was|were|is|are) (?:also |not |un|significantly |independently )*(?:associated|related|linked"
    r"|correlated|similar|comparable|balanced|(?:an? |independent |significant )*predict\w+|(?:a )?risk factors?)"
    r"|correlat\w+|influenc\w+|affect\w*|differ(?:ed)?"
    r"|(?:had|has|have|exerted|showed) (?:no |little |an? |any |significant |detectable )*(?:effects?|influence|impact"
    r"|bearing|association|correlation|relation))"
)
_CLAUSE = re.compile(
    r"(?:;|, (?:and|but|while|whereas|whilst|although)\b)(?: but| and| however,?)? (?:the |their |patients' )?"
    rf"(?:(?P<trait>{_TRAITS})|(?P<treatment>{_TREATMENT}))"
    r"(?:,? (?:and|or|nor) (?:the )?[a-z-]{1,20}(?: [a-z-]{1,20})?)?"
    rf" (?:(?:did|does|do|could|also|neither|not|significantly|independently) ){{0,3}}{_SAYS}\b"
)
_NO_TREATMENT = re.compile(
    r"\bnon-?[a-z]{3,}|\bwithout\b|\b(?:wo)?men\b|\b(?:fe)?males?\b|\bboys\b|\bgirls\b|\bolder\b|\byounger\b|\bmothers\b"
)
"""Groups that nobody was randomised to."""
_OWN_WORDS = (
    (re.compile(r"\bage"), re.compile(r"\bage|\bold|\byoung|\byears\b|\belder|\bchild|\badult")),
    (re.compile(r"\b(?:sex|gender)"), re.compile(r"\b(?:fe)?males?\b|\b(?:wo)?men\b|\bboys\b|\bgirls\b|\bsex")),
    (re.compile(r"weight|mass|bmi"), re.compile(r"weight|obes|lean|\bbmi\b|\bmass\b")),
)
"""Traits that groups may be made by in other words."""
_STEM = 4


def is_of_another(document: Document, values: tuple[int, ...], first: int) -> bool:
    """Whether a clause with its own subject stands between compared numbers and a P value, so that it is of that.

    Parameters
    ----------
    document : Document
    values : tuple of int
        Tokens of the numbers.
    first : int
        Of the P value.
    """
    tokens = document.tokens
    last = max(values)
    if last >= first:
        return False
    found = _CLAUSE.search(tokens.text, tokens.ends[last], tokens.starts[first])
    if found is None:
        return False
    before = tokens.text[tokens.starts[document.sentence(min(values))[0]] : found.start()]
    if found["treatment"] is not None:
        return _NO_TREATMENT.search(tokens.text, tokens.starts[min(values)], found.start()) is not None
    return not _are_groups_of(found["trait"], before)


def _are_groups_of(trait: str, before: str) -> bool:
    """Whether the groups were made by a trait: its words, or others for it, stand before."""
    if any(of.search(trait) and words.search(before) for of, words in _OWN_WORDS):
        return True
    return any(word[:_STEM] in before for word in trait.split() if len(word) >= _STEM)
