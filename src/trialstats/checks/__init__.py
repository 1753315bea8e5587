"""The checks: one file each, and this visible list in the order in which findings are reported.

``nothing_to_check`` stands apart: it speaks only of claims that no other check concerns.
"""

from __future__ import annotations

from trialstats.checks import (
    denominators,
    difference_interval,
    landmark_ratio,
    median_interval,
    medians_ratio,
    nothing_to_check,
    order,
    percent_count,
    posterior_summary,
    posterior_superiority,
    proportion_interval,
    ratio_interval,
    ratio_p,
    reduction,
    significance,
    survival_interval,
    totals,
    two_arm_p,
)
from trialstats.checks.check import Check, Context
from trialstats.errors import UnknownNameError

__all__ = ["CHECKS", "Check", "Context", "find_check"]

CHECKS: tuple[Check, ...] = (
    nothing_to_check.CHECK,
    order.CHECK,
    totals.CHECK,
    percent_count.CHECK,
    proportion_interval.CHECK,
    denominators.CHECK,
    ratio_interval.CHECK,
    ratio_p.CHECK,
    significance.CHECK,
    reduction.CHECK,
    medians_ratio.CHECK,
    landmark_ratio.CHECK,
    survival_interval.CHECK,
    median_interval.CHECK,
    difference_interval.CHECK,
    two_arm_p.CHECK,
    posterior_summary.CHECK,
    posterior_superiority.CHECK,
)


def find_check(name: str) -> Check:
    """Return the check with this code or name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    for check in CHECKS:
        if name.strip().lower() in (check.code.lower(), check.name):
            return check
    raise UnknownNameError("check", name, [word for check in CHECKS for word in (check.name, check.code)])
