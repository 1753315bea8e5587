"""Claims: what a report states, of how many patients, and how far a reading of it may be trusted."""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
