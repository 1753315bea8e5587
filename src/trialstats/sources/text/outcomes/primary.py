"""Find what a text says that its primary outcome was, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from trialstats.sources.text.tokens.expressions import Gated

_PRIMARY = (
    r"\b(?:(?:co-?)?primary|main|principal) (?P<when>(?:(?:week|month|day) [0-9]{1,3}"
    r"|[0-9]{1,3}-(?:week|month|day|year)) )?(?:efficacy |safety |composite |clinical |study )?"
    r"(?:end[ -]?points?|outcomes?|objective|variable|criterion|parameter|measure)(?: measures?| events?| variables?)?"
    r"(?: (?:of|for|in) (?:the|this|our|both|these) (?:(?:[a-z-]+ )?(?:study|studies|trial|trials)|analysis))?"
)
_WAS_REACHED = (
    r"(?:not |also |significantly |statistically |numerically )*(?:reached|met|achieved|attained|observed|seen|reported"
    r"|recorded|reduced|lowered|increased|improved|similar|higher|lower|better|worse|less|more|longer|shorter"
    r"|different|significant)\b(?! (?:[a-z-]+ )?(?:rates?|incidence|risk|survival|time|levels?|scores?)\b)"
)
_SAID = re.compile(
    rf"{_PRIMARY}(?: (?:was|were|is|included|comprised)(?: the| a)?(?! {_WAS_REACHED})|:) "
    r"(?P<of>(?:[^.;]|\.(?=[0-9])){4,260})"
)
"""What it was stands behind: "the primary end point was relief at 12 weeks"."""
_SAID_BEFORE = re.compile(
    rf"(?:^|[.;:] )\s*(?P<of>[^.;:]{{4,160}}?) (?:was|were|served as|formed) (?:the|our) (?:[a-z]+ )?{_PRIMARY}\b"
)
"""What it was stands before: "relief at 12 weeks was the primary end point"."""
_BEFORE, _BEHIND = 200, 80
"""Characters about "primary" in which that is said."""
_WHEN_BEFORE = re.compile(r"\b(?P<when>[0-9]{1,3}-(?:week|month|day|year)) (?:co-?)?$")
SAYS_PRIMARY = Gated(
    r"\b(?:primary|principal)"
    r"(?: (?:efficacy |safety |composite )?(?:end|outcome|measure|variable|criterion|parameter|events?\b)|$)"
    r"|^primary analysis\b|(?:this |^)end[ -]?point|^outcome(?: (?:was|were) (?:reached|met|achieved)|$)",
    "primary", "principal", "point", "outcome",
)  # fmt: skip
"""Whether words for an outcome speak of the primary one."""


def first_primary(text: str) -> tuple[str, tuple[int, int]] | None:
    """Return when a text says that its primary outcome was looked at, and where it says what that was.

    Examples
    --------
    >>> first_primary("the primary week 9 end point was relief of pain.")
    ('week 9', (33, 47))
    """
    found: re.Match[str] | None = None
    for word in ("primary", "main ", "principal "):
        at = text.find(word)
        while at >= 0:
            for start in (at - 3, at - 2, at):
                if start >= 0 and (found := _SAID.match(text, start)) is not None:
                    before = _WHEN_BEFORE.search(text, max(0, start - 12), start)
                    when = found["when"] or ("" if before is None else before["when"])
                    return when.strip(), found.span("of")
            at = text.find(word, at + 1)
    at = text.find(" primary ")
    while at >= 0 and found is None:
        found = _SAID_BEFORE.search(text, max(0, at - _BEFORE), at + _BEHIND)
        at = text.find(" primary ", at + 1)
    return None if found is None else ((found["when"] or "").strip(), found.span("of"))


def time_for(parts: Sequence[str], spans: Sequence[tuple[frozenset[str], str]]) -> str | None:
    """Return the time of that of several outcomes, told with their times, which shares most words with another.

    Parameters
    ----------
    parts : sequence of str
        Beginnings of the words for the other.
    spans : sequence of (frozenset, str)
        Beginnings of the words for each, and its time.

    Examples
    --------
    >>> told = [(frozenset(("sleep", "early")), "week 9"), (frozenset(("sleep", "late")), "week 30")]
    >>> time_for(["late", "sleep"], told), time_for(["sleep"], told), time_for(["pain"], told)
    ('week 30', 'week 9', None)
    """
    shared = [len(words.intersection(parts)) for words, _ in spans]
    most = max(shared, default=0)
    return spans[shared.index(most)][1] if most else None
