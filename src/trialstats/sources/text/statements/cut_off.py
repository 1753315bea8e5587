"""What stands between two values so that they are of no one row: the end of a list, a number that was not read."""

from __future__ import annotations

import re

from trialstats.sources.text.results import Result
from trialstats.sources.text.tokens.document import Document

_HELD_UNREAD = re.compile(
    r"[%)\]]*(?: [a-z/]{1,8})?,? (?:versus|vs|v) [0-9.]{1,6}%?(?: [a-z/]{1,8})?(?:,|;| and|, and) "
)
_CLOSES = re.compile(r"%?(?P<brackets>[)\]]+)")
_LISTS_SHARES = re.compile(r"[0-9] ?%[)\]]?(?:,|;| and) (?![0-9.]* ?%? ?(?:ci|confidence)\b)")
_VERSUS = re.compile(r"\b(?:versus|vs?|than|compared|whereas|while)\b")


def cut_off(document: Document, first: Result, gap: str) -> bool:
    """Whether what stands behind a value cuts it off from the next.

    It may be held against a number that was not read, "3.1 (1.6 to 6.2) vs 0 and rash, 1.4"; or it ends a list in a
    bracket outside which the next stands, "(rash 2%, flu 1%, and cough 1%) and 4%".

    Parameters
    ----------
    document : Document
    first : Result
    gap : str
        From its end to the next.
    """
    if _HELD_UNREAD.match(gap) is not None:
        return True
    closes, opened = _CLOSES.match(gap), document.inside(first.value)
    if closes is None or opened < 0 or first.interval is not None:
        return False
    for _ in closes["brackets"][1:]:
        opened = document.inside(opened)
    if opened < 0:
        return False
    starts = document.tokens.starts
    listed = document.tokens.text[starts[opened] : starts[first.first]]
    return _LISTS_SHARES.search(listed) is not None and _VERSUS.search(listed) is None
