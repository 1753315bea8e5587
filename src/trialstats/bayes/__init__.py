"""The PyMC twin of the exact posteriors: the same models by Markov chains, and how well the two agree.

Needs the extra ``bayes`` (``pip install trialstats[bayes]``): PyMC when a model is built or sampled, ArviZ when the
draws of any container with a posterior group are judged.
"""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
