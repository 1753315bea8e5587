"""Whose values, contrasts and P values are, by the form of their sentence. All sentences are made up."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 120 adults to receive lumarin or placebo. "
THREE = "We randomly assigned 180 adults to receive lumarin, solvatan or placebo. "
DOSES = "We randomly assigned 180 adults to lumarin 6 mg/day, lumarin 2 mg/day or placebo. "
X, Y, S = "lumarin", "placebo", "solvatan"


def arms(text: str) -> list[tuple[str, str]]:
    """Return the value, or the P value, of each row, and the labels of its arms."""
    told = rows_from_paper(extract(text))
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    return [
        (row["value"] or "P" + row["p"]["value"] if row["value"] or row["p"] else row["lower"],
         "/".join(name[arm] for arm in row["arms"]))
        for row in told["rows"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # A unit behind both values is no other outcome.
        ("The latency (mean 62 (SD 14) s and 57 (17) s) and the peak (81 (4)% and 83 (5)%) were alike for lumarin and"
         " placebo, respectively.", [("62", X), ("57", Y), ("81", X), ("83", Y)]),
        # Two values of each arm, with a stroke, or "respectively" and a P value behind each two.
        ("Mean growth at weeks 3 and 6 was 12.3%/17.5% with lumarin and 5.1%/8.2% with placebo.",
         [("12.3", X), ("17.5", X), ("5.1", Y), ("8.2", Y)]),
        ("Ferritin and zinc fell by 43% and 31%, respectively, in the lumarin group (P < .01), and by 14% and 12%,"
         " respectively, in the placebo group (P < .05).",
         [("43", X), ("31", X), ("P.01", f"{X}/{Y}"), ("14", Y), ("12", Y), ("P.05", f"{X}/{Y}")]),
        # Pairs that are held against each other are no halves.
        ("Sodium, chloride and zinc (141 v 139, 4.3 v 4.5 and 2.1 v 2.4 mmol/l) were alike with lumarin and placebo,"
         " respectively.", [("141", X), ("139", Y), ("4.3", X), ("4.5", Y), ("2.1", X), ("2.4", Y)]),
        # "A difference" of which both values follow.
        ("A difference in burns was seen, with 0.7% in the lumarin group versus 6.2% in the placebo group.",
         [("0.7", X), ("6.2", Y)]),
        ("Burns were rarer (rate of burns per year = 0.35% vs 0.48%) with lumarin than with placebo.",
         [("0.35", X), ("0.48", Y)]),
        # The comparative before the name of one arm leads to the values of both.
        ("There were fewer burns in the lumarin group (4% and 9%, P = .04).",
         [("4", X), ("9", Y), ("P.04", f"{X}/{Y}")]),
    ],
)  # fmt: skip
def test_values_of_two_arms(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


def test_two_values_of_each_dose() -> None:
    told = arms(DOSES + "Ferritin and zinc fell by 43% and 31%, respectively, at 6 mg/day, and by 14% and 12%,"
                " respectively, at 2 mg/day.")  # fmt: skip
    high, low = "lumarin 6 mg/day", "lumarin 2 mg/day"
    assert told == [("43", high), ("31", high), ("14", low), ("12", low)]


def test_what_was_measured_is_no_arm() -> None:
    told = arms(
        "We randomly assigned 120 adults to zinc or placebo. Adults on placebo had more pain (6.2 v 4.1; P = .02)."
        " Sodium (141 v 138 mmol/l; P = .4) and zinc (13.1 v 12.2 mmol/l; P = .3) did not differ between groups."
    )
    assert told == [("6.2", "placebo"), ("4.1", "zinc"), ("P.02", "placebo/zinc"), ("141", "placebo"),
                    ("138", "zinc"), ("P.4", "placebo/zinc"), ("13.1", "placebo"), ("12.2", "zinc"),
                    ("P.3", "placebo/zinc")]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Age (over or under 50 years) had an effect on relief (53% vs 31%, P = .02).",
         [("53", ""), ("31", ""), ("P.02", "")]),
        ("Relief was rarer than in an earlier series (23% v 45%, P = .01).", [("23", ""), ("45", ""), ("P.01", "")]),
        ("Burns seen in any lumarin group were mild; 23 adults (5%) had a fever.", [("5", "")]),
        ("A fever was seen in 24 adults (20%), of whom 15 were on lumarin and 9 on placebo.", [("20", "")]),
    ],
)  # fmt: skip
def test_values_of_no_arm(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


def test_counts_of_women_and_men_are_of_no_two_arms() -> None:
    text = "In a crossover study 40 adults (21 women and 19 men) received single doses of lumarin or placebo."
    assert [one for one in arms(text) if one[1]] == []


def test_a_list_read_in_part_is_not_of_arms_in_turn() -> None:
    text = TWO + "The mean times without pain were 41.5, 66.2, and 83.7 h (P = .003), respectively."
    assert [one for one in arms(text) if one[0] in ("66.2", "83.7") and one[1]] == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Blood pressure after 3 months of lumarin was similar to baseline: systolic change -0.7 mm Hg (95% CI -1.9 to"
         " 0.8 mm Hg) and diastolic change -1.3 mm Hg (95% CI -2.6 to 0.1 mm Hg).", [("-0.7", X), ("-1.3", X)]),
        ("The lumarin group showed pre- to post-treatment gains in grip (95% CI, 1.3 to 3.6) and balance (95% CI, 2.2"
         " to 5.7).", [("1.3", X), ("2.2", X)]),
        ("Mean pain was 6.3 and 3.4 before and after treatment with lumarin.", [("6.3", X), ("3.4", X)]),
        ("Lumarin lowered pain (6.3 +/- 1.2 to 3.4 +/- 1.1, P < .001) and weakness (5.2 +/- 1.3 to 4.1 +/- 1.4,"
         " P = .02).", [("6.3", X), ("3.4", X), ("P.001", X), ("5.2", X), ("4.1", X), ("P.02", X)]),
        ("In the lumarin group, it was 23 and 16 ml/min, respectively (p less than 0.01).",
         [("23", X), ("16", X), ("P0.01", X)]),
        # A P value of each arm behind its own pair.
        ("Bone grew in both groups (0.17 vs 0.64, P = .004 for lumarin and 0.18 vs 0.73, P = .02 for placebo).",
         [("0.17", X), ("0.64", X), ("P.004", X), ("0.18", Y), ("0.73", Y), ("P.02", Y)]),
        ("Grip improved with lumarin (P = .01) but not with placebo (P = .4).", [("P.01", X), ("P.4", Y)]),
        ("In the lumarin group, grip rose (P = .01) and pain fell (P = .03), while in the placebo group neither changed"
         " (P = .4 and P = .6).", [("P.01", X), ("P.03", X), ("P.4", Y), ("P.6", Y)]),
        # Not where one arm has more.
        ("Grip improved more with lumarin (P = .01), but pain did not fall with placebo (P = .3).",
         [("P.01", f"{X}/{Y}"), ("P.3", f"{X}/{Y}")]),
    ],
)  # fmt: skip
def test_what_changed_in_one_arm(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Compared with placebo, mean pain was 3.6 (95% CI 1.9 to 5.3) points lower for lumarin (P = .001) and 2.3 (0.8"
         " to 3.8) points lower for solvatan (P = .003).", [("3.6", f"{X}/{Y}"), ("2.3", f"{S}/{Y}")]),
        ("However, compared with placebo, lumarin led to an increase in walking (mean 4.1 min/day, 95% CI 1.6 to 6.6).",
         [("4.1", f"{X}/{Y}")]),
        ("Relative to placebo, pain was reduced by 2.2 points (95% CI 1.1 to 3.3) with lumarin and by 1.2 points (95%"
         " CI 0.2 to 2.2) with solvatan.", [("2.2", f"{X}/{Y}"), ("1.2", f"{S}/{Y}")]),
        ("Compared with placebo, lumarin and solvatan eased pain (lumarin P = .003; solvatan P = .006).",
         [("P.003", f"{X}/{Y}"), ("P.006", f"{S}/{Y}")]),
        ("Both lumarin (P = .02) and solvatan (P = .04) eased pain compared with placebo.",
         [("P.02", f"{X}/{Y}"), ("P.04", f"{S}/{Y}")]),
        # Of more than two arms nobody knows which "both" are.
        ("Relief was seen in 93% (56/60) in the lumarin group, more than 83% (50/60) in the solvatan group and 70%"
         " (42/60) in the placebo group (both P < .01).", [("93", X), ("83", S), ("70", Y), ("P.01", "")]),
    ],
)  # fmt: skip
def test_contrasts_with_one_of_several_arms(sentence: str, expected: list[tuple[str, str]]) -> None:
    named = THREE + "Lumarin, solvatan and placebo were taken by 60 adults each. "
    assert arms(named + sentence)[-len(expected) :] == expected
