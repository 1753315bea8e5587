"""Intervals and the estimates that they belong to."""
