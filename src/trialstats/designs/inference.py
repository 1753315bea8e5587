"""Everything that the report of a two-stage trial may print of its response rate, in one frozen answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from trialstats.designs.binomial_terms import check_rates, check_whole
from trialstats.designs.sample_space import TWO_STAGE_ORDERINGS, sample_space
from trialstats.designs.two_stage import TwoStageDesign
from trialstats.designs.two_stage_estimates import (
    TWO_STAGE_ESTIMATES,
    TWO_STAGE_INTERVALS,
    two_stage_estimate,
    two_stage_interval,
    two_stage_pvalue,
)
from trialstats.errors import InputError, check_name
from trialstats.intervals.interval import Interval, check_level

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class TwoStageInference:
    """Everything that the report of a two-stage trial may print of its response rate.

    Attributes
    ----------
    design : TwoStageDesign
    responses, stage, n : int
        The outcome: responses in all, the stage at which the trial stopped, patients treated.
    level : float
        Of the intervals.
    p0 : float or None
        Null response rate of the P value.
    estimates : tuple of (str, float)
        In the order of `TWO_STAGE_ESTIMATES`.
    intervals : tuple of Interval
        In the order of `TWO_STAGE_INTERVALS`; each bears its method.
    pvalues : tuple of (str, float)
        One-sided, in the order of `TWO_STAGE_ORDERINGS`; empty without p0.
    """

    design: TwoStageDesign
    responses: int
    stage: int
    n: int
    level: float
    p0: float | None
    estimates: tuple[tuple[str, float], ...]
    intervals: tuple[Interval, ...]
    pvalues: tuple[tuple[str, float], ...]

    def estimate(self, method: str = "umvue") -> float:
        """Return the estimate of a method.

        Raises
        ------
        UnknownNameError
            If there is no such estimate.
        """
        return _named(self.estimates, "estimate after two stages", method)

    def interval(self, method: str = "jennison-turnbull") -> Interval:
        """Return the interval of a method.

        Raises
        ------
        UnknownNameError
            If there is no such interval.
        """
        return _named([(i.method, i) for i in self.intervals], "interval after two stages", method)

    def pvalue(self, ordering: str = "stagewise") -> float:
        """Return the one-sided P value of an ordering.

        Raises
        ------
        InputError
            If there is no such ordering, or no null rate was given.
        """
        if self.p0 is None:
            raise InputError("A P value needs the null response rate p0.")
        return _named(self.pvalues, "ordering", ordering)


def two_stage_inference(
    design: TwoStageDesign, responses: int, *, stage: int | None = None, p0: float | None = None, level: float = 0.95
) -> TwoStageInference:
    """Return every estimate and interval of the menus, and the P values, for one outcome.

    Parameters
    ----------
    design : TwoStageDesign
    responses : int
        Responses in all.
    stage : {1, 2}, optional
        Stage at which the trial stopped; needed only where the design can end with these responses at either.
    p0 : float, optional
        Null response rate.
    level : float, default 0.95
        Level of the intervals.

    Returns
    -------
    TwoStageInference

    Raises
    ------
    InputError
        If the design cannot end so, or an argument is out of range.

    Examples
    --------
    >>> result = two_stage_inference(TwoStageDesign(1, 10, 5, 29), 6, p0=0.1, level=0.9)
    >>> round(result.estimate("plain"), 4), round(result.estimate("umvue"), 4)
    (0.2069, 0.2613)
    >>> round(result.pvalue(), 4)
    0.0471
    """
    if not isinstance(design, TwoStageDesign):
        raise InputError(f"design must be a TwoStageDesign, got {design!r}.")
    space = sample_space(design)
    i = space.index(check_whole("responses", responses, 0), stage)
    at = int(space.stage[i])
    pvalues: tuple[tuple[str, float], ...] = ()
    if p0 is not None:
        pvalues = tuple((o, two_stage_pvalue(design, responses, p0, stage=at, ordering=o)) for o in TWO_STAGE_ORDERINGS)
    return TwoStageInference(
        design,
        int(responses),
        at,
        int(space.patients[i]),
        check_level(level),
        None if p0 is None else float(check_rates(p0, "p0")),
        tuple((name, two_stage_estimate(design, responses, stage=at, method=name)) for name in TWO_STAGE_ESTIMATES),
        tuple(two_stage_interval(design, responses, stage=at, level=level, method=m) for m in TWO_STAGE_INTERVALS),
        pvalues,
    )


def _named(pairs: Iterable[tuple[str, _Value]], what: str, name: str) -> _Value:
    found = dict(pairs)
    check_name(what, name, found)
    return found[name]
