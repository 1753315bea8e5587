"""Whose a value is where a trial has three arms or more: codes, doses, orders and lists. Own sentences."""

from __future__ import annotations

import pytest

from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract

THREE = "We randomised 180 adults to lumarin (n = 60), solvatan (n = 59) or placebo (n = 61). "
DOSES = "We randomised 180 adults to lumarin 20 mg (n = 60), lumarin 50 mg (n = 59) or placebo (n = 61). "
DRUGS = "We randomised 180 adults to lumarin 20 mg (n = 60), solvatan 50 mg (n = 59) or placebo (n = 61). "
GROUPS = "We randomised 180 adults to lumarin (L group, n = 60), tea (T group, n = 59) or placebo (P group, n = 61). "
ARMS = "We randomised 180 adults to lumarin (arm A, n = 60), solvatan (arm B, n = 59) or placebo (arm C, n = 61). "


def armed(text: str) -> list[tuple[str | None, str]]:
    """Return the value of each row and the numbers of its arms."""
    told = rows_from_paper(extract(text))
    return [(row["value"], "".join(arm[1:] for arm in row["arms"])) for row in told["rows"] if row["role"] == "result"]


def sizes(text: str) -> list[tuple[str, list[str]]]:
    return [(arm["label"], [*arm["sizes"].values()]) for arm in rows_from_paper(extract(text))["arms"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GROUPS + "Cramps were seen in 11%, 22% and 31% in the L, T and P groups.", "123"),
        (GROUPS + "Cramps were seen in 11%, 22% and 31% of adults in groups P, T and L, respectively.", "321"),
        (GROUPS + "Cramps were rarer in group L (11%) than in groups T (22%) and P (31%).", "123"),
        (ARMS + "Cramps were seen in 11% (A), 22% (B) and 31% (C).", "123"),
        (ARMS + "Cramps: A 11%, B 22%, C 31%.", "123"),
        (DOSES + "Cramps were seen in 11% on the higher dose, 22% on the lower dose and 31% on placebo.", "213"),
        (
            DOSES + "Cramps were seen in 11% in the low-dose group, 22% in the high-dose group and 31% on placebo.",
            "123",
        ),
        # One drug of each dose: neither is the lower dose of the other.
        (DRUGS + "Cramps were seen in 11% on the lower dose.", ""),
    ],
)
def test_codes_and_doses_name_arms(text: str, expected: str) -> None:
    assert "".join(arms for _, arms in armed(text)) == expected


def test_letters_of_something_else_name_no_arm() -> None:
    told = armed(ARMS + "Influenza A and B were found in 12% and 7%; vitamin C was low in 9%.")
    assert [arms for _, arms in told] == ["", "", ""]


def test_a_list_that_hangs_on_its_last() -> None:
    text = "We randomised 96 infants to low-dose zinc (n = 32), medium-dose zinc (n = 31) or high-dose zinc (n = 33). "
    told = armed(text + "Cough was seen in 6%, 10% and 18% in the low-, medium- and high-dose groups.")
    assert told == [("6", "1"), ("10", "2"), ("18", "3")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        # The order in which one sentence tells of the arms says nothing of the next list.
        ("Sleep improved in 52% with lumarin, 45% with solvatan and 31% with placebo. Cramps were more common with"
         " placebo (21%) than with lumarin (9%) or solvatan (11%). Rash was seen in 4%, 6% and 3%.", "123312123"),
        # A text that has told them in another order only goes on so.
        ("Sleep improved in 31% with placebo, 52% with lumarin and 45% with solvatan. Rash was seen in 3%, 4% and 6%.",
         "312312"),
        ("Rash was seen in 3%, 4% and 6%.", "123"),
        # Of other things, or of times, they are no arms' own.
        ("Rash was mild, moderate or severe in 3%, 4% and 6%.", ""),
        ("Relief at 1, 2 and 3 hours was seen in 30%, 41% and 60%.", ""),
    ],
)  # fmt: skip
def test_the_order_of_a_list_without_names(told: str, expected: str) -> None:
    assert "".join(arms for _, arms in armed(THREE + told)) == expected


def test_three_pairs_from_and_to() -> None:
    told = "Scores fell from 4.1 to 3.0 with lumarin, from 4.0 to 3.3 with solvatan and from 4.2 to 3.9 with placebo."
    assert "".join(arms for _, arms in armed(THREE + told)) == "112233"


