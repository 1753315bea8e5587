"""A P value comes from the two percentages printed beside it.

We take every count that prints each percentage at the printed arm sizes, or at up to a tenth fewer
patients, and every test of the catalogue (Fisher and its variants, Pearson, Yates, mid-P, likelihood
ratio, N-1), two-sided and one-sided, and ask which print the P value. With many pairs of denominators
almost any P value can be printed by some test; the chance beside the explanation says how much it is
worth.

Why: The P value ties two percentages to their denominators and to one test, which the abstract seldom
names.

Formula:
    x1/n1 and x2/n2 in the ranges of both percentages,
    P(x1, n1, x2, n2; test, sides) in the range of the printed P value

Agrees: 84% of 97 v 47% of 74, P < .001. Explained or consistent: 8% of 97 v 0% of 74, P = .017, which
no test prints at these sizes.

Reference: Campbell (2007) Stat Med 26:3661-3675 for the tests.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.catalogue.words import method_words
from trialstats.checks.check import Check, Context, not_checked, sizes_searched, verdict_of
from trialstats.claims.model import Comparison, Estimate, PValue
from trialstats.explanations import Block, Explanation, Search
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.search.counts.ranges import allow
from trialstats.search.counts.two_arm import TwoArmSearch
from trialstats.search.printed import digit_neighbours, priced
from trialstats.search.ratios.envelope import stratified_statistic
from trialstats.search.ratios.polygon import upper_tail, z_range
from trialstats.wording import convention_words, joined, p_range, p_words

ANOTHER_TEST = "another-test"
_USUAL = "Fisher and its variants, Pearson, Yates, mid-P, likelihood ratio, N-1"
_NEARLY_ALL = 0.9
"""Where another test could explain a larger share of all P values, its explanation is worth next to nothing."""
_OTHERS = "Another test, such as a stratified, adjusted or unconditional exact one, or one of the times to the event,"


def _pair(context: Context, claim: Comparison) -> tuple[Estimate, Estimate] | None:
    members = context.members(claim)
    if len(members) != 2 or any(one.measure != "proportion" for one in members):
        return None
    if any(one.value is None or one.value.is_missing or one.value.relation != "=" for one in members):
        return None
    return members[0], members[1]


def _another_test(search: TwoArmSearch, p: Reported | None = None) -> Explanation | None:
    """Return the explanation by a stratified, adjusted or time-to-event test, where simulated ones lie as far apart."""
    plain = search.z_range()
    if plain is None:
        return None
    low, high = stratified_statistic(plain)
    printed = z_range((p or search.p).range(), search.sided or 2)
    if printed[1] < low or printed[0] > high:
        return None
    convention = priced(search.catalogue, ("p-test", ANOTHER_TEST), test=ANOTHER_TEST, sided=search.sided)
    return Explanation(convention=convention)


def _gap(search: TwoArmSearch) -> float:
    """Return how far the printed P value lies from the plain tests of every pair of counts, in z."""
    plain, printed = search.z_range(), z_range(search.p.range(), search.sided or 2)
    return 0.0 if plain is None else max(printed[0] - plain[1], plain[0] - printed[1], 0.0)


def _share(search: TwoArmSearch) -> float:
    """Return the share of all P values from 0 to 1 that another test could have explained."""
    plain = search.z_range()
    if plain is None:
        return 0.0
    low, high = stratified_statistic(plain)
    if (search.sided or 2) == 2:
        return 2 * (upper_tail(max(low, 0.0)) - upper_tail(high))
    return upper_tail(low) - upper_tail(high)


@dataclass(frozen=True)
class _AnotherTest(Search):
    """The explanation of a P value by a test that is not one of plain counts."""

    plain: TwoArmSearch

    def blocks(self) -> Iterator[Block]:
        """Yield it, if there is one."""
        other = _another_test(self.plain)
        if other is not None:
            yield Block.single(other)

    def chance(self) -> float | None:
        """Return the share of one-digit neighbours of the P value that some test explains."""
        plain = self.plain
        neighbours = [p for p in digit_neighbours(plain.p) if p.value <= 1]
        hits = [_another_test(plain, p) is not None or next(plain.blocks(p), None) is not None for p in neighbours]
        return sum(hits) / len(hits) if hits else None


def _run(check: Check, context: Context) -> Iterator[Finding]:
    for claim in context.comparisons:
        if claim.p is not None and not claim.p.value.is_missing:
            yield check.finding(claim, *_judge(context, claim, claim.p), others=claim.of)


def _judge(context: Context, claim: Comparison, p: PValue) -> tuple[Verdict, Details]:
    pair = _pair(context, claim)
    sizes = [context.sizes(one) for one in pair] if pair is not None else []
    if pair is None or not all(sizes) or pair[0].value is None or pair[1].value is None:
        reason = "it does not compare two percentages" if pair is None else "the text prints no size for an arm"
        return not_checked(p_words(p), reason, {"p": p.value.text})
    first, second = (allow(size, max(size)).only("stated", "derived", "near") for size in sizes)
    search = TwoArmSearch(pair[0].value, pair[1].value, first, second, p.value, p.sided, context.catalogue)
    words = joined("/".join(str(n) for n in size) for size in sizes)
    common: dict[str, Any] = {
        "reported": {"p": p.value.text},
        "searched": {
            "n": [sizes_searched(first), sizes_searched(second)],
            "tests": list(search.catalogue.names("two-arm-test")),
            "sides": [p.sided] if p.sided else [2, 1],
            "catalogue": search.catalogue.version,
        },
    }
    block = next(search.blocks(), None)
    if block is not None:
        best = block.item(0)
        return verdict_of(best), replace(_of_counts(search, p, best, block.size, words), **common)
    # Another test explains what no plain test prints.
    other = _another_test(search)
    if other is not None:
        return verdict_of(other), replace(_of_another(search, p, other, words), **common)
    plain = _plain_words(search)
    if search.limited:
        return Verdict.UNCHECKED, Details(
            sentence=f"We found no test that prints {_shown(search, p)} at {words} patients or up to a tenth fewer",
            reason="search limit reached",
            more=f"Not searched: {joined(search.not_searched)}.",
            settle="the counts",
            **common,
        )
    return Verdict.INCONSISTENT, Details(
        sentence=f"No test of the catalogue prints {_shown(search, p)} at {words} patients or up to a tenth fewer"
        + (f"; at those sizes {plain}." if plain else "."),
        settle="the counts",
        **common,
    )


def _shown(search: TwoArmSearch, p: PValue) -> str:
    return f"{search.first.text} v {search.second.text}, {p_words(p)}"


def _plain_words(search: TwoArmSearch) -> str:
    """Say what the cheapest test gives at the printed sizes."""
    stated = search.plain_p()
    return f"{method_words(stated[0])} gives P = {p_range(stated[1])}" if stated is not None else ""


def _of_another(search: TwoArmSearch, p: PValue, other: Explanation, sizes: str) -> Details:
    plain, share = _plain_words(search), _share(search)
    worth = ": this explains next to nothing" if share > _NEARLY_ALL else ""
    return Details(
        sentence=f"The printed {p_words(p)} is not what any usual test of {search.first.text} v {search.second.text} "
        f"gives ({_USUAL}) at {sizes} patients or up to a tenth fewer{f': {plain}' if plain else ''}.",
        more=f"{_OTHERS} could print it, {_gap(search):.1f} away in z from every usual one; those of simulated trials "
        f"lay so far apart that {100 * share:.0f}% of all P values could be explained so{worth}.",
        settle="its name or the counts",
        how="another test (stratified, adjusted or of the times to the event)",
        explanations=_AnotherTest(search).explanations(),
    )


def _of_counts(search: TwoArmSearch, p: PValue, best: Explanation, pairs: int, sizes: str) -> Details:
    shown, data = _shown(search, p), f"{best.x} of {best.n} v {best.x2} of {best.n2}"
    side = ", one-sided" if best.sided == 1 else ""
    test = method_words(best.test or "") + side
    printed_sizes = best.allowed in ("stated", "derived")
    more = ""
    if printed_sizes and best.ordinary:
        sentence = f"{shown} is {data} by {test}: P = {p_range((best.p or 0.0, best.p or 0.0))}."
    else:
        plain = _plain_words(search)
        start = f"at {sizes} patients {plain}" if plain else f"no counts of {sizes} patients print both percentages"
        sentence = f"{shown}: {start}."
        if printed_sizes:
            needs = [*best.readings, convention_words(Convention(rounding=best.rounding))]
            needed = "; ".join(word for word in needs if word)
            more = f"{data} by {test} prints it{f' ({needed})' if needed else ''}."
        else:
            rivals = f"one of {pairs} such pairs of counts" if pairs > 1 else "the only such pair of counts"
            more = f"With patients missing, {test} prints it for {data}, {rivals} up to a tenth smaller."
    return Details(
        sentence=sentence,
        more=more,
        settle="the counts" if more else "",
        recomputed={"p": p_range((best.p, best.p))} if best.p is not None else {},
        how=f"{best.x}/{best.n} v {best.x2}/{best.n2}, {test}",
        explanations=search.explanations(),
    )


CHECK = Check(
    "TS301",
    "a P value comes from the two percentages beside it",
    _run,
    assumes=("one unstratified comparison of two independent groups",),
    about=frozenset({"comparison"}),
    rests_on=frozenset({"measure", "value", "n", "size"}),
    settled_by="the number of patients with the event and assessed in each arm, and the name of the test",
    serves=("INSPECT-SR 4.9",),
)
