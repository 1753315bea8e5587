"""What is read of the intervals of a text, briefly."""

from trialstats.claims.model import Comparison
from trialstats.sources.text.reading import extract


def intervals(text):
    """Return estimate, bounds and P of each interval of a text."""
    return [
        (
            claim.value and claim.value.text,
            claim.spread.lower and claim.spread.lower.text,
            claim.spread.upper and claim.spread.upper.text,
            claim.p and claim.p.value.text,
        )
        for claim in extract(text).claims
        if not isinstance(claim, Comparison) and claim.spread is not None
    ]
