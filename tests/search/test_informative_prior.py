"""A posterior that no usual prior makes: the weakest informative prior that prints it, and what that is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trialstats.claims.model import Arm, Estimate, Paper, Size, Spread
from trialstats.reanalysis import reanalyse
from trialstats.reported import Reported
from trialstats.search.posteriors.informative_prior import INFORMATIVE, AnyPriorSearch, weakest_informative_prior
from trialstats.search.posteriors.search import PosteriorSearch
from trialstats.search.printed import PrintedInterval, digit_neighbours

R = Reported


def search_of(estimate, lower, upper, n):
    return PosteriorSearch(PrintedInterval.of(estimate, (lower, upper), "a posterior"), {"stated": np.array([n])})


@pytest.mark.slow
def test_the_chance_of_an_informative_prior_counts_informative_priors():
    menus = search_of("40.5%", "28.1%", "53.5%", 40)
    search = AnyPriorSearch(menus)
    assert search.found[0].prior == INFORMATIVE
    budget = search.found[0].cost + 1e-9
    hits = []
    for name, number in menus.printed.parts:
        for neighbour in digit_neighbours(number):
            changed = replace(menus, printed=replace(menus.printed, **{name: neighbour}))
            on_the_menu = bool(changed.found) and changed.found[0].cost <= budget
            hits.append(on_the_menu or weakest_informative_prior(changed, budget) is not None)
    assert search.chance() == pytest.approx(np.mean(hits)) and sum(hits) >= 5
    arm = Arm("a", "A", {"randomised": Size(R("40"))})
    spread = Spread("credible", R("28.1%"), R("53.5%"), level=R("95%"))
    claim = Estimate(id="orr", measure="proportion", value=R("40.5%"), spread=spread, arms=("a",))
    report = reanalyse(Paper(id="p", arms=(arm,), claims=(claim,)))
    assert report["orr"].chance == search.chance()
    assert "0 in 100" not in report.to_text()


def test_an_informative_prior_may_be_asked_for_within_bits():
    search = search_of("40.5%", "26.5%", "55.4%", 40)
    found = weakest_informative_prior(search)
    assert weakest_informative_prior(search, found.cost) == found
    assert weakest_informative_prior(search, found.cost - 0.1) is None
