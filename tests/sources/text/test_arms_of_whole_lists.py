"""Lists of arms that are read whole, and by the names that results use: made-up sentences."""

from __future__ import annotations

import pytest

import trialstats as ts
from trialstats.sources.rows import rows_from_paper


def arms(text: str) -> dict[str, list[int]]:
    return {
        arm["label"].lower(): [int(size) for size in arm["sizes"].values()]
        for arm in rows_from_paper(ts.extract(text))["arms"]
    }


def armed(text: str) -> dict[str, list[str]]:
    found = rows_from_paper(ts.extract(text))
    name = {arm["id"]: arm["label"].lower() for arm in found["arms"]}
    return {row["value"]: [name[arm] for arm in row["arms"]] for row in found["rows"] if row["value"]}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Of the 216 Korean miners, 142 had been allocated to lumarin and 74 to placebo.",
            {"lumarin": [142], "placebo": [74]},
        ),
        (
            "In all 814 miners were randomly assigned to lumarin (411) and placebo (403).",
            {"lumarin": [411], "placebo": [403]},
        ),
        (
            "In this randomised trial 63 miners were included (lumarin n=33 and placebo n=30).",
            {"lumarin": [33], "placebo": [30]},
        ),
        (
            "Miners were randomised to receive either a gel with lumarin in the inner ear (45 patients)"
            " or placebo (44 patients).",
            {"gel with lumarin": [45], "placebo": [44]},
        ),
    ],
)
def test_two_arms_with_their_sizes(told: str, expected: dict[str, list[int]]) -> None:
    assert arms(f"{told} Cramps were fewer with lumarin (12% v 24%; P = .01).") == expected


def test_sizes_of_arms_that_are_named_by_their_role() -> None:
    told = "A randomised trial was run. In all 61 carers took part (intervention n=32 and control n=29). "
    result = "Fatigue fell by 4.1 points in the intervention group and 1.2 points in the control group."
    assert arms(told + result) == {"intervention": [32], "control": [29]}


def test_letter_of_a_unit_counts_no_arms() -> None:
    text = (
        "Miners were randomised to three drinks: (a) lumarin (60 mg/d); (b) brimane (20 mg/d); (c) lumarin (60 mg/d)"
        " plus brimane (20 mg/d) and (d) placebo. Cramps were seen in 21% with lumarin and 33% with placebo."
    )
    assert "lumarin (60 mg/d) plus brimane (20 mg/d)" in arms(text)
    assert "placebo" in arms(text)


def test_every_arm_of_a_list_that_a_result_stands_beside() -> None:
    text = (
        "Miners were randomly assigned to lumarin, brimane, their combination, or placebo. Pain fell by 21% with"
        " lumarin, 16% with brimane, 27% with the combination and 4% with placebo."
    )
    assert set(arms(text)) == {"lumarin", "brimane", "their combination", "placebo"}
    short = "Miners were randomised to receive LM, BRM or QN. Cure rates were LM 81.3%, BRM 62.4% and QN 47%."
    assert set(arms(short)) == {"lm", "brm", "qn"}


def test_doses_a_day_are_those_that_results_name_without_the_day() -> None:
    text = (
        "Miners were randomised to lumarin (0.5, 1.0 or 1.5 mg/day), brimane or placebo, all with quorin. Weight fell"
        " by 2.3 kg with lumarin 1.0 mg and 3.1 kg with 1.5 mg compared with 0.2 kg with placebo."
    )
    assert armed(text)["3.1"] == ["lumarin 1.5 mg/day"]
    assert {"lumarin 0.5 mg/day", "lumarin 1.0 mg/day"} < set(arms(text))


def test_what_a_trial_was_to_compare() -> None:
    text = (
        "To compare the efficacy and safety of adding lumarin, brimane or placebo to quorin, we ran a randomised trial."
        " Pain was seen in 12% with lumarin, 14% with brimane and 25% with placebo."
    )
    assert {"lumarin", "brimane"} < set(arms(text))


@pytest.mark.parametrize(
    ("first", "second"), [("superior to", "inferior to"), ("superior to", "not different from"), ("better than",) * 2]
)
def test_two_drugs_that_are_each_held_against_placebo(first: str, second: str) -> None:
    text = (
        f"In this randomised trial lumarin was tested. Lumarin was {first} placebo on the gout scale (P<0.05) and the"
        f" sleep scale (P<0.01). Brimane was {second} placebo on the gout scale (P = .02)."
    )
    assert set(arms(text)) == {"lumarin", "brimane", "placebo"}


def test_unit_in_words_is_of_the_dose() -> None:
    text = (
        "Miners were randomised to lumarin 6 micro g/kg/day (n=41, group A) or 12 micro g/kg/day (n=43, group B)."
        " Response was seen in 13 miners in group A and 22 in group B."
    )
    assert set(arms(text)) == {"lumarin 6 micro g/kg/day", "lumarin 12 micro g/kg/day"}


def test_what_measures_an_outcome_is_no_arm() -> None:
    text = (
        "We used brief daily logs (BDLs) in a randomised trial. Mood did not differ between the intervention and"
        " control groups as measured by BDLs (P = .31) and by BDLs (P = .46) at 8 weeks."
    )
    assert not any("bdl" in one for one in arms(text))


def test_letters_of_groups_are_of_what_the_groups_had() -> None:
    text = (
        "A randomised trial of stapled versus sutured closure. Group 1 patients were treated with sutured closure and"
        " group 2 patients were treated with stapled closure. Leaks were seen in 5% in group 1 and 12% in group 2."
    )
    assert armed(text) == {"5": ["sutured closure"], "12": ["stapled closure"]}
    turned = (
        text.replace("with sutured", "with X").replace("with stapled", "with sutured").replace("with X", "with stapled")
    )
    assert armed(turned) == {"5": ["stapled closure"], "12": ["sutured closure"]}


def test_scales_with_the_values_of_both_arms_are_no_arms() -> None:
    text = (
        "Of the 158 miners, 103 had been allocated to lumarin and 55 to placebo. Gains were greater in these measures:"
        " QRS Gout (-2.4 vs. -1.7; P = .006), QRS Sleep (-3.3 vs. -1.9; P = .02), and LMRS (-0.5 vs. 0.6; P = .04)."
    )
    assert set(arms(text)) == {"lumarin", "placebo"}
