"""Percentages with their counts and totals."""
