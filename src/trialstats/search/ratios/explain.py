"""The public question about a printed ratio: the estimates, standard errors and ways of printing that give it."""

from __future__ import annotations

import math
from collections.abc import Sequence

from trialstats.catalogue import Catalogue, load_catalogue
from trialstats.errors import InputError
from trialstats.explanations import Explanations, TwoArmCounts
from trialstats.explanations.explanation import is_whole
from trialstats.reported import Range, Reported
from trialstats.search.printed import PrintedInterval, as_level, as_reported
from trialstats.search.ratios.search import RatioSearch


def _size_of(number: Reported, *, square: bool) -> Range:
    """Return the range of an absolute test statistic from a printed Z or chi-square."""
    values = number.range()
    ends = sorted(abs(float(end)) for end in (values.lower, values.upper))
    low = 0.0 if 0 in values else ends[0]
    return Range(math.sqrt(low), math.sqrt(ends[1])) if square else Range(low, ends[1])


def explain_ratio(
    estimate: str | Reported | None,
    interval: Sequence[str | Reported | None] | None = None,
    *,
    p: str | Reported | None = None,
    sided: int | None = None,
    z: str | Reported | None = None,
    chi_square: str | Reported | None = None,
    level: str | float | None = None,
    measure: str = "hazard-ratio",
    counts: Sequence[int] | Sequence[Sequence[int]] | None = None,
    catalogue: Catalogue | None = None,
) -> Explanations:
    """Find all ways in which a ratio, its interval and its P value come from one estimate and standard error.

    Parameters
    ----------
    estimate : str or Reported or None
        Hazard, odds or risk ratio as printed.
    interval : pair of str or Reported, optional
        Bounds as printed; either may be None.
    p : str or Reported, optional
        P value as printed, with its relation (``"<.001"``).
    sided : {1, 2}, optional
        Sides of P where they are known; otherwise both are tried.
    z, chi_square : str or Reported, optional
        Test statistic as printed, instead of a P value; chi-square on one degree of freedom.
    level : str or float, optional
        Confidence level. By default ``"95%"``; a P value, Z or chi-square may then tell another one.
    measure : str, default "hazard-ratio"
        ``hazard-ratio``, ``odds-ratio`` or ``risk-ratio``: how far its intervals may lie off centre.
    counts : tuple of int, optional
        Events and patients of the first arm, then of the second: ``(74, 295, 54, 118)`` or ``((74, 295), (54, 118))``.
        The ratio, its interval and its P value are then held against them too.
    catalogue : Catalogue, optional
        By default the latest.

    Returns
    -------
    Explanations
        Items have ``.scale .rounding .test .sided .centre .se .cost``; the whole has ``.feasible .centre
        .se .p_two_sided .p_one_sided .events`` as ranges on the log scale. With counts ``.counts`` says what these
        give: ``.counts.agrees`` (None for a hazard ratio, which needs the times), ``.estimate``, ``.methods`` that
        print the ratio with its interval, ``.tests`` that print its P value, ``.turned`` where the arms stand the
        other way round, and ``.message`` in words. An adjusted ratio need not be that of the counts.

    Raises
    ------
    NotTextError
        If a printed number is not given as text.
    InputError
        If there is nothing to explain, the level is no level, ``sided`` is not 1 or 2, more than one
        of P, Z and chi-square is given, or counts are not events and patients of two arms.

    Examples
    --------
    >>> found = explain_ratio("0.54", ("0.37", "0.79"), p="<.001")
    >>> [round(end, 4) for end in found.p_two_sided]
    [0.0012, 0.0018]
    >>> [(one.test, one.sided) for one in found.best(2)]
    [('another-test', 2), ('wald', 1)]

    A ratio that is not that of its counts, and one that is:

    >>> held = explain_ratio("0.34", ("0.24", "0.48"), measure="risk-ratio", counts=(30, 120, 54, 118)).counts
    >>> held.agrees, round(held.estimate, 3)
    (False, 0.546)
    >>> held.message.partition(";")[0]
    '30 of 120 v 54 of 118 give a risk ratio of 0.546, and 0.34 is printed'
    >>> held = explain_ratio("0.55", ("0.38", "0.79"), p=".001", measure="risk-ratio", counts=(30, 120, 54, 118)).counts
    >>> held.agrees, held.methods[0], "fisher" in held.tests
    (True, 'katz', True)
    """
    if sided not in (None, 1, 2):
        raise InputError(f"sided must be 1, 2 or None, got {sided!r}.")
    if sum(one is not None for one in (p, z, chi_square)) > 1:
        raise InputError("Give one of p, z and chi_square, not several: they say the same.")
    if measure not in ("hazard-ratio", "odds-ratio", "risk-ratio"):
        raise InputError(f"measure must be 'hazard-ratio', 'odds-ratio' or 'risk-ratio', got {measure!r}.")
    number = as_reported(z) if z is not None else as_reported(chi_square)
    search = RatioSearch(
        PrintedInterval.of(estimate, interval, "a ratio"),
        as_reported(p),
        sided,
        as_level(level),
        catalogue or load_catalogue(),
        measure=measure,
        statistic=None if number is None else _size_of(number, square=z is None),
        level_printed=level is not None,
        counts=None if counts is None else _as_counts(counts),
    )
    return search.explanations()


def _as_counts(given: Sequence[int] | Sequence[Sequence[int]]) -> TwoArmCounts:
    """Return the counts of two arms, given as four numbers or as two pairs."""
    accepted = "counts are events and patients of two arms, such as (74, 295, 54, 118)"
    if isinstance(given, (str, bytes)) or not isinstance(given, Sequence):
        raise InputError(f"{accepted}, got {given!r}.")
    flat = [one for part in given for one in (part if isinstance(part, Sequence) else (part,))]
    if len(flat) != len(("x", "n", "x2", "n2")) or not all(is_whole(one) for one in flat):
        raise InputError(f"{accepted}, got {given!r}.")
    x, n, x2, n2 = (int(one) for one in flat)
    if not (0 <= x <= n and 0 <= x2 <= n2 and n and n2):
        raise InputError(f"{accepted}; {x} of {n} v {x2} of {n2} is none.")
    return TwoArmCounts(x, n, x2, n2)
