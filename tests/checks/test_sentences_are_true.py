"""What a finding says besides its verdict holds for all that prints the numbers, not only for the likeliest."""

from __future__ import annotations

import math
import re

from tests.checks.claims_in_short import R, claim, hazard

from trialstats.claims.model import Arm, Comparison, Paper, PValue, Size
from trialstats.reanalysis import reanalyse
from trialstats.search.counts.two_arm import TwoArmSearch


def test_the_standard_error_of_a_p_value_is_bounded_over_the_whole_estimate(judge):
    """A log ratio of ln 0.536 with a standard error of 0.1895 prints 0.54 and P = .000999."""
    found = judge("ratio-p", hazard("0.54", "0.37", "0.79", p="<.001"))
    most = float(re.search(r"at most (0\.\d+)", found.message)[1])
    furthest, z = abs(math.log(0.535)), 3.2905
    assert furthest / z <= most <= furthest / z + 0.001


def test_events_are_those_that_the_told_standard_error_takes():
    one = hazard("0.45", "0.24", "0.81", outcome="overall survival")
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))}) for name, n in (("new", "54"), ("old", "57")))
    found = reanalyse(Paper(id="own", arms=arms, claims=(one,)), select=["ratio-interval", "events"]).findings
    by_code = {finding.check: finding for finding in found}
    se = float(by_code["ratio-interval"].recomputed["se"].split()[-1])
    assert f"at least {math.ceil(4 / se**2)} events" in by_code["events"].message


def test_pairs_of_counts_that_print_a_p_value_alike_are_counted():
    first, second = (claim(arm, "proportion", value, arms=(arm,)) for arm, value in (("new", "8%"), ("old", "0%")))
    arms = tuple(Arm(name, name, {"randomised": Size(R(n))}) for name, n in (("new", "97"), ("old", "74")))
    p = Comparison(id="cmp", of=("new", "old"), p=PValue(R(".017")))
    (found,) = reanalyse(Paper(id="own", arms=arms, claims=(first, second, p)), select=["two-arm-p"]).findings
    told = int(re.search(r"one of (?:at least )?(\d+) such pairs", found.message)[1])
    search = found.explanations.search
    assert isinstance(search, TwoArmSearch)
    best = found.explanations[0]
    alike = {(one.x, one.n, one.x2, one.n2) for one in found.explanations
             if (one.test, one.sided, one.rounding, one.readings)
             == (best.test, best.sided, best.rounding, best.readings)}  # fmt: skip
    assert told == len(alike) == 9


def test_numbers_of_patients_that_are_not_listed_are_counted():
    rows = tuple(
        claim(f"r{k}", "proportion", text, arms=("new",)) for k, text in enumerate(("73%", "67%", "55%", "51%"))
    )
    arm = Arm("new", "new", {})
    total = {"randomised": Size(R("86"))}
    found = reanalyse(Paper(id="own", arms=(arm,), claims=rows, of=total), select=["denominators"]).findings[0]
    rest, most = map(int, re.search(r"or of (\d+) other numbers up to (\d+)", found.message).groups())
    listed = [
        int(n) for n in re.search(r"counts of ([\d, or]+?) patients", found.message)[1].replace(" or", ",").split(",")
    ]
    numbers = [n for n in range(1, most + 1) if all(_prints(v, n) for v in (73, 67, 55, 51))]
    assert len(listed) + rest == len(numbers) and most == numbers[-1] and listed == numbers[: len(listed)]


def _prints(percentage, n):
    """Whether some count of n rounds to a percentage, a tie either way."""
    return any(abs(200 * x - 2 * percentage * n) <= n for x in range(n + 1))
