"""The verdicts that are decided with a few plain numbers are those that the whole search gives, and what waits to be
read is, once read, what would have been made at once."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from trialstats.catalogue import Convention, load_catalogue
from trialstats.explanations import Counts
from trialstats.intervals.binomial import METHODS
from trialstats.press import print_claim, print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.search.centred import is_symmetric
from trialstats.search.counts.definitions import may_lie
from trialstats.search.counts.explain import CountSearch, allow
from trialstats.search.counts.two_arm import TwoArmSearch
from trialstats.search.counts.verdict import cheapest_kind, kind_of_share
from trialstats.search.printed import PrintedInterval
from trialstats.search.ratios.polygon import ratio_region

SENTENCES = (
    "Response was 25% (8 of 32; 95% CI, 12 to 43) and the HR 0.54 (95% CI 0.36-0.81; P = .003).",
    "Remission was seen in 61% (95% CI, 47% to 74%) and 18.4% (95% CI, 7.6 to 29.2) of patients.",
    "Overall survival at 2 years was 81% (95% CI, 69% to 96%); median survival was 6.5 months (95% CI, 5.6 to 8.2).",
    "The mean difference was -2.0 mm Hg (95% CI, -3.1 to -0.9; P < .001), the odds ratio 2.00 (95% CI 1.00 to 3.00).",
    "Patients were randomised to drug A (n = 97) or placebo (n = 74). Relapse: 317 (91%) of 349; 84% v 47%, P < .001.",
    "One (1%) of 86 and 9 (90%) of 8 patients; response 33% (95% CI, 11% to 50%), 97% (95% CI, 83% to 114%).",
)
SEEDS = ("a021202", "alienor", "desmoid", "lms03", "tamrad")
CATALOGUE = load_catalogue()


def kind_in_full(search: CountSearch) -> tuple[bool, str | None] | None:
    block = search.cheapest()
    return None if block is None else (block.ordinary, block.allowed)


def printed_proportions(number: int) -> list[tuple[PrintedInterval, int, int]]:
    """Printed intervals of known counts, half of them with one digit of a bound changed."""
    draw = random.Random(20240513)
    found: list[tuple[PrintedInterval, int, int]] = []
    methods = [name for name in METHODS if name != "blyth-still-casella"]
    while len(found) < number:
        n = draw.choice((5, 8, 12, 27, 32, 54, 97, 160, 349))
        x, decimals = draw.randint(0, n), draw.choice((0, 0, 1))
        how = Convention(method=draw.choice(methods), rounding=draw.choice(tuple(ROUNDINGS)))
        claim = print_claim(Counts(x, n), how, decimals=decimals)
        assert claim.spread is not None
        bounds = [claim.spread.lower, claim.spread.upper]
        if draw.random() < 0.5:
            at = draw.randrange(2)
            old = bounds[at]
            assert old is not None
            bounds[at] = Reported(print_number(old.value + draw.choice((-3, -1, 1, 2)) * old.step, decimals, "%"))
        found.append((PrintedInterval(claim.value, *bounds), x, n))
    return found


@pytest.mark.parametrize("sizes", ["known", "near", "any"])
def test_counts_behind_an_interval(sizes: str) -> None:
    for printed, x, n in printed_proportions(60 if sizes == "any" else 90):
        allowed = {"known": {"stated": np.array([n])}, "near": allow({n: "stated"}, 2000), "any": allow({}, 400)}[sizes]
        for count in (None, x):
            one, other = (CountSearch(printed, allowed, x=count, catalogue=CATALOGUE) for _ in range(2))
            assert cheapest_kind(one) == kind_in_full(other), (printed, count, n)


def test_no_level_printed() -> None:
    for printed, _, n in printed_proportions(20):
        one, other = (CountSearch(printed, allow({}, n + 40), level=None, catalogue=CATALOGUE) for _ in range(2))
        assert cheapest_kind(one) == kind_in_full(other), printed


def test_shares() -> None:
    draw = random.Random(1)
    for _ in range(400):
        n = draw.randint(1, 400)
        x, decimals = draw.randint(0, n), draw.choice((0, 1, 2))
        text = print_number(Fraction(x, n), decimals, "%", draw.choice(tuple(ROUNDINGS)))
        printed = PrintedInterval(Reported(text), None, None)
        search = CountSearch(printed, {"stated": np.array([n])}, x=x, catalogue=CATALOGUE)
        assert kind_of_share(x, n, Reported(text), CATALOGUE) == kind_in_full(search)


@pytest.mark.parametrize(
    "method", ["mid-p", "likelihood-ratio", "jeffreys-hpd", "uniform-hpd", "sterne", "blaker", "blyth-still-casella"]
)
@pytest.mark.parametrize("level", [0.9, 0.95, 0.99])
def test_no_count_that_prints_is_left_out(method: str, level: float) -> None:
    """Rooms about a method's own limits, wide and narrow, and with the limit at an end, always keep the count."""
    draw = np.random.default_rng(7)
    n = np.concatenate([np.arange(1, 25), draw.integers(25, 300, 60)])
    x = draw.integers(0, n + 1)
    lower, upper = METHODS[method].function(x.astype(float), n.astype(float), np.asarray(level))
    for k in range(n.size):
        for width in (0.0, 1e-12, 0.003, 0.05):
            share = draw.uniform(0, 1, 2)
            rooms = [
                (max(limit - part * width, 0.0), min(limit + (1 - part) * width, 1.0))
                for limit, part in zip((lower[k], upper[k]), share, strict=True)
            ]
            one = slice(k, k + 1)
            kept = may_lie(method, x[one].astype(float), n[one].astype(float), level, rooms[0], rooms[1])
            assert kept is not None
            assert kept.all(), (method, x[k], n[k], rooms)


def test_two_percentages() -> None:
    draw = random.Random(3)
    for _ in range(40):
        first, second = draw.choice(((97, 74), (32, 28), (59, 51), (20, 200)))
        one, other = (f"{draw.randint(0, 100)}%" for _ in range(2))
        p = draw.choice(("<.001", "<.05", f".{draw.randint(1, 99):02d}", f".{draw.randint(1, 999):03d}"))
        search = TwoArmSearch(Reported(one), Reported(other), allow({first: "stated"}, first),
                              allow({second: "stated"}, second), Reported(p), draw.choice((None, 1, 2)),
                              CATALOGUE)  # fmt: skip
        again = replace(search)
        block = next(again.blocks(), None)
        full = None if block is None else (block.ordinary, block.allowed)
        kind = search.cheapest_kind()
        assert (kind is None) == (full is None)
        if kind is not None and full is not None:  # of equal verdicts the tier may name either
            assert (kind[0], kind[0] and kind[1] == "near") == (full[0], full[0] and full[1] == "near")


def test_symmetry() -> None:
    draw = random.Random(5)
    for _ in range(2000):
        decimals = draw.choice((0, 1, 2))
        numbers = sorted(draw.randint(-60, 60) for _ in range(3))
        if draw.random() < 0.5:
            numbers[1] = (numbers[0] + numbers[2]) // 2 + draw.choice((-1, 0, 1))
        low, middle, high = (Reported(print_number(Fraction(k, 10**decimals), decimals)) for k in numbers)
        printed = PrintedInterval(middle, low, high)
        for rounding in ROUNDINGS:
            region = ratio_region(printed, scale="identity", rounding=rounding)
            assert is_symmetric(printed, 0.95, rounding) == bool(region)
