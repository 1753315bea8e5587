"""Counts, denominators and tests behind printed percentages."""
