"""Printed numbers: what text is accepted, and which values it can stand for."""

import math
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialstats.errors import InputError, NotTextError, UnknownNameError
from trialstats.press import print_number
from trialstats.reported import GUARD, ROUNDING_RULES, ROUNDINGS, Range, Reported

# text as printed -> digits, relation, unit, lower, upper, lower closed, upper closed (plain rounding)
SPELLINGS = [
    ("0.54", "0.54", "=", "", "0.535", "0.545", True, True),
    (".54", "0.54", "=", "", "0.535", "0.545", True, True),
    ("0·54", "0.54", "=", "", "0.535", "0.545", True, True),
    ("0,54", "0.54", "=", "", "0.535", "0.545", True, True),
    ("1,79", "1.79", "=", "", "1.785", "1.795", True, True),
    ("1,987", "1987", "=", "", "1986.5", "1987.5", True, True),
    ("1 987", "1987", "=", "", "1986.5", "1987.5", True, True),
    ("1,234,567", "1234567", "=", "", "1234566.5", "1234567.5", True, True),
    ("61%", "61", "=", "%", "0.605", "0.615", True, True),
    ("61 %", "61", "=", "%", "0.605", "0.615", True, True),
    ("61 per cent", "61", "=", "%", "0.605", "0.615", True, True),
    ("-26·6%", "-26.6", "=", "%", "-0.2665", "-0.2655", True, True),
    ("−2.0", "-2.0", "=", "", "-2.05", "-1.95", True, True),
    ("<.001", "0.001", "<", "", "0", "0.001", True, False),
    ("P < .001", "0.001", "<", "", "0", "0.001", True, False),
    ("p=0·0046", "0.0046", "=", "", "0.00455", "0.00465", True, True),
    ("≤0.05", "0.05", "<=", "", "0", "0.05", True, True),
    ("≥3", "3", ">=", "", "3", "inf", True, False),
    (">.99", "0.99", ">", "", "0.99", "inf", False, False),
    ("3 x 10-4", "3e-4", "=", "", "0.00025", "0.00035", True, True),
    ("3 × 10⁻⁴", "3e-4", "=", "", "0.00025", "0.00035", True, True),
    ("1.2e-5", "1.2e-5", "=", "", "0.0000115", "0.0000125", True, True),
    ("0", "0", "=", "", "-0.5", "0.5", True, True),
]


@pytest.mark.parametrize("text, digits, relation, unit, low, high, low_closed, high_closed", SPELLINGS)
def test_spellings(text, digits, relation, unit, low, high, low_closed, high_closed):
    number = Reported(text)
    assert (number.text, number.digits, number.relation, number.unit) == (text, digits, relation, unit)
    upper = math.inf if high == "inf" else Fraction(high)
    assert number.range() == Range(Fraction(low), upper, low_closed, high_closed)


@pytest.mark.parametrize("text", ["not reached", "Not reached", "NR", "NE", "not estimable", "n.r".replace(".", "")])
def test_not_reached_is_missing_and_can_be_any_positive_value(text):
    number = Reported(text)
    assert number.is_missing
    assert number.range() == Range(Fraction(0), math.inf, False, False)
    with pytest.raises(InputError, match="has no value"):
        _ = number.value


@pytest.mark.parametrize("value", [0.54, 54, Decimal("0.54"), None, True])
def test_anything_but_text_is_refused_and_told_why(value):
    with pytest.raises(NotTextError, match="loses its trailing zeros") as caught:
        Reported(value)
    assert isinstance(caught.value, TypeError)
    assert repr(value) in str(caught.value)


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "--3", "12,34,5", "1234 567", "5" * 31, "1 2", "%", "<", "0.5x", "1e9999"]
)
def test_what_is_no_number_gets_one_sentence(text):
    with pytest.raises(InputError, match="is not a printed number; accepted is"):
        Reported(text)


def test_a_document_with_decimal_commas_can_say_so():
    assert Reported("1,987", decimal_comma=True).digits == "1.987"
    assert Reported("1,234,567", decimal_comma=True).digits == "1234567"


def test_a_bound_takes_its_estimates_unit_but_keeps_its_own():
    assert Reported("47").with_unit("%").range() == Reported("47%").range()
    assert Reported("47%").with_unit("") == Reported("47%")
    assert Reported("NE").with_unit("%") == Reported("NE")
    with pytest.raises(UnknownNameError, match="unit"):
        Reported("47", "kg")


def test_equality_is_of_digits_relation_and_unit():
    assert Reported("0.50") != Reported("0.5")
    assert Reported("61%") != Reported("61")
    assert Reported("<.05") != Reported(".05")
    assert Reported(".54") == Reported("0·54")
    assert len({Reported(".54"), Reported("0·54")}) == 1


def test_whole_is_for_exact_counts_only():
    assert Reported("1,987").whole == 1987
    assert [Reported(text).whole for text in ("≥3", "61%", "2.5", "NE")] == [None] * 4


# --------------------------------------------------------------------------------------------------
# Rounding rules against the standard library's decimal module
# --------------------------------------------------------------------------------------------------
DECIMAL_RULES = {
    "half-up": ROUND_HALF_UP,  # away from zero at ties
    "half-even": ROUND_HALF_EVEN,
    "truncated": ROUND_DOWN,
    "up": ROUND_UP,
}
fractions = st.fractions(min_value=-3, max_value=3, max_denominator=4000)


