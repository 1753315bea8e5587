"""Arms, sizes and whose a result is, form of writing by form of writing: two sentences each, all made up."""

from __future__ import annotations

import pytest

from trialstats.sources.text.groups.doses import dose_lists
from trialstats.sources.text.reading import extract


def labels(text: str) -> list[str]:
    return [arm.label.lower() for arm in extract(text).arms]


def sizes(text: str) -> dict[str, set[int]]:
    return {arm.label.lower(): {size.value.whole for size in arm.of.values()} for arm in extract(text).arms}


def of(text: str) -> set[int]:
    return {size.value.whole for size in extract(text).of.values()}


def armed(text: str) -> dict[str, list[str]]:
    """Return by the printed value of each result the labels of its arms."""
    paper = extract(text)
    name = {arm.id: arm.label.lower() for arm in paper.arms}
    return {claim.value.text: [name[arm] for arm in claim.arms] for claim in paper.claims if claim.value}


TWO = "We randomly assigned 120 adults to receive lumarin (n = 60) or solvatan (n = 60). "


# --------------------------------------------------------------------------------------------------
# Arms
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "names"),
    [
        # The unit stands behind the last dose, before or behind the drug.
        (
            "Adults were randomized to a single dose of 300 or 600 mg intravenous lumarin or placebo. Relief was 20%"
            " with 300 mg, 30% with 600 mg and 10% with placebo.",
            {"lumarin 300 mg", "lumarin 600 mg", "placebo"},
        ),
        (
            "Adults were randomly assigned to lumarin 10, 20, or 40 mg or placebo. Relief was 20%, 30%, 40% and 10%"
            " with 10, 20 and 40 mg of lumarin and placebo, respectively.",
            {"lumarin 10 mg", "lumarin 20 mg", "lumarin 40 mg", "placebo"},
        ),
        # In brackets, with sizes.
        (
            "Adults were randomized to one of two doses of lumarin (150 mg or 300 mg) or placebo. Relief was 20% in the"
            " 150-mg group, 30% in the 300-mg group and 10% in the placebo group.",
            {"lumarin 150 mg", "lumarin 300 mg", "placebo"},
        ),
        (
            "Adults were randomized to lumarin (100 mg [n = 30], 200 mg [n = 31], or 400 mg [n = 29]) or placebo"
            " (n = 30). Relief was 20% in the 100-mg group, 30% in the 200-mg group and 10% in the placebo group.",
            {"lumarin 100 mg", "lumarin 200 mg", "lumarin 400 mg", "placebo"},
        ),
        # How long, and how often.
        (
            "Adults were randomized to 14 or 7 months of lumarin. Relief was 20% and 30% in the 14- and 7-month"
            " groups, respectively.",
            {"lumarin 14 months", "lumarin 7 months"},
        ),
        (
            "Adults were assigned at random to 8 weeks of lumarin followed by surgery or to 28 weeks of lumarin"
            " followed by surgery. For the 8- and 28-week assignments, survival was 95% and 96%, respectively.",
            {"8 weeks of lumarin followed by surgery", "28 weeks of lumarin followed by surgery"},
        ),
        # In words.
        (
            "Adults were randomly assigned to receive high-dose or low-dose lumarin or placebo. Relief was 20% with"
            " high-dose lumarin, 30% with low-dose lumarin and 10% with placebo.",
            {"lumarin high dose", "lumarin low dose", "placebo"},
        ),
        # Told by the groups only.
        (
            "Of the 41 adults assigned to the 10-mg LUM group, the 41 assigned to the 50-mg group, and the 40 assigned"
            " to the placebo group, most stayed. Rash was seen in 8% in the 50-mg group and 3% in the 10-mg group.",
            {"10-mg lum", "lum 50 mg", "placebo"},
        ),
    ],
)
def test_doses_are_arms(text: str, names: set[str]) -> None:
    assert set(labels(text)) == names


