"""Where a text says of how many patients a share is: that all of them were analysed, or how many right beside it.

Not a check: those of a percentage against its count, and against its interval, ask it. Patients who could not be
evaluated are no reason for another number where the text says that there were none.
"""

from __future__ import annotations

import re
from math import ceil, floor

from trialstats.checks.check import Context
from trialstats.checks.list_size import meets, numbers_of, sizes_near
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.claims.trust import knows_arm, knows_groups
from trialstats.reported import Reported
from trialstats.sources.text.tokens.expressions import Stemmed
from trialstats.sources.text.words.of_values import PEOPLE

_KIND = r"(?:randomi[sz]ed|enrolled|treated|eligible|recruited|included|assigned|study)"
_WHO = rf"(?:of the |the )?(?:\d{{1,5}} )?(?:{_KIND} ){{0,2}}{PEOPLE}"
_WHERE = r"(?: who (?:were|had been) [a-z]+| in (?:both|the two|all) (?:groups|arms))?"
_ANALYSED = (
    r"(?:all )?(?:analy[sz]ed|assessed|evaluated|evaluable|followed(?: up)?"
    r"|included in (?:the|all|every|both|our) (?:(?!safety|toxicity|tolerability)[a-z-]+ ){0,3}analys[ei]s"
    r"|available for (?:the )?(?:[a-z-]+ )?(?:analysis|assessment|evaluation|follow-?up))"
)
_ALL = Stemmed(
    rf"\ball (?:{_WHO}|of (?:them|whom)|(?=were )){_WHERE} ?(?:were|was|are) {_ANALYSED}"
    rf"|\banalys[ei]s (?:included|comprised|was (?:done|performed|carried out) in) all {_WHO}"
    rf"|\b(?:no|none of the|not one) (?:{PEOPLE} )?(?:was|were|has been|have been) lost (?:to|for|during) follow-?up"
    r"|\bno loss(?:es)? (?:to|of) follow-?up|\bwithout (?:any )?loss(?:es)? to follow-?up"
    r"|\bfollow-?up was complete(?! (?:in|for) \d)"
    r"|\bcomplete follow-?up (?:was )?(?:achieved |obtained |available )?(?:in |of |for )all"
    r"|\bno (?:missing data|drop-?outs|exclusions)\b|\bdata were (?:complete|available) for all"
)
_MISSING = 0.9
_MORE = 1.1
_OUT = re.compile(r"^(?:clusters|screened|untreated|withdrawn|excluded|not-evaluable)$")


def beyond_all_analysed(context: Context, claim: Estimate) -> tuple[int, str] | None:
    """Return the number of patients of a count, and the words that all were analysed, where it is another's percentage.

    It is that of up to a tenth fewer, or of more, and of no number that the text prints; None else.

    Examples
    --------
    >>> from trialstats import extract
    >>> from trialstats.catalogue import load_catalogue
    >>> paper = extract("All 50 patients were analysed. A response was seen in 18 patients (37.5%).")
    >>> beyond_all_analysed(Context(paper, load_catalogue()), paper.claims[0])
    (50, 'All 50 patients were analysed')
    """
    paper, value, x = context.paper, claim.value, claim.x.whole if claim.x is not None else None
    if paper.text is None or knows_groups(paper) or not x or value is None or value.is_missing or claim.n is not None:
        return None
    if claim.subgroup is not None:
        return None
    if (headed := _of_its_head(context, claim, x, value)) is not None:
        return headed
    if (found := _ALL.search(paper.text)) is None:
        return None
    sizes = _sizes(context, claim)
    if not sizes or any(x > n for n in sizes):
        return None
    least, most = sizes_near(x, value)
    if any(meets(least, most, n, n) for n in sizes):
        return None
    if not any(meets(least, most, ceil(_MISSING * n), floor(_MORE * n)) for n in sizes):
        return None  # of some part of the patients, or of others
    own = [n for n in numbers_of(context) if n != x and meets(least, most, n, n)]
    return None if own else (max(sizes), found[0])


def _of_its_head(context: Context, claim: Estimate, x: int, value: Reported) -> tuple[int, str] | None:
    """Return the people of whom the head of its sentence says that a count is, and these words, if it is another share.

    "Of 80 women invited, 41 (62%) came": no number of the text may print it.
    """
    text, start = context.paper.text, claim.where.start
    assert text is not None
    begin = 0 if start is None else sentence_of(text, start)[0]
    found = None if start is None else _AT_HEAD.match(text, begin, start)
    if found is None or found.end() != start:
        return None
    n, (least, most) = int(found["n"].replace(",", "")), sizes_near(x, value)
    own = [one for one in numbers_of(context) if one != x and meets(least, most, one, one)]
    some_missing = least <= n and (most is None or most >= _EVALUABLE * n)
    return None if n < x or own or some_missing else (n, found[1])


_EVALUABLE = 0.9
"""So large a share of the people named may be those who could be evaluated; of fewer a text would tell."""


def _sizes(context: Context, claim: Estimate) -> set[int]:
    """Return the numbers of patients of a claim's arm, or of all patients where a text tells of no arms."""
    paper = context.paper
    if claim.arms:
        return set(context.sizes(claim)) if knows_arm(paper, claim) else set()
    if any(arm.of for arm in paper.arms):
        return set()
    return {n for name, size in paper.of.items() if not _OUT.match(name) and (n := size.value.whole)}


_COUNTED = rf"(?P<n>\d{{1,3}}(?:,\d{{3}})*|\d{{1,6}}) (?:(?!(?:of|in|with|and|or|to)\b)[a-z-]+ ){{0,3}}{PEOPLE}\b"
_AT_HEAD = re.compile(rf"(Of (?:the |these |all |those )*{_COUNTED}(?: [a-z-]{{2,20}}){{0,4}}), (?:only |a total of )?")
_HEAD = re.compile(rf"(?:of|among|in) (?:the |all |these |those )?{_COUNTED}[^.;:()\d%]{{0,80}}$", re.IGNORECASE)
_BEHIND = re.compile(rf"[)\]]? ?(?:[a-z]+ )?(?:of|in|among) (?:the |all |these |those )?{_COUNTED}(?! (?:with|who)\b)")


def said_beside(context: Context, claim: Estimate) -> Reported | None:
    """Return the number of patients that stands with a share and its interval, as no count has it.

    "Of 50 patients treated, 37.5% responded (95% CI, ...)"; "25% (95% CI, ...) of 32 patients". Only where no
    other number stands between.

    Examples
    --------
    >>> from trialstats import extract
    >>> from trialstats.catalogue import load_catalogue
    >>> paper = extract("The response rate was 25% (95% CI, 18 to 36) in 32 patients.")
    >>> said_beside(Context(paper, load_catalogue()), paper.claims[0]).text
    '32'
    """
    text, where = context.paper.text, claim.where
    if text is None or where.start is None or where.end is None or claim.n is not None or claim.x is not None:
        return None
    begin, end = sentence_of(text, where.start)
    found = _BEHIND.match(text, where.end, end) or _HEAD.search(text, max(begin, where.start - 160), where.start)
    return Reported(found["n"].replace(",", "")) if found is not None else None
