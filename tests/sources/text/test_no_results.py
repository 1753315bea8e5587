"""Numbers that look like results, and are limits, scales, formulas, sites or times. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract


@pytest.mark.parametrize(
    "text",
    [
        "Mean comfort was rated (scores range from 0 to 100%, a high one meaning much comfort).",
        "The trial was done at 15 medical cancer centres in two lands.",
        "Rowers had 45 Gy in 30 twice-daily fractions with lumarin.",
        "Births between 23 0/7 and 23 6/7 weeks were looked at.",
        "Roughly 50% of patients might be cured.",
        "Survival to 5 years was alike.",
        "The risk of death at 1 to 5 years was looked at in all patients.",
        "Blood was drawn 3 months after the last dose was given.",
    ],
)
def test_no_result_is_read(text):
    assert [claim.value for claim in extract(text).claims] == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Mean comfort was 41.2% (scores range from 0 to 100%).", ["41.2"]),
        ("Pressure was lower (8 vs 10 cmH 2 O; P = .007).", ["8", "10"]),
        ("The mean 25(OH)D level was 58 nmol/L.", ["58"]),
        ("As many as 14% of all admissions for falls from boats might be avoided.", ["14"]),
        ("Deaths were seen in 15 of 40 cancer patients.", ["15"]),
        ("Median survival was 9 months after the diagnosis.", ["9"]),
    ],
)
def test_the_results_beside_them_are_read(text, values):
    read = [claim.value or claim.x for claim in extract(text).claims if hasattr(claim, "value")]
    assert [one.digits for one in read] == values
