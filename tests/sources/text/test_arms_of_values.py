"""Whose a value is: totals, values told twice, lists of one arm each, and groups that are no arms. Own sentences."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

TWO = "We randomly assigned 120 adults to receive lumarin or placebo. "
THREE = "We randomly assigned 180 adults to receive lumarin, solvatan or placebo. "


def armed(text: str) -> list[tuple[str, str, str]]:
    """Return the measure and value of each row, and the labels of its arms."""
    told = rows_from_paper(extract(text))
    name = {arm["id"]: arm["label"] for arm in told["arms"]}
    return [(row["measure"], row["value"], "/".join(name[arm] for arm in row["arms"])) for row in told["rows"]]


def arms(text: str) -> list[tuple[str, str]]:
    return [(digits, names) for _, digits, names in armed(text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # The number that those of the arms add up to is of no arm.
        ("There were 79 relapses (41 in the lumarin group and 38 in the placebo group), of which 30 were early (14 vs"
         " 16).", [("79", ""), ("41", "lumarin"), ("38", "placebo"), ("30", ""), ("14", "lumarin"), ("16", "placebo")]),
        ("With lumarin 14 adults left the study; later 31 relapses occurred: lumarin, 17 and placebo, 14.",
         [("14", "lumarin"), ("31", ""), ("17", "lumarin"), ("14", "placebo")]),
        # A sum by chance: each number is told with its arm, or stands in the pair before.
        ("Cramps were seen in 9 (15%) adults with lumarin versus 7 (12%) with placebo, and fever in 4 (7%) with lumarin"
         " and 3 (5%) with placebo.", [("15", "lumarin"), ("12", "placebo"), ("7", "lumarin"), ("5", "placebo")]),
        ("Cramps (12 [20%] with lumarin vs 8 [13%] with placebo), fever (5 [8%] vs 3 [5%]) and rash (1 [2%] vs none)"
         " were seen.", [("20", "lumarin"), ("13", "placebo"), ("8", "lumarin"), ("5", "placebo"), ("2", "lumarin"),
                         ("0", "placebo")]),
    ],
)  # fmt: skip
def test_a_total_is_of_no_arm(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


def test_those_assigned_are_of_no_arm() -> None:
    told = "Of 949 adults with a scan, 939 were randomised to lumarin (n = 477) or placebo (n = 462)."
    assert extract(told).of["randomised"].value.whole == 939
    assert [arm for value, arm in arms(told) if value == "939" and arm] == []


def test_of_all_who_underwent_randomisation() -> None:
    told = "Of 120 adults who underwent randomisation (61 to lumarin and 59 to placebo), 44 had a fever, and 40 slept."
    assert [one for one in arms(TWO + told) if one[0] in ("44", "40")] == [("44", ""), ("40", "")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mean ferritin was 61.2±20.1 ng per milliliter (137±45 pmol per liter) in the lumarin group and 22.8±9.7 ng"
         " per milliliter (51±22 pmol per liter) in the placebo group.",
         [("61.2", "lumarin"), ("137", "lumarin"), ("22.8", "placebo"), ("51", "placebo")]),
        ("Mean HbA1c fell from 8.6% (70 mmol/mol) to 7.2% (55 mmol/mol) with lumarin and from 8.5% (69 mmol/mol) to"
         " 8.1% (65 mmol/mol) with placebo.",
         [("8.6", "lumarin"), ("70", "lumarin"), ("7.2", "lumarin"), ("55", "lumarin"), ("8.5", "placebo"),
          ("69", "placebo"), ("8.1", "placebo"), ("65", "placebo")]),
    ],
)  # fmt: skip
def test_a_value_told_again_in_its_bracket(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Two outcomes of each arm.
        (TWO + "Relapse and death rates were 14% (95% CI, 9 to 20; P < .001) and 3% (95% CI, 1 to 6; P = .04) following"
         " lumarin and 31% (95% CI, 24 to 39) and 8% (95% CI, 4 to 13) following placebo, respectively.",
         [("14", "lumarin"), ("3", "lumarin"), ("31", "placebo"), ("8", "placebo")]),
        # Clauses between semicolons.
        (THREE + "Rash: 12 (13%) had mild and 17 (19%) had severe rash with lumarin; ten (11%) had mild and 24 (26%)"
         " had severe rash with solvatan; and 18 (20%) had mild and six (7%) had severe rash with placebo.",
         [("13", "lumarin"), ("19", "lumarin"), ("11", "solvatan"), ("26", "solvatan"), ("20", "placebo"),
          ("7", "placebo")]),
        (TWO + "With lumarin, 21% had cramps and 9% had fever; with placebo, 12% had cramps and 8% had fever.",
         [("21", "lumarin"), ("9", "lumarin"), ("12", "placebo"), ("8", "placebo")]),
        # A list with its arm behind it, after others.
        (TWO + "Events were seen in 56% in the lumarin group and in 55% in the placebo group, with the most common"
         " being rash (16 [7%] adults), cough (11 [5%] adults) and pain (nine [4%] adults) in the lumarin group.",
         [("56", "lumarin"), ("55", "placebo"), ("7", "lumarin"), ("5", "lumarin"), ("4", "lumarin")]),
        # Held against each other, though one arm is named.
        (TWO + "Adults did alike (rates of relapse, 41.3% and 46.8%, respectively; relative risk with lumarin, 0.88;"
         " 95% CI, 0.76 to 1.02).", [("41.3", "lumarin"), ("46.8", "placebo"), ("0.88", "lumarin/placebo")]),
        # Not so where a clause holds its values against each other.
        (TWO + "Cramps were seen in 21% with lumarin and 12% with placebo; fever in 9% with lumarin and 8% with"
         " placebo.", [("21", "lumarin"), ("12", "placebo"), ("9", "lumarin"), ("8", "placebo")]),
    ],
)  # fmt: skip
def test_each_arm_has_its_own_values(text: str, expected: list[tuple[str, str]]) -> None:
    assert arms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TWO + "Relief was seen in 61% in the lumarin group, 48% in the placebo group, and 44% in the village group.",
         [("61", "lumarin"), ("48", "placebo"), ("44", "")]),
        (THREE + "Relief was seen in 90 (55%) of 164 patients who received coated tablets and 35 (44%) of 80 patients"
         " in the placebo group.", [("55", ""), ("44", "placebo")]),
        (THREE + "Rash was seen in 16 (10%) of 164 adults treated with coated tablets and in five (6%) of 80 adults"
         " on placebo.", [("10", ""), ("6", "placebo")]),
        # A group that is told by its role is the other arm.
        ("We randomly assigned 120 adults to receive lumarin or brimane. Relief was seen in 61% in the lumarin group"
         " and 48% in the other group.", [("61", "lumarin"), ("48", "brimane")]),
    ],
)  # fmt: skip
def test_a_group_that_is_no_arm(text: str, expected: list[tuple[str, str]]) -> None:
    assert arms(text) == expected


def test_a_list_longer_than_the_arms_does_not_take_their_order() -> None:
    told = "Relief was 61% with lumarin and 48% with placebo. Cramps were seen in 12%, 9%, and 7%, respectively."
    assert arms(TWO + told)[2:] == [("12", ""), ("9", ""), ("7", "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The mean change in weight was -6.9% (95% CI, -7.8 to -6.0) with 3 mg of lumarin, -8.8% (95% CI, -9.7 to -7.9)"
        " with 6 mg of lumarin, and -1.3% (95% CI, -2.1 to -0.5) with placebo.",
        "The mean change of the sugar level was -6.9 percentage points with the 3-mg dose, -8.8"
        " percentage points with the 6-mg dose, and -1.3 percentage points with placebo.",
    ],
)
def test_changes_listed_by_dose(sentence: str) -> None:
    text = "We randomly assigned 180 adults to lumarin 3 mg, lumarin 6 mg or placebo. " + sentence
    assert armed(text) == [
        ("mean", "-6.9", "lumarin 3 mg"),
        ("mean", "-8.8", "lumarin 6 mg"),
        ("mean", "-1.3", "placebo"),
    ]


def test_a_credible_interval_in_short() -> None:
    text = TWO + "Lumarin was better than placebo (OR 1.73; 95% CredI 1.49 to 2.01)."
    (row,) = rows_from_paper(extract(text))["rows"]
    assert [row[part] for part in ("value", "lower", "upper", "spread")] == ["1.73", "1.49", "2.01", "credible"]


def test_two_trials_in_turn_are_no_two_arms() -> None:
    told = (
        "We enrolled 61 and 70 adults in the first and second trials, respectively. "
        "Mean scores were 14.7±3.3 points and 15.5±3.1 points, respectively."
    )
    assert {names for digits, names in arms(TWO + told) if digits in ("14.7", "15.5")} == {""}


def test_a_difference_in_a_bracket_is_no_change_of_one_arm() -> None:
    told = (
        "Volume fell by -104.2 ml with lumarin versus -221.7 ml with placebo (difference, 117.5 ml; 95% CI, 71.3 to "
        "163.7) at sea and -98.4 ml with lumarin versus -186.0 ml with placebo (difference, 87.6 ml; 95% CI, 40.1 to "
        "135.1) in the hills."
    )
    found = [one for one in armed(TWO + told) if one[1] in ("117.5", "87.6")]
    assert found == [("difference", "117.5", "lumarin/placebo"), ("difference", "87.6", "lumarin/placebo")]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # How long all were followed, whatever is named behind it.
        ("At a median follow-up of 14.5 months, lumarin and placebo did not differ in relapse (40% vs 52%).",
         [("14.5", ""), ("40", "lumarin"), ("52", "placebo")]),
        ("With a mean follow-up of four years, 14 adults in the lumarin group and 17 in the placebo group had died.",
         [("4", ""), ("14", "lumarin"), ("17", "placebo")]),
        ("Relapse was seen in 40% with lumarin and in 52% with placebo after a median follow-up period of 9.1 months.",
         [("40", "lumarin"), ("52", "placebo"), ("9.1", "")]),
        # That of one arm, and a value at follow-up.
        ("After a median follow-up of 9.1 months (lumarin) and 9.4 months (placebo), sleep was the same.",
         [("9.1", "lumarin"), ("9.4", "placebo")]),
        ("At follow-up, 73% of adults on placebo and 71% on lumarin slept.", [("73", "placebo"), ("71", "lumarin")]),
    ],
)  # fmt: skip
def test_how_long_all_were_followed(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Twelve volunteers (six men, six women) were given lumarin or placebo for 4 days.",
         [("12", ""), ("6", ""), ("6", "")]),
        ("Falls were seen in 1.9% in both the lumarin group and the placebo group.", [("1.9", "")]),
        ("Cramps were seen in 12% of adults with lumarin or brimane, and in 9% with placebo.",
         [("12", "lumarin"), ("9", "placebo")]),
    ],
)  # fmt: skip
def test_one_value_of_two_arms(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Walking took 8.5 min with placebo, 8.3 min with brimane, 9.4 min with lumarin and 9.6 min with the mixture.",
         [("8.5", "placebo"), ("8.3", ""), ("9.4", "lumarin"), ("9.6", "")]),
        ("Response was 31% (95% CI, 20% to 44%) with lumarin, 9% (95% CI, 3% to 19%) with placebo, and 20% (95% CI,"
         " 13% to 28%) across groups.", [("31", "lumarin"), ("9", "placebo"), ("20", "")]),
        # What happened to those of an arm is no group.
        ("With lumarin, 12 adults (20%) received oxygen.", [("20", "lumarin")]),
    ],
)  # fmt: skip
def test_a_value_of_a_group_that_is_no_arm(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


def test_a_placebo_that_is_no_arm() -> None:
    told = "We randomly assigned adults to lumarin or solvatan. Cramps came back in 28% taking lumarin, 29% taking"
    assert arms(f"{told} solvatan and 26% taking placebo.") == [("28", "lumarin"), ("29", "solvatan"), ("26", "")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Relief was seen in 48% of adults (full, 20%; part, 28%) with lumarin and in 31% (full, 10%; part, 21%) with"
        " placebo.",
        "Relief at day 9 was 48% (95% CI 38 to 58; full, 20%; part, 28%) with lumarin and 31% (95% CI 22 to 40; full,"
        " 10%; part, 21%) with placebo.",
        "Relief came in 48 of 100 adults (48%) (20% full, 28% part) with lumarin vs 31 of 100 adults (31%) (10% full,"
        " 21% part) with placebo.",
    ],
)
def test_parts_in_a_bracket_behind_a_value(sentence: str) -> None:
    assert arms(TWO + sentence) == [
        *((value, "lumarin") for value in ("48", "20", "28")),
        *((value, "placebo") for value in ("31", "10", "21")),
    ]


def test_a_bracket_of_both_arms_is_no_part() -> None:
    told = "Relief was seen in 40% of adults (48% and 31%, respectively; P = .01)."
    assert arms(TWO + told)[1:3] == [("48", "lumarin"), ("31", "placebo")]
    told = "Relief was seen in 40% of adults (lumarin, 48%; placebo, 31%)."
    assert arms(TWO + told) == [("40", ""), ("48", "lumarin"), ("31", "placebo")]


def test_pairs_in_the_brackets_of_each_arm() -> None:
    told = "Strength stayed with placebo (mean change -0.4 and -0.6 for men and women, respectively) but rose with"
    found = arms(f"{TWO}{told} lumarin (2.5 and 3.2, respectively).")
    assert [names for _, names in found] == ["placebo", "placebo", "lumarin", "lumarin"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # The second is not read, or has no unit.
        ("Pain was rarer with lumarin than with placebo (6.9% vs 7.3, P = .05).", [("6.9", "lumarin")]),
        ("Compared with placebo, lumarin gave more sleep (9.2 hours, 95% CI 8.0 to not reached, vs 7.1 hours).",
         [("9.2", "lumarin")]),
        # The bracket of one arm.
        ("Pain was rarer with lumarin (6.9% vs 7.3 at baseline).", [("6.9", "lumarin")]),
    ],
)  # fmt: skip
def test_the_first_of_a_pair_whose_second_is_not_read(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in arms(TWO + sentence) if one[0] == expected[0][0]] == expected


def test_a_value_for_so_many_who_had_one_arm() -> None:
    told = "At week 8, the mean change in pulse was -7.4 beats for 52 adults who received lumarin."
    assert arms(TWO + told)[0] == ("-7.4", "lumarin")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # The stroke of a unit holds nothing against anything.
        ("In the lumarin group, mean lipase was 105 ± 12 U/L before treatment and 91 ± 11 U/L after treatment.",
         [("105", "lumarin"), ("91", "lumarin")]),
        ("Mean lipase was 105 ± 12 U/L with lumarin and 91 ± 11 U/L with placebo.",
         [("105", "lumarin"), ("91", "placebo")]),
        ("Mean lipase (105 ± 12 mg/100 ml and 91 ± 11 mg/100 ml) was like in the lumarin and placebo groups.",
         [("105", "lumarin"), ("91", "placebo")]),
        ("Relief was seen in 41%/28% of adults in the lumarin/placebo groups.", [("41", "lumarin"), ("28", "placebo")]),
        # Events of two kinds, counted together.
        ("In all, 31 strokes and heart attacks occurred in the lumarin group and 45 occurred in the placebo group.",
         [("31", "lumarin"), ("45", "placebo")]),
        ("A score was known in 31 strokes and heart attacks, which were rarer in the lumarin group.", [("31", "")]),
        # The total stands before its parts.
        ("At entry, 31 (26%) adults (lumarin 14 [23%] of 60; placebo 17 [28%] of 60) smoked.",
         [("26", ""), ("23", "lumarin"), ("28", "placebo")]),
    ],
)  # fmt: skip
def test_units_and_totals(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in arms(TWO + sentence) if one[0] is not None] == expected


def test_an_interaction_is_of_no_two_arms() -> None:
    told = "Relief was alike in women and men (hazard ratio with lumarin, 0.86 and 0.85; {}). "
    for words in ("interaction P = .93", "P for interaction = .93", "P interaction = .93"):
        assert armed(TWO + told.format(words))[-1] == ("p-only", None, "")
    assert armed(TWO + "Relief differed between lumarin and placebo (P = .93).")[-1][2] == "lumarin/placebo"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Harms were alike in both groups, most often rash (62% to 72%).", [("62", ""), ("72", "")]),
        ("Harms were alike in the lumarin and placebo groups, such as rash (62% to 72%).", [("62", ""), ("72", "")]),
        ("Adherence rose in the lumarin group (62% to 72%).", [("62", "lumarin"), ("72", "lumarin")]),
        # The last of three may be of somebody else.
        ("Three deaths were told: one in the lumarin group, one in the placebo group, and one in an adult who left.",
         [("3", ""), ("1", "lumarin"), ("1", "placebo"), ("1", "")]),
    ],
)  # fmt: skip
def test_what_is_of_no_single_arm(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert arms(TWO + sentence) == expected


def test_shares_told_again_in_another_unit_are_means() -> None:
    told = (
        "With lumarin mean HbA1c fell from 9.4% (79 mmol/mol) to 7.3% (56 mmol/mol), and with placebo from 9.2% (77"
        " mmol/mol) to 9.0% (75 mmol/mol)."
    )
    assert {measure for measure, _, _ in armed(TWO + told)} == {"mean"}


def test_ratios_told_in_each_of_two_arms_are_of_that_arm() -> None:
    told = (
        "The odds ratio for a fall was 2.1 (95% CI 1.4 to 3.2) in the lumarin group and 1.2 (0.7 to 2.0) for placebo."
    )
    assert arms(TWO + told) == [("2.1", "lumarin"), ("1.2", "placebo")]
    both = (
        "For lumarin versus placebo the odds ratio was 2.1 (95% CI 1.4 to 3.2) in towns and 1.2 (0.7 to 2.0) elsewhere."
    )
    assert arms(TWO + both) == [("2.1", "lumarin/placebo"), ("1.2", "lumarin/placebo")]
    three = "The hazard ratio (95% CI) for lumarin was 0.7 (0.5 to 0.9) and for solvatan was 0.8 (0.6 to 1.1)."
    assert arms(THREE + three) == [("0.7", "lumarin/placebo"), ("0.8", "solvatan/placebo")]


def test_a_remark_in_brackets_parts_no_value_from_its_arm() -> None:
    told = "The change in mood was a 10% decrease (i.e. gloom) for lumarin and a 1% increase (i.e. joy) for placebo."
    assert arms(TWO + told) == [("10", "lumarin"), ("1", "placebo")]


@pytest.mark.parametrize("salt", ["HCl", "hydrochloride", "sodium", "fumarate"])
def test_a_drug_is_called_without_its_salt_and_its_route(salt: str) -> None:
    told = (
        f"Adults were randomised to intranasal LX1 (lumarin 60 µg and solvatan 20 µg), lumarin {salt} (60 µg), solvatan"
        " acetate (20 µg), or placebo. Sneezing in adults treated with LX1, lumarin, solvatan, and placebo was seen in "
        "12.9, 12.5, 7.1, and 9.4%, respectively."
    )
    assert [value for value, _ in arms(told)] == ["12.9", "12.5", "7.1", "9.4"]
    starts = ["intranasal LX1", f"lumarin {salt}", "solvatan acetate", "placebo"]
    assert all(name.startswith(start) for (_, name), start in zip(arms(told), starts, strict=True))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        # The change is told with what it went from and to.
        ("Scores fell 42% (from 5.2 to 3.0) compared with 27% in the placebo group.",
         [("42", "lumarin"), ("5.2", "lumarin"), ("3.0", "lumarin"), ("27", "placebo")]),
        # One arm is told of behind "those".
        ("Adults on lumarin had two falls and four burns, whereas those taking placebo had three falls and five burns.",
         [("2", "lumarin"), ("4", "lumarin"), ("3", "placebo"), ("5", "placebo")]),
        ("Rash occurred in 40% with lumarin; in adults receiving placebo, 48% experienced rash and 8% experienced"
         " fever.", [("40", "lumarin"), ("48", "placebo"), ("8", "placebo")]),
        # A pair in a bracket goes with the two arms before it, not with the value of all.
        ("Rash was seen in 55% of the cohort, with a reduced incidence with lumarin than with placebo (44% vs 67%).",
         [("55", ""), ("44", "lumarin"), ("67", "placebo")]),
        ("Overall relief was 69% (complete 60%, partial 9%), with no difference between lumarin (71%) and placebo"
         " (66%).", [("69", ""), ("60", ""), ("9", ""), ("71", "lumarin"), ("66", "placebo")]),
        ("Relief was 69% and 66%, with no difference between lumarin and placebo.",
         [("69", "lumarin"), ("66", "placebo")]),
        ("Relief was 3.0 and 2.4 points by lumarin and dummies, respectively.",
         [("3.0", "lumarin"), ("2.4", "placebo")]),
        # Some of those before: not held against them.
        ("Relapses occurred in 30 adults, with 7 events in the lumarin group (5-year rate 2%) vs. 23 events in the"
         " placebo group (6%).", [("30", ""), ("7", "lumarin"), ("2", "lumarin"), ("6", "placebo")]),
        ("Relapses were seen in 70 adults with lumarin compared with 109 with placebo.",
         [("70", "lumarin"), ("109", "placebo")]),
    ],
)  # fmt: skip
def test_values_told_apart(sentence: str, expected: list[tuple[str, str]]) -> None:
    assert [one for one in arms(TWO + sentence) if one[0] != "None"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (THREE + "Compared with placebo, both lumarin and solvatan had larger falls in scores (3.1%, 2.6% and 0.4%).",
         [("3.1", "lumarin"), ("2.6", "solvatan"), ("0.4", "placebo")]),
        (THREE + "Falls in scores differed between placebo, lumarin and solvatan (3.1%, 2.6% and 0.4%).",
         [("3.1", "placebo"), ("2.6", "lumarin"), ("0.4", "solvatan")]),
    ],
)  # fmt: skip
def test_what_three_arms_are_compared_with_comes_last(text: str, expected: list[tuple[str, str]]) -> None:
    assert arms(text) == expected
