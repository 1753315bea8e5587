"""What a type checker sees of the names, at the top and in each namespace: mypy reads this file too.

A name that it does not find is ``Any``, and then `assert_type` is an error.
"""

from collections.abc import Callable, Mapping
from typing import assert_type

import trialstats as ts
from trialstats.designs import SimonDesigns, simon_designs
from trialstats.intervals import Interval


def test_the_top() -> None:
    assert_type(ts.binomial_interval(8, 32), Interval)
    found: ts.search.Explanations = ts.explain_proportion("25%", ("12%", "43%"), n=32)
    assert_type(found[0], ts.search.Explanation)
    assert_type(ts.check("A text without a figure."), ts.Report)
    assert_type(ts.extract("A text without a figure."), ts.Paper)
    assert_type(ts.infer_denominator(["72%", "56%"], n_max=60), tuple[int, ...])
    assert_type(ts.BINOMIAL_METHODS, Mapping[str, str])
    assert_type(ts.__version__, str)


def test_the_namespaces() -> None:
    assert_type(ts.intervals.BetaMixture, type[ts.intervals.BetaMixture])
    assert_type(simon_designs(0.2, 0.4, n_max=40), SimonDesigns)
    assert_type(ts.designs.simon_designs(0.2, 0.4, n_max=40), SimonDesigns)
    assert_type(ts.claims.ROLES, tuple[str, str, str])
    assert_type(ts.press.print_claim(ts.press.Counts(8, 32)), ts.claims.Estimate)
    assert_type(ts.search.prior_mean_weight(0.3, [2, 10]), dict[str, tuple[float, float]])
    assert_type(ts.testing.roundings_that_print(0.1146, "12%"), tuple[str, ...])
    assert_type(ts.bayes.AgreementRow, type[ts.bayes.AgreementRow])
    draw: Callable[[Mapping[str, ts.claims.Estimate]], object] = ts.figures.plot_forest
    assert callable(draw)
