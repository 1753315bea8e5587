"""Copies of a printed number with one changed character: which are made, and which are not."""

import pytest

from trialstats.reported import Reported
from trialstats.search.one_character import REPAIRS, repairs

R = Reported


def made(text, *kinds, **more):
    return [one.text for kind, one in repairs(R(text), **more) if kind in kinds]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("6.8", "sign", ["-6.8"]),
        ("-6.8", "sign", ["6.8"]),
        ("73", "point", ["0.73", "7.3"]),
        ("4.6", "point", [".46", "46"]),
        ("0.4", "point", ["4", "0.04"]),
        ("0.04", "point", ["0.4", "0.004", "4"]),
        ("-512", "point", ["-0.512", "-5.12", "-51.2"]),
        ("10.3%", "exchange", ["13.0%"]),
        ("71", "exchange", ["17"]),
        ("2.13", "exchange", ["1.23", "2.31"]),
    ],
)
def test_kinds(text, kind, expected):
    found = made(text, kind)
    assert [one for one in expected if one not in found] == []
    assert kind in REPAIRS


def test_digits_are_changed_one_at_a_time_and_no_number_begins_with_a_zero_too_many():
    found = made("0.35", "digit")
    assert "0.45" in found and "0.30" in found and "1.35" in found
    assert all(len(one) == len("0.35") for one in found)
    assert "05" not in made("15", "digit")


def test_each_number_once_and_never_itself():
    for text in ("11", "0.50", "12.8%", "1,987", ".003"):
        found = [one for _, one in repairs(R(text))]
        assert len(found) == len(set(found))
        assert R(text) not in found


def test_the_unit_and_the_bare_point_stay():
    assert made("62%", "digit")[0].endswith("%")
    assert ".04" in made(".004", "point", of_p=True)
    assert repairs(R("62").with_unit("%"))[0][1].unit == "%"


def test_a_p_value_may_have_lost_its_relation_but_only_at_a_usual_limit():
    assert made("0.001", "relation", of_p=True) == ["<0.001"]
    assert made(".05", "relation", of_p=True) == ["<.05"]
    assert made("0.34", "relation", of_p=True) == []
    assert all(0 < float(one.value) <= 1 for _, one in repairs(R("0.90"), of_p=True))
    assert "<.01" in made("<.001", "point", of_p=True)
    assert made("<.001", "digit", of_p=True) == ["<.005"]


def test_counts_stay_whole_and_have_no_sign():
    assert made("308", "sign", "point", whole=True, signed=False) == []
    assert "380" in made("308", "exchange", whole=True)


@pytest.mark.parametrize("text", ["not reached", "NE", "1.2e-4", ">60", ">2"])
def test_what_is_no_plain_number_has_none(text):
    assert repairs(R(text)) == ()
    assert repairs(R(text), of_p=True) == ()
