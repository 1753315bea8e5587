"""Simon's designs: the tables, other software's printed answers, a plain search, and simulation-free definitions."""

import math
from itertools import combinations, pairwise, product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from trialstats.designs import TwoStageDesign, simon_designs
from trialstats.errors import InputError

# Designs of Tables 1 and 2 of Simon, Control Clin Trials 1989;10:1-10, written down from memory before our search was
# first run, without the paper at hand; per p0 the rows (alpha, beta) = (.10, .10), (.05, .20), (.05, .10), each
# optimal then minimax as r1/n1 r/n.
TABLE_1 = """
.05 0/9 2/24   0/13 2/20   | 0/9 2/17   0/12 2/16   | 0/9 3/30   0/15 3/25
.10 1/12 5/35  1/16 4/25   | 1/10 5/29  1/15 5/25   | 2/18 6/35  2/22 6/33
.20 3/17 10/37 3/19 10/36  | 3/13 12/43 4/18 10/33  | 4/19 15/54 5/24 13/45
.30 7/22 17/46 7/28 15/39  | 5/15 18/46 6/19 16/39  | 8/24 24/63 7/24 21/53
.40 7/18 22/46 11/28 20/41 | 7/16 23/46 17/34 20/39 | 11/25 32/66 12/29 27/54
.50 11/21 26/45 11/23 23/39 | 8/15 26/43 12/23 23/37 | 13/24 36/61 14/27 32/53
.60 6/11 26/38 18/27 24/35 | 7/11 30/43 8/13 25/35  | 12/19 37/53 15/26 32/45
.70 6/9 22/28  11/16 20/25 | 4/6 22/27  19/23 21/26 | 11/15 29/36 13/18 26/32
"""
TABLE_2 = """
.05 0/12 3/37  0/18 3/32   | 0/10 3/29  0/13 3/27   | 1/21 4/41  1/29 4/38
.10 2/21 7/50  2/27 6/40   | 2/18 7/43  2/22 7/40   | 2/21 10/66 3/31 9/55
.20 5/27 16/63 6/33 15/58  | 5/22 19/72 6/31 15/53  | 8/37 22/83 8/42 21/77
.30 9/30 29/82 16/50 25/69 | 9/27 30/81 16/46 25/65 | 13/40 40/110 27/77 33/88
.40 16/38 40/88 18/45 34/73 | 11/26 40/84 28/59 34/70 | 19/45 49/104 24/62 45/94
.50 18/35 47/84 19/40 41/72 | 15/28 48/83 39/66 40/68 | 22/42 60/105 28/57 54/93
.60 21/34 47/71 25/43 43/64 | 17/27 46/67 18/30 43/62 | 21/34 64/95 48/72 57/84
.70 14/20 45/59 15/22 40/52 | 14/19 46/59 16/23 39/49 | 18/25 61/79 33/44 53/68
.80 5/7 27/31  5/7 27/31   | 7/9 26/29  7/9 26/29   | 16/19 37/42 31/35 35/40
"""
ERRORS = ((0.1, 0.9), (0.05, 0.8), (0.05, 0.9))


def rows(table, gap):
    for line in table.strip().splitlines():
        p0 = float(line.split()[0])
        for (alpha, power), cell in zip(ERRORS, line.split(maxsplit=1)[1].split("|"), strict=True):
            numbers = [int(number) for part in cell.split() for number in part.split("/")]
            yield p0, round(p0 + gap, 2), alpha, power, TwoStageDesign(*numbers[:4]), TwoStageDesign(*numbers[4:])


TABLES = [*rows(TABLE_1, 0.2), *rows(TABLE_2, 0.15)]


def test_the_tables_are_complete():
    assert len(TABLES) == (8 + 9) * 3


@pytest.mark.parametrize("p0, p1, alpha, power, optimal, minimax", TABLES, ids=lambda value: str(value))
def test_simons_tables(p0, p1, alpha, power, optimal, minimax):
    found = simon_designs(p0, p1, alpha=alpha, power=power)
    assert found.optimal.design == optimal
    assert found.minimax.design == minimax


