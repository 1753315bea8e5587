"""The checks: one file each, and this visible list in the order in which findings are reported.

``nothing_to_check`` stands apart: it speaks only of claims that no other check concerns.
"""

from __future__ import annotations

from importlib import import_module

from trialstats.checks.check import Check, Context
from trialstats.errors import UnknownNameError

__all__ = ["CHECKS", "Check", "Context", "find_check"]

_FILES = """
nothing_to_check order totals nested categories repeated percent_count means proportion_interval denominators
ratio_interval ratio_p significance reduction reciprocal events medians_ratio landmark_ratio ratio_of_arms
difference_of_arms direction needed_to_treat survival_interval survival_order median_interval median_landmark
difference_interval difference_p unnamed_interval mean_interval standard_error
person_time two_arm_p several_groups_p interaction_p means_p statistic_p
posterior_summary posterior_superiority credible_label posterior_threshold posterior_ratio
design_size
"""
CHECKS: tuple[Check, ...] = tuple(import_module(f"{__name__}.{name}").CHECK for name in _FILES.split())


def find_check(name: str) -> Check:
    """Return the check with this code or name; any other is an `UnknownNameError`."""
    for check in CHECKS:
        if str(name).strip().lower() in (check.code.lower(), check.name):
            return check
    raise UnknownNameError("check", str(name), [word for check in CHECKS for word in (check.name, check.code)])
