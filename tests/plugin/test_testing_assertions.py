"""Assertions for computed values against printed ones, and what they say where they do not hold."""

import math
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialstats
from trialstats.claims.model import Estimate, Paper, Spread
from trialstats.errors import InputError, NotTextError, TrialFileError, UnknownNameError
from trialstats.press import print_number
from trialstats.reported import ROUNDINGS, Reported
from trialstats.testing import (
    assert_interval_reproduces,
    assert_p_reproduces,
    assert_reproduces,
    assert_trial_holds_together,
    roundings_that_print,
)

SEEDS = Path(__file__).parents[2] / "seeds"
RULES = st.sampled_from(sorted(ROUNDINGS))
DECIMALS = st.integers(0, 4)
UNIT = st.sampled_from(["", "%"])


def message(assertion, *arguments, **options):
    with pytest.raises(AssertionError) as raised:
        assertion(*arguments, **options)
    return str(raised.value)


class TestWhatPrints:
    @given(st.fractions(-3, 3, max_denominator=10_000), DECIMALS, UNIT, RULES)
    def test_whatever_a_rule_prints_reproduces_by_that_rule(self, value, decimals, unit, rule):
        printed = print_number(value, decimals, unit, rule)
        assert rule in roundings_that_print(value, printed)
        assert_reproduces(value, printed, rounding=rule)

    @given(st.floats(-3, 3), DECIMALS, UNIT, RULES)
    def test_also_of_floats_with_their_noise(self, value, decimals, unit, rule):
        assert rule in roundings_that_print(value, print_number(value, decimals, unit, rule))

    @given(st.fractions(0, 1, max_denominator=500), DECIMALS, RULES, st.sampled_from([-2, 2]))
    def test_nothing_reproduces_two_digits_away(self, value, decimals, rule, steps):
        number = Reported(print_number(value, decimals, "%", rule))
        away = print_number(number.value + steps * number.step, decimals, "%")
        assert roundings_that_print(value, away) == ()

    @pytest.mark.parametrize(
        ("value", "printed", "rules"),
        [
            # 8 of 32 by Clopper-Pearson: 11.460 %, which is 11.5 % and from there 12 %
            (0.11460, "12%", "up twice"),
            (0.11460, "11%", "nearest half-up half-even truncated twice twice-2"),  # the tie on the way, either way
            (0.125, "12%", "nearest half-even truncated twice twice-2"),
            (0.125, "13%", "nearest half-up up twice twice-2"),
            (0.1 + 0.2, "0.3", "nearest half-up half-even truncated up twice twice-2"),
            (-0.0749, "-0.08", "up twice"),
            (-0.0749, "-0.07", "nearest half-up half-even truncated twice twice-2"),
            (0.1149, "11.6%", ""),
        ],
    )  # fmt: skip
    def test_known_values(self, value, printed, rules):
        assert set(roundings_that_print(value, printed)) == set(rules.split())

    @pytest.mark.parametrize(
        "value", [0.25, Fraction(1, 4), Decimal("0.25"), np.float64(0.25), np.float32(0.25), np.array(0.25)]
    )
    def test_takes_every_kind_of_number(self, value):
        assert_reproduces(value, "25%")
        assert_reproduces(value, Reported("25.0%"))

    def test_whole_numbers(self):
        assert_reproduces(np.int64(12), "12")
        assert_reproduces(1987, "1,987")

    def test_values_without_a_number(self):
        assert_reproduces(math.inf, "not reached")
        assert_reproduces(math.nan, "NE")
        assert_reproduces(math.inf, ">60")
        assert "does not print as 'not reached'" in message(assert_reproduces, 14.2, "not reached")
        assert "nan does not print as '25%'" in message(assert_reproduces, math.nan, "25%")


class TestMany:
    def test_in_order_nested_or_by_name(self):
        assert_reproduces([0.25, 0.44], ["25%", "44%"])
        assert_reproduces(np.array([[0.25, 0.44]]), [["25%", "44%"]])
        assert_reproduces({"hr": 0.5449, "p": 0.0018}, {"hr": "0.54", "p": "<.01"})

    def test_only_those_that_do_not_print_are_named(self):
        said = message(assert_reproduces, {"a": 0.25, "b": [0.44, 0.30]}, {"a": "25%", "b": ["44%", "31%"]})
        assert said.startswith("1 of 3 computed values do not print as they are printed.\nb[1]: The computed 30% does")
        assert "a:" not in said

    @pytest.mark.parametrize(
        ("computed", "printed", "words"),
        [
            ([0.25, 0.44], ["25%"], "2 values are computed, and 1 printed"),
            ([0.25, 0.44], "25%", "2 values are computed, and one number is printed: 25%"),
            (0.25, ["25%", "44%"], "1 values are computed, and 2 printed"),
            ({"a": 0.25}, {"b": "25%"}, r"Printed are \['b'\], and computed \['a'\]"),
            (0.25, {"b": "25%"}, r"Printed are \['b'\], and computed 0.25"),
        ],
    )
    def test_shapes_that_differ(self, computed, printed, words):
        with pytest.raises(AssertionError, match=words):
            assert_reproduces(computed, printed)


