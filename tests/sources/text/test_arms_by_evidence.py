"""Arms as results bear them out: false ones dropped, further names tied to them, single arms, sizes of all forms."""

from __future__ import annotations

import pytest

from trialstats.sources.text.groups.belonging import belonging, stated_numbers
from trialstats.sources.text.groups.model import Group
from trialstats.sources.text.names.aliases import matched
from trialstats.sources.text.reading import extract


def labels(text: str) -> list[str]:
    return [arm.label.lower() for arm in extract(text).arms]


def sizes(text: str) -> list[set[int]]:
    return [{size.value.whole for size in arm.of.values()} for arm in extract(text).arms]


def of(text: str) -> set[int]:
    return {size.value.whole for size in extract(text).of.values()}


def armed(text: str) -> dict[str, str]:
    """Return by the printed value of each result of one arm the label of that arm."""
    paper = extract(text)
    name = {arm.id: arm.label.lower() for arm in paper.arms}
    return {claim.value.text: name[claim.arms[0]] for claim in paper.claims if claim.value and len(claim.arms) == 1}


# --------------------------------------------------------------------------------------------------
# What is no arm
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        # Outcomes beside each other.
        "A high-salt diet raised systolic pressure more than diastolic pressure. Mean systolic pressure rose by 5.5 mm"
        " (95% CI 4.3 to 6.8) and diastolic pressure by 3.5 mm (95% CI 2.6 to 4.4). The risk of stroke was not lower.",
        "Pain was commoner than nausea. The risk of pain was 12% (95% CI 9 to 15) and the rate of nausea was 7%"
        " (95% CI 5 to 9) in this survey of travellers.",
        # Places that were searched, and the ends of a review's search.
        "We searched three databases: Medline, Embase, and the Cochrane Library. Mortality was 12% (95% CI 9 to 15) and"
        " the rate of stroke was 3% (95% CI 2 to 4).",
    ],
)
def test_outcomes_and_places_are_no_arms(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Adults having elective hand surgery or foot surgery with general anaesthesia were randomised to velotrine"
            " 10 mg or placebo. Nausea occurred in 12% with velotrine and 31% with placebo.",
            ["velotrine", "placebo"],
        ),
        (
            "Women were randomly assigned to dorzanib or placebo in patients with HER2-negative or unknown disease."
            " Response was 41% with dorzanib and 22% with placebo.",
            ["dorzanib", "placebo"],
        ),
        (
            "Patients were randomly assigned to melzinib or placebo by an interactive web response system or permuted"
            " blocks. Response was 41% in the melzinib group and 22% in the placebo group.",
            ["melzinib", "placebo"],
        ),
    ],
)
def test_other_alternatives_of_the_sentence_are_no_arms(text: str, names: list[str]) -> None:
    found = labels(text)
    assert len(found) == len(names)
    assert all(name in label for name, label in zip(names, found, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "Patients were randomly assigned to receive zoltamine, an oral inhibitor of its kinase, or placebo. Response"
        " was 41% with zoltamine and 22% with placebo.",
        "Adults were randomised to calbrumab, a human monoclonal antibody, at 5 mg, or placebo. Relapse occurred in"
        " 14% with calbrumab and 30% with placebo.",
    ],
)
def test_an_apposition_is_no_further_arm(text: str) -> None:
    assert len(labels(text)) == 2


def test_one_with_and_one_without_stay_apart() -> None:
    text = (
        "Women were randomised to zinc (n = 88) or no zinc (n = 90). Colds occurred in 12% in the zinc group and 19% of"
        " controls."
    )
    assert labels(text) == ["zinc", "no zinc"]
    again = "Boys were randomised to splints (n = 21) or no splints (n = 19). Pain was 3.1 with splints."
    assert len(labels(again)) == 2


# --------------------------------------------------------------------------------------------------
# More than two
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Women were randomised to one of three groups: (1) walking; (2) swimming with a coach; or (3) usual care."
            " Weight fell by 2.1 kg in the walking group and 1.1 kg in the usual care group.",
            ["walking", "swimming", "usual care"],
        ),
        (
            "Boys were assigned to one of three groups: group 1 = zinc; group 2 = iron; group 3 = placebo. Colds"
            " occurred in 12% of group 1, 14% of group 2, and 25% of group 3.",
            ["zinc", "iron", "placebo"],
        ),
        (
            "Callers were randomised to either web lessons plus calls; web lessons only; calls only or a wait-list"
            " control group. Mood was better in 41% with web lessons.",
            ["web lessons plus calls", "web lessons only", "calls only", "wait-list"],
        ),
        (
            "Adults were randomised to velotrine 5 mg, 10 mg, or 20 mg, or placebo. Response was 41% in the 20 mg"
            " group and 22% in the placebo group.",
            ["velotrine 5 mg", "velotrine 10 mg", "velotrine 20 mg", "placebo"],
        ),
        (
            "Remizine was infused at 2, 4 and 6 ng in groups R2, R4 and R6. Pressure was 91 mm in group R2, 84 mm in"
            " group R4 and 77 mm in group R6. Groups R4 and R6 were randomised with group R2.",
            ["r2", "r4", "r6"],
        ),
    ],
)
def test_three_and_more(text: str, names: list[str]) -> None:
    found = labels(text)
    assert len(found) == len(names)
    assert all(any(name in label for label in found) for name in names)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("patients were randomised to one of three parallel groups.", {3}),
        ("a four-arm trial of two regimens.", {4, 2}),
        ("they were seen at three visits.", set()),
    ],
)
def test_how_many_groups_a_text_states(text: str, numbers: set[int]) -> None:
    assert stated_numbers(text) == numbers


