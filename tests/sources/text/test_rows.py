"""The form of `extract --format rows`: the contract that other people's scripts rely on. The sentences are made up."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import trialstats as ts
from trialstats.claims.model import Arm, Comparison, Estimate, Paper, PValue, Size, Spread
from trialstats.reported import Reported
from trialstats.sources.rows import rows_from_paper
from trialstats.sources.text.reading import extract
from trialstats.sources.text.tokens.normalise import FILLER, normalise

TOP = {"id", "text", "arms", "of", "rows"}
ROW = {
    *("measure", "value", "lower", "upper", "spread", "level", "p", "x", "n", "arms", "of", "subgroup", "outcome"),
    *("time", "unit", "role", "places"),
}
PLACES = {"value", "lower", "upper", "x", "n", "p"}
TWO_ARMS = "We randomly assigned 80 adults to receive lumarin (n = 40) or placebo (n = 40). "


def rows(text):
    return rows_from_paper(extract(text))["rows"]


def row_of(claim, *more, arms=()):
    return rows_from_paper(Paper(id="p", claims=(claim, *more), arms=arms))["rows"][0]


# --------------------------------------------------------------------------------------------------
# Keys
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    [
        "Nothing was counted.",
        "Relief was 25% (8 of 32; 95% CI, 12 to 43).",
        TWO_ARMS + "Pain stopped in 41% with lumarin and 36% with placebo (P = .04).",
        "Mean (SD) weight was 71.2 (9.4) kg.",
    ],
)
def test_all_keys_are_always_there(text):
    found = rows_from_paper(extract(text))
    assert set(found) == TOP and found["text"] == text
    assert all(set(arm) == {"id", "label", "sizes", "role"} for arm in found["arms"])
    for row in found["rows"]:
        assert set(row) == ROW and set(row["places"]) == PLACES
        assert row["p"] is None or set(row["p"]) == {"rel", "value", "sided", "test"}
        assert row["arms"] is not None and row["of"] is not None


def test_the_text_is_left_out_where_it_stands_beside():
    assert set(rows_from_paper(extract("Relief was 41%."), text=False)) == TOP - {"text"}


# --------------------------------------------------------------------------------------------------
# Numbers
# --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("printed", "digits"),
    [
        ("12·40 months", "12.40"),
        ("12,40 months", "12.40"),
        ("1,204 months", "1204"),
        ("12.0 months", "12.0"),
    ],
)
def test_numbers_have_one_spelling_and_keep_their_zeros(printed, digits):
    (row,) = rows(f"The median survival was {printed}.")
    assert row["value"] == digits


def test_signs_stay_and_per_cent_signs_go():
    (row,) = rows("The mean difference was −1.30 (95% CI, −2.10 to −0.50; P<0.001).")
    assert (row["value"], row["lower"], row["upper"], row["level"]) == ("-1.30", "-2.10", "-0.50", "95")
    assert (row["p"]["rel"], row["p"]["value"]) == ("<", "0.001")
    (share,) = rows("Relief was 25% (8 of 32; 95% CI, 12 to 43).")
    assert (share["value"], share["unit"], share["x"], share["n"]) == ("25", "%", "8", "32")


def test_what_was_not_reached_is_ne():
    (row,) = rows("Median survival was 12.4 months (95% CI, 9.1 to not reached).")
    assert (row["lower"], row["upper"]) == ("9.1", "NE")


@pytest.mark.parametrize(("kind", "words"), [("sd", "SD 8.2"), ("se", "SE 8.2")])
def test_a_standard_deviation_or_error_stands_in_lower(kind, words):
    (row,) = rows(f"The mean weight was 71.2 ({words}) kg.")
    assert (row["measure"], row["value"], row["lower"], row["upper"], row["spread"]) == (
        "mean",
        "71.2",
        "8.2",
        None,
        kind,
    )
    assert row["places"]["lower"] is not None and row["places"]["upper"] is None


def test_words_for_numbers_are_digits_and_a_count_stands_in_value():
    text = "Seventeen men and women withdrew, and none died; there were nine strokes."
    counts = [row for row in rows(text) if row["measure"] == "count"]
    assert [row["value"] for row in counts] == ["0", "9"]
    assert all(row["x"] is None and row["places"]["x"] is None for row in counts)


def test_a_count_of_a_number_keeps_that_number():
    (row,) = rows("Wheezing was heard in 14 of 52 children.")
    assert (row["measure"], row["value"], row["x"], row["n"]) == ("count", "14", None, "52")
    typed = row_of(Estimate(id="c", measure="count", x=Reported("14"), n=Reported("52")))
    assert (typed["value"], typed["x"], typed["n"]) == ("14", None, "52")


def test_a_denominator_that_is_carried_is_no_part_of_the_row():
    first, second = rows("Of the 34 women in the first group, 25 (74%) slept and 9 (26%) ate.")
    assert (first["x"], first["n"], first["places"]["n"]) == ("25", "34", [7, 9])
    assert (second["x"], second["n"], second["places"]["n"]) == ("9", None, None)


def test_a_change_in_one_arm_is_a_mean_and_between_two_a_difference():
    change = Estimate(id="c", measure="difference", value=Reported("-1.2"), arms=("a",))
    arms = (Arm("a", "A", {}), Arm("b", "B", {}))
    assert row_of(change, arms=arms)["measure"] == "mean"
    between = Estimate(id="c", measure="difference", value=Reported("-1.2"), arms=("a", "b"))
    assert row_of(between, arms=arms)["measure"] == "difference"
    assert row_of(between, arms=arms)["arms"] == ["a1", "a2"]


# --------------------------------------------------------------------------------------------------
# Arms and P values alone
# --------------------------------------------------------------------------------------------------
def test_arms_are_numbered_by_first_mention_with_sizes_and_roles():
    found = rows_from_paper(extract(TWO_ARMS + "Pain stopped in 41% with lumarin and 36% with placebo."))
    assert [(arm["id"], arm["label"], arm["sizes"], arm["role"]) for arm in found["arms"]] == [
        ("a1", "lumarin", {"randomised": "40"}, "experimental"),
        ("a2", "placebo", {"randomised": "40"}, "control"),
    ]
    assert found["of"] == {"randomised": "80"}
    assert [row["arms"] for row in found["rows"]] == [["a1"], ["a2"]]


def test_a_p_value_alone_names_the_rows_it_compares():
    first, second, alone = rows(TWO_ARMS + "Pain stopped in 41% with lumarin and 36% with placebo (P = .04).")
    assert (alone["measure"], alone["value"], alone["of"], alone["arms"]) == ("p-only", None, [0, 1], ["a1", "a2"])
    assert (alone["p"]["rel"], alone["p"]["value"]) == ("=", ".04")
    assert first["of"] == second["of"] == []


def test_a_p_value_of_nothing_printed_has_no_rows():
    (alone,) = rows("Weight fell (P < 0.001).")
    assert (alone["measure"], alone["of"], alone["p"]["rel"]) == ("p-only", [], "<")


def test_a_comparison_that_was_typed_points_at_rows_too():
    one, two = (Estimate(id=name, measure="mean", value=Reported("3")) for name in "ab")
    compared = Comparison(id="c", of=("b", "a"), p=PValue(Reported("<.01"), 2, "log-rank"))
    row = rows_from_paper(Paper(id="p", claims=(one, two, compared)))["rows"][2]
    assert (row["of"], row["p"]) == ([1, 0], {"rel": "<", "value": ".01", "sided": 2, "test": "log-rank"})


def test_sizes_are_plain_digits():
    paper = Paper(id="p", arms=(Arm("a", "A", {"treated": Size(Reported("1,204"))}),))
    assert rows_from_paper(paper)["arms"][0]["sizes"] == {"treated": "1204"}


def test_the_spread_of_a_row_is_named():
    spread = Spread("iqr", Reported("3"), Reported("6"))
    row = row_of(Estimate(id="c", measure="median", value=Reported("4"), spread=spread))
    assert (row["lower"], row["upper"], row["spread"], row["level"]) == ("3", "6", "iqr", None)


# --------------------------------------------------------------------------------------------------
# Places
# --------------------------------------------------------------------------------------------------
def test_places_are_those_of_the_bare_numbers():
    text = "\N{GREEK SMALL LETTER MU}M: the mean difference was −1·30% (95% CI, −2.10% to +0.50%; p<0·001)."
    (row,) = rows(text)
    spelled = {name: text[slice(*place)] for name, place in row["places"].items() if place}
    assert spelled == {"value": "1·30", "lower": "2.10", "upper": "0.50", "p": "0·001"}


PIECES = (
    *("Relief was ", "41%", "36%", " with lumarin", " with placebo", " and ", " versus ", " (", ")", ", ", "; ", ". "),
    *("95% CI, ", "12 to 43", "−1·30", " ± ", "8.2", "HR 0.54", "0.36-0.81", " P = .003", "p<0·001", "8 of 32", "8/32"),
    *(
        "(n = 40)",
        "randomly assigned to ",
        "1,204",
        " patients",
        "Median",
        " months",
        "not reached",
        "seventeen",
        "none",
    ),
    *("&lt;", "\u2009", "½", "٣", "10-4", " x 10", "e-5", "(IQR 3-6)", "SD", "=", "–", "\n", "\t|", "%", "0,5"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map(lambda pieces: "It was so. " + "".join(pieces))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_rows_of_any_text_keep_the_contract(text):
    found = json.loads(json.dumps(rows_from_paper(extract(text)), allow_nan=False))
    assert set(found) == TOP
    plain = normalise(text)
    for row in found["rows"]:
        assert set(row) == ROW and set(row["places"]) == PLACES
        assert all(0 <= at < len(found["rows"]) for at in row["of"])
        for name, place in row["places"].items():
            if place is None:
                continue
            start, end = place
            assert 0 <= start < end <= len(text)
            printed = plain[start:end].replace(FILLER, "")
            value = row["p"]["value"] if name == "p" else row[name]
            assert value is not None
            if printed.isascii() and printed.isdecimal():
                assert value.lstrip("-") == printed


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_a_text_and_what_is_read_of_it_are_judged_alike(text):
    assert ts.check(text).findings == ts.check(ts.extract(text)).findings
