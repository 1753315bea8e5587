"""Pictures of printed numbers and of what may stand behind them; needs the extra ``plot`` when one is drawn.

Each function draws on the axes it is given, or on new ones, and returns them, or raises a `TrialstatsError` where
Matplotlib is not installed. No global state of Matplotlib is
touched, so that they may stand side by side in a figure of one's own. In a notebook the figure of axes that a function
made itself is shown by ``ax.figure``.
"""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
