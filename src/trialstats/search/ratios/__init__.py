"""Centre and standard error behind a symmetric interval, and the P value beside it."""
