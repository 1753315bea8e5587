"""Whether the posterior behind simulated draws is found, and how often a summary from draws is asked about.

    python -m benchmarks.simulated_posteriors [papers]

A posterior of a count under a usual prior is summarised from draws, as Markov chains do it, and printed. Then the
search is asked for what prints it: is the posterior itself among the explanations, and does the check ask about it?
"""

from __future__ import annotations

import argparse

import numpy as np

from trialstats.claims.model import Arm, Basis, Estimate, Paper, Size, Spread
from trialstats.findings import QUESTIONS
from trialstats.press import print_number
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported

DRAWS = (1_000, 4_000, 10_000)
PRIORS = ((1.0, 1.0), (1.0, 1.0), (0.5, 0.5))


def claim_of(rng: np.random.Generator, draws: int, decimals: int) -> tuple[Paper, float, float]:
    """Return a paper with one summary from draws, and the parameters of its posterior."""
    n = int(rng.integers(15, 120))
    x, (a, b) = int(rng.binomial(n, rng.uniform(0.1, 0.9))), PRIORS[rng.integers(len(PRIORS))]
    sample = rng.beta(a + x, b + n - x, draws)
    point = sample.mean() if rng.random() < 0.5 else np.median(sample)
    numbers = [print_number(float(value), decimals, "%") for value in (point, *np.quantile(sample, (0.025, 0.975)))]
    value, low, high = map(Reported, numbers)
    spread = Spread("credible", low, high, level=Reported("95%"))
    one = Estimate(id="rate", measure="proportion", value=value, spread=spread, arms=("new",))
    arm = Arm("new", "new", {"randomised": Size(Reported(str(n)))})
    return Paper(id="simulated", arms=(arm,), claims=(one,), basis=Basis.TYPED), a + x, b + n - x


def rates(papers: int, draws: int, decimals: int, seed: int = 20261129) -> tuple[int, int]:
    """Return of how many papers the posterior is found, and how many claims are asked about."""
    rng = np.random.default_rng([seed, draws, decimals])
    found = asked = 0
    for _ in range(papers):
        paper, a, b = claim_of(rng, draws, decimals)
        finding = reanalyse(paper, select=["posterior-summary"]).findings[0]
        found += any((one.a, one.b) == (a, b) for one in finding.explanations)
        asked += finding.verdict in QUESTIONS
    return found, asked


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=int, nargs="?", default=200)
    papers = parser.parse_args().papers
    print(f"{'draws':>7} {'decimals':>9} {'posterior found':>16} {'asked about':>12}")
    for draws in DRAWS:
        for decimals in (0, 1):
            found, asked = rates(papers, draws, decimals)
            print(f"{draws:7,} {decimals:9} {found / papers:16.1%} {asked / papers:12.1%}")


if __name__ == "__main__":
    main()
