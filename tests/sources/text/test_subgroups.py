"""In which part of the patients a result was found. The sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.claims.populations import denominators
from trialstats.sources.text.reading import extract

ARMS = "We randomly assigned 240 adults with gout to zoltamine (n = 121) or milk (n = 119). "
ALL = "Flares were seen in 20% on zoltamine and 31% on milk (RR 0.65; 95% CI, 0.41 to 0.99). "


def parts(text):
    """Return the values of a text behind those of all, each with the part of the patients that it is of."""
    return [(one.value.digits, one.subgroup) for one in extract(ARMS + ALL + text).claims[3:] if hasattr(one, "value")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Among women, flares were seen in 14% and 22%.", [("14", "women"), ("22", "women")]),
        ("In current smokers, the RR was 0.90 (95% CI, 0.5 to 1.6).", [("0.90", "current smokers")]),
        (
            "For those younger than 50 years, the odds ratio was 0.52 (95% CI, 0.3 to 0.9).",
            [("0.52", "those younger than 50 years")],
        ),
        (
            "Among participants aged 65 years or older, the RR was 0.71 (95% CI, 0.5 to 0.98).",
            [("0.71", "participants aged 65 years or older")],
        ),
        ("In patients with CRP ≥ 20%, the RR was 0.5 (95% CI, 0.3 to 0.8).", [("0.5", "patients with CRP ≥ 20%")]),
        (
            "In the 62 patients with tophi, the RR was 0.5 (95% CI, 0.3 to 0.8).",
            [("0.5", "patients with tophi")],
        ),
        ("In the subgroup with tophi (n = 88), the OR was 0.55 (95% CI, 0.3 to 0.95).", [("0.55", "tophi")]),
        (
            "In a prespecified subgroup analysis of adults with tophi, the OR was 0.55 (95% CI, 0.3 to 0.95).",
            [("0.55", "adults with tophi")],
        ),
        ("In the poor-sleep stratum, the OR was 0.55 (95% CI, 0.3 to 0.95).", [("0.55", "poor-sleep stratum")]),
        (
            "In the per-protocol population, flares were seen in 18% with zoltamine and 30% with milk.",
            [("18", "per-protocol population"), ("30", "per-protocol population")],
        ),
        (
            "By as-treated analysis, the RR was 0.55 (95% CI, 0.3 to 0.95).",
            [("0.55", "as-treated analysis")],
        ),
        (
            "Among men, the RR was 0.61 (95% CI, 0.4 to 0.97); among women, it was 0.72 (95% CI, 0.3 to 1.7).",
            [("0.61", "men"), ("0.72", "women")],
        ),
        (
            "Among those without tophi, flares were rarer on zoltamine (10% v 21%), but not among those with tophi "
            "(40% v 41%).",
            [
                ("10", "those without tophi"),
                ("21", "those without tophi"),
                ("40", "those with tophi"),
                ("41", "those with tophi"),
            ],
        ),
        ("The RR was 0.62 (subgroup of women; 95% CI, 0.40 to 0.90).", [("0.62", "women")]),
        (
            "In women, pain was seen in 14% v 22%; overall, it was seen in 16% v 23%.",
            2 * [("", "women")] + 2 * [("", None)],
        ),
    ],
)
def test_people_with_whom_a_clause_opens_are_the_part_of_its_results(text, expected):
    found = parts(text)
    assert [one for _, one in found] == [one for _, one in expected]
    assert all(value in ("", read) for (read, _), (value, _) in zip(found, expected, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "In adults with gout, the RR was 0.64 (95% CI, 0.4 to 0.98).",  # whom the trial is about
        "In patients receiving colchicine, flares were seen in 14% v 22%.",
        "In the zoltamine group, rash was seen in 14%.",
        "In both groups, rash was seen in 14%.",
        "Among the 240 adults with fever, rash was seen in 14% v 22%.",  # all of them
        "Of 88 new cases, rash was seen in 14%.",
        "In men and women combined, rash was seen in 14% v 22%.",
        "In the intention-to-treat population, rash was seen in 14% v 22%.",
        "At week 12, rash was seen in 14% v 22%.",
        "CONCLUSIONS: In elderly people with podagra, the RR was 0.65 (95% CI, 0.41 to 0.99).",
    ],
)
def test_whom_the_trial_is_about_or_an_arm_is_no_part(text):
    assert {one for _, one in parts(text)} == {None}


def test_the_outcome_of_a_part_is_that_before_and_its_size_is_no_result():
    claims = extract(ARMS + ALL + "In smokers (n = 60), the RR was 1.1 (95% CI, 0.8 to 1.5).").claims
    assert [one.value.digits for one in claims[3:]] == ["1.1"]
    assert claims[3].outcome == "flares"


def test_a_share_of_a_part_is_not_held_against_the_size_of_the_whole_arm():
    paper = extract(ARMS + ALL + "Among women, 31% on zoltamine and 40% on milk had a rash.")
    whole, part = paper.claims[0], paper.claims[3]
    assert part.arms == whole.arms and part.subgroup == "women"
    assert set(denominators(paper, whole)) == {121}
    assert denominators(paper, part) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Pain was felt by 31% v 42% in women, and by 22% v 23% in men.",
            [("31", "women"), ("42", "women"), ("22", "men"), ("23", "men")],
        ),
        (
            "Pain occurred in 31% on zoltamine and 42% on milk among smokers, and in 22% and 23% among non-smokers.",
            [("31", "smokers"), ("42", "smokers"), ("22", "non-smokers"), ("23", "non-smokers")],
        ),
        (
            "The odds ratio was 0.71 (95% CI, 0.53 to 0.95) in women and 0.92 (0.70 to 1.21) in men.",
            [("0.71", "women"), ("0.92", "men")],
        ),
        (
            "Pain was felt by 31% v 42% (in women, 34% v 40%), and itch by 22% v 23%.",
            [("31", None), ("42", None), ("34", "women"), ("40", "women"), ("22", None), ("23", None)],
        ),
        ("In women the rates were 31% and 42%.", [("31", "women"), ("42", "women")]),
        ("Among patients with tophi it was 31% v 42%.", [("31", "patients with tophi"), ("42", "patients with tophi")]),
        # Only one of two parts, or none: it may be all that there are.
        ("Pain was felt by 31% v 42% in women.", [("31", None), ("42", None)]),
        ("Pain was felt by 31% v 42% in adults and by 22% in hospital.", [("31", None), ("42", None), ("22", None)]),
    ],
)  # fmt: skip
def test_parts_named_behind_their_values_and_in_brackets(text, expected):
    assert parts(text) == expected
