"""Which other tests, sides and levels than its interval's would print a P value, in words.

Not a check: the check of a ratio's P value asks it.
"""

from __future__ import annotations

from collections.abc import Sequence

from trialstats.catalogue import Convention
from trialstats.claims.model import Estimate, PValue
from trialstats.search.ratios.polygon import Region, z_range
from trialstats.wording import begun, joined, p_range

WIDEST_GAP = 0.4
"""The largest gap in z between two tests of the same data in 3,600 simulated trials of one model."""
_PLAIN_TEST = "a plain log-rank test beside an adjusted ratio"
TEST_WORDS = {
    "wald": "Wald test",
    "another-test": "another test",
    "stratified-test": "a stratified or adjusted test",
}


def gap_in_z(region: Region, claim: Estimate) -> float:
    """Return by how much z would have to change for the printed P value."""
    assert claim.p is not None
    low, high = z_range(claim.p.value.range(), claim.p.sided or 2)
    first, last = region.size_of_z
    return max(low - last, first - high, 0.0)


def fits_one_side(claim: Estimate, found: Sequence[Convention]) -> bool:
    """Whether a test of one side prints the P value, whose sides are not stated."""
    assert claim.p is not None
    return claim.p.sided is None and any(way.test == "wald" and way.sided == 1 and way.level is None for way in found)


def other_ways(
    claim: Estimate,
    region: Region,
    found: Sequence[Convention],
    *,
    one_sided: bool,
    of_a_model: bool,
    in_full: bool,
) -> str:
    """Say which other tests, sides and levels would print the P value.

    Where there is no text, ``in_full``, a level that is not given may be any; a text that leaves it out means 95 %.
    """
    assert claim.p is not None
    gap = gap_in_z(region, claim)
    tests = {way.test for way in found if way.level is None}
    ways = []
    if one_sided and fits_one_side(claim, found):
        span = other_tail(region) if is_other_tail(claim.p, region) else p_range(region.p_one_sided)
        ways.append(f"a one-sided Wald test ({span})")
    levels = [way.level for way in found if way.level is not None and way.sided == 2]
    if levels and (in_full or "another-test" not in tests):
        ways.append(f"a {100 * levels[0]:g}% interval, its level not being printed")
    words = [f"{joined(ways, 'or')} would print it"] if ways else []
    if ways and gap > WIDEST_GAP:
        tests = set()  # what no other test of the same data does is not to be named beside what does
    if "another-test" in tests:
        another = _other_tests(claim, of_a_model=of_a_model, far=gap > WIDEST_GAP)
        words.append(f"{another} could{'' if words else ' print it'} (a gap of {gap:.2f} in z)")
    elif "stratified-test" in tests:
        which = _PLAIN_TEST if claim.adjusted and claim.p.test == "log-rank" else TEST_WORDS["stratified-test"]
        words.append(
            f"{which} could print it (a gap of {gap:.2f} in z"
            f"{', wider than between two tests of the same data' if gap > WIDEST_GAP else ''})"
        )
    cannot = "; the numbers cannot tell which" if claim.measure == "hazard-ratio" and "another-test" in tests else ""
    return f"{begun(joined(words))}{cannot}."


def is_other_tail(p: PValue, region: Region) -> bool:
    """Return whether the printed P value is one-sided against the direction of the estimate."""
    low, high = p.value.float_range()
    return low > 0.5 or (high > 0.5 and region.p_one_sided[1] < low)


def other_tail(region: Region) -> str:
    """Return the P value of one side against the direction of the estimate, as a range."""
    low, high = region.p_one_sided
    return p_range((1 - high, 1 - low))


def _other_tests(claim: Estimate, *, of_a_model: bool, far: bool) -> str:
    """Return which tests beside the interval the P value may come from: the one that is named, or the usual ones."""
    named = claim.p.test if claim.p is not None else None
    if named:
        return f"the test that the text names ({named})"
    if far:
        return "only a likelihood-ratio test of few events, or one of another comparison,"
    if of_a_model:
        return "a likelihood-ratio test of the same model, or one adjusted otherwise,"
    if claim.measure == "hazard-ratio":
        return "another test, such as a log-rank or a stratified log-rank test,"
    return _OF_TABLES


_OF_TABLES = "another test, such as an exact, chi-square, likelihood-ratio or stratified (Mantel-Haenszel) test,"
_BUT_OF_COUNTS = "a stratified (Mantel-Haenszel) or adjusted test, or one of other patients,"


def without_tests_of_counts(words: str) -> str:
    """Return what was said of other tests without those of the printed counts, which do not print the P value."""
    return words.replace(_OF_TABLES, _BUT_OF_COUNTS).replace(begun(_OF_TABLES), begun(_BUT_OF_COUNTS))
