"""Soundness and power of the checks of ratios: the tables of docs/validation-ratios.md.

    python -m benchmarks.cox_simulation [SECONDS]

Soundness: simulated two-arm trials (benchmarks.simulated_trials), analysed in each of the ways that the catalogue does
not enumerate, printed, and checked; how many in a thousand are called inconsistent, by generator. Power: a ratio and
its Wald interval, printed with two decimals, one digit changed to another at random.
"""

from __future__ import annotations

import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from benchmarks.simulated_trials import Trials, adjusted_wald, bootstrap_limits, simulate

from trialstats.catalogue import Convention, load_catalogue
from trialstats.checks.check import Context
from trialstats.checks.ratio_interval import CHECK as RATIO_INTERVAL
from trialstats.checks.ratio_p import CHECK as RATIO_P
from trialstats.checks.significance import CHECK as SIGNIFICANCE
from trialstats.claims.model import Estimate, Paper, PValue, Spread
from trialstats.explanations import Symmetric
from trialstats.findings import Verdict
from trialstats.press import print_claim, print_number
from trialstats.reported import Reported
from trialstats.search.printed import PrintedInterval, digit_neighbours
from trialstats.search.ratios.polygon import upper_tail
from trialstats.search.ratios.search import RatioSearch

CATALOGUE = load_catalogue()
CHECKS = (RATIO_INTERVAL, RATIO_P, SIGNIFICANCE)
LEVEL = 0.95
Z = 1.959963984540054
TIERS = ((0.08, 0.20), (0.20, 0.50), (0.50, 1.20))


def printed(estimate: float, lower: float, upper: float, statistic: float, sided: int, decimals: int) -> Estimate:
    """Return the claim as a journal prints it."""
    value, low, high = (Reported(print_number(math.exp(end), decimals)) for end in (estimate, lower, upper))
    p = upper_tail(abs(statistic)) * 2 if sided == 2 else upper_tail(statistic)
    places = 3 if p < 0.1 else 2
    text = print_number(p, places)
    p_text = f"<.{'0' * (places - 1)}1" if Reported(text).value == 0 else ">.99" if p > 0.995 else text
    spread = Spread("confidence", low, high, level=Reported("95%"))
    return Estimate(id="hr", measure="hazard-ratio", value=value, spread=spread, p=PValue(Reported(p_text)))


def analyses(rng: np.random.Generator, trials: Trials) -> Iterator[tuple[str, float, float, float, float, int]]:
    """Yield generator, estimate, lower, upper, statistic of the P value and its sides."""
    model = trials.model()
    fit = model.fit()
    b, se = fit.estimate, fit.se
    wald = (b - Z * se, b + Z * se)
    logrank = model.score_statistic()
    stratified = trials.stratified_model().fit()
    adjusted, error = adjusted_wald(trials)
    intervals = {
        "profile-likelihood interval": (b, *model.profile_interval(LEVEL), fit.likelihood_ratio),
        "score interval": (b, *model.score_interval(LEVEL), logrank),
        "stratified Cox model": (stratified.estimate, stratified.estimate - Z * stratified.se,
                                 stratified.estimate + Z * stratified.se, stratified.wald),
        "adjusted Cox model": (adjusted, adjusted - Z * error, adjusted + Z * error, adjusted / error),
        "Wald interval, log-rank P": (b, *wald, logrank),
        "Wald interval, likelihood-ratio P": (b, *wald, fit.likelihood_ratio),
        "Wald interval, stratified log-rank P": (b, *wald, trials.stratified_model().score_statistic()),
        "Wald interval, adjusted P": (b, *wald, adjusted / error),
    }  # fmt: skip
    for name, columns in intervals.items():
        for row in zip(*columns, strict=True):
            yield name, *map(float, row), 2
    for row in zip(b, *wald, logrank, strict=True):
        yield "Wald interval, one-sided log-rank P", *map(float, row), 1
    rows = zip(bootstrap_limits(rng, trials, LEVEL, 1000), b, fit.wald, strict=True)
    for place, ((low, high), estimate, statistic) in enumerate(rows):
        if place < 12:
            yield "percentile bootstrap (1,000 resamples)", float(estimate), low, high, float(statistic), 2
    rows = zip(bootstrap_limits(rng, trials, LEVEL, 1000, b), b, fit.wald, strict=True)
    for place, ((low, high), estimate, statistic) in enumerate(rows):
        if place < 12:
            yield "bias-corrected bootstrap (1,000 resamples)", float(estimate), low, high, float(statistic), 2


def soundness(seconds: float, seed: int = 2026) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]]]:
    rng = np.random.default_rng(seed)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    hazards: dict[str, Counter[str]] = defaultdict(Counter)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        trials = simulate(rng, 25)
        if not len(trials):
            continue
        for name, b, low, high, statistic, sided in analyses(rng, trials):
            if not all(map(math.isfinite, (b, low, high, statistic))) or high > math.log(100):
                continue
            for decimals in (2, 1, 3):
                claim = printed(b, low, high, statistic, sided, decimals)
                context = Context(Paper(id="simulated", claims=(claim,)), CATALOGUE)
                verdicts = [one.verdict for check in CHECKS for one in check.run(check, context)]
                for counter in (found[name], hazards[trials.hazard]) if decimals == 2 else (found[name],):
                    counter["n"] += 1
                    counter["inconsistent"] += Verdict.INCONSISTENT in verdicts
                    counter["explained"] += Verdict.EXPLAINED in verdicts
    return found, hazards


def power(first: float, last: float, count: int = 1500, seed: int = 7) -> tuple[float, float]:
    """Return the shares of changed claims that are not ordinary, and inconsistent."""
    rng = np.random.default_rng(seed)
    strange = asked = total = 0
    while total < count:
        b = rng.uniform(math.log(0.2), math.log(5.0))
        se = math.exp(rng.uniform(math.log(first), math.log(last)))
        claim = print_claim(Symmetric(b, se), Convention(scale="log"), decimals=2, unit="")
        assert claim.value is not None and claim.spread is not None
        numbers = [claim.value, claim.spread.lower, claim.spread.upper]
        place = int(rng.integers(3))
        number = numbers[place]
        assert number is not None
        changed = list(digit_neighbours(number))
        numbers[place] = changed[int(rng.integers(len(changed)))]
        best = RatioSearch(PrintedInterval(*numbers)).first()
        total += 1
        strange += best is None or not best.ordinary
        asked += best is None
    return strange / total, asked / total


def main(seconds: float) -> None:
    found, hazards = soundness(seconds)
    print(f"{'generator':<42}{'printed':>9}{'explained':>11}{'inconsistent':>14}{'per 1,000':>11}")
    for table in (found, hazards):
        for name, counts in table.items():
            n, bad = counts["n"], counts["inconsistent"]
            print(f"{name:<42}{n:>9}{100 * counts['explained'] / n:>10.1f}%{bad:>14}{1000 * bad / n:>11.2f}")
        print()
    print(f"{'one digit changed, SE':<24}{'not ordinary':>14}{'inconsistent':>14}")
    for first, last in TIERS:
        strange, asked = power(first, last)
        print(f"{f'{first:.2f} to {last:.2f}':<24}{100 * strange:>13.1f}%{100 * asked:>13.1f}%")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 120.0)
