"""Beta posteriors, priors and counts behind printed posterior summaries."""
