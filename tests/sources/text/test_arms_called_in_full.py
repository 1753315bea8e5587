"""Labels of arms: what an abbreviation stands for, roles, no word on how it is given. All made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


def labels(text: str) -> list[str]:
    return [arm.label for arm in extract(text).arms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Defined in the plural.
        (
            "Adults were randomised to either lumen-sparing Orbis rings (LSRs) (Corvo Ltd) or bare-wire Kelda rings"
            " (BWRs). Closure was 6% in the LSR group and 21% in the BWR group.",
            ["lumen-sparing Orbis rings (LSR)", "bare-wire Kelda rings (BWR)"],
        ),
        # Two names in one abbreviation.
        (
            "Adults had lumarin and zolvadin (Lum/Zol) or lumarin and solvatan (Lum/Sol) at random. Relief was 40% with"
            " Lum/Zol and 31% with Lum/Sol.",
            ["lumarin and zolvadin (Lum/Zol)", "lumarin and solvatan (Lum/Sol)"],
        ),
        # "Alone" is kept behind it.
        (
            "Basic pain care (BPC) was studied. Adults were assigned to BPC alone or walking classes (WC). Relief was"
            " 40% with walking classes and 31% with BPC alone.",
            ["basic pain care (BPC) alone", "walking classes (WC)"],
        ),
        # A name of its own in brackets within.
        (
            "Iron(II)-lumarin complex (ILC) was held against zolvadin. Adults were randomised. Relief was 40% for ILC"
            " and 31% for zolvadin. ILC was liked.",
            ["Iron(II)-lumarin complex (ILC)", "zolvadin"],
        ),
        # The abbreviation stands where the text first speaks of it.
        (
            "Brief walking classes (BWC) may help. Adults were randomised to brief walking classes or to placebo."
            " Relief was 40% with brief walking classes and 31% with placebo.",
            ["brief walking classes (BWC)", "placebo"],
        ),
        # First letters of what is given together, never defined.
        (
            "Adults were randomised to zolvadin plus solvatan plus lumarin (n = 20) or to arbutine (n = 21). Relief was"
            " 40% in the ZSL group and 31% with arbutine. ZSL was liked.",
            ["zolvadin plus solvatan plus lumarin (ZSL)", "arbutine"],
        ),
    ],
)
def test_abbreviations(text: str, expected: list[str]) -> None:
    assert [label.lower() for label in labels(text)] == [label.lower() for label in expected]


def test_a_measure_is_no_abbreviation() -> None:
    text = (
        "Adults were randomised to zolvadin surgery or to placebo. Relief favoured zolvadin surgery (RR, 1.4; 95% CI,"
        " 1.1 to 1.9): it was 40% with zolvadin surgery (OR) and 31% with placebo."
    )
    assert labels(text) == ["zolvadin surgery", "placebo"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("subcutaneous administration of lumarin 5 mg", "lumarin 5 mg"),
        ("a 9-day course of lumarin 5 mg", "lumarin 5 mg"),
        ("a single oral dose of lumarin 5 mg", "lumarin 5 mg"),
        ("therapeutic doses of lumarin 5 mg", "lumarin 5 mg"),
        ("a twice-daily oral regimen of lumarin 5 mg", "lumarin 5 mg"),
        ("lumarin taping following Orbis recommendations", "lumarin taping"),
        # What tells it apart from others is kept.
        ("high doses of lumarin", "high doses of lumarin"),
        ("early administration of lumarin", "early administration of lumarin"),
    ],
)
def test_how_it_is_given(given: str, expected: str) -> None:
    text = f"Adults were randomised to {given} or zolvadin. Relief was 40% with lumarin and 31% with zolvadin."
    assert labels(text) == [expected, "zolvadin"]


def test_courses_that_differ_keep_their_length() -> None:
    text = (
        "Adults were randomised to a 7-day course of lumarin or a 14-day course of lumarin. Relief was 40% with the"
        " 7-day course and 31% with the 14-day course."
    )
    assert len(set(labels(text))) == 2


def test_a_heading_and_a_size_are_no_part_of_it() -> None:
    text = (
        "INTERVENTION Lumarin 40 mg/d, lumarin 80 mg/d, or placebo for 4 days at random. Relief was 40% with lumarin 40"
        " mg/d, 45% with lumarin 80 mg/d and 31% with placebo."
    )
    assert not any("INTERVENTION" in label for label in labels(text))
    sized = (
        "Adults were randomised to lumarin 5% (N.=31) or zolvadin 6% (N.=33). Relief was 40% with lumarin 5% and 31%"
        " with zolvadin 6%."
    )
    assert labels(sized) == ["lumarin 5%", "zolvadin 6%"]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (
            "Falls were 12% in the intervention group and 19% in the control group.",
            ["nurse calls (intervention group)", "usual care (control group)"],
        ),
        ("Falls were 12% with nurse calls and 19% in controls.", ["nurse calls", "usual care (control group)"]),
        # "In each treatment group" is of neither.
        ("Falls were 12% with nurse calls and 19% with usual care.", ["nurse calls", "usual care"]),
    ],
)
def test_roles_that_results_use(result: str, expected: list[str]) -> None:
    text = f"Adults were randomised to nurse calls (n = 60) or usual care (n = 61). {result}"
    assert labels(text) == expected


def test_placebo_says_that_it_is_a_control() -> None:
    text = "Adults were randomised to lumarin or placebo. Falls were 12% with lumarin and 19% in the control group."
    assert labels(text) == ["lumarin", "placebo"]
