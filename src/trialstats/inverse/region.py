"""What the printed numbers of a ratio leave for its estimate and standard error: polygon and search in one place."""

from __future__ import annotations

from trialstats.inverse.polygon import (
    HalfPlane,
    Region,
    ratio_region,
    symmetric_half_planes,
    symmetric_region,
    z_range,
)
from trialstats.inverse.ratio_explain import explain_ratio
from trialstats.inverse.ratio_search import RatioSearch

__all__ = [
    "HalfPlane",
    "RatioSearch",
    "Region",
    "explain_ratio",
    "ratio_region",
    "symmetric_half_planes",
    "symmetric_region",
    "z_range",
]
