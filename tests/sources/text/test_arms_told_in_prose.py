"""Whose a result is, and of how many, by the way in which prose tells it: two sentences each, all made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 120 adults to receive lumarin (n = 60) or placebo (n = 60). "
BARE = "Adults were randomised to receive lumarin or placebo. "
HELPED = " Relief was 20% with lumarin and 30% with placebo."


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label.lower() for arm in paper.arms}
    return {
        claim.value.text: [name[arm] for arm in claim.arms] for claim in paper.claims if getattr(claim, "value", None)
    }


def sizes(text: str) -> dict[str, set[int]]:
    return {arm.label.lower(): {size.value.whole for size in arm.of.values()} for arm in extract(text).arms}


@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        # The number of all, and their shares in a bracket.
        ("After 397 deaths (lumarin, 71%; placebo, 78%), the trial ended.", {"397": "", "71%": "l", "78%": "p"}),
        ("There were 31 relapses (lumarin, 20%; placebo, 30%).", {"31": "", "20%": "l", "30%": "p"}),
        # Two outcomes of each arm.
        (
            "Rash and fever came in 23% and 5%, respectively, in the lumarin arm, and in 15% and 1%, respectively, in"
            " the placebo arm.",
            {"23%": "l", "5%": "l", "15%": "p", "1%": "p"},
        ),
        (
            "Median sleep and rest were 16.6 and 25.1 hours, respectively, for the placebo group, whereas median sleep"
            " and rest were 13.9 and 22.8 hours, respectively, in the lumarin group.",
            {"16.6": "p", "25.1": "p", "13.9": "l", "22.8": "l"},
        ),
        # Who did not, and the others.
        (
            "Relief came to 63% of those who received lumarin and 52% of those who did not.",
            {"63%": "l", "52%": "p"},
        ),
        ("Relief reached 26% in adults given lumarin versus 19% in the others.", {"26%": "l", "19%": "p"}),
        ("Relief reached 26% of those offered lumarin and 19% of those not offered lumarin.", {"26%": "l", "19%": "p"}),
        ("Relief reached 26% in adults who used lumarin and 19% in adults not using it.", {"26%": "l", "19%": "p"}),
        ("Of the placebo group, 8 (19%) had relief; of the other group, 11 (26%) had.", {"19%": "p", "26%": "l"}),
        ("Relief reached 26% with lumarin and 19% in the other arm.", {"26%": "l", "19%": "p"}),
        (
            "Relief came to 11% and 13% of adults treated without and with lumarin, respectively.",
            {"11%": "p", "13%": "l"},
        ),
        ("Median sleep was 7.1 and 6.2 hours with and without lumarin, respectively.", {"7.1": "l", "6.2": "p"}),
        ("Survival (96% treated, 87% controls at 5 years) was good.", {"96%": "l", "87%": "p"}),
        ("Recovery was seen later (12% treated and 9% controls).", {"12%": "l", "9%": "p"}),
        ("Fewer had gout (group shares: 9% control versus 12% intervention).", {"12%": "l", "9%": "p"}),
        # Causes in the bracket behind an arm.
        (
            "Five died in the lumarin group (two unknown cause, three sudden death, and four falls at home).",
            {"3": "l", "4": "l"},
        ),
        # By how much one arm has more.
        (
            "With lumarin compared to placebo, mean height was 19.0% greater (261.8 v. 220.0 mm; P = 0.006).",
            {"19.0%": "lp", "261.8": "l", "220.0": "p"},
        ),
        ("The score was 30% lower in the lumarin group than in the placebo group.", {"30%": "lp"}),
        # A value that the word "difference" before it is not of.
        ("There was no difference in relief: 17% lumarin versus 11% placebo.", {"17%": "l", "11%": "p"}),
        ("Drop-outs amounted to 27.4% and 30.8% in the lumarin and placebo arm.", {"27.4%": "l", "30.8%": "p"}),
        # A count before the share of its arm.
        (
            "There were 83 deaths among 335 adults (24.8%) in the lumarin group and 109 deaths among 337 adults (32.3%)"
            " in the placebo group.",
            {"24.8%": "l", "32.3%": "p"},
        ),
        # From one "In X" to the next.
        (
            "In the placebo group, the response rate was 23%. Median duration was 4.9 months, and median survival 9.7"
            " months. In the lumarin group, the response rate was 14%.",
            {"4.9": "p", "9.7": "p", "14%": "l"},
        ),
        (
            "In the lumarin group, relief was seen in 7 cases. Median sleep was 6.9 hours. In the placebo group, relief"
            " was seen in 3 cases.",
            {"6.9": "l"},
        ),
        # What differs between subgroups.
        ("The interaction for age was small (mean difference 0.74, 95% CI -1.40 to 2.88).", {"0.74": ""}),
    ],
)
def test_whose_a_result_is(sentence: str, values: dict[str, str]) -> None:
    names = {"l": "lumarin", "p": "placebo"}
    found = armed(TWO + sentence)
    assert {value: found[value] for value in values} == {
        value: [names[arm] for arm in arms] for value, arms in values.items()
    }


@pytest.mark.parametrize("name", ["XYZ 400", "QRS 12"])
def test_the_number_of_a_name_is_no_count(name: str) -> None:
    text = f"Adults were stabilised on {name} and then randomised to {name} or placebo. "
    found = armed(f"{text}Rash was commoner with {name} than placebo. Relief was 20% with {name} and 10% with placebo.")
    assert found == {"20%": [name.lower()], "10%": ["placebo"]}


@pytest.mark.parametrize("drug", ["multiple nutrient", "broad alkaloid"])
def test_an_abbreviation_of_one_names_many(drug: str) -> None:
    text = (
        f"This trial was of {drug} (QX) tablets in children with or without fever. Adults were randomised to receive"
        f" 6 weeks of 24 {drug}s or placebo. In all, 18 patients received QX and 20 placebo. Relief was 20% with QX and"
        " 30% with placebo."
    )
    (first, second) = extract(text).arms
    assert second.label == "placebo"
    assert sizes(text) == {first.label.lower(): {18}, "placebo": {20}}
    assert armed(text)["20%"] == [first.label.lower()]


@pytest.mark.parametrize("added", ["rays", "surgery"])
def test_a_drug_with_more_is_the_arm_of_both(added: str) -> None:
    text = (
        "Adults were randomly assigned to solvatan alone or lumarin plus solvatan. Relapse was 0.4% with solvatan plus"
    )
    found = armed(f"{text} {added} and 5.9% with solvatan alone.")
    assert found == {"0.4%": ["lumarin plus solvatan"], "5.9%": ["solvatan alone"]}


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("Lumarin was used in 57 women and 61 had placebo.", ({57}, {61})),
        ("Placebo was given to 40 patients and 41 received lumarin.", ({41}, {40})),
        # With what they are given beside.
        ("The final set comprised 120 patients (lumarin + ABC, 82; placebo + ABC, 38).", ({82}, {38})),
        # A second number of one arm.
        (
            "Of 351 patients, 176 were assigned to lumarin and 175 to placebo. Then 242 had completed two years (124"
            " given lumarin, 118 given placebo).",
            ({176, 124}, {175, 118}),
        ),
        (
            "In all, 170 patients were assigned to lumarin and 167 to placebo. Fever was seen in 23 of 167 lumarin"
            " recipients and 11 of 162 placebo recipients.",
            ({170, 167}, {167, 162}),
        ),
        # Events are no patients.
        ("No difference was seen (67 recurrences for lumarin vs 77 for placebo).", (set(), set())),
        ("Pain was the same (23 fractures for lumarin and 31 for placebo).", (set(), set())),
    ],
)
def test_sizes(sentence: str, counts: tuple[set[int], set[int]]) -> None:
    assert sizes(BARE + sentence + HELPED) == {"lumarin": counts[0], "placebo": counts[1]}


@pytest.mark.parametrize("joint", ["or", "and"])
def test_sizes_with_and_without(joint: str) -> None:
    text = f"Women were randomised to receive lumarin with (n = 47) {joint} without (n = 43) QZL (4 mg) for 2 years. "
    found = sizes(f"{text}Relief was 20% in the QZL group and 30% in the control group.")
    assert sorted(map(sorted, found.values())) == [[43], [47]]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("One thousand four hundred sixty-three men were randomly assigned to lumarin or placebo.", 1463),
        ("Four thousand nine hundred twenty-two women were randomised.", 4922),
        ("Nine patients were excluded, thus 79 patients remained for evaluation.", 79),
        ("Eight left, and 112 adults remained in the analysis.", 112),
        (
            "The approval was based on a trial enrolling 163 patients with pain. Safety was evaluated in 255 patients.",
            163,
        ),
    ],
)
def test_totals(sentence: str, count: int) -> None:
    assert count in {size.value.whole for size in extract(f"{sentence} {BARE}{HELPED}").of.values()}


@pytest.mark.parametrize(
    ("treatment", "short"), [("stereotactic heat radiotherapy", "SHRT"), ("percutaneous vein ablation", "PVA")]
)
def test_a_sole_treatment_that_is_called_by_its_abbreviation(treatment: str, short: str) -> None:
    text = (
        f"To present the results of {treatment} ({short}) for adults with pain. Between 2004 and 2008, 108 patients"
        f" (114 lesions) underwent treatment according to the {short} protocol. The rate of local control was 92%"
        f" (95% CI, 86% to 97%). {short} can be considered."
    )
    assert armed(text)["92%"] == [f"{treatment} ({short})".lower()]


@pytest.mark.parametrize("people", ["participants", "women"])
def test_with_or_without_an_illness_is_no_arm(people: str) -> None:
    text = f"Tablets were tried in a randomised trial of zinc in {people} with or without fever. {TWO}{HELPED}"
    assert {arm.label for arm in extract(text).arms} == {"lumarin", "placebo"}


VACCINE = "We tested the REVAX vaccine. Adults were randomly assigned to receive REVAX (n = 40) or placebo (n = 40). "


@pytest.mark.parametrize(
    "sentence",
    [
        "Fever came in 31% of vaccine recipients and 12% of placebo recipients.",
        "Fever came in 31% of vaccinees versus 12% of placebo recipients.",
        "Fever came in 31% of vaccinated adults and 12% with placebo.",
        "In the vaccine group fever came in 31%, and in the placebo group in 12%.",
    ],
)
def test_those_who_had_the_vaccine_are_the_arm_that_had_it(sentence: str) -> None:
    paper = extract(VACCINE + sentence)
    name = {arm.id: arm.label for arm in paper.arms}
    assert {claim.value.text: name[claim.arms[0]] for claim in paper.claims} == {"31%": "REVAX", "12%": "placebo"}


@pytest.mark.parametrize(
    "text",
    [
        # Both had a vaccine; neither had; nobody says that it is one.
        "Adults were randomly assigned to the REVAX vaccine or a control vaccine. Fever came in 31% of vaccine"
        " recipients.",
        "Adults were randomly assigned to lumarin or placebo. Fever came in 31% of vaccinated adults.",
    ],
)
def test_those_who_had_a_vaccine_may_be_of_any_arm(text: str) -> None:
    assert [claim.arms for claim in extract(text).claims] == [()]


def test_people_who_are_counted_lead_to_what_they_received() -> None:
    paper = extract(
        "In each region, 15 adults in each group received lumarin and 5 adults took placebo. Fever came in 31% with"
        " lumarin and 12% with placebo."
    )
    assert [arm.label for arm in paper.arms] == ["lumarin", "placebo"]
    assert all(size.value.text != "15" for arm in paper.arms for size in arm.of.values())
