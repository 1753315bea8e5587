"""Whether a count is its percentage of more patients than any number of its text."""

from __future__ import annotations

import re
from functools import lru_cache

from trialstats.checks.check import Context
from trialstats.checks.list_size import NUMBER, is_count, sizes_near
from trialstats.checks.sentences import sentence_of
from trialstats.claims.model import Estimate
from trialstats.claims.trust import knows_groups
from trialstats.sources.text.words.of_values import PEOPLE

_MORE = 1.1
"""A tenth more than the largest number: no slip of a unit, and no patient more or less, leads so far."""
_PLAIN = re.compile(rf"(?<![\d.,·]){NUMBER}")

_COUNTED = re.compile(
    rf"[\w,\u2009\u00a0-]{{1,16}}(?: (?:of (?:these|the|those) )?(?:[a-z-]{{1,20}} )?{PEOPLE})? ?[(\[]\d[\d.·,]* ?%"
    rf"|\d[\d.·]* ?%(?: of (?:the |all )?(?:[a-z-]{{1,20}} )?{PEOPLE})? ?[(\[](?:n ?= ?)?\d[\d,]*[)\]]"
)
"""A count with its percentage right behind it: it is no total of others."""


def beyond_all(context: Context, claim: Estimate) -> int | None:
    """Return the largest number that a text prints, if a count is its percentage of more; None if it may be of fewer.

    Only in a text of one study, where the number of all patients was read, and the count stands beside its percentage.
    """
    paper, value = context.paper, claim.value
    if knows_groups(paper) or paper.text is None or not _is_told(claim) or value is None:
        return None
    totals = {n for name, size in paper.of.items() if name != "clusters" and (n := size.value.whole)}
    read = totals | {n for arm in paper.arms for size in arm.of.values() if (n := size.value.whole)}
    if not totals or claim.x is None or (claim.x.whole or 0) >= max(read):
        return None
    largest = max(_largest_but_years(paper.text), *read)
    if _least(claim) <= _MORE * largest or _SEVERAL.search(paper.text) or _counts_things(paper.text, claim):
        return None
    return largest


_SEVERAL = re.compile(r"\b(?:[Mm]eta-?[Aa]nalys[ei]s|[Ss]ystematic|studies|trials)\b")
"""Words of a text that tells of several studies, each with patients of its own."""


@lru_cache(maxsize=4)
def _largest_but_years(text: str) -> int:
    plain = (found[1] for found in _PLAIN.finditer(_YEAR.sub(" ", text)))
    return max((int(re.sub(r"\D", "", one)) for one in plain if not _NUMBER_OF_A_REGISTER.fullmatch(one)), default=1)


_NUMBER_OF_A_REGISTER = re.compile(r"\d{6,}")


_YEAR = re.compile(rf"(?<![\d.,·])(?:19\d\d|20[0-4]\d)(?!\d|[.,·]\d)(?! (?:[a-z-]{{1,20}} ){{0,2}}{PEOPLE})")


_THINGS = re.compile(
    r"\b(?:calls|cycles|courses|visits|samples|specimens|infusions|injections|doses|procedures|operations|eyes|teeth"
    r"|lesions|implants|episodes|attacks|tests|scans|x-rays|questions|items|isolates|sites|hospitals|oocytes|embryos"
    r"|biopsies|prescriptions|records|admissions|articles|sessions|days|nights|stents|vessels|segments|tumou?rs"
    r"|pregnancies|deliveries|seizures|transfusions|tablets|events|observations|measurements|screened|invited|eligible)\b",
    re.IGNORECASE,
)
"""What is counted besides patients, and patients whose number is seldom told."""
_BEHIND = 50


def _counts_things(text: str, claim: Estimate) -> bool:
    """Whether the words about a count, in its sentence up to a little behind it, speak of others than patients."""
    start, end = claim.where.start or 0, claim.where.end or 0
    begin, stop = sentence_of(text, start)
    return _THINGS.search(text, begin, min(stop, end + _BEHIND)) is not None


def _is_told(claim: Estimate) -> bool:
    """Whether a claim is a count right beside its percentage, and its total is not printed."""
    return is_count(claim) and claim.n is None and _COUNTED.match(claim.where.quote or "") is not None


def _least(claim: Estimate) -> int:
    """Return the least number of patients of which a count is its percentage, to a unit of its last digit."""
    assert claim.x is not None and claim.value is not None
    return sizes_near(claim.x.whole or 0, claim.value)[0]