# What ph2simon of R's clinfun prints on its reference page (a stored copy without a version): designs, EN, PET, and
# the weight of n at which the next design takes over.
CLINFUN = [
    ((0.2, 0.4, 0.1, 0.9, 100), "3/19, 10/36", 28.26, 0.4551, "3/17, 10/37", 26.02, 0.5489, 0.691),
    ((0.2, 0.35, 0.05, 0.95, 100), "15/68, 25/95", 75.44, 0.7244, "11/53, 26/99", 69.88, 0.6330, 0.582),
]


@pytest.mark.parametrize("asked, minimax, en, pet, optimal, en_optimal, pet_optimal, weight", CLINFUN)
def test_clinfun(asked, minimax, en, pet, optimal, en_optimal, pet_optimal, weight):
    p0, p1, alpha, power, n_max = asked
    found = simon_designs(p0, p1, alpha=alpha, power=power, n_max=n_max)
    assert (str(found.minimax.design), str(found.optimal.design)) == (minimax, optimal)
    assert found.minimax.expected_n == pytest.approx(en, abs=0.005)
    assert found.minimax.stop_early == pytest.approx(pet, abs=5e-5)
    assert found.optimal.expected_n == pytest.approx(en_optimal, abs=0.005)
    assert found.optimal.stop_early == pytest.approx(pet_optimal, abs=5e-5)
    assert found.optimal.weight == (0.0, pytest.approx(weight, abs=5e-4))
    assert found.minimax.weight == (pytest.approx(weight, abs=5e-4), 1.0)


def test_desmon():
    # simon(0.1, 0.3) of R's desmon as shown in the documentation of raredd/rawr: n1 12, r1 1, n2 23, r2 5, and these
    plan = simon_designs(0.1, 0.3, alpha=0.1, power=0.9).optimal
    assert plan.design == TwoStageDesign(1, 12, 5, 35)
    assert plan.stop_early == pytest.approx(0.6590023, abs=5e-8)
    assert plan.type_1_error == pytest.approx(0.09771828, abs=5e-9)
    assert 1 - plan.power == pytest.approx(0.09855051, abs=5e-9)
    assert plan.expected_n == pytest.approx(19.84295, abs=5e-6)


def plain_search(p0, p1, alpha, power, n_max):
    """Every design of up to n_max patients: (n, EN, design) of those that meet both error rates."""
    for n1, n in combinations(range(1, n_max + 1), 2):
        x1 = np.arange(n1 + 1)
        f0, f1 = stats.binom.pmf(x1, n1, p0), stats.binom.pmf(x1, n1, p1)
        for r in range(n):
            s0, s1 = stats.binom.sf(r - x1, n - n1, p0), stats.binom.sf(r - x1, n - n1, p1)
            for r1 in range(min(n1, r + 1)):
                go = x1 > r1
                if f0[go] @ s0[go] <= alpha and f1[go] @ s1[go] >= power:
                    yield n, n1 + (n - n1) * f0[go].sum(), TwoStageDesign(r1, n1, r, n)


@pytest.mark.parametrize("p0, p1, alpha, power, n_max", [(0.1, 0.4, 0.1, 0.8, 22), (0.6, 0.9, 0.05, 0.8, 22)])
def test_plain_search_finds_nothing_better(p0, p1, alpha, power, n_max):
    found = simon_designs(p0, p1, alpha=alpha, power=power, n_max=n_max)
    everything = list(plain_search(p0, p1, alpha, power, n_max))
    least = min(expected for _, expected, _ in everything)
    assert found.optimal.expected_n == pytest.approx(least, abs=1e-12)
    fewest = min(n for n, _, _ in everything)
    assert found.minimax.design.n == fewest
    assert found.minimax.expected_n == pytest.approx(min(e for n, e, _ in everything if n == fewest), abs=1e-12)
    # admissible: for every weight, the best of all designs is among ours
    for w in np.linspace(0, 1, 101):
        ours = min(w * plan.design.n + (1 - w) * plan.expected_n for plan in found.admissible)
        assert ours == pytest.approx(min(w * n + (1 - w) * e for n, e, _ in everything), abs=1e-10)


