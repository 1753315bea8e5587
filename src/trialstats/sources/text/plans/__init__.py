"""What was planned: designs, power, limits."""
