"""The checks: one file each, and this visible list in the order in which findings are reported.

``nothing_to_check`` stands apart: it speaks only of claims that no other check concerns.
"""

from __future__ import annotations

from trialstats.checks import (
    credible_label,
    denominators,
    difference_interval,
    difference_p,
    events,
    landmark_ratio,
    mean_interval,
    means,
    median_interval,
    median_landmark,
    medians_ratio,
    nothing_to_check,
    order,
    percent_count,
    posterior_ratio,
    posterior_summary,
    posterior_superiority,
    posterior_threshold,
    proportion_interval,
    ratio_interval,
    ratio_p,
    reciprocal,
    reduction,
    significance,
    survival_interval,
    survival_order,
    totals,
    two_arm_p,
    unnamed_interval,
)
from trialstats.checks.check import Check, Context
from trialstats.errors import UnknownNameError

__all__ = ["CHECKS", "Check", "Context", "find_check"]

CHECKS: tuple[Check, ...] = (
    nothing_to_check.CHECK,
    order.CHECK,
    totals.CHECK,
    percent_count.CHECK,
    means.CHECK,
    proportion_interval.CHECK,
    denominators.CHECK,
    ratio_interval.CHECK,
    ratio_p.CHECK,
    significance.CHECK,
    reduction.CHECK,
    reciprocal.CHECK,
    events.CHECK,
    medians_ratio.CHECK,
    landmark_ratio.CHECK,
    survival_interval.CHECK,
    survival_order.CHECK,
    median_interval.CHECK,
    median_landmark.CHECK,
    difference_interval.CHECK,
    difference_p.CHECK,
    unnamed_interval.CHECK,
    mean_interval.CHECK,
    two_arm_p.CHECK,
    posterior_summary.CHECK,
    posterior_superiority.CHECK,
    credible_label.CHECK,
    posterior_threshold.CHECK,
    posterior_ratio.CHECK,
)


def find_check(name: str) -> Check:
    """Return the check with this code or name; any other is an `UnknownNameError`."""
    for check in CHECKS:
        if str(name).strip().lower() in (check.code.lower(), check.name):
            return check
    raise UnknownNameError("check", str(name), [word for check in CHECKS for word in (check.name, check.code)])