@pytest.mark.slow
def test_the_search_stops_only_when_it_may():
    # searching far beyond the end changes nothing
    for p0, p1, alpha, power, optimal, minimax in TABLES[:12]:
        again = simon_designs(p0, p1, alpha=alpha, power=power, n_max=3 * optimal.n)
        assert (again.optimal.design, again.minimax.design) == (optimal, minimax)


designs = st.integers(2, 24).flatmap(
    lambda n: st.integers(1, n - 1).flatmap(
        lambda n1: st.integers(0, n1 - 1).flatmap(
            lambda r1: st.integers(r1, n - 1).map(lambda r: TwoStageDesign(r1, n1, r, n))
        )
    )
)


@settings(max_examples=60)
@given(designs, st.floats(0, 1))
def test_operating_characteristics_by_enumeration(design, p):
    power = stop = size = 0.0
    for x1, x2 in product(range(design.n1 + 1), range(design.n2 + 1)):
        chance = comb(design.n1, x1) * comb(design.n2, x2) * p ** (x1 + x2) * (1 - p) ** (design.n - x1 - x2)
        on = x1 > design.r1
        power += chance * (on and x1 + x2 > design.r)
        stop += chance * (not on)
        size += chance * (design.n if on else design.n1)
    oc = design.operating_characteristics(p)
    assert oc.power == pytest.approx(power, abs=1e-12)
    assert oc.stop_early == pytest.approx(stop, abs=1e-12)
    assert oc.expected_n == pytest.approx(size, abs=1e-11)


def test_early_efficacy():
    # Fleming's design with 15 + 10 patients that stops at <= 3 or >= 7 and needs more than 8 of 25 in the end
    design, p = TwoStageDesign(3, 15, 8, 25, efficacy1=7), 0.2
    power = stats.binom.sf(6, 15, p) + sum(stats.binom.pmf(x, 15, p) * stats.binom.sf(8 - x, 10, p) for x in (4, 5, 6))
    assert design.power(p) == pytest.approx(power, abs=1e-14)
    assert str(design) == "3/15 (promising from 7), 8/25"
    oc = design.operating_characteristics(np.array([0.2, 0.4]))
    assert oc.expected_n.shape == (2,)
    assert oc.stop_early[0] == pytest.approx(stats.binom.cdf(3, 15, p) + stats.binom.sf(6, 15, p), abs=1e-14)


def test_refusals():
    with pytest.raises(InputError, match="No two-stage design of up to 20 patients"):
        simon_designs(0.3, 0.45, n_max=20)
    with pytest.raises(InputError, match="n must be a whole number at least 14, got 13"):
        TwoStageDesign(3, 13, 5, 13)
    with pytest.raises(InputError, match="r1 must be"):
        TwoStageDesign(13, 13, 15, 20)
    with pytest.raises(InputError, match="never stops for futility"):
        TwoStageDesign(-1, 13, 5, 20)
    with pytest.raises(InputError, match="efficacy1 must be"):
        TwoStageDesign(3, 13, 5, 20, efficacy1=4)
    with pytest.raises(InputError, match="whole number"):
        TwoStageDesign(True, 13, 5, 20)


def test_weights_cover_the_scale():
    plans = simon_designs(0.3, 0.45, power=0.9).admissible
    assert plans[0].weight[1] == 1.0 and plans[-1].weight[0] == 0.0
    for left, right in pairwise(plans):
        assert left.weight[0] == right.weight[1]
        assert left.design.n < right.design.n and left.expected_n > right.expected_n
    assert math.isclose(sum(high - low for low, high in (plan.weight for plan in plans)), 1.0)
