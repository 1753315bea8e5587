"""Where the words behind an interval begin, past the P value in its bracket: "(95% CI, 2 to 5; P = .02 v tea) with"."""

from __future__ import annotations

import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document

_P_IN_BRACKET = re.compile(
    r"[;,] ?p ?[=<>≤≥] ?[0-9.]{1,8}"
    r"(?:,? (?:versus|vs\.?|v|(?:compared|in comparison|for comparison) (?:with|to)) [a-z0-9 -]{2,40})?(?=[)\]])"
)


def past_p(document: Document, result: Result) -> int:
    """Return where a result ends in the text, and where it has an interval the bracket of that interval.

    Parameters
    ----------
    document : Document
    result : Result
    """
    end = document.tokens.ends[result.last]
    shut = _P_IN_BRACKET.match(document.tokens.text, end) if result.interval is not None else None
    return end if shut is None else shut.end()
