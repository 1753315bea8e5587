"""Reanalyse the printed estimates of clinical trials.

What most people use stands here, the rest in namespaces such as ``trialstats.designs``. All names are listed in the
stubs, ``__init__.pyi``; each is imported from its module when it is first used, so that ``import trialstats`` costs
next to nothing.
"""

from trialstats.face import face

__getattr__, __dir__ = face(__name__)
