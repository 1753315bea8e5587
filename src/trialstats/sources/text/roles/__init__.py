"""The role of every number, results or not."""
