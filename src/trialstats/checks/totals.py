"""The arms add up to the total.

Where the number of patients of a population is printed for the whole trial and for every arm, the
arms must add up to it. Exact integers.

Why: Every percentage of the report rests on these numbers.

Formula:
    n1 + n2 + ... = n, over all arms of one population

Agrees: 97 and 74 of 171. Asks: 97 and 75 of 171.

Reference: the flow diagram of CONSORT asks for these numbers (Schulz et al. (2010) BMJ 340:c332).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from trialstats.checks.check import Check, Context, not_checked
from trialstats.claims.model import Paper
from trialstats.claims.trust import knows_groups
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.wording import joined


def _run(check: Check, context: Context) -> Iterator[Finding]:
    arms = context.paper.arms
    if len(arms) < 2:
        return  # nothing is added up
    yield from _without_total(check, context)
    for population, total in context.paper.of.items():
        sizes = {arm.id: size.value for arm in arms if (size := arm.of.get(population)) is not None}
        reported = {"total": total.value.text} | {arm: size.text for arm, size in sizes.items()}
        judged = _judge(population, total.value, sizes.values(), len(arms), reported)
        whole, added = total.value.whole or 0, sum(size.whole or 0 for size in sizes.values())
        near = 10 * abs(added - whole) <= whole or knows_groups(context.paper) or context.paper.text is None
        if judged[0] is Verdict.INCONSISTENT and not (near and _told_together(context.paper, population)):
            what = f"the total of {total.value.text} {population}"
            reason = "the text gives the total and the sizes of the arms apart, and patients may have left between"
            judged = not_checked(what, reason, reported=reported)
        yield check.finding(f"total.{population}", *judged)


_SENTENCE_END = re.compile(r"[.;]\s+[A-Z0-9]")


def _told_together(paper: Paper, population: str) -> bool:
    """Whether a total and the sizes of the arms are of the same patients: typed so, or said in one sentence."""
    if knows_groups(paper) or paper.text is None:
        return True
    places = [of[population].place for of in (paper.of, *(arm.of for arm in paper.arms))]
    known = [place for place in places if place is not None]
    if len(known) < len(places):
        return False
    between = paper.text[min(start for start, _ in known) : max(end for _, end in known) + _BEHIND]
    told = between[:-_BEHIND]
    return (
        population == "randomised"
        and len(told) < _LONGEST
        and not (_SENTENCE_END.search(told) or _LEFT.search(between))
    )


_LEFT = re.compile(r"\b(?:receiv|treat|evalua|analy|complet|exclu|withdr|eligible|started)", re.IGNORECASE)
"""Words for patients who may be fewer than were allocated."""
_BEHIND = 40


_LONGEST = 400
"""Characters of a sentence that tells how many patients were allocated."""


def _judge(
    population: str, total: Reported, sizes: Collection[Reported], arms: int, reported: dict[str, str]
) -> tuple[Verdict, Details]:
    counts = [n for size in sizes if (n := size.whole) is not None]
    whole = total.whole
    if len(counts) < arms or whole is None:
        return not_checked(f"the total of {total.text} {population}", "not every arm prints its size", reported)
    agrees = sum(counts) == whole
    sentence = f"{joined(str(n) for n in counts)} {population} patients add up to {sum(counts)}"
    details = Details(
        sentence=f"{sentence}, as printed." if agrees else f"{sentence}, and the printed total is {whole}.",
        more="" if agrees else "Patients may have been left out of an arm after randomisation.",
        settle="" if agrees else "the flow diagram",
        reported=reported,
        recomputed={"total": str(sum(counts))},
        how="sum of the arms",
    )
    return (Verdict.REPRODUCED if agrees else Verdict.INCONSISTENT), details


def _without_total(check: Check, context: Context) -> Iterator[Finding]:
    """Yield why the sizes of a population were not checked, where we know no total of it."""
    reason = "no total is given" if knows_groups(context.paper) else "we read no total that they add up to"
    populations = dict.fromkeys(name for arm in context.paper.arms for name in arm.of if name not in context.paper.of)
    for population in populations:
        sizes = {arm.id: arm.of[population].value.text for arm in context.paper.arms if population in arm.of}
        if len(sizes) > 1:
            what = f"{joined(sizes.values())} {population}"
            yield check.finding(f"total.{population}", *not_checked(what, reason, sizes))


CHECK = Check(
    "TS102",
    "the arms add up to the printed total",
    _run,
    about=frozenset({"size"}),
    settled_by="the number of patients of each arm and of the whole trial, and who is counted in them",
    serves=("INSPECT-SR 4.6",),
)
