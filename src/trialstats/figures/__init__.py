"""Pictures of printed numbers and of what may stand behind them; needs the extra ``plot`` when one is drawn.

Each function draws on the axes it is given, or on new ones, and returns them; no global state of Matplotlib is
touched, so that they may stand side by side in a figure of one's own. In a notebook the figure of axes that a function
made itself is shown by ``ax.figure``.
"""

from __future__ import annotations

from trialstats.figures.denominators import plot_denominators
from trialstats.figures.intervals import plot_interval_methods, plot_intervals
from trialstats.figures.posteriors import plot_feasible_priors, plot_posteriors, plot_superiority
from trialstats.figures.ratios import plot_forest, plot_ratio_region

__all__ = [
    "plot_denominators",
    "plot_feasible_priors",
    "plot_forest",
    "plot_interval_methods",
    "plot_intervals",
    "plot_posteriors",
    "plot_ratio_region",
    "plot_superiority",
]
