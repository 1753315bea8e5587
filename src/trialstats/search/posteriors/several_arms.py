"""Printed posterior summaries of several arms together: posteriors under one prior, and superiority of one arm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from trialstats.catalogue import PLAIN, Catalogue
from trialstats.errors import InputError
from trialstats.explanations import Explanation
from trialstats.intervals.beta import Beta
from trialstats.search.posteriors.explain import explain_posterior
from trialstats.search.posteriors.prior_region import Summary
from trialstats.search.posteriors.region import PosteriorRegion, superiority_range
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.posteriors.superiority import Combinations, joint_posteriors, superiority
from trialstats.values import FrozenDict, Kept

_LARGEST = 1e5


@dataclass(frozen=True, slots=True)
class SuperiorityPair:
    """Two posteriors made in one way, and how probably the first rate exceeds the second.

    Attributes
    ----------
    first, second : Explanation
        With ``.a .b .x .n .prior .point .kind .rounding``.
    probability : float
        P(first rate > second rate).
    """

    first: Explanation
    second: Explanation
    probability: float

    @property
    def cost(self) -> float:
        """Bits of both explanations together."""
        return self.first.cost + self.second.cost


@dataclass(frozen=True, kw_only=True)
class SuperiorityExplanations(Kept, Combinations[SuperiorityPair]):
    """All pairs of posteriors under one prior that print two summaries, cheapest first.

    Attributes
    ----------
    searches : (PosteriorSearch, PosteriorSearch)
    all, not_searched
        As of `Combinations`.
    """

    searches: tuple[PosteriorSearch, PosteriorSearch]

    @property
    def range(self) -> tuple[float, float] | None:
        """Smallest and largest probability over all pairs; None where there is none."""
        every = [pair.probability for pair in self]
        return (min(every), max(every)) if every else None

    @cached_property
    def any_priors(self) -> tuple[float, float] | None:
        """Range over any Beta posteriors that print the summaries in the way of the cheapest pair, whatever the priors.

        Without pairs: by means and equal-tailed intervals under plain rounding. None where no Beta posterior prints one
        of the summaries.
        """
        arms = (self[0].first, self[0].second) if self else (None, None)
        regions = [_region(search, one) for search, one in zip(self.searches, arms, strict=True)]
        return superiority_range(*regions)


def _region(search: PosteriorSearch, one: Explanation | None) -> PosteriorRegion:
    way = PLAIN if one is None else one.convention
    rounding, point, kind = way.rounding or "nearest", way.point or search.points[0], way.kind or search.kinds[0]
    ranges = {name: number.range(rounding) for name, number in search.printed.parts}
    return PosteriorRegion(FrozenDict(ranges), point, kind, rounding, search.level, _LARGEST)


def explain_posteriors(
    arms: Sequence[Summary],
    *,
    n: Sequence[int | None] | None = None,
    x: Sequence[int | None] | None = None,
    n_max: int = 200,
    priors: Mapping[str, tuple[float, float] | Beta] | Sequence[str] | None = None,
    point: str = "any",
    kind: str = "any",
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> Combinations[tuple[Explanation, ...]]:
    """Find all combinations of posteriors, one for each arm, that print the arms' summaries under one prior.

    Parameters
    ----------
    arms : sequence of (estimate, (lower, upper))
        The summaries as printed, one per arm.
    n, x : sequence of int, optional
        Number of patients and count of each arm, where known; None in place of one that is not.
    n_max, priors, point, kind, level, catalogue
        As `explain_posterior` takes them.

    Returns
    -------
    Combinations of tuple of Explanation
        One explanation per arm, made under the same prior, summary and kind of interval; cheapest combination first.
        ``.not_searched`` says what was left out, where there are very many.

    Raises
    ------
    NotTextError, InputError, UnknownNameError
        As `explain_posterior` does; InputError too if there is not one n and x for each arm.

    Examples
    --------
    >>> arms = [("72%", ("55%", "87%")), ("71%", ("55%", "84%"))]
    >>> first, second = explain_posteriors(arms, n=[27, 32])[0]
    >>> (first.x, first.n, first.prior), (second.x, second.n, second.prior, second.rounding)
    ((20, 27, 'uniform'), (23, 32, 'uniform', 'twice'))
    """
    return joint_posteriors(*_searches(arms, n, x, n_max, priors, point, kind, level, catalogue))


def explain_superiority(
    first: Summary,
    second: Summary,
    *,
    n: tuple[int | None, int | None] | None = None,
    x: tuple[int | None, int | None] | None = None,
    n_max: int = 200,
    priors: Mapping[str, tuple[float, float] | Beta] | Sequence[str] | None = None,
    point: str = "any",
    kind: str = "any",
    level: str | float | None = None,
    catalogue: Catalogue | None = None,
) -> SuperiorityExplanations:
    """Find how probably the first rate exceeds the second, over all posteriors that print two summaries.

    Parameters
    ----------
    first, second : (estimate, (lower, upper))
        The summaries as printed.
    n, x : pair of int, optional
        Number of patients and count of each arm, where known; None in place of one that is not.
    n_max, priors, point, kind, level, catalogue
        As `explain_posterior` takes them.

    Returns
    -------
    SuperiorityExplanations
        Pairs under one prior with ``.first .second .probability .cost``, cheapest first; ``.range`` over them, and
        ``.any_priors``, the range over any Beta posteriors.

    Raises
    ------
    NotTextError, InputError, UnknownNameError
        As `explain_posteriors` does.

    Examples
    --------
    >>> found = explain_superiority(("72%", ("55%", "87%")), ("71%", ("55%", "84%")), n=(27, 32))
    >>> round(found[0].probability, 4), [round(p, 3) for p in found.any_priors]
    (0.5674, [0.532, 0.58])
    """
    searches = _searches((first, second), n, x, n_max, priors, point, kind, level, catalogue)
    found = superiority(*searches)
    pairs = tuple(SuperiorityPair(*pair) for pair in found)
    return SuperiorityExplanations(pairs, found.not_searched, searches=(searches[0], searches[1]))


def _searches(
    arms: Sequence[Summary],
    n: Sequence[int | None] | None,
    x: Sequence[int | None] | None,
    n_max: int,
    priors: Mapping[str, tuple[float, float] | Beta] | Sequence[str] | None,
    point: str,
    kind: str,
    level: str | float | None,
    catalogue: Catalogue | None,
) -> list[PosteriorSearch]:
    arms = list(arms)
    for arm in arms:
        if isinstance(arm, str) or not isinstance(arm, Sequence) or len(arm) != 2:
            raise InputError(f"An arm is an estimate and its bounds such as ('72%', ('55%', '87%')), got {arm!r}.")
    known = {}
    for name, values in (("n", n), ("x", x)):
        if values is not None and (not isinstance(values, Sequence) or len(values) != len(arms)):
            raise InputError(f"{name} needs a number or None for each of the {len(arms)} arms, got {values!r}.")
        known[name] = [None] * len(arms) if values is None else list(values)
    searches = [
        explain_posterior(
            *arm, n=size, x=count, n_max=n_max, priors=priors, point=point, kind=kind, level=level, catalogue=catalogue
        ).search
        for arm, size, count in zip(arms, known["n"], known["x"], strict=True)
    ]
    return [search for search in searches if isinstance(search, PosteriorSearch)]
