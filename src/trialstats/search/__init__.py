"""Inverse problems: from what is printed to the data, methods and rounding that print it."""
