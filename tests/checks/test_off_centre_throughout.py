"""Means and differences that lie a little off the centres of their intervals: one alone is asked about, several not."""

import pytest

from trialstats import check
from trialstats.findings import Verdict

CENTRAL = "Taste was 41.20 (95% CI 38.20-44.20), smell 52.10 (95% CI 49.10-55.10), touch 63.30 (95% CI 60.30-66.30)"
ALIKE = "Taste was 41.20 (95% CI 38.00-44.10), smell 52.10 (95% CI 48.90-55.00), touch 63.30 (95% CI 60.10-66.20)"
FURTHER = "47.49 (95% CI 45.05-49.33)"
OFF = "47.49 (95% CI 45.05-49.73)"


def _verdicts(others: str, one: str) -> set[Verdict]:
    text = f"Mean scores of the courses: {others}. The mean score of the kitchen was {one}."
    found = check(text).findings
    return {finding.verdict for finding in found if one[:5] in finding.message and finding.check == "mean-interval"}


@pytest.mark.parametrize(
    ("others", "one", "expected"),
    [
        (ALIKE, OFF, Verdict.EXPLAINED),
        (CENTRAL, OFF, Verdict.STRAINED),
        (ALIKE, FURTHER, Verdict.STRAINED),
    ],
)
def test_a_mean_off_its_centre_as_others_of_its_text(others, one, expected):
    assert _verdicts(others, one) == {expected}


@pytest.mark.parametrize(("others", "expected"), [(ALIKE, Verdict.EXPLAINED), (CENTRAL, Verdict.STRAINED)])
def test_a_difference_off_its_centre_as_others_of_its_text(others, expected):
    others = others.replace(" was ", ", mean difference ").replace("smell", "mean difference in smell")
    others = others.replace("touch", "mean difference in touch")
    text = f"{others}. The mean difference in noise was 47.49 (95% CI 45.05-49.73) points."
    found = [one for one in check(text).findings if one.check == "difference-interval" and "47.49" in one.message]
    assert [one.verdict for one in found] == [expected]