# --------------------------------------------------------------------------------------------------
# Names
# --------------------------------------------------------------------------------------------------
def test_arms_by_initials_and_parts() -> None:
    arms = [
        Group("internet cognitive lessons", ("internet cognitive lessons",), (), None),
        Group("treatment as usual (TAU)", ("treatment as usual",), (), None),
        Group("cardiovascular chart alone", ("cardiovascular chart alone",), (), None),
    ]
    assert matched(arms, ["icl", "tau", "chart only", "weather"]) == {"icl": 0, "tau": 1, "chart only": 2}


def test_the_arm_that_has_nothing_else() -> None:
    arms = [
        Group("walks with calls", ("walks with calls",), (), None),
        Group("walks with calls and mailed maps", ("walks with calls and mailed maps",), (), None),
    ]
    assert matched(arms, ["walks with calls", "maps"]) == {"walks with calls": 0, "maps": 1}


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "Adults were randomised to velotrine or placebo. Median survival was 37.9 months with velotrine and 34.3"
            " months with placebo.",
            {"37.9 months": "velotrine", "34.3 months": "placebo"},
        ),
        (
            "Of 127 adults, 65 had group lessons in coping (GLC). GLC participants slept better than control"
            " participants. Sleep was good in 41% of GLC participants and 22% of control participants.",
            {"41%": "glc", "22%": "control"},
        ),
    ],
)
def test_results_find_their_arms(text: str, arms: dict[str, str]) -> None:
    found = armed(text)
    for value, arm in arms.items():
        digits = value.split()[0]
        assert any(key.startswith(digits) and arm in label for key, label in found.items())


def test_belonging_is_told_from_becoming() -> None:
    known = belonging(
        "men receiving zinc had a lower risk of stroke. zinc was given with the zinc group.", [("zinc", 1)]
    )
    assert known.of(["zinc"])[0] > 0
    given, becomes = known.of(["stroke"])
    assert given == 0
    assert becomes > 0


# --------------------------------------------------------------------------------------------------
# Single arms
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "label"),
    [
        (
            "A phase II study of tolvatinib in adults with sarcoma. Forty patients were treated with oral tolvatinib"
            " 5 mg once daily. The response rate was 41% (95% CI 26 to 58).",
            "tolvatinib",
        ),
        (
            "In this single-arm trial we evaluated the safety and efficacy of calbrumab plus melzinib. Thirty patients"
            " were enrolled. Response was 33% (95% CI 17 to 53).",
            "calbrumab plus melzinib",
        ),
        # What is only called for, what all had before, and whom the text looks back on, are no arms.
        (
            "In this open prospective study, patients received three weekly intra-articular injections of lumarin. "
            "Ninety patients were enrolled. Relief was 41% (95% CI 31 to 52). This should be confirmed in a randomised "
            "controlled trial.",
            "lumarin",
        ),
        (
            "In a prospective trial 90 patients were treated with tolvatinib after a four-week placebo run-in. "
            "Tolvatinib was taken once daily. Relief was 41% (95% CI 31 to 52).",
            "tolvatinib",
        ),
        (
            "We looked at markers in 129 tolvatinib-treated advanced cancer patients. The marker was found in 35%. "
            "Survival with tolvatinib was 12 months with it and 18 months without it.",
            "tolvatinib",
        ),
    ],
)
def test_a_single_arm_is_named(text: str, label: str) -> None:
    assert labels(text) == [label]
    assert sizes(text)[0]


def test_a_survey_has_no_arm() -> None:
    assert labels("We asked 449 consecutive walkers. Knee pain was found in 41% (95% CI 36 to 46).") == []


