"""A log hazard ratio from two survival curves cut into intervals, pooled by inverse variance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from trialstats.errors import InputError
from trialstats.reported import Span

LARGEST_STEP_BIAS = 0.02
"""By how much shares with an event and cumulative hazards may give different log ratios before the steps are coarse."""
_ROUNDS = 4
"""How often every reading is moved to its ends in turn, at most."""


def at_risk_and_events(
    times: Sequence[float],
    survival: Sequence[float],
    *,
    at_risk: Sequence[float] | None = None,
    patients: float | None = None,
    follow_up: Sequence[float] | None = None,
) -> list[Span]:
    """Return patients at risk and events of each interval of a curve.

    ``times`` are the ends of the intervals from 0 on, ``survival`` is the curve there. Between numbers ``at_risk`` at
    these times censoring is taken as even. Where none are printed, ``patients`` start, and censoring is even between
    the shortest and the longest ``follow_up``; without it nobody is censored.

    References
    ----------
    .. [1] Parmar MKB, Torri V, Stewart L (1998) Stat Med 17:2815-34.
    .. [2] Williamson PR et al. (2002) Stat Med 21:3337-51.

    Examples
    --------
    >>> at_risk_and_events([0, 1], [1.0, 0.75], at_risk=[100, 61])
    [(92.0, 23.0)]
    >>> at_risk_and_events([0, 1], [1.0, 0.75], patients=100, follow_up=(0, 2))
    [(75.0, 18.75)]
    """
    found = []
    for k in range(len(times) - 1):
        kept = survival[k + 1] / survival[k] if survival[k] > 0 else 0.0
        if at_risk is not None:
            # even censoring: half of those censored within the interval count as at risk
            censored = 2 * (at_risk[k] * kept - at_risk[k + 1]) / (1 + kept)
            risk = at_risk[k] - censored / 2
        else:
            assert patients is not None
            risk = patients * survival[k] * _mean_under_observation(times[k], times[k + 1], follow_up)
        found.append((risk, risk * (1 - kept)))
    return found


def _mean_under_observation(start: float, end: float, follow_up: Sequence[float] | None) -> float:
    """Return the share of patients not censored before an interval's mean time, under even censoring."""
    if follow_up is None:
        return 1.0
    shortest, longest = follow_up

    def lost(t: float) -> float:  # area above the share under observation, from 0 to t
        over = min(max(t - shortest, 0.0), longest - shortest)
        return (over**2 / (2 * (longest - shortest)) if over else 0.0) + max(t - longest, 0.0)

    return 1 - (lost(end) - lost(start)) / (end - start)


def _pooled(arms: Sequence[list[Span]]) -> tuple[float, float, float]:
    """Return log HR, its standard error, and log HR by hazards; an interval without events in an arm has no weight.

    Within an interval the share of those at risk that have the event is not their hazard, and the ratio of two shares
    lies nearer 1. The cumulative hazard, -ln(1 - share), takes the hazard as constant within the interval.
    """
    total = weight = hazards = 0.0
    for (r1, d1), (r2, d2) in zip(*arms, strict=True):
        if min(r1, r2, d1, d2) > 1e-9:
            precision = 1 / (1 / d1 - 1 / r1 + 1 / d2 - 1 / r2) if r1 > d1 or r2 > d2 else 1 / (1 / d1 + 1 / d2)
            first, second = d1 / r1, d2 / r2
            share = math.log(first / second)
            total += precision * share
            ends = first < 1 and second < 1  # of a curve that falls to 0 the hazard has no end
            hazards += precision * (math.log(math.log1p(-first) / math.log1p(-second)) if ends else share)
            weight += precision
    if not weight:
        raise InputError("The curves have no interval with events in both arms.")
    return total / weight, weight**-0.5, hazards / weight


