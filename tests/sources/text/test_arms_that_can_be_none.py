"""Phrases side by side that can be no arms, and the arms that are taken instead. The sentences are made up."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.arms.found import find_groups
from trialstats.sources.text.groups.plausible import is_time, no_arm
from trialstats.sources.text.names.labels import without_doses
from trialstats.sources.text.tokens.document import read_tokens


def labels(text: str) -> list[str]:
    return sorted(arm.label for arm in find_groups(read_tokens(text)).arms)


def arms(text: str) -> list[str]:
    return sorted(arm["label"] for arm in rows_from_paper(ts.extract(text))["arms"])


@pytest.mark.parametrize(
    "words",
    [
        "total gout score",
        "first relapse",
        "walking ability",
        "kidney toxicity",
        "two lumarin regimens",
        "approaches",
        "three different strategies",
        "that began after spring",
        "comparing the gain from lumarin",
        "randomly drawn records",
        "lumarin users also mostly slept longer",
        "cramps stayed in",
        "among men with gout",
        "brimane was clearly better",
        "men aged 40 years",
        "baths taken for",
        "intravenously",
        "orally or intravenously",
        "less",
        "block randomised",
        "target dose of lumarin",
        "cramp frequency",
        "mean walking time in",
        "overall bruise rate in",
        "diver well-being at 6 weeks",
        "greater degree",
        "better",
        "titrated to a glucose of 5 mmol/l",
        "less effective",
        "a much larger extent at 2 h",
        "recruitment cost",
        "sleep and quality of life",
        "the sleep rate",
        "mood benefit",
        "systolic blood pressure",
        "pain scale [+5.2 (95% ci, +2.1 to +8.3), p =",
    ],
)
def test_what_nobody_can_be_allocated_to(words: str) -> None:
    assert no_arm(words)


@pytest.mark.parametrize(
    "words",
    [
        "lumarin",
        "low symptom score",
        "asymptomatic relapse",
        "two cycles of brimane",
        "symptom management",
        "as needed lumarin",
        "standard care",
        "switched to lumarin",
        "lumarin followed by baths",
        "any vaccine",
        "intravenous lumarin",
        "less lumarin",
        "randomised visits",
        "low-frequency baths",
        "high infusion rate",
        "rate control",
        "systolic blood pressure control",
        "physical activity",
    ],
)
def test_what_people_can_be_allocated_to(words: str) -> None:
    assert not no_arm(words)


@pytest.mark.parametrize("words", [">4 hours", "12 weeks", "baseline", "post-treatment", "four cycles", "age", "hour"])
def test_times_alone(words: str) -> None:
    assert is_time(words)
    assert not is_time(f"{words} of lumarin")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("to lumarin 20 mg orally or intravenously", []),
        ("to lumarin orally or brimane intravenously", ["brimane", "lumarin"]),
        ("to a goal of 92 steps or less (n = 40) or lumarin (n = 41)", ["goal of 92 steps or less", "lumarin"]),
    ],
)
def test_a_route_or_a_limit_is_no_arm(told: str, expected: list[str]) -> None:
    assert labels(f"Men were randomised {told}.") == expected


def test_a_score_falls_to_what_results_are_compared_by() -> None:
    text = (
        "Men were randomised to tablets. We found a gain for lumarin versus placebo (n = 91) in gout score (lumarin "
        "5 mg, "
        "n = 56, change -2.4, P = .04). More slept with lumarin than with placebo (45% vs 32%), and fewer limped on "
        "lumarin than on placebo (12% vs 20%)."
    )
    assert arms(text) == ["lumarin", "placebo"]


def test_a_number_of_regimens_falls_to_the_letters_of_the_arms() -> None:
    text = (
        "We compared two salt regimens with zinc and iron in men with gout. Men had the salts at random for 40 weeks "
        "(arm A) "
        "or 30 weeks (arm B). Cramps were seen in 12% in arm A and 18% in arm B (P = .2). Rash was 3% in arm A, 4% "
        "in arm B."
    )
    assert arms(text) == ["arm A", "arm B"]


@pytest.mark.parametrize("times", ["14-day or 7-day", "8 weeks or 16 weeks"])
def test_lengths_of_one_treatment_are_arms(times: str) -> None:
    first, second = times.split(" or ")
    text = f"Men were randomised to {first} or {second} of lumarin. Cramps were 12% and 18%, respectively."
    assert len(labels(text)) == 2


@pytest.mark.parametrize(
    "told",
    [
        "Lumarin, in a randomised trial of 90 men, was non-inferior to brimane in slowing or preventing cramps.",
        "In this randomised trial we also sought associations between baths and cramps.",
        "The randomised men had a response similar to zinc or iron.",
    ],
)
def test_to_and_between_that_allocate_nobody(told: str) -> None:
    behind = " Men received lumarin or brimane. Cramps were rarer with lumarin than with brimane (12% vs 18%)."
    assert labels(told + behind) == ["brimane", "lumarin"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("a 10 minute talk about cramps or a leaflet", ["10 minute talk about cramps", "leaflet"]),
        (
            "standard of care (n = 40) or standard of care plus lumarin (n = 41)",
            ["standard of care", "standard of care plus lumarin"],
        ),
        (
            "usual care alone, usual care plus lumarin, usual care plus brimane, or usual care with both lumarin and "
            "brimane",
            [
                "usual care alone",
                "usual care plus brimane",
                "usual care plus lumarin",
                "usual care with both lumarin and brimane",
            ],
        ),
        ("lumarin, brimane, or their matching placebos", ["brimane", "lumarin", "matching placebos"]),
    ],
)
def test_arms_are_not_cut_in_their_midst(told: str, expected: list[str]) -> None:
    assert labels(f"Men were randomly assigned to {told}. Cramps were rare.") == expected


def test_a_series_counted_as_one_group_is_one_arm() -> None:
    text = (
        "Of 80 men, 41 were randomly allocated to the lumarin, zinc, and iron group and 39 to the zinc and iron group. "
        "Cramps were rarer with lumarin."
    )
    assert labels(text) == ["lumarin, zinc, and iron", "zinc and iron"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("to receive lumarin or not", ["lumarin", "no lumarin"]),
        ("to baths with lumarin or without", ["baths with lumarin", "baths without lumarin"]),
    ],
)
def test_what_lacks_something_is_called_by_it(told: str, expected: list[str]) -> None:
    assert labels(f"Men were randomised {told}. Cramps were rare.") == expected


def test_placebo_or_another_on_top_of_one_drug() -> None:
    told = "Men were randomised to brimane with placebo or lumarin."
    joined = told + " Cramps were rarer with lumarin plus brimane than with placebo plus brimane."
    assert labels(joined) == ["brimane plus lumarin", "brimane with placebo"]
    assert labels(told + " Cramps were rare.") == ["brimane with placebo", "lumarin"]


def test_two_sides_told_apart_by_their_schedule() -> None:
    text = (
        "This randomised trial set weekly brimane versus brimane given every 3 weeks. Cramps were seen in 12% with "
        "weekly "
        "brimane and 18% with brimane every 3 weeks."
    )
    assert [label.split(" ")[0] for label in labels(text)] == ["brimane", "weekly"]


def test_cohorts_of_a_letter_and_a_number() -> None:
    text = (
        "In this phase 2 trial of lumarin, response was 12.5% (6 of 48) in cohort B1 and 20.0% (8 of 40) in cohort B2. "
        "Rash was seen in 10% in cohort B1 and 15% in cohort B2."
    )
    assert arms(text) == ["cohort B1", "cohort B2"]


def test_an_abbreviation_before_what_it_is_compared_with() -> None:
    text = (
        "This randomised trial used zinc 3-weekly for four cycles (Z-LB) compared with standard LB for six. "
        "Cramps were 12% with Z-LB and 18% with standard LB."
    )
    assert labels(text) == ["Z-LB", "standard LB"]


@pytest.mark.parametrize(
    ("printed", "short"),
    [
        (["lumarin (20 mg by mouth twice daily)", "placebo"], ["lumarin", "placebo"]),
        (["zinc (AUC, 6; days 1 and 22; arm A)", "iron (5 mg daily; arm B)"], ["zinc (arm A)", "iron (arm B)"]),
        (
            ["lumarin (100 mg once daily)", "lumarin (200 mg once daily)"],
            ["lumarin (100 mg once daily)", "lumarin (200 mg once daily)"],
        ),
        (
            ["arm A (zinc 5 mg daily)", "arm B (iron 8 mg daily)"],
            ["arm A (zinc 5 mg daily)", "arm B (iron 8 mg daily)"],
        ),
        (["usual care (UC)", "foot bath (control group)"], ["usual care (UC)", "foot bath (control group)"]),
    ],
)
def test_labels_without_how_a_thing_is_given(printed: list[str], short: list[str]) -> None:
    assert without_doses(printed) == short


@pytest.mark.parametrize(
    "told",
    [
        "Study treatments were lumarin (20 mg b.i.d.), brimane (4 mg b.i.d.), and placebo.",
        "The interventions were lumarin, brimane and placebo.",
        "The arms included lumarin, brimane, and placebo.",
    ],
)
def test_treatments_that_a_sentence_lists(told: str) -> None:
    behind = " Men were allotted at random. Cramps were rarer with lumarin and brimane than with placebo."
    found = labels(told + behind)
    assert [label.split(" ")[0] for label in found] == ["brimane", "lumarin", "placebo"]


def test_treatments_of_which_a_sentence_says_something_else() -> None:
    text = "Men were randomised to lumarin or placebo. The treatments were compared by sleep and walking."
    assert labels(text) == ["lumarin", "placebo"]


def test_roles_by_which_results_call_the_arms() -> None:
    text = (
        "Men were randomised to a foot bath or usual care. Cramps were seen in 12% in the intervention group and 18% "
        "in "
        "the control group, and rash in 3% in the intervention group and 4% in the control group (P = .6)."
    )
    assert arms(text) == ["foot bath (intervention group)", "usual care (control group)"]
    named = text.replace("intervention group", "bath group").replace("control group", "usual care group")
    assert arms(named) == ["foot bath", "usual care"]


def test_a_long_name_of_what_all_have_is_left_out() -> None:
    text = (
        "Men were randomised to brimane-based and zinc-free baths of warm salted water given before breakfast with or "
        "without lumarin. Cramps were 12% and 18%."
    )
    assert labels(text) == ["with lumarin", "without lumarin"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # All else is compared with either of two controls.
        ("We included trials of lumarin compared with placebo or no treatment for poor sleep. Lumarin shortened the"
         " nights (RR 0.36, 95% CI 0.19 to 0.68).",
         ["lumarin", "placebo or no treatment"]),
        # Each is a group of its own.
        ("Adults were randomised to lumarin, placebo or no treatment. Relief was 30% in the lumarin group, 20% in the"
         " placebo group and 10% in the no treatment group.",
         ["lumarin", "placebo", "no treatment"]),
    ],
)  # fmt: skip
def test_placebo_or_nothing_is_one_control(text: str, expected: list[str]) -> None:
    assert [arm.label.lower() for arm in ts.extract(text).arms] == expected


def test_another_name_of_the_control_group_is_no_arm() -> None:
    text = (
        "After 9 months the intervention group as compared with the usual care group had less pain (4.7 vs 5.5;"
        " difference, -0.8; 95% CI, -1.3 to -0.3). Sleep was better among intervention patients relative to control"
        " patients in this randomised trial."
    )
    assert sorted(arm.role or "" for arm in ts.extract(text).arms) == ["control", "experimental"]
    assert not any(arm.label.lower() == "usual care" and arm.role == "experimental" for arm in ts.extract(text).arms)


def test_a_share_of_the_time_is_no_arm() -> None:
    text = (
        "Rowers in the intervention group said that they wore a hat for more than 80% of the time (difference, 31%; 95%"
        " CI, 17% to 45%). This was a randomised trial."
    )
    assert not any("time" in arm.label.lower() for arm in ts.extract(text).arms)


def test_what_a_patient_controls_is_an_arm() -> None:
    text = "Women were randomly assigned to receive either warm baths or patient-controlled solvatan infusion."
    assert [arm.label.lower() for arm in ts.extract(text).arms] == [
        "warm baths",
        "patient-controlled solvatan infusion",
    ]


@pytest.mark.parametrize(
    ("called", "arm"),
    [("time-restriction", "time-restricted walking with salt restriction"), ("salt-restriction", "salt restriction")],
)
def test_a_group_called_by_words_like_those_of_its_arm(called: str, arm: str) -> None:
    text = (
        "We randomly assigned 90 adults to time-restricted walking with salt restriction or salt restriction alone."
        f" The mean change was -8.0 kg in the {called} group."
    )
    paper = ts.extract(text)
    name = {one.id: one.label for one in paper.arms}
    assert [name[one].startswith(arm) for claim in paper.claims for one in claim.arms] == [True]


def test_an_arm_told_in_other_words_keeps_its_name() -> None:
    text = (
        "Women were randomized to four groups: (1) LMT, a sequential combination of 2 mg lumarin and 1 mg solvatan; (2)"
        " Vit Q (300 IU/day); (3) LMT + Vit Q; and (4) placebo. Rash was seen in 4% with LMT and 9% with placebo."
    )
    paper = ts.extract(text)
    name = {one.id: one.label for one in paper.arms}
    found = [name[one] for claim in paper.claims for one in claim.arms]
    assert found[0].startswith("LMT, a sequential")


@pytest.mark.parametrize(
    ("called", "is_arm"), [("cramp-related events (CRE)", False), ("cold resting exercise (CRE)", True)]
)
def test_an_abbreviation_of_what_is_counted_is_no_arm(called: str, *, is_arm: bool) -> None:
    text = (
        f"Men in a randomised trial told of {called} and zinc acetate (ZA). Cramps were rare with CRE (12%) and ZA"
        " (15%), and rash was rare with CRE (2%) and ZA (3%)."
    )
    assert any("CRE" in label for label in arms(text)) is is_arm


def test_both_and_or_are_of_two_arms() -> None:
    text = (
        "The reach was 77% for girls and 73% for boys, and the hits were 96% for both girls and boys. Sleep was"
        " longer for girls (41%) than for boys (21%)."
    )
    assert not any(label.startswith("both") for label in arms(text))
