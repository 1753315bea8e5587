"""Whether a text says that the shares it prints come from imputed outcomes, which are no counts over their patients."""

from __future__ import annotations

import re

from trialstats.checks.check import Context
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate

_IMPUTED = re.compile(
    r"\b(?:multipl[ey][ -]|single )?imput(?:ed|ation|ing|ations)\b(?! (?:of|for) (?:missing )?(?:baseline|covaria)\w*)"
    r"(?!,? (?:[a-z]+ ){0,3}?(?:as|to be|with|by) (?:an? |the )?(?:treatment |non-?)?"
    r"(?:failures?|respon\w+|abstinen\w+|smok\w+|drinking|relaps\w+|events?|worst|not|never))",
    re.IGNORECASE,
)
"""Imputation that gives shares of no whole patients; those counted as failures are whole."""
_NO_RESULT = re.compile(
    r"\b(?:no|not|without|non-?imputed|rather than|instead of|sensitivity|secondary|before) (?:[a-z-]+ ){0,4}$"
    r"|\bsensitivity anal",
    re.IGNORECASE,
)


def is_imputed(context: Context, claim: Estimate) -> bool:
    """Whether a share may be of imputed outcomes: said in its sentence, or anywhere where no count stands with it."""
    text, start = context.paper.text, claim.where.start
    if text is None or start is None or "mput" not in text:
        return False
    counted = claim.x is not None
    first, last = sentence_of(text, start) if counted else (0, len(text))
    for found in _IMPUTED.finditer(text, first, last):
        begin = sentence_of(text, found.start())[0]
        if _NO_RESULT.search(text, begin, found.start()) is None:
            return True
    return False
