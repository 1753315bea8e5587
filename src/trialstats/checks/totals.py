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

from collections.abc import Iterator

from trialstats.checks.check import Check, Context
from trialstats.findings import Finding, Verdict
from trialstats.wording import joined


def _run(check: Check, context: Context) -> Iterator[Finding]:
    arms = context.paper.arms
    if len(arms) < 2:
        return  # nothing is added up
    yield from _without_total(check, context)
    for population, total in context.paper.of.items():
        sizes = [arm.of.get(population) for arm in arms]
        printed = [size.value for size in sizes if size is not None]
        reported = {"total": total.value.text}
        reported |= {arm.id: size.value.text for arm, size in zip(arms, sizes, strict=True) if size is not None}
        counts = [n for number in printed if (n := number.whole) is not None]
        whole = total.value.whole
        if len(counts) < len(arms) or whole is None:
            verdict = Verdict.UNCHECKED
            recomputed = {}
            message = f"We did not check the total of {total.value.text} {population}: not every arm prints its size."
        else:
            recomputed = {"total": str(sum(counts))}
            sentence = f"{joined(str(n) for n in counts)} {population} patients add up to {sum(counts)}"
            if sum(counts) == whole:
                verdict, message = Verdict.REPRODUCED, f"{sentence}, as printed."
            else:
                verdict = Verdict.INCONSISTENT
                message = (
                    f"{sentence}, and the printed total is {whole}. Patients may have been left out of an arm after "
                    "randomisation, or we misread a population; the flow diagram would settle it."
                )
        yield Finding(
            claim=f"total.{population}",
            check=check.name,
            code=check.code,
            verdict=verdict,
            message=message,
            reported=reported,
            recomputed=recomputed,
            how="sum of the arms" if recomputed else "",
        )


def _without_total(check: Check, context: Context) -> Iterator[Finding]:
    """Yield why the sizes of a population were not checked, where we know no total of it."""
    reason = "no total is given" if context.paper.arms_complete else "we read no total that they add up to"
    populations = dict.fromkeys(name for arm in context.paper.arms for name in arm.of if name not in context.paper.of)
    for population in populations:
        sizes = {arm.id: arm.of[population].value.text for arm in context.paper.arms if population in arm.of}
        if len(sizes) < 2:
            continue
        yield Finding(
            claim=f"total.{population}",
            check=check.name,
            code=check.code,
            verdict=Verdict.UNCHECKED,
            message=f"We did not check {joined(sizes.values())} {population}: {reason}.",
            reported=sizes,
        )


CHECK = Check(
    "TS102",
    "totals",
    "the arms add up to the printed total",
    _run,
    about=frozenset({"size"}),
    settled_by="the number of patients of each arm and of the whole trial, and who is counted in them",
    serves=("INSPECT-SR 4.6",),
)
