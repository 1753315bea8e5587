from trialstats.figures.denominators import plot_denominators as plot_denominators
from trialstats.figures.intervals import plot_interval_methods as plot_interval_methods
from trialstats.figures.intervals import plot_intervals as plot_intervals
from trialstats.figures.posteriors import plot_feasible_priors as plot_feasible_priors
from trialstats.figures.posteriors import plot_posteriors as plot_posteriors
from trialstats.figures.posteriors import plot_superiority as plot_superiority
from trialstats.figures.ratios import plot_forest as plot_forest
from trialstats.figures.ratios import plot_ratio_region as plot_ratio_region
