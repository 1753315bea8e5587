"""Arms and their sizes as results, comparisons and brackets tell them; whose a result is. All sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 120 adults to receive lumarin (n = 60) or placebo (n = 60). "


def labels(text: str) -> set[str]:
    return {arm.label.lower() for arm in extract(text).arms}


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label.lower() for arm in paper.arms}
    return {claim.value.text: [name[arm] for arm in claim.arms] for claim in paper.claims if claim.value}


def sizes(text: str) -> dict[str, set[int]]:
    return {arm.label.lower(): {size.value.whole for size in arm.of.values()} for arm in extract(text).arms}


def whole(text: str) -> set[int]:
    return {size.value.whole for size in extract(text).of.values()}


# --------------------------------------------------------------------------------------------------
# Arms
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        # Only the results name the groups, one of them by an abbreviation behind its words.
        (
            "We followed 90 joggers. Weight fell by 3% (n = 40) in the hill running and rowing (HRR) group and by 1% (n"
            " = 38) among the matched controls. Compared with controls, the HRR group slept longer.",
            {"hill running and rowing (hrr)", "controls"},
        ),
        # Groups whose sizes add up to a printed number of people.
        (
            "We studied 90 sailors, including 40 divers, 30 former divers, and 20 landsmen. Deafness was found in the"
            " divers (30%), the former divers (20%) and the landsmen (5%).",
            {"divers", "former divers", "landsmen"},
        ),
        # Cases and controls.
        (
            "In a case-control study, coffee was drunk by 130 (52.0%) of the cases and 100 (40.0%) of the controls. Of"
            " cases 12% smoked, of controls 8%.",
            {"cases", "controls"},
        ),
        # What two names share behind a comma belongs to both; an adjective before a comma begins no arm.
        (
            "They were randomised to a plain sugar, very salty soup (VSS; 4% salt, 9% sugar) or unsalted soup (US; 0%"
            " salt). Thirst rose by 9 points with VSS and 3 points with US.",
            {"plain sugar, very salty soup", "unsalted soup"},
        ),
        # The dose before a name, and the dose between two names.
        (
            "Adults were randomized to 60 mg daily lumarin or placebo plus 4 cycles of zolvadin. Relief was 40% with"
            " lumarin plus zolvadin and 20% with placebo plus zolvadin.",
            {"60 mg daily lumarin plus 4 cycles of zolvadin", "placebo plus 4 cycles of zolvadin"},
        ),
        (
            "Adults were randomized to lumarin, 2.0 mg/kg intravenously, on days 2 and 9 plus solvatan, 90 mg, or"
            " lumarin alone. Relief was 40% with lumarin plus solvatan and 20% with lumarin alone.",
            {"lumarin, 2.0 mg/kg intravenously, on days 2 and 9 plus solvatan, 90 mg", "lumarin alone"},
        ),
        # Each dose with its size says more than the two names of a comparison.
        (
            "To study lumarin vs placebo. Lumarin, 80 mg (n = 50); lumarin, 40 mg (n = 52); or placebo (n = 51) once"
            " daily. Relief was 40% with lumarin, 80 mg, 30% with lumarin, 40 mg, and 10% with placebo.",
            {"lumarin, 80 mg", "lumarin, 40 mg", "placebo"},
        ),
        # An abbreviation is labelled with what it stands for.
        (
            "Lumarin-zolvadin (LZ) was held against solvatan-arbutine (SA). Adults were randomised. Cure was 90% for LZ"
            " and 84% for SA. LZ was liked. SA was not.",
            {"lumarin-zolvadin (lz)", "solvatan-arbutine (sa)"},
        ),
        # What has as many patients as all others is the whole.
        (
            "Adults who were new to insulin (n = 90) were randomly assigned to lumarin (n = 46) or placebo (n = 44)."
            " Relief was 40% with lumarin and 20% with placebo.",
            {"lumarin", "placebo"},
        ),
        # An illness is no arm.
        (
            "Lumarin was studied in patients with brain cysts. Patients with brain cysts were common. All received"
            " lumarin 5 mg. At baseline 31% had brain cysts. Relief was seen in 63%.",
            {"lumarin"},
        ),
    ],
)
def test_arms_of_use(text: str, names: set[str]) -> None:
    assert labels(text) == names


def test_one_treatment_for_all() -> None:
    text = "Eighty patients were enrolled in a phase II trial and received 48 Gy in 12 fractions. Control was 87%."
    assert labels(text) == {"48 gy in 12 fractions"}
    given = "Lumarin 60 mg was administered once daily. Of the 90 patients treated, 40% had relief; lumarin was liked."
    assert labels(given) == {"lumarin"}


def test_letters_are_of_the_words_before_them() -> None:
    text = (
        "Is one 8 Gy fraction (regimen 1) as good as 24 Gy in six fractions (regimen 2)? Adults were randomised to get"
        " 24 Gy in six fractions or one 8 Gy fraction. Pain fell in 61% on regimen 1 and in 70% on regimen 2."
    )
    found = armed(text)
    assert "8" in found["61%"][0]
    assert "24" in found["70%"][0]


def test_an_arm_called_by_its_dose_is_not_read_as_a_number() -> None:
    text = (
        "Forty patients received either 30 million (n = 20) or 90 million (n = 20) stem cells. Deaths came to 20.0%"
        " in 30 million and 15.0% in 90 million."
    )
    assert not {"30", "90"} & set(armed(text))


# --------------------------------------------------------------------------------------------------
# Sizes
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "events",
    [
        "Nine patients progressed to stroke (7 in the placebo group [11%] and 2 in the lumarin group [3%]).",
        "In all 70 have relapsed: 30 lumarin, 40 placebo.",
        "Later 61 women (34 placebo, 27 lumarin) developed a rash.",
    ],
)
def test_events_are_no_sizes(events: str) -> None:
    assert sizes(TWO + events) == {"lumarin": {60}, "placebo": {60}}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        (
            "Of the 910 adults who underwent screening, 41 underwent randomization and got lumarin or placebo.",
            {910, 41},
        ),
        (TWO + "In the safety analysis set (SAS), that is in the SAS (n = 114), rash was rare.", {120, 114}),
        (TWO + "In evaluable patients (n = 101) relief was 44%.", {120, 101}),
        (
            "Of the 98 adults treated, 90 were tumour evaluable. All got lumarin in this open-label study of lumarin.",
            {98, 90},
        ),
    ],
)
def test_sizes_of_the_whole(text: str, numbers: set[int]) -> None:
    assert numbers <= whole(text)


def test_sizes_listed_in_words() -> None:
    text = (
        "Adults were randomly assigned to arm A (lumarin) or arm B (placebo). Forty-one and 39 adults were accrued to"
        " arms A and B, respectively."
    )
    assert sizes(text) == {"arm a (lumarin)": {41}, "arm b (placebo)": {39}}


# --------------------------------------------------------------------------------------------------
# Whose a result is
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        # Two values of each arm.
        (
            "Relief was commoner with lumarin than with placebo (66% and 64% versus 12% and 7% at 6 and 9 months).",
            {"66%": "lumarin", "64%": "lumarin", "12%": "placebo", "7%": "placebo"},
        ),
        (
            "Median and 1-year survival were 7.3 months (95% CI, 5.1 to 9.2) and 44% (95% CI, 31 to 57) and 6.1 months"
            " (95% CI, 4.0 to 8.3) and 22% (95% CI, 12 to 35) for lumarin and placebo, respectively.",
            {"7.3": "lumarin", "44%": "lumarin", "6.1": "placebo", "22%": "placebo"},
        ),
        (
            "Rash came in 2%, 4% with lumarin and 3%, 5% with placebo.",
            {"2%": "lumarin", "4%": "lumarin", "3%": "placebo", "5%": "placebo"},
        ),
        # The arm that a sentence is about is named again at last.
        (
            "The lumarin group, compared with the placebo group, had a higher lumarin level (1.6 vs. 0.1 mg).",
            {"1.6": "lumarin", "0.1": "placebo"},
        ),
        # Signs in pairs.
        (
            "The fall in weight was greater with lumarin than with placebo (-4.8 vs. -3.5 kg).",
            {"-4.8": "lumarin", "-3.5": "placebo"},
        ),
        # The study and the control group; one of two named.
        (
            "Relief was 28.4% and 11.6% in the study and the control group, respectively.",
            {"28.4%": "lumarin", "11.6%": "placebo"},
        ),
        (
            "Relief was 8.4% and 9.3% among lumarin- and control-treated adults, respectively.",
            {"8.4%": "lumarin", "9.3%": "placebo"},
        ),
        # Counts beside arms.
        (
            "There were 31 sleepers in the lumarin group compared with 12 in the placebo group.",
            {"31": "lumarin", "12": "placebo"},
        ),
        ("Two lumarin and three placebo patients withdrew.", {"2": "lumarin"}),
    ],
)
def test_whose_values_are(sentence: str, pairs: dict[str, str]) -> None:
    found = armed(TWO + sentence)
    assert {value: found.get(value) for value in pairs} == {value: [arm] for value, arm in pairs.items()}


def test_values_of_all_are_no_arms() -> None:
    found = armed(TWO + "Of the 120 randomized adults (41 [34%] women), 111 (93%) stayed to the end.")
    assert found["34%"] == found["93%"] == []


def test_contrasts_with_one_arm_are_listed() -> None:
    text = (
        "Sleepers were grouped: never (n = 38), seldom (n = 16), often (n = 99). Compared with the never group, odds"
        " ratios for falls in the seldom and often groups were 1.2 (95% CI 1.1-1.3) and 1.5 (1.3-1.9), respectively."
        " Corresponding odds ratios for cuts were 1.4 (95% CI 1.2-1.6) and 1.7 (1.4-1.9)."
    )
    assert armed(text) == {
        "1.2": ["seldom", "never"],
        "1.5": ["often", "never"],
        "1.4": ["seldom", "never"],
        "1.7": ["often", "never"],
    }


def test_differences_between_two_of_three() -> None:
    text = (
        "Adults were randomised to lumarin, solvatan or placebo. The difference between lumarin and placebo was 11.6%"
        " (95% CI 2.5-20.5; p=0.021) and 7.4% (-1.8 to 16.4; p=0.12) between solvatan and placebo."
    )
    assert armed(text) == {"11.6%": ["lumarin", "placebo"], "7.4%": ["solvatan", "placebo"]}


# --------------------------------------------------------------------------------------------------
# What is measured
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("The incidence of rash per patient-year was 0.15 with lumarin (95% CI 0.11-0.19).", "rate"),
        ("Incidence rates (95% CI) per 100 patient-years were, for falls, 3.85 (1.58 to 6.13) with lumarin.", "rate"),
        ("The relative reduction in deaths was 22% (rate ratio, 0.78; CI, 0.68 to 0.91).", "relative-reduction"),
        ("RFS was better (13.3 months for lumarin v 10.2 months for placebo).", "median"),
        ("There was a 4.6% absolute risk reduction (95% CI -2.9 to 12.1) with lumarin.", "difference"),
        ("The stay was 34% shorter in the lumarin than in the placebo group.", "relative-reduction"),
        ("Mean age was 74 years.", "mean"),
    ],
)  # fmt: skip
def test_measures(sentence: str, measure: str) -> None:
    assert extract(TWO + sentence).claims[0].measure == measure


def test_a_share_behind_a_mean_is_no_mean() -> None:
    measures = [claim.measure for claim in extract(TWO + "Mean age was 74 years and 41.7% were female.").claims]
    assert measures == ["mean", "proportion"]


def test_a_signed_value_goes_with_the_other() -> None:
    claims = extract(TWO + "Levels were lower with lumarin than with placebo (-43.4% vs. +16.2%).").claims
    assert [claim.measure for claim in claims] == ["mean", "mean"]


def test_reductions_of_a_list() -> None:
    claims = extract(TWO + "Lumarin reduced falls by 48% and broken bones by 47%.").claims
    assert [claim.measure for claim in claims] == ["relative-reduction", "relative-reduction"]


def test_a_trial_numbered_by_its_name() -> None:
    text = (
        "TRUST 1 and TRUST 2 were alike. "
        + TWO
        + "In TRUST 1, 31 (52%) of 60 slept with lumarin; in TRUST 2, fewer did."
    )
    assert [claim.value.text for claim in extract(text).claims] == ["52%"]


# --------------------------------------------------------------------------------------------------
# Which arm a contrast puts first
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "first"),
    [
        ("Falls were seen in 12% with lumarin and 24% with placebo (relative risk 0.50, 95% CI 0.31 to 0.81).", "l"),
        ("Falls were seen in 24% with placebo and 12% with lumarin (relative risk 0.50, 95% CI 0.31 to 0.81).", "l"),
        ("Median sleep was 8 months with placebo and 11 months with lumarin (hazard ratio, 0.70).", "l"),
        (
            "Relief came to 35% of the placebo group and 50% of the lumarin group (difference, 15%; 95% CI 5 to 25).",
            "l",
        ),
        ("Falls were seen in 24% with placebo and 12% with lumarin (risk reduction, 12%; 95% CI 4 to 20).", "p"),
    ],
)
def test_numbers_say_which_arm_a_contrast_puts_first(sentence: str, first: str) -> None:
    paper = extract(TWO + sentence)
    contrast = paper.claims[-1]
    assert [arm[0] for arm in contrast.arms] == [first, "p" if first == "l" else "l"]


def test_the_size_of_an_arm_is_no_count() -> None:
    bare = extract("Relief came to 25% on lumarin (n = 60) and 10% on placebo (n = 58).").claims
    assert [(one.x, one.n and one.n.text) for one in bare] == [(None, "60"), (None, "58")]
    counted = extract(
        TWO + "Relief came to 25% of the lumarin group (n = 15) v 10% of the placebo group (n = 6)."
    ).claims
    assert [(one.x and one.x.text, one.n) for one in counted] == [("15", None), ("6", None)]
    means = extract("Mean pain was 3.1 (SD 1.2) with lumarin (n = 40) and 4.6 (SD 1.4) with placebo (n = 42).").claims
    assert [one.measure for one in means] == ["mean", "mean"]


@pytest.mark.parametrize("alone", ["lumarin plus usual diet or usual diet alone", "rowing and sailing or sailing only"])
def test_what_stands_alone_is_the_control(alone: str) -> None:
    text = (
        f"Adults were randomly assigned to {alone}. Relief came to 31% of the intervention group and 12% of controls."
    )
    paper = extract(text)
    assert [claim.arms for claim in paper.claims] == [(paper.arms[0].id,), (paper.arms[1].id,)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Both LU (RR 0.46; 95% CI 0.21 to 0.89) and SO (RR 0.35; 95% CI 0.14 to 0.82) fell less compared with UC.",
        "Neither LU (RR 1.46; 95% CI 0.61 to 2.89) nor SO (RR 1.35; 95% CI 0.64 to 2.82) had fewer falls than UC.",
        "Compared with UC falls were as many (LU: RR 0.96; 95% CI 0.61 to 1.59; SO: RR 1.25; 95% CI 0.74 to 2.12).",
    ],
)
def test_several_arms_with_their_contrasts_in_brackets(sentence: str) -> None:
    told = extract(f"Adults were randomly assigned to lumarin (LU), solvatan (SO) or usual care (UC). {sentence}")
    lumarin, solvatan, usual = (arm.id for arm in told.arms)
    assert [claim.arms for claim in told.claims] == [(lumarin, usual), (solvatan, usual)]


def test_a_hyphen_joins_what_is_given_together() -> None:
    text = (
        "Adults were randomly assigned to lumarin plus solvatan or placebo plus solvatan. Sleep came to 82% with "
        "lumarin-solvatan versus 28% with placebo-solvatan. Relief was commoner with lumarin-solvatan than with "
        "placebo-solvatan (72% vs. 32%)."
    )
    paper = extract(text)
    assert [claim.arms for claim in paper.claims] == [(paper.arms[0].id,), (paper.arms[1].id,)] * 2


@pytest.mark.parametrize("aim", ["treatment of the fracture", "repair of the torn tendon", "management of gout"])
def test_what_is_treated_names_no_arm(aim: str) -> None:
    illness = aim.rsplit(" ", 1)[-1]
    text = (
        f"Adults were randomly assigned to prompt {aim} (surgery group) or watchful waiting (waiting group). "
        f"In the waiting group, 25 patients (15.4%) had help with the {illness}, and 137 (84.6%) had none."
    )
    paper = extract(text)
    assert [claim.arms for claim in paper.claims] == [(paper.arms[1].id,)] * 2
