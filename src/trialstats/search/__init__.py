"""Inverse problems: from what is printed to the data, methods and rounding that print it."""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