def stdlib_rounded(value: Fraction, decimals: int, rule: str) -> Fraction:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return Fraction(exact.quantize(Decimal(1).scaleb(-decimals), rounding=rule))


@given(st.integers(-30000, 30000), st.integers(0, 3), st.sampled_from(sorted(DECIMAL_RULES)))
def test_a_range_holds_exactly_the_values_that_the_standard_library_rounds_to_it(thousandths, decimals, rounding):
    value = Fraction(thousandths, 10_000)
    printed = stdlib_rounded(value, decimals, DECIMAL_RULES[rounding])
    step = Fraction(1, 10**decimals)
    for neighbour in (printed - step, printed, printed + step):
        number = Reported(print_number(neighbour, decimals))
        if printed == 0 or neighbour == 0:
            continue  # the sign of a printed zero is not known; see below
        assert (value in number.range(rounding)) == (neighbour == printed)


@pytest.mark.parametrize(
    "rounding, low, high, closed",
    [("nearest", "-0.05", "0.05", True), ("half-up", "-0.05", "0.05", False), ("truncated", "-0.1", "0.1", False),
     ("up", "0", "0", True), ("twice", "-0.055", "0.055", True), ("half-even", "-0.05", "0.05", True)],
)  # fmt: skip
def test_a_printed_zero_reaches_to_both_sides(rounding, low, high, closed):
    assert Reported("0.0").range(rounding) == Range(Fraction(low), Fraction(high), closed, closed)


@given(fractions, st.integers(0, 3), st.sampled_from(sorted(ROUNDINGS)), st.sampled_from(["", "%"]))
def test_what_the_press_prints_can_stand_for_what_it_printed(value, decimals, rounding, unit):
    assert value in Reported(print_number(value, decimals, unit, rounding)).range(rounding)


@given(st.integers(-999, 999), st.integers(0, 3), st.sampled_from(["twice", "twice-2"]))
def test_rounding_twice_is_two_roundings(k, decimals, rounding):
    """Every value strictly inside rounds to the number in two steps under one choice of ties, and none outside does."""
    extra = {"twice": 1, "twice-2": 2}[rounding]
    number = Reported(print_number(Fraction(k, 10**decimals), decimals))
    values = number.range(rounding)
    tiny = Fraction(1, 10 ** (decimals + 6))
    rules = (ROUND_HALF_UP, ROUND_HALF_EVEN, "ROUND_HALF_DOWN")

    def reachable(value):
        return {
            stdlib_rounded(stdlib_rounded(value, decimals + extra, first), decimals, second)
            for first in rules
            for second in rules
        }

    for end in (values.lower, values.upper):
        assert number.value in reachable(end)
    assert number.value not in reachable(values.lower - tiny)
    assert number.value not in reachable(values.upper + tiny)


def test_the_table_of_rules_is_the_menu():
    assert list(ROUNDING_RULES) == list(ROUNDINGS) == [
        "nearest", "half-up", "half-even", "truncated", "up", "twice", "twice-2",
    ]  # fmt: skip
    with pytest.raises(UnknownNameError, match="Did you mean 'truncated'"):
        Reported("0.5").range("truncate")


# --------------------------------------------------------------------------------------------------
# Ranges
# --------------------------------------------------------------------------------------------------
ends = st.tuples(fractions, fractions, st.booleans(), st.booleans())


@given(ends, ends, fractions)
def test_an_intersection_holds_what_both_hold(one, other, value):
    first, second = Range(*one), Range(*other)
    assert (value in first.intersect(second)) == (value in first and value in second)


@given(ends, fractions)
def test_complement_and_mirror_turn_values_with_their_range(one, value):
    values = Range(*one)
    assert (value in values) == (1 - value in values.complement()) == (-value in values.mirrored())


@given(ends)
def test_an_empty_range_holds_nothing(one):
    values = Range(*one)
    middle = (values.lower + values.upper) / 2
    if values.is_empty:
        assert not any(value in values for value in (values.lower, middle, values.upper))
    else:
        assert middle in values


def test_floats_meet_a_range_only_within_the_stated_guard():
    values = Reported("12%").range()
    assert values.admits(0.115 - GUARD / 2)
    assert not values.admits(0.115 - 2 * GUARD)
    assert 0.115 - GUARD / 2 not in values


def test_decimal_ceiling_differs_from_up_below_zero():
    """The rule named up goes away from zero, unlike a ceiling."""
    assert Fraction(-21, 10) in Reported("-3").range("up")
    assert Decimal("-2.1").quantize(Decimal(1), rounding=ROUND_CEILING) == -2


@pytest.mark.parametrize("text", ["1e301", "4.2 x 10-400", "-3e999", "<1e-301"])
def test_what_no_float_holds_is_no_printed_number(text):
    with pytest.raises(InputError, match="power of ten is at most 300"):
        Reported(text)


def test_the_largest_numbers_have_ranges_in_floats():
    assert Reported("1e-300").float_range() == (5e-301, 1.5e-300)
    large = Reported("987654321e300")
    assert large.float_range() == (math.inf, math.inf)
    assert Reported("-987654321e300").float_range() == (-math.inf, -math.inf)
    assert large.range().guarded() == (math.inf, math.inf)
