"""Simulated sentences for the checks that read what no claim holds: test statistics, standard errors.

Each sentence prints a true analysis of simulated patients; then one digit of the words that the finding is about is
changed to another.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import stats

from trialstats.catalogue import load_catalogue
from trialstats.checks import Context, find_check
from trialstats.findings import Finding, Verdict
from trialstats.sources.text.reading import extract


def _p(p: float) -> str:
    if p < 0.001:
        return "P < 0.001"
    return f"P = {p:.3f}" if p < 0.1 else f"P = {p:.2f}"


def with_a_statistic(rng: np.random.Generator) -> str:
    """Return a sentence with a test statistic, its degrees of freedom and its P value."""
    kind = rng.choice(["t", "welch", "F", "chi", "z"])
    first, second = (rng.normal(rng.uniform(-0.5, 0.5), 1, int(rng.integers(8, 90))) for _ in range(2))
    if kind in ("t", "welch"):
        found = stats.ttest_ind(first, second, equal_var=kind == "t")
        df = f"{found.df:.0f}" if kind == "t" else f"{found.df:.1f}"
        said = f"t({df}) = {found.statistic:.2f}, {_p(found.pvalue)}"
    elif kind == "F":
        third = rng.normal(rng.uniform(-0.5, 0.5), 1, int(rng.integers(8, 90)))
        value, p = stats.f_oneway(first, second, third)
        said = f"F(2, {len(first) + len(second) + len(third) - 3}) = {value:.2f}; {_p(p)}"
    elif kind == "chi":
        table = rng.integers(3, 60, (2, int(rng.integers(2, 5))))
        value, p, df, _ = stats.chi2_contingency(table, correction=False)
        said = f"chi-square = {value:.2f}, df = {df}, {_p(p)}"
    else:
        z = float(rng.normal(1.5, 1))
        said = f"z = {z:.2f}, {_p(2 * float(stats.norm.sf(abs(z))))}"
    return f"The groups were compared at the last visit ({said})."


def with_an_error(rng: np.random.Generator) -> str:
    """Return a sentence with an estimate, its standard error and its interval."""
    value, se, df = rng.normal(5, 3), rng.uniform(0.2, 3), int(rng.integers(6, 300))
    decimals = int(rng.integers(1, 3))
    half = se * float(stats.t.ppf(0.975, df) if rng.random() < 0.5 else stats.norm.ppf(0.975))
    low, high = (f"{value + side * half:.{decimals}f}" for side in (-1, 1))
    return f"The mean difference was {value:.{decimals}f} points (SE {se:.{decimals}f}; 95% CI, {low} to {high})."


WRITTEN = {"TS303": with_a_statistic, "TS217": with_an_error}


def _judged(code: str, text: str) -> Finding | None:
    rule = find_check(code)
    found = [one for one in rule.run(rule, Context(extract(text), load_catalogue()))
             if one.verdict is not Verdict.UNCHECKED]  # fmt: skip
    return found[0] if found else None


def study_written(papers: int, seed: int = 20261129) -> Iterator[tuple[str, Verdict, Verdict | None]]:
    """Yield what a check said of each true sentence, and of the same with one digit changed."""
    rng = np.random.default_rng(seed)
    for code, write in WRITTEN.items():
        for _ in range(papers):
            text = write(rng)
            finding = _judged(code, text)
            if finding is None or finding.where.start is None or finding.where.end is None:
                continue
            places = [at for at in range(finding.where.start, finding.where.end) if text[at].isdigit()]
            at = places[rng.integers(len(places))]
            other = [digit for digit in "0123456789" if digit != text[at]][rng.integers(9)]
            again = _judged(code, text[:at] + other + text[at + 1 :])
            yield code, finding.verdict, None if again is None else again.verdict
