"""How a whole paper seems to have been computed and printed, and what speaks for it.

Papers are printed by few hands. From the explanations of the single findings the joint search (`search.joint`) takes
the cheapest common choices; nothing here changes a verdict.
"""

from trialstats.convention.inference import PaperReading, read_convention

__all__ = ["PaperReading", "read_convention"]
