"""Papers of one arm whose rows were all printed in one way."""

from dataclasses import replace

from trialstats.catalogue import Convention
from trialstats.claims.model import Arm, Estimate, Paper, Size
from trialstats.explanations import Counts
from trialstats.press import print_claim
from trialstats.reported import Reported

R = Reported


def paper_of(percentages, n):
    arm = Arm("a", "A", {"randomised": Size(R(str(n)))})
    rows = [
        Estimate(id=f"c{k}", measure="proportion", value=R(text), arms=("a",)) for k, text in enumerate(percentages)
    ]
    return Paper(id="rows", arms=(arm,), claims=tuple(rows))


def intervals_of(counts, n, method, decimals=0, printed=None):
    arm = Arm("a", "A", {"randomised": Size(R(str(printed or n)))})
    how = Convention(method=method)
    claims = [
        replace(print_claim(Counts(x, n), how, decimals=decimals, claim_id=f"c{k}"), arms=("a",))
        for k, x in enumerate(counts)
    ]
    return Paper(id="intervals", arms=(arm,), claims=tuple(claims))