# --------------------------------------------------------------------------------------------------
# Sizes
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "counts", "total"),
    [
        (
            "Patients were randomised to velotrine or placebo. In all, 92 adults underwent randomization (46"
            " assigned to each group). Response was 41% with velotrine.",
            [{46}, {46}],
            {92},
        ),
        (
            "In all, 366 patients were randomly assigned to arm A, which had two cycles of velotrine 50 mg with 66 Gy,"
            " or arm B, which had calbrin. Survival was 29% in arm A and 31% in arm B.",
            [set(), set()],
            {366},
        ),
        (
            "Of 80 children, thirty-nine were randomised to zemirol and forty-one to placebo. Colds occurred in 12%"
            " with zemirol.",
            [{39}, {41}],
            {80},
        ),
        (
            "Women were randomised to zinc or iron. We recruited 169 women (zinc group 87, iron group 82). Colds"
            " occurred in 12% in the zinc group.",
            [{87}, {82}],
            {169},
        ),
    ],
)
def test_sizes_of_arms_and_totals(text: str, counts: list[set[int]], total: set[int]) -> None:
    assert sizes(text) == counts
    assert of(text) == total


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("Altogether 145 men were randomised.", {145}),
        ("The trial was conducted on 60 rural women.", {60}),
        ("Outcome data were available for 194 adults (91.9%).", {194}),
        ("Between 2014 and 2015 patients were included.", set()),
        ("Then 82 patients were included and 79 patients were included in the final analysis.", {82, 79}),
    ],
)
def test_totals_of_other_forms(text: str, total: set[int]) -> None:
    assert of(text) == total


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Three groups of smokers were compared. Quitting was commonest with naltrexone (naltrexone, 34.7% [100 of"
         " 288]; lumaricline, 27.3% [75 of 275]; placebo, 17.4% [51 of 293]).",
         ["naltrexone", "lumaricline", "placebo"]),
        ("Healing took as long in this trial of burns (silver dressing: 34.7%; usual dressing: 37.3%; P = .4).",
         ["silver dressing", "usual dressing"]),
        ("Sleep was sound in half of the adults (lumarimab, 45 of 100; solvatinib, 55 of 100).",
         ["lumarimab", "solvatinib"]),
        # Events and kinds of people are listed so too.
        ("Harms of the trial were few (rash, 12%; nausea, 9%; headache, 4%).", []),
        ("Half of the adults of this trial slept well (men, 45%; women, 55%).", []),
    ],
)  # fmt: skip
def test_a_bracket_lists_arms_with_their_results(text: str, names: list[str]) -> None:
    paper = extract(text)
    assert [arm.label for arm in paper.arms] == names
    values = [claim for claim in paper.claims if getattr(claim, "value", None) is not None]
    assert [claim.arms for claim in values][: len(names)] == [(arm.id,) for arm in paper.arms]


ROLES = (
    "Adults were randomised to an intervention or a control group. {} Relief was 20% in the intervention group and 30%"
    " in the control group."
)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "The intervention group attended four cooking lessons over 6 weeks; controls received usual advice.",
            ["intervention (four cooking lessons)", "control (usual advice)"],
        ),
        (
            "Participants in the control group (n = 40) were offered a leaflet on soup.",
            ["intervention", "control (leaflet on soup)"],
        ),
        # In a bracket behind the role, or with the role in a bracket behind.
        (
            "Half were assigned to intervention (songs and kelp broth for 8 weeks, and calls) or control (a long"
            " leaflet).",
            ["intervention (songs and kelp broth)", "control (long leaflet)"],
        ),
        (
            "They had a bath: people were allocated to the intervention group (offered warm baths) or the control group"
            " (not invited).",
            ["intervention (warm baths)", "control (not invited)"],
        ),
        (
            "People received early walking (intervention group) or prolonged bed rest (control group).",
            ["intervention (early walking)", "control (prolonged bed rest)"],
        ),
        (
            "Thirty cooks (intervention group) received printed recipes with feedback, whereas 32 cooks (control group)"
            " received usual newsletters alone.",
            ["intervention (printed recipes with feedback)", "control (usual newsletters alone)"],
        ),
        (
            "Nurses were in an intervention group receiving a guided stretching course or a control group receiving a"
            " safety booklet.",
            ["intervention (guided stretching course)", "control (safety booklet)"],
        ),
        (
            "People were assigned to interrupted naps (intervention) or RNX (control; n = 40).",
            ["intervention (interrupted naps)", "control (rnx)"],
        ),
        # Figures, people and comparisons tell no treatment.
        (
            "Age was the same in the intervention group (mean 41 years) and the control group (mean 42 years).",
            ["intervention", "control"],
        ),
        ("They were held against 40 healthy volunteers (control group).", ["intervention", "control"]),
        (
            "Pain fell in the intervention group (lower in women) and in the control group (no difference by sex).",
            ["intervention", "control"],
        ),
        ("The intervention group (included in all analyses) was large.", ["intervention", "control"]),
        # What came of the trial is not what was given.
        ("The intervention group received antibiotics in 12% of weeks.", ["intervention", "control"]),
        ("The control group received treatment as assigned.", ["intervention", "control"]),
        ("The intervention group received a mean of 7 calls.", ["intervention", "control"]),
    ],
)
def test_what_a_group_called_by_its_role_had(told: str, expected: list[str]) -> None:
    assert sorted(labels(ROLES.format(told))) == sorted(expected)
