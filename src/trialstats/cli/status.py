"""Exit statuses of the command line."""

from __future__ import annotations

__all__ = ["AS_EXPECTED", "COULD_NOT_RUN", "INTERRUPTED", "NOT_AS_EXPECTED", "PIPE_CLOSED"]

AS_EXPECTED, NOT_AS_EXPECTED, COULD_NOT_RUN, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
