"""What a result is of, and when."""
