"""Claims of two arms, each in one line of a test."""

from trialstats import Reported
from trialstats.claims.model import Estimate, PValue, Spread

R = Reported
ARMS = ("new", "old")


def number(text):
    return None if text is None else R(text)


def claim(name, measure, value=None, low=None, high=None, *, p=None, sided=None, test=None, level="95%", **more):
    spread = more.pop("spread", None)
    if low is not None or high is not None:
        spread = Spread(more.pop("kind", "confidence"), number(low), number(high), level=number(level))
    return Estimate(id=name, measure=measure, value=number(value), spread=spread,
                    p=None if p is None else PValue(R(p), sided, test), **more)  # fmt: skip


def hazard(value, low, high, **more):
    return claim("hr", "hazard-ratio", value, low, high, **{"arms": ARMS, "outcome": "death", **more})
