"""Tables within a text: what stands in one row is no part of a result in the next.

Claims are written as `tests.sources.text.claims_shown` writes them.
"""

import pytest
from tests.sources.text.claims_shown import shown

from trialstats import check, extract
from trialstats.findings import QUESTIONS
from trialstats.sources.text.reading import read

ROWS = {
    "Group\tCured\nZolpane (n = 209)\t85.2%\nVexol (n = 210)\t50.0%\nNothing (n = 190)\t41.1%": [],
    "Sign | Week 6 | P\nClotting | 169 ± 41 | 0.756\n(70–150%) | 160 ± 42 | 0.490": [],
    "Metal\tBefore\tP\nLead\t29.8\t0.00001\n(9.58, 83.92)\t(12.6, 99.8)\t0.3": [],
    "Drug\tCases\tOR (95% CI)\nPatch\t42/226\t1.43 (0.86–2.36)\n* Significant at P < 0.05 by the test.": [
        "OR 1.43 [0.86, 2.36] (95)"
    ],
    "Ward\tHR (95% CI)\nEast\t0.71 (0.55-0.92)\nWest\t0.66 (0.40-1.09)": [
        "HR 0.71 [0.55, 0.92] (95)",
        "HR 0.66 [0.40, 1.09] (95)",
    ],
    "Change\tTea - milk\nDifference (95% CI)\t-2.7 (-4.1, -1.3)\np-value\t<0.001\nMean\t4.1": [
        "difference -2.7 [-4.1, -1.3] 95 P<0.001"
    ],
    "Change\tTea - milk\nDifference (95% CI)\t-2.7 (-4.1, -1.3)\nAge, p-value\t<0.001": [
        "difference -2.7 [-4.1, -1.3] 95"
    ],
}


@pytest.mark.parametrize("text", ROWS)
def test_no_result_goes_on_in_the_next_row(text):
    assert shown(extract(text)) == ROWS[text]
    assert not [one for one in check(extract(text)).findings if one.verdict in QUESTIONS or one.look]


def test_lines_of_prose_go_on():
    text = "Cure was seen in 14\n(28%) of 50 | and | the HR was 0.71\n(95% CI 0.55-\n0.92)."
    assert "28% 14/50" in shown(extract(text.replace(" | and | ", " and ")))
    assert "28% 14/50" not in shown(extract(text.replace("14\n", "\t14\n")))


def test_a_row_does_not_end_its_sentence():
    text = "Arm | Cured\nSalt, mean | 5.1\nSugar | 6.0\n"
    document = read(text, "t").document
    assert document.letters.count("E") == 3
    assert "S" not in document.letters
    signed = read("Change | -0.8\n-0.9 | -0.7\n", "t").document
    assert [signed.has_sign(at) for at, letter in enumerate(signed.letters) if letter == "d"] == [True] * 3


P_HEADS = {
    "Scale\tMean (SE)\tP (95% CI)\nSleep\t1.4 (0.8)\t.53 (-2.14 to 3.93)": [],
    "Scale | Tea | p-value (95% CI)\nMood | 1.8 (1.2) | 0.19 (-1.2 to 6.1)": [],
    "Scale\tP a (95% CI)\tMean difference (95% CI)\nPain\t.07 (-0.3 to 7.8)\t1.2 (0.4 to 2.0)": [
        "difference 1.2 [0.4, 2.0] (95)"
    ],
    " | Low (n=69) | High (n=70) | P b (95% CI) | \n | Pain | 9.3 (2.4) | .07 (-0.01 to 0.26)": [],
    "Scale\tP\tHR (95% CI)\nPain\t.07\t0.86 (0.73 to 1.02)": ["HR 0.86 [0.73, 1.02] (95)"],
}


@pytest.mark.parametrize("text", P_HEADS)
def test_a_p_value_before_an_interval_is_no_estimate(text):
    assert shown(extract(text)) == P_HEADS[text]


BEFORE_ITS_ERROR = {
    "The difference (95% CI) was -1.35±0.88 (-3.08;0.39) with rice.": ["difference -1.35 [-3.08, 0.39] (95)"],
    "Difference from bread, 95% CI: 0.36 ± 5.49 (-10.4 to 11.1) and 0.32 ± 5.41 (-10.3 to 10.9) points.": [
        "difference 0.36 [-10.4, 11.1] (95)",
        "difference 0.32 [-10.3, 10.9] (95)",
    ],
    "Weight, 95% CI or range, was 71.2 ± 10.4 (51–98) kg.": [],
}


@pytest.mark.parametrize("text", BEFORE_ITS_ERROR)
def test_a_difference_stands_before_its_standard_error(text):
    assert shown(extract(text)) == BEFORE_ITS_ERROR[text]


LEVELS = {
    "The odds ratio (CI 95%) was 0.8 (0.5 to 1.3).": ["0.8"],
    "Week\tRR (IC 95 %)\n1\t2.1 (1.1; 4.0)": ["2.1"],
    "Of all children, 95% (CI not told) slept.": ["95"],
}


@pytest.mark.parametrize("text", LEVELS)
def test_a_level_alone_behind_the_words_for_an_interval_is_no_share(text):
    assert [one.value.digits for one in extract(text).claims] == LEVELS[text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Skill\tBefore\tAfter\tRange\nCooking\t(1.99)\t(1.81)\tCI: 0.04–0.09", ["other - [0.04, 0.09]"]),
        ("The odds ratio was (0.78) CI 0.60-1.00.", ["OR 0.78 [0.60, 1.00]"]),
        ("Falls, PRadj [95% CI]: 3.7 [2.0–6.9] and 2.0 [1.3–3.2].", ["RR 3.7 [2.0, 6.9] 95", "RR 2.0 [1.3, 3.2] (95)"]),
    ],
)
def test_numbers_in_brackets_of_their_own_and_adjusted_ratios(text, expected):
    assert shown(extract(text)) == expected
