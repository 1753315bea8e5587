"""P values, and what they compare."""
