"""A blank between thousands cuts no number in two: "1 240 men, of whom 620" is no more than there are. Made up."""

from __future__ import annotations

import pytest

import trialstats as ts


def asked(text: str) -> list[str]:
    return [one.message for one in ts.check(text).findings if one.code == "TS112"]


@pytest.mark.parametrize(
    "text",
    [
        "In total 1 240 patients were randomised, of whom 620 were allocated to tea.",
        "We screened 12 044 adults, of whom 880 were included.",
        "Among the 2\u202f110 women who fell, 450 had a fracture.",
        "We enrolled 10\u00a0250 children, of whom 870 had died.",
    ],
)
def test_a_number_whose_thousands_are_set_apart_is_read_whole(text):
    assert not asked(text)


def test_a_larger_part_is_still_asked_about():
    assert asked("In total 240 patients were randomised, of whom 620 were allocated to tea.")
    assert asked("Among the 45 women who fell, 81 had a fracture.")
