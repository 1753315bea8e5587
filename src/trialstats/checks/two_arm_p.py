"""A P value comes from the two counts or percentages beside it.

We take the counts as they are printed (x of n); where only a percentage or only a count is, every pair
of counts that prints it at the printed arm sizes, or at up to a tenth fewer patients. Every test of the
catalogue (Fisher and its variants, Pearson, Yates, mid-P, likelihood ratio, N-1), two-sided and
one-sided, and the z test with a variance for each arm are asked which print the P value; what takes one
side or a seldom test that the text does not name is not judged. With many
pairs of denominators almost any P value can be printed by some test; the chance beside the explanation
says how much it is worth. Of counts that are printed the tests leave little room: a P value further off
than .7 in z is hard to explain, unless the text speaks of an adjusted, stratified, paired, trend or
time-to-event analysis; one that no test prints, where the text names a test of counts, has no
explanation.

Why: The P value ties two percentages to their denominators and to one test, which the abstract seldom
names.

Formula:
    x1/n1 and x2/n2 as printed, or in the ranges of both percentages,
    P(x1, n1, x2, n2; test, sides) in the range of the printed P value
    z unpooled = (x1/n1 - x2/n2) / sqrt(p1 (1 - p1)/n1 + p2 (1 - p2)/n2)

Agrees: 84% of 97 v 47% of 74, P < .001. Explained or consistent: 8% of 97 v 0% of 74, P = .017, which
no test prints at these sizes. Asks: 12 of 60 v 31 of 62 (Fisher's exact test, P = .31).

Reference: Campbell (2007) Stat Med 26:3661-3675 for the tests.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from trialstats.catalogue import Convention
from trialstats.catalogue.words import method_words
from trialstats.checks.another_analysis import (
    STRATA,
    STRATIFIED,
    excuse,
    names_a_test_of_counts,
    on_times,
    only_strata,
    share_patients,
    strata_anywhere,
)
from trialstats.checks.arm_numbers import ArmNumbers, arm_numbers
from trialstats.checks.check import Check, Context, not_checked, sizes_searched, verdict_of
from trialstats.checks.counts_told import numbers_told
from trialstats.checks.not_of_patients import not_of_patients
from trialstats.checks.other_links import neighbours
from trialstats.checks.seldom_tests import other_sizes, unnamed_test
from trialstats.claims.model import Comparison, PValue
from trialstats.claims.trust import OWN_SIZE, knows_groups
from trialstats.explanations import Block, Explanation, Search
from trialstats.findings import Details, Finding, Verdict
from trialstats.reported import Reported
from trialstats.search.counts.two_arm import TwoArmSearch
from trialstats.search.printed import digit_neighbours, priced
from trialstats.search.ratios.envelope import stratified_statistic
from trialstats.search.ratios.polygon import upper_tail, z_range
from trialstats.wording import begun, convention_words, joined, p_range, p_words

ANOTHER_TEST = "another-test"
_USUAL = "Fisher and its variants, Pearson, Yates, mid-P, likelihood ratio, N-1"
_NEARLY_ALL = 0.9
"""Where another test could explain a larger share of all P values, its explanation is worth next to nothing."""
_OTHERS = "Another test, such as a stratified, adjusted or unconditional exact one, or one of the times to the event,"
SAME_DATA = 0.7
"""The largest gap in z that is explained without a word on it: most analyses of the same patients, simulated ones
among them that adjust, stratify or keep to the protocol, lie closer (benchmarks/soundness.py)."""
_NEAR_SIZES = 1.2
"""The same, where only the sizes of the arms are printed and P is smaller than any test gives: fewer patients than the
arms have, of whom the text need not speak, make it larger."""
_STRATA = 1.5
"""The same, where a stratified test is named."""
_NAMED = 0.1
"""The largest gap in z between a named test and its variants: unconditional exact ones lie between the others."""


_TIMES = 1.5
"""Gap in z from which "at one year" speaks of no test of times: such a test of the same patients lies nearer."""


def _pair(context: Context, claim: Comparison) -> tuple[ArmNumbers, ArmNumbers] | None:
    members = context.members(claim)
    if len(members) != 2 or any(one.spread is not None and one.spread.kind == "range" for one in members):
        return None
    first, second = (arm_numbers(context, one) for one in members)
    return None if first is None or second is None else (first, second)


def _is_one_group(context: Context, claim: Comparison, pair: tuple[ArmNumbers, ArmNumbers]) -> bool:
    """Whether two results are of one group: its two parts, or two results of an arm that both name."""
    members = context.members(claim)
    if len(members) == 2 and all(one.arms and "arms" not in one.inferred for one in members):
        return members[0].arms == members[1].arms
    total = sum(one.x or 0 for one in pair)
    return all(any(total in sizes for sizes in one.allowed.values()) for one in pair)


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
    """Return how far the printed P value lies from every test of every pair of counts, in z."""
    plain = search.reach()
    if plain is None:
        return 0.0
    gaps = {2: math.inf, 1: math.inf}
    for sided in (search.sided,) if search.sided else (2, 1):
        for rounding in search.catalogue.names("rounding") if search.p.relation == "=" else ("nearest",):
            printed = z_range(search.p.range(rounding), sided)
            # A P value that is said to be one-sided may be that of the other direction.
            for low, high in (printed, (-printed[1], -printed[0])) if search.sided == 1 else (printed,):
                gaps[sided] = min(gaps[sided], max(low - plain[1], plain[0] - high, 0.0))
    # Another test and one side that nobody stated are two rare things at once.
    return gaps[1] if search.sided == 1 or gaps[1] <= _NAMED else gaps[2]


def _beyond(search: TwoArmSearch) -> float:
    """Return by how much a printed P value is more extreme than every test of every pair of counts, in z."""
    plain = search.reach()
    return 0.0 if plain is None else z_range(search.p.range(), search.sided or 2)[0] - max(map(abs, plain))


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
            members = context.members(claim)
            if len(members) == 2 and all(one.measure == "mean" for one in members):
                continue  # means have a check of their own
            verdict, details = _judge(context, claim, claim.p)
            if verdict is Verdict.EXPLAINED or verdict.is_question:
                for near in neighbours(context, claim):
                    again = _judge(context, near, claim.p)
                    if again[0] in (Verdict.REPRODUCED, Verdict.CONSISTENT):
                        claim, verdict, details = near, *again
                        break
            yield check.finding(claim, verdict, details, others=claim.of)


def _judge(context: Context, claim: Comparison, p: PValue) -> tuple[Verdict, Details]:
    pair = numbers_told(context, claim, _pair(context, claim))
    if pair is None or not all(one.sizes or one.bounds for one in pair):
        reason = "it does not compare two percentages" if pair is None else "the text prints no size for an arm"
        return not_checked(p_words(p), reason, {"p": p.value.text})
    exact = all(one.exact for one in pair)
    close = all(one.exact or one.bounds is not None for one in pair)
    first, second = (one.allowed for one in pair)
    search = TwoArmSearch(
        pair[0].percent, pair[1].percent, first, second, p.value, p.sided, context.catalogue, (pair[0].x, pair[1].x)
    )
    shown = f"{pair[0].shown} v {pair[1].shown}, {p_words(p)}"
    sizes = joined(one.searched for one in pair)
    at = "" if exact else f" at {sizes} patients" + ("" if close else " or up to a tenth fewer")
    common: dict[str, Any] = {
        "reported": {"p": p.value.text},
        "searched": {
            "n": [sizes_searched(first), sizes_searched(second)],
            "tests": [*search.catalogue.names("two-arm-test"), "z, unpooled"],
            "sides": [p.sided] if p.sided else [2, 1],
            "catalogue": search.catalogue.version,
        },
    }
    read = context.paper.text is not None and not knows_groups(context.paper)
    block = next(search.blocks(), None)
    if block is not None:
        best, seldom = _usual_first(context, claim, search, block)
        if not best.ordinary and p.test == "log-rank":
            return Verdict.UNCHECKED, Details(
                sentence=f"We did not judge {shown}",
                reason="the text names the log-rank test, which needs the times to the event",
                more=f"{begun(given)}." if (given := _plain_words(search)) else "",
                settle="the times",
                **common,
            )
        if not best.ordinary and best.allowed not in ("stated", "derived") and _is_below(search):
            said = Details(sentence=f"{shown} agrees: at {sizes} patients {_plain_words(search)}.", **common)
            return Verdict.CONSISTENT, said
        details = _of_counts(search, shown, best, sizes, exact=exact)
        unlike = other_sizes(context, context.members(claim), best) if read and not (best.ordinary or exact) else ""
        if seldom or unlike:
            reason = f"of the usual tests none prints it: it takes {seldom}, which the text does not name"
            if not seldom:
                reason = f"{unlike}, of the same group, is no count of the patients that it takes"
            return Verdict.UNCHECKED, Details(
                sentence=f"We did not judge {shown}",
                reason=reason,
                more=f"{begun(given)}." if (given := _plain_words(search)) else "",
                settle="the name of the test" if exact else "the counts",
                explanations=search.explanations(),
                **common,
            )
        if read and (odd := _far_fetched(search, best, pair)):
            return Verdict.UNCHECKED, Details(
                sentence=f"We did not judge {shown}",
                reason=f"at {sizes} patients it takes {odd}",
                more=f"{begun(given)}." if (given := _plain_words(search)) else "",
                settle="the counts",
                explanations=search.explanations(),
                **common,
            )
        return verdict_of(best), replace(details, **common)
    if search.limited:
        return Verdict.UNCHECKED, Details(
            sentence=f"We found no test that prints {shown}{at}",
            reason="search limit reached",
            more=f"Not searched: {joined(search.not_searched)}.",
            settle="the counts",
            **common,
        )
    plain, gap = _plain_words(search), _gap(search)
    named = names_a_test_of_counts(context, claim) if exact and gap > _NAMED else ""
    by_year = not exact or gap < _TIMES
    far = (gap > SAME_DATA if close else _beyond(search) > _NEAR_SIZES) and not on_times(
        context, claim, by_year=by_year
    )
    far = far or (not exact and gap > SAME_DATA and _names_its_test(context, claim))
    other = None if named or far else _another_test(search)
    nearly_any = _share(search) > _NEARLY_ALL
    between = not at and gap <= 0
    if other is not None and not between and ((nearly_any and (read or gap > _NAMED)) or (read and gap > SAME_DATA)):
        said = _of_another(search, shown, p, other, sizes, at)
        reason = "another test could print nearly any P value here"
        if not nearly_any:
            reason = (
                f"it is {gap:.1f} away in z from every usual test, further than others of the same patients mostly are"
            )
        if at and read and gap > SAME_DATA:
            reason += ", and we may have misread the numbers of patients"
        return Verdict.UNCHECKED, Details(
            sentence=said.sentence.rstrip("."), reason=reason, more=said.more, settle="the counts", **common
        )
    if other is not None:
        return verdict_of(other), replace(_of_another(search, shown, p, other, sizes, at), **common)
    if close and _is_one_group(context, claim, pair):
        reason = "the two are parts of one group"
        return Verdict.UNCHECKED, Details(sentence=f"We did not judge {shown}", reason=reason, **common)
    if search.reach() is None:
        reason = "no counts at the printed sizes print both percentages"
        return Verdict.UNCHECKED, Details(sentence=f"We did not judge {shown}", reason=reason, **common)
    arms = [one.arms for one in context.members(claim) if "arms" not in one.inferred]
    both = (
        exact
        and not (len(arms) == 2 and all(arms) and arms[0] != arms[1])
        and share_patients(context, (max(pair[0].sizes), max(pair[1].sizes)))
    )
    spoken = excuse(context, claim, by_year=by_year) or not_of_patients(context, claim, pair)
    spoken = spoken or ("" if named else strata_anywhere(context))
    if spoken in (STRATA, STRATIFIED) and close and gap > _STRATA and only_strata(context, claim):
        return Verdict.STRAINED, Details(
            sentence=f"No usual test of these counts prints {shown}{at}; {plain}.",
            more=f"It is {gap:.1f} away in z from every one; strata seldom move a test of randomised groups so far.",
            settle="the counts by stratum",
            rests_on=frozenset({"measure", "value", OWN_SIZE}) | ({"n"} if exact else frozenset()),
            **common,
        )
    if spoken := spoken or ("fewer patients than the two groups have together" if both else ""):
        return Verdict.UNCHECKED, Details(
            sentence=f"We did not judge {shown}",
            reason=f"the text speaks of {spoken}, and plain tests of these counts give something else",
            more=f"{begun(plain)}." if plain else "",
            **common,
        )
    if named:
        return Verdict.INCONSISTENT, Details(
            sentence=f"The text names a test of counts ({named}), and no test of these counts prints {shown}; {plain}.",
            more=f"The printed P value is {gap:.1f} away in z from every test of the catalogue and the unpooled z.",
            settle="the counts and the P value with one more digit",
            rests_on=frozenset({"measure", "value", "n", OWN_SIZE}),
            **common,
        )
    if close or far:
        return Verdict.STRAINED, Details(
            sentence=f"No usual test of these counts prints {shown}{at}; {plain}.",
            more=f"It is {gap:.1f} away in z from every one ({_USUAL}, unpooled z), further than analyses "
            "of the same patients mostly lie apart. An adjusted or stratified analysis, or one of the times to the "
            "event, could print it; the text does not speak of one.",
            settle="the name of the test",
            rests_on=frozenset({"measure", "value", OWN_SIZE}) | ({"n"} if exact else frozenset()),
            **common,
        )
    return Verdict.INCONSISTENT, Details(
        sentence=f"No test of the catalogue prints {shown}{at}" + (f"; at those sizes {plain}." if plain else "."),
        settle="the counts",
        **common,
    )


def _usual_first(context: Context, claim: Comparison, search: TwoArmSearch, block: Block) -> tuple[Explanation, str]:
    """Return the cheapest explanation that takes no test which the text would have to name, or else that test."""
    best = block.item(0)
    seldom = unnamed_test(context, claim, best)
    if not seldom:
        return best, ""
    for other in search.blocks():
        if not unnamed_test(context, claim, other.item(0)):
            return other.item(0), ""
    return best, seldom


def _names_its_test(context: Context, claim: Comparison) -> bool:
    """Whether a text names a test of counts for two arms that it tells, so that only a size is open."""
    members = context.members(claim)
    of_two = len(context.paper.arms) == 2
    arms = [one.arms for one in members if (of_two or "arms" not in one.inferred) and len(one.arms) == 1]
    return len(arms) == 2 and arms[0] != arms[1] and bool(names_a_test_of_counts(context, claim))


def _far_fetched(search: TwoArmSearch, best: Explanation, pair: tuple[ArmNumbers, ArmNumbers]) -> str:
    """Say which odd things the only test that prints a P value takes; empty if they are not too many.

    Fewer patients than the arms have, which the text does not say, and one side or another rounding.
    """
    if best.rounding == "up" and search.p.decimals < _DIGITS_OF_LEAST and not all(one.exact for one in pair):
        return "a P value that was rounded up"
    if best.ordinary or best.allowed in ("stated", "derived") or all(one.bounds is not None for one in pair):
        return ""
    if best.rounding not in _PLAIN_ROUNDINGS:
        return "fewer patients than the arms have, and a rounding that few papers use"
    return "fewer patients than the arms have, and a test of one side" if best.sided == 1 != search.sided else ""


_DIGITS_OF_LEAST = 3
"""P = .001 is often written for anything below it; P = .01 is not."""
_PLAIN_ROUNDINGS = frozenset({"nearest", "half-up", "half-even"})


def _is_below(search: TwoArmSearch) -> bool:
    """Whether the cheapest test at the printed sizes gives a P value below the printed limit."""
    stated = search.plain_p()
    limit = search.p.range()
    return search.p.relation == "<" and stated is not None and all(map(limit.admits, stated[1]))


def _plain_words(search: TwoArmSearch) -> str:
    """Say what the cheapest test gives at the printed sizes."""
    stated = search.plain_p()
    return f"{method_words(stated[0])} gives P = {p_range(stated[1])}" if stated is not None else ""


def _of_another(search: TwoArmSearch, shown: str, p: PValue, other: Explanation, sizes: str, at: str) -> Details:
    plain, share, gap = _plain_words(search), _share(search), _gap(search)
    numbers = shown.removesuffix(f", {p_words(p)}")
    if not at and gap <= 0:
        unpooled = search.unpooled()
        return Details(
            sentence=f"The printed {p_words(p)} lies between what the usual tests of {numbers} give"
            f"{f': {plain}' if plain else ''}.",
            more=f"The z test with a variance for each arm gives P = {p_range(unpooled)}." if unpooled else "",
            how="among the tests of the same counts",
            explanations=_AnotherTest(search).explanations(),
        )
    worth = ": this explains next to nothing" if share > _NEARLY_ALL else ""
    return Details(
        sentence=f"The printed {p_words(p)} is not what any usual test of {numbers} "
        f"gives ({_USUAL}){at}{f': {plain}' if plain else ''}.",
        more=f"{_OTHERS} could print it, {gap:.1f} away in z from every usual one; those of simulated trials "
        f"lay so far apart that {100 * share:.0f}% of all P values could be explained so{worth}.",
        settle="its name or the counts" if at else "its name",
        how="another test (stratified, adjusted or of the times to the event)",
        explanations=_AnotherTest(search).explanations(),
    )


def _of_counts(search: TwoArmSearch, shown: str, best: Explanation, sizes: str, *, exact: bool) -> Details:
    data = f"{best.x} of {best.n} v {best.x2} of {best.n2}"
    side = ", one-sided" if best.sided == 1 else ""
    test = method_words(best.test or "") + side
    printed_sizes = best.allowed in ("stated", "derived")
    more = ""
    if printed_sizes and best.ordinary:
        by = f"follows by {test}" if exact else f"is {data} by {test}"
        sentence = f"{shown} {by}: P = {p_range((best.p or 0.0, best.p or 0.0))}."
    else:
        plain = _plain_words(search)
        start = f"at {sizes} patients {plain}" if plain else f"no counts of {sizes} patients print both percentages"
        sentence = f"{shown}: {plain if exact else start}."
        if printed_sizes:
            needs = [*best.readings, convention_words(Convention(rounding=best.rounding))]
            needed = "; ".join(word for word in needs if word)
            more = f"{data} by {test} prints it{f' ({needed})' if needed else ''}."
        else:
            pairs = search.pairs_printing(best)
            least = "at least " if search.limited else ""
            rivals = f"one of {least}{pairs} such pairs of counts" if pairs > 1 else "with counts"
            more = f"With patients missing, {test} prints it for {data}, {rivals} up to a tenth smaller."
    return Details(
        sentence=sentence,
        more=more,
        settle="the counts" if more and not exact else "",
        recomputed={"p": p_range((best.p, best.p))} if best.p is not None else {},
        how=f"{best.x}/{best.n} v {best.x2}/{best.n2}, {test}",
        explanations=search.explanations(),
    )


CHECK = Check(
    "TS301",
    "a P value comes from the two counts or percentages beside it",
    _run,
    assumes=("one unstratified comparison of two independent groups",),
    about=frozenset({"comparison"}),
    rests_on=frozenset({"measure", "value", "n", "size"}),
    settled_by="the number of patients with the event and assessed in each arm, and the name of the test",
    serves=("INSPECT-SR 4.9",),
)