class TestMessages:
    def test_says_what_each_rule_prints_and_what_would_decide(self):
        said = message(assert_reproduces, 0.11460, "12%", err_msg="paclitaxel, lower limit")
        assert said.splitlines() == [
            "paclitaxel, lower limit",
            "The computed 11.46% does not print as '12%', rounded by 'nearest'.",
            "  nearest    11%   '12%' can stand for 11.5% to 12.5%",
            "  half-up    11%   '12%' can stand for 11.5% to 12.5%",
            "  half-even  11%   '12%' can stand for 11.5% to 12.5%",
            "  truncated  11%   '12%' can stand for 12% to 13%",
            "  up         12%   as printed",
            "  twice      12%   as printed",
            "  twice-2    11%   '12%' can stand for 11.495% to 12.505%",
            "2 more decimals would decide: printed once from the full value, they would be 11.46%.",
        ]

    def test_a_value_no_rule_prints_has_nothing_to_decide(self):
        assert "decide" not in message(assert_reproduces, 0.30, "41%")

    @pytest.mark.parametrize(
        ("computed", "printed", "words"),
        [
            (25.0, "25%", "a hundredth of this one would print so"),
            (0.25, "25", "As a per cent it would print so"),
        ],
    )
    def test_per_cents_that_are_none(self, computed, printed, words):
        assert words in message(assert_reproduces, computed, printed)

    def test_unit_for_numbers_without_their_sign(self):
        assert_reproduces([0.25, 0.44], ["25", "44%"], unit="%")

    def test_several_rules_of_which_one_must_serve(self):
        assert_reproduces(0.11460, "12%", rounding=("nearest", "twice"))
        assert_reproduces(0.11460, "12%", rounding=ROUNDINGS)
        assert "rounded by 'nearest' or 'truncated'" in message(
            assert_reproduces, 0.11460, "12%", rounding=("nearest", "truncated")
        )

    @pytest.mark.parametrize(
        ("call", "refusal", "words"),
        [
            (lambda: assert_reproduces(0.25, 0.25), NotTextError, "trailing zeros"),
            (lambda: assert_reproduces("0.25", "25%"), InputError, "must be a number, got '0.25'"),
            (lambda: assert_reproduces(True, "1"), InputError, "must be a number, got True"),
            (lambda: assert_reproduces(0.25, "25%", rounding="twise"), UnknownNameError, "Did you mean 'twice'"),
            (lambda: assert_reproduces(0.25, "25%", rounding=()), InputError, "No rounding rule"),
            (lambda: assert_p_reproduces(1.2, ".04"), InputError, "between 0 and 1"),
            (lambda: assert_interval_reproduces((0.1,), ("10%",)), InputError, "two limits"),
            (lambda: assert_interval_reproduces((0.1, 0.2), "10%"), InputError, "2 computed and 1 printed"),
            (lambda: assert_trial_holds_together("none.toml"), TrialFileError, "no such file"),
        ],
    )
    def test_input_that_is_not_accepted(self, call, refusal, words):
        with pytest.raises(refusal, match=words):
            call()


class TestIntervals:
    def test_clopper_pearson_of_8_in_32(self):
        interval = trialstats.binomial_interval(8, 32)
        assert_interval_reproduces(interval, ("12%", "43%"), rounding="twice")
        assert_interval_reproduces(interval, ("11.5", "43.4%"))
        said = message(assert_interval_reproduces, interval, ("12", "43%"))
        assert "lower: The computed 11.46" in said and "upper" not in said

    def test_with_its_estimate(self):
        assert_interval_reproduces((0.544, 0.37, 0.789), ("0.54", "0.37", "0.79"))
        assert "estimate: " in message(assert_interval_reproduces, (0.55, 0.37, 0.79), ("0.54", "0.37", "0.79"))


class TestPValues:
    def test_relations(self):
        assert_p_reproduces(0.00013, "<.001")
        assert_p_reproduces(0.0387, "P = .04")
        assert_p_reproduces(0.06, ">.05")
        assert message(assert_p_reproduces, 0.0012, "<.001").startswith(
            "The computed 0.0012 does not print as '<.001'."
        )

    def test_other_sides_are_named(self):
        assert message(assert_p_reproduces, 0.0387, ".02").endswith(
            "Half of it, as of a one-sided test, would print so."
        )
        assert message(assert_p_reproduces, 0.0387, ".08").endswith("Twice it, as of a two-sided test, would print so.")
        assert "sided" not in message(assert_p_reproduces, 0.0387, ".60")


class TestTrials:
    @pytest.mark.parametrize("name", sorted(path.stem for path in SEEDS.glob("*.toml")))
    def test_shipped_trials_hold_together(self, name):
        assert_trial_holds_together(SEEDS / f"{name}.toml")

    def test_a_paper_that_does_not(self):
        rate = Estimate(
            id="orr", measure="proportion", value=Reported("25%"), n=Reported("32"),
            spread=Spread("confidence", Reported("18%"), Reported("36%")),
        )  # fmt: skip
        paper = Paper(id="own", claims=(rate,))
        said = message(assert_trial_holds_together, paper)
        assert said.startswith("own: 1 finding not as expected.\n  orr, proportion-interval: no explanation found. No")
        assert_trial_holds_together(paper, ignore=["proportion-interval"])
        assert_trial_holds_together(paper, select=["TS101"])
        with pytest.raises(UnknownNameError, match="Did you mean"):
            assert_trial_holds_together(paper, select=["proportion-intervall"])


def test_is_public_and_needs_no_pytest():
    code = (
        "import sys; sys.modules['pytest'] = None\nimport trialstats as ts\nts.testing.assert_reproduces(0.25, '25%')"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
