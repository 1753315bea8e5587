"""Sources: each room reads one kind of document and gives papers; `open_source` is the one door to all of them."""

from __future__ import annotations

from trialstats.sources.door import Papers, open_source

__all__ = ["Papers", "open_source"]
