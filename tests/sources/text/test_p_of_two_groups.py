"""A P value behind the second of two groups compares both; one that compares with nothing printed is not checked."""

import pytest

import trialstats as ts

PAIRS = {
    "31% (19/61; 95% CI, 20% to 44%) v 15% (9/59; 95% CI, 7% to 27%; P = .09)": ("31%", "15%"),
    "Response was 40% (95% CI, 30 to 50) with A versus 25% (95% CI, 17 to 35; P = .03) with B.": ("40%", "25%"),
    "Strength was higher with oars (mean ± SD, 31.7 ± 6.8; n = 42) than with sails (30.4 ± 7.3; n = 39), P = .41.": (
        "31.7",
        "30.4",
    ),
    "Median survival was 9.1 months (95% CI, 7.0 to 11.2) vs 6.4 months (95% CI, 5.0 to 8.1; P = .02).": ("9.1", "6.4"),
}


@pytest.mark.parametrize("text", PAIRS)
def test_a_p_value_in_the_bracket_of_the_second_group_compares_both(text):
    paper = ts.extract(text)
    (comparison,) = (claim for claim in paper.claims if not hasattr(claim, "measure"))
    assert tuple(paper.claim(name).value.text for name in comparison.of) == PAIRS[text]
    assert all(paper.claim(name).p is None for name in comparison.of)


@pytest.mark.parametrize(
    "text",
    [
        "Response was 31% (19/61; 95% CI, 20% to 44%; P = .90) v 15%.",
        "Response was seen in 19 (31% [95% CI 20-44], p=0.90) of 61 women.",
        "Response was 31% (19/61; 95% CI, 20% to 44%; P = .90) and control 15% (9/59; 95% CI, 7% to 27%; P = .01).",
    ],
)
def test_a_p_value_of_one_group_is_listed_as_not_checked_and_bears_no_sign_of_agreement(text):
    report = ts.check(text)
    idle = report["c1.p"]
    assert idle.verdict is ts.Verdict.UNCHECKED
    assert idle.reported["p"].endswith("90")
    assert text[idle.where.start : idle.where.end].startswith(("P = .90", "p=0.90"))
    page = report.to_html()
    agreeing = page.split('class="m reproduced')[1].split("</span>")[0]
    assert "90" not in agreeing


@pytest.mark.parametrize(
    ("behind", "compares"),
    [
        ("; randomised treatment had no effect (P=0.62)", False),
        ("; age did not predict response (P=0.62)", False),
        (", and age was not associated with relapse (P=0.62)", False),
        ("; baseline weight and sex had no influence (P=0.62)", False),
        ("; smoking predicted relapse (P=0.01)", True),
        ("; the difference was significant (P=0.01)", True),
        ("; the relapse rates did not differ (P=0.62)", True),
        (", and this difference was not significant (P=0.62)", True),
        ("; P=0.01", True),
    ],
)
def test_a_p_value_behind_a_clause_with_its_own_subject_is_of_that(behind, compares):
    text = f"Relapse occurred in 40 of 100 smokers and 22 of 100 non-smokers{behind}."
    assert any(len(one.of) == 2 for one in ts.extract(text).claims if one.p is not None) is compares


@pytest.mark.parametrize(
    "text",
    [
        "Relapse occurred in 40 of 100 on lumarin and 22 of 100 on placebo; treatment had no effect (P=0.62).",
        "Relapse occurred in 40 of 100 older and 22 of 100 younger adults; age predicted relapse (P=0.01).",
    ],
)
def test_a_clause_about_what_the_groups_were_made_by_is_of_their_numbers(text):
    assert any(len(one.of) == 2 for one in ts.extract(text).claims if one.p is not None)
