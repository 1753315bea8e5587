"""Signs that a PDF took from a symbol font: put back where a text tells on itself, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import trialstats as ts
from trialstats.sources.text.tokens.citations import without_citations
from trialstats.sources.text.tokens.symbol_fonts import with_lost_signs

TELLS = "Pain was rarer (P , .001). "


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("cramps 6% (26%, 18%); thirst", "cramps 6% (-6%, 18%); thirst"),
        ("cramps 211% (223%, 1%); thirst", "cramps -11% (-23%, 1%); thirst"),
        ("cramps 24% (213%, 5%); thirst", "cramps -4% (-13%, 5%); thirst"),
        ("cramps 20.4 (95% CI, 20.9 to 0.1); thirst", "cramps -0.4 (95% CI, -0.9 to 0.1); thirst"),
        ("cramps 22 (213 to 25); thirst", "cramps -2 (-13 to 25); thirst"),
        ("n \u00bc 12 and P \u00bc 0.02", "n = 12 and P = 0.02"),
        ("salt (n 5 49), P,.05", "salt (n = 49), P<.05"),
        # In order as they stand: nothing was lost.
        ("cramps 24% (21%, 28%); thirst", "cramps 24% (21%, 28%); thirst"),
        ("cramps 21 (7, 30); thirst", "cramps 21 (7, 30); thirst"),
    ],
)
def test_signs_come_back(printed, meant):
    assert with_lost_signs(TELLS + printed) == TELLS.replace("P ,", "P <") + meant


@pytest.mark.parametrize(
    "text",
    [
        "Cramps came to 6% (26%, 18%) of all.",
        "Add \u00bc of a cup, or \u00bd.",
        "With vitamin P, 5 of 12 (n 7) ran on; type P, 20.4 (20.9 to 0.1).",
        "Group N 5 rowed.",
    ],
)
def test_a_text_that_does_not_tell_stays_as_it_is(text):
    assert with_lost_signs(text) == text


@given(st.text(alphabet="Pp 0123456789.,()%-\u00bcnN5tocI", max_size=80))
def test_no_character_is_moved(text):
    assert len(with_lost_signs(text)) == len(text)
    assert len(with_lost_signs(TELLS + text)) == len(TELLS + text)


def test_a_repaired_sign_is_looked_at_and_not_asked_about():
    text = TELLS + "The difference in cramps was {} for salt."
    for numbers in ("211% (95% CI 223%, 1%)", "24% (95% CI 213%, 5%)", "6% (95% CI 26%, 18%)"):
        assert not any(one.verdict.is_question for one in ts.check(text.format(numbers)).findings)


def test_emptied_citations_tell_what_other_numbers_in_such_brackets_are():
    cited = "Rare [], often [,], late [], long [ ], lasting [\u2013]. "
    fill = lambda one: "_" * len(one[0])  # noqa: E731
    assert without_citations(cited + "It takes 30-120 [18-20] minutes.", fill).endswith("30-120 _______ minutes.")
    assert without_citations(cited + "It takes 12 [9-15] minutes.", fill).endswith("12 [9-15] minutes.")
    assert without_citations("Rare []. It takes 30-120 [18-20] minutes.", fill).endswith("[18-20] minutes.")


def test_ratios_of_so_many_are_no_odds_and_typical_numbers_are_no_counts():
    (rate,) = ts.extract("The maternal outcome ratio (SMOR) 0.7/1000 births was low.").claims
    assert rate.measure == "rate"
    typical = ts.extract("The most common number of races was 5 (32.4% of rowers).").claims
    assert [one.x for one in typical] == [None]
    assert ts.extract("The number of deaths was 5 (32.4% of rowers).").claims[0].x.whole == 5
