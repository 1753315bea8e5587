"""A table of reported results: its headings, whose its columns and rows are, and the claims that they make.

One row may be a result (of an arm, or of two arms against each other), or a whole outcome with columns for each arm.
"""

from trialstats.sources.table.reading import looks_like_table, parse_table, read_table

__all__ = ["looks_like_table", "parse_table", "read_table"]