def _refuse_unlike(
    times: Sequence[float],
    curves: Sequence[Sequence[tuple[float, float, float]]],
    follow_up: Sequence[float] | None,
    at_risk: Sequence[Sequence[float]] | None,
) -> None:
    """Refuse lengths that do not agree, times that do not rise from 0, and a curve that rises."""
    if len(curves) != 2 or any(len(curve) != len(times) for curve in curves) or len(times) < 2:
        raise InputError(f"survival must be two curves with a reading at each of the {len(times)} times.")
    if times[0] != 0 or any(b <= a for a, b in pairwise(times)):
        raise InputError(f"times must rise from 0, got {list(times)!r}.")
    if at_risk is not None and (len(at_risk) != 2 or any(len(risks) != len(times) for risks in at_risk)):
        raise InputError(f"at_risk must be two sequences with a number at each of the {len(times)} times.")
    if follow_up is not None and not (len(follow_up) == 2 and 0 <= follow_up[0] <= follow_up[1] > 0):
        raise InputError(
            "follow_up must be a pair, the shortest follow-up and the longest, which may be equal and is above 0; "
            f"got {follow_up!r}."
        )
    if follow_up is not None and times[-2] >= follow_up[1]:
        raise InputError(
            f"The longest follow-up, {follow_up[1]:g}, must reach into the last interval, from {times[-2]:g} to "
            f"{times[-1]:g}: nobody is at risk there."
        )
    if any(b[0] > a[0] for curve in curves for a, b in pairwise(curve)):
        raise InputError("A survival curve cannot rise.")


def pooled_curves(
    times: Sequence[float],
    curves: Sequence[Sequence[tuple[float, float, float]]],
    patients: Sequence[float] | None,
    follow_up: Sequence[float] | None,
    at_risk: Sequence[Sequence[float]] | None,
) -> tuple[float, float, Span, Span, bool]:
    """Return log HR and standard error from two curves, with the ranges that the precision of the readings leaves.

    ``times`` are the ends of the intervals from 0 on; a reading comes with the ends of what it can stand for; the rest
    is as for `at_risk_and_events`, by arm. The range of the log ratio holds the one by cumulative hazards; the last
    answer is whether the intervals are so long that it matters whether shares or cumulative hazards are taken. Refused
    are lengths that do not agree, times that do not rise from 0, a curve that rises, and no interval with events in
    both arms.
    """
    _refuse_unlike(times, curves, follow_up, at_risk)

    def answer(readings: Sequence[Sequence[float]]) -> tuple[float, float, float]:
        arms = [
            at_risk_and_events(
                times,
                readings[arm],
                at_risk=None if at_risk is None else at_risk[arm],
                patients=None if patients is None else patients[arm],
                follow_up=follow_up,
            )
            for arm in (0, 1)
        ]
        return _pooled(arms)

    printed = [[reading[0] for reading in curve] for curve in curves]
    log_hr, se, by_hazards = answer(printed)
    ends: list[Span] = []
    for which in (0, 1, 2):
        extremes = []
        for sign in (1.0, -1.0):
            at = [list(curve) for curve in printed]
            best = answer(at)[which]
            for _ in range(_ROUNDS):
                before = best
                for arm, curve in enumerate(curves):
                    for k, (_, low, high) in enumerate(curve):
                        kept = at[arm][k]
                        ceiling = at[arm][k - 1] if k else 1.0
                        floor = at[arm][k + 1] if k + 1 < len(curve) else 0.0
                        for trial in (min(max(low, floor), ceiling), max(min(high, ceiling), floor)):
                            at[arm][k] = trial
                            try:
                                value = answer(at)[which]
                            except InputError:
                                value = best
                            if sign * value < sign * best:
                                best, kept = value, trial
                        at[arm][k] = kept
                if best == before:
                    break
            extremes.append(best)
        ends.append((extremes[0], extremes[1]))
    both = min(ends[0][0], ends[2][0]), max(ends[0][1], ends[2][1])
    return log_hr, se, both, ends[1], abs(by_hazards - log_hr) > LARGEST_STEP_BIAS
