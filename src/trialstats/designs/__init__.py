"""Phase II and adaptive designs: exact operating characteristics, and exact inference after two stages."""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
