"""The arms of a trial: those that lists tell and results bear out."""
