"""The P value of a ratio agrees with its confidence interval.

Estimate and interval fix the standard error, up to rounding, and with it the Wald P value. We
compare the exact range of that P value with the printed one, two-sided and one-sided. Another test
(log-rank, stratified, likelihood-ratio) need not give the Wald P value: a difference is explained
by it, with the gap in z. Only a gap of more than 3 is left as a question.

Agrees: hazard ratio 0.54 (0.36 to 0.81), P = .003. Explained: hazard ratio 0.54 (0.37 to 0.79), P <
.001, where the two-sided Wald P value lies in .0012 to .0018.

Reference: Altman and Bland (2011) BMJ 343:d2304 for the arithmetic without rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trialstats.checks.check import Check, Context
from trialstats.checks.ratio_interval import ratio_search
from trialstats.claims import RATIO_MEASURES, Estimate
from trialstats.findings import Block, Explanation, Explanations, Finding, Verdict
from trialstats.inverse.printed import total_cost
from trialstats.inverse.region import Region, z_range
from trialstats.wording import INNOCENT_REASONS, MEASURE_WORDS, as_printed, joined, p_range, p_words

LARGEST_GAP = 3.0
"""Gap in z between the printed P value and the interval beyond which no other test accounts for it."""


def _gap(region: Region, z: tuple[float, float]) -> float:
    low, high = sorted((abs(region.z[0]), abs(region.z[1]))) if region.z[0] * region.z[1] > 0 else (
        0.0, max(abs(region.z[0]), abs(region.z[1])))  # fmt: skip
    return max(z[0] - high, low - z[1], 0.0)


def _explanations(context: Context, region: Region, claim: Estimate, z_gap: float) -> list[Explanation]:
    assert claim.p is not None
    values = claim.p.value.range()
    found = []
    spans = {2: region.p_two_sided, 1: region.p_one_sided}
    for sided, (low, high) in spans.items():
        if claim.p.sided in (None, sided) and low <= float(values.upper) and float(values.lower) <= high:
            # Where the text says one-sided, one-sided is what it costs nothing to assume.
            parts = [("p-test", "wald")] + ([("p-sided", "two" if sided == 2 else "one")] if claim.p.sided is None else [])
            cost, ordinary = total_cost(context.catalogue, *parts)
            found.append(Explanation(cost=cost, ordinary=ordinary, test="wald", sided=sided,
                                     centre=region.centre, se=region.se))  # fmt: skip
    if z_gap <= LARGEST_GAP:
        cost, ordinary = total_cost(context.catalogue, ("p-test", "another-test"))
        found.append(Explanation(cost=cost, ordinary=ordinary, test="another-test", sided=claim.p.sided,
                                 centre=region.centre, se=region.se))  # fmt: skip
    return sorted(found, key=lambda one: one.cost)


def _message(claim: Estimate, region: Region, found: list[Explanation], gap: float) -> str:
    assert claim.p is not None
    ratio = f"{MEASURE_WORDS.get(claim.measure, claim.measure)} {as_printed(replace(claim, p=None))}"
    two, one = p_range(region.p_two_sided), p_range(region.p_one_sided)
    best = found[0] if found else None
    if best is not None and best.test == "wald" and best.ordinary:
        side, span = ("two-sided", two) if best.sided == 2 else ("one-sided", one)
        return f"The printed {p_words(claim.p)} agrees with the interval of the {ratio}: the {side} Wald P value is {span}."
    sentence = f"The printed {p_words(claim.p)} is not the two-sided Wald P value of the {ratio}, which is {two}."
    if best is None:
        return (
            f"{sentence} It is {gap:.1f} away in z, more than other tests account for. The name of the test would settle it. "
            f"{INNOCENT_REASONS}"
        )
    ways = []
    if any(way.test == "wald" and way.sided == 1 for way in found):
        ways.append(f"a one-sided Wald test ({one})")
    if any(way.test == "another-test" for way in found):
        ways.append(f"another test, such as a stratified log-rank test (a gap of {gap:.2f} in z)")
    return f"{sentence} {_capital(joined(ways, 'or'))} would print it; the numbers cannot tell which."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.estimates:
        if claim.measure not in RATIO_MEASURES or claim.p is None or claim.interval is None:
            continue
        search = ratio_search(context, claim)
        region = search.region if search is not None else Region(())
        common = {"claim": claim.id, "check": check.name, "code": check.code, "where": claim.where}
        reported = {"p": claim.p.value.text}
        if not region or claim.p.value.is_missing:
            yield Finding(
                **common,
                verdict=Verdict.UNCHECKED,
                message=f"We did not check {p_words(claim.p)}: the interval beside it gives no standard error.",
                reported=reported,
            )
            continue
        z = z_range(claim.p.value.range(), claim.p.sided or 2)
        gap = _gap(region, z)
        found = _explanations(context, region, claim, gap)
        best = found[0] if found else None
        verdict = (
            Verdict.INCONSISTENT if best is None else Verdict.CONSISTENT if best.ordinary else Verdict.EXPLAINED
        )  # fmt: skip
        words = {"wald": "Wald test", "another-test": "another test"}
        yield Finding(
            **common,
            verdict=verdict,
            message=_message(claim, region, found, gap),
            assumes=check.assumes,
            reported=reported,
            recomputed={"p": f"{p_range(region.p_two_sided)} (two-sided), {p_range(region.p_one_sided)} (one-sided)"},
            how=f"{words[best.test or '']}{', one-sided' if best.sided == 1 else ''}" if best is not None else "",
            searched={"tests": ["wald", "another-test"], "sides": [claim.p.sided] if claim.p.sided else [2, 1],
                      "largest_gap_in_z": LARGEST_GAP, "catalogue": context.catalogue.version},
            explanations=Explanations(lambda found=found: [Block.single(one) for one in found]),  # type: ignore[misc]
        )  # fmt: skip


CHECK = Check(
    "TS202",
    "ratio-p",
    "the P value of a ratio agrees with its interval",
    _run,
    reference="Altman and Bland (2011) BMJ 343:d2304",
    assumes=("P value and interval come from the same model",),
)