@pytest.mark.parametrize(
    "text",
    [
        # A dose that may be changed: nothing later tells the two apart.
        "Adults were randomized to lumarin (5 or 10 mg as needed) or placebo. Relief was 20% with lumarin and 10% with"
        " placebo.",
        # Points of time.
        "Adults were randomized to lumarin or placebo. At 6 and 12 months, 20% and 30% had relief with lumarin.",
    ],
)
def test_doses_that_are_no_arms(text: str) -> None:
    assert set(labels(text)) == {"lumarin", "placebo"} or labels(text)[0].startswith("lumarin (5")
    assert len(labels(text)) == 2


def test_a_list_of_doses_has_one_unit() -> None:
    (found,) = dose_lists("with 10, 20 and 40 mg daily", 0, 27)
    assert [(dose.number, dose.unit) for dose in found] == [("10", "mg"), ("20", "mg"), ("40", "mg")]
    assert not list(dose_lists("after 6 weeks and 3 mg", 0, 22))
    assert not list(dose_lists("in 12 or 14 adults", 0, 18))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # What a drug is, between its name and the bracket.
        (
            "Adults were randomly assigned to receive either eprolin, a specific competitive receptor antagonist (400"
            " mg daily, n = 18) or placebo (n = 18). Relief was 20% with eprolin and 10% with placebo.",
            {"eprolin", "placebo"},
        ),
        (
            "Adults were randomized to dulocet, a novel oral inhibitor (n = 40), or placebo (n = 41). Dulocet gave"
            " relief to 20% and placebo to 10%.",
            {"dulocet", "placebo"},
        ),
        # A dose behind a comma.
        (
            "Women were randomized to receive daily equine zolvadin, 0.625 mg, plus lumarin acetate, 2.5 mg (n = 85),"
            " or placebo (n = 81). Pain was seen in 36% with equine zolvadin plus lumarin and 12% with placebo.",
            {"equine zolvadin, 0.625 mg, plus lumarin acetate, 2.5 mg", "placebo"},
        ),
        (
            "Adults were randomized to zolvadin, 5 mg (n = 27), or placebo (n = 28). Zolvadin gave relief to 20% and"
            " placebo to 10%.",
            {"zolvadin, 5 mg", "placebo"},
        ),
        # Two drugs, and none.
        (
            "Adults were randomly assigned between filurine and folinic chemotherapy and no chemotherapy. Relapse was"
            " seen in 11% with chemotherapy and 26% with no chemotherapy.",
            {"filurine and folinic chemotherapy", "no chemotherapy"},
        ),
        (
            "Patients were allocated between rest and massage and usual care. Relief was 20% with usual care and 30%"
            " with rest and massage.",
            {"rest and massage", "usual care"},
        ),
        # Who serves as a control.
        (
            "Salons were randomly assigned to hand out leaflets or to serve as controls. Relief was 10% among controls"
            " and 37% with leaflets.",
            {"hand out leaflets", "controls"},
        ),
        (
            "Wards were randomly assigned to nightly rounds or to serve as a control. Falls were 10% in the control"
            " group and 7% with nightly rounds.",
            {"nightly rounds", "control"},
        ),
        # Before their abbreviations.
        (
            "We assessed three interventions in a randomised trial: nets for women and children (NWC), nets for all"
            " people (NAP), and nets for all plus sheets at the walls (NAP+S). Fever was seen in 12% in the NWC group,"
            " 10% in the NAP group and 9% in the NAP+S group.",
            {
                "nets for women and children (nwc)",
                "nets for all people (nap)",
                "nets for all plus sheets at the walls (nap+s)",
            },
        ),
        (
            "There were three randomised groups: rest at home and at work (RHW), slow walks in parks and woods (SWP),"
            " and walks with a dog on a lead (WDL). Pain was seen in 12% in the RHW group, 10% in the SWP group and 9%"
            " in the WDL group.",
            {
                "rest at home and at work (rhw)",
                "slow walks in parks and woods (swp)",
                "walks with a dog on a lead (wdl)",
            },
        ),
        # One, or one of several.
        (
            "Adults received usual care or 1 of 3 programmes by random choice: (1) lumarin, (2) solvatan, or (3)"
            " zolvadin. Relief was 12% with usual care, 13% with lumarin, 14% with solvatan and 15% with zolvadin.",
            {"usual care", "lumarin", "solvatan", "zolvadin"},
        ),
        (
            "Homes were allocated to no visits or to one of two programmes: (A) weekly calls, or (B) yearly letters."
            " Falls were 12% with no visits, 13% with weekly calls and 14% with yearly letters.",
            {"no visits", "calls", "yearly letters"},
        ),
        # Results are no part of a name.
        (
            "The rate rose less with lumarin than with placebo (14 L/min [95% CI 3 to 25]; p=0.02) in a trial. Lumarin"
            " helped 20% and placebo 10%.",
            {"lumarin", "placebo"},
        ),
        (
            "Adults were randomised to lumarin or solvatan (51% women, 49% men). Lumarin helped 20% and solvatan 10%.",
            {"lumarin", "solvatan"},
        ),
    ],
)
def test_words_for_arms(text: str, names: set[str]) -> None:
    found = set(labels(text))
    assert found == names or {name.split(" of ")[0] for name in found} == names


