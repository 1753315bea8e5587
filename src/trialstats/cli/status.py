"""Exit statuses of the command line."""

from __future__ import annotations

AS_EXPECTED, NOT_AS_EXPECTED, COULD_NOT_RUN, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
