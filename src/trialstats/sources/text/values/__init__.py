"""Results that stand without an interval."""