@pytest.mark.parametrize(
    ("text", "value", "arm"),
    [
        # The noun that both share is left out.
        (
            "Adults received coated lumen fine suture (n = 51) or plain silk suture (n = 50) at random. Scars were rare"
            " with coated lumen fine (6%) and with plain silk (9%).",
            "9%",
            "plain silk suture",
        ),
        # An abbreviation that begins with a digit.
        (
            "Adults were randomised between 6LMN100 for 6 cycles (417 patients) or zolvadin for 4 cycles (4ZOL-100)"
            " (420 patients). Survival was 62.9% with 6LMN100 and 62.5% with 4ZOL-100.",
            "62.5%",
            "zolvadin",
        ),
        # A name in a longer one is another thing.
        (
            "Adults were randomly assigned to zolvadin or to zolvadin-patch. Density rose in 7.1% with zolvadin-patch"
            " and 10.8% with zolvadin. The zolvadin-patch was liked.",
            "7.1%",
            "zolvadin-patch",
        ),
    ],
)
def test_names_of_arms(text: str, value: str, arm: str) -> None:
    assert armed(text)[value] == [arm]


# --------------------------------------------------------------------------------------------------
# Sizes and totals
# --------------------------------------------------------------------------------------------------
BOTH = "Patients were randomised to receive lumarin or solvatan. "
HELPED = " Relief was 20% with lumarin and 30% with solvatan."


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        # What each patient had stands between.
        (
            "Seventy-four patients received 433 cycles of lumarin; 78 patients received 409 cycles of solvatan.",
            (74, 78),
        ),
        ("74 patients with 78 lesions received lumarin; 90 patients with 93 lesions received solvatan.", (74, 90)),
        # Other verbs, and none.
        ("Thirty patients started with lumarin and 31 with solvatan.", (30, 31)),
        ("In all, 56 patients received lumarin and 58 solvatan.", (56, 58)),
        # A list behind a colon; of each; in their order.
        ("Then 84 patients were enrolled: lumarin 44, and solvatan 40.", (44, 40)),
        ("Of 97 patients, 76 were enrolled and treated (39 and 37 patients in each respective group).", (39, 37)),
        # Behind the number.
        ("In patients with data available (n=46 for lumarin; n=41 for solvatan) pain fell.", (46, 41)),
        ("The 76 in the lumarin group had more pain than the 74 in the solvatan group.", (76, 74)),
        # A sentence each.
        (
            "Twenty-five patients in the lumarin group received advice too. Twenty-four patients in the solvatan group"
            " received none.",
            (25, 24),
        ),
        # Shares that add up to all.
        ("Records were found for 652 patients: 360 (55.2%) given lumarin and 292 (44.8%) given solvatan.", (360, 292)),
    ],
)
def test_sizes(sentence: str, counts: tuple[int, int]) -> None:
    assert sizes(BOTH + sentence + HELPED) == {"lumarin": {counts[0]}, "solvatan": {counts[1]}}


