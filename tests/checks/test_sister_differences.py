"""A difference that is near the values beside it, where all others of the text are those of theirs. Made up."""

from __future__ import annotations

import pytest

from trialstats.reanalysis import check

OTHERS = (
    "A total of 410 adults were randomly assigned to salt (n = 205) or water (n = 205). "
    "Thirst was felt by 62.4% with salt and 48.1% with water (difference, 14.3%; 95% CI, 6.1% to 22.5%). "
    "Cramps were felt by 41.0% with salt and 33.2% with water (difference, 7.8%; 95% CI, 0.2% to 15.4%). "
)
OFF = "Fear was felt by 71.3% with salt and 58.0% with water (difference, 12.7%; 95% CI, 4.9% to 20.5%)."


def asked(text):
    return [finding.check for finding in check(text).findings if finding.verdict.is_question]


def test_one_that_alone_is_not_that_of_its_values_is_asked_about():
    assert asked(OTHERS + OFF) == ["difference-of-arms"]


@pytest.mark.parametrize(
    "text",
    [
        OTHERS + OFF.replace("12.7%", "13.3%").replace("4.9%", "5.5%").replace("20.5%", "21.1%"),
        OTHERS + OFF.replace("12.7%", "13.2%").replace("4.9%", "5.4%").replace("20.5%", "21.0%"),
        OTHERS.replace("14.3%; 95% CI, 6.1% to 22.5%", "13.6%; 95% CI, 5.4% to 21.8%") + OFF,
        OFF,
        OTHERS + OFF.replace("(difference", "(stratified difference"),
    ],
    ids=["all agree", "a digit off by rounding on the way", "another is off too", "alone", "another analysis"],
)
def test_others_are_left(text):
    assert asked(text) == []
