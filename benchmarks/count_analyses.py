"""How often shares with their counts are asked about that other analyses than plain ones of the count print.

    python -m benchmarks.count_analyses [claims]

Each analysis gives an interval, some of them another share than x/n; it is printed in a sentence with count, number of
patients and percentage, once without a word on the analysis and once with its name, and the text is checked.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable

import numpy as np
from scipy import stats

from trialstats.designs import TwoStageDesign, two_stage_interval
from trialstats.findings import QUESTIONS, Verdict
from trialstats.intervals.binomial import binomial_interval
from trialstats.press import print_number
from trialstats.reanalysis import check

Analysis = tuple[int, int, float, float, float]
"""Count, patients, share, and limits."""


def bootstrap(rng: np.random.Generator) -> Analysis:
    """Return a percentile interval of 2,000 resamples."""
    n, x = _data(rng)
    again = rng.binomial(n, x / n, 2_000) / n
    low, high = np.quantile(again, (0.025, 0.975))
    return x, n, x / n, float(low), float(high)


def clusters(rng: np.random.Generator) -> Analysis:
    """Return a share with a robust variance, as generalized estimating equations give it on the logit scale."""
    sizes = rng.integers(2, 12, int(rng.integers(8, 25)))
    p, rho = rng.uniform(0.2, 0.8), rng.uniform(0.02, 0.3)
    centre = rng.beta(p * (1 / rho - 1), (1 - p) * (1 / rho - 1), sizes.size)
    counts = rng.binomial(sizes, centre)
    # Weights of an exchangeable correlation: the share is not the plain one.
    weights = sizes / (1 + (sizes - 1) * rho)
    share = float(np.sum(weights * counts / sizes) / weights.sum())
    residual = weights * (counts / sizes - share)
    se = float(np.sqrt(np.sum(residual**2)) / weights.sum())
    share = min(max(share, 0.02), 0.98)
    half = stats.norm.ppf(0.975) * se / (share * (1 - share))
    low, high = (1 / (1 + np.exp(-(np.log(share / (1 - share)) + side * half))) for side in (-1, 1))
    return int(counts.sum()), int(sizes.sum()), share, float(low), float(high)


def strata(rng: np.random.Generator) -> Analysis:
    """Return a share weighted to the strata of a population, with its normal interval."""
    sizes = rng.integers(10, 60, int(rng.integers(2, 5)))
    shares = rng.uniform(0.2, 0.8, sizes.size)
    counts = rng.binomial(sizes, shares)
    weights = rng.dirichlet(sizes * 2.0)
    own = (counts + 0.0) / sizes
    share = float(np.sum(weights * own))
    half = stats.norm.ppf(0.975) * float(np.sqrt(np.sum(weights**2 * own * (1 - own) / sizes)))
    return int(counts.sum()), int(sizes.sum()), share, max(share - half, 0.0), min(share + half, 1.0)


def two_stage(method: str) -> Callable[[np.random.Generator], Analysis]:
    """Return what draws an interval for a design with two stages."""

    def draw(rng: np.random.Generator) -> Analysis:
        n1 = int(rng.integers(10, 22))
        r1 = int(rng.integers(1, n1 // 3))
        n = n1 + int(rng.integers(8, 24))
        x = int(np.clip(rng.binomial(n, rng.uniform(0.15, 0.7)), r1 + 1, n - 1))
        limits = two_stage_interval(TwoStageDesign(r1, n1, min(r1 + 3, n - 1), n), x, method=method)
        return x, n, x / n, float(limits.lower), float(limits.upper)

    return draw


def one_side(rng: np.random.Generator) -> Analysis:
    """Return an exact lower limit of one side."""
    n, x = _data(rng)
    return x, n, x / n, float(binomial_interval(x, n, level=0.9).lower), 1.0


def _data(rng: np.random.Generator) -> tuple[int, int]:
    n = int(rng.integers(15, 150))
    return n, min(max(int(rng.binomial(n, rng.uniform(0.15, 0.85))), 1), n - 1)


ANALYSES: dict[str, tuple[Callable[[np.random.Generator], Analysis], str]] = {
    "percentile bootstrap": (bootstrap, "Intervals are percentile bootstrap ones."),
    "clusters (robust variance, logit)": (clusters, "We used generalized estimating equations."),
    "strata, weighted": (strata, ""),
    "two stages, Koyama-Chen": (two_stage("koyama-chen"), "This was a Simon two-stage design."),
    "two stages, Jennison-Turnbull": (two_stage("jennison-turnbull"), "This was a Simon two-stage design."),
    "exact limit of one side": (one_side, ""),
}
NAMED_INSIDE = {"strata, weighted": "stratified ", "exact limit of one side": "one-sided "}
"""Names that stand with the interval."""


def verdicts(analysis: str, claims: int, *, named: bool, seed: int = 20261129) -> list[Verdict]:
    """Return the graver of what the checks of a share say of each printed claim."""
    rng = np.random.default_rng(seed)
    draw, words = ANALYSES[analysis]
    found = []
    for _ in range(claims):
        x, n, *numbers = draw(rng)
        decimals = int(rng.integers(0, 2))
        value, low, high = (print_number(number, decimals) for number in (100 * part for part in numbers))
        inside = NAMED_INSIDE.get(analysis, "") if named else ""
        text = f"Response was seen in {x} of {n} patients ({value}%; {inside}95% CI, {low} to {high})."
        report = check(f"{text} {words}" if named else text)
        said = [one.verdict for one in report.findings if one.code in ("TS101", "TS103", "TS104") and not one.look]
        found.append(min(said, key=_ORDER.index, default=Verdict.UNCHECKED))
    return found


_ORDER = (*QUESTIONS, Verdict.EXPLAINED, Verdict.UNCHECKED, Verdict.CONSISTENT, Verdict.REPRODUCED)


def table(claims: int) -> list[dict[str, object]]:
    """Return one row for each analysis, named or not."""
    rows: list[dict[str, object]] = []
    for analysis in ANALYSES:
        for named in (False, True):
            said = verdicts(analysis, claims, named=named)
            counts = {one.value: said.count(one) for one in _ORDER}
            rows.append({"analysis": analysis, "named": named, "claims": claims, **counts})
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="?", default=200)
    for row in table(parser.parse_args().claims):
        print(row)


if __name__ == "__main__":
    main()