@pytest.mark.parametrize(
    "sentence",
    [
        "There were 161 adverse events (84 in the lumarin group and 77 in the solvatan group).",
        "A total of 301 deaths had occurred (134 in the lumarin group and 167 in the solvatan group).",
        "The median stay was 437 days in the lumarin group and 438 days in the solvatan group.",
        "Drugs were taken once every 3 weeks (lumarin) or once every 4 weeks (solvatan).",
        "Two patients in each group had a bleed.",
    ],
)
def test_what_is_no_size(sentence: str) -> None:
    assert sizes(BOTH + sentence + HELPED) == {"lumarin": set(), "solvatan": set()}


def test_shares_of_a_diet() -> None:
    text = (
        "Women were randomly assigned to a reduced diet (40%; n = 19,541) or to a usual diet (60%; n = 29,294)."
        " Deaths were 2% in the reduced diet group and 3% in the usual diet group."
    )
    assert sizes(text) == {"reduced diet": {19541}, "usual diet": {29294}}


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("This trial was conducted on 62 rural women from the north; 69 women were screened.", 62),
        ("The study was carried out in 118 adults with pain.", 118),
        ("The index was assessable in 877 patients (91%).", 877),
        ("14 000 women were randomized and 13 722 included in a modified analysis.", 13722),
    ],
)
def test_totals(sentence: str, count: int) -> None:
    assert count in of(f"{sentence} {BOTH}{HELPED}")


# --------------------------------------------------------------------------------------------------
# Whose a result is
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "values"),
    [
        # In the bracket of an arm.
        (
            "Harms were seen in the lumarin group (136 events, 80%) and the solvatan group (134 events, 79%).",
            {"80%": 0, "79%": 1},
        ),
        ("Scores were higher for lumarin (67.2%) than for solvatan (45.4%).", {"67.2%": 0, "45.4%": 1}),
        # The arm stands inside the result.
        (
            "Relief came to 23 of the 57 patients in the solvatan group (40.4%) and 32 of 59 in the lumarin group"
            " (54.2%).",
            {"40.4%": 1, "54.2%": 0},
        ),
        (
            "There were 64 deaths among 258 patients (24.8%) in the lumarin group and 84 deaths among 260 patients"
            " (32.3%) in the solvatan group.",
            {"24.8%": 0, "32.3%": 1},
        ),
        # A part of a share.
        (
            "Response was more frequent with lumarin: 82.7% (25.3% complete) versus 59.2% (14.1% complete).",
            {"82.7%": 0, "25.3%": 0, "59.2%": 1, "14.1%": 1},
        ),
        (
            "Harm was seen in 58 of 60 patients (97%) in the lumarin group, with 26 (43%) having severe harm, and 49 of"
            " 58 patients (84%) in the solvatan group, with 12 (21%) having severe harm.",
            {"97%": 0, "43%": 0, "84%": 1, "21%": 1},
        ),
        # The other arm is left out.
        ("Relapse was seen in 28.6% for lumarin and 49.8%.", {"28.6%": 0, "49.8%": 1}),
        ("Solvatan was superior in median survival (6.1 and 3.4 months).", {"6.1": 1, "3.4": 0}),
        # Lists before their arm.
        (
            "Harms were fever (29%) and rash (17%) in the lumarin group and fever (36%), pain (20%) and cough (12%) in"
            " the solvatan group.",
            {"29%": 0, "17%": 0, "36%": 1, "20%": 1, "12%": 1},
        ),
        # "overall" and "the total" may be of one arm.
        ("Six responses were seen with lumarin (overall response rate 38.8%).", {"38.8%": 0}),
        ("There were five responses in the solvatan group; the total response rate was 15.1%.", {"15.1%": 1}),
    ],
)
def test_whose_a_result_is(sentence: str, values: dict[str, int]) -> None:
    names = ["lumarin", "solvatan"]
    found = armed(TWO + sentence)
    assert {value: found[value] for value in values} == {value: [names[arm]] for value, arm in values.items()}


