"""Forward statistics: counts or data in, intervals and P values out. Arrays in, arrays out; no text."""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
