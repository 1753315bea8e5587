"""Which denominators a paper allows for a claim, and in what words."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from trialstats.claims.model import Estimate, Paper, Size
from trialstats.claims.trust import is_of_others, knows_groups
from trialstats.reported import Reported

__all__ = ["IN_ONE_ARM", "arm_size", "denominators", "largest_size", "left_beside", "sizes_printing"]

IN_ONE_ARM = frozenset({"randomised", "intention-to-treat", "included"})
"""Populations in which a patient stands in one arm only: after a crossover a patient may be treated in two."""

_REMOVED = frozenset({"untreated", "withdrawn", "excluded", "not-evaluable"})
"""Populations that are subtracted: nobody in them is in a denominator."""


def denominators(paper: Paper, claim: Estimate) -> dict[int, str]:
    """Return the denominators that are printed for a claim, or follow from printed numbers.

    Parameters
    ----------
    paper : Paper
    claim : Estimate

    Returns
    -------
    dict of int to str
        ``stated`` for a size printed for this arm and population, ``derived`` for a stated size
        less a stated number (28 less 1 untreated) or a sum of all arms. Empty where nothing is printed.

    Examples
    --------
    >>> from trialstats.claims.model import Arm
    >>> from trialstats.reported import Reported
    >>> arm = Arm("a", "A", {"randomised": Size(Reported("28")), "untreated": Size(Reported("1"))})
    >>> paper = Paper(id="p", arms=(arm,))
    >>> denominators(paper, Estimate(id="orr", measure="proportion", arms=("a",)))
    {28: 'stated', 27: 'derived'}
    """
    if claim.n is not None and (n := claim.n.whole):
        return {n: "stated"}
    if claim.subgroup:
        return {}  # the sizes of whole arms are not those of a part of the patients
    if len(claim.arms) == 1:
        if is_of_others(paper, claim):
            return {}
        arm = paper.arm(claim.arms[0])
        found = _from_sizes(arm.of, claim.population) if arm is not None else {}
        whole = claim.x.whole if claim.x is not None else None
        if whole in found and claim.value is not None and claim.value.range().upper < 1:
            del found[whole]  # a share of all patients: the count is the arm itself
        if not found and arm is not None and not arm.of and (left := left_beside(paper, arm.id)) and left[1]:
            found[left[0]] = "derived"
        return found
    if not claim.arms:
        if knows_groups(paper) and len(paper.arms) == 1:
            return _from_sizes({**paper.of, **paper.arms[0].of}, claim.population)
        # A text's total is a candidate for a bare count, never the only one; for an interval, a mean or a rate it
        # would leave no other.
        alone = not paper.arms and claim.x is not None and claim.interval is None
        usable = knows_groups(paper) or alone
        found = _from_sizes(paper.of, claim.population) if usable else {}
        if not found and knows_groups(paper) and (total := _sum_of_arms(paper)):
            found[total] = "derived"
        return found
    return {}


def _from_sizes(sizes: Mapping[str, Size], population: str | None) -> dict[int, str]:
    counts = {name: n for name, size in sizes.items() if (n := size.value.whole)}
    if population is not None and population in counts:
        return {counts[population]: "stated"}
    found = {n: "stated" for name, n in counts.items() if name not in _REMOVED}
    largest = max(found, default=0)
    for name, removed in counts.items():
        if name in _REMOVED and removed < largest:
            found.setdefault(largest - removed, "derived")
    return found


def _sum_of_arms(paper: Paper) -> int | None:
    sizes = [arm_size(paper, arm.id) for arm in paper.arms]
    return sum(size for size in sizes if size) if all(sizes) else None


def arm_size(paper: Paper, arm_id: str) -> int | None:
    """Return the largest size printed for an arm, or None."""
    arm = paper.arm(arm_id)
    return None if arm is None else max((n for size in arm.of.values() if (n := size.value.whole)), default=None)


def left_beside(paper: Paper, arm_id: str) -> tuple[int, bool] | None:
    """Return how many patients of a printed total the printed sizes of the other arms leave, and if all are this arm's.

    None where sizes were read from sentences: a total may be of others than the arms that were read.

    Examples
    --------
    >>> from trialstats.claims.model import Arm
    >>> from trialstats.reported import Reported
    >>> arms = (Arm("a", "A", {"randomised": Size(Reported("49"))}), Arm("b", "B"), Arm("c", "C"))
    >>> left_beside(Paper(id="p", arms=arms, of={"randomised": Size(Reported("87"))}), "b")
    (38, False)
    """
    found: list[tuple[int, bool]] = []
    if paper.text is not None and not knows_groups(paper):
        return None
    for population in IN_ONE_ARM & paper.of.keys():
        total = paper.of[population].value.whole
        others = [arm.of[population].value.whole for arm in paper.arms if arm.id != arm_id and population in arm.of]
        taken = sum(n for n in others if n)
        if total and 0 < taken < total:
            found.append((total - taken, len(others) == len(paper.arms) - 1))
    return min(found, default=None)


def largest_size(paper: Paper) -> int | None:
    """Return the largest number of patients printed anywhere for an arm, or for a paper whose arms are all known."""
    sizes = [n for size in paper.of.values() if (n := size.value.whole)] if knows_groups(paper) else []
    sizes += [n for arm in paper.arms if (n := arm_size(paper, arm.id))]
    return max(sizes, default=None)


def sizes_printing(x: int, printed: Reported) -> tuple[int, int | None] | None:
    """Return the smallest and largest n of which a count is the printed percentage, plainly rounded.

    Parameters
    ----------
    x : int
    printed : Reported
        The percentage or share.

    Returns
    -------
    tuple of int, or None
        The largest is None where there is none; the whole is None if no whole number of patients prints it.

    Examples
    --------
    >>> sizes_printing(44, Reported("28%")), sizes_printing(12, Reported("90%")), sizes_printing(1, Reported("0%"))
    ((155, 160), None, (200, None))
    """
    values = printed.range()
    lower, upper = values.lower, values.upper
    if not (isinstance(lower, Fraction) and isinstance(upper, Fraction)) or upper <= 0:
        return None
    top, bottom = x * upper.denominator, upper.numerator
    least = max(-(-top // bottom) if values.upper_closed else top // bottom + 1, x, 1)
    if lower <= 0:
        return (least, None) if x or 0 in values else None
    top, bottom = x * lower.denominator, lower.numerator
    most = top // bottom if values.lower_closed else -(-top // bottom) - 1
    return (least, most) if least <= most else None