FOUR = (
    "Of 164 adults, 41 were assigned to the 10-mg LUM group, 41 to the 50-mg group, 42 to the 90-mg group and 40 to the"
    " placebo group. "
)


@pytest.mark.parametrize(
    ("sentence", "pairs"),
    [
        (
            "The hazard ratio for pain was 0.46 (95% CI, 0.29 to 0.74) with 10 mg of it and 0.53 (95% CI, 0.34 to"
            " 0.82) with 50 mg of it, both compared with placebo.",
            {"0.46": ["10-mg lum", "placebo"], "0.53": ["lum 50 mg", "placebo"]},
        ),
        (
            "Pain was not rarer in the 50-mg group (rate ratio 0.95, 95% CI 0.67-1.36) or the 90-mg group (rate ratio"
            " 1.32, 95% CI 0.90-1.93) than in the placebo group.",
            {"0.95": ["lum 50 mg", "placebo"], "1.32": ["lum 90 mg", "placebo"]},
        ),
    ],
)
def test_several_arms_against_one(sentence: str, pairs: dict[str, list[str]]) -> None:
    found = armed(FOUR + sentence)
    assert {value: found[value] for value in pairs} == pairs


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The score declined 47.7% with lumarin compared with 31.8% for solvatan.", "47.7%"),
        ("The creatinine level increased 5% in the lumarin group and decreased 3% in the solvatan group.", "5%"),
    ],
)
def test_by_how_much_something_changed_is_no_share_of_patients(sentence: str, value: str) -> None:
    (claim,) = [claim for claim in extract(TWO + sentence).claims if claim.value and claim.value.text == value]
    assert claim.measure == "mean"


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "By lot 310 adults were assigned to one of two identical, parallel, double-blind, placebo-controlled trials"
            " of lumarin 10 mg or 20 mg. Relapse was seen in 12% with 10 mg, 13% with 20 mg"
            " and 25% with placebo.",
            ["lumarin 10 mg", "lumarin 20 mg", "placebo"],
        ),
        (
            "Flow changed by -61 ml in the 97 patients on lumarin and -118 ml in the 93 patients on placebo.",
            ["lumarin", "placebo"],
        ),
        ("In a crossover trial 24 adults received lumarin or placebo in random order.", ["lumarin", "placebo"]),
        (
            "Of 24 adults in a crossover trial, all were assigned to lumarin or placebo in a counterbalanced order.",
            ["lumarin", "placebo"],
        ),
    ],
)
def test_words_of_a_design_and_values_are_no_names(text: str, arms: list[str]) -> None:
    assert labels(text) == arms


@pytest.mark.parametrize(
    ("sentence", "value", "first"),
    [
        (
            "Compared with solvatan (n = 60), lumarin (n = 60) gave more sleep (median, 8.1 v 7.2 hours).",
            "8.1",
            "lum",
        ),
        ("As compared with solvatan, lumarin raised the mean score (31.5 v 27.2 points).", "31.5", "lum"),
        ("Compared with solvatan, fewer falls (11.2% v 24.1%) were seen with lumarin.", "11.2%", "lum"),
        ("With solvatan, falls were fewer than with lumarin (11.2% v 24.1%).", "11.2%", "sol"),
    ],
)
def test_the_arm_compared_with_comes_second(sentence: str, value: str, first: str) -> None:
    (arm,) = armed(TWO + sentence)[value]
    assert arm.startswith(first)


@pytest.mark.parametrize(
    "said",
    ["conferred 91% protection against flu", "showed 91% efficacy in preventing flu", "had 91% efficacy against flu"],
)
def test_protection_is_held_against_the_other_arm(said: str) -> None:
    (claim,) = [one for one in extract(f"{TWO}Lumarin {said}.").claims if one.value and one.value.text == "91%"]
    assert claim.measure == "relative-reduction"
    assert len(claim.arms) == 2


def test_what_has_no_width_does_not_part_a_number() -> None:
    assert list(armed("Res\u200bponse was 3\u200b5% of 120.")) == ["35%"]
