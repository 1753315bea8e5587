"""Patients and their eyes, pregnancies and infants, nurses and patients: two kinds of things are never one whole."""

import pytest

import trialstats as ts
from trialstats.checks.two_units import of_two_units


def asked(text):
    return [one.check for one in ts.check(text).findings if one.verdict.is_question]


@pytest.mark.parametrize(
    "text",
    [
        "In 40 patients (72 eyes), acuity improved in 54 eyes (75%).",
        "In 40 patients (72 eyes), acuity improved in 54 eyes and was unchanged in 18 eyes.",
        "Of 60 patients with 100 tumours, 45 had a complete response, 30 a partial response and 25 no response.",
        "Of 60 patients with 100 lesions, 45 had a complete response and 30 had a partial response.",
        "Among 80 pregnancies there were 88 infants, 46 boys and 42 girls.",
        "Among 80 mothers there were 88 babies, 46 boys and 42 girls.",
        "Forty-eight patients were randomised to two periods, giving 96 treatment periods, of which 94 were evaluable.",
        "Forty patients were enrolled; 78 kidneys were randomised.",
        "Forty patients were enrolled, and 78 painful knees were treated.",
        "25 nurses were enrolled and 300 patients were randomised.",
        "12 practices were enrolled and 300 patients were randomised.",
    ],
)
def test_parts_of_another_kind_are_not_held_against_the_patients(text):
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Of 60 patients with tumours, 45 had a complete response and 30 had a partial response.", "categories"),
        ("Of 60 patients with 100 tumours, 95 had a complete response and 30 had a partial response.", "categories"),
        ("Of 60 patients with 4 cycles each, 45 had a complete response and 30 had a partial response.", "categories"),
        ("Among 88 infants there were 46 boys and 52 girls.", "categories"),
        ("Among 80 pregnancies there were 88 infants, 46 boys and 52 girls.", "categories"),
        ("Forty patients were enrolled; 78 patients were randomised.", "nested"),
        ("Forty patients were enrolled; 78 women were randomised.", "nested"),
        ("Forty-eight patients were randomised, of whom 94 were evaluable.", "nested"),
        ("25 nurses were enrolled and 300 nurses were randomised.", "nested"),
    ],
)
def test_parts_of_their_own_whole_are_still_added(text, check):
    assert check in asked(text)


@pytest.mark.parametrize(
    ("text", "whole", "parts", "found"),
    [
        ("40 patients (72 eyes): 54 and 18", 40, [54, 18], True),
        ("40 patients (72 eyes): 54 and 38", 40, [54, 38], False),
        ("40 patients; 78 transplanted kidneys", 40, [78], True),
        ("40 participants; 78 infants", 40, [78], False),
        ("40 patients had 72 of their eyes treated: 54", 40, [54], False),
        ("40 patients from 300 hospitals: 54", 40, [54], False),
    ],
)
def test_what_counts_as_another_kind(text, whole, parts, found):
    assert of_two_units(text, 0, len(text), whole, parts) is found