def test_both_of_two_factors() -> None:
    text = (
        "In a factorial trial, 200 adults were assigned to tea plus milk (n = 50), tea alone (n = 51), milk alone"
        " (n = 49) or neither (n = 50). "
    )
    told = "Cramps were seen in 12% with both, 15% with tea alone, 19% with milk alone and 24% with neither."
    assert "".join(arms for _, arms in armed(text + told)) == "1234"
    assert armed(text + "Rash was seen in 9% in the tea-plus-milk group.") == [("9", "1")]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Odds ratios v placebo were 2.2 (95% CI 1.0 to 4.8) for lumarin and 3.7 (95% CI 1.8 to 7.8) for solvatan.",
         ["13", "23"]),
        ("Lumarin was superior to placebo (difference 2.5, 95% CI 0.9 to 4.1) but not to solvatan (0.3, 95% CI -1.2 to"
         " 1.8).", ["13", "12"]),
    ],
)  # fmt: skip
def test_contrasts_with_others(told: str, expected: list[str]) -> None:
    assert [arms for _, arms in armed(THREE + told)] == expected


@pytest.mark.parametrize(
    "words",
    [
        "31 to weekly lumarin and 28 to weekly lumarin plus solvatan.",
        "31 were assigned to monthly lumarin and 28 to monthly lumarin plus solvatan.",
        "31 to fortnightly lumarin and 28 to fortnightly lumarin plus solvatan.",
        "31 to once-weekly lumarin and 28 to once-weekly lumarin plus solvatan.",
        "31 received bimonthly lumarin and 28 received bimonthly lumarin plus solvatan.",
    ],
)
def test_sizes_before_a_schedule(words: str) -> None:
    text = (
        f"We compared lumarin with lumarin plus solvatan. A total of 59 adults were randomised, {words} Relief was seen"
        " in 28% with lumarin and 44% with lumarin plus solvatan."
    )
    assert [of for _, of in sizes(text)] == [["31"], ["28"]]
    assert [value for value, _ in armed(text)] == ["28", "44"]


def test_what_happened_weekly_is_no_size() -> None:
    told = "There were 9 weekly attacks with lumarin and 12 with solvatan."
    assert [of for _, of in sizes(THREE + told)] == [["60"], ["59"], ["61"]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We randomised 180 adults to lumarin for 5 days (n = 60), lumarin for 9 days (n = 59) or rest (n = 61). Relief"
         " was seen in 41% in the 5-day group, 52% in the 9-day group and 30% at rest.",
         [("lumarin 5 days", ["60"]), ("lumarin 9 days", ["59"]), ("rest", ["61"])]),
        ("We randomised 180 adults to lumarin for 5 days or solvatan for 5 days. Relief was seen in 41% with lumarin"
         " and 52% with solvatan.", [("lumarin", []), ("solvatan", [])]),
        ("We randomised 180 adults to once-daily lumarin, twice-daily lumarin or placebo. Relief was seen in 41% with"
         " once-daily lumarin, 52% with twice-daily lumarin and 30% with placebo.",
         [("once-daily lumarin", []), ("twice-daily lumarin", []), ("placebo", [])]),
        ("A randomised trial compared lumarin 5 mg, lumarin 9 mg and solvatan 100 mg. Relief was seen in 41% with"
         " lumarin 5 mg, 52% with lumarin 9 mg and 30% with solvatan.",
         [("lumarin 5 mg", []), ("lumarin 9 mg", []), ("solvatan", [])]),
        ("We randomised 180 adults to no tea (59), tea 75 ml daily (60) or tea 300 ml daily (61). Relief was seen in"
         " 41% without tea, 52% with 75 ml and 30% with 300 ml.",
         [("no tea", ["59"]), ("tea 75 ml", ["60"]), ("tea 300 ml", ["61"])]),
        ("We randomised 180 adults to lumarin, solvatan or saline (60 in each group). Relief was seen in 41% with"
         " lumarin, 52% with solvatan and 30% with saline.",
         [("lumarin", ["60"]), ("solvatan", ["60"]), ("saline", ["60"])]),
        ("We randomised 180 adults to lumarin, solvatan or saline, 60 in each arm. Relief was seen in 41% with"
         " lumarin, 52% with solvatan and 30% with saline.",
         [("lumarin", ["60"]), ("solvatan", ["60"]), ("saline", ["60"])]),
    ],
)  # fmt: skip
def test_arms_and_their_sizes(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert sizes(text) == expected
    assert "".join(arms for _, arms in armed(text)) == "123"[: len(expected)]


def test_a_dropout_rate_is_no_change() -> None:
    told = rows_from_paper(extract(THREE + "Dropout was 14%, 19% and 16%."))["rows"]
    assert {row["measure"] for row in told} == {"proportion"}
    assert [row["arms"] for row in told] == [["a1"], ["a2"], ["a3"]]
