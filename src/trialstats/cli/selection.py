"""Options that name checks."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["codes"]


def codes(given: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of checks given as codes or names, by commas or repeated."""
    names = [name for part in given for name in part.split(",") if name.strip()]
    if not names:
        return ()
    from trialstats.checks import find_check

    return tuple(dict.fromkeys(find_check(name.strip()).code for name in names))
